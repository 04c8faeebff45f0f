//! What people do with a first comment that a machine cannot settle: say that it stands there, have it said again, let it be,
//! or say that it is gone. Each leaves a line in the audit log and in the post's proof.

use super::{
    actions::{ActionError, By, act, said},
    comment::Standing,
    comment_drive,
    delivery::Verdict,
    hanging, publication, record,
    store::{self, Comment, Next},
};
use crate::{
    base::{Instant, id::DeliveryId},
    channels::{self, Channels, Found, Remark},
    db::Conn,
    kit::Kit,
};

/// »Den står der«: a person has seen it, or has written it there. We look once ourselves, for then we know what the peer
/// calls it and can take it down later.
pub async fn is_there(kit: &Kit, channels: &Channels, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    let name = glance(kit, channels, by, id).await?;
    let who = by.actor.to_string();
    act(kit, by, id, "comment there", move |c, kit, row, _, now| {
        let mine = waiting(c, id)?;
        said(c, kit, row, Verdict::Accepted, &serde_json::json!({ "comment": true }), now)?;
        let next = Next { settled_by: Some(Some(who)), ..Next::default() };
        let mine = store::turn_comment(c, &mine, Standing::ByHand, &next)?;
        Ok(comment_drive::stands(c, &mine, name, None, now)?)
    })
    .await
}

/// »Den står der ikke – skriv den igen«.
pub async fn say_again(kit: &Kit, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    act(kit, by, id, "comment again", move |c, kit, row, _, now| {
        let mine = waiting(c, id)?;
        said(c, kit, row, Verdict::Absent, &serde_json::json!({ "comment": true }), now)?;
        let next = Next {
            wanted_at: Some(now),
            next_at: Some(Some(now)),
            tries: Some(0),
            looks: Some(0),
            unsure_since: Some(None),
            ..settled(None)
        };
        store::turn_comment(c, &mine, Standing::Ready, &next)?;
        Ok(())
    })
    .await
}

/// »Lad det være«: the post stands without it.
pub async fn let_be(kit: &Kit, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    let who = by.actor.to_string();
    act(kit, by, id, "comment let be", move |c, _, _, _, now| {
        let mine = waiting(c, id)?;
        let next = Next { settled_by: Some(Some(who)), next_at: Some(None), ..settled(Some(now)) };
        store::turn_comment(c, &mine, Standing::Dropped, &next)?;
        Ok(())
    })
    .await
}

/// »Den er væk nu«: a person has taken it down, where we could not.
pub async fn is_gone(kit: &Kit, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    let who = by.actor.to_string();
    act(kit, by, id, "comment gone", move |c, kit, row, _, now| {
        let mine = store::comment(c, id)?.filter(|mine| mine.state == Standing::Removing);
        let mine = mine.ok_or(ActionError::TooLate)?;
        let evidence = serde_json::json!({ "comment": true, "proof": "person" });
        said(c, kit, row, Verdict::Absent, &evidence, now)?;
        let next = Next { settled_by: Some(Some(who)), next_at: Some(None), ..settled(Some(now)) };
        let gone = store::turn_comment(c, &mine, Standing::Removed, &next)?;
        Ok(store::prove_comment(c, &gone, now)?)
    })
    .await
}

/// One that lies with a person.
fn waiting(c: &mut Conn, id: DeliveryId) -> Result<Comment, ActionError> {
    let mine = store::comment(c, id)?.filter(|mine| mine.state == Standing::ByHand);
    mine.ok_or(ActionError::TooLate)
}

fn settled(at: Option<Instant>) -> Next {
    Next { settled_at: Some(at), error_kind: Some(None), error_words: Some(None), ..Next::default() }
}

/// Looks once what the peer calls it; whatever goes wrong, nothing was seen.
async fn glance(
    kit: &Kit,
    channels: &Channels,
    by: &By,
    id: DeliveryId,
) -> Result<Option<String>, ActionError> {
    let scope = by.scope.clone();
    let found = kit
        .db
        .read(move |c| {
            let (row, _) = store::in_scope(c, &scope, id)?.ok_or(ActionError::NotFound)?;
            Ok::<_, ActionError>((row, waiting(c, id)?))
        })
        .await;
    let (row, mine) = found?;
    let Ok(account) = channels::open(kit, row.account_id).await else { return Ok(None) };
    let (Some(channel), Ok(post)) = (channels.get(account.channel), publication::thaw(&row.payload)) else {
        return Ok(None);
    };
    let Some(under) = hanging::named(kit, channels, &account, &row, &post).await else { return Ok(None) };
    let key = comment_drive::key_of(kit, &row, &mine)?;
    let got = publication::checkpoint(&mine.checkpoint);
    let remark = Remark { under: &under, words: &mine.words, language: post.language, key: &key };
    let looking = channel.look_comment(&account, &remark, &got);
    Ok(match tokio::time::timeout(record::request(kit), looking).await {
        Ok(Found::There(published)) => Some(published.remote_id),
        _ => None,
    })
}
