//! `/jobopslag/{id}/udgiv` and `/indhold/{id}/udgiv`: to whom, with which words and pictures, when; counted by each channel's own
//! rule and shown as it will look. Without script a button renews the preview; with it, typing does.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    approval,
    beside::{self, Beside},
    choosing::{self, Choosing},
    clash,
    pages::{Badge, PostView},
    publish::{self, Material, Order, OrderError, Part},
    responsibility::Kind,
    sending,
    series::{self, wording},
    slot,
    store::{self, Snippet, SnippetKind},
    subject,
    timing::{self, Chosen},
    words::{self, Common},
};
use crate::{
    accounts::{self, Posted, Right, Scope, Viewer},
    base::{
        Instant, Language, Subject,
        id::{AssetId, PostingId, StoryId},
    },
    channels::{self, ChannelKind, Class, Standing, TextUnit},
    db::DbError,
    i18n::{Speech, format},
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
    /// whose approval it needs first
    asks: Option<String>,
    /// Its next free slot, in a sentence; none where it has no slots.
    slot: Option<String>,
    /// It says something of its own.
    differs: bool,
    /// How it counts, and what the link adds without and with files, for the page's own script.
    unit: String,
    counter: &'static str,
    bytes: usize,
    bare: String,
    with_files: String,
    /// What the channel wants chosen for each post.
    choosing: Option<Choosing>,
    /// The field of its first comment, and why one cannot be written now; none where it takes none.
    comment: Option<(String, String)>,
    /// something is wrong with it, or it has one of its own
    comment_wrong: bool,
    /// What the channel takes for it; empty when nothing.
    price: String,
    used: usize,
    max: usize,
    over: bool,
    warnings: Vec<String>,
    post: PostView,
}

/// Words that may stand under a post.
struct Signature {
    id: String,
    name: String,
    words: String,
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
    templates: Vec<Choice>,
    signatures: Vec<Signature>,
    media: Vec<Shown>,
    timing: Vec<Choice>,
    weekdays: Vec<Choice>,
    same_words: bool,
    /// nothing the reader sends from here goes out by itself
    all_ask: bool,
    /// the reader may connect accounts or see them
    sees_channels: bool,
    /// what the strategy says, where one holds
    beside: Option<Beside>,
    /// what the ticked accounts meet at the chosen time
    clashes: Vec<String>,
    /// only the preview is drawn, and what is said about the form goes along with it
    live: bool,
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

/// Stands in a form whose preview alone is asked for.
const LIVE: &str = "live";

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
    if typed.get("do") != "udgiv" && !typed.get("do").is_empty() {
        let page = draw(req, &viewer, kit, subject, typed, Errors::none()).await?;
        return page_with(StatusCode::OK, &page);
    }
    let (edits, publishes) = reaches(&viewer, subject)?;
    let common = common_of(kit, &typed, subject).await?;
    let (order, chosen) = match read(&typed, subject, kit, &common) {
        Ok(read) => read,
        Err(errors) => {
            let page = draw(req, &viewer, kit, subject, typed, errors).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let whom = match beside::whom(kit, subject, &typed).await {
        Ok(whom) => whom,
        Err(beside::WhomError::Db(error)) => return Err(error.into()),
        Err(beside::WhomError::Field(errors)) => {
            let page = draw(req, &viewer, kit, subject, typed, errors).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let t = viewer.shell(req, &kit.config).t;
    let order = (order, choosing::read(&typed), whom);
    match sending::send(kit, &viewer, t, (&edits, &publishes), order, chosen).await {
        Ok(done) => {
            viewer.say_next(kit, done.said).await?;
            Ok(see_other(done.then))
        }
        Err(error) => wrong(req, &viewer, kit, subject, typed, error).await,
    }
}

/// The page again with what is wrong, where that can be said in it.
async fn wrong(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    subject: Subject,
    typed: Typed,
    error: OrderError,
) -> Answer {
    match error {
        OrderError::NotFound => Err(Fault::NotFound),
        OrderError::Refused(key) => Err(Fault::Refused(key)),
        OrderError::Db(error) => Err(error.into()),
        OrderError::Fields(errors) => {
            let page = draw(req, viewer, kit, subject, typed, errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn show_preview(req: &HttpRequest, posted: Posted, kit: &Kit, subject: Subject) -> Answer {
    let mut typed = posted.typed;
    typed.set(LIVE, "yes");
    let page = draw(req, &posted.viewer, kit, subject, typed, Errors::none()).await?;
    page_with(StatusCode::OK, &page.as_preview())
}

/// Where this person may write it, and where they may send it by themselves.
fn reaches(viewer: &Viewer, subject: Subject) -> Result<(Scope, Scope), Fault> {
    let right = if subject.story().is_some() { Right::WriteStories } else { Right::EditPostings };
    let edits = viewer.scope(right)?.clone();
    Ok((edits, viewer.scope(Right::Publish).ok().cloned().unwrap_or_default()))
}

/// The form as an order, or what cannot be read in it.
fn read(typed: &Typed, subject: Subject, kit: &Kit, common: &Common) -> Result<(Order, Chosen), Errors> {
    let mut errors = Errors::none();
    if let Err(tag) = words::tags(typed.get("tags")) {
        errors.add_with("tags", "publish-error-tag", "tag", tag);
    }
    let chosen = timing::read(typed, kit, &mut errors);
    let said = choosing::read(typed);
    if chosen.takes_turns() && !(said.comment.is_empty() && said.comments.is_empty()) {
        errors.add("comment", "publish-error-comment-repeats");
    }
    let parts = typed
        .all("account")
        .filter_map(|id| {
            let own = typed.get(&format!("text-{id}"));
            let text = if chosen.takes_turns() { series::dressed(common, own) } else { common.said(own) };
            Some(Part { account: id.parse().ok()?, text })
        })
        .collect();
    errors.into_result()?;
    let order = Order {
        subject,
        language: language(typed),
        when: if let Chosen::At(when) = chosen { Some(when) } else { None },
        media: media_of(typed),
        parts,
        same_words_ok: typed.ticked("same"),
    };
    Ok((order, chosen))
}

/// What the form says for all accounts. The signature is one of the unit's or of a unit above it.
fn common(typed: &Typed, snippets: &[Snippet]) -> Common {
    let signature = snippets
        .iter()
        .find(|s| s.kind == SnippetKind::Signature && s.id.to_string() == typed.get("signature"))
        .map(|s| s.text.clone())
        .unwrap_or_default();
    let tags = words::tags(typed.get("tags")).unwrap_or_default();
    Common { text: typed.get("text").to_owned(), signature, tags }
}

async fn common_of(kit: &Kit, typed: &Typed, about: Subject) -> Result<Common, Fault> {
    let (k, chosen) = (kit.clone(), language(typed));
    let snippets = kit
        .db
        .read(move |c| match subject::read(c, &k, about, chosen)? {
            Some(content) => store::snippets_for(c, content.unit),
            None => Ok(Vec::new()),
        })
        .await?;
    Ok(common(typed, &snippets))
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
    let (scope, publishes) = reaches(viewer, subject)?;
    let shell = viewer.shell(req, &kit.config);
    let (k, t, actor, now) = (kit.clone(), shell.t, viewer.actor(), kit.clock.now());
    let wrong: Vec<String> = errors.0.iter().map(|e| e.field.clone()).collect();
    let live = typed.ticked(LIVE);
    let counts = viewer.scope(Right::ReadCounts).ok().filter(|_| !live).cloned();
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
            let unit = material.content.unit;
            let snippets = store::snippets_for(c, unit)?;
            pressed(&mut typed, &material, &snippets);
            let common = common(&typed, &snippets);
            let turns = matches!(typed.get("timing"), "repeat" | "keep");
            let suggests = !publishes.covers(unit, subject.posting());
            let units = accounts::units(c)?;
            let mut targets = Vec::new();
            for account in &material.accounts {
                let span = slot::ahead(now, material.content.deadline_at);
                let free = slot::free_of(c, &k, account.id, span, None)?.into_iter().next();
                let slot = free.map(|wall| {
                    t.with("publish-slot-next", "time", format::deadline(wall.local, t.language()))
                });
                let field = format!("text-{}", account.id);
                let own = typed.get(&field).to_owned();
                let choices = choosing::of(&typed, account.id);
                let said =
                    if turns { wording(&series::dressed(&common, &own), 1) } else { common.said(&own) };
                let comment = choosing::comment(&typed, account.id);
                let (post, fit) = material.fit(c, &k, account, &said, &chosen, (choices, comment))?;
                let (bare, with_files) = material.link_adds(account.channel, &k);
                let asked = approval::asked(c, actor, unit, account, Kind::of(subject), suggests, now)?;
                let asks = asked.filter(|a| a.waits).map(|a| {
                    let role = t.say(&format!("role-{}", a.role.word().replace('_', "-")));
                    let at =
                        units.iter().find(|u| u.id == a.unit).map(|u| u.name.as_str()).unwrap_or_default();
                    t.with2("publish-asks", "role", role, "unit", at)
                });
                let say = |key: &str, args: &[(&'static str, u64)]| {
                    let args: Vec<_> = args.iter().map(|(n, v)| (*n, crate::i18n::Said::said(v))).collect();
                    t.args(key, &args)
                };
                targets.push(Target {
                    badge: Badge::at(account),
                    handle: account.handle.clone(),
                    practice: account.practice,
                    chosen: typed.all("account").any(|id| id == account.id.to_string()),
                    usable: account.state == Standing::Connected,
                    class: match account.ability.class {
                        Class::Key { .. } | Class::OwnName | Class::TwoPhase => "publish-class-key",
                        Class::ReadBack | Class::RefusesDuplicates => "publish-class-look",
                        Class::Blind => "publish-class-blind",
                        Class::ByHand => "publish-class-by-hand",
                    },
                    asks,
                    slot,
                    differs: common.differs(&own),
                    unit: serde_json::to_value(account.ability.unit)
                        .ok()
                        .and_then(|unit| unit.as_str().map(str::to_owned))
                        .unwrap_or_default(),
                    counter: match account.ability.unit {
                        TextUnit::Utf8Bytes => "publish-counter-bytes",
                        _ => "publish-counter",
                    },
                    bytes: account.ability.text_max_bytes,
                    bare,
                    with_files,
                    choosing: account
                        .ability
                        .offered
                        .as_ref()
                        .map(|offered| Choosing::of(offered, account.id, account.channel.name(), t)),
                    comment_wrong: !typed.get(&choosing::comment_field(account.id)).is_empty()
                        || wrong.contains(&choosing::comment_field(account.id)),
                    comment: account.channel.commenting().map(|_| {
                        let why =
                            account.may_comment().err().map(|key| t.with(key, "account", account.name()));
                        (choosing::comment_field(account.id), why.unwrap_or_default())
                    }),
                    price: price(t, &k, account.channel),
                    used: fit.used,
                    max: fit.max,
                    over: fit.left() < 0,
                    warnings: fit.warnings.iter().map(|w| say(w.key, &w.args)).collect(),
                    post: PostView::of(&post, account.channel, account.name(), account.handle.clone())
                        .folded(channels::limits::fold_at(account.channel, &k.config)),
                    id: account.id.to_string(),
                    field,
                });
            }
            let shown =
                material.assets.iter().map(|a| show(t, a, &chosen, material.content.language, now)).collect();
            let draft =
                beside::Draft { unit, accounts: &material.accounts, typed: &typed, counts: counts.as_ref() };
            let beside = beside::read(c, t, &draft, now)?;
            let (deadline, accounts) = (material.content.deadline_at, &material.accounts);
            let draft = clash::Draft { subject, unit, deadline, accounts, typed: &typed };
            let clashes = clash::ahead(c, &k, t, &draft)?;
            Ok::<_, DbError>(Some((typed, ad, material, targets, shown, snippets, beside, clashes)))
        })
        .await?;
    let (typed, ad, material, targets, media, snippets, beside, clashes) = drawn.ok_or(Fault::NotFound)?;
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
        timing: timing::choices(t, targets.iter().any(|target| target.slot.is_some())),
        weekdays: timing::weekdays(t),
        form: FormView::with_errors(typed, &errors, t),
        all_ask: !targets.is_empty() && targets.iter().all(|t| t.asks.is_some()),
        sees_channels: viewer.may(Right::Publish),
        templates: snippets
            .iter()
            .filter(|s| s.kind == SnippetKind::Template)
            .map(|s| Choice::new(s.id, s.name.clone()))
            .collect(),
        signatures: snippets
            .iter()
            .filter(|s| s.kind == SnippetKind::Signature)
            .map(|s| Signature { id: s.id.to_string(), name: s.name.clone(), words: s.text.clone() })
            .collect(),
        targets,
        media,
        same_words,
        beside,
        clashes,
        live,
        shell,
    })
}

/// What other buttons than »publish« do to the form: a template's words come in, an account says what all say.
fn pressed(typed: &mut Typed, material: &Material, snippets: &[Snippet]) {
    let pressed = typed.get("do").to_owned();
    if let Some(account) = pressed.strip_prefix("faelles-") {
        typed.set(&format!("text-{account}"), String::new());
    }
    if pressed == "skabelon"
        && let Some(template) = snippets
            .iter()
            .find(|s| s.kind == SnippetKind::Template && s.id.to_string() == typed.get("template"))
    {
        let content = &material.content;
        let until =
            content.deadline_local.map(|at| format::deadline(at, content.language)).unwrap_or_default();
        let values = [("titel", content.title.as_str()), ("indledning", &content.lead), ("frist", &until)];
        typed.set("text", words::filled(&template.text, &values));
    }
}

/// What a channel takes for a post with a link, in a sentence; empty when it takes nothing.
fn price(t: Speech, kit: &Kit, channel: ChannelKind) -> String {
    let platform = channel.profile().platform.map(|platform| platform(&kit.config.channels));
    let cents = platform.map_or(0, |platform| platform.price_us_cents);
    if cents == 0 {
        return String::new();
    }
    let amount = format::hundredths(cents, t.language());
    t.with2("publish-price", "channel", channel.name(), "amount", amount)
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
    let whole = material.whole_suggestion();
    typed.set("text", whole.clone());
    for account in &material.accounts {
        // who takes nothing but films gets nothing from a picture
        if account.state == Standing::Connected && account.ability.images_max > 0 {
            typed.0.push(("account".into(), account.id.to_string()));
        }
        let words = material.suggestion(c, kit, account, &chosen)?;
        if words != whole {
            typed.set(&format!("text-{}", account.id), words);
        }
    }
    Ok(())
}

fn show(t: Speech, asset: &media::Asset, chosen: &[AssetId], language: Language, now: Instant) -> Shown {
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
        missing: asset
            .missing(&[language], &[], now)
            .iter()
            .filter(|m| m.blocks())
            .map(|m| t.say(m.key()))
            .collect(),
    }
}
