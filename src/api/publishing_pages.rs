//! Channels and what goes out on them.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ApiAnswer, Problem, Refusal, id,
    once::{Once, Turn},
    postings_pages::within,
    read,
};
use crate::{
    accounts::{Caller, Right},
    base::{Language, Subject, id::PostingId, paging::Paging, wall::WallTime},
    channels,
    kit::Kit,
    publishing::{self, Chosen, Delivery, Order, Part},
    web::{forms::Errors, forms::Query},
};

/// A connected account that may be published to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChannelView {
    /// Which; goes into `publishPosting`.
    pub account: String,
    /// `bluesky` or `mastodon`.
    pub channel: channels::ChannelKind,
    /// As people write it.
    pub handle: String,
    /// The name above the handle.
    pub name: String,
    /// Whether something may be sent now.
    pub usable: bool,
    /// A practice world, not a public one.
    pub practice: bool,
    /// Longest text, counted as the channel counts.
    pub text_max: usize,
}

/// The accounts this token's unit may publish to.
#[utoipa::path(
    get, path = "/api/v1/channels", operation_id = "listChannels", tag = "publishing",
    responses((status = 200, body = Vec<ChannelView>))
)]
pub async fn list_channels(caller: Caller, kit: web::Data<Kit>) -> ApiAnswer {
    caller.scope(Right::Publish)?;
    let unit = caller.unit;
    let found = kit.db.read(move |c| channels::available(c, unit)).await?;
    let view: Vec<_> = found
        .iter()
        .map(|a| ChannelView {
            account: a.id.to_string(),
            channel: a.channel,
            handle: a.handle.clone(),
            name: a.name().to_owned(),
            usable: a.is_usable(),
            practice: a.practice,
            text_max: a.ability.text_max,
        })
        .collect();
    Ok(HttpResponse::Ok().json(view))
}

/// One account and its words.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartBody {
    /// Id of the account.
    pub account: String,
    /// What is said there, without the link; the tracked link is added.
    pub text: String,
    /// What the account itself says under its post once that is out; `[link]` stands for the tracked link.
    #[serde(default)]
    pub comment: Option<String>,
}

/// What is to go out.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishBody {
    /// `da` or `en`; Danish when left out.
    #[serde(default)]
    pub language: Option<String>,
    /// Wall time in the installation's zone, `2026-12-01T09:00`; now when left out.
    #[serde(default)]
    pub at: Option<String>,
    /// Ids of pictures, or of one film; the link's own card when empty.
    #[serde(default)]
    pub media: Vec<String>,
    /// To whom, with which words.
    pub parts: Vec<PartBody>,
    /// The same words may go out again within two weeks.
    #[serde(default)]
    pub same_words_ok: bool,
}

/// A delivery.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    /// Which.
    pub id: String,
    /// About which posting; none when it is about a story.
    pub posting: Option<String>,
    /// About which story; none when it is about a posting.
    pub story: Option<String>,
    /// To which account.
    pub account: String,
    /// `planned`, `publishing`, `unknown`, `published`, …
    pub state: publishing::State,
    /// When it is due, RFC 3339 in UTC.
    pub due_at: String,
    /// The peer's own name for the post.
    pub remote_id: Option<String>,
    /// Where people see it.
    pub url: Option<String>,
    /// What is wrong, as a stable word.
    pub error: Option<String>,
    /// How many times it was tried.
    pub attempts: i32,
}

impl DeliveryView {
    fn of(d: &Delivery, about: Subject) -> Self {
        Self {
            id: d.id.to_string(),
            posting: about.posting().map(|id| id.to_string()),
            story: about.story().map(|id| id.to_string()),
            account: d.account_id.to_string(),
            state: d.state,
            due_at: d.due_at.rfc3339(),
            remote_id: d.remote_id.clone(),
            url: d.remote_url.clone(),
            error: d.error_kind.clone(),
            attempts: d.attempts,
        }
    }
}

/// Publishes an open posting: one delivery per part, now or at its time.
#[utoipa::path(
    post, path = "/api/v1/postings/{id}/publications", operation_id = "publishPosting", tag = "publishing",
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "Same key, same request: one publication")),
    request_body = PublishBody,
    responses((status = 202, body = Vec<DeliveryView>), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub async fn publish_posting(
    req: HttpRequest,
    caller: Caller,
    kit: web::Data<Kit>,
    path: web::Path<String>,
    body: web::Bytes,
) -> ApiAnswer {
    let scope = caller.scope(Right::Publish)?.clone();
    let posting: PostingId = id(&path)?;
    let once = Once::of(&req, &caller, &kit, &body)?;
    let given: PublishBody = read(&body)?;
    let (order, chosen) = order(posting, given, &kit)?;
    let (k, actor) = (kit.as_ref().clone(), caller.actor());
    let turn = kit
        .db
        .write(move |c| {
            if let given @ Turn::Given(..) = once.begin(c)? {
                return Ok(given);
            }
            let ordered = publishing::publish_in(c, &k, actor, &scope, (&order, &chosen))?;
            let mut views = Vec::new();
            for id in &ordered.deliveries {
                let delivery = publishing::delivery_row(c, *id)?.ok_or_else(Refusal::not_found)?;
                views.push(DeliveryView::of(&delivery, posting.into()));
            }
            once.end(c, StatusCode::ACCEPTED, &views)
        })
        .await
        .map_err(|e: Refusal| e)?;
    Ok(turn.response())
}

fn order(posting: PostingId, given: PublishBody, kit: &Kit) -> Result<(Order, Chosen), Refusal> {
    let mut errors = Errors::none();
    let language = given.language.as_deref().map_or(Ok(Language::Da), str::parse).unwrap_or_else(|_| {
        errors.add("language", "error-language");
        Language::Da
    });
    let when = given.at.as_deref().and_then(|at| {
        let when = WallTime::parse(at, kit.config.delivery.zone);
        if when.is_none() {
            errors.add("at", "error-time-form");
        }
        when
    });
    let (mut parts, mut chosen) = (Vec::new(), Chosen::default());
    for part in given.parts {
        match part.account.parse() {
            Ok(account) => {
                if let Some(comment) = part.comment.filter(|words| !words.trim().is_empty()) {
                    chosen.comments.insert(account, comment);
                }
                parts.push(Part { account, text: part.text });
            }
            Err(_) => errors.add("account", "error-account"),
        }
    }
    let mut media = Vec::new();
    for asset in given.media {
        match asset.parse() {
            Ok(asset) => media.push(asset),
            Err(_) => errors.add("media", "error-media"),
        }
    }
    errors.into_result().map_err(|e| Refusal::fields(&e))?;
    Ok((
        Order { subject: posting.into(), language, when, media, parts, same_words_ok: given.same_words_ok },
        chosen,
    ))
}

/// What has gone out or is to go out, latest first; `?posting=` narrows to one posting.
#[utoipa::path(
    get, path = "/api/v1/deliveries", operation_id = "listDeliveries", tag = "publishing",
    params(("posting" = Option<String>, Query), ("page" = Option<u32>, Query)),
    responses((status = 200, body = Vec<DeliveryView>))
)]
pub async fn list_deliveries(caller: Caller, kit: web::Data<Kit>, query: Query) -> ApiAnswer {
    let scope = caller.scope(Right::Publish)?.clone();
    let posting = match query.0.get("posting") {
        "" => None,
        text => Some(id::<PostingId>(text)?),
    };
    let paging = Paging::new(query.0.get("page").parse().unwrap_or(1), 100);
    let rows = kit
        .db
        .read(move |c| {
            if let Some(posting) = posting {
                within(c, &scope, posting)?;
            }
            let wanted = publishing::Wanted { subject: posting.map(Subject::Posting), ..Default::default() };
            Ok::<_, Refusal>(publishing::list(c, &scope, &wanted, paging)?.0)
        })
        .await?;
    let views: Vec<_> = rows.iter().map(|(d, p)| DeliveryView::of(d, *p)).collect();
    Ok(HttpResponse::Ok().json(views))
}
