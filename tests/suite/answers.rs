//! Everybody who applied gets an answer, and gets it once: the pages from the first letter to closing the ad, every way in
//! which a mail server can fail, a power cut at each point, and what must hold whatever happens.

mod crash;
mod flow;
mod hands;
mod once;
mod whatever;
mod words;

use opslag::{
    answers::state::LetterState,
    applications::{self, actions},
    base::id::{ApplicationId, PostingId},
    postings::Posting,
};

use crate::harness::TestApp;

/// Why somebody is turned down; stands in no mail.
const GROUNDS: &str = "Andre har mere erfaring med demens end du har.";

/// An ad with these people turned down.
async fn turned_down(app: &TestApp, names: &[&str]) -> (Posting, Vec<ApplicationId>) {
    let ad = app.open_ad("SOSU-assistent").await;
    let mut ids = Vec::new();
    for name in names {
        ids.push(app.applied(ad.id, name, "").await);
    }
    for id in &ids {
        app.rejected(*id, GROUNDS).await;
    }
    (ad, ids)
}

/// Where the one letter to this applicant stands.
async fn state(app: &TestApp, id: ApplicationId) -> LetterState {
    let letters = app.letters_to(id).await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    letters[0].state
}

/// How many of a posting have been turned down and not told.
async fn unanswered(app: &TestApp, posting: PostingId) -> i64 {
    app.kit.db.read(move |c| applications::unanswered(c, posting)).await.unwrap()
}

/// Closes an ad the way its page does.
async fn close(app: &TestApp, posting: PostingId) -> Result<Posting, actions::CloseError> {
    let k = app.kit.clone();
    app.kit
        .db
        .write(move |c| {
            let scope = opslag::accounts::everywhere(c)?;
            let (by, why) = (opslag::accounts::audit::Actor::System, opslag::postings::CloseReason::NoHire);
            opslag::answers::close_posting(c, &k, &scope, by, posting, why)
        })
        .await
}
