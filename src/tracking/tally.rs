//! Visits waiting in memory to be added to their hour's bucket, so that a page view is no write. A
//! crash loses at most the last seconds of visits; applications are never counted here.

use std::{
    collections::{HashMap, HashSet},
    mem,
    net::IpAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use moka::sync::Cache;

use sha2::{Digest, Sha256};

use super::store::{self, Added};
use crate::{
    base::{
        Chance, Instant,
        id::{LinkId, PostingId},
        text,
    },
    db::{Db, DbError},
    postings,
    web::Fault,
};

/// Counts visits. Cheap to clone.
#[derive(Clone)]
pub struct Visits(Arc<Mutex<Waiting>>, Cache<(String, String), Option<Place>>);

/// Where a visit belongs.
type Place = (PostingId, Option<LinkId>);

impl Default for Visits {
    fn default() -> Self {
        // an address leads to the same ad for good; new links are known at their first visit
        let known = Cache::builder().max_capacity(10_000).time_to_live(Duration::from_secs(60)).build();
        Self(Arc::default(), known)
    }
}

#[derive(Default)]
struct Waiting {
    buckets: HashMap<(PostingId, Option<LinkId>, Instant), Added>,
    /// Day number, its salt, and who was seen. Gone with the day: yesterday's visitors cannot be told.
    day: i64,
    salt: [u8; 32],
    seen: HashSet<[u8; 8]>,
}

/// More distinct visitors a day than this are counted as hits only.
const SEEN_MAX: usize = 500_000;

impl Visits {
    /// Somebody followed a link.
    pub fn hit(
        &self,
        posting: PostingId,
        link: LinkId,
        from: IpAddr,
        user_agent: &str,
        now: Instant,
        chance: &Chance,
    ) {
        let mut waiting = self.0.lock().expect("no one panics while counting");
        let day = now.seconds().div_euclid(86_400);
        if waiting.day != day {
            waiting.day = day;
            chance.fill(&mut waiting.salt);
            waiting.seen.clear();
        }
        let mut hash = Sha256::new();
        hash.update(waiting.salt);
        hash.update(link.to_string());
        hash.update(truncated(from));
        hash.update(user_agent);
        let mut short = [0u8; 8];
        short.copy_from_slice(&hash.finalize()[..8]);
        let first = waiting.seen.len() < SEEN_MAX && waiting.seen.insert(short);
        let bucket = waiting.buckets.entry((posting, Some(link), now.hour())).or_default();
        bucket.hits += 1;
        bucket.uniques += i64::from(first);
    }

    /// Somebody saw the ad at this address, by way of this token or none.
    pub async fn landed(&self, db: &Db, slug: &str, token: &str, now: Instant) -> Result<(), Fault> {
        let key = (text::shorten(slug, 120), text::shorten(token, 20));
        let place = match self.1.get(&key) {
            Some(place) => place,
            None => {
                let (slug, token) = key.clone();
                let found = db
                    .read(move |c| {
                        let Some(posting) = postings::id_of(c, &slug)? else { return Ok(None) };
                        Ok::<_, DbError>(Some((posting, store::touch_of(c, posting, &token)?.link)))
                    })
                    .await?;
                self.1.insert(key, found);
                found
            }
        };
        if let Some((posting, link)) = place {
            self.bucket(posting, link, now, |b| b.landings += 1);
        }
        Ok(())
    }

    /// Somebody opened the form.
    pub fn begun(&self, posting: PostingId, link: Option<LinkId>, now: Instant) {
        self.bucket(posting, link, now, |b| b.begun += 1);
    }

    fn bucket(&self, posting: PostingId, link: Option<LinkId>, now: Instant, add: impl FnOnce(&mut Added)) {
        let mut waiting = self.0.lock().expect("no one panics while counting");
        add(waiting.buckets.entry((posting, link, now.hour())).or_default());
    }

    /// Writes what waits; called every second and at the end.
    pub async fn flush(&self, db: &Db) -> Result<(), DbError> {
        let buckets = mem::take(&mut self.0.lock().expect("no one panics while counting").buckets);
        if buckets.is_empty() {
            return Ok(());
        }
        let written = buckets.clone();
        let result = db
            .write(move |c| {
                for ((posting, link, hour), added) in written {
                    store::add(c, posting, link, hour, added)?;
                }
                Ok::<_, DbError>(())
            })
            .await;
        if result.is_err() {
            // back they go; the next flush tries again
            let mut waiting = self.0.lock().expect("no one panics while counting");
            for (key, added) in buckets {
                let bucket = waiting.buckets.entry(key).or_default();
                bucket.hits += added.hits;
                bucket.uniques += added.uniques;
                bucket.landings += added.landings;
                bucket.begun += added.begun;
            }
        }
        result
    }
}

/// /24 of IPv4, /48 of IPv6: enough to tell visitors apart for a day, too little to be somebody.
fn truncated(ip: IpAddr) -> [u8; 6] {
    match ip {
        IpAddr::V4(v4) => {
            let o = v4.octets();
            [4, o[0], o[1], o[2], 0, 0]
        }
        IpAddr::V6(v6) => {
            let o = v6.octets();
            [o[0], o[1], o[2], o[3], o[4], o[5]]
        }
    }
}
