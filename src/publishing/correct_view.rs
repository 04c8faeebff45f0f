//! What hangs of a publication, channel by channel, as the page about other words for it shows it: what stands there now,
//! what would stand there, what this channel can do about it, and what is already under way.

use super::{
    approval, correct,
    correction::{Misfit, Standing, Way},
    delivery::State,
    difference::{self, Run},
    fitting,
    judged::{Names, Reader},
    pages::{Around, Badge, PostView},
    publication,
    responsibility::Kind,
    said::{self, Chip},
    store::{self, Correction, Delivery},
    subject,
};
use crate::{
    accounts::audit::Actor,
    base::{
        Instant, Subject,
        id::{DeliveryId, PublicationId},
    },
    channels::{self, Connection, Edit, Post},
    db::{Conn, DbError},
    i18n::{Said, Speech, format},
    kit::Kit,
    web::Typed,
};

/// One channel's post that hangs.
pub(super) struct Part {
    pub id: DeliveryId,
    /// The name of the field its words are written in.
    pub field: String,
    pub badge: Badge,
    pub account: String,
    pub practice: bool,
    pub chip: Chip,
    pub url: Option<String>,
    /// As it stands there.
    pub post: PostView,
    /// In what it differs from the ad, a sentence each.
    pub differs: Vec<String>,
    /// How other words get there.
    pub way: &'static str,
    /// What there is to write; none while something is under way, or for who may not.
    pub form: Option<Form>,
    /// What is under way.
    pub open: Option<Open>,
    /// What came of what was wished for before, newest first.
    pub past: Vec<Past>,
}

/// The fields for other words, and what they would look like.
pub(super) struct Form {
    /// sha256 of what stands there.
    pub seen: String,
    pub chosen: bool,
    pub text: String,
    pub title: Option<String>,
    pub used: usize,
    pub max: usize,
    pub over: bool,
    pub warnings: Vec<String>,
    pub post: PostView,
    pub runs: Vec<Run>,
    /// what it means that somebody must approve it first
    pub asks: Option<&'static str>,
    /// the ad tells something else now, and the post may be left as it is
    pub leaves: bool,
    /// and what it told before does not stand in the words as they are
    pub not_found: bool,
}

/// Other words that are under way.
pub(super) struct Open {
    pub chip: Chip,
    pub now: String,
    pub words: String,
    pub who: String,
    pub post: PostView,
    pub runs: Vec<Run>,
    /// what an answer to it names
    pub seen: String,
    /// the reader may answer
    pub judge: bool,
    /// the reader may say that the words stand there; the text to copy
    pub copy: Option<String>,
    pub rows: usize,
    /// a title to copy, where the channel shows one
    pub title: Option<String>,
    /// the reader may drop it
    pub drops: bool,
    /// where the person with whom the place lies does it
    pub package: bool,
}

/// What came of one.
pub(super) struct Past {
    pub chip: Chip,
    pub who: String,
    pub at: String,
    pub words: String,
}

/// What the page is made of.
pub(super) struct Read {
    pub about: Subject,
    pub title: String,
    pub parts: Vec<Part>,
    pub approvers: String,
    /// the reader may write
    pub writes: bool,
}

/// In what a post differs, in sentences.
pub(super) fn differences(t: Speech, misfit: &Misfit) -> Vec<String> {
    let mut said = Vec::new();
    if let Some((was, is)) = misfit.deadline {
        let (was, is) = (format::deadline(was, t.language()), format::deadline(is, t.language()));
        said.push(t.with2("correction-differs-deadline", "was", was, "is", is));
    }
    if let Some((was, is)) = &misfit.title {
        said.push(t.with2("correction-differs-title", "was", was, "is", is));
    }
    said
}

/// Where a correction stands, as a chip.
pub(super) fn chip(t: Speech, state: Standing) -> Chip {
    let (look, icon) = state.chip();
    Chip { label: t.say(state.key()), look, icon }
}

/// Everything of a publication that hangs, if this reader may see it: who publishes there, and who approves it.
pub(super) fn read(
    c: &mut Conn,
    kit: &Kit,
    t: Speech,
    id: PublicationId,
    reader: &Reader,
    typed: Option<&Typed>,
    now: Instant,
) -> Result<Option<Read>, DbError> {
    let Some(publication) = store::publication_if_any(c, id)? else { return Ok(None) };
    let Some(about) = publication.subject() else { return Ok(None) };
    let inside = store::is_in_scope(c, &reader.edits, id)?;
    let writes = store::is_in_scope(c, &reader.publishes, id)?;
    if !inside && !writes && !approval::is_approver(c, reader.judge.right, &publication, now)? {
        return Ok(None);
    }
    let names = Names::read(c, t, Some(id))?;
    let unit = subject::read(c, kit, about, t.language())?.map(|content| content.unit);
    let mut around = Around::new(t, now, kit);
    let (mut parts, mut approvers) = (Vec::new(), Vec::new());
    for row in store::hanging_of(c, id)? {
        let Ok(post) = publication::thaw(&row.payload) else { continue };
        let Some(account) = around.connection(c, row.account_id)? else { continue };
        let rows = store::corrections_of(c, row.id)?;
        let demand = store::demand(c, row.id)?;
        let mut judge = false;
        if let Some(demand) = &demand
            && let Some(waits) = rows.iter().find(|row| row.state == Standing::Waits)
        {
            let holders = approval::approvers_of(c, demand, waits, now)?;
            judge = holders.iter().any(|u| Actor::User(u.id) == reader.judge.right);
            approvers.extend(holders.into_iter().map(|u| u.name));
        }
        let hung = Hung { t, row: &row, post: &post, account: &account, names: &names };
        let misfit = if row.state == State::Published { fitting::misfit(c, kit, &row, about)? } else { None };
        let open = rows.iter().find(|row| row.state.is_open()).map(|open| hung.open(open, judge, writes));
        let free = writes && open.is_none() && row.state == State::Published;
        // a new post in its place is asked about as every new one
        let anew = account.channel.edits(&post) == Edit::Anew;
        let by = reader.judge.speaks;
        let asked = match unit {
            Some(unit) if anew => approval::asked(c, by, unit, &account, Kind::of(about), false, now)?,
            Some(unit) => correct::asked(c, by, &row, about, unit, &account, now)?,
            None => None,
        };
        let asks = asked.filter(|asked| asked.waits).map(|_| match anew {
            true => "correction-asks-anew",
            false => "correction-asks",
        });
        parts.push(Part {
            id: row.id,
            field: format!("text-{}", row.id),
            badge: Badge::at(&account),
            account: account.handle.clone(),
            practice: account.practice,
            chip: said::chip(t, &row, now),
            url: row.remote_url.clone(),
            post: PostView::of(&post, account.channel, account.name(), said::time(t, &row, row.due_at)),
            differs: misfit.as_ref().map(|misfit| differences(t, misfit)).unwrap_or_default(),
            way: match account.channel.edits(&post) {
                Edit::InPlace => "correction-way-in-place",
                Edit::Anew => "correction-way-anew",
                Edit::ByHand => "correction-way-by-hand",
            },
            form: free.then(|| hung.form(misfit.as_ref(), typed, asks)),
            open,
            past: rows.iter().rev().filter(|row| !row.state.is_open()).map(|row| hung.past(row)).collect(),
        });
    }
    approvers.sort();
    approvers.dedup();
    Ok(Some(Read { about, title: around.title(c, about)?, parts, approvers: approvers.join(", "), writes }))
}

/// A post that hangs, and what is needed to say something about it.
struct Hung<'a> {
    t: Speech,
    row: &'a Delivery,
    post: &'a Post,
    account: &'a Connection,
    names: &'a Names,
}

impl Hung<'_> {
    fn view(&self, post: &Post) -> PostView {
        PostView::of(post, self.account.channel, self.account.name(), self.account.handle.clone())
    }

    /// The fields with what was typed, or with the words that follow from what has changed.
    fn form(&self, misfit: Option<&Misfit>, typed: Option<&Typed>, asks: Option<&'static str>) -> Form {
        let (field, title_field) = (format!("text-{}", self.row.id), format!("title-{}", self.row.id));
        let language = self.post.language;
        let proposed = |words: &str| misfit.map_or_else(|| words.to_owned(), |m| m.proposed(words, language));
        let shown = self.account.channel.title(self.post);
        let (text, title) = match typed {
            Some(typed) => (typed.get(&field).to_owned(), shown.map(|_| typed.get(&title_field).to_owned())),
            None => (proposed(&self.post.text), shown.map(|title| proposed(&title))),
        };
        let (post, fit) = correct::fitted(self.post, self.account, &text, title.as_deref());
        let say = |w: &channels::Warning| {
            let args: Vec<_> = w.args.iter().map(|(n, v)| (*n, v.said())).collect();
            self.t.args(w.key, &args)
        };
        let id = self.row.id.to_string();
        Form {
            seen: self.row.payload_sha256.clone(),
            chosen: match typed {
                Some(typed) => typed.all("ret").any(|chosen| chosen == id),
                None => post.sha256() != self.row.payload_sha256,
            },
            used: fit.used,
            max: fit.max,
            over: fit.left() < 0,
            warnings: fit.warnings.iter().filter(|w| !w.is_of_choices()).map(say).collect(),
            runs: runs(self.post, &post),
            post: self.view(&post),
            text,
            title,
            asks,
            leaves: misfit.is_some(),
            not_found: misfit.is_some() && proposed(&self.post.text) == self.post.text,
        }
    }

    fn open(&self, open: &Correction, judge: bool, writes: bool) -> Open {
        let t = self.t;
        let wanted = publication::thaw(&open.payload).unwrap_or_else(|_| self.post.clone());
        let next = open.next_at.map(|at| said::time(t, self.row, at)).unwrap_or_default();
        let by_hand = open.state == Standing::ByHand;
        let package = self.account.channel == channels::ChannelKind::Package;
        let text = channels::compose(self.account.channel, &wanted).text;
        Open {
            chip: chip(t, open.state),
            now: match open.state {
                Standing::Waits => t.say("correction-now-waits"),
                Standing::ByHand if package => t.say("correction-now-package"),
                Standing::ByHand => t.with("correction-now-by-hand", "channel", self.account.channel.name()),
                _ if open.error_kind.is_some() => t.with("correction-now-later", "time", next),
                _ => t.say("correction-now-ready"),
            },
            words: why(t, open).unwrap_or_default(),
            who: self.names.of(t, &open.by_actor),
            runs: runs(self.post, &wanted),
            post: self.view(&wanted),
            seen: format!("{}:{}", open.id, open.payload_sha256),
            judge: judge && open.state == Standing::Waits,
            rows: text.lines().map(|line| 1 + line.chars().count() / 44).sum::<usize>().clamp(4, 16),
            copy: (by_hand && writes).then_some(text),
            title: self.account.channel.title(&wanted).filter(|_| by_hand),
            drops: writes && open.state != Standing::Sending,
            package,
        }
    }

    fn past(&self, over: &Correction) -> Past {
        let chip = match over.way {
            Way::Anew => Chip { label: self.t.say("correction-state-anew"), look: "ok", icon: "sync" },
            _ => chip(self.t, over.state),
        };
        Past {
            chip,
            who: self.names.of(self.t, &over.by_actor),
            at: said::time(self.t, self.row, over.settled_at.unwrap_or(over.created_at)),
            words: why(self.t, over).unwrap_or_default(),
        }
    }
}

/// The reason in a sentence, when there is one, with the peer's words.
pub(super) fn why(t: Speech, row: &Correction) -> Option<String> {
    let kind = row.error_kind.as_deref()?;
    let reason = match kind.parse::<channels::ProblemKind>() {
        Ok(kind) => t.say(kind.key()),
        Err(_) => match kind {
            "superseded" | "taken_down" | "gone_upstream" | "cannot_edit" | "rejected" | "person"
            | "restored" => t.say(&format!("correction-why-{}", kind.replace('_', "-"))),
            other => t.say(&format!("delivery-why-{}", other.replace('_', "-"))),
        },
    };
    Some(match row.error_words.as_deref().filter(|words| !words.is_empty()) {
        Some(words) => format!("{reason} »{words}«"),
        None => reason,
    })
}

/// What is gone and what is new in it, title and text; nothing where they are the same.
fn runs(before: &Post, now: &Post) -> Vec<Run> {
    let whole = |post: &Post| match post.link_title == before.link_title && post.link_title == now.link_title
    {
        true => post.text.clone(),
        false => format!("{}\n\n{}", post.link_title, post.text),
    };
    let (before, now) = (whole(before), whole(now));
    if before == now { Vec::new() } else { difference::runs(&before, &now) }
}
