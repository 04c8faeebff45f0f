//! Somebody outside the house asked for their word: a link by mail that opens one publication for some days. Whoever
//! may approve lends that right with the link, and no longer than they hold it themselves. The link's token follows
//! from the row's id and our key; in the database lies its fingerprint alone.

use std::time::Duration;

use super::{
    actions::ActionError,
    approval,
    guest_jobs::SendGuestLink,
    store::{self, GuestLink, Publication},
};
use crate::{
    accounts::audit::{self, Actor, Line, Object, Verb},
    base::{
        Instant, address,
        id::{GuestLinkId, PublicationId},
        text,
    },
    db::{Conn, DbError},
    kit::Kit,
    queue,
    secrets::{Secrets, fingerprint},
};

/// How many days a link may live.
pub const DAYS: std::ops::RangeInclusive<u64> = 1..=30;

/// The text after `/ekstern/`.
pub fn token(secrets: &Secrets, id: GuestLinkId) -> String {
    hex::encode(&secrets.sign("guest_link", id.to_string().as_bytes())[..24])
}

/// Whom to ask, and for how long.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// What they are called.
    pub name: String,
    /// Where the link goes.
    pub email: String,
    /// For how many days it works.
    pub days: u64,
}

impl Invitation {
    /// Name and address as they are kept, or what is wrong at which field.
    fn checked(&self) -> Result<(String, String), ActionError> {
        let name = text::line(&self.name);
        if name.is_empty() {
            return Err(ActionError::Field("guest_name", "error-required"));
        }
        if text::count(&name) > 120 {
            return Err(ActionError::Field("guest_name", "guest-error-name"));
        }
        let email = address::email(&self.email).map_err(|key| ActionError::Field("guest_email", key))?;
        if !DAYS.contains(&self.days) {
            return Err(ActionError::Field("guest_days", "guest-error-days"));
        }
        Ok((name, email))
    }
}

/// Makes a link to one publication and mails it. Only who may approve it may lend that.
pub async fn invite(
    kit: &Kit,
    actor: Actor,
    publication: PublicationId,
    invitation: Invitation,
) -> Result<GuestLinkId, ActionError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let row = store::publication(c, publication)?;
            if !approval::is_approver(c, actor, &row, now)? {
                return Err(ActionError::Forbidden);
            }
            // what is wrong with the words is told only to who may
            let (name, email) = invitation.checked()?;
            let id = GuestLinkId::new(now, &k.chance);
            let link = GuestLink {
                id,
                publication_id: publication,
                token_hash: fingerprint(&token(&k.secrets, id)),
                name,
                email,
                made_by: actor.to_string(),
                made_at: now,
                ends_at: now + Duration::from_secs(invitation.days * 86_400),
                ended_at: None,
                opened_at: None,
            };
            store::insert_guest_link(c, &link)?;
            queue::enqueue(c, &SendGuestLink { link: id }, now, now, &k.chance)?;
            note(c, actor, Verb::Created, &row, id, now)?;
            Ok(id)
        })
        .await
}

/// Ends a link at once; one that is over already is as good.
pub async fn revoke(
    kit: &Kit,
    actor: Actor,
    publication: PublicationId,
    id: GuestLinkId,
) -> Result<(), ActionError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let row = store::publication(c, publication)?;
            if !approval::is_approver(c, actor, &row, now)? {
                return Err(ActionError::Forbidden);
            }
            if !store::end_guest_link(c, publication, id, now)? {
                return Err(ActionError::NotFound);
            }
            note(c, actor, Verb::Changed, &row, id, now)?;
            Ok(())
        })
        .await
}

/// A link that works now, with its publication; none for any other text.
pub fn opened_by(
    c: &mut Conn,
    token: &str,
    now: Instant,
) -> Result<Option<(GuestLink, Publication)>, DbError> {
    let Some(link) = store::guest_link_by_hash(c, &fingerprint(token))? else { return Ok(None) };
    if !link.works(link.publication_id, now) {
        return Ok(None);
    }
    let publication = store::publication(c, link.publication_id)?;
    Ok(Some((link, publication)))
}

/// Notes that somebody opened the link.
pub async fn opened(kit: &Kit, link: GuestLink, publication: Publication) -> Result<(), DbError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            store::guest_opened(c, link.id, now)?;
            note(c, Actor::Guest(link.id), Verb::Viewed, &publication, link.id, now)
        })
        .await
}

fn note(
    c: &mut Conn,
    actor: Actor,
    verb: Verb,
    publication: &Publication,
    id: GuestLinkId,
    now: Instant,
) -> Result<(), DbError> {
    let line = Line {
        actor,
        verb,
        object: publication.subject().map_or(Object::None, Object::from),
        posting: publication.posting_id,
        detail: Some(format!("link:{id} publication:{}", publication.id)),
    };
    audit::write(c, &[line], now)
}
