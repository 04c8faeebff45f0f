//! The careers site: list, ad, card, feeds, sitemap. No cookie, no script, nothing from elsewhere.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, ContentEncoding, HeaderValue},
    },
    web,
};
use askama::Template;

use super::{
    card, markup,
    pictures::{self, Eyes},
    posting::Posting,
    public::{Public, by_slug_public, open_public},
    shelf::{CARRY, Good, Leaf, Market, Shelf},
    show::{Filter, Shown, shown, similar},
    taxonomy,
};
use crate::{
    base::{Language, id::UnitId, text},
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    web::{
        Answer, Choice, Fault, Shell,
        forms::{Query, Typed},
        shell::{language_of, with_language},
    },
};

/// Ads on a page of the list.
const PAGE: usize = 24;

#[derive(Template)]
#[template(path = "postings/public_list.html")]
struct ListPage {
    shell: Shell,
    base: String,
    total: usize,
    ads: Vec<Shown>,
    typed: Typed,
    filter: Filter,
    units: Vec<Choice>,
    groups: Vec<Group>,
    /// Stands behind the links to ads, so that a tracked link's token goes along.
    carry: &'static str,
    previous: String,
    next: String,
}

/// A row of chips.
struct Group {
    name: &'static str,
    legend: String,
    choices: Vec<Choice>,
}

impl ListPage {
    fn ticked(&self, name: &str, value: &str) -> bool {
        self.typed.all(name).any(|v| v == value)
    }
}

#[derive(Template)]
#[template(path = "postings/public_ad.html")]
struct AdPage {
    shell: Shell,
    base: String,
    ad: Shown,
    /// Where the form lies; the token is laid in behind it.
    apply: String,
    open: bool,
    json_ld: String,
    similar: Vec<Shown>,
    /// Stands behind the links to other ads: a story's token is worth something there too.
    carry: &'static str,
}

/// The address of the form in the page's language; the token is laid in behind it.
fn apply_href(slug: &str, language: Language) -> String {
    format!("/ansoeg/{slug}{}{CARRY}", markup::tongue(language))
}

/// `GET /`
pub async fn list(req: HttpRequest, kit: web::Data<Kit>, shelf: web::Data<Shelf>, query: Query) -> Answer {
    let language = language_of(&req, None);
    let mut typed = query.0;
    // a story's link may lead here; its token goes along into the ads
    let token = typed.get("l").to_owned();
    let token = Some(token.as_str()).filter(|t| is_token(t));
    typed.0.retain(|(name, _)| name != "l");
    let market = market(&kit, &shelf, language).await?;
    if typed.0.iter().all(|(name, _)| name == "lang") {
        let key = format!("/ {language}");
        if let Some(leaf) = shelf.leaf(&key, kit.clock.now()) {
            return Ok(hand_out(&req, &leaf, token));
        }
        let mut shell = Shell::public(&req, &kit.config);
        plain_shell(&mut shell, "/", language);
        let drawn = drawn(&list_page(shell, &kit, &market, Typed::default()))?;
        let leaf = shelf.keep(key, Leaf::new(200, HTML, true, drawn, market.good()));
        return Ok(hand_out(&req, &leaf, token));
    }
    let shell = Shell::public(&req, &kit.config);
    let drawn = drawn(&list_page(shell, &kit, &market, typed))?;
    Ok(hand_out(&req, &Leaf::new(200, HTML, false, drawn, market.good()), token))
}

/// What a page is.
pub const HTML: &str = "text/html; charset=utf-8";

/// A template as bytes.
pub fn drawn(page: &impl Template) -> Result<Vec<u8>, Fault> {
    page.render().map(String::into_bytes).map_err(|e| Fault::internal("a page could not be drawn", e))
}

fn list_page(shell: Shell, kit: &Kit, market: &Market, typed: Typed) -> ListPage {
    let t = shell.t;
    let many = |name: &str| typed.all(name).filter(|v| !v.is_empty()).map(str::to_owned).collect();
    let filter = Filter {
        words: text::line(typed.get("q")),
        unit: typed.get("enhed").parse().ok(),
        professions: many("fag"),
        employment: many("form"),
        hours: many("tid"),
        themes: many("tema"),
    };
    let found: Vec<&Shown> = market.ads.iter().filter(|(p, s)| filter.fits(p, s)).map(|(_, s)| s).collect();
    let page: usize = typed.get("side").parse().unwrap_or(1).clamp(1, 10_000);
    let total = found.len();
    let ads = found.into_iter().skip((page - 1) * PAGE).take(PAGE).cloned().collect();
    let to = |n: usize| {
        let pairs: Vec<_> = typed.0.iter().filter(|(name, _)| name != "side").cloned().collect();
        let side = ("side".to_owned(), n.to_string());
        let query = serde_urlencoded::to_string(pairs.iter().chain([&side]).collect::<Vec<_>>());
        format!("/?{}", query.unwrap_or_default())
    };
    let previous = if page > 1 { to(page - 1) } else { String::new() };
    let next = if total > page * PAGE { to(page + 1) } else { String::new() };
    ListPage {
        base: kit.config.server.public_url.clone(),
        units: units_of(market, t),
        groups: groups(market, t),
        carry: CARRY,
        total,
        ads,
        filter,
        previous,
        next,
        typed,
        shell,
    }
}

/// The units that have an ad, in Danish order, with a way to want them all.
fn units_of(market: &Market, t: Speech) -> Vec<Choice> {
    let mut units: Vec<(UnitId, &str)> =
        market.ads.iter().map(|(_, s)| (s.unit_id, s.unit.as_str())).collect();
    units.sort_by(|a, b| format::danish_order(a.1, b.1));
    units.dedup();
    let every = Choice::new("", t.say("ads-anywhere"));
    std::iter::once(every).chain(units.into_iter().map(|(id, name)| Choice::new(id, name))).collect()
}

/// Chips only for what occurs among the ads.
fn groups(market: &Market, t: Speech) -> Vec<Group> {
    let language = t.language();
    let occurs = |list: &[taxonomy::Entry], has: &dyn Fn(&Posting, &str) -> bool| -> Vec<Choice> {
        list.iter()
            .filter(|e| market.ads.iter().any(|(p, _)| has(p, &e.code)))
            .map(|e| Choice::new(&e.code, e.name(language)))
            .collect()
    };
    let is = |code: &Option<String>, c: &str| code.as_deref() == Some(c);
    let groups = [
        (
            "fag",
            "ads-professions",
            occurs(taxonomy::professions(), &|p, c| is(&p.content.terms.profession, c)),
        ),
        (
            "form",
            "ads-employment",
            occurs(taxonomy::employment_types(), &|p, c| is(&p.content.terms.employment_type, c)),
        ),
        (
            "tid",
            "ads-hours",
            vec![Choice::new("full", t.say("ads-hours-full")), Choice::new("part", t.say("ads-hours-part"))],
        ),
        ("tema", "ads-themes", occurs(taxonomy::themes(), &|p, c| p.content.themes.iter().any(|t| t == c))),
    ];
    groups
        .into_iter()
        .filter(|(_, _, choices)| choices.len() > 1)
        .map(|(name, legend, choices)| Group { name, legend: t.say(legend), choices })
        .collect()
}

/// `GET /job/{slug}`: the ad, a word about one that is closed, 404 for none, 410 for what is gone.
pub async fn ad(
    req: HttpRequest,
    kit: web::Data<Kit>,
    shelf: web::Data<Shelf>,
    slug: web::Path<String>,
    query: Query,
) -> Answer {
    let token = Some(query.0.get("l")).filter(|t| is_token(t));
    let language = language_of(&req, None);
    let key = format!("/job/{slug} {language}");
    if let Some(leaf) = shelf.leaf(&key, kit.clock.now()) {
        return Ok(hand_out(&req, &leaf, token));
    }
    let market = market(&kit, &shelf, language).await?;
    let mut shell = Shell::public(&req, &kit.config);
    let path = format!("/job/{slug}");
    plain_shell(&mut shell, &path, language);
    shell.other_language_href.push_str(CARRY);
    let k = kit.get_ref().clone();
    let leaf = kit
        .db
        .read(move |c| {
            let now = k.clock.now();
            let good = Good::from(now);
            let (posting, open) = match by_slug_public(c, &k, &slug)? {
                Public::Unknown => return Err(Fault::NotFound),
                Public::Gone => return Err(Fault::Gone),
                Public::Open(posting) => (posting, true),
                Public::Closed(posting) => (posting, false),
            };
            let around = pictures::around(c, &posting, shell.t, Eyes::World(now))?;
            let ad = shown(&posting, around, shell.t, now);
            let json_ld = if open { markup::job_posting(&posting, &ad, &k.config) } else { String::new() };
            let others: Vec<Posting> = market.ads.iter().map(|(p, _)| p.clone()).collect();
            let similar = similar(&posting, &others)
                .into_iter()
                .filter_map(|p| market.ads.iter().find(|(m, _)| m.id == p.id).map(|(_, s)| s.clone()))
                .collect();
            let page = AdPage {
                apply: apply_href(&posting.slug, language),
                base: k.config.server.public_url.clone(),
                shell,
                ad,
                open,
                json_ld,
                similar,
                carry: CARRY,
            };
            let good = good.not_beyond(posting.deadline_at, now);
            // an internal ad is for whoever is given the address (D-07)
            let indexed = open && posting.content.visibility == super::Visibility::Public;
            Ok::<_, Fault>(Leaf::new(200, HTML, indexed, drawn(&page)?, good))
        })
        .await?;
    let leaf = shelf.keep(key, leaf);
    Ok(hand_out(&req, &leaf, token))
}

/// As tokens of tracked links look; anything else is left out of the page.
pub fn is_token(text: &str) -> bool {
    (6..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// `GET /job/{slug}/kort.png`: the card that other sites show.
pub async fn card(
    req: HttpRequest,
    kit: web::Data<Kit>,
    shelf: web::Data<Shelf>,
    slug: web::Path<String>,
) -> Answer {
    let language = language_of(&req, None);
    let key = format!("card {slug} {language}");
    if let Some(leaf) = shelf.leaf(&key, kit.clock.now()) {
        return Ok(hand_out(&req, &leaf, None));
    }
    let k = kit.get_ref().clone();
    let leaf = kit
        .db
        .read(move |c| {
            let now = k.clock.now();
            let good = Good::from(now);
            let posting = match by_slug_public(c, &k, &slug)? {
                Public::Unknown => return Err(Fault::NotFound),
                Public::Gone => return Err(Fault::Gone),
                Public::Open(posting) | Public::Closed(posting) => posting,
            };
            let t = Speech(language);
            let ad = shown(&posting, pictures::around(c, &posting, t, Eyes::World(now))?, t, now);
            let png =
                card::draw(&ad, &k.config, t).map_err(|e| Fault::internal("a card could not be drawn", e))?;
            Ok::<_, Fault>(Leaf::new(200, "image/png", true, png, good))
        })
        .await?;
    let leaf = shelf.keep(key, leaf);
    Ok(hand_out(&req, &leaf, None))
}

/// `GET /sitemap.xml`
pub async fn sitemap(req: HttpRequest, kit: web::Data<Kit>, shelf: web::Data<Shelf>) -> Answer {
    feed(&req, &kit, &shelf, "sitemap", "application/xml; charset=utf-8", Language::Da, |ads, _| {
        markup::sitemap(ads, &kit.config)
    })
    .await
}

/// `GET /feeds/job.atom`
pub async fn atom(req: HttpRequest, kit: web::Data<Kit>, shelf: web::Data<Shelf>) -> Answer {
    let language = language_of(&req, None);
    feed(&req, &kit, &shelf, "atom", "application/atom+xml; charset=utf-8", language, |ads, title| {
        markup::atom(ads, title, language, &kit.config)
    })
    .await
}

/// `GET /feeds/job.json`
pub async fn json(req: HttpRequest, kit: web::Data<Kit>, shelf: web::Data<Shelf>) -> Answer {
    let language = language_of(&req, None);
    feed(&req, &kit, &shelf, "json", "application/feed+json", language, |ads, title| {
        markup::json_feed(ads, title, language, &kit.config)
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
    write: impl FnOnce(&[(Posting, Shown)], &str) -> String,
) -> Answer {
    let key = format!("{name} {language}");
    if let Some(leaf) = shelf.leaf(&key, kit.clock.now()) {
        return Ok(hand_out(req, &leaf, None));
    }
    let market = market(kit, shelf, language).await?;
    let title = Speech(language).with("ads-feed-title", "org", &kit.config.organisation.name);
    let text = write(&market.ads, &title);
    let leaf = shelf.keep(key, Leaf::new(200, kind, true, text.into_bytes(), market.good()));
    Ok(hand_out(req, &leaf, None))
}

/// `GET /was`: the accessibility statement (D-40).
pub async fn statement(kit: web::Data<Kit>) -> Answer {
    let to = kit.config.organisation.accessibility_statement.as_str();
    if to.is_empty() {
        return Err(Fault::NotFound);
    }
    Ok(HttpResponse::Found().insert_header((header::LOCATION, to)).finish())
}

/// Every public ad in a language, read at most once between two changes.
async fn market(kit: &Kit, shelf: &Shelf, language: Language) -> Result<Arc<Market>, Fault> {
    if let Some(market) = shelf.market(language, kit.clock.now()) {
        return Ok(market);
    }
    let clock = kit.clock.clone();
    let market = kit
        .db
        .read(move |c: &mut Conn| {
            let now = clock.now();
            let good = Good::from(now);
            let t = Speech(language);
            let postings = open_public(c, now)?;
            let mut around = pictures::around_all(c, &postings, t, Eyes::World(now))?;
            let ads = postings
                .into_iter()
                .map(|p| {
                    let around = around.remove(&p.id).unwrap_or_default();
                    let said = shown(&p, around, t, now);
                    (p, said)
                })
                .collect();
            Ok::<_, DbError>(Market::new(ads, good, now))
        })
        .await?;
    Ok(shelf.keep_market(language, market))
}

/// The shell of a page that is the same for everyone: nothing of this request in it but the language.
pub fn plain_shell(shell: &mut Shell, path: &str, language: Language) {
    shell.path = path.to_owned();
    shell.other_language_href = with_language(path, language.other());
}

/// The page's bytes with their validators; 304 when the reader has them.
pub fn hand_out(req: &HttpRequest, leaf: &Leaf, token: Option<&str>) -> HttpResponse {
    let same = token.is_none()
        && req.headers().get(header::IF_NONE_MATCH).is_some_and(|h| {
            h.as_bytes().split(|b| *b == b',').any(|t| t.trim_ascii() == leaf.tag.as_bytes())
        });
    let status =
        if same { StatusCode::NOT_MODIFIED } else { StatusCode::from_u16(leaf.status).unwrap_or_default() };
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CONTENT_TYPE, HeaderValue::from_static(leaf.kind)))
        // kept by everyone, asked for again every time: a deadline must be seen at once
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")))
        .insert_header((header::VARY, HeaderValue::from_static("accept-language, accept-encoding")));
    if !leaf.indexed {
        response.insert_header(("x-robots-tag", "noindex"));
    }
    if token.is_none() {
        response.insert_header((header::ETAG, leaf.tag.as_str()));
    }
    match (same, token) {
        (true, _) => response.finish(),
        // few readers share a token: packed on its way out, like any page
        (false, Some(token)) => response.body(leaf.with_token(token)),
        (false, None) => match takes_gzip(req).then(|| leaf.packed()).flatten() {
            Some(packed) => response.insert_header(ContentEncoding::Gzip).body(packed),
            None => response.body(leaf.whole()),
        },
    }
}

/// Whether the reader takes gzip, by name and not refused with `q=0`.
fn takes_gzip(req: &HttpRequest) -> bool {
    let header = req.headers().get(header::ACCEPT_ENCODING).and_then(|h| h.to_str().ok());
    header.unwrap_or_default().split(',').any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, "q=1"));
        name.trim() == "gzip" && quality.trim().trim_start_matches("q=").parse().is_ok_and(|q: f32| q > 0.0)
    })
}
