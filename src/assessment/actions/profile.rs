//! Writing a posting's profile while it is a draft.

use super::{AssessmentError, hold_panel, panel::settle_seats};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    applications::conditions::{self, Condition},
    assessment::{
        profile::{self, Criterion, Profile},
        store,
    },
    base::id::PostingId,
    db::Conn,
    kit::Kit,
    postings::{self, Posting},
};

/// Saves what was written over `version` (0: there was none). Refused from the posting's first opening on: whoever
/// applied must be judged by what was asked when they did. With it comes the condition that nobody goes on to an
/// interview before the panel has written its note.
#[expect(clippy::too_many_arguments, reason = "what is saved, over what, and on whose word")]
pub fn save_profile(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    id: PostingId,
    version: i32,
    begun_from: &str,
    written: Vec<Criterion>,
) -> Result<Profile, AssessmentError> {
    let (posting, before) = draft(conn, scope, id, version)?;
    let criteria = profile::checked(written).map_err(AssessmentError::Fields)?;
    let now = kit.clock.now();
    let profile = Profile {
        posting: id,
        begun_from: before.map_or_else(|| begun_from.to_owned(), |b| b.begun_from),
        version: version + 1,
        sha256: profile::sha256(&criteria),
        saved_by: actor.to_string(),
        saved_at: now,
        criteria,
    };
    store::put_profile(conn, &profile)?;
    conditions::require(conn, id, Condition::Assessed, None)?;
    settle_seats(conn, &posting, now)?;
    log(conn, kit, actor, id, format!("profile version {}", profile.version))?;
    Ok(profile)
}

/// Takes the profile of a draft away, and what it asked for with it.
pub fn remove_profile(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    id: PostingId,
    version: i32,
) -> Result<(), AssessmentError> {
    let (posting, before) = draft(conn, scope, id, version)?;
    if before.is_none() {
        return Ok(());
    }
    store::delete_profile(conn, id)?;
    conditions::release(conn, id, Condition::Assessed)?;
    settle_seats(conn, &posting, kit.clock.now())?;
    log(conn, kit, actor, id, "profile removed".into())
}

/// The posting, held so that nobody opens it meanwhile, and its profile when that is still of `version`.
fn draft(
    conn: &mut Conn,
    scope: &Scope,
    id: PostingId,
    version: i32,
) -> Result<(Posting, Option<Profile>), AssessmentError> {
    let posting = postings::get(conn, scope, id)?.ok_or(AssessmentError::NotFound)?;
    hold_panel(conn, id)?;
    if !postings::hold_draft(conn, id)? {
        return Err(AssessmentError::Refused("profile-refused-frozen"));
    }
    let before = store::profile(conn, id)?;
    if before.as_ref().map_or(0, |b| b.version) != version {
        return Err(AssessmentError::Stale);
    }
    Ok((posting, before))
}

fn log(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    id: PostingId,
    detail: String,
) -> Result<(), AssessmentError> {
    let line = Line {
        actor,
        verb: Verb::Changed,
        object: Object::Posting(id),
        posting: Some(id),
        detail: Some(detail),
    };
    Ok(audit::write(conn, &[line], kit.clock.now())?)
}
