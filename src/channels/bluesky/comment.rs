//! A first comment: a record of its own under a key of its own that answers the post (class K2). An answer names the post
//! by its content too, so that is asked for first and kept.

use reqwest::Method;
use serde_json::json;

use super::{Bluesky, COLLECTION, problem, record, wire};
use crate::channels::{
    Account, Checkpoint, Outcome, Problem, ProblemKind, Remark,
    answer::{self, Answer},
};

/// Under this name the checkpoint holds what the post's content is called.
const CID: &str = "cid";

/// Asks what the post's content is called, unless that is known.
pub(super) async fn prepare(
    this: &Bluesky,
    account: &Account,
    remark: &Remark<'_>,
    got: &mut Checkpoint,
) -> Result<(), Problem> {
    if got.0.contains_key(CID) {
        return Ok(());
    }
    let rkey = remark.under.rsplit('/').next().unwrap_or_default();
    let request = this.call(Method::GET, &account.base_url, "com.atproto.repo.getRecord")?.query(&[
        ("repo", account.remote_id.as_str()),
        ("collection", COLLECTION),
        ("rkey", rkey),
    ]);
    let answer = this.quiet(request).await?;
    let cid = answer.json::<wire::Written>().map(|written| written.cid).unwrap_or_default();
    if cid.is_empty() {
        let words = "the answer does not name the post's content";
        return Err(Problem::new(ProblemKind::Unavailable, words));
    }
    got.0.insert(CID.to_owned(), json!(cid));
    Ok(())
}

/// Says it: `putRecord` under our own key, so the same bytes again are no second one.
pub(super) async fn say(this: &Bluesky, account: &Account, remark: &Remark<'_>, got: &Checkpoint) -> Outcome {
    let Some(cid) = got.0.get(CID).and_then(|cid| cid.as_str()) else {
        return Outcome::Rejected(Problem::new(
            ProblemKind::Processing,
            "the post has not been asked for yet",
        ));
    };
    let record = record::answer(remark, cid);
    let request = this.call(Method::POST, &account.base_url, "com.atproto.repo.putRecord").map(|call| {
        call.bearer_auth(&account.token).json(&wire::PutRecord {
            repo: &account.remote_id,
            collection: COLLECTION,
            rkey: &remark.key.tid,
            validate: true,
            record: &record,
        })
    });
    let ours = this.published(account, &remark.key.tid);
    let named =
        |answer: &Answer| answer.json::<wire::Written>().filter(|w| w.uri == ours.remote_id).map(|_| ours);
    answer::show(request, named, |answer| problem(answer, this.clock.now()), Answer::is_verdict).await
}
