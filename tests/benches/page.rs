//! An ad's public page: `opslag serve` against nginx that serves the same bytes as a file, plain and gzipped (nginx from a
//! `.gz` beside the file). One after the other in turns, each on one core of its own with the load (`wrk`) on the
//! others, over the same kept-alive connections, as a browser asks; visits are counted meanwhile.

use std::process::{Command, Stdio};

use crate::{
    ground::{Error, Figures, Ground, Service, cpu_seconds, say, setting, there},
    peers::Peer,
};

const TURNS: usize = 5;
const CONNECTIONS: &str = "32";
const BROWSER: &str = "user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

pub fn run(ground: &Ground) -> Result<(), Error> {
    let seconds = setting("OPSLAG_BENCH_SECONDS", 3);
    say(&format!(
        "page: an ad's page, {TURNS} turns of {seconds} s each over {CONNECTIONS} kept connections, medians"
    ));
    if !there("wrk", &["-v"]) || !there("taskset", &["-V"]) || !there("curl", &["-V"]) {
        return Ok(());
    }
    let data = ground.town()?;
    let cores = std::thread::available_parallelism()?.get();
    if cores < 2 {
        return Err("one core is too few: the load needs its own".into());
    }
    let all = format!("0-{}", cores - 1);
    // what is started from here runs on the first core only
    pin("0")?;
    let folder = tempfile::tempdir()?;
    let served = Service::start(data).and_then(|ours| {
        let ad = ours.an_ad()?;
        Ok((ours, ad))
    });
    let theirs = Peer::start("nginx", &[&folder.path().to_string_lossy(), "1"]);
    pin(&all)?;
    let (ours, ad) = served?;
    let load = if cores == 2 { "1".to_owned() } else { format!("1-{}", cores - 1) };
    let pids = [ours.pid(), theirs.get("PID").parse()?];
    for coding in ["identity", "gzip"] {
        let urls = [format!("{}{ad}", ours.url()), format!("{}/{coding}.html", theirs.url())];
        for (name, coding) in [(format!("{coding}.html"), "identity"), (format!("{coding}.html.gz"), "gzip")]
        {
            std::fs::write(folder.path().join(name), fetched(&urls[0], coding)?)?;
        }
        let bytes = fetched(&urls[0], coding)?.len();
        let theirs = fetched(&urls[1], coding)?.len();
        if theirs != bytes {
            return Err(format!("{coding}: {bytes} bytes here and {theirs} there").into());
        }
        let mut rates = [Vec::new(), Vec::new()];
        let mut costs = [Vec::new(), Vec::new()];
        for turn in 0..=TURNS {
            for side in 0..2 {
                let before = cpu_seconds(pids[side]);
                let (asked, rate) = load_on(&urls[side], coding, seconds, &load)?;
                let used = cpu_seconds(pids[side]) - before;
                // the first turn warms up
                if turn > 0 {
                    rates[side].push(rate);
                    costs[side].push(used / asked * 1e6);
                }
            }
        }
        let [ours, theirs] = rates.map(|r| Figures::of(r).median());
        let [cost, cost_theirs] = costs.map(|c| Figures::of(c).median());
        say(&format!(
            "  {:<20} opslag {ours:>6.0}/s, {cost:>4.1} µs of CPU each   nginx {theirs:>6.0}/s, {cost_theirs:>4.1} µs   \
             ratio {:.2} (by CPU {:.2})",
            format!("{coding}, {bytes} bytes"),
            ours / theirs,
            cost_theirs / cost,
        ));
    }
    Ok(())
}

/// Lets this process and those it starts run on these cores.
fn pin(cores: &str) -> Result<(), Error> {
    let own = std::process::id().to_string();
    let done =
        Command::new("taskset").args(["-a", "-c", "-p", cores, &own]).stdout(Stdio::null()).status()?;
    if done.success() { Ok(()) } else { Err("taskset could not choose the cores".into()) }
}

/// The body as it comes over the wire in this coding.
fn fetched(url: &str, coding: &str) -> Result<Vec<u8>, Error> {
    let accept = format!("accept-encoding: {coding}");
    let done = Command::new("curl").args(["-sSf", "-H", &accept, url]).output()?;
    if done.status.success() { Ok(done.stdout) } else { Err(format!("{url} cannot be read").into()) }
}

/// How many were answered, and how many a second.
fn load_on(url: &str, coding: &str, seconds: u64, cores: &str) -> Result<(f64, f64), Error> {
    let done = Command::new("taskset")
        .args(["-c", cores, "wrk", "-t1", "-c", CONNECTIONS, "-d", &format!("{seconds}s"), "-H", BROWSER])
        .args(["-H", &format!("accept-encoding: {coding}"), url])
        .output()?;
    let said = String::from_utf8(done.stdout)?;
    if !done.status.success() || said.contains("Non-2xx") || said.contains("Socket errors") {
        return Err(format!("{url} did not answer as it should:\n{said}").into());
    }
    let asked =
        said.split(" requests in ").next().and_then(|s| s.split_whitespace().last()).unwrap_or_default();
    let rate =
        said.split("Requests/sec:").nth(1).and_then(|s| s.split_whitespace().next()).unwrap_or_default();
    Ok((asked.parse()?, rate.parse()?))
}
