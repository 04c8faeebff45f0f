//! Pictures and films as people bring them: taken whole or not at all, shown the right way up, to the
//! right people.

use opslag::{
    accounts::Role,
    base::{
        Language,
        id::{AssetId, UnitId},
        paging::Paging,
    },
    db::DbError,
    media::{self, Asset, Filter, Frame, Kind, Missing, State},
    queue::Job,
};
use reqwest::{Method, StatusCode, multipart};

use crate::harness::{
    TestApp,
    ads::file,
    app::Wanted,
    people::{Browser, Seen},
};

fn form(field: &str, name: &str, bytes: Vec<u8>) -> multipart::Form {
    multipart::Form::new().part(field.to_owned(), multipart::Part::bytes(bytes).file_name(name.to_owned()))
}

async fn add(browser: &Browser, unit: UnitId, name: &str, bytes: Vec<u8>) -> Seen {
    browser.post_files("/medier", form("file", name, bytes).text("unit", unit.to_string())).await
}

/// Somebody who is logged in, with the token of a page in hand.
async fn person(app: &TestApp, role: Role, unit: UnitId) -> Browser {
    let mut browser = app.browser(role, unit).await;
    browser.get("/medier").await;
    browser
}

/// Adds a file that must be taken, and has it made ready.
async fn taken(app: &TestApp, browser: &Browser, unit: UnitId, name: &str) -> Asset {
    let seen = add(browser, unit, name, file(name)).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{name}: {}", seen.body);
    app.drain().await;
    let id = seen.location.unwrap().rsplit('/').next().unwrap().parse().unwrap();
    stored(app, id).await
}

async fn stored(app: &TestApp, id: AssetId) -> Asset {
    app.kit.db.read(move |c| media::asset(c, id)).await.unwrap().unwrap()
}

async fn library(app: &TestApp) -> Vec<Asset> {
    let filter =
        Filter { units: vec![app.organisation, app.centre_north, app.centre_south], ..Filter::default() };
    app.kit.db.read(move |c| media::library(c, &filter, Paging::new(1, 100))).await.unwrap().0
}

async fn blobs(app: &TestApp) -> Vec<String> {
    use futures_util::TryStreamExt;
    let listed: Vec<_> = app.kit.blobs.list().try_collect().await.unwrap();
    listed.into_iter().map(|l| l.sha256).collect()
}

fn spooled(app: &TestApp) -> usize {
    std::fs::read_dir(app.kit.blobs.spool_folder()).unwrap().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photograph_is_kept_clean_drawn_upright_and_shown_to_whom_it_concerns() {
    let app = TestApp::start().await;
    let browser = person(&app, Role::Contributor, app.centre_north).await;
    let photo = taken(&app, &browser, app.centre_north, "rotated.jpg").await;
    assert_eq!((photo.kind, photo.state), (Kind::Picture, State::Ready));
    assert_eq!((photo.width, photo.height), (900, 1200), "as seen, not as it lies");
    assert_eq!(photo.missing(&Language::ALL, &[], app.kit.clock.now()), [Missing::AltText, Missing::People]);
    for sha256 in blobs(&app).await {
        let bytes = app.kit.blobs.read(&sha256).await.unwrap();
        assert!(!bytes.windows(8).any(|w| w == b"Hemmelig"), "no kept file tells whose camera it was");
    }

    let href = photo.href("card").unwrap();
    let own = browser.request(Method::GET, &href).send().await.unwrap();
    assert_eq!(own.status(), StatusCode::OK);
    assert_eq!(own.headers()["x-content-type-options"], "nosniff");
    assert_eq!(own.headers()["content-security-policy"], "default-src 'none'; sandbox");
    assert_eq!(own.headers()["cache-control"], "private, no-cache");
    assert_eq!(own.headers()["content-type"], "image/jpeg");
    let card = image::load_from_memory(&own.bytes().await.unwrap()).unwrap();
    assert_eq!((card.width(), card.height()), (800, 500));

    let elsewhere = person(&app, Role::Recruiter, app.centre_south).await;
    let nobody = Browser::new(&app);
    for other in [&elsewhere, &nobody] {
        assert_eq!(other.request(Method::GET, &href).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(
        nobody.request(Method::GET, &format!("/medier/{}", photo.id)).send().await.unwrap().status(),
        401
    );
    let there = elsewhere.request(Method::GET, &format!("/medier/{}", photo.id)).send().await.unwrap();
    assert_eq!(there.status(), StatusCode::NOT_FOUND, "what is another unit's does not exist");

    // an ad opens, with a picture in which nobody can be recognised
    let said = media::Description {
        alt_text: "To ved et vindue".into(),
        decorative: false,
        silent: false,
        focus: photo.focus,
        nobody: true,
        folder: String::new(),
        usable_until: None,
    };
    media::describe(&app.kit, &photo, said).await.unwrap();
    let (id, now) = (photo.id, app.kit.clock.now());
    app.kit.db.write(move |c| media::make_public(c, &[id], now)).await.unwrap();
    let seen = nobody.request(Method::GET, &href).send().await.unwrap();
    assert_eq!(seen.status(), StatusCode::OK);
    assert_eq!(seen.headers()["cache-control"], "public, max-age=31536000, immutable");
    let etag = seen.headers()["etag"].to_str().unwrap().to_owned();
    let again = nobody.request(Method::GET, &href).header("if-none-match", &etag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    let bare = href.split('?').next().unwrap();
    let seen = nobody.request(Method::GET, bare).send().await.unwrap();
    assert_eq!(seen.headers()["cache-control"], "public, max-age=300", "a name without hash may change");
    for wrong in
        ["/media/nej/card", &format!("/media/{}/nej", photo.id), &format!("/media/{}/film", photo.id)]
    {
        assert_eq!(nobody.request(Method::GET, wrong).send().await.unwrap().status(), 404, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_says_why_at_the_field_and_leaves_nothing() {
    let app = TestApp::start().await;
    let browser = person(&app, Role::Recruiter, app.organisation).await;
    let mut cut_photo = file("rotated.jpg");
    cut_photo.truncate(60_000);
    let mut cut_film = file("film.mp4");
    cut_film.truncate(90_000);
    for (name, bytes, sentence) in [
        ("tegning.svg", file("drawing.svg"), "SVG-tegninger kan indeholde programkode"),
        ("side.jpg", file("page.jpg"), "Det er en webside og ikke et billede"),
        ("ferie.jpg", file("zip.jpg"), "Det er en pakket fil (zip)"),
        ("IMG_1.HEIC", file("heic.jpg"), "Gem det som JPEG"),
        ("bombe.png", file("bomb.png"), "20.000 × 20.000 pixel"),
        ("vink.gif", file("moving.gif"), "Billedet bevæger sig"),
        ("halvt.jpg", cut_photo, "Filen er ikke hel"),
        ("halv.mp4", cut_film, "Filmen er ikke hel"),
        ("tom.jpg", Vec::new(), "Filen er tom"),
        ("brev.txt", b"Hej".to_vec(), "hverken et billede eller en film"),
    ] {
        let seen = add(&browser, app.organisation, name, bytes).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let sentence = if name == "bombe.png" { "20000 × 20000 pixel" } else { sentence };
        assert!(seen.body.contains(sentence), "{name}: {sentence}\n{}", seen.body);
        assert!(seen.body.contains(&format!("{name}: ")), "the sentence names the file");
        assert!(seen.body.contains("href=\"#file\""), "the summary leads to the field");
        assert!(seen.body.contains("id=\"file-error\""), "{name}");
        assert!(seen.body.contains("<title>Fejl: "), "{name}");
        assert_eq!((library(&app).await.len(), blobs(&app).await.len(), spooled(&app)), (0, 0, 0), "{name}");
    }
    let seen = browser
        .post_files("/medier", multipart::Form::new().text("unit", app.organisation.to_string()))
        .await;
    assert!(seen.body.contains("Der er ikke valgt en fil"), "{}", seen.body);

    // among several the good ones are taken
    let two = form("file", "nej.svg", file("drawing.svg"))
        .part("file", multipart::Part::bytes(file("graphic.png")).file_name("ja.png"))
        .text("unit", app.organisation.to_string());
    let seen = browser.post_files("/medier", two).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.body.contains("nej.svg: SVG") && !seen.body.contains("ja.png: "));
    assert_eq!(library(&app).await.len(), 1);
    // the same file again is the same asset
    let seen = add(&browser, app.organisation, "igen.png", file("graphic.png")).await;
    assert_eq!((seen.status, library(&app).await.len()), (StatusCode::SEE_OTHER, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_not_ours_keeps_nothing() {
    let app = TestApp::start().await;
    let browser = person(&app, Role::Recruiter, app.organisation).await;
    let forged = form("file", "a.png", file("graphic.png"))
        .text("unit", app.organisation.to_string())
        .text("_csrf", "gættet");
    let answer = browser.request(Method::POST, "/medier").multipart(forged).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    // nor one for a unit where this person has no say
    let south = person(&app, Role::Contributor, app.centre_south).await;
    let seen = add(&south, app.centre_north, "a.png", file("graphic.png")).await;
    assert_eq!(seen.status, StatusCode::NOT_FOUND);
    let reader = person(&app, Role::ReportReader, app.organisation).await;
    assert_eq!(
        add(&reader, app.organisation, "a.png", file("graphic.png")).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!((library(&app).await.len(), blobs(&app).await.len(), spooled(&app)), (0, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_gets_poster_captions_and_ranges() {
    let app = TestApp::start().await;
    let mut browser = person(&app, Role::Recruiter, app.organisation).await;
    let film = taken(&app, &browser, app.organisation, "film.mp4").await;
    assert_eq!((film.kind, film.state, film.duration_ms), (Kind::Film, State::Ready, Some(6_000)));
    assert_eq!(film.error, None);
    let missing = film.missing(&Language::ALL, &[], app.kit.clock.now());
    assert_eq!(
        missing,
        [Missing::AltText, Missing::Captions(Language::Da), Missing::Captions(Language::En), Missing::People],
        "a poster was taken"
    );
    let shown = film.to_post(&Frame::default()).unwrap();
    assert_eq!((shown.mime.as_str(), shown.width), ("video/mp4", 640));
    let kept = app.kit.blobs.read(&shown.sha256).await.unwrap();
    assert!(!kept.windows(8).any(|w| w == b"Hemmelig"), "what the camera wrote is gone");

    let href = film.href("film").unwrap();
    let part = browser.request(Method::GET, &href).header("range", "bytes=100-199").send().await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()["content-range"], format!("bytes 100-199/{}", kept.len()));
    assert_eq!(part.bytes().await.unwrap(), kept[100..200]);
    let outside =
        browser.request(Method::GET, &href).header("range", "bytes=99999999-").send().await.unwrap();
    assert_eq!(outside.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let head = browser.request(Method::HEAD, &href).send().await.unwrap();
    assert_eq!(head.headers()["content-length"], kept.len().to_string());
    let all = browser.request(Method::GET, &href).header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(all.bytes().await.unwrap(), kept);

    let at = format!("/medier/{}", film.id);
    let caption = |bytes: Vec<u8>, language: &str| {
        form("captions", "t.vtt", bytes).text("language", language.to_owned())
    };
    let seen = browser.post_files(&format!("{at}/undertekster"), caption(file("backwards.vtt"), "da")).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    for sentence in [
        "Linje 3: Teksten slutter, før den begynder",
        "Linje 6: Teksten begynder før den forrige",
        "Linje 9: Teksten varer længere end filmen",
        "Linje 12: Der er komma i tiden",
    ] {
        assert!(seen.body.contains(sentence), "{sentence}");
    }
    for (name, language) in [("film.da.vtt", "da"), ("film.en.vtt", "en")] {
        let seen = browser.post_files(&format!("{at}/undertekster"), caption(file(name), language)).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    }
    let page = browser.get(&at).await.body;
    assert!(page.contains("Amina: Godmorgen, Ruth."), "the words stand on the page");
    assert!(page.contains("<track kind=\"captions\""));
    let film = stored(&app, film.id).await;
    assert_eq!(film.captions, Language::ALL);
    let vtt = browser.get(&film.captions_href(Language::Da)).await;
    assert_eq!(vtt.headers["content-type"], "text/vtt; charset=utf-8");
    assert!(vtt.body.starts_with("WEBVTT\n"));
    let seen = browser.post(&format!("{at}/undertekster/en/fjern"), &[]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    assert_eq!(stored(&app, film.id).await.captions, [Language::Da]);

    // a picture of one's own before the film
    let seen =
        browser.post_files(&format!("{at}/plakat"), form("poster", "p.jpg", file("rotated.jpg"))).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    let poster = stored(&app, film.id).await.shown("poster").unwrap();
    assert_eq!((poster.width, poster.height), (900, 1200));
    let seen = browser.post_files(&format!("{at}/plakat"), form("poster", "p.mp4", file("film.mp4"))).await;
    assert!(seen.body.contains("Det er en film. Vælg et billede."));
}

/// One frame of a kept film, as it is shown after so many seconds.
async fn frame(app: &TestApp, sha256: &str, seconds: &str) -> image::RgbImage {
    let film = app.kit.blobs.on_disk(sha256).await.unwrap();
    let out = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-ss", seconds, "-i"])
        .arg(film.path())
        .args(["-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "-"])
        .output()
        .unwrap();
    image::load_from_memory(&out.stdout).unwrap().into_rgb8()
}

/// How many pixels of the lowest quarter are nearly white.
fn written(frame: &image::RgbImage) -> usize {
    let below = frame.height() * 3 / 4;
    frame.enumerate_pixels().filter(|(_, y, p)| *y > below && p.0.iter().all(|c| *c > 235)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn captions_are_burnt_into_a_film_for_those_who_show_none_and_anew_when_they_change() {
    let app = TestApp::start().await;
    let mut browser = person(&app, Role::Recruiter, app.organisation).await;
    let film = taken(&app, &browser, app.organisation, "film.mp4").await;
    let at = format!("/medier/{}", film.id);
    let caption = |bytes: Vec<u8>| form("captions", "t.vtt", bytes).text("language", "da");
    let burns = Frame { burns: Some(Language::Da), ..Frame::default() };
    let plain = film.to_post(&burns).unwrap();
    assert_eq!(plain.profile, "film", "until it is written the film goes as it is");
    browser.post_files(&format!("{at}/undertekster"), caption(file("film.da.vtt"))).await;
    app.drain().await;
    let burnt = stored(&app, film.id).await.to_post(&burns).unwrap();
    assert_eq!((burnt.profile.as_str(), burnt.width, burnt.height), ("film-da", plain.width, plain.height));
    assert_eq!(stored(&app, film.id).await.to_post(&Frame::default()).unwrap(), plain);
    let (before, after) = (frame(&app, &plain.sha256, "1.5").await, frame(&app, &burnt.sha256, "1.5").await);
    assert!(written(&after) > written(&before) + 200, "{} {}", written(&before), written(&after));
    assert!(browser.get(&at).await.body.contains("brændt ind"));

    let other =
        "WEBVTT\n\n00:00.000 --> 00:05.900\nHer siger vi noget andet, og det fylder to linjer på skærmen.\n";
    browser.post_files(&format!("{at}/undertekster"), caption(other.into())).await;
    assert_eq!(stored(&app, film.id).await.to_post(&burns).unwrap(), plain, "the old words are gone at once");
    app.drain().await;
    let again = stored(&app, film.id).await.to_post(&burns).unwrap();
    assert!(again.profile == "film-da" && again.sha256 != burnt.sha256);
    browser.post(&format!("{at}/undertekster/da/fjern"), &[]).await;
    assert_eq!(stored(&app, film.id).await.to_post(&burns).unwrap(), plain);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_too_tall_for_a_channel_is_cut_around_its_focus() {
    let app = TestApp::start().await;
    let browser = person(&app, Role::Recruiter, app.organisation).await;
    let photo = taken(&app, &browser, app.organisation, "rotated.jpg").await;
    let frame = Frame { narrowest: 0.8, broadest: 1.91, jpeg: true, ..Frame::default() };
    let usual = photo.to_post(&Frame::default()).unwrap();
    let cut = photo.to_post(&frame).unwrap();
    assert_eq!((usual.profile.as_str(), cut.profile.as_str()), ("post", "tall"));
    let ratio = f64::from(cut.width) / f64::from(cut.height);
    assert!((0.8..0.82).contains(&ratio) && cut.width == usual.width, "{cut:?}");
    // a drawing goes as a JPEG where nothing else is taken
    let graphic = taken(&app, &browser, app.organisation, "graphic.png").await;
    assert_eq!(graphic.to_post(&Frame::default()).unwrap().mime, "image/png");
    assert_eq!(graphic.to_post(&frame).unwrap().mime, "image/jpeg");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_no_browser_agrees_on_is_shown_as_one_they_all_play() {
    let app = TestApp::start().await;
    let browser = person(&app, Role::Recruiter, app.organisation).await;
    let film = taken(&app, &browser, app.organisation, "film.webm").await;
    assert_eq!(film.mime, "video/webm", "the film as it came is kept");
    let shown = film.to_post(&Frame::default()).unwrap();
    assert_eq!(shown.mime, "video/mp4");
    let turned = taken(&app, &browser, app.organisation, "sideways.mov").await;
    assert_eq!((turned.width, turned.height, turned.mime.as_str()), (180, 320, "video/mp4"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_ffmpeg_a_film_is_kept_and_the_page_says_what_is_missing() {
    let app =
        TestApp::start_with(Wanted { configure: |c| c.media.ffmpeg = "none".into(), ..Wanted::default() })
            .await;
    let mut browser = person(&app, Role::Recruiter, app.organisation).await;
    let film = taken(&app, &browser, app.organisation, "film.mp4").await;
    assert_eq!((film.state, film.width, film.duration_ms), (State::Ready, 640, Some(6_000)));
    assert!(film.missing(&[], &[], app.kit.clock.now()).contains(&Missing::Poster));
    let page = browser.get(&format!("/medier/{}", film.id)).await.body;
    assert!(page.contains("ffmpeg er ikke installeret på serveren"));
    let href = film.href("film").unwrap();
    let sent = browser.request(Method::GET, &href).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(sent, file("film.mp4"), "as it came");
    let mut cut = file("film.mp4");
    cut.truncate(90_000);
    let seen = add(&browser, app.organisation, "halv.mp4", cut).await;
    assert!(seen.body.contains("Filmen er ikke hel"), "arithmetic is enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_kept_when_the_file_is_replaced_and_nothing_used_is_deleted() {
    let app = TestApp::start().await;
    let mut browser = person(&app, Role::Recruiter, app.organisation).await;
    let photo = taken(&app, &browser, app.organisation, "rotated.jpg").await;
    let at = format!("/medier/{}", photo.id);
    let both = [("alt_text", "To ved et vindue"), ("decorative", "on"), ("focus", "50,15")];
    let seen = browser.post(&at, &both).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        seen.body.contains("kun til pynt") && seen.body.contains("To ved et vindue"),
        "what was typed stays"
    );
    let long = "å".repeat(1001);
    let seen = browser.post(&at, &[("alt_text", long.as_str()), ("focus", "50,42")]).await;
    assert!(seen.body.contains("Skriv højst 1.000 tegn") || seen.body.contains("Skriv højst 1000 tegn"));

    let square = photo.shown("square").unwrap().sha256;
    let seen =
        browser.post(&at, &[("alt_text", " To ved et vindue "), ("focus", "50,15"), ("nobody", "on")]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let described = stored(&app, photo.id).await;
    assert_eq!((described.alt_text.as_str(), described.focus.y), ("To ved et vindue", 15));
    assert!(described.usable(&Language::ALL, &[], app.kit.clock.now()));
    assert_ne!(described.shown("square").unwrap().sha256, square, "another focus is another cut");

    let seen = browser.post_files(&format!("{at}/fil"), form("file", "ny.png", file("graphic.png"))).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    app.drain().await;
    let replaced = stored(&app, photo.id).await;
    assert_eq!((replaced.kind, replaced.name.as_str()), (Kind::Graphic, "ny.png"));
    assert_eq!((replaced.alt_text.as_str(), replaced.alt_stale), ("To ved et vindue", true));
    assert!(browser.get(&at).await.body.contains("Filen er skiftet: læs teksten igennem"));
    let seen = browser.post_files(&format!("{at}/fil"), form("file", "f.mp4", file("film.mp4"))).await;
    assert!(seen.body.contains("kan ikke skiftes ud med en film"));

    used_in_an_ad(&app, photo.id).await;
    let seen = browser.post(&format!("{at}/slet"), &[]).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(library(&app).await.len(), 1);
    assert!(
        browser.get(&at).await.body.contains(
            "Den kan først slettes, når intet opslag, ingen historie og ingen udsendelse bruger den."
        )
    );
    used_no_more(&app).await;
    assert_eq!(browser.post(&format!("{at}/slet"), &[]).await.location.unwrap(), "/medier");
    assert_eq!(library(&app).await.len(), 0);
}

async fn used_in_an_ad(app: &TestApp, asset: AssetId) {
    let unit = app.organisation;
    app.kit
        .db
        .write(move |c| {
            use diesel::RunQueryDsl;
            for statement in [
                format!(
                    "insert into postings (id, reference, slug, unit_id, state, visibility, deadline_zone, created_by, \
                     created_at, updated_at) values ('01940000-0000-7000-8000-000000000001', '2026-1', 'p', '{unit}', 'draft', 'public', \
                     'Europe/Copenhagen', 'user:x', 1, 1)"
                ),
                format!(
                    "insert into posting_media (posting_id, asset_id, role, position) values ('01940000-0000-7000-8000-000000000001', '{asset}', 'hero', 0)"
                ),
            ] {
                diesel::sql_query(statement).execute(c)?;
            }
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
}

async fn used_no_more(app: &TestApp) {
    app.kit
        .db
        .write(|c| {
            use diesel::RunQueryDsl;
            diesel::sql_query("delete from posting_media").execute(c)?;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_parts_goes_on_after_a_broken_connection() {
    let app = TestApp::start().await;
    let browser = person(&app, Role::Recruiter, app.organisation).await;
    let film = file("film.mp4");
    let begin = || {
        let (unit, bytes) = (app.organisation.to_string(), film.len().to_string());
        let fields = [
            ("_csrf", browser.csrf().to_owned()),
            ("unit", unit),
            ("name", "vores film.mp4".to_owned()),
            ("bytes", bytes),
            ("modified", "1".to_owned()),
        ];
        browser.request(Method::POST, "/medier/filer").form(&fields).send()
    };
    let part = |who: &Browser, href: &str, from: usize, bytes: &[u8]| {
        who.request(Method::PATCH, href)
            .header("upload-offset", from.to_string())
            .header("x-csrf-token", who.csrf())
            .body(bytes.to_vec())
            .send()
    };
    let finish = |href: &str| browser.request(Method::POST, href).form(&[("_csrf", browser.csrf())]).send();
    let offset = |answer: &reqwest::Response| {
        answer.headers()["upload-offset"].to_str().unwrap().parse::<usize>().unwrap()
    };

    let begun = begin().await.unwrap();
    assert_eq!((begun.status(), offset(&begun)), (StatusCode::CREATED, 0));
    let begun: serde_json::Value = begun.json().await.unwrap();
    let href = begun["href"].as_str().unwrap().to_owned();
    assert_eq!(offset(&part(&browser, &href, 0, &film[..40_000]).await.unwrap()), 40_000);
    // the same part again, and a part from the future: both are told where it stands
    for from in [0, 70_000] {
        let answer = part(&browser, &href, from, &film[from..from + 100]).await.unwrap();
        assert_eq!((answer.status(), offset(&answer)), (StatusCode::CONFLICT, 40_000));
    }
    assert_eq!(finish(&href).await.unwrap().status(), StatusCode::CONFLICT, "not all of it has come");
    let stranger = person(&app, Role::Recruiter, app.organisation).await;
    assert_eq!(
        part(&stranger, &href, 40_000, &film[40_000..]).await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
    let mut forged = browser.request(Method::PATCH, &href).header("upload-offset", "40000");
    forged = forged.header("x-csrf-token", "gættet".escape_unicode().to_string()).body("x");
    assert_eq!(forged.send().await.unwrap().status(), StatusCode::FORBIDDEN);

    // another window, the same file: it goes on
    let again = begin().await.unwrap();
    assert_eq!(offset(&again), 40_000);
    assert_eq!(again.json::<serde_json::Value>().await.unwrap()["href"], begun["href"]);
    let standing = browser.request(Method::GET, &href).send().await.unwrap();
    assert_eq!(offset(&standing), 40_000);
    assert_eq!(offset(&part(&browser, &href, 40_000, &film[40_000..]).await.unwrap()), film.len());
    let done = finish(&href).await.unwrap();
    assert_eq!(done.status(), StatusCode::OK);
    let shown = done.json::<serde_json::Value>().await.unwrap()["href"].as_str().unwrap().to_owned();
    assert_eq!(finish(&href).await.unwrap().status(), StatusCode::NOT_FOUND, "finished once");
    app.drain().await;
    let kept = library(&app).await.remove(0);
    assert_eq!(shown, format!("/medier/{}", kept.id));
    assert_eq!(
        (kept.name.as_str(), kept.state, kept.duration_ms),
        ("vores film.mp4", State::Ready, Some(6_000))
    );
    assert_eq!(spooled(&app), 0);

    // the first part shows that it is nothing we take: the rest is never sent
    let fields = [
        ("_csrf", browser.csrf().to_owned()),
        ("unit", app.organisation.to_string()),
        ("name", "stor.jpg".to_owned()),
        ("bytes", "900000000".to_owned()),
    ];
    let begun = browser.request(Method::POST, "/medier/filer").form(&fields).send().await.unwrap();
    let begun: serde_json::Value = begun.json().await.unwrap();
    let href = begun["href"].as_str().unwrap().to_owned();
    let mut zip = b"PK\x03\x04".to_vec();
    zip.resize(8192, 7);
    let answer = part(&browser, &href, 0, &zip).await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let said = answer.json::<serde_json::Value>().await.unwrap()["error"].to_string();
    assert!(said.contains("pakket fil"), "{said}");
    assert_eq!(spooled(&app), 0);
    assert_eq!(part(&browser, &href, 0, &zip).await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn preparing_twice_changes_nothing_and_the_sweep_takes_only_what_nobody_names() {
    use opslag::{
        applications::jobs::{Namers, Sweep},
        base::{Clock, Instant},
        media::jobs::{ForgetUploads, Prepare},
    };
    let app = TestApp::start().await;
    let mut browser = person(&app, Role::Recruiter, app.organisation).await;
    let photo = taken(&app, &browser, app.organisation, "rotated.jpg").await;
    Prepare { asset: photo.id }.run(&app.kit).await.unwrap();
    assert_eq!(stored(&app, photo.id).await.renditions, photo.renditions);
    let film = taken(&app, &browser, app.organisation, "film.mp4").await;
    let orphan = app.kit.blobs.put(b"nobody knows this".to_vec()).await.unwrap();

    let mut later = app.kit.clone();
    later.clock = Clock::set_to(Instant::from_seconds(app.kit.clock.now().seconds() + 25 * 3600));
    let needs = (later.clone(), Namers(&[media::needed_files]));
    Sweep {}.run(&needs).await.unwrap();
    let left = blobs(&app).await;
    assert!(!left.contains(&orphan));
    let mut needed: Vec<String> = [&photo, &film]
        .iter()
        .flat_map(|a| a.renditions.iter().map(|r| r.sha256.clone()).chain([a.sha256.clone()]))
        .collect();
    needed.sort();
    needed.dedup();
    assert_eq!(left.len(), needed.len(), "the film as it came, with its place and time, is gone too");
    assert!(needed.iter().all(|sha256| left.contains(sha256)));
    let at = format!("/medier/{}/slet", photo.id);
    assert_eq!(browser.post(&at, &[]).await.status, StatusCode::SEE_OTHER);
    Sweep {}.run(&needs).await.unwrap();
    assert!(!blobs(&app).await.contains(&photo.sha256));

    // an upload that nobody finished
    let fields = [
        ("_csrf", browser.csrf().to_owned()),
        ("unit", app.organisation.to_string()),
        ("name", "halv.mp4".to_owned()),
        ("bytes", "900000".to_owned()),
    ];
    let begun = browser.request(Method::POST, "/medier/filer").form(&fields).send().await.unwrap();
    let href = begun.json::<serde_json::Value>().await.unwrap()["href"].as_str().unwrap().to_owned();
    let part = browser.request(Method::PATCH, &href).header("upload-offset", "0");
    let part = part.header("x-csrf-token", browser.csrf()).body(file("film.mp4")).send().await.unwrap();
    assert_eq!((part.status(), spooled(&app)), (StatusCode::NO_CONTENT, 1));
    ForgetUploads {}.run(&app.kit).await.unwrap();
    assert_eq!(spooled(&app), 1, "it still has time");
    ForgetUploads {}.run(&later).await.unwrap();
    assert_eq!(spooled(&app), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_library_shows_what_is_missing_and_can_be_narrowed() {
    let app = TestApp::start().await;
    let mut browser = person(&app, Role::Recruiter, app.organisation).await;
    assert!(browser.get("/medier").await.body.contains("Her er ingen billeder eller film"));
    taken(&app, &browser, app.centre_north, "film.mp4").await;
    let photo = taken(&app, &browser, app.centre_south, "rotated.jpg").await;
    let all = browser.get("/medier").await.body;
    assert!(all.contains("1 billede og 1 film") && all.contains("Film 6 sek."));
    assert!(
        all.contains("film.mp4")
            && all.contains("rotated.jpg")
            && all.contains("Mangler danske undertekster")
    );
    let films = browser.get("/medier?vis=film").await.body;
    assert!(films.contains(">film.mp4<") && !films.contains(">rotated.jpg<"));
    let without = browser.get("/medier?vis=uden-undertekster").await.body;
    assert!(without.contains(">film.mp4<") && !without.contains(">rotated.jpg<"));
    let south = browser.get(&format!("/medier?enhed={}", app.centre_south)).await.body;
    assert!(!south.contains(">film.mp4<") && south.contains(">rotated.jpg<"));
    let at = format!("/medier/{}", photo.id);
    browser.post(&at, &[("alt_text", "To ved et vindue"), ("focus", "50,42")]).await;
    let without = browser.get("/medier?vis=uden-tekst").await.body;
    assert!(without.contains(">film.mp4<") && !without.contains(">rotated.jpg<"));
    let mut north = person(&app, Role::Contributor, app.centre_north).await;
    let seen = north.get("/medier").await.body;
    assert!(seen.contains(">film.mp4<") && !seen.contains(">rotated.jpg<"));
    let english = browser.get("/medier?lang=en").await.body;
    assert!(english.contains("Media library") && english.contains("1 picture and 1 film"));
}
