//! Somebody at a browser without a window: keeps the cookie, reads the token out of pages, posts forms.

use opslag::{
    accounts::{self, Role},
    base::id::{UnitId, UserId},
    postings::Posting,
};
use reqwest::{Client, Response, StatusCode, header::HeaderMap, redirect::Policy};

use super::{TestApp, app::PASSWORD};

/// A telephone's browser.
pub const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";

/// Trusts a proxy on this machine, so that visitors come from many places.
pub fn proxied(config: &mut opslag::config::Config) {
    config.server.trusted_proxies = vec![std::net::Ipv4Addr::LOCALHOST.into()];
}

/// A browser without a window.
pub struct Browser {
    client: Client,
    url: String,
    cookie: Option<String>,
    csrf: String,
}

/// A page as it came.
pub struct Seen {
    pub status: StatusCode,
    pub location: Option<String>,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    /// Nobody.
    pub fn new(app: &TestApp) -> Self {
        Self::with_headers(app, HeaderMap::new())
    }

    /// Nobody, from this address and with this program, behind the proxy that [`proxied`] trusts.
    pub fn visiting(app: &TestApp, address: &str, program: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", address.parse().unwrap());
        headers.insert("user-agent", program.parse().unwrap());
        Self::with_headers(app, headers)
    }

    fn with_headers(app: &TestApp, headers: HeaderMap) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(Policy::none()).no_proxy().default_headers(headers);
        Self { client: client.build().unwrap(), url: app.url.clone(), cookie: None, csrf: String::new() }
    }

    /// Logs in with the test password.
    pub async fn log_in(&mut self, email: &str) -> Seen {
        let seen = self.post_raw("/log-ind", &[("email", email), ("password", PASSWORD)]).await;
        if let Some(set) = seen.headers.get("set-cookie") {
            self.cookie = Some(set.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        seen
    }

    pub async fn get(&mut self, path: &str) -> Seen {
        let request = self.with_cookie(self.client.get(self.at(path)));
        let seen = read(request.send().await.unwrap()).await;
        if let Some(token) = seen.body.split("name=\"_csrf\" value=\"").nth(1) {
            self.csrf = token.split('"').next().unwrap().to_owned();
        }
        seen
    }

    /// Posts a form with the token of the last page seen.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let csrf = self.csrf.clone();
        let mut all = vec![("_csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.post_raw(path, &all).await
    }

    /// A bare request by method, without a body.
    pub async fn call(&self, method: &str, path: &str) -> Seen {
        let method = method.to_uppercase().parse().unwrap();
        read(self.with_cookie(self.client.request(method, self.at(path))).send().await.unwrap()).await
    }

    /// Posts exactly these fields.
    pub async fn post_raw(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        read(self.with_cookie(self.client.post(self.at(path))).form(fields).send().await.unwrap()).await
    }

    /// Posts a multipart form.
    pub async fn post_files(&self, path: &str, form: reqwest::multipart::Form) -> Seen {
        let form = if self.csrf.is_empty() { form } else { form.text("_csrf", self.csrf.clone()) };
        read(self.with_cookie(self.client.post(self.at(path))).multipart(form).send().await.unwrap()).await
    }

    /// Any request, with the cookie.
    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.with_cookie(self.client.request(method, self.at(path)))
    }

    /// The token staff forms carry.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    pub fn at(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.url) }
    }

    fn with_cookie(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }
}

async fn read(response: Response) -> Seen {
    let status = response.status();
    let headers = response.headers().clone();
    let location = headers.get("location").map(|l| l.to_str().unwrap().to_owned());
    Seen { status, location, headers, body: response.text().await.unwrap_or_default() }
}

impl TestApp {
    /// A new person with this role in this unit, logged in and holding a form token.
    pub async fn browser(&self, role: Role, unit: UnitId) -> Browser {
        let user = self.person(role.word(), role, unit).await;
        self.logged_in(user).await
    }

    /// A new person with a seat in the panel of this posting who has accepted confidentiality, logged in.
    pub async fn panel_member(&self, posting: &Posting) -> Browser {
        let (unit, id) = (posting.content.unit, posting.id);
        let user = self.person("panel", Role::PanelMember, unit).await;
        let k = self.kit.clone();
        let seat = move |c: &mut opslag::db::Conn| {
            accounts::give_role(c, &k, user, unit, Role::PanelMember, Some(id))?;
            accounts::bars::pledge(c, &k, user, id)?;
            Ok::<_, accounts::AccountError>(())
        };
        self.kit.db.write(seat).await.unwrap();
        self.logged_in(user).await
    }

    /// Somebody who is there already, logged in and holding a form token.
    pub async fn logged_in(&self, user: UserId) -> Browser {
        let email =
            self.kit.db.read(move |c| Ok::<_, opslag::db::DbError>(accounts_email(c, user))).await.unwrap();
        // from an own address, behind a trusted proxy: one door lets in ten a minute
        let mut headers = HeaderMap::new();
        let n = self.kit.chance.below(1 << 24);
        let address = format!("10.{}.{}.{}", n >> 16, (n >> 8) & 255, n & 255);
        headers.insert("x-forwarded-for", address.parse().unwrap());
        let mut browser = Browser::with_headers(self, headers);
        let seen = browser.log_in(&email).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
        browser.get("/start").await;
        browser
    }

    pub async fn recruiter(&self) -> Browser {
        self.browser(Role::Recruiter, self.organisation).await
    }
}

fn accounts_email(c: &mut opslag::db::Conn, user: UserId) -> String {
    accounts::users(c).unwrap().into_iter().find(|u| u.id == user).unwrap().email
}
