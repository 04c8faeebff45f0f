//! A first comment under a film: one call that knows no key, looked for among the film's comments (K4).

use reqwest::Method;
use serde_json::json;

use super::{Youtube, problem, wire};
use crate::channels::{
    Account, Found, Outcome, Published, Remark,
    answer::{self, Answer},
};

/// Says it.
pub(super) async fn say(this: &Youtube, account: &Account, remark: &Remark<'_>) -> Outcome {
    let path = "/youtube/v3/commentThreads?part=snippet";
    let request = this.place.call(Method::POST, &account.base_url, path).map(|call| {
        call.bearer_auth(&account.token).json(&json!({ "snippet": {
            "videoId": remark.under,
            "topLevelComment": { "snippet": { "textOriginal": remark.words } },
        } }))
    });
    let named = |answer: &Answer| {
        let said = answer.json::<wire::Thread>().filter(|said| !said.id.is_empty())?;
        Some(Published { remote_id: said.id, url: None })
    };
    answer::show(request, named, |answer| problem(answer, this.place.now()), Answer::is_verdict).await
}

/// Our words among the film's comments, the newest first.
pub(super) async fn look(this: &Youtube, account: &Account, remark: &Remark<'_>) -> Found {
    let request = this.place.call(Method::GET, &account.base_url, "/youtube/v3/commentThreads").map(|call| {
        call.bearer_auth(&account.token).query(&[
            ("part", "snippet"),
            ("videoId", remark.under),
            ("order", "time"),
            ("textFormat", "plainText"),
            ("maxResults", "100"),
        ])
    });
    let answer = match request {
        Ok(request) => match this.quiet(request).await {
            Ok(answer) => answer,
            Err(problem) => return Found::Unreachable(problem),
        },
        Err(problem) => return Found::Unreachable(problem),
    };
    let Some(said) = answer.json::<wire::List<wire::Thread>>().and_then(|list| list.items) else {
        return Found::NotSeen(format!("the answer is no list of comments: {}", answer.excerpt()));
    };
    let count = said.len();
    match said.into_iter().find(|said| !said.id.is_empty() && remark.is(said.words())) {
        Some(said) => Found::There(Published { remote_id: said.id, url: None }),
        None => Found::NotSeen(format!("not among the {count} comments")),
    }
}
