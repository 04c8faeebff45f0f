//! Nobody is shown who has not said yes (D-29, D-30). A post with somebody in it is planned, and goes out, only while
//! everybody in its pictures agrees to that use; and what hangs comes down when a yes is taken back or ends, or when the
//! rights to a file do. Nothing has to be remembered for that: what hangs is compared with what is allowed, again and
//! again, so a withdrawal in the worst moment is acted on in the next round.

use std::collections::{HashMap, HashSet};

use super::{
    delivery::{Event, State},
    store::{self, Changes, Delivery, MoveError},
};
use crate::{
    accounts::audit::{self, Actor, Line, Verb},
    base::{
        Instant, Subject,
        id::{AccountId, AssetId, PersonId},
    },
    channels::{self, Connection, Sort},
    db::{Conn, DbError},
    kit::Kit,
    media::{self, Asset, Missing, people::Purpose},
};

/// What showing something on an account is, for who is shown. A place without an API is what its sort says.
pub fn purpose_of(account: &Connection) -> Purpose {
    match Sort::of(account) {
        Some(Sort::Dialognet) => Purpose::Internal,
        Some(Sort::LocalPaper) => Purpose::Press,
        Some(Sort::LinkedinMember | Sort::FacebookGroup | Sort::Other) | None => Purpose::Social,
    }
}

/// Message key of the sentence that somebody has not said yes to it.
pub(super) const fn refusal_key(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Internal => "publish-error-consent-internal",
        Purpose::Press => "publish-error-consent-press",
        Purpose::Website | Purpose::Social | Purpose::Display => "publish-error-consent-social",
    }
}

/// Who in a file has not said yes to this.
pub fn refusers(asset: &Asset, purpose: Purpose, now: Instant) -> Vec<&str> {
    asset.people.iter().filter(|p| p.lacks(purpose, now).is_some()).map(|p| p.name.as_str()).collect()
}

/// Whether everything that a delivery shows may be shown there at `now`.
pub(super) fn allows(
    c: &mut Conn,
    row: &Delivery,
    account: &Connection,
    now: Instant,
) -> Result<bool, DbError> {
    let shown = store::shown_in(c, row.id)?;
    let purpose = purpose_of(account);
    Ok(media::of_ids(c, &shown)?.iter().all(|asset| asset.hindrances(&[purpose], now).is_empty()))
}

/// What hangs though it may not: the file, and who in it no longer agrees (none where the rights ended).
fn broken(asset: &Asset, purpose: Purpose, now: Instant) -> Option<Option<PersonId>> {
    let gone = asset.hindrances(&[purpose], now);
    if gone.contains(&Missing::Over) {
        return Some(None);
    }
    let refuser = asset.people.iter().find(|p| p.lacks(purpose, now).is_some());
    refuser.map(|person| Some(person.id))
}

/// Begins to take down what hangs without a yes; how many.
pub(super) async fn end_what_is_refused(kit: &Kit) -> Result<usize, DbError> {
    let k = kit.clone();
    if kit.db.read(move |c| refused(c, k.clock.now())).await?.is_empty() {
        return Ok(0);
    }
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let found = refused(c, now)?;
            for (row, asset, person, about) in &found {
                match end(c, row, *asset, *person, *about, now) {
                    // somebody else moved it in the same moment; the next round looks again
                    Ok(()) | Err(MoveError::Zombie | MoveError::Forbidden(..)) => {}
                    Err(MoveError::Db(error)) => return Err(error),
                    Err(error @ MoveError::Unreadable(_)) => {
                        tracing::error!(delivery = %row.id, %error, "not taken down");
                    }
                }
            }
            Ok(found.len())
        })
        .await
}

type Refused = (Delivery, AssetId, Option<PersonId>, Subject);

fn refused(c: &mut Conn, now: Instant) -> Result<Vec<Refused>, DbError> {
    let hanging = store::hanging_assets(c)?;
    if hanging.is_empty() {
        return Ok(Vec::new());
    }
    let purposes: HashMap<AccountId, Purpose> =
        channels::connections(c)?.iter().map(|account| (account.id, purpose_of(account))).collect();
    let mut files = media::of_ids(c, &hanging)?;
    // most files are fine for what the channels here are, and their posts need not be read
    let asked: HashSet<Purpose> = purposes.values().copied().collect();
    files.retain(|asset| asked.iter().any(|purpose| broken(asset, *purpose, now).is_some()));
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<AssetId> = files.iter().map(|asset| asset.id).collect();
    let mut found: Vec<Refused> = Vec::new();
    for (row, asset, about) in store::hanging_with(c, &ids)? {
        let Some(purpose) = purposes.get(&row.account_id).copied() else { continue };
        let why = files.iter().find(|file| file.id == asset).and_then(|file| broken(file, purpose, now));
        if let Some(person) = why
            && !found.iter().any(|(there, ..)| there.id == row.id)
        {
            found.push((row, asset, person, about));
        }
    }
    Ok(found)
}

fn end(
    c: &mut Conn,
    row: &Delivery,
    asset: AssetId,
    person: Option<PersonId>,
    about: Subject,
    now: Instant,
) -> Result<(), MoveError> {
    // what lies with a person may not hang yet: they are told not to post it, and to take it down if they have
    let (event, wish) =
        if row.state == State::Handed { (Event::Cancelled, Some(true)) } else { (Event::TakenDown, None) };
    let changes =
        Changes { next_at: Some(Some(now)), looks: Some(0), cancel_wanted: wish, ..Changes::cleared() };
    store::overrule(c, row, event, &changes, now)?;
    store::note_ending(c, row.id, asset, person, now)?;
    let line = Line {
        actor: Actor::System,
        verb: Verb::Published,
        object: about.into(),
        posting: about.posting(),
        detail: Some(format!("take down delivery:{} asset:{asset} no consent", row.id)),
    };
    Ok(audit::write(c, &[line], now)?)
}
