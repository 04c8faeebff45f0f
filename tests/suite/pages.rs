//! Every page that can be reached by links, in both languages, read without a browser: one h1, labels that are bound, ids that
//! are unique and exist, table headers, no empty link, no dead link, no untranslated key.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use opslag::accounts::Role;

use crate::harness::{TestApp, people::Browser};

/// A tag, its attributes, and the text up to the next tag.
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    attributes: BTreeMap<&'a str, &'a str>,
    text: &'a str,
}

impl<'a> Tag<'a> {
    fn get(&self, name: &str) -> &'a str {
        self.attributes.get(name).copied().unwrap_or_default()
    }
}

/// Our own templates' HTML: attributes in double or single quotes, no `<` in text, no comments.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        // the end of the tag is the first `>` outside quotes
        let mut quote = None;
        let Some(end) = rest.char_indices().find_map(|(at, c)| match (quote, c) {
            (None, '>') => Some(at),
            (None, '"' | '\'') => {
                quote = Some(c);
                None
            }
            (Some(q), c) if q == c => {
                quote = None;
                None
            }
            _ => None,
        }) else {
            break;
        };
        let (inner, after) = (&rest[..end], &rest[end + 1..]);
        let closing = inner.starts_with('/');
        let inner = inner.trim_start_matches('/').trim_end_matches('/');
        let name = inner.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let mut attributes = BTreeMap::new();
        let mut left = inner[name.len()..].trim_start();
        while !left.is_empty() {
            let cut = left.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(left.len());
            let key = &left[..cut];
            left = &left[cut..];
            if let Some(value) = left.strip_prefix('=') {
                let q = value.chars().next().unwrap_or(' ');
                let (value, more) = if q == '"' || q == '\'' {
                    value[1..].split_once(q).unwrap_or((&value[1..], ""))
                } else {
                    value.split_once(char::is_whitespace).unwrap_or((value, ""))
                };
                attributes.insert(key, value);
                left = more.trim_start();
            } else {
                attributes.insert(key, "");
                left = left.trim_start();
            }
        }
        let text = after.split('<').next().unwrap_or_default();
        found.push(Tag { name, closing, attributes, text });
        rest = after;
    }
    found
}

fn looks_like_a_key(text: &str) -> bool {
    text.contains('-')
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !text.ends_with('-')
}

/// What is wrong with a page; empty when nothing is.
fn wrong(html: &str) -> Vec<String> {
    let tags = tags(html);
    let mut wrong = Vec::new();
    let open = |name: &str| tags.iter().filter(|t| !t.closing && t.name == name).count();
    for (name, wanted) in [("h1", 1), ("main", 1), ("title", 1)] {
        if open(name) != wanted {
            wrong.push(format!("{} <{name}>", open(name)));
        }
    }
    let mut ids = BTreeSet::new();
    for id in tags.iter().map(|t| t.get("id")).filter(|id| !id.is_empty()) {
        if !ids.insert(id) {
            wrong.push(format!("id {id} twice"));
        }
    }
    let labelled: BTreeSet<&str> =
        tags.iter().filter(|t| t.name == "label" && !t.closing).map(|t| t.get("for")).collect();
    let mut labels_open = 0;
    for (at, tag) in tags.iter().enumerate() {
        if tag.name == "label" {
            labels_open += if tag.closing { -1 } else { 1 };
        }
        if tag.closing {
            continue;
        }
        let named = |t: &Tag<'_>| !t.get("aria-label").is_empty() || !t.get("aria-labelledby").is_empty();
        match tag.name {
            "input" | "select" | "textarea" => {
                let silent = ["hidden", "submit", "button"].contains(&tag.get("type"));
                if !silent && labels_open == 0 && !labelled.contains(tag.get("id")) && !named(tag) {
                    wrong.push(format!("<{} name={:?}> has no label", tag.name, tag.get("name")));
                }
            }
            "img" if !tag.attributes.contains_key("alt") => wrong.push(format!("no alt: {}", tag.get("src"))),
            "th" if tag.get("scope").is_empty() => wrong.push(format!("<th> without scope: {}", tag.text)),
            "a" | "button" => {
                let end = tags[at..].iter().position(|t| t.closing && t.name == tag.name).unwrap_or(0);
                let inside = &tags[at..at + end];
                let text: String = inside.iter().map(|t| t.text).collect();
                let pictured = inside.iter().any(|t| t.name == "img" && !t.get("alt").is_empty());
                if text.trim().is_empty() && !pictured && !named(tag) {
                    wrong.push(format!("an empty <{}>: {}{}", tag.name, tag.get("href"), tag.get("name")));
                }
            }
            _ => {}
        }
        for reference in ["for", "aria-describedby", "aria-labelledby", "popovertarget", "aria-controls"] {
            for id in tag.get(reference).split_whitespace().filter(|id| !ids.contains(id)) {
                wrong.push(format!("{reference}={id} points nowhere"));
            }
        }
        if let Some(id) = tag.get("href").strip_prefix('#')
            && !ids.contains(id)
            && tag.name == "a"
        {
            wrong.push(format!("#{id} points nowhere"));
        }
        if tag.attributes.keys().any(|k| *k == "style" || (k.starts_with("on") && k.len() > 3)) {
            wrong.push(format!("style or handler on <{}>", tag.name));
        }
        if looks_like_a_key(tag.text.trim()) && !["code", "b", "script"].contains(&tag.name) {
            wrong.push(format!("untranslated: {}", tag.text.trim()));
        }
    }
    wrong
}

/// Where a link leads inside the site, as a page to look at.
fn inside(href: &str) -> Option<String> {
    let path = href.split('#').next()?.replace("&amp;", "&").replace("&#38;", "&");
    let skipped = ["/static/", "/was", "/feeds", "/api/", "/r/", "/medier/fil", "/media/"];
    let page =
        path.starts_with('/') && !path.starts_with("//") && !skipped.iter().any(|s| path.starts_with(s));
    page.then_some(path)
}

/// Follows links from `starts`, at most `most` pages; what is wrong, by page.
async fn crawl(
    browser: &mut Browser,
    starts: &[&str],
    most: usize,
) -> (usize, BTreeMap<String, Vec<String>>) {
    let mut todo: VecDeque<String> = starts.iter().map(|s| (*s).to_owned()).collect();
    let mut seen: BTreeSet<String> = todo.iter().cloned().collect();
    let mut found = BTreeMap::new();
    let mut pages = 0;
    while let Some(path) = todo.pop_front() {
        if pages >= most {
            break;
        }
        let seen_page = browser.get(&path).await;
        if seen_page.status.is_redirection() {
            continue;
        }
        let kind = seen_page.headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !seen_page.status.is_success() {
            found.insert(path, vec![format!("answers {}", seen_page.status)]);
            continue;
        }
        if !kind.starts_with("text/html") {
            continue;
        }
        pages += 1;
        let mistakes = wrong(&seen_page.body);
        if !mistakes.is_empty() {
            found.insert(path.clone(), mistakes);
        }
        for tag in tags(&seen_page.body).iter().filter(|t| t.name == "a" && !t.closing) {
            if let Some(next) = inside(tag.get("href"))
                && seen.insert(next.clone())
            {
                todo.push_back(next);
            }
        }
    }
    (pages, found)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_staff_page_is_built_as_it_should_be_in_both_languages() {
    let app = TestApp::start().await;
    let mut all = BTreeMap::new();
    let mut pages = 0;
    for role in [Role::HrAdmin, Role::Communications, Role::Ops] {
        let mut browser = app.browser(role, app.organisation).await;
        for language in ["da", "en"] {
            browser.get("/start").await;
            let changed = browser.post("/sprog", &[("language", language), ("next", "/start")]).await;
            assert!(changed.status.is_redirection(), "{}", changed.body);
            let (seen, found) = crawl(&mut browser, &["/start"], 120).await;
            pages += seen;
            all.extend(found.into_iter().map(|(path, w)| (format!("{role} {language} {path}"), w)));
        }
    }
    assert_eq!(all, BTreeMap::new(), "of {pages} pages");
    assert!(pages > 20, "only {pages} pages were found");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_public_page_is_built_as_it_should_be_in_both_languages() {
    let app = TestApp::start().await;
    for language in ["da", "en"] {
        let start = format!("/?lang={language}");
        let mut browser = Browser::new(&app);
        let starts = [start.as_str(), "/log-ind", "/glemt-adgangskode", "/adgangskode/x"];
        let (pages, mut found) = crawl(&mut browser, &starts, 60).await;
        // a dead link must say so with its own status, in a page built like the others
        assert_eq!(found.remove("/adgangskode/x"), Some(vec!["answers 410 Gone".to_owned()]));
        assert_eq!(found, BTreeMap::new(), "of {pages} pages");
    }
    let gone = Browser::new(&app).get("/adgangskode/x").await;
    assert_eq!(wrong(&gone.body), Vec::<String>::new());
    let missing = Browser::new(&app).get("/findes-ikke").await;
    assert_eq!(wrong(&missing.body), Vec::<String>::new());
}

#[test]
fn mistakes_are_found() {
    let page = "<html><head><title>x</title></head><body><main><h1>a</h1><h1>b</h1><input name=\"q\"><a href=\"/\"></a>\
                <table><tr><th>x</th></tr></table><p id=\"i\" style=\"x\">start-title</p><p id=\"i\" aria-describedby=\"j\"></p></main></body></html>";
    let found = wrong(page).join("\n");
    for mistake in [
        "2 <h1>",
        "has no label",
        "empty <a>",
        "without scope",
        "twice",
        "style",
        "untranslated",
        "points nowhere",
    ] {
        assert!(found.contains(mistake), "{mistake} is not in {found}");
    }
}
