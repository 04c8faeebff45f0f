//! A municipality with as many applications as a bench wants, and how its pages are asked for.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types};
use opslag::{
    accounts::{self, Role, UnitKind},
    base::{
        Chance, Clock, Language,
        id::{ApplicantId, ApplicationId, IntervalId, PostingId, RoundId, UnitId},
    },
    config::Config,
    db::{Conn, DbError, migrate},
    kit::Kit,
};
use reqwest::Client;

use crate::{
    ground::Error,
    texts::{Dice, Texts},
};

const PASSWORD: &str = "en lang adgangskode til prøve";

/// What one needs to know of the installation.
pub struct Filled {
    /// All of them open.
    pub postings: Vec<PostingId>,
    /// All applications.
    pub applications: Vec<ApplicationId>,
    /// Another system's way in.
    pub token: String,
}

/// An installation with `n` applications to so many postings, put in by rows and not by forms. `to` says to which of the
/// postings the application with a number goes.
pub async fn filled(
    data: &Path,
    texts: &Texts,
    postings: usize,
    n: u64,
    to: impl Fn(u64, &mut Dice) -> usize,
) -> Result<Filled, Error> {
    let mut config = Config::defaults(data);
    config.organisation.name = "Fjordby Kommune".into();
    let kit = Kit::open(config, Clock::real(), Chance::seeded(5))?;
    migrate::up(&kit.db)?;
    let k = kit.clone();
    let hash = accounts::password::hash(PASSWORD, &kit.chance);
    let (units, token): (Vec<UnitId>, String) = kit
        .db
        .write(move |c| {
            let top =
                accounts::add_unit(c, &k, None, "Fjordby Kommune", UnitKind::Organisation).map_err(told)?;
            let user = accounts::add_user(c, &k, "Rikke", "rikke@fjordby.example", Some(&hash), Language::Da)
                .map_err(told)?;
            accounts::give_role(c, &k, user, top, Role::Recruiter, None).map_err(told)?;
            let mut units = vec![top];
            for i in 0..60 {
                let name = format!("Plejecenter {i}");
                units.push(accounts::add_unit(c, &k, Some(top), &name, UnitKind::Workplace).map_err(told)?);
            }
            let token = accounts::create_token(c, &k, "bench", top, Role::Recruiter).map_err(told)?;
            Ok::<_, DbError>((units, token))
        })
        .await?;
    let now = kit.clock.now();
    let postings: Vec<(PostingId, RoundId)> =
        (0..postings).map(|_| (PostingId::new(now, &kit.chance), RoundId::new(now, &kit.chance))).collect();
    let of = postings.clone();
    kit.db
        .write(move |c| {
            for (i, (posting, round)) in of.iter().enumerate() {
                insert_posting(c, *posting, *round, units[i % units.len()], i, now.micros())?;
            }
            Ok::<_, DbError>(())
        })
        .await?;
    let mut applications = Vec::new();
    for from in (0..n).step_by(2000) {
        let rows: Vec<Row> =
            (from..n.min(from + 2000)).map(|i| row(&kit, texts, &postings, i, &to)).collect();
        applications.extend(rows.iter().map(|row| row.id));
        kit.db
            .write(move |c| {
                for row in &rows {
                    row.insert(c)?;
                }
                Ok::<_, DbError>(())
            })
            .await?;
    }
    Ok(Filled { postings: postings.into_iter().map(|(id, _)| id).collect(), applications, token })
}

fn told(error: accounts::AccountError) -> DbError {
    match error {
        accounts::AccountError::Db(error) => error,
        other => DbError::Connect(other.to_string()),
    }
}

fn execute(conn: &mut Conn, sql: &str, texts: &[String]) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(c) => {
            let mut query = sql_query(sql).into_boxed();
            for text in texts {
                query = query.bind::<sql_types::Text, _>(text.clone());
            }
            query.execute(c)?;
        }
        Conn::Pg(_) => return Err(DbError::Connect("this bench fills SQLite".into())),
    }
    Ok(())
}

fn insert_posting(
    conn: &mut Conn,
    posting: PostingId,
    round: RoundId,
    unit: UnitId,
    number: usize,
    now: i64,
) -> Result<(), DbError> {
    let (id, number) = (posting.to_string(), number.to_string());
    // every column that must have a value, whatever it is called this year
    fill(
        conn,
        "postings",
        &[
            ("id", &id),
            ("reference", &format!("2026-{number:0>4}")),
            ("slug", &format!("stilling-{number}")),
            ("unit_id", &unit.to_string()),
            ("state", "open"),
            ("visibility", "public"),
            ("created_at", &now.to_string()),
            ("updated_at", &now.to_string()),
            ("deadline_at", &(now + 30 * 86_400_000_000).to_string()),
            ("opened_at", &now.to_string()),
            ("deadline_zone", "Europe/Copenhagen"),
            ("version", "1"),
            ("created_by", "system"),
            ("shifts", "[]"),
        ],
    )?;
    fill(
        conn,
        "posting_texts",
        &[("posting_id", &id), ("language", "da"), ("title", &format!("Stilling nummer {number}"))],
    )?;
    fill(
        conn,
        "posting_rounds",
        &[
            ("id", &round.to_string()),
            ("posting_id", &id),
            ("number", "1"),
            ("opens_at", &now.to_string()),
            ("deadline_at", &(now + 30 * 86_400_000_000).to_string()),
        ],
    )
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = sql_types::Text)]
    name: String,
    #[diesel(sql_type = sql_types::Integer)]
    required: i32,
}

/// Inserts a row with these values; other columns that must have one get an empty one.
fn fill(conn: &mut Conn, table: &str, values: &[(&str, &str)]) -> Result<(), DbError> {
    let Conn::Sqlite(c) = conn else { return Err(DbError::Connect("this bench fills SQLite".into())) };
    let sql = format!(
        "select name, ([notnull] and dflt_value is null) as required from pragma_table_info('{table}')"
    );
    let columns: Vec<Column> = sql_query(sql).load(c)?;
    let mut names = Vec::new();
    let mut texts = Vec::new();
    for column in columns {
        let given = values.iter().find(|(n, _)| *n == column.name).map(|(_, v)| *v);
        if let Some(value) = given.or((column.required != 0).then_some("")) {
            names.push(column.name);
            texts.push(value.to_owned());
        }
    }
    let marks = vec!["?"; names.len()].join(",");
    execute(conn, &format!("insert into {table} ({}) values ({marks})", names.join(",")), &texts)
}

struct Row {
    id: ApplicationId,
    applicant: Vec<String>,
    application: Vec<String>,
    interval: Vec<String>,
}

fn row(
    kit: &Kit,
    texts: &Texts,
    postings: &[(PostingId, RoundId)],
    i: u64,
    to: &impl Fn(u64, &mut Dice) -> usize,
) -> Row {
    let mut dice = Dice::new(3000 + i);
    let received =
        kit.clock.now().micros() - i64::try_from(dice.below(300 * 86_400)).unwrap_or(0) * 1_000_000;
    let applicant = ApplicantId::new(kit.clock.now(), &kit.chance).to_string();
    let made = ApplicationId::new(kit.clock.now(), &kit.chance);
    let id = made.to_string();
    let (posting, round) = postings[to(i, &mut dice)];
    let stage = dice.pick(&["received", "received", "assessing", "interview", "offer"]).to_owned();
    Row {
        id: made,
        interval: vec![
            IntervalId::new(kit.clock.now(), &kit.chance).to_string(),
            id.clone(),
            stage.clone(),
            received.to_string(),
        ],
        applicant: vec![
            applicant.clone(),
            texts.name(i),
            format!("a{i}@example.dk"),
            format!("+45{:08}", 20_000_000 + i),
        ],
        application: vec![
            id.clone(),
            applicant,
            posting.to_string(),
            round.to_string(),
            received.to_string(),
            texts.text(i),
            stage,
            dice.pick(&["direct", "bluesky", "mastodon"]).to_owned(),
            format!("form-{id}"),
            format!("access-{id}"),
            i.to_string(),
        ],
    }
}

impl Row {
    fn insert(&self, conn: &mut Conn) -> Result<(), DbError> {
        execute(
            conn,
            "insert into applicants (id, name, email, phone, language, created_at) values (?, ?, ?, ?, 'da', 0)",
            &self.applicant,
        )?;
        execute(
            conn,
            "insert into applications (id, applicant_id, posting_id, round_id, received_at, letter, stage, channel, \
             form_key, access_hash, position, received_via, late, basis, notice_version, version, created_at, \
             updated_at) values (?, ?, ?, ?, cast(? as integer), ?, ?, ?, ?, ?, cast(? as integer), 'form', 0, 'none', \
             '1', 1, 0, 0)",
            &self.application,
        )?;
        execute(
            conn,
            "insert into stage_intervals (id, application_id, stage, entered_at, actor) \
             values (?, ?, ?, cast(? as integer), 'system')",
            &self.interval,
        )
    }
}

/// A recruiter of the whole organisation, and their cookie.
pub async fn logged_in(url: &str) -> Result<(Client, String), Error> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    // the peers may take longer than the service keeps a connection that nobody uses
    let client = client.pool_idle_timeout(Duration::from_secs(2)).no_gzip().build()?;
    let fields = [("email", "rikke@fjordby.example"), ("password", PASSWORD)];
    let said = client.post(format!("{url}/log-ind")).form(&fields).send().await?;
    let cookie = said.headers().get("set-cookie").ok_or("nobody was logged in")?.to_str()?;
    Ok((client, cookie.split(';').next().unwrap_or_default().to_owned()))
}

/// Asks for a page: how many milliseconds the whole answer took, and how many bytes came over the line. `packed`: as a
/// browser asks, with gzip.
pub async fn asked(client: &Client, url: &str, cookie: &str, packed: bool) -> Result<(f64, usize), Error> {
    let mut request = client.get(url).header("cookie", cookie);
    if packed {
        request = request.header("accept-encoding", "gzip");
    }
    let begun = Instant::now();
    let said = request.send().await?;
    let status = said.status();
    let body = said.bytes().await?;
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    if status != 200 || body.is_empty() {
        return Err(format!("{url}: {status}").into());
    }
    Ok((took, body.len()))
}
