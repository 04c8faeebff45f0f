//! Rows of campaigns and of what belongs to them.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::campaign::{Campaign, Content, Horizon};
use crate::{
    accounts::Scope,
    base::{
        Instant, Subject,
        colour::Colour,
        id::{AssetId, CampaignId, PostingId, StoryId, UnitId},
    },
    db::{
        Conn, DbError,
        schema::{campaign_things, campaign_units, campaigns},
    },
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = campaigns)]
struct Row {
    id: CampaignId,
    unit_id: UnitId,
    name: String,
    slogan: String,
    starts_on: String,
    ends_on: Option<String>,
    zone: String,
    horizon: Horizon,
    trial: bool,
    hypothesis: String,
    colour: String,
    logo_id: Option<AssetId>,
    version: i32,
    archived_at: Option<Instant>,
    created_by: String,
    created_at: Instant,
}

/// The columns a save writes.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = campaigns, treat_none_as_null = true)]
struct Written<'a> {
    unit_id: UnitId,
    name: &'a str,
    slogan: &'a str,
    starts_on: String,
    ends_on: Option<String>,
    horizon: Horizon,
    trial: bool,
    hypothesis: &'a str,
    colour: String,
    logo_id: Option<AssetId>,
    updated_at: Instant,
}

fn written(content: &Content, now: Instant) -> Written<'_> {
    Written {
        unit_id: content.unit,
        name: &content.name,
        slogan: &content.slogan,
        starts_on: content.starts_on.to_string(),
        ends_on: content.ends_on.map(|day| day.to_string()),
        horizon: content.horizon,
        trial: content.trial,
        hypothesis: &content.hypothesis,
        colour: content.colour.to_string(),
        logo_id: content.logo,
        updated_at: now,
    }
}

/// Rows with the units that carry them; the order stays.
fn whole(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Campaign>, DbError> {
    let ids: Vec<CampaignId> = rows.iter().map(|r| r.id).collect();
    let mut together: HashMap<CampaignId, Vec<UnitId>> = HashMap::new();
    let found: Vec<(CampaignId, UnitId)> = campaign_units::table
        .filter(campaign_units::campaign_id.eq_any(ids))
        .order(campaign_units::unit_id)
        .load(conn)?;
    for (id, unit) in found {
        together.entry(id).or_default().push(unit);
    }
    let day = |text: &str| text.parse::<NaiveDate>().unwrap_or(NaiveDate::MIN);
    Ok(rows
        .into_iter()
        .map(|r| Campaign {
            content: Content {
                unit: r.unit_id,
                together: together.remove(&r.id).unwrap_or_default(),
                name: r.name,
                slogan: r.slogan,
                starts_on: day(&r.starts_on),
                ends_on: r.ends_on.as_deref().map(day),
                horizon: r.horizon,
                trial: r.trial,
                hypothesis: r.hypothesis,
                colour: r.colour.parse().unwrap_or(Colour { red: 0, green: 0, blue: 0 }),
                logo: r.logo_id,
            },
            id: r.id,
            zone: r.zone.parse().unwrap_or(chrono_tz::Europe::Copenhagen),
            version: r.version,
            archived_at: r.archived_at,
            created_by: r.created_by,
            created_at: r.created_at,
        })
        .collect())
}

pub(super) fn insert(
    conn: &mut Conn,
    id: CampaignId,
    content: &Content,
    zone: chrono_tz::Tz,
    created_by: &str,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(campaigns::table)
        .values((
            written(content, now),
            campaigns::id.eq(id),
            campaigns::zone.eq(zone.name()),
            campaigns::created_by.eq(created_by),
            campaigns::created_at.eq(now),
        ))
        .execute(conn)?;
    write_units(conn, id, content)
}

/// Saves over the version that was read; false when somebody else has saved since.
pub(super) fn update(
    conn: &mut Conn,
    campaign: &Campaign,
    content: &Content,
    now: Instant,
) -> Result<bool, DbError> {
    let row = campaigns::table.find(campaign.id).filter(campaigns::version.eq(campaign.version));
    let hit = diesel::update(row)
        .set((written(content, now), campaigns::version.eq(campaign.version + 1)))
        .execute(conn)?;
    if hit == 0 {
        return Ok(false);
    }
    write_units(conn, campaign.id, content)?;
    Ok(true)
}

fn write_units(conn: &mut Conn, id: CampaignId, content: &Content) -> Result<(), DbError> {
    diesel::delete(campaign_units::table.filter(campaign_units::campaign_id.eq(id))).execute(conn)?;
    for unit in &content.together {
        diesel::insert_into(campaign_units::table)
            .values((campaign_units::campaign_id.eq(id), campaign_units::unit_id.eq(unit)))
            .execute(conn)?;
    }
    Ok(())
}

/// Lays it away, or takes it out again; false when it stood so already.
pub(super) fn set_archived(
    conn: &mut Conn,
    id: CampaignId,
    at: Option<Instant>,
    now: Instant,
) -> Result<bool, DbError> {
    let row = campaigns::table.find(id).filter(campaigns::archived_at.is_null().eq(at.is_some()));
    let hit = diesel::update(row)
        .set((
            campaigns::archived_at.eq(at),
            campaigns::version.eq(campaigns::version + 1),
            campaigns::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(hit == 1)
}

pub(super) fn delete(conn: &mut Conn, id: CampaignId) -> Result<(), DbError> {
    diesel::delete(campaigns::table.find(id)).execute(conn)?;
    Ok(())
}

/// Campaigns that units inside `scope` own or carry, the latest to begin first.
pub fn list(conn: &mut Conn, scope: &Scope) -> Result<Vec<Campaign>, DbError> {
    of_units(conn, &scope.units())
}

/// The same of these units, whoever asks.
pub(super) fn of_units(conn: &mut Conn, units: &[UnitId]) -> Result<Vec<Campaign>, DbError> {
    let carried = campaign_units::table
        .filter(campaign_units::unit_id.eq_any(units))
        .select(campaign_units::campaign_id);
    let rows = campaigns::table
        .filter(campaigns::unit_id.eq_any(units).or(campaigns::id.eq_any(carried)))
        .order((campaigns::starts_on.desc(), campaigns::name, campaigns::id))
        .select(Row::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// A campaign that a unit inside `scope` owns or carries.
pub fn get(conn: &mut Conn, scope: &Scope, id: CampaignId) -> Result<Option<Campaign>, DbError> {
    Ok(any(conn, id)?.filter(|found| found.content.units().any(|unit| scope.covers_unit(unit))))
}

/// A campaign, whoever asks; the caller has narrowed.
pub fn any(conn: &mut Conn, id: CampaignId) -> Result<Option<Campaign>, DbError> {
    let row: Option<Row> = campaigns::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(whole(conn, row.into_iter().collect())?.pop())
}

/// The ads and stories that belong to it.
pub fn things(conn: &mut Conn, id: CampaignId) -> Result<Vec<Subject>, DbError> {
    let rows: Vec<(Option<PostingId>, Option<StoryId>)> = campaign_things::table
        .filter(campaign_things::campaign_id.eq(id))
        .order((campaign_things::posting_id, campaign_things::story_id))
        .select((campaign_things::posting_id, campaign_things::story_id))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(posting, story)| Subject::of(posting, story)).collect())
}

/// How many ads and stories belong to each campaign that has any.
pub(super) fn sizes(conn: &mut Conn) -> Result<HashMap<CampaignId, i64>, DbError> {
    let rows: Vec<(CampaignId, i64)> = campaign_things::table
        .group_by(campaign_things::campaign_id)
        .select((campaign_things::campaign_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The campaign an ad or story belongs to.
pub(super) fn of(conn: &mut Conn, subject: Subject) -> Result<Option<CampaignId>, DbError> {
    let found = match subject {
        Subject::Posting(id) => campaign_things::table
            .filter(campaign_things::posting_id.eq(id))
            .select(campaign_things::campaign_id)
            .first(conn),
        Subject::Story(id) => campaign_things::table
            .filter(campaign_things::story_id.eq(id))
            .select(campaign_things::campaign_id)
            .first(conn),
    };
    Ok(found.optional()?)
}

/// Puts an ad or story into a campaign, or into none.
pub(super) fn set(conn: &mut Conn, subject: Subject, campaign: Option<CampaignId>) -> Result<(), DbError> {
    match subject {
        Subject::Posting(id) => {
            diesel::delete(campaign_things::table.filter(campaign_things::posting_id.eq(id))).execute(conn)?
        }
        Subject::Story(id) => {
            diesel::delete(campaign_things::table.filter(campaign_things::story_id.eq(id))).execute(conn)?
        }
    };
    if let Some(campaign) = campaign {
        diesel::insert_into(campaign_things::table)
            .values((
                campaign_things::campaign_id.eq(campaign),
                campaign_things::posting_id.eq(subject.posting()),
                campaign_things::story_id.eq(subject.story()),
            ))
            .execute(conn)?;
    }
    Ok(())
}
