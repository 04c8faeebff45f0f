//! What only a page on Facebook has: two phases, films in pieces, versions that end, and the contract of the Graph.

use std::time::Duration;

use opslag::{
    channels::{Account, Checkpoint, Found, Outcome, Problem, ProblemKind, Remark, Withdrawn},
    demo::worlds::{Act, Kind, Mischief, Prank},
};
use serde_json::{Value, json};

use super::Ground;
use crate::harness::{contract, peers::Peer};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_laid_ready_is_not_seen_and_found_only_when_shown() {
    let g = Ground::new(Kind::Facebook).await;
    let (account, key) = (g.account().await, g.key());
    let post = g.post("Først usynligt", &[("elev.jpg", "image/jpeg")]).await;
    // an answer that is lost leaves an object that nobody ever sees
    g.world.plot(Mischief::once(Act::Upload, Prank::Delay(Duration::ZERO)));
    g.world.plot(Mischief::once(Act::Upload, Prank::CutAfter));
    let mut ready = Checkpoint::default();
    let lost = g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap_err();
    assert!(lost.kind.passes(), "{lost:?}");
    g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap();
    assert!(g.world.posts().is_empty());
    assert_eq!(g.channel.look(&account, &post, &key, &ready).await, Found::Absent);
    let Outcome::Accepted(out) = g.channel.publish(&account, &post, &key, &ready).await else { panic!() };
    assert_eq!(g.channel.look(&account, &post, &key, &ready).await, Found::There(out.clone()));
    assert_eq!(g.world.posts().len(), 1);
    // taken down there, it is neither sent again nor called absent
    assert_eq!(g.channel.withdraw(&account, &out.remote_id).await, Withdrawn::Gone);
    assert!(matches!(g.channel.look(&account, &post, &key, &ready).await, Found::NotSeen(_)));
    let again = g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap_err();
    assert_eq!((again.kind, again.wait.is_some()), (ProblemKind::Processing, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_goes_on_from_the_piece_that_was_lost() {
    let g = Ground::new(Kind::Facebook).await;
    let account = g.account().await;
    let post = g.post("En film", &[("film.mp4", "video/mp4")]).await;
    let mut ready = Checkpoint::default();
    // begun, one piece, and then the line is cut: once before it was taken, once after
    for prank in [Prank::CutBefore, Prank::CutAfter] {
        for _ in 0..2 {
            g.world.plot(Mischief::once(Act::Upload, Prank::Delay(Duration::ZERO)));
        }
        g.world.plot(Mischief::once(Act::Upload, prank));
        let lost = g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap_err();
        assert!(lost.kind.passes(), "{lost:?}");
    }
    g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap();
    let begun = g.world.calls().iter().filter(|c| c.path.contains("/videos")).count();
    let pieces = usize::try_from(post.media[0].bytes).unwrap().div_ceil(16 * 1024);
    assert!(pieces > 3, "the film is long enough to be cut: {pieces}");
    // start, every piece, finish; and one more for each cut
    assert!(begun <= 1 + pieces + 1 + 3, "{begun} calls for {pieces} pieces");
    assert!(matches!(g.channel.publish(&account, &post, &g.key(), &ready).await, Outcome::Accepted(_)));
    let wall = g.world.posts();
    assert_eq!((wall.len(), wall[0].media[0].size as u64), (1, post.media[0].bytes));
    let seen = reqwest::get(&wall[0].media[0].address).await.unwrap().bytes().await.unwrap();
    assert_eq!(g.kit().blobs.put(seen).await.unwrap(), post.media[0].sha256, "byte for byte");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_lags_makes_no_second_post() {
    let g = Ground::new(Kind::Facebook).await;
    let (account, key) = (g.account().await, g.key());
    let post = g.post("Forsinket", &[]).await;
    let ready = g.prepared(&account, &post).await;
    g.world.lag(Duration::from_secs(60));
    g.world.plot(Mischief::once(Act::Publish, Prank::AcceptThen(502)));
    assert!(matches!(
        g.channel.publish(&account, &post, &key, &ready).await,
        Outcome::Ambiguous { status: Some(502), .. }
    ));
    assert_eq!(g.channel.look(&account, &post, &key, &ready).await, Found::Absent);
    assert!(matches!(g.channel.publish(&account, &post, &key, &ready).await, Outcome::Accepted(_)));
    assert_eq!(g.world.posts().len(), 1);
    assert!(matches!(g.channel.find(&account, &post, &key).await, Found::NotSeen(_)));
    g.clock.advance(Duration::from_secs(61));
    assert!(matches!(g.channel.find(&account, &post, &key).await, Found::There(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_no_longer_served_is_told_apart() {
    let mut g = Ground::new(Kind::Facebook).await;
    let account = g.account().await;
    let post = g.post("For gammel", &[]).await;
    let mut config = (*g.kit().config).clone();
    config.channels.facebook.version = "v19.0".into();
    let mut kit = g.kit().clone();
    kit.config = config.into();
    g.channel = opslag::channels::Channels::real(&kit).get(Kind::Facebook).unwrap().clone();
    let problem =
        g.channel.prepare(&account, &post, &g.kit().blobs, &mut Default::default()).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::VersionSunset, "{problem:?}");
    assert!(problem.kind.passes(), "the posts wait");
}

/// The part of the Graph's contract that we use, with the numbers of the test in the place of names: its paths differ
/// by nothing else.
fn narrowed(document: &str) -> Value {
    let whole: Value = serde_json::from_str(&std::fs::read_to_string(document).unwrap()).unwrap();
    let mut paths = serde_json::Map::new();
    for (from, to) in [
        ("/{version}/{page_id}/feed", "/v26.0/104/feed"),
        ("/{version}/{page_id}/published_posts", "/v26.0/104/published_posts"),
        ("/{version}/{page_id}/videos", "/v26.0/104/videos"),
        ("/{version}/{page_id}/photos", "/v26.0/104/photos"),
        ("/{version}/{page_id}", "/v26.0/me"),
        ("/{version}/{pagepost_id}", "/v26.0/104_9"),
        ("/{version}/{pagepost_id}/comments", "/v26.0/104_9/comments"),
        ("/{version}/{advideo_id}/comments", "/v26.0/77/comments"),
        ("/{version}/{advideo_id}", "/v26.0/77"),
        ("/{version}/{user_id}/permissions", "/v26.0/5/permissions"),
    ] {
        let mut path = whole["paths"][from].clone();
        for (_, operation) in path.as_object_mut().unwrap() {
            if let Some(parameters) = operation["parameters"].as_array_mut() {
                parameters.retain(|p| p["in"] != "path");
            }
        }
        paths.insert(to.into(), path);
    }
    let mut narrow = whole;
    narrow["paths"] = paths.into();
    // the generated document leaves files out, which travel beside the fields
    let photo = &mut narrow["paths"]["/v26.0/104/photos"]["post"]["requestBody"]["content"];
    photo["multipart/form-data"]["schema"]["properties"]["source"] = json!({"type": "string"});
    narrow
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_keeps_to_the_contract_of_the_graph() {
    let Some(document) = contract("meta-graph.openapi.json") else { return };
    let g = Ground::new(Kind::Facebook).await;
    let file = tempfile::NamedTempFile::with_suffix(".json").unwrap();
    std::fs::write(file.path(), narrowed(&document).to_string()).unwrap();
    let judge = Peer::start("prism", &[file.path().to_str().unwrap()]);
    let account = Account {
        base_url: judge.url().parse().unwrap(),
        remote_id: "104".into(),
        token: "any".into(),
        ..g.account().await
    };
    let is_alive = |problem: &Problem| !problem.words.contains("error sending request");
    let is_no = |status: Option<u16>| matches!(status, Some(400..=499));
    // the judge answers with examples, so only a refusal of the shape (422) says anything
    let link = g.post("Vi søger en pædagog", &[]).await;
    g.channel.prepare(&account, &link, &g.kit().blobs, &mut Checkpoint::default()).await.unwrap();
    let pictured = g.post("Vi søger en pædagog", &[("elev.jpg", "image/jpeg")]).await;
    g.channel.prepare(&account, &pictured, &g.kit().blobs, &mut Checkpoint::default()).await.unwrap();
    let film = g.post("Vi søger en pædagog", &[("film.mp4", "video/mp4")]).await;
    let problem =
        g.channel.prepare(&account, &film, &g.kit().blobs, &mut Checkpoint::default()).await.unwrap_err();
    assert!(!is_no(problem.status) && is_alive(&problem), "begun: {problem:?}");
    let on_its_way = json!({
        "video": "77", "session": "s", "start": film.media[0].bytes, "end": film.media[0].bytes, "finished": false, "at": g.clock.now(),
    });
    // every piece is sent; the judge reads bodies as text, so it is spared the pieces themselves
    let mut ready = Checkpoint([(film.media[0].sha256.clone(), on_its_way)].into());
    let problem = g.channel.prepare(&account, &film, &g.kit().blobs, &mut ready).await.unwrap_err();
    assert!(!is_no(problem.status) && is_alive(&problem), "finished: {problem:?}");
    for (id, film) in [("104_9", false), ("77", true)] {
        let handle = json!({"id": id, "url": null, "film": film, "at": g.clock.now()});
        let ready = Checkpoint([("post".to_owned(), handle)].into());
        let shown = g.channel.publish(&account, &link, &g.key(), &ready).await;
        assert!(matches!(shown, Outcome::Accepted(_)), "{shown:?}");
        let looked = g.channel.look(&account, &link, &g.key(), &ready).await;
        assert!(!matches!(looked, Found::Unreachable(_)), "{looked:?}");
        assert_eq!(g.channel.withdraw(&account, id).await, Withdrawn::Gone);
        let key = g.key();
        let remark = Remark { under: id, words: "Spørg os", language: link.language, key: &key };
        let said = g.channel.comment(&account, &remark, &Checkpoint::default()).await;
        assert!(matches!(said, Outcome::Accepted(_)), "{said:?}");
        let looked = g.channel.look_comment(&account, &remark, &Checkpoint::default()).await;
        assert!(matches!(looked, Found::NotSeen(_)), "{looked:?}");
    }
    let listed = g.channel.find(&account, &link, &g.key()).await;
    assert!(!matches!(listed, Found::Unreachable(_)), "{listed:?}");
    g.channel.ability(&account).await.unwrap_err(); // the example names another page
}
