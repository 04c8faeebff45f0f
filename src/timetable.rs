//! Every job registered once, every clock in one place, and the parts (search index, channels) that
//! jobs and pages are given by type.

use std::{sync::Arc, time::Duration};

use actix_web::web::{Data, ServiceConfig};
use tokio::{sync::watch, task::JoinHandle};

use crate::{
    accounts, answers,
    applications::{self, jobs::Namers, papers::Reader},
    assessment,
    base::Instant,
    channels::{self, Channels},
    db::{Conn, DbError},
    interviews,
    kit::Kit,
    media, postings, publishing,
    queue::{self, Register, Runner, pulse::Pulse},
    retention, search, support, tracking,
};

/// What is assembled once and handed to pages and jobs.
#[derive(Clone)]
pub struct Parts {
    /// Finds applications.
    pub search: Arc<search::Index>,
    /// Visits waiting to be written.
    pub visits: tracking::Visits,
    /// Every channel that can be sent to.
    pub channels: Channels,
    /// Finished pages of the careers site.
    pub shelf: postings::Shelf,
    /// Takes the text out of applicants' files.
    pub papers: Reader,
}

impl Parts {
    /// Opens them.
    pub fn open(kit: &Kit) -> anyhow::Result<Self> {
        let search = Arc::new(search::Index::open(&search_folder(kit))?);
        Ok(Self {
            search,
            visits: tracking::Visits::default(),
            channels: Channels::real(kit),
            shelf: postings::Shelf::default(),
            papers: Reader::of_this_program(),
        })
    }

    /// Gives them to the pages.
    pub fn provide(&self, app: &mut ServiceConfig) {
        app.app_data(Data::new(self.search.clone()));
        app.app_data(Data::new(self.visits.clone()));
        app.app_data(Data::new(self.channels.clone()));
        app.app_data(Data::new(self.shelf.clone()));
    }
}

/// Whose rows may name a kept file.
pub const NAMERS: Namers =
    Namers(&[applications::known_blobs, media::needed_files, publishing::needed_files]);

/// Where the search index lies; it can be deleted at any time.
pub fn search_folder(kit: &Kit) -> std::path::PathBuf {
    kit.config.data.join("index")
}

/// Every kind of job.
pub fn register(kit: &Kit, parts: &Parts) -> Register {
    let mut register = Register::default();
    register.add::<accounts::jobs::SendPasswordLink>(kit.clone());
    register.add::<accounts::jobs::ForgetAnswers>(kit.clone());
    let channels = channels::jobs::Needs { kit: kit.clone(), channels: parts.channels.clone() };
    register.add::<channels::jobs::Look>(channels.clone());
    register.add::<channels::jobs::Revoke>(channels.clone());
    register.add::<channels::jobs::TellLost>(channels.clone());
    register.add::<publishing::measure::Measure>(channels.clone());
    register.add::<publishing::preflight_jobs::Preflight>(channels.clone());
    register.add::<publishing::preflight_jobs::TellAhead>(kit.clone());
    register.add::<publishing::jobs::FindAddress>(channels);
    register.add::<publishing::jobs::TellPerson>(kit.clone());
    register.add::<publishing::series::LaySeries>(kit.clone());
    register.add::<publishing::evergreen::FillSlots>(kit.clone());
    register.add::<publishing::endings::TellEndings>(kit.clone());
    register.add::<publishing::digest_jobs::SendDigests>(kit.clone());
    register.add::<publishing::digest_jobs::SendDigest>(kit.clone());
    register.add::<publishing::approval_jobs::TellApprovers>(kit.clone());
    register.add::<publishing::approval_jobs::TellAuthor>(kit.clone());
    register.add::<publishing::guest_jobs::SendGuestLink>(kit.clone());
    register.add::<publishing::comment_jobs::TellComment>(kit.clone());
    register.add::<publishing::correct_jobs::TellCorrection>(kit.clone());
    register.add::<publishing::jobs::WriteToHolder>(kit.clone());
    register.add::<publishing::breaker::TellStopped>(kit.clone());
    register.add::<applications::jobs::SendReceipt>(kit.clone());
    register.add::<applications::jobs::TellReposted>(kit.clone());
    register.add::<applications::jobs::ExtractText>((kit.clone(), parts.papers.clone()));
    register.add::<applications::jobs::ForgetBlobs>((kit.clone(), NAMERS));
    register.add::<applications::jobs::Sweep>((kit.clone(), NAMERS));
    let erasing =
        retention::erase::Needs { kit: kit.clone(), index: Some(parts.search.clone()), namers: NAMERS };
    register.add::<retention::jobs::Night>(erasing.clone());
    register.add::<retention::jobs::Prove>(erasing);
    register.add::<answers::jobs::SendBatch>(kit.clone());
    register.add::<answers::jobs::SendLetter>(kit.clone());
    register.add::<answers::jobs::ConfirmWithdrawn>(kit.clone());
    register.add::<assessment::jobs::SettlePanels>(kit.clone());
    register.add::<interviews::jobs::SendLetter>(kit.clone());
    register.add::<interviews::jobs::Keep>(kit.clone());
    register.add::<support::jobs::TellAsker>(kit.clone());
    register.add::<support::jobs::TellQueue>(kit.clone());
    register.add::<postings::jobs::PassDeadline>(kit.clone());
    register.add::<media::jobs::Prepare>(kit.clone());
    register.add::<media::jobs::ForgetUploads>(kit.clone());
    register.add::<media::burn::Burn>(kit.clone());
    register.add::<media::people::jobs::SendConsentLink>(kit.clone());
    register.add::<media::people::jobs::TellConsentEnds>(kit.clone());
    register
}

/// A runner over every kind of job.
pub fn runner(kit: &Kit, parts: &Parts) -> Runner {
    Runner::new(
        kit.db.clone(),
        kit.clock.clone(),
        kit.chance.clone(),
        register(kit, parts),
        kit.config.work.lanes,
        Duration::from_millis(kit.config.work.tick_ms),
    )
}

/// Starts everything that runs without anyone watching; each ends when `stopped` turns true.
pub fn start(kit: &Kit, parts: &Parts, stopped: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    vec![
        tokio::spawn(runner(kit, parts).run(stopped.clone())),
        tokio::spawn(every_minute(kit.clone(), stopped.clone())),
        tokio::spawn(publishing::jobs::run(kit.clone(), parts.channels.clone(), stopped.clone())),
    ]
}

/// How often the clock is looked at.
const GLANCE: Duration = Duration::from_secs(10);

/// Enqueues what comes round every minute, and what comes round every hour.
async fn every_minute(kit: Kit, mut stopped: watch::Receiver<bool>) {
    let (mut minute, mut hour) = (None, None);
    let mut pulse = Pulse::of("clock");
    while !*stopped.borrow() {
        let now = kit.clock.now();
        pulse.beat(&kit.db, now).await;
        if minute.replace(now.seconds() / 60) != Some(now.seconds() / 60) {
            let new_hour = hour.replace(now.hour()) != Some(now.hour());
            let k = kit.clone();
            if let Err(error) = kit.db.write(move |c| come_round(c, &k, now, new_hour)).await {
                tracing::error!(%error, "what comes round every minute could not be enqueued");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(GLANCE) => {}
            _ = stopped.changed() => {}
        }
    }
}

fn come_round(c: &mut Conn, kit: &Kit, now: Instant, new_hour: bool) -> Result<(), DbError> {
    let chance = &kit.chance;
    if new_hour {
        queue::changes::forget(c, now)?;
        queue::enqueue(c, &applications::jobs::Sweep {}, now, now, chance)?;
        queue::enqueue(c, &media::jobs::ForgetUploads {}, now, now, chance)?;
        queue::enqueue(c, &accounts::jobs::ForgetAnswers {}, now, now, chance)?;
        queue::enqueue(c, &media::people::jobs::TellConsentEnds {}, now, now, chance)?;
        queue::enqueue(c, &support::jobs::TellQueue {}, now, now, chance)?;
        queue::enqueue(c, &publishing::endings::TellEndings {}, now, now, chance)?;
        queue::enqueue(c, &publishing::digest_jobs::SendDigests {}, now, now, chance)?;
        queue::enqueue(c, &publishing::series::LaySeries {}, now, now, chance)?;
        retention::jobs::when_night(c, now, kit.config.delivery.zone, chance)?;
    }
    queue::enqueue(c, &answers::jobs::ConfirmWithdrawn {}, now, now, chance)?;
    queue::enqueue(c, &assessment::jobs::SettlePanels {}, now, now, chance)?;
    queue::enqueue(c, &interviews::jobs::Keep {}, now, now, chance)?;
    queue::enqueue(c, &publishing::evergreen::FillSlots {}, now, now, chance)?;
    queue::enqueue(c, &publishing::preflight_jobs::Preflight {}, now, now, chance)?;
    queue::enqueue(c, &postings::jobs::PassDeadline { posting: None }, now, now, chance)
}

/// Writes what the pages have counted, once a second; runs wherever pages are served.
pub async fn write_visits(kit: Kit, visits: tracking::Visits, mut stopped: watch::Receiver<bool>) {
    loop {
        let last = *stopped.borrow();
        if let Err(error) = visits.flush(&kit.db).await {
            tracing::error!(%error, "visits could not be written; they wait");
        }
        if last {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = stopped.changed() => {}
        }
    }
}
