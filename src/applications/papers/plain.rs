//! Plain text in the encodings in which Danes save it.

/// Whether these first bytes of a file look like text: a byte order mark, or no bytes that text never has.
pub(super) fn is_text(head: &[u8]) -> bool {
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    !head.iter().any(|b| matches!(b, 0..=8 | 0xb | 0xe..=0x1a | 0x1c..=0x1f | 0x7f))
}

/// UTF-16 by its mark, UTF-8 when it is valid, Windows-1252 otherwise. Never fails: every byte is some letter.
pub(super) fn text(bytes: &[u8]) -> String {
    let wide = |from: fn([u8; 2]) -> u16| {
        let units = bytes[2..].as_chunks::<2>().0.iter().map(|pair| from(*pair));
        char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_danish_in_every_encoding() {
        assert_eq!(text("blåbærgrød".as_bytes()), "blåbærgrød");
        assert_eq!(text(b"bl\xe5b\xe6rgr\xf8d \x96 1\x80"), "blåbærgrød – 1€");
        assert_eq!(text(b"\xff\xfe\xe5\0b\0"), "åb");
        assert_eq!(text(b"\xfe\xff\0\xe6\0b\0"), "æb");
        assert!(is_text("å".as_bytes()) && is_text(b"\xff\xfe\xe5\0") && !is_text(b"a\0b"));
    }
}
