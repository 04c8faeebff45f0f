//! All machinery in one cheap handle: database, files, the outside, mail, keys, clock, chance.

use std::{path::Path, sync::Arc};

use crate::{
    base::{Chance, Clock},
    blobs::Blobs,
    config::Config,
    db::{Db, Opening},
    mail::Mailer,
    outbound::Outbound,
    secrets::Secrets,
};

/// Everything a slice's action needs that knows nothing of jobs or people.
#[derive(Clone)]
pub struct Kit {
    /// What is set.
    pub config: Arc<Config>,
    /// Rows.
    pub db: Db,
    /// Files.
    pub blobs: Blobs,
    /// The one HTTP client.
    pub outbound: Outbound,
    /// Letters.
    pub mail: Mailer,
    /// Sealing keys.
    pub secrets: Secrets,
    /// Time.
    pub clock: Clock,
    /// Randomness.
    pub chance: Chance,
}

impl Kit {
    /// Opens everything in the data folder; makes what is not there. Does not migrate.
    pub fn open(config: Config, clock: Clock, chance: Chance) -> anyhow::Result<Self> {
        use anyhow::Context as _;
        std::fs::create_dir_all(&config.data)
            .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
        let secrets = Secrets::load(&key_file(&config.data), &chance)?;
        let db = Db::open(&Opening {
            url: config.database_url(),
            pool_size: config.database.pool_size,
            busy_timeout_ms: config.database.busy_timeout_ms,
        })?;
        let blobs = Blobs::open(&config)?;
        let outbound = Outbound::new(&config);
        let mail = Mailer::open(&config).map_err(anyhow::Error::msg)?;
        Ok(Self { config: Arc::new(config), db, blobs, outbound, mail, secrets, clock, chance })
    }
}

/// Where the sealing keys lie when the environment does not hold them.
pub fn key_file(data: &Path) -> std::path::PathBuf {
    data.join("secrets").join("sealing.keys")
}
