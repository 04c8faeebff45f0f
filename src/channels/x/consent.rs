//! Consent by OAuth 2 with PKCE. A token lives two hours; each renewal gives another refresh token and spends the old.

use async_trait::async_trait;
use oauth2::AuthType;
use reqwest::Method;
use url::Url;

use super::{Asked, X, problem, wire};
use crate::{
    base::{Language, text},
    channels::{
        Ability, ChannelKind, Problem, ProblemKind,
        connection::{Consent, Fresh, Grant, Identity},
        oauth::{App, Endpoints, LogIn, Wanted},
    },
};

/// What we ask for, and no more (R31). X lets nobody write a post who may not read posts and users.
pub const SCOPES: [Wanted; 5] = [
    Wanted {
        scope: "tweet.write",
        key: "channel-scope-publish",
        purpose: "channel-scope-publish-for",
        required: true,
    },
    Wanted {
        scope: "media.write",
        key: "channel-scope-media",
        purpose: "channel-scope-media-for",
        required: true,
    },
    Wanted {
        scope: "users.read",
        key: "channel-scope-identify",
        purpose: "channel-scope-identify-for",
        required: true,
    },
    Wanted {
        scope: "tweet.read",
        key: "channel-scope-read-back",
        purpose: "channel-scope-read-back-must",
        required: true,
    },
    Wanted {
        scope: "offline.access",
        key: "channel-scope-stay",
        purpose: "channel-scope-stay-for",
        required: true,
    },
];

impl X {
    /// Whose token it is.
    pub(super) async fn me(&self, at: &Url, token: &str) -> Result<wire::User, Problem> {
        let request = self.place.call(Method::GET, at, "/2/users/me")?.bearer_auth(token);
        let answer = self.quiet(request, Asked::Other).await?;
        let said = answer.json::<wire::Envelope<wire::User>>().unwrap_or_default().data;
        said.filter(|user| !user.id.is_empty() && !user.username.is_empty()).ok_or_else(|| {
            answer.problem(ProblemKind::Configuration, "the answer names no account", self.place.now())
        })
    }
}

#[async_trait]
impl LogIn for X {
    fn home(&self) -> Option<Url> {
        Some(self.place.platform().api.clone())
    }

    fn configured(&self) -> Option<App> {
        self.place.app()
    }

    fn endpoints(&self, at: &Url, _language: Language) -> Result<Endpoints, Problem> {
        let log_in = self.place.log_in_at(at);
        let ends = self.place.endpoints((&log_in, "/i/oauth2/authorize"), (at, "/2/oauth2/token"))?;
        Ok(Endpoints { pkce: true, auth: AuthType::BasicAuth, ..ends })
    }

    async fn allows(&self, _identity: &Identity, _grant: &Grant) -> Result<Ability, Problem> {
        Ok(Ability::configured(ChannelKind::X, self.place.config()))
    }
}

#[async_trait]
impl Consent for X {
    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        let user = self.me(at, &grant.access).await?;
        Ok(Identity {
            remote_id: self.place.own_name(at, &text::shorten(&text::line(&user.id), 64)),
            handle: format!("@{}", text::shorten(&text::line(&user.username), 64)),
            display_name: text::shorten(&text::line(&user.name), 100),
            base_url: at.clone(),
        })
    }

    async fn renew(&self, at: &Url, _remote_id: &str, grant: &Grant) -> Result<Fresh, Problem> {
        self.place.refresh(at, &self.endpoints(at, Language::default())?, grant).await
    }

    /// Both tokens: the refresh token lives on without the other.
    async fn revoke(&self, at: &Url, grant: &Grant) -> Result<(), Problem> {
        let app = self.place.app_of(at, grant);
        for token in [&grant.refresh, &grant.access].into_iter().filter(|token| !token.is_empty()) {
            let request = self
                .place
                .call(Method::POST, at, "/2/oauth2/revoke")?
                .basic_auth(&app.client_id, Some(&app.client_secret))
                .form(&[("token", token)]);
            match self.place.quiet(request, |answer, now| problem(answer, Asked::Other, now)).await {
                Ok(_) => {}
                // X does not know the app or the token: as good
                Err(problem) if matches!(problem.status, Some(400 | 401 | 403 | 404)) => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(())
    }
}
