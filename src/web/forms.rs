//! What was typed, and what is wrong with it. A form with errors is drawn again with everything in
//! it, an error beside each field and a summary on top.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use futures_util::future::LocalBoxFuture;

use super::Fault;
use crate::i18n::{Said, Speech};

/// The largest form without files, in bytes.
pub const FORM_BYTES: usize = 2 << 20;

/// A submitted form as name–value pairs, in order; names may repeat.
#[derive(Clone, Debug, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// The value of `name`, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }
    /// All values of `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }
    /// Adds or replaces a value.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(n, _)| n != name);
        self.0.push((name.to_owned(), value.into()));
    }
}

impl FromRequest for Typed {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Self, Fault>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Bytes::from_request(req, payload);
        let is_form = req
            .headers()
            .get("content-type")
            .and_then(|h| h.to_str().ok())
            .is_some_and(|t| t.starts_with("application/x-www-form-urlencoded"));
        Box::pin(async move {
            if !is_form {
                return Err(Fault::BadRequest);
            }
            let bytes = body.await.map_err(|_| Fault::TooLarge)?;
            serde_urlencoded::from_bytes(&bytes).map(Self).map_err(|_| Fault::BadRequest)
        })
    }
}

/// The query of a GET as pairs; never refuses.
#[derive(Clone, Debug, Default)]
pub struct Query(pub Typed);

impl FromRequest for Query {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(Typed(serde_urlencoded::from_str(req.query_string()).unwrap_or_default()))))
    }
}

/// What is wrong with one field: a message key with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, which is also its id on the page.
    pub field: String,
    /// Message key.
    pub key: String,
    /// Values in the message.
    pub args: Vec<(String, String)>,
}

/// Everything that is wrong with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(pub Vec<FieldError>);

impl Errors {
    /// None.
    pub fn none() -> Self {
        Self::default()
    }
    /// Just one.
    pub fn one(field: &str, key: &str) -> Self {
        let mut errors = Self::default();
        errors.add(field, key);
        errors
    }
    /// Adds one.
    pub fn add(&mut self, field: &str, key: &str) {
        self.0.push(FieldError { field: field.into(), key: key.into(), args: Vec::new() });
    }
    /// Adds one with a value in the message.
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over numbers and short texts")]
    pub fn add_with(&mut self, field: &str, key: &str, name: &str, value: impl ToString) {
        self.0.push(FieldError {
            field: field.into(),
            key: key.into(),
            args: vec![(name.into(), value.to_string())],
        });
    }
    /// Takes the value, or notes what is wrong with it and gives the default.
    pub fn take<T: Default>(&mut self, field: &str, result: Result<T, &'static str>) -> T {
        result.unwrap_or_else(|key| {
            self.add(field, key);
            T::default()
        })
    }
    /// Nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// `Ok` when nothing is wrong.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// One of several that can be chosen; which are chosen stands in the [`FormView`].
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// In the reader's language.
    pub label: String,
    /// A sentence under it; may be empty (radios and boxes only).
    pub hint: String,
}

impl Choice {
    /// Without a hint.
    #[expect(clippy::needless_pass_by_value, reason = "ids and words are small, and the call reads better")]
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), hint: String::new() }
    }
}

/// An error as the page shows it.
#[derive(Clone, Debug)]
pub struct SaidError {
    /// The field's name and id.
    pub field: String,
    /// In the reader's language.
    pub text: String,
}

/// A form for a template: values and errors.
#[derive(Clone, Debug, Default)]
pub struct FormView {
    typed: Typed,
    errors: Vec<SaidError>,
}

impl FormView {
    /// With these values and no errors.
    pub fn of(typed: Typed) -> Self {
        Self { typed, errors: Vec::new() }
    }
    /// With these values and these errors, said.
    pub fn with_errors(typed: Typed, errors: &Errors, t: Speech) -> Self {
        let errors = errors
            .0
            .iter()
            .map(|e| {
                let args: Vec<_> = e.args.iter().map(|(n, v)| (n.as_str(), v.said())).collect();
                SaidError { field: e.field.clone(), text: t.args(&e.key, &args) }
            })
            .collect();
        Self { typed, errors }
    }
    /// What stands in `name`.
    pub fn value(&self, name: &str) -> &str {
        self.typed.get(name)
    }
    /// Whether `value` is among the values of `name` (select, boxes).
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.typed.all(name).any(|v| v == value)
    }
    /// What is wrong with `name`.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|e| e.field == name).map(|e| e.text.as_str())
    }
    /// All that is wrong, for the summary.
    pub fn errors(&self) -> &[SaidError] {
        &self.errors
    }
}
