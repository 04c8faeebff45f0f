//! Consent at Meta: a code becomes a token of an hour, that one a token of two months, and the Graph says which
//! rights a person gave. It speaks OAuth 2 in its own words, so the exchange stands here.

use std::time::Duration;

use reqwest::Method;
use serde::Deserialize;
use url::Url;

use super::{Asked, Graph, said, signed};
use crate::channels::{
    Problem, ProblemKind,
    answer::ask,
    connection::{Fresh, Grant},
    oauth::{App, ExchangeError},
};

/// A token as the Graph hands it out. No `Debug`: it holds it.
#[derive(Deserialize)]
struct Token {
    access_token: String,
    expires_in: Option<u64>,
}

#[derive(Deserialize)]
struct Permission {
    permission: String,
    status: String,
}

/// Who somebody is.
#[derive(Deserialize)]
struct Person {
    id: String,
}

impl Graph {
    /// A code that came back, exchanged for a person's token.
    pub async fn exchange(
        &self,
        at: &Url,
        app: &App,
        redirect: &str,
        code: &str,
    ) -> Result<Fresh, ExchangeError> {
        let request = self.call(Method::GET, at, "oauth/access_token")?.query(&[
            ("client_id", app.client_id.as_str()),
            ("client_secret", app.client_secret.as_str()),
            ("redirect_uri", redirect),
            ("code", code),
        ]);
        let answer = ask(request).await.map_err(Problem::from)?;
        if !answer.status.is_success() {
            let said = said(&answer);
            if said.code == 100 && said.message.to_lowercase().contains("code") {
                return Err(ExchangeError::UsedUp);
            }
            return Err(self.problem(&answer, Asked::Other).into());
        }
        // what it said instead may hold a token, so it is not repeated
        let token: Token = answer.json().ok_or_else(|| {
            Problem::new(ProblemKind::Configuration, "the answer holds no token we can read")
        })?;
        Ok(self.fresh(token, app))
    }

    /// A person's token with a life of two months for one of an hour.
    pub async fn lengthen(&self, at: &Url, app: &App, fresh: &Fresh) -> Result<Fresh, Problem> {
        let request = self.call(Method::GET, at, "oauth/access_token")?.query(&[
            ("grant_type", "fb_exchange_token"),
            ("client_id", app.client_id.as_str()),
            ("client_secret", app.client_secret.as_str()),
            ("fb_exchange_token", fresh.grant.access.as_str()),
        ]);
        let token: Token = self.read(request, Asked::Other).await?;
        Ok(self.fresh(token, app))
    }

    fn fresh(&self, token: Token, app: &App) -> Fresh {
        let now = self.clock.now();
        Fresh {
            grant: Grant {
                access: token.access_token,
                client_id: app.client_id.clone(),
                client_secret: app.client_secret.clone(),
                ..Grant::default()
            },
            expires_at: token.expires_in.filter(|life| *life > 0).map(|life| now + Duration::from_secs(life)),
        }
    }

    /// A call with a token that belongs to no connected account yet.
    pub fn call_with(
        &self,
        at: &Url,
        grant: &Grant,
        method: Method,
        path: &str,
    ) -> Result<reqwest::RequestBuilder, Problem> {
        Ok(signed(self.call(method, at, path)?, &grant.access, &grant.client_secret))
    }

    /// The rights a person gave.
    pub async fn granted(&self, at: &Url, grant: &Grant) -> Result<Vec<String>, Problem> {
        let all = || self.call_with(at, grant, Method::GET, "me/permissions");
        let given: Vec<Permission> = self.pages(all, 3).await?;
        Ok(given.into_iter().filter(|p| p.status == "granted").map(|p| p.permission).collect())
    }

    /// The number of the person whose token it is.
    pub async fn person(&self, at: &Url, grant: &Grant) -> Result<String, Problem> {
        let request = self.call_with(at, grant, Method::GET, "me")?.query(&[("fields", "id")]);
        Ok(self.read::<Person>(request, Asked::Other).await?.id)
    }

    /// Takes everything back that a person gave our app, by the app's own right.
    pub async fn give_back(&self, at: &Url, grant: &Grant) -> Result<(), Problem> {
        if grant.owner.is_empty() {
            return Ok(());
        }
        let by = format!("{}|{}", grant.client_id, grant.client_secret);
        let request = self.call(Method::DELETE, at, &format!("{}/permissions", grant.owner))?.bearer_auth(by);
        let answer = ask(request).await?;
        // one that the Graph does not know any more is as good
        if answer.status.is_success() || super::is_verdict(&answer) {
            return Ok(());
        }
        Err(self.problem(&answer, Asked::Other))
    }
}
