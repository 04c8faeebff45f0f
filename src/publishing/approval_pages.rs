//! `/godkendelser`: what waits for approval; `/godkendelser/{id}`: one publication as it will be sent on each
//! channel, what is different since it was last approved, and the answer. The answer names the sha256 of what was
//! on the screen, so that nobody approves what they have not seen.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;

use super::{
    actions::ActionError,
    approval::{self, Judgement},
    delivery::State,
    difference::{self, Run},
    pages::{Around, Badge, PostView},
    publication, rewrite,
    said::{self, Chip},
    store::{self, Approval, Delivery, Publication, Word},
};
use crate::{
    accounts::{self, Posted, Right, Scope, User, Viewer, audit::Actor},
    base::{
        Instant,
        id::{DeliveryId, PostingId, PublicationId, UnitId},
        wall::WallTime,
    },
    channels::{self, ChannelKind},
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        page, page_with, see_other,
    },
};

/// One publication of the list.
struct Entry {
    href: String,
    title: String,
    /// Whose, and for when.
    detail: String,
    /// Its channels with where each stands.
    parts: Vec<(Badge, Chip)>,
    due: Instant,
}

#[derive(Template)]
#[template(path = "publishing/approvals.html")]
struct ListPage {
    shell: Shell,
    /// for the reader to approve
    yours: Vec<Entry>,
    /// the reader's own
    own: Vec<Entry>,
    /// their colleagues'
    others: Vec<Entry>,
    /// the reader may say who does what
    sets_rules: bool,
}

/// What was said of a channel's post.
struct Spoken {
    chip: Chip,
    who: String,
    at: String,
    note: String,
    /// of the bytes as they stand now
    current: bool,
}

/// One channel's post, as it will be sent.
struct Part {
    id: DeliveryId,
    badge: Badge,
    account: String,
    practice: bool,
    chip: Chip,
    why: String,
    due: String,
    /// its time has gone by
    late: bool,
    /// what an answer to it names
    seen: String,
    post: PostView,
    link: String,
    warnings: Vec<String>,
    runs: Vec<Run>,
    /// the runs are against what was approved, not against what was sent back
    since_approval: bool,
    spoken: Vec<Spoken>,
    /// the reader may answer
    judge: bool,
    /// the reader may change its words
    write: bool,
    /// it lies with its author
    draft: bool,
}

/// A remark as it is shown.
struct Shown {
    who: String,
    at: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "publishing/approval.html")]
struct ApprovalPage {
    shell: Shell,
    id: PublicationId,
    posting: PostingId,
    title: String,
    author: String,
    made: String,
    parts: Vec<Part>,
    remarks: Vec<Shown>,
    /// who may approve, in words
    approvers: String,
    /// how many parts the reader may answer
    judge: usize,
    late: bool,
    /// the reader may send what lies with its author on
    submit: bool,
    /// four eyes, and the reader wrote it
    own_words: bool,
    form: FormView,
}

/// What a page here is made of.
struct Read {
    publication: Publication,
    posting: PostingId,
    title: String,
    parts: Vec<Part>,
    remarks: Vec<Shown>,
    approvers: String,
    author: String,
    own_words: bool,
}

fn named(t: Speech, users: &[User], actor: &str) -> String {
    let found = users.iter().find(|u| actor == format!("user:{}", u.id));
    found.map_or_else(|| t.say("pause-by-system"), |u| u.name.clone())
}

fn word(t: Speech, word: Word) -> Chip {
    let (key, look, icon) = match word {
        Word::Approved => ("approval-word-approved", "ok", "check"),
        Word::Returned => ("approval-word-returned", "warn", "edit"),
        Word::Rejected => ("approval-word-rejected", "bad", "close"),
    };
    Chip { label: t.say(key), look, icon }
}

/// `GET /godkendelser`
pub async fn list(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>) -> Answer {
    let scope = viewer.scope(Right::EditPostings)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, now, actor, k) = (shell.t, kit.clock.now(), viewer.actor(), kit.get_ref().clone());
    let found = kit
        .db
        .read(move |c| {
            let users = accounts::users(c)?;
            let units: HashMap<UnitId, String> =
                accounts::units(c)?.into_iter().map(|u| (u.id, u.name)).collect();
            let mut around = Around::new(t, now, &k);
            // yours, own, others; one entry for each publication
            let mut lists: [Vec<(PublicationId, Entry)>; 3] = Default::default();
            let mut places: HashMap<PublicationId, usize> = HashMap::new();
            for work in store::in_the_works(c)? {
                let (row, posting) = (work.row, work.posting);
                let publication = store::publication(c, row.publication_id)?;
                let judge = row.state == State::InReview
                    && approval::may_judge(c, actor, &work.demand, &publication, now)?;
                let own = publication.created_by == actor.to_string();
                if !judge && !own && !scope.covers(work.unit, Some(posting)) {
                    continue;
                }
                let place = if judge {
                    0
                } else if own {
                    1
                } else {
                    2
                };
                let at = *places.entry(publication.id).and_modify(|at| *at = place.min(*at)).or_insert(place);
                let kind = around.connection(c, row.account_id)?.map_or(ChannelKind::Mastodon, |a| a.channel);
                let part = (Badge::of(kind), said::chip(t, &row, now));
                let held = lists.iter().position(|l| l.iter().any(|(id, _)| *id == publication.id));
                let mut entry = match held {
                    Some(held) => {
                        let i = lists[held].iter().position(|(id, _)| *id == publication.id).unwrap_or(0);
                        lists[held].remove(i).1
                    }
                    None => Entry {
                        href: format!("/godkendelser/{}", publication.id),
                        title: around.title(c, posting)?,
                        detail: t.with3(
                            "approval-entry",
                            "who",
                            named(t, &users, &publication.created_by),
                            "unit",
                            units.get(&work.unit).cloned().unwrap_or_default(),
                            "when",
                            said::time(t, &row, row.due_at),
                        ),
                        parts: Vec::new(),
                        due: row.due_at,
                    },
                };
                entry.parts.push(part);
                lists[at].push((publication.id, entry));
            }
            for list in &mut lists {
                list.sort_by_key(|(_, entry)| entry.due);
            }
            Ok::<_, DbError>(lists.map(|list| list.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>()))
        })
        .await?;
    let [yours, own, others] = found;
    page(&ListPage { yours, own, others, sets_rules: viewer.may(Right::SetRules), shell })
}

/// `GET /godkendelser/{id}`
pub async fn show(
    req: HttpRequest,
    viewer: Viewer,
    kit: web::Data<Kit>,
    id: web::Path<String>,
    query: Query,
) -> Answer {
    draw(&req, &viewer, &kit, parse(&id)?, StatusCode::OK, query.0, &Errors::none()).await
}

fn parse(id: &str) -> Result<PublicationId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    id: PublicationId,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let edits = viewer.scope(Right::EditPostings)?.clone();
    let publishes = viewer.scope(Right::Publish).ok().cloned().unwrap_or_default();
    let shell = viewer.shell(req, &kit.config);
    let (t, now, actor, k) = (shell.t, kit.clock.now(), viewer.actor(), kit.clone());
    let read = kit.db.read(move |c| read(c, &k, t, id, actor, &edits, &publishes, now)).await?;
    let read = read.ok_or(Fault::NotFound)?;
    let judge = read.parts.iter().filter(|p| p.judge).count();
    page_with(
        status,
        &ApprovalPage {
            id,
            posting: read.posting,
            title: read.title,
            author: read.author,
            made: format::instant_short(read.publication.created_at, kit.config.delivery.zone, t.language()),
            judge,
            late: read.parts.iter().any(|p| p.judge && p.late),
            submit: read.parts.iter().any(|p| p.draft && p.write),
            own_words: read.own_words && judge == 0,
            approvers: read.approvers,
            parts: read.parts,
            remarks: read.remarks,
            form: FormView::with_errors(typed, errors, t),
            shell,
        },
    )
}

/// Everything about one publication, if this reader may see it: those who write where its ad lies, and those who
/// may approve it.
#[expect(clippy::too_many_arguments, reason = "whose eyes, in which language, when")]
fn read(
    c: &mut Conn,
    kit: &Kit,
    t: Speech,
    id: PublicationId,
    actor: Actor,
    edits: &Scope,
    publishes: &Scope,
    now: Instant,
) -> Result<Option<Read>, DbError> {
    let Some(publication) = store::publication_if_any(c, id)? else { return Ok(None) };
    let inside = store::is_in_scope(c, edits, id)?;
    let may_publish = store::is_in_scope(c, publishes, id)?;
    let users = accounts::users(c)?;
    let mut around = Around::new(t, now, kit);
    let (mut parts, mut names, mut own_words) = (Vec::new(), Vec::new(), false);
    for row in store::deliveries_of(c, id)? {
        let demand = store::demand(c, row.id)?;
        let mut judge = false;
        if let Some(demand) = demand.as_ref().filter(|_| row.state == State::InReview) {
            let approvers = approval::approvers(c, demand, &publication, now)?;
            judge = approvers.iter().any(|u| Actor::User(u.id) == actor);
            let mine = actor.to_string();
            own_words |= demand.four_eyes && (demand.written_by == mine || publication.created_by == mine);
            names.extend(approvers.into_iter().map(|u| u.name));
        }
        let write = rewrite::is_open(&row) && (may_publish || inside && row.state.waits_for_approval());
        parts.push(part(c, t, &mut around, &row, &users, (judge, write), now)?);
    }
    if !inside && !approval::is_approver(c, actor, &publication, now)? {
        return Ok(None);
    }
    names.sort();
    names.dedup();
    let remarks = store::remarks_on(c, id)?
        .into_iter()
        .map(|remark| Shown {
            who: named(t, &users, &remark.by_actor),
            at: format::instant_short(remark.at, kit.config.delivery.zone, t.language()),
            lines: remark.text.lines().map(str::to_owned).collect(),
        })
        .collect();
    Ok(Some(Read {
        posting: publication.posting_id,
        title: around.title(c, publication.posting_id)?,
        author: named(t, &users, &publication.created_by),
        approvers: names.join(", "),
        publication,
        parts,
        remarks,
        own_words,
    }))
}

/// One channel's post, ready to be shown.
fn part(
    c: &mut Conn,
    t: Speech,
    around: &mut Around<'_>,
    row: &Delivery,
    users: &[User],
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
        .map(|old| difference::runs(&old, &post.text))
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
        who: named(t, users, &a.by_actor),
        at: said::time(t, row, a.at),
        note: a.note.clone(),
        current: a.payload_sha256 == row.payload_sha256,
    };
    Ok(Part {
        id: row.id,
        badge: Badge::of(kind),
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
        warnings,
        since_approval: approved.is_some(),
        runs,
        spoken: spoken.iter().rev().map(said_of).collect(),
        judge,
        write,
        draft: row.state == State::Draft,
    })
}

/// `POST /godkendelser/{id}/svar`
pub async fn answer(
    posted: Posted,
    req: HttpRequest,
    kit: web::Data<Kit>,
    id: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let id = parse(&id)?;
    let Posted { viewer, typed } = posted;
    visible(&viewer, &kit, id).await?;
    let word: Word = typed.get("do").parse().unwrap_or(Word::Approved);
    let when = match (word, typed.get("when")) {
        (Word::Approved, written) if !written.is_empty() => {
            let Some(when) = WallTime::parse(written, kit.config.delivery.zone) else {
                let wrong = Errors::one("when", "delivery-error-when");
                return draw(&req, &viewer, &kit, id, StatusCode::UNPROCESSABLE_ENTITY, typed, &wrong).await;
            };
            Some(when)
        }
        _ => None,
    };
    let seen = typed
        .all("seen")
        .filter_map(|seen| seen.split_once(':'))
        .filter_map(|(id, sha256)| Some((id.parse().ok()?, sha256.to_owned())))
        .collect();
    let judgement = Judgement { word, note: typed.get("note").to_owned(), seen, when };
    let key = match word {
        Word::Approved => "approval-said-approved",
        Word::Returned => "approval-said-returned",
        Word::Rejected => "approval-said-rejected",
    };
    let done = approval::judge(&kit, viewer.actor(), id, judgement).await;
    answered(&req, &viewer, &kit, id, typed, done, key).await
}

/// `POST /godkendelser/{id}/send`: what lies with its author goes to those who approve.
pub async fn submit(
    posted: Posted,
    req: HttpRequest,
    kit: web::Data<Kit>,
    id: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let id = parse(&id)?;
    let Posted { viewer, typed } = posted;
    visible(&viewer, &kit, id).await?;
    let done = approval::submit(&kit, viewer.actor(), id).await;
    answered(&req, &viewer, &kit, id, typed, done, "approval-said-sent").await
}

/// `POST /godkendelser/{id}/bemaerk`
pub async fn remark(
    posted: Posted,
    req: HttpRequest,
    kit: web::Data<Kit>,
    id: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let id = parse(&id)?;
    let Posted { viewer, typed } = posted;
    visible(&viewer, &kit, id).await?;
    let done = approval::remark(&kit, viewer.actor(), id, typed.get("remark")).await;
    answered(&req, &viewer, &kit, id, typed, done, "approval-said-remark").await
}

/// Refuses whoever does not see this publication.
async fn visible(viewer: &Viewer, kit: &Kit, id: PublicationId) -> Result<(), Fault> {
    let (edits, actor, now) = (viewer.scope(Right::EditPostings)?.clone(), viewer.actor(), kit.clock.now());
    let seen = kit
        .db
        .read(move |c| {
            let Some(publication) = store::publication_if_any(c, id)? else { return Ok(false) };
            Ok::<_, DbError>(
                store::is_in_scope(c, &edits, id)? || approval::is_approver(c, actor, &publication, now)?,
            )
        })
        .await?;
    if seen { Ok(()) } else { Err(Fault::NotFound) }
}

/// Back to the page with a word about it, or the page again with what is wrong.
async fn answered(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    id: PublicationId,
    typed: Typed,
    done: Result<(), ActionError>,
    said: &str,
) -> Answer {
    let (status, errors) = match done {
        Ok(()) => {
            let t = viewer.shell(req, &kit.config).t;
            viewer.say_next(kit, t.say(said)).await?;
            return Ok(see_other(format!("/godkendelser/{id}")));
        }
        Err(ActionError::NotFound) => return Err(Fault::NotFound),
        Err(ActionError::Forbidden) => return Err(Fault::Forbidden),
        Err(ActionError::Db(error)) => return Err(error.into()),
        Err(ActionError::TooLate) => (StatusCode::CONFLICT, Errors::one("state", "delivery-error-too-late")),
        Err(ActionError::Field("state", key)) => (StatusCode::CONFLICT, Errors::one("state", key)),
        Err(ActionError::Field(field, key)) => (StatusCode::UNPROCESSABLE_ENTITY, Errors::one(field, key)),
    };
    draw(req, viewer, kit, id, status, typed, &errors).await
}
