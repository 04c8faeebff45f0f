//! `/godkendelser`: what waits for approval; `/godkendelser/{id}`: one publication as it will be sent on each
//! channel, what is different since it was last approved, and the answer. The answer names the sha256 of what was
//! on the screen, so that nobody approves what they have not seen.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;

use super::{
    actions::ActionError,
    approval::{self, Judgement},
    beside,
    checklist::{self, Check, Found, Standing},
    correct_view,
    correction::Standing as Corrected,
    delivery::State,
    difference,
    judged::{self, Guest, Names, Part, Reader, Shown},
    pages::{Around, Badge, opens},
    said::{self, Chip},
    store::{self, Word},
    timing,
};
use crate::{
    accounts::{self, Posted, Right, Viewer},
    base::{
        Instant,
        id::{DeliveryId, PublicationId, UnitId},
        wall::WallTime,
    },
    db::DbError,
    i18n::format,
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Errors, Query},
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
    /// the reader may keep words that are used again
    snippets: bool,
}

#[derive(Template)]
#[template(path = "publishing/approval.html")]
struct ApprovalPage {
    shell: Shell,
    id: PublicationId,
    /// The page of what it is about, when the reader may open it.
    about: Option<String>,
    title: String,
    author: String,
    made: String,
    /// For whom it was written, when that was said.
    audience: Option<String>,
    parts: Vec<Part>,
    remarks: Vec<Shown>,
    /// who may approve, in words
    approvers: String,
    /// what an answer holds for besides, when it does
    repeats: Option<String>,
    /// how many parts the reader may answer
    judge: usize,
    late: bool,
    /// the reader may send what lies with its author on
    submit: bool,
    /// four eyes, and the reader wrote it
    own_words: bool,
    /// the reader may ask somebody outside the house
    lends: bool,
    guests: Vec<Guest>,
    days: Vec<Choice>,
    /// what the program can know of it
    found: Vec<Found>,
    /// what it asks a person
    asked: Vec<Choice>,
    form: FormView,
}

/// `GET /godkendelser`
pub async fn list(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>) -> Answer {
    let scope = viewer.scope(Right::EditPostings)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, now, actor, k) = (shell.t, kit.clock.now(), viewer.actor(), kit.get_ref().clone());
    let found = kit
        .db
        .read(move |c| {
            let names = Names::read(c, t, None)?;
            let units: HashMap<UnitId, String> =
                accounts::units(c)?.into_iter().map(|u| (u.id, u.name)).collect();
            let mut around = Around::new(t, now, &k);
            // yours, own, others; one entry for each publication
            let mut lists: [Vec<(PublicationId, Entry)>; 3] = Default::default();
            let mut places: HashMap<PublicationId, usize> = HashMap::new();
            for work in store::in_the_works(c)? {
                let (row, about) = (work.row, work.about);
                let publication = store::publication(c, row.publication_id)?;
                let judge = row.state == State::InReview
                    && approval::may_judge(c, actor, &work.demand, &publication, now)?;
                let own = publication.created_by == actor.to_string();
                if !judge && !own && !scope.covers(work.unit, about.posting()) {
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
                let account = around.connection(c, row.account_id)?;
                let badge = account.as_ref().map_or_else(Badge::unknown, Badge::at);
                let part = (badge, said::chip(t, &row, now));
                let held = lists.iter().position(|l| l.iter().any(|(id, _)| *id == publication.id));
                let mut entry = match held {
                    Some(held) => {
                        let i = lists[held].iter().position(|(id, _)| *id == publication.id).unwrap_or(0);
                        lists[held].remove(i).1
                    }
                    None => Entry {
                        href: format!("/godkendelser/{}", publication.id),
                        title: around.title(c, about)?,
                        detail: t.with3(
                            "approval-entry",
                            "who",
                            names.of(t, &publication.created_by),
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
            for (open, row) in store::corrections_that(c, Corrected::Waits)? {
                let publication = store::publication(c, row.publication_id)?;
                let demand = store::demand(c, row.id)?;
                let (Some(about), Some(demand)) = (publication.subject(), demand) else { continue };
                let judge = approval::may_judge_words(c, actor, &demand, &open, now)?;
                let own = open.by_actor == actor.to_string();
                if !judge && !own && !store::is_in_scope(c, &scope, publication.id)? {
                    continue;
                }
                let place = usize::from(!judge) + usize::from(!judge && !own);
                let account = around.connection(c, row.account_id)?;
                let part = (
                    account.as_ref().map_or_else(Badge::unknown, Badge::at),
                    correct_view::chip(t, open.state),
                );
                let entry = Entry {
                    href: format!("/rettelser/{}", publication.id),
                    title: around.title(c, about)?,
                    detail: t.with("correction-entry", "who", names.of(t, &open.by_actor)),
                    parts: vec![part],
                    due: open.created_at,
                };
                lists[place].push((publication.id, entry));
            }
            for list in &mut lists {
                list.sort_by_key(|(_, entry)| entry.due);
            }
            Ok::<_, DbError>(lists.map(|list| list.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>()))
        })
        .await?;
    let [yours, own, others] = found;
    page(&ListPage {
        yours,
        own,
        others,
        sets_rules: viewer.may(Right::SetRules),
        snippets: viewer.may(Right::Publish),
        shell,
    })
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

pub(super) fn parse(id: &str) -> Result<PublicationId, Fault> {
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
    let reader = Reader::of(viewer)?;
    let shell = viewer.shell(req, &kit.config);
    let (t, now, k) = (shell.t, kit.clock.now(), kit.clone());
    let read = kit
        .db
        .read(move |c| {
            let read = judged::read(c, &k, t, id, &reader, now)?;
            let series = match store::occurrence_of(c, id)? {
                Some(occurrence) => store::series(c, occurrence.series_id)?,
                None => None,
            };
            let keeps = store::used_in(c, id)?.is_some();
            let audience = match &read {
                Some(read) => beside::written_for(c, &read.publication)?,
                None => None,
            };
            let found = match &read {
                Some(read) => {
                    let rows = store::deliveries_of(c, id)?;
                    checklist::found(c, t, read.about, &rows, now)?
                }
                None => Vec::new(),
            };
            Ok::<_, DbError>((read, series, keeps, audience, found))
        })
        .await?;
    let (read, series, keeps, audience, found) = read;
    let read = read.ok_or(Fault::NotFound)?;
    let judge = read.parts.iter().filter(|p| p.judge).count();
    page_with(
        status,
        &ApprovalPage {
            id,
            about: viewer.may(opens(read.about)).then(|| read.about.href()),
            audience,
            title: read.title,
            author: read.author,
            made: format::instant_short(read.publication.created_at, kit.config.delivery.zone, t.language()),
            repeats: match series {
                Some(series) => Some(t.with("series-binds", "rhythm", timing::words(t, &series.rhythm()))),
                None => keeps.then(|| t.say("evergreen-binds")),
            },
            judge,
            late: read.parts.iter().any(|p| p.judge && p.late),
            submit: read.parts.iter().any(|p| p.draft && p.write),
            own_words: read.own_words && judge == 0,
            approvers: read.approvers,
            lends: read.lends,
            guests: read.guests,
            days: [3, 7, 14, 30].map(|n| Choice::new(n, t.with("guest-days", "count", n))).to_vec(),
            found,
            asked: Check::ASKED.iter().map(|check| Choice::new(check.word(), t.say(check.key()))).collect(),
            parts: read.parts,
            remarks: read.remarks,
            form: FormView::with_errors(typed, errors, t),
            shell,
        },
    )
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
    let seen = seen(&typed);
    let judgement =
        Judgement { word, note: typed.get("note").to_owned(), seen, when, checks: ticked(&typed) };
    let key = match word {
        Word::Approved => "approval-said-approved",
        Word::Returned => "approval-said-returned",
        Word::Rejected => "approval-said-rejected",
    };
    let done = approval::judge(&kit, viewer.actor(), id, judgement).await;
    answered(&req, &viewer, &kit, id, typed, done, key).await
}

/// What whoever answers says they have looked at.
fn ticked(typed: &Typed) -> Vec<Check> {
    typed.all("check").filter_map(|word| word.parse().ok()).collect()
}

/// Which deliveries an answer is about, and what was seen of each.
pub(super) fn seen(typed: &Typed) -> Vec<(DeliveryId, String)> {
    typed
        .all("seen")
        .filter_map(|seen| seen.split_once(':'))
        .filter_map(|(id, sha256)| Some((id.parse().ok()?, sha256.to_owned())))
        .collect()
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
pub(super) async fn visible(viewer: &Viewer, kit: &Kit, id: PublicationId) -> Result<(), Fault> {
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
pub(super) async fn answered(
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
