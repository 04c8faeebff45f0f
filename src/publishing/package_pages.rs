//! `/pakker/{id}`: what the person posts by hand, made for a phone: the text to copy, the pictures and the film to fetch, the
//! link with its QR code; and the two ways to say what became of it. Every step works without script.

use actix_multipart::Multipart;
use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    http::{StatusCode, header},
    web,
};
use askama::Template;

use super::{
    actions::ActionError,
    correction::Standing,
    delivery::{Phase, State},
    facts,
    package_actions::{self, Hands, Held, Proof, REASON_MAX},
    pages::{Badge, parse},
    publication,
    said::{self, Chip},
    store::{self, Correction},
    subject,
};
use crate::{
    accounts::{self, Posted, Viewer},
    base::{Subject, id::DeliveryId},
    channels::{
        Parcel,
        package::{Piece, PieceKind, parcel},
    },
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    media::{self, MediaError, content::Refusal},
    web::{
        Answer, Fault, FormView, Shell, Typed, csrf,
        forms::{Errors, FieldError},
        page_with, see_other,
        upload::{self, Sent},
    },
};

/// A picture, film or another file that is fetched.
struct File {
    href: String,
    /// What it is, for people.
    label: String,
    size: String,
    /// What it shows.
    alt: String,
}

/// What came of it.
struct Done {
    said: String,
    url: Option<String>,
    photo: Option<String>,
}

#[derive(Template)]
#[template(path = "publishing/package.html")]
struct PackagePage {
    shell: Shell,
    id: DeliveryId,
    badge: Badge,
    title: String,
    chip: Chip,
    when: String,
    holder: String,
    /// It lies with somebody and may be posted.
    open: bool,
    /// It lies with somebody and should be left: why.
    stopped: Option<String>,
    /// How much the button of the more likely answer weighs.
    posted_look: &'static str,
    removing: bool,
    /// Other words that are to be written there; the text to copy.
    correct: Option<String>,
    waiting: bool,
    done: Option<Done>,
    address: String,
    text: String,
    rows: usize,
    link: String,
    alts: Vec<String>,
    qr: Option<String>,
    pictures: Vec<File>,
    files: Vec<File>,
    zip: Option<String>,
    lang: &'static str,
    publishes: bool,
    form: FormView,
    why_max: usize,
}

/// `GET /pakker/{id}`
pub async fn show(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    draw(&req, &viewer, &kit, parse(&id)?, StatusCode::OK, Typed::default(), &Errors::none()).await
}

async fn held(kit: &Kit, viewer: &Viewer, id: DeliveryId) -> Result<Held, Fault> {
    let hands = Hands::of(viewer);
    let found = kit.db.read(move |c| package_actions::find(c, &hands, id)).await?;
    found.ok_or(Fault::NotFound)
}

/// What stands around it.
struct Around {
    title: String,
    holder: String,
    over: bool,
    done: Option<Done>,
    publishes: bool,
    correct: Option<Correction>,
}

fn around(c: &mut Conn, kit: &Kit, viewer: &Viewer, held: &Held, t: Speech) -> Result<Around, DbError> {
    let users = accounts::users(c)?;
    let holder = users.iter().find(|user| Some(user.id) == held.holder).map(|user| user.name.clone());
    let publishes = match viewer.scope(accounts::Right::Publish) {
        Ok(scope) => store::in_scope(c, scope, held.row.id)?.is_some(),
        Err(_) => false,
    };
    Ok(Around {
        title: subject::title(c, kit, held.about, t.language())?,
        holder: holder.unwrap_or_else(|| t.say("package-nobody")),
        over: facts::is_over(c, kit, held.about)?,
        done: done(c, held, t)?,
        publishes,
        correct: store::open_correction(c, held.row.id)?.filter(|open| open.state == Standing::ByHand),
    })
}

/// What a person said became of it.
fn done(c: &mut Conn, held: &Held, t: Speech) -> Result<Option<Done>, DbError> {
    let row = &held.row;
    if !matches!(row.state, State::Published | State::Cancelled | State::Removed) {
        return Ok(None);
    }
    let word = store::attempts_at(c, row.id)?.into_iter().rev().find(|a| a.phase == Phase::Person);
    let evidence: serde_json::Value =
        word.as_ref().and_then(|a| serde_json::from_str(&a.evidence).ok()).unwrap_or_default();
    let at = said::time(t, row, word.as_ref().map_or(row.updated_at, |a| a.started_at));
    let said = match row.state {
        State::Published => match evidence["on"].as_str().and_then(|on| on.parse().ok()) {
            Some(on) => t.with3(
                "package-done-seen",
                "place",
                held.place.name(),
                "date",
                format::date(on, t.language()),
                "when",
                at,
            ),
            None => t.with("package-done-posted", "when", at),
        },
        State::Removed => t.with("package-done-removed", "when", at),
        _ => said::why(t, row).unwrap_or_else(|| t.say("delivery-why-person")),
    };
    let photo = evidence["photo"].as_str().map(|_| format!("/pakker/{}/fil/foto", row.id));
    Ok(Some(Done { said, url: row.remote_url.clone().filter(|_| row.state == State::Published), photo }))
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    id: DeliveryId,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let held = held(kit, viewer, id).await?;
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let (k, v, h) = (kit.clone(), viewer.clone(), held.clone());
    let around = kit.db.read(move |c| around(c, &k, &v, &h, t)).await?;
    let Held { row, place, about, .. } = held;
    let now = kit.clock.now();
    let post = publication::thaw(&row.payload).map_err(|e| Fault::internal("a frozen post", e))?;
    let text = parcel::text(&post);
    let made = Parcel::of(&publication::checkpoint(&row.checkpoint));
    let pieces = made.as_ref().map(|made| made.pieces.as_slice()).unwrap_or_default();
    let shown = if post.media.is_empty() { post.link_thumb.as_slice() } else { post.media.as_slice() };
    let alts: Vec<String> = shown.iter().map(|m| m.alt.clone()).filter(|alt| !alt.is_empty()).collect();
    let file = |at: usize, piece: &Piece| File {
        href: format!("/pakker/{id}/fil/{at}"),
        label: label(t, piece),
        size: format::bytes(i64::try_from(piece.bytes).unwrap_or(i64::MAX), t.language()),
        alt: piece.of.and_then(|of| shown.get(of)).map(|m| m.alt.clone()).unwrap_or_default(),
    };
    let of_kinds = |kinds: &[PieceKind]| -> Vec<File> {
        let wanted = pieces.iter().enumerate().filter(|(_, piece)| kinds.contains(&piece.kind));
        wanted.map(|(at, piece)| file(at, piece)).collect()
    };
    let lies = row.state == State::Handed;
    let stopped = (lies && around.over)
        .then(|| match about {
            Subject::Posting(_) => t.say("package-stopped-over"),
            Subject::Story(_) => t.say("package-stopped-story"),
        })
        .or_else(|| (lies && row.cancel_wanted).then(|| t.say("package-stopped-wish")));
    let qr = pieces.iter().position(|piece| piece.kind == PieceKind::QrScreen);
    page_with(
        status,
        &PackagePage {
            id,
            badge: Badge::at(&place),
            title: around.title,
            chip: said::chip(t, &row, now),
            when: said::time(t, &row, row.due_at),
            holder: around.holder,
            open: lies && stopped.is_none(),
            posted_look: if stopped.is_some() { "secondary" } else { "primary" },
            stopped,
            removing: row.state == State::Removing,
            correct: around
                .correct
                .and_then(|open| Some(parcel::text(&publication::thaw(&open.payload).ok()?))),
            waiting: made.is_none() && around.done.is_none(),
            done: around.done,
            address: place.address(&kit.config),
            rows: text.lines().map(|line| 1 + line.chars().count() / 44).sum::<usize>().clamp(5, 20),
            text,
            link: post.link.clone(),
            alts,
            qr: qr.map(|at| format!("/pakker/{id}/fil/{at}")),
            pictures: of_kinds(&[PieceKind::Picture]),
            files: of_kinds(&[PieceKind::Film, PieceKind::Captions, PieceKind::QrPrint, PieceKind::QrScreen]),
            zip: made.map(|made| format::bytes(i64::try_from(made.bytes).unwrap_or(i64::MAX), t.language())),
            lang: post.language.code(),
            publishes: around.publishes,
            form: FormView::with_errors(typed, errors, t),
            why_max: REASON_MAX,
            shell,
        },
    )
}

/// What a file is, for people.
fn label(t: Speech, piece: &Piece) -> String {
    match (piece.kind, piece.size) {
        (PieceKind::Picture, Some((width, height))) => {
            t.with2("package-piece-picture", "width", width.to_string(), "height", height.to_string())
        }
        (PieceKind::Film, _) => t.say("package-piece-film"),
        (PieceKind::Captions, _) => t.with("package-piece-captions", "name", &piece.name),
        (PieceKind::QrPrint, _) => t.say("package-piece-qr-print"),
        (PieceKind::QrScreen, _) => t.say("package-piece-qr-screen"),
        _ => piece.name.clone(),
    }
}

/// `GET /pakker/{id}/pakke.zip`
pub async fn zip(viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let held = held(&kit, &viewer, parse(&id)?).await?;
    let made = Parcel::of(&publication::checkpoint(&held.row.checkpoint)).ok_or(Fault::NotFound)?;
    let name = format!("{}.zip", crate::base::text::slug(held.place.name()));
    send(&kit, &made.zip, "application/zip", &name, true).await
}

/// `GET /pakker/{id}/fil/{piece}`: one file, by its place in the package; `foto` is what a person showed as proof.
pub async fn piece(viewer: Viewer, kit: web::Data<Kit>, path: web::Path<(String, String)>) -> Answer {
    let (id, which) = path.into_inner();
    let held = held(&kit, &viewer, parse(&id)?).await?;
    if which == "foto" {
        let id = held.row.id;
        let attempts = kit.db.read(move |c| store::attempts_at(c, id)).await?;
        let photo = attempts.iter().rev().filter(|a| a.phase == Phase::Person).find_map(|a| {
            let evidence: serde_json::Value = serde_json::from_str(&a.evidence).ok()?;
            Some((evidence["photo"].as_str()?.to_owned(), evidence["photo_type"].as_str()?.to_owned()))
        });
        let (sha256, mime) = photo.ok_or(Fault::NotFound)?;
        return send(&kit, &sha256, &mime, "foto", false).await;
    }
    let made = Parcel::of(&publication::checkpoint(&held.row.checkpoint)).ok_or(Fault::NotFound)?;
    let at: usize = which.parse().map_err(|_| Fault::NotFound)?;
    let piece = made.pieces.get(at).ok_or(Fault::NotFound)?;
    // pictures are also shown on the page; what is clicked there carries `download`
    let fetched = !matches!(piece.kind, PieceKind::Picture | PieceKind::QrScreen);
    send(&kit, &piece.sha256, &piece.mime, &piece.name, fetched).await
}

async fn send(kit: &Kit, sha256: &str, mime: &str, name: &str, fetched: bool) -> Answer {
    let len = kit.blobs.len(sha256).await?;
    let stream = kit.blobs.stream(sha256, None).await?;
    let way = if fetched { "attachment" } else { "inline" };
    Ok(HttpResponse::Ok()
        .content_type(mime)
        .insert_header((header::CONTENT_DISPOSITION, format!("{way}; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        // whatever a file turns out to be, it runs nothing and loads nothing
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(SizedStream::new(len, stream)))
}

/// `POST /pakker/{id}/slaaet-op`
pub async fn posted(
    req: HttpRequest,
    viewer: Viewer,
    kit: web::Data<Kit>,
    id: web::Path<String>,
    parts: Multipart,
) -> Answer {
    let id = parse(&id)?;
    let Sent { typed, files } =
        upload::receive(parts, &kit.blobs, kit.config.limits.picture_bytes, 1).await?;
    viewer.check_csrf(typed.get(csrf::FIELD))?;
    // nobody keeps a picture for a delivery that is not theirs
    held(&kit, &viewer, id).await?;
    let mut photo = None;
    if let Some(file) = files.into_iter().next() {
        let received = match &file.bytes {
            Some(bytes) => media::proof(&kit, bytes).await,
            None => Err(MediaError::Refused(Refusal::new("package-error-photo-large"))),
        };
        match received {
            Ok(kept) => photo = Some(kept),
            Err(MediaError::Refused(refusal)) => {
                let mut errors = Errors::none();
                errors.0.push(FieldError {
                    field: "photo".to_owned(),
                    key: refusal.key.to_owned(),
                    args: refusal
                        .args
                        .iter()
                        .map(|(name, value)| ((*name).to_owned(), value.clone()))
                        .collect(),
                });
                return draw(&req, &viewer, &kit, id, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors).await;
            }
            Err(other) => return Err(other.into()),
        }
    }
    let proof = if typed.get("how") == "seen" {
        Proof::Seen {
            on: typed.get("on").to_owned(),
            photo: photo.as_ref().map(|kept| (kept.sha256.clone(), kept.mime)),
        }
    } else {
        Proof::Link(typed.get("link").to_owned())
    };
    let done = package_actions::posted(&kit, &Hands::of(&viewer), id, proof).await;
    // a row names it by now, or nobody wants it
    drop(photo);
    after(&req, viewer, &kit, id, typed, done, "package-said-posted").await
}

/// `POST /pakker/{id}/ikke-slaaet-op`
pub async fn not_posted(
    req: HttpRequest,
    posted: Posted,
    kit: web::Data<Kit>,
    id: web::Path<String>,
) -> Answer {
    let id = parse(&id)?;
    let Posted { viewer, typed } = posted;
    let done = package_actions::not_posted(&kit, &Hands::of(&viewer), id, typed.get("why")).await;
    after(&req, viewer, &kit, id, typed, done, "package-said-not-posted").await
}

/// `POST /pakker/{id}/taget-ned`
pub async fn taken_down(
    req: HttpRequest,
    posted: Posted,
    kit: web::Data<Kit>,
    id: web::Path<String>,
) -> Answer {
    let id = parse(&id)?;
    let Posted { viewer, typed } = posted;
    let done = package_actions::taken_down(&kit, &Hands::of(&viewer), id).await;
    after(&req, viewer, &kit, id, typed, done, "package-said-gone").await
}

/// Back to the package with a word about it; or the page again, with an error at its field or as it stands now.
async fn after(
    req: &HttpRequest,
    viewer: Viewer,
    kit: &Kit,
    id: DeliveryId,
    typed: Typed,
    done: Result<(), ActionError>,
    said: &str,
) -> Answer {
    let (status, errors) = match done {
        Ok(()) => {
            let t = viewer.shell(req, &kit.config).t;
            viewer.say_next(kit, t.say(said)).await?;
            return Ok(see_other(format!("/pakker/{id}")));
        }
        Err(ActionError::NotFound) => return Err(Fault::NotFound),
        Err(ActionError::Forbidden) => return Err(Fault::Forbidden),
        Err(ActionError::Db(error)) => return Err(error.into()),
        Err(ActionError::Field(field, key)) => (StatusCode::UNPROCESSABLE_ENTITY, Errors::one(field, key)),
        Err(ActionError::TooLate) => (StatusCode::CONFLICT, Errors::one("state", "delivery-error-too-late")),
    };
    draw(req, &viewer, kit, id, status, typed, &errors).await
}
