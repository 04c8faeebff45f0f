//! Posts by container: what only Instagram and Threads have.

use std::time::Duration;

use opslag::{
    channels::{Account, Checkpoint, Found, Outcome, Problem, ProblemKind, Remark},
    demo::worlds::{Act, Kind, Mischief, Prank},
};

use serde_json::{Value, json};

use super::{Ground, HOURS};
use crate::harness::{contract, peers::Peer};

const BOTH: [Kind; 2] = [Kind::Instagram, Kind::Threads];

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_fetched_is_said_to_be_so() {
    for kind in BOTH {
        let mut g = Ground::new(kind).await;
        let account = g.account().await;
        let post = g.post("Billede", &[("elev.jpg", "image/jpeg")]).await;
        // addresses of our own server, where nothing of this is being sent
        g.channel = opslag::channels::Channels::real(g.kit()).get(kind).unwrap().clone();
        let mut ready = Default::default();
        let problem = g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::NotFetched, "{kind:?} {problem:?}");
        assert!(ready.0.is_empty(), "it is made anew when somebody tries again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_that_ran_out_is_made_anew_and_one_that_is_out_is_not() {
    for kind in BOTH {
        let g = Ground::new(kind).await;
        let (account, key) = (g.account().await, g.key());
        let post = g.post("Container", &[("elev.jpg", "image/jpeg")]).await;
        let mut ready = g.prepared(&account, &post).await;
        let first = ready.clone();
        g.clock.advance(Duration::from_secs(25 * 3600));
        assert_eq!(g.channel.look(&account, &post, &key, &ready).await, Found::Absent, "{kind:?}");
        g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap();
        assert_ne!(ready, first);
        g.world.plot(Mischief::once(Act::Publish, Prank::CutAfter));
        assert!(matches!(g.channel.publish(&account, &post, &key, &ready).await, Outcome::Ambiguous { .. }));
        // the list lags: the container's own word is enough
        g.world.lag(HOURS);
        let Found::There(there) = g.channel.look(&account, &post, &key, &ready).await else { panic!() };
        assert!(there.remote_id.starts_with("container/") && there.url.is_none());
        g.clock.advance(HOURS);
        let Found::There(there) = g.channel.look(&account, &post, &key, &ready).await else { panic!() };
        assert_eq!(there.url.as_deref(), Some(g.world.posts()[0].url.as_str()));
        // prepared again after that, as by a delivery that does not know: nothing new is made
        let made = g.world.count(Act::Upload);
        g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap();
        assert_eq!((g.world.count(Act::Upload), g.world.posts().len()), (made, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spent_day_is_waited_for() {
    let g = Ground::new(Kind::Instagram).await;
    let account = g.account().await;
    g.world.hold(3);
    for n in 0..3 {
        let post = g.post(&format!("Nummer {n}"), &[("elev.jpg", "image/jpeg")]).await;
        let ready = g.prepared(&account, &post).await;
        assert!(matches!(g.channel.publish(&account, &post, &g.key(), &ready).await, Outcome::Accepted(_)));
    }
    let post = g.post("En for meget", &[("elev.jpg", "image/jpeg")]).await;
    let problem =
        g.channel.prepare(&account, &post, &g.kit().blobs, &mut Default::default()).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::RateLimited);
    assert!(problem.wait.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_to_instagram_keeps_to_the_contract_of_the_graph() {
    let Some(document) = contract("meta-graph.openapi.json") else { return };
    let mut narrow: Value = serde_json::from_str(&std::fs::read_to_string(document).unwrap()).unwrap();
    let mut paths = serde_json::Map::new();
    for (from, to) in [
        ("/{version}/{iguser_id}/media", "/v26.0/178/media"),
        ("/{version}/{iguser_id}/media_publish", "/v26.0/178/media_publish"),
        ("/{version}/{iguser_id}/content_publishing_limit", "/v26.0/178/content_publishing_limit"),
        ("/{version}/{igmedia_id}", "/v26.0/1234_5678"),
        ("/{version}/{igmedia_id}/comments", "/v26.0/1234_5678/comments"),
        ("/{version}/{igmedia_id}/insights", "/v26.0/1234_5678/insights"),
    ] {
        let mut path = narrow["paths"][from].clone();
        for (_, operation) in path.as_object_mut().unwrap() {
            if let Some(parameters) = operation["parameters"].as_array_mut() {
                parameters.retain(|p| p["in"] != "path");
            }
        }
        paths.insert(to.into(), path);
    }
    narrow["paths"] = paths.into();
    let file = tempfile::NamedTempFile::with_suffix(".json").unwrap();
    std::fs::write(file.path(), narrow.to_string()).unwrap();
    let judge = Peer::start("prism", &[file.path().to_str().unwrap()]);
    let g = Ground::new(Kind::Instagram).await;
    let account = Account {
        base_url: judge.url().parse().unwrap(),
        remote_id: "178".into(),
        token: "any".into(),
        ..g.account().await
    };
    // the judge answers with examples, which name no state of a container: refusals of the shape (422) count
    let is_no = |p: &Problem| matches!(p.status, Some(400..=499)) || p.words.contains("error sending");
    for files in [&[("elev.jpg", "image/jpeg")][..], &[("film.mp4", "video/mp4")]] {
        let post = g.post("Vi søger en pædagog", files).await;
        let mut ready = Checkpoint::default();
        let problem = g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap_err();
        assert!(!is_no(&problem) && ready.0.contains_key("post"), "{problem:?}");
    }
    let post = g.post("Vi søger en pædagog", &[]).await;
    let container = Checkpoint([("post".to_owned(), json!({"id": "77", "at": g.clock.now()}))].into());
    let shown = g.channel.publish(&account, &post, &g.key(), &container).await;
    assert!(matches!(shown, Outcome::Accepted(_)), "{shown:?}");
    let listed = g.channel.find(&account, &post, &g.key()).await;
    assert!(matches!(listed, Found::NotSeen(_)), "{listed:?}");
    assert!(g.channel.measure(&account, "1234_5678").await.is_ok());
    let key = g.key();
    let remark = Remark { under: "1234_5678", words: "Spørg os", language: post.language, key: &key };
    let said = g.channel.comment(&account, &remark, &container).await;
    assert!(matches!(said, Outcome::Accepted(_)), "{said:?}");
    let looked = g.channel.look_comment(&account, &remark, &container).await;
    assert!(matches!(looked, Found::NotSeen(_)), "{looked:?}");
}
