//! `/ansoeg/{slug}`: the public form and its receipt. One page, phone first, no account, no cookie, no
//! script. What was typed and what was uploaded is still there when something must be corrected; sending
//! twice gives one application. Robots are met with a trap field and the time it takes, never with a riddle.

use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web};
use askama::Template;

use super::{
    actions::{self, Paper, Submission, SubmitError},
    applicant::{self, LETTER_MAX, Wanted, first_name},
    application::{FormFile, PaperKind},
    keys::{self, FormKey},
    notice::{Notice, notice},
    papers,
    stage::Via,
    store,
};
use crate::{
    base::{Instant, id::PostingId},
    blobs::BlobError,
    channels::ChannelKind,
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Kept, Posting, Public, State},
    tracking,
    web::{
        Answer, Choice, Fault, FormView, Shell, Typed,
        forms::{Errors, FORM_BYTES, Query},
        pace::{Door, Pace, visitor},
        page, page_with, see_other,
        shell::language_of,
        upload,
    },
};

/// How long the receipt page shows who sent what; then it only says thank you.
const RECEIPT_FOR: Duration = Duration::from_secs(2 * 3600);
/// The trap: a field people do not see, with a name robots like.
const TRAP: &str = "website";

/// A file that lies with the form.
pub(super) struct Laid {
    pub id: String,
    pub name: String,
    pub size: String,
    pub icon: &'static str,
    pub encrypted: bool,
    /// The name of the field that says what it is.
    pub field: String,
    pub kinds: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "applications/apply.html")]
struct ApplyPage {
    shell: Shell,
    form: FormView,
    title: String,
    ad: String,
    slug: String,
    deadline: String,
    late: bool,
    key: String,
    link: String,
    files: Vec<Laid>,
    files_hint: String,
    accept: String,
    sources: Vec<Choice>,
    notice: Notice,
    sprung: bool,
}

#[derive(Template)]
#[template(path = "applications/not_open.html")]
struct NotOpenPage {
    shell: Shell,
    title: String,
    ad: String,
    closed: bool,
    deadline: String,
    contact_name: String,
    contact_email: String,
    contact_phone: String,
}

#[derive(Template)]
#[template(path = "applications/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    title: String,
    shown: Option<ShownReceipt>,
}

struct ShownReceipt {
    first_name: String,
    email: String,
    received: String,
    late: bool,
    own: String,
    locked: Vec<String>,
}

/// What the form is about.
struct Asked {
    posting: Posting,
    title: String,
    open: bool,
    /// for how long what is sent is kept
    kept: Kept,
}

/// `GET /ansoeg/{slug}`
pub async fn form(
    req: HttpRequest,
    kit: web::Data<Kit>,
    visits: web::Data<tracking::Visits>,
    slug: web::Path<String>,
    query: Query,
) -> Answer {
    let shell = Shell::public(&req, &kit.config);
    let asked = asked(&kit, &slug, shell.t).await?;
    if !asked.open {
        return not_open(&kit, shell, &asked, StatusCode::OK);
    }
    let now = kit.clock.now();
    let key = FormKey::issue(&kit.secrets, &kit.chance, asked.posting.id, now);
    let link = token_in(&query.0);
    let (c_link, posting) = (link.clone(), asked.posting.id);
    let touch = kit.db.read(move |c| tracking::touch_of(c, posting, &c_link)).await?;
    let robot = req.headers().get(header::USER_AGENT).and_then(|h| h.to_str().ok()).unwrap_or_default();
    if !tracking::is_robot(robot) {
        visits.begun(posting, touch.link, now);
    }
    let form = FormView::default();
    let drawn = draw(&kit, shell, &asked, form, &key, link, Vec::new(), false).await?;
    private(page(&drawn)?)
}

/// `POST /ansoeg/{slug}`: adds or removes files, or sends.
pub async fn send(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    slug: web::Path<String>,
    parts: Multipart,
) -> Answer {
    pace.pass(Door::Apply, visitor(&req, &kit.config))?;
    let limits = &kit.config.limits;
    let shell = Shell::public(&req, &kit.config);
    let asked = asked(&kit, &slug, shell.t).await?;
    let sent = received(&kit, &req, parts).await?;
    let mut typed = sent.typed;
    let now = kit.clock.now();
    let posting = asked.posting.id;
    let mut errors = Errors::none();
    let read = FormKey::read(&kit.secrets, posting, typed.get("key"), now);
    let stale = read.is_none();
    let key = read.unwrap_or_else(|| FormKey::issue(&kit.secrets, &kit.chance, posting, now));
    // a form that was opened before the deadline may still be sent; a new one is not handed out (D-31)
    if !asked.open && (stale || asked.posting.state_at(now) == State::Closed) {
        return match sent_already(&kit, &key).await? {
            true => Ok(receipt_of(&slug, &key, &shell)),
            false => not_open(&kit, shell, &asked, StatusCode::UNPROCESSABLE_ENTITY),
        };
    }
    let form_hash = key.hash();
    let laid = settle(&kit, &form_hash, &typed).await?;
    let sending = typed.get("go") == "send";
    let room = limits.papers.saturating_sub(laid.len());
    let papers = papers::sent::judged(sent.files, room, limits.paper_bytes, shell.t, &mut errors).await?;
    let mut sprung = false;
    let contact = if sending {
        sprung = !typed.get(TRAP).is_empty();
        check_pace(&mut errors, stale, sprung, key.age(now));
        applicant::contact(&typed, Wanted::NameAndEmail, &mut errors)
    } else {
        applicant::Contact::default()
    };
    let letter = if sending { applicant::letter(&typed, &mut errors) } else { String::new() };
    if sending && letter.is_empty() && laid.is_empty() && papers.is_empty() && !about_files(&errors) {
        errors.add("letter", "apply-nothing-sent");
    }
    let link = token_in(&typed);
    if sending && errors.is_empty() {
        let source = typed.get("source");
        let submission = Submission {
            posting,
            contact,
            language: language_of(&req, None),
            letter,
            token: link.clone(),
            self_reported: source_words(&kit, posting).await?.into_iter().find(|s| s == source),
            form_hash: form_hash.clone(),
            papers,
            via: Via::Form,
            received_at: None,
            by: None,
        };
        match actions::submit(&kit, submission).await {
            Ok(_) => return Ok(receipt_of(&slug, &key, &shell)),
            Err(SubmitError::Closed | SubmitError::NotOpen) => {
                return not_open(&kit, shell, &asked, StatusCode::UNPROCESSABLE_ENTITY);
            }
            Err(error) => store_away(error, &mut errors)?,
        }
    } else if let Err(error) = actions::lay_down(&kit, form_hash.clone(), &papers).await {
        store_away(error, &mut errors)?;
    }
    let laid = kit.db.read(move |c| papers::store::laid(c, &form_hash)).await?;
    typed.set("go", "");
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = FormView::with_errors(typed, &errors, shell.t);
    let drawn = draw(&kit, shell, &asked, form, &key, link, laid, sprung).await?;
    private(page_with(status, &drawn)?)
}

/// `GET /ansoeg/{slug}/tak`
pub async fn receipt(req: HttpRequest, kit: web::Data<Kit>, slug: web::Path<String>, query: Query) -> Answer {
    let shell = Shell::public(&req, &kit.config);
    let asked = asked(&kit, &slug, shell.t).await?;
    let now = kit.clock.now();
    let key = FormKey::read(&kit.secrets, asked.posting.id, query.0.get("k"), now);
    let zone = kit.config.delivery.zone;
    let language = shell.t.language();
    let found = match key {
        None => None,
        Some(key) => {
            let hash = key.hash();
            kit.db
                .read(move |c| {
                    let Some((id, made)) = store::by_form(c, &hash)? else { return Ok(None) };
                    if now.since(made) > RECEIPT_FOR {
                        return Ok(None);
                    }
                    let papers = papers::store::of(c, id)?;
                    Ok::<_, Fault>(store::any(c, id)?.map(|whole| (whole, papers)))
                })
                .await?
        }
    };
    let shown = found.map(|(whole, papers)| ShownReceipt {
        first_name: first_name(&whole.applicant.name).to_owned(),
        email: whole.applicant.email.clone(),
        received: format::instant_long(whole.application.received_at, zone, language),
        late: whole.application.late,
        own: format!(
            "/min-ansoegning/{}?lang={language}",
            keys::magic_token(&kit.secrets, whole.application.id)
        ),
        locked: papers.into_iter().filter(|p| p.encrypted).map(|p| p.original_name).collect(),
    });
    private(page(&ReceiptPage { shell, title: asked.title, shown })?)
}

async fn asked(kit: &Kit, slug: &str, t: Speech) -> Result<Asked, Fault> {
    let (k, slug) = (kit.clone(), slug.to_owned());
    let (found, kept) = kit
        .db
        .read(move |c| {
            let found = postings::by_slug_public(c, &k, &slug)?;
            let kept = match &found {
                Public::Open(posting) | Public::Closed(posting) => {
                    postings::keeping::kept(c, &k.config, posting)?
                }
                Public::Unknown | Public::Gone => Kept::standard(&k.config),
            };
            Ok::<_, DbError>((found, kept))
        })
        .await?;
    let (posting, open) = match found {
        Public::Unknown => return Err(Fault::NotFound),
        Public::Gone => return Err(Fault::Gone),
        Public::Open(posting) => (posting, true),
        Public::Closed(posting) => (posting, false),
    };
    let title = posting.title(t.language()).to_owned();
    Ok(Asked { posting: *posting, title, open, kept })
}

/// The tracked link's token as the address or the form carries it; the last one wins (attribution.md 5).
fn token_in(typed: &Typed) -> String {
    let token = typed.all("l").last().unwrap_or_default();
    let fits = token.len() <= 40 && token.bytes().all(|b| b.is_ascii_alphanumeric());
    if fits { token.to_owned() } else { String::new() }
}

/// Somebody may keep sending bytes for ever; more than all files together may weigh is cut short.
fn bounded(req: &HttpRequest, file_limit: u64, count: usize) -> Result<(), Fault> {
    let length = req.headers().get(header::CONTENT_LENGTH).and_then(|h| h.to_str().ok()?.parse::<u64>().ok());
    let most = file_limit.saturating_mul(2 * count as u64) + FORM_BYTES as u64;
    if length.is_none_or(|n| n > most) { Err(Fault::TooLarge) } else { Ok(()) }
}

async fn sent_already(kit: &Kit, key: &FormKey) -> Result<bool, Fault> {
    let hash = key.hash();
    Ok(kit.db.read(move |c| store::by_form(c, &hash)).await?.is_some())
}

fn check_pace(errors: &mut Errors, stale: bool, sprung: bool, age: Duration) {
    if stale {
        errors.add("errors", "apply-form-old");
    } else if sprung {
        errors.add(TRAP, "apply-trap");
    } else if age < keys::TOO_FAST {
        errors.add("errors", "apply-too-fast");
    }
}

/// Whether a file was refused; then nothing else is said about missing papers.
pub(super) fn about_files(errors: &Errors) -> bool {
    errors.0.iter().any(|e| e.key.starts_with("papers-"))
}

/// Takes away the file whose button was pressed, and keeps what was said about the others.
pub(super) async fn settle(kit: &Kit, form_hash: &str, typed: &Typed) -> Result<Vec<FormFile>, Fault> {
    let hash = form_hash.to_owned();
    let gone = typed.get("remove").parse().ok();
    let said: Vec<_> = typed
        .0
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("kind-")?.parse().ok()?, value.parse().ok()?)))
        .collect();
    if gone.is_none() && said.is_empty() {
        return Ok(kit.db.read(move |c| papers::store::laid(c, &hash)).await?);
    }
    kit.db
        .write(move |c| {
            for (id, kind) in said {
                papers::store::name_kind(c, &hash, id, kind)?;
            }
            if let Some(id) = gone {
                papers::store::take_away(c, &hash, id)?;
            }
            Ok(papers::store::laid(c, &hash)?)
        })
        .await
}

/// What may be answered to where the ad was seen: the channels it is on, and where else people look.
async fn source_words(kit: &Kit, posting: PostingId) -> Result<Vec<String>, Fault> {
    let links = kit.db.read(move |c| tracking::links_of(c, posting)).await?;
    let mut words: Vec<String> = Vec::new();
    let elsewhere = ["website", "jobnet", "acquaintance", "other"].map(str::to_owned);
    for word in links.into_iter().map(|l| l.channel).chain(elsewhere) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    Ok(words)
}

/// A channel or another place as people call it.
pub(super) fn source_name(t: Speech, word: &str) -> String {
    if let Ok(kind) = word.parse::<ChannelKind>() {
        return kind.name().to_owned();
    }
    let key = format!("source-{word}");
    if t.knows(&key) { t.say(&key) } else { word.to_owned() }
}

#[expect(clippy::too_many_arguments, reason = "one page, one place where it is put together")]
async fn draw(
    kit: &Kit,
    shell: Shell,
    asked: &Asked,
    form: FormView,
    key: &FormKey,
    link: String,
    laid: Vec<FormFile>,
    sprung: bool,
) -> Result<ApplyPage, Fault> {
    let t = shell.t;
    let language = t.language();
    let mut sources = source_words(kit, asked.posting.id).await?;
    // the order must not favour any; »another place« stays last
    let last = sources.len().saturating_sub(1);
    for i in (1..last).rev() {
        let j = kit.chance.below(i as u64 + 1);
        sources.swap(i, usize::try_from(j).unwrap_or(0));
    }
    let choices = std::iter::once(Choice::new("", t.say("apply-source-choose")))
        .chain(sources.iter().map(|s| Choice::new(s, source_name(t, s))));
    let limit = i64::try_from(kit.config.limits.paper_bytes).unwrap_or(i64::MAX);
    let accept: Vec<_> = papers::Kind::ALL.iter().map(|k| format!(".{}", k.extension())).collect();
    let carried = if link.is_empty() { String::new() } else { format!("l={link}&") };
    Ok(ApplyPage {
        form,
        title: asked.title.clone(),
        ad: format!("{}?{carried}lang={language}", asked.posting.path()),
        slug: asked.posting.slug.clone(),
        deadline: asked.posting.deadline_local().map(|d| format::deadline(d, language)).unwrap_or_default(),
        late: !asked.open,
        key: key.text().to_owned(),
        link,
        files: laid.into_iter().map(|f| shown(&f, t)).collect(),
        files_hint: t.with2(
            "apply-files-hint",
            "size",
            format::bytes(limit, language),
            "count",
            kit.config.limits.papers,
        ),
        accept: accept.join(","),
        sources: choices.collect(),
        notice: notice(&kit.config, &asked.kept, t),
        sprung,
        shell,
    })
}

pub(super) fn shown(file: &FormFile, t: Speech) -> Laid {
    Laid {
        id: file.id.to_string(),
        name: file.original_name.clone(),
        size: format::bytes(file.bytes, t.language()),
        icon: icon_of(&file.mime),
        encrypted: file.encrypted,
        field: format!("kind-{}", file.id),
        kinds: PaperKind::ALL
            .iter()
            .map(|k| (k.word().to_owned(), t.say(k.key()), *k == file.kind))
            .collect(),
    }
}

/// The symbol for a file of this media type.
pub(super) fn icon_of(mime: &str) -> &'static str {
    match papers::Kind::from_mime(mime) {
        Some(papers::Kind::Pdf) => "file-pdf",
        Some(papers::Kind::Docx | papers::Kind::Odt) => "file-word",
        Some(papers::Kind::Jpg | papers::Kind::Png) => "file-image",
        Some(papers::Kind::Txt) | None => "file",
    }
}

fn not_open(kit: &Kit, shell: Shell, asked: &Asked, status: StatusCode) -> Answer {
    let now: Instant = kit.clock.now();
    let terms = &asked.posting.content.terms;
    let or = |own: &String, house: &String| if own.is_empty() { house.clone() } else { own.clone() };
    let drawn = NotOpenPage {
        title: asked.title.clone(),
        ad: asked.posting.path(),
        closed: asked.posting.state_at(now) == State::Closed,
        deadline: asked
            .posting
            .deadline_local()
            .map(|d| format::deadline(d, shell.t.language()))
            .unwrap_or_default(),
        contact_name: terms.contact_name.clone(),
        contact_email: or(&terms.contact_email, &kit.config.organisation.email),
        contact_phone: or(&terms.contact_phone, &kit.config.organisation.phone),
        shell,
    };
    private(page_with(status, &drawn)?)
}

fn receipt_of(slug: &str, key: &FormKey, shell: &Shell) -> HttpResponse {
    see_other(format!("/ansoeg/{slug}/tak?k={}&lang={}", key.text(), shell.lang))
}

/// Addresses of these pages stay on this site.
pub fn private(mut response: HttpResponse) -> Answer {
    let same_origin = header::HeaderValue::from_static("same-origin");
    response.headers_mut().insert(header::REFERRER_POLICY, same_origin);
    Ok(response)
}

pub(super) fn fault(error: SubmitError) -> Fault {
    match error {
        SubmitError::Blob(error) => error.into(),
        SubmitError::Db(error) => error.into(),
        SubmitError::NotOpen | SubmitError::Closed => Fault::Refused("apply-closed"),
    }
}

/// Where the file store does not answer, that is said at the files, and what was typed stays.
pub(super) fn store_away(error: SubmitError, errors: &mut Errors) -> Result<(), Fault> {
    let SubmitError::Blob(BlobError::Store(error)) = error else { return Err(fault(error)) };
    tracing::error!(%error, "the file store does not answer");
    errors.add("files", "papers-store-away");
    Ok(())
}

/// What was typed and the files as they came, for other pages that take papers.
pub(super) async fn received(kit: &Kit, req: &HttpRequest, parts: Multipart) -> Result<upload::Sent, Fault> {
    let limits = &kit.config.limits;
    bounded(req, limits.paper_bytes, limits.papers)?;
    upload::receive(parts, &kit.blobs, limits.paper_bytes, limits.papers * 2).await
}

/// The same with the files judged, where nothing lies there already.
pub(super) async fn papers_of(
    kit: &Kit,
    req: &HttpRequest,
    parts: Multipart,
    room: usize,
    t: Speech,
    errors: &mut Errors,
) -> Result<(Typed, Vec<Paper>), Fault> {
    let sent = received(kit, req, parts).await?;
    let papers = papers::sent::judged(sent.files, room, kit.config.limits.paper_bytes, t, errors).await?;
    Ok((sent.typed, papers))
}
