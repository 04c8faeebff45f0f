//! Ads as the world may see them, and what the slices below read of them.

use chrono::{Months, NaiveDateTime};

use super::{
    keeping,
    posting::{CloseReason, Placed, Posting, Round, State, Visibility},
    readiness::readiness,
    store,
};
use crate::{
    base::{
        Instant, Language,
        id::{AssetId, PostingId, RoundId, UnitId},
        wall::WallTime,
    },
    config::Config,
    db::{Conn, DbError},
    kit::Kit,
};

/// What an address of the careers site leads to.
#[derive(Clone, Debug)]
pub enum Public {
    /// There has never been an ad there: 404. Drafts too.
    Unknown,
    /// It takes applications: 200.
    Open(Box<Posting>),
    /// It has been open: 200 with a word about it, not to be indexed.
    Closed(Box<Posting>),
    /// It was withdrawn, or is past the time applications are kept: 410.
    Gone,
}

/// What lies at `/job/{slug}`.
pub fn by_slug_public(conn: &mut Conn, kit: &Kit, slug: &str) -> Result<Public, DbError> {
    let now = kit.clock.now();
    let Some(posting) = store::by_slug(conn, slug)? else { return Ok(Public::Unknown) };
    Ok(match posting.state_at(now) {
        State::Draft => Public::Unknown,
        State::Open => Public::Open(Box::new(posting)),
        State::DeadlinePassed => Public::Closed(Box::new(posting)),
        State::Closed if posting.close_reason == Some(CloseReason::Withdrawn) => Public::Gone,
        State::Closed => {
            let months = keeping::kept(conn, &kit.config, &posting)?.months;
            let ends = posting.closed_at.and_then(|at| after_months(at, months));
            if ends.is_some_and(|e| now >= e) { Public::Gone } else { Public::Closed(Box::new(posting)) }
        }
    })
}

fn after_months(at: Instant, months: u32) -> Option<Instant> {
    at.utc().checked_add_months(Months::new(months)).map(Instant::from_utc)
}

/// The deadline on the wall as a frozen version told it; none where it told none, or there is no such version.
pub fn deadline_in(conn: &mut Conn, id: PostingId, version: i32) -> Result<Option<NaiveDateTime>, DbError> {
    let frozen = store::versions(conn, id)?.into_iter().find(|v| v.number == version);
    let content: serde_json::Value =
        frozen.and_then(|v| serde_json::from_str(&v.content).ok()).unwrap_or_default();
    let wall = content["deadline"].as_str().and_then(|wall| wall.split_once(' '));
    Ok(wall.and_then(|(local, zone)| Some(WallTime::parse(local, zone.parse().ok()?)?.local)))
}

/// Every ad on the careers site, newest first.
pub fn open_public(conn: &mut Conn, now: Instant) -> Result<Vec<Posting>, DbError> {
    store::open_public(conn, now)
}

/// The ad and its running round while applications are taken at `now`; `None` before, after, and for no ad.
pub fn open_for_applications(
    conn: &mut Conn,
    slug: &str,
    now: Instant,
) -> Result<Option<(Posting, Round)>, DbError> {
    let Some(posting) = store::by_slug(conn, slug)?.filter(|p| p.state_at(now) == State::Open) else {
        return Ok(None);
    };
    let round = store::rounds(conn, posting.id)?.into_iter().find(|r| r.closed_at.is_none());
    Ok(round.map(|r| (posting, r)))
}

/// An ad, whoever asks: for letters and pages about an application that has been narrowed already.
pub fn any(conn: &mut Conn, id: PostingId) -> Result<Option<Posting>, DbError> {
    store::one(conn, id)
}

/// The newest round of an ad that has been opened: where an application keyed in by hand belongs.
pub fn round_of(conn: &mut Conn, posting: PostingId) -> Result<Option<Round>, DbError> {
    Ok(store::rounds(conn, posting)?.into_iter().next())
}

/// What goes to a channel about an ad.
#[derive(Clone, Debug)]
pub struct ForPublication {
    /// Which ad.
    pub posting: PostingId,
    /// Its unit.
    pub unit: UnitId,
    /// The round that runs; none for a draft.
    pub round: Option<RoundId>,
    /// The newest frozen version; 0 for a draft.
    pub version: i32,
    /// Where it stands now.
    pub state: State,
    /// Whether the world may find it (D-07).
    pub visibility: Visibility,
    /// The language of the words.
    pub language: Language,
    /// The job, in a line.
    pub title: String,
    /// What makes one read on.
    pub lead: String,
    /// Where one works.
    pub workplace: String,
    /// The whole address of the ad; a tracked link stands in its place on a channel.
    pub url: String,
    /// Until when.
    pub deadline_at: Option<Instant>,
    /// The same on the wall.
    pub deadline_local: Option<NaiveDateTime>,
    /// Pictures and films in order.
    pub media: Vec<Placed>,
    /// The picture on top.
    pub hero: Option<AssetId>,
    /// The film.
    pub film: Option<AssetId>,
    /// Codes of the themes.
    pub themes: Vec<String>,
}

/// Whether nothing is missing in an ad before it may go out, whoever asks; an ad that is not there is not
/// ready.
pub fn is_ready(conn: &mut Conn, config: &Config, id: PostingId, now: Instant) -> Result<bool, DbError> {
    let Some(posting) = store::one(conn, id)? else { return Ok(false) };
    Ok(readiness(conn, config, &posting, now)?.is_ready())
}

/// What a channel needs of an ad in a language, whoever asks; the caller has narrowed. Where the ad is not
/// whole in that language, the Danish words come.
pub fn content_for_publication(
    conn: &mut Conn,
    kit: &Kit,
    id: PostingId,
    language: Language,
) -> Result<Option<ForPublication>, DbError> {
    let Some(posting) = store::one(conn, id)? else { return Ok(None) };
    let round = round_of(conn, id)?;
    let version = store::versions(conn, id)?.first().map_or(0, |v| v.number);
    let language =
        if posting.content.languages().contains(&language) { language } else { Language::default() };
    let text = posting.content.text(language);
    let tongue = if language == Language::Da { "" } else { "?lang=en" };
    Ok(Some(ForPublication {
        posting: id,
        unit: posting.content.unit,
        round: round.map(|r| r.id),
        version,
        state: posting.state_at(kit.clock.now()),
        visibility: posting.content.visibility,
        language,
        title: text.map(|t| t.title.clone()).unwrap_or_default(),
        lead: text.map(|t| t.lead.clone()).unwrap_or_default(),
        workplace: posting.content.terms.workplace.clone(),
        url: format!("{}{}{tongue}", kit.config.server.public_url, posting.path()),
        deadline_at: posting.deadline_at,
        deadline_local: posting.deadline_local(),
        hero: posting.content.hero(),
        film: posting.content.film(),
        themes: posting.content.themes.clone(),
        media: posting.content.media,
    }))
}
