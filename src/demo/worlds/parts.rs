//! A form sent in parts: its texts, and the file in it.

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::{
    HttpRequest,
    web::{Bytes, BytesMut, Payload},
};
use futures_util::StreamExt as _;

/// What was sent.
#[derive(Default)]
pub(super) struct Parts {
    pub texts: BTreeMap<String, String>,
    /// The part with a file name: its name, its claimed type and its bytes.
    pub file: Option<(String, String, Bytes)>,
}

impl Parts {
    /// Reads a form of at most `most` bytes; none when it is something else.
    pub async fn of(request: &HttpRequest, body: Payload, most: usize) -> Option<Self> {
        let mut found = Self::default();
        let mut parts = Multipart::new(request.headers(), body);
        while let Some(part) = parts.next().await {
            let mut part = part.ok()?;
            let name = part.name()?.to_owned();
            let is_file = part.content_disposition().is_some_and(|d| d.get_filename().is_some());
            let kind = part.content_type().map_or_else(String::new, ToString::to_string);
            let mut bytes = BytesMut::new();
            while let Some(chunk) = part.next().await {
                bytes.extend_from_slice(&chunk.ok()?);
                if bytes.len() > most {
                    return None;
                }
            }
            if is_file {
                found.file = Some((name, kind, bytes.freeze()));
            } else {
                found.texts.insert(name, String::from_utf8(bytes.to_vec()).ok()?);
            }
        }
        Some(found)
    }
    /// One of its texts, or an empty one.
    pub fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }
}
