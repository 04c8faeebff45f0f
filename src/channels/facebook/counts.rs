//! What readers did with a post: the counts that stand on it, and those of Facebook's insights, where the person who
//! connected the page let us read them.

use reqwest::Method;
use serde::Deserialize;

use crate::channels::{
    Account, Measures, Problem,
    graph::{Asked, Graph},
};

/// What stands on a post.
const ON_IT: &str = "shares,reactions.summary(true).limit(0),comments.summary(true).limit(0)";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Counted {
    shares: Option<Shares>,
    reactions: Option<Summed>,
    comments: Option<Summed>,
    /// Of a film.
    post_id: String,
}

#[derive(Deserialize)]
struct Shares {
    count: Option<u64>,
}

#[derive(Deserialize)]
struct Summed {
    summary: Option<Summary>,
}

#[derive(Deserialize)]
struct Summary {
    total_count: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Insights {
    data: Vec<Insight>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Insight {
    values: Vec<Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Value {
    value: serde_json::Value,
}

/// The counts of a post or film right now.
pub(super) async fn read(graph: &Graph, account: &Account, id: &str) -> Result<Measures, Problem> {
    let mut post = id.to_owned();
    // a film is counted where its post is
    if !id.contains('_') {
        let request = graph.call_for(account, Method::GET, id)?.query(&[("fields", "post_id")]);
        let film: Counted = graph.read(request, Asked::Object).await?;
        if !film.post_id.is_empty() {
            post = if film.post_id.contains('_') {
                film.post_id
            } else {
                format!("{}_{}", account.remote_id, film.post_id)
            };
        }
    }
    let request = graph.call_for(account, Method::GET, &post)?.query(&[("fields", ON_IT)]);
    let counted: Counted = graph.read(request, Asked::Object).await?;
    let total = |summed: Option<Summed>| summed?.summary?.total_count;
    Ok(Measures {
        impressions: insight(graph, account, &post, "post_media_view").await?,
        clicks: insight(graph, account, &post, "post_clicks").await?,
        reactions: total(counted.reactions),
        comments: total(counted.comments),
        // nobody passed it on: then the field is left out
        shares: Some(counted.shares.and_then(|shares| shares.count).unwrap_or(0)),
    })
}

/// One figure of the insights; none where it is not told. They are asked one by one, for a single one that is no
/// longer served would take the others with it.
async fn insight(graph: &Graph, account: &Account, post: &str, name: &str) -> Result<Option<u64>, Problem> {
    let request =
        graph.call_for(account, Method::GET, &format!("{post}/insights"))?.query(&[("metric", name)]);
    match graph.read::<Insights>(request, Asked::Other).await {
        Ok(told) => Ok(told.data.first().and_then(|i| i.values.last()?.value.as_u64())),
        Err(problem) if problem.kind.passes() => Err(problem),
        Err(_) => Ok(None),
    }
}
