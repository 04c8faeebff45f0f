//! Consent: a person logs in at Threads, and one profile comes back. Its token lives two months and is renewed with
//! itself, once it is a day old.

use std::time::Duration;

use async_trait::async_trait;
use oauth2::AuthType;
use reqwest::Method;
use serde::Deserialize;
use url::Url;

use super::Threads;
use crate::{
    base::{Language, text},
    channels::{
        Ability, Problem, ProblemKind,
        answer::ask,
        connection::{Consent, Fresh, Grant, Identity},
        graph::{Asked, said},
        oauth::{App, Candidate, Endpoints, ExchangeError, LogIn, Received, Wanted},
    },
};

/// Writing under a post.
pub const COMMENT: &str = "threads_manage_replies";

/// What we ask for, and no more (R31).
pub const SCOPES: [Wanted; 6] = [
    Wanted {
        scope: "threads_basic",
        key: "channel-scope-identify",
        purpose: "channel-scope-identify-for",
        required: true,
    },
    Wanted {
        scope: "threads_content_publish",
        key: "channel-scope-publish",
        purpose: "channel-scope-publish-for",
        required: true,
    },
    Wanted {
        scope: "threads_delete",
        key: "channel-scope-withdraw",
        purpose: "channel-scope-withdraw-for",
        required: false,
    },
    Wanted {
        scope: "threads_manage_insights",
        key: "channel-scope-measure",
        purpose: "channel-scope-measure-for",
        required: false,
    },
    Wanted {
        scope: COMMENT,
        key: "channel-scope-comment",
        purpose: "channel-scope-comment-for",
        required: false,
    },
    Wanted {
        scope: "threads_read_replies",
        key: "channel-scope-read-comments",
        purpose: "channel-scope-read-comments-for",
        required: false,
    },
];

/// A token as Threads hands it out. No `Debug`: it holds it.
#[derive(Deserialize)]
struct Token {
    access_token: String,
    expires_in: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Person {
    id: String,
    username: String,
    name: String,
}

impl Threads {
    async fn person(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        let request =
            self.graph.call_with(at, grant, Method::GET, "me")?.query(&[("fields", "id,username,name")]);
        let person: Person = self.graph.read(request, Asked::Other).await?;
        if person.id.is_empty() {
            return Err(Problem::new(ProblemKind::Configuration, "the answer names no profile"));
        }
        Ok(Identity {
            remote_id: text::shorten(&person.id, 64),
            handle: text::shorten(&text::line(&person.username), 64),
            display_name: text::shorten(&text::line(&person.name), 100),
            base_url: at.clone(),
        })
    }

    fn fresh(&self, token: Token, app: &App, scopes: &str) -> Fresh {
        let now = self.graph.clock.now();
        Fresh {
            grant: Grant {
                access: token.access_token,
                client_id: app.client_id.clone(),
                client_secret: app.client_secret.clone(),
                scopes: scopes.to_owned(),
                ..Grant::default()
            },
            expires_at: token.expires_in.map(|life| now + Duration::from_secs(life)),
        }
    }
}

#[async_trait]
impl LogIn for Threads {
    fn home(&self) -> Option<Url> {
        Some(self.graph.home())
    }

    fn configured(&self) -> Option<App> {
        self.graph.app()
    }

    fn pulls(&self) -> bool {
        true
    }

    fn endpoints(&self, at: &Url, _language: Language) -> Result<Endpoints, Problem> {
        let wrong = |e: url::ParseError| Problem::new(ProblemKind::Configuration, e.to_string());
        Ok(Endpoints {
            authorize: self.graph.hosts(at).log_in.join("/oauth/authorize").map_err(wrong)?,
            token: at.join("/oauth/access_token").map_err(wrong)?,
            id_name: "client_id",
            separator: ",",
            pkce: false,
            auth: AuthType::RequestBody,
            extra: Vec::new(),
        })
    }

    async fn exchange(
        &self,
        at: &Url,
        app: &App,
        redirect: &str,
        code: &str,
    ) -> Option<Result<Fresh, ExchangeError>> {
        Some(self.exchanged(at, app, redirect, code).await)
    }

    async fn receive(&self, at: &Url, app: &App, fresh: Fresh) -> Result<Received, Problem> {
        let request = self.graph.bare(Method::GET, at, "access_token")?.query(&[
            ("grant_type", "th_exchange_token"),
            ("client_secret", app.client_secret.as_str()),
            ("access_token", fresh.grant.access.as_str()),
        ]);
        let token: Token = self.graph.read(request, Asked::Other).await?;
        let long = self.fresh(token, app, &fresh.grant.scopes);
        let granted = fresh.grant.scopes.split_whitespace().map(str::to_owned).collect();
        let identity = self.person(at, &long.grant).await?;
        Ok(Received { accounts: vec![Candidate { identity, fresh: long }], granted })
    }

    async fn allows(&self, _identity: &Identity, _grant: &Grant) -> Result<Ability, Problem> {
        Ok(self.ability.clone())
    }
}

impl Threads {
    async fn exchanged(
        &self,
        at: &Url,
        app: &App,
        redirect: &str,
        code: &str,
    ) -> Result<Fresh, ExchangeError> {
        let request = self.graph.bare(Method::POST, at, "oauth/access_token")?.form(&[
            ("client_id", app.client_id.as_str()),
            ("client_secret", app.client_secret.as_str()),
            ("grant_type", "authorization_code"),
            ("redirect_uri", redirect),
            // it comes with a tail that is no part of it
            ("code", code.trim_end_matches("#_")),
        ]);
        let answer = ask(request).await.map_err(Problem::from)?;
        if !answer.status.is_success() {
            if said(&answer).message.to_lowercase().contains("code") {
                return Err(ExchangeError::UsedUp);
            }
            return Err(self.graph.problem(&answer, Asked::Other).into());
        }
        // what it said instead may hold a token, so it is not repeated
        let token: Token = answer.json().ok_or_else(|| {
            Problem::new(ProblemKind::Configuration, "the answer holds no token we can read")
        })?;
        // it does not say which rights were given: all that were asked for, or none
        let scopes = SCOPES.map(|wanted| wanted.scope).join(" ");
        Ok(self.fresh(token, app, &scopes))
    }
}

#[async_trait]
impl Consent for Threads {
    /// With itself.
    fn renews(&self, _grant: &Grant) -> bool {
        true
    }

    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        self.person(at, grant).await
    }

    async fn renew(&self, at: &Url, _remote_id: &str, grant: &Grant) -> Result<Fresh, Problem> {
        let request = self
            .graph
            .bare(Method::GET, at, "refresh_access_token")?
            .query(&[("grant_type", "th_refresh_token"), ("access_token", grant.access.as_str())]);
        let token: Token = self.graph.read(request, Asked::Other).await?;
        let app = App { client_id: grant.client_id.clone(), client_secret: grant.client_secret.clone() };
        Ok(self.fresh(token, &app, ""))
    }

    /// Threads has no call for it: a person takes the access back in its settings.
    async fn revoke(&self, _at: &Url, _grant: &Grant) -> Result<(), Problem> {
        Ok(())
    }
}
