//! `/jobopslag/{id}/rediger` and its preview: one form with both languages in it, saved over the version that
//! was read; what two people wrote at once is shown side by side.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, PostingError},
    form,
    pages::{choices, units_within},
    pictures,
    posting::{Posting, State},
    renew, show, store,
    tabs::Tabs,
    taxonomy,
};
use crate::{
    accounts::{self, Posted, Right, Viewer, audit},
    base::{Language, Subject, id::PostingId, paging::Paging},
    campaigns,
    db::DbError,
    i18n::Speech,
    kit::Kit,
    media::{self, people::Purpose},
    web::{
        Answer, Choice, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        page, page_with, see_other,
    },
};

/// Pictures and films offered to choose from.
const OFFERED: u32 = 60;

/// A picture or film to choose.
struct Offer {
    id: String,
    src: String,
    name: String,
    film: bool,
    /// What it still lacks, said; empty when it may be used.
    lacks: String,
}

/// A field that somebody else has changed meanwhile.
struct Theirs {
    field: &'static str,
    label: String,
    value: String,
}

#[derive(Template)]
#[template(path = "postings/edit.html")]
struct EditPage {
    shell: Shell,
    id: PostingId,
    tabs: Tabs,
    title: String,
    reference: String,
    state: State,
    version: i32,
    form: FormView,
    english_open: bool,
    units: Vec<Choice>,
    professions: Vec<Choice>,
    employment_types: Vec<Choice>,
    shifts: Vec<Choice>,
    themes: Vec<Choice>,
    campaigns: Vec<Choice>,
    agreements: Vec<String>,
    pay_units: Vec<Choice>,
    visibilities: Vec<Choice>,
    internal_reasons: Vec<Choice>,
    pictures: Vec<Offer>,
    films: Vec<Offer>,
    /// Who saved meanwhile, and what they wrote.
    by: String,
    theirs: Vec<Theirs>,
    stale: bool,
    /// What keeps an open ad from being saved so.
    hinders: Vec<String>,
}

#[derive(Template)]
#[template(path = "postings/preview.html")]
struct PreviewPage {
    shell: Shell,
    id: PostingId,
    ad: show::Shown,
    languages: Vec<Choice>,
}

/// What is wrong with a form that came back.
#[derive(Default)]
struct Wrong {
    errors: Errors,
    hinders: Vec<String>,
    stale: bool,
}

/// `GET /jobopslag/{id}/rediger`
pub async fn edit(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<String>,
    query: Query,
) -> Answer {
    let posting = editable(&kit, &viewer, &path).await?;
    if !matches!(posting.state_at(kit.clock.now()), State::Draft | State::Open) {
        return Err(Fault::Refused("posting-refused-edit"));
    }
    let typed = form::fill(&posting.content);
    let english = query.0.get("sprog") == "en";
    draw(&req, &kit, &viewer, posting, typed, Wrong::default(), english).await
}

async fn editable(kit: &Kit, viewer: &Viewer, path: &str) -> Result<Posting, Fault> {
    let id: PostingId = path.parse().map_err(|_| Fault::NotFound)?;
    let scope = viewer.scope(Right::EditPostings)?.clone();
    kit.db.read(move |c| store::get(c, &scope, id)?.ok_or(Fault::NotFound)).await
}

/// `POST /jobopslag/{id}/rediger`
pub async fn save(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, path: web::Path<String>) -> Answer {
    let Posted { viewer, typed } = posted;
    let posting = editable(&kit, &viewer, &path).await?;
    let id = posting.id;
    let scope = viewer.scope(Right::EditPostings)?.clone();
    let (content, errors) = form::read(&typed, posting.content.unit, kit.config.delivery.zone);
    if !errors.is_empty() {
        let wrong = Wrong { errors, ..Wrong::default() };
        return draw(&req, &kit, &viewer, posting, typed, wrong, false).await;
    }
    let version = typed.get("version").parse().unwrap_or(0);
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let said = typed.clone();
    let saved = kit
        .db
        .write(move |c| {
            let saved = actions::save(c, &k, actor, &scope, id, version, content)?;
            let (unit, now) = (saved.content.unit, k.clock.now());
            campaigns::put(c, actor, &scope, unit, Subject::Posting(id), &said, now)?
                .map_err(PostingError::Fields)?;
            Ok(saved)
        })
        .await;
    renew();
    let t = viewer.shell(&req, &kit.config).t;
    match saved {
        Ok(saved) => {
            let key = if saved.state == State::Open { "posting-saved-open" } else { "posting-saved" };
            viewer.say_next(&kit, t.say(key)).await?;
            let to = match typed.get("then") {
                "preview" => format!("/jobopslag/{id}/vis"),
                "stay" => format!("/jobopslag/{id}/rediger"),
                _ => format!("/jobopslag/{id}"),
            };
            Ok(see_other(to))
        }
        Err(PostingError::Stale(now)) => {
            let wrong = Wrong { stale: true, ..Wrong::default() };
            draw(&req, &kit, &viewer, *now, typed, wrong, false).await
        }
        Err(PostingError::Fields(errors)) => {
            let wrong = Wrong { errors, ..Wrong::default() };
            draw(&req, &kit, &viewer, posting, typed, wrong, false).await
        }
        Err(PostingError::NotReady(found)) => {
            let hinders = found.missing.iter().map(|p| p.said(t)).collect();
            let wrong = Wrong { hinders, ..Wrong::default() };
            draw(&req, &kit, &viewer, posting, typed, wrong, false).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Words of both languages to choose from, whichever the page speaks.
fn named(list: &[taxonomy::Entry], t: Speech) -> Vec<Choice> {
    list.iter().map(|e| Choice::new(&e.code, e.name(t.language()))).collect()
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    posting: Posting,
    mut typed: Typed,
    wrong: Wrong,
    english: bool,
) -> Answer {
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let id = posting.id;
    let scope = viewer.scope(Right::EditPostings)?.clone();
    let media_units = viewer.scope(Right::UseMedia).map(|s| s.units()).unwrap_or_default();
    let chosen: Vec<_> = posting.content.media.iter().map(|m| m.asset).collect();
    let languages = posting.content.languages();
    let now = kit.clock.now();
    let stale = wrong.stale;
    let own_unit = posting.content.unit;
    let (units, offers, by, campaigns, typed) = kit
        .db
        .read(move |c| {
            let units = units_within(c, &scope)?;
            let about = Subject::Posting(id);
            let campaigns = campaigns::choices(c, &scope, own_unit, about, now, t, &mut typed)?;
            let filter = media::Filter { units: media_units, ..media::Filter::default() };
            let (mut assets, _) = media::library(c, &filter, Paging::new(1, OFFERED))?;
            let missing: Vec<_> =
                chosen.into_iter().filter(|id| assets.iter().all(|a| a.id != *id)).collect();
            assets.extend(media::of_ids(c, &missing)?);
            let by = if stale { last_writer(c, id)? } else { String::new() };
            Ok::<_, DbError>((units, assets, by, campaigns, typed))
        })
        .await?;
    let offers: Vec<Offer> = offers
        .into_iter()
        .map(|a| Offer {
            id: a.id.to_string(),
            src: a.href("thumb").or_else(|| a.href("poster")).unwrap_or_default(),
            film: a.kind == media::Kind::Film,
            lacks: a
                .missing(&languages, &[Purpose::Website], now)
                .iter()
                .filter(|m| m.blocks())
                .map(|m| t.say(m.key()))
                .collect::<Vec<_>>()
                .join(" "),
            name: if a.alt_text.is_empty() { a.name } else { a.alt_text },
        })
        .collect();
    let (films, pictures): (Vec<_>, Vec<_>) = offers.into_iter().partition(|o| o.film);
    let theirs = if stale { theirs(&posting, &typed, t) } else { Vec::new() };
    let begun = Language::ALL.map(|l| !typed.get(&format!("title_{l}")).is_empty());
    let wrong_english = wrong.errors.0.iter().any(|e| e.field.ends_with("_en"));
    let status = match (&wrong, stale) {
        (_, true) => StatusCode::CONFLICT,
        (w, _) if w.errors.is_empty() && w.hinders.is_empty() => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let title = posting.title(t.language()).to_owned();
    let none = Choice::new("", t.say("postings-choose"));
    let page = EditPage {
        id,
        tabs: Tabs::of(viewer, &posting),
        title: if title.is_empty() { t.say("posting-untitled") } else { title },
        reference: posting.reference.clone(),
        state: posting.state_at(kit.clock.now()),
        // what is saved next is saved knowingly over what stands now
        version: if stale {
            posting.version
        } else {
            typed.get("version").parse().unwrap_or(posting.version)
        },
        english_open: english || begun[1] || wrong_english,
        units,
        professions: choices(taxonomy::professions(), "postings-choose", t),
        employment_types: choices(taxonomy::employment_types(), "postings-choose", t),
        shifts: named(taxonomy::shifts(), t),
        themes: named(taxonomy::themes(), t),
        campaigns,
        agreements: taxonomy::agreements().iter().map(|e| e.da.clone()).collect(),
        pay_units: ["month", "hour", "year"]
            .map(|u| Choice::new(u, t.say(&format!("posting-payunit-{u}"))))
            .into(),
        visibilities: ["public", "internal"]
            .map(|v| Choice {
                value: v.into(),
                label: t.say(&format!("posting-visibility-{v}")),
                hint: t.say(&format!("posting-visibility-{v}.hint")),
            })
            .into(),
        internal_reasons: std::iter::once(none).chain(named(taxonomy::internal_reasons(), t)).collect(),
        pictures,
        films,
        by,
        theirs,
        stale,
        hinders: wrong.hinders,
        form: FormView::with_errors(typed, &wrong.errors, t),
        shell,
    };
    page_with(status, &page)
}

/// The name of whoever last wrote to the ad.
fn last_writer(conn: &mut crate::db::Conn, id: PostingId) -> Result<String, DbError> {
    let lines = audit::read(conn, Some(&format!("posting:{id}")), 1)?;
    let actor = lines.first().map(|l| l.actor.clone()).unwrap_or_default();
    let people = accounts::users(conn)?;
    let user = actor.strip_prefix("user:").and_then(|u| people.into_iter().find(|p| p.id.to_string() == u));
    Ok(user.map(|u| u.name).unwrap_or_default())
}

/// The fields in which what stands differs from what was typed.
fn theirs(now: &Posting, typed: &Typed, t: Speech) -> Vec<Theirs> {
    let standing = form::fill(&now.content);
    form::differing(&standing, typed)
        .into_iter()
        .map(|field| {
            let values: Vec<String> = standing.all(field).map(super::body::plain).collect();
            let value = values.join(", ");
            Theirs {
                field,
                label: t.say(&format!("posting-field-{}", field.replace('_', "-"))),
                value: if value.is_empty() { t.say("posting-field-empty") } else { value },
            }
        })
        .collect()
}

/// `GET /jobopslag/{id}/vis`: the ad as applicants will see it.
pub async fn preview(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<String>,
    query: Query,
) -> Answer {
    let id: PostingId = path.parse().map_err(|_| Fault::NotFound)?;
    let scope = viewer.scope(Right::ReadPostings)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let language = query.0.get("sprog").parse().unwrap_or(Language::Da);
    let clock = kit.clock.clone();
    let (ad, languages) = kit
        .db
        .read(move |c| {
            let posting = store::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let t = Speech(language);
            let around = pictures::around(c, &posting, t, pictures::Eyes::Staff)?;
            let languages: Vec<Language> =
                Language::ALL.into_iter().filter(|l| posting.content.text(*l).is_some()).collect();
            let mut ad = show::shown(&posting, around, t, clock.now());
            // half an English text is shown as it is, so that it can be read while it is written
            if let Some(words) = posting.content.text(language) {
                (ad.language, ad.title) = (language, words.title.clone());
                (ad.lead, ad.body) = (words.lead.clone(), words.body.clone());
            }
            Ok::<_, Fault>((ad, languages))
        })
        .await?;
    let languages = languages.into_iter().map(|l| Choice::new(l, l.own_name())).collect();
    page(&PreviewPage { shell, id, ad, languages })
}

impl PreviewPage {
    fn href(&self, tail: &str) -> String {
        format!("/jobopslag/{}{tail}", self.id)
    }
}
