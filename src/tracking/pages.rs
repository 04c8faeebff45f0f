//! `/r/{token}`: counts, and leads to the ad. Never elsewhere: no target is taken from the address.

use actix_web::{HttpRequest, HttpResponse, http::header, web};

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
    let text = |name: &str| req.headers().get(name).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let user_agent = text("user-agent");
    let prefetch = ["sec-purpose", "purpose", "x-moz"].iter().any(|h| text(h).contains("prefetch"));
    let counted = req.method() == actix_web::http::Method::GET && !prefetch && !is_robot(user_agent);
    if counted && link.disabled_at.is_none() {
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
