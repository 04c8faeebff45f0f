//! Consent: a person logs in, and the pages that they may post on come back, each with a token of its own. Such a
//! token has no end; it dies with the person's password, role, or yes.

use async_trait::async_trait;
use oauth2::AuthType;
use reqwest::Method;
use serde::Deserialize;
use url::Url;

use super::Facebook;
use crate::{
    base::{Language, text},
    channels::{
        Ability, Problem, ProblemKind,
        connection::{Consent, Fresh, Grant, Identity},
        graph::Asked,
        oauth::{App, Candidate, Endpoints, ExchangeError, LogIn, Received, Wanted},
    },
};

/// Writing under a post.
pub const COMMENT: &str = "pages_manage_engagement";

/// What we ask for, and no more (R31).
pub const SCOPES: [Wanted; 6] = [
    Wanted {
        scope: "pages_show_list",
        key: "channel-scope-pages",
        purpose: "channel-scope-pages-for",
        required: true,
    },
    Wanted {
        scope: "pages_manage_posts",
        key: "channel-scope-publish",
        purpose: "channel-scope-publish-for",
        required: true,
    },
    Wanted {
        scope: "pages_read_engagement",
        key: "channel-scope-identify",
        purpose: "channel-scope-identify-for",
        required: true,
    },
    Wanted {
        scope: "publish_video",
        key: "channel-scope-film",
        purpose: "channel-scope-film-for",
        required: false,
    },
    Wanted {
        scope: "read_insights",
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
];

/// How many pages of the list are read, a hundred in each.
const LISTS: usize = 10;

/// A page in the list of those a person has something to do with, or the page whose token it is. No `Debug`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Page {
    id: String,
    name: String,
    username: String,
    tasks: Option<Vec<String>>,
    access_token: String,
}

impl Page {
    fn identity(&self, at: &Url) -> Identity {
        let handle = if self.username.is_empty() { &self.id } else { &self.username };
        Identity {
            remote_id: text::shorten(&self.id, 64),
            handle: text::shorten(&text::line(handle), 64),
            display_name: text::shorten(&text::line(&self.name), 100),
            base_url: at.clone(),
        }
    }
    /// Whether the person may post there, as far as the list says.
    fn may_post(&self) -> bool {
        self.tasks.as_ref().is_none_or(|tasks| tasks.iter().any(|t| t == "CREATE_CONTENT" || t == "MANAGE"))
    }
}

#[async_trait]
impl LogIn for Facebook {
    fn home(&self) -> Option<Url> {
        Some(self.graph.home())
    }

    fn configured(&self) -> Option<App> {
        self.graph.app()
    }

    fn endpoints(&self, at: &Url, _language: Language) -> Result<Endpoints, Problem> {
        let log_in = self.graph.hosts(at).log_in;
        Ok(Endpoints {
            authorize: self.graph.place(&log_in, "dialog/oauth")?,
            token: self.graph.place(at, "oauth/access_token")?,
            id_name: "client_id",
            separator: ",",
            pkce: false,
            auth: AuthType::RequestBody,
            // asks again for what was refused before, so that a second try can end otherwise
            extra: vec![("auth_type", "rerequest".to_owned())],
        })
    }

    async fn exchange(
        &self,
        at: &Url,
        app: &App,
        redirect: &str,
        code: &str,
    ) -> Option<Result<Fresh, ExchangeError>> {
        Some(self.graph.exchange(at, app, redirect, code).await)
    }

    async fn receive(&self, at: &Url, app: &App, fresh: Fresh) -> Result<Received, Problem> {
        // with a person's long token a page's has no end
        let long = self.graph.lengthen(at, app, &fresh).await?;
        let granted = self.graph.granted(at, &long.grant).await?;
        let owner = self.graph.person(at, &long.grant).await?;
        let list = || {
            let call = self.graph.call_with(at, &long.grant, Method::GET, "me/accounts")?;
            Ok(call.query(&[("fields", "id,name,username,tasks,access_token"), ("limit", "100")]))
        };
        let pages: Vec<Page> = self.graph.pages(list, LISTS).await?;
        let usable = |page: &Page| !page.id.is_empty() && !page.access_token.is_empty() && page.may_post();
        let accounts = pages
            .into_iter()
            .filter(usable)
            .map(|page| Candidate {
                identity: page.identity(at),
                fresh: Fresh {
                    grant: Grant {
                        access: page.access_token,
                        client_id: app.client_id.clone(),
                        client_secret: app.client_secret.clone(),
                        owner: owner.clone(),
                        ..Grant::default()
                    },
                    expires_at: None,
                },
            })
            .collect();
        Ok(Received { accounts, granted })
    }

    async fn allows(&self, _identity: &Identity, _grant: &Grant) -> Result<Ability, Problem> {
        Ok(self.ability.clone())
    }
}

#[async_trait]
impl Consent for Facebook {
    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        let request =
            self.graph.call_with(at, grant, Method::GET, "me")?.query(&[("fields", "id,name,username")]);
        let page: Page = self.graph.read(request, Asked::Other).await?;
        if page.id.is_empty() {
            return Err(Problem::new(ProblemKind::Configuration, "the answer names no page"));
        }
        Ok(page.identity(at))
    }

    /// A page's token does not run out, so there is nothing to renew.
    async fn renew(&self, _at: &Url, _remote_id: &str, _grant: &Grant) -> Result<Fresh, Problem> {
        Err(Problem::new(ProblemKind::Reconnect, "the token has run out and cannot be renewed"))
    }

    async fn revoke(&self, at: &Url, grant: &Grant) -> Result<(), Problem> {
        self.graph.give_back(at, grant).await
    }
}
