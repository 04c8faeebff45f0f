//! `/m/{name}`: a file as a peer fetches it that takes no uploads. Only what is being sent right now, at an address that
//! we signed for it; everything else is not there.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::header, web};

use super::{
    delivery::State,
    publication,
    store::{self, Delivery},
};
use crate::{
    channels::{
        PostMedia,
        pull::{self, Named},
    },
    kit::Kit,
    media,
    web::{Answer, Fault},
};

/// How long a peer is kept waiting before a door that may open in a moment.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often it is tried meanwhile.
const GLANCE: Duration = Duration::from_millis(200);

/// `GET` and `HEAD /m/{name}`
pub async fn fetch(req: HttpRequest, kit: web::Data<Kit>, name: web::Path<String>) -> Answer {
    let named = pull::named(&kit.secrets, &name, kit.clock.now()).ok_or(Fault::NotFound)?;
    let begun = tokio::time::Instant::now();
    let file = loop {
        match found(&kit, &named).await? {
            Door::Open(file) => break file,
            Door::Closed if begun.elapsed() < PATIENCE => tokio::time::sleep(GLANCE).await,
            // it may come again; the door opens when the call that named it is on record
            Door::Closed => {
                return Ok(HttpResponse::ServiceUnavailable()
                    .insert_header((header::RETRY_AFTER, "10"))
                    .insert_header((header::CACHE_CONTROL, "no-store"))
                    .finish());
            }
        }
    };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-robots-tag", "noindex"))
        // whatever a file turns out to be, it runs nothing and loads nothing
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CONTENT_ENCODING, "identity"));
    media::file_pages::stream(&req, &kit, response, (&file.sha256, &file.mime, file.bytes)).await
}

/// What is behind an address.
enum Door {
    Open(PostMedia),
    /// It is being made ready, and this address' own call is not on record.
    Closed,
}

async fn found(kit: &Kit, named: &Named) -> Result<Door, Fault> {
    let wanted = named.sha256.clone();
    let rows = kit.db.read(move |c| store::being_sent_with(c, &wanted)).await?;
    let opens = |row: &&Delivery| match &named.door {
        None => true,
        // past the fence, and by the number that this very call was answered with
        Some(door) => {
            matches!(row.state, State::Publishing | State::Unknown)
                && pull::door_of(&publication::checkpoint(&row.checkpoint)) == Some(door)
        }
    };
    let file = rows
        .iter()
        .filter(opens)
        .filter_map(|row| publication::thaw(&row.payload).ok())
        .flat_map(|post| post.media)
        .find(|file| file.sha256 == named.sha256);
    match file {
        Some(file) => Ok(Door::Open(file)),
        None if named.door.is_some() && !rows.is_empty() => Ok(Door::Closed),
        None => Err(Fault::NotFound),
    }
}
