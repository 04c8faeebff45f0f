//! Bytes that are kept: files under the sha256 of their content, in a folder by default, in an
//! S3-compatible bucket by URL. What comes in is first laid in a spool file while it is counted and
//! hashed, so that no file is ever held in memory.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, future::BoxFuture, stream::BoxStream};
use object_store::{
    ClientOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, WriteMultipart,
    aws::AmazonS3Builder, local::LocalFileSystem, path::Path as Key,
};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{
    base::Instant,
    config::{self, Config},
};

/// From this size on a file goes into a bucket in parts, bytes.
const IN_PARTS: u64 = 4 << 20;
/// One part, bytes: the least a bucket takes, for over a slow line each must be through within the store's time.
const PART: usize = 5 << 20;
/// Parts under way at once. Each is held in memory.
const PARTS_AT_ONCE: usize = 2;
/// How long a store may take to take a connection.
const CONNECT: Duration = Duration::from_secs(5);

/// How the names of spool files begin.
pub const SPOOLED: &str = "in-";

/// What can go wrong with kept bytes.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// No bytes under that name.
    #[error("no file under {0}")]
    Missing(String),
    /// The store answered no.
    #[error("file store: {0}")]
    Store(object_store::Error),
    /// The spool file cannot be written or read (a full disk, most often).
    #[error("spool file: {0}")]
    Spool(#[from] std::io::Error),
    /// The content is not what the name says.
    #[error("the file {0} is damaged: its content is not what its name says")]
    Damaged(String),
    /// A name that is no sha256.
    #[error("not a file name of ours")]
    Name,
}

impl From<object_store::Error> for BlobError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { path, .. } => Self::Missing(path),
            other => Self::Store(other),
        }
    }
}

/// The kept bytes. Cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    folder: Option<Arc<PathBuf>>,
    spool: Arc<PathBuf>,
    turn: Arc<tokio::sync::RwLock<()>>,
}

/// Bytes in a spool file: counted, hashed, not kept yet. Dropping it deletes the file.
pub struct Spooled {
    path: tempfile::TempPath,
    /// sha256 of the content, as hex.
    pub sha256: String,
    /// How many bytes.
    pub len: u64,
}

impl Spooled {
    /// Where it lies for now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves the file where it lies instead of deleting it.
    pub fn leave(self) -> Result<(), BlobError> {
        self.path.keep().map(drop).map_err(|kept| kept.error.into())
    }
}

/// A spool file being written.
pub struct Spool {
    file: tokio::fs::File,
    path: tempfile::TempPath,
    hash: Sha256,
    len: u64,
}

impl Spool {
    /// Adds bytes.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), BlobError> {
        self.file.write_all(bytes).await?;
        self.hash.update(bytes);
        self.len += bytes.len() as u64;
        Ok(())
    }
    /// How many bytes so far.
    pub fn len(&self) -> u64 {
        self.len
    }
    /// Nothing yet.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// Closes it.
    pub async fn finish(mut self) -> Result<Spooled, BlobError> {
        self.file.flush().await?;
        Ok(Spooled { path: self.path, sha256: hex::encode(self.hash.finalize()), len: self.len })
    }
}

/// Bytes held until a row names them.
pub struct Held(#[expect(dead_code, reason = "held, not read")] tokio::sync::OwnedRwLockReadGuard<()>);

/// One kept file, as listed.
#[derive(Debug, Clone)]
pub struct Listed {
    /// sha256 of the content, as hex.
    pub sha256: String,
    /// When it was last written.
    pub written_at: Instant,
}

/// Bytes as they come.
pub type ByteStream = BoxStream<'static, Result<Bytes, BlobError>>;

impl Blobs {
    /// Opens the folder or bucket that the configuration names.
    pub fn open(config: &Config) -> Result<Self, BlobError> {
        let spool = config.data.join("incoming");
        std::fs::create_dir_all(&spool)?;
        let (store, folder): (Arc<dyn ObjectStore>, _) = match config.storage.url.strip_prefix("s3://") {
            None => {
                let folder = config.data.join("files");
                std::fs::create_dir_all(&folder)?;
                (
                    Arc::new(LocalFileSystem::new_with_prefix(&folder)?.with_fsync(true)),
                    Some(Arc::new(folder)),
                )
            }
            Some(bucket) => (Arc::new(bucket_of(bucket, &config.storage)?), None),
        };
        Ok(Self { store, folder, spool: Arc::new(spool), turn: Arc::default() })
    }

    /// Keeps bytes by `keep`, whose result `names` what was kept, and holds them until a row names them: while the
    /// second of the pair lives, nobody in this process deletes any. (Another process finds them young, see the
    /// sweeper.) To be dropped soon: whoever wants to delete waits for it, and who comes after waits for them. Where
    /// one was deleted before it could be held, for it lay there already and its last row went, it is kept again.
    pub async fn keep_held<'k, T, E: From<BlobError>>(
        &self,
        keep: impl Fn() -> BoxFuture<'k, Result<T, E>>,
        names: impl Fn(&T) -> Vec<String>,
    ) -> Result<(T, Held), E> {
        loop {
            let kept = keep().await?;
            match self.hold(&names(&kept)).await {
                Err(BlobError::Missing(_)) => {}
                held => return Ok((kept, held?)),
            }
        }
    }

    /// Holds what was kept before; [`BlobError::Missing`] when one of them has been deleted in between.
    pub async fn hold(&self, names: &[String]) -> Result<Held, BlobError> {
        let held = Held(self.turn.clone().read_owned().await);
        for sha256 in names {
            self.len(sha256).await?;
        }
        Ok(held)
    }

    /// Held from asking whether a row names bytes until they are deleted.
    pub async fn removing(&self) -> impl Drop + use<> {
        self.turn.clone().write_owned().await
    }

    /// Begins a spool file.
    pub async fn spool(&self) -> Result<Spool, BlobError> {
        let (file, path) = tempfile::Builder::new().prefix(SPOOLED).tempfile_in(&*self.spool)?.into_parts();
        Ok(Spool { file: tokio::fs::File::from_std(file), path, hash: Sha256::new(), len: 0 })
    }

    /// A spool file over a path that is already written (a finished resumable upload); hashes it.
    pub async fn spool_from(&self, path: tempfile::TempPath) -> Result<Spooled, BlobError> {
        let (sha256, len) = weigh(&path).await?;
        Ok(Spooled { path, sha256, len })
    }

    /// The folder for unfinished uploads.
    pub fn spool_folder(&self) -> &Path {
        &self.spool
    }

    /// Deletes spool files last written before `before`: whoever wrote them was killed and could not. Those of
    /// unfinished uploads are left to their own term. Says how many.
    pub fn forget_spooled(&self, before: Instant) -> Result<usize, BlobError> {
        let mut forgotten = 0;
        for entry in std::fs::read_dir(&*self.spool)? {
            let entry = entry?;
            if !entry.file_name().to_string_lossy().starts_with(SPOOLED) {
                continue;
            }
            // one that was under way may be gone by now
            let Ok(about) = entry.metadata() else { continue };
            let old = Instant::from_utc(about.modified()?.into()) < before;
            if old && std::fs::remove_file(entry.path()).is_ok() {
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }

    /// Keeps a spooled file under its hash; durable when it returns. Keeping twice is harmless, and
    /// makes the file young again for the sweeper.
    pub async fn keep(&self, spooled: &Spooled) -> Result<(), BlobError> {
        self.keep_file(&spooled.path, &spooled.sha256, spooled.len).await
    }

    async fn keep_file(&self, path: &Path, sha256: &str, len: u64) -> Result<(), BlobError> {
        let key = key(sha256)?;
        if len < IN_PARTS {
            let bytes = tokio::fs::read(path).await?;
            self.store.put(&key, PutPayload::from(bytes)).await?;
            return Ok(());
        }
        let mut file = tokio::fs::File::open(path).await?;
        let mut parts = WriteMultipart::new_with_chunk_size(self.store.put_multipart(&key).await?, PART);
        match write_parts(&mut file, &mut parts).await {
            Ok(()) => Ok(parts.finish().await.map(drop)?),
            Err(error) => {
                // parts that never become a file cost money and are seen by nobody
                if let Err(left) = parts.abort().await {
                    tracing::warn!(error = %left, "parts of a file were left in the store");
                }
                Err(error)
            }
        }
    }

    /// Copies a kept file to `target` on this machine.
    pub async fn copy_out(&self, sha256: &str, target: &Path) -> Result<(), BlobError> {
        let mut stream = self.stream(sha256, None).await?;
        let mut file = tokio::fs::File::create(target).await?;
        let mut hash = Sha256::new();
        while let Some(bytes) = stream.try_next().await? {
            hash.update(&bytes);
            file.write_all(&bytes).await?;
        }
        file.sync_all().await?;
        named(sha256, &hex::encode(hash.finalize()))
    }

    /// Keeps a file from elsewhere that says what it is.
    pub async fn take_in(&self, path: &Path, sha256: &str) -> Result<(), BlobError> {
        let (is, len) = weigh(path).await?;
        named(sha256, &is)?;
        self.keep_file(path, sha256, len).await
    }

    /// Keeps bytes made in memory (a rendition); returns their sha256.
    pub async fn put(&self, bytes: impl Into<Bytes>) -> Result<String, BlobError> {
        let bytes = bytes.into();
        let sha256 = hex::encode(Sha256::digest(&bytes));
        self.store.put(&key(&sha256)?, PutPayload::from(bytes)).await?;
        Ok(sha256)
    }

    /// How many bytes lie under a hash.
    pub async fn len(&self, sha256: &str) -> Result<u64, BlobError> {
        Ok(self.store.head(&key(sha256)?).await?.size)
    }

    /// All bytes at once; for small files only.
    pub async fn read(&self, sha256: &str) -> Result<Bytes, BlobError> {
        Ok(self.store.get(&key(sha256)?).await?.bytes().await?)
    }

    /// A stream of `range` (whole file when `None`).
    pub async fn stream(
        &self,
        sha256: &str,
        range: Option<std::ops::Range<u64>>,
    ) -> Result<ByteStream, BlobError> {
        let options = object_store::GetOptions { range: range.map(Into::into), ..Default::default() };
        Ok(self.store.get_opts(&key(sha256)?, options).await?.into_stream().map_err(BlobError::from).boxed())
    }

    /// The file on this machine: itself in a folder, a spooled copy from a bucket.
    pub async fn on_disk(&self, sha256: &str) -> Result<OnDisk, BlobError> {
        if let Some(folder) = &self.folder {
            let path = folder.join(key(sha256)?.as_ref());
            return if path.is_file() {
                Ok(OnDisk::Kept(path))
            } else {
                Err(BlobError::Missing(sha256.to_owned()))
            };
        }
        let mut spool = self.spool().await?;
        let mut stream = self.stream(sha256, None).await?;
        while let Some(bytes) = stream.try_next().await? {
            spool.write(&bytes).await?;
        }
        Ok(OnDisk::Copy(spool.finish().await?))
    }

    /// Deletes; nothing there is as good.
    pub async fn delete(&self, sha256: &str) -> Result<(), BlobError> {
        match self.store.delete(&key(sha256)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Every kept file.
    pub fn list(&self) -> BoxStream<'static, Result<Listed, BlobError>> {
        self.store
            .list(Some(&Key::from("sha256")))
            .map(|meta| {
                let meta = meta?;
                Ok(Listed {
                    sha256: meta.location.filename().unwrap_or_default().to_owned(),
                    written_at: Instant::from_utc(meta.last_modified),
                })
            })
            .boxed()
    }
}

/// A kept file on this machine.
pub enum OnDisk {
    /// The kept file itself; read only.
    Kept(PathBuf),
    /// A copy that goes when dropped.
    Copy(Spooled),
}

impl OnDisk {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Copy(spooled) => spooled.path(),
        }
    }
}

/// What a file is called by its content, and how long it is.
async fn weigh(path: &Path) -> Result<(String, u64), BlobError> {
    let mut file = tokio::fs::File::open(path).await?;
    let (mut hash, mut len) = (Sha256::new(), 0);
    let mut buffer = vec![0u8; 1 << 20];
    loop {
        let n = file.read(&mut buffer).await?;
        if n == 0 {
            return Ok((hex::encode(hash.finalize()), len));
        }
        hash.update(&buffer[..n]);
        len += n as u64;
    }
}

fn named(name: &str, is: &str) -> Result<(), BlobError> {
    if name == is { Ok(()) } else { Err(BlobError::Damaged(name.to_owned())) }
}

async fn write_parts(file: &mut tokio::fs::File, parts: &mut WriteMultipart) -> Result<(), BlobError> {
    let mut buffer = vec![0u8; 1 << 20];
    loop {
        let n = file.read(&mut buffer).await?;
        if n == 0 {
            return Ok(());
        }
        parts.wait_for_capacity(PARTS_AT_ONCE).await?;
        parts.write(&buffer[..n]);
    }
}

/// The bucket, asked with patience but not for ever: whoever waits for the answer is a person before a form.
fn bucket_of(bucket: &str, s: &config::Storage) -> Result<object_store::aws::AmazonS3, BlobError> {
    // TLS needs to be told once which cryptography it uses; whoever comes first says so
    let _ = rustls::crypto::ring::default_provider().install_default();
    let patience = Duration::from_secs(s.s3_timeout_seconds);
    // no limit on a whole answer: a film takes as long as its viewer looks at it
    let client = ClientOptions::new()
        .with_connect_timeout(CONNECT.min(patience))
        .with_read_timeout(patience)
        .with_timeout_disabled()
        .with_allow_http(s.s3_endpoint.starts_with("http:"));
    let retry = RetryConfig { max_retries: 3, retry_timeout: patience, ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::from_env()
        .with_bucket_name(bucket.trim_end_matches('/'))
        .with_region(&s.s3_region)
        .with_client_options(client)
        .with_retry(retry);
    if !s.s3_endpoint.is_empty() {
        builder = builder.with_endpoint(&s.s3_endpoint);
    }
    if !s.s3_access_key.is_empty() {
        builder = builder.with_access_key_id(&s.s3_access_key).with_secret_access_key(&s.s3_secret_key);
    }
    Ok(builder.build()?)
}

fn key(sha256: &str) -> Result<Key, BlobError> {
    if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(BlobError::Name);
    }
    Ok(Key::from(format!("sha256/{}/{sha256}", &sha256[..2])))
}
