//! The verbs: know somebody, say which files show them, ask by a link, note a yes, take it back, forget.

use std::time::Duration;

use chrono::{Months, NaiveDate};
use chrono_tz::Tz;

use super::{
    jobs::SendConsentLink,
    person::{Giver, Manner, Person, Purpose, Relation, Yes},
    store::{self, Link},
};
use crate::{
    accounts::audit::{self, Actor, Line, Object, Verb},
    base::{
        Instant, Language, address,
        id::{AssetId, ConsentId, ConsentLinkId, PersonId, UnitId},
        text,
        wall::WallTime,
    },
    config::Consents,
    db::{Conn, DbError},
    i18n::Speech,
    kit::Kit,
    queue,
    secrets::{Secrets, fingerprint},
    web::forms::Errors,
};

/// Longest name, characters.
const NAME: usize = 120;

/// Why something about a person or their yes is not done.
#[derive(Debug, thiserror::Error)]
pub enum ConsentError {
    /// There is none, or not where this person works.
    #[error("no such person")]
    NotFound,
    /// The link's time to say yes is over; taking back works on.
    #[error("the link has ended")]
    Ended,
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong")]
    Fields(Errors),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Midnight at the beginning of a day.
pub(in crate::media) fn morning(day: NaiveDate, zone: Tz) -> Instant {
    WallTime { local: day.and_hms_opt(0, 0, 0).unwrap_or_default(), zone }.instant().0
}

/// The day of an instant.
pub(in crate::media) fn day(at: Instant, zone: Tz) -> NaiveDate {
    WallTime::at(at, zone).local.date()
}

/// A date as a form sends it.
pub(in crate::media) fn date(typed: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok()
}

/// Somebody as a form says them.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// The unit that knows them.
    pub unit: UnitId,
    /// What they are called.
    pub name: String,
    /// Where a question can be sent; may be empty.
    pub email: String,
    /// Who they are to the house.
    pub relation: Relation,
    /// `2019-05-03`; of the young only, and not kept. Empty for the grown up.
    pub born: String,
    /// One person alone answers for the child.
    pub one_guardian: bool,
}

impl NewPerson {
    /// As they are kept: of a birthday remain the days on which something changes.
    fn checked(
        self,
        id: PersonId,
        settings: &Consents,
        zone: Tz,
        now: Instant,
    ) -> Result<Person, ConsentError> {
        let mut errors = Errors::none();
        let name = text::line(&self.name);
        if name.is_empty() {
            errors.add("name", "error-required");
        } else if text::count(&name) > NAME {
            errors.add_with("name", "error-too-long", "max", NAME);
        }
        let email = match self.email.trim() {
            "" => String::new(),
            given => errors.take("email", address::email(given)),
        };
        let mut person = Person {
            id,
            unit: self.unit,
            name,
            email,
            relation: self.relation,
            child_until: None,
            asked_from: None,
            guardians: 0,
            yeses: Vec::new(),
        };
        match (self.born.trim(), date(&self.born)) {
            ("", _) if self.relation == Relation::Child => errors.add("born", "portrayed-error-born"),
            ("", _) => {}
            (_, Some(born)) if born <= day(now, zone) => {
                let turns = |years: u32| {
                    morning(born.checked_add_months(Months::new(years * 12)).unwrap_or(born), zone)
                };
                let grown = turns(settings.guardian_below);
                if now < grown {
                    person.child_until = Some(grown);
                    person.asked_from = Some(turns(settings.asked_from));
                    person.guardians = if self.one_guardian { 1 } else { 2 };
                }
            }
            _ => errors.add("born", "portrayed-error-date"),
        }
        errors.into_result().map_err(ConsentError::Fields)?;
        Ok(person)
    }
}

/// Takes somebody down, and shows them in a file when one is given.
pub async fn add(
    kit: &Kit,
    actor: Actor,
    new: NewPerson,
    shown_in: Option<AssetId>,
) -> Result<PersonId, ConsentError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let id = PersonId::new(now, &k.chance);
            let person = new.checked(id, &k.config.consents, k.config.delivery.zone, now)?;
            store::insert(c, &person, &actor.to_string(), now)?;
            if let Some(asset) = shown_in {
                show(c, asset, id, now)?;
            }
            log(c, actor, Verb::Created, id, None, now)?;
            Ok(id)
        })
        .await
}

/// That a file shows somebody of the same houses: `within` are the units whose people may be named.
pub async fn portray(
    kit: &Kit,
    actor: Actor,
    within: Vec<UnitId>,
    asset: AssetId,
    person: PersonId,
) -> Result<(), ConsentError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let known = store::person(c, person)?.filter(|p| within.contains(&p.unit));
            if known.is_none() {
                return Err(ConsentError::NotFound);
            }
            show(c, asset, person, now)?;
            Ok(log(c, actor, Verb::Changed, person, Some(format!("shown in asset:{asset}")), now)?)
        })
        .await
}

/// That a file does not show somebody after all.
pub async fn unportray(
    kit: &Kit,
    actor: Actor,
    asset: AssetId,
    person: PersonId,
) -> Result<(), ConsentError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            if !store::unportray(c, asset, person)? {
                return Ok(());
            }
            crate::media::store::touch(c, asset, now)?;
            Ok(log(c, actor, Verb::Changed, person, Some(format!("not shown in asset:{asset}")), now)?)
        })
        .await
}

/// Somebody is in it, so it no longer shows nobody.
fn show(c: &mut Conn, asset: AssetId, person: PersonId, now: Instant) -> Result<(), DbError> {
    store::portray(c, asset, person)?;
    crate::media::store::set_nobody(c, asset, false, now)
}

/// A yes that somebody notes: from a signed paper, or said to a colleague.
#[derive(Clone, Debug)]
pub struct Noted {
    /// To what.
    pub purposes: Vec<Purpose>,
    /// Whose word it is.
    pub giver: Giver,
    /// What they are called; of the person itself their own name is taken.
    pub giver_name: String,
    /// On paper, or said.
    pub manner: Manner,
    /// The last day on which it holds: `2028-11-30`.
    pub last_day: String,
    /// sha256 of the signed paper.
    pub evidence: Option<String>,
}

/// Notes a yes.
pub async fn note(kit: &Kit, actor: Actor, person: PersonId, noted: Noted) -> Result<(), ConsentError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let whom = store::person(c, person)?.ok_or(ConsentError::NotFound)?;
            let mut errors = Errors::none();
            if noted.purposes.is_empty() {
                errors.add("purposes", "consent-error-purposes");
            }
            let giver_name = match noted.giver {
                Giver::Own => whom.name.clone(),
                Giver::Guardian => giver_name(&mut errors, "giver_name", &noted.giver_name),
            };
            if noted.giver == Giver::Own && !whom.is_asked(now) {
                errors.add("giver", "consent-error-too-young");
            }
            if noted.manner == Manner::Paper && noted.evidence.is_none() {
                errors.add("paper", "consent-error-paper");
            }
            let until = until(&mut errors, "last_day", &noted.last_day, &k, now);
            errors.into_result().map_err(ConsentError::Fields)?;
            for purpose in &noted.purposes {
                let yes = Yes {
                    id: ConsentId::new(now, &k.chance),
                    purpose: *purpose,
                    giver: noted.giver,
                    giver_name: giver_name.clone(),
                    given_at: now,
                    until,
                    manner: noted.manner,
                    words: asked(&k, &giver_name, &whom, *purpose, Language::Da),
                    evidence: noted.evidence.clone(),
                    withdrawn_at: None,
                };
                store::insert_yes(c, person, &yes, &actor.to_string())?;
            }
            Ok(log(c, actor, Verb::Changed, person, Some(format!("yes to {}", words(&noted.purposes))), now)?)
        })
        .await
}

fn giver_name(errors: &mut Errors, field: &str, typed: &str) -> String {
    let name = text::line(typed);
    if name.is_empty() {
        errors.add(field, "error-required");
    } else if text::count(&name) > NAME {
        errors.add_with(field, "error-too-long", "max", NAME);
    }
    name
}

/// The moment after the last day; empty = as long as is usual.
fn until(errors: &mut Errors, field: &str, last_day: &str, kit: &Kit, now: Instant) -> Instant {
    let zone = kit.config.delivery.zone;
    let today = day(now, zone);
    let usual = today.checked_add_months(Months::new(kit.config.consents.months)).unwrap_or(today);
    let longest = today.checked_add_months(Months::new(kit.config.consents.months_at_most)).unwrap_or(today);
    let last = match (last_day.trim(), date(last_day)) {
        ("", _) => usual,
        (_, Some(day)) if day >= today && day <= longest => day,
        (_, Some(day)) if day > longest => {
            errors.add_with(field, "consent-error-long", "months", kit.config.consents.months_at_most);
            usual
        }
        _ => {
            errors.add(field, "consent-error-day");
            usual
        }
    };
    morning(last.succ_opt().unwrap_or(last), zone)
}

/// What somebody says yes to: the sentence on top of the page behind a link, and the use as it is explained there.
pub(super) fn asked(kit: &Kit, giver: &str, person: &Person, purpose: Purpose, language: Language) -> String {
    let t = Speech(language);
    format!("{} {}: {}", question(kit, giver, person, t), t.say(purpose.key()), t.say(purpose.words_key()))
}

/// The sentence on top of that page.
pub(super) fn question(kit: &Kit, giver: &str, person: &Person, t: Speech) -> String {
    let org = &kit.config.organisation.name;
    t.with3("consent-page-lede", "who", giver, "org", org, "name", &person.name)
}

fn words(purposes: &[Purpose]) -> String {
    purposes.iter().map(|p| p.word()).collect::<Vec<_>>().join(" ")
}

/// Takes back every yes to these purposes, whoever gave it: a colleague was told. How many there were.
pub async fn withdraw(
    kit: &Kit,
    actor: Actor,
    person: PersonId,
    purposes: Vec<Purpose>,
) -> Result<usize, ConsentError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            if purposes.is_empty() {
                return Err(ConsentError::Fields(Errors::one("taken_back", "consent-error-purposes")));
            }
            store::person(c, person)?.ok_or(ConsentError::NotFound)?;
            let taken = store::withdraw(c, person, None, &purposes, &actor.to_string(), now)?;
            log(c, actor, Verb::Changed, person, Some(format!("no to {}", words(&purposes))), now)?;
            Ok(taken)
        })
        .await
}

/// Forgets somebody whom no file shows any more.
pub async fn forget(kit: &Kit, actor: Actor, person: PersonId) -> Result<(), ConsentError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            store::person(c, person)?.ok_or(ConsentError::NotFound)?;
            if !store::assets_of(c, person)?.is_empty() {
                return Err(ConsentError::Fields(Errors::one("forget", "portrayed-error-shown")));
            }
            store::delete(c, person)?;
            Ok(log(c, actor, Verb::Erased, person, None, now)?)
        })
        .await
}

/// Whom to ask by a link.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Whose word is asked for.
    pub giver: Giver,
    /// What they are called; of the person itself their own name is taken.
    pub giver_name: String,
    /// Where the link goes.
    pub email: String,
    /// The last day on which a yes holds; empty = as long as is usual.
    pub last_day: String,
}

/// The text after `/samtykke/`: follows from the row's id and our key.
pub(super) fn token(secrets: &Secrets, id: ConsentLinkId) -> String {
    hex::encode(&secrets.sign("consent_link", id.to_string().as_bytes())[..24])
}

/// Makes a link by which somebody says yes and takes it back, and mails it.
pub async fn invite(
    kit: &Kit,
    actor: Actor,
    person: PersonId,
    invitation: Invitation,
) -> Result<ConsentLinkId, ConsentError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let whom = store::person(c, person)?.ok_or(ConsentError::NotFound)?;
            let mut errors = Errors::none();
            let giver_name = match invitation.giver {
                Giver::Own => whom.name.clone(),
                Giver::Guardian => giver_name(&mut errors, "link_giver_name", &invitation.giver_name),
            };
            if invitation.giver == Giver::Own && !whom.is_asked(now) {
                errors.add("link_giver", "consent-error-too-young");
            }
            let email = errors.take("link_email", address::email(&invitation.email));
            let until_at = until(&mut errors, "link_last_day", &invitation.last_day, &k, now);
            errors.into_result().map_err(ConsentError::Fields)?;
            let id = ConsentLinkId::new(now, &k.chance);
            let link = Link {
                id,
                person_id: person,
                token_hash: fingerprint(&token(&k.secrets, id)),
                giver: invitation.giver,
                giver_name,
                email,
                until_at,
                made_by: actor.to_string(),
                made_at: now,
                ends_at: now + Duration::from_secs(u64::from(k.config.consents.link_days) * 86_400),
                answered_at: None,
            };
            store::insert_link(c, &link)?;
            queue::enqueue(c, &SendConsentLink { link: id }, now, now, &k.chance)?;
            log(c, actor, Verb::Changed, person, Some(format!("asked by link:{id}")), now)?;
            Ok(id)
        })
        .await
}

/// The link behind a token, with whom it asks about; none for any other text.
pub(super) fn opened_by(c: &mut Conn, token: &str) -> Result<Option<(Link, Person)>, DbError> {
    let Some(link) = store::link_by_hash(c, &fingerprint(token))? else { return Ok(None) };
    Ok(store::person(c, link.person_id)?.map(|person| (link, person)))
}

/// What was answered behind a link: yes to `purposes` and no to every other one. What was said yes to before and is
/// not among them is taken back.
pub(super) async fn answer(
    kit: &Kit,
    token: &str,
    purposes: Vec<Purpose>,
    language: Language,
) -> Result<(), ConsentError> {
    let (k, token) = (kit.clone(), token.to_owned());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let (link, person) = opened_by(c, &token)?.ok_or(ConsentError::NotFound)?;
            let by = format!("consent_link:{}", link.id);
            let stands = |purpose: Purpose| {
                person.yeses.iter().any(|y| {
                    y.purpose == purpose
                        && y.giver == link.giver
                        && y.giver_name == link.giver_name
                        && y.holds(now)
                })
            };
            let fresh: Vec<Purpose> = purposes.iter().copied().filter(|p| !stands(*p)).collect();
            if !fresh.is_empty() && (now >= link.ends_at || now >= link.until_at) {
                return Err(ConsentError::Ended);
            }
            let gone: Vec<Purpose> =
                Purpose::ALL.iter().copied().filter(|p| stands(*p) && !purposes.contains(p)).collect();
            store::withdraw(c, person.id, Some(&link.giver_name), &gone, &by, now)?;
            for purpose in fresh {
                let yes = Yes {
                    id: ConsentId::new(now, &k.chance),
                    purpose,
                    giver: link.giver,
                    giver_name: link.giver_name.clone(),
                    given_at: now,
                    until: link.until_at,
                    manner: Manner::Link,
                    words: asked(&k, &link.giver_name, &person, purpose, language),
                    evidence: None,
                    withdrawn_at: None,
                };
                store::insert_yes(c, person.id, &yes, &by)?;
            }
            store::answered(c, link.id, now)?;
            let said = format!("link:{} yes to [{}] no to [{}]", link.id, words(&purposes), words(&gone));
            Ok(log(c, Actor::System, Verb::Changed, person.id, Some(said), now)?)
        })
        .await
}

fn log(
    c: &mut Conn,
    actor: Actor,
    verb: Verb,
    person: PersonId,
    detail: Option<String>,
    now: Instant,
) -> Result<(), DbError> {
    audit::write(c, &[Line { actor, verb, object: Object::Portrayed(person), posting: None, detail }], now)
}
