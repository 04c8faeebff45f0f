//! Consent by OAuth 2: our app is registered at each server once; a token lives until somebody takes it back.

use async_trait::async_trait;
use oauth2::AuthType;
use reqwest::Method;
use serde_json::json;
use url::Url;

use super::{Asked, Mastodon, wire};
use crate::{
    base::{Language, text},
    channels::{
        Ability, Problem, ProblemKind,
        answer::host,
        connection::{Consent, Fresh, Grant, Identity},
        oauth::{App, Endpoints, LogIn, Wanted},
    },
};

/// What we ask for, and no more (R31).
pub const SCOPES: [Wanted; 4] = [
    Wanted {
        scope: "write:statuses",
        key: "channel-scope-publish",
        purpose: "channel-scope-publish-for",
        required: true,
    },
    Wanted {
        scope: "write:media",
        key: "channel-scope-media",
        purpose: "channel-scope-media-for",
        required: true,
    },
    Wanted {
        scope: "read:accounts",
        key: "channel-scope-identify",
        purpose: "channel-scope-identify-for",
        required: true,
    },
    Wanted {
        scope: "read:statuses",
        key: "channel-scope-read-back",
        purpose: "channel-scope-read-back-for",
        required: false,
    },
];

/// Whether what was granted covers a right: the whole family (`write`) covers each of it. `profile` is
/// the newer name of reading one's own account.
pub fn covers(granted: &[String], scope: &str) -> bool {
    let family = scope.split(':').next().unwrap_or(scope);
    granted.iter().any(|g| g == scope || g == family || (g == "profile" && scope == "read:accounts"))
}

#[async_trait]
impl LogIn for Mastodon {
    fn home(&self) -> Option<Url> {
        None
    }

    fn configured(&self) -> Option<App> {
        None
    }

    async fn greet(&self, at: &Url) -> Result<(), Problem> {
        self.describe(at).await.map(drop)
    }

    async fn register(&self, at: &Url, redirect: &str) -> Result<App, Problem> {
        let scopes = SCOPES.map(|w| w.scope).join(" ");
        let body = json!({
            "client_name": self.app_name,
            "redirect_uris": redirect,
            "scopes": scopes,
            "website": self.website,
        });
        let request = self.call(Method::POST, at, "/api/v1/apps")?.json(&body);
        let answer = self.quiet(request, Asked::Other).await?;
        let app = answer.json::<wire::App>().filter(|a| !a.client_id.is_empty()).ok_or_else(|| {
            answer.problem(ProblemKind::Configuration, "the server registered no app", self.clock.now())
        })?;
        Ok(App { client_id: app.client_id, client_secret: app.client_secret })
    }

    fn endpoints(&self, at: &Url, language: Language) -> Result<Endpoints, Problem> {
        let wrong = |e: url::ParseError| Problem::new(ProblemKind::Configuration, e.to_string());
        Ok(Endpoints {
            authorize: at.join("/oauth/authorize").map_err(wrong)?,
            token: at.join("/oauth/token").map_err(wrong)?,
            id_name: "client_id",
            separator: " ",
            pkce: true,
            auth: AuthType::RequestBody,
            extra: vec![
                // so that the person chooses the account and does not get whichever is logged in
                ("force_login", "true".to_owned()),
                ("lang", language.code().to_owned()),
            ],
        })
    }

    async fn allows(&self, identity: &Identity, _grant: &Grant) -> Result<Ability, Problem> {
        self.describe(&identity.base_url).await
    }
}

#[async_trait]
impl Consent for Mastodon {
    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        let request =
            self.call(Method::GET, at, "/api/v1/accounts/verify_credentials")?.bearer_auth(&grant.access);
        let answer = self.quiet(request, Asked::Other).await?;
        let said = answer.json::<wire::Account>().filter(|a| !a.id.is_empty() && !a.username.is_empty());
        let said = said.ok_or_else(|| {
            answer.problem(ProblemKind::Configuration, "the answer names no account", self.clock.now())
        })?;
        let host = host(at);
        Ok(Identity {
            remote_id: format!("{}@{host}", text::shorten(&said.id, 64)),
            handle: format!("@{}@{host}", text::shorten(&text::line(&said.username), 64)),
            display_name: text::shorten(&text::line(&said.display_name), 100),
            base_url: at.clone(),
        })
    }

    /// Tokens of these servers do not run out, so there is nothing to renew.
    async fn renew(&self, _at: &Url, _remote_id: &str, _grant: &Grant) -> Result<Fresh, Problem> {
        Err(Problem::new(ProblemKind::Reconnect, "the token has run out and cannot be renewed"))
    }

    async fn revoke(&self, at: &Url, grant: &Grant) -> Result<(), Problem> {
        let request = self.call(Method::POST, at, "/oauth/revoke")?.form(&[
            ("client_id", grant.client_id.as_str()),
            ("client_secret", grant.client_secret.as_str()),
            ("token", grant.access.as_str()),
        ]);
        match self.quiet(request, Asked::Other).await {
            Ok(_) => Ok(()),
            // the server does not know the app or the token: as good
            Err(problem) if matches!(problem.status, Some(400 | 401 | 403 | 404 | 422)) => Ok(()),
            Err(problem) => Err(problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_covers_each_of_it() {
        let granted = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(covers(&granted("read write"), "write:statuses"));
        assert!(covers(&granted("profile write:media"), "read:accounts"));
        assert!(covers(&granted("write:media"), "write:media"));
        assert!(!covers(&granted("read write:media"), "write:statuses"));
        assert!(!covers(&granted("profile"), "read:statuses"));
        assert!(!covers(&granted("writer"), "write:statuses"));
    }
}
