//! Campaigns: laid out by communications, seen by the units that carry them and nobody else, counted so that every row adds
//! up; a trial beside what was before it.

use std::{collections::BTreeMap, time::Duration};

use opslag::{
    accounts::Role,
    applications::actions,
    base::{
        Chance, Subject,
        id::{CampaignId, DeliveryId, PostingId},
    },
    campaigns,
    demo::worlds::{self, Kind},
    insights::{ledger, reach::Cell, themes, trial},
    publishing::State,
    tracking::{self, Link},
};
use reqwest::StatusCode;

use crate::{
    harness::{
        TestApp,
        people::{Browser, proxied},
    },
    publishing::{Ground, connect},
};

const DAY: u64 = 86_400;

/// A form that can be taken.
fn form(unit: &str) -> Vec<(&str, &str)> {
    vec![
        ("unit", unit),
        ("name", "Kloge hjerter"),
        ("slogan", "Kom og bliv"),
        ("starts_on", "2026-01-01"),
        ("ends_on", "2099-12-31"),
        ("horizon", "long"),
        ("colour", "#0a5566"),
    ]
}

fn changed<'a>(mut form: Vec<(&'a str, &'a str)>, with: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    form.retain(|(name, _)| with.iter().all(|(other, _)| other != name));
    form.extend_from_slice(with);
    form
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_stays_until_it_can_be_taken() {
    let app = TestApp::start().await;
    let unit = app.centre_north.to_string();
    let mut lise = app.browser(Role::Communications, app.centre_north).await;
    let list = lise.get("/kampagner").await.body;
    assert!(list.contains("Ingen kampagner endnu") && list.contains("href=\"/kampagner\""), "{list}");
    assert_eq!(lise.get("/kampagner/ny").await.status, StatusCode::OK);
    let wrong = changed(
        form(&unit),
        &[
            ("starts_on", "2026-11-30"),
            ("ends_on", "2026-11-01"),
            ("trial", "on"),
            ("colour", "own"),
            ("colour_own", "#febb30"),
        ],
    );
    let seen = lise.post("/kampagner/ny", &wrong).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "Den sidste dag ligger før den første",
        "Skriv, hvad I venter at se",
        "Hvid tekst kan ikke læses",
        "value=\"Kloge hjerter\"",
        "value=\"2026-11-01\"",
        "value=\"#febb30\"",
        "href=\"#hypothesis\"",
    ] {
        assert!(seen.body.contains(said), "{said}: {}", seen.body);
    }
    // of a unit that is not hers
    let south = app.centre_south.to_string();
    let foreign = lise.post("/kampagner/ny", &form(&south)).await;
    assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.rows("campaigns").await, 0);

    let made = lise.post("/kampagner/ny", &form(&unit)).await;
    let own = made.location.unwrap_or_else(|| panic!("{}", made.body));
    let page = lise.get(&own).await.body;
    for said in ["Kloge hjerter", "Kom og bliv", "Løber nu", "Langt sigte", "Plejecenter Nord"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(lise.get("/kampagner?sigte=long").await.body.contains(&own));
    assert!(!lise.get("/kampagner?sigte=short").await.body.contains(&own));

    // saved over what somebody else has saved
    let edit = format!("{own}/rediger");
    lise.get(&edit).await;
    let first = changed(form(&unit), &[("version", "1"), ("slogan", "Kom, bliv og vær med")]);
    assert_eq!(lise.post(&edit, &first).await.status, StatusCode::SEE_OTHER);
    let stale = lise.post(&edit, &changed(form(&unit), &[("version", "1"), ("slogan", "Noget andet")])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("value=\"Noget andet\"") && stale.body.contains("value=\"2\""));

    // laid away, taken out, deleted while nothing belongs to it
    assert_eq!(lise.post(&format!("{own}/arkiver"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(lise.get(&edit).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lise.get("/kampagner").await.body.contains("Arkiveret"));
    assert_eq!(lise.post(&format!("{own}/genaabn"), &[]).await.status, StatusCode::SEE_OTHER);
    let ad = app.open_ad("Kok").await;
    let id: CampaignId = own.trim_start_matches("/kampagner/").parse().unwrap();
    app.put_into(ad.id.into(), Some(id)).await;
    let kept = lise.post(&format!("{own}/slet"), &[]).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", kept.body);
    app.put_into(ad.id.into(), None).await;
    assert_eq!(lise.post(&format!("{own}/slet"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(lise.get(&own).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.rows("campaigns").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_logo_is_a_picture_of_ones_own_library_and_stays_there() {
    let app = TestApp::start().await;
    let (photo, film) = (app.photograph().await.to_string(), app.film().await.to_string());
    let unit = app.centre_north.to_string();
    let mut lise = app.browser(Role::Communications, app.centre_north).await;
    lise.get("/kampagner/ny").await;
    let moving = lise.post("/kampagner/ny", &changed(form(&unit), &[("logo", &film)])).await;
    assert_eq!(moving.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(moving.body.contains("Vælg et billede fra jeres eget mediebibliotek"), "{}", moving.body);
    let south = app.centre_south.to_string();
    let mut there = app.browser(Role::Communications, app.centre_south).await;
    there.get("/kampagner/ny").await;
    let foreign = there.post("/kampagner/ny", &changed(form(&south), &[("logo", &photo)])).await;
    assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = lise.post("/kampagner/ny", &changed(form(&unit), &[("logo", &photo)])).await;
    let own = made.location.unwrap_or_else(|| panic!("{}", made.body));
    for page in [&own, "/kampagner"] {
        assert!(lise.get(page).await.body.contains(&format!("/media/{photo}/thumb")), "{page}");
    }
    // who may not open the picture is not shown a broken one
    let sums = app.browser(Role::ReportReader, app.centre_north).await.get(&own).await;
    assert!(sums.status == StatusCode::OK && !sums.body.contains(&photo), "{}", sums.body);
    // the library says where it is used, and lets nobody delete it from there
    let asset = lise.get(&format!("/medier/{photo}")).await.body;
    assert!(asset.contains(&own) && asset.contains("Kloge hjerter"), "{asset}");
    lise.post(&format!("/medier/{photo}/slet"), &[]).await;
    assert_eq!(lise.get(&format!("/medier/{photo}")).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn ads_and_stories_are_put_into_it_where_they_are_written() {
    let app = TestApp::start().await;
    let ours = app.campaign(app.organisation, |c| c.name = "Hele byen".into(), &[]).await;
    let theirs = app.campaign(app.centre_south, |c| c.name = "Kun Syd".into(), &[]).await;
    let over = app
        .campaign(
            app.centre_north,
            |c| {
                c.name = "Forbi".into();
                c.starts_on = "2020-01-01".parse().unwrap();
                c.ends_on = Some("2020-01-31".parse().unwrap());
            },
            &[],
        )
        .await;
    let ad = app.draft(app.ready_content("Kok")).await;
    let edit = format!("/jobopslag/{}/rediger", ad.id);
    let mut karen = app.browser(Role::HiringManager, app.centre_north).await;
    let offered = karen.get(&edit).await.body;
    // those of the units above hers are hers too
    assert!(offered.contains("Hele byen"), "{offered}");
    assert!(!offered.contains("Kun Syd") && !offered.contains("Forbi"));
    let unit = app.centre_north.to_string();
    let send = async |browser: &mut Browser, version: &str, campaign: &str, before: &str| {
        let fields = [
            ("version", version),
            ("unit", &unit),
            ("title_da", "Kok"),
            ("campaign", campaign),
            ("campaign_before", before),
        ];
        browser.post(&edit, &fields).await
    };
    let (ours, theirs, over) = (ours.to_string(), theirs.to_string(), over.to_string());
    for wrong in [&theirs, &over] {
        let refused = send(&mut karen, "1", wrong, "").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Kampagnen tager ikke imod mere"), "{}", refused.body);
    }
    assert_eq!(app.ad(&ad).await.version, 1, "nothing of a refused form is saved");
    assert_eq!(send(&mut karen, "1", &ours, "").await.status, StatusCode::SEE_OTHER);
    let overview = karen.get(&format!("/jobopslag/{}", ad.id)).await.body;
    // she sees what it is called, but the whole city's figures are not hers
    assert!(overview.contains("<dd>Hele byen</dd>"), "{overview}");
    let mut mads = app.recruiter().await;
    let overview = mads.get(&format!("/jobopslag/{}", ad.id)).await.body;
    assert!(overview.contains(&format!("<a href=\"/kampagner/{ours}\">Hele byen</a>")), "{overview}");
    let page = mads.get(&format!("/kampagner/{ours}")).await.body;
    assert!(page.contains("Kok") && page.contains(&format!("/jobopslag/{}", ad.id)), "{page}");

    // what one person has chosen is not undone by another, whose page is older
    assert_eq!(send(&mut karen, "2", "", "").await.status, StatusCode::SEE_OTHER);
    assert!(mads.get(&format!("/kampagner/{ours}")).await.body.contains("Kok"));
    assert_eq!(send(&mut karen, "2", "", &ours).await.status, StatusCode::SEE_OTHER);
    assert!(!mads.get(&format!("/kampagner/{ours}")).await.body.contains("Kok"));

    let story = app.told("Aftenen med Ruth").await;
    let mut lise = app.browser(Role::Communications, app.organisation).await;
    let edit = format!("/indhold/{}/rediger", story.id);
    assert!(lise.get(&edit).await.body.contains("Hele byen"));
    let fields = [
        ("version", "1"),
        ("unit", &unit),
        ("kind", "story"),
        ("title_da", "Aftenen med Ruth"),
        ("audience", "both"),
        ("leads_to", "page"),
        ("campaign", &ours),
        ("campaign_before", ""),
    ];
    assert_eq!(lise.post(&edit, &fields).await.status, StatusCode::SEE_OTHER);
    let overview = lise.get(&format!("/indhold/{}", story.id)).await.body;
    assert!(overview.contains(&format!("<a href=\"/kampagner/{ours}\">Hele byen</a>")), "{overview}");
    assert!(lise.get(&format!("/kampagner/{ours}")).await.body.contains("Aftenen med Ruth"));
}

#[tokio::test(flavor = "multi_thread")]
async fn units_that_carry_it_together_see_all_of_it_and_others_nothing() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok i nord").await;
    let draft = app.draft(app.ready_content("Hemmelig kladde")).await;
    let (north, south) = (app.centre_north, app.centre_south);
    let things: [Subject; 2] = [ad.id.into(), draft.id.into()];
    let alone = app.campaign(north, |c| c.name = "Kun nord".into(), &[]).await;
    let joint = app.campaign(north, |c| c.together = vec![south], &things).await;
    let token = app.link(ad.id, "bluesky").await;
    app.applied(ad.id, "Ida", &token).await;
    app.applied(ad.id, "Bo", "").await;

    let mut there = app.browser(Role::Communications, south).await;
    let list = there.get("/kampagner").await.body;
    assert!(list.contains("Kloge hjerter") && !list.contains("Kun nord"), "{list}");
    assert_eq!(there.get(&format!("/kampagner/{alone}")).await.status, StatusCode::NOT_FOUND);
    let page = there.get(&format!("/kampagner/{joint}")).await.body;
    for said in ["Plejecenter Nord + Hjemmeplejen Syd", "Kok i nord", "Dertil én kladde", "<dd>2</dd>"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Hemmelig kladde") && !page.contains(&format!("/jobopslag/{}", ad.id)), "{page}");
    let own = app.browser(Role::Recruiter, north).await.get(&format!("/kampagner/{joint}")).await.body;
    assert!(own.contains("Hemmelig kladde"), "{own}");
    // who sees sums only is told of no draft
    let sums = app.browser(Role::ReportReader, north).await.get(&format!("/kampagner/{joint}")).await.body;
    assert!(sums.contains("Kok i nord") && !sums.contains("Hemmelig kladde"), "{sums}");

    // either may change it, and nobody drops themselves
    let edit = format!("/kampagner/{joint}/rediger");
    there.get(&edit).await;
    let (north, south) = (north.to_string(), south.to_string());
    let dropped = there.post(&edit, &changed(form(&north), &[("version", "1")])).await;
    assert_eq!(dropped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(dropped.body.contains("Så ville I selv stå udenfor"), "{}", dropped.body);
    let kept = changed(form(&north), &[("version", "1"), ("together", &south), ("name", "Fælles")]);
    assert_eq!(there.post(&edit, &kept).await.status, StatusCode::SEE_OTHER);
    assert!(there.get("/kampagner").await.body.contains("Fælles"));
    // who reads does not change
    let mut reader = app.browser(Role::Recruiter, app.organisation).await;
    assert_eq!(reader.get(&edit).await.status, StatusCode::FORBIDDEN);
    assert!(!reader.get(&format!("/kampagner/{joint}")).await.body.contains("/rediger\""));
}

/// The link in a post.
async fn link(g: &Ground, delivery: DeliveryId) -> Link {
    let row = g.row(delivery).await;
    assert_eq!(row.state, State::Published, "{:?}", row.error_words);
    let id = row.link_id;
    g.app.kit.db.read(move |c| tracking::links_with(c, &[id])).await.unwrap().pop().unwrap()
}

/// Somebody who was not here today follows a link.
fn follow(g: &Ground, link: &Link, chance: &Chance) {
    let n = u32::try_from(chance.below(1 << 24)).unwrap();
    let from = std::net::Ipv4Addr::from((10 << 24) + (n << 8 >> 8)).into();
    // one network counts as one visitor a day, so the program tells them apart
    let program = format!("Mozilla/5.0 {}", chance.code(12));
    g.app.parts.visits.hit(link.subject().unwrap(), link.id, from, &program, g.clock.now(), chance);
}

async fn counted(g: &Ground, things: &[Subject]) -> ledger::Ledger {
    let things = things.to_vec();
    g.app.kit.db.read(move |c| ledger::ledger(c, &things, None)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_and_things_add_up_to_what_there_was_whatever_came() {
    for seed in [1, 2] {
        let mut g = Ground::new(Kind::Bluesky).await;
        let chance = Chance::seeded(seed);
        let listen = "127.0.0.1:0".parse().unwrap();
        let mastodon = worlds::start(
            Kind::Mastodon,
            "Solvang Kommune",
            listen,
            g.clock.clone(),
            Chance::seeded(seed + 70),
        )
        .unwrap();
        let accounts = [g.account, connect(&g.app, &mastodon).await];
        let mut ads: Vec<PostingId> = vec![g.posting];
        for n in 0..3 {
            ads.push(g.app.open_ad(&format!("Kok nummer {n}")).await.id);
        }
        let mut stories = Vec::new();
        for n in 0..3 {
            let content = g.app.story_content(&format!("Aften nummer {n}"));
            stories.push(g.app.ready_story(content).await);
        }
        // the last ad and the last story are outside
        let inside: Vec<Subject> = ads[..3]
            .iter()
            .map(|id| Subject::Posting(*id))
            .chain(stories[..2].iter().map(|s| Subject::Story(s.id)))
            .collect();
        let campaign = g.app.campaign(g.app.centre_north, |_| {}, &inside).await;

        let mut links: Vec<Link> = Vec::new();
        for n in 0..9 {
            g.account = accounts[usize::try_from(chance.below(2)).unwrap()];
            let at = usize::try_from(chance.below(7)).unwrap();
            let text = format!("Kom og vær med, nummer {n}");
            let delivery = match ads.get(at) {
                Some(ad) => {
                    g.posting = *ad;
                    g.plan(&text, 0).await
                }
                None => g.tell(&stories[at - 4], &text, 0).await.unwrap(),
            };
            g.after(600).await;
            links.push(link(&g, delivery).await);
        }
        let mut wanted: BTreeMap<(Subject, String), Cell> = BTreeMap::new();
        for link in &links {
            let (thing, clicks) = (link.subject().unwrap(), chance.below(4));
            for _ in 0..clicks {
                follow(&g, link, &chance);
            }
            if inside.contains(&thing) {
                let cell = wanted.entry((thing, link.channel.clone())).or_default();
                cell.posts += 1;
                cell.clicks += i64::try_from(clicks).unwrap();
            }
        }
        g.app.parts.visits.flush(&g.app.kit.db).await.unwrap();
        let mut erased = 0;
        for n in 0..24 {
            let ad = ads[usize::try_from(chance.below(4)).unwrap()];
            let by = links.get(usize::try_from(chance.below(14)).unwrap());
            let token = by.map(|link| link.token.clone()).unwrap_or_default();
            let id = g.app.applied(ad, &format!("Ansøger {n}"), &token).await;
            // a token of another ad is worth nothing; a story's is worth its channel for every ad
            let worth = by.filter(|link| link.posting_id == Some(ad) || link.story_id.is_some());
            let brought = worth.and_then(Link::subject).filter(|thing| inside.contains(thing));
            let thing = brought.unwrap_or(ad.into());
            if inside.contains(&thing) {
                let channel = worth.map_or("direct", |link| &link.channel).to_owned();
                wanted.entry((thing, channel)).or_default().applications += 1;
            }
            if chance.below(4) == 0 {
                erased += 1;
                let k = g.app.kit.clone();
                let erase = move |c: &mut opslag::db::Conn| {
                    actions::erase(c, &k, opslag::accounts::audit::Actor::System, id)
                };
                assert!(g.app.kit.db.write(erase).await.unwrap());
            }
        }
        assert!(erased > 0, "seed {seed} erases nobody");

        let found = counted(&g, &inside).await;
        let entries: BTreeMap<_, _> =
            found.entries().map(|(thing, channel, cell)| ((thing, channel.to_owned()), cell)).collect();
        assert_eq!(entries, wanted, "seed {seed}");
        let (mut by_channel, mut by_thing, mut all) = (Cell::default(), Cell::default(), Cell::default());
        found.channels().iter().for_each(|channel| by_channel += found.by(channel));
        inside.iter().for_each(|thing| by_thing += found.of(*thing));
        wanted.values().for_each(|cell| all += *cell);
        assert_eq!((found.total(), by_channel, by_thing), (all, all, all), "seed {seed}");

        // the page says the same, and the spreadsheet adds up to it
        let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
        let page = lise.get(&format!("/kampagner/{campaign}")).await.body;
        for figure in [all.posts, all.clicks, all.applications] {
            assert!(page.contains(&format!("<dd>{figure}</dd>")), "{figure}: {page}");
        }
        let csv = lise.get(&format!("/kampagner/{campaign}/tal.csv")).await;
        assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
        assert!(csv.headers["content-disposition"].to_str().unwrap().contains("kampagne-kloge-hjerter.csv"));
        let rows: Vec<Vec<&str>> =
            csv.body.trim_start_matches('\u{feff}').lines().map(|l| l.split(';').collect()).collect();
        assert_eq!(rows[0][5..], ["Opslag", "Klik", "Ansøgninger"]);
        let sum = |at: usize| rows[1..].iter().map(|row| row[at].parse::<i64>().unwrap()).sum::<i64>();
        assert_eq!((sum(5), sum(6), sum(7)), (all.posts, all.clicks, all.applications));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_stands_beside_as_many_days_before_it() {
    // Tuesday 24 November in the morning; the trial takes Thursday and Friday
    let mut g = Ground::configured(Kind::Bluesky, proxied).await;
    let tried = g.app.open_ad("Kok på film").await;
    let other = g.posting;
    let trial = g
        .app
        .campaign(
            g.app.centre_north,
            |c| {
                c.starts_on = "2026-11-26".parse().unwrap();
                c.ends_on = Some("2026-11-27".parse().unwrap());
                (c.trial, c.hypothesis) = (true, "Film giver flere klik end billeder.".into());
            },
            &[tried.id.into()],
        )
        .await;
    let chance = Chance::seeded(3);
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let at = format!("/kampagner/{trial}");
    let page = lise.get(&at).await.body;
    assert!(page.contains("Sammenligningen kommer, når prøvehandlingen er begyndt"), "{page}");

    let compared = async |g: &Ground| {
        let now = g.clock.now();
        let read = move |c: &mut opslag::db::Conn| {
            let campaign = campaigns::any(c, trial)?.unwrap();
            trial::comparison(c, &campaign, now)
        };
        g.app.kit.db.read(read).await.unwrap()
    };
    assert_eq!(compared(&g).await, None);

    // before: one post, one who follows it, one application
    let post = g.plan("Kom og vær med.", 0).await;
    g.drive().await;
    let before = link(&g, post).await;
    follow(&g, &before, &chance);
    g.app.applied(other, "Ida", &before.token).await;
    // during: two posts, of which one is of the trial, three who follow them, two applications
    g.clock.advance(Duration::from_secs(2 * DAY + 3600));
    g.posting = tried.id;
    let post = g.plan("Se filmen.", 0).await;
    g.drive().await;
    let film = link(&g, post).await;
    follow(&g, &film, &chance);
    follow(&g, &film, &chance);
    g.app.applied(tried.id, "Bo", &film.token).await;
    g.posting = other;
    let post = g.plan("Kom stadig og vær med.", 0).await;
    g.after(600).await;
    link(&g, post).await;
    follow(&g, &before, &chance);
    let gone = g.app.applied(other, "Eva", "").await;
    g.app.parts.visits.flush(&g.app.kit.db).await.unwrap();
    let running = compared(&g).await.unwrap();
    assert!(running.runs && running.until == g.clock.now());
    assert_eq!(
        running.begins.since(running.before_from),
        running.until.since(running.begins),
        "as long before as has passed"
    );
    // after it: in neither
    g.clock.advance(Duration::from_secs(2 * DAY));
    follow(&g, &film, &chance);
    g.app.applied(tried.id, "Per", &film.token).await;
    g.app.parts.visits.flush(&g.app.kit.db).await.unwrap();

    let found = compared(&g).await.unwrap();
    let cell = |posts, clicks, applications| Cell { posts, clicks, applications };
    assert!(!found.runs);
    assert_eq!(found.before_from.rfc3339(), "2026-11-23T23:00:00Z");
    assert_eq!(
        (found.begins.rfc3339(), found.until.rfc3339()),
        ("2026-11-25T23:00:00Z".into(), "2026-11-27T23:00:00Z".into())
    );
    assert_eq!(
        (found.before.total(), found.during.total(), found.own.total()),
        (cell(1, 1, 1), cell(2, 3, 2), cell(1, 2, 1))
    );
    assert_eq!(found.during.by("direct"), cell(0, 0, 1));
    // the campaign's own report knows no period
    assert_eq!(counted(&g, &[tried.id.into()]).await.total(), cell(1, 3, 2));

    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = lise.get(&at).await.body;
    for said in [
        "Film giver flere klik end billeder.",
        "En sammenligning, ikke et bevis",
        "1 opslag, 2 klik og 1 ansøgning.",
        "Ansøgninger: I perioden",
        "De 2 dage før (24. nov. – 25. nov.) ved siden af prøvens 2 dage (26. nov. – 27. nov.)",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("ingen ved længere"));
    // what is erased has no day any more, and the page says so
    let k = g.app.kit.clone();
    let erase =
        move |c: &mut opslag::db::Conn| actions::erase(c, &k, opslag::accounts::audit::Actor::System, gone);
    assert!(g.app.kit.db.write(erase).await.unwrap());
    let found = compared(&g).await.unwrap();
    assert_eq!((found.during.total(), found.erased), (cell(2, 3, 1), 1));
    assert!(lise.get(&at).await.body.contains("Én ansøgning er slettet, og ingen ved længere"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_speaks_for_two_themes_is_in_both_rows_and_once_in_the_total() {
    let mut g = Ground::configured(Kind::Bluesky, proxied).await;
    let chance = Chance::seeded(5);
    let mut content = g.app.ready_content("=Kok; med mening");
    content.themes = vec!["meaning".into(), "community".into()];
    g.posting = g.app.opened(content).await.id;
    let both = g.plan("Kom og kog.", 0).await;
    g.after(600).await;
    let both = link(&g, both).await;
    follow(&g, &both, &chance);
    g.app.applied(g.posting, "Ida", &both.token).await;
    let mut content = g.app.story_content("Aftenen med Ruth");
    content.themes = vec!["community".into()];
    let story = g.app.ready_story(content).await;
    let told = g.tell(&story, "Ruth har altid kaffe på.", 0).await.unwrap();
    g.after(600).await;
    follow(&g, &link(&g, told).await, &chance);
    g.app.parts.visits.flush(&g.app.kit.db).await.unwrap();

    let (scope, now) = (g.scope().await, g.clock.now());
    let since = now - Duration::from_secs(30 * DAY);
    let found = g.app.kit.db.read(move |c| themes::themes(c, &scope, since, now)).await.unwrap();
    let cell = |posts, clicks, applications| Cell { posts, clicks, applications };
    assert_eq!((found.rows["meaning"], found.rows["community"]), (cell(1, 1, 1), cell(2, 2, 1)));
    assert_eq!((found.rows["conditions"], found.without), (Cell::default(), Cell::default()));
    assert_eq!(found.total, cell(2, 2, 1));

    let mut desk = g.app.browser(Role::ReportReader, g.app.organisation).await;
    assert!(desk.get("/tal").await.body.contains("/tal/temaer"));
    let page = desk.get("/tal/temaer?dage=30").await.body;
    for said in
        ["Stærke fællesskaber", "Job med mening", "med to temaer tælles i begge rækker", "De seneste 30 dage"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let csv = desk.get("/tal/temaer.csv?dage=30").await.body;
    assert!(csv.contains("\r\nStærke fællesskaber;2;2;1\r\n"), "{csv}");
    assert!(csv.ends_with("I alt, hvert opslag én gang;2;2;1\r\n"), "{csv}");
    let mut south = g.app.browser(Role::ReportReader, g.app.centre_south).await;
    assert!(south.get("/tal/temaer").await.body.contains("Ingen opslag endnu"));

    // a title that a spreadsheet would take for a formula stays a title
    let campaign = g.app.campaign(g.app.centre_north, |_| {}, &[g.posting.into()]).await;
    let csv = desk.get(&format!("/kampagner/{campaign}/tal.csv")).await.body;
    assert!(csv.contains(";\"'=Kok; med mening\";"), "{csv}");
}
