//! How long from starting the program over a data folder that exists until a reader has the first page, and what memory
//! it holds when nothing happens. The files are in the system's cache, the process is new each time.

use std::time::Instant;

use crate::ground::{Error, Figures, Ground, Memory, Service, rest, say};

/// Starts that are measured.
const STARTS: usize = 9;
/// Seconds after which it has settled.
const SETTLED: u64 = 15;

pub fn run(ground: &Ground) -> Result<(), Error> {
    let data = ground.town()?;
    let ad = Service::start(data)?.an_ad()?;
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let begun = Instant::now();
        let service = Service::start(data)?;
        service.get(&ad)?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    let times = Figures::of(times);
    say(&format!(
        "start: from the program's start until an ad's page is read, {STARTS} times\n  median {:.0} ms, slowest {:.0} ms",
        times.median(),
        times.at(1.0)
    ));
    let service = Service::start(data)?;
    service.get(&ad)?;
    rest(SETTLED);
    say(&format!("  idle after {SETTLED} s: {}", Memory::of(service.pid())?.said()));
    Ok(())
}
