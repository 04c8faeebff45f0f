//! Who sits in a panel: adding, ending, saying why a seat stays empty, the organisation's rule, confidentiality.

use super::{AssessmentError, cards, hold_panel};
use crate::{
    accounts::{
        self, Membership, Role, Scope,
        audit::{self, Actor, Line, Object, Verb},
        bars,
    },
    applications::{
        self,
        conditions::{self, Condition},
    },
    assessment::{
        panel::{self, Category, Gap, Seat},
        store::{self, panel as rows},
    },
    base::{
        Instant, Language,
        id::{ApplicationId, MembershipId, PostingId, UserId},
        text,
    },
    db::{Conn, DbError},
    kit::Kit,
    postings::{self, Posting},
    web::forms::Errors,
};

/// Longest reason why a seat stays empty, in characters.
const REASON: usize = 400;

/// Somebody who is to sit in a panel.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// Their name; only used for somebody new.
    pub name: String,
    /// By which they are known, or invited.
    pub email: String,
    /// In which to write to somebody new.
    pub language: Language,
    /// As what.
    pub seat: Seat,
    /// Leads the panel from now on.
    pub chair: bool,
    /// Before when it ends; none: until it is ended. Somebody from outside has a last day.
    pub to: Option<Instant>,
}

/// Gives somebody a seat from now on. Who has no account is invited to choose a password.
pub fn add_member(
    conn: &mut Conn,
    kit: &Kit,
    by: Actor,
    scope: &Scope,
    id: PostingId,
    new: &NewMember,
) -> Result<MembershipId, AssessmentError> {
    let posting = postings::get(conn, scope, id)?.ok_or(AssessmentError::NotFound)?;
    hold_panel(conn, id)?;
    let now = kit.clock.now();
    let mut errors = Errors::none();
    if new.to.is_none() && new.seat == Seat::External {
        errors.add("until", "panel-error-external");
    }
    if new.to.is_some_and(|to| to <= now) {
        errors.add("until", "panel-error-until");
    }
    errors.into_result().map_err(AssessmentError::Fields)?;
    let user = accounts::known_or_welcomed(conn, kit, by, &new.name, &new.email, new.language)?;
    let members = rows::members(conn, id)?;
    if members.iter().any(|m| m.user == user && !m.has_ended(now)) {
        return Err(AssessmentError::Fields(Errors::one("email", "panel-error-twice")));
    }
    let membership = accounts::seat(conn, kit, by, user, posting.content.unit, id, now, new.to)?;
    if new.chair {
        rows::clear_chair(conn, id)?;
    }
    rows::insert_seat(conn, membership, id, user, new.seat, new.chair, &by.to_string())?;
    settle_seats(conn, &posting, now)?;
    Ok(membership)
}

/// Ends a seat now. Cards that were given in stay; those who waited for this member's are shown to each other.
pub fn end_seat(
    conn: &mut Conn,
    kit: &Kit,
    by: Actor,
    scope: &Scope,
    id: PostingId,
    membership: MembershipId,
) -> Result<(), AssessmentError> {
    let posting = postings::get(conn, scope, id)?.ok_or(AssessmentError::NotFound)?;
    hold_panel(conn, id)?;
    let now = kit.clock.now();
    let members = rows::members(conn, id)?;
    let ended = members.into_iter().find(|m| m.membership == membership && !m.has_ended(now));
    let ended = ended.ok_or(AssessmentError::NotFound)?;
    let held = Membership {
        id: membership,
        user_id: ended.user,
        unit_id: posting.content.unit,
        role: Role::PanelMember,
        posting_id: Some(id),
    };
    let applications = hold_applicants(conn, id)?;
    accounts::end_role(conn, kit, by, &held)?;
    Ok(settle_all(conn, &posting, applications, now)?)
}

/// Every applicant is held before the log is, as whoever gives in a card does.
fn hold_applicants(conn: &mut Conn, id: PostingId) -> Result<Vec<ApplicationId>, DbError> {
    let applications = applications::ids_of(conn, id)?;
    applications.iter().try_for_each(|application| cards::hold(conn, *application))?;
    Ok(applications)
}

fn settle_all(
    conn: &mut Conn,
    posting: &Posting,
    applications: Vec<ApplicationId>,
    now: Instant,
) -> Result<(), DbError> {
    settle_seats(conn, posting, now)?;
    applications.into_iter().try_for_each(|application| cards::settle(conn, application, posting, now))
}

/// Whether time, or a role that was ended elsewhere, has left something to be done in a posting's panel.
pub fn is_behind(conn: &mut Conn, posting: &Posting, now: Instant) -> Result<bool, DbError> {
    let until = seats_until(conn, posting, now)?;
    if conditions::met_until(conn, posting.id, Condition::Seated)? != Some(until) {
        return Ok(true);
    }
    for application in applications::ids_of(conn, posting.id)? {
        if cards::is_due(conn, application, posting, now)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Does what time has left to be done in a posting's panel.
pub fn catch_up(conn: &mut Conn, kit: &Kit, id: PostingId) -> Result<(), DbError> {
    hold_panel(conn, id)?;
    let applications = hold_applicants(conn, id)?;
    let Some(posting) = postings::any(conn, id)? else { return Ok(()) };
    settle_all(conn, &posting, applications, kit.clock.now())
}

/// Says why a seat that must be filled stays empty, so that the panel may decide without it. Said once, and kept with
/// who said it and when.
pub fn explain_gap(
    conn: &mut Conn,
    kit: &Kit,
    by: Actor,
    scope: &Scope,
    id: PostingId,
    seat: Seat,
    reason: &str,
) -> Result<(), AssessmentError> {
    let posting = postings::get(conn, scope, id)?.ok_or(AssessmentError::NotFound)?;
    hold_panel(conn, id)?;
    let (now, reason) = (kit.clock.now(), text::paragraphs(reason));
    let field = format!("reason-{seat}");
    if reason.is_empty() {
        return Err(AssessmentError::Fields(Errors::one(&field, "panel-error-reason")));
    }
    if text::count(&reason) > REASON {
        let mut errors = Errors::none();
        errors.add_with(&field, "error-too-long", "max", REASON);
        return Err(AssessmentError::Fields(errors));
    }
    let required = rows::required(conn, category(&posting))?;
    let members = rows::members(conn, id)?;
    if !panel::empty(&required, &members, now).contains(&seat) {
        return Err(AssessmentError::Refused("panel-refused-filled"));
    }
    let gap = Gap { seat, reason, said_by: by.to_string(), said_at: now };
    if rows::insert_gap(conn, id, &gap)? {
        settle_seats(conn, &posting, now)?;
        log(conn, by, id, format!("empty seat {seat} explained"), now)?;
    }
    Ok(())
}

/// Sets which seats must be filled for kinds of positions in the whole organisation; panels that sit are judged by it
/// from now on.
pub fn set_rules(
    conn: &mut Conn,
    kit: &Kit,
    by: Actor,
    rules: &[(Category, Vec<Seat>)],
) -> Result<(), DbError> {
    let (now, mut lines) = (kit.clock.now(), Vec::new());
    for (category, seats) in rules {
        rows::put_rule(conn, *category, seats, &by.to_string(), now)?;
        let words = seats.iter().map(|s| s.word()).collect::<Vec<_>>().join(",");
        lines.push(Line {
            actor: by,
            verb: Verb::Changed,
            object: Object::None,
            posting: None,
            detail: Some(format!("panel rule {category}: {words}")),
        });
    }
    for id in rows::seated_postings(conn)? {
        hold_panel(conn, id)?;
        if let Some(posting) = postings::any(conn, id)? {
            settle_seats(conn, &posting, now)?;
        }
    }
    audit::write(conn, &lines, now)
}

/// Accepts confidentiality in a panel one sits in. The scope is that of seeing panels: before this there are no
/// applications to see.
pub fn accept(
    conn: &mut Conn,
    kit: &Kit,
    user: UserId,
    scope: &Scope,
    id: PostingId,
) -> Result<(), AssessmentError> {
    postings::get(conn, scope, id)?.ok_or(AssessmentError::NotFound)?;
    Ok(bars::pledge(conn, kit, user, id)?)
}

/// The kind of position a posting is for.
pub fn category(posting: &Posting) -> Category {
    Category::of(posting.content.terms.profession.as_deref())
}

/// Writes down until when the seats that must be filled are: what [`conditions`] ask before a decision. A posting with
/// neither profile nor panel asks for nothing.
pub(super) fn settle_seats(conn: &mut Conn, posting: &Posting, now: Instant) -> Result<(), DbError> {
    let members = rows::members(conn, posting.id)?;
    if members.is_empty() && store::profile(conn, posting.id)?.is_none() {
        return conditions::release(conn, posting.id, Condition::Seated);
    }
    let until = seats_until(conn, posting, now)?;
    conditions::require(conn, posting.id, Condition::Seated, until)
}

/// Until when the seats that must be filled are; none when one is not.
fn seats_until(conn: &mut Conn, posting: &Posting, now: Instant) -> Result<Option<Instant>, DbError> {
    let members = rows::members(conn, posting.id)?;
    let required = rows::required(conn, category(posting))?;
    let gaps = rows::gaps(conn, posting.id)?;
    Ok(panel::seated_until(&required, &members, &gaps, now))
}

fn log(conn: &mut Conn, actor: Actor, id: PostingId, detail: String, now: Instant) -> Result<(), DbError> {
    let line = Line {
        actor,
        verb: Verb::Changed,
        object: Object::Posting(id),
        posting: Some(id),
        detail: Some(detail),
    };
    audit::write(conn, &[line], now)
}
