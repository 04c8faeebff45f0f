//! Where ads and stories are written: the campaigns they may be put into, and putting them there.

use super::{campaign::Campaign, store};
use crate::{
    accounts::{
        self, Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    base::{
        Instant, Subject,
        id::{CampaignId, UnitId},
    },
    db::{self, Conn, DbError},
    i18n::Speech,
    web::{Choice, Typed, forms::Errors},
};

/// The field of the form.
pub const FIELD: &str = "campaign";
/// What it said when the page was drawn, so that a save changes only what this person changed.
const BEFORE: &str = "campaign_before";

/// The campaign an ad or story belongs to.
pub fn chosen(conn: &mut Conn, subject: Subject) -> Result<Option<Campaign>, DbError> {
    match store::of(conn, subject)? {
        Some(id) => store::any(conn, id),
        None => Ok(None),
    }
}

/// The same by its name, for a page that shows the ad or story: with its address for whoever may open it.
pub fn named(
    conn: &mut Conn,
    counts: Option<&Scope>,
    subject: Subject,
) -> Result<Option<(String, Option<String>)>, DbError> {
    Ok(chosen(conn, subject)?.map(|campaign| {
        let seen = counts.is_some_and(|scope| campaign.content.units().any(|u| scope.covers_unit(u)));
        let href = seen.then(|| campaign.href());
        (campaign.content.name, href)
    }))
}

/// Campaigns that run or will, of the units inside `scope` and of those above `unit`.
fn open_to(conn: &mut Conn, scope: &Scope, unit: UnitId, now: Instant) -> Result<Vec<Campaign>, DbError> {
    let mut units = scope.units();
    units.extend(accounts::units_above(conn, unit)?);
    let mut found = store::of_units(conn, &units)?;
    found.retain(|campaign| campaign.phase(now).takes());
    Ok(found)
}

/// What the select of an ad's or story's form offers; the one it is in already is among them, whatever became of it. Fills
/// `typed` with where it stands unless the form came back with something in it.
pub fn choices(
    conn: &mut Conn,
    scope: &Scope,
    unit: UnitId,
    subject: Subject,
    now: Instant,
    t: Speech,
    typed: &mut Typed,
) -> Result<Vec<Choice>, DbError> {
    let mut offered = open_to(conn, scope, unit, now)?;
    let own = chosen(conn, subject)?;
    let standing = own.as_ref().map(|campaign| campaign.id.to_string()).unwrap_or_default();
    if let Some(own) = own.filter(|own| offered.iter().all(|c| c.id != own.id)) {
        offered.push(own);
    }
    if typed.all(FIELD).next().is_none() {
        typed.set(FIELD, &standing);
    }
    typed.set(BEFORE, standing);
    let none = Choice::new("", t.say("campaign-none"));
    Ok(std::iter::once(none).chain(offered.into_iter().map(|c| Choice::new(c.id, c.content.name))).collect())
}

/// Puts an ad or story into the campaign that the form names, when it names another than the page had. In the transaction
/// that saves the form; `Ok(Err(…))` says at the field why it cannot be.
pub fn put(
    conn: &mut Conn,
    actor: Actor,
    scope: &Scope,
    unit: UnitId,
    subject: Subject,
    typed: &Typed,
    now: Instant,
) -> Result<Result<(), Errors>, DbError> {
    let (wanted, before) = (typed.get(FIELD), typed.get(BEFORE));
    if wanted == before {
        return Ok(Ok(()));
    }
    let wanted: Option<CampaignId> = match wanted {
        "" => None,
        id => {
            let offered = open_to(conn, scope, unit, now)?;
            match offered.iter().find(|campaign| campaign.id.to_string() == id) {
                Some(campaign) => Some(campaign.id),
                None => return Ok(Err(Errors::one(FIELD, "campaign-error-choice"))),
            }
        }
    };
    db::lock(conn, "campaigns")?;
    if store::of(conn, subject)? == wanted {
        return Ok(Ok(()));
    }
    store::set(conn, subject, wanted)?;
    let detail = wanted.map_or_else(|| "campaign -".to_owned(), |id| format!("campaign {id}"));
    let line = Line {
        actor,
        verb: Verb::Changed,
        object: Object::from(subject),
        posting: subject.posting(),
        detail: Some(detail),
    };
    audit::write(conn, &[line], now)?;
    Ok(Ok(()))
}
