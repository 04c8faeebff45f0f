//! Channels with one home: connected through their log-in at a practice world, with no more than each needs; what only
//! one of them does.

use opslag::{
    channels::{Checkpoint, Class, Connection, Found, Outcome, ProblemKind, Withdrawn},
    demo::worlds::{Kind, MediaPace, MediumKind},
};
use reqwest::StatusCode;

use super::{
    Ground, LINK,
    connect::{ground, say_yes_there, way_out},
};
use crate::harness::{TestApp, people::Browser};

pub async fn connections(app: &TestApp) -> Vec<Connection> {
    app.kit.db.read(opslag::channels::connections).await.unwrap()
}

/// Goes through the log-in at a practice world; the page that asks whether it shall be connected, and its address.
pub async fn log_in(
    kind: Kind,
    scopes: Option<&str>,
) -> (TestApp, opslag::demo::worlds::Running, Browser, String, String) {
    let (app, world, mut browser) = ground(kind).await;
    let unit = app.organisation.to_string();
    let first = browser.get(&format!("/kanaler/forbind/{kind}")).await;
    assert!(first.body.contains("Ikke sat op af it-drift endnu"), "{}", first.body);
    let server = world.url().to_string();
    let fields = [("server", server.as_str()), ("unit", &unit), ("practice", "on")];
    let begun = browser.post(&format!("/kanaler/forbind/{kind}"), &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let address = way_out(&browser.get(begun.location.as_deref().unwrap()).await);
    let back = say_yes_there(&world, &address, "yes", scopes).await;
    let answered = browser.get(&back).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    let at = answered.location.unwrap();
    let check = browser.get(&at).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.body);
    (app, world, browser, at, check.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn x_through_its_log_in() {
    let (app, world, mut browser, at, check) = log_in(Kind::X, None).await;
    assert!(check.contains("Solvang Kommune") && check.contains("@solvang_kommune"), "{check}");
    let done = browser.post(&format!("{at}/ja"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let connected = connections(&app).await.remove(0);
    assert_eq!(connected.ability.class, Class::RefusesDuplicates);
    assert!(connected.remote_id.starts_with(&format!("{}@127.0.0.1:", world.account().id)));
    assert!(connected.practice && connected.granted.contains(&"offline.access".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_on_linkedin_through_its_log_in() {
    let (app, world, mut browser, at, check) = log_in(Kind::Linkedin, None).await;
    assert!(check.contains("Solvang Kommune"), "{check}");
    let done = browser.post(&format!("{at}/ja"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let connected = connections(&app).await.remove(0);
    assert!(connected.remote_id.starts_with(&world.account().id));
    assert_eq!(
        (connected.handle.as_str(), connected.ability.class),
        ("solvang-kommune", Class::RefusesDuplicates)
    );
    let shown = browser.get(done.location.as_deref().unwrap()).await;
    assert!(shown.body.contains("/company/solvang-kommune/"), "{}", shown.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_posts_may_not_be_read_is_connected_and_blind() {
    // R31, R32: what is missing is named, and what can be done without is done without
    let scopes = "w_organization_social rw_organization_admin";
    let (app, _world, mut browser, at, check) = log_in(Kind::Linkedin, Some(scopes)).await;
    assert!(check.contains("Mangler:") && check.contains("Kan undværes"), "{check}");
    let done = browser.post(&format!("{at}/ja"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(connections(&app).await.remove(0).ability.class, Class::Blind);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_on_linkedin_is_asked_for_no_rights_of_pages() {
    let (app, world, mut browser, at, check) = log_in(Kind::LinkedinMember, None).await;
    assert!(!check.contains("organization"), "{check}");
    assert_eq!(browser.post(&format!("{at}/ja"), &[]).await.status, StatusCode::SEE_OTHER);
    let connected = connections(&app).await.remove(0);
    assert!(connected.remote_id.starts_with(&world.account().id));
    assert_eq!(connected.ability.class, Class::Blind);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_on_linkedin_publishes_and_takes_down_and_reads_nothing() {
    let g = Ground::new(Kind::LinkedinMember).await;
    let account = g.account().await;
    let post = g.post("Vi søger dig (37 timer) til #natten_hos_os", &[("elev.jpg", "image/jpeg")]).await;
    let checkpoint = g.prepared(&account, &post).await;
    let Outcome::Accepted(published) = g.channel.publish(&account, &post, &g.key(), &checkpoint).await else {
        panic!()
    };
    let wall = g.world.posts();
    assert_eq!(wall[0].text(), format!("Vi søger dig (37 timer) til #natten_hos_os\n\n{LINK}"), "R44");
    assert_eq!(wall[0].media[0].alt, "Kolleger på arbejde: elev.jpg");
    assert!(matches!(g.channel.find(&account, &post, &g.key()).await, Found::NotSeen(_)));
    // the same again is refused; whose post that is nobody may see
    let again = g.channel.publish(&account, &post, &g.key(), &checkpoint).await;
    assert!(matches!(&again, Outcome::Rejected(p) if p.kind == ProblemKind::Duplicate), "{again:?}");
    assert_eq!(g.channel.withdraw(&account, &published.remote_id).await, Withdrawn::Gone);
    assert!(g.world.posts().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_person_that_is_not_ready_is_waited_for() {
    let g = Ground::new(Kind::LinkedinMember).await;
    g.world.pace_media(MediaPace::AfterPolls(1));
    let account = g.account().await;
    let post = g.post("En film", &[("film.mp4", "video/mp4")]).await;
    let checkpoint = g.prepared(&account, &post).await;
    let outcome = g.channel.publish(&account, &post, &g.key(), &checkpoint).await;
    assert!(matches!(&outcome, Outcome::Rejected(p) if p.kind == ProblemKind::Processing), "{outcome:?}");
    assert!(g.world.posts().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_goes_in_pieces_and_from_where_it_was() {
    for kind in [Kind::X, Kind::Linkedin, Kind::Youtube] {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        // ten megabytes that call themselves a film: three pieces
        let mut bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/film.mp4")).unwrap();
        bytes.resize(10_000_000, 7);
        let mut film = g.medium("film.mp4", "video/mp4").await;
        film.sha256 = g.kit().blobs.put(bytes).await.unwrap();
        film.bytes = 10_000_000;
        let mut post = g.post("En lang film", &[]).await;
        post.media = vec![film];
        // the third call is the second piece
        let mut checkpoint = Checkpoint::default();
        use opslag::demo::worlds::{Act, Gate, Mischief, Prank};
        let (first, second) = (Gate::new(), Gate::new());
        for gate in [&first, &second] {
            gate.open();
            g.world.plot(Mischief::once(Act::Upload, Prank::HoldBefore(gate.clone())));
        }
        g.world.plot(Mischief::once(Act::Upload, Prank::Refuse(503, "busy")));
        let problem = g.channel.prepare(&account, &post, &g.kit().blobs, &mut checkpoint).await.unwrap_err();
        assert!(problem.kind.passes(), "{kind:?}: {problem:?}");
        g.channel.prepare(&account, &post, &g.kit().blobs, &mut checkpoint).await.unwrap();
        let piece = match kind {
            Kind::X => "/append",
            Kind::Linkedin => "/dms-uploads/",
            _ => "/upload/session/",
        };
        let pieces = g.world.calls().iter().filter(|c| c.path.contains(piece)).count();
        // on YouTube it is two pieces, one of them twice, and the question how far it is
        assert_eq!(pieces, 4, "{kind:?}: three pieces, one of them twice");
        let outcome = g.channel.publish(&account, &post, &g.key(), &checkpoint).await;
        assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
        let shown = g.world.posts().remove(0).media.remove(0);
        assert_eq!((shown.kind, shown.size), (MediumKind::Film, 10_000_000), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_no_longer_served_is_operations_matter() {
    let g = Ground::new(Kind::Linkedin).await;
    let account = g.account().await;
    let mut config = g.kit().config.as_ref().clone();
    config.channels.linkedin.version = "202511".into();
    let kit = opslag::kit::Kit { config: std::sync::Arc::new(config), ..g.kit().clone() };
    let channel = opslag::channels::Channels::real(&kit).get(Kind::Linkedin).unwrap().clone();
    let problem = channel.ability(&account).await.unwrap_err();
    assert_eq!((problem.kind, problem.status), (ProblemKind::Configuration, Some(426)));
}
