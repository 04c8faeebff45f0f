//! Finished public pages, kept until something is written about an ad. The careers site is read a thousand
//! times for every change; a page that is drawn once is handed out as bytes.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts changes of ads in this process.
static GENERATION: AtomicU64 = AtomicU64::new(0);

/// Says that an ad has changed: pages drawn before are not handed out again. Call it after the commit. Another
/// node learns of the change when its pages grow old.
pub fn renew() {
    GENERATION.fetch_add(1, Ordering::SeqCst);
}
