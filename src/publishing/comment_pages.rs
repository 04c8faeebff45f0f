//! A post's first comment on the post's own page, and `POST /udsendelser/{id}/kommentar/…`: what a person does with it.

use actix_web::{HttpRequest, web};

use super::{
    actions::By,
    comment::Standing,
    comment_actions as actions,
    delivery::Reason,
    said::Chip,
    store::{self, Comment, Delivery},
    verb_pages::verb,
};
use crate::{
    accounts::{Posted, Scope},
    base::Subject,
    channels::{Channels, ProblemKind},
    db::{Conn, DbError},
    i18n::Speech,
    kit::Kit,
    web::Answer,
};

/// A first comment, as the page shows it.
pub(super) struct View {
    pub chip: Chip,
    pub lines: Vec<String>,
    /// Why it stands there, with the peer's words; may be empty.
    pub why: String,
    /// What a person is asked to do; may be empty.
    pub now: String,
    /// a person says whether it stands there
    pub decide: bool,
    /// nobody knows whether it stands there
    pub unsure: bool,
    /// a person takes it down
    pub gone: bool,
}

impl View {
    pub fn of(t: Speech, row: &Comment) -> Self {
        let (look, icon) = row.state.chip();
        let gone = row.state == Standing::Removing && row.next_at.is_none();
        let unsure = row.unsure_since.is_some();
        let now = match row.state {
            Standing::ByHand if unsure => "comment-now-look",
            Standing::ByHand => "comment-now-write",
            Standing::Removing if gone => "comment-now-take-down",
            _ => "",
        };
        Self {
            chip: Chip { label: t.say(row.state.key()), look, icon },
            lines: row.words.lines().map(str::to_owned).collect(),
            why: why(t, row).unwrap_or_default(),
            now: if now.is_empty() { String::new() } else { t.say(now) },
            decide: row.state == Standing::ByHand,
            unsure,
            gone,
        }
    }
}

/// Why it stands where it stands.
fn why(t: Speech, row: &Comment) -> Option<String> {
    let kind = row.error_kind.as_deref()?;
    let reason = match (kind.parse::<ProblemKind>(), kind.parse::<Reason>()) {
        (Ok(kind), _) => t.say(kind.key()),
        (_, Ok(Reason::NotSeen)) => t.say("comment-why-not-seen"),
        (_, Ok(Reason::NoAnswer)) => t.say("comment-why-no-answer"),
        (_, Ok(Reason::CannotLook)) => t.say("comment-why-cannot-look"),
        (_, Ok(Reason::CannotWithdraw)) => t.say("comment-why-cannot-withdraw"),
        (_, Ok(Reason::AccountGone)) => t.say("comment-why-account-gone"),
        (_, Ok(Reason::Restored)) => t.say("comment-why-restored"),
        (_, Ok(reason)) => t.say(&format!("delivery-why-{}", reason.word().replace('_', "-"))),
        _ => t.say("comment-why-taken-down"),
    };
    Some(match row.error_words.as_deref().filter(|words| !words.is_empty()) {
        Some(words) => format!("{reason} »{words}«"),
        None => reason,
    })
}

/// One that asks for somebody, for the queue: the post's page, and what it is.
pub(super) struct Asking {
    pub href: String,
    pub said: String,
}

/// Those inside `scope`; of one ad or story alone where it is named.
pub(super) fn asking(
    c: &mut Conn,
    t: Speech,
    scope: &Scope,
    about: Option<Subject>,
    mut named: impl FnMut(&mut Conn, &Delivery, Subject) -> Result<(String, String), DbError>,
) -> Result<Vec<Asking>, DbError> {
    let mut found = Vec::new();
    for (comment, row, subject) in store::comments_by_hand(c, scope)? {
        if about.is_some_and(|about| about != subject) {
            continue;
        }
        let (title, account) = named(c, &row, subject)?;
        let key = match comment.state {
            Standing::Removing => "comment-asks-take-down",
            _ if comment.unsure_since.is_some() => "comment-asks-look",
            _ => "comment-asks-write",
        };
        found.push(Asking {
            href: format!("/udsendelser/{}#kommentar", row.id),
            said: t.with2(key, "title", title, "account", account),
        });
    }
    Ok(found)
}

type Id = web::Path<String>;

/// `POST /udsendelser/{id}/kommentar/staar-der`
pub async fn is_there(
    posted: Posted,
    req: HttpRequest,
    kit: web::Data<Kit>,
    channels: web::Data<Channels>,
    id: Id,
) -> Answer {
    let act = async |kit: &Kit, by: &By, id| actions::is_there(kit, &channels, by, id).await;
    verb(posted, req, kit, id, "comment-said-there", act).await
}

/// `POST /udsendelser/{id}/kommentar/skriv-igen`
pub async fn say_again(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    verb(posted, req, kit, id, "comment-said-again", actions::say_again).await
}

/// `POST /udsendelser/{id}/kommentar/lad-vaere`
pub async fn let_be(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    verb(posted, req, kit, id, "comment-said-let-be", actions::let_be).await
}

/// `POST /udsendelser/{id}/kommentar/er-vaek`
pub async fn is_gone(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    verb(posted, req, kit, id, "comment-said-gone", actions::is_gone).await
}
