//! A publication as whoever approves it sees it: each channel's post as it will be sent, what is different since
//! somebody last answered, what was said, and who may say more. Read once, drawn for colleagues and for guests.

use std::collections::HashMap;

use super::{
    approval::{self, Judge},
    checklist, consent,
    delivery::State,
    difference::{self, Run},
    letters,
    pages::{Around, Badge, PostView},
    publication, rewrite,
    said::{self, Chip},
    store::{self, Approval, Delivery, GuestLink, Publication, Word},
};
use crate::{
    accounts::{self, Right, Scope, Viewer, audit::Actor},
    base::{
        Instant, Subject,
        id::{DeliveryId, GuestLinkId, PublicationId},
        wall::WallTime,
    },
    channels::{self, ChannelKind, Connection},
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    media,
    web::Fault,
};

/// What was said of a channel's post.
pub(super) struct Spoken {
    pub chip: Chip,
    pub who: String,
    pub at: String,
    pub note: String,
    /// what they said they had looked at; may be empty
    pub checks: String,
    /// of the bytes as they stand now
    pub current: bool,
}

/// One channel's post, as it will be sent.
pub(super) struct Part {
    pub id: DeliveryId,
    pub badge: Badge,
    pub account: String,
    pub practice: bool,
    pub chip: Chip,
    pub why: String,
    pub due: String,
    /// its time has gone by
    pub late: bool,
    /// what an answer to it names
    pub seen: String,
    pub post: PostView,
    pub link: String,
    pub people: Vec<Seen>,
    pub warnings: Vec<String>,
    pub runs: Vec<Run>,
    /// the runs are against what was approved, not against what was sent back
    pub since_approval: bool,
    pub spoken: Vec<Spoken>,
    /// the reader may answer
    pub judge: bool,
    /// the reader may change its words
    pub write: bool,
    /// it lies with its author
    pub draft: bool,
}

/// Somebody who can be recognised in what the post shows; for a guest, how many there are.
pub(super) struct Seen {
    /// Who, and what they have said yes to.
    pub said: String,
    /// Their yes is missing.
    pub missing: bool,
}

/// A remark as it is shown.
pub(super) struct Shown {
    pub who: String,
    pub at: String,
    pub lines: Vec<String>,
}

/// What a page here is made of.
pub(super) struct Read {
    pub publication: Publication,
    pub about: Subject,
    pub title: String,
    pub parts: Vec<Part>,
    pub remarks: Vec<Shown>,
    pub approvers: String,
    pub author: String,
    pub own_words: bool,
    /// the reader may lend their right to somebody outside
    pub lends: bool,
    pub guests: Vec<Guest>,
}

/// Somebody outside the house who was asked.
pub(super) struct Guest {
    pub id: GuestLinkId,
    pub name: String,
    pub email: String,
    pub until: String,
    /// when they looked last; empty when they have not
    pub opened: String,
    /// the link works
    pub open: bool,
}

/// Whose eyes a publication is read with.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    /// Who they are, and by whose right they answer.
    pub judge: Judge,
    /// Where they write drafts.
    pub edits: Scope,
    /// Where they publish.
    pub publishes: Scope,
}

impl Reader {
    /// Somebody logged in.
    pub fn of(viewer: &Viewer) -> Result<Self, Fault> {
        Ok(Self {
            judge: viewer.actor().into(),
            edits: viewer.scope(Right::EditPostings)?.clone(),
            publishes: viewer.scope(Right::Publish).ok().cloned().unwrap_or_default(),
        })
    }

    /// Somebody outside, by a link that works: they see this one thing, by the right of whoever made it.
    pub fn guest(link: &GuestLink) -> Self {
        let maker = letters::person(&link.made_by);
        let speaks = Actor::Guest(link.id);
        let judge = Judge { speaks, right: maker.map_or(speaks, Actor::User) };
        Self { judge, edits: Scope::default(), publishes: Scope::default() }
    }
}

/// Names of those who wrote and answered, by actor.
pub(super) struct Names(HashMap<String, String>);

impl Names {
    /// Everybody in the house, and the guests of one publication.
    pub fn read(c: &mut Conn, t: Speech, publication: Option<PublicationId>) -> Result<Self, DbError> {
        let mut names: HashMap<String, String> =
            accounts::users(c)?.into_iter().map(|u| (format!("user:{}", u.id), u.name)).collect();
        if let Some(id) = publication {
            for link in store::guest_links_to(c, id)? {
                names.insert(format!("guest:{}", link.id), t.with("guest-named", "name", link.name));
            }
        }
        Ok(Self(names))
    }

    /// The name behind an actor.
    pub fn of(&self, t: Speech, actor: &str) -> String {
        self.0.get(actor).cloned().unwrap_or_else(|| t.say("pause-by-system"))
    }
}

fn word(t: Speech, word: Word) -> Chip {
    let (key, look, icon) = match word {
        Word::Approved => ("approval-word-approved", "ok", "check"),
        Word::Returned => ("approval-word-returned", "warn", "edit"),
        Word::Rejected => ("approval-word-rejected", "bad", "close"),
    };
    Chip { label: t.say(key), look, icon }
}

/// Everything about one publication, if this reader may see it: those who write where it lies, and those who
/// may approve it.
pub(super) fn read(
    c: &mut Conn,
    kit: &Kit,
    t: Speech,
    id: PublicationId,
    reader: &Reader,
    now: Instant,
) -> Result<Option<Read>, DbError> {
    let Some(publication) = store::publication_if_any(c, id)? else { return Ok(None) };
    let Some(about) = publication.subject() else { return Ok(None) };
    let inside = store::is_in_scope(c, &reader.edits, id)?;
    let may_publish = store::is_in_scope(c, &reader.publishes, id)?;
    let lends = approval::is_approver(c, reader.judge.right, &publication, now)?;
    if !inside && !lends {
        return Ok(None);
    }
    let names = Names::read(c, t, Some(id))?;
    let zone = kit.config.delivery.zone;
    let mut around = Around::new(t, now, kit);
    let (mut parts, mut approvers, mut own_words) = (Vec::new(), Vec::new(), false);
    for row in store::deliveries_of(c, id)? {
        let demand = store::demand(c, row.id)?;
        let mut judge = false;
        if let Some(demand) = demand.as_ref().filter(|_| row.state == State::InReview) {
            let holders = approval::approvers(c, demand, &publication, now)?;
            judge = holders.iter().any(|u| Actor::User(u.id) == reader.judge.right);
            let mine = reader.judge.speaks.to_string();
            own_words |= demand.four_eyes && (demand.written_by == mine || publication.created_by == mine);
            approvers.extend(holders.into_iter().map(|u| u.name));
        }
        let write = rewrite::is_open(&row) && (may_publish || inside && row.state.waits_for_approval());
        let mut part = part(c, t, &mut around, &row, &names, (judge, write), now)?;
        let account = around.connection(c, row.account_id)?;
        part.people = people(c, t, &row, account.as_ref(), reader, now)?;
        parts.push(part);
    }
    approvers.sort();
    approvers.dedup();
    let remarks = store::remarks_on(c, id)?
        .into_iter()
        .map(|remark| Shown {
            who: names.of(t, &remark.by_actor),
            at: format::instant_short(remark.at, zone, t.language()),
            lines: remark.text.lines().map(str::to_owned).collect(),
        })
        .collect();
    let guests = store::guest_links_to(c, id)?
        .into_iter()
        .map(|link| Guest {
            open: link.works(id, now),
            until: format::instant_short(link.ends_at, zone, t.language()),
            opened: link
                .opened_at
                .map(|at| format::instant_short(at, zone, t.language()))
                .unwrap_or_default(),
            id: link.id,
            name: link.name,
            email: link.email,
        })
        .collect();
    Ok(Some(Read {
        about,
        title: around.title(c, about)?,
        author: names.of(t, &publication.created_by),
        approvers: approvers.join(", "),
        publication,
        parts,
        remarks,
        own_words,
        lends,
        guests,
    }))
}

/// Who can be recognised in what a post shows, and whether they agree to it. A guest learns no names (D-29).
fn people(
    c: &mut Conn,
    t: Speech,
    row: &Delivery,
    account: Option<&Connection>,
    reader: &Reader,
    now: Instant,
) -> Result<Vec<Seen>, DbError> {
    let Some(account) = account else { return Ok(Vec::new()) };
    let purpose = consent::purpose_of(account);
    let shown = store::shown_in(c, row.id)?;
    let mut people: Vec<_> = media::of_ids(c, &shown)?.into_iter().flat_map(|asset| asset.people).collect();
    people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    people.dedup_by_key(|person| person.id);
    if matches!(reader.judge.speaks, Actor::Guest(_)) {
        let missing = people.iter().any(|person| person.lacks(purpose, now).is_some());
        let key = if missing { "approval-people-guest-missing" } else { "approval-people-guest" };
        let said = t.with("approval-people-count", "count", people.len());
        let one = Seen { said: format!("{said} {}", t.say(key)), missing };
        return Ok(if people.is_empty() { Vec::new() } else { vec![one] });
    }
    let use_of = t.say(purpose.key()).to_lowercase();
    let seen = people.into_iter().map(|person| match person.allowed_until(purpose, now) {
        Some(until) => {
            let until = format::date(WallTime::at(until, said::zone(row)).local.date(), t.language());
            let said = t.with3("approval-people-yes", "name", person.name, "use", &use_of, "until", until);
            Seen { said, missing: false }
        }
        None => {
            Seen { said: t.with2("approval-people-no", "name", person.name, "use", &use_of), missing: true }
        }
    });
    Ok(seen.collect())
}

/// One channel's post, ready to be shown.
fn part(
    c: &mut Conn,
    t: Speech,
    around: &mut Around<'_>,
    row: &Delivery,
    names: &Names,
    (judge, write): (bool, bool),
    now: Instant,
) -> Result<Part, DbError> {
    let connection = around.connection(c, row.account_id)?;
    let kind = connection.as_ref().map_or(ChannelKind::Mastodon, |a| a.channel);
    let post = publication::thaw(&row.payload)
        .map_err(|e| DbError::from(diesel::result::Error::DeserializationError(Box::new(e))))?;
    let spoken = store::approvals_of(c, row.id)?;
    let approved = approval::last(&spoken, Word::Approved);
    let before = approved.or_else(|| approval::last(&spoken, Word::Returned));
    let runs = before
        .filter(|a| a.payload_sha256 != row.payload_sha256)
        .and_then(|a| approval::words_of(&a.payload))
        .map(|old| difference::runs(&old, &approval::all_words(&post)))
        .unwrap_or_default();
    let warnings = match &connection {
        Some(account) => channels::fit(kind, &post, &account.ability)
            .warnings
            .iter()
            .map(|w| {
                let args: Vec<_> = w.args.iter().map(|(n, v)| (*n, crate::i18n::Said::said(v))).collect();
                t.args(w.key, &args)
            })
            .collect(),
        None => vec![t.say("delivery-why-account-gone")],
    };
    let late = now > row.latest_at && row.state.waits_for_approval();
    let said_of = |a: &Approval| Spoken {
        chip: word(t, a.verdict),
        who: names.of(t, &a.by_actor),
        at: said::time(t, row, a.at),
        note: a.note.clone(),
        checks: checklist::said(t, &a.checks),
        current: a.payload_sha256 == row.payload_sha256,
    };
    Ok(Part {
        id: row.id,
        badge: connection.as_ref().map_or_else(Badge::unknown, Badge::at),
        account: connection.as_ref().map(|a| a.handle.clone()).unwrap_or_default(),
        practice: connection.as_ref().is_some_and(|a| a.practice),
        chip: said::chip(t, row, now),
        why: said::why(t, row).unwrap_or_default(),
        due: said::time(t, row, row.due_at),
        late,
        seen: format!("{}:{}", row.id, row.payload_sha256),
        link: post.link.clone(),
        post: PostView::of(
            &post,
            kind,
            connection.as_ref().map_or("", |a| a.name()),
            said::time(t, row, row.due_at),
        ),
        people: Vec::new(),
        warnings,
        since_approval: approved.is_some(),
        runs,
        spoken: spoken.iter().rev().map(said_of).collect(),
        judge,
        write,
        draft: row.state == State::Draft,
    })
}
