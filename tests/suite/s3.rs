//! Files in a bucket of a real S3 server: the same pages as over a folder, by configuration alone; and what people are
//! told when the server has a bad day.

use std::time::Duration;

use futures_util::TryStreamExt;
use opslag::{
    accounts::{self, Role, audit::Actor},
    applications::jobs::{ForgetBlobs, Namers, Sweep},
    base::{
        Chance, Clock, Instant, Language,
        id::{ApplicationId, UnitId},
    },
    config::Config,
    demo::worlds::{self, Kind},
    media,
    postings::{MediaRole, Placed},
    publishing::{self, Order, Part, State},
    queue::Job,
};
use reqwest::{Client, Method, StatusCode, multipart, redirect::Policy};
use sha2::{Digest, Sha256};

use crate::{
    harness::{
        TestApp,
        ads::{FILMED, file, large_film},
        app::Wanted,
        applicants::paper,
        bucket::{Bucket, Mood},
        people::{Browser, Seen},
    },
    media_large::{Library, Served},
};

const MIB: u64 = 1 << 20;

async fn over(bucket: &Bucket) -> TestApp {
    // a clock that can be moved on, beside files that carry the machine's own time
    let clock = Clock::set_to(Clock::real().now());
    TestApp::start_with(Wanted { bucket: Some(bucket.endpoint()), clock, ..Wanted::default() }).await
}

async fn add(browser: &Browser, unit: UnitId, name: &str) -> Seen {
    let part = multipart::Part::bytes(file(name)).file_name(name.to_owned());
    let form = multipart::Form::new().part("file", part).text("unit", unit.to_string());
    browser.post_files("/medier", form).await
}

async fn librarian(app: &TestApp) -> Browser {
    let mut browser = app.recruiter().await;
    browser.get("/medier").await;
    browser
}

/// Begins an upload in parts and sends all of it; where it stands.
async fn sent_in_parts(browser: &Browser, unit: UnitId, bytes: &[u8]) -> String {
    let fields = [
        ("_csrf", browser.csrf().to_owned()),
        ("unit", unit.to_string()),
        ("name", "i dele.mp4".to_owned()),
        ("bytes", bytes.len().to_string()),
    ];
    let begun = browser.request(Method::POST, "/medier/filer").form(&fields).send().await.unwrap();
    let begun: serde_json::Value = begun.json().await.unwrap();
    let href = begun["href"].as_str().unwrap().to_owned();
    let half = bytes.len() / 2;
    for (from, part) in [(0, &bytes[..half]), (half, &bytes[half..])] {
        let sent = browser
            .request(Method::PATCH, &href)
            .header("upload-offset", from.to_string())
            .header("x-csrf-token", browser.csrf())
            .body(part.to_vec())
            .send();
        assert_eq!(sent.await.unwrap().status(), StatusCode::NO_CONTENT);
    }
    href
}

async fn finish(browser: &Browser, href: &str) -> reqwest::Response {
    browser.request(Method::POST, href).form(&[("_csrf", browser.csrf())]).send().await.unwrap()
}

async fn kept(app: &TestApp) -> Vec<String> {
    let listed: Vec<_> = app.kit.blobs.list().try_collect().await.unwrap();
    listed.into_iter().map(|l| l.sha256).collect()
}

async fn asset(app: &TestApp, at: &str) -> media::Asset {
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    app.kit.db.read(move |c| media::asset(c, id)).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_brought_lies_in_the_bucket_and_is_shown_from_there() {
    let bucket = Bucket::start().await;
    let app = over(&bucket).await;
    let mut browser = librarian(&app).await;

    let seen = add(&browser, app.organisation, "rotated.jpg").await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    app.drain().await;
    let photo = asset(&app, &seen.location.unwrap()).await;
    assert!(photo.error.is_none() && photo.shown("card").is_some());
    assert!(bucket.path(&photo.sha256).is_file());
    let card = browser.request(Method::GET, &photo.href("card").unwrap()).send().await.unwrap();
    let card = image::load_from_memory(&card.bytes().await.unwrap()).unwrap();
    assert_eq!((card.width(), card.height()), (800, 500));

    // a film in parts; then a piece out of its middle, as a browser asks when somebody jumps
    let href = sent_in_parts(&browser, app.organisation, &file("film.mp4")).await;
    let done = finish(&browser, &href).await;
    assert_eq!(done.status(), StatusCode::OK);
    let at = done.json::<serde_json::Value>().await.unwrap()["href"].as_str().unwrap().to_owned();
    app.drain().await;
    let film = asset(&app, &at).await;
    assert!(film.error.is_none() && film.shown("poster").is_some());
    let whole = std::fs::read(bucket.path(&film.to_post(&media::Frame::default()).unwrap().sha256)).unwrap();
    let href = film.href("film").unwrap();
    let part = browser.request(Method::GET, &href).header("range", "bytes=1000-90999").send().await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()["content-range"], format!("bytes 1000-90999/{}", whole.len()));
    assert_eq!(part.bytes().await.unwrap(), whole[1000..91_000]);

    // an applicant's paper, out again and read for the search
    let ad = app.open_ad("SOSU-assistent til nat").await;
    let filled = app.filled(&ad, "").await.file("cv", "cv.docx", paper("cv.docx"));
    assert_eq!(app.send(&ad, &filled).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let id = app.cards(ad.id).await[0].id;
    let cv = app.papers(id).await.remove(0);
    assert_eq!(std::fs::read(bucket.path(&cv.sha256)).unwrap(), paper("cv.docx"));
    assert_eq!(cv.text_state, "ok");

    // nothing lies on this machine but what is under way
    assert!(!app.kit.config.data.join("files").exists());
    assert_eq!(std::fs::read_dir(app.kit.blobs.spool_folder()).unwrap().count(), 0);

    // what nobody names any more is swept out of the bucket
    let gone = browser.post(&format!("/medier/{}/slet", photo.id), &[]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let mut later = app.kit.clone();
    later.clock = Clock::set_to(Instant::from_seconds(app.kit.clock.now().seconds() + 25 * 3600));
    let namers = Namers(&[media::needed_files, opslag::applications::known_blobs]);
    Sweep {}.run(&(later, namers)).await.unwrap();
    let left = kept(&app).await;
    assert!(!left.contains(&photo.sha256) && !bucket.path(&photo.sha256).exists());
    assert!(left.contains(&film.sha256) && left.contains(&cv.sha256));
    assert_eq!(browser.get(&format!("/medier/{}", film.id)).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_does_not_answer_is_said_at_the_field_and_nothing_is_lost() {
    let bucket = Bucket::start().await;
    let app = over(&bucket).await;
    let browser = librarian(&app).await;
    let film = file("film.mp4");
    let in_parts = sent_in_parts(&browser, app.organisation, &film).await;
    let ad = app.open_ad("SOSU-assistent til nat").await;
    let filled = app.filled(&ad, "").await.file("cv", "cv.pdf", paper("cv-browser.pdf"));

    let photo = add(&browser, app.organisation, "graphic.png").await.location.unwrap();
    app.drain().await;
    let thumb = asset(&app, &photo).await.href("thumb").unwrap();
    let token = app.token(Role::Recruiter, app.organisation).await;

    for mood in [Mood::Dead, Mood::Silent] {
        bucket.be(mood);
        let begun = std::time::Instant::now();
        let seen = add(&browser, app.organisation, "rotated.jpg").await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{mood:?}");
        assert!(seen.body.contains("rotated.jpg: Filen er god nok, men kan ikke gemmes lige nu"));
        assert!(seen.body.contains("id=\"file-error\""), "{mood:?}");

        let seen = browser.request(Method::GET, &thumb).send().await.unwrap();
        assert_eq!(seen.status(), StatusCode::SERVICE_UNAVAILABLE, "{mood:?}");
        // another system reads it from the code
        let part = multipart::Part::bytes(file("rotated.jpg")).file_name("rotated.jpg");
        let sent = Client::new()
            .post(browser.at("/api/v1/media"))
            .bearer_auth(&token)
            .multipart(multipart::Form::new().part("file", part));
        let answer = sent.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{mood:?}");
        let problem: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(problem["code"], "file_store_away", "{problem}");

        // the page's script tries again by itself, and finds the upload where it was
        let answer = finish(&browser, &in_parts).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{mood:?}");
        let standing = browser.request(Method::GET, &in_parts).send().await.unwrap();
        assert_eq!(standing.headers()["upload-offset"], film.len().to_string());

        let seen = app.send(&ad, &filled).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{mood:?}");
        assert!(seen.body.contains("Dine filer kan ikke gemmes lige nu"), "{mood:?}");
        assert!(seen.body.contains("Jeg har arbejdet fem år på et demensafsnit."), "what was typed stays");
        assert!(app.cards(ad.id).await.is_empty(), "and nothing half has been received");
        assert!(begun.elapsed() < Duration::from_secs(30), "{mood:?}: people were made to wait");
    }

    bucket.be(Mood::Well);
    assert_eq!(finish(&browser, &in_parts).await.status(), StatusCode::OK);
    assert_eq!(app.send(&ad, &filled).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let id = app.cards(ad.id).await[0].id;
    assert!(bucket.path(&app.papers(id).await[0].sha256).is_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_waits_for_a_bucket_that_is_away_and_then_carries_its_film() {
    let bucket = Bucket::start().await;
    let app = over(&bucket).await;
    let film = app.film().await;
    let mut content = app.ready_content("SOSU-assistent til nat");
    content.media = vec![Placed { asset: film, role: MediaRole::Film }];
    let posting = app.opened(content).await.id;
    for kind in [Kind::Bluesky, Kind::Mastodon] {
        let listen = "127.0.0.1:0".parse().unwrap();
        let clock = app.kit.clock.clone();
        let world = worlds::start(kind, "Solvang Kommune", listen, clock, Chance::seeded(7)).unwrap();
        let account = worlds::connect(&app.kit, &world, app.organisation, Actor::System).await.unwrap();
        let order = Order {
            subject: posting.into(),
            language: Language::Da,
            when: None,
            media: vec![film],
            parts: vec![Part { account, text: "Vi søger dig til nat.".into() }],
            same_words_ok: true,
        };
        let scope = app.kit.db.read(accounts::everywhere).await.unwrap();
        bucket.be(Mood::Dead);
        let id =
            publishing::publish::publish(&app.kit, Actor::System, &scope, order).await.unwrap().deliveries[0];
        publishing::drain(&app.kit, &app.parts.channels).await.unwrap();
        let row = app.kit.db.read(move |c| publishing::delivery_row(c, id)).await.unwrap().unwrap();
        assert_eq!((row.state, row.ever_ambiguous), (State::RetryWait, false), "{kind:?}");
        bucket.be(Mood::Well);
        app.kit.clock.advance(Duration::from_secs(120));
        publishing::drain(&app.kit, &app.parts.channels).await.unwrap();
        let posts = world.posts();
        assert_eq!((posts.len(), posts[0].media.len()), (1, 1), "{kind:?}");
        assert_eq!(posts[0].media[0].alt, FILMED);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_that_breaks_off_leaves_no_parts() {
    let bucket = Bucket::start().await;
    let app = over(&bucket).await;
    let mut spool = app.kit.blobs.spool().await.unwrap();
    for n in 0..20u8 {
        spool.write(&vec![n; 1 << 20]).await.unwrap();
    }
    let large = spool.finish().await.unwrap();
    bucket.be(Mood::OnePart);
    assert!(app.kit.blobs.keep(&large).await.is_err());
    assert_eq!((bucket.strays(), kept(&app).await.len()), (0, 0));
    bucket.be(Mood::Well);
    app.kit.blobs.keep(&large).await.unwrap();
    let stored = std::fs::read(bucket.path(&large.sha256)).unwrap();
    assert_eq!(hex::encode(Sha256::digest(&stored)), large.sha256);
    assert_eq!(bucket.strays(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_film_holds_nobody_up() {
    let bucket = Bucket::start().await;
    // what runs out here is not the bucket's time, however busy the machine
    let patient: fn(&mut Config) = |config| config.storage.s3_timeout_seconds = 60;
    let clock = Clock::set_to(Clock::real().now());
    let wanted = Wanted { bucket: Some(bucket.endpoint()), clock, configure: patient, ..Wanted::default() };
    let app = TestApp::start_with(wanted).await;
    let ad = app.open_ad("SOSU-assistent til nat").await;
    let filled = app.filled(&ad, "").await.file("cv", "cv.pdf", paper("cv-browser.pdf"));
    let orphan = app.kit.blobs.put("nobody knows this").await.unwrap();
    let mut spool = app.kit.blobs.spool().await.unwrap();
    let mut film = large_film(100 * MIB);
    while let Some(bytes) = film.try_next().await.unwrap() {
        spool.write(&bytes).await.unwrap();
    }
    let film = spool.finish().await.unwrap();
    bucket.be(Mood::Stuck);
    let kit = app.kit.clone();
    let unit = app.organisation;
    let slow =
        tokio::spawn(async move { media::receive(&kit, Actor::System, unit, "film.mp4", &film).await });
    while bucket.strays() == 0 {
        assert!(!slow.is_finished(), "the film never got on its way");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }

    // files are deleted, and somebody applies, while the film is on its way
    let namers = Namers(&[media::needed_files, opslag::applications::known_blobs]);
    let of = ApplicationId::new(app.kit.clock.now(), &app.kit.chance);
    let (kit, forget) = (app.kit.clone(), ForgetBlobs { of, sha256: vec![orphan.clone()] });
    let forgetting = tokio::spawn(async move { forget.run(&(kit, namers)).await });
    assert_eq!(app.send(&ad, &filled).await.status, StatusCode::SEE_OTHER);
    forgetting.await.unwrap().unwrap();
    assert!(!slow.is_finished(), "they waited for the film");
    assert!(!bucket.path(&orphan).exists());
    bucket.be(Mood::Well);
    slow.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_gibibyte_goes_into_the_bucket_within_200_mib_of_memory() {
    const FILM: u64 = 512 * MIB;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let bucket = Bucket::start().await;
    let served = Served::start(&bucket.environment());
    let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
    let Library { cookie, csrf, unit } = served.library(&client).await;
    let body = reqwest::Body::wrap_stream(large_film(FILM));
    let part = multipart::Part::stream_with_length(body, FILM).file_name("stor.mp4");
    let form = multipart::Form::new().text("_csrf", csrf).text("unit", unit).part("file", part);
    let at = format!("{}/medier", served.url);
    let answer = client.post(at).header("cookie", &cookie).multipart(form).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", answer.text().await.unwrap());
    let peak = served.peak();
    eprintln!("peak memory: {} MiB with a film of {} MiB", peak / MIB, FILM / MIB);
    assert!(peak < 200 * MIB, "{} MiB", peak / MIB);

    let mut hash = Sha256::new();
    let mut film = large_film(FILM);
    while let Some(bytes) = film.try_next().await.unwrap() {
        hash.update(&bytes);
    }
    let stored = std::fs::metadata(bucket.path(&hex::encode(hash.finalize()))).unwrap();
    assert_eq!((stored.len(), bucket.strays()), (FILM, 0));
}
