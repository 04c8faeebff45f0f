//! Processes of this program over a test's data folder, that die at a named point (SIGKILL, as a power cut would).

use std::{
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use opslag::base::fault::Point;

use super::TestApp;

/// A number from the environment.
pub fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// Writes a configuration file for such processes: as the test's own, and what `more` says.
pub fn config_file(app: &TestApp, more: &str) -> PathBuf {
    let config = &app.kit.config;
    let path = config.data.join("crash.toml");
    let proxies: Vec<_> = config.server.trusted_proxies.iter().map(ToString::to_string).collect();
    let text = format!(
        "[server]\npublic_url = {:?}\ntrusted_proxies = {:?}\n[database]\nurl = {:?}\n[privacy]\ncontroller = {:?}\ndpo = {:?}\n\
         [work]\ntick_ms = 20\n[log]\nfilter = \"error\"\n{more}",
        config.server.public_url, proxies, config.database.url, config.privacy.controller, config.privacy.dpo,
    );
    std::fs::write(&path, text).unwrap();
    path
}

/// How often something is tried again and again: as the environment says, else `usual` times; on PostgreSQL, on which a run
/// of all tests repeats what SQLite has shown, a third of it.
pub fn rounds(name: &str, usual: u64) -> u64 {
    let here = if std::env::var_os("OPSLAG_TEST_DATABASE").is_some() { usual.div_ceil(3) } else { usual };
    number(name, here)
}

/// Starts one that dies the `n`th time it comes by `point`. Its standard output is piped.
pub fn process(app: &TestApp, config: &Path, command: &[&str], point: Point, n: u64) -> Child {
    Command::new(env!("CARGO_BIN_EXE_opslag"))
        .args(["--data".as_ref(), app.kit.config.data.as_os_str()])
        .args(["--config".as_ref(), config.as_os_str()])
        .args(command)
        .env("OPSLAG_FAULT", format!("{}:{n}", point.name()))
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// The most memory a process that runs has held so far, in bytes.
pub fn peak(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// Waits until it has died; the signal it died of. One that lives longer than a minute is ended, and `None`.
pub async fn died(mut child: Child) -> Option<i32> {
    let waiting = tokio::task::spawn_blocking(move || {
        let until = Instant::now() + Duration::from_secs(60);
        while Instant::now() < until {
            if let Some(status) = child.try_wait().unwrap() {
                return status.signal();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = child.kill();
        let _ = child.wait();
        None
    });
    waiting.await.unwrap()
}
