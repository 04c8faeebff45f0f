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
