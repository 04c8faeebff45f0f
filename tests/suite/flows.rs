//! The whole main job: an ad goes out to the reference Bluesky server, the applicant comes through the link
//! found in the post *read back from that server*, applies with a PDF, is counted, found and moved.

use std::time::Duration;

use opslag::{
    accounts::{Role, audit::Actor},
    base::{Clock, Language},
    channels,
    publishing::{self, Order, Part},
};
use reqwest::multipart::{Form, Part as File};
use serde_json::Value;

use crate::harness::{TestApp, app::Wanted, peers::Peer, people::Browser};

#[tokio::test(flavor = "multi_thread")]
async fn from_the_ad_to_the_board_by_way_of_a_real_post() {
    let pds = Peer::shared("bluesky");
    // the machine's time, for the server; moved by hand, for the form
    let clock = Clock::set_to(Clock::real().now());
    let app = TestApp::start_with(Wanted { clock, ..Wanted::default() }).await;
    let kit = app.kit.clone();
    let newcomer = channels::log_in_bluesky(
        &kit,
        pds.url(),
        pds.get("HANDLE"),
        pds.get("APP_PASSWORD"),
        app.organisation,
        false,
    )
    .await
    .unwrap();
    let k = kit.clone();
    let account = kit.db.write(move |c| channels::connect(c, &k, &newcomer, Actor::System)).await.unwrap();
    let ad = app.open_ad("SOSU-assistent til Plejecenter Nord").await;

    // published now: the same path as planned, then the engine does it
    let order = Order {
        subject: ad.id.into(),
        language: Language::Da,
        when: None,
        media: Vec::new(),
        parts: vec![Part { account, text: "Vi søger en SOSU-assistent på Ærø".into() }],
        same_words_ok: true,
    };
    let scope = kit.db.read(opslag::accounts::everywhere).await.unwrap();
    let ordered = publishing::publish(&kit, Actor::System, &scope, order).await.unwrap();
    publishing::drain(&kit, &app.parts.channels).await.unwrap();
    let id = ordered.deliveries[0];
    let row = kit.db.read(move |c| publishing::delivery_row(c, id)).await.unwrap().unwrap();
    assert_eq!(row.state, publishing::State::Published, "{:?}", row.error_words);

    // the post as the server has it
    let rkey = row.remote_id.as_deref().unwrap().rsplit('/').next().unwrap().to_owned();
    let url = format!(
        "{}/xrpc/com.atproto.repo.getRecord?repo={}&collection=app.bsky.feed.post&rkey={rkey}",
        pds.url(),
        pds.get("DID")
    );
    let post: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    let text = post.to_string();
    let link = text.split(&format!("{}/r/", kit.config.server.public_url)).nth(1).expect("the tracked link");
    let token: String = link.chars().take_while(char::is_ascii_alphanumeric).collect();

    // a person on a phone follows it
    let phone =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";
    let followed =
        phone.get(format!("{}/r/{token}", app.url)).header("user-agent", agent).send().await.unwrap();
    assert_eq!(followed.status(), 302);
    let to = followed.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(to, format!("/job/{}?l={token}", ad.slug));
    let page = phone.get(format!("{}{to}", app.url)).header("user-agent", agent).send().await.unwrap();
    assert!(!page.headers().contains_key("set-cookie"));
    let body = page.text().await.unwrap();
    let form = format!("/ansoeg/{}?l={token}", ad.slug);
    assert!(body.contains(&form), "the ad carries the token on to the form");

    // and applies with a CV
    let nobody = Browser::new(&app);
    let shown = phone.get(format!("{}{form}", app.url)).header("user-agent", agent).send().await.unwrap();
    let shown = shown.text().await.unwrap();
    let hidden = |name: &str| {
        let at = format!("name=\"{name}\" value=\"");
        shown.split(&at).nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let cv = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/papers/cv-latin.pdf")).unwrap();
    app.kit.clock.advance(Duration::from_secs(60));
    let form = Form::new()
        .text("key", hidden("key"))
        .text("l", hidden("l"))
        .text("name", "Sofie Bæk Nielsen")
        .text("email", "sofie@baek.example")
        .text("letter", "Jeg har arbejdet fem år på et demensafsnit.")
        .text("go", "send")
        .part("cv", File::bytes(cv).file_name("CV Sofie.pdf"));
    let sent = nobody.post_files(&format!("/ansoeg/{}", ad.slug), form).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    app.drain().await;
    assert!(app.magic_link("sofie@baek.example").starts_with("/min-ansoegning/"));

    // counted for the channel, found by search, moved on the board
    app.parts.visits.flush(&kit.db).await.unwrap();
    let (posting, s) = (ad.id, scope.clone());
    let counts = kit.db.read(move |c| opslag::insights::funnel(c, &s, posting)).await.unwrap().unwrap();
    let row = &counts.channels[0];
    assert_eq!(
        (row.channel.as_str(), row.visits, row.landings, row.begun, row.submitted),
        ("bluesky", 1, 1, 1, 1)
    );
    let cards = app.cards(ad.id).await;
    assert_eq!((cards.len(), cards[0].channel.as_str()), (1, "bluesky"));
    let mut recruiter = app.browser(Role::Recruiter, app.organisation).await;
    let numbers = recruiter.get(&format!("/jobopslag/{}/tal", ad.id)).await;
    assert!(numbers.status == 200 && numbers.body.contains("Bluesky"), "{}", numbers.status);
    let board = recruiter.get(&format!("/jobopslag/{}/tavle", ad.id)).await;
    assert!(board.body.contains("Sofie Bæk Nielsen"));
}
