//! `/ansoegninger/{id}`: one application with its files, its history and the form that moves it; erasing one.
//! Every opening and every file that leaves is written to the audit log before it is shown (D-05).

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    actions,
    application::{Attachment, Card, Event, EventKind, Whole},
    apply_pages::icon_of,
    board_pages::{always_asked, came, targets},
    own_pages::hand_out,
    papers::{self, TextState},
    stage::Column,
    store,
};
use crate::{
    accounts::{
        self, Right, Viewer,
        audit::{self, Actor, Line, Object, Verb},
    },
    base::{
        Instant, address,
        id::{ApplicationId, AttachmentId, PostingId},
    },
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting},
    tracking,
    web::{Answer, Fault, Shell, page},
};

struct ShownPaper {
    id: String,
    name: String,
    kind: String,
    size: String,
    icon: &'static str,
    picture: bool,
    opens: bool,
    encrypted: bool,
    cpr: bool,
    text: String,
    /// What to say when there is no text.
    no_text: String,
}

struct Happened {
    what: String,
    reason: String,
    when: String,
}

struct Neighbour {
    id: ApplicationId,
    name: String,
}

#[derive(Template)]
#[template(path = "applications/application.html")]
struct ApplicationPage {
    shell: Shell,
    id: ApplicationId,
    posting: PostingId,
    reference: String,
    title: String,
    name: String,
    received: String,
    came: String,
    link: Option<(String, String)>,
    column: String,
    place_line: String,
    outcome_reason: String,
    held_back: bool,
    late: bool,
    email: String,
    phone: String,
    phone_raw: String,
    letter: String,
    papers: Vec<ShownPaper>,
    history: Vec<Happened>,
    previous: Option<Neighbour>,
    next: Option<Neighbour>,
    may_undo: bool,
    may_erase: bool,
    may_answer: bool,
    version: i32,
    targets: Vec<(&'static str, String)>,
    reason_always: String,
    views: i64,
    may_read_log: bool,
    /// Drawn by another slice's template, so escaped already.
    beside: Drawn,
}

#[derive(Template)]
#[template(path = "applications/erase.html")]
struct ErasePage {
    shell: Shell,
    id: ApplicationId,
    name: String,
    title: String,
}

/// A part of the application's page that another slice has drawn by a template of its own.
#[derive(Default)]
pub struct Drawn(pub String);

/// `GET /ansoegninger/{id}`, with what others have drawn for it.
pub async fn show_with(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: ApplicationId,
    beside: Drawn,
) -> Answer {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let actor = viewer.actor();
    let now = kit.clock.now();
    let found = kit
        .db
        .read(move |c| {
            let whole = store::application(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let posting = postings::get(c, &scope, whole.application.posting)?.ok_or(Fault::NotFound)?;
            let papers = papers::store::of(c, id)?;
            let texts = papers::store::texts(c, id)?;
            let events = store::events(c, id)?;
            let users = accounts::users(c)?;
            let card = store::cards(c, &scope, &[id])?.pop().ok_or(Fault::NotFound)?;
            let around = store::around(c, &scope, &card)?;
            let link = match whole.application.link {
                None => None,
                Some(link) => tracking::links_with(c, &[link])?.pop().map(|l| l.token),
            };
            // with the one that is written below
            let views = audit::count(c, &Object::Application(id).to_string(), Verb::Viewed)? + 1;
            Ok::<_, Fault>(Found { whole, posting, papers, texts, events, users, card, around, link, views })
        })
        .await?;
    let of = found.posting.id;
    kit.db.write(move |c| log(c, actor, Verb::Viewed, Object::Application(id), of, now)).await?;
    page(&draw(req, kit, viewer, found, beside))
}

struct Found {
    whole: Whole,
    posting: Posting,
    papers: Vec<Attachment>,
    texts: std::collections::HashMap<AttachmentId, String>,
    events: Vec<Event>,
    users: Vec<accounts::User>,
    card: Card,
    around: store::Around,
    link: Option<String>,
    views: i64,
}

fn log(
    c: &mut crate::db::Conn,
    actor: Actor,
    verb: Verb,
    object: Object,
    posting: PostingId,
    now: Instant,
) -> Result<(), DbError> {
    audit::write(c, &[Line { actor, verb, object, posting: Some(posting), detail: None }], now)
}

fn draw(req: &HttpRequest, kit: &Kit, viewer: &Viewer, found: Found, beside: Drawn) -> ApplicationPage {
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let (zone, language) = (kit.config.delivery.zone, t.language());
    let Found { whole: Whole { application: is, applicant, unit }, posting, card, around, .. } = found;
    let may = |right| viewer.scope(right).is_ok_and(|s| s.covers(unit, Some(posting.id)));
    let may_move = may(Right::MoveApplications);
    let column = is.standing().column();
    let neighbour = |named: Option<(ApplicationId, String)>| named.map(|(id, name)| Neighbour { id, name });
    let host = url::Url::parse(&kit.config.server.public_url)
        .ok()
        .and_then(|u| u.host_str().map(str::to_owned))
        .unwrap_or_default();
    let history: Vec<Happened> = found.events.iter().map(|e| happened(e, &found.users, kit, t)).collect();
    ApplicationPage {
        id: is.id,
        posting: posting.id,
        reference: posting.reference.clone(),
        title: posting.title(language).to_owned(),
        received: format::instant_long(is.received_at, zone, language),
        came: came(t, is.via, &is.channel),
        link: found.link.map(|token| (host, token)),
        column: t.say(column.key()),
        place_line: t.with3(
            "application-place",
            "column",
            t.say(column.key()),
            "place",
            around.place,
            "of",
            around.of,
        ),
        outcome_reason: is.outcome_reason.clone().unwrap_or_default(),
        held_back: is.standing().held_back && is.outcome.is_none(),
        late: is.late,
        phone: address::phone_shown(&applicant.phone),
        phone_raw: applicant.phone,
        email: applicant.email,
        name: applicant.name,
        letter: is.letter.clone(),
        papers: found
            .papers
            .iter()
            .map(|p| shown(p, found.texts.get(&p.id).cloned().unwrap_or_default(), t))
            .collect(),
        history,
        previous: neighbour(around.previous),
        next: neighbour(around.next),
        may_undo: may_move && actions::undoable(&found.events).is_some(),
        may_answer: may_move,
        may_erase: may(Right::EraseApplications),
        version: is.version,
        targets: if may_move { targets(t, &card) } else { Vec::new() },
        reason_always: always_asked(t, &card),
        views: found.views,
        may_read_log: viewer.may_in(Right::ReadAudit, unit),
        beside,
        shell,
    }
}

fn shown(paper: &Attachment, text: String, t: Speech) -> ShownPaper {
    let key = match paper.text_state() {
        TextState::Ok => "",
        TextState::Waiting => "paper-text-waiting",
        TextState::Empty => "paper-text-empty",
        TextState::Failed => "paper-text-failed",
    };
    ShownPaper {
        id: paper.id.to_string(),
        name: paper.original_name.clone(),
        kind: t.say(paper.kind.key()),
        size: format::bytes(paper.bytes, t.language()),
        icon: icon_of(&paper.mime),
        picture: paper.is_picture(),
        opens: opens(paper),
        encrypted: paper.encrypted,
        cpr: paper.cpr,
        no_text: if key.is_empty() { String::new() } else { t.say(key) },
        text,
    }
}

/// What a browser shows by itself, in a sandbox.
fn opens(paper: &Attachment) -> bool {
    matches!(
        paper.sort(),
        Some(papers::Kind::Pdf | papers::Kind::Jpg | papers::Kind::Png | papers::Kind::Txt)
    )
}

fn happened(event: &Event, users: &[accounts::User], kit: &Kit, t: Speech) -> Happened {
    let name = |word: &Option<String>| {
        word.as_deref().and_then(Column::from_word).map(|c| t.say(c.key())).unwrap_or_default()
    };
    let (from, to) = (name(&event.detail.from), name(&event.detail.to));
    let what = match event.kind {
        EventKind::Received => t.say("event-received"),
        EventKind::Registered => t.say("event-registered"),
        EventKind::Moved => t.with2("event-moved", "from", from, "to", to),
        EventKind::Admitted => t.with2("event-admitted", "from", from, "to", to),
        EventKind::Decided => t.with("event-decided", "to", to),
        EventKind::Reopened => t.with2("event-reopened", "from", from, "to", to),
        EventKind::Undone => t.with("event-undone", "to", to),
        EventKind::FileAdded => t.say("event-file-added"),
        EventKind::ContactChanged => t.say("event-contact-changed"),
        EventKind::ReceiptSent => t.say("event-receipt-sent"),
        EventKind::ReceiptRefused => t.say("event-receipt-refused"),
        EventKind::LetterSent => t.say("event-letter-sent"),
        EventKind::LetterFailed => t.say("event-letter-failed"),
        EventKind::LetterUnknown => t.say("event-letter-unknown"),
        EventKind::LetterBounced => t.say("event-letter-bounced"),
        EventKind::LetterSeen => t.say("event-letter-seen"),
        EventKind::LetterByHand => t.say("event-letter-by-hand"),
        EventKind::ReasonsAsked => t.say("event-reasons-asked"),
        EventKind::ReasonsGiven => t.say("event-reasons-given"),
        EventKind::RepostTold => t.say("event-repost-told"),
        EventKind::RepostRefused => t.say("event-repost-refused"),
        EventKind::InterviewInvited => t.say("event-interview-invited"),
        EventKind::InterviewReminded => t.say("event-interview-reminded"),
        EventKind::InterviewBooked => t.say("event-interview-booked"),
        EventKind::InterviewMoved => t.say("event-interview-moved"),
        EventKind::InterviewWish => t.say("event-interview-wish"),
        EventKind::InterviewDeclined => t.say("event-interview-declined"),
        EventKind::InterviewCancelled => t.say("event-interview-cancelled"),
        EventKind::InterviewHeld => t.say("event-interview-held"),
        EventKind::InterviewMissed => t.say("event-interview-missed"),
        EventKind::InterviewLetterLost => t.say("event-interview-letter-lost"),
    };
    let at = format::instant_short(event.at, kit.config.delivery.zone, t.language());
    let who = match event.actor.split_once(':') {
        Some(("user", id)) => {
            users.iter().find(|u| u.id.to_string() == id).map_or_else(String::new, |u| u.name.clone())
        }
        Some(("applicant", _)) => t.say("event-by-applicant"),
        Some(("token", _)) => t.say("event-by-token"),
        _ => String::new(),
    };
    Happened {
        what,
        reason: event.detail.reason.clone().unwrap_or_default(),
        when: if who.is_empty() { at } else { format!("{at}, {who}") },
    }
}

/// `GET /ansoegninger/{id}/filer/{paper}`: a file to look at, in a sandbox.
pub async fn view_file(
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<(ApplicationId, AttachmentId)>,
) -> Answer {
    let paper = open_paper(&kit, &viewer, path.into_inner(), Verb::Viewed).await?;
    let inline = opens(&paper);
    hand_out(&kit, &paper, inline).await
}

/// `GET /ansoegninger/{id}/filer/{paper}/hent`: a file to take away.
pub async fn download_file(
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<(ApplicationId, AttachmentId)>,
) -> Answer {
    let paper = open_paper(&kit, &viewer, path.into_inner(), Verb::Downloaded).await?;
    hand_out(&kit, &paper, false).await
}

async fn open_paper(
    kit: &Kit,
    viewer: &Viewer,
    (id, paper): (ApplicationId, AttachmentId),
    verb: Verb,
) -> Result<Attachment, Fault> {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let (actor, now) = (viewer.actor(), kit.clock.now());
    kit.db
        .write(move |c| {
            let whole = store::application(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let found = papers::store::one(c, &scope, paper)?.filter(|p| p.application == id);
            let found = found.ok_or(Fault::NotFound)?;
            // what a browser cannot show leaves for somebody's machine
            let verb = if opens(&found) { verb } else { Verb::Downloaded };
            log(c, actor, verb, Object::Attachment(paper), whole.application.posting, now)?;
            Ok(found)
        })
        .await
}

// ---- erasing ----

/// `GET /ansoegninger/{id}/slet`: asks first.
pub async fn ask_erase(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<ApplicationId>,
) -> Answer {
    let id = id.into_inner();
    let scope = viewer.scope(Right::EraseApplications)?.clone();
    let (actor, now) = (viewer.actor(), kit.clock.now());
    let (whole, posting) = kit
        .db
        .write(move |c| {
            let whole = store::application(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let posting = postings::any(c, whole.application.posting)?.ok_or(Fault::NotFound)?;
            log(c, actor, Verb::Viewed, Object::Application(id), posting.id, now)?;
            Ok::<_, Fault>((whole, posting))
        })
        .await?;
    let shell = viewer.shell(&req, &kit.config);
    let title = posting.title(shell.t.language()).to_owned();
    page(&ErasePage { shell, id, name: whole.applicant.name, title })
}
