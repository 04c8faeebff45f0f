//! Two hundred words that stand nowhere else, brought in by every entrance there is; the person is erased; the bytes of the data
//! folder, of the bucket and of what the database tells are read for any of them. Then yesterday's backup is put back.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use diesel::RunQueryDsl;
use opslag::{
    accounts::{Role, audit::Actor},
    applications::{actions, jobs::Sweep},
    base::id::{ApplicationId, PostingId},
    db::{Conn, DbError, Engine},
    interviews,
    postings::Posting,
    queue,
    retention::receipt::Kind,
    search,
};
use proptest::{
    prelude::*,
    test_runner::{Config as Cases, TestRunner},
};
use reqwest::{Client, StatusCode, multipart};

use super::{DAY, close_at, night, nights, receipts, sql, there};
use crate::harness::{
    TestApp,
    app::{Database, Wanted},
    applicants::{MORNING, hidden, paper},
    bucket::{self, Bucket},
    people::{Browser, proxied},
};

/// What every one of the words begins with; it stands nowhere else.
const MARK: &str = "qvoxkana";

/// Hands out words that were never used.
#[derive(Default)]
struct Words(usize);

impl Words {
    fn one(&mut self) -> String {
        self.0 += 1;
        // only letters, so that the search takes it for a word
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
        format!("{MARK}{}{}{}", letter(self.0 / 676), letter(self.0 / 26), letter(self.0))
    }
    fn some(&mut self, n: usize) -> String {
        (0..n).map(|_| self.one()).collect::<Vec<_>>().join(" ")
    }
}

/// A PDF that says this.
fn pdf(words: &str) -> Vec<u8> {
    let stream = format!("BT /F1 12 Tf 50 700 Td ({words}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        write!(out, "{} 0 obj\n{object}\nendobj\n", n + 1).unwrap();
    }
    let at = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    write!(out, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1).unwrap();
    out
}

/// A DOCX that says this, packed as Word does.
fn docx(words: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in [
        (
            "[Content_Types].xml",
            "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned(),
        ),
        (
            "_rels/.rels",
            "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_owned(),
        ),
        (
            "word/document.xml",
            format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"),
        ),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A photograph whose camera wrote this into it.
fn jpeg(words: &str) -> Vec<u8> {
    let picture = paper("side.jpg");
    let mut out = picture[..2].to_vec();
    out.extend([0xFF, 0xFE]);
    out.extend(u16::try_from(words.len() + 2).unwrap().to_be_bytes());
    out.extend(words.as_bytes());
    out.extend(&picture[2..]);
    out
}

/// Files below these folders whose bytes hold one of the words, in whatever letters.
fn files_with(folders: &[&Path]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| (*folder).to_owned()).collect();
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap_or_default();
            if bytes.windows(MARK.len()).any(|w| w.eq_ignore_ascii_case(MARK.as_bytes())) {
                found.push(path);
            }
        }
    }
    found
}

/// What the database tells: on PostgreSQL its dump as text; SQLite's file is read with the folder.
fn told(app: &TestApp) -> usize {
    if app.kit.db.engine() == Engine::Sqlite {
        return 0;
    }
    let dump = Command::new("pg_dump").arg("--inserts").arg(app.kit.db.url()).output().unwrap();
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    let text = String::from_utf8_lossy(&dump.stdout).to_lowercase();
    text.matches(MARK).count()
}

async fn follow(app: &TestApp) {
    let (db, index) = (app.kit.db.clone(), app.parts.search.clone());
    tokio::task::spawn_blocking(move || search::jobs::catch_up(&db, &index)).await.unwrap().unwrap();
}

/// One person comes in by every entrance; the posting, and their applications: by the form, keyed in, by another system.
async fn come_in(app: &TestApp, words: &mut Words) -> (Posting, Vec<ApplicationId>) {
    let ad = app.open_ad("SOSU-assistent").await;
    let (first, last) = (words.one(), words.one());
    let (name, email) = (format!("{first} {last}"), format!("{}@{}.example", words.one(), words.one()));
    // a form that is filled in and never sent
    let half = app
        .filled(&ad, "")
        .await
        .with("letter", &words.some(3))
        .file("files", &format!("{}.txt", words.one()), words.some(5))
        .with("go", "add");
    assert!(app.send(&ad, &half).await.status.as_u16() < 500);
    // and one that is
    let form = app
        .filled(&ad, "")
        .await
        .with("name", &name)
        .with("email", &email)
        .with("phone", "22 33 44 55")
        .with("letter", &words.some(60))
        .file("cv", &format!("CV {}.pdf", words.one()), pdf(&words.some(20)))
        .file("files", &format!("{}.docx", words.one()), docx(&words.some(20)))
        .file("files", &format!("{}.jpg", words.one()), jpeg(&words.some(5)))
        .file("files", &format!("{}.txt", words.one()), words.some(20));
    let sent = app.send(&ad, &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    app.send(&ad, &form).await;
    app.drain().await;
    follow(app).await;
    let id = app.cards(ad.id).await[0].id;
    let at = format!("/ansoegninger/{id}");

    // their own page: another paper, another address
    let own = app.magic_link(&email);
    let browser = Browser::new(app);
    let more = words.some(10);
    let part = multipart::Part::bytes(more.into_bytes()).file_name(format!("{}.txt", words.one()));
    let added = browser.post_files(&format!("{own}/filer"), multipart::Form::new().part("files", part)).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let another = format!("{}@{}.example", words.one(), words.one());
    let fields = [("email", another.as_str()), ("phone", "22 33 44 66")];
    assert_eq!(browser.post_raw(&format!("{own}/kontakt"), &fields).await.status, StatusCode::SEE_OTHER);
    app.drain().await;

    // staff: read, searched for, moved to and fro, said why, turned down, answered
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    for path in
        [at.clone(), format!("/soeg?q={first}"), format!("/soeg?q={}", words.one()), format!("{at}/slet")]
    {
        assert_eq!(hr.get(&path).await.status, StatusCode::OK, "{path}");
    }
    let version = app.whole(id).await.unwrap().application.version.to_string();
    let why = words.some(5);
    let moved = [("version", version.as_str()), ("stage", "interview"), ("reason", why.as_str())];
    assert_eq!(hr.post(&format!("{at}/flyt"), &moved).await.status, StatusCode::SEE_OTHER);
    // invited; no time fits, and then they do not want to come
    app.times(ad.id, &[]).await;
    app.invite(ad.id, &[id]).await.unwrap();
    app.drain().await;
    let (is, wish, no) = (app.interview(id).await, words.some(4), words.some(4));
    app.meet(move |c, k, _| interviews::actions::wish(c, k, &is, &wish)).await.unwrap();
    let is = app.interview(id).await;
    app.meet(move |c, k, _| interviews::actions::decline(c, k, &is, &no)).await.unwrap();
    app.drain().await;
    let (k, note) = (app.kit.clone(), words.some(5));
    let until = (super::today(app) + chrono::Days::new(2)).to_string();
    let held = [("application", id.to_string()), ("until", until), ("reason", note)];
    let held: Vec<(&str, &str)> = held.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let bero = format!("/jobopslag/{}/slettefrist/bero", ad.id);
    assert_eq!(hr.post(&bero, &held).await.status, StatusCode::SEE_OTHER);
    app.rejected(id, &words.some(6)).await;
    app.laid(ad.id, &[id]).await;
    app.kit.clock.advance(std::time::Duration::from_secs(3601));
    app.drain().await;
    app.drain().await;
    assert_eq!(browser.post_raw(&format!("{own}/begrundelse"), &[]).await.status, StatusCode::SEE_OTHER);
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    hr.get(&at).await;
    let reasons = words.some(8);
    let given = hr.post(&format!("{at}/begrundelse"), &[("words", &reasons), ("reasons", &reasons)]).await;
    assert!(given.status.as_u16() < 500, "{}", given.body);
    app.drain().await;
    // what a colleague says of somebody, and what a panel writes: rows hang on the application alike
    let user = app.person("Kollega", Role::Recruiter, app.organisation).await;
    let said = words.some(6);
    sql(app, format!("insert into consensus_notes values ('{id}', '{said}', 1, 'user:{user}', 1)")).await;

    // on paper, and by another system, once by a key that is pressed twice
    let page = hr.get(&format!("/jobopslag/{}/ansoegninger/ny", ad.id)).await.body;
    let keyed = crate::harness::applicants::Filled::default()
        .with("key", hidden(&page, "key"))
        .with("via", "paper")
        .with("name", &format!("{} {}", words.one(), words.one()))
        .with("letter", &words.some(5))
        .with("received", &opslag::base::wall::WallTime::at(k.clock.now(), k.config.delivery.zone).field())
        .file("files", &format!("{}.jpg", words.one()), jpeg(&words.some(3)));
    let seen = hr.post_files(&format!("/jobopslag/{}/ansoegninger/ny", ad.id), keyed.form()).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    let token = app.token(Role::Recruiter, app.organisation).await;
    let client = Client::builder().no_proxy().build().unwrap();
    let (name, email, letter) = (words.one(), format!("{}@kana.example", words.one()), words.some(5));
    for _ in 0..2 {
        let form = multipart::Form::new()
            .text("name", name.clone())
            .text("email", email.clone())
            .text("letter", letter.clone());
        let url = format!("{}/api/v1/postings/{}/applications", app.url, ad.id);
        let sent = client.post(url).bearer_auth(&token).header("idempotency-key", "one").multipart(form);
        let answer = sent.send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }
    app.drain().await;
    follow(app).await;
    assert!(words.0 >= 200, "{} words", words.0);
    (ad, there(app).await)
}

/// The nights until everybody of the posting has gone, by the rule and no other way.
async fn let_go(app: &TestApp, ad: PostingId) {
    // papers of forms nobody sent are swept after a day, as are answers to other systems
    close_at(app, ad, app.kit.clock.now()).await;
    nights(app, 100).await;
    let (k, now) = (app.kit.clone(), app.kit.clock.now());
    let swept = move |c: &mut Conn| {
        queue::enqueue(c, &Sweep {}, now, now, &k.chance)?;
        queue::enqueue(c, &opslag::accounts::jobs::ForgetAnswers {}, now, now, &k.chance)
    };
    app.kit.db.write(swept).await.unwrap();
    app.drain().await;
    nights(app, 85).await;
}

async fn start(bucket: Option<&Bucket>) -> TestApp {
    let wanted = Wanted {
        clock: opslag::base::Clock::set_to(MORNING),
        bucket: bucket.map(Bucket::endpoint),
        configure: proxied,
        ..Wanted::default()
    };
    TestApp::start_with(wanted).await
}

async fn none_is_left(bucket: Option<&Bucket>) {
    let app = start(bucket).await;
    let mut words = Words::default();
    let (ad, ids) = come_in(&app, &mut words).await;
    assert_eq!(ids.len(), 3);
    let data = app.kit.config.data.clone();
    let folders: Vec<&Path> = std::iter::once(data.as_path()).chain(bucket.map(Bucket::root)).collect();
    // what is looked for is found while it is there
    let before = files_with(&folders);
    assert!(before.len() >= 6 && (told(&app) > 100 || app.kit.db.engine() == Engine::Sqlite), "{before:?}");
    let letters = app.letters().iter().filter(|letter| letter.contains(MARK)).count();
    assert!(letters >= 2, "a receipt and an answer lie in the folder");

    let_go(&app, ad.id).await;
    assert!(there(&app).await.is_empty());
    assert_eq!(files_with(&folders), Vec::<PathBuf>::new());
    assert_eq!(told(&app), 0);
    assert_eq!(app.kept_files(), 0);
    if let Some(bucket) = bucket {
        let kept = bucket.root().join(bucket::NAME).join("sha256");
        let left = std::fs::read_dir(&kept).into_iter().flatten().flatten();
        let left: usize = left.map(|folder| std::fs::read_dir(folder.path()).unwrap().count()).sum();
        assert_eq!(left, 0, "nothing of them lies in the bucket");
    }
    let all = receipts(&app).await;
    let says = all[0].says().unwrap();
    assert!(all.len() == 1 && !says.is_red() && says.applications == 3, "{says:?}");
    let at_least = |place, n| {
        let seen = says.places.iter().find(|seen| seen.place.word() == place).unwrap();
        assert!(seen.before.unwrap() >= n && seen.after == Some(0), "{place}: {says:?}");
    };
    at_least("database", 30);
    at_least("files", 5);
    assert!(!all[0].content.to_lowercase().contains(MARK));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_words_by_every_entrance_are_found_nowhere_afterwards() {
    none_is_left(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_in_a_bucket() {
    let bucket = Bucket::start().await;
    none_is_left(Some(&bucket)).await;
}

// ---- a backup that is put back ----

fn opslag(data: &Path, config: &Path, words: &[&str]) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_opslag"))
        .arg("--data")
        .arg(data)
        .arg("--config")
        .arg(config)
        .args(words)
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{said}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_erased_goes_again_when_yesterdays_backup_is_put_back() {
    let app = start(None).await;
    let mut words = Words::default();
    let (_, ids) = come_in(&app, &mut words).await;
    // somebody who stays
    let other = app.open_ad("Rengøring").await;
    let stays = app.applied(other.id, "Anna Holm", "").await;
    app.drain().await;
    let room = tempfile::tempdir().unwrap();
    let config = room.path().join("opslag.toml");
    let url = &app.kit.config.database.url;
    std::fs::write(&config, format!("[database]\nurl = {url:?}\n")).unwrap();
    let (monday, tuesday) = (room.path().join("mandag"), room.path().join("tirsdag"));
    opslag(&app.kit.config.data, &config, &["backup", monday.to_str().unwrap()]);

    // erased by hand on the day after, and the next backup is taken
    nights(&app, 3).await;
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    for id in &ids {
        let seen = hr.post(&format!("/ansoegninger/{id}/slet"), &[]).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    }
    app.drain().await;
    opslag(&app.kit.config.data, &config, &["backup", tuesday.to_str().unwrap()]);
    let list = room.path().join("erased.list");
    assert_eq!(std::fs::read_to_string(&list).unwrap().lines().count(), 3);

    // with the list beside the backups
    let elsewhere = tempfile::tempdir().unwrap();
    let database = Database::make();
    let url = database.as_ref().map(Database::url).unwrap_or_default();
    let new = elsewhere.path().join("opslag.toml");
    std::fs::write(&new, format!("[database]\nurl = {url:?}\n")).unwrap();
    let data = elsewhere.path().join("data");
    let said = opslag(&data, &new, &["restore", monday.to_str().unwrap()]);
    assert!(said.contains("3 applications that had been erased came back and are erased again"), "{said}");
    std::fs::create_dir_all(data.join("secrets")).unwrap();
    std::fs::copy(opslag::kit::key_file(&app.kit.config.data), opslag::kit::key_file(&data)).unwrap();
    let config = opslag::config::Config::load(&data, Some(&new)).unwrap();
    let kit = opslag::kit::Kit::open(config, app.kit.clock.clone(), app.kit.chance.clone()).unwrap();
    let left: Vec<ApplicationId> =
        kit.db.read(|c| opslag::applications::ids_after(c, None, 100)).await.unwrap();
    assert_eq!(left, [stays], "before anybody is answered");
    let all = kit.db.read(opslag::retention::receipts).await.unwrap();
    let says = all.last().unwrap().says().unwrap();
    assert!(says.kind == Kind::Restore && !says.is_red() && says.applications == 3, "{says:?}");
    assert_eq!(kit.db.read(opslag::accounts::audit::verify).await.unwrap(), None);
    // papers of the form nobody sent came back too, and are swept when they are a day old
    let namers = opslag::timetable::NAMERS;
    let mut later = kit.clone();
    later.clock =
        opslag::base::Clock::set_to(opslag::base::Clock::real().now().max(kit.clock.now()) + DAY * 2);
    {
        use opslag::queue::Job;
        Sweep {}.run(&(later, namers)).await.unwrap();
        let old = kit.db.write(|c: &mut Conn| {
            diesel::sql_query("delete from idempotency_keys").execute(c)?;
            Ok::<_, DbError>(())
        });
        old.await.unwrap();
    }
    let cleared = {
        let db = kit.db.clone();
        tokio::task::spawn_blocking(move || opslag::db::dump::clear(&db)).await.unwrap().unwrap()
    };
    assert!(cleared);
    assert_eq!(files_with(&[&data]), Vec::<PathBuf>::new());
    let mut rows = 0;
    kit.db
        .read_now(|c| {
            opslag::db::dump::each_row(c, |_, row| rows += row.to_lowercase().matches(MARK).count())
        })
        .unwrap();
    assert_eq!(rows, 0);

    // without any list it is said, and one can be given by hand
    let bare = tempfile::tempdir().unwrap();
    let copy = bare.path().join("kopi");
    assert!(Command::new("cp").arg("-r").arg(&monday).arg(&copy).status().unwrap().success());
    let third = tempfile::tempdir().unwrap();
    let database = Database::make();
    let url = database.as_ref().map(Database::url).unwrap_or_default();
    std::fs::write(&new, format!("[database]\nurl = {url:?}\n")).unwrap();
    let said = opslag(&third.path().join("data"), &new, &["restore", copy.to_str().unwrap()]);
    assert!(said.contains("No list of who was erased was found"), "{said}");
    let fourth = tempfile::tempdir().unwrap();
    let database = Database::make();
    let url = database.as_ref().map(Database::url).unwrap_or_default();
    std::fs::write(&new, format!("[database]\nurl = {url:?}\n")).unwrap();
    let words = ["restore", copy.to_str().unwrap(), "--erased", list.to_str().unwrap()];
    let said = opslag(&fourth.path().join("data"), &new, &words);
    assert!(said.contains("3 applications"), "{said}");
}

// ---- invariant 7 ----

/// What somebody does before they are erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Did {
    AddPaper,
    Correct,
    Move,
    Reject,
    Answer,
    Withdraw,
    Ask,
    Search,
    Night,
}

/// How they are erased.
#[derive(Clone, Copy, Debug)]
enum By {
    Hand,
    Wish,
    Rule,
}

fn did() -> impl Strategy<Value = Did> {
    use Did::*;
    prop::sample::select(vec![AddPaper, Correct, Move, Reject, Answer, Withdraw, Ask, Search, Night])
}

/// Whatever was done with and to somebody before, and however they are erased: afterwards no token of name, address, number,
/// file name or words is in any table, index segment, object, queue, log or folder (recruiting.md, invariant 7).
#[test]
fn invariant_7_whatever_was_done_before_nothing_is_left_after() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    let mut runner = TestRunner::new(Cases { cases, failure_persistence: None, ..Cases::default() });
    let histories =
        (prop::collection::vec(did(), 0..6), prop::sample::select(vec![By::Hand, By::Wish, By::Rule]));
    runner
        .run(&histories, |(history, by)| {
            runtime.block_on(nothing_is_left(&history, by));
            Ok(())
        })
        .unwrap();
}

async fn nothing_is_left(history: &[Did], by: By) {
    let app = start(None).await;
    let mut words = Words::default();
    let ad = app.open_ad("Kok").await;
    let email = format!("{}@{}.example", words.one(), words.one());
    let form = app
        .filled(&ad, "")
        .await
        .with("name", &format!("{} {}", words.one(), words.one()))
        .with("email", &email)
        .with("letter", &words.some(12))
        .file("cv", &format!("{}.pdf", words.one()), pdf(&words.some(6)));
    assert_eq!(app.send(&ad, &form).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let id = app.cards(ad.id).await[0].id;
    let own = app.magic_link(&email);
    let at = format!("/ansoegninger/{id}");
    for did in history {
        let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
        match did {
            Did::AddPaper => {
                let part = multipart::Part::bytes(words.some(4).into_bytes())
                    .file_name(format!("{}.txt", words.one()));
                let form = multipart::Form::new().part("files", part);
                Browser::new(&app).post_files(&format!("{own}/filer"), form).await;
            }
            Did::Correct => {
                let email = format!("{}@kana.example", words.one());
                let fields = [("email", email.as_str()), ("phone", "")];
                Browser::new(&app).post_raw(&format!("{own}/kontakt"), &fields).await;
            }
            Did::Move | Did::Reject => {
                let Some(whole) = app.whole(id).await else { continue };
                let version = whole.application.version.to_string();
                let (to, why) = (if *did == Did::Move { "interview" } else { "rejected" }, words.some(3));
                let fields = [("version", version.as_str()), ("stage", to), ("reason", why.as_str())];
                hr.post(&format!("{at}/flyt"), &fields).await;
            }
            Did::Answer => {
                if app.whole(id).await.is_some_and(|w| w.application.lacks_answer())
                    && app.drafted(ad.id, &[id]).await.is_ok()
                {
                    app.kit.clock.advance(DAY);
                }
            }
            Did::Withdraw => {
                Browser::new(&app).post_raw(&format!("{own}/traek"), &[]).await;
            }
            Did::Ask => {
                Browser::new(&app).post_raw(&format!("{own}/begrundelse"), &[]).await;
            }
            Did::Search => {
                follow(&app).await;
                hr.get(&format!("/soeg?q={MARK}")).await;
                hr.get(&at).await;
            }
            Did::Night => nights(&app, 1).await,
        }
        app.drain().await;
    }
    match by {
        By::Hand => {
            let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
            let seen = hr.post(&format!("{at}/slet"), &[]).await;
            assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
            app.drain().await;
        }
        By::Wish => {
            Browser::new(&app).post_raw(&format!("{own}/slet"), &[]).await;
            nights(&app, 1).await;
        }
        By::Rule => {
            close_at(&app, ad.id, app.kit.clock.now()).await;
            nights(&app, 184).await;
        }
    }
    app.drain().await;
    assert!(app.whole(id).await.is_none() && there(&app).await.is_empty(), "{history:?} {by:?}");
    assert_eq!(files_with(&[&app.kit.config.data]), Vec::<PathBuf>::new(), "{history:?} {by:?}");
    assert_eq!(told(&app), 0, "{history:?} {by:?}");
    let all = receipts(&app).await;
    assert!(!all.is_empty() && all.iter().all(|r| !r.says().unwrap().is_red()), "{all:?}");
    // and it is counted all the same
    assert_eq!(app.rows("application_tallies").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_after_a_row_that_was_erased_by_code_alone_finds_nothing_to_do() {
    let app = start(None).await;
    let ad = app.open_ad("Kok").await;
    let id = app.applied(ad.id, "Anna Holm", "").await;
    let k = app.kit.clone();
    app.kit.db.write(move |c| actions::erase(c, &k, Actor::System, id)).await.unwrap();
    night(&app).await;
    assert!(receipts(&app).await.is_empty());
}
