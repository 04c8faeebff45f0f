//! `/historier` on the careers site: the list, one story, the feed and the sitemap. No cookie, no script, nothing from
//! elsewhere; kept finished like the ads' pages.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    markup,
    show::{self, Shown},
    store,
};
use crate::{
    base::Language,
    db::{Conn, DbError},
    i18n::Speech,
    kit::Kit,
    postings::{
        self,
        public_pages::{HTML, drawn, hand_out, is_token, plain_shell},
        shelf::{CARRY, Good, Leaf, Shelf},
    },
    web::{Answer, Fault, Shell, forms::Query, shell::language_of},
};

/// Ads shown under a story.
const ADS: usize = 3;

#[derive(Template)]
#[template(path = "stories/public_list.html")]
struct ListPage {
    shell: Shell,
    base: String,
    stories: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "stories/public_story.html")]
struct StoryPage {
    shell: Shell,
    base: String,
    story: Shown,
    json_ld: String,
    /// The ad it speaks for first, then others of its unit.
    ads: Vec<postings::show::Shown>,
    /// Stands behind the links to ads, so that a tracked link's token goes along.
    carry: &'static str,
}

fn all(c: &mut Conn, kit: &Kit, t: Speech) -> Result<Vec<Shown>, DbError> {
    let stories = store::public(c)?;
    show::shown(c, &kit.config, &stories, t, postings::pictures::Eyes::World(kit.clock.now()))
}

/// `GET /historier`
pub async fn list(req: HttpRequest, kit: web::Data<Kit>, shelf: web::Data<Shelf>) -> Answer {
    let language = language_of(&req, None);
    let key = format!("/historier {language}");
    if let Some(leaf) = shelf.leaf(&key, kit.clock.now()) {
        return Ok(hand_out(&req, &leaf, None));
    }
    let mut shell = Shell::public(&req, &kit.config);
    plain_shell(&mut shell, "/historier", language);
    let (k, good, t) = (kit.get_ref().clone(), Good::from(kit.clock.now()), shell.t);
    let stories = kit.db.read(move |c| all(c, &k, t)).await?;
    let page = ListPage { base: kit.config.server.public_url.clone(), stories, shell };
    let leaf = shelf.keep(key, Leaf::new(200, HTML, true, drawn(&page)?, good));
    Ok(hand_out(&req, &leaf, None))
}

/// `GET /historier/{slug}`: the story; 410 for one that was out and is not any more, 404 for none.
pub async fn story(
    req: HttpRequest,
    kit: web::Data<Kit>,
    shelf: web::Data<Shelf>,
    slug: web::Path<String>,
    query: Query,
) -> Answer {
    let token = Some(query.0.get("l")).filter(|t| is_token(t));
    let language = language_of(&req, None);
    let key = format!("/historier/{slug} {language}");
    if let Some(leaf) = shelf.leaf(&key, kit.clock.now()) {
        return Ok(hand_out(&req, &leaf, token));
    }
    let mut shell = Shell::public(&req, &kit.config);
    plain_shell(&mut shell, &format!("/historier/{slug}"), language);
    shell.other_language_href.push_str(CARRY);
    let k = kit.get_ref().clone();
    let leaf = kit
        .db
        .read(move |c| {
            let now = k.clock.now();
            let good = Good::from(now);
            let story = store::by_slug(c, &slug)?.ok_or(Fault::NotFound)?;
            if !story.is_public() {
                return Err(if story.ready_at.is_some() { Fault::Gone } else { Fault::NotFound });
            }
            let said = show::shown(
                c,
                &k.config,
                std::slice::from_ref(&story),
                shell.t,
                postings::pictures::Eyes::World(now),
            )?;
            let said = said.into_iter().next().ok_or(Fault::NotFound)?;
            let mut ads = postings::open_public(c, now)?;
            let (own, unit) = (story.content.posting, story.content.unit);
            ads.retain(|a| Some(a.id) == own || a.content.unit == unit);
            ads.sort_by_key(|a| Some(a.id) != own);
            ads.truncate(ADS);
            let mut around =
                postings::pictures::around_all(c, &ads, shell.t, postings::pictures::Eyes::World(now))?;
            let first = ads.iter().filter_map(|a| a.deadline_at).min();
            let ads = ads
                .iter()
                .map(|a| {
                    let around = around.remove(&a.id).unwrap_or_default();
                    postings::show::shown(a, around, shell.t, now)
                })
                .collect();
            let page = StoryPage {
                base: k.config.server.public_url.clone(),
                json_ld: markup::article(&said, &k.config),
                story: said,
                ads,
                carry: CARRY,
                shell,
            };
            Ok::<_, Fault>(Leaf::new(200, HTML, true, drawn(&page)?, good.not_beyond(first, now)))
        })
        .await?;
    let leaf = shelf.keep(key, leaf);
    Ok(hand_out(&req, &leaf, token))
}

/// `GET /feeds/historier.atom`
pub async fn atom(req: HttpRequest, kit: web::Data<Kit>, shelf: web::Data<Shelf>) -> Answer {
    let language = language_of(&req, None);
    let kind = "application/atom+xml; charset=utf-8";
    feed(&req, &kit, &shelf, "historier.atom", kind, language, |stories, kit| {
        let title = Speech(language).with("stories-feed-title", "org", &kit.config.organisation.name);
        markup::atom(stories, &title, language, &kit.config)
    })
    .await
}

/// `GET /historier/sitemap.xml`
pub async fn sitemap(req: HttpRequest, kit: web::Data<Kit>, shelf: web::Data<Shelf>) -> Answer {
    let kind = "application/xml; charset=utf-8";
    feed(&req, &kit, &shelf, "historier.xml", kind, Language::Da, |stories, kit| {
        markup::sitemap(stories, &kit.config)
    })
    .await
}

async fn feed(
    req: &HttpRequest,
    kit: &Kit,
    shelf: &Shelf,
    name: &str,
    kind: &'static str,
    language: Language,
    write: impl FnOnce(&[Shown], &Kit) -> String,
) -> Answer {
    let key = format!("{name} {language}");
    if let Some(leaf) = shelf.leaf(&key, kit.clock.now()) {
        return Ok(hand_out(req, &leaf, None));
    }
    let (k, good) = (kit.clone(), Good::from(kit.clock.now()));
    let stories = kit.db.read(move |c| all(c, &k, Speech(language))).await?;
    let leaf = shelf.keep(key, Leaf::new(200, kind, true, write(&stories, kit).into_bytes(), good));
    Ok(hand_out(req, &leaf, None))
}
