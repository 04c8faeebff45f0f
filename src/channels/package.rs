//! Places that no program may post to: LinkedIn in one's own name, groups on Facebook, Dialognet, the local paper. Nothing is
//! sent. A package is made, a named person posts it and says so (class K6 done well): that person's word, and nobody
//! else's, makes it published.

pub mod parcel;
mod qr;
pub mod sort;

use std::sync::Arc;

use async_trait::async_trait;
use url::Url;

pub use parcel::{Parcel, Piece, PieceKind};
pub use sort::Sort;

use super::{
    Ability, Account, Channel, ChannelKind, Checkpoint, Class, ConnectError, Connection, Consent, Edit,
    Found, Fresh, Grant, Identity, Newcomer, Outcome, Post, Problem, ProblemKind, SendKey, Withdrawn,
    actions,
    kind::{Captions, LinkPlace, Profile, Way},
    store,
};
use crate::{
    accounts::audit::Actor,
    base::{
        id::{AccountId, UnitId, UserId},
        text,
    },
    blobs::Blobs,
    db::Conn,
    kit::Kit,
};

/// Where a place has no address.
const NOWHERE: &str = "about:blank";
/// A place's name is at most this long, in characters.
const NAME_MAX: usize = 60;
/// Working days that a package may lie before publication, at most.
pub const LEAD_MAX: i32 = 20;

/// What is known of it.
pub(super) const PROFILE: Profile = Profile {
    name: "Udgivelsespakke",
    mark: "in",
    practice_mark: "in practice",
    letter: "P",
    what: "package-what",
    needs: "package-needs",
    know: &[],
    safety: "channels-safety-by-hand",
    class: Class::ByHand,
    link: LinkPlace::Text,
    card_with_media: false,
    captions: Captions::Files(usize::MAX),
    withdraw: false,
    edit: Edit::ByHand,
    edit_film: Edit::ByHand,
    comment: None,
    scopes: &[],
    covers: |_, _| true,
    way: Way::ByHand,
    address: |_, connection| match connection.base_url.as_str() {
        NOWHERE => String::new(),
        address => address.to_owned(),
    },
    platform: None,
    channel: |_| Arc::new(Package),
    consent: |_| Box::new(Package),
};

/// The channel.
#[derive(Clone, Copy)]
pub struct Package;

#[async_trait]
impl Channel for Package {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Package
    }

    async fn ability(&self, account: &Account) -> Result<Ability, Problem> {
        sort_of(account).map(Sort::ability)
    }

    /// Makes the package, unless it is made.
    async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        if let Some(made) = Parcel::of(checkpoint)
            && blobs.len(&made.zip).await.is_ok()
        {
            return Ok(());
        }
        parcel::make(post, sort_of(account)?, blobs).await?.keep(checkpoint);
        Ok(())
    }

    async fn publish(&self, _: &Account, _: &Post, _: &SendKey, _: &Checkpoint) -> Outcome {
        Outcome::Rejected(Problem::new(ProblemKind::Configuration, "nothing is sent there: a person posts"))
    }

    async fn look(&self, _: &Account, _: &Post, _: &SendKey, _: &Checkpoint) -> Found {
        Found::NotSeen("only a person can look there".to_owned())
    }

    async fn withdraw(&self, _: &Account, _: &str) -> Withdrawn {
        Withdrawn::Unable("only a person can take it down there".to_owned())
    }
}

fn sort_of(account: &Account) -> Result<Sort, Problem> {
    let unknown =
        || Problem::new(ProblemKind::Configuration, "this version does not know that sort of place");
    Sort::named_in(&account.remote_id).ok_or_else(unknown)
}

/// There is nothing to be granted, so nothing runs out.
#[async_trait]
impl Consent for Package {
    async fn identify(&self, _: &Url, _: &Grant) -> Result<Identity, Problem> {
        Err(Problem::new(ProblemKind::Configuration, "a place without an API says nothing about itself"))
    }
    async fn renew(&self, _: &Url, _: &str, grant: &Grant) -> Result<Fresh, Problem> {
        Ok(Fresh { grant: grant.clone(), expires_at: None })
    }
    async fn revoke(&self, _: &Url, _: &Grant) -> Result<(), Problem> {
        Ok(())
    }
}

/// Who posts at a place, and when they must have the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Which place.
    pub account: AccountId,
    /// Who posts there.
    pub person: UserId,
    /// How many working days before publication they must have the package.
    pub lead_days: i32,
}

/// A place as somebody described it.
#[derive(Clone, Debug)]
pub struct Place {
    /// What people call it.
    pub name: String,
    /// What sort it is.
    pub sort: Sort,
    /// Where one posts; empty when it has no address.
    pub address: String,
    /// Who posts there.
    pub person: UserId,
    /// How many working days before publication they must have the package.
    pub lead_days: i32,
    /// Whose it is.
    pub unit: UnitId,
}

/// Makes a place, or changes the one given (its sort and unit stay). Part of the caller's transaction.
///
/// # Errors
/// [`ConnectError::Field`] when the name, the address or the lead time cannot be used.
pub fn settle(
    conn: &mut Conn,
    kit: &Kit,
    place: &Place,
    known: Option<&Connection>,
    by: Actor,
) -> Result<AccountId, ConnectError> {
    let name = text::line(&place.name);
    if name.is_empty() {
        return Err(ConnectError::Field("name", "error-required"));
    }
    if text::count(&name) > NAME_MAX {
        return Err(ConnectError::Field("name", "package-error-name-long"));
    }
    let twin = store::connections(conn)?.into_iter().any(|other| {
        other.channel == ChannelKind::Package
            && other.handle.eq_ignore_ascii_case(&name)
            && known.is_none_or(|known| known.id != other.id)
    });
    if twin {
        return Err(ConnectError::Field("name", "package-error-name-taken"));
    }
    if !(0..=LEAD_MAX).contains(&place.lead_days) {
        return Err(ConnectError::Field("lead_days", "package-error-lead"));
    }
    let now = kit.clock.now();
    let remote_id = match known {
        Some(known) => known.remote_id.clone(),
        None => format!("{}:{}", place.sort, AccountId::new(now, &kit.chance)),
    };
    let sort = Sort::named_in(&remote_id).unwrap_or(place.sort);
    let newcomer = Newcomer {
        channel: ChannelKind::Package,
        identity: Identity {
            remote_id,
            handle: name.clone(),
            display_name: name,
            base_url: address(&place.address)?,
        },
        fresh: Fresh { grant: Grant::default(), expires_at: None },
        ability: sort.ability(),
        unit: place.unit,
        practice: false,
    };
    let account = actions::connect(conn, kit, &newcomer, by)?;
    store::put_posting(conn, &Posting { account, person: place.person, lead_days: place.lead_days })?;
    Ok(account)
}

/// The address as typed; people leave `https://` out.
fn address(typed: &str) -> Result<Url, ConnectError> {
    let line = text::line(typed);
    let whole = match line.as_str() {
        "" => NOWHERE.to_owned(),
        line if line.contains("://") => line.to_owned(),
        line => format!("https://{line}"),
    };
    let wrong = ConnectError::Field("address", "package-error-address");
    match whole.parse::<Url>() {
        // an address of mail is no place to post
        Ok(url) if !url.username().is_empty() => Err(wrong),
        Ok(url) if whole == NOWHERE || (matches!(url.scheme(), "http" | "https") && url.has_host()) => {
            Ok(url)
        }
        _ => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_write_them() {
        let read = |typed: &str| address(typed).ok().map(|url| url.to_string());
        assert_eq!(read(" ").as_deref(), Some(NOWHERE));
        assert_eq!(
            read("facebook.com/groups/fjordby").as_deref(),
            Some("https://facebook.com/groups/fjordby")
        );
        assert_eq!(read("javascript:alert(1)"), None);
        assert_eq!(read("mailto:avis@fjordby.example"), None);
    }
}
