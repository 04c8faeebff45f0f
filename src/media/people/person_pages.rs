//! `/medier/personer/{person}`: one person: what they said yes to, the pictures of them, asking, noting, taking back.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, body::SizedStream, http::StatusCode, http::header, web};
use askama::Template;

use super::{
    actions::{self, ConsentError, Invitation, Noted},
    pages::{Stand, stands},
    person::{Giver, Manner, Person, Purpose},
    store,
};
use crate::{
    accounts::{self, Posted, Right, Viewer},
    base::{Instant, id::PersonId},
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    media::{self, MediaError, image::Profile},
    web::{
        Answer, Fault, FormView, Shell, Typed, csrf,
        forms::{Choice, Errors, FieldError},
        page_with, see_other,
        upload::{self, Sent},
    },
};

/// A picture of them.
struct Thumb {
    href: String,
    name: String,
    src: Option<String>,
}

/// A yes in the history.
struct Line {
    purpose: String,
    said: String,
    words: String,
    state: String,
    look: &'static str,
    paper: Option<String>,
}

/// A question that was sent.
struct Asked {
    who: String,
    said: String,
}

#[derive(Template)]
#[template(path = "media/person.html")]
struct PersonPage {
    shell: Shell,
    form: FormView,
    id: PersonId,
    name: String,
    about: String,
    child: Option<String>,
    stands: Vec<Stand>,
    given: Vec<Choice>,
    thumbs: Vec<Thumb>,
    lines: Vec<Line>,
    asked: Vec<Asked>,
    purposes: Vec<Choice>,
    givers: Vec<Choice>,
    manners: Vec<Choice>,
}

/// Somebody of a unit in which this person works with media; else they do not exist.
async fn found(kit: &Kit, viewer: &Viewer, id: &str) -> Result<Person, Fault> {
    let id: PersonId = id.parse().map_err(|_| Fault::NotFound)?;
    viewer.scope(Right::UseMedia)?;
    let person = kit.db.read(move |c| store::person(c, id)).await?.ok_or(Fault::NotFound)?;
    if viewer.may_in(Right::UseMedia, person.unit) { Ok(person) } else { Err(Fault::NotFound) }
}

/// `GET /medier/personer/{person}`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<String>) -> Answer {
    let person = found(&kit, &viewer, &id).await?;
    draw(&req, &kit, &viewer, person, StatusCode::OK, Typed::default(), &Errors::none()).await
}

fn history(person: &Person, kit: &Kit, t: Speech, now: Instant) -> Vec<Line> {
    let zone = kit.config.delivery.zone;
    let long = |at| format::instant_long(at, zone, t.language());
    let line = |yes: &super::person::Yes| {
        let (state, look) = match yes.withdrawn_at {
            Some(at) => (t.with("consent-withdrawn", "time", long(at)), "bad"),
            None if yes.holds(now) => {
                let last = actions::day(yes.until, zone).pred_opt().unwrap_or_default();
                (t.with("consent-until", "day", format::date(last, t.language())), "ok")
            }
            None => (t.say("consent-ended"), "line"),
        };
        Line {
            purpose: t.say(yes.purpose.key()),
            said: t.with3(
                "consent-given",
                "who",
                &yes.giver_name,
                "how",
                t.say(yes.manner.key()),
                "time",
                long(yes.given_at),
            ),
            words: yes.words.clone(),
            state,
            look,
            paper: yes.evidence.as_ref().map(|_| format!("/medier/personer/{}/papir/{}", person.id, yes.id)),
        }
    };
    person.yeses.iter().map(line).collect()
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    person: Person,
    status: StatusCode,
    mut typed: Typed,
    errors: &Errors,
) -> Answer {
    let shell = viewer.shell(req, &kit.config);
    let (t, now, id) = (shell.t, kit.clock.now(), person.id);
    let zone = kit.config.delivery.zone;
    let (units, assets, links) = kit
        .db
        .read(move |c| {
            let ids = store::assets_of(c, id)?;
            Ok::<_, DbError>((accounts::units(c)?, media::of_ids(c, &ids)?, store::links(c, id)?))
        })
        .await?;
    // whoever works in another house sees that there is a picture, not which
    let thumbs = assets
        .iter()
        .filter(|a| viewer.may_in(Right::UseMedia, a.unit))
        .map(|a| Thumb {
            href: format!("/medier/{}", a.id),
            name: a.name.clone(),
            src: a.href(Profile::Thumb.code()),
        })
        .collect();
    let asked = links
        .iter()
        .map(|link| Asked {
            who: format!("{} ({})", link.giver_name, link.email),
            said: match link.answered_at {
                Some(at) => t.with("consent-answered", "time", format::instant_long(at, zone, t.language())),
                None if now < link.ends_at => {
                    t.with("consent-waits", "time", format::instant_long(link.ends_at, zone, t.language()))
                }
                None => t.say("consent-unanswered"),
            },
        })
        .collect();
    if typed.get("link_email").is_empty() && status == StatusCode::OK {
        typed.set("link_email", person.email.clone());
    }
    let givers: Vec<Choice> = Giver::ALL
        .iter()
        .filter(|g| **g == Giver::Guardian || person.is_asked(now))
        .map(|g| Choice::new(g, t.say(g.key())))
        .collect();
    for field in ["giver", "link_giver"] {
        if typed.get(field).is_empty()
            && let Some(first) = givers.first()
        {
            typed.set(field, first.value.clone());
        }
    }
    if typed.get("manner").is_empty() {
        typed.set("manner", Manner::Paper.word());
    }
    let purposes: Vec<Choice> = Purpose::ALL
        .iter()
        .map(|p| Choice { value: p.word().to_owned(), label: t.say(p.key()), hint: t.say(p.words_key()) })
        .collect();
    let stands_now = |p: &Purpose| person.yeses.iter().any(|y| y.purpose == *p && y.holds(now));
    let child = person.child_until.filter(|until| now < *until).map(|until| {
        let day = format::date(actions::day(until, zone), t.language());
        t.with2("portrayed-child", "day", day, "count", i64::from(person.guardians))
    });
    let page = PersonPage {
        id,
        about: format!(
            "{} · {}",
            t.say(person.relation.key()),
            crate::media::pages::unit_name(&units, person.unit)
        ),
        child,
        stands: stands(&person, kit, t, now),
        given: Purpose::ALL
            .iter()
            .filter(|p| stands_now(p))
            .map(|p| Choice::new(p, t.say(p.key())))
            .collect(),
        thumbs,
        lines: history(&person, kit, t, now),
        asked,
        purposes,
        givers,
        manners: [Manner::Paper, Manner::Spoken].map(|m| Choice::new(m, t.say(m.key()))).into(),
        name: person.name,
        form: FormView::with_errors(typed, errors, t),
        shell,
    };
    page_with(status, &page)
}

/// The page again with a word about what was done, or with what is wrong at its field.
async fn after<T>(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    person: Person,
    typed: Typed,
    done: Result<T, ConsentError>,
    said: &str,
) -> Answer {
    match done {
        Ok(_) => {
            viewer.say_next(kit, viewer.shell(req, &kit.config).t.say(said)).await?;
            Ok(see_other(format!("/medier/personer/{}", person.id)))
        }
        Err(ConsentError::Fields(errors)) => {
            draw(req, kit, viewer, person, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /medier/personer/{person}/spoerg`
pub async fn ask(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<String>) -> Answer {
    let Posted { viewer, typed } = posted;
    let person = found(&kit, &viewer, &id).await?;
    let invitation = Invitation {
        giver: typed.get("link_giver").parse().unwrap_or(Giver::Own),
        giver_name: typed.get("link_giver_name").to_owned(),
        email: typed.get("link_email").to_owned(),
        last_day: typed.get("link_last_day").to_owned(),
    };
    let done = actions::invite(&kit, viewer.actor(), person.id, invitation).await;
    after(&req, &kit, &viewer, person, typed, done, "consent-said-asked").await
}

fn chosen(typed: &Typed, field: &str) -> Vec<Purpose> {
    typed.all(field).filter_map(|p| p.parse().ok()).collect()
}

/// `POST /medier/personer/{person}/ja`: what was signed on paper, or said.
pub async fn note(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<String>,
    parts: Multipart,
) -> Answer {
    let Sent { typed, files } =
        upload::receive(parts, &kit.blobs, kit.config.limits.picture_bytes, 1).await?;
    viewer.check_csrf(typed.get(csrf::FIELD))?;
    let person = found(&kit, &viewer, &id).await?;
    let mut paper = None;
    if let Some(file) = files.into_iter().next() {
        let kept = match &file.bytes {
            Some(bytes) => media::proof(&kit, bytes).await,
            None => Err(MediaError::Refused(media::content::Refusal::new("package-error-photo-large"))),
        };
        match kept {
            Ok(kept) => paper = Some(kept),
            Err(MediaError::Refused(refusal)) => {
                let args = refusal.args.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect();
                let error = FieldError { field: "paper".to_owned(), key: refusal.key.to_owned(), args };
                let errors = Errors(vec![error]);
                return draw(&req, &kit, &viewer, person, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors)
                    .await;
            }
            Err(other) => return Err(other.into()),
        }
    }
    let noted = Noted {
        purposes: chosen(&typed, "purposes"),
        giver: typed.get("giver").parse().unwrap_or(Giver::Own),
        giver_name: typed.get("giver_name").to_owned(),
        manner: typed.get("manner").parse().ok().filter(|m| *m != Manner::Link).unwrap_or(Manner::Paper),
        last_day: typed.get("last_day").to_owned(),
        evidence: paper.as_ref().map(|kept| kept.sha256.clone()),
    };
    let done = actions::note(&kit, viewer.actor(), person.id, noted).await;
    // a row names it by now, or nobody wants it
    drop(paper);
    after(&req, &kit, &viewer, person, typed, done, "consent-said-noted").await
}

/// `POST /medier/personer/{person}/nej`: somebody told a colleague that they no longer want it.
pub async fn withdraw(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<String>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let person = found(&kit, &viewer, &id).await?;
    let done = actions::withdraw(&kit, viewer.actor(), person.id, chosen(&typed, "taken_back")).await;
    after(&req, &kit, &viewer, person, typed, done, "consent-said-withdrawn").await
}

/// `POST /medier/personer/{person}/glem`
pub async fn forget(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<String>) -> Answer {
    let Posted { viewer, typed } = posted;
    let person = found(&kit, &viewer, &id).await?;
    match actions::forget(&kit, viewer.actor(), person.id).await {
        Ok(()) => {
            let t = viewer.shell(&req, &kit.config).t;
            viewer.say_next(&kit, t.with("portrayed-said-forgotten", "name", person.name)).await?;
            Ok(see_other("/medier/personer"))
        }
        Err(ConsentError::Fields(errors)) => {
            draw(&req, &kit, &viewer, person, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /medier/personer/{person}/papir/{consent}`: the signed paper.
pub async fn paper(kit: web::Data<Kit>, viewer: Viewer, path: web::Path<(String, String)>) -> Answer {
    let person = found(&kit, &viewer, &path.0).await?;
    let yes = person.yeses.iter().find(|y| y.id.to_string() == path.1).ok_or(Fault::NotFound)?;
    let sha256 = yes.evidence.clone().ok_or(Fault::NotFound)?;
    let bytes = kit.blobs.read(&sha256).await?;
    let mime = media::content::judge(&bytes).map_or("application/octet-stream", |c| c.mime());
    let len = bytes.len() as u64;
    let once = futures_util::stream::once(async move { Ok::<_, std::io::Error>(bytes) });
    Ok(HttpResponse::Ok()
        .content_type(mime)
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(SizedStream::new(len, once)))
}
