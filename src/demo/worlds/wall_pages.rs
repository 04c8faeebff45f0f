//! What a person sees of a practice world: its wall, one post, and the page that asks for permission. In Danish
//! only, plainly marked as practice, without script, and with a style sheet of its own: it is a stranger's house.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web::{self, Data, Path},
};
use askama::Template;
use chrono_tz::Europe::Copenhagen;

use super::{MediumKind, Post, World};
use crate::{
    base::{Instant, Language},
    i18n::format,
};

const STYLE: &str = include_str!("../../../assets/demo/wall.css");
const AVATAR: &str = include_str!("../../../assets/demo/avatar.svg");

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/", web::get().to(wall))
        .route("/profile/{handle}/post/{key}", web::get().to(one))
        .route("/profile/{handle}", web::get().to(wall))
        .route("/@{handle}/{key}", web::get().to(one))
        .route("/@{handle}", web::get().to(wall))
        .route("/wall/wall.css", web::get().to(|| async { fixed("text/css; charset=utf-8", STYLE) }))
        .route("/wall/avatar.svg", web::get().to(|| async { fixed("image/svg+xml", AVATAR) }));
}

fn fixed(kind: &'static str, body: &'static str) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, kind)).body(body)
}

#[derive(Template)]
#[template(path = "demo/wall.html")]
struct Wall {
    channel: &'static str,
    owner: String,
    posts: Vec<Post>,
    /// Only one post is shown, and the way back to all of them.
    single: bool,
}

impl Wall {
    fn when(&self, post: &Post) -> String {
        format::instant_long(post.at, Copenhagen, Language::Da)
    }
    fn changed(&self, at: &Instant) -> String {
        format::instant_long(*at, Copenhagen, Language::Da)
    }
}

/// GET /: everything, newest first.
pub(super) async fn wall(world: Data<World>) -> HttpResponse {
    let page = Wall {
        channel: world.kind().name(),
        owner: world.account().name.clone(),
        posts: world.posts(),
        single: false,
    };
    answer(StatusCode::OK, &page)
}

/// GET of one post: it, or 404 when it was taken down.
pub(super) async fn one(world: Data<World>, place: Path<(String, String)>) -> HttpResponse {
    single(&world, &place.1)
}

/// One post by its key, or 404.
pub(super) fn single(world: &World, key: &str) -> HttpResponse {
    let posts: Vec<_> = world.posts().into_iter().filter(|post| post.key == key).collect();
    let status = if posts.is_empty() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let page =
        Wall { channel: world.kind().name(), owner: world.account().name.clone(), posts, single: true };
    answer(status, &page)
}

#[derive(Template)]
#[template(path = "demo/permission.html")]
struct Permission {
    /// As people call the real one.
    channel: &'static str,
    /// Why nothing can be asked.
    refused: Option<&'static str>,
    app: String,
    scopes: Vec<String>,
    /// User names and the names people read.
    people: Vec<(String, String)>,
    hidden: Vec<(&'static str, String)>,
}

impl Permission {
    fn meaning<'s>(&self, scope: &'s str) -> &'s str {
        match scope {
            "profile" | "openid" | "read:accounts" | "users.read" => "Se, hvilken konto det er",
            "read" | "read:statuses" | "tweet.read" | "r_organization_social" => "Læse kontoens opslag",
            "write:media" | "media.write" => "Sende billeder og film",
            "write" | "write:statuses" | "tweet.write" | "w_organization_social" | "w_member_social" => {
                "Skrive og fjerne opslag"
            }
            "rw_organization_admin" => "Se, hvilke sider der er",
            "offline.access" => "Beholde adgangen",
            "pages_show_list" => "Se, hvilke sider du har",
            "pages_manage_posts" => "Skrive og fjerne opslag på siden",
            "pages_read_engagement" => "Læse sidens opslag",
            "instagram_basic" | "threads_basic" => "Se, hvilken konto det er",
            "instagram_content_publish" | "threads_content_publish" => "Udgive opslag",
            "threads_delete" => "Fjerne opslag",
            "threads_read_replies" => "Læse svar",
            "pages_manage_engagement" | "instagram_manage_comments" | "threads_manage_replies" => {
                "Skrive kommentarer"
            }
            "instagram_manage_insights" | "threads_manage_insights" | "read_insights" => {
                "Læse tal om opslagene"
            }
            "publish_video" => "Udgive film",
            "https://www.googleapis.com/auth/youtube.upload" => "Sende film",
            "https://www.googleapis.com/auth/youtube.force-ssl" => "Udgive, læse og fjerne kanalens film",
            "user.info.basic" => "Se, hvilken konto det er",
            "video.publish" => "Udgive film",
            "video.list" => "Læse kontoens film og tal om dem",
            other => other,
        }
    }
}

/// The page where a person lets an app in.
pub(super) fn permission(
    channel: &'static str,
    app: String,
    scopes: Vec<String>,
    people: Vec<(String, String)>,
    hidden: Vec<(&'static str, String)>,
) -> HttpResponse {
    answer(StatusCode::OK, &Permission { channel, refused: None, app, scopes, people, hidden })
}

/// The page that says why a person cannot be asked.
pub(super) fn refused(channel: &'static str, why: &'static str) -> HttpResponse {
    let page = Permission {
        channel,
        refused: Some(why),
        app: String::new(),
        scopes: Vec::new(),
        people: Vec::new(),
        hidden: Vec::new(),
    };
    answer(StatusCode::BAD_REQUEST, &page)
}

fn answer(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(body) => HttpResponse::build(status)
            .insert_header(header::ContentType::html())
            .insert_header((
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action *; \
                 frame-ancestors 'none'; base-uri 'none'",
            ))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::REFERRER_POLICY, "origin"))
            .body(body),
        Err(error) => {
            tracing::error!(%error, "the practice wall could not be drawn");
            HttpResponse::InternalServerError().finish()
        }
    }
}
