//! Postings: create, change, read, open, count.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ApiAnswer, Problem, Refusal, id,
    once::{Once, Turn},
    read,
};
use crate::{
    accounts::{Caller, Right, Scope},
    base::{Language, address, id::PostingId, wall::WallTime},
    db::Conn,
    insights::{self, Funnel},
    kit::Kit,
    postings::{
        self, Content, Posting, Text,
        terms::{Hours, PayRange},
    },
    web::forms::Errors,
};

/// The ad in one language.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TextBody {
    /// The job, in a line.
    pub title: String,
    /// What makes one read on.
    pub lead: String,
    /// HTML; sanitised before it is kept.
    pub body: String,
}

/// What a posting says. Fields left out of a change stay as they are.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PostingBody {
    /// The version this change was made on; needed when changing.
    pub version: Option<i32>,
    /// Id of the unit; the token's own when left out.
    pub unit: Option<String>,
    /// The Danish text.
    pub da: Option<TextBody>,
    /// The English text.
    pub en: Option<TextBody>,
    /// Code of the profession.
    pub profession: Option<String>,
    /// Code of the form of employment.
    pub employment_type: Option<String>,
    /// How many are wanted.
    pub openings: Option<i32>,
    /// Fewest hours a week, as written in Danish: `32` or `32,5`.
    pub hours_min: Option<String>,
    /// Most hours a week.
    pub hours_max: Option<String>,
    /// Codes of the shifts.
    pub shifts: Option<Vec<String>>,
    /// Where one works.
    pub workplace: Option<String>,
    /// Street and number, postcode and town.
    pub address: Option<String>,
    /// The collective agreement.
    pub agreement: Option<String>,
    /// Pay in words.
    pub pay: Option<String>,
    /// Lowest pay in whole kroner.
    pub pay_min: Option<i64>,
    /// Highest pay in whole kroner.
    pub pay_max: Option<i64>,
    /// `month` or `hour`.
    pub pay_unit: Option<String>,
    /// When the work begins.
    pub starts_on: Option<String>,
    /// Who answers questions.
    pub contact_name: Option<String>,
    /// That person's mail.
    pub contact_email: Option<String>,
    /// That person's telephone.
    pub contact_phone: Option<String>,
    /// Deadline as wall time in the installation's zone: `2026-12-06T23:59`.
    pub deadline: Option<String>,
    /// Codes of the themes.
    pub themes: Option<Vec<String>>,
}

/// A posting as the API gives it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PostingView {
    /// Which.
    pub id: String,
    /// As people name it.
    pub reference: String,
    /// `draft`, `open`, `deadline_passed`, `closed`.
    pub state: postings::State,
    /// For the next change.
    pub version: i32,
    /// Id of the unit.
    pub unit: String,
    /// Where the public reads it.
    pub url: String,
    /// Title, lead and body by language.
    pub da: TextBody,
    /// The English text; empty when there is none.
    pub en: TextBody,
    /// Code of the profession.
    pub profession: Option<String>,
    /// Code of the form of employment.
    pub employment_type: Option<String>,
    /// Where one works.
    pub workplace: String,
    /// The collective agreement.
    pub agreement: String,
    /// Pay in words.
    pub pay: String,
    /// Deadline as wall time.
    pub deadline: Option<String>,
    /// The instant that follows from it, RFC 3339 in UTC.
    pub deadline_at: Option<String>,
    /// Ids of its pictures and films.
    pub media: Vec<String>,
    /// Codes of the themes.
    pub themes: Vec<String>,
}

impl PostingView {
    fn of(p: &Posting, kit: &Kit) -> Self {
        let text = |l| {
            p.content.text(l).map_or_else(TextBody::default, |t| TextBody {
                title: t.title.clone(),
                lead: t.lead.clone(),
                body: t.body.clone(),
            })
        };
        let terms = &p.content.terms;
        Self {
            id: p.id.to_string(),
            reference: p.reference.clone(),
            state: p.state_at(kit.clock.now()),
            version: p.version,
            unit: p.content.unit.to_string(),
            url: format!("{}{}", kit.config.server.public_url, p.path()),
            da: text(Language::Da),
            en: text(Language::En),
            profession: terms.profession.clone(),
            employment_type: terms.employment_type.clone(),
            workplace: terms.workplace.clone(),
            agreement: terms.agreement.clone(),
            pay: terms.pay.clone(),
            deadline: p.content.deadline.map(|d| d.field()),
            deadline_at: p.deadline_at.map(|d| d.rfc3339()),
            media: p.content.media.iter().map(|m| m.asset.to_string()).collect(),
            themes: p.content.themes.clone(),
        }
    }
}

impl PostingBody {
    /// Lays what is given over what stands.
    fn onto(self, mut content: Content, kit: &Kit) -> Result<Content, Refusal> {
        let mut errors = Errors::none();
        for (language, given) in [(Language::Da, self.da), (Language::En, self.en)] {
            if let Some(given) = given {
                content.texts.retain(|t| t.language != language);
                content.texts.push(Text {
                    language,
                    title: given.title,
                    lead: given.lead,
                    body: postings::body::clean(&given.body),
                });
            }
        }
        content.texts.sort_by_key(|t| t.language);
        if let Some(unit) = self.unit {
            content.unit = unit.parse().map_err(|_| Refusal::field("unit", "error-unit"))?;
        }
        let terms = &mut content.terms;
        let set = |to: &mut String, given: Option<String>| {
            if let Some(given) = given {
                *to = given;
            }
        };
        set(&mut terms.workplace, self.workplace);
        set(&mut terms.address, self.address);
        set(&mut terms.agreement, self.agreement);
        set(&mut terms.pay, self.pay);
        set(&mut terms.starts_on, self.starts_on);
        set(&mut terms.contact_name, self.contact_name);
        if let Some(email) = self.contact_email {
            terms.contact_email = errors.take("contact_email", address::email(&email));
        }
        if let Some(phone) = self.contact_phone {
            terms.contact_phone = errors.take("contact_phone", address::phone(&phone));
        }
        if self.profession.is_some() {
            terms.profession = self.profession;
        }
        if self.employment_type.is_some() {
            terms.employment_type = self.employment_type;
        }
        if let Some(n) = self.openings {
            terms.openings = n;
        }
        if let Some(hours) = self.hours_min {
            terms.hours_min = errors.take("hours_min", Hours::parse(&hours));
        }
        if let Some(hours) = self.hours_max {
            terms.hours_max = errors.take("hours_max", Hours::parse(&hours));
        }
        if self.pay_min.is_some() || self.pay_max.is_some() {
            let kroner = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
            let unit = self.pay_unit.unwrap_or_else(|| "month".into());
            terms.pay_range =
                errors.take("pay_min", PayRange::parse(&kroner(self.pay_min), &kroner(self.pay_max), &unit));
        }
        if let Some(shifts) = self.shifts {
            terms.shifts = shifts;
        }
        if let Some(deadline) = self.deadline {
            content.deadline = WallTime::parse(&deadline, kit.config.delivery.zone);
            if content.deadline.is_none() {
                errors.add("deadline", "error-deadline-form");
            }
        }
        if let Some(themes) = self.themes {
            content.themes = themes;
        }
        errors.into_result().map_err(|e| Refusal::fields(&e))?;
        Ok(content)
    }
}

/// Makes a draft.
#[utoipa::path(
    post, path = "/api/v1/postings", operation_id = "createPosting", tag = "postings",
    params(("Idempotency-Key" = Option<String>, Header, description = "Same key, same request: one posting")),
    request_body = PostingBody,
    responses((status = 201, body = PostingView), (status = 422, body = Problem), (status = 401, body = Problem))
)]
pub async fn create_posting(
    req: HttpRequest,
    caller: Caller,
    kit: web::Data<Kit>,
    body: web::Bytes,
) -> ApiAnswer {
    let scope = caller.scope(Right::EditPostings)?.clone();
    let once = Once::of(&req, &caller, &kit, &body)?;
    let given: PostingBody = read(&body)?;
    let content = given.onto(Content::empty(caller.unit), &kit)?;
    let (k, actor) = (kit.as_ref().clone(), caller.actor());
    let turn = kit
        .db
        .write(move |c| {
            if let given @ Turn::Given(..) = once.begin(c)? {
                return Ok(given);
            }
            let posting = postings::create(c, &k, actor, &scope, content)?;
            once.end(c, StatusCode::CREATED, &PostingView::of(&posting, &k))
        })
        .await
        .map_err(|e: Refusal| e)?;
    Ok(turn.response())
}

/// Changes a posting; fields left out stay as they are.
#[utoipa::path(
    patch, path = "/api/v1/postings/{id}", operation_id = "updatePosting", tag = "postings",
    params(("id" = String, Path)), request_body = PostingBody,
    responses((status = 200, body = PostingView), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub async fn update_posting(
    caller: Caller,
    kit: web::Data<Kit>,
    path: web::Path<String>,
    body: web::Bytes,
) -> ApiAnswer {
    let scope = caller.scope(Right::EditPostings)?.clone();
    let posting: PostingId = id(&path)?;
    let given: PostingBody = read(&body)?;
    let version = given.version.ok_or_else(|| Refusal::field("version", "error-required"))?;
    let (k, actor) = (kit.as_ref().clone(), caller.actor());
    let view = kit
        .db
        .write(move |c| {
            let before = postings::get(c, &scope, posting)?.ok_or_else(Refusal::not_found)?;
            let content = given.onto(before.content, &k)?;
            let after = postings::save(c, &k, actor, &scope, posting, version, content)?;
            Ok::<_, Refusal>(PostingView::of(&after, &k))
        })
        .await?;
    postings::renew();
    Ok(HttpResponse::Ok().json(view))
}

/// Reads a posting.
#[utoipa::path(
    get, path = "/api/v1/postings/{id}", operation_id = "getPosting", tag = "postings", params(("id" = String, Path)),
    responses((status = 200, body = PostingView), (status = 404, body = Problem))
)]
pub async fn get_posting(caller: Caller, kit: web::Data<Kit>, path: web::Path<String>) -> ApiAnswer {
    let scope = caller.scope(Right::ReadPostings)?.clone();
    let posting: PostingId = id(&path)?;
    let found = kit.db.read(move |c| within(c, &scope, posting)).await?;
    Ok(HttpResponse::Ok().json(PostingView::of(&found, &kit)))
}

/// Makes a ready draft public; what is missing is listed in `errors`.
#[utoipa::path(
    post, path = "/api/v1/postings/{id}/open", operation_id = "openPosting", tag = "postings", params(("id" = String, Path)),
    responses((status = 200, body = PostingView), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub async fn open_posting(caller: Caller, kit: web::Data<Kit>, path: web::Path<String>) -> ApiAnswer {
    let scope = caller.scope(Right::OpenPostings)?.clone();
    let posting: PostingId = id(&path)?;
    let (k, actor) = (kit.as_ref().clone(), caller.actor());
    let view = kit
        .db
        .write(move |c| {
            let opened = postings::open(c, &k, actor, &scope, posting)?;
            Ok::<_, Refusal>(PostingView::of(&opened, &k))
        })
        .await?;
    postings::renew();
    Ok(HttpResponse::Ok().json(view))
}

/// Visits, applications and where they stand, per channel; the rows add up to the total.
#[utoipa::path(
    get, path = "/api/v1/postings/{id}/counts", operation_id = "getPostingCounts", tag = "postings",
    params(("id" = String, Path)), responses((status = 200, body = Funnel), (status = 404, body = Problem))
)]
pub async fn get_posting_counts(caller: Caller, kit: web::Data<Kit>, path: web::Path<String>) -> ApiAnswer {
    let scope = caller.scope(Right::ReadCounts)?.clone();
    let posting: PostingId = id(&path)?;
    let counts =
        kit.db.read(move |c| insights::funnel(c, &scope, posting)?.ok_or_else(Refusal::not_found)).await?;
    Ok(HttpResponse::Ok().json(counts))
}

/// The posting, when it lies inside the scope.
pub(super) fn within(c: &mut Conn, scope: &Scope, posting: PostingId) -> Result<Posting, Refusal> {
    postings::get(c, scope, posting)?.ok_or_else(Refusal::not_found)
}
