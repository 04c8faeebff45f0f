//! The boxes of an MP4 or MOV file and the elements of a WebM file, walked by their lengths alone: a
//! film whose end is missing shows it by arithmetic, whatever is installed. Reads headers and the
//! table of contents, never the film itself.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use super::{
    content::{Content, Refusal},
    film::Facts,
};

/// A table of contents larger than this (three hours and more) is not read.
const MAX_MOOV: u64 = 16 << 20;

/// Walks the file. `Some` facts when the boxes could be understood; a film whose boxes are whole but of
/// a kind unknown here gives `None`.
pub fn walk(content: Content, file: &mut File) -> Result<Option<Facts>, Refusal> {
    let len = file.metadata().map_err(unreadable)?.len();
    match content {
        Content::WebM => walk_ebml(file, len).map(|()| None),
        _ => walk_boxes(file, len),
    }
}

fn unreadable(_: std::io::Error) -> Refusal {
    Refusal::new("media-refused-broken")
}

fn cut_off() -> Refusal {
    Refusal::new("media-refused-film-cut-off")
}

fn walk_boxes(file: &mut File, len: u64) -> Result<Option<Facts>, Refusal> {
    let mut at = 0;
    let (mut moov, mut film) = (None, false);
    // fewer than eight bytes at the end are filling
    while at + 8 <= len {
        let mut head = [0u8; 16];
        file.seek(SeekFrom::Start(at)).map_err(unreadable)?;
        file.read_exact(&mut head[..8]).map_err(unreadable)?;
        let kind = [head[4], head[5], head[6], head[7]];
        let short = u64::from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]));
        let (size, header) = match short {
            0 => (len - at, 8u8),
            1 => {
                file.read_exact(&mut head[8..]).map_err(|_| cut_off())?;
                (u64::from_be_bytes(head[8..].try_into().expect("sixteen less eight")), 16)
            }
            n => (n, 8),
        };
        let name_like = kind.iter().all(|b| b.is_ascii_graphic() || *b == b' ' || *b == 0xa9);
        if size < header.into() || !name_like {
            // what stands behind a whole film does not matter
            if moov.is_some() && film {
                break;
            }
            return Err(Refusal::new("media-refused-broken"));
        }
        if at.checked_add(size).is_none_or(|end| end > len) {
            return Err(cut_off());
        }
        match &kind {
            b"mdat" => film = true,
            b"moof" => film = true,
            b"moov" if size <= MAX_MOOV => {
                let mut body = vec![0u8; usize::try_from(size).map_err(|_| cut_off())?];
                file.seek(SeekFrom::Start(at)).map_err(unreadable)?;
                file.read_exact(&mut body).map_err(unreadable)?;
                moov = Some(body.split_off(usize::from(header)));
            }
            b"moov" => moov = Some(Vec::new()),
            _ => {}
        }
        at += size;
    }
    let Some(moov) = moov.filter(|_| film) else { return Err(cut_off()) };
    facts(&moov, len)
}

/// A box: its name and what is in it.
type Inner<'a> = (&'a [u8], &'a [u8]);

/// The boxes in a box. Stops at the first whose length cannot be.
fn boxes(mut rest: &[u8]) -> impl Iterator<Item = Inner<'_>> {
    std::iter::from_fn(move || {
        let size = usize::try_from(number(rest, 0, 4)?).ok()?;
        let found = (rest.get(4..8)?, rest.get(8..size)?);
        rest = &rest[size..];
        Some(found)
    })
}

/// The first box of a name, through the names that lead to it.
fn inside<'a>(mut within: &'a [u8], names: &[&[u8; 4]]) -> Option<&'a [u8]> {
    for name in names {
        within = boxes(within).find(|(n, _)| n == name)?.1;
    }
    Some(within)
}

/// A number of `bytes` bytes, most significant first.
fn number(from: &[u8], at: usize, bytes: usize) -> Option<u64> {
    let bytes = from.get(at..at.checked_add(bytes)?)?;
    Some(bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
}

/// Ticks a second and ticks in all, of `mvhd` and `mdhd`.
fn clock(head: &[u8]) -> Option<(u64, u64)> {
    if *head.first()? == 1 {
        Some((number(head, 20, 4)?, number(head, 24, 8)?))
    } else {
        Some((number(head, 12, 4)?, number(head, 16, 4)?))
    }
}

/// Reads the table of contents. Everything in it may be a lie: what is not found stays unknown.
fn facts(moov: &[u8], len: u64) -> Result<Option<Facts>, Refusal> {
    let mut facts = Facts { content: Some(Content::Mp4), ..Facts::default() };
    let Some(header) = inside(moov, &[b"mvhd"]) else { return Ok(None) };
    let millis = |ticks: u64, rate: u64| u64::try_from(u128::from(ticks) * 1000 / u128::from(rate)).ok();
    facts.duration_ms = clock(header)
        .filter(|(rate, ticks)| *rate > 0 && *ticks > 0)
        .and_then(|(rate, ticks)| millis(ticks, rate));
    for (_, trak) in boxes(moov).filter(|(name, _)| name == b"trak") {
        let Some(table) = inside(trak, &[b"mdia", b"minf", b"stbl"]) else { continue };
        for (name, width) in [(b"stco", 4), (b"co64", 8)] {
            let entries = inside(table, &[name]).and_then(|t| t.get(8..)).unwrap_or_default();
            if entries.chunks_exact(width).any(|e| number(e, 0, width).is_some_and(|chunk| chunk >= len)) {
                return Err(cut_off());
            }
        }
        let codec = match inside(table, &[b"stsd"]).and_then(|s| s.get(12..16)) {
            Some(b"avc1" | b"avc3") => "h264",
            Some(b"hvc1" | b"hev1") => "hevc",
            Some(b"av01") => "av1",
            Some(b"vp08") => "vp8",
            Some(b"vp09") => "vp9",
            Some(b"mp4a") => "aac",
            _ => "",
        };
        match inside(trak, &[b"mdia", b"hdlr"]).and_then(|h| h.get(8..12)) {
            Some(b"vide") if facts.video.is_none() => {
                facts.video = Some(codec.to_owned());
                if let Some((w, h)) = inside(trak, &[b"tkhd"]).and_then(shape) {
                    (facts.width, facts.height) = (w, h);
                }
                let pictures = inside(table, &[b"stsz"]).and_then(|s| number(s, 8, 4));
                let clock = inside(trak, &[b"mdia", b"mdhd"]).and_then(clock);
                if let (Some(pictures), Some((rate, ticks))) =
                    (pictures, clock.filter(|(_, ticks)| *ticks > 0))
                {
                    facts.fps = pictures as f64 * rate as f64 / ticks as f64;
                }
            }
            Some(b"soun") if facts.audio.is_none() => facts.audio = Some(codec.to_owned()),
            _ => {}
        }
    }
    Ok(Some(facts))
}

/// Width and height as seen, of `tkhd`: the last two numbers, behind the nine of the matrix.
fn shape(head: &[u8]) -> Option<(u32, u32)> {
    let matrix = if *head.first()? == 1 { 52 } else { 40 };
    let whole = |at| number(head, at, 2).and_then(|n| u32::try_from(n).ok());
    let (w, h) = (whole(matrix + 36)?, whole(matrix + 40)?);
    // a matrix with nothing on its diagonal turns by a quarter
    let quarter = number(head, matrix, 4)? == 0 && number(head, matrix + 16, 4)? == 0;
    Some(if quarter { (h, w) } else { (w, h) })
}

fn walk_ebml(file: &mut File, len: u64) -> Result<(), Refusal> {
    let broken = || Refusal::new("media-refused-broken");
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut head = vec![0u8; usize::try_from(len.min(4096)).map_err(|_| broken())?];
    file.read_exact(&mut head).map_err(unreadable)?;
    // the header element, then the segment; an unknown length has only ones
    let (size, used) = length(head.get(4..).ok_or_else(broken)?).ok_or_else(broken)?;
    let body = 4 + used;
    let end = body + usize::try_from(size.ok_or_else(broken)?).map_err(|_| broken())?;
    let header = head.get(body..end).ok_or_else(cut_off)?;
    if ![&b"webm"[..], b"matroska"].iter().any(|kind| header.windows(kind.len()).any(|w| w == *kind)) {
        return Err(Refusal::new("media-refused-film-format"));
    }
    let segment = head.get(end..).ok_or_else(cut_off)?;
    if !segment.starts_with(b"\x18\x53\x80\x67") {
        return Err(cut_off());
    }
    let (size, used) = length(&segment[4..]).ok_or_else(cut_off)?;
    match size {
        Some(size) if (end + 4 + used) as u64 + size > len => Err(cut_off()),
        _ => Ok(()),
    }
}

/// A length of EBML: its value (`None` for unknown) and how many bytes it took.
fn length(bytes: &[u8]) -> Option<(Option<u64>, usize)> {
    let first = *bytes.first()?;
    let used = first.leading_zeros() as usize + 1;
    if used > 8 {
        return None;
    }
    let rest = bytes.get(1..used)?;
    let value = rest.iter().fold(u64::from(first) & (0x7f >> (used - 1)), |v, b| v << 8 | u64::from(*b));
    let unknown = (1 << (7 * used)) - 1;
    Some(((value != unknown).then_some(value), used))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn walk_bytes(content: Content, bytes: &[u8]) -> Result<Option<Facts>, &'static str> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        walk(content, &mut file).map_err(|r| r.key)
    }
    fn film(name: &str) -> Vec<u8> {
        std::fs::read(format!("tests/data/media/{name}")).unwrap()
    }

    #[test]
    fn whole_films_tell_their_facts() {
        let facts = walk_bytes(Content::Mp4, &film("film.mp4")).unwrap().unwrap();
        assert_eq!((facts.width, facts.height, facts.duration_ms), (640, 360, Some(6_000)));
        assert_eq!((facts.video.as_deref(), facts.audio.as_deref()), (Some("h264"), Some("aac")));
        assert!((facts.fps - 25.0).abs() < 0.01);
        let facts = walk_bytes(Content::Mp4, &film("sideways.mov")).unwrap().unwrap();
        assert_eq!((facts.width, facts.height, facts.audio), (180, 320, None));
        assert_eq!(walk_bytes(Content::WebM, &film("film.webm")), Ok(None));
    }

    #[test]
    fn a_missing_end_is_seen_wherever_it_was_cut() {
        for (content, name) in
            [(Content::Mp4, "film.mp4"), (Content::Mp4, "sideways.mov"), (Content::WebM, "film.webm")]
        {
            let whole = film(name);
            for len in [40, 600, whole.len() / 3, whole.len() / 2, whole.len() - 100, whole.len() - 1] {
                let cut = walk_bytes(content, &whole[..len]);
                assert_eq!(cut, Err("media-refused-film-cut-off"), "{name} {len}");
            }
        }
    }

    #[test]
    fn strangers_do_no_harm() {
        let whole = film("film.mp4");
        // every byte of the table of contents turned over, one at a time
        for i in (0..5_000.min(whole.len())).step_by(7) {
            let mut bytes = whole.clone();
            bytes[i] ^= 0xff;
            let _any_answer_but_a_panic = walk_bytes(Content::Mp4, &bytes);
        }
    }
}
