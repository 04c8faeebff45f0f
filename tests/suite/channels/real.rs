//! The real servers: the reference PDS, snac2, and the contract judge for what is sent to Mastodon.

use opslag::{
    base::Chance,
    channels::{
        self, Ability, Account, ChannelKind, Channels, Checkpoint, ConnectError, Found, Outcome, ProblemKind,
        Remark, SendKey, Withdrawn,
    },
    demo::worlds::Kind,
};
use reqwest::StatusCode;
use serde_json::Value;

use super::{Ground, LINK};
use crate::harness::{mastodon_contract, peers::Peer};

async fn record(pds: &Peer, did: &str, rkey: &str) -> Value {
    let url = format!(
        "{}/xrpc/com.atproto.repo.getRecord?repo={did}&collection=app.bsky.feed.post&rkey={rkey}",
        pds.url()
    );
    reqwest::get(url).await.unwrap().json().await.unwrap()
}

/// An Opslag whose clock is the machine's, with the reference server's account connected.
async fn at_the_pds() -> (Ground, Account, &'static Peer) {
    let pds = Peer::shared("bluesky");
    let mut g = Ground::new(Kind::Bluesky).await;
    g.app = crate::harness::TestApp::start().await;
    g.clock = opslag::base::Clock::real();
    g.channel = Channels::real(&g.app.kit).get(ChannelKind::Bluesky).unwrap().clone();
    let (kit, unit) = (g.app.kit.clone(), g.app.organisation);
    let wrong =
        channels::log_in_bluesky(&kit, pds.url(), pds.get("HANDLE"), "xxxx-xxxx-xxxx-xxxx", unit, true).await;
    assert!(matches!(wrong, Err(ConnectError::Field("password", "channel-bluesky-wrong"))));
    let own =
        channels::log_in_bluesky(&kit, pds.url(), pds.get("HANDLE"), pds.get("PASSWORD"), unit, true).await;
    assert!(matches!(own, Err(ConnectError::Field("password", "channel-bluesky-own-password"))));
    let newcomer =
        channels::log_in_bluesky(&kit, pds.url(), pds.get("HANDLE"), pds.get("APP_PASSWORD"), unit, false)
            .await
            .unwrap();
    assert_eq!(newcomer.identity.remote_id, pds.get("DID"));
    let k = kit.clone();
    let id = kit
        .db
        .write(move |c| channels::connect(c, &k, &newcomer, opslag::accounts::audit::Actor::System))
        .await
        .unwrap();
    g.id = id;
    let account = channels::open(&kit, id).await.unwrap();
    (g, account, pds)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reference_bluesky_takes_text_pictures_cards_and_films() {
    let (g, account, pds) = at_the_pds().await;
    type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str);
    let cases: [Case; 3] = [
        (
            "Vi søger en #SOSU-assistent på Ærø 👩‍⚕️",
            &[("elev.jpg", "image/jpeg"), ("aften.jpg", "image/jpeg")],
            "app.bsky.embed.images",
        ),
        ("Se en dag hos os", &[("film.mp4", "video/mp4")], "app.bsky.embed.video"),
        ("Søg nu", &[], "app.bsky.embed.external"),
    ];
    for (text, files, embed) in cases {
        let mut post = g.post(text, files).await;
        if files.is_empty() {
            post.link_thumb = Some(g.medium("aabent-hus.jpg", "image/jpeg").await);
        }
        let key = SendKey::mint(&[text], g.clock.now(), &Chance::real());
        assert_eq!(g.channel.find(&account, &post, &key).await, Found::Absent);
        let mut checkpoint = Checkpoint::default();
        g.channel.prepare(&account, &post, &g.kit().blobs, &mut checkpoint).await.unwrap();
        let Outcome::Accepted(published) = g.channel.publish(&account, &post, &key, &checkpoint).await else {
            panic!("{text}")
        };
        assert_eq!(g.channel.find(&account, &post, &key).await, Found::There(published.clone()));
        assert!(published.url.as_deref().unwrap().starts_with("https://bsky.app/profile/did:plc:"));

        let there = record(pds, &account.remote_id, &key.tid).await;
        assert_eq!(there["value"]["embed"]["$type"], embed, "{there}");
        assert!(there.to_string().contains(LINK), "the link can be read back");
        if let Some(first) = there["value"]["embed"]["images"].get(0) {
            assert_eq!(first["alt"], "Kolleger på arbejde: elev.jpg");
        }
        if files.iter().any(|(_, mime)| *mime == "video/mp4") {
            assert_eq!(there["value"]["embed"]["captions"][0]["lang"], "da", "{there}");
            let cid = there["value"]["embed"]["video"]["ref"]["$link"].as_str().unwrap();
            let url =
                format!("{}/xrpc/com.atproto.sync.getBlob?did={}&cid={cid}", pds.url(), account.remote_id);
            let bytes = reqwest::get(url).await.unwrap().bytes().await.unwrap();
            assert_eq!(bytes.len() as u64, post.media[0].bytes);
        }

        // the same send again is no second post: same record, same content
        let again = g.channel.publish(&account, &post, &key, &checkpoint).await;
        assert_eq!(again, Outcome::Accepted(published.clone()));
        assert_eq!(record(pds, &account.remote_id, &key.tid).await["cid"], there["cid"]);

        // a first comment: said twice it is one, and it is taken down by itself
        let below = SendKey::mint(&[text, "comment"], g.clock.now(), &Chance::real());
        let words = format!("Spørg os: {LINK} #job");
        let (under, language) = (published.remote_id.as_str(), post.language);
        let remark = Remark { under, words: &words, language, key: &below };
        let mut got = Checkpoint::default();
        g.channel.prepare_comment(&account, &remark, &mut got).await.unwrap();
        assert_eq!(g.channel.look_comment(&account, &remark, &got).await, Found::Absent);
        let Outcome::Accepted(said) = g.channel.comment(&account, &remark, &got).await else {
            panic!("{text}")
        };
        assert_eq!(g.channel.comment(&account, &remark, &got).await, Outcome::Accepted(said.clone()));
        let answer = record(pds, &account.remote_id, &below.tid).await;
        assert_eq!(answer["value"]["reply"]["parent"]["uri"], published.remote_id, "{answer}");
        assert_eq!(answer["value"]["reply"]["root"]["cid"], there["cid"], "{answer}");
        assert_eq!(answer["value"]["facets"].as_array().map(Vec::len), Some(2), "{answer}");
        assert_eq!(g.channel.look_comment(&account, &remark, &got).await, Found::There(said.clone()));
        assert_eq!(g.channel.withdraw(&account, &said.remote_id).await, Withdrawn::Gone);

        assert_eq!(g.channel.withdraw(&account, &published.remote_id).await, Withdrawn::Gone);
        assert_eq!(g.channel.find(&account, &post, &key).await, Found::Absent);
        assert_eq!(g.channel.withdraw(&account, &published.remote_id).await, Withdrawn::Gone);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reference_bluesky_says_no_in_words_we_understand() {
    let (g, account, _) = at_the_pds().await;
    let key = || SendKey::mint(&["nej"], g.clock.now(), &Chance::real());
    let no = |outcome: Outcome| match outcome {
        Outcome::Rejected(problem) => {
            eprintln!("the PDS says: {:?} {}", problem.status, problem.words);
            problem.kind
        }
        other => panic!("{other:?}"),
    };
    let long = g.post(&"å".repeat(301), &[]).await;
    assert_eq!(
        no(g.channel.publish(&account, &long, &key(), &Checkpoint::default()).await),
        ProblemKind::InvalidText
    );

    let five = g.post("Fem", &[("elev.jpg", "image/jpeg"); 5]).await;
    let mut checkpoint = Checkpoint::default();
    g.channel.prepare(&account, &five, &g.kit().blobs, &mut checkpoint).await.unwrap();
    assert_eq!(no(g.channel.publish(&account, &five, &key(), &checkpoint).await), ProblemKind::InvalidMedia);

    let short = g.post("Kort", &[]).await;
    let mut forged = account.clone();
    forged.token.push('x');
    assert_eq!(
        no(g.channel.publish(&forged, &short, &key(), &Checkpoint::default()).await),
        ProblemKind::Reconnect
    );

    // a handle to bytes the server never got
    let one = g.post("Et", &[("elev.jpg", "image/jpeg")]).await;
    let mut swept = Checkpoint::default();
    g.channel.prepare(&account, &one, &g.kit().blobs, &mut swept).await.unwrap();
    let handle = swept.0.values_mut().next().unwrap();
    handle["blob"]["ref"]["$link"] = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku".into();
    assert_eq!(no(g.channel.publish(&account, &one, &key(), &swept).await), ProblemKind::Processing);
}

#[tokio::test(flavor = "multi_thread")]
async fn snac2_is_connected_through_its_own_log_in_and_posted_to() {
    let snac = Peer::shared("snac2");
    let g = Ground::new(Kind::Mastodon).await; // for its posts' files
    let app = crate::harness::TestApp::start().await;
    let mut browser = app.browser(opslag::accounts::Role::Communications, app.organisation).await;
    browser.get("/kanaler/forbind/mastodon").await;
    let unit = app.organisation.to_string();
    let begun = browser.post("/kanaler/forbind/mastodon", &[("server", snac.url()), ("unit", &unit)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let out = browser.get(begun.location.as_deref().unwrap()).await;
    let at = out.body.find("/oauth/authorize?").unwrap();
    let start = out.body[..at].rfind('"').unwrap() + 1;
    let end = at + out.body[at..].find('"').unwrap();
    let address = out.body[start..end].replace("&amp;", "&").replace("&#38;", "&");

    // its page, and its form
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // it hangs up after each answer without having said so
        .pool_max_idle_per_host(0)
        .build()
        .unwrap();
    let form = client.get(&address).send().await.unwrap().text().await.unwrap();
    let field = |name: &str| {
        let marks = [format!("name=\"{name}\""), format!("name='{name}'")];
        let at =
            marks.iter().find_map(|m| form.find(m.as_str())).unwrap_or_else(|| panic!("no {name} in {form}"));
        let tag = &form[form[..at].rfind('<').unwrap()..at + form[at..].find('>').unwrap()];
        let value = tag.split("value=").nth(1).unwrap_or("\"\"");
        value.trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default().to_owned()
    };
    let fields = [
        ("login", snac.get("USER").to_owned()),
        ("passwd", snac.get("PASSWORD").to_owned()),
        ("cid", field("cid")),
        ("redir", field("redir")),
        ("state", field("state")),
    ];
    let said = client.post(format!("{}/oauth/x-snac-login", snac.url())).form(&fields).send().await.unwrap();
    let back = said.headers()["location"].to_str().unwrap().to_owned();

    let answered = browser.get(&back).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    let at = answered.location.unwrap();
    let check = browser.get(&at).await;
    assert!(check.body.contains("@kommune@localhost"), "{}", check.body);
    let done = browser.post(&format!("{at}/ja"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);

    let connection = app.kit.db.read(channels::connections).await.unwrap().remove(0);
    // it forgets keys and cannot delete: we know
    assert_eq!(connection.ability.class, channels::Class::ReadBack);
    assert!(!connection.ability.withdraw);
    let account = channels::open(&app.kit, connection.id).await.unwrap();
    let channel = app.parts.channels.get(ChannelKind::Mastodon).unwrap();
    let key = SendKey::mint(&["snac"], app.kit.clock.now(), &Chance::real());
    let mut post = g.post("Vi søger en pædagog på Ærø", &[("elev.jpg", "image/jpeg")]).await;
    // a post is known again by its link alone, and the server may hold an earlier run's
    post.link = format!("https://job.fjordby.example/r/{}", key.tid);
    let mut checkpoint = Checkpoint::default();
    channel.prepare(&account, &post, &g.kit().blobs, &mut checkpoint).await.unwrap();
    assert!(matches!(channel.find(&account, &post, &key).await, Found::NotSeen(_)));
    let outcome = channel.publish(&account, &post, &key, &checkpoint).await;
    let Outcome::Accepted(published) = outcome else { panic!("{outcome:?}") };
    let found = channel.find(&account, &post, &key).await;
    assert!(matches!(&found, Found::There(seen) if seen.remote_id == published.remote_id), "{found:?}");
    let words = format!("Spørg os: {}", post.link);
    let (under, language) = (published.remote_id.as_str(), post.language);
    let remark = Remark { under, words: &words, language, key: &key };
    let none = Checkpoint::default();
    assert!(matches!(channel.look_comment(&account, &remark, &none).await, Found::NotSeen(_)));
    let said = channel.comment(&account, &remark, &none).await;
    let Outcome::Accepted(said) = said else { panic!("{said:?}") };
    let found = channel.look_comment(&account, &remark, &none).await;
    assert!(matches!(&found, Found::There(seen) if seen.remote_id == said.remote_id), "{found:?}");
    assert!(matches!(channel.withdraw(&account, &published.remote_id).await, Withdrawn::Unable(_)));

    let mut forged = account.clone();
    forged.token = "ikke-et-token".into();
    let refused = channel.publish(&forged, &post, &key, &checkpoint).await;
    assert!(
        matches!(&refused, Outcome::Rejected(problem) if problem.kind == ProblemKind::Reconnect),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_to_mastodon_keeps_to_its_contract() {
    if mastodon_contract().is_none() {
        return;
    }
    let judge = Peer::shared("prism");
    let g = Ground::new(Kind::Mastodon).await;
    let account = Account {
        base_url: judge.url().parse().unwrap(),
        remote_id: "1@judge".into(),
        token: "any".into(),
        ability: Ability::usual(ChannelKind::Mastodon),
        ..g.account().await
    };
    let post = g.post("Vi søger en pædagog", &[("elev.jpg", "image/jpeg")]).await;
    // the judge answers with examples, so only a refusal of the shape (422) says anything
    let mut checkpoint = Checkpoint::default();
    if let Err(problem) = g.channel.prepare(&account, &post, &g.kit().blobs, &mut checkpoint).await {
        assert!(!matches!(problem.status, Some(400..=499)), "{problem:?}");
    }
    // by its `oneOf` the document lets a status have text or media, not both; Mastodon itself takes both
    let post = g.post("Vi søger en pædagog", &[]).await;
    if let Outcome::Rejected(problem) = g.channel.publish(&account, &post, &g.key(), &checkpoint).await {
        panic!("{problem:?}");
    }
    if let Found::Unreachable(problem) = g.channel.find(&account, &post, &g.key()).await {
        panic!("{problem:?}");
    }
    if let Withdrawn::NotYet(problem) = g.channel.withdraw(&account, "103254962155278888").await {
        panic!("{problem:?}");
    }
    let key = g.key();
    let remark =
        Remark { under: "103254962155278888", words: "Spørg os", language: post.language, key: &key };
    if let Outcome::Rejected(problem) = g.channel.comment(&account, &remark, &checkpoint).await {
        panic!("{problem:?}");
    }
    if let Found::Unreachable(problem) = g.channel.look_comment(&account, &remark, &checkpoint).await {
        panic!("{problem:?}");
    }
}
