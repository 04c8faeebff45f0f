//! A backup is taken while the service is in use, and what is put back is what there was: the same rows, the same
//! files, the same finds. On both databases, over a folder and over a bucket.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use diesel::{QueryableByName, RunQueryDsl, sql_types::Text};
use futures_util::TryStreamExt;
use opslag::{
    base::{Chance, Clock, id::PostingId},
    config::Config,
    db::{Conn, DbError},
    kit::Kit,
    search,
};
use reqwest::{StatusCode, multipart};
use sha2::{Digest, Sha256};

use crate::harness::{
    TestApp,
    ads::file,
    app::{Database, Wanted},
    applicants::{MORNING, paper},
    bucket::{self, Bucket},
};

/// Where an installation lies, for a process of its own.
struct House {
    data: PathBuf,
    config: PathBuf,
}

impl House {
    fn new(room: &Path, data: &Path, database: &str, bucket: Option<&Bucket>) -> Self {
        let config = room.join("opslag.toml");
        let storage = bucket.map(|b| {
            format!(
                "[storage]\nurl = \"s3://{}\"\ns3_endpoint = {:?}\ns3_access_key = {:?}\ns3_secret_key = {:?}\n",
                bucket::NAME,
                b.endpoint(),
                bucket::KEYS.0,
                bucket::KEYS.1
            )
        });
        let text = format!("{}[database]\nurl = {database:?}\n", storage.unwrap_or_default());
        std::fs::write(&config, text).unwrap();
        Self { data: data.to_owned(), config }
    }

    fn opslag(&self, command: &str, folder: &Path) -> Output {
        Command::new(env!("CARGO_BIN_EXE_opslag"))
            .args(["--data".as_ref(), self.data.as_os_str(), "--config".as_ref(), self.config.as_os_str()])
            .arg(command)
            .arg(folder)
            .output()
            .unwrap()
    }

    fn kit(&self) -> Kit {
        let config = Config::load(&self.data, Some(&self.config)).unwrap();
        Kit::open(config, Clock::real(), Chance::real()).unwrap()
    }
}

fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// An ad with a picture and three applications with papers.
async fn furnish(app: &TestApp) -> PostingId {
    let mut browser = app.recruiter().await;
    browser.get("/medier").await;
    let part = multipart::Part::bytes(file("rotated.jpg")).file_name("rotated.jpg");
    let form = multipart::Form::new().part("file", part).text("unit", app.organisation.to_string());
    assert_eq!(browser.post_files("/medier", form).await.status, StatusCode::SEE_OTHER);
    let ad = app.open_ad("Sygeplejerske til demensafsnit").await;
    for (name, cv) in
        [("Anna Holm", "cv.docx"), ("Bo Juhl", "cv-browser.pdf"), ("Ruth Dam", "ansoegning.odt")]
    {
        let filled = app.filled(&ad, "").await.with("name", name).file("cv", cv, paper(cv));
        assert_eq!(app.send(&ad, &filled).await.status, StatusCode::SEE_OTHER);
    }
    app.drain().await;
    ad.id
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every row of every table, as text.
fn rows(kit: &Kit) -> BTreeMap<String, Vec<String>> {
    let tables = include_str!("../../src/db/schema.rs")
        .lines()
        .filter(|l| l.starts_with("    ") && l.ends_with(") {"))
        .map(|l| l.trim().split(' ').next().unwrap().to_owned());
    let lines = |c: &mut Conn, sql: String| -> Vec<String> {
        let read: Vec<Line> = match c {
            Conn::Pg(c) => diesel::sql_query(sql).load(c).unwrap(),
            Conn::Sqlite(c) => diesel::sql_query(sql).load(c).unwrap(),
        };
        read.into_iter().map(|l| l.line).collect()
    };
    kit.db
        .read_now(|c| {
            Ok::<_, DbError>(
                tables
                    .map(|table| {
                        let line = match c {
                            Conn::Pg(_) => format!("{table}::text"),
                            Conn::Sqlite(_) => {
                                let columns =
                                    format!("select name as line from pragma_table_info('{table}')");
                                let quoted =
                                    lines(c, columns).into_iter().map(|name| format!("quote({name})"));
                                quoted.collect::<Vec<_>>().join("||' '||")
                            }
                        };
                        let all = lines(c, format!("select {line} as line from {table} order by 1"));
                        (table, all)
                    })
                    .collect(),
            )
        })
        .unwrap()
}

/// What is kept, by the hash of what is really in it.
async fn files(kit: &Kit) -> Vec<String> {
    let listed: Vec<_> = kit.blobs.list().try_collect().await.unwrap();
    let mut hashes = Vec::new();
    for file in listed {
        let bytes = kit.blobs.read(&file.sha256).await.unwrap();
        hashes.push(hex::encode(Sha256::digest(&bytes)));
        assert_eq!(hashes.last(), Some(&file.sha256));
    }
    hashes.sort();
    hashes
}

async fn there_and_back(from: Option<&Bucket>, to: Option<&Bucket>) {
    let app = TestApp::start_with(Wanted {
        clock: Clock::set_to(MORNING),
        bucket: from.map(Bucket::endpoint),
        ..Wanted::default()
    })
    .await;
    furnish(&app).await;
    let room = tempfile::tempdir().unwrap();
    let old = House::new(room.path(), &app.kit.config.data, &app.kit.config.database.url, from);
    let copy = room.path().join("kopi");
    let taken = old.opslag("backup", &copy);
    assert!(taken.status.success(), "{}", words(&taken));
    let twice = old.opslag("backup", &copy);
    assert!(!twice.status.success() && words(&twice).contains("does not exist yet"), "{}", words(&twice));

    let elsewhere = tempfile::tempdir().unwrap();
    let database = Database::make();
    let url = database.as_ref().map(Database::url).unwrap_or_default();
    let new = House::new(elsewhere.path(), &elsewhere.path().join("data"), &url, to);
    let restored = new.opslag("restore", &copy);
    assert!(restored.status.success(), "{}", words(&restored));
    let again = new.opslag("restore", &copy);
    assert!(!again.status.success() && words(&again).contains("already"), "{}", words(&again));

    // the keys are kept elsewhere, and come back by hand
    let keys = opslag::kit::key_file(&new.data);
    std::fs::create_dir_all(keys.parent().unwrap()).unwrap();
    std::fs::copy(opslag::kit::key_file(&old.data), &keys).unwrap();
    let kit = new.kit();
    assert_eq!(rows(&kit), rows(&app.kit));
    assert_eq!(files(&kit).await, files(&app.kit).await);
    assert!(files(&kit).await.len() >= 4, "a picture and its shapes, three papers");
    let index = search::Index::open(&opslag::timetable::search_folder(&kit)).unwrap();
    search::jobs::catch_up(&kit.db, &index).unwrap();
    assert_eq!(index.count(), 3, "the search is built anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_back_is_what_there_was() {
    there_and_back(None, None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_files_of_a_bucket_are_in_the_backup_too() {
    let (from, to) = (Bucket::start().await, Bucket::start().await);
    there_and_back(Some(&from), Some(&to)).await;
    // and a folder may follow a bucket
    there_and_back(Some(&from), None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_people_apply_is_whole() {
    let app = TestApp::start_with(Wanted { clock: Clock::set_to(MORNING), ..Wanted::default() }).await;
    furnish(&app).await;
    let ad = app.open_ad("SOSU-assistent til nat").await;
    let room = tempfile::tempdir().unwrap();
    let house = House::new(room.path(), &app.kit.config.data, &app.kit.config.database.url, None);
    let copy = room.path().join("kopi");
    let target = copy.clone();
    let taking = tokio::task::spawn_blocking(move || house.opslag("backup", &target));
    let mut sent = 0;
    while !taking.is_finished() {
        let letter = format!("Brev nummer {sent}. Jeg vil gerne arbejde hos jer.");
        let filled = app.filled(&ad, "").await.file("cv", "brev.txt", letter.into_bytes());
        assert_eq!(app.send(&ad, &filled).await.status, StatusCode::SEE_OTHER);
        sent += 1;
    }
    let taken = taking.await.unwrap();
    assert!(taken.status.success(), "{}", words(&taken));
    assert!(sent > 0);

    let elsewhere = tempfile::tempdir().unwrap();
    let database = Database::make();
    let url = database.as_ref().map(Database::url).unwrap_or_default();
    let new = House::new(elsewhere.path(), &elsewhere.path().join("data"), &url, None);
    let restored = new.opslag("restore", &copy);
    assert!(restored.status.success(), "{}", words(&restored));
    let kit = new.kit();
    let kept = files(&kit).await;
    let attachments: Vec<String> = rows(&kit).remove("attachments").unwrap();
    assert!(attachments.len() >= 3);
    for attachment in attachments {
        let named = kept.iter().any(|sha256| attachment.contains(sha256.as_str()));
        assert!(named, "a row names a file that is not there: {attachment}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn half_or_damaged_backups_are_refused() {
    let app = TestApp::start_with(Wanted { clock: Clock::set_to(MORNING), ..Wanted::default() }).await;
    let posting = furnish(&app).await;
    let room = tempfile::tempdir().unwrap();
    let old = House::new(room.path(), &app.kit.config.data, &app.kit.config.database.url, None);
    let copy = room.path().join("kopi");
    let taken = old.opslag("backup", &copy);
    assert!(taken.status.success(), "{}", words(&taken));
    let refused = |says: &str| {
        let elsewhere = tempfile::tempdir().unwrap();
        let database = Database::make();
        let url = database.as_ref().map(Database::url).unwrap_or_default();
        let new = House::new(elsewhere.path(), &elsewhere.path().join("data"), &url, None);
        let restored = new.opslag("restore", &copy);
        assert!(!restored.status.success() && words(&restored).contains(says), "{}", words(&restored));
    };
    let contents = std::fs::read(copy.join("backup.json")).unwrap();
    std::fs::remove_file(copy.join("backup.json")).unwrap();
    refused("no whole backup");
    std::fs::write(copy.join("backup.json"), contents).unwrap();

    let name = app.papers(app.cards(posting).await[0].id).await.remove(0).sha256;
    let stored = copy.join("files/sha256").join(&name[..2]).join(&name);
    let mut bytes = std::fs::read(&stored).unwrap();
    bytes[20] ^= 1;
    std::fs::write(&stored, bytes).unwrap();
    refused(&format!("{name} is damaged"));
    std::fs::remove_file(&stored).unwrap();
    refused("should hold");

    // nor is one taken of what is damaged already
    let mine = app.kit.config.data.join("files/sha256").join(&name[..2]).join(&name);
    std::fs::write(mine, b"noget andet").unwrap();
    let taken = old.opslag("backup", &room.path().join("kopi2"));
    assert!(!taken.status.success() && words(&taken).contains("is damaged"), "{}", words(&taken));
}
