//! What the benches share: a municipality to measure in, the service as a process of its own, and how the time and
//! memory of processes are read.

use std::{
    cell::OnceCell,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

pub type Error = Box<dyn std::error::Error>;

/// Prints a line at once, also into a pipe.
pub fn say(text: &str) {
    println!("{text}");
    let _ = std::io::stdout().flush();
}

/// A number from the environment, for shorter or longer runs.
pub fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

/// Many measurements of one thing, sorted.
pub struct Figures(Vec<f64>);

impl Figures {
    pub fn of(mut all: Vec<f64>) -> Self {
        all.sort_unstable_by(f64::total_cmp);
        Self(all)
    }
    /// 0.5 is the median, 1.0 the greatest.
    pub fn at(&self, part: f64) -> f64 {
        let i = ((self.0.len() as f64 - 1.0) * part).round();
        self.0.get(i as usize).copied().unwrap_or(f64::NAN)
    }
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }
}

/// Made once for all benches that want it.
#[derive(Default)]
pub struct Ground(OnceCell<TempDir>);

impl Ground {
    /// The data folder of the demonstration's municipality, on SQLite.
    pub fn town(&self) -> Result<&Path, Error> {
        if self.0.get().is_none() {
            let _ = self.0.set(town(None)?);
        }
        Ok(self.0.get().ok_or("it was just made")?.path())
    }
}

/// A data folder filled by `opslag demo`: units, people, a dozen ads with pictures, 300 applications with files.
pub fn town(database: Option<&str>) -> Result<TempDir, Error> {
    let folder = tempfile::tempdir()?;
    let mut demo = opslag(folder.path());
    demo.args(["demo", "--listen", "127.0.0.1:0"]);
    if let Some(url) = database {
        demo.env("OPSLAG__DATABASE__URL", url);
    }
    let mut process = Process::start(&mut demo)?;
    process.line_with("Everybody's password")?;
    Ok(folder)
}

/// `opslag`, which quietly uses this data folder.
fn opslag(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opslag"));
    command.env("OPSLAG__LOG__FILTER", "error").arg("--data").arg(data);
    command
}

/// A process that is told to stop when this is dropped.
struct Process {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
}

impl Process {
    fn start(command: &mut Command) -> Result<Self, Error> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let said = BufReader::new(child.stdout.take().ok_or("it is piped")?);
        Ok(Self { child, said })
    }
    /// Reads what it prints as far as a line with these words.
    fn line_with(&mut self, words: &str) -> Result<String, Error> {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            if self.said.read_line(&mut line)? == 0 {
                return Err("opslag ended before it was ready; its own words are above".into());
            }
        }
        Ok(line)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let _ = self.child.wait();
    }
}

/// `opslag serve`.
pub struct Service {
    process: Process,
    /// `127.0.0.1:port`
    pub address: String,
}

impl Service {
    /// Starts it over a data folder; returns when it listens.
    pub fn start(data: &Path) -> Result<Self, Error> {
        let mut process = Process::start(opslag(data).args(["serve", "--listen", "127.0.0.1:0"]))?;
        let line = process.line_with("http://")?;
        let (_, address) = line.trim().split_once("http://").ok_or("no address")?;
        Ok(Self { address: address.to_owned(), process })
    }
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
    pub fn pid(&self) -> u32 {
        self.process.child.id()
    }
    /// A whole answer, head and body, over a connection of its own.
    pub fn get(&self, path: &str) -> Result<String, Error> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        if !answer.starts_with("HTTP/1.1 200") {
            return Err(format!("{path}: {}", answer.lines().next().unwrap_or_default()).into());
        }
        Ok(answer)
    }
    /// The address of an ad on the careers site.
    pub fn an_ad(&self) -> Result<String, Error> {
        let list = self.get("/")?;
        let ad = list.split("href=\"").skip(1).filter_map(|p| p.split('"').next());
        Ok(ad.into_iter().find(|h| h.starts_with("/job/")).ok_or("no ad on the list")?.to_owned())
    }
}

/// User and system time a process and its direct children have used, seconds.
pub fn cpu_seconds(pid: u32) -> f64 {
    let own = |pid: &str| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let after = stat.rsplit(')').next().unwrap_or_default().to_owned();
        let ticks: f64 =
            after.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<f64>().ok()).sum();
        // the kernel counts in hundredths for everyone who asks, whatever it does inside
        ticks / 100.0
    };
    let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    own(&pid.to_string()) + children.split_whitespace().map(own).sum::<f64>()
}

/// Resident memory of a process, MB of a million bytes.
#[derive(Clone, Copy)]
pub struct Memory {
    /// Everything resident.
    pub all: f64,
    /// Without pages of files (program, index), which the system can take back at any time: `Anonymous`.
    pub own: f64,
}

impl Memory {
    /// From `/proc/PID/smaps_rollup`.
    pub fn of(pid: u32) -> Result<Self, Error> {
        let rollup = std::fs::read_to_string(PathBuf::from(format!("/proc/{pid}/smaps_rollup")))?;
        let of = |name: &str| -> Result<f64, Error> {
            let line = rollup.lines().find_map(|l| l.strip_prefix(name)).ok_or("another kind of rollup")?;
            Ok(line.split_whitespace().next().unwrap_or_default().parse::<f64>()? * 1024.0 / 1e6)
        };
        Ok(Self { all: of("Rss:")?, own: of("Anonymous:")? })
    }
    pub fn said(self) -> String {
        format!("{:.0} MB of its own, {:.0} MB with the files mapped in it", self.own, self.all)
    }
}

/// Waits while a process settles.
pub fn rest(seconds: u64) {
    std::thread::sleep(Duration::from_secs(seconds));
}

/// Whether a command is installed; says so when it is not.
pub fn there(command: &str, arguments: &[&str]) -> bool {
    let found =
        Command::new(command).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        say(&format!(
            "  {command} is not installed, so there is no ratio; as root, tests/peers/install bench installs it"
        ));
    }
    found
}
