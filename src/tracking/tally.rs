//! Visits waiting in memory to be added to their hour's bucket, so that a page view is no write and asks the database
//! nothing. A crash loses at most the last seconds of visits; applications are never counted here.

use std::{
    collections::{HashMap, HashSet},
    mem,
    net::IpAddr,
    sync::{Arc, Mutex},
};

use sha2::{Digest, Sha256};

use super::store::{self, Added};
use crate::{
    base::{
        Chance, Instant, Subject,
        id::{LinkId, PostingId},
    },
    db::{Conn, Db, DbError},
    postings, stories,
};

/// Counts visits. Cheap to clone.
#[derive(Clone, Default)]
pub struct Visits {
    waiting: Arc<Mutex<Waiting>>,
    /// Whoever writes what waited: a second one is done only when the first is.
    writing: Arc<tokio::sync::Mutex<()>>,
}

type Buckets = HashMap<(Subject, Option<LinkId>, Instant), Added>;
/// How often an ad or story was seen: by hour, by its address, by the token in it. Whose they are is looked up
/// when they are written.
type Landings = HashMap<Instant, HashMap<String, HashMap<String, i64>>>;

#[derive(Default)]
struct Waiting {
    buckets: Buckets,
    landings: Landings,
    /// Day number, its salt, and who was seen. Gone with the day: yesterday's visitors cannot be told.
    day: i64,
    salt: [u8; 32],
    seen: HashSet<[u8; 8]>,
}

/// More distinct visitors a day than this are counted as hits only.
const SEEN_MAX: usize = 500_000;
/// No token is longer.
const TOKEN_LONGEST: usize = 16;
/// More different tokens of one ad between two writings are made up, and counted as none.
const TOKENS_MAX: usize = 1_000;

impl Visits {
    /// Somebody followed a link.
    pub fn hit(
        &self,
        subject: Subject,
        link: LinkId,
        from: IpAddr,
        user_agent: &str,
        now: Instant,
        chance: &Chance,
    ) {
        let mut waiting = self.waiting.lock().expect("no one panics while counting");
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
        let bucket = waiting.buckets.entry((subject, Some(link), now.hour())).or_default();
        bucket.hits += 1;
        bucket.uniques += i64::from(first);
    }

    /// Somebody saw what lies at this address (`/job/…`, `/historier/…`), by way of this token or none.
    pub fn landed(&self, path: &str, token: &str, now: Instant) {
        let mut waiting = self.waiting.lock().expect("no one panics while counting");
        let tokens = entry(waiting.landings.entry(now.hour()).or_default(), path);
        let token = if tokens.len() < TOKENS_MAX && token.len() <= TOKEN_LONGEST { token } else { "" };
        *entry(tokens, token) += 1;
    }

    /// Somebody opened the form.
    pub fn begun(&self, posting: PostingId, link: Option<LinkId>, now: Instant) {
        let mut waiting = self.waiting.lock().expect("no one panics while counting");
        waiting.buckets.entry((posting.into(), link, now.hour())).or_default().begun += 1;
    }

    /// Writes what waits; called every second and at the end.
    pub async fn flush(&self, db: &Db) -> Result<(), DbError> {
        let _writing = self.writing.lock().await;
        let (buckets, landings) = {
            let mut waiting = self.waiting.lock().expect("no one panics while counting");
            (mem::take(&mut waiting.buckets), mem::take(&mut waiting.landings))
        };
        if buckets.is_empty() && landings.is_empty() {
            return Ok(());
        }
        let (all, seen) = (buckets.clone(), landings.clone());
        let result = db
            .write(move |c| {
                for ((subject, link, hour), added) in with_landings(c, all, seen)? {
                    store::add(c, subject, link, hour, added)?;
                }
                Ok::<_, DbError>(())
            })
            .await;
        if result.is_err() {
            // back they go; the next flush tries again
            let mut waiting = self.waiting.lock().expect("no one panics while counting");
            for (key, added) in buckets {
                let bucket = waiting.buckets.entry(key).or_default();
                bucket.hits += added.hits;
                bucket.uniques += added.uniques;
                bucket.landings += added.landings;
                bucket.begun += added.begun;
            }
            for (hour, paths) in landings {
                for (path, tokens) in paths {
                    for (token, n) in tokens {
                        let paths = waiting.landings.entry(hour).or_default();
                        *entry(entry(paths, &path), &token) += n;
                    }
                }
            }
        }
        result
    }
}

/// Adds landings to the buckets they belong to; an address that leads nowhere any more counts nothing.
fn with_landings(conn: &mut Conn, mut buckets: Buckets, landings: Landings) -> Result<Buckets, DbError> {
    for (hour, paths) in landings {
        for (path, tokens) in paths {
            let Some(subject) = at(conn, &path)? else { continue };
            for (token, n) in tokens {
                let link = match subject {
                    Subject::Posting(posting) => store::touch_of(conn, posting, &token)?.link,
                    Subject::Story(story) => {
                        store::link(conn, &token)?.filter(|l| l.story_id == Some(story)).map(|l| l.id)
                    }
                };
                buckets.entry((subject, link, hour)).or_default().landings += n;
            }
        }
    }
    Ok(buckets)
}

/// What lies at a public address.
fn at(conn: &mut Conn, path: &str) -> Result<Option<Subject>, DbError> {
    if let Some(slug) = path.strip_prefix("/job/") {
        return Ok(postings::id_of(conn, slug)?.map(Subject::Posting));
    }
    match path.strip_prefix("/historier/") {
        Some(slug) => Ok(stories::id_of(conn, slug)?.map(Subject::Story)),
        None => Ok(None),
    }
}

/// The value under `key`, made when there is none; the key is copied only then.
fn entry<'m, V: Default>(map: &'m mut HashMap<String, V>, key: &str) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), V::default());
    }
    map.get_mut(key).expect("it was just put there")
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
