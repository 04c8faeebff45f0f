//! Asking a peer and reading its answer: never more than a megabyte of it, never a redirect followed,
//! and always knowing whether the request may have been taken (publishing.md d.1).

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chrono::DateTime;
use serde::de::DeserializeOwned;
use url::Url;

use super::{Outcome, Problem, ProblemKind, Published, gauge};
use crate::{
    base::{Instant, text},
    outbound::{RequestBuilder, StatusCode, header::HeaderMap, retry::retry_after},
};

/// As much of an answer as is read. The largest we ask for, forty statuses, is a fifth of it.
const LONGEST: usize = 1 << 20;

/// A peer's answer.
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// No whole answer came.
pub enum Silence {
    /// The request certainly did not reach anybody.
    NotSent(String),
    /// It may have been taken.
    Lost(String),
}

impl From<Silence> for Problem {
    /// For calls that change nothing anybody can see.
    fn from(silence: Silence) -> Self {
        let (Silence::NotSent(words) | Silence::Lost(words)) = silence;
        Self::new(ProblemKind::Unavailable, words)
    }
}

/// Sends a request and reads the answer.
pub async fn ask(request: RequestBuilder) -> Result<Answer, Silence> {
    let mut response = request.send().await.map_err(|error| {
        let never_left = error.is_connect() || error.is_builder();
        let words = words(error);
        if never_left { Silence::NotSent(words) } else { Silence::Lost(words) }
    })?;
    let (status, headers) = (response.status(), response.headers().clone());
    gauge::note(&headers);
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| Silence::Lost(words(error)))? {
        if body.len() + chunk.len() > LONGEST {
            return Err(Silence::Lost("the answer is longer than a megabyte".into()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, headers, body: body.freeze() })
}

/// Makes the one call that others can see. `named` finds in a yes what is now out; `no` says what a no means; `is_verdict`
/// whether the peer itself said it. Everything else is [`Outcome::Ambiguous`].
pub async fn show(
    request: Result<RequestBuilder, Problem>,
    named: impl FnOnce(&Answer) -> Option<Published>,
    no: impl FnOnce(&Answer) -> Problem,
    is_verdict: impl FnOnce(&Answer) -> bool,
) -> Outcome {
    let request = match request {
        Ok(request) => request,
        Err(problem) => return Outcome::Rejected(problem),
    };
    let answer = match ask(request).await {
        Ok(answer) => answer,
        Err(silence @ Silence::NotSent(_)) => return Outcome::Rejected(silence.into()),
        Err(Silence::Lost(words)) => return Outcome::Ambiguous { status: None, words },
    };
    let status = Some(answer.status.as_u16());
    if answer.status.is_success() {
        return named(&answer).map_or_else(
            || Outcome::Ambiguous {
                status,
                words: format!("it said yes and did not name what is out: {}", answer.excerpt()),
            },
            Outcome::Accepted,
        );
    }
    let said = no(&answer);
    if is_verdict(&answer) {
        Outcome::Rejected(said)
    } else {
        Outcome::Ambiguous { status, words: said.words }
    }
}

/// A server's host, with the port when it is not the usual one.
pub fn host(at: &Url) -> String {
    let host = at.host_str().unwrap_or_default();
    at.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// What the client says went wrong, down to the cause, without the address (it may hold an account's name).
fn words(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(deeper) = cause {
        words = format!("{words}: {deeper}");
        cause = deeper.source();
    }
    text::shorten(&words, 300)
}

impl Answer {
    /// From parts; for recorded answers in tests.
    #[cfg(test)]
    pub fn of(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let headers = headers
            .iter()
            .map(|(n, v)| {
                (crate::outbound::header::HeaderName::from_bytes(n.as_bytes()).unwrap(), v.parse().unwrap())
            })
            .collect();
        Self { status: StatusCode::from_u16(status).unwrap(), headers, body: body.to_owned().into() }
    }

    /// The body as JSON; none when it is something else, or empty.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }
    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
    /// As the `oauth2` crate takes it.
    pub fn into_http(self) -> oauth2::HttpResponse {
        let mut response = oauth2::HttpResponse::new(self.body.to_vec());
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
    /// The first words of the body, for a person; tags and line ends out.
    pub fn excerpt(&self) -> String {
        let raw = String::from_utf8_lossy(&self.body[..self.body.len().min(2000)]).into_owned();
        let mut out = String::new();
        let mut inside = false;
        for c in raw.chars() {
            match c {
                '<' => inside = true,
                '>' if inside => {
                    inside = false;
                    out.push(' ');
                }
                c if !inside => out.push(c),
                _ => {}
            }
        }
        text::shorten(&text::line(&out), 200)
    }
    /// How long the peer asks us to wait: `Retry-After` in both forms, else when its own count starts
    /// anew (`RateLimit-Reset` and X's `x-rate-limit-reset` in seconds since 1970, `X-RateLimit-Reset` as a date).
    pub fn wait(&self, now: Instant) -> Option<Duration> {
        if let Some(wait) = self.header("retry-after").and_then(|value| retry_after(value, now)) {
            return Some(wait);
        }
        let names = ["ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"];
        let reset = names.iter().find_map(|name| self.header(name))?.trim();
        let at = match reset.parse::<i64>() {
            Ok(seconds) => Instant::from_seconds(seconds.clamp(0, 1 << 40)),
            Err(_) => Instant::from_utc(DateTime::parse_from_rfc3339(reset).ok()?.to_utc()),
        };
        Some(at.since(now).min(Duration::from_secs(86_400)))
    }
    /// Whether this status is the server's word on the request. What gateways say in its place, and
    /// whatever means "I broke while doing it", is not.
    pub fn is_verdict(&self) -> bool {
        match self.status.as_u16() {
            200..=299 => true,
            301 | 302 | 307 | 308 => true,
            408 | 421 | 423 | 424 | 425 | 499 => false,
            400..=498 => true,
            _ => false,
        }
    }
    /// A problem with this answer's status and wait.
    pub fn problem(&self, kind: ProblemKind, words: impl Into<String>, now: Instant) -> Problem {
        Problem {
            kind,
            status: Some(self.status.as_u16()),
            words: text::shorten(&text::line(&words.into()), 300),
            wait: self.wait(now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_seconds(1_800_000_000);

    #[test]
    fn every_way_of_saying_wait_is_understood() {
        let wait = |headers: &[(&str, &str)]| Answer::of(429, headers, "").wait(NOW).map(|d| d.as_secs());
        assert_eq!(wait(&[("retry-after", "30")]), Some(30));
        assert_eq!(wait(&[("retry-after", "Fri, 15 Jan 2027 08:00:45 GMT")]), Some(45));
        assert_eq!(wait(&[("ratelimit-reset", "1800000090")]), Some(90));
        assert_eq!(wait(&[("x-rate-limit-reset", "1800000090")]), Some(90));
        assert_eq!(wait(&[("x-ratelimit-reset", "2027-01-15T08:02:00.123456Z")]), Some(120));
        assert_eq!(wait(&[("ratelimit-reset", "1700000000")]), Some(0));
        assert_eq!(wait(&[("ratelimit-reset", "9999999999999999")]), Some(86_400));
        assert_eq!(wait(&[("x-ratelimit-reset", "snart")]), None);
        assert_eq!(wait(&[]), None);
    }

    #[test]
    fn a_page_of_html_becomes_a_sentence() {
        let answer = Answer::of(413, &[], "<html>\n<h1>413 Request Entity Too Large</h1><hr>nginx</html>");
        assert_eq!(answer.excerpt(), "413 Request Entity Too Large nginx");
    }

    #[test]
    fn only_the_servers_own_word_is_a_verdict() {
        for status in [200, 201, 301, 400, 401, 403, 404, 413, 422, 429] {
            assert!(Answer::of(status, &[], "").is_verdict(), "{status}");
        }
        for status in [303, 408, 421, 425, 499, 500, 502, 503, 504, 520, 599] {
            assert!(!Answer::of(status, &[], "").is_verdict(), "{status}");
        }
    }
}
