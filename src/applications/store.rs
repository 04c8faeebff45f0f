//! Rows of applications and applicants; what happened to them stands in [`history`], how many there are and
//! were in [`tallies`]. Every reader for staff takes a [`Scope`] and puts it into its SQL; the applicant's own
//! readers take the fingerprint of the magic link.

mod beside;
pub(super) mod conditions;
mod history;
mod keeping;
mod steps;
mod tallies;
mod told;

use std::collections::HashMap;

use diesel::prelude::*;

/// The one place where a [`Scope`] becomes SQL: units and panel seats, without the postings that are withheld from this
/// person and the applications of people they have a relation to (D-23). A macro, because joins are many types.
macro_rules! within {
    ($query:expr, $scope:expr) => {
        $query
            .filter(
                crate::db::schema::postings::unit_id
                    .eq_any($scope.units())
                    .or(crate::db::schema::postings::id.eq_any($scope.postings())),
            )
            .filter(crate::db::schema::postings::id.ne_all($scope.withheld()))
            .filter(crate::db::schema::applications::id.ne_all($scope.left_out()))
    };
}
/// [`within`], without those nobody sees any more because they are about to be erased. What is shown goes through this one.
macro_rules! inside {
    ($query:expr, $scope:expr) => {
        crate::applications::store::within!($query, $scope)
            .filter(crate::db::schema::applications::quarantined_at.is_null())
    };
}
pub(super) use {inside, within};

use super::{
    applicant::Contact,
    application::{Applicant, Card, Document, Passage, Whole},
    stage::{Outcome, Stage, Via},
};
use crate::{
    accounts::Scope,
    base::{
        Instant, Language,
        id::{ApplicantId, ApplicationId, PostingId, RoundId},
        paging::Paging,
    },
    db::{
        Conn, DbError,
        schema::{applicants, applications, attachments, posting_rounds, postings},
    },
    postings::State,
    tracking::Touch,
};

pub(super) use beside::{Around, around};
pub use beside::{ids_of, left_out};
pub use history::intervals;
pub(super) use history::{
    end_interval, entered, events, forget_interval, insert_event, insert_interval, resume_interval,
};
pub use keeping::{Keeping, facts_kept, quarantined, set_quarantined};
pub use steps::{Row, Step, decided, held_back, rows, steps};
pub(super) use tallies::add_tally;
pub use tallies::{Came, came, counts_by_link, counts_rows, gone};
pub use told::{
    Reasons, lacking, reasons_of, reasons_open, set_shown, set_told, unanswered, untold_of, withdrawn_since,
};
pub(super) use told::{answer_reasons, ask_reasons};

// ---- what is selected, in the order of the structs ----

macro_rules! columns {
    ($name:ident: $of:ident = $($column:path),+ $(,)?) => {
        type $of = ($($column),+,);
        fn $name() -> $of {
            ($($column),+,)
        }
    };
}
columns!(row: OfApplication =
    applications::id,
    applications::posting_id,
    applications::round_id,
    applications::received_at,
    applications::received_via,
    applications::late,
    applications::admitted_at,
    applications::letter,
    applications::stage,
    applications::position,
    applications::outcome,
    applications::outcome_at,
    applications::outcome_reason,
    applications::link_id,
    applications::channel,
    applications::basis,
    applications::self_reported,
    applications::access_hash,
    applications::notice_version,
    applications::registered_by,
    applications::version,
    applications::created_at,
    applications::shown_of,
    applications::told_of,
);
columns!(person: OfApplicant =
    applicants::id,
    applicants::name,
    applicants::email,
    applicants::phone,
    applicants::language,
);
columns!(card: OfCard =
    applications::id,
    applications::posting_id,
    applicants::name,
    applications::received_at,
    applications::received_via,
    applications::late,
    applications::admitted_at,
    applications::stage,
    applications::position,
    applications::outcome,
    applications::outcome_at,
    applications::channel,
    applications::version,
);

fn whole() -> (OfApplication, OfApplicant, postings::unit_id) {
    (row(), person(), postings::unit_id)
}

// ---- the door: what a posting takes ----

/// Whether and how a posting takes applications.
#[derive(Queryable, Clone, Copy, Debug)]
pub(super) struct Door {
    /// As stored.
    pub state: State,
    /// The newest round.
    pub round: RoundId,
    /// Until when that takes applications.
    pub deadline_at: Instant,
}

/// The door of a posting; none while it was never opened.
pub(super) fn door(conn: &mut Conn, posting: PostingId) -> Result<Option<Door>, DbError> {
    Ok(posting_rounds::table
        .inner_join(postings::table)
        .filter(posting_rounds::posting_id.eq(posting))
        .order(posting_rounds::number.desc())
        .select((postings::state, posting_rounds::id, posting_rounds::deadline_at))
        .first(conn)
        .optional()?)
}

// ---- coming in ----

/// A new application, before it is a row.
#[derive(Clone, Debug)]
pub(super) struct New<'a> {
    pub id: ApplicationId,
    pub applicant: ApplicantId,
    pub contact: &'a Contact,
    pub language: Language,
    pub posting: PostingId,
    pub round: RoundId,
    pub received_at: Instant,
    pub via: Via,
    pub late: bool,
    pub letter: &'a str,
    pub touch: &'a Touch,
    pub self_reported: Option<&'a str>,
    pub form_hash: &'a str,
    pub access_hash: &'a str,
    pub notice_version: &'a str,
    pub registered_by: Option<String>,
    pub now: Instant,
}

/// Lays down the person and the application.
pub(super) fn insert(conn: &mut Conn, new: &New<'_>) -> Result<(), DbError> {
    diesel::insert_into(applicants::table)
        .values((
            applicants::id.eq(new.applicant),
            applicants::name.eq(&new.contact.name),
            applicants::email.eq(&new.contact.email),
            applicants::phone.eq(&new.contact.phone),
            applicants::language.eq(new.language),
            applicants::created_at.eq(new.now),
        ))
        .execute(conn)?;
    diesel::insert_into(applications::table)
        .values((
            applications::id.eq(new.id),
            applications::applicant_id.eq(new.applicant),
            applications::posting_id.eq(new.posting),
            applications::round_id.eq(new.round),
            applications::received_at.eq(new.received_at),
            applications::received_via.eq(new.via),
            applications::late.eq(new.late),
            applications::letter.eq(new.letter),
            applications::stage.eq(Stage::Received),
            // the time of arrival is a place at the end of the column, with room before and after
            applications::position.eq(new.now.micros()),
            applications::link_id.eq(new.touch.link),
            applications::channel.eq(&new.touch.channel),
            applications::basis.eq(new.touch.basis),
            applications::self_reported.eq(new.self_reported),
            applications::form_key.eq(new.form_hash),
            applications::access_hash.eq(new.access_hash),
            applications::notice_version.eq(new.notice_version),
            applications::registered_by.eq(&new.registered_by),
            applications::created_at.eq(new.now),
            applications::updated_at.eq(new.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The application a form has become, and when.
pub(super) fn by_form(conn: &mut Conn, form_hash: &str) -> Result<Option<(ApplicationId, Instant)>, DbError> {
    Ok(applications::table
        .filter(applications::form_key.eq(form_hash))
        .select((applications::id, applications::created_at))
        .first(conn)
        .optional()?)
}

// ---- reading, narrowed ----

/// One application, when it lies inside `scope`.
pub fn application(conn: &mut Conn, scope: &Scope, id: ApplicationId) -> Result<Option<Whole>, DbError> {
    let one = applications::table
        .inner_join(applicants::table)
        .inner_join(postings::table)
        .filter(applications::id.eq(id));
    Ok(inside!(one, scope).select(whole()).first(conn).optional()?)
}

/// One application, whoever asks; for jobs and inside actions that have narrowed already.
pub fn any(conn: &mut Conn, id: ApplicationId) -> Result<Option<Whole>, DbError> {
    Ok(applications::table
        .inner_join(applicants::table)
        .inner_join(postings::table)
        .filter(applications::id.eq(id))
        .select(whole())
        .first(conn)
        .optional()?)
}

/// The applicant's own application, by the fingerprint of the magic link.
pub fn own(conn: &mut Conn, access_hash: &str) -> Result<Option<Whole>, DbError> {
    Ok(applications::table
        .inner_join(applicants::table)
        .inner_join(postings::table)
        .filter(applications::access_hash.eq(access_hash))
        .select(whole())
        .first(conn)
        .optional()?)
}

/// Every card of a posting's board, in the order of the columns' places.
pub fn board(conn: &mut Conn, scope: &Scope, posting: PostingId) -> Result<Vec<Card>, DbError> {
    let all = applications::table
        .inner_join(applicants::table)
        .inner_join(postings::table)
        .filter(applications::posting_id.eq(posting));
    Ok(inside!(all, scope).order((applications::position, applications::id)).select(card()).load(conn)?)
}

/// The cards of these, as far as they lie inside `scope`, in the order asked for.
pub fn cards(conn: &mut Conn, scope: &Scope, ids: &[ApplicationId]) -> Result<Vec<Card>, DbError> {
    let these = applications::table
        .inner_join(applicants::table)
        .inner_join(postings::table)
        .filter(applications::id.eq_any(ids));
    let rows: Vec<Card> = inside!(these, scope).select(card()).load(conn)?;
    let mut by_id: HashMap<_, _> = rows.into_iter().map(|c| (c.id, c)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

/// Which applications are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Only of this posting.
    pub posting: Option<PostingId>,
    /// Only in this stage.
    pub stage: Option<Stage>,
    /// Only decided so.
    pub outcome: Option<Outcome>,
    /// Only of this channel.
    pub channel: Option<String>,
}

/// A page of applications inside `scope`, newest first, and how many there are in all.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    wish: &Wish,
    paging: Paging,
) -> Result<(Vec<Card>, i64), DbError> {
    // a macro because a boxed query cannot be copied, and the count and the page share their conditions
    macro_rules! wanted {
        ($query:expr) => {{
            let mut query = inside!($query, scope).into_boxed();
            if let Some(posting) = wish.posting {
                query = query.filter(applications::posting_id.eq(posting));
            }
            if let Some(stage) = wish.stage {
                query = query.filter(applications::stage.eq(stage));
            }
            if let Some(outcome) = wish.outcome {
                query = query.filter(applications::outcome.eq(outcome));
            }
            if let Some(channel) = &wish.channel {
                query = query.filter(applications::channel.eq(channel.clone()));
            }
            query
        }};
    }
    let all = || applications::table.inner_join(applicants::table).inner_join(postings::table);
    let total = wanted!(all().select(diesel::dsl::count_star())).first(conn)?;
    let rows = wanted!(all().select(card()))
        .order((applications::received_at.desc(), applications::id.desc()))
        .limit(paging.limit())
        .offset(paging.offset())
        .load(conn)?;
    Ok((rows, total))
}

/// The postings of those of these that are decided, each once and always in the same order.
pub(super) fn postings_of_decided(conn: &mut Conn, ids: &[ApplicationId]) -> Result<Vec<PostingId>, DbError> {
    Ok(applications::table
        .filter(applications::id.eq_any(ids))
        .filter(applications::outcome.is_not_null())
        .select(applications::posting_id)
        .distinct()
        .order(applications::posting_id)
        .load(conn)?)
}

/// How many applications of a posting are undecided; a posting closes only when it is none (D-09).
pub fn undecided(conn: &mut Conn, posting: PostingId) -> Result<i64, DbError> {
    Ok(applications::table
        .filter(applications::posting_id.eq(posting))
        .filter(applications::outcome.is_null())
        .count()
        .get_result(conn)?)
}

/// The undecided applications of a posting that came too late and wait for a word about it (D-31), whoever asks.
pub(super) fn late_undecided(conn: &mut Conn, posting: PostingId) -> Result<Vec<ApplicationId>, DbError> {
    Ok(applications::table
        .filter(applications::posting_id.eq(posting))
        .filter(applications::outcome.is_null())
        .filter(applications::late.eq(true))
        .filter(applications::admitted_at.is_null())
        .order(applications::id)
        .select(applications::id)
        .load(conn)?)
}

/// The undecided applications of a posting, whoever asks.
pub(super) fn undecided_ids(conn: &mut Conn, posting: PostingId) -> Result<Vec<ApplicationId>, DbError> {
    Ok(applications::table
        .filter(applications::posting_id.eq(posting))
        .filter(applications::outcome.is_null())
        .order(applications::id)
        .select(applications::id)
        .load(conn)?)
}

// ---- changing ----

/// Where an application is to stand.
#[derive(Clone, Debug)]
pub(super) struct Stand<'a> {
    pub stage: Stage,
    pub position: i64,
    pub outcome: Option<Outcome>,
    pub outcome_at: Option<Instant>,
    pub outcome_reason: Option<&'a str>,
    pub admitted_at: Option<Instant>,
}

/// Puts it there, unless somebody changed it since `version`; says whether it did.
pub(super) fn put(
    conn: &mut Conn,
    id: ApplicationId,
    version: i32,
    stand: &Stand<'_>,
    now: Instant,
) -> Result<bool, DbError> {
    let ours = applications::table.find(id).filter(applications::version.eq(version));
    let changed = diesel::update(ours)
        .set((
            applications::stage.eq(stand.stage),
            applications::position.eq(stand.position),
            applications::outcome.eq(stand.outcome),
            applications::outcome_at.eq(stand.outcome_at),
            applications::outcome_reason.eq(stand.outcome_reason),
            applications::admitted_at.eq(stand.admitted_at),
            applications::version.eq(applications::version + 1),
            applications::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Notes that something beside its standing changed, and holds the row until the transaction ends; false when it is
/// gone.
pub(super) fn touch(conn: &mut Conn, id: ApplicationId, now: Instant) -> Result<bool, DbError> {
    let changed = diesel::update(applications::table.find(id))
        .set((applications::version.eq(applications::version + 1), applications::updated_at.eq(now)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Holds an application until the transaction ends, for a slice that writes beside it: nobody erases it meanwhile. False
/// when it is not there. Its version stays, since what others decide about it is not touched.
pub fn hold(conn: &mut Conn, id: ApplicationId, now: Instant) -> Result<bool, DbError> {
    let held =
        diesel::update(applications::table.find(id)).set(applications::updated_at.eq(now)).execute(conn)?;
    Ok(held == 1)
}

/// The other undecided cards of a column and their numbers, in order.
pub(super) fn positions(
    conn: &mut Conn,
    posting: PostingId,
    stage: Stage,
    without: ApplicationId,
) -> Result<Vec<(ApplicationId, i64)>, DbError> {
    Ok(applications::table
        .filter(applications::posting_id.eq(posting))
        .filter(applications::stage.eq(stage))
        .filter(applications::outcome.is_null())
        .filter(applications::id.ne(without))
        .order((applications::position, applications::id))
        .select((applications::id, applications::position))
        .load(conn)?)
}

/// Gives a card another number in the same column; its version stays: nobody sees a difference.
pub(super) fn set_position(conn: &mut Conn, id: ApplicationId, position: i64) -> Result<(), DbError> {
    diesel::update(applications::table.find(id)).set(applications::position.eq(position)).execute(conn)?;
    Ok(())
}

/// Corrects how to reach somebody.
pub(super) fn set_contact(conn: &mut Conn, id: ApplicantId, email: &str, phone: &str) -> Result<(), DbError> {
    diesel::update(applicants::table.find(id))
        .set((applicants::email.eq(email), applicants::phone.eq(phone)))
        .execute(conn)?;
    Ok(())
}

/// Gives the application another magic link.
pub(super) fn set_access(conn: &mut Conn, id: ApplicationId, access_hash: &str) -> Result<(), DbError> {
    diesel::update(applications::table.find(id))
        .set(applications::access_hash.eq(access_hash))
        .execute(conn)?;
    Ok(())
}

// ---- erasing ----

/// Deletes an application with everything that hangs on it, and its person unless they applied elsewhere; not when
/// somebody changed it since it was read, and says whether it did.
pub(super) fn delete(conn: &mut Conn, known: &Whole) -> Result<bool, DbError> {
    let (is, applicant) = (&known.application, known.applicant.id);
    let ours = applications::table.find(is.id).filter(applications::version.eq(is.version));
    if diesel::delete(ours).execute(conn)? == 0 {
        return Ok(false);
    }
    let elsewhere: i64 =
        applications::table.filter(applications::applicant_id.eq(applicant)).count().get_result(conn)?;
    if elsewhere == 0 {
        diesel::delete(applicants::table.find(applicant)).execute(conn)?;
    }
    Ok(true)
}

// ---- for the search ----

/// These as the search wants them; those that are gone, or that nobody sees any more, are left out. For the index alone: it narrows by
/// the unit in each, and is asked again through [`cards`].
pub fn documents(conn: &mut Conn, ids: &[ApplicationId]) -> Result<Vec<Document>, DbError> {
    let rows: Vec<Whole> = applications::table
        .inner_join(applicants::table)
        .inner_join(postings::table)
        .filter(applications::id.eq_any(ids))
        .filter(applications::quarantined_at.is_null())
        .select(whole())
        .load(conn)?;
    let texts: Vec<(ApplicationId, String, Option<String>)> = attachments::table
        .filter(attachments::application_id.eq_any(ids))
        .filter(attachments::text_body.is_not_null())
        .order((attachments::created_at, attachments::id))
        .select((attachments::application_id, attachments::original_name, attachments::text_body))
        .load(conn)?;
    let mut by_id: HashMap<ApplicationId, Vec<Passage>> = HashMap::new();
    for (id, file, text) in texts {
        by_id.entry(id).or_default().extend(text.map(|text| Passage { file: Some(file), text }));
    }
    Ok(rows
        .into_iter()
        .map(|Whole { application: a, applicant: Applicant { name, email, phone, .. }, unit }| {
            let mut texts = vec![Passage { file: None, text: super::papers::hide_cpr(&a.letter).0 }];
            texts.extend(by_id.remove(&a.id).unwrap_or_default());
            texts.retain(|p| !p.text.is_empty());
            Document {
                id: a.id,
                posting: a.posting,
                unit,
                name,
                email,
                phone,
                texts,
                stage: a.stage,
                outcome: a.outcome,
                channel: a.channel,
                received_at: a.received_at,
            }
        })
        .collect())
}

/// Ids of all applications after `after`, oldest first; for rebuilding the index.
pub fn ids_after(
    conn: &mut Conn,
    after: Option<ApplicationId>,
    limit: i64,
) -> Result<Vec<ApplicationId>, DbError> {
    let mut query = applications::table.order(applications::id).limit(limit).into_boxed();
    if let Some(after) = after {
        query = query.filter(applications::id.gt(after));
    }
    Ok(query.select(applications::id).load(conn)?)
}
