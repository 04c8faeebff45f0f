//! `/r/{token}`: counts, and leads to the ad, or to where its story says. Never elsewhere: no target is taken from
//! the address.

use actix_web::{
    HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web,
};

use super::{Link, Visits, is_robot, store};
use crate::{
    base::{Subject, id::PostingId},
    db::{Conn, DbError},
    kit::Kit,
    postings,
    stories::{self, LeadsTo},
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
            Ok::<_, DbError>(target(c, &link)?.map(|(seen, path)| (link, seen, path)))
        })
        .await?;
    let Some((link, seen, path)) = found else { return Err(Fault::NotFound) };
    let user_agent = req.headers().get("user-agent").and_then(|h| h.to_str().ok()).unwrap_or_default();
    if is_visit(&req) && link.disabled_at.is_none() {
        visits.hit(seen, link.id, visitor(&req, &kit.config), user_agent, kit.clock.now(), &kit.chance);
    }
    // not 301: browsers would remember it and we would count nobody twice
    Ok(HttpResponse::Found()
        .insert_header((header::LOCATION, format!("{path}?l={}", link.token)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-robots-tag", "noindex, nofollow"))
        .finish())
}

/// What following the link leads one to see, and where that lies.
fn target(c: &mut Conn, link: &Link) -> Result<Option<(Subject, String)>, DbError> {
    let Some(subject) = link.subject() else { return Ok(None) };
    let ad = |c: &mut Conn, id: PostingId| {
        Ok::<_, DbError>(postings::slug_of(c, id)?.map(|slug| (id.into(), format!("/job/{slug}"))))
    };
    let story = match subject {
        Subject::Posting(id) => return ad(c, id),
        Subject::Story(id) => stories::any(c, id)?,
    };
    let Some(story) = story else { return Ok(None) };
    Ok(match (story.content.leads_to, story.content.posting) {
        (LeadsTo::Posting, Some(posting)) => ad(c, posting)?,
        (LeadsTo::Page, _) if story.is_public() => Some((subject, story.path())),
        // one that is no longer told still leads to the jobs
        _ => Some((subject, "/".to_owned())),
    })
}

/// Middleware on the ad's and the story's address: somebody saw it. It stands here and not in the page itself, which
/// knows nothing of visits and answers from memory.
pub async fn landing(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let response = next.call(req).await?;
    let http = response.request();
    if response.status().is_success() && is_visit(http) {
        let token = http.query_string().split('&').find_map(|p| p.strip_prefix("l=")).unwrap_or_default();
        if let (Some(kit), Some(visits)) =
            (http.app_data::<web::Data<Kit>>(), http.app_data::<web::Data<Visits>>())
        {
            visits.landed(http.path(), token, kit.clock.now());
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
