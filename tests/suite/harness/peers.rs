//! Real servers for a test: those that `tests/run` has started, or else started here, once per test binary.
//!
//! A peer started here ends with this process, even when that is killed: it holds the other end of a pipe.

use std::{
    collections::{BTreeMap, HashMap},
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Mutex, PoisonError},
};

/// A running server and what it said of itself.
pub struct Peer {
    name: String,
    words: HashMap<String, String>,
    process: Option<(Child, Option<ChildStdin>)>,
}

impl Peer {
    /// The one `tests/peers/<script>` that all tests of this process share: what `tests/run` has started, else
    /// started here at the first call. Which words it says stands at the end of the script.
    ///
    /// # Panics
    /// When it cannot be had: a test that needs a peer fails without it.
    pub fn shared(script: &'static str) -> &'static Self {
        static SHARED: Mutex<BTreeMap<&str, &Peer>> = Mutex::new(BTreeMap::new());
        // one that failed to start may be asked for again, and then fails again with its own words
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(peer) = shared.get(script) {
            return peer;
        }
        let peer = Self::from_environment(script).unwrap_or_else(|| Self::start(script, &[]));
        shared.entry(script).or_insert(Box::leak(Box::new(peer)))
    }

    /// Starts `tests/peers/<script>` for this test alone; dropping it ends it.
    ///
    /// # Panics
    /// When it does not get ready; the script's own sentence says why and names `tests/run`.
    pub fn start(script: &str, arguments: &[&str]) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers").join(script);
        let mut child = Command::new(&path)
            .arg("--leash")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| {
                panic!("{} does not start: {e}. tests/run installs what it needs", path.display())
            });
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
