//! What some channels want a person to choose for each post anew ([`Choices`]): asked in the composer's form for each
//! account that wants it, with nothing chosen beforehand, and read from it again.

use std::collections::BTreeMap;

use crate::{
    base::{id::AccountId, text},
    channels::{Choices, Offered},
    i18n::Speech,
    web::{Typed, forms::Choice},
};

/// What an order says of single accounts beside their words.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// What was chosen, where a channel demands that.
    pub choices: BTreeMap<AccountId, Choices>,
    /// What every account that can says under its post; may be empty.
    pub comment: String,
    /// What one account says instead.
    pub comments: BTreeMap<AccountId, String>,
}

/// The form's questions for an account: names of fields, and what may be answered.
pub(super) struct Choosing {
    pub legend: String,
    pub audience: String,
    pub audiences: Vec<Choice>,
    /// Field and label of each box.
    pub boxes: Vec<(String, String, String)>,
}

/// The boxes: their fields' names, and message keys of label and hint.
const BOXES: [(&str, &str, &str); 5] = [
    ("comments", "publish-choice-comments", ""),
    ("duets", "publish-choice-duets", ""),
    ("stitches", "publish-choice-stitches", ""),
    ("own", "publish-choice-own", "publish-choice-own-hint"),
    ("paid", "publish-choice-paid", "publish-choice-paid-hint"),
];

impl<I: IntoIterator<Item = (AccountId, Choices)>> From<I> for Chosen {
    /// What was chosen, and nothing more.
    fn from(choices: I) -> Self {
        Self { choices: choices.into_iter().collect(), ..Self::default() }
    }
}

impl Choosing {
    pub fn of(offered: &Offered, account: AccountId, channel: &str, t: Speech) -> Self {
        let first = Choice::new("", t.say("publish-audience-choose"));
        let audiences = offered.audiences.iter().map(|a| Choice::new(a.word(), t.say(a.key())));
        let open = |name: &str| match name {
            "comments" => offered.comments,
            "duets" => offered.duets,
            "stitches" => offered.stitches,
            _ => true,
        };
        let boxes = BOXES.iter().filter(|(name, ..)| open(name)).map(|(name, label, hint)| {
            let hint = if hint.is_empty() { String::new() } else { t.say(hint) };
            (format!("{name}-{account}"), t.say(label), hint)
        });
        Self {
            legend: t.with("publish-choices", "channel", channel),
            audience: field(account),
            audiences: std::iter::once(first).chain(audiences).collect(),
            boxes: boxes.collect(),
        }
    }
}

/// The field at which it is asked who may see a post of an account.
pub(super) fn field(account: AccountId) -> String {
    format!("audience-{account}")
}

/// The field of an account's own first comment.
pub(super) fn comment_field(account: AccountId) -> String {
    format!("comment-{account}")
}

/// What the form says for the accounts that are ticked in it; none where it was not said who may see it.
pub(super) fn read(typed: &Typed) -> Chosen {
    let ids = || typed.all("account").filter_map(|id| id.parse::<AccountId>().ok());
    Chosen {
        choices: ids().filter_map(|id| Some((id, of(typed, id)?))).collect(),
        comment: text::paragraphs(typed.get("comment")),
        comments: ids()
            .map(|id| (id, own_comment(typed, id)))
            .filter(|(_, words)| !words.is_empty())
            .collect(),
    }
}

fn own_comment(typed: &Typed, account: AccountId) -> String {
    text::paragraphs(typed.get(&comment_field(account)))
}

/// The first comment of one account, as the form says it.
pub(super) fn comment(typed: &Typed, account: AccountId) -> Option<String> {
    let own = own_comment(typed, account);
    let words = if own.is_empty() { text::paragraphs(typed.get("comment")) } else { own };
    Some(words).filter(|words| !words.is_empty())
}

/// The same for one of them.
pub(super) fn of(typed: &Typed, account: AccountId) -> Option<Choices> {
    let ticked = |name: &str| typed.ticked(&format!("{name}-{account}"));
    Some(Choices {
        audience: typed.get(&field(account)).parse().ok()?,
        comments: ticked("comments"),
        duets: ticked("duets"),
        stitches: ticked("stitches"),
        own_cause: ticked("own"),
        paid: ticked("paid"),
    })
}
