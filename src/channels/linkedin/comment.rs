//! A first comment under a post of LinkedIn: one call that knows no key, looked for among the post's comments where we may
//! read these (K4), else by a person (K6).

use reqwest::Method;
use serde_json::{Value, json};

use super::{Asked, Linkedin, encoded, problem, wire};
use crate::channels::{
    Account, Class, Found, Outcome, Published, Remark,
    answer::{self, Answer},
    platform::bare,
};

fn path(remark: &Remark<'_>) -> String {
    format!("/rest/socialActions/{}/comments", encoded(remark.under))
}

fn published(said: wire::Comment) -> Published {
    Published { remote_id: if said.id.is_empty() { said.urn } else { said.id }, url: None }
}

/// Says it.
pub(super) async fn say(this: &Linkedin, account: &Account, remark: &Remark<'_>) -> Outcome {
    let request = this.rest(Method::POST, &account.base_url, &path(remark), &account.token).map(|call| {
        call.json(&json!({
            "actor": bare(&account.remote_id),
            "object": remark.under,
            "message": { "text": remark.words },
        }))
    });
    let named = |answer: &Answer| {
        let said: wire::Comment = answer.json().unwrap_or_default();
        let id = answer.header("x-restli-id").map(str::to_owned).filter(|id| !id.is_empty());
        let said =
            if said.id.is_empty() { wire::Comment { id: id.unwrap_or_default(), ..said } } else { said };
        (!said.id.is_empty() || !said.urn.is_empty()).then(|| published(said))
    };
    let no = |answer: &Answer| problem(answer, Asked::Other, this.place.now());
    answer::show(request, named, no, Answer::is_verdict).await
}

/// Our words among the post's comments.
pub(super) async fn look(this: &Linkedin, account: &Account, remark: &Remark<'_>) -> Found {
    if account.ability.class == Class::Blind {
        return Found::NotSeen("LinkedIn does not let us read these comments".into());
    }
    let request = match this.rest(Method::GET, &account.base_url, &path(remark), &account.token) {
        Ok(request) => request,
        Err(problem) => return Found::Unreachable(problem),
    };
    let answer = match this.quiet(request, Asked::Other).await {
        Ok(answer) => answer,
        Err(problem) => return Found::Unreachable(problem),
    };
    let Some(said) = answer.json::<wire::Elements<Value>>().and_then(|list| list.elements) else {
        return Found::NotSeen(format!("the answer is no list of comments: {}", answer.excerpt()));
    };
    let count = said.len();
    let ours = said.into_iter().filter_map(|said| serde_json::from_value::<wire::Comment>(said).ok());
    match { ours }.find(|said| said.actor == bare(&account.remote_id) && remark.is(&said.message.text)) {
        Some(said) => Found::There(published(said)),
        None => Found::NotSeen(format!("not among the {count} comments")),
    }
}
