//! First comments on a channel of containers: an answer is a container too that names the post it answers, and is
//! published by its number (class K3).

use reqwest::Method;
use serde_json::json;

use super::{
    Asked, Made,
    containers::{BY_CONTAINER, Containers, Handle, List, POST, Standing},
};
use crate::channels::{
    Account, Checkpoint, Found, Outcome, Problem, ProblemKind, Published, Remark, answer::Answer,
};

impl Containers {
    /// Makes the container, unless it stands. Nobody sees it.
    pub async fn prepare_answer(
        &self,
        account: &Account,
        remark: &Remark<'_>,
        got: &mut Checkpoint,
    ) -> Result<(), Problem> {
        if remark.under.starts_with(BY_CONTAINER) {
            return Err(Problem::new(
                ProblemKind::InvalidLink,
                "the peer has not told us the post's own name",
            ));
        }
        if let Some(handle) = Handle::of(got, POST) {
            match self.standing(account, &handle.id).await?.0 {
                Standing::Finished | Standing::Published | Standing::Working => {}
                Standing::Wrong | Standing::Expired | Standing::Gone => {
                    got.0.clear();
                }
            }
        }
        if Handle::of(got, POST).is_none() {
            let mut body = serde_json::Map::new();
            body.insert("media_type".into(), "TEXT".into());
            body.insert(self.dialect.text.into(), remark.words.into());
            body.insert("reply_to_id".into(), json!(remark.under));
            self.make(account, body, POST, got).await?;
        }
        self.finished(account, POST, got).await
    }

    /// Publishes it. One that is out already is a yes.
    pub async fn answer(&self, account: &Account, remark: &Remark<'_>, got: &Checkpoint) -> Outcome {
        let Some(handle) = Handle::of(got, POST) else {
            let words = "the answer has not been laid ready yet";
            return Outcome::Rejected(Problem::new(ProblemKind::Processing, words));
        };
        let path = format!("{}/{}", account.remote_id, self.dialect.show);
        let request = self.graph.call_for(account, Method::POST, &path);
        let request = request.map(|call| call.form(&[("creation_id", handle.id.as_str())]));
        let named = |answer: &Answer| {
            let made = answer.json::<Made>().filter(|made| !made.id.is_empty())?;
            Some(Published { remote_id: made.id, url: None })
        };
        match self.graph.show(request, Asked::Object, named).await {
            Outcome::Rejected(no) => match self.look_answer(account, remark, got).await {
                Found::There(published) => Outcome::Accepted(published),
                _ => Outcome::Rejected(no),
            },
            other => other,
        }
    }

    /// Asks the container; what it is called once it is out stands among the post's answers.
    pub async fn look_answer(&self, account: &Account, remark: &Remark<'_>, got: &Checkpoint) -> Found {
        let Some(handle) = Handle::of(got, POST) else { return Found::Absent };
        match self.standing(account, &handle.id).await {
            Ok((Standing::Published, _)) => {
                let named = self.named(account, remark).await.ok().flatten();
                let remote_id = named.unwrap_or_else(|| format!("{BY_CONTAINER}{}", handle.id));
                Found::There(Published { remote_id, url: None })
            }
            Ok((Standing::Finished | Standing::Working | Standing::Expired | Standing::Wrong, _)) => {
                Found::Absent
            }
            Ok((Standing::Gone, _)) => Found::NotSeen("the container is not there".into()),
            Err(problem) => Found::Unreachable(problem),
        }
    }

    /// What our words are called among the answers; reading these takes a right that we may not have.
    async fn named(&self, account: &Account, remark: &Remark<'_>) -> Result<Option<String>, Problem> {
        let request = self
            .graph
            .call_for(account, Method::GET, &format!("{}/replies", remark.under))?
            .query(&[("fields", "id,text"), ("limit", "25")]);
        let list: List = self.graph.read(request, Asked::Other).await?;
        let word = |said: &serde_json::Map<String, serde_json::Value>, name: &str| {
            said.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
        };
        Ok(list.data.iter().find(|said| remark.is(&word(said, "text"))).map(|said| word(said, "id")))
    }
}
