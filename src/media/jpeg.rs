//! The segments of a JPEG file: whether it is whole, which way up it is held, and the same file without
//! what a camera wrote into it (place, time, owner). The picture itself is not touched.

use super::content::Refusal;

/// A JPEG without its metadata.
pub struct Clean {
    /// Header, colour profile and picture; at most one line of EXIF, with the orientation.
    pub bytes: Vec<u8>,
    /// EXIF orientation, 1–8.
    pub orientation: u8,
}

/// Walks the segments. Refuses a file that ends before its end marker or is not built as a JPEG.
pub fn clean(file: &[u8]) -> Result<Clean, Refusal> {
    let broken = || Refusal::new("media-refused-broken");
    let cut_off = || Refusal::new("media-refused-cut-off");
    if !file.starts_with(&[0xff, 0xd8]) {
        return Err(broken());
    }
    let mut kept: Vec<&[u8]> = Vec::new();
    let mut orientation = 1;
    let mut at = 2;
    loop {
        if *file.get(at).ok_or_else(cut_off)? != 0xff {
            return Err(broken());
        }
        let marker = *file.get(at + 1).ok_or_else(cut_off)?;
        match marker {
            // fill byte
            0xff => at += 1,
            0xd9 => break,
            0x01 | 0xd0..=0xd7 => at += 2,
            0x00 => return Err(broken()),
            _ => {
                let len = file.get(at + 2..at + 4).ok_or_else(cut_off)?;
                let len = usize::from(u16::from_be_bytes([len[0], len[1]]));
                let end = at + 2 + len;
                if len < 2 {
                    return Err(broken());
                }
                let body = file.get(at + 4..end).ok_or_else(cut_off)?;
                if marker == 0xe1 && body.starts_with(b"Exif\0\0") {
                    orientation = exif_orientation(&body[6..]).unwrap_or(1);
                }
                let keep = match marker {
                    0xe2 => body.starts_with(b"ICC_PROFILE\0"),
                    0xe0 | 0xee => true,
                    0xe1 | 0xe3..=0xed | 0xef | 0xfe => false,
                    _ => true,
                };
                let stop = if marker == 0xda { end_of_scan(file, end).ok_or_else(cut_off)? } else { end };
                if keep {
                    kept.push(&file[at..stop]);
                }
                at = stop;
            }
        }
    }
    let mut bytes = Vec::with_capacity(file.len());
    bytes.extend_from_slice(&[0xff, 0xd8]);
    // JFIF wants to be first, EXIF comes after it
    let first = usize::from(kept.first().is_some_and(|s| s.starts_with(&[0xff, 0xe0])));
    for (i, segment) in kept.iter().enumerate() {
        if i == first && orientation != 1 {
            bytes.extend_from_slice(&orientation_segment(orientation));
        }
        bytes.extend_from_slice(segment);
    }
    bytes.extend_from_slice(&[0xff, 0xd9]);
    Ok(Clean { bytes, orientation })
}

/// Where the coded picture data that begins at `at` stops: the next marker that is no restart.
fn end_of_scan(file: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += file.get(at..)?.iter().position(|b| *b == 0xff)?;
        match *file.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// The orientation tag of the first directory of a TIFF structure.
fn exif_orientation(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let u16_at = |at: usize| {
        let b: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(b) } else { u16::from_be_bytes(b) })
    };
    let b: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let start = usize::try_from(if little { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) }).ok()?;
    for entry in 0..usize::from(u16_at(start)?) {
        let at = start.checked_add(2 + 12 * entry)?;
        if u16_at(at)? == 0x0112 {
            return u8::try_from(u16_at(at.checked_add(8)?)?).ok().filter(|o| (1..=8).contains(o));
        }
    }
    None
}

/// The smallest EXIF segment that says which way up.
fn orientation_segment(orientation: u8) -> [u8; 36] {
    let mut s = *b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    s[29] = orientation;
    s
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo() -> Vec<u8> {
        std::fs::read("tests/data/media/rotated.jpg").unwrap()
    }
    fn has(haystack: &[u8], needle: &[u8]) -> bool {
        haystack.windows(needle.len()).any(|w| w == needle)
    }

    #[test]
    fn place_and_owner_go_orientation_stays() {
        let file = photo();
        assert!(has(&file, b"Hemmeligt Kamera") && has(&file, b"Inger Hemmelig"));
        let once = clean(&file).unwrap();
        assert_eq!(once.orientation, 6);
        assert!(!has(&once.bytes, b"Hemmelig"));
        let twice = clean(&once.bytes).unwrap();
        assert_eq!(
            (twice.orientation, twice.bytes == once.bytes),
            (6, true),
            "cleaning changes nothing more"
        );
    }

    #[test]
    fn every_cut_is_seen() {
        let file = photo();
        for len in [3, 20, 400, file.len() / 2, file.len() - 1] {
            assert_eq!(clean(&file[..len]).err().map(|r| r.key), Some("media-refused-cut-off"), "{len}");
        }
        let mut longer = file.clone();
        longer.extend_from_slice(b"a film that a telephone put behind the picture");
        assert_eq!(clean(&longer).unwrap().bytes, clean(&file).unwrap().bytes);
    }
}
