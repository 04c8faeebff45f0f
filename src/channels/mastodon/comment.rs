//! A first comment: the account answers its own post. The answer carries a key of its own, as posts do, and is looked for
//! in the thread below the post.

use reqwest::Method;

use super::{Asked, Mastodon, published, wire};
use crate::{
    base::text,
    channels::{
        Account, Found, Outcome, Remark,
        answer::{self, Answer},
    },
};

/// Says it.
pub(super) async fn say(this: &Mastodon, account: &Account, remark: &Remark<'_>) -> Outcome {
    let body = wire::NewReply {
        status: remark.words,
        in_reply_to_id: remark.under,
        visibility: "public",
        language: remark.language.code(),
    };
    let request = this.call(Method::POST, &account.base_url, "/api/v1/statuses").map(|call| {
        call.bearer_auth(&account.token).header("idempotency-key", &remark.key.idempotency).json(&body)
    });
    let named =
        |answer: &Answer| answer.json::<wire::Status>().filter(|said| !said.id.is_empty()).map(published);
    answer::show(request, named, |answer| this.problem(answer, Asked::Status), Answer::is_verdict).await
}

/// Our words among the answers of the account itself.
pub(super) async fn look(this: &Mastodon, account: &Account, remark: &Remark<'_>) -> Found {
    let path = format!("/api/v1/statuses/{}/context", remark.under);
    let request = match this.call(Method::GET, &account.base_url, &path) {
        Ok(request) => request,
        Err(problem) => return Found::Unreachable(problem),
    };
    let answer = match this.quiet_for(account, request, Asked::Other).await {
        Ok(answer) => answer,
        Err(problem) => return Found::Unreachable(problem),
    };
    let Some(thread) = answer.json::<wire::Thread>() else {
        return Found::NotSeen(format!("the answer is no thread: {}", answer.excerpt()));
    };
    let answers = thread.descendants.len();
    let ours = |said: &wire::Status| {
        said.in_reply_to_id == remark.under && remark.is(&text::unmarked(&said.content, ""))
    };
    match thread.descendants.into_iter().find(ours) {
        Some(said) => Found::There(published(said)),
        None => Found::NotSeen(format!("not among the {answers} answers")),
    }
}
