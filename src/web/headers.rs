//! The safety headers, each explained.

use actix_web::{
    HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Next,
};

use crate::{base::Chance, kit::Kit};

#[derive(Clone)]
struct Nonce(String);

/// The nonce of this answer; empty on pages that may carry no script at all.
pub fn nonce(req: &HttpRequest) -> String {
    req.extensions().get::<Nonce>().map(|n| n.0.clone()).unwrap_or_default()
}

/// Whether a path belongs to the public site, which carries no script and sets no cookie.
pub fn is_public(path: &str) -> bool {
    const PUBLIC: [&str; 8] =
        ["job", "ansoeg", "min-ansoegning", "r", "feeds", "sitemap.xml", "was", "robots.txt"];
    // whole first segments: /jobopslag and /ansoegninger are the staff's
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    path == "/" || PUBLIC.contains(&first)
}

/// Middleware: sets the headers; makes the nonce before the handler runs.
pub async fn guard(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let public = is_public(req.path());
    let nonce = if public { String::new() } else { Chance::real().code(22) };
    if !public {
        req.extensions_mut().insert(Nonce(nonce.clone()));
    }
    let secure = req.app_data::<actix_web::web::Data<Kit>>().is_some_and(|k| k.config.secure());
    let mut response = next.call(req).await?;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: HeaderValue| {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    };
    let always = HeaderValue::from_static;
    set(header::CONTENT_SECURITY_POLICY, if public { always(PUBLIC_POLICY) } else { staff_policy(&nonce) });
    // a file is what its type says, never what its bytes look like
    set(header::X_CONTENT_TYPE_OPTIONS, always("nosniff"));
    // magic links and applications' addresses leave no trace elsewhere
    let referrer = if public { "strict-origin-when-cross-origin" } else { "same-origin" };
    set(header::REFERRER_POLICY, always(referrer));
    set(header::CROSS_ORIGIN_OPENER_POLICY, always("same-origin"));
    set(header::PERMISSIONS_POLICY, always("camera=(), geolocation=(), microphone=(), payment=()"));
    if secure {
        set(header::STRICT_TRANSPORT_SECURITY, always("max-age=31536000; includeSubDomains"));
    }
    // pages about people stay in no cache; handlers of public things say otherwise themselves
    set(header::CACHE_CONTROL, always("no-store"));
    Ok(response)
}

/// Only our own files, scripts only where a page of ours vouches for them (the two literals), no frames, no plugins.
macro_rules! policy {
    ($script:literal, $style:literal) => {
        concat!(
            "default-src 'none'; script-src ",
            $script,
            "; style-src ",
            $style,
            "; img-src 'self' data: blob:; media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
        )
    };
}

const PUBLIC_POLICY: &str = policy!("'none'", "'self'");

fn staff_policy(nonce: &str) -> HeaderValue {
    let policy = format!(policy!("'nonce-{nonce}'", "'self' 'nonce-{nonce}'"), nonce = nonce);
    HeaderValue::from_str(&policy).expect("a nonce is letters and digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_site_ends_where_the_staff_pages_begin() {
        for path in
            ["/", "/job/sosu-assistent", "/ansoeg/x/tak", "/min-ansoegning/abc", "/r/k7w2q", "/feeds/atom"]
        {
            assert!(is_public(path), "{path}");
        }
        for path in ["/jobopslag", "/jobopslag/1/tavle", "/ansoegninger/1", "/start", "/log-ind"] {
            assert!(!is_public(path), "{path}");
        }
    }
}
