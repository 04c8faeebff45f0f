//! Rows of ads: in, out, and found. Everything that is not public takes a [`Scope`].

mod asked;
mod draft;
mod keeping;

use std::collections::{HashMap, HashSet};

pub use asked::{Called, Which, Wish, deadlines, list, names, of_units, themes_of};
use diesel::prelude::*;
pub use draft::hold_draft;
pub(super) use keeping::kind_of;
pub use keeping::{forget_rule, put_rule, rule, rules};

use super::{
    posting::{CloseReason, Content, MediaRole, Placed, Posting, Round, State, Text, Visibility},
    terms::{Hours, PayRange, Terms},
};
use crate::{
    accounts::Scope,
    base::{
        Instant, Language,
        id::{AssetId, PostingId, RoundId, UnitId},
        wall::WallTime,
    },
    db::{
        self, Conn, DbError,
        schema::{
            posting_acknowledgements, posting_media, posting_rounds, posting_texts, posting_themes,
            posting_versions, postings,
        },
    },
    each,
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = postings)]
struct Row {
    id: PostingId,
    reference: String,
    slug: String,
    unit_id: UnitId,
    state: State,
    visibility: Visibility,
    visibility_reason: String,
    openings: i32,
    profession: Option<String>,
    employment_type: Option<String>,
    hours_min: Option<i32>,
    hours_max: Option<i32>,
    shifts: String,
    workplace: String,
    address: String,
    agreement: String,
    pay: String,
    pay_range: Option<PayRange>,
    starts_on: String,
    contact_name: String,
    contact_email: String,
    contact_phone: String,
    deadline_wall: Option<String>,
    deadline_zone: String,
    deadline_at: Option<Instant>,
    version: i32,
    opened_at: Option<Instant>,
    closed_at: Option<Instant>,
    close_reason: Option<CloseReason>,
    created_by: String,
    created_at: Instant,
    updated_at: Instant,
}

/// The columns a save writes.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = postings, treat_none_as_null = true)]
struct Written<'a> {
    slug: &'a str,
    unit_id: UnitId,
    visibility: Visibility,
    visibility_reason: &'a str,
    openings: i32,
    profession: Option<&'a str>,
    employment_type: Option<&'a str>,
    hours_min: Option<i32>,
    hours_max: Option<i32>,
    shifts: String,
    workplace: &'a str,
    address: &'a str,
    agreement: &'a str,
    pay: &'a str,
    pay_range: Option<PayRange>,
    starts_on: &'a str,
    contact_name: &'a str,
    contact_email: &'a str,
    contact_phone: &'a str,
    deadline_wall: Option<String>,
    deadline_zone: String,
    deadline_at: Option<Instant>,
    updated_at: Instant,
}

fn written<'a>(content: &'a Content, slug: &'a str, zone: chrono_tz::Tz, now: Instant) -> Written<'a> {
    let terms = &content.terms;
    Written {
        slug,
        unit_id: content.unit,
        visibility: content.visibility,
        visibility_reason: &content.visibility_reason,
        openings: terms.openings,
        profession: terms.profession.as_deref(),
        employment_type: terms.employment_type.as_deref(),
        hours_min: terms.hours_min.map(Hours::hundredths),
        hours_max: terms.hours_max.map(Hours::hundredths),
        shifts: terms.shifts.join(" "),
        workplace: &terms.workplace,
        address: &terms.address,
        agreement: &terms.agreement,
        pay: &terms.pay,
        pay_range: terms.pay_range,
        starts_on: &terms.starts_on,
        contact_name: &terms.contact_name,
        contact_email: &terms.contact_email,
        contact_phone: &terms.contact_phone,
        deadline_wall: content.deadline.map(|d| d.field()),
        deadline_zone: content.deadline.map_or(zone, |d| d.zone).name().to_owned(),
        deadline_at: content.deadline.map(|d| d.instant().0),
        updated_at: now,
    }
}

/// The next reference of a year: `2026-0417`. Holds a lock until the transaction ends.
pub(super) fn next_reference(conn: &mut Conn, year: i32) -> Result<String, DbError> {
    db::lock(conn, "posting reference")?;
    let last: Option<String> = postings::table
        .filter(postings::reference.like(format!("{year}-%")))
        .order(postings::reference.desc())
        .select(postings::reference)
        .first(conn)
        .optional()?;
    let number: u32 = last.and_then(|r| r.split_once('-')?.1.parse().ok()).unwrap_or(0);
    Ok(format!("{year}-{:04}", number + 1))
}

/// A new draft.
pub(super) fn insert(
    conn: &mut Conn,
    id: PostingId,
    reference: &str,
    content: &Content,
    zone: chrono_tz::Tz,
    created_by: &str,
    now: Instant,
) -> Result<(), DbError> {
    let slug = content.slug(reference);
    diesel::insert_into(postings::table)
        .values((
            written(content, &slug, zone, now),
            postings::id.eq(id),
            postings::reference.eq(reference),
            postings::state.eq(State::Draft),
            postings::created_by.eq(created_by),
            postings::created_at.eq(now),
        ))
        .execute(conn)?;
    write_parts(conn, id, content)
}

/// Saves over the version that was read; false when somebody else has saved since.
pub(super) fn update(
    conn: &mut Conn,
    posting: &Posting,
    content: &Content,
    slug: &str,
    now: Instant,
) -> Result<bool, DbError> {
    let zone = posting.content.deadline.map_or(chrono_tz::Europe::Copenhagen, |d| d.zone);
    let row = postings::table.find(posting.id).filter(postings::version.eq(posting.version));
    let hit = diesel::update(row)
        .set((written(content, slug, zone, now), postings::version.eq(posting.version + 1)))
        .execute(conn)?;
    if hit == 0 {
        return Ok(false);
    }
    write_parts(conn, posting.id, content)?;
    Ok(true)
}

fn write_parts(conn: &mut Conn, id: PostingId, content: &Content) -> Result<(), DbError> {
    diesel::delete(posting_texts::table.filter(posting_texts::posting_id.eq(id))).execute(conn)?;
    diesel::delete(posting_themes::table.filter(posting_themes::posting_id.eq(id))).execute(conn)?;
    diesel::delete(posting_media::table.filter(posting_media::posting_id.eq(id))).execute(conn)?;
    for text in content.texts.iter().filter(|t| t.begun()) {
        diesel::insert_into(posting_texts::table)
            .values((
                posting_texts::posting_id.eq(id),
                posting_texts::language.eq(text.language),
                posting_texts::title.eq(&text.title),
                posting_texts::lead.eq(&text.lead),
                posting_texts::body.eq(&text.body),
            ))
            .execute(conn)?;
    }
    for theme in &content.themes {
        diesel::insert_into(posting_themes::table)
            .values((posting_themes::posting_id.eq(id), posting_themes::theme.eq(theme)))
            .execute(conn)?;
    }
    for (position, media) in (0..).zip(&content.media) {
        diesel::insert_into(posting_media::table)
            .values((
                posting_media::posting_id.eq(id),
                posting_media::asset_id.eq(media.asset),
                posting_media::role.eq(media.role),
                posting_media::position.eq::<i32>(position),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Moves the state on; the caller has asked the table of moves.
pub(super) fn set_state(
    conn: &mut Conn,
    id: PostingId,
    from: State,
    to: State,
    now: Instant,
) -> Result<bool, DbError> {
    let row = postings::table.find(id).filter(postings::state.eq(from));
    let hit = match to {
        State::Open if from == State::Draft => diesel::update(row)
            .set((
                postings::state.eq(to),
                postings::opened_at.eq(now),
                postings::updated_at.eq(now),
                postings::version.eq(postings::version + 1),
            ))
            .execute(conn)?,
        _ => diesel::update(row)
            .set((
                postings::state.eq(to),
                postings::updated_at.eq(now),
                postings::version.eq(postings::version + 1),
            ))
            .execute(conn)?,
    };
    Ok(hit == 1)
}

/// Closes an ad and its open round.
pub(super) fn set_closed(
    conn: &mut Conn,
    id: PostingId,
    reason: CloseReason,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(postings::table.find(id))
        .set((
            postings::state.eq(State::Closed),
            postings::closed_at.eq(now),
            postings::close_reason.eq(reason),
            postings::updated_at.eq(now),
            postings::version.eq(postings::version + 1),
        ))
        .execute(conn)?;
    end_round(conn, id, reason.word(), None, now)
}

/// Ends the round that runs. `word`: how, a [`CloseReason`] or [`REPOSTED`]; `why`, in somebody's words.
pub(super) fn end_round(
    conn: &mut Conn,
    id: PostingId,
    word: &str,
    why: Option<&str>,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(
        posting_rounds::table
            .filter(posting_rounds::posting_id.eq(id))
            .filter(posting_rounds::closed_at.is_null()),
    )
    .set((
        posting_rounds::closed_at.eq(now),
        posting_rounds::close_reason.eq(word),
        posting_rounds::reason.eq(why),
    ))
    .execute(conn)?;
    Ok(())
}

/// Why rounds of an ad were followed by another, in somebody's words.
pub(super) fn reposted_because(
    conn: &mut Conn,
    posting: PostingId,
) -> Result<HashMap<RoundId, String>, DbError> {
    let rows: Vec<(RoundId, Option<String>)> = posting_rounds::table
        .filter(posting_rounds::posting_id.eq(posting))
        .filter(posting_rounds::reason.is_not_null())
        .select((posting_rounds::id, posting_rounds::reason))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, why)| Some((id, why?))).collect())
}

/// Which of these ads are advertised again.
pub(super) fn reposted(conn: &mut Conn, ids: &[PostingId]) -> Result<HashSet<PostingId>, DbError> {
    let ids: Vec<PostingId> = posting_rounds::table
        .filter(posting_rounds::posting_id.eq_any(ids))
        .filter(posting_rounds::number.gt(1))
        .select(posting_rounds::posting_id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

/// How a round ends that is followed by another.
pub(super) const REPOSTED: &str = "reposted";

/// Begins a round.
pub(super) fn insert_round(conn: &mut Conn, round: Round) -> Result<(), DbError> {
    diesel::insert_into(posting_rounds::table)
        .values((
            posting_rounds::id.eq(round.id),
            posting_rounds::posting_id.eq(round.posting),
            posting_rounds::number.eq(round.number),
            posting_rounds::opens_at.eq(round.opens_at),
            posting_rounds::deadline_at.eq(round.deadline_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Moves the deadline of the round that runs.
pub(super) fn set_round_deadline(conn: &mut Conn, round: RoundId, at: Instant) -> Result<(), DbError> {
    diesel::update(posting_rounds::table.find(round))
        .set(posting_rounds::deadline_at.eq(at))
        .execute(conn)?;
    Ok(())
}

/// Which ad has this address; public, so it takes no scope.
pub fn id_of(conn: &mut Conn, slug: &str) -> Result<Option<PostingId>, DbError> {
    Ok(postings::table.filter(postings::slug.eq(slug)).select(postings::id).first(conn).optional()?)
}

/// The last part of an ad's public address; public, so it takes no scope.
pub fn slug_of(conn: &mut Conn, posting: PostingId) -> Result<Option<String>, DbError> {
    Ok(postings::table.find(posting).select(postings::slug).first(conn).optional()?)
}

/// Every round of an ad, newest first.
pub fn rounds(conn: &mut Conn, posting: PostingId) -> Result<Vec<Round>, DbError> {
    type Row = (RoundId, PostingId, i32, Instant, Instant, Option<Instant>);
    let rows: Vec<Row> = posting_rounds::table
        .filter(posting_rounds::posting_id.eq(posting))
        .order(posting_rounds::number.desc())
        .select((
            posting_rounds::id,
            posting_rounds::posting_id,
            posting_rounds::number,
            posting_rounds::opens_at,
            posting_rounds::deadline_at,
            posting_rounds::closed_at,
        ))
        .load(conn)?;
    let round = |(id, posting, number, opens_at, deadline_at, closed_at)| Round {
        id,
        posting,
        number,
        opens_at,
        deadline_at,
        closed_at,
    };
    Ok(rows.into_iter().map(round).collect())
}

/// Freezes a version; gives its number.
pub(super) fn insert_version(
    conn: &mut Conn,
    id: PostingId,
    content: &str,
    sha256: &str,
    created_by: &str,
    now: Instant,
) -> Result<i32, DbError> {
    let last: Option<i32> = posting_versions::table
        .filter(posting_versions::posting_id.eq(id))
        .order(posting_versions::number.desc())
        .select(posting_versions::number)
        .first(conn)
        .optional()?;
    let number = last.unwrap_or(0) + 1;
    diesel::insert_into(posting_versions::table)
        .values((
            posting_versions::posting_id.eq(id),
            posting_versions::number.eq(number),
            posting_versions::content.eq(content),
            posting_versions::sha256.eq(sha256),
            posting_versions::created_by.eq(created_by),
            posting_versions::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(number)
}

/// A frozen version.
#[derive(Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub number: i32,
    /// The content as JSON.
    pub content: String,
    /// sha256 of that JSON, as hex.
    pub sha256: String,
    /// Who: `user:…` or `token:…`.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
}

/// Every frozen version, newest first.
pub fn versions(conn: &mut Conn, id: PostingId) -> Result<Vec<Version>, DbError> {
    Ok(posting_versions::table
        .filter(posting_versions::posting_id.eq(id))
        .order(posting_versions::number.desc())
        .select((
            posting_versions::number,
            posting_versions::content,
            posting_versions::sha256,
            posting_versions::created_by,
            posting_versions::created_at,
        ))
        .load(conn)?)
}

/// A doubtful word somebody let stand, and why (D-17); or an approval (D-07).
#[derive(Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// What: rule and words.
    pub finding: String,
    /// Why it may stand.
    pub reason: String,
    /// Who said so.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
}

/// What has been let stand in an ad.
pub fn acknowledgements(conn: &mut Conn, id: PostingId) -> Result<Vec<Acknowledgement>, DbError> {
    Ok(posting_acknowledgements::table
        .filter(posting_acknowledgements::posting_id.eq(id))
        .order(posting_acknowledgements::created_at)
        .select((
            posting_acknowledgements::finding,
            posting_acknowledgements::reason,
            posting_acknowledgements::created_by,
            posting_acknowledgements::created_at,
        ))
        .load(conn)?)
}

pub(super) fn put_acknowledgement(
    conn: &mut Conn,
    id: PostingId,
    said: &Acknowledgement,
) -> Result<(), DbError> {
    let row = (
        posting_acknowledgements::posting_id.eq(id),
        posting_acknowledgements::finding.eq(&said.finding),
        posting_acknowledgements::reason.eq(&said.reason),
        posting_acknowledgements::created_by.eq(&said.created_by),
        posting_acknowledgements::created_at.eq(said.created_at),
    );
    each!(conn, |c| diesel::insert_into(posting_acknowledgements::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// An ad within a scope; what lies outside is not there.
pub fn get(conn: &mut Conn, scope: &Scope, id: PostingId) -> Result<Option<Posting>, DbError> {
    Ok(one(conn, id)?.filter(|p| scope.covers(p.content.unit, Some(id))))
}

/// An ad, whoever asks; for jobs and for callers that have narrowed already.
pub(super) fn one(conn: &mut Conn, id: PostingId) -> Result<Option<Posting>, DbError> {
    let row = postings::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(whole(conn, row.into_iter().collect())?.pop())
}

/// The ad with this address, in whatever state.
pub(super) fn by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Posting>, DbError> {
    let row =
        postings::table.filter(postings::slug.eq(slug)).select(Row::as_select()).first(conn).optional()?;
    Ok(whole(conn, row.into_iter().collect())?.pop())
}

/// Every public ad that takes applications at `now`, nearest deadline first.
pub(super) fn open_public(conn: &mut Conn, now: Instant) -> Result<Vec<Posting>, DbError> {
    let rows = postings::table
        .filter(postings::state.eq(State::Open))
        .filter(postings::visibility.eq(Visibility::Public))
        .filter(postings::deadline_at.gt(now))
        .order((postings::opened_at.desc(), postings::reference.desc()))
        .select(Row::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// Ids of open ads whose deadline has come.
pub(super) fn overdue(conn: &mut Conn, now: Instant) -> Result<Vec<PostingId>, DbError> {
    Ok(postings::table
        .filter(postings::state.eq(State::Open))
        .filter(postings::deadline_at.le(now))
        .select(postings::id)
        .load(conn)?)
}

/// Rows with their texts, themes and media; the order stays.
fn whole(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Posting>, DbError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<PostingId> = rows.iter().map(|r| r.id).collect();
    let mut texts: HashMap<PostingId, Vec<Text>> = HashMap::new();
    let found: Vec<(PostingId, Language, String, String, String)> = posting_texts::table
        .filter(posting_texts::posting_id.eq_any(&ids))
        .order(posting_texts::language)
        .load(conn)?;
    for (id, language, title, lead, body) in found {
        texts.entry(id).or_default().push(Text { language, title, lead, body });
    }
    let mut themes: HashMap<PostingId, Vec<String>> = HashMap::new();
    let found: Vec<(PostingId, String)> = posting_themes::table
        .filter(posting_themes::posting_id.eq_any(&ids))
        .order(posting_themes::theme)
        .load(conn)?;
    for (id, theme) in found {
        themes.entry(id).or_default().push(theme);
    }
    let mut media: HashMap<PostingId, Vec<Placed>> = HashMap::new();
    let found: Vec<(PostingId, AssetId, MediaRole)> = posting_media::table
        .filter(posting_media::posting_id.eq_any(&ids))
        .order(posting_media::position)
        .select((posting_media::posting_id, posting_media::asset_id, posting_media::role))
        .load(conn)?;
    for (id, asset, role) in found {
        media.entry(id).or_default().push(Placed { asset, role });
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let id = row.id;
            row.posting(
                texts.remove(&id).unwrap_or_default(),
                themes.remove(&id).unwrap_or_default(),
                media.remove(&id).unwrap_or_default(),
            )
        })
        .collect())
}

impl Row {
    fn posting(self, texts: Vec<Text>, themes: Vec<String>, media: Vec<Placed>) -> Posting {
        let zone = self.deadline_zone.parse().unwrap_or(chrono_tz::Europe::Copenhagen);
        Posting {
            id: self.id,
            reference: self.reference,
            slug: self.slug,
            state: self.state,
            version: self.version,
            content: Content {
                unit: self.unit_id,
                visibility: self.visibility,
                visibility_reason: self.visibility_reason,
                terms: Terms {
                    profession: self.profession,
                    employment_type: self.employment_type,
                    openings: self.openings,
                    hours_min: self.hours_min.and_then(Hours::from_hundredths),
                    hours_max: self.hours_max.and_then(Hours::from_hundredths),
                    shifts: self.shifts.split_whitespace().map(str::to_owned).collect(),
                    workplace: self.workplace,
                    address: self.address,
                    agreement: self.agreement,
                    pay: self.pay,
                    pay_range: self.pay_range,
                    starts_on: self.starts_on,
                    contact_name: self.contact_name,
                    contact_email: self.contact_email,
                    contact_phone: self.contact_phone,
                },
                deadline: self.deadline_wall.and_then(|w| WallTime::parse(&w, zone)),
                texts,
                themes,
                media,
            },
            deadline_at: self.deadline_at,
            opened_at: self.opened_at,
            closed_at: self.closed_at,
            close_reason: self.close_reason,
            created_by: self.created_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}
