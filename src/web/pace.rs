//! Rate limits for doors open to the world (ASVS 2.4.1): log-in, applying, magic links, uploads, search.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

use actix_web::HttpRequest;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::Fault;
use crate::config::Config;

/// A door with its own limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Trying a password: 10 at once, then 10 a minute.
    LogIn,
    /// Sending an application or its files: 30 at once, then 30 a minute.
    Apply,
    /// Opening a magic link: 60 a minute.
    Link,
}

/// All doors. Cheap to clone.
#[derive(Clone)]
pub struct Pace(Arc<[DefaultKeyedRateLimiter<IpAddr>; 3]>);

impl Default for Pace {
    fn default() -> Self {
        let per_minute =
            |n| RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(n).expect("limits are above zero")));
        Self(Arc::new([per_minute(10), per_minute(30), per_minute(60)]))
    }
}

impl Pace {
    /// Lets a request through the door, or says when to come back.
    pub fn pass(&self, door: Door, from: IpAddr) -> Result<(), Fault> {
        let limiter = &self.0[door as usize];
        if limiter.len() > 50_000 {
            limiter.retain_recent();
        }
        limiter.check_key(&network(from)).map_err(|_| Fault::TooMany(60))
    }
}

/// Who asks: the peer, or what a trusted proxy says of it.
pub fn visitor(req: &HttpRequest, config: &Config) -> IpAddr {
    let peer = req.peer_addr().map_or(IpAddr::from([127, 0, 0, 1]), |a| a.ip());
    if !config.server.trusted_proxies.contains(&peer) {
        return peer;
    }
    let header = req.headers().get("x-forwarded-for").and_then(|h| h.to_str().ok()).unwrap_or_default();
    // the last address that is no proxy of ours; earlier ones are whatever the visitor wrote
    header
        .rsplit(',')
        .filter_map(|a| a.trim().parse().ok())
        .find(|a| !config.server.trusted_proxies.contains(a))
        .unwrap_or(peer)
}

/// One household for a limit: an IPv4 address, a /64 of IPv6.
fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(v6) => {
            let s = v6.segments();
            IpAddr::from([s[0], s[1], s[2], s[3], 0, 0, 0, 0])
        }
    }
}
