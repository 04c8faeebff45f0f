//! First comments under posts of Facebook and Instagram: said by one call that knows no key, and looked for among the
//! comments of the post (class K4).

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::{Asked, Graph, Made};
use crate::channels::{Account, Found, Outcome, Published, Remark, answer::Answer};

/// How many of a post's comments are looked through; ours is among its first.
const FIRST: &str = "100";

#[derive(Default, Deserialize)]
#[serde(default)]
struct List {
    data: Vec<Said>,
}

/// A comment: Facebook calls its words `message`, Instagram `text`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    id: String,
    #[serde(alias = "text")]
    message: String,
}

/// Says it.
pub(in crate::channels) async fn say(graph: &Graph, account: &Account, remark: &Remark<'_>) -> Outcome {
    let request = graph
        .call_for(account, Method::POST, &format!("{}/comments", remark.under))
        .map(|call| call.json(&json!({ "message": remark.words })));
    let named = |answer: &Answer| {
        let made = answer.json::<Made>().filter(|made| !made.id.is_empty())?;
        Some(Published { remote_id: made.id, url: None })
    };
    graph.show(request, Asked::Text, named).await
}

/// Our words among the post's comments. `words`: what the channel calls them. A list may lag, so not seeing them proves
/// nothing.
pub(in crate::channels) async fn look(
    graph: &Graph,
    account: &Account,
    remark: &Remark<'_>,
    words: &str,
) -> Found {
    let request = graph
        .call_for(account, Method::GET, &format!("{}/comments", remark.under))
        .map(|call| call.query(&[("fields", format!("id,{words}").as_str()), ("limit", FIRST)]));
    let list: List = match request {
        Ok(request) => match graph.read(request, Asked::Other).await {
            Ok(list) => list,
            Err(problem) => return Found::Unreachable(problem),
        },
        Err(problem) => return Found::Unreachable(problem),
    };
    let looked = list.data.len();
    match list.data.into_iter().find(|said| !said.id.is_empty() && remark.is(&said.message)) {
        Some(said) => Found::There(Published { remote_id: said.id, url: None }),
        None => Found::NotSeen(format!("not among the {looked} comments")),
    }
}
