//! `/jobopslag/{id}/genopslag`: advertising again an ad whose deadline has passed. Says first what becomes of the
//! applications that are there.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{actions, store};
use crate::{
    accounts::{Posted, Right, Viewer},
    base::{id::PostingId, wall::WallTime},
    db::DbError,
    kit::Kit,
    postings::{self, Posting, PostingError, Repost, Tabs},
    web::{Answer, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// Days from now to the deadline that is proposed.
const DAYS: u64 = 21;

#[derive(Template)]
#[template(path = "applications/repost.html")]
struct RepostPage {
    shell: Shell,
    form: FormView,
    posting: Posting,
    title: String,
    tabs: Tabs,
    /// The round that would begin.
    round: i32,
    /// How many applications would count in it.
    carried: i64,
    /// How many of them came too late.
    late: usize,
}

/// `GET /jobopslag/{id}/genopslag`
pub async fn form(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<PostingId>) -> Answer {
    let zone = kit.config.delivery.zone;
    let day = kit.clock.now() + std::time::Duration::from_secs(DAYS * 86_400);
    let day = WallTime::at(day, zone).local.date();
    let mut typed = Typed::default();
    typed.set("deadline", format!("{day}T23:59"));
    draw(&req, &kit, &viewer, id.into_inner(), typed, Errors::none()).await
}

/// `POST /jobopslag/{id}/genopslag`
pub async fn repost(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::OpenPostings)?.clone();
    let deadline = WallTime::parse(typed.get("deadline"), kit.config.delivery.zone);
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let version = typed.get("version").parse().unwrap_or(0);
    let result = match deadline {
        None => Err(PostingError::Fields(Errors::one("deadline", "error-deadline-form"))),
        Some(deadline) => {
            let wanted = Repost { version, deadline, reason: typed.get("reason").to_owned() };
            kit.db.write(move |c| actions::repost(c, &k, &scope, actor, id, &wanted)).await
        }
    };
    let done = match result {
        Ok(done) => done,
        Err(PostingError::Fields(errors)) => return draw(&req, &kit, &viewer, id, typed, errors).await,
        Err(PostingError::NotReady(_)) => {
            let errors = Errors::one("deadline", "repost-not-ready");
            return draw(&req, &kit, &viewer, id, typed, errors).await;
        }
        Err(other) => return Err(other.into()),
    };
    postings::renew();
    let t = viewer.shell(&req, &kit.config).t;
    let mut said = t.with2("repost-said", "round", done.round, "count", done.carried);
    if done.admitted > 0 {
        said.push(' ');
        said.push_str(&t.with("repost-said-late", "count", done.admitted));
    }
    viewer.say_next(&kit, said).await?;
    Ok(see_other(format!("/jobopslag/{id}")))
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    typed: Typed,
    errors: Errors,
) -> Answer {
    let scope = viewer.scope(Right::OpenPostings)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let now = kit.clock.now();
    let found = kit
        .db
        .read(move |c| {
            let Some(posting) = postings::get(c, &scope, id)? else { return Ok(None) };
            let round = postings::round_of(c, id)?.map_or(1, |last| last.number + 1);
            let late = store::late_undecided(c, id)?.len();
            Ok::<_, DbError>(Some((posting, round, store::undecided(c, id)?, late)))
        })
        .await?;
    let (posting, round, carried, late) = found.ok_or(Fault::NotFound)?;
    if posting.state_at(now) != postings::State::DeadlinePassed {
        return Err(Fault::Refused("posting-refused-repost"));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let drawn = RepostPage {
        form: FormView::with_errors(typed, &errors, t),
        title: posting.title(t.language()).to_owned(),
        tabs: Tabs::of(viewer, &posting),
        round,
        carried,
        late,
        posting,
        shell,
    };
    page_with(status, &drawn)
}
