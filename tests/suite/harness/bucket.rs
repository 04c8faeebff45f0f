//! A real S3 server (s3s over a folder) on a port of its own, that can be made to have a bad day.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use s3s::{
    S3Result,
    access::{S3Access, S3AccessContext},
    auth::SimpleAuth,
    service::{S3Service, S3ServiceBuilder},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// The bucket's name.
pub const NAME: &str = "opslag-filer";
/// Its keys.
pub const KEYS: (&str, &str) = ("opslag", "meget-hemmelig-nøgle");

/// How the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It does what it should.
    Well,
    /// It hangs up on everybody.
    Dead,
    /// It takes connections and never answers.
    Silent,
    /// It takes the first part of a large file and no other.
    OnePart,
    /// Parts of large files wait until it is otherwise; the rest it does.
    Stuck,
}

/// A running server with one bucket in it; ends with the test.
pub struct Bucket {
    address: SocketAddr,
    folder: tempfile::TempDir,
    mood: watch::Sender<Mood>,
}

impl Bucket {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(NAME)).unwrap();
        let (mood, moods) = watch::channel(Mood::Well);
        let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
        service.set_auth(SimpleAuth::from_single(KEYS.0, KEYS.1));
        service.set_access(Door { mood: moods.clone(), parts: AtomicU32::new(0) });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve(listener, service.build(), moods));
        Self { address, folder, mood }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What a process needs to be told to keep its files here.
    pub fn environment(&self) -> [(&'static str, String); 4] {
        [
            ("OPSLAG__STORAGE__URL", format!("s3://{NAME}")),
            ("OPSLAG__STORAGE__S3_ENDPOINT", self.endpoint()),
            ("OPSLAG__STORAGE__S3_ACCESS_KEY", KEYS.0.to_owned()),
            ("OPSLAG__STORAGE__S3_SECRET_KEY", KEYS.1.to_owned()),
        ]
    }

    /// From now on; a server that goes away cuts the connections that are open.
    pub fn be(&self, mood: Mood) {
        self.mood.send_replace(mood);
    }

    /// Where a kept file lies on the server's disk.
    pub fn path(&self, sha256: &str) -> PathBuf {
        self.folder.path().join(NAME).join("sha256").join(&sha256[..2]).join(sha256)
    }

    /// Where everything lies on the server's disk.
    pub fn root(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// What lies on the server's disk of files in parts that never became whole.
    pub fn strays(&self) -> usize {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        entries.filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with(".upload")).count()
    }
}

/// Refuses by mood what it must.
struct Door {
    mood: watch::Receiver<Mood>,
    parts: AtomicU32,
}

#[async_trait::async_trait]
impl S3Access for Door {
    async fn check(&self, cx: &mut S3AccessContext<'_>) -> S3Result<()> {
        if cx.credentials().is_none() {
            return Err(s3s::s3_error!(AccessDenied, "signed requests only"));
        }
        if cx.s3_op().name() != "UploadPart" {
            return Ok(());
        }
        let mood = *self.mood.borrow();
        match mood {
            Mood::OnePart if self.parts.fetch_add(1, Ordering::SeqCst) > 0 => {
                Err(s3s::s3_error!(AccessDenied, "no more parts today"))
            }
            Mood::Stuck => {
                let _ = self.mood.clone().wait_for(|mood| *mood != Mood::Stuck).await;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

async fn serve(listener: TcpListener, service: S3Service, moods: watch::Receiver<Mood>) {
    while let Ok((socket, _)) = listener.accept().await {
        tokio::spawn(answer(socket, service.clone(), moods.clone()));
    }
}

async fn answer(socket: TcpStream, service: S3Service, mut moods: watch::Receiver<Mood>) {
    let mood = *moods.borrow_and_update();
    match mood {
        Mood::Dead => {}
        Mood::Silent => {
            let _ = moods.changed().await;
        }
        Mood::Well | Mood::OnePart | Mood::Stuck => {
            let http = Builder::new(TokioExecutor::new());
            tokio::select! {
                _ = http.serve_connection(TokioIo::new(socket), service) => {}
                _ = moods.wait_for(|mood| matches!(mood, Mood::Dead | Mood::Silent)) => {}
            }
        }
    }
}
