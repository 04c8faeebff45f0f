//! What the channels of Meta share: one API (the Graph), one form of errors, one way of saying how much was asked,
//! one log-in. What a single channel does in its own way stands in its own file.

mod answers;
pub(super) mod comments;
mod consent;
mod containers;
mod errors;

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde::{Deserialize, de::DeserializeOwned};
use sha2::Sha256;
use url::Url;

use super::{
    Account, Edited, Problem, ProblemKind, Published,
    answer::{self, Answer, ask},
    oauth::App,
    outcome::Outcome,
};
use crate::{
    base::Clock,
    config::Platform,
    kit::Kit,
    outbound::{Outbound, RequestBuilder},
};

pub(super) use containers::{Containers, Dialect};
pub(super) use errors::{Asked, is_gone, is_verdict, problem, said};

/// The API as one of the channels speaks it. Cheap to clone.
#[derive(Clone)]
pub(super) struct Graph {
    outbound: Outbound,
    pub clock: Clock,
    platform: Platform,
}

/// Where the parts of the API are; a practice world has them all in one place.
pub(super) struct Hosts {
    /// Where people log in and look.
    pub log_in: Url,
    /// Where films are sent.
    pub upload: Url,
}

impl Graph {
    /// As configured for one channel.
    pub fn new(kit: &Kit, platform: &Platform) -> Self {
        Self { outbound: kit.outbound.clone(), clock: kit.clock.clone(), platform: platform.clone() }
    }

    /// Where the API is.
    pub fn home(&self) -> Url {
        self.platform.api.clone()
    }

    /// Our app, when operations have set it up.
    pub fn app(&self) -> Option<App> {
        let Platform { client_id, client_secret, .. } = &self.platform;
        let is_set = !client_id.is_empty();
        is_set.then(|| App { client_id: client_id.clone(), client_secret: client_secret.clone() })
    }

    /// The other parts beside an API.
    pub fn hosts(&self, at: &Url) -> Hosts {
        if *at == self.platform.api {
            Hosts { log_in: self.platform.log_in.clone(), upload: self.platform.upload.clone() }
        } else {
            Hosts { log_in: at.clone(), upload: at.clone() }
        }
    }

    /// A path below a host, in the version that is configured.
    pub fn place(&self, at: &Url, path: &str) -> Result<Url, Problem> {
        let wrong = |e: url::ParseError| Problem::new(ProblemKind::Configuration, e.to_string());
        at.join(&format!("/{}/{path}", self.platform.version)).map_err(wrong)
    }

    /// A call at a path outside the versions.
    pub fn bare(&self, method: Method, at: &Url, path: &str) -> Result<RequestBuilder, Problem> {
        let wrong = |words: String| Problem::new(ProblemKind::Configuration, words);
        let url = at.join(&format!("/{path}")).map_err(|e| wrong(e.to_string()))?;
        self.outbound.check(&url).map_err(|e| wrong(e.to_string()))?;
        Ok(self.outbound.client().request(method, url))
    }

    /// A call without a token.
    pub fn call(&self, method: Method, at: &Url, path: &str) -> Result<RequestBuilder, Problem> {
        let url = self.place(at, path)?;
        self.outbound.check(&url).map_err(|e| Problem::new(ProblemKind::Configuration, e.to_string()))?;
        Ok(self.outbound.client().request(method, url))
    }

    /// A call for an account. The token travels in a header, so that no log on the way holds it; the proof says that
    /// it is we who use it.
    pub fn call_for(&self, account: &Account, method: Method, path: &str) -> Result<RequestBuilder, Problem> {
        self.call_at(&account.base_url, account, method, path)
    }

    /// The same at another host.
    pub fn call_at(
        &self,
        at: &Url,
        account: &Account,
        method: Method,
        path: &str,
    ) -> Result<RequestBuilder, Problem> {
        let practice = App::practice().client_secret;
        let secret = if account.practice { &practice } else { &self.platform.client_secret };
        Ok(signed(self.call(method, at, path)?, &account.token, secret))
    }

    /// What an answer that is no yes means.
    pub fn problem(&self, answer: &Answer, asked: Asked) -> Problem {
        problem(answer, asked, self.clock.now())
    }

    /// A call that shows nobody anything: its answer, or why there is none.
    pub async fn quiet(&self, request: RequestBuilder, asked: Asked) -> Result<Answer, Problem> {
        let answer = ask(request).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(self.problem(&answer, asked)) }
    }

    /// The same, read.
    pub async fn read<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        asked: Asked,
    ) -> Result<T, Problem> {
        let answer = self.quiet(request, asked).await?;
        answer.json().ok_or_else(|| {
            answer.problem(ProblemKind::Unavailable, "the answer cannot be read", self.clock.now())
        })
    }

    /// The call that makes an object, and the number it got. Nobody sees the object.
    pub async fn make(&self, request: RequestBuilder, asked: Asked) -> Result<Made, Problem> {
        let answer = self.quiet(request, asked).await?;
        answer.json::<Made>().filter(|made| !made.id.is_empty()).ok_or_else(|| {
            let words = format!("it said yes and named nothing: {}", answer.excerpt());
            answer.problem(ProblemKind::Unavailable, words, self.clock.now())
        })
    }

    /// The visible call, which shows what was made before. `named` finds in a yes what is now out.
    pub async fn show(
        &self,
        request: Result<RequestBuilder, Problem>,
        asked: Asked,
        named: impl FnOnce(&Answer) -> Option<Published>,
    ) -> Outcome {
        answer::show(request, named, |answer| self.problem(answer, asked), is_verdict).await
    }

    /// What an answer means that is no yes to other words for a post.
    pub fn unchanged(&self, answer: &Answer) -> Edited {
        let said = self.problem(answer, Asked::Text);
        if is_verdict(answer) {
            Edited::Refused(said)
        } else {
            Edited::Unknown { status: Some(answer.status.as_u16()), words: said.words }
        }
    }

    /// A list, page by page, at most `most` pages. The way on is our own address with the peer's mark, never an
    /// address that the peer names.
    pub async fn pages<T: DeserializeOwned>(
        &self,
        request: impl Fn() -> Result<RequestBuilder, Problem>,
        most: usize,
    ) -> Result<Vec<T>, Problem> {
        let mut all = Vec::new();
        let mut after = String::new();
        for _ in 0..most {
            let mut call = request()?;
            if !after.is_empty() {
                call = call.query(&[("after", after.as_str())]);
            }
            let page: Page<T> = self.read(call, Asked::Other).await?;
            all.extend(page.data);
            match page.paging {
                Some(Paging { next: Some(_), cursors: Some(Cursors { after: on }) }) if on != after => {
                    after = on
                }
                _ => break,
            }
        }
        Ok(all)
    }
}

/// A request with its token, and with the proof that we know the app's secret, where there is one.
pub(super) fn signed(request: RequestBuilder, token: &str, secret: &str) -> RequestBuilder {
    let request = request.bearer_auth(token);
    if secret.is_empty() { request } else { request.query(&[("appsecret_proof", proof(token, secret))]) }
}

/// HMAC-SHA256 of a token under the app's secret, in hex.
pub(crate) fn proof(token: &str, secret: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length will do");
    mac.update(token.as_bytes());
    mac.finalize().into_bytes().iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// What an API call made.
#[derive(Deserialize)]
pub(super) struct Made {
    /// Its number.
    #[serde(default)]
    pub id: String,
    /// Where people will see it, where it says so at once.
    #[serde(default)]
    pub permalink_url: Option<String>,
}

/// `{"success": true}`
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    pub success: bool,
}

#[derive(Deserialize)]
struct Page<T> {
    #[serde(default = "Vec::new")]
    data: Vec<T>,
    paging: Option<Paging>,
}

#[derive(Deserialize)]
struct Paging {
    next: Option<String>,
    cursors: Option<Cursors>,
}

#[derive(Deserialize)]
struct Cursors {
    #[serde(default)]
    after: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Figures {
    data: Vec<Figure>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Figure {
    name: String,
    values: Vec<FigureValue>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FigureValue {
    value: serde_json::Value,
}

/// What is counted of a post, by name: several at once.
pub(super) async fn figures(
    graph: &Graph,
    account: &Account,
    id: &str,
    names: &str,
) -> Result<impl Fn(&str) -> Option<u64> + use<>, Problem> {
    let request =
        graph.call_for(account, Method::GET, &format!("{id}/insights"))?.query(&[("metric", names)]);
    let told: Figures = graph.read(request, Asked::Object).await?;
    Ok(move |name: &str| told.data.iter().find(|f| f.name == name)?.values.last()?.value.as_u64())
}

/// An address a peer names, absolute or below `at`, if it is a web address: it may end up in a link.
pub(super) fn web_address(at: &Url, said: Option<&str>) -> Option<String> {
    let url = at.join(said.filter(|a| !a.is_empty() && a.len() <= 2000)?).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proof_is_the_hmac_of_the_token() {
        // RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?"
        let known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(proof("what do ya want for nothing?", "Jefe"), known);
    }

    #[test]
    fn only_web_addresses_become_links() {
        let at: Url = "https://www.facebook.com/".parse().unwrap();
        let address = |said: &str| web_address(&at, Some(said));
        assert_eq!(address("/104/videos/9/").as_deref(), Some("https://www.facebook.com/104/videos/9/"));
        assert_eq!(address("https://fb.example/1").as_deref(), Some("https://fb.example/1"));
        assert_eq!(address("javascript:alert(1)"), None);
        assert_eq!(web_address(&at, None), None);
    }
}
