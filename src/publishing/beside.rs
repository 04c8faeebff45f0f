//! What the strategy says to whoever writes a post: the tone, the audiences with their channels in order and what each of
//! those brought, and where the accounts that are ticked go against it. Said, never enforced.

use std::time::Duration;

use super::{reach, store::Publication, subject};
use crate::{
    accounts::{self, Scope},
    base::{
        Instant, Subject,
        id::{AudienceId, UnitId},
    },
    channels::{self, Connection, Standing},
    db::{Conn, DbError},
    i18n::Speech,
    kit::Kit,
    strategy::{self, Against, Audience, Place},
    web::{Typed, forms::Errors},
};

/// The form's field that says for whom it is written.
pub(super) const FIELD: &str = "whom";
/// So many days back is counted what a channel brought.
const DAYS: u32 = 90;

/// A channel of an audience.
pub(super) struct Stop {
    pub place: Place,
    pub why: String,
    /// What it brought, or that nothing can go there; empty for whoever sees no figures.
    pub brought: String,
    /// No account of the unit's is there.
    pub missing: bool,
}

/// Somebody it may be written for.
pub(super) struct Whom {
    pub id: AudienceId,
    pub name: String,
    pub note: String,
    pub stops: Vec<Stop>,
}

/// What stands beside the composer.
pub(super) struct Beside {
    /// Whose strategy it is.
    pub holder: String,
    pub href: String,
    pub tone_do: Vec<String>,
    pub tone_dont: Vec<String>,
    pub whom: Vec<Whom>,
    /// What goes against it, in sentences.
    pub against: Vec<String>,
}

/// For what a post is written, and what the form says so far.
pub(super) struct Draft<'a> {
    pub unit: UnitId,
    pub accounts: &'a [Connection],
    pub typed: &'a Typed,
    /// Where the reader sees figures; none: none are read.
    pub counts: Option<&'a Scope>,
}

/// Reads it; none where no strategy holds.
pub(super) fn read(
    c: &mut Conn,
    t: Speech,
    draft: &Draft<'_>,
    now: Instant,
) -> Result<Option<Beside>, DbError> {
    let Some(held) = strategy::holding(c, draft.unit)? else { return Ok(None) };
    let units = accounts::units(c)?;
    let all = channels::connections(c)?;
    let brought = match draft.counts {
        Some(scope) => {
            let since = now - Duration::from_secs(u64::from(DAYS) * 86_400);
            Some(reach::reach(c, scope, since, now)?)
        }
        None => None,
    };
    let here: Vec<&str> = words_of(draft.accounts, |account| account.state == Standing::Connected);
    let ticked = |account: &Connection| draft.typed.all("account").any(|id| id == account.id.to_string());
    let chosen: Vec<&str> = words_of(draft.accounts, ticked);
    let stop = |p: &strategy::Priority| {
        let missing = !here.contains(&p.channel.as_str());
        let brought =
            brought.as_ref().map(|reach| reach.channels.get(&p.channel).copied().unwrap_or_default());
        Stop {
            place: Place::of(&p.channel, &all),
            why: p.why.clone(),
            brought: match brought {
                _ if missing => t.say("beside-no-account"),
                None => String::new(),
                Some(cell) if cell.posts == 0 => t.with("beside-nothing", "days", DAYS),
                Some(cell) => t.args(
                    "beside-brought",
                    &[
                        ("days", crate::i18n::Said::said(&DAYS)),
                        ("posts", crate::i18n::Said::said(&cell.posts)),
                        ("clicks", crate::i18n::Said::said(&cell.clicks)),
                        ("applications", crate::i18n::Said::said(&cell.applications)),
                    ],
                ),
            },
            missing,
        }
    };
    let content = &held.content;
    let against = content
        .audiences
        .iter()
        .find(|a| a.id.to_string() == draft.typed.get(FIELD))
        .map(|audience| said(t, audience, &audience.against(&chosen, &here), &all))
        .unwrap_or_default();
    Ok(Some(Beside {
        holder: units.iter().find(|u| u.id == held.unit).map(|u| u.name.clone()).unwrap_or_default(),
        href: format!("/strategi?enhed={}", draft.unit),
        tone_do: lines(&content.tone_do),
        tone_dont: lines(&content.tone_dont),
        whom: content
            .audiences
            .iter()
            .map(|a| Whom {
                id: a.id,
                name: a.name.clone(),
                note: a.note.clone(),
                stops: a.channels.iter().map(stop).collect(),
            })
            .collect(),
        against,
    }))
}

fn words_of(accounts: &[Connection], wanted: impl Fn(&Connection) -> bool) -> Vec<&str> {
    accounts.iter().filter(|account| wanted(account)).map(Connection::counted_as).collect()
}

fn lines(words: &str) -> Vec<String> {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn said(t: Speech, audience: &Audience, against: &[Against<'_>], all: &[Connection]) -> Vec<String> {
    against
        .iter()
        .map(|found| match found {
            Against::FirstLeftOut(first) => t.with3(
                "beside-first",
                "channel",
                Place::of(&first.channel, all).name,
                "audience",
                &audience.name,
                "why",
                &first.why,
            ),
            Against::NotListed(channel) => t.with2(
                "beside-not-listed",
                "channel",
                Place::of(channel, all).name,
                "audience",
                &audience.name,
            ),
        })
        .collect()
}

/// The name of whom a publication was written for, when that was said.
pub(super) fn written_for(c: &mut Conn, publication: &Publication) -> Result<Option<String>, DbError> {
    publication.audience_id.map_or(Ok(None), |id| strategy::audience_named(c, id))
}

/// For whom the form says it is written: one of those that the strategy in force offers.
pub(super) async fn whom(
    kit: &Kit,
    subject: Subject,
    typed: &Typed,
) -> Result<Option<AudienceId>, WhomError> {
    let written = typed.get(FIELD);
    if written.is_empty() {
        return Ok(None);
    }
    let (k, wanted) = (kit.clone(), written.parse::<AudienceId>().ok());
    let offered = kit
        .db
        .read(move |c| {
            let Some(content) = subject::read(c, &k, subject, crate::base::Language::default())? else {
                return Ok(None);
            };
            let held = strategy::holding(c, content.unit)?;
            let ids = held.into_iter().flat_map(|held| held.content.audiences).map(|a| a.id);
            Ok::<_, DbError>(ids.into_iter().find(|id| Some(*id) == wanted))
        })
        .await?;
    offered.map(Some).ok_or_else(|| WhomError::Field(Errors::one(FIELD, "beside-error-whom")))
}

/// Why it is written for nobody.
#[derive(Debug, thiserror::Error)]
pub(super) enum WhomError {
    /// Nobody of that name is offered any more.
    #[error("no such audience")]
    Field(Errors),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}
