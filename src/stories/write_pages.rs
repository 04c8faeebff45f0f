//! `/indhold/{id}/rediger`: one form with both languages in it, saved over the version that was read.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, StoryError},
    form,
    pages::{by, kinds, writable},
    story::{Audience, LeadsTo, State, Story},
};
use crate::{
    accounts::{self, Posted, Right, Viewer, unit},
    base::{Subject, id::StoryId, paging::Paging},
    campaigns,
    db::DbError,
    i18n::Speech,
    kit::Kit,
    media,
    postings::{self, body, taxonomy},
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// Pictures and films offered to choose from.
const OFFERED: u32 = 60;

/// A picture or film to choose.
struct Offer {
    id: String,
    src: String,
    name: String,
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
#[template(path = "stories/edit.html")]
struct EditPage {
    shell: Shell,
    id: StoryId,
    title: String,
    version: i32,
    is_ready: bool,
    form: FormView,
    english_open: bool,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    audiences: Vec<Choice>,
    places: Vec<Choice>,
    ads: Vec<Choice>,
    themes: Vec<Choice>,
    campaigns: Vec<Choice>,
    offers: Vec<Offer>,
    theirs: Vec<Theirs>,
    stale: bool,
    /// What keeps a ready story from being saved so.
    hinders: Vec<String>,
}

/// What is wrong with a form that came back.
#[derive(Default)]
struct Wrong {
    errors: Errors,
    hinders: Vec<String>,
    stale: bool,
}

/// `GET /indhold/{id}/rediger`
pub async fn edit(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, path: web::Path<String>) -> Answer {
    let story = changeable(&kit, &viewer, &path).await?;
    let typed = form::fill(&story.content);
    draw(&req, &kit, &viewer, story, typed, Wrong::default()).await
}

/// One this person may change as it stands now.
async fn changeable(kit: &Kit, viewer: &Viewer, id: &str) -> Result<Story, Fault> {
    let story = writable(kit, viewer, id).await?;
    match story.state {
        State::Archived => Err(Fault::Refused("story-refused-archived")),
        State::Ready if !viewer.may_in(Right::Publish, story.content.unit) => {
            Err(Fault::Refused("story-refused-not-yours"))
        }
        State::Ready | State::Draft => Ok(story),
    }
}

/// `POST /indhold/{id}/rediger`
pub async fn save(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, path: web::Path<String>) -> Answer {
    let Posted { viewer, typed } = posted;
    let story = changeable(&kit, &viewer, &path).await?;
    let id = story.id;
    let content = form::read(&typed, story.content.unit);
    let version = typed.get("version").parse().unwrap_or(0);
    let (k, by) = (kit.get_ref().clone(), by(&viewer)?);
    let said = typed.clone();
    let result = kit
        .db
        .write(move |c| {
            let saved = actions::save(c, &k, &by, id, version, content)?;
            let (unit, now) = (saved.content.unit, k.clock.now());
            campaigns::put(c, by.actor, &by.writes, unit, Subject::Story(id), &said, now)?
                .map_err(StoryError::Fields)?;
            Ok(saved)
        })
        .await;
    let t = viewer.shell(&req, &kit.config).t;
    let (story, wrong) = match result {
        Ok(_) => {
            postings::renew();
            viewer.say_next(&kit, t.say("story-said-saved")).await?;
            return Ok(see_other(format!("/indhold/{id}")));
        }
        Err(StoryError::Stale(now)) => (*now, Wrong { stale: true, ..Wrong::default() }),
        Err(StoryError::Fields(errors)) => (story, Wrong { errors, ..Wrong::default() }),
        Err(StoryError::NotReady(missing)) => {
            let hinders = missing.iter().map(|p| p.said(t)).collect();
            (story, Wrong { hinders, ..Wrong::default() })
        }
        Err(other) => return Err(other.into()),
    };
    draw(&req, &kit, &viewer, story, typed, wrong).await
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    story: Story,
    mut typed: Typed,
    wrong: Wrong,
) -> Answer {
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let scope = viewer.scope(Right::WriteStories)?.clone();
    let media_units = viewer.scope(Right::UseMedia).map(|s| s.units()).unwrap_or_default();
    let (chosen, own_ad) = (story.content.media.clone(), story.content.posting);
    let languages = story.content.languages();
    let purpose = story.content.audience.purpose();
    let now = kit.clock.now();
    let (about, own_unit) = (Subject::Story(story.id), story.content.unit);
    let (units, assets, ads, campaigns, typed) = kit
        .db
        .read(move |c| {
            let units = unit::choices(&accounts::units(c)?, &scope);
            let campaigns = campaigns::choices(c, &scope, own_unit, about, now, t, &mut typed)?;
            let filter = media::Filter { units: media_units, ..media::Filter::default() };
            let (mut assets, _) = media::library(c, &filter, Paging::new(1, OFFERED))?;
            let missing: Vec<_> =
                chosen.into_iter().filter(|id| assets.iter().all(|a| a.id != *id)).collect();
            assets.extend(media::of_ids(c, &missing)?);
            let mut ads = postings::open_public(c, now)?;
            if let Some(own) = own_ad.filter(|own| ads.iter().all(|a| a.id != *own)) {
                ads.extend(postings::any(c, own)?);
            }
            Ok::<_, DbError>((units, assets, ads, campaigns, typed))
        })
        .await?;
    let offers = assets
        .into_iter()
        .map(|a| Offer {
            id: a.id.to_string(),
            src: a.href("thumb").or_else(|| a.href("poster")).unwrap_or_default(),
            lacks: a
                .missing(&languages, &[purpose], now)
                .iter()
                .filter(|m| m.blocks())
                .map(|m| t.say(m.key()))
                .collect::<Vec<_>>()
                .join(" "),
            name: if a.alt_text.is_empty() { a.name } else { a.alt_text },
        })
        .collect();
    let theirs = if wrong.stale { theirs(&story, &typed, t) } else { Vec::new() };
    let wrong_english = wrong.errors.0.iter().any(|e| e.field.ends_with("_en"));
    let status = match &wrong {
        w if w.stale => StatusCode::CONFLICT,
        w if w.errors.is_empty() && w.hinders.is_empty() => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let title = story.title(t.language());
    let hinted = |group: &str, word: &str| Choice {
        value: word.to_owned(),
        label: t.say(&format!("story-{group}-{word}")),
        hint: t.say(&format!("story-{group}-{word}.hint")),
    };
    let none = Choice::new("", t.say("story-no-posting"));
    let page = EditPage {
        id: story.id,
        title: if title.is_empty() { t.say("story-untitled") } else { title.to_owned() },
        // what is saved next is saved knowingly over what stands now
        version: if wrong.stale {
            story.version
        } else {
            typed.get("version").parse().unwrap_or(story.version)
        },
        is_ready: story.state == State::Ready,
        english_open: !typed.get("title_en").is_empty() || wrong_english,
        kinds: kinds(t),
        audiences: Audience::ALL.iter().map(|a| hinted("audience", a.word())).collect(),
        places: LeadsTo::ALL.iter().map(|l| hinted("leads", l.word())).collect(),
        ads: std::iter::once(none)
            .chain(
                ads.iter().map(|a| Choice::new(a.id, format!("{} ({})", a.title(t.language()), a.reference))),
            )
            .collect(),
        themes: taxonomy::themes().iter().map(|e| Choice::new(&e.code, e.name(t.language()))).collect(),
        campaigns,
        units,
        offers,
        theirs,
        stale: wrong.stale,
        hinders: wrong.hinders,
        form: FormView::with_errors(typed, &wrong.errors, t),
        shell,
    };
    page_with(status, &page)
}

/// The fields in which what stands differs from what was typed.
fn theirs(now: &Story, typed: &Typed, t: Speech) -> Vec<Theirs> {
    let standing = form::fill(&now.content);
    form::differing(&standing, typed)
        .into_iter()
        .map(|field| {
            let values: Vec<String> = standing.all(field).map(body::plain).collect();
            let value = values.join(", ");
            Theirs {
                field,
                label: t.say(&format!("story-field-{}", field.replace('_', "-"))),
                value: if value.is_empty() { t.say("posting-field-empty") } else { value },
            }
        })
        .collect()
}
