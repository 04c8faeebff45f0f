//! Consent by OAuth 2. For pages and for persons it is asked apart, each with no more than it needs (R31): a token that
//! asks for another set of rights ends the one before. It lives sixty days, and only some apps may renew it.

use async_trait::async_trait;
use reqwest::Method;
use url::Url;

use super::{Asked, Linkedin, Who, problem, wire};
use crate::{
    base::{Language, text},
    channels::{
        Ability, Class, Problem, ProblemKind,
        connection::{Consent, Fresh, Grant, Identity},
        oauth::{App, Candidate, Endpoints, LogIn, Received, Wanted},
    },
};

/// Reading a page's own posts.
const READ_BACK: &str = "r_organization_social";

/// What we ask for to publish on a page.
pub const PAGE_SCOPES: [Wanted; 3] = [
    Wanted {
        scope: "w_organization_social",
        key: "channel-scope-publish",
        purpose: "channel-scope-publish-for",
        required: true,
    },
    Wanted {
        scope: "rw_organization_admin",
        key: "channel-scope-pages",
        purpose: "channel-scope-pages-for",
        required: true,
    },
    Wanted {
        scope: READ_BACK,
        key: "channel-scope-read-back",
        purpose: "channel-scope-read-back-for",
        required: false,
    },
];

/// What we ask for to publish as a person.
pub const MEMBER_SCOPES: [Wanted; 3] = [
    Wanted {
        scope: "w_member_social",
        key: "channel-scope-publish",
        purpose: "channel-scope-publish-for",
        required: true,
    },
    Wanted {
        scope: "openid",
        key: "channel-scope-identify",
        purpose: "channel-scope-identify-for",
        required: true,
    },
    Wanted { scope: "profile", key: "channel-scope-name", purpose: "channel-scope-name-for", required: true },
];

/// Whoever has one of these parts in a page may publish on it.
const ROLES: [&str; 3] = ["ADMINISTRATOR", "CONTENT_ADMIN", "CONTENT_ADMINISTRATOR"];
/// Most pages that are offered.
const PAGES: usize = 50;

impl Linkedin {
    async fn member(&self, at: &Url, token: &str) -> Result<Identity, Problem> {
        let request = self.place.call(Method::GET, at, "/v2/userinfo")?.bearer_auth(token);
        let answer = self.quiet(request, Asked::Other).await?;
        let said = answer.json::<wire::UserInfo>().filter(|who| is_name(&who.sub)).ok_or_else(|| {
            answer.problem(ProblemKind::Configuration, "the answer names no person", self.place.now())
        })?;
        let name = text::shorten(&text::line(&said.name), 100);
        Ok(Identity {
            remote_id: self.place.own_name(at, &format!("urn:li:person:{}", said.sub)),
            handle: if name.is_empty() { said.sub } else { name.clone() },
            display_name: name,
            base_url: at.clone(),
        })
    }

    /// The pages that whoever said yes may publish on.
    async fn pages(&self, at: &Url, token: &str) -> Result<Vec<Identity>, Problem> {
        let path = "/rest/organizationAcls?q=roleAssignee&state=APPROVED&count=100";
        let answer = self.quiet(self.rest(Method::GET, at, path, token)?, Asked::Other).await?;
        let acls =
            answer.json::<wire::Elements<wire::Acl>>().unwrap_or_default().elements.unwrap_or_default();
        let mut urns: Vec<String> = acls
            .into_iter()
            .filter(|acl| ROLES.contains(&acl.role.as_str()) && acl.state == "APPROVED")
            .map(|acl| acl.organization)
            .filter(|urn| urn.strip_prefix("urn:li:organization:").is_some_and(is_name))
            .collect();
        urns.sort();
        urns.dedup();
        let mut pages = Vec::new();
        for urn in urns.into_iter().take(PAGES) {
            let id = urn.rsplit(':').next().unwrap_or_default();
            let path = format!("/rest/organizations/{id}");
            let answer = self.quiet(self.rest(Method::GET, at, &path, token)?, Asked::Other).await?;
            let said: wire::Organization = answer.json().unwrap_or_default();
            let vanity = text::shorten(&text::line(&said.vanity_name), 100);
            pages.push(Identity {
                handle: if vanity.is_empty() { id.to_owned() } else { vanity },
                display_name: text::shorten(&text::line(&said.localized_name), 100),
                remote_id: self.place.own_name(at, &urn),
                base_url: at.clone(),
            });
        }
        Ok(pages)
    }
}

/// What LinkedIn names things with, and what may stand in an address.
fn is_name(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[async_trait]
impl LogIn for Linkedin {
    fn home(&self) -> Option<Url> {
        Some(self.place.platform().api.clone())
    }

    fn configured(&self) -> Option<App> {
        self.place.app()
    }

    fn endpoints(&self, at: &Url, _language: Language) -> Result<Endpoints, Problem> {
        let log_in = self.place.log_in_at(at);
        self.place.endpoints((&log_in, "/oauth/v2/authorization"), (&log_in, "/oauth/v2/accessToken"))
    }

    async fn receive(&self, at: &Url, _app: &App, fresh: Fresh) -> Result<Received, Problem> {
        let granted = fresh.grant.scopes.split_whitespace().map(str::to_owned).collect();
        let identities = match self.who {
            Who::Member => vec![self.member(at, &fresh.grant.access).await?],
            Who::Page => self.pages(at, &fresh.grant.access).await?,
        };
        let accounts =
            identities.into_iter().map(|identity| Candidate { identity, fresh: fresh.clone() }).collect();
        Ok(Received { accounts, granted })
    }

    /// Without the right to read its posts a page is as blind as a person.
    async fn allows(&self, _identity: &Identity, grant: &Grant) -> Result<Ability, Problem> {
        let usual = Ability::configured(self.kind_of(), self.place.config());
        let reads = grant.scopes.split_whitespace().any(|scope| scope == READ_BACK);
        let class = if reads && self.who == Who::Page { Class::RefusesDuplicates } else { Class::Blind };
        Ok(Ability { class, ..usual })
    }
}

#[async_trait]
impl Consent for Linkedin {
    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        match self.who {
            Who::Member => self.member(at, &grant.access).await,
            Who::Page => self.pages(at, &grant.access).await?.into_iter().next().ok_or_else(|| {
                Problem::new(ProblemKind::Permission, "there is no page that this person may publish on")
            }),
        }
    }

    async fn renew(&self, at: &Url, _remote_id: &str, grant: &Grant) -> Result<Fresh, Problem> {
        self.place.refresh(at, &self.endpoints(at, Language::default())?, grant).await
    }

    async fn revoke(&self, at: &Url, grant: &Grant) -> Result<(), Problem> {
        let app = self.place.app_of(at, grant);
        let request = self.place.call(Method::POST, &self.place.log_in_at(at), "/oauth/v2/revoke")?.form(&[
            ("client_id", app.client_id.as_str()),
            ("client_secret", app.client_secret.as_str()),
            ("token", grant.access.as_str()),
        ]);
        match self.place.quiet(request, |answer, now| problem(answer, Asked::Other, now)).await {
            Ok(_) => Ok(()),
            // it does not know the app or the token: as good
            Err(problem) if matches!(problem.status, Some(400 | 401 | 403 | 404)) => Ok(()),
            Err(problem) => Err(problem),
        }
    }
}
