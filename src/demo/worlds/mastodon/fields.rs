//! A request's fields, however they were sent: as a form, as JSON, or in parts with a file. Mastodon takes all three.

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::{
    HttpMessage as _, HttpRequest,
    http::StatusCode,
    web::{Bytes, BytesMut, Payload},
};
use futures_util::StreamExt as _;
use serde_json::Value;

use super::{Refusal, VIDEO_LIMIT};

/// What was sent.
#[derive(Default)]
pub(super) struct Fields {
    texts: BTreeMap<String, Vec<String>>,
    /// The part called `file`: its claimed type and its bytes.
    pub file: Option<(String, Bytes)>,
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

    /// Reads them from the query and the body.
    pub async fn of(request: &HttpRequest, body: Payload) -> Result<Self, Refusal> {
        let mut fields = Self::default();
        fields.add_form(request.query_string().as_bytes())?;
        match request.content_type() {
            "multipart/form-data" => fields.add_parts(request, body).await?,
            "application/json" => {
                let bytes = whole(body).await?;
                match serde_json::from_slice(&bytes) {
                    Ok(Value::Object(map)) => {
                        map.into_iter().for_each(|(name, value)| fields.add_json(&name, value));
                    }
                    _ if bytes.is_empty() => {}
                    _ => {
                        return Err(Refusal::new(
                            StatusCode::BAD_REQUEST,
                            "Error occurred while parsing request parameters",
                        ));
                    }
                }
            }
            _ => fields.add_form(&whole(body).await?)?,
        }
        Ok(fields)
    }

    fn add_form(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(text)
            .map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, "Invalid query parameters"))?;
        pairs.into_iter().for_each(|(name, value)| self.add(&name, value));
        Ok(())
    }

    async fn add_parts(&mut self, request: &HttpRequest, body: Payload) -> Result<(), Refusal> {
        let broken =
            || Refusal::new(StatusCode::BAD_REQUEST, "Error occurred while parsing request parameters");
        let mut parts = Multipart::new(request.headers(), body);
        while let Some(part) = parts.next().await {
            let mut part = part.map_err(|_| broken())?;
            let name = part.name().unwrap_or_default().to_owned();
            let kind = part.content_type().map_or_else(String::new, ToString::to_string);
            let mut bytes = BytesMut::new();
            while let Some(chunk) = part.next().await {
                bytes.extend_from_slice(&chunk.map_err(|_| broken())?);
                if bytes.len() > VIDEO_LIMIT + 1 {
                    bytes.truncate(VIDEO_LIMIT + 1); // enough to see that it is too much
                }
            }
            if name == "file" {
                self.file = Some((kind, bytes.freeze()));
            } else {
                self.add(&name, String::from_utf8(bytes.to_vec()).map_err(|_| broken())?);
            }
        }
        Ok(())
    }
}

async fn whole(body: Payload) -> Result<Bytes, Refusal> {
    body.to_bytes_limited(1_000_000)
        .await
        .map_err(|_| Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "Payload too large"))?
        .map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, "Error occurred while reading the request"))
}
