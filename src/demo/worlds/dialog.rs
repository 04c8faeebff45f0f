//! The dialog in which a person lets an app in, as the practice worlds of Meta's channels show it.

use actix_web::{HttpResponse, http::header};
use url::Url;

use super::{Kind, fields::Fields, graph::APP, wall_pages};

/// Every account, among the choices.
pub(super) const ALL: &str = "*";

/// A request for permission that can be put before a person.
pub(super) struct Wish {
    /// Where the person is sent back to.
    pub redirect: String,
    /// What is asked for.
    pub scopes: Vec<String>,
    state: String,
    back: Url,
}

impl Wish {
    /// From the address of the dialog, or the form on it; or why it cannot be asked.
    pub fn of(fields: &Fields) -> Result<Self, &'static str> {
        if fields.text("client_id") != APP.0 {
            return Err("Appen er ukendt (client_id). Øvelsesverdenen kender kun »opslag-practice«.");
        }
        let redirect = fields.text("redirect_uri");
        let back = Url::parse(redirect).ok().filter(|uri| matches!(uri.scheme(), "http" | "https"));
        let back = back.ok_or("Adressen at vende tilbage til kan ikke bruges (redirect_uri).")?;
        if fields.text("response_type") != "code" {
            return Err("Kun svar af typen »code« kan bruges (response_type).");
        }
        let scopes = fields.text("scope").split([',', ' ']).filter(|s| !s.is_empty()).map(str::to_owned);
        Ok(Self {
            redirect: redirect.to_owned(),
            scopes: scopes.collect(),
            state: fields.text("state").to_owned(),
            back,
        })
    }

    /// The page that asks which account, or all of several: user names and the names people read.
    pub fn page(self, kind: Kind, mut accounts: Vec<(String, String)>) -> HttpResponse {
        if accounts.len() > 1 {
            accounts.insert(0, (ALL.to_owned(), "Alle".to_owned()));
        }
        let hidden = vec![
            ("response_type", "code".to_owned()),
            ("client_id", APP.0.to_owned()),
            ("redirect_uri", self.redirect),
            ("scope", self.scopes.join(",")),
            ("state", self.state),
        ];
        wall_pages::permission(kind.name(), "Opslag".to_owned(), self.scopes, accounts, hidden)
    }

    /// Back with a code.
    pub fn granted(&self, code: &str) -> HttpResponse {
        self.answer(&[("code", code)])
    }

    /// Back with a no.
    pub fn refused(&self) -> HttpResponse {
        self.answer(&[
            ("error", "access_denied"),
            ("error_reason", "user_denied"),
            ("error_description", "Permissions error"),
        ])
    }

    fn answer(&self, fields: &[(&str, &str)]) -> HttpResponse {
        let mut back = self.back.clone();
        back.query_pairs_mut().extend_pairs(fields).append_pair("state", &self.state);
        HttpResponse::Found().insert_header((header::LOCATION, back.as_str())).finish()
    }
}
