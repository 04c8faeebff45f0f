//! What a post may look like, in the words in which the reference server says no.

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::base::Instant;

const TID: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// The largest picture in a post or on a card, in bytes.
const IMAGE_LIMIT: u64 = 1_000_000;
/// The largest film, in bytes.
const VIDEO_LIMIT: u64 = 100_000_000;

/// A time-ordered key: microseconds in eleven letters, two more to tell apart what was made in the same one.
pub(super) fn tid(at: Instant, count: u64) -> String {
    let number = (at.micros().unsigned_abs() & ((1 << 53) - 1)) << 10 | count & 1023;
    (0..13).rev().map(|place| char::from(TID[(number >> (place * 5) & 31) as usize])).collect()
}

/// Whether a record key is a time-ordered one.
pub(super) fn is_tid(key: &str) -> bool {
    key.len() == 13 && key.bytes().all(|c| TID.contains(&c)) && key.as_bytes()[0] <= b'j'
}

type Verdict = Result<(), String>;

/// Judges an `app.bsky.feed.post`.
pub(super) fn post(post: &Value) -> Verdict {
    let at = "$.record";
    let words = text(post, "text", at)?;
    let created = text(post, "createdAt", at)?;
    fits(words, 3000, 300, &format!("{at}.text"))?;
    if chrono::DateTime::parse_from_rfc3339(created).is_err() {
        return Err(format!("Invalid datetime (got \"{created}\") at {at}.createdAt"));
    }
    few(post, "langs", 3, at)?;
    few(post, "tags", 8, at)?;
    for (i, facet) in list(post, "facets", at)?.iter().enumerate() {
        facet_is_right(facet, &format!("{at}.facets[{i}]"))?;
    }
    if let Some(reply) = post.get("reply") {
        for end in ["root", "parent"] {
            let at = format!("{at}.reply.{end}");
            let named = present(reply, end, &format!("{at}.reply"))?;
            text(named, "uri", &at)?;
            if text(named, "cid", &at)?.is_empty() {
                return Err(format!("Invalid cid at {at}.cid"));
            }
        }
    }
    match post.get("embed") {
        Some(embed) => embed_is_right(embed, &format!("{at}.embed")),
        None => Ok(()),
    }
}

fn facet_is_right(facet: &Value, at: &str) -> Verdict {
    let index = present(facet, "index", at)?;
    for edge in ["byteStart", "byteEnd"] {
        whole(present(index, edge, &format!("{at}.index"))?, 0, &format!("{at}.index.{edge}"))?;
    }
    present(facet, "features", at)?;
    for (i, feature) in list(facet, "features", at)?.iter().enumerate() {
        if feature["$type"] == "app.bsky.richtext.facet#link" {
            address(feature, "uri", &format!("{at}.features[{i}]"))?;
        }
    }
    Ok(())
}

fn embed_is_right(embed: &Value, at: &str) -> Verdict {
    match embed["$type"].as_str() {
        Some("app.bsky.embed.images") => {
            present(embed, "images", at)?;
            few(embed, "images", 4, at)?;
            for (i, image) in list(embed, "images", at)?.iter().enumerate() {
                let at = format!("{at}.images[{i}]");
                blob(present(image, "image", &at)?, "image/*", IMAGE_LIMIT, &format!("{at}.image"))?;
                text(image, "alt", &at)?;
                ratio(image, &at)?;
            }
            Ok(())
        }
        Some("app.bsky.embed.external") => {
            let external = present(embed, "external", at)?;
            let at = format!("{at}.external");
            address(external, "uri", &at)?;
            text(external, "title", &at)?;
            text(external, "description", &at)?;
            match external.get("thumb") {
                Some(thumb) => blob(thumb, "image/*", IMAGE_LIMIT, &format!("{at}.thumb")),
                None => Ok(()),
            }
        }
        Some("app.bsky.embed.video") => {
            blob(present(embed, "video", at)?, "video/mp4", VIDEO_LIMIT, &format!("{at}.video"))?;
            for (i, caption) in list(embed, "captions", at)?.iter().enumerate() {
                let at = format!("{at}.captions[{i}]");
                text(caption, "lang", &at)?;
                blob(present(caption, "file", &at)?, "text/vtt", 20_000, &format!("{at}.file"))?;
            }
            ratio(embed, at)
        }
        _ => Ok(()), // an embed it does not know is let through
    }
}

fn present<'v>(value: &'v Value, key: &str, at: &str) -> Result<&'v Value, String> {
    value.get(key).ok_or_else(|| format!("Missing required key \"{key}\" at {at}"))
}

fn text<'v>(value: &'v Value, key: &str, at: &str) -> Result<&'v str, String> {
    present(value, key, at)?.as_str().ok_or_else(|| format!("Expected string value type at {at}.{key}"))
}

fn address(value: &Value, key: &str, at: &str) -> Verdict {
    let given = text(value, key, at)?;
    match url::Url::parse(given) {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("Invalid uri (got \"{given}\") at {at}.{key}")),
    }
}

fn list<'v>(value: &'v Value, key: &str, at: &str) -> Result<&'v [Value], String> {
    match value.get(key) {
        None => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(format!("Expected array value type at {at}.{key}")),
    }
}

fn few(value: &Value, key: &str, most: usize, at: &str) -> Verdict {
    let n = list(value, key, at)?.len();
    if n > most { Err(format!("array too big (maximum {most}, got {n}) at {at}.{key}")) } else { Ok(()) }
}

fn fits(text: &str, most_bytes: usize, most_graphemes: usize, at: &str) -> Verdict {
    if text.len() > most_bytes {
        return Err(format!("string too big (maximum {most_bytes}, got {}) at {at}", text.len()));
    }
    let n = text.graphemes(true).count();
    if n > most_graphemes {
        return Err(format!("grapheme too big (maximum {most_graphemes}, got {n}) at {at}"));
    }
    Ok(())
}

fn whole(value: &Value, least: i64, at: &str) -> Verdict {
    let n = value.as_i64().ok_or_else(|| format!("Expected integer value type at {at}"))?;
    if n < least { Err(format!("integer too small (minimum {least}, got {n}) at {at}")) } else { Ok(()) }
}

fn ratio(value: &Value, at: &str) -> Verdict {
    let Some(ratio) = value.get("aspectRatio") else { return Ok(()) };
    let at = format!("{at}.aspectRatio");
    for side in ["width", "height"] {
        whole(present(ratio, side, &at)?, 1, &format!("{at}.{side}"))?;
    }
    Ok(())
}

fn blob(value: &Value, accept: &str, limit: u64, at: &str) -> Verdict {
    let mime = value["mimeType"].as_str().unwrap_or_default();
    let size = value["size"].as_u64().unwrap_or(0);
    if value["$type"] != "blob" || value["ref"]["$link"].as_str().is_none() {
        return Err(format!("Expected blob value type at {at}"));
    }
    let right = accept.strip_suffix('*').map_or(mime == accept, |start| mime.starts_with(start));
    if !right {
        return Err(format!("Expected \"{accept}\" (got \"{mime}\") at {at}.mimeType"));
    }
    if size > limit {
        return Err(format!("blob too big (maximum {limit}, got {size}) at {at}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_in_the_order_of_time() {
        let early = tid(Instant::from_seconds(1_700_000_000), 5);
        let late = tid(Instant::from_seconds(1_700_000_001), 1);
        assert!(early < late && is_tid(&early) && is_tid(&late), "{early} {late}");
        assert!(is_tid("3k4duaz5vfs2b"));
        for bad in ["nej", "3k4duaz5vfs2", "3k4duaz5vfs2B", "zzzzzzzzzzzzz"] {
            assert!(!is_tid(bad), "{bad}");
        }
    }
}
