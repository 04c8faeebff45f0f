//! Real servers for a test: those that `tests/run` has started, or else started here, once per test binary.
//!
//! A peer started here ends with this process, even when that is killed: it holds the other end of a pipe.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::OnceLock,
};

/// A running server and what it said of itself.
pub struct Peer {
    name: String,
    words: HashMap<String, String>,
    process: Option<(Child, Option<ChildStdin>)>,
}

impl Peer {
    /// The reference AT Protocol server: `URL`, `HANDLE`, `DID`, `PASSWORD`, `APP_PASSWORD`, `PLC_URL`.
    pub fn bluesky() -> &'static Self {
        static SHARED: OnceLock<Peer> = OnceLock::new();
        SHARED.get_or_init(|| Self::found_or_started("bluesky"))
    }

    /// A lax server with a Mastodon API: `URL`, `USER`, `PASSWORD`, `CLIENT_ID`, `CLIENT_SECRET`, `TOKEN`.
    pub fn snac2() -> &'static Self {
        static SHARED: OnceLock<Peer> = OnceLock::new();
        SHARED.get_or_init(|| Self::found_or_started("snac2"))
    }

    /// A WebDriver: `URL`, `CHROMIUM`.
    pub fn chromedriver() -> &'static Self {
        static SHARED: OnceLock<Peer> = OnceLock::new();
        SHARED.get_or_init(|| Self::found_or_started("chromedriver"))
    }

    /// The judge of requests to Mastodon: `URL`. `None`, with a line that says so, where the contract document
    /// does not lie beside the project: it is other people's and not part of ours.
    pub fn mastodon_contract() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Peer>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| {
            if let Some(peer) = Self::from_environment("prism") {
                return Some(peer);
            }
            let folder = std::env::var_os("OPSLAG_SPECS")
                .map_or_else(|| root().join("../shared/peers/specs"), PathBuf::from);
            let document = folder.join("mastodon.patched.openapi.json");
            document.exists().then(|| Self::start("prism", &[document.to_str().expect("a path in UTF-8")]))
        });
        if shared.is_none() {
            eprintln!("skipped: Mastodon's contract document does not lie beside the project");
        }
        shared.as_ref()
    }

    /// Starts `tests/peers/<script>` for this test alone; dropping it ends it.
    ///
    /// # Panics
    /// When it does not get ready; the script's own sentence says why and names `tests/run`.
    pub fn start(script: &str, arguments: &[&str]) -> Self {
        let path = root().join("tests/peers").join(script);
        let mut child = Command::new(&path)
            .arg("--leash")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("{} does not start: {e}. tests/run installs what it needs", path.display()));
        let leash = child.stdin.take();
        let mut words = HashMap::new();
        let mut ready = false;
        for line in BufReader::new(child.stdout.take().expect("it is piped")).lines() {
            let line = line.expect("a peer speaks UTF-8");
            if line == "READY" {
                ready = true;
                break;
            }
            if let Some((name, value)) = line.split_once('=') {
                words.insert(name.to_owned(), value.to_owned());
            }
        }
        if !ready {
            drop(leash);
            let mut said = String::new();
            let _ = child.stderr.take().expect("it is piped").read_to_string(&mut said);
            let _ = child.wait();
            panic!("the peer {script} did not start. tests/run installs what it needs. It said:\n{said}");
        }
        Self { name: script.to_owned(), words, process: Some((child, leash)) }
    }

    /// One of the words the script said.
    ///
    /// # Panics
    /// When it did not say it.
    pub fn get(&self, word: &str) -> &str {
        self.words.get(word).unwrap_or_else(|| panic!("the peer {} says no {word}", self.name))
    }

    /// Where it listens, without a slash at the end.
    pub fn url(&self) -> &str {
        self.get("URL")
    }

    fn found_or_started(script: &str) -> Self {
        Self::from_environment(script).unwrap_or_else(|| Self::start(script, &[]))
    }

    /// What `tests/run` exported as `OPSLAG_PEER_<SCRIPT>_<WORD>`.
    fn from_environment(script: &str) -> Option<Self> {
        let prefix = format!("OPSLAG_PEER_{}_", script.to_uppercase());
        let words: HashMap<_, _> = std::env::vars()
            .filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?.to_owned(), value)))
            .collect();
        words.contains_key("URL").then(|| Self { name: script.to_owned(), words, process: None })
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        if let Some((mut child, leash)) = self.process.take() {
            drop(leash); // the script sees the end of its input, stops its server and cleans up
            let _ = child.wait();
        }
    }
}

/// The project's own folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
