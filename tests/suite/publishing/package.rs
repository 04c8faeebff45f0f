//! Places without an API: a package is made, a named person posts it and says so; nothing but that word makes it published.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
    time::Duration,
};

use opslag::{
    accounts::{Role, audit::Actor},
    base::{
        Chance, Instant,
        fault::Point,
        id::{AccountId, DeliveryId, UserId},
        wall::WallTime,
    },
    channels::{
        self, Parcel, Place, Sort,
        package::{self, PieceKind},
    },
    demo::worlds::Kind,
    publishing::{self, ActionError, State, actions},
};
use reqwest::{StatusCode, multipart::Form};

use super::Ground;
use crate::harness::{
    TestApp,
    app::Wanted,
    power::{self, number, rounds},
};

/// A place of centre north, and who posts there.
async fn place(app: &TestApp, sort: Sort, lead_days: i32) -> (AccountId, UserId) {
    let karen = app.person("Karen Holm", Role::Contributor, app.centre_north).await;
    let place = Place {
        name: "Fjordby Avis".into(),
        sort,
        address: "avis.example/indlever".into(),
        person: karen,
        lead_days,
        unit: app.organisation,
    };
    let k = app.kit.clone();
    let settled = app.kit.db.write(move |c| package::settle(c, &k, &place, None, Actor::System)).await;
    (settled.unwrap(), karen)
}

/// With an ad that shows a picture, to a place of this sort; planned by Lise.
pub async fn ground(sort: Sort, lead_days: i32) -> (Ground, UserId) {
    let (mut g, photo, _) = Ground::illustrated(Kind::Bluesky).await;
    let (account, karen) = place(&g.app, sort, lead_days).await;
    let lise = g.app.person("Lise Toft", Role::Communications, g.app.organisation).await;
    (g.account, g.actor, g.media) = (account, Actor::User(lise), vec![photo]);
    (g, karen)
}

async fn made(g: &Ground, id: DeliveryId) -> Parcel {
    Parcel::of(&serde_json::from_str(&g.row(id).await.checkpoint).unwrap()).unwrap()
}

impl Ground {
    /// Everything that is due, and the letters it leads to.
    async fn live(&self, until: Instant) {
        while self.clock.now() < until {
            self.clock.advance(Duration::from_secs(3600).min(until.since(self.clock.now())));
            self.drive().await;
            self.app.drain().await;
        }
    }

    fn at(&self, local: &str) -> Instant {
        WallTime::parse(local, self.app.kit.config.delivery.zone).unwrap().instant().0
    }

    pub fn letters_to(&self, name: &str) -> Vec<String> {
        self.app.letters().into_iter().filter(|l| l.contains(&format!("Hej {name}"))).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_package_holds_what_the_place_wants_and_lies_with_the_person() {
    let (g, _) = ground(Sort::FacebookGroup, 0).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    g.app.drain().await;
    assert_eq!(g.state(id).await, State::Handed);
    let parcel = made(&g, id).await;
    let zip = g.app.kit.blobs.read(&parcel.zip).await.unwrap();
    assert_eq!(zip.len() as u64, parcel.bytes);
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut text = String::new();
    zip.by_name("tekst.txt").unwrap().read_to_string(&mut text).unwrap();
    let link = serde_json::from_str::<channels::Post>(&g.row(id).await.payload).unwrap().link;
    assert_eq!(text, format!("Vi søger dig til aften.\n\n{link}\n"));
    let mut described = String::new();
    zip.by_name("billedbeskrivelser.txt").unwrap().read_to_string(&mut described).unwrap();
    assert!(described.contains(crate::harness::ads::PICTURED));
    let sizes: BTreeSet<_> = parcel.pieces.iter().filter_map(|p| p.size).collect();
    // the photograph is small, and nothing is made larger than it is: square, wide, whole
    assert_eq!(sizes, BTreeSet::from([(900, 473), (900, 900), (900, 1200)]));
    for piece in &parcel.pieces {
        let mut bytes = Vec::new();
        zip.by_name(&piece.name).unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, g.app.kit.blobs.read(&piece.sha256).await.unwrap(), "{}", piece.name);
    }
    assert!(parcel.pieces.iter().any(|p| p.kind == PieceKind::QrPrint && p.name == "qr.svg"));
    // one letter, to the person named, with the address of the package
    let letters = g.app.letters();
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert!(letters[0].contains("Hej Karen Holm") && letters[0].contains(&format!("/pakker/{id}")));
    // nobody said anything: it stays with her, whatever time it is
    g.after(40 * 86_400).await;
    g.app.drain().await;
    assert_eq!(g.state(id).await, State::Handed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_comes_with_its_subtitles_in_both_forms() {
    let (mut g, _, film) = Ground::illustrated(Kind::Bluesky).await;
    g.account = place(&g.app, Sort::LinkedinMember, 0).await.0;
    g.media = vec![film];
    let id = g.plan("Se, hvordan en aften er.", 0).await;
    g.drive().await;
    let parcel = made(&g, id).await;
    let names: Vec<_> = parcel.pieces.iter().map(|p| p.name.as_str()).collect();
    for name in ["film.da.vtt", "film.da.srt", "film.mp4"] {
        assert!(names.contains(&name), "{names:?}");
    }
    let film = parcel.pieces.iter().find(|p| p.kind == PieceKind::Film).unwrap();
    assert_eq!(g.app.kit.blobs.len(&film.sha256).await.unwrap(), film.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_posts_it_on_the_phone_and_pastes_the_link() {
    let (g, karen) = ground(Sort::FacebookGroup, 0).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    let mut phone = g.app.logged_in(karen).await;
    let start = phone.get("/start").await.body;
    assert!(start.contains("Slå op på Fjordby Avis") && start.contains(&format!("/pakker/{id}")), "{start}");
    let page = phone.get(&format!("/pakker/{id}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for words in ["Vi søger dig til aften.", "Kopiér teksten", "Hent alt i én fil", "avis.example/indlever"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let zip = phone.get(&format!("/pakker/{id}/pakke.zip")).await;
    assert_eq!(zip.status, StatusCode::OK);
    assert_eq!(zip.headers["content-disposition"], "attachment; filename=\"fjordby-avis.zip\"");
    assert_eq!(phone.get(&format!("/pakker/{id}/fil/2")).await.headers["content-type"], "image/png");
    // she sees this one thing, not the queue
    assert_eq!(phone.get("/udsendelser").await.status, StatusCode::FORBIDDEN);
    assert_eq!(phone.get(&format!("/udsendelser/{id}")).await.status, StatusCode::FORBIDDEN);
    phone.get(&format!("/pakker/{id}")).await;
    let said = format!("/pakker/{id}/slaaet-op");
    let wrong = phone.post_files(&said, Form::new().text("link", "min gruppe")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"min gruppe\""), "what was typed stays");
    assert_eq!(g.state(id).await, State::Handed);
    let link = "https://www.facebook.com/groups/fjordby/posts/42";
    let done = phone.post_files(&said, Form::new().text("link", link)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let row = g.row(id).await;
    assert_eq!((row.state, row.remote_url.as_deref()), (State::Published, Some(link)));
    // said twice changes nothing
    assert_eq!(phone.post_files(&said, Form::new().text("link", link)).await.status, StatusCode::CONFLICT);
    assert!(!phone.get("/start").await.body.contains("Slå op på"));

    // taken down: a task to her in the same manner
    let by = g.by().await;
    actions::take_down(&g.app.kit, &by, id).await.unwrap();
    g.drive().await;
    g.app.drain().await;
    assert_eq!(g.state(id).await, State::Removing);
    let letters = g.letters_to("Karen Holm");
    assert!(letters.iter().any(|l| l.contains("Slet det, og sig til her")), "{letters:#?}");
    let gone = phone.post(&format!("/pakker/{id}/taget-ned"), &[]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
    assert_eq!(g.state(id).await, State::Removed);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_paper_there_is_no_link_but_a_day_and_a_photograph() {
    let (g, karen) = ground(Sort::LocalPaper, 0).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    g.clock.advance(Duration::from_secs(2 * 86_400));
    let mut phone = g.app.logged_in(karen).await;
    phone.get(&format!("/pakker/{id}")).await;
    let said = format!("/pakker/{id}/slaaet-op");
    let form = |on: &'static str| Form::new().text("how", "seen").text("on", on);
    for (on, words) in [("", "Vælg den dag"), ("2026-12-24", "ikke kommet endnu"), ("2026-11-01", "før")] {
        let wrong = phone.post_files(&said, form(on)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains(words), "{words}: {}", wrong.body);
    }
    let no_picture = reqwest::multipart::Part::text("hej").file_name("foto.jpg");
    let wrong = phone.post_files(&said, form("2026-11-25").part("photo", no_picture)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let photo = crate::harness::ads::file("rotated.jpg");
    let photo = reqwest::multipart::Part::bytes(photo).file_name("foto.jpg");
    let done = phone.post_files(&said, form("2026-11-25").part("photo", photo)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let row = g.row(id).await;
    assert_eq!((row.state, row.remote_id.as_deref()), (State::Published, Some("seen:2026-11-25")));
    assert!(row.remote_url.is_none());
    let page = phone.get(&format!("/pakker/{id}")).await.body;
    assert!(page.contains("Bragt på Fjordby Avis den 25. november 2026"), "{page}");
    let shown = phone.get(&format!("/pakker/{id}/fil/foto")).await;
    assert_eq!(shown.headers["content-type"], "image/jpeg");
    // what was shown as proof is named, so the sweeper leaves it
    let attempts = g.app.kit.db.read(move |c| publishing::attempts_at(c, id)).await.unwrap();
    let evidence: serde_json::Value = serde_json::from_str(&attempts.last().unwrap().evidence).unwrap();
    let sha256 = vec![evidence["photo"].as_str().unwrap().to_owned()];
    let needed = g.app.kit.db.read(move |c| publishing::needed_files(c, &sha256)).await.unwrap();
    assert_eq!(needed.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_come_on_working_mornings_and_late_is_seen_by_whoever_planned() {
    let (g, _) = ground(Sort::FacebookGroup, 0).await;
    // a Friday
    g.live(g.at("2026-11-27T10:00")).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    g.app.drain().await;
    assert_eq!(g.letters_to("Karen Holm").len(), 1);
    // the weekend is quiet
    g.live(g.at("2026-11-30T08:00")).await;
    assert_eq!(g.letters_to("Karen Holm").len(), 1);
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    assert!(!lise.get("/udsendelser").await.body.contains("Forsinket"));
    g.live(g.at("2026-11-30T10:00")).await;
    let letters = g.letters_to("Karen Holm");
    assert_eq!(letters.len(), 2);
    assert!(letters.iter().any(|l| l.contains("skulle have været på Fjordby Avis")), "{letters:#?}");
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let queue = lise.get("/udsendelser").await.body;
    assert!(
        queue.contains("Et opslag hos en kollega er forsinket") && queue.contains("Ligger hos Karen Holm")
    );
    assert!(lise.get("/kalender?vis=liste&dag=2026-11-27").await.body.contains("Fjordby Avis"));
    assert!(g.letters_to("Lise Toft").is_empty());
    // from the third letter on, so does whoever planned it
    g.live(g.at("2026-12-01T10:00")).await;
    assert_eq!((g.letters_to("Karen Holm").len(), g.letters_to("Lise Toft").len()), (3, 1));
    assert_eq!(g.state(id).await, State::Handed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_gets_its_package_working_days_before() {
    let (g, _) = ground(Sort::LocalPaper, 3).await;
    let due = g.at("2026-12-07T12:00");
    let id = g.plan("Vi søger dig til aften.", due.since(g.clock.now()).as_secs()).await;
    g.live(g.at("2026-12-02T11:00")).await;
    assert_eq!(g.state(id).await, State::Planned);
    g.live(g.at("2026-12-02T13:00")).await;
    assert_eq!(g.state(id).await, State::Handed);
    assert_eq!(g.letters_to("Karen Holm").len(), 1);
    // nobody is hurried before its day
    g.live(g.at("2026-12-07T08:00")).await;
    assert_eq!(g.letters_to("Karen Holm").len(), 1);
    g.live(g.at("2026-12-07T10:00")).await;
    assert_eq!(g.letters_to("Karen Holm").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cancelled_or_over_waits_for_the_persons_word() {
    let (g, karen) = ground(Sort::FacebookGroup, 0).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    let by = g.by().await;
    assert_eq!(actions::cancel(&g.app.kit, &by, id).await.unwrap(), actions::Cancelled::Asked);
    g.drive().await;
    g.app.drain().await;
    assert_eq!(g.state(id).await, State::Handed, "it may hang there already");
    assert!(g.letters_to("Karen Holm").iter().any(|l| l.contains("skal alligevel ikke slås op")));
    let mut phone = g.app.logged_in(karen).await;
    let page = phone.get(&format!("/pakker/{id}")).await.body;
    assert!(page.contains("Slå det ikke op") && !page.contains("Slå det op på"), "{page}");
    let said = phone.post(&format!("/pakker/{id}/ikke-slaaet-op"), &[]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert_eq!(g.state(id).await, State::Cancelled);

    // she says why, and whoever planned it reads it
    let other = g.plan("Vi søger dig til nat.", 0).await;
    g.drive().await;
    phone.get(&format!("/pakker/{other}")).await;
    let path = format!("/pakker/{other}/ikke-slaaet-op");
    assert_eq!(phone.post(&path, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(phone.post(&path, &[("why", "Gruppen er lukket")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(g.state(other).await, State::Cancelled);
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = lise.get(&format!("/udsendelser/{other}")).await.body;
    assert!(page.contains("Det blev ikke slået op: »Gruppen er lukket«"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_the_persons_word_ends_it() {
    let (g, _) = ground(Sort::FacebookGroup, 0).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    let by = g.by().await;
    for verb in [
        actions::hold(&g.app.kit, &by, id).await,
        actions::release(&g.app.kit, &by, id).await,
        actions::is_not_there(&g.app.kit, &by, id).await,
        actions::take_down(&g.app.kit, &by, id).await,
        actions::is_gone(&g.app.kit, &by, id).await,
    ] {
        assert!(matches!(verb, Err(ActionError::TooLate)), "{verb:?}");
    }
    for state in ["planned", "missed", "removed", "failed"] {
        let change = format!("update deliveries set state = '{state}'");
        let changed = g.app.kit.db.write(move |c| {
            use diesel::RunQueryDsl;
            diesel::sql_query(change).execute(c)?;
            Ok::<_, opslag::db::DbError>(())
        });
        assert!(changed.await.is_err(), "{state}");
    }
    // another unit's person knows of nothing
    let mut stranger = g.app.browser(Role::Recruiter, g.app.centre_south).await;
    assert_eq!(stranger.get(&format!("/pakker/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&format!("/pakker/{id}/pakke.zip")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_described_on_a_page_counted_by_its_name_and_changed() {
    let g = Ground::new(Kind::Bluesky).await;
    let karen = g.app.person("Karen Holm", Role::Contributor, g.app.centre_north).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    assert!(lise.get("/kanaler/forbind").await.body.contains("Steder uden forbindelse"));
    let page = lise.get("/kanaler/forbind/pakke?slags=local_paper").await;
    assert!(page.body.contains("Karen Holm") && page.body.contains("value=\"3\""), "{}", page.body);
    let (unit, person) = (g.app.organisation.to_string(), karen.to_string());
    let place = |name: &'static str, address: &'static str| {
        [("name", name), ("sort", "other"), ("address", address), ("lead_days", "0")]
    };
    let mine = [("unit", unit.as_str()), ("person", person.as_str())];
    for (name, address) in [("", ""), ("Skolebladet", "javascript:alert(1)")] {
        let all = [&place(name, address)[..], &mine].concat();
        assert_eq!(lise.post("/kanaler/forbind/pakke", &all).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let all = [&place("Skolebladet", "")[..], &mine].concat();
    let kept = lise.post("/kanaler/forbind/pakke", &all).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let at = kept.location.unwrap();
    assert!(lise.get(&at).await.body.contains("Karen Holm"));
    assert_eq!(lise.post("/kanaler/forbind/pakke", &all).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let account = at.trim_start_matches("/kanaler/").to_owned();
    let composed = lise.get(&format!("/jobopslag/{}/udgiv", g.posting)).await.body;
    assert!(composed.contains("Skolebladet") && composed.contains("En kollega slår det op"), "{composed}");
    let field = format!("text-{account}");
    let sent = lise
        .post(
            &format!("/jobopslag/{}/udgiv", g.posting),
            &[("timing", "now"), ("account", &account), (&field, "Kom og vær med.")],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert!(lise.get(&format!("/jobopslag/{}/tal", g.posting)).await.body.contains("Skolebladet"));
    let changed = [("name", "Skolebladet"), ("address", ""), ("lead_days", "2"), ("person", &person)];
    let kept = lise.post(&format!("{at}/pakke"), &changed).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    assert!(lise.get(&at).await.body.contains("Pakken laves 2 hverdage før"));
}

const POINTS: [Point; 5] =
    [Point::AfterClaim, Point::AfterUpload, Point::AfterPrepare, Point::AfterRecord, Point::AfterLetter];

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_while_packages_are_made() {
    let quick = |config: &mut opslag::config::Config| {
        config.delivery.request_seconds = 5;
        config.delivery.lease_seconds = 40;
        config.delivery.spacing_seconds = 0;
    };
    let app = TestApp::start_with(Wanted { configure: quick, ..Wanted::default() }).await;
    let (account, _) = place(&app, Sort::FacebookGroup, 0).await;
    let photo = app.photograph().await;
    let mut content = app.ready_content("Sygeplejerske til natten");
    content.media = vec![opslag::postings::Placed { asset: photo, role: opslag::postings::MediaRole::Hero }];
    let posting = app.opened(content).await.id;
    let config = power::config_file(
        &app,
        "[delivery]\nlease_seconds = 40\nrequest_seconds = 5\nretry_seconds = 1\nspacing_seconds = 0\n",
    );
    let chance = Chance::seeded(number("OPSLAG_CRASH_SEED", 1));
    let mut planned = Vec::new();
    for run in 0..rounds("OPSLAG_CRASH_RUNS", 30) {
        let order = publishing::Order {
            subject: posting.into(),
            language: opslag::base::Language::Da,
            when: None,
            media: vec![photo],
            parts: vec![publishing::Part { account, text: format!("Vi søger nummer {run}.") }],
            same_words_ok: true,
        };
        let scope = app.kit.db.read(opslag::accounts::everywhere).await.unwrap();
        let ordered = publishing::publish::publish(&app.kit, Actor::System, &scope, order).await.unwrap();
        planned.push(ordered.deliveries[0]);
        let point = POINTS[usize::try_from(chance.below(5)).unwrap()];
        let worker = power::process(&app, &config, &["work"], point, 1);
        assert_eq!(power::died(worker).await, Some(9), "run {run}: {} was not reached", point.name());
        // as if the leases of the dead had run out
        app.kit
            .db
            .write(|c| {
                use diesel::RunQueryDsl;
                diesel::sql_query("update deliveries set lease_until = null").execute(c)?;
                diesel::sql_query("update jobs set lease_until = null").execute(c)?;
                Ok::<_, opslag::db::DbError>(())
            })
            .await
            .unwrap();
    }
    for _ in 0..3 {
        publishing::drain(&app.kit, &app.parts.channels).await.unwrap();
        app.drain().await;
    }
    let letters = app.letters();
    let channel = app.parts.channels.get(channels::ChannelKind::Package).unwrap();
    for id in &planned {
        let id = *id;
        let row = app.kit.db.read(move |c| publishing::delivery_row(c, id)).await.unwrap().unwrap();
        assert_eq!(row.state, State::Handed, "{row:?}");
        let about = letters.iter().filter(|l| l.contains(&format!("/pakker/{id}"))).count();
        assert_eq!(about, 1, "{id}");
        // made again it would be the same, byte for byte
        let parcel = Parcel::of(&serde_json::from_str(&row.checkpoint).unwrap()).unwrap();
        let open = channels::open(&app.kit, account).await.unwrap();
        let mut again = channels::Checkpoint::default();
        let post = serde_json::from_str(&row.payload).unwrap();
        channel.prepare(&open, &post, &app.kit.blobs, &mut again).await.unwrap();
        assert_eq!(Parcel::of(&again), Some(parcel));
    }
    assert_eq!(letters.len(), planned.len());
}
