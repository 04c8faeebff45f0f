//! The whole main job in a browser against a running binary, each person at their own part: communications connect
//! the reference Bluesky server and bring a photograph and a film; a recruiter writes the ad and publishes; a person
//! on a phone follows the link found in the post *read back from that server* and applies with a PDF and a DOCX; the
//! hiring manager finds them by a word in a file and moves them; the numbers say where they came from.
//!
//! On SQLite, or on PostgreSQL when `OPSLAG_TEST_DATABASE` names a server.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::Locator;
use image::GenericImageView;
use opslag::{applications, base::Clock};
use serde_json::Value;

use crate::{
    chromium::Chromium,
    desk::{Desk, wait_for},
    harness::{
        app::{Database, PASSWORD},
        peers::Peer,
    },
};

/// An iPhone's own name for itself; what calls itself a robot is not counted.
const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";

/// `opslag serve` as a process of its own.
struct House {
    url: String,
    data: PathBuf,
    config: PathBuf,
    serving: Child,
    // both go when the process is gone
    _database: Option<Database>,
    _room: tempfile::TempDir,
}

impl House {
    fn open() -> Self {
        let room = tempfile::tempdir().unwrap();
        let database = Database::make();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let url = format!("http://127.0.0.1:{port}");
        let config = room.path().join("opslag.toml");
        let words = format!(
            "[organisation]\nname = \"Fjordby Kommune\"\n\
             [privacy]\ncontroller = \"Fjordby Kommune, Torvet 1, 8799 Fjordby\"\ndpo = \"dpo@fjordby.example\"\n\
             [server]\nlisten = \"127.0.0.1:{port}\"\npublic_url = \"{url}\"\n\
             [database]\nurl = \"{}\"\n[channels]\nprivate_hosts = [\"localhost\", \"127.0.0.1\"]\n[log]\nfilter = \"warn\"\n",
            database.as_ref().map(Database::url).unwrap_or_default(),
        );
        std::fs::write(&config, words).unwrap();
        let data = room.path().join("data");
        let mut house = Self {
            serving: Command::new("true").spawn().unwrap(),
            url,
            data,
            config,
            _database: database,
            _room: room,
        };
        for (name, role) in [
            ("Kirsten Lund", "communications"),
            ("Hanne Vestergaard", "recruiter"),
            ("Camilla Juhl", "hiring_manager"),
        ] {
            let email = address(role);
            let added = house
                .opslag(&["user", "add", "--name", name, "--email", &email, "--role", role])
                .status()
                .unwrap();
            assert!(added.success());
        }
        house.serving = house.opslag(&["serve"]).stdout(Stdio::null()).spawn().unwrap();
        house
    }

    fn opslag(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_opslag"));
        command
            .args(words)
            .arg("--data")
            .arg(&self.data)
            .arg("--config")
            .arg(&self.config)
            .env("OPSLAG_PASSWORD", PASSWORD);
        command
    }

    async fn answers(&self) {
        wait_for("the server's first answer", async || {
            reqwest::get(format!("{}/readyz", self.url)).await.ok().filter(|a| a.status() == 200)
        })
        .await;
    }

    /// The newest letter to somebody, whole.
    fn letter(&self, to: &str) -> Option<String> {
        let folder = std::fs::read_dir(self.data.join("mail")).ok()?;
        folder
            .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
            .find(|letter| letter.contains(to))
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.serving.kill();
        let _ = self.serving.wait();
    }
}

fn address(role: &str) -> String {
    format!("{}@fjordby.example", role.replace('_', "."))
}

fn file(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name).to_str().unwrap().to_owned()
}

/// Communications: the account, a photograph taken on end, a film with its captions.
async fn connect_and_bring(house: &House, pds: &Peer) {
    let desk = Desk::of(&house.url, &address("communications")).await;
    desk.go("/kanaler/forbind/bluesky").await;
    desk.fill("#handle", pds.get("HANDLE")).await;
    desk.fill("#password", pds.get("APP_PASSWORD")).await;
    desk.fill("#service", pds.url()).await;
    desk.press("main form button[type=submit]").await;
    assert!(desk.text("main").await.contains(pds.get("HANDLE")));

    desk.go("/medier").await;
    let files = [file("media/rotated.jpg"), file("media/film.mp4")].join("\n");
    desk.window.fill("#file", &files).await;
    desk.window.click("form[data-upload] button[type=submit]").await;
    let found = desk
        .until(
            "both files in the library",
            "const links = [...document.querySelectorAll('.wall .asset h3 a')]; return links.length === 2 && links.map((a) => a.textContent + '|' + a.getAttribute('href'))",
        )
        .await;
    let hrefs: Vec<String> = serde_json::from_value(found).unwrap();
    let href = |name: &str| {
        let line =
            hrefs.iter().find(|l| l.contains(name)).unwrap_or_else(|| panic!("no {name} in {hrefs:?}"));
        line.split_once('|').unwrap().1.to_owned()
    };
    desk.go(&href("rotated")).await;
    desk.fill("#alt_text", "Bro over fjorden en tidlig morgen").await;
    desk.tick("#nobody", true).await;
    desk.press("form:has(#alt_text) button[type=submit]").await;
    // what was photographed on end stands on end
    let shape = desk
        .until(
            "the picture",
            "const p = document.querySelector('img.shown'); return p && p.complete && p.naturalWidth > 0 && [p.naturalWidth, p.naturalHeight]",
        )
        .await;
    assert!(shape[0].as_i64() < shape[1].as_i64(), "{shape}");

    desk.go(&href("film")).await;
    desk.fill("#alt_text", "En dag på Plejecenter Nord").await;
    desk.tick("#nobody", true).await;
    desk.press("form:has(#alt_text) button[type=submit]").await;
    desk.window.fill("#captions", &file("media/film.da.vtt")).await;
    desk.press("form:has(#captions) button[type=submit]").await;
    desk.until("the film to be ready", "return !document.querySelector('#state[data-refresh]')").await;
    desk.window.stop().await;
}

/// The recruiter: the ad, open; then published, with the picture first and with the film after. Gives its id.
async fn write_and_publish(house: &House) -> String {
    let desk = Desk::of(&house.url, &address("recruiter")).await;
    desk.go("/jobopslag/ny").await;
    desk.fill("#title_da", "SOSU-assistent til Plejecenter Nord").await;
    desk.choose("#profession", "care_assistant").await;
    desk.press("main form.panel button[type=submit]").await;
    let id = desk.path().await.split('/').nth(2).unwrap().to_owned();
    desk.go(&format!("/jobopslag/{id}/rediger")).await;
    desk.fill("#lead_da", "Kom og vær med der, hvor beboerne kender dit navn.").await;
    let editor = desk.window.page.find(Locator::Css("trix-editor")).await.unwrap();
    editor.send_keys("Du bliver en del af et fast team på ni kolleger på Ærø.").await.unwrap();
    desk.choose("#employment_type", "full_time").await;
    for (field, text) in [
        ("openings", "2"),
        ("hours_min", "32"),
        ("hours_max", "37"),
        ("workplace", "Plejecenter Nord"),
        ("address", "Skovbakken 12, 8799 Fjordby N"),
        ("agreement", "Social- og sundhedspersonale (KL og FOA)"),
        ("pay_min", "31250"),
        ("pay_max", "33900"),
        ("contact_name", "Camilla Juhl, centerleder"),
        ("contact_phone", "+4576001234"),
        ("contact_email", "camilla.juhl@fjordby.example"),
    ] {
        desk.fill(&format!("#{field}"), text).await;
    }
    let deadline = Clock::real().now() + Duration::from_secs(30 * 86_400);
    // typing into it depends on the browser's own language
    let day = deadline.utc().format("%Y-%m-%dT23:59");
    let set = format!("document.querySelector('#deadline').value = '{day}'");
    desk.window.ask(&set).await;
    desk.tick("input[name=themes]", true).await;
    desk.tick("input[name=shifts]", true).await;
    desk.tick("input[name=hero]:not([value=''])", true).await;
    desk.tick("input[name=film]:not([value=''])", true).await;
    desk.press(".savebar button[type=submit]").await;
    desk.go(&format!("/jobopslag/{id}")).await;
    let lacks = desk.text("#mangler").await;
    assert!(desk.window.page.find(Locator::Css("form[action$='/aabn']")).await.is_ok(), "{lacks}");
    desk.press("form[action$='/aabn'] button").await;

    for (says, film) in
        [("Vi søger en SOSU-assistent på Ærø", false), ("Se en dag på Plejecenter Nord", true)]
    {
        desk.go(&format!("/jobopslag/{id}/udgiv")).await;
        desk.fill("textarea[name=text]", says).await;
        // the first is the ad's picture, the second its film
        desk.tick(".wall li:nth-child(1) input[name=media]", !film).await;
        desk.tick(".wall li:nth-child(2) input[name=media]", film).await;
        desk.press("button[name=do][value=udgiv]").await;
        assert_eq!(desk.path().await, "/udsendelser");
        // the page follows by itself what becomes of it
        let link = desk
            .window
            .ask(
                "return document.querySelector('main tbody a[href^=\"/udsendelser/\"]').getAttribute('href')",
            )
            .await;
        desk.go(link.as_str().unwrap()).await;
        desk.until("the post to be out", "return document.querySelector('#state a[rel~=noopener]') !== null")
            .await;
    }
    desk.window.stop().await;
    id
}

/// The posts that carry a link to this house, as the server has them, oldest first.
async fn read_back(house: &House, pds: &Peer) -> Vec<Value> {
    let url = format!(
        "{}/xrpc/com.atproto.repo.listRecords?repo={}&collection=app.bsky.feed.post&limit=100",
        pds.url(),
        pds.get("DID")
    );
    let page: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    let mut posts: Vec<Value> = page["records"].as_array().unwrap().clone();
    posts.retain(|p| p.to_string().contains(&format!("{}/r/", house.url)));
    posts.reverse();
    posts
}

async fn blob(pds: &Peer, of: &Value) -> Vec<u8> {
    let cid = of["ref"]["$link"].as_str().unwrap();
    let url = format!("{}/xrpc/com.atproto.sync.getBlob?did={}&cid={cid}", pds.url(), pds.get("DID"));
    reqwest::get(url).await.unwrap().bytes().await.unwrap().to_vec()
}

/// Somebody on a phone, from the post to the receipt.
async fn apply(house: &House, link: &str) {
    let desk = Desk::new(Chromium::start_as(PHONE).await, &house.url);
    desk.window.width(390).await;
    desk.window.page.goto(link).await.unwrap();
    assert!(desk.path().await.starts_with("/job/sosu-assistent-til-plejecenter-nord"));
    assert_eq!(desk.text("h1").await, "SOSU-assistent til Plejecenter Nord");
    assert!(desk.window.page.get_all_cookies().await.unwrap().is_empty());
    // the bar that stays at the bottom of a phone
    desk.press(".apply-bar a[href^='/ansoeg/']").await;
    desk.fill("#name", "Sofie Bæk Nielsen").await;
    desk.fill("#email", "sofie@baek.example").await;
    desk.fill("#letter", "Jeg har arbejdet fem år på et demensafsnit.").await;
    desk.window.fill("#cv", &file("papers/cv-browser.pdf")).await;
    desk.window.fill("#files", &file("papers/cv.docx")).await;
    // the process has a clock of its own, by which nobody fills a form in faster
    tokio::time::sleep(applications::TOO_FAST).await;
    desk.press("button.wide[name=go][value=send]").await;
    assert!(desk.path().await.ends_with("/tak"), "{}", desk.path().await);
    assert!(desk.text("h1").await.contains("Sofie"));
    let letter = wait_for("the receipt", async || house.letter("sofie@baek.example")).await;
    assert!(letter.contains("/min-ansoegning/"), "{letter}");
    desk.press("a[href*='/min-ansoegning/']").await;
    assert!(desk.text("main").await.contains("cv.docx"));
    desk.window.stop().await;
}

/// The hiring manager: found by a word in the DOCX, moved on the board, counted for the channel.
async fn find_move_and_count(house: &House, posting: &str) {
    let desk = Desk::of(&house.url, &address("hiring_manager")).await;
    wait_for("the application to be found", async || {
        desk.go("/soeg?q=k%C3%B8kkenmedarbejder").await;
        desk.text("main").await.contains("Sofie Bæk Nielsen").then_some(())
    })
    .await;
    desk.go(&format!("/jobopslag/{posting}/tavle")).await;
    assert!(desk.text("[data-stage]:first-of-type").await.contains("Sofie Bæk Nielsen"));
    desk.window.click("article.kort [data-move-open]").await;
    desk.window.wait("article.kort select[name=stage]").await;
    let targets = desk.window.ask("return [...document.querySelector('article.kort select[name=stage]').options].map((o) => o.value)").await;
    assert!(targets.to_string().contains("assessing"), "{targets}");
    desk.choose("article.kort select[name=stage]", "assessing").await;
    desk.window.click("article.kort form[data-move] button[type=submit]").await;
    desk.until(
        "the card in its new column",
        "return document.querySelector('[data-stage=assessing] article.kort') !== null",
    )
    .await;
    desk.go(&format!("/jobopslag/{posting}/tavle")).await;
    desk.press("[data-stage=assessing] article.kort a").await;
    assert!(desk.text(".tl").await.contains("Vurderes"), "{}", desk.text(".tl").await);

    // visits are written every few seconds
    let line = wait_for("the visit in the numbers", async || {
        desk.go(&format!("/jobopslag/{posting}/tal")).await;
        let rows = desk.window.ask("return [...document.querySelectorAll('table.two tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))").await;
        let rows: Vec<Vec<String>> = serde_json::from_value(rows).unwrap();
        rows.into_iter().find(|r| r[0].contains("Bluesky") && r[1] == "1")
    })
    .await;
    assert!(line.len() > 5, "{line:?}");
    let numbers = desk.window.ask("const t = document.querySelector('table.two'); const at = [...t.tHead.rows[0].cells].findIndex((c) => c.textContent === 'Sendte ansøgning'); return [...t.querySelectorAll('tr')].map((r) => r.cells[at].textContent)").await;
    let numbers: Vec<String> = serde_json::from_value(numbers).unwrap();
    assert_eq!(numbers.last().unwrap(), "1", "{numbers:?}");
    desk.window.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_from_the_ad_to_the_board() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let pds = Peer::shared("bluesky");
    let house = House::open();
    house.answers().await;
    connect_and_bring(&house, pds).await;
    let posting = write_and_publish(&house).await;

    let posts = wait_for("both posts to stand there", async || {
        Some(read_back(&house, pds).await).filter(|posts| posts.len() == 2)
    })
    .await;
    assert_eq!(posts.len(), 2, "{posts:?}");
    let picture = &posts[0]["value"]["embed"]["images"][0];
    assert_eq!(picture["alt"], "Bro over fjorden en tidlig morgen", "{}", posts[0]);
    let bytes = blob(pds, &picture["image"]).await;
    let (width, height) = image::load_from_memory(&bytes).unwrap().dimensions();
    assert!(width < height, "{width} × {height}");
    assert!(!bytes.windows(4).any(|w| w == b"Exif"), "where it was taken is nobody's business");
    let film = &posts[1]["value"]["embed"];
    assert_eq!(film["$type"], "app.bsky.embed.video", "{}", posts[1]);
    assert_eq!(film["captions"][0]["lang"], "da", "{film}");
    // the same pictures and sound; what the camera wrote beside them is gone
    let sound_and_pictures = |film: &[u8]| {
        let at = film.windows(4).position(|w| w == b"mdat").unwrap();
        film[at..].to_vec()
    };
    let brought = std::fs::read(file("media/film.mp4")).unwrap();
    let there = blob(pds, &film["video"]).await;
    assert!(sound_and_pictures(&there) == sound_and_pictures(&brought), "another film hangs there");

    let text = posts[0].to_string();
    let token: String = text
        .split(&format!("{}/r/", house.url))
        .nth(1)
        .unwrap()
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    apply(&house, &format!("{}/r/{token}", house.url)).await;
    find_move_and_count(&house, &posting).await;
}
