//! The pages on which a panel works, whole requests to `opslag serve` through HTTP: 60 postings with 100 applications each,
//! one with 500 and one with 2000. The board and the list of both, all postings of a recruiter on one page, one application.
//! Then a second municipality with ten times as many postings of the same size and the same one with 500: the pages of
//! that posting are not to notice.
//!
//! `OPSLAG_BENCH_QUESTIONS` sets how often each page is asked for.

use opslag::base::id::PostingId;
use reqwest::Client;

use crate::{
    filled::{Filled, asked, filled, logged_in},
    ground::{Error, Figures, Ground, Memory, Service, say, setting},
    texts::{Dice, Texts},
};

/// Applications to an ordinary posting.
const ORDINARY: u64 = 100;
/// To one that many want.
const MANY: u64 = 500;
/// To one that everybody wants.
const MOST: u64 = 2000;

pub fn run(_: &Ground) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let small = measure(60).await?;
        let large = measure(600).await?;
        for ((name, before), (_, after)) in small.iter().zip(&large).take(4) {
            say(&format!("  {name}, 600 postings against 60: {:.2} times the median", after / before));
        }
        Ok(())
    })
}

/// A town with so many ordinary postings; the median of each page, milliseconds.
async fn measure(ordinary: u64) -> Result<Vec<(&'static str, f64)>, Error> {
    let count = setting("OPSLAG_BENCH_QUESTIONS", 60);
    let n = ordinary * ORDINARY + MANY + MOST;
    let folder = tempfile::tempdir()?;
    say(&format!("overview: {n} applications to {} postings", ordinary + 2));
    let to = |i: u64, _: &mut Dice| usize::try_from(posting_of(i, ordinary)).expect("few postings");
    let texts = Texts::new();
    let town = filled(folder.path(), &texts, usize::try_from(ordinary)? + 2, n, to).await?;
    let service = Service::start(folder.path())?;
    let (client, cookie) = logged_in(&service.url()).await?;
    let mut medians = Vec::new();
    say("  milliseconds p50 / p99, bytes of the page, bytes over the line");
    for (name, paths) in pages(&town, ordinary) {
        let (mut times, mut sizes) = (Vec::new(), (0, 0));
        for round in 0..2 {
            for i in 0..count {
                let path = &paths[usize::try_from(i)? % paths.len()];
                let url = format!("{}{path}", service.url());
                let (took, packed) = asked(&client, &url, &cookie, true).await?;
                if round == 1 {
                    times.push(took);
                    sizes.1 = packed;
                }
            }
        }
        sizes.0 = whole(&client, &format!("{}{}", service.url(), paths[0]), &cookie).await?;
        let figures = Figures::of(times);
        say(&format!(
            "  {name:36} {:7.1} / {:7.1}   {:8} {:8}",
            figures.median(),
            figures.at(0.99),
            sizes.0,
            sizes.1
        ));
        medians.push((name, figures.median()));
    }
    say(&format!("  memory of the service after it: {}", Memory::of(service.pid())?.said()));
    Ok(medians)
}

async fn whole(client: &Client, url: &str, cookie: &str) -> Result<usize, Error> {
    Ok(asked(client, url, cookie, false).await?.1)
}

/// The first postings are the ordinary ones, then the one with many, then the one with most.
const fn posting_of(application: u64, ordinary: u64) -> u64 {
    let (of_ordinary, of_many) = (ordinary * ORDINARY, MANY);
    if application < of_ordinary {
        application % ordinary
    } else if application < of_ordinary + of_many {
        ordinary
    } else {
        ordinary + 1
    }
}

fn pages(town: &Filled, ordinary: u64) -> Vec<(&'static str, Vec<String>)> {
    let at = |i: u64| -> PostingId { town.postings[usize::try_from(i).expect("few postings")] };
    let (many, most) = (at(ordinary), at(ordinary + 1));
    // the last ones are of the posting with most, those before them of the one with many
    let opened = |from: usize| -> Vec<String> {
        let all = &town.applications;
        all[all.len() - from..].iter().step_by(7).take(60).map(|id| format!("/ansoegninger/{id}")).collect()
    };
    let (m, o) = (usize::try_from(MANY).expect("few"), usize::try_from(MOST).expect("few"));
    vec![
        ("the board of 500", vec![format!("/jobopslag/{many}/tavle")]),
        ("the list of 500", vec![format!("/jobopslag/{many}/ansoegere")]),
        ("an application of 500, opened", opened(m + o)),
        ("the posting with 500", vec![format!("/jobopslag/{many}")]),
        ("the board of 2000", vec![format!("/jobopslag/{most}/tavle")]),
        ("the list of 2000", vec![format!("/jobopslag/{most}/ansoegere")]),
        ("an application of 2000, opened", opened(o)),
        ("all postings of a recruiter", vec!["/ansoegere".to_owned()]),
    ]
}
