//! `/jobopslag/{id}/udgiv` and `/indhold/{id}/udgiv`: to whom, with which words and pictures, when; counted by each channel's own
//! rule and shown as it will look. Without script a button renews the preview; with it, typing does.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    pages::{Badge, PostView},
    publish::{self, Material, Order, OrderError, Part},
    verb_pages::moved,
};
use crate::{
    accounts::{Posted, Right, Scope, Viewer},
    base::{
        Language, Subject,
        id::{AssetId, PostingId, StoryId},
        wall::WallTime,
    },
    channels::{Class, Standing},
    db::DbError,
    i18n::Speech,
    kit::Kit,
    media,
    postings::{self, Tabs},
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Errors, Query},
        page_with, see_other,
    },
};

/// An account with its words and how they fit.
struct Target {
    id: String,
    field: String,
    badge: Badge,
    handle: String,
    practice: bool,
    chosen: bool,
    usable: bool,
    /// What happens if the line is cut while sending.
    class: &'static str,
    used: usize,
    max: usize,
    over: bool,
    warnings: Vec<String>,
    post: PostView,
}

/// A picture or film to tick.
struct Shown {
    id: String,
    chosen: bool,
    label: String,
    thumb: Option<String>,
    alt: String,
    missing: Vec<String>,
}

#[derive(Template)]
#[template(path = "publishing/compose.html", blocks = ["preview"])]
struct ComposePage {
    shell: Shell,
    about: About,
    title: String,
    refusal: Option<String>,
    languages: Vec<Choice>,
    targets: Vec<Target>,
    media: Vec<Shown>,
    timing: Vec<Choice>,
    same_words: bool,
    form: FormView,
}

/// Where the page hangs.
struct About {
    /// The subject's own page; the composer lies under it.
    href: String,
    /// What it is called in the row of crumbs.
    name: String,
    /// The list it stands in: address and name.
    list: (&'static str, String),
    /// An ad's row of pages.
    tabs: Option<Tabs>,
}

type Id = web::Path<String>;

fn posting(id: &str) -> Result<Subject, Fault> {
    id.parse::<PostingId>().map(Subject::Posting).map_err(|_| Fault::NotFound)
}

fn story(id: &str) -> Result<Subject, Fault> {
    id.parse::<StoryId>().map(Subject::Story).map_err(|_| Fault::NotFound)
}

/// `GET /jobopslag/{id}/udgiv`
pub async fn compose(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: Id, query: Query) -> Answer {
    open(&req, &viewer, &kit, posting(&id)?, &query).await
}

/// `GET /indhold/{id}/udgiv`
pub async fn compose_story(
    req: HttpRequest,
    viewer: Viewer,
    kit: web::Data<Kit>,
    id: Id,
    query: Query,
) -> Answer {
    open(&req, &viewer, &kit, story(&id)?, &query).await
}

/// `POST /jobopslag/{id}/udgiv`: publishes, or only renews the preview when that button was pressed.
pub async fn publish(req: HttpRequest, posted: Posted, kit: web::Data<Kit>, id: Id) -> Answer {
    send(&req, posted, &kit, posting(&id)?).await
}

/// `POST /indhold/{id}/udgiv`
pub async fn publish_story(req: HttpRequest, posted: Posted, kit: web::Data<Kit>, id: Id) -> Answer {
    send(&req, posted, &kit, story(&id)?).await
}

/// `POST /jobopslag/{id}/udgiv/vis`: the preview alone, for the page's own script.
pub async fn preview(req: HttpRequest, posted: Posted, kit: web::Data<Kit>, id: Id) -> Answer {
    show_preview(&req, posted, &kit, posting(&id)?).await
}

/// `POST /indhold/{id}/udgiv/vis`
pub async fn preview_story(req: HttpRequest, posted: Posted, kit: web::Data<Kit>, id: Id) -> Answer {
    show_preview(&req, posted, &kit, story(&id)?).await
}

async fn open(req: &HttpRequest, viewer: &Viewer, kit: &Kit, subject: Subject, query: &Query) -> Answer {
    let mut typed = Typed::default();
    typed.set("sprog", query.0.get("sprog"));
    typed.set("timing", "now");
    typed.set("fresh", "yes");
    let page = draw(req, viewer, kit, subject, typed, Errors::none()).await?;
    page_with(StatusCode::OK, &page)
}

async fn send(req: &HttpRequest, posted: Posted, kit: &Kit, subject: Subject) -> Answer {
    let Posted { viewer, typed } = posted;
    if typed.get("do") == "vis" {
        let page = draw(req, &viewer, kit, subject, typed, Errors::none()).await?;
        return page_with(StatusCode::OK, &page);
    }
    let scope = reach(&viewer, subject)?;
    let order = match read(&typed, subject, kit) {
        Ok(order) => order,
        Err(errors) => {
            let page = draw(req, &viewer, kit, subject, typed, errors).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let later = order.when.is_some();
    match publish::publish(kit, viewer.actor(), &scope, order).await {
        Ok(ordered) => {
            let t = viewer.shell(req, &kit.config).t;
            let text = if later {
                moved(t, ordered.when, ordered.shift)
            } else {
                t.with("publish-said-now", "count", ordered.deliveries.len())
            };
            viewer.say_next(kit, text).await?;
            Ok(see_other(match subject {
                Subject::Posting(id) => format!("/udsendelser?opslag={id}"),
                Subject::Story(id) => format!("/udsendelser?historie={id}"),
            }))
        }
        Err(OrderError::NotFound) => Err(Fault::NotFound),
        Err(OrderError::Refused(key)) => Err(Fault::Refused(key)),
        Err(OrderError::Db(error)) => Err(error.into()),
        Err(OrderError::Fields(errors)) => {
            let page = draw(req, &viewer, kit, subject, typed, errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn show_preview(req: &HttpRequest, posted: Posted, kit: &Kit, subject: Subject) -> Answer {
    let page = draw(req, &posted.viewer, kit, subject, posted.typed, Errors::none()).await?;
    page_with(StatusCode::OK, &page.as_preview())
}

/// Where this person may publish it; a story takes the right to write stories too.
fn reach(viewer: &Viewer, subject: Subject) -> Result<Scope, Fault> {
    if subject.story().is_some() {
        viewer.scope(Right::WriteStories)?;
    }
    Ok(viewer.scope(Right::Publish)?.clone())
}

/// The form as an order, or what cannot be read in it.
fn read(typed: &Typed, subject: Subject, kit: &Kit) -> Result<Order, Errors> {
    let mut errors = Errors::none();
    let when = match typed.get("timing") {
        "later" => {
            let when = WallTime::parse(typed.get("when"), kit.config.delivery.zone);
            if when.is_none() {
                errors.add("when", "delivery-error-when");
            }
            when
        }
        _ => None,
    };
    let parts = typed
        .all("account")
        .filter_map(|id| {
            Some(Part { account: id.parse().ok()?, text: typed.get(&format!("text-{id}")).to_owned() })
        })
        .collect();
    errors.into_result()?;
    Ok(Order {
        subject,
        language: language(typed),
        when,
        media: media_of(typed),
        parts,
        same_words_ok: typed.ticked("same"),
    })
}

fn language(typed: &Typed) -> Language {
    typed.get("sprog").parse().unwrap_or_default()
}

fn media_of(typed: &Typed) -> Vec<AssetId> {
    typed.all("media").filter_map(|id| id.parse().ok()).collect()
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    subject: Subject,
    mut typed: Typed,
    errors: Errors,
) -> Result<ComposePage, Fault> {
    let scope = reach(viewer, subject)?;
    let shell = viewer.shell(req, &kit.config);
    let (k, t) = (kit.clone(), shell.t);
    let drawn = kit
        .db
        .read(move |c| {
            let Some(material) = publish::material(c, &k, &scope, subject, language(&typed))? else {
                return Ok(None);
            };
            let ad = match subject {
                Subject::Posting(id) => postings::get(c, &scope, id)?,
                Subject::Story(_) => None,
            };
            if typed.get("fresh") == "yes" {
                begin(c, &k, &material, &mut typed)?;
            }
            let chosen = media_of(&typed);
            let mut targets = Vec::new();
            for account in &material.accounts {
                let field = format!("text-{}", account.id);
                let (post, fit) = material.fit(c, &k, account, typed.get(&field), &chosen)?;
                let say = |key: &str, args: &[(&'static str, u64)]| {
                    let args: Vec<_> = args.iter().map(|(n, v)| (*n, crate::i18n::Said::said(v))).collect();
                    t.args(key, &args)
                };
                targets.push(Target {
                    badge: Badge::of(account.channel),
                    handle: account.handle.clone(),
                    practice: account.practice,
                    chosen: typed.all("account").any(|id| id == account.id.to_string()),
                    usable: account.state == Standing::Connected,
                    class: match account.ability.class {
                        Class::Key { .. } | Class::OwnName | Class::TwoPhase => "publish-class-key",
                        Class::ReadBack | Class::RefusesDuplicates => "publish-class-look",
                        Class::Blind => "publish-class-blind",
                    },
                    used: fit.used,
                    max: fit.max,
                    over: fit.left() < 0,
                    warnings: fit.warnings.iter().map(|w| say(w.key, &w.args)).collect(),
                    post: PostView::of(&post, account.channel, account.name(), account.handle.clone()),
                    id: account.id.to_string(),
                    field,
                });
            }
            let shown =
                material.assets.iter().map(|a| show(t, a, &chosen, material.content.language)).collect();
            Ok::<_, DbError>(Some((typed, ad, material, targets, shown)))
        })
        .await?;
    let (typed, ad, material, targets, media) = drawn.ok_or(Fault::NotFound)?;
    let same_words = errors.0.iter().any(|e| e.field == "same") || typed.ticked("same");
    Ok(ComposePage {
        about: match ad {
            Some(ad) => About {
                href: subject.href(),
                list: ("/jobopslag", t.say("nav-postings")),
                tabs: Some(Tabs::of(viewer, &ad)),
                name: ad.reference,
            },
            None => About {
                href: subject.href(),
                list: ("/indhold", t.say("nav-stories")),
                tabs: None,
                name: material.content.title.clone(),
            },
        },
        title: material.content.title.clone(),
        refusal: material.content.refusal.map(|key| t.say(key)),
        languages: Language::ALL.map(|l| Choice::new(l.code(), l.own_name())).to_vec(),
        timing: vec![Choice::new("now", t.say("publish-now")), Choice::new("later", t.say("publish-later"))],
        form: FormView::with_errors(typed, &errors, t),
        targets,
        media,
        same_words,
        shell,
    })
}

/// A form nobody has touched: every usable account ticked, words suggested, the picture on top chosen.
fn begin(c: &mut crate::db::Conn, kit: &Kit, material: &Material, typed: &mut Typed) -> Result<(), DbError> {
    typed.set("sprog", material.content.language.code());
    typed.0.retain(|(name, _)| name != "fresh");
    let hero = material.content.hero.filter(|hero| material.assets.iter().any(|a| a.id == *hero));
    let chosen: Vec<AssetId> = hero.into_iter().collect();
    for id in &chosen {
        typed.0.push(("media".into(), id.to_string()));
    }
    for account in &material.accounts {
        if account.state == Standing::Connected {
            typed.0.push(("account".into(), account.id.to_string()));
        }
        let words = material.suggestion(c, kit, account, &chosen)?;
        typed.set(&format!("text-{}", account.id), words);
    }
    Ok(())
}

fn show(t: Speech, asset: &media::Asset, chosen: &[AssetId], language: Language) -> Shown {
    let kind = match asset.kind {
        media::Kind::Film => "publish-media-film",
        media::Kind::Picture | media::Kind::Graphic => "publish-media-picture",
    };
    Shown {
        id: asset.id.to_string(),
        chosen: chosen.contains(&asset.id),
        label: t.with(kind, "name", &asset.name),
        thumb: asset.href(if asset.kind == media::Kind::Film { "poster" } else { "thumb" }),
        alt: asset.alt_text.clone(),
        missing: asset.missing(&[language]).iter().filter(|m| m.blocks()).map(|m| t.say(m.key())).collect(),
    }
}
