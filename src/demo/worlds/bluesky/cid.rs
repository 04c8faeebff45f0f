//! Content identifiers: what a record or blob is called by its content. The same record has the same identifier
//! here and on the reference server.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

const RAW: u8 = 0x55;
const DAG_CBOR: u8 = 0x71;

/// RFC 4648 in lower case, without padding.
pub(super) fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(ALPHABET[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(ALPHABET[(held << (5 - bits) & 31) as usize]));
    }
    out
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 5 / 8);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for c in text.bytes() {
        let value = match c {
            b'a'..=b'z' => c - b'a',
            b'2'..=b'7' => c - b'2' + 26,
            _ => return None,
        };
        held = held << 5 | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 255) as u8);
        }
    }
    Some(out)
}

fn identifier(codec: u8, bytes: &[u8]) -> String {
    let mut cid = vec![1, codec, 0x12, 32]; // version 1, codec, SHA-256, its length
    cid.extend_from_slice(&Sha256::digest(bytes));
    format!("b{}", base32(&cid))
}

/// The identifier of a blob.
pub(super) fn of_blob(bytes: &[u8]) -> String {
    identifier(RAW, bytes)
}

/// The identifier of a record: of its DAG-CBOR. None when it holds something that a record may not hold, such as
/// a number with a fraction.
pub(super) fn of_record(record: &Value) -> Option<String> {
    let mut bytes = Vec::new();
    encode(record, &mut bytes)?;
    Some(identifier(DAG_CBOR, &bytes))
}

/// Major type and argument, in as few bytes as it takes.
fn head(major: u8, n: u64, out: &mut Vec<u8>) {
    let major = major << 5;
    let bytes = n.to_be_bytes();
    match n {
        0..=23 => out.push(major | n as u8),
        24..=0xff => out.extend([major | 24, n as u8]),
        0x100..=0xffff => {
            out.push(major | 25);
            out.extend(&bytes[6..]);
        }
        0x1_0000..=0xffff_ffff => {
            out.push(major | 26);
            out.extend(&bytes[4..]);
        }
        _ => {
            out.push(major | 27);
            out.extend(bytes);
        }
    }
}

fn encode(value: &Value, out: &mut Vec<u8>) -> Option<()> {
    match value {
        Value::Null => out.push(0xf6),
        Value::Bool(b) => out.push(if *b { 0xf5 } else { 0xf4 }),
        Value::Number(n) => match (n.as_u64(), n.as_i64()) {
            (Some(n), _) => head(0, n, out),
            (None, Some(n)) => head(1, n.unsigned_abs() - 1, out),
            (None, None) => return None,
        },
        Value::String(s) => {
            head(3, s.len() as u64, out);
            out.extend(s.as_bytes());
        }
        Value::Array(items) => {
            head(4, items.len() as u64, out);
            for item in items {
                encode(item, out)?;
            }
        }
        Value::Object(map) => {
            if let (1, Some(link)) = (map.len(), map.get("$link").and_then(Value::as_str)) {
                let cid = from_base32(link.strip_prefix('b')?)?;
                head(6, 42, out);
                head(2, cid.len() as u64 + 1, out);
                out.push(0);
                out.extend(cid);
                return Some(());
            }
            let mut keys: Vec<_> = map.keys().collect();
            keys.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
            head(5, map.len() as u64, out);
            for key in keys {
                head(3, key.len() as u64, out);
                out.extend(key.as_bytes());
                encode(&map[key], out)?;
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn base32_goes_both_ways() {
        assert_eq!(base32(b"foobar"), "mzxw6ytboi");
        assert_eq!(from_base32("mzxw6ytboi").unwrap(), b"foobar");
        assert_eq!(from_base32("mzx1"), None);
    }

    /// Both identifiers were given by the reference server.
    #[test]
    fn the_same_content_has_the_same_name_as_on_the_reference_server() {
        let record =
            json!({"$type": "app.bsky.feed.post", "text": "hej", "createdAt": "2026-11-21T09:00:00.000Z"});
        assert_eq!(
            of_record(&record).unwrap(),
            "bafyreicmlnuef6tb5mjhwxttikvkcek37la4bupbxf667xcvfg7c3s6rbq"
        );
        assert_eq!(of_record(&json!({"width": 1.5})), None);
        // SHA-256 of nothing at all
        assert_eq!(of_blob(b""), "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
    }

    #[test]
    fn numbers_take_as_few_bytes_as_they_can() {
        for (n, bytes) in [
            (json!(23), vec![0x17]),
            (json!(24), vec![0x18, 24]),
            (json!(1000), vec![0x19, 3, 0xe8]),
            (json!(1_000_000), vec![0x1a, 0, 0x0f, 0x42, 0x40]),
            (json!(-1), vec![0x20]),
            (json!(-500), vec![0x39, 1, 0xf3]),
        ] {
            let mut out = Vec::new();
            encode(&n, &mut out).unwrap();
            assert_eq!(out, bytes, "{n}");
        }
    }
}
