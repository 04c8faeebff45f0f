//! Before it goes out: what would keep a planned post back, or make it less than it should be, found while people are at work.
//! Reads only. Every finding says what it is, why, and where one puts it right.

use std::time::Duration;

use super::{
    consent,
    delivery::State,
    package, publication,
    step::PostingIs,
    store::{self, Delivery},
    subject::{self, Content},
};
use crate::{
    accounts,
    base::{Instant, Language, Subject, id::AssetId, wall::WallTime},
    channels::{self, ChannelKind, Connection, Post, Standing, outlook},
    db::{Conn, DbError},
    i18n::{Said, Speech, format},
    kit::Kit,
    media, tracking,
};

/// How far ahead the page looks.
pub const AHEAD: Duration = Duration::from_secs(7 * 86_400);
/// Before a version of an API is switched off, this long is little time.
const SUNSET_NEAR: Duration = Duration::from_secs(60 * 86_400);
/// A token that ends this soon after a post is worth a word.
const TOKEN_NEAR: Duration = Duration::from_secs(7 * 86_400);

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Nothing is.
    Green,
    /// It goes out, but somebody should look.
    Yellow,
    /// It does not go out as it stands.
    Red,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad.
    pub grade: Grade,
    /// Message key: what it is, why, and what to do.
    pub key: &'static str,
    /// Values in the message.
    pub args: Vec<(&'static str, String)>,
    /// Where one puts it right.
    pub href: String,
    /// It has come up since the post was composed, so its owner is told by letter.
    pub tells: bool,
}

impl Finding {
    fn new(grade: Grade, key: &'static str, href: String) -> Self {
        Self { grade, key, args: Vec::new(), href, tells: true }
    }
    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
    /// Seen already by whoever composed it.
    fn known(mut self) -> Self {
        self.tells = false;
        self
    }
    /// In a sentence or two.
    pub fn said(&self, t: Speech) -> String {
        let args: Vec<_> = self.args.iter().map(|(name, value)| (*name, value.as_str().said())).collect();
        t.args(self.key, &args)
    }
}

/// The worst of them.
pub fn grade(findings: &[Finding]) -> Grade {
    findings.iter().map(|finding| finding.grade).max().unwrap_or(Grade::Green)
}

/// States that are still to go out.
pub const STATES: [State; 4] = [State::Planned, State::RetryWait, State::NeedsReconnect, State::Held];

/// Everything that was found about a delivery that is still to go out; days and rights in the language of `t`.
pub fn look(
    c: &mut Conn,
    kit: &Kit,
    t: Speech,
    row: &Delivery,
    about: Subject,
) -> Result<Vec<Finding>, DbError> {
    let mut found = Vec::new();
    let mine = format!("/udsendelser/{}", row.id);
    if row.state == State::Held {
        found.push(Finding::new(Grade::Red, "preflight-held", mine.clone()).known());
    }
    let post = publication::thaw(&row.payload).ok();
    match channels::connection(c, row.account_id)? {
        Some(account) => {
            the_account(c, kit, t, row, &account, &mut found)?;
            if let Some(post) = &post {
                the_fit(&account, post, &mine, &mut found);
            }
            the_budget(c, kit, row, &account, &mine, &mut found)?;
        }
        None => found.push(Finding::new(Grade::Red, "preflight-account-gone", "/kanaler".to_owned())),
    }
    the_subject(c, kit, row, about, post.as_ref(), &mut found)?;
    if let Some(post) = &post {
        the_media(c, row, post, &mut found)?;
    }
    found.sort_by_key(|finding| std::cmp::Reverse(finding.grade));
    Ok(found)
}

/// Whether it is connected, how long its token lasts, what was granted, and when its API is switched off.
fn the_account(
    c: &mut Conn,
    kit: &Kit,
    t: Speech,
    row: &Delivery,
    account: &Connection,
    found: &mut Vec<Finding>,
) -> Result<(), DbError> {
    let href = format!("/kanaler/{}", account.id);
    let named = |grade, key| Finding::new(grade, key, href.clone()).with("account", account.handle.clone());
    let day =
        |at: Instant| format::date(WallTime::at(at, kit.config.delivery.zone).local.date(), t.language());
    match account.state {
        Standing::Disconnected => found.push(named(Grade::Red, "preflight-account-gone")),
        Standing::NeedsReconnect => found.push(named(Grade::Red, "preflight-account-lost")),
        Standing::Connected if account.problem.is_some() => {
            found.push(named(Grade::Yellow, "preflight-account-unwell"));
        }
        Standing::Connected => {}
    }
    if account.is_usable() {
        match outlook::token(c, kit, account.id)? {
            outlook::Token::Shut => found.push(named(Grade::Red, "preflight-token-shut")),
            outlook::Token::Ends(at) if at <= row.due_at => {
                found.push(named(Grade::Red, "preflight-token-ends").with("day", day(at)));
            }
            outlook::Token::Ends(at) if at < row.due_at + TOKEN_NEAR => {
                found.push(named(Grade::Yellow, "preflight-token-near").with("day", day(at)));
            }
            outlook::Token::Ends(_) | outlook::Token::Lasts => {}
        }
        if let Some(right) = outlook::missing_right(account) {
            found.push(named(Grade::Red, "preflight-right").with("right", t.say(right)));
        }
    }
    if let Some(off) = account.channel.profile().platform.and_then(|p| p(&kit.config.channels).sunset_day()) {
        let midnight = off.and_time(chrono::NaiveTime::MIN);
        let off = WallTime { local: midnight, zone: kit.config.delivery.zone }.instant().0;
        if off <= row.due_at {
            found.push(named(Grade::Red, "preflight-version-over").with("day", day(off)));
        } else if off < row.due_at + SUNSET_NEAR {
            found.push(named(Grade::Yellow, "preflight-version-near").with("day", day(off)));
        }
    }
    if account.channel == ChannelKind::Package {
        let person = channels::posting_at(c, account.id)?.map(|posting| posting.person);
        let users = accounts::users(c)?;
        if !users.iter().any(|user| Some(user.id) == person && user.disabled_at.is_none()) {
            found.push(named(Grade::Red, "preflight-nobody-posts"));
        }
        let begins = package::begins(c, account.id, row.due_at, kit.config.delivery.zone)?;
        if begins < row.created_at {
            found.push(named(Grade::Yellow, "preflight-short-notice").known());
        }
    }
    Ok(())
}

/// What the account's server takes, against what is to be sent.
fn the_fit(account: &Connection, post: &Post, mine: &str, found: &mut Vec<Finding>) {
    for warning in channels::fit(account.channel, post, &account.ability).warnings {
        let grade = if warning.refused { Grade::Red } else { Grade::Yellow };
        let mut finding = Finding::new(grade, warning.key, mine.to_owned());
        for (name, value) in warning.args {
            finding = finding.with(name, value.to_string());
        }
        // what is refused now was not when it was composed: the server has changed its mind
        found.push(if warning.refused { finding } else { finding.known() });
    }
}

/// How many the account may send in a while, against what is planned.
fn the_budget(
    c: &mut Conn,
    kit: &Kit,
    row: &Delivery,
    account: &Connection,
    mine: &str,
    found: &mut Vec<Finding>,
) -> Result<(), DbError> {
    let Some(quota) = channels::limits::quota(account.channel, &kit.config) else { return Ok(()) };
    let from = row.due_at - Duration::from_secs(quota.window_s);
    let sharing = if quota.is_shared() { store::accounts_of(c, account.channel)? } else { vec![account.id] };
    let many = store::planned_between(c, &sharing, from, row.due_at)?;
    if many > quota.max {
        found.push(
            Finding::new(Grade::Red, "preflight-budget", mine.to_owned())
                .with("account", account.handle.clone())
                .with("count", many.to_string())
                .with("max", quota.max.to_string()),
        );
    }
    Ok(())
}

/// What keeps an ad or a story from being told when its time comes, as it stands now.
fn kept_back(content: &Content, due: Instant) -> Option<&'static str> {
    let ad = content.subject.posting().is_some();
    match (content.standing, content.refusal) {
        (_, Some("publish-refused-internal" | "publish-refused-story-internal")) => {
            Some(if ad { "preflight-ad-internal" } else { "preflight-story-internal" })
        }
        (PostingIs::Over, _) => Some(if ad { "preflight-ad-over" } else { "preflight-story-archived" }),
        _ if content.deadline_at.is_some_and(|deadline| deadline <= due) => Some("preflight-ad-deadline"),
        (PostingIs::Incomplete, _) => {
            Some(if ad { "preflight-ad-incomplete" } else { "preflight-story-incomplete" })
        }
        (PostingIs::Ready, _) => None,
    }
}

/// Whether what it is about may be told when it goes out, nothing is missing in it, its link answers, and nobody has stopped
/// its unit.
fn the_subject(
    c: &mut Conn,
    kit: &Kit,
    row: &Delivery,
    about: Subject,
    post: Option<&Post>,
    found: &mut Vec<Finding>,
) -> Result<(), DbError> {
    let href = about.href();
    let Some(content) = subject::read(c, kit, about, Language::Da)? else {
        found.push(Finding::new(Grade::Red, "preflight-ad-over", href));
        return Ok(());
    };
    if let Some(key) = kept_back(&content, row.due_at) {
        found.push(Finding::new(Grade::Red, key, href.clone()));
    }
    let token = post.and_then(|post| post.link.rsplit('/').next()).unwrap_or_default();
    match tracking::link(c, token)? {
        None => found.push(Finding::new(Grade::Red, "preflight-link", href)),
        Some(link) if link.disabled_at.is_some() => {
            found.push(Finding::new(Grade::Yellow, "preflight-link-uncounted", href));
        }
        Some(_) => {}
    }
    if store::is_paused(c, content.unit)? {
        found.push(Finding::new(Grade::Red, "preflight-paused", "/udsendelser".to_owned()).known());
    }
    Ok(())
}

/// Whether every picture is still in the library and described.
fn the_media(c: &mut Conn, row: &Delivery, post: &Post, found: &mut Vec<Finding>) -> Result<(), DbError> {
    let ids: Vec<AssetId> = post.media.iter().map(|medium| medium.asset).collect();
    let assets = media::of_ids(c, &ids)?;
    for medium in &post.media {
        let Some(asset) = assets.iter().find(|asset| asset.id == medium.asset) else {
            found.push(Finding::new(Grade::Red, "preflight-media-gone", "/medier".to_owned()));
            continue;
        };
        let href = format!("/medier/{}", asset.id);
        let named = |grade, key| Finding::new(grade, key, href.clone()).with("name", asset.name.clone());
        if medium.alt.is_empty() && !asset.decorative {
            found.push(named(Grade::Red, "preflight-media-alt"));
        } else if asset.alt_stale {
            found.push(named(Grade::Yellow, "preflight-media-stale"));
        } else if !asset.usable(&[post.language], &[], row.due_at) {
            found.push(named(Grade::Red, "preflight-media-missing"));
        }
    }
    let Some(account) = channels::connection(c, row.account_id)? else { return Ok(()) };
    let purpose = consent::purpose_of(&account);
    let shown = store::shown_in(c, row.id)?;
    for asset in media::of_ids(c, &shown)? {
        let who = consent::refusers(&asset, purpose, row.due_at).join(", ");
        if !who.is_empty() {
            let href = format!("/medier/{}#people", asset.id);
            found.push(Finding::new(Grade::Red, "preflight-consent", href).with("who", who));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_counts() {
        let one = |grade| Finding::new(grade, "preflight-held", String::new());
        assert_eq!(grade(&[]), Grade::Green);
        assert_eq!(grade(&[one(Grade::Yellow)]), Grade::Yellow);
        assert_eq!(grade(&[one(Grade::Yellow), one(Grade::Red)]), Grade::Red);
    }
}
