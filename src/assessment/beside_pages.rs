//! What an assessment has to say on pages that know nothing of it: a part of an application's page, a line on every
//! card of the board, and a way to see only those one's own card is missing for.

use std::collections::HashSet;

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    card_pages::{Shown, laid_out, read, status_line},
    status::{self, Standing},
};
use crate::{
    accounts::{Posted, Right, Viewer},
    applications::{
        Card,
        board_pages::{Beside, Narrowing, board_with},
        move_pages,
        pages::{Drawn, show_with},
    },
    base::id::{ApplicationId, PostingId},
    kit::Kit,
    postings::Posting,
    web::{Answer, Fault, Shell, forms::Query, see_other},
};

#[derive(Template)]
#[template(path = "assessment/block.html")]
struct Block {
    shell: Shell,
    id: ApplicationId,
    status: String,
    revealed: bool,
    mine_missing: bool,
    shown: Shown,
    note: String,
}

/// `GET /ansoegninger/{id}`, with what another slice has drawn for it.
pub async fn application_with(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<ApplicationId>,
    more: String,
) -> Answer {
    let id = id.into_inner();
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let (k, reader) = (kit.get_ref().clone(), viewer.user().id);
    let found = kit.db.read(move |c| read(c, &k, &scope, reader, id)).await?;
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let drawn = match found.standing {
        None => String::new(),
        Some(standing) => {
            let block = Block {
                id,
                status: status_line(t, standing),
                revealed: standing.revealed,
                mine_missing: standing.mine_missing,
                shown: if standing.revealed {
                    laid_out(t, &found)
                } else {
                    Shown { rows: Vec::new(), remarks: Vec::new() }
                },
                note: found.note.map(|n| n.words).unwrap_or_default(),
                shell,
            };
            block.render().map_err(|e| Fault::internal("a part of a page could not be drawn", e))?
        }
    };
    show_with(&req, &kit, &viewer, id, Drawn(drawn + &more)).await
}

/// `GET /jobopslag/{id}/tavle`. Who has not accepted confidentiality is led to where that is done.
pub async fn board(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<PostingId>,
    query: Query,
) -> Answer {
    let id = id.into_inner();
    if viewer.owes_pledge(id) && viewer.may(Right::SeePanels) {
        return Ok(see_other(format!("/jobopslag/{id}/udvalg")));
    }
    let mine = query.0.get("mangler") == "min";
    let beside =
        async |posting: Posting, cards: &[Card]| on_board(&req, &kit, &viewer, posting, cards, mine).await;
    board_with(&req, &kit, &viewer, id, &query, beside).await
}

/// `POST /ansoegninger/{id}/flyt`
pub async fn move_one(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<ApplicationId>,
) -> Answer {
    let drawn = (req.clone(), kit.clone(), posted.viewer.clone());
    let beside = async |posting: Posting, cards: &[Card]| plainly(&drawn, posting, cards).await;
    move_pages::move_one_with(req, kit, posted, id, beside).await
}

/// `POST /jobopslag/{id}/flyt`
pub async fn move_chosen(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
) -> Answer {
    let drawn = (req.clone(), kit.clone(), posted.viewer.clone());
    let beside = async |posting: Posting, cards: &[Card]| plainly(&drawn, posting, cards).await;
    move_pages::move_chosen_with(req, kit, posted, id, beside).await
}

/// `POST /jobopslag/{id}/fortryd`
pub async fn undo(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let drawn = (req.clone(), kit.clone(), posted.viewer.clone());
    let beside = async |posting: Posting, cards: &[Card]| plainly(&drawn, posting, cards).await;
    move_pages::undo_with(req, kit, posted, id, beside).await
}

/// The board drawn again after something was done on it: all of it.
async fn plainly(
    (req, kit, viewer): &(HttpRequest, web::Data<Kit>, Viewer),
    posting: Posting,
    cards: &[Card],
) -> Result<Beside, Fault> {
    on_board(req, kit, viewer, posting, cards, false).await
}

/// What stands on the board's cards, and how it may be narrowed. `mine`: only those one's own card is missing for.
async fn on_board(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    posting: Posting,
    cards: &[Card],
    mine: bool,
) -> Result<Beside, Fault> {
    let (reader, now, id) = (viewer.user().id, kit.clock.now(), posting.id);
    let ids: Vec<ApplicationId> = cards.iter().map(|card| card.id).collect();
    let undecided: HashSet<ApplicationId> =
        cards.iter().filter(|card| card.outcome.is_none()).map(|card| card.id).collect();
    let around = kit.db.read(move |c| status::of(c, &posting, &ids, reader, now)).await?;
    let t = viewer.shell(req, &kit.config).t;
    let line = |s: &Standing| match (s.revealed, s.noted) {
        (true, true) => t.say("card-line-noted"),
        (true, false) => t.say("card-line-revealed"),
        (false, _) => t.with2("card-line", "done", s.done, "of", s.of),
    };
    // nobody has to assess who has an answer
    let told = |(id, s): &(&ApplicationId, &Standing)| s.revealed || undecided.contains(*id);
    let mut beside = Beside {
        lines: around.standings.iter().filter(told).map(|(id, s)| (*id, line(s))).collect(),
        ..Beside::default()
    };
    let sits = around.members.iter().any(|m| m.user == reader && m.sits(now));
    if sits && !around.standings.is_empty() {
        let missing: HashSet<ApplicationId> = around
            .standings
            .iter()
            .filter(|(id, s)| s.mine_missing && undecided.contains(*id))
            .map(|(id, _)| *id)
            .collect();
        let board = format!("/jobopslag/{id}/tavle");
        beside.narrowings = vec![
            Narrowing { href: board.clone(), label: t.say("card-all"), current: !mine },
            Narrowing {
                href: format!("{board}?mangler=min"),
                label: t.with("card-mine-missing", "count", missing.len()),
                current: mine,
            },
        ];
        beside.only = mine.then_some(missing);
    }
    Ok(beside)
}
