//! A request's fields, however they were sent: in the address, as a form, as JSON, or in parts with files.

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::{
    HttpMessage as _, HttpRequest,
    web::{Bytes, BytesMut, Payload},
};
use futures_util::StreamExt as _;
use serde_json::Value;

/// What was sent.
#[derive(Default)]
pub(super) struct Fields {
    texts: BTreeMap<String, Vec<String>>,
    /// Parts that carry a file name, by their own name: the claimed type and the bytes.
    files: BTreeMap<String, (String, Bytes)>,
}

/// Why a request cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// The address or a form is no list of pairs.
    Query,
    /// The body is not what it says it is.
    Body,
    /// The body broke off.
    Line,
    /// A body of text is longer than a megabyte.
    Long,
}

impl Fields {
    /// One field; the last of several wins.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.texts.get(name)?.last().map(String::as_str)
    }
    /// One field, or an empty text.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }
    /// A list: `name[]` in forms, an array in JSON.
    pub fn all(&self, name: &str) -> &[String] {
        self.texts.get(name).map(Vec::as_slice).unwrap_or_default()
    }
    /// A file: its claimed type and its bytes.
    pub fn file(&mut self, name: &str) -> Option<(String, Bytes)> {
        self.files.remove(name)
    }

    fn add(&mut self, name: &str, value: String) {
        self.texts.entry(name.trim_end_matches("[]").to_owned()).or_default().push(value);
    }

    fn add_json(&mut self, name: &str, value: Value) {
        match value {
            Value::Null => {}
            Value::String(text) => self.add(name, text),
            Value::Array(items) => items.into_iter().for_each(|item| self.add_json(name, item)),
            other => self.add(name, other.to_string()),
        }
    }

    /// Reads them from the query and the body; of a file `most` bytes and one more, so that one sees when it is
    /// too large.
    pub async fn of(request: &HttpRequest, body: Payload, most: usize) -> Result<Self, Unreadable> {
        let mut fields = Self::default();
        fields.add_form(request.query_string().as_bytes())?;
        match request.content_type() {
            "multipart/form-data" => fields.add_parts(request, body, most).await?,
            "application/json" => {
                let bytes = whole(body).await?;
                match serde_json::from_slice(&bytes) {
                    Ok(Value::Object(map)) => {
                        map.into_iter().for_each(|(name, value)| fields.add_json(&name, value));
                    }
                    _ if bytes.is_empty() => {}
                    _ => return Err(Unreadable::Body),
                }
            }
            _ => fields.add_form(&whole(body).await?)?,
        }
        Ok(fields)
    }

    fn add_form(&mut self, text: &[u8]) -> Result<(), Unreadable> {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_bytes(text).map_err(|_| Unreadable::Query)?;
        pairs.into_iter().for_each(|(name, value)| self.add(&name, value));
        Ok(())
    }

    async fn add_parts(
        &mut self,
        request: &HttpRequest,
        body: Payload,
        most: usize,
    ) -> Result<(), Unreadable> {
        let mut parts = Multipart::new(request.headers(), body);
        while let Some(part) = parts.next().await {
            let mut part = part.map_err(|_| Unreadable::Body)?;
            let name = part.name().unwrap_or_default().to_owned();
            let kind = part.content_type().map_or_else(String::new, ToString::to_string);
            let is_file = part.content_disposition().is_some_and(|d| d.get_filename().is_some());
            let mut bytes = BytesMut::new();
            while let Some(chunk) = part.next().await {
                bytes.extend_from_slice(&chunk.map_err(|_| Unreadable::Body)?);
                if bytes.len() > most + 1 {
                    bytes.truncate(most + 1);
                }
            }
            if is_file {
                self.files.insert(name, (kind, bytes.freeze()));
            } else {
                self.add(&name, String::from_utf8(bytes.to_vec()).map_err(|_| Unreadable::Body)?);
            }
        }
        Ok(())
    }
}

async fn whole(body: Payload) -> Result<Bytes, Unreadable> {
    body.to_bytes_limited(1_000_000).await.map_err(|_| Unreadable::Long)?.map_err(|_| Unreadable::Line)
}
