//! Publishing: one press of the button. Now and later are the same path (R22): "now" is planned with its
//! time come. One transaction asks every rule again, freezes a post per account with a tracked link of
//! its own, and writes the rows; a crash before it leaves nothing, after it everything.

use super::{
    approval,
    choosing::{self, Chosen},
    consent, package,
    publication::{self, SAME_WORDS},
    responsibility::Kind,
    slot,
    store::{self, NewDelivery, Publication},
    subject::{self, Content, Edition},
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Verb},
    },
    base::{
        Instant, Language, Subject,
        id::{AccountId, AssetId, AudienceId, DeliveryId, LinkId, PublicationId},
        wall::{Shift, WallTime},
    },
    channels::{self, Choices, Connection, Fit, Post, PostMedia},
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    media::{self, Frame},
    tracking,
    web::forms::{Errors, FieldError},
};

/// What is to go out.
#[derive(Clone, Debug)]
pub struct Order {
    /// What it is about.
    pub subject: Subject,
    /// In which language.
    pub language: Language,
    /// When, on the wall; none = now.
    pub when: Option<WallTime>,
    /// Pictures, or a film; none = the link's own card.
    pub media: Vec<AssetId>,
    /// To whom, with which words. Each is one delivery (R23).
    pub parts: Vec<Part>,
    /// The same words may go out again within two weeks (R8).
    pub same_words_ok: bool,
}

/// One account and its words.
#[derive(Clone, Debug)]
pub struct Part {
    /// The account.
    pub account: AccountId,
    /// What is said there, without the link.
    pub text: String,
}

/// What was put in motion.
#[derive(Clone, Debug)]
pub struct Ordered {
    /// The publication.
    pub publication: PublicationId,
    /// Its deliveries, in the order of the parts.
    pub deliveries: Vec<DeliveryId>,
    /// When it goes out.
    pub when: WallTime,
    /// What daylight saving did to that time.
    pub shift: Shift,
    /// How many of them somebody must approve first.
    pub waiting: usize,
}

/// Why nothing was put in motion.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// There is no such ad or story, or it is not this person's to publish.
    #[error("no such subject")]
    NotFound,
    /// It cannot go out now; the key says why and what to do.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// Something in the form is wrong.
    #[error("fields are wrong")]
    Fields(Errors),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// An ad or a story as it can be published: what it says, what it may show, and to whom.
pub struct Material {
    /// What it says in the chosen language.
    pub content: Content,
    /// Its pictures and films that are ready, in its order.
    pub assets: Vec<media::Asset>,
    /// The accounts it may go to.
    pub accounts: Vec<Connection>,
    /// The link card's picture.
    thumb: Option<PostMedia>,
}

/// Reads what there is to publish of an ad or a story inside `scope`.
pub fn material(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    subject: Subject,
    language: Language,
) -> Result<Option<Material>, DbError> {
    let Some(content) = subject::read(conn, kit, subject, language)? else {
        return Ok(None);
    };
    if !scope.covers(content.unit, subject.posting()) {
        return Ok(None);
    }
    let mut assets = media::of_ids(conn, &content.media)?;
    assets.retain(|asset| asset.to_post(&Frame::default()).is_some());
    let thumb = content.hero.and_then(|hero| assets.iter().find(|a| a.id == hero)).and_then(|asset| {
        Some(medium(asset, &asset.shown(media::image::Profile::Social.code())?, Vec::new()))
    });
    let accounts = channels::available(conn, content.unit)?;
    Ok(Some(Material { content, assets, accounts, thumb }))
}

fn medium(asset: &media::Asset, drawn: &media::Drawn, captions: Vec<(Language, String)>) -> PostMedia {
    PostMedia {
        asset: asset.id,
        sha256: drawn.sha256.clone(),
        mime: drawn.mime.clone(),
        bytes: u64::try_from(drawn.bytes).unwrap_or(0),
        width: u32::try_from(drawn.width).unwrap_or(0),
        height: u32::try_from(drawn.height).unwrap_or(0),
        alt: if asset.decorative { String::new() } else { asset.alt_text.clone() },
        captions,
        shape: (!matches!(drawn.profile.as_str(), "post" | "film" | "social")).then(|| drawn.profile.clone()),
    }
}

impl Material {
    /// The post on an account for these words and files; `link` is the tracked link's address.
    pub fn post(
        &self,
        conn: &mut Conn,
        account: &Connection,
        text: &str,
        media: &[AssetId],
        link: String,
    ) -> Result<Post, DbError> {
        let mut files = Vec::new();
        for asset in self.assets.iter().filter(|a| media.contains(&a.id)) {
            let frame = channels::limits::frame(account.channel, &account.ability, self.content.language);
            if let Some(drawn) = asset.to_post(&frame) {
                let captions = if asset.kind == media::Kind::Film {
                    media::captions(conn, asset.id)?
                } else {
                    Vec::new()
                };
                files.push(medium(asset, &drawn, captions));
            }
        }
        Ok(Post {
            text: crate::base::text::paragraphs(text),
            link,
            link_title: self.content.title.clone(),
            link_description: self.content.lead.clone(),
            link_thumb: self.thumb.clone(),
            language: self.content.language,
            media: files,
            choices: None,
            comment: None,
        })
    }

    /// Words to begin with: title, lead and deadline, shortened to what the account's server takes.
    pub fn suggestion(
        &self,
        conn: &mut Conn,
        kit: &Kit,
        account: &Connection,
        media: &[AssetId],
    ) -> Result<String, DbError> {
        let t = Speech(self.content.language);
        let until = self
            .content
            .deadline_local
            .map(|at| t.with("publish-suggest-deadline", "time", format::deadline(at, t.language())));
        let mut text = format!("{}\n\n{}", self.content.title, self.content.lead);
        let link = sample_link(kit);
        if let Some(until) = &until {
            let whole = format!("{text}\n\n{until}");
            let post = self.post(conn, account, &whole, media, link.clone())?;
            if channels::fit(account.channel, &post, &account.ability).left() >= 0 {
                text = whole;
            }
        }
        let post = self.post(conn, account, &text, media, link)?;
        Ok(channels::shortened(account.channel, &post, &account.ability))
    }

    /// The same for all accounts, whole.
    pub fn whole_suggestion(&self) -> String {
        let t = Speech(self.content.language);
        let text = format!("{}\n\n{}", self.content.title, self.content.lead);
        let text = match self.content.deadline_local {
            Some(at) => {
                let until = t.with("publish-suggest-deadline", "time", format::deadline(at, t.language()));
                format!("{text}\n\n{until}")
            }
            None => text,
        };
        crate::base::text::paragraphs(&text)
    }

    /// What the link adds to a text on a channel: without files, and with them.
    pub fn link_adds(&self, channel: channels::ChannelKind, kit: &Kit) -> (String, String) {
        let medium = PostMedia {
            asset: AssetId::from_number(0),
            sha256: String::new(),
            mime: "image/jpeg".to_owned(),
            bytes: 0,
            width: 0,
            height: 0,
            alt: String::new(),
            captions: Vec::new(),
            shape: None,
        };
        let adds = |media: Vec<PostMedia>| {
            let post = Post {
                text: "x".to_owned(),
                link: sample_link(kit),
                link_title: String::new(),
                link_description: String::new(),
                link_thumb: None,
                language: self.content.language,
                media,
                choices: None,
                comment: None,
            };
            channels::compose(channel, &post).text.split_off(1)
        };
        (adds(Vec::new()), adds(vec![medium]))
    }

    /// How words, files, what was chosen and a first comment fit an account.
    pub fn fit(
        &self,
        conn: &mut Conn,
        kit: &Kit,
        account: &Connection,
        text: &str,
        media: &[AssetId],
        (choices, comment): (Option<Choices>, Option<String>),
    ) -> Result<(Post, Fit), DbError> {
        let mut post = self.post(conn, account, text, media, sample_link(kit))?;
        post.choices = account.ability.offered.as_ref().and(choices);
        post.comment = comment.filter(|_| account.channel.commenting().is_some());
        let fit = channels::fit(account.channel, &post, &account.ability);
        Ok((post, fit))
    }
}

/// As long as a real one; real ones are made when the button is pressed.
fn sample_link(kit: &Kit) -> String {
    publication::address(&kit.config.server.public_url, &"0".repeat(TOKEN))
}

/// Characters of a tracked link's code.
const TOKEN: usize = 10;

/// Publishes: plans a delivery per part, now or at its time. `scope`: where this person may publish.
pub async fn publish(kit: &Kit, actor: Actor, scope: &Scope, order: Order) -> Result<Ordered, OrderError> {
    publish_chosen(kit, actor, scope, order, Chosen::default()).await
}

/// The same with what was chosen for the accounts whose channels demand it.
pub async fn publish_chosen(
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    order: Order,
    chosen: Chosen,
) -> Result<Ordered, OrderError> {
    let (k, scope) = (kit.clone(), scope.clone());
    kit.db
        .write(move |c| plan_in(c, &k, actor, &scope, (&order, &chosen), Plan::once(Timing::Ordered, false)))
        .await
}

/// How the times of an order are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// As it says: now, or at its time.
    Ordered,
    /// Each account takes its next free slot.
    NextSlot,
}

/// The same by somebody who writes where `edits` says and publishes where `publishes` says: where they may only
/// write, all of it waits for approval.
pub async fn publish_or_suggest(
    kit: &Kit,
    actor: Actor,
    edits: &Scope,
    publishes: &Scope,
    order: Order,
    chosen: Chosen,
    timing: Timing,
) -> Result<Ordered, OrderError> {
    plan_or_suggest(kit, actor, edits, publishes, order, chosen, Plan::once(timing, false)).await
}

/// The same by a plan.
pub(super) async fn plan_or_suggest(
    kit: &Kit,
    actor: Actor,
    edits: &Scope,
    publishes: &Scope,
    order: Order,
    chosen: Chosen,
    plan: Plan,
) -> Result<Ordered, OrderError> {
    let (k, edits, publishes) = (kit.clone(), edits.clone(), publishes.clone());
    kit.db
        .write(move |c| match plan_in(c, &k, actor, &publishes, (&order, &chosen), plan) {
            Err(OrderError::NotFound) => {
                plan_in(c, &k, actor, &edits, (&order, &chosen), Plan { suggests: true, ..plan })
            }
            done => done,
        })
        .await
}

/// [`publish`] in the caller's transaction.
pub fn publish_in(
    c: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    (order, chosen): (&Order, &Chosen),
) -> Result<Ordered, OrderError> {
    plan_in(c, kit, actor, scope, (order, chosen), Plan::once(Timing::Ordered, false))
}

/// What an order does not say of itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// How its times are found.
    pub timing: Timing,
    /// Its author may only write: somebody must approve it whatever the rules say.
    pub suggests: bool,
    /// The how manyth of a series it is, from 1.
    pub occurrence: i32,
    /// Part of this publication, which is there already.
    pub within: Option<PublicationId>,
    /// For whom it was written.
    pub audience: Option<AudienceId>,
    /// For the audit log, with a space before it; may be empty.
    pub note: &'static str,
}

impl Plan {
    /// By itself.
    pub const fn once(timing: Timing, suggests: bool) -> Self {
        Self { timing, suggests, occurrence: 1, within: None, audience: None, note: "" }
    }
}

pub(super) fn plan_in(
    c: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    (order, chosen): (&Order, &Chosen),
    plan: Plan,
) -> Result<Ordered, OrderError> {
    let now = kit.clock.now();
    let material = material(c, kit, scope, order.subject, order.language)?.ok_or(OrderError::NotFound)?;
    if let Some(key) = material.content.refusal {
        return Err(OrderError::Refused(key));
    }
    let content = &material.content;
    if let Edition::Posting(None, _) = content.edition {
        return Err(OrderError::Refused("publish-refused-draft"));
    }
    let mut errors = Errors::none();
    let when = order.when.unwrap_or_else(|| WallTime::at(now, kit.config.delivery.zone));
    let (due, shift) = match order.when {
        None => (now, Shift::None),
        Some(when) => when.instant(),
    };
    if due < now {
        errors.add("when", "delivery-error-past");
    } else if content.deadline_at.is_some_and(|deadline| due >= deadline) {
        errors.add("when", "delivery-error-after-deadline");
    }
    if order.parts.is_empty() {
        errors.add("accounts", "publish-error-no-account");
    }
    let placed = match plan.timing {
        Timing::Ordered => Vec::new(),
        Timing::NextSlot => {
            let accounts = order.parts.iter().map(|part| part.account).collect();
            slot::next_of_each(c, kit, accounts, (now, content.deadline_at), &mut errors)?
        }
    };
    for asset in material.assets.iter().filter(|a| order.media.contains(&a.id)) {
        if !asset.usable(&[content.language], &[], now) {
            errors.add("media", "publish-error-media");
        }
    }
    if order.media.iter().any(|id| !material.assets.iter().any(|a| a.id == *id)) {
        errors.add("media", "publish-error-media");
    }
    let mut ready = Vec::new();
    for part in &order.parts {
        let field = format!("text-{}", part.account);
        let Some(account) = material.accounts.iter().find(|a| a.id == part.account) else {
            errors.add("accounts", "publish-error-account");
            continue;
        };
        let (link, token) = (LinkId::new(now, &kit.chance), kit.chance.code(TOKEN));
        let address = publication::address(&kit.config.server.public_url, &token);
        let mut post = material.post(c, account, &part.text, &order.media, address)?;
        if let Some(offered) = &account.ability.offered {
            post.choices = chosen.choices.get(&part.account).copied();
            let longest = i64::try_from(offered.film_seconds).unwrap_or(i64::MAX).saturating_mul(1000);
            let mut films = material.assets.iter().filter(|asset| order.media.contains(&asset.id));
            if longest > 0 && films.any(|film| film.duration_ms.is_some_and(|ms| ms > longest)) {
                errors.add_with("media", "publish-error-film-too-long", "seconds", offered.film_seconds);
            }
        }
        // one for all accounts is written on those that take it
        let common = Some(&chosen.comment).filter(|_| account.channel.commenting().is_some());
        post.comment = chosen.comments.get(&part.account).or(common).filter(|w| !w.is_empty()).cloned();
        if let (Some(_), Err(key)) = (&post.comment, account.may_comment()) {
            errors.add_with(&choosing::comment_field(part.account), key, "account", account.name());
        }
        for warning in channels::fit(account.channel, &post, &account.ability).warnings {
            if warning.refused && warning.key != "fit-comment-not-taken" {
                errors.0.push(FieldError {
                    field: match warning.is_of_choices() {
                        true => choosing::field(part.account),
                        false if warning.is_of_comment() => choosing::comment_field(part.account),
                        false => field.clone(),
                    },
                    key: warning.key.to_owned(),
                    args: warning.args.iter().map(|(n, v)| ((*n).to_owned(), v.to_string())).collect(),
                });
            }
        }
        if !order.same_words_ok
            && let Some(before) = said_before(c, part.account, &post.text, now)?
        {
            let zone = kit.config.delivery.zone;
            let at = format::instant_short(before, zone, Language::Da);
            if !errors.0.iter().any(|e| e.field == "same") {
                errors.add_with("same", "publish-same-words", "time", at);
            }
        }
        let purpose = consent::purpose_of(account);
        // a post without pictures of its own shows the card's
        let shown = |asset: &&media::Asset| match order.media.is_empty() {
            true => material.thumb.as_ref().is_some_and(|thumb| thumb.asset == asset.id),
            false => order.media.contains(&asset.id),
        };
        for asset in material.assets.iter().filter(shown) {
            let who = consent::refusers(asset, purpose, now).join(", ");
            if !who.is_empty() && !errors.0.iter().any(|e| e.key == consent::refusal_key(purpose)) {
                errors.0.push(FieldError {
                    field: "media".to_owned(),
                    key: consent::refusal_key(purpose).to_owned(),
                    args: vec![("who".to_owned(), who), ("name".to_owned(), asset.name.clone())],
                });
            }
        }
        ready.push((account, link, token, post));
    }
    errors.into_result().map_err(OrderError::Fields)?;

    let id = match plan.within {
        Some(id) => id,
        None => {
            let id = PublicationId::new(now, &kit.chance);
            let row =
                Publication::of(id, order.subject, content.edition, actor.to_string(), now, plan.audience);
            store::insert_publication(c, &row)?;
            id
        }
    };
    let first = placed.iter().map(|(_, wall)| *wall).min_by_key(|wall| wall.instant().0);
    let grace = subject::grace(kit, order.subject);
    let (mut deliveries, mut waiting) = (Vec::new(), 0);
    for (account, link, token, post) in ready {
        tracking::insert_link(c, link, &token, order.subject, account.counted_as(), &account.handle, now)?;
        let (payload, sha256) = publication::freeze(&post);
        let delivery = DeliveryId::new(now, &kit.chance);
        let when = placed.iter().find(|(id, _)| *id == account.id).map_or(when, |(_, wall)| *wall);
        let due = if placed.is_empty() { due } else { when.instant().0 };
        let key = publication::mint(delivery, &sha256, plan.occurrence, due, &kit.chance);
        let kind = Kind::of(order.subject);
        let asked = approval::asked(c, actor, content.unit, account, kind, plan.suggests, now)?;
        let waits = asked.is_some_and(|a| a.waits);
        let row = NewDelivery {
            id: delivery,
            publication: id,
            account: account.id,
            occurrence: plan.occurrence,
            post: &post,
            payload: &payload,
            payload_sha256: &sha256,
            link,
            due_wall: &when.field(),
            due_zone: when.zone.name(),
            due_at: due,
            latest_at: publication::latest(due, grace, content.deadline_at),
            send_key: &key.text,
            waits,
        };
        store::insert_delivery(c, &row, now)?;
        if !waits {
            let begins = package::begins(c, account.id, due, when.zone)?;
            store::set_begin(c, delivery, begins)?;
        }
        if let Some(asked) = asked {
            approval::demand(c, kit, &asked, (delivery, &payload, &sha256), actor, now)?;
        }
        waiting += usize::from(waits);
        deliveries.push(delivery);
    }
    if waiting > 0 {
        approval::tell_approvers(c, kit, id, now)?;
    }
    let lines: Vec<Line> = deliveries
        .iter()
        .map(|delivery| Line {
            actor,
            verb: Verb::Published,
            object: order.subject.into(),
            posting: order.subject.posting(),
            detail: Some(format!(
                "plan delivery:{delivery}{}{}",
                if order.same_words_ok { " same words allowed" } else { "" },
                plan.note,
            )),
        })
        .collect();
    audit::write(c, &lines, now)?;
    let (when, shift) = first.map_or((when, shift), |wall| (wall, wall.instant().1));
    Ok(Ordered { publication: id, deliveries, when, shift, waiting })
}

/// When the same words went out, or are to go out, on this account within two weeks (R8).
fn said_before(
    c: &mut Conn,
    account: AccountId,
    text: &str,
    now: Instant,
) -> Result<Option<Instant>, DbError> {
    let before = store::recent_payloads(c, account, now - SAME_WORDS)?;
    Ok(before
        .into_iter()
        .find(|(_, payload)| publication::thaw(payload).is_ok_and(|p| publication::same_words(&p.text, text)))
        .map(|(at, _)| at))
}
