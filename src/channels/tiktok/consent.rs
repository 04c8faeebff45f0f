//! Consent by TikTok's OAuth 2, which calls the app's public name `client_key`. A token lives a day; each renewal may give
//! another refresh token.

use async_trait::async_trait;
use reqwest::Method;
use url::Url;

use super::{Tiktok, problem, wire};
use crate::{
    base::{Language, text},
    channels::{
        Ability, Problem, ProblemKind,
        connection::{Consent, Fresh, Grant, Identity},
        oauth::{App, Endpoints, LogIn, Wanted},
    },
};

/// What we ask for, and no more (R31).
pub const SCOPES: [Wanted; 3] = [
    Wanted {
        scope: "video.publish",
        key: "channel-scope-film",
        purpose: "channel-scope-publish-for",
        required: true,
    },
    Wanted {
        scope: "user.info.basic",
        key: "channel-scope-identify",
        purpose: "channel-scope-identify-for",
        required: true,
    },
    Wanted {
        scope: "video.list",
        key: "channel-scope-read-back",
        purpose: "channel-scope-read-back-must",
        required: true,
    },
];

impl Tiktok {
    /// Whose token it is.
    pub(super) async fn me(&self, at: &Url, token: &str) -> Result<wire::User, Problem> {
        let path = "/v2/user/info/?fields=open_id,display_name";
        let request = self.place.call(Method::GET, at, path)?.bearer_auth(token);
        let info: wire::UserInfo = self.read(request).await?;
        Some(info.user)
            .filter(|user| !user.open_id.is_empty())
            .ok_or_else(|| Problem::new(ProblemKind::Unavailable, "the answer names no account"))
    }
}

#[async_trait]
impl LogIn for Tiktok {
    fn home(&self) -> Option<Url> {
        Some(self.place.platform().api.clone())
    }

    fn configured(&self) -> Option<App> {
        self.place.app()
    }

    fn endpoints(&self, at: &Url, _language: Language) -> Result<Endpoints, Problem> {
        let log_in = self.place.log_in_at(at);
        let ends = self.place.endpoints((&log_in, "/v2/auth/authorize/"), (at, "/v2/oauth/token/"))?;
        Ok(Endpoints { id_name: "client_key", separator: ",", pkce: self.place.platform().pkce, ..ends })
    }

    async fn allows(&self, identity: &Identity, grant: &Grant) -> Result<Ability, Problem> {
        let creator = self.creator(&identity.base_url, &grant.access).await?;
        Ok(self.ability_of(&creator))
    }
}

#[async_trait]
impl Consent for Tiktok {
    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        let user = self.me(at, &grant.access).await?;
        let creator = self.creator(at, &grant.access).await?;
        let name = text::shorten(&text::line(&user.display_name), 100);
        let handle = text::shorten(&text::line(&creator.creator_username), 64);
        Ok(Identity {
            remote_id: self.place.own_name(at, &text::shorten(&text::line(&user.open_id), 64)),
            handle: if handle.is_empty() { name.clone() } else { format!("@{handle}") },
            display_name: name,
            base_url: at.clone(),
        })
    }

    async fn renew(&self, at: &Url, _remote_id: &str, grant: &Grant) -> Result<Fresh, Problem> {
        self.place.refresh(at, &self.endpoints(at, Language::default())?, grant).await
    }

    async fn revoke(&self, at: &Url, grant: &Grant) -> Result<(), Problem> {
        let app = self.place.app_of(at, grant);
        let form = [
            ("client_key", app.client_id.as_str()),
            ("client_secret", app.client_secret.as_str()),
            ("token", grant.access.as_str()),
        ];
        let request = self.place.call(Method::POST, at, "/v2/oauth/revoke/")?.form(&form);
        match self.place.quiet(request, problem).await {
            Ok(_) => Ok(()),
            // TikTok does not know the app or the token: as good
            Err(problem) if matches!(problem.status, Some(400 | 401 | 403 | 404)) => Ok(()),
            Err(problem) => Err(problem),
        }
    }
}
