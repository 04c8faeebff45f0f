//! Configuration: `config/default.toml` compiled in, then a file, then `OPSLAG__…` variables.
//! A wrong key or value is refused with its name and what is allowed.

use std::path::{Path, PathBuf};

use figment::{
    Figment,
    providers::{Env, Format, Toml},
};
use serde::Deserialize;

use crate::base::colour::{Brand, Colour};

/// The defaults, as the operator reads them.
pub const DEFAULT: &str = include_str!("../../config/default.toml");

/// Everything that can be set, plus the data folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whose installation it is.
    pub organisation: Organisation,
    /// What applicants are told (D-03).
    pub privacy: Privacy,
    /// How applications go.
    pub retention: Retention,
    /// Address, proxies, threads.
    pub server: Server,
    /// SQLite or PostgreSQL.
    pub database: Database,
    /// Folder or bucket.
    pub storage: Storage,
    /// Sizes.
    pub limits: Limits,
    /// Pictures and films.
    pub media: Media,
    /// Sessions.
    pub accounts: Accounts,
    /// Letters.
    pub mail: Mail,
    /// The delivery engine.
    pub delivery: Delivery,
    /// Stories and plain posts.
    pub stories: Stories,
    /// Being shown in pictures and films.
    pub consents: Consents,
    /// Applicants.
    pub applications: Applications,
    /// Help with content that units ask for.
    pub support: Support,
    /// Answers to applicants.
    pub answers: Answers,
    /// Interviews with applicants.
    pub interviews: Interviews,
    /// Channels' addresses.
    pub channels: Channels,
    /// Background work.
    pub work: Work,
    /// Messages to the operator.
    pub log: Log,
    /// The one folder in which everything lies that must be kept.
    #[serde(skip)]
    pub data: PathBuf,
}

/// Whose installation it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Organisation {
    pub name: String,
    pub colour: String,
    pub accessibility_statement: String,
    pub phone: String,
    pub email: String,
}

/// What applicants are told (D-03), and for how long data are kept (D-01).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Privacy {
    pub controller: String,
    pub dpo: String,
    pub retention_months: u32,
    pub retention_reason: String,
}

/// How an application goes (D-01).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Retention {
    pub warn_days: u32,
    pub quarantine_days: u32,
    pub open_months: u32,
    pub list: String,
}

/// Address, proxies, threads.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Server {
    pub listen: String,
    pub public_url: String,
    pub trusted_proxies: Vec<std::net::IpAddr>,
    pub workers: usize,
}

/// SQLite or PostgreSQL.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Database {
    pub url: String,
    pub pool_size: u32,
    pub busy_timeout_ms: u32,
}

/// Folder or bucket.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Storage {
    pub url: String,
    pub s3_endpoint: String,
    pub s3_region: String,
    pub s3_access_key: String,
    pub s3_secret_key: String,
    pub s3_timeout_seconds: u64,
}

/// Sizes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Limits {
    pub picture_bytes: u64,
    pub film_bytes: u64,
    pub paper_bytes: u64,
    pub picture_pixels: u64,
    pub papers: usize,
}

/// Pictures and films.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Media {
    pub ffmpeg: String,
}

/// Sessions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Accounts {
    pub session_idle_minutes: u64,
    pub session_total_minutes: u64,
}

/// Letters.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Mail {
    pub kind: MailKind,
    pub from: String,
    pub smtp_url: String,
    pub smtp_timeout_seconds: u64,
}

/// Where letters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailKind {
    /// Files in the data folder.
    Folder,
    /// A mail server.
    Smtp,
}

/// The delivery engine.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Delivery {
    pub zone: chrono_tz::Tz,
    pub lease_seconds: u64,
    pub request_seconds: u64,
    pub settle_seconds: u64,
    pub retry_seconds: u64,
    pub retry_cap_seconds: u64,
    pub latest_hours: u64,
    pub story_latest_hours: u64,
    pub spacing_seconds: u64,
    pub overdue_spacing_seconds: u64,
    pub breaker_failures: i32,
    pub probe_seconds: Vec<u64>,
    pub reserve_percent: i64,
    pub end_with_ad: bool,
    pub trust_clock: bool,
    pub ending_minutes: u64,
    pub clash_minutes: u64,
    pub silent_days: u32,
    pub lanes: usize,
}

/// Stories and plain posts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Stories {
    pub questions: Vec<String>,
    pub day_questions: Vec<String>,
}

/// Being shown in pictures and films (D-29, D-30).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Consents {
    pub months: u32,
    pub months_at_most: u32,
    pub guardian_below: u32,
    pub asked_from: u32,
    pub link_days: u32,
    pub soon_days: u32,
}

/// Help with content that units ask for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Support {
    pub answer_days: u32,
    pub soon_days: u32,
    pub count_hour: u32,
}

/// Applicants.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Applications {
    pub step_days: u32,
}

/// Answers to applicants (D-09, D-10).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Answers {
    pub cooling_minutes: u64,
    pub give_up_hours: u64,
    pub reasons_days: u32,
}

/// Interviews with applicants.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Interviews {
    pub change_hours: u64,
    pub remind_hours: u64,
    pub nudge_days: u64,
    pub meets: Meets,
}

/// Whom an applicant is told they will meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Meets {
    /// Who leads the panel.
    Chair,
    /// Everybody who sits in it.
    Panel,
}

/// Channels' addresses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Channels {
    pub bluesky_service: String,
    pub bluesky_app: String,
    pub mastodon_app_name: String,
    pub private_hosts: Vec<String>,
    pub facebook: Platform,
    pub instagram: Platform,
    pub threads: Platform,
    pub linkedin: Platform,
    pub linkedin_member: Platform,
    pub x: Platform,
    pub youtube: Platform,
    pub tiktok: Platform,
}

/// A channel at which operations set up an app of our own.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Platform {
    pub client_id: String,
    pub client_secret: String,
    pub client_secret_file: PathBuf,
    pub api: url::Url,
    pub log_in: url::Url,
    pub upload: url::Url,
    pub version: String,
    pub sunset: String,
    pub limits: std::collections::BTreeMap<String, u64>,
    #[serde(default)]
    pub price_us_cents: u64,
    #[serde(default)]
    pub pkce: bool,
}

impl Platform {
    /// The day from which the version in use is no longer served; none when its makers have not named one.
    pub fn sunset_day(&self) -> Option<chrono::NaiveDate> {
        self.sunset.parse().ok()
    }
}

/// Background work.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Work {
    pub lanes: usize,
    pub tick_ms: u64,
}

/// Messages to the operator.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config/default.toml explains each key")]
pub struct Log {
    pub filter: String,
    pub format: LogFormat,
}

/// How messages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

// passwords and keys never reach a log through `{:?}`
macro_rules! hidden {
    ($($t:ident),+) => {$(
        impl std::fmt::Debug for $t {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($t), " { .. }"))
            }
        }
    )+};
}
hidden!(Database, Storage, Mail, Platform);

impl Channels {
    /// Each app of ours, by the name of its section.
    pub fn platforms(&self) -> Vec<(&'static str, &Platform)> {
        vec![
            ("facebook", &self.facebook),
            ("instagram", &self.instagram),
            ("threads", &self.threads),
            ("linkedin", &self.linkedin),
            ("linkedin_member", &self.linkedin_member),
            ("x", &self.x),
            ("youtube", &self.youtube),
            ("tiktok", &self.tiktok),
        ]
    }
    fn platforms_mut(&mut self) -> Vec<(&'static str, &mut Platform)> {
        vec![
            ("facebook", &mut self.facebook),
            ("instagram", &mut self.instagram),
            ("threads", &mut self.threads),
            ("linkedin", &mut self.linkedin),
            ("linkedin_member", &mut self.linkedin_member),
            ("x", &mut self.x),
            ("youtube", &mut self.youtube),
            ("tiktok", &mut self.tiktok),
        ]
    }
}

impl Platform {
    /// The secret from its file, when one is named.
    fn read_secret(&mut self, name: &str) -> Result<(), ConfigError> {
        let file = &self.client_secret_file;
        if file.as_os_str().is_empty() {
            return Ok(());
        }
        let secret = std::fs::read_to_string(file).map_err(|e| {
            ConfigError(format!("channels.{name}.client_secret_file: {}: {e}", file.display()))
        })?;
        secret.trim().clone_into(&mut self.client_secret);
        Ok(())
    }
}

/// A key or value that is refused: one sentence that names it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

impl Config {
    /// Defaults, then `file`, then the environment; everything kept lies in `data`.
    pub fn load(data: &Path, file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Toml::string(DEFAULT));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(ConfigError(format!("{}: there is no such configuration file", file.display())));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        figment = figment.merge(Env::prefixed("OPSLAG__").split("__"));
        let mut config: Self = figment.extract().map_err(|e| ConfigError(sentence(&e)))?;
        // children such as ffmpeg run elsewhere, so every path in it must hold from anywhere
        config.data = std::path::absolute(data)
            .map_err(|e| ConfigError(format!("the data folder {}: {e}", data.display())))?;
        for (name, platform) in config.channels.platforms_mut() {
            platform.read_secret(name)?;
        }
        config.check()?;
        Ok(config)
    }

    /// The defaults alone, for tests and tools.
    pub fn defaults(data: &Path) -> Self {
        let mut config: Self =
            Figment::from(Toml::string(DEFAULT)).extract().expect("the compiled-in defaults are legal");
        config.data = data.to_path_buf();
        config
    }

    /// The colour of an installation that has not chosen one.
    pub const fn standard_colour() -> Colour {
        Colour { red: 0x0a, green: 0x55, blue: 0x66 }
    }

    /// The database's URL, with the default filled in.
    pub fn database_url(&self) -> String {
        if self.database.url.is_empty() {
            format!("sqlite:{}", self.data.join("opslag.db").display())
        } else {
            self.database.url.clone()
        }
    }

    /// Whether people reach us by https, so that cookies can be marked Secure.
    pub fn secure(&self) -> bool {
        self.server.public_url.starts_with("https://")
    }

    fn check(&self) -> Result<(), ConfigError> {
        let refuse = |key: &str, why: &str| Err(ConfigError(format!("{key}: {why}")));
        if self.delivery.lease_seconds < self.delivery.request_seconds + 30 {
            return refuse(
                "delivery.lease_seconds",
                "must be at least delivery.request_seconds + 30, or two workers could send the same post",
            );
        }
        if !(1..=36).contains(&self.privacy.retention_months) {
            return refuse(
                "privacy.retention_months",
                "must be 1 to 36 (more needs very special reasons, D-01)",
            );
        }
        if self.privacy.retention_reason.trim().is_empty() {
            return refuse("privacy.retention_reason", "must say why applications are kept that long (D-01)");
        }
        if !(1..=36).contains(&self.retention.open_months) {
            return refuse("retention.open_months", "must be 1 to 36");
        }
        if self.retention.warn_days > 90 || self.retention.quarantine_days > 90 {
            return refuse("retention.warn_days, retention.quarantine_days", "must be 0 to 90");
        }
        let url = &self.server.public_url;
        if url::Url::parse(url).is_err() || !url.starts_with("http") || url.ends_with('/') {
            return refuse("server.public_url", "must be http://… or https://… without a slash at the end");
        }
        let db = &self.database.url;
        if !(db.is_empty()
            || db.starts_with("postgres://")
            || db.starts_with("postgresql://")
            || db.starts_with("sqlite:"))
        {
            return refuse(
                "database.url",
                "must be empty (SQLite in the data folder), sqlite:PATH or postgres://…",
            );
        }
        if !(self.storage.url.is_empty() || self.storage.url.starts_with("s3://")) {
            return refuse("storage.url", "must be empty (a folder in the data folder) or s3://bucket");
        }
        if self.storage.s3_timeout_seconds == 0 {
            return refuse("storage.s3_timeout_seconds", "must be at least 1");
        }
        if self.mail.kind == MailKind::Smtp && self.mail.smtp_url.is_empty() {
            return refuse("mail.smtp_url", "must be set when mail.kind is \"smtp\"");
        }
        if self.mail.smtp_timeout_seconds == 0 {
            return refuse("mail.smtp_timeout_seconds", "must be at least 1");
        }
        match self.organisation.colour.parse::<Colour>().map(Brand::of) {
            Err(error) => return refuse("organisation.colour", &error.to_string()),
            Ok(Err(error)) => return refuse("organisation.colour", &error.to_string()),
            Ok(Ok(_)) => {}
        }
        for (name, platform) in self.channels.platforms() {
            if !platform.sunset.is_empty() && platform.sunset_day().is_none() {
                return refuse(&format!("channels.{name}.sunset"), "must be empty or a day, as 2028-07-29");
            }
        }
        if self.work.lanes == 0 || self.delivery.lanes == 0 {
            return refuse("work.lanes, delivery.lanes", "must be at least 1");
        }
        if self.database.pool_size == 0 {
            return refuse("database.pool_size", "must be at least 1");
        }
        Ok(())
    }
}

fn sentence(error: &figment::Error) -> String {
    use figment::error::Kind;
    let key = error.path.join(".");
    match &error.kind {
        Kind::UnknownField(name, allowed) => {
            let whole = if key.is_empty() || key.ends_with(name.as_str()) {
                name.clone()
            } else {
                format!("{key}.{name}")
            };
            format!("{whole}: there is no such key; allowed here: {}", allowed.join(", "))
        }
        Kind::UnknownVariant(value, allowed) => {
            format!("{key}: \"{value}\" is not one of {}", allowed.join(", "))
        }
        _ => format!("{key}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(file: &str) -> Result<Config, ConfigError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("opslag.toml");
        std::fs::write(&path, file).unwrap();
        Config::load(dir.path(), Some(&path))
    }

    #[test]
    fn the_defaults_are_legal() {
        let config = Config::defaults(Path::new("/tmp"));
        config.check().unwrap();
        assert_eq!(config.organisation.colour, Config::standard_colour().to_string());
    }

    #[test]
    fn wrong_keys_and_values_are_named() {
        for (file, says) in [
            ("[server]\nlissen = \"x\"\n", "lissen"),
            ("[mail]\nkind = \"pigeon\"\n", "pigeon"),
            ("[delivery]\nlease_seconds = 10\n", "delivery.lease_seconds"),
            ("[delivery]\nzone = \"Europe/Fjordby\"\n", "delivery.zone"),
            ("[privacy]\nretention_months = 48\n", "privacy.retention_months"),
            ("[retention]\nopen_months = 0\n", "retention.open_months"),
            ("[database]\nurl = \"mysql://x\"\n", "database.url"),
            ("[channels.facebook]\nsunset = \"snart\"\n", "channels.facebook.sunset"),
            (
                "[channels.facebook]\nclient_secret_file = \"/findes/ikke\"\n",
                "channels.facebook.client_secret_file",
            ),
            ("[organisation]\ncolour = \"blå\"\n", "organisation.colour: \"blå\" is no colour"),
            ("[organisation]\ncolour = \"#febb30\"\n", "organisation.colour: #febb30 is too pale"),
        ] {
            let error = with(file).expect_err(file).to_string();
            assert!(error.contains(says), "{file:?} gives {error:?}");
        }
    }

    #[test]
    fn the_data_folder_is_the_same_from_everywhere() {
        let config = Config::load(Path::new("demo-data"), None).unwrap();
        assert_eq!(config.data, std::env::current_dir().unwrap().join("demo-data"));
    }

    #[test]
    fn secrets_do_not_show_in_debug() {
        let config = with(
            "[database]\nurl = \"postgres://u:hemmelig@h/d\"\n[channels.facebook]\nclient_secret = \"hemmelig\"\n",
        );
        assert!(!format!("{:?}", config.unwrap()).contains("hemmelig"));
    }
}
