//! A channel with one home, at which operations set up an app of ours. A practice world in its place has an address of
//! its own, and never gets to see that app.

use oauth2::AuthType;
use reqwest::Method;
use url::Url;

use super::{
    Fresh, Grant, Problem, ProblemKind,
    answer::{Answer, ask, host},
    oauth::{self, App, Endpoints},
};
use crate::{
    base::Instant,
    config::{self, Platform},
    kit::Kit,
    outbound::RequestBuilder,
};

/// Where such a channel is, and what we are there. Cheap to clone.
#[derive(Clone)]
pub struct Place {
    kit: Kit,
    platform: fn(&config::Channels) -> &Platform,
}

fn wrong(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(ProblemKind::Configuration, error.to_string())
}

impl Place {
    /// As configured.
    pub fn new(kit: &Kit, platform: fn(&config::Channels) -> &Platform) -> Self {
        Self { kit: kit.clone(), platform }
    }
    /// What operations set up.
    pub fn platform(&self) -> &Platform {
        (self.platform)(&self.kit.config.channels)
    }
    /// The whole configuration.
    pub fn config(&self) -> &config::Config {
        &self.kit.config
    }
    /// The time.
    pub fn now(&self) -> Instant {
        self.kit.clock.now()
    }
    /// Whether an address is the channel itself, and not a practice world.
    pub fn is_home(&self, at: &Url) -> bool {
        *at == self.platform().api
    }
    /// Our app; none before operations have set it up.
    pub fn app(&self) -> Option<App> {
        let platform = self.platform();
        (!platform.client_id.is_empty()).then(|| App {
            client_id: platform.client_id.clone(),
            client_secret: platform.client_secret.clone(),
        })
    }
    /// The app a grant belongs to, with the secret as it is today: operations may have changed it.
    pub fn app_of(&self, at: &Url, grant: &Grant) -> App {
        match self.app().filter(|app| self.is_home(at) && app.client_id == grant.client_id) {
            Some(app) => app,
            None => App { client_id: grant.client_id.clone(), client_secret: grant.client_secret.clone() },
        }
    }
    /// Where a person logs in: a practice world does everything at one address.
    pub fn log_in_at(&self, at: &Url) -> Url {
        if self.is_home(at) { self.platform().log_in.clone() } else { at.clone() }
    }
    /// Where files are sent: likewise.
    pub fn upload_at(&self, at: &Url) -> Url {
        if self.is_home(at) { self.platform().upload.clone() } else { at.clone() }
    }
    /// An account's name here: as the channel says it, and at a practice world with that world's address, so that the
    /// two are never taken for each other.
    pub fn own_name(&self, at: &Url, id: &str) -> String {
        if self.is_home(at) { id.to_owned() } else { format!("{id}@{}", host(at)) }
    }
    /// A call of an address that may be called.
    pub fn call_url(&self, method: Method, url: Url) -> Result<RequestBuilder, Problem> {
        self.kit.outbound.check(&url).map_err(|error| wrong(&error))?;
        Ok(self.kit.outbound.client().request(method, url))
    }
    /// A call below an address.
    pub fn call(&self, method: Method, at: &Url, path: &str) -> Result<RequestBuilder, Problem> {
        self.call_url(method, at.join(path).map_err(|error| wrong(&error))?)
    }
    /// Consent the usual way: addresses at the log-in's and the API's host.
    pub fn endpoints(&self, log_in: (&Url, &str), token: (&Url, &str)) -> Result<Endpoints, Problem> {
        Ok(Endpoints {
            authorize: log_in.0.join(log_in.1).map_err(|error| wrong(&error))?,
            token: token.0.join(token.1).map_err(|error| wrong(&error))?,
            id_name: "client_id",
            separator: " ",
            pkce: false,
            auth: AuthType::RequestBody,
            extra: Vec::new(),
        })
    }
    /// A new token for a refresh token.
    pub async fn refresh(&self, at: &Url, ends: &Endpoints, grant: &Grant) -> Result<Fresh, Problem> {
        if grant.refresh.is_empty() {
            return Err(Problem::new(
                ProblemKind::Reconnect,
                "the token has run out and there is none to renew it with",
            ));
        }
        oauth::refresh(&self.kit, ends, &self.app_of(at, grant), grant).await
    }
    /// A call that shows nobody anything: its answer, or why there is none.
    pub async fn quiet(
        &self,
        request: RequestBuilder,
        judge: impl FnOnce(&Answer, Instant) -> Problem,
    ) -> Result<Answer, Problem> {
        let answer = ask(request).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(judge(&answer, self.now())) }
    }
}

/// The peer's own name of an account, of `name` or `name@host`.
pub fn bare(remote_id: &str) -> &str {
    remote_id.split_once('@').map_or(remote_id, |(name, _)| name)
}
