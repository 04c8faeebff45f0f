//! Consent: a person logs in at Facebook, and the professional accounts that are linked with their pages come back,
//! each opened by its page's token, which has no end.

use async_trait::async_trait;
use oauth2::AuthType;
use reqwest::Method;
use serde::Deserialize;
use url::Url;

use super::Instagram;
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
pub const COMMENT: &str = "instagram_manage_comments";

/// What we ask for, and no more (R31).
pub const SCOPES: [Wanted; 6] = [
    Wanted {
        scope: "pages_show_list",
        key: "channel-scope-pages",
        purpose: "channel-scope-linked-for",
        required: true,
    },
    Wanted {
        scope: "instagram_basic",
        key: "channel-scope-identify",
        purpose: "channel-scope-identify-for",
        required: true,
    },
    Wanted {
        scope: "instagram_content_publish",
        key: "channel-scope-publish",
        purpose: "channel-scope-publish-for",
        required: true,
    },
    Wanted {
        scope: "pages_read_engagement",
        key: "channel-scope-read-page",
        purpose: "channel-scope-linked-for",
        required: true,
    },
    Wanted {
        scope: "instagram_manage_insights",
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

/// A page, and the account that is linked with it. No `Debug`: it holds a token.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Page {
    name: String,
    access_token: String,
    instagram_business_account: Option<Linked>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Linked {
    id: String,
    username: String,
    name: String,
}

impl Linked {
    fn identity(&self, at: &Url, page: &str) -> Identity {
        let name = if self.name.is_empty() { page } else { &self.name };
        Identity {
            remote_id: text::shorten(&self.id, 64),
            handle: text::shorten(&text::line(&self.username), 64),
            display_name: text::shorten(&text::line(name), 100),
            base_url: at.clone(),
        }
    }
}

#[async_trait]
impl LogIn for Instagram {
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
        let log_in = self.graph.hosts(at).log_in;
        Ok(Endpoints {
            authorize: self.graph.place(&log_in, "dialog/oauth")?,
            token: self.graph.place(at, "oauth/access_token")?,
            id_name: "client_id",
            separator: ",",
            pkce: false,
            auth: AuthType::RequestBody,
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
        let long = self.graph.lengthen(at, app, &fresh).await?;
        let granted = self.graph.granted(at, &long.grant).await?;
        let owner = self.graph.person(at, &long.grant).await?;
        let fields = "name,access_token,instagram_business_account{id,username,name}";
        let list = || {
            let call = self.graph.call_with(at, &long.grant, Method::GET, "me/accounts")?;
            Ok(call.query(&[("fields", fields), ("limit", "100")]))
        };
        let pages: Vec<Page> = self.graph.pages(list, LISTS).await?;
        let accounts = pages
            .into_iter()
            .filter_map(|page| {
                let linked = page.instagram_business_account.filter(|account| !account.id.is_empty())?;
                let grant = Grant {
                    access: page.access_token,
                    client_id: app.client_id.clone(),
                    client_secret: app.client_secret.clone(),
                    owner: owner.clone(),
                    ..Grant::default()
                };
                let identity = linked.identity(at, &page.name);
                Some(Candidate { identity, fresh: Fresh { grant, expires_at: None } })
            })
            .collect();
        Ok(Received { accounts, granted })
    }

    async fn allows(&self, _identity: &Identity, _grant: &Grant) -> Result<Ability, Problem> {
        Ok(self.ability.clone())
    }
}

#[async_trait]
impl Consent for Instagram {
    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        let fields = "name,instagram_business_account{id,username,name}";
        let request = self.graph.call_with(at, grant, Method::GET, "me")?.query(&[("fields", fields)]);
        let page: Page = self.graph.read(request, Asked::Other).await?;
        let linked = page.instagram_business_account.filter(|account| !account.id.is_empty());
        let linked = linked.ok_or_else(|| {
            Problem::new(ProblemKind::Configuration, "the page is linked with no professional account")
        })?;
        Ok(linked.identity(at, &page.name))
    }

    /// A page's token does not run out, so there is nothing to renew.
    async fn renew(&self, _at: &Url, _remote_id: &str, _grant: &Grant) -> Result<Fresh, Problem> {
        Err(Problem::new(ProblemKind::Reconnect, "the token has run out and cannot be renewed"))
    }

    async fn revoke(&self, at: &Url, grant: &Grant) -> Result<(), Problem> {
        self.graph.give_back(at, grant).await
    }
}
