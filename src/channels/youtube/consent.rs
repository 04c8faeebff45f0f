//! Consent by Google's OAuth 2. A token lives an hour; its refresh token stays as it is until somebody takes it back.

use async_trait::async_trait;
use reqwest::Method;
use url::Url;

use super::{Youtube, problem, wire};
use crate::{
    base::{Language, text},
    channels::{
        Ability, ChannelKind, Problem, ProblemKind,
        connection::{Consent, Fresh, Grant, Identity},
        oauth::{App, Endpoints, LogIn, Wanted},
    },
};

/// What we ask for, and no more (R31).
pub const SCOPES: [Wanted; 2] = [
    Wanted {
        scope: "https://www.googleapis.com/auth/youtube.upload",
        key: "channel-scope-media",
        purpose: "channel-scope-media-for",
        required: true,
    },
    Wanted {
        scope: "https://www.googleapis.com/auth/youtube.force-ssl",
        key: "channel-scope-publish",
        purpose: "channel-scope-publish-for",
        required: true,
    },
];

impl Youtube {
    /// The channel of whoever said yes.
    pub(super) async fn own_channel(&self, at: &Url, token: &str) -> Result<wire::Channel, Problem> {
        let request = self
            .place
            .call(Method::GET, at, "/youtube/v3/channels?part=snippet&mine=true")?
            .bearer_auth(token);
        let answer = self.quiet(request).await?;
        let list: wire::List<wire::Channel> = answer.json().unwrap_or_default();
        let found = list.items.unwrap_or_default().into_iter().find(|channel| !channel.id.is_empty());
        found.ok_or_else(|| {
            Problem::new(ProblemKind::AccountBlocked, "this Google account has no channel on YouTube")
        })
    }

    /// Where tokens are given: a host of its own, and at a practice world the world itself.
    fn tokens_at(&self, at: &Url) -> Url {
        let home = || "https://oauth2.googleapis.com/".parse().expect("an address");
        if self.place.is_home(at) { home() } else { at.clone() }
    }
}

#[async_trait]
impl LogIn for Youtube {
    fn home(&self) -> Option<Url> {
        Some(self.place.platform().api.clone())
    }

    fn configured(&self) -> Option<App> {
        self.place.app()
    }

    fn endpoints(&self, at: &Url, language: Language) -> Result<Endpoints, Problem> {
        let log_in = self.place.log_in_at(at);
        let ends = self.place.endpoints((&log_in, "/o/oauth2/v2/auth"), (&self.tokens_at(at), "/token"))?;
        let extra = vec![
            ("access_type", "offline".to_owned()),
            // else a second consent brings no refresh token; and so that the person chooses the account
            ("prompt", "consent select_account".to_owned()),
            ("hl", language.code().to_owned()),
        ];
        Ok(Endpoints { pkce: self.place.platform().pkce, extra, ..ends })
    }

    async fn allows(&self, _identity: &Identity, _grant: &Grant) -> Result<Ability, Problem> {
        Ok(Ability::configured(ChannelKind::Youtube, self.place.config()))
    }
}

#[async_trait]
impl Consent for Youtube {
    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        let channel = self.own_channel(at, &grant.access).await?;
        let title = text::shorten(&text::line(&channel.snippet.title), 100);
        let custom = text::shorten(&text::line(&channel.snippet.custom_url), 64);
        Ok(Identity {
            remote_id: self.place.own_name(at, &text::shorten(&text::line(&channel.id), 64)),
            handle: if custom.is_empty() { title.clone() } else { custom },
            display_name: title,
            base_url: at.clone(),
        })
    }

    async fn renew(&self, at: &Url, _remote_id: &str, grant: &Grant) -> Result<Fresh, Problem> {
        self.place.refresh(at, &self.endpoints(at, Language::default())?, grant).await
    }

    /// The refresh token takes the other with it.
    async fn revoke(&self, at: &Url, grant: &Grant) -> Result<(), Problem> {
        let token = if grant.refresh.is_empty() { &grant.access } else { &grant.refresh };
        let request =
            self.place.call(Method::POST, &self.tokens_at(at), "/revoke")?.form(&[("token", token)]);
        match self.place.quiet(request, problem).await {
            Ok(_) => Ok(()),
            // Google does not know the token: as good
            Err(problem) if matches!(problem.status, Some(400 | 401 | 403 | 404)) => Ok(()),
            Err(problem) => Err(problem),
        }
    }
}
