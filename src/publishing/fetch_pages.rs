//! `/m/{name}`: a file as a peer fetches it that takes no uploads. Only what is being sent right now, at an address that
//! we signed for it; everything else is not there.

use actix_web::{HttpRequest, HttpResponse, http::header, web};

use super::{publication, store};
use crate::{
    channels::pull,
    kit::Kit,
    media,
    web::{Answer, Fault},
};

/// `GET` and `HEAD /m/{name}`
pub async fn fetch(req: HttpRequest, kit: web::Data<Kit>, name: web::Path<String>) -> Answer {
    let sha256 = pull::named(&kit.secrets, &name, kit.clock.now()).ok_or(Fault::NotFound)?;
    let wanted = sha256.clone();
    let rows = kit.db.read(move |c| store::being_sent_with(c, &wanted)).await?;
    let file = rows
        .iter()
        .filter_map(|row| publication::thaw(&row.payload).ok())
        .flat_map(|post| post.media)
        .find(|file| file.sha256 == sha256)
        .ok_or(Fault::NotFound)?;
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-robots-tag", "noindex"))
        // whatever a file turns out to be, it runs nothing and loads nothing
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CONTENT_ENCODING, "identity"));
    media::file_pages::stream(&req, &kit, response, (&file.sha256, &file.mime, file.bytes)).await
}
