//! What the server says of itself and of the account.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use serde_json::{Value, json};

use super::{
    IMAGE_LIMIT, MAX_ATTACHMENTS, MAX_CHARACTERS, MAX_DESCRIPTION, Mastodon, Refusal, Reply, VIDEO_LIMIT,
    statuses::URL_LENGTH,
};
use crate::demo::worlds::lock;

const VERSION: &str = "4.4.3";
const CONTACT: &str = "oevelse@example.dk";

/// Types it takes, by content.
pub(super) const MEDIA_TYPES: [&str; 12] = [
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/heic",
    "image/heif",
    "image/webp",
    "image/avif",
    "video/webm",
    "video/mp4",
    "video/quicktime",
    "video/x-m4v",
    "video/ogg",
];

fn limits() -> Value {
    json!({
        "accounts": {"max_featured_tags": 10, "max_pinned_statuses": 5},
        "statuses": {
            "max_characters": MAX_CHARACTERS, "max_media_attachments": MAX_ATTACHMENTS,
            "characters_reserved_per_url": URL_LENGTH,
        },
        "media_attachments": {
            "description_limit": MAX_DESCRIPTION, "supported_mime_types": MEDIA_TYPES,
            "image_size_limit": IMAGE_LIMIT, "image_matrix_limit": 33_177_600,
            "video_size_limit": VIDEO_LIMIT, "video_frame_rate_limit": 120, "video_matrix_limit": 8_294_400,
        },
        "polls": {"max_options": 4, "max_characters_per_option": 50, "min_expiration": 300, "max_expiration": 2_629_746},
    })
}

fn host(world: &Mastodon) -> String {
    world.ground.base().trim_start_matches("http://").to_owned()
}

pub(super) async fn version_2(world: Data<Mastodon>) -> HttpResponse {
    let mut configuration = limits();
    configuration["urls"] = json!({"streaming": world.ground.base().replacen("http", "ws", 1)});
    configuration["translation"] = json!({"enabled": false});
    HttpResponse::Ok().json(json!({
        "domain": host(&world), "title": "Øvelses-Mastodon", "version": VERSION,
        "source_url": "https://github.com/mastodon/mastodon",
        "description": "Øvelse – ikke en rigtig kanal", "usage": {"users": {"active_month": 1}},
        "thumbnail": {"url": format!("{}/wall/avatar.svg", world.ground.base())}, "icon": [],
        "languages": ["da"], "configuration": configuration,
        "registrations": {"enabled": false, "approval_required": false, "message": null},
        "api_versions": {"mastodon": 6}, "contact": {"email": CONTACT, "account": null}, "rules": [],
    }))
}

pub(super) async fn version_1(world: Data<Mastodon>) -> HttpResponse {
    let users = lock(&world.state).people.len();
    let statuses = lock(&world.state).statuses.len();
    HttpResponse::Ok().json(json!({
        "uri": host(&world), "title": "Øvelses-Mastodon", "version": VERSION,
        "short_description": "Øvelse – ikke en rigtig kanal", "description": "", "email": CONTACT,
        "urls": {"streaming_api": world.ground.base().replacen("http", "ws", 1)},
        "stats": {"user_count": users, "status_count": statuses, "domain_count": 0},
        "thumbnail": format!("{}/wall/avatar.svg", world.ground.base()), "languages": ["da"],
        "registrations": false, "approval_required": false, "invites_enabled": false,
        "configuration": limits(), "contact_account": null, "rules": [],
    }))
}

/// Where the document that names the software lies.
pub(super) async fn node_links(world: Data<Mastodon>) -> HttpResponse {
    HttpResponse::Ok().json(json!({"links": [{
        "rel": "http://nodeinfo.diaspora.software/ns/schema/2.0",
        "href": format!("{}/nodeinfo/2.0", world.ground.base()),
    }]}))
}

pub(super) async fn node(world: Data<Mastodon>) -> HttpResponse {
    let users = lock(&world.state).people.len();
    HttpResponse::Ok().json(json!({
        "version": "2.0", "software": {"name": "mastodon", "version": VERSION}, "protocols": ["activitypub"],
        "services": {"outbound": [], "inbound": []}, "usage": {"users": {"total": users}},
        "openRegistrations": false, "metadata": {"nodeName": "Øvelses-Mastodon"},
    }))
}

pub(super) async fn verify_credentials(world: Data<Mastodon>, request: HttpRequest) -> Reply {
    let mut state = lock(&world.state);
    let (id, _) = world.allowed(&state, &request, &["read:accounts", "profile"])?;
    let person = state.person(id).ok_or_else(Refusal::not_found)?;
    let mut account = world.account_json(person, state.count_of(id));
    account["source"] = json!({
        "privacy": "public", "sensitive": false, "language": "da", "note": "", "fields": [], "indexable": false,
        "follow_requests_count": 0,
    });
    account["role"] = json!({"id": "-99", "name": "", "permissions": "0", "color": "", "highlighted": false});
    Ok(world.answer(&mut state, StatusCode::OK).json(account))
}
