//! A multipart form read as it streams in: fields into memory (bounded), files into spool files
//! (counted, hashed, bounded). Nothing is kept until somebody keeps it.

use actix_multipart::Multipart;
use futures_util::TryStreamExt;

use super::{Fault, Typed};
use crate::blobs::{Blobs, Spooled};

/// One file of a form.
pub struct SentFile {
    /// The field it came in.
    pub field: String,
    /// What the sender calls it; never used as a path.
    pub name: String,
    /// The bytes; `None` when there were more than allowed.
    pub bytes: Option<Spooled>,
}

/// A whole multipart form.
#[derive(Default)]
pub struct Sent {
    /// Its plain fields.
    pub typed: Typed,
    /// Its files, without the empty ones a browser sends for fields left alone.
    pub files: Vec<SentFile>,
}

/// Reads the form. A file above `file_limit` bytes is read to its end but not stored, so that the
/// rest of the form survives; more than `file_count` files are refused.
pub async fn receive(
    mut parts: Multipart,
    blobs: &Blobs,
    file_limit: u64,
    file_count: usize,
) -> Result<Sent, Fault> {
    let mut sent = Sent::default();
    let mut field_bytes = 0;
    while let Some(mut part) = parts.try_next().await.map_err(|_| Fault::BadRequest)? {
        let (field, name) = {
            let d = part.content_disposition().ok_or(Fault::BadRequest)?;
            (d.get_name().unwrap_or_default().to_owned(), d.get_filename().map(str::to_owned))
        };
        let Some(name) = name else {
            let mut value = Vec::new();
            while let Some(chunk) = part.try_next().await.map_err(|_| Fault::BadRequest)? {
                field_bytes += chunk.len();
                if field_bytes > super::forms::FORM_BYTES {
                    return Err(Fault::TooLarge);
                }
                value.extend_from_slice(&chunk);
            }
            let value = String::from_utf8(value).map_err(|_| Fault::BadRequest)?;
            sent.typed.0.push((field, value));
            continue;
        };
        let mut spool = blobs.spool().await?;
        let mut too_large = false;
        while let Some(chunk) = part.try_next().await.map_err(|_| Fault::BadRequest)? {
            too_large |= spool.len() + chunk.len() as u64 > file_limit;
            if !too_large {
                spool.write(&chunk).await?;
            }
        }
        if spool.is_empty() && !too_large && name.is_empty() {
            continue;
        }
        if sent.files.len() >= file_count {
            return Err(Fault::TooLarge);
        }
        let bytes = if too_large { None } else { Some(spool.finish().await?) };
        sent.files.push(SentFile { field, name: crate::base::text::line(&name), bytes });
    }
    Ok(sent)
}
