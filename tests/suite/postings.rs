//! Ads: moves, readiness, wording, two people at once, the deadline at its second.

use std::time::Duration;

use opslag::{
    accounts::audit::Actor,
    base::{Clock, Instant, Language, wall::WallTime},
    postings::{self, CloseReason, Content, PostingError, Public, State, Text, Visibility},
};

use crate::harness::{TestApp, app::Wanted};

fn at(text: &str) -> Instant {
    let zone = chrono_tz::Europe::Copenhagen;
    WallTime::parse(text, zone).unwrap().instant().0
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ad_that_lacks_something_is_not_opened_and_says_what() {
    let app = TestApp::start().await;
    let draft = app.draft(Content::empty(app.centre_north)).await;
    let refused = app.with_ads(move |c, k, s| postings::open(c, k, Actor::System, s, draft.id)).await;
    let Err(PostingError::NotReady(found)) = refused else { panic!("{refused:?}") };
    let keys: Vec<_> = found.missing.iter().map(|p| p.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "missing-title",
            "missing-lead",
            "missing-body",
            "missing-profession",
            "missing-employment",
            "missing-hours",
            "missing-workplace",
            "missing-address",
            "missing-agreement",
            "missing-pay",
            "missing-contact",
            "missing-themes",
            "missing-deadline",
        ]
    );
    assert!(found.missing.iter().all(|p| p.href.starts_with(&format!("/jobopslag/{}/rediger#", draft.id))));
}

#[tokio::test(flavor = "multi_thread")]
async fn references_count_up_and_an_opened_ad_keeps_its_address() {
    let app = TestApp::start().await;
    let first = app.draft(app.ready_content("SOSU-assistent")).await;
    let second = app.open_ad("Sygeplejerske på Ærø").await;
    let number = |r: &str| r.split_once('-').unwrap().1.parse::<u32>().unwrap();
    assert_eq!(number(&second.reference), number(&first.reference) + 1);
    assert_eq!(second.slug, format!("sygeplejerske-paa-aeroe-{}", second.reference));
    let mut content = second.content.clone();
    content.texts[0].title = "Sygeplejerske i fast aftenvagt".into();
    let saved = app
        .with_ads(move |c, k, s| postings::save(c, k, Actor::System, s, second.id, second.version, content))
        .await
        .unwrap();
    assert_eq!(saved.slug, second.slug);
    let id = saved.id;
    let versions = app.with_ads(move |c, _, _| Ok(postings::versions(c, id)?)).await.unwrap();
    assert_eq!(versions.iter().map(|v| v.number).collect::<Vec<_>>(), [2, 1]);
    for version in versions {
        use sha2::Digest;
        assert_eq!(version.sha256, hex::encode(sha2::Sha256::digest(version.content.as_bytes())));
    }
    let changed = app
        .kit
        .db
        .write(|c| {
            use diesel::RunQueryDsl;
            diesel::sql_query("update posting_versions set content = '{}'").execute(c)?;
            Ok::<_, opslag::db::DbError>(())
        })
        .await;
    assert!(changed.is_err(), "a version of an ad is never changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_saving_at_once_lose_nothing() {
    let app = TestApp::start().await;
    let read = app.draft(app.ready_content("Pædagog")).await;
    let (id, version) = (read.id, read.version);
    let mut first = read.content.clone();
    first.texts[0].lead = "Anna skrev dette".into();
    let saved = app
        .with_ads(move |c, k, s| postings::save(c, k, Actor::System, s, id, version, first))
        .await
        .unwrap();
    assert_eq!(saved.version, version + 1);
    let mut second = read.content.clone();
    second.texts[0].lead = "Bo skrev dette".into();
    let late = app.with_ads(move |c, k, s| postings::save(c, k, Actor::System, s, id, version, second)).await;
    let Err(PostingError::Stale(now)) = late else { panic!("{late:?}") };
    assert_eq!(now.content.texts[0].lead, "Anna skrev dette");
    assert_eq!(app.ad(&read).await.content.texts[0].lead, "Anna skrev dette");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deadline_passes_at_its_second_also_when_the_clocks_change() {
    for (start, deadline) in [
        ("2026-11-24T09:00", "2026-12-24T12:00"),
        ("2027-03-01T09:00", "2027-03-28T02:30"),
        ("2027-10-01T09:00", "2027-10-31T02:30"),
    ] {
        let clock = Clock::set_to(at(start));
        let app = TestApp::start_with(Wanted { clock: clock.clone(), ..Wanted::default() }).await;
        let mut content = app.ready_content("Pædagog");
        content.deadline = WallTime::parse(deadline, chrono_tz::Europe::Copenhagen);
        let ad = app.opened(content).await;
        let slug = ad.slug.clone();
        let ends = at(deadline);
        assert_eq!(ad.deadline_at, Some(ends));
        clock.advance((ends - Duration::from_secs(1)).since(clock.now()));
        app.drain().await;
        let open = |now| {
            let slug = slug.clone();
            app.kit.db.read(move |c| postings::open_for_applications(c, &slug, now))
        };
        assert_eq!(app.ad(&ad).await.state, State::Open);
        assert!(open(clock.now()).await.unwrap().is_some(), "{deadline}");
        clock.advance(Duration::from_secs(1));
        assert!(open(clock.now()).await.unwrap().is_none(), "the second counts before any job has run");
        app.drain().await;
        assert_eq!(app.ad(&ad).await.state, State::DeadlinePassed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_is_extended_and_never_moved_forward() {
    let clock = Clock::set_to(at("2026-11-24T09:00"));
    let app = TestApp::start_with(Wanted { clock: clock.clone(), ..Wanted::default() }).await;
    let ad = app.open_ad("Pædagog").await;
    let was = ad.deadline_at.unwrap();
    let zone = chrono_tz::Europe::Copenhagen;
    let (id, version) = (ad.id, ad.version);
    let earlier = WallTime::at(was - Duration::from_secs(60), zone);
    let refused =
        app.with_ads(move |c, k, s| postings::extend(c, k, Actor::System, s, id, version, earlier)).await;
    assert!(matches!(refused, Err(PostingError::Fields(ref e)) if e.0[0].key == "error-deadline-earlier"));
    let later = WallTime::at(was + Duration::from_secs(7 * 86_400), zone);
    let extended = app
        .with_ads(move |c, k, s| postings::extend(c, k, Actor::System, s, id, version, later))
        .await
        .unwrap();
    let rounds = app.with_ads(move |c, _, _| Ok(postings::rounds(c, id)?)).await.unwrap();
    assert_eq!(
        (rounds.len(), rounds[0].number, rounds[0].deadline_at),
        (1, 1, extended.deadline_at.unwrap())
    );
    // the job of the old deadline finds nothing to do
    clock.advance(was.since(clock.now()));
    app.drain().await;
    assert_eq!(app.ad(&ad).await.state, State::Open);
    clock.advance(Duration::from_secs(7 * 86_400));
    app.drain().await;
    assert_eq!(app.ad(&ad).await.state, State::DeadlinePassed);
    let version = app.ad(&ad).await.version;
    let late =
        app.with_ads(move |c, k, s| postings::extend(c, k, Actor::System, s, id, version, later)).await;
    assert!(matches!(late, Err(PostingError::Refused("posting-refused-extend"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn doubtful_words_wait_for_a_reason_and_forbidden_ones_for_nobody() {
    let app = TestApp::start().await;
    let mut content = app.ready_content("Pædagog");
    content.texts[0].body = "<p>Du er frisk på nye opgaver.</p>".into();
    let draft = app.draft(content.clone()).await;
    let id = draft.id;
    let open = move |c: &mut _, k: &_, s: &_| postings::open(c, k, Actor::System, s, id);
    let Err(PostingError::NotReady(found)) = app.with_ads(open).await else { panic!("it was opened") };
    assert_eq!(found.missing.len(), 1);
    let name = found.missing[0].finding.as_ref().unwrap().name();
    let without = name.clone();
    let refused =
        app.with_ads(move |c, k, s| postings::acknowledge(c, k, Actor::System, s, id, &without, " ")).await;
    assert!(matches!(refused, Err(PostingError::Fields(_))));
    app.with_ads(move |c, k, s| {
        postings::acknowledge(c, k, Actor::System, s, id, &name, "Det handler om lyst, ikke om alder")
    })
    .await
    .unwrap();
    let ad = app.with_ads(open).await.unwrap();
    assert_eq!(ad.state, State::Open);
    // what is out must stay ready
    content.texts[0].body = "<p>Hører du ikke fra os, er stillingen besat.</p>".into();
    let saved =
        app.with_ads(move |c, k, s| postings::save(c, k, Actor::System, s, id, ad.version, content)).await;
    let Err(PostingError::NotReady(found)) = saved else { panic!("{saved:?}") };
    assert_eq!(found.missing[0].key, "posting-lint-no-answer");
    assert!(app.ad(&draft).await.content.texts[0].body.contains("frisk"), "nothing was saved");
    let forbidden = app
        .with_ads(move |c, k, s| {
            postings::acknowledge(c, k, Actor::System, s, id, "no-answer:hører du ikke fra os", "fordi")
        })
        .await;
    assert!(matches!(forbidden, Err(PostingError::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_internal_ad_needs_its_reason_and_hr() {
    let app = TestApp::start().await;
    let mut content = app.ready_content("Teamleder");
    content.visibility = Visibility::Internal;
    let draft = app.draft(content.clone()).await;
    let id = draft.id;
    let keys = |found: Box<postings::Readiness>| found.missing.into_iter().map(|p| p.key).collect::<Vec<_>>();
    let open = move |c: &mut _, k: &_, s: &_| postings::open(c, k, Actor::System, s, id);
    let Err(PostingError::NotReady(found)) = app.with_ads(open).await else { panic!("it was opened") };
    assert_eq!(keys(found), ["missing-internal-reason"]);
    content.visibility_reason = "redeployment".into();
    app.with_ads(move |c, k, s| postings::save(c, k, Actor::System, s, id, draft.version, content))
        .await
        .unwrap();
    let Err(PostingError::NotReady(found)) = app.with_ads(open).await else { panic!("it was opened") };
    assert_eq!(keys(found), ["missing-internal-approval"]);
    app.with_ads(move |c, k, s| postings::approve_internal(c, k, Actor::System, s, id)).await.unwrap();
    app.with_ads(open).await.unwrap();
    let listed = app.with_ads(|c, k, _| Ok(postings::open_public(c, k.clock.now())?)).await.unwrap();
    assert!(listed.is_empty(), "an internal ad stands on no list");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_opened_while_nobody_answers_for_the_data_or_english_is_half() {
    let app =
        TestApp::start_with(Wanted { configure: |config| config.privacy.dpo.clear(), ..Wanted::default() })
            .await;
    let mut content = app.ready_content("Pædagog");
    content.texts.push(Text {
        language: Language::En,
        title: "Pedagogue".into(),
        lead: String::new(),
        body: String::new(),
    });
    let draft = app.draft(content).await;
    let id = draft.id;
    let refused = app.with_ads(move |c, k, s| postings::open(c, k, Actor::System, s, id)).await;
    let Err(PostingError::NotReady(found)) = refused else { panic!("it was opened") };
    assert_eq!(
        found.missing.iter().map(|p| (p.key.as_str(), p.href.as_str())).collect::<Vec<_>>(),
        [
            ("missing-english", format!("/jobopslag/{id}/rediger?sprog=en#lead_en").as_str()),
            ("missing-privacy", "/privatliv")
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_address_leads_to_follows_the_ads_life() {
    let clock = Clock::set_to(at("2026-11-24T09:00"));
    let app = TestApp::start_with(Wanted { clock: clock.clone(), ..Wanted::default() }).await;
    let look = |slug: &str| {
        let (kit, slug) = (app.kit.clone(), slug.to_owned());
        let db = app.kit.db.clone();
        async move { db.read(move |c| postings::by_slug_public(c, &kit, &slug)).await.unwrap() }
    };
    assert!(matches!(look("intet-2026-0099").await, Public::Unknown));
    let draft = app.draft(app.ready_content("Pædagog")).await;
    assert!(matches!(look(&draft.slug).await, Public::Unknown));
    let open = app.open_ad("Lærer").await;
    assert!(matches!(look(&open.slug).await, Public::Open(_)));
    let withdrawn = app.open_ad("Fejl").await;
    app.closed(&withdrawn, CloseReason::Withdrawn).await;
    assert!(matches!(look(&withdrawn.slug).await, Public::Gone));
    clock.advance(Duration::from_secs(31 * 86_400));
    assert!(matches!(look(&open.slug).await, Public::Closed(_)), "before the job has run");
    app.drain().await;
    let closed = app.closed(&open, CloseReason::Hired).await;
    assert_eq!(closed.state, State::Closed);
    assert!(matches!(look(&open.slug).await, Public::Closed(_)));
    clock.advance(Duration::from_secs(190 * 86_400));
    assert!(matches!(look(&open.slug).await, Public::Gone), "retention is six months");
}

fn fields(app: &TestApp, version: &str) -> Vec<(&'static str, String)> {
    let content = app.ready_content("SOSU-assistent til Plejecenter Nord");
    let deadline = content.deadline.unwrap().field();
    vec![
        ("version", version.into()),
        ("unit", app.centre_north.to_string()),
        ("title_da", "SOSU-assistent til Plejecenter Nord".into()),
        ("lead_da", "Kom og vær med".into()),
        ("body_da", "<p onclick=x>Det skal du <script>alert(1)</script>lave</p>".into()),
        ("profession", "care_assistant".into()),
        ("employment_type", "full_time".into()),
        ("openings", "2".into()),
        ("hours_min", "32".into()),
        ("hours_max", "37".into()),
        ("shifts", "day".into()),
        ("workplace", "Plejecenter Nord".into()),
        ("address", "Skovbakken 12, 8799 Fjordby N".into()),
        ("agreement", "Social- og sundhedspersonale (KL og FOA)".into()),
        ("pay_min", "31.250".into()),
        ("pay_max", "33.900".into()),
        ("pay_unit", "month".into()),
        ("contact_name", "Camilla Juhl, centerleder".into()),
        ("contact_phone", "76 00 12 34".into()),
        ("deadline", deadline),
        ("themes", "meaning".into()),
        ("visibility", "public".into()),
    ]
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(n, v)| (*n, v.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ad_is_written_saved_by_two_and_opened_through_the_pages() {
    let app = TestApp::start().await;
    let mut anna = app.recruiter().await;
    let seen = anna.get("/jobopslag/ny").await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let unit = app.centre_north.to_string();
    let wrong = anna.post("/jobopslag/ny", &[("unit", &unit), ("title_da", " ")]).await;
    assert_eq!(wrong.status, 422);
    let made = anna.post("/jobopslag/ny", &[("unit", &unit), ("title_da", "SOSU-assistent")]).await;
    let edit = made.location.unwrap();
    let page = edit.trim_end_matches("/rediger").to_owned();
    // a draft is nobody's but the staff's
    let overview = anna.get(&page).await;
    assert!(overview.body.contains("Mangler:") && !overview.body.contains("/aabn"));
    assert_eq!(anna.get("/job/sosu-assistent-2026-0001").await.status, 404);
    let form = anna.get(&edit).await;
    assert_eq!(form.status, 200, "{}", form.body);
    // hours that cannot be read: told at the field, what was typed stays
    let mut wrong = fields(&app, "1");
    wrong.iter_mut().find(|(n, _)| *n == "hours_min").unwrap().1 = "mange".into();
    let seen = anna.post(&edit, &borrowed(&wrong)).await;
    assert_eq!(seen.status, 422);
    assert!(seen.body.contains("id=\"hours_min-error\"") && seen.body.contains("value=\"mange\""));
    let saved = anna.post(&edit, &borrowed(&fields(&app, "1"))).await;
    assert_eq!(
        (saved.status.as_u16(), saved.location.as_deref()),
        (303, Some(page.as_str())),
        "{}",
        saved.body
    );
    // Bo had the page open all along
    let mut bo = app.browser(opslag::accounts::Role::HiringManager, app.centre_north).await;
    bo.get(&page).await;
    let mut late = fields(&app, "1");
    late.iter_mut().find(|(n, _)| *n == "lead_da").unwrap().1 = "Bo skrev dette".into();
    let seen = bo.post(&edit, &borrowed(&late)).await;
    assert_eq!(seen.status, 409);
    assert!(seen.body.contains("Bo skrev dette") && seen.body.contains("<dd>Kom og vær med</dd>"));
    assert!(seen.body.contains("name=\"version\" value=\"2\""), "saving again is saving knowingly");
    // a hiring manager may write but not open
    assert_eq!(bo.post(&format!("{page}/aabn"), &[]).await.status, 403);
    anna.get(&page).await;
    let opened = anna.post(&format!("{page}/aabn"), &[]).await;
    assert_eq!(opened.status, 303, "{}", opened.body);
    let after = anna.get(&page).await;
    assert!(after.body.contains("Opslaget er åbnet"));
    let href = after.body.split("href=\"/job/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let ad = anna.get(&format!("/job/{href}")).await;
    assert_eq!(ad.status, 200);
    assert!(ad.body.contains("<p>Det skal du lave</p>") && !ad.body.contains("alert(1)"));
    assert!(!ad.body.contains("onclick"));
    // somebody of another centre does not see it on the staff's side
    let mut south = app.browser(opslag::accounts::Role::Recruiter, app.centre_south).await;
    assert_eq!(south.get(&page).await.status, 404);
    assert_eq!(south.get(&edit).await.status, 404);
    assert!(!south.get("/jobopslag").await.body.contains("SOSU-assistent"));
    assert!(anna.get("/jobopslag?q=sosu&tilstand=open").await.body.contains(&page));
    assert!(!anna.get("/jobopslag?tilstand=draft").await.body.contains(&page));
}

#[tokio::test(flavor = "multi_thread")]
async fn public_pages_carry_no_cookie_no_script_and_what_machines_read() {
    let app = TestApp::start().await;
    let mut content = app.ready_content("SOSU-assistent </script> & co");
    content.texts.push(Text {
        language: Language::En,
        title: "Care assistant".into(),
        lead: "Come and join us".into(),
        body: "<p>What you will do</p>".into(),
    });
    let ad = app.opened(content).await;
    let mut nobody = crate::harness::people::Browser::new(&app);
    let path = format!("/job/{}", ad.slug);
    let english = format!("{path}?lang=en");
    for page in
        ["/", path.as_str(), &english, "/sitemap.xml", "/feeds/job.atom", "/feeds/job.json", "/?q=sosu"]
    {
        let seen = nobody.get(page).await;
        assert_eq!(seen.status, 200, "{page}");
        assert!(!seen.headers.contains_key("set-cookie"), "{page}");
        assert!(seen.headers["content-security-policy"].to_str().unwrap().contains("script-src 'none'"));
        let scripts = seen.body.matches("<script").count();
        assert_eq!(scripts, seen.body.matches("<script type=\"application/ld+json\">").count(), "{page}");
        assert!(!seen.body.contains(" style=\"") && !seen.body.contains("zcarryz"), "{page}");
    }
    let seen = nobody.get(&path).await;
    let json = seen.body.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    let job: serde_json::Value = serde_json::from_str(json.split("</script>").next().unwrap()).unwrap();
    assert_eq!(job["@type"], "JobPosting");
    assert_eq!(job["title"], "SOSU-assistent </script> & co");
    assert_eq!(job["employmentType"][0], "FULL_TIME");
    assert_eq!(job["baseSalary"]["value"]["minValue"], 31250);
    assert_eq!(job["jobLocation"]["address"]["postalCode"], "8799");
    assert_eq!(job["hiringOrganization"]["name"], "Fjordby Kommune");
    assert_eq!(job["identifier"]["value"], ad.reference.as_str());
    let through = chrono::DateTime::parse_from_rfc3339(job["validThrough"].as_str().unwrap()).unwrap();
    assert_eq!(through.timestamp(), ad.deadline_at.unwrap().seconds());
    assert!(
        job["datePosted"].as_str().unwrap().len() == 10
            && job["description"].as_str().unwrap().contains("<h2>")
    );
    // language versions name each other
    assert!(
        seen.body
            .contains(&format!("hreflang=\"en\" href=\"{}{english}\"", app.kit.config.server.public_url))
    );
    let seen = nobody.get(&english).await;
    assert!(seen.body.contains("<html lang=\"en\">") && seen.body.contains("What you will do"));
    // the tracked link's token rides along to the form, and nothing else does
    let seen = nobody.get(&format!("{path}?l=k7w2q9x1")).await;
    assert!(seen.body.contains(&format!("href=\"/ansoeg/{}?l=k7w2q9x1\"", ad.slug)));
    let seen = nobody.get(&format!("{english}&l=k7w2q9x1")).await;
    assert!(seen.body.contains(&format!("href=\"/ansoeg/{}?lang=en&amp;l=k7w2q9x1\"", ad.slug)));
    let seen = nobody.get(&format!("{path}?l=%22%3E%3Cscript%3E")).await;
    assert!(seen.body.contains(&format!("href=\"/ansoeg/{}\"", ad.slug)));
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_can_be_read_and_the_card_is_a_picture() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Pædagog & <mand>-skab").await;
    let mut nobody = crate::harness::people::Browser::new(&app);
    for page in ["/sitemap.xml", "/feeds/job.atom"] {
        let seen = nobody.get(page).await;
        let mut reader = quick_xml::Reader::from_str(&seen.body);
        reader.config_mut().check_end_names = true;
        let mut elements = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(_) | quick_xml::events::Event::Empty(_) => elements += 1,
                _ => {}
            }
        }
        assert!(elements > 4, "{page}");
        assert!(seen.body.contains(&ad.slug), "{page}");
    }
    let feed: serde_json::Value = serde_json::from_str(&nobody.get("/feeds/job.json").await.body).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["items"][0]["title"], "Pædagog & <mand>-skab");
    let tag = nobody.get("/feeds/job.json").await.headers["etag"].clone();
    let again = reqwest::Client::new()
        .get(nobody.at("/feeds/job.json"))
        .header("if-none-match", tag)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 304);
    // packed beforehand for those who take it, and the same inside
    let ad_page = format!("/job/{}", ad.slug);
    let plain = nobody.get(&ad_page).await.body;
    let packed = reqwest::Client::builder().no_gzip().build().unwrap();
    let packed = packed.get(nobody.at(&ad_page)).header("accept-encoding", "br;q=1, gzip;q=0.8");
    let packed = packed.send().await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert!(packed.headers()["vary"].to_str().unwrap().contains("accept-encoding"));
    let (mut text, packed) = (String::new(), packed.bytes().await.unwrap());
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*packed), &mut text).unwrap();
    assert_eq!(text, plain);
    let refused = reqwest::Client::builder().no_gzip().build().unwrap().get(nobody.at(&ad_page));
    let refused = refused.header("accept-encoding", "gzip;q=0").send().await.unwrap();
    assert!(!refused.headers().contains_key("content-encoding"));
    let png = reqwest::get(nobody.at(&format!("/job/{}/kort.png", ad.slug))).await.unwrap();
    assert_eq!(png.headers()["content-type"], "image/png");
    let picture = image::load_from_memory(&png.bytes().await.unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (1200, 630));
    let was = nobody.get("/was").await;
    assert_eq!((was.status.as_u16(), was.location.as_deref()), (302, Some("https://was.example/fjordby")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_ad_says_so_and_a_withdrawn_one_is_gone() {
    let clock = Clock::set_to(at("2026-11-24T09:00"));
    let app = TestApp::start_with(Wanted { clock: clock.clone(), ..Wanted::default() }).await;
    let ad = app.open_ad("Lærer").await;
    let withdrawn = app.open_ad("Fejl").await;
    let mut nobody = crate::harness::people::Browser::new(&app);
    let path = format!("/job/{}", ad.slug);
    assert_eq!(nobody.get("/job/findes-ikke").await.status, 404);
    assert!(nobody.get("/").await.body.contains(&withdrawn.slug));
    app.closed(&withdrawn, CloseReason::Withdrawn).await;
    assert_eq!(nobody.get(&format!("/job/{}", withdrawn.slug)).await.status, 410);
    assert!(!nobody.get("/").await.body.contains(&withdrawn.slug));
    assert!(nobody.get(&path).await.body.contains("/ansoeg/"));
    // to the second, from the kept page too
    clock.advance(ad.deadline_at.unwrap().since(clock.now()) - Duration::from_secs(1));
    assert!(nobody.get(&path).await.body.contains("/ansoeg/"));
    clock.advance(Duration::from_secs(1));
    let seen = nobody.get(&path).await;
    assert_eq!(seen.status, 200);
    assert!(seen.body.contains("Opslaget er lukket") && !seen.body.contains("/ansoeg/"));
    assert!(!seen.body.contains("ld+json"));
    assert_eq!(seen.headers["x-robots-tag"], "noindex");
    assert!(!nobody.get("/sitemap.xml").await.body.contains(&ad.slug));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_narrowed_by_words_and_choices() {
    let app = TestApp::start().await;
    app.open_ad("Sygeplejerske på Ærø").await;
    let mut part = app.ready_content("Pædagog");
    part.unit = app.centre_south;
    part.terms.profession = Some("pedagogue".into());
    part.terms.employment_type = Some("part_time".into());
    part.terms.hours_max = part.terms.hours_min;
    app.opened(part).await;
    let mut nobody = crate::harness::people::Browser::new(&app);
    let south = app.centre_south;
    for (query, nurse, pedagogue) in [
        ("/?q=ÆRØ".to_owned(), true, false),
        ("/?q=fast+team".to_owned(), true, true),
        ("/?q=rumskib".to_owned(), false, false),
        ("/?fag=pedagogue".to_owned(), false, true),
        ("/?tid=full".to_owned(), true, false),
        ("/?tid=part&form=part_time".to_owned(), false, true),
        (format!("/?enhed={south}"), false, true),
        ("/?tema=community".to_owned(), false, false),
    ] {
        let body = nobody.get(&query).await.body;
        assert_eq!(body.contains(">Sygeplejerske på Ærø</a>"), nurse, "{query}");
        assert_eq!(body.contains(">Pædagog</a>"), pedagogue, "{query}");
    }
}
