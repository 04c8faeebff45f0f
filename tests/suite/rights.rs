//! Every route as nobody and as somebody whose role has nothing to do there. The routes are read from the
//! URL map itself, so that a new one cannot be forgotten.

use opslag::accounts::Role;

use crate::harness::{TestApp, people::Browser};

/// Routes anyone may use, by the beginning of their path; the list may only shrink.
const OPEN: [&str; 18] = [
    "/log-ind",
    "/log-ud",
    "/glemt-adgangskode",
    "/adgangskode/",
    "/static/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/r/",
    "/job/",
    "/sitemap.xml",
    "/feeds/",
    "/was",
    "/ansoeg/",
    "/min-ansoegning/",
    "/media/",
    "/api/v1/openapi.json",
    "/privatliv",
];

fn routes() -> Vec<(String, String)> {
    let map = include_str!("../../src/routes.rs");
    let flat: String = map.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    for part in flat.split(".route(").skip(1) {
        if !part.trim_start().starts_with('"') {
            continue;
        }
        let path = part.split('"').nth(1).unwrap();
        let method = part.split('"').nth(2).unwrap().trim_start_matches([',', ' ']);
        let method = method.trim_start_matches("web::").split('(').next().unwrap();
        found.push((method.to_owned(), path.to_owned()));
    }
    found
}

/// With an id that exists nowhere in place of each `{…}`.
fn filled(path: &str) -> String {
    let mut out = String::new();
    for (i, part) in path.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, rest)) if i > 0 => {
                out.push_str("01936d3e-0000-7000-8000-000000000000");
                out.push_str(rest);
            }
            _ => out.push_str(part),
        }
    }
    out
}

#[test]
fn the_map_is_read_whole() {
    let map = include_str!("../../src/routes.rs");
    // the one resource with a middleware of its own names its path apart
    assert_eq!(routes().len() + 1, map.matches(".route(").count());
    assert!(routes().contains(&("post".into(), "/log-ind".into())));
    assert!(routes().len() > 80);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_and_the_wrong_role_get_nowhere() {
    let app = TestApp::start().await;
    let nobody = Browser::new(&app);
    // operators see the health of the service and nothing of what is in it
    let mut operator = app.browser(Role::Ops, app.organisation).await;
    for (method, path) in routes() {
        if path == "/" || OPEN.iter().any(|open| path.starts_with(open)) {
            continue;
        }
        let at = filled(&path);
        let as_nobody = nobody.call(&method, &at).await;
        assert!(
            matches!(as_nobody.status.as_u16(), 401 | 403 | 404 | 303),
            "{method} {path}: {}",
            as_nobody.status
        );
        if as_nobody.status.as_u16() == 303 {
            let to = as_nobody.location.unwrap_or_default();
            assert!(to.starts_with("/log-ind"), "{method} {path} leads nobody to {to}");
        }
        // a person's own pages are everybody's who is logged in
        // and so is the log, to operators without anybody's name in it
        if matches!(path.as_str(), "/start" | "/sprog" | "/log") || path.starts_with("/api/") {
            continue;
        }
        let seen = if method == "get" { operator.get(&at).await } else { operator.post(&at, &[]).await };
        if matches!(method.as_str(), "get" | "post") {
            assert!(
                matches!(seen.status.as_u16(), 400 | 403 | 404),
                "{method} {path} as ops: {}",
                seen.status
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wrong_unit_sees_nothing_of_an_ad_or_its_people() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    let someone = app.applied(ad.id, "Anna Holm", "").await;
    let mut south = app.browser(Role::Recruiter, app.centre_south).await;
    let mut north = app.browser(Role::Recruiter, app.centre_north).await;
    for path in [
        format!("/jobopslag/{}", ad.id),
        format!("/jobopslag/{}/rediger", ad.id),
        format!("/jobopslag/{}/tal", ad.id),
        format!("/jobopslag/{}/tavle", ad.id),
        format!("/jobopslag/{}/udgiv", ad.id),
        format!("/ansoegninger/{someone}"),
    ] {
        let outside = south.get(&path).await;
        assert_eq!(outside.status.as_u16(), 404, "{path}");
        assert!(!outside.body.contains("Anna"));
        let inside = north.get(&path).await;
        assert_eq!(inside.status.as_u16(), 200, "{path}");
    }
}
