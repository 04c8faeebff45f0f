//! Rows of people, of which files show them, of their yeses and of the links by which they answer.

use std::collections::HashMap;

use diesel::prelude::*;

use super::person::{Giver, Manner, Person, Purpose, Relation, Yes};
use crate::{
    base::{
        Instant,
        id::{AssetId, ConsentId, ConsentLinkId, PersonId, UnitId},
    },
    db::{
        Conn, DbError,
        schema::{assets, consent_links, consents, portrayals, portrayed},
    },
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = portrayed)]
struct Row {
    id: PersonId,
    unit_id: UnitId,
    name: String,
    email: String,
    relation: Relation,
    child_until: Option<Instant>,
    asked_from: Option<Instant>,
    guardians: i16,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = consents)]
struct YesRow {
    id: ConsentId,
    person_id: PersonId,
    purpose: Purpose,
    giver: Giver,
    giver_name: String,
    given_at: Instant,
    until_at: Instant,
    manner: Manner,
    words: String,
    evidence: Option<String>,
    withdrawn_at: Option<Instant>,
}

fn whole(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Person>, DbError> {
    let ids: Vec<PersonId> = rows.iter().map(|r| r.id).collect();
    let mut given: HashMap<PersonId, Vec<Yes>> = HashMap::new();
    let found: Vec<YesRow> = consents::table
        .filter(consents::person_id.eq_any(&ids))
        .order((consents::given_at.desc(), consents::id.desc()))
        .select(YesRow::as_select())
        .load(conn)?;
    for y in found {
        given.entry(y.person_id).or_default().push(Yes {
            id: y.id,
            purpose: y.purpose,
            giver: y.giver,
            giver_name: y.giver_name,
            given_at: y.given_at,
            until: y.until_at,
            manner: y.manner,
            words: y.words,
            evidence: y.evidence,
            withdrawn_at: y.withdrawn_at,
        });
    }
    Ok(rows
        .into_iter()
        .map(|r| Person {
            yeses: given.remove(&r.id).unwrap_or_default(),
            id: r.id,
            unit: r.unit_id,
            name: r.name,
            email: r.email,
            relation: r.relation,
            child_until: r.child_until,
            asked_from: r.asked_from,
            guardians: r.guardians,
        })
        .collect())
}

/// Somebody, whoever asks.
pub fn person(conn: &mut Conn, id: PersonId) -> Result<Option<Person>, DbError> {
    let rows = portrayed::table.find(id).select(Row::as_select()).load(conn)?;
    Ok(whole(conn, rows)?.pop())
}

/// Everybody known in these units, by name.
pub fn in_units(conn: &mut Conn, units: &[UnitId]) -> Result<Vec<Person>, DbError> {
    let rows = portrayed::table
        .filter(portrayed::unit_id.eq_any(units))
        .order((portrayed::name, portrayed::id))
        .select(Row::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// Who can be recognised in each of these files; a file with nobody is left out.
pub fn of_assets(conn: &mut Conn, ids: &[AssetId]) -> Result<HashMap<AssetId, Vec<Person>>, DbError> {
    let pairs: Vec<(AssetId, PersonId)> = portrayals::table
        .filter(portrayals::asset_id.eq_any(ids))
        .select((portrayals::asset_id, portrayals::person_id))
        .load(conn)?;
    if pairs.is_empty() {
        return Ok(HashMap::new());
    }
    let people: Vec<PersonId> = pairs.iter().map(|(_, person)| *person).collect();
    let rows = portrayed::table
        .filter(portrayed::id.eq_any(people))
        .order((portrayed::name, portrayed::id))
        .select(Row::as_select())
        .load(conn)?;
    let mut shown: HashMap<AssetId, Vec<Person>> = HashMap::new();
    for person in whole(conn, rows)? {
        for (asset, _) in pairs.iter().filter(|(_, id)| *id == person.id) {
            shown.entry(*asset).or_default().push(person.clone());
        }
    }
    Ok(shown)
}

/// The files that show somebody, newest first.
pub fn assets_of(conn: &mut Conn, id: PersonId) -> Result<Vec<AssetId>, DbError> {
    Ok(portrayals::table
        .inner_join(assets::table)
        .filter(portrayals::person_id.eq(id))
        .order((assets::created_at.desc(), assets::id.desc()))
        .select(portrayals::asset_id)
        .load(conn)?)
}

pub(super) fn insert(conn: &mut Conn, person: &Person, by: &str, now: Instant) -> Result<(), DbError> {
    diesel::insert_into(portrayed::table)
        .values((
            portrayed::id.eq(person.id),
            portrayed::unit_id.eq(person.unit),
            portrayed::name.eq(&person.name),
            portrayed::email.eq(&person.email),
            portrayed::relation.eq(person.relation),
            portrayed::child_until.eq(person.child_until),
            portrayed::asked_from.eq(person.asked_from),
            portrayed::guardians.eq(person.guardians),
            portrayed::made_by.eq(by),
            portrayed::made_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Removes somebody with every yes and link; the caller knows that no file shows them.
pub(super) fn delete(conn: &mut Conn, id: PersonId) -> Result<(), DbError> {
    diesel::delete(consent_links::table.filter(consent_links::person_id.eq(id))).execute(conn)?;
    diesel::delete(consents::table.filter(consents::person_id.eq(id))).execute(conn)?;
    diesel::delete(portrayed::table.find(id)).execute(conn)?;
    Ok(())
}

/// That a file shows somebody; said twice it is once.
pub(super) fn portray(conn: &mut Conn, asset: AssetId, person: PersonId) -> Result<(), DbError> {
    let there = portrayals::table.find((asset, person));
    if !diesel::select(diesel::dsl::exists(there)).get_result(conn)? {
        diesel::insert_into(portrayals::table)
            .values((portrayals::asset_id.eq(asset), portrayals::person_id.eq(person)))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn unportray(conn: &mut Conn, asset: AssetId, person: PersonId) -> Result<bool, DbError> {
    let there =
        portrayals::table.filter(portrayals::asset_id.eq(asset)).filter(portrayals::person_id.eq(person));
    Ok(diesel::delete(there).execute(conn)? == 1)
}

/// Of a file that is deleted.
pub(in crate::media) fn unportray_all(conn: &mut Conn, asset: AssetId) -> Result<(), DbError> {
    diesel::delete(portrayals::table.filter(portrayals::asset_id.eq(asset))).execute(conn)?;
    Ok(())
}

pub(super) fn insert_yes(
    conn: &mut Conn,
    person: PersonId,
    yes: &Yes,
    noted_by: &str,
) -> Result<(), DbError> {
    diesel::insert_into(consents::table)
        .values((
            consents::id.eq(yes.id),
            consents::person_id.eq(person),
            consents::purpose.eq(yes.purpose),
            (consents::giver.eq(yes.giver), consents::giver_name.eq(&yes.giver_name)),
            (consents::given_at.eq(yes.given_at), consents::until_at.eq(yes.until)),
            (consents::manner.eq(yes.manner), consents::words.eq(&yes.words)),
            consents::evidence.eq(&yes.evidence),
            consents::noted_by.eq(noted_by),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes back every yes of a giver to these purposes that is not taken back yet; how many there were.
pub(super) fn withdraw(
    conn: &mut Conn,
    person: PersonId,
    giver_name: Option<&str>,
    purposes: &[Purpose],
    by: &str,
    now: Instant,
) -> Result<usize, DbError> {
    let mut query = consents::table
        .filter(consents::person_id.eq(person))
        .filter(consents::purpose.eq_any(purposes.to_vec()))
        .filter(consents::withdrawn_at.is_null())
        .select(consents::id)
        .into_boxed();
    if let Some(name) = giver_name {
        query = query.filter(consents::giver_name.eq(name.to_owned()));
    }
    let ids: Vec<ConsentId> = query.load(conn)?;
    Ok(diesel::update(consents::table.filter(consents::id.eq_any(ids)))
        .set((consents::withdrawn_at.eq(now), consents::withdrawn_by.eq(by)))
        .execute(conn)?)
}

/// Yeses that end before `before`, hold now, and of which nobody has been told; with whom they concern and who noted them.
pub(super) fn ending(
    conn: &mut Conn,
    now: Instant,
    before: Instant,
) -> Result<Vec<(ConsentId, PersonId, String)>, DbError> {
    Ok(consents::table
        .filter(consents::withdrawn_at.is_null())
        .filter(consents::warned_at.is_null())
        .filter(consents::until_at.gt(now))
        .filter(consents::until_at.le(before))
        .order(consents::id)
        .select((consents::id, consents::person_id, consents::noted_by))
        .load(conn)?)
}

pub(super) fn warned(conn: &mut Conn, ids: &[ConsentId], now: Instant) -> Result<(), DbError> {
    diesel::update(consents::table.filter(consents::id.eq_any(ids)))
        .set(consents::warned_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Those of these files that somebody signed and that are kept for it.
pub(in crate::media) fn needed_papers(conn: &mut Conn, sha256: &[String]) -> Result<Vec<String>, DbError> {
    let found: Vec<Option<String>> =
        consents::table.filter(consents::evidence.eq_any(sha256)).select(consents::evidence).load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

/// Every signed paper.
pub(in crate::media) fn papers(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    let found: Vec<Option<String>> =
        consents::table.filter(consents::evidence.is_not_null()).select(consents::evidence).load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

/// A link by which somebody answers.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = consent_links)]
pub(super) struct Link {
    pub id: ConsentLinkId,
    pub person_id: PersonId,
    pub token_hash: String,
    pub giver: Giver,
    pub giver_name: String,
    pub email: String,
    /// How long a yes given here holds.
    pub until_at: Instant,
    pub made_by: String,
    pub made_at: Instant,
    /// Until when one may say yes here.
    pub ends_at: Instant,
    pub answered_at: Option<Instant>,
}

pub(super) fn insert_link(conn: &mut Conn, link: &Link) -> Result<(), DbError> {
    diesel::insert_into(consent_links::table).values(link).execute(conn)?;
    Ok(())
}

pub(super) fn link(conn: &mut Conn, id: ConsentLinkId) -> Result<Option<Link>, DbError> {
    Ok(consent_links::table.find(id).select(Link::as_select()).first(conn).optional()?)
}

pub(super) fn link_by_hash(conn: &mut Conn, hash: &str) -> Result<Option<Link>, DbError> {
    Ok(consent_links::table
        .filter(consent_links::token_hash.eq(hash))
        .select(Link::as_select())
        .first(conn)
        .optional()?)
}

/// The links that were made for somebody, newest first.
pub(super) fn links(conn: &mut Conn, person: PersonId) -> Result<Vec<Link>, DbError> {
    Ok(consent_links::table
        .filter(consent_links::person_id.eq(person))
        .order((consent_links::made_at.desc(), consent_links::id.desc()))
        .select(Link::as_select())
        .load(conn)?)
}

pub(super) fn answered(conn: &mut Conn, id: ConsentLinkId, now: Instant) -> Result<(), DbError> {
    diesel::update(consent_links::table.find(id)).set(consent_links::answered_at.eq(now)).execute(conn)?;
    Ok(())
}
