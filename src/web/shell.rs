//! What stands around a page: title, navigation, language, name, message. Plain data for the layouts.

use actix_web::HttpRequest;

use crate::{base::Language, config::Config, i18n::Speech};

/// One place in the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Where it leads.
    pub href: &'static str,
    /// Already in the reader's language.
    pub label: String,
    /// Symbol in the sprite, without `i-`.
    pub icon: &'static str,
    /// Whether this page lies under it.
    pub current: bool,
}

/// Who is logged in, as shown.
#[derive(Clone, Debug)]
pub struct ShownUser {
    /// Full name.
    pub name: String,
    /// First letters.
    pub initials: String,
}

/// Everything the layouts need.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Says texts.
    pub t: Speech,
    /// `da` or `en`.
    pub lang: &'static str,
    /// This page's path and query, for the language switch.
    pub path: String,
    /// The same page in the other language.
    pub other_language_href: String,
    /// What the other language calls itself.
    pub other_language_name: &'static str,
    /// Its code.
    pub other_language: &'static str,
    /// Name of the municipality.
    pub org: String,
    /// Telephone of the municipality; may be empty.
    pub org_phone: String,
    /// Address of the municipality; may be empty.
    pub org_email: String,
    /// Whether `/was` leads anywhere (D-40).
    pub accessibility_statement: bool,
    /// Token every staff form carries; empty on public pages.
    pub csrf: String,
    /// For script and style tags of this answer; empty where none may be.
    pub nonce: String,
    /// Navigation of this person.
    pub nav: Vec<NavItem>,
    /// Who is logged in.
    pub user: Option<ShownUser>,
    /// What just happened, said once.
    pub flash: Option<String>,
}

impl Shell {
    /// For a public page: no user, no script, no cookie.
    pub fn public(req: &HttpRequest, config: &Config) -> Self {
        Self::new(req, config, language_of(req, None))
    }

    /// The part that is the same for everyone.
    pub fn new(req: &HttpRequest, config: &Config, language: Language) -> Self {
        let path = req.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let other = language.other();
        Self {
            t: Speech(language),
            lang: language.code(),
            other_language_href: with_language(&path, other),
            other_language_name: other.own_name(),
            other_language: other.code(),
            path,
            org: config.organisation.name.clone(),
            org_phone: config.organisation.phone.clone(),
            org_email: config.organisation.email.clone(),
            accessibility_statement: !config.organisation.accessibility_statement.is_empty(),
            csrf: String::new(),
            nonce: super::headers::nonce(req),
            nav: Vec::new(),
            user: None,
            flash: None,
        }
    }
}

/// The language of a request: `?lang=`, else the person's own, else what the browser asks for.
pub fn language_of(req: &HttpRequest, own: Option<Language>) -> Language {
    let asked = req.query_string().split('&').find_map(|p| p.strip_prefix("lang=")?.parse().ok());
    asked.or(own).unwrap_or_else(|| {
        let header = req.headers().get("accept-language").and_then(|h| h.to_str().ok());
        Language::accepted(header.unwrap_or_default())
    })
}

/// `path` with `lang` set to a language.
pub fn with_language(path: &str, language: Language) -> String {
    let (bare, query) = path.split_once('?').unwrap_or((path, ""));
    let mut parts: Vec<&str> =
        query.split('&').filter(|p| !p.is_empty() && !p.starts_with("lang=")).collect();
    let lang = format!("lang={language}");
    parts.push(&lang);
    format!("{bare}?{}", parts.join("&"))
}
