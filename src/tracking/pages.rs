//! `/r/{token}`: counts, and leads to the ad. Never elsewhere: no target is taken from the address.

use actix_web::{
    HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web,
};

use super::{Visits, is_robot, store};
use crate::{
    kit::Kit,
    postings,
    web::{Answer, Fault, pace::visitor},
};

/// `GET /r/{token}` (HEAD too, uncounted).
pub async fn follow(
    req: HttpRequest,
    kit: web::Data<Kit>,
    visits: web::Data<Visits>,
    token: web::Path<String>,
) -> Answer {
    let token = token.into_inner();
    if token.len() > 16 || !token.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Fault::NotFound);
    }
    let found = kit
        .db
        .read(move |c| {
            let Some(link) = store::link(c, &token)? else { return Ok(None) };
            let slug = postings::slug_of(c, link.posting_id)?;
            Ok::<_, crate::db::DbError>(slug.map(|slug| (link, slug)))
        })
        .await?;
    let Some((link, slug)) = found else { return Err(Fault::NotFound) };
    let user_agent = req.headers().get("user-agent").and_then(|h| h.to_str().ok()).unwrap_or_default();
    if is_visit(&req) && link.disabled_at.is_none() {
        visits.hit(
            link.posting_id,
            link.id,
            visitor(&req, &kit.config),
            user_agent,
            kit.clock.now(),
            &kit.chance,
        );
    }
    // not 301: browsers would remember it and we would count nobody twice
    Ok(HttpResponse::Found()
        .insert_header((header::LOCATION, format!("/job/{slug}?l={}", link.token)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-robots-tag", "noindex, nofollow"))
        .finish())
}

/// Middleware on the ad's address: somebody saw the ad. It stands here and not in the ad's own page, which
/// knows nothing of visits and answers from memory.
pub async fn landing(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let response = next.call(req).await?;
    let http = response.request();
    if response.status().is_success() && is_visit(http) {
        let token = http.query_string().split('&').find_map(|p| p.strip_prefix("l=")).unwrap_or_default();
        if let (Some(kit), Some(visits), Some(slug)) = (
            http.app_data::<web::Data<Kit>>(),
            http.app_data::<web::Data<Visits>>(),
            http.match_info().get("slug"),
        ) {
            visits.landed(slug, token, kit.clock.now());
        }
    }
    Ok(response)
}

/// A person's own GET: no prefetch, no preview, no robot (attribution.md 6).
fn is_visit(req: &HttpRequest) -> bool {
    let text = |name: &str| req.headers().get(name).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let prefetch = ["sec-purpose", "purpose", "x-moz"].iter().any(|h| text(h).contains("prefetch"));
    req.method() == actix_web::http::Method::GET && !prefetch && !is_robot(text("user-agent"))
}
