//! What people see: the wall, one post, and nothing that could run.

use opslag::demo::worlds::Kind;
use reqwest::{
    StatusCode,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

use super::{access_token, app_password, at, client, picture, world};

#[tokio::test]
async fn every_wall_says_that_it_is_practice() {
    for kind in [
        Kind::Bluesky,
        Kind::Mastodon,
        Kind::Facebook,
        Kind::Instagram,
        Kind::Threads,
        Kind::Youtube,
        Kind::Tiktok,
    ] {
        let (world, _) = world(kind);
        let page = client().get(world.url().as_str()).send().await.unwrap();
        let policy = page.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{policy}");
        let page = page.text().await.unwrap();
        assert!(page.contains("Øvelse – ikke en rigtig kanal") && page.contains(kind.name()), "{page}");
        assert!(page.contains("Her er ikke slået noget op endnu"));
        assert_eq!(client().get(at(&world, "wall/wall.css")).send().await.unwrap().status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn a_bluesky_post_hangs_with_text_link_card_and_picture() {
    let (world, _) = world(Kind::Bluesky);
    let (handle, password) = app_password(&world);
    let xrpc = |method: &str| client().post(at(&world, &format!("xrpc/com.atproto.{method}")));
    let credentials = json!({"identifier": handle, "password": password});
    let session: Value =
        xrpc("server.createSession").json(&credentials).send().await.unwrap().json().await.unwrap();
    let token = session["accessJwt"].as_str().unwrap();
    let upload =
        xrpc("repo.uploadBlob").bearer_auth(token).header("content-type", "image/jpeg").body(picture());
    let blob: Value = upload.send().await.unwrap().json().await.unwrap();
    let text = "Læs mere på job.example.dk <nu>";
    let start = text.find("job.").unwrap();
    let record = json!({
        "$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-24T10:00:00.000Z", "langs": ["da"],
        "facets": [{
            "index": {"byteStart": start, "byteEnd": start + "job.example.dk".len()},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://job.example.dk/r/k7w2q"}],
        }],
        "embed": {"$type": "app.bsky.embed.external", "external": {
            "uri": "https://job.example.dk/r/k7w2q", "title": "Sygeplejerske", "description": "Solvang",
            "thumb": blob["blob"],
        }},
    });
    let put = json!({"repo": handle, "collection": "app.bsky.feed.post", "rkey": "3k4duaz5vfs2b", "record": record});
    let answer = xrpc("repo.putRecord").bearer_auth(token).json(&put).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);

    let posts = world.posts();
    assert_eq!((posts.len(), posts[0].text().as_str()), (1, text));
    assert_eq!(posts[0].links(), ["https://job.example.dk/r/k7w2q"; 2]);
    let page = client().get(&posts[0].url).send().await.unwrap().text().await.unwrap();
    for part in [
        "<a href=\"https://job.example.dk/r/k7w2q\">job.example.dk</a>",
        "<strong>Sygeplejerske</strong>",
        "24. november 2026 kl.",
        "Solvang Kommune",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("<nu>"));
    let thumb = posts[0].card.as_ref().unwrap().picture.as_deref().unwrap();
    let seen = client().get(thumb).send().await.unwrap();
    assert_eq!(seen.headers()["x-content-type-options"], "nosniff");
    assert_eq!(seen.bytes().await.unwrap(), picture());
}

#[tokio::test]
async fn a_mastodon_post_hangs_with_its_alternative_text_until_it_is_taken_down() {
    let (world, _) = world(Kind::Mastodon);
    let token = access_token(&world);
    let part = Part::bytes(picture()).file_name("elev.jpg").mime_str("image/jpeg").unwrap();
    let form = Form::new().part("file", part).text("description", "En elev \"på\" gangen");
    let media: Value = client()
        .post(at(&world, "api/v2/media"))
        .bearer_auth(&token)
        .multipart(form)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let status =
        json!({"status": "Vi søger en elev https://job.example.dk/r/k7w2q", "media_ids": [media["id"]]});
    let posted: Value = client()
        .post(at(&world, "api/v1/statuses"))
        .bearer_auth(&token)
        .json(&status)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let address = posted["url"].as_str().unwrap();
    assert_eq!(world.posts()[0].url, address);
    let page = client().get(address).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("alt=\"En elev &#34;på&#34; gangen\""), "{page}");
    assert!(page.contains("<a href=\"https://job.example.dk/r/k7w2q\">https://job.example.dk/r/k7w2q</a>"));
    let wall = client().get(world.url().as_str()).send().await.unwrap().text().await.unwrap();
    assert!(wall.contains(address));

    let url = at(&world, &format!("api/v1/statuses/{}", posted["id"].as_str().unwrap()));
    assert_eq!(client().delete(url).bearer_auth(&token).send().await.unwrap().status(), StatusCode::OK);
    assert_eq!(world.posts(), []);
    let gone = client().get(address).send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    assert!(gone.text().await.unwrap().contains("Det kan være taget ned"));
}
