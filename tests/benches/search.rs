//! Search over 200 000 applications: the whole request to `opslag serve` through HTTP (session, rights, index, rows,
//! excerpts, audit, page) against PostgreSQL full text (`danish`, GIN) and SQLite FTS5 asked directly for the same thing on the same
//! texts: the best twenty with an excerpt each, and how many there are. Also how fast the index is built, how soon a new
//! application is found at 20 a second, and memory.
//!
//! `OPSLAG_BENCH_APPLICATIONS` sets another number of applications, `OPSLAG_BENCH_QUESTIONS` of questions of each kind.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query, sql_types,
};
use opslag::{
    base::{Chance, Clock, id::PostingId},
    config::Config,
    kit::Kit,
    search, timetable,
};
use reqwest::Client;

use crate::{
    filled::{Filled, asked, filled, logged_in},
    ground::{Error, Figures, Ground, Memory, Service, cpu_seconds, rest, say, setting},
    peers::Peer,
    texts::{Dice, Texts},
};

const POSTINGS: usize = 400;

pub fn run(_: &Ground) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure())
}

/// One question, as each of the three wants it.
struct Asked {
    /// As typed into the page's field.
    page: String,
    /// As `tsquery`, for the `danish` configuration.
    postgres: (&'static str, String),
    /// As an FTS5 match.
    fts5: String,
}

fn questions(texts: &Texts, n: u64, count: u64) -> Vec<(&'static str, Vec<Asked>)> {
    let mut dice = Dice::new(77);
    let word = |d: &mut Dice| {
        let of = d.roll() % n;
        texts.word_of(of, d)
    };
    let term = (0..count).map(|_| {
        let w = word(&mut dice);
        Asked { page: w.clone(), postgres: ("plainto_tsquery", w.clone()), fts5: format!("\"{w}\"") }
    });
    let term: Vec<Asked> = term.collect();
    let both = (0..count).map(|_| {
        let of = dice.roll() % n;
        let (a, b) = (texts.word_of(of, &mut dice), texts.word_of(of, &mut dice));
        let page = format!("{a} {b}");
        Asked { postgres: ("plainto_tsquery", page.clone()), fts5: format!("\"{a}\" AND \"{b}\""), page }
    });
    let both: Vec<Asked> = both.collect();
    let phrase = (0..count).map(|_| {
        let pair = texts.pair_of(dice.roll() % n, &mut dice);
        Asked {
            page: format!("\"{pair}\""),
            fts5: format!("\"{pair}\""),
            postgres: ("phraseto_tsquery", pair),
        }
    });
    vec![("one word", term), ("two words", both), ("a phrase", phrase.collect())]
}

async fn measure() -> Result<(), Error> {
    let n = setting("OPSLAG_BENCH_APPLICATIONS", 200_000);
    let count = setting("OPSLAG_BENCH_QUESTIONS", 300);
    let texts = Texts::new();
    let folder = tempfile::tempdir()?;
    say(&format!("search: {n} applications of 300 to 800 words; {count} questions of each kind"));
    let anywhere = |_, dice: &mut Dice| dice.below(POSTINGS);
    let filled = filled(folder.path(), &texts, POSTINGS, n, anywhere).await?;
    build_index(folder.path(), n)?;
    let service = Service::start(folder.path())?;
    let (client, cookie) = logged_in(&service.url()).await?;
    let kinds = questions(&texts, n, count);

    say("  filling the peers: SQLite FTS5 …");
    let mut fts5 = fts5(&folder.path().join("fts5.db"), &texts, n)?;
    say("  … PostgreSQL");
    let settings = ["shared_buffers=2GB", "effective_cache_size=8GB", "random_page_cost=1.1", "jit=off"];
    let cluster = Peer::start("postgres", &settings.map(|s| ["-c", s]).concat());
    let mut postgres = postgres(cluster.url(), &texts, n)?;

    say("  milliseconds p50 / p99       Opslag, whole request       PostgreSQL            FTS5   ratio p99");
    let mut all = [Vec::new(), Vec::new(), Vec::new()];
    for (kind, questions) in &kinds {
        // once through to warm up, then measured
        let mut times = [Vec::new(), Vec::new(), Vec::new()];
        for round in 0..2 {
            for asked in questions {
                let took = [
                    page(&client, &service.url(), &cookie, &asked.page).await?,
                    ask_postgres(&mut postgres, asked)?,
                    ask_fts5(&mut fts5, asked)?,
                ];
                for (times, took) in times.iter_mut().zip(took) {
                    if round == 1 {
                        times.push(took);
                    }
                }
            }
        }
        for (all, times) in all.iter_mut().zip(&times) {
            all.extend_from_slice(times);
        }
        line(kind, times);
    }
    line("all together", all);
    say(&format!("  memory of the service after these searches: {}", Memory::of(service.pid())?.said()));
    drop(service);

    let service = Service::start(folder.path())?;
    page(&client, &service.url(), &cookie, "demens").await?;
    rest(15);
    say(&format!("  memory of the service started anew, after one: {}", Memory::of(service.pid())?.said()));
    drop((postgres, cluster, fts5));
    found_within(&service, &client, &filled, &texts, n).await
}

/// Builds the index in this process, as the service would, and says how fast.
fn build_index(data: &Path, n: u64) -> Result<(), Error> {
    let kit = Kit::open(Config::defaults(data), Clock::real(), Chance::real())?;
    let (begun, cpu) = (Instant::now(), cpu_seconds(std::process::id()));
    let index = search::Index::open(&timetable::search_folder(&kit))?;
    search::jobs::catch_up(&kit.db, &index)?;
    let (took, cpu) = (begun.elapsed().as_secs_f64(), cpu_seconds(std::process::id()) - cpu);
    index.close()?;
    say(&format!(
        "  index built: {took:.1} s = {:.0} applications/s, {cpu:.1} CPU s, {} MB on disk",
        n as f64 / took,
        size_of(index.folder()) / 1_000_000
    ));
    Ok(())
}

fn line(kind: &str, [page, postgres, fts5]: [Vec<f64>; 3]) {
    let (page, postgres, fts5) = (Figures::of(page), Figures::of(postgres), Figures::of(fts5));
    let shown = |t: &Figures| format!("{:.2} / {:.2}", t.at(0.5), t.at(0.99));
    say(&format!(
        "  {kind:<26}{:>24}{:>17}{:>16}   PostgreSQL {:.1}, FTS5 {:.1}",
        shown(&page),
        shown(&postgres),
        shown(&fts5),
        postgres.at(0.99) / page.at(0.99),
        fts5.at(0.99) / page.at(0.99),
    ));
}

async fn page(client: &Client, url: &str, cookie: &str, typed: &str) -> Result<f64, Error> {
    let query = serde_urlencoded::to_string([("q", typed)])?;
    Ok(asked(client, &format!("{url}/soeg?{query}"), cookie, true).await?.0)
}

fn fts5(path: &Path, texts: &Texts, n: u64) -> Result<SqliteConnection, Error> {
    let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
    for sql in [
        "pragma journal_mode = off",
        "pragma synchronous = off",
        "pragma cache_size = -400000",
        "create virtual table f using fts5(name, text, tokenize = 'unicode61 remove_diacritics 0')",
        "begin",
    ] {
        conn_run(&mut conn, sql)?;
    }
    for i in 0..n {
        sql_query("insert into f (rowid, name, text) values (?, ?, ?)")
            .bind::<sql_types::BigInt, _>(i64::try_from(i)?)
            .bind::<sql_types::Text, _>(texts.name(i))
            .bind::<sql_types::Text, _>(texts.text(i))
            .execute(&mut conn)?;
    }
    conn_run(&mut conn, "commit")?;
    conn_run(&mut conn, "insert into f (f) values ('optimize')")?;
    Ok(conn)
}

fn conn_run(conn: &mut SqliteConnection, sql: &str) -> Result<(), Error> {
    use diesel::connection::SimpleConnection as _;
    Ok(conn.batch_execute(sql)?)
}

#[derive(QueryableByName)]
struct Excerpt {
    #[diesel(sql_type = sql_types::Text)]
    excerpt: String,
}

#[derive(QueryableByName)]
struct Total {
    #[diesel(sql_type = sql_types::BigInt)]
    n: i64,
}

fn ask_fts5(conn: &mut SqliteConnection, asked: &Asked) -> Result<f64, Error> {
    let begun = Instant::now();
    let hits: Vec<Excerpt> = sql_query(
        "select snippet(f, 1, '<mark>', '</mark>', '…', 30) as excerpt from f where f match ? order by rank limit 20",
    )
    .bind::<sql_types::Text, _>(&asked.fts5)
    .load(conn)?;
    let total: Total = sql_query("select count(*) as n from f where f match ?")
        .bind::<sql_types::Text, _>(&asked.fts5)
        .get_result(conn)?;
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    sane(&hits, total.n)?;
    Ok(took)
}

fn postgres(url: &str, texts: &Texts, n: u64) -> Result<PgConnection, Error> {
    use diesel::connection::SimpleConnection as _;
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute(
        "create table f (id bigint primary key, name text not null, text text not null, t tsvector)",
    )?;
    for from in (0..n).step_by(500) {
        conn.transaction::<_, Error, _>(|c| {
            for i in from..n.min(from + 500) {
                sql_query("insert into f values ($1, $2, $3, to_tsvector('danish', $2 || ' ' || $3))")
                    .bind::<sql_types::BigInt, _>(i64::try_from(i)?)
                    .bind::<sql_types::Text, _>(texts.name(i))
                    .bind::<sql_types::Text, _>(texts.text(i))
                    .execute(c)?;
            }
            Ok(())
        })?;
    }
    conn.batch_execute("create index on f using gin (t)")?;
    conn.batch_execute("vacuum analyze f")?;
    conn.batch_execute("set work_mem = '64MB'")?;
    Ok(conn)
}

fn ask_postgres(conn: &mut PgConnection, asked: &Asked) -> Result<f64, Error> {
    let (make, words) = &asked.postgres;
    let begun = Instant::now();
    let hits: Vec<Excerpt> = sql_query(format!(
        "select ts_headline('danish', text, q) as excerpt from (select text, q from f, {make}('danish', $1) q \
         where t @@ q order by ts_rank(t, q) desc limit 20) best"
    ))
    .bind::<sql_types::Text, _>(words)
    .load(conn)?;
    let total: Total = sql_query(format!("select count(*) as n from f, {make}('danish', $1) q where t @@ q"))
        .bind::<sql_types::Text, _>(words)
        .get_result(conn)?;
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    sane(&hits, total.n)?;
    Ok(took)
}

fn sane(hits: &[Excerpt], total: i64) -> Result<(), Error> {
    let shown = i64::try_from(hits.len())?;
    if shown != total.min(20) || hits.iter().any(|h| h.excerpt.is_empty()) {
        return Err(format!("{shown} hits of {total}").into());
    }
    Ok(())
}

/// At 20 applications a second through the API for half a minute: how long until a search through the API gives each of
/// them. Then as many again with nobody searching: what the whole service uses, from taking them in to the receipts.
async fn found_within(
    service: &Service,
    client: &Client,
    filled: &Filled,
    texts: &Texts,
    n: u64,
) -> Result<(), Error> {
    let seconds = setting("OPSLAG_BENCH_FOUND_SECONDS", 30);
    let mut shares = Vec::new();
    for watched in [true, false] {
        let before = cpu_seconds(service.pid());
        let begun = Instant::now();
        let mut tick = tokio::time::interval(Duration::from_millis(50));
        let mut under_way = tokio::task::JoinSet::new();
        for i in 0..seconds * 20 {
            tick.tick().await;
            let number = n + i + if watched { 0 } else { seconds * 20 };
            let sent = Sent {
                client: client.clone(),
                url: service.url(),
                token: filled.token.clone(),
                posting: filled.postings[0],
                word: word_for(number),
            };
            let (name, letter) = (texts.name(number), format!("{} {}", texts.text(number), sent.word));
            under_way.spawn(async move {
                sent.send_and_find(name, letter, watched).await.map_err(|e| e.to_string())
            });
        }
        let (mut from_sending, mut from_answer) = (Vec::new(), Vec::new());
        while let Some(done) = under_way.join_next().await {
            let (sending, answer) = done??;
            from_sending.push(sending);
            from_answer.push(answer);
        }
        shares.push((cpu_seconds(service.pid()) - before) / begun.elapsed().as_secs_f64());
        if watched {
            let (sending, answer) = (Figures::of(from_sending), Figures::of(from_answer));
            say(&format!(
                "  found at 20 applications a second: p50 {:.0} ms, p99 {:.0} ms after it was sent; p50 {:.0} ms, p99 {:.0} ms \
                 after the answer",
                sending.at(0.5),
                sending.at(0.99),
                answer.at(0.5),
                answer.at(0.99),
            ));
        } else {
            say(&format!(
                "  the whole service at 20 applications a second with nobody searching: {:.1} % of a core",
                shares[1] * 100.0
            ));
        }
    }
    Ok(())
}

/// A word that stands in one application only: the number in letters.
fn word_for(number: u64) -> String {
    let mut word = String::from("kvx");
    let mut rest = number;
    for _ in 0..6 {
        word.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    word
}

/// An application on its way.
struct Sent {
    client: Client,
    url: String,
    token: String,
    posting: PostingId,
    word: String,
}

impl Sent {
    /// Milliseconds from sending and from the answer until it is found.
    async fn send_and_find(self, name: String, letter: String, watched: bool) -> Result<(f64, f64), Error> {
        let form = reqwest::multipart::Form::new()
            .text("name", name)
            .text("email", format!("{}@example.dk", self.word))
            .text("letter", letter);
        let sent = Instant::now();
        let said = self
            .client
            .post(format!("{}/api/v1/postings/{}/applications", self.url, self.posting))
            .bearer_auth(&self.token)
            .multipart(form)
            .send()
            .await?;
        let (status, answer) = (said.status(), said.text().await?);
        let answered = Instant::now();
        if status != 201 {
            return Err(format!("an application was not taken in: {status} {answer}").into());
        }
        let answer: serde_json::Value = serde_json::from_str(&answer)?;
        let id = answer["id"].as_str().ok_or("no id")?.to_owned();
        let mut there = !watched;
        while !there {
            let found = self
                .client
                .get(format!("{}/api/v1/search/applications?q={}", self.url, self.word))
                .bearer_auth(&self.token)
                .send()
                .await?
                .error_for_status()?
                .text()
                .await?;
            there = found.contains(&id);
            if answered.elapsed() > Duration::from_secs(10) {
                return Err(format!("{id} is not found").into());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let ms = |since: Instant| since.elapsed().as_secs_f64() * 1000.0;
        Ok((ms(sent), ms(answered)))
    }
}

fn size_of(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.filter_map(|e| e.ok()?.metadata().ok()).map(|m| m.len()).sum()
}
