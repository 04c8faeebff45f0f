//! The account of a practice world connected to an Opslag, as a person would do it in the browser.

use anyhow::Context as _;

use super::{Credentials, Running};
use crate::{
    accounts::audit::Actor,
    base::id::{AccountId, UnitId},
    channels::{self, Fresh, Grant, Newcomer, kind::Way},
    db::DbError,
    kit::Kit,
};

/// Connects the world's own account, marked as practice, for everybody below `unit`. Connected again it stays the
/// same row.
pub async fn connect(kit: &Kit, world: &Running, unit: UnitId, by: Actor) -> anyhow::Result<AccountId> {
    let at = world.url();
    let newcomer = match world.connect(world.account()).context("the account is not of this world")? {
        Credentials::AppPassword { identifier, app_password } => {
            channels::log_in_bluesky(kit, at.as_str(), &identifier, &app_password, unit, true).await?
        }
        Credentials::Token { client_id, client_secret, access_token, refresh_token, life, scope, owner } => {
            let grant = Grant {
                access: access_token,
                refresh: refresh_token,
                client_id,
                client_secret,
                scopes: scope,
                owner,
                ..Grant::default()
            };
            let Way::OAuth(open) = world.kind().profile().way else { anyhow::bail!("no log-in by OAuth") };
            let log_in = open(kit);
            let identity = log_in.identify(at, &grant).await?;
            let ability = log_in.allows(&identity, &grant).await?;
            Newcomer {
                channel: world.kind(),
                identity,
                ability,
                fresh: Fresh { grant, expires_at: life.map(|life| kit.clock.now() + life) },
                unit,
                practice: true,
            }
        }
    };
    let k = kit.clone();
    let connected = kit.db.write(move |c| channels::connect(c, &k, &newcomer, by)).await;
    connected.map_err(|error: DbError| error.into())
}
