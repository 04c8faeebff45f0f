//! `/indhold`: the list of stories and plain posts, a new one, and the verbs that move one on. One story's own page
//! stands with its deliveries in `publishing`.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, By, StoryError},
    store::{self, Wish},
    story::{Content, Kind, State, Step, Story},
};
use crate::{
    accounts::{self, Posted, Right, Scope, Viewer, unit},
    base::{
        Language,
        id::{StoryId, UnitId},
        paging::Paging,
        text,
    },
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    media, postings,
    web::{
        Answer, Choice, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        page, page_with, see_other,
    },
};

impl From<StoryError> for Fault {
    fn from(error: StoryError) -> Self {
        match error {
            StoryError::NotFound => Self::NotFound,
            StoryError::Stale(_) => Self::Conflict("story-stale"),
            StoryError::NotReady(_) => Self::Refused("story-refused-not-ready"),
            StoryError::Refused(key) => Self::Refused(key),
            StoryError::Fields(_) => Self::BadRequest,
            StoryError::Db(error) => error.into(),
        }
    }
}

/// Stories on a page of the list.
const PAGE: u32 = 24;

/// One card of the list.
struct Card {
    href: String,
    title: String,
    lead: String,
    kind: String,
    unit: String,
    changed: String,
    thumb: Option<String>,
    state: String,
    look: &'static str,
    icon: &'static str,
}

#[derive(Template)]
#[template(path = "stories/list.html")]
struct ListPage {
    shell: Shell,
    cards: Vec<Card>,
    total: i64,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    units: Vec<Choice>,
    form: FormView,
    narrowed: bool,
    previous: String,
    next: String,
}

#[derive(Template)]
#[template(path = "stories/new.html")]
struct NewPage {
    shell: Shell,
    form: FormView,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
}

/// Who does it, and where they may what.
pub fn by(viewer: &Viewer) -> Result<By, Fault> {
    let nowhere = |right| viewer.scope(right).cloned().unwrap_or_default();
    Ok(By {
        actor: viewer.actor(),
        writes: viewer.scope(Right::WriteStories)?.clone(),
        publishes: nowhere(Right::Publish),
        media: nowhere(Right::UseMedia),
    })
}

pub(super) fn kinds(t: Speech) -> Vec<Choice> {
    let choice = |k: &Kind| Choice {
        value: k.to_string(),
        label: t.say(k.key()),
        hint: t.say(&format!("story-kind-{}.hint", k.word().replace('_', "-"))),
    };
    Kind::ALL.iter().map(choice).collect()
}

/// The pictures of cards by story: the first that has one.
pub(super) fn thumbs(
    c: &mut crate::db::Conn,
    stories: &[Story],
    shape: &str,
) -> Result<std::collections::HashMap<StoryId, (String, String)>, DbError> {
    let ids: Vec<_> = stories.iter().flat_map(|s| s.content.media.clone()).collect();
    let assets = media::of_ids(c, &ids)?;
    let mut found = std::collections::HashMap::new();
    for story in stories {
        let picture = story.content.media.iter().find_map(|id| {
            let asset = assets.iter().find(|a| a.id == *id)?;
            let alt = if asset.decorative { String::new() } else { asset.alt_text.clone() };
            asset.href(shape).map(|src| (src, alt))
        });
        if let Some(picture) = picture {
            found.insert(story.id, picture);
        }
    }
    Ok(found)
}

/// `GET /indhold`
pub async fn list(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    let scope = viewer.scope(Right::WriteStories)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let typed = query.0;
    let paging = Paging::new(typed.get("side").parse().unwrap_or(1), PAGE);
    let wish = Wish {
        states: match typed.all("tilstand").filter_map(|s| s.parse().ok()).collect::<Vec<State>>() {
            // what has been told is found when one asks for it
            none if none.is_empty() => vec![State::Draft, State::Ready],
            some => some,
        },
        kinds: typed.all("slags").filter_map(|s| s.parse().ok()).collect(),
        unit: typed.get("enhed").parse().ok(),
        words: text::line(typed.get("q")),
    };
    let narrowed = typed.0.iter().any(|(name, value)| name != "side" && name != "lang" && !value.is_empty());
    let (t, zone) = (shell.t, kit.config.delivery.zone);
    let (cards, total, units) = kit
        .db
        .read(move |c| {
            let (found, total) = store::list(c, &scope, &wish, paging)?;
            let all = accounts::units(c)?;
            let mut thumbs = thumbs(c, &found, "card")?;
            let cards = found
                .iter()
                .map(|story| {
                    let (look, icon) = story.state.chip();
                    let title = story.title(t.language());
                    let text = story.content.text_for(t.language());
                    Card {
                        href: format!("/indhold/{}", story.id),
                        title: if title.is_empty() { t.say("story-untitled") } else { title.to_owned() },
                        lead: text.map(|text| text.lead.clone()).unwrap_or_default(),
                        kind: t.say(story.content.kind.key()),
                        unit: all
                            .iter()
                            .find(|u| u.id == story.content.unit)
                            .map(|u| u.name.clone())
                            .unwrap_or_default(),
                        changed: format::instant_short(story.updated_at, zone, t.language()),
                        thumb: thumbs.remove(&story.id).map(|(src, _)| src),
                        state: t.say(story.state.key()),
                        look,
                        icon,
                    }
                })
                .collect::<Vec<_>>();
            Ok::<_, DbError>((cards, total, unit::choices(&all, &scope)))
        })
        .await?;
    let every = Choice::new("", t.say("story-every-unit"));
    let to = |n: u32| {
        let mut pairs: Vec<_> = typed.0.iter().filter(|(name, _)| name != "side").cloned().collect();
        pairs.push(("side".into(), n.to_string()));
        format!("/indhold?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    page(&ListPage {
        kinds: kinds(t),
        states: State::ALL.iter().map(|s| Choice::new(s, t.say(s.key()))).collect(),
        units: std::iter::once(every).chain(units).collect(),
        previous: if paging.page > 1 { to(paging.page - 1) } else { String::new() },
        next: if paging.page < paging.pages(total) { to(paging.page + 1) } else { String::new() },
        form: FormView::of(typed),
        narrowed,
        cards,
        total,
        shell,
    })
}

/// `GET /indhold/ny`
pub async fn new_page(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    let mut typed = Typed::default();
    typed.set("kind", Kind::Story.word());
    typed.set("unit", query.0.get("enhed"));
    draw_new(&req, &kit, &viewer, typed, Errors::none()).await
}

async fn draw_new(req: &HttpRequest, kit: &Kit, viewer: &Viewer, typed: Typed, errors: Errors) -> Answer {
    let scope = viewer.scope(Right::WriteStories)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let units = kit.db.read(move |c| Ok::<_, DbError>(unit::choices(&accounts::units(c)?, &scope))).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = FormView::with_errors(typed, &errors, t);
    page_with(status, &NewPage { kinds: kinds(t), shell, form, units })
}

/// `POST /indhold/ny`: makes a draft and goes on to the form.
pub async fn create(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    let by = by(&viewer)?;
    let mut errors = Errors::none();
    let unit: Option<UnitId> = typed.get("unit").parse().ok().filter(|u| by.writes.covers_unit(*u));
    if unit.is_none() {
        errors.add("unit", "error-unit");
    }
    let kind: Option<Kind> = typed.get("kind").parse().ok();
    if kind.is_none() {
        errors.add("kind", "story-error-kind");
    }
    let title = text::line(typed.get("title_da"));
    if title.is_empty() {
        errors.add("title_da", "story-missing-title");
    } else if text::count(&title) > postings::TITLE {
        errors.add_with("title_da", "error-too-long", "max", postings::TITLE);
    }
    let (Some(unit), Some(kind), true) = (unit, kind, errors.is_empty()) else {
        return draw_new(&req, &kit, &viewer, typed, errors).await;
    };
    let mut content = Content::empty(unit, kind);
    content.texts[0].title = title;
    let k = kit.get_ref().clone();
    let draft = kit.db.write(move |c| actions::create(c, &k, &by, content)).await?;
    Ok(see_other(format!("/indhold/{}/rediger", draft.id)))
}

/// `POST /indhold/{id}/klar`
pub async fn finish(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<String>) -> Answer {
    step(&req, &kit, &posted, &id, Step::Finish, "story-said-ready").await
}

/// `POST /indhold/{id}/kladde`
pub async fn reopen(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<String>) -> Answer {
    step(&req, &kit, &posted, &id, Step::Reopen, "story-said-reopened").await
}

/// `POST /indhold/{id}/arkiver`
pub async fn archive(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<String>) -> Answer {
    step(&req, &kit, &posted, &id, Step::Archive, "story-said-archived").await
}

async fn step(
    req: &HttpRequest,
    kit: &Kit,
    posted: &Posted,
    id: &str,
    step: Step,
    said: &'static str,
) -> Answer {
    let id: StoryId = id.parse().map_err(|_| Fault::NotFound)?;
    let viewer = &posted.viewer;
    viewer.scope(Right::Publish)?;
    let (by, k) = (by(viewer)?, kit.clone());
    let text = match kit.db.write(move |c| actions::step(c, &k, &by, id, step)).await {
        Ok(_) => said,
        // the page it leads back to lists what is missing
        Err(StoryError::NotReady(_)) => "story-refused-not-ready",
        Err(error) => return Err(error.into()),
    };
    postings::renew();
    viewer.say_next(kit, viewer.shell(req, &kit.config).t.say(text)).await?;
    Ok(see_other(format!("/indhold/{id}")))
}

/// A story somebody may write.
pub(super) async fn writable(kit: &Kit, viewer: &Viewer, id: &str) -> Result<Story, Fault> {
    let id: StoryId = id.parse().map_err(|_| Fault::NotFound)?;
    let scope: Scope = viewer.scope(Right::WriteStories)?.clone();
    kit.db.read(move |c| store::get(c, &scope, id)?.ok_or(Fault::NotFound)).await
}

/// The languages of a story, for a page that shows one of them.
pub fn languages(story: &Story) -> Vec<Language> {
    Language::ALL.into_iter().filter(|l| story.content.text(*l).is_some()).collect()
}
