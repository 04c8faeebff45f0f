//! `opslag doctor`: looks at everything an installation stands on and says what is wrong and what to do.
//! It changes nothing; what is not there is reported, not made. (One file is laid down and taken away again, to see
//! that it can be.)

mod erasures;
mod report;

use std::{collections::HashSet, path::Path, time::Duration};

use futures_util::TryStreamExt;

use crate::{
    accounts::{self, Right, audit},
    applications,
    base::{Chance, Clock},
    channels::{self, ChannelKind, Standing},
    config::{Config, MailKind},
    db::{DbError, check, migrate},
    kit::{self, Kit},
    media, publishing,
    publishing::State,
    queue, search, secrets, timetable,
};

use report::Notes;
pub use report::{Finding, Report, Verdict};

/// Less free room than this in the data folder is worth a word, in bytes; a film may be 4 GiB.
const ROOM: u64 = 5 << 30;
/// With less than this SQLite itself is in danger, in bytes.
const NO_ROOM: u64 = 256 << 20;
/// A job or a delivery this late means that nobody works.
const LATE: Duration = Duration::from_secs(600);
/// Two clocks further apart than this plan posts at different times.
const APART: Duration = Duration::from_secs(5);
/// So long before a version of a channel's API ends, it is worth a word, in days (R35).
const SUNSET_DAYS: i64 = 90;
/// How many missing files are named one by one.
const NAMED: usize = 5;

/// Looks at everything. What stands on something that is not there is not looked at.
pub async fn examine(data: &Path, file: Option<&Path>, clock: Clock, chance: Chance) -> Report {
    let mut notes = Notes::default();
    if let Some(kit) = ground(&mut notes, data, file, clock, chance).await {
        notes.0.extend(look(&kit).await.findings);
    }
    Report::of(notes.0)
}

/// Looks at an installation that could be opened.
pub async fn look(kit: &Kit) -> Report {
    let mut notes = Notes::default();
    let migrated = database(&mut notes, kit);
    storage(&mut notes, kit, migrated).await;
    tools(&mut notes, kit);
    letters(&mut notes, kit).await;
    if migrated {
        let looked = [
            people(&mut notes, kit).await,
            connections(&mut notes, kit).await,
            deliveries(&mut notes, kit).await,
            work(&mut notes, kit).await,
            log(&mut notes, kit).await,
            proofs(&mut notes, kit).await,
            erasures::look(&mut notes, kit).await,
            index(&mut notes, kit).await,
        ];
        for error in looked.into_iter().filter_map(Result::err) {
            notes.wrong("database", error.to_string(), "See what the database's own log says about it.");
        }
    }
    Report::of(notes.0)
}

/// Configuration, folder and keys: without them nothing may be opened, because opening makes them.
async fn ground(
    notes: &mut Notes,
    data: &Path,
    file: Option<&Path>,
    clock: Clock,
    chance: Chance,
) -> Option<Kit> {
    let config = match Config::load(data, file) {
        Ok(config) => config,
        Err(error) => {
            notes.wrong(
                "configuration",
                error.to_string(),
                "Correct the key; config/default.toml explains each.",
            );
            return None;
        }
    };
    settings(notes, &config);
    if !data.is_dir() {
        notes.wrong(
            "data folder",
            format!("{} is not there", data.display()),
            "Name the right folder with --data, or start `opslag serve` once: it makes one.",
        );
        return None;
    }
    room(notes, data);
    let keys = kit::key_file(data);
    let given = std::env::var_os(secrets::VARIABLE).is_some();
    if !given && !keys.is_file() {
        notes.wrong(
            "sealing keys",
            format!("{} is not there, and {} is not set", keys.display(), secrets::VARIABLE),
            "Put the file back from where you keep it apart from the backups. Without it every channel must be connected anew.",
        );
        return None;
    }
    if !given {
        private(notes, &keys);
    }
    if let Some(path) = config.database_url().strip_prefix("sqlite:")
        && !Path::new(path).is_file()
    {
        notes.wrong(
            "database",
            format!("{path} is not there"),
            "Restore a backup with `opslag restore`, or start `opslag serve` once for an empty one.",
        );
        return None;
    }
    match tokio::task::spawn_blocking(move || Kit::open(config, clock, chance)).await {
        Ok(Ok(kit)) => Some(kit),
        Ok(Err(error)) => {
            notes.wrong("opening", format!("{error:#}"), "Mend what the sentence names, then ask again.");
            None
        }
        Err(error) => {
            notes.wrong("opening", error.to_string(), "Report this: it is a fault of the program.");
            None
        }
    }
}

fn settings(notes: &mut Notes, config: &Config) {
    let before = notes.0.len();
    let url = &config.server.public_url;
    let at_home = ["//127.0.0.1", "//localhost", "//[::1]"].iter().any(|host| url.contains(host));
    if url.starts_with("http:") && !at_home {
        notes.warn(
            "configuration",
            format!("server.public_url is {url}: log-ins travel unencrypted"),
            "Put a proxy with a certificate before it and set server.public_url to its https address.",
        );
    } else if at_home {
        notes.warn(
            "configuration",
            format!("server.public_url is {url}: links in posts and letters lead nowhere for others"),
            "Set server.public_url to the address people use.",
        );
    }
    if config.privacy.controller.is_empty() || config.privacy.dpo.is_empty() {
        notes.warn(
            "configuration",
            "privacy.controller or privacy.dpo is empty: no posting can be published (D-03)",
            "Set both: who is responsible for applicants' data, and how to reach the data protection officer.",
        );
    }
    if config.organisation.accessibility_statement.is_empty() {
        notes.warn(
            "configuration",
            "organisation.accessibility_statement is empty: /was leads nowhere",
            "Make the statement at was.digst.dk and set its address.",
        );
    }
    if config.mail.kind == MailKind::Folder {
        notes.warn(
            "mail",
            "letters are laid in a folder and reach nobody",
            "Set mail.kind = \"smtp\" and mail.smtp_url.",
        );
    }
    if notes.0.len() == before {
        notes.well("configuration", "every key is in order");
    }
}

fn room(notes: &mut Notes, data: &Path) {
    if let Err(error) = tempfile::tempfile_in(data) {
        notes.wrong(
            "data folder",
            format!("{} cannot be written: {error}", data.display()),
            "Give the account that runs Opslag the right to write there.",
        );
        return;
    }
    let system = match rustix::fs::statvfs(data) {
        Ok(system) => system,
        Err(error) => {
            let says = format!("nobody knows how much room is left in {}: {error}", data.display());
            return notes.warn("data folder", says, "Look yourself, with `df`.");
        }
    };
    let free = system.f_bavail.saturating_mul(system.f_frsize);
    let says = format!("{:.1} GiB free in {}", free as f64 / f64::from(1 << 30), data.display());
    if free < NO_ROOM {
        notes.wrong("data folder", says, "Make room now: soon nothing can be saved.");
    } else if free < ROOM {
        notes.warn("data folder", says, "Make room; a single film may take up to limits.film_bytes.");
    } else {
        notes.well("data folder", says);
    }
}

fn private(notes: &mut Notes, keys: &Path) {
    use std::os::unix::fs::PermissionsExt;
    match std::fs::metadata(keys).map(|m| m.permissions().mode() & 0o077) {
        Ok(0) => notes.well("sealing keys", "there, and only their owner can read them"),
        Ok(_) => notes.warn(
            "sealing keys",
            format!("others on this machine can read {}", keys.display()),
            format!("chmod 600 {}", keys.display()),
        ),
        Err(error) => {
            notes.wrong("sealing keys", format!("{}: {error}", keys.display()), "Make the file readable.");
        }
    }
}

/// True when it is sound enough to ask it more.
fn database(notes: &mut Notes, kit: &Kit) -> bool {
    let health = match check::examine(&kit.db) {
        Ok(health) => health,
        Err(error) => {
            notes.wrong(
                "database",
                error.to_string(),
                "See that the database runs and that database.url leads to it.",
            );
            return false;
        }
    };
    for wrong in &health.wrong {
        notes.wrong(
            "database",
            wrong.clone(),
            "Stop the service, keep a copy of the data folder as it is, and restore the newest backup.",
        );
    }
    if let Some(theirs) = health.clock {
        let ours = kit.clock.now();
        let apart = ours.since(theirs).max(theirs.since(ours));
        if apart > APART {
            notes.wrong(
                "clock",
                format!("this machine and the database's differ by {} seconds", apart.as_secs()),
                "Let both follow a time server (NTP).",
            );
        }
    }
    match migrate::pending(&kit.db) {
        Ok(0) => {
            if health.wrong.is_empty() {
                let engine = format!("{:?} {}", kit.db.engine(), health.version);
                notes.well("database", format!("{engine}, sound and of this version"));
            }
            health.wrong.is_empty()
        }
        Ok(n) => {
            notes.wrong(
                "database",
                format!("{n} migrations have not been run"),
                "Take a backup, then run `opslag migrate`.",
            );
            false
        }
        Err(error) => {
            notes.wrong("database", error.to_string(), "See the sentence before; a backup is the way back.");
            false
        }
    }
}

/// Can a file be kept, and is every file there that a row names?
async fn storage(notes: &mut Notes, kit: &Kit, migrated: bool) {
    // a content nobody else can have laid there, because it is deleted again
    let content = format!("opslag doctor {} {:016x}", kit.clock.now().micros(), kit.chance.below(u64::MAX));
    let probe = async {
        let sha256 = kit.blobs.put(content.into_bytes()).await?;
        kit.blobs.read(&sha256).await?;
        kit.blobs.delete(&sha256).await
    };
    if let Err(error) = probe.await {
        notes.wrong(
            "files",
            error.to_string(),
            "See that the folder files/ can be written, or that storage.url and its keys are right.",
        );
        return;
    }
    if !migrated {
        return;
    }
    let named = kit.db.read(|c| {
        let mut named = applications::every_file(c)?;
        named.extend(media::every_file(c)?);
        Ok::<HashSet<String>, DbError>(named)
    });
    let named = match named.await {
        Ok(named) => named,
        Err(error) => return notes.wrong("files", error.to_string(), "Mend the database first."),
    };
    let kept: Result<HashSet<String>, _> = kit.blobs.list().map_ok(|l| l.sha256).try_collect().await;
    match kept {
        Err(error) => notes.wrong("files", error.to_string(), "See that files can be listed there."),
        Ok(kept) => {
            let mut missing: Vec<&String> = named.difference(&kept).collect();
            missing.sort();
            if missing.is_empty() {
                return notes.well(
                    "files",
                    format!("all {} files of applications and the library are there", named.len()),
                );
            }
            let some: Vec<_> = missing.iter().take(NAMED).map(|s| s.as_str()).collect();
            notes.wrong(
                "files",
                format!("{} of {} files are missing: {} …", missing.len(), named.len(), some.join(", ")),
                "Copy them from a backup: a file lies under the first two letters of its name in files/sha256.",
            );
        }
    }
}

fn tools(notes: &mut Notes, kit: &Kit) {
    let setting = &kit.config.media.ffmpeg;
    if media::ffmpeg::Tools::of(setting).complete() {
        notes.well("films", "ffmpeg and ffprobe are there");
    } else if setting == "none" {
        notes.warn("films", "media.ffmpeg is \"none\": films get no picture of their own", "");
    } else {
        notes.warn(
            "films",
            "ffmpeg or ffprobe is not found: films are kept as they are and get no picture of their own",
            "apt-get install ffmpeg, or name its folder in media.ffmpeg.",
        );
    }
}

async fn letters(notes: &mut Notes, kit: &Kit) {
    if kit.config.mail.kind == MailKind::Folder {
        return;
    }
    match kit.mail.reach().await {
        Ok(()) => notes.well("mail", "the mail server takes letters from us"),
        Err(error) => notes.wrong(
            "mail",
            error.to_string(),
            "Correct mail.smtp_url (address, port, user, password) or see that the server runs. Letters wait meanwhile.",
        ),
    }
}

async fn people(notes: &mut Notes, kit: &Kit) -> Result<(), DbError> {
    let now = kit.clock.now();
    let people = kit.db.read(move |c| accounts::people(c, now)).await?;
    let keepers = people
        .iter()
        .filter(|p| p.user.disabled_at.is_none() && p.can_log_in)
        .filter(|p| p.roles.iter().any(|m| m.role.may(Right::ManagePeople)))
        .count();
    if keepers == 0 {
        notes.wrong(
            "people",
            "nobody can add people or give roles",
            "opslag user add --name … --email … --role hr_admin",
        );
    } else {
        notes.well("people", format!("{keepers} can add people and give roles"));
    }
    Ok(())
}

async fn connections(notes: &mut Notes, kit: &Kit) -> Result<(), DbError> {
    let all = kit.db.read(channels::connections).await?;
    let mut usable = 0;
    for connection in all.iter().filter(|c| c.state != Standing::Disconnected) {
        let name = format!("{} {}", connection.place(), connection.handle);
        if connection.state == Standing::NeedsReconnect {
            notes.wrong(
                "channels",
                format!("{name} has taken our consent back; its posts wait"),
                "Connect it again on the page Kanaler.",
            );
        } else if !channels::opens(kit, connection.id).await? {
            notes.wrong(
                "channels",
                format!("the token of {name} does not open with the sealing keys given"),
                "Put the right keys back, or connect the channel again.",
            );
        } else {
            usable += 1;
        }
    }
    platforms(notes, kit);
    notes.well("channels", format!("{usable} connected"));
    Ok(())
}

/// Our apps at the channels that need one: how long the version of each API that we speak is served (R35), and
/// figures that nothing reads.
fn platforms(notes: &mut Notes, kit: &Kit) {
    let today = kit.clock.now().utc().date_naive();
    for kind in ChannelKind::ALL {
        let Some(platform) = kind.profile().platform.map(|of| of(&kit.config.channels)) else { continue };
        let (name, version) = (kind.name(), &platform.version);
        if !platform.client_id.is_empty()
            && let Some(day) = platform.sunset_day()
        {
            let remedy = format!("Update Opslag, or set a newer channels.{kind}.version and its sunset.");
            if day <= today {
                notes.wrong(
                    "channels",
                    format!("{name} no longer serves {version} (since {day}); posts wait"),
                    remedy,
                );
            } else if (day - today).num_days() <= SUNSET_DAYS {
                notes.warn("channels", format!("{name} serves {version} only until {day}"), remedy);
            }
        }
        for figure in channels::limits::misplaced(*kind, &kit.config) {
            notes.warn(
                "channels",
                format!("channels.{kind}.limits.{figure} is not read: unknown, or stated by {name} itself"),
                "Take it out of the configuration.",
            );
        }
    }
}

async fn deliveries(notes: &mut Notes, kit: &Kit) -> Result<(), DbError> {
    let now = kit.clock.now();
    let (tally, stuck, unwell) = kit
        .db
        .read(move |c| {
            Ok::<_, DbError>((
                publishing::tally(c)?,
                publishing::stuck(c, now)?,
                publishing::open_breakers(c)?,
            ))
        })
        .await?;
    if let Some(until) = kit.db.read(move |c| publishing::steady::behind_until(c, now)).await? {
        notes.wrong(
            "deliveries",
            format!("this machine's clock is {} s behind what the database has seen; nothing is sent", until.since(now).as_secs()),
            "Set the clock. Where the clock that wrote last was ahead, start once with delivery.trust_clock = true.",
        );
    }
    for breaker in unwell {
        notes.warn(
            "deliveries",
            format!("nothing is sent to {} until it answers again: {}", breaker.scope, breaker.words),
            "It is asked by itself now and then. See that it can be reached from here, and its app and version.",
        );
    }
    if !stuck.is_empty() {
        notes.wrong(
            "deliveries",
            format!("{} should have moved more than ten minutes ago", stuck.len()),
            "See that `opslag serve` or `opslag work` runs, and what its log says.",
        );
    }
    let many = |state| tally.iter().find(|(s, _)| *s == state).map_or(0, |(_, n)| *n);
    if many(State::NeedsHuman) > 0 {
        notes.warn(
            "deliveries",
            format!("{} may or may not be out: a person must look", many(State::NeedsHuman)),
            "Open the page Udsendelser; each says where to look and has two buttons.",
        );
    }
    if many(State::Missed) > 0 {
        notes.warn(
            "deliveries",
            format!("{} missed their time and were not sent", many(State::Missed)),
            "Open the page Udsendelser and plan them anew or leave them.",
        );
    }
    if stuck.is_empty() {
        notes.well("deliveries", format!("{} published, none overdue", many(State::Published)));
    }
    Ok(())
}

async fn work(notes: &mut Notes, kit: &Kit) -> Result<(), DbError> {
    let before = kit.clock.now() - LATE;
    let now = kit.clock.now();
    let (buried, overdue, still) = kit
        .db
        .read(move |c| {
            Ok::<_, DbError>((queue::buried(c)?, queue::overdue(c, before)?, queue::pulse::still(c, now)?))
        })
        .await?;
    if !still.is_empty() {
        let names: Vec<_> = still.into_iter().map(|(name, _)| name).collect();
        notes.warn(
            "work",
            format!("nobody works now ({}): posts do not go out and letters wait", names.join(", ")),
            "Start `opslag serve`, or `opslag work` beside `opslag serve --no-work`.",
        );
    } else if overdue == 0 && buried.is_empty() {
        notes.well("work", "it goes on; nothing is late and nothing was given up");
    }
    if overdue > 0 {
        notes.wrong(
            "work",
            format!("{overdue} jobs should have been done more than ten minutes ago"),
            "See that `opslag serve` or `opslag work` runs, and what its log says.",
        );
    }
    if !buried.is_empty() {
        let newest = &buried[0];
        notes.warn(
            "work",
            format!(
                "{} jobs were given up; the newest: {}: {}",
                buried.len(),
                newest.kind,
                newest.last_error.as_deref().unwrap_or("no words")
            ),
            "Mend the cause; the log of that time tells more.",
        );
    }
    Ok(())
}

/// The audit log is a chain: a line changed or taken out afterwards shows (D-05).
async fn log(notes: &mut Notes, kit: &Kit) -> Result<(), DbError> {
    match kit.db.read(audit::verify).await? {
        None => notes.well("audit log", "the chain is whole"),
        Some(seq) => notes.wrong(
            "audit log",
            format!("line {seq} does not fit the one before: the log was changed from outside"),
            "Compare with a backup, and tell the data protection officer.",
        ),
    }
    Ok(())
}

/// So is the proof of each delivery, with what its attempts said.
async fn proofs(notes: &mut Notes, kit: &Kit) -> Result<(), DbError> {
    match kit.db.read(publishing::unproven).await? {
        None => notes.well("proofs", "the proof of every delivery holds"),
        Some((delivery, number)) => notes.wrong(
            "proofs",
            format!(
                "line {number} of the proof of delivery {delivery} does not fit: it was changed from outside"
            ),
            "Compare with a backup; the page Bevis of that delivery shows the line.",
        ),
    }
    Ok(())
}

async fn index(notes: &mut Notes, kit: &Kit) -> Result<(), DbError> {
    let root = timetable::search_folder(kit);
    let newest = kit.db.read(queue::changes::newest).await?;
    if !root.is_dir() {
        notes.warn("search", "there is no index yet", "It is built when `opslag serve` starts.");
        return Ok(());
    }
    let looked = tokio::task::spawn_blocking(move || {
        let index = search::Index::open(&root)?;
        Ok::<_, search::index::Error>((index.mark()?, index.count()))
    });
    match looked.await.map_err(|_| DbError::Panicked)? {
        Ok((Some(mark), count)) if mark.filled.is_none() && mark.seq == newest => {
            notes.well("search", format!("{count} applications can be found"));
        }
        Ok((_, count)) => notes.warn(
            "search",
            format!("{count} applications can be found; the index is not where the database is"),
            "A running service brings it up to date by itself; else run `opslag reindex`.",
        ),
        Err(error) => notes.wrong(
            "search",
            error.to_string(),
            "Run `opslag reindex`; the index can always be made anew.",
        ),
    }
    Ok(())
}
