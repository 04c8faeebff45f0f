//! Applications: bring one in, list, read, move, search. Every reading of a person is logged (D-05).

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ApiAnswer, Problem, Refusal, id,
    once::{Once, Turn},
    postings_pages::within,
    problem::english,
    read,
};
use crate::{
    accounts::{
        Caller, Right,
        audit::{self, Line, Object, Verb},
    },
    applications::{
        self, Card, Outcome, PaperKind, Stage, Via, Wish,
        actions::{self, Change, Submission},
        papers,
        stage::Column,
    },
    base::{
        Language,
        id::{ApplicationId, PostingId},
        paging::Paging,
    },
    kit::Kit,
    search::{self, Question},
    secrets::fingerprint,
    web::{
        Fault,
        forms::{Errors, Query},
        upload,
    },
};

/// An application with its files.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the multipart form; it is read part by part")]
pub struct ApplicationForm {
    /// Full name.
    name: String,
    /// Mail address.
    email: String,
    /// Telephone.
    phone: Option<String>,
    /// What the applicant writes.
    letter: Option<String>,
    /// `da` or `en`: in which language we write to them.
    language: Option<String>,
    /// The tracked link's code the applicant came with.
    token: Option<String>,
    /// The applicant's own answer to where the ad was seen.
    self_reported: Option<String>,
    /// PDF, DOCX, ODT, TXT, JPG or PNG; may be repeated.
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Option<Vec<u8>>,
}

/// What came of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SubmittedView {
    /// The application.
    pub id: String,
    /// It was there already: the same key came twice.
    pub again: bool,
}

/// An application in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CardView {
    /// Which.
    pub id: String,
    /// To which posting.
    pub posting: String,
    /// The applicant's name.
    pub name: String,
    /// When it reached us, RFC 3339 in UTC.
    pub received_at: String,
    /// Where it stands.
    pub stage: Stage,
    /// How it ended; null while it is undecided.
    pub outcome: Option<Outcome>,
    /// The channel that brought it, or `direct`.
    pub channel: String,
    /// After the deadline.
    pub late: bool,
    /// For the next move.
    pub version: i32,
}

impl CardView {
    fn of(card: &Card) -> Self {
        Self {
            id: card.id.to_string(),
            posting: card.posting.to_string(),
            name: card.name.clone(),
            received_at: card.received_at.rfc3339(),
            stage: card.stage,
            outcome: card.outcome,
            channel: card.channel.clone(),
            late: card.late,
            version: card.version,
        }
    }
}

/// A page of applications.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PageView {
    /// This page's rows.
    pub items: Vec<CardView>,
    /// How many there are in all.
    pub total: i64,
}

/// A whole application.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApplicationView {
    /// Which.
    pub id: String,
    /// To which posting.
    pub posting: String,
    /// Full name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Telephone, E.164.
    pub phone: String,
    /// What was written.
    pub letter: String,
    /// When it reached us.
    pub received_at: String,
    /// Where it stands.
    pub stage: Stage,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The channel that brought it, or `direct`.
    pub channel: String,
    /// The applicant's own answer, kept beside it.
    pub self_reported: Option<String>,
    /// For the next move.
    pub version: i32,
    /// Its files.
    pub files: Vec<FileView>,
}

/// A file of an application.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileView {
    /// What it is.
    pub kind: PaperKind,
    /// What its owner calls it.
    pub name: String,
    /// Media type, by content.
    pub mime: String,
    /// How many bytes.
    pub bytes: i64,
    /// sha256 of its bytes.
    pub sha256: String,
}

/// Brings in an application from another system.
#[utoipa::path(
    post, path = "/api/v1/postings/{id}/applications", operation_id = "submitApplication", tag = "applications",
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "Same key: one application")),
    request_body(content = ApplicationForm, content_type = "multipart/form-data"),
    responses((status = 201, body = SubmittedView), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub async fn submit_application(
    req: HttpRequest,
    caller: Caller,
    kit: web::Data<Kit>,
    path: web::Path<String>,
    parts: Multipart,
) -> ApiAnswer {
    let scope = caller.scope(Right::RegisterApplications)?.clone();
    let posting: PostingId = id(&path)?;
    kit.db.read(move |c| within(c, &scope, posting)).await?;
    let limits = &kit.config.limits;
    let sent = upload::receive(parts, &kit.blobs, limits.paper_bytes, limits.papers).await?;
    let mut content = format!("{:?}", sent.typed.0);
    for file in &sent.files {
        content.push_str(file.bytes.as_ref().map_or("", |b| &b.sha256));
    }
    let once = Once::of(&req, &caller, &kit, content.as_bytes())?;
    let first = once.clone();
    if let given @ Turn::Given(..) = kit.db.write(move |c| first.begin(c)).await? {
        return Ok(given.response());
    }
    let mut errors = Errors::none();
    let typed = sent.typed;
    let contact = applications::contact(&typed, applications::Wanted::NameAndEmail, &mut errors);
    let letter = applications::letter(&typed, &mut errors);
    let language = match typed.get("language") {
        "" => Language::Da,
        other => errors.take("language", other.parse().map_err(|_| "error-language")),
    };
    let (room, most) = (limits.papers, limits.paper_bytes);
    let papers = papers::sent::judged(sent.files, room, most, english(), &mut errors).await?;
    errors.into_result().map_err(|e| Refusal::fields(&e))?;
    let submission = Submission {
        posting,
        contact,
        language,
        letter,
        token: typed.get("token").to_owned(),
        self_reported: Some(typed.get("self_reported").to_owned()).filter(|s| !s.is_empty()),
        // without a key every call is its own application
        form_hash: fingerprint(&once.name().unwrap_or_else(|| kit.chance.token())),
        papers,
        via: Via::Api,
        received_at: None,
        by: Some(caller.actor()),
    };
    let done = actions::submit(&kit, submission).await?;
    let view = SubmittedView { id: done.id.to_string(), again: done.again };
    Ok(kit.db.write(move |c| once.end(c, StatusCode::CREATED, &view)).await?.response())
}

/// Applications inside the token's unit, newest first.
#[utoipa::path(
    get, path = "/api/v1/applications", operation_id = "listApplications", tag = "applications",
    params(("posting" = Option<String>, Query), ("stage" = Option<String>, Query), ("channel" = Option<String>, Query), ("page" = Option<u32>, Query)),
    responses((status = 200, body = PageView), (status = 422, body = Problem))
)]
pub async fn list_applications(caller: Caller, kit: web::Data<Kit>, query: Query) -> ApiAnswer {
    let scope = caller.scope(Right::ReadApplications)?.clone();
    let given = |name: &str| Some(query.0.get(name).to_owned()).filter(|v| !v.is_empty());
    let wish = Wish {
        posting: given("posting").map(|p| id(&p)).transpose()?,
        stage: given("stage")
            .map(|s| s.parse().map_err(|_| Refusal::field("stage", "error-stage")))
            .transpose()?,
        outcome: None,
        channel: given("channel"),
    };
    let paging = Paging::new(query.0.get("page").parse().unwrap_or(1), 100);
    let (actor, now) = (caller.actor(), kit.clock.now());
    let (cards, total) = kit
        .db
        .write(move |c| {
            let (cards, total) = applications::list(c, &scope, &wish, paging)?;
            let line = Line {
                actor,
                verb: Verb::Exported,
                object: wish.posting.map_or(Object::None, Object::Posting),
                posting: wish.posting,
                detail: Some(format!("list of {}", cards.len())),
            };
            audit::write(c, &[line], now)?;
            Ok::<_, Refusal>((cards, total))
        })
        .await?;
    Ok(HttpResponse::Ok().json(PageView { items: cards.iter().map(CardView::of).collect(), total }))
}

/// One application with its files' names.
#[utoipa::path(
    get, path = "/api/v1/applications/{id}", operation_id = "getApplication", tag = "applications", params(("id" = String, Path)),
    responses((status = 200, body = ApplicationView), (status = 404, body = Problem))
)]
pub async fn get_application(caller: Caller, kit: web::Data<Kit>, path: web::Path<String>) -> ApiAnswer {
    let scope = caller.scope(Right::ReadApplications)?.clone();
    let application: ApplicationId = id(&path)?;
    let (actor, now) = (caller.actor(), kit.clock.now());
    let view = kit
        .db
        .write(move |c| {
            let whole = applications::application(c, &scope, application)?.ok_or_else(Refusal::not_found)?;
            let files = applications::papers_of(c, application)?;
            let line = Line {
                actor,
                verb: Verb::Viewed,
                object: Object::Application(application),
                posting: Some(whole.application.posting),
                detail: None,
            };
            audit::write(c, &[line], now)?;
            let a = whole.application;
            Ok::<_, Refusal>(ApplicationView {
                id: a.id.to_string(),
                posting: a.posting.to_string(),
                name: whole.applicant.name,
                email: whole.applicant.email,
                phone: whole.applicant.phone,
                letter: a.letter,
                received_at: a.received_at.rfc3339(),
                stage: a.stage,
                outcome: a.outcome,
                channel: a.channel,
                self_reported: a.self_reported,
                version: a.version,
                files: files
                    .into_iter()
                    .map(|f| FileView {
                        kind: f.kind,
                        name: f.original_name,
                        mime: f.mime,
                        bytes: f.bytes,
                        sha256: f.sha256,
                    })
                    .collect(),
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Where an application is to stand.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveBody {
    /// `received`, `assessing`, `interview`, `offer`, `hired`, `rejected`, `withdrawn`.
    pub to: String,
    /// The version this was decided on.
    pub version: i32,
    /// Why, where the law asks for it: a rejection, a decision taken up again, a late one let in.
    #[serde(default)]
    pub reason: String,
}

/// Where it stands now. Without a name: this answer is kept for a repeated call, and would outlive an erasure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MovedView {
    /// Which.
    pub id: String,
    /// To which posting.
    pub posting: String,
    /// Where it stands.
    pub stage: Stage,
    /// How it ended; null while it is undecided.
    pub outcome: Option<Outcome>,
    /// For the next move.
    pub version: i32,
}

/// Moves an application to another stage, or decides it.
#[utoipa::path(
    post, path = "/api/v1/applications/{id}/moves", operation_id = "moveApplication", tag = "applications",
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "Same key, same request: one move")),
    request_body = MoveBody,
    responses((status = 200, body = MovedView), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub async fn move_application(
    req: HttpRequest,
    caller: Caller,
    kit: web::Data<Kit>,
    path: web::Path<String>,
    body: web::Bytes,
) -> ApiAnswer {
    let scope = caller.scope(Right::MoveApplications)?.clone();
    let application: ApplicationId = id(&path)?;
    let once = Once::of(&req, &caller, &kit, &body)?;
    let given: MoveBody = read(&body)?;
    let to = Column::from_word(&given.to).ok_or_else(|| Refusal::field("to", "error-stage"))?;
    let (k, actor) = (kit.as_ref().clone(), caller.actor());
    let turn = kit
        .db
        .write(move |c| {
            if let given @ Turn::Given(..) = once.begin(c)? {
                return Ok(given);
            }
            let wanted =
                Change { id: application, version: given.version, to, place: None, reason: given.reason };
            actions::change(c, &k, &scope, actor, &wanted)?;
            let card =
                applications::cards(c, &scope, &[application])?.pop().ok_or_else(Refusal::not_found)?;
            let view = MovedView {
                id: card.id.to_string(),
                posting: card.posting.to_string(),
                stage: card.stage,
                outcome: card.outcome,
                version: card.version,
            };
            once.end(c, StatusCode::OK, &view)
        })
        .await
        .map_err(|e: Refusal| e)?;
    Ok(turn.response())
}

/// Finds applications by what people wrote; a search result, not an assessment.
#[utoipa::path(
    get, path = "/api/v1/search/applications", operation_id = "searchApplications", tag = "applications",
    params(("q" = String, Query), ("posting" = Option<String>, Query), ("stage" = Option<String>, Query), ("channel" = Option<String>, Query), ("page" = Option<u32>, Query)),
    responses((status = 200, body = PageView))
)]
pub async fn search_applications(
    caller: Caller,
    kit: web::Data<Kit>,
    index: web::Data<std::sync::Arc<search::Index>>,
    query: Query,
) -> ApiAnswer {
    let scope = caller.scope(Right::ReadApplications)?.clone();
    let given = |name: &str| Some(query.0.get(name).to_owned()).filter(|v| !v.is_empty());
    let question = Question {
        typed: query.0.get("q").to_owned(),
        postings: given("posting").map(|p| id(&p)).transpose()?.into_iter().collect(),
        stages: given("stage").into_iter().collect(),
        channels: given("channel").into_iter().collect(),
        paging: Paging::new(query.0.get("page").parse().unwrap_or(1), 50),
        ..Question::default()
    };
    // asked again in SQL and logged there: the index is a copy, the rows are the truth
    let found = search::find(&kit, &index, &scope, caller.actor(), question)
        .await
        .map_err(|e| Fault::internal("the search failed", e))?;
    let items = found.hits.iter().map(|hit| CardView::of(&hit.card)).collect();
    let total = i64::try_from(found.total).unwrap_or(i64::MAX);
    Ok(HttpResponse::Ok().json(PageView { items, total }))
}
