//! What `film.rs` promises, on real films, with ffmpeg and without.

use std::{io::Write, path::PathBuf};

use super::*;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/media").join(name)
}

/// A film cut after `keep` bytes, under its own name on the disk.
fn cut(name: &str, keep: usize) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&std::fs::read(path(name)).unwrap()[..keep]).unwrap();
    file
}

#[tokio::test]
async fn with_ffmpeg() {
    let tools = Tools::of("");
    assert!(tools.complete(), "these tests want ffmpeg: apt-get install ffmpeg");
    let film = admit(&tools, Content::Mp4, &path("film.mp4")).await.unwrap();
    assert_eq!((film.width, film.height, film.duration_ms), (640, 360, Some(6_000)));
    assert!(film.plays_everywhere() && film.probed && (film.fps - 25.0).abs() < 0.01);
    let sideways = admit(&tools, Content::Mp4, &path("sideways.mov")).await.unwrap();
    assert_eq!((sideways.width, sideways.height, sideways.audio.is_none()), (180, 320, true));
    let webm = admit(&tools, Content::WebM, &path("film.webm")).await.unwrap();
    assert_eq!((webm.video.as_deref(), webm.audio.as_deref()), (Some("vp9"), Some("opus")));
    assert!(!webm.plays_everywhere());

    for (facts, name) in [(&film, "film.mp4"), (&sideways, "sideways.mov"), (&webm, "film.webm")] {
        let frame = poster(&tools, facts, &path(name)).await.unwrap();
        let frame = image::load_from_memory(&frame).unwrap();
        assert_eq!((frame.width(), frame.height()), (facts.width, facts.height), "{name}");

        let out = tempfile::NamedTempFile::new().unwrap();
        showable(&tools, facts, &path(name), out.path()).await.unwrap();
        let shown = admit(&tools, Content::Mp4, out.path()).await.unwrap();
        assert!(shown.plays_everywhere(), "{name}");
        assert_eq!((shown.width, shown.height), (facts.width, facts.height), "{name}");
        let apart = shown.duration_ms.unwrap().abs_diff(facts.duration_ms.unwrap());
        assert!(apart < 60, "{name} {apart} ms");
        let bytes = std::fs::read(out.path()).unwrap();
        let at = |what: &[u8]| bytes.windows(what.len()).position(|w| w == what);
        assert!(at(b"moov") < at(b"mdat"), "{name} begins at once");
        assert!(at(b"Hemmelig").is_none() && at(b"+56.15").is_none(), "{name} tells no place");

        let again = tempfile::NamedTempFile::new().unwrap();
        showable(&tools, facts, &path(name), again.path()).await.unwrap();
        assert!(!facts.plays_everywhere() || std::fs::read(again.path()).unwrap() == bytes, "{name}");
    }
}

#[tokio::test]
async fn without_ffmpeg_the_boxes_tell() {
    let tools = Tools::none();
    let film = admit(&tools, Content::Mp4, &path("film.mp4")).await.unwrap();
    assert_eq!((film.width, film.duration_ms, film.probed), (640, Some(6_000), false));
    let webm = admit(&tools, Content::WebM, &path("film.webm")).await.unwrap();
    assert_eq!((webm.width, webm.duration_ms), (0, None));
    assert!(matches!(poster(&tools, &film, &path("film.mp4")).await, Err(ToolError::Absent)));
}

#[tokio::test]
async fn cut_off_and_pretended_films() {
    for tools in [Tools::of(""), Tools::none()] {
        for (content, name, keep) in [
            (Content::Mp4, "film.mp4", 90_000),
            (Content::Mp4, "film.mp4", 2_000),
            (Content::Mp4, "sideways.mov", 6_000),
            (Content::WebM, "film.webm", 15_000),
        ] {
            let film = cut(name, keep);
            let refusal = admit(&tools, content, film.path()).await.unwrap_err();
            assert_eq!(refusal.key, "media-refused-film-cut-off", "{name} {keep}");
        }
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x02\x01\x02\x03\x04 this is no film").unwrap();
        assert_eq!(admit(&tools, Content::Mp4, file.path()).await.unwrap_err().key, "media-refused-broken");
    }
}

/// A WebM whose segment does not say how long it is, as browsers record: arithmetic cannot see the cut.
#[tokio::test]
async fn ffmpeg_sees_what_arithmetic_cannot() {
    let mut bytes = std::fs::read(path("film.webm")).unwrap();
    let segment = bytes.windows(4).position(|w| w == b"\x18\x53\x80\x67").unwrap();
    bytes[segment + 4] = 0x01;
    bytes[segment + 5..segment + 12].fill(0xff);
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&bytes[..15_000]).unwrap();
    assert!(admit(&Tools::none(), Content::WebM, file.path()).await.is_ok());
    let refusal = admit(&Tools::of(""), Content::WebM, file.path()).await.unwrap_err();
    assert_eq!(refusal.key, "media-refused-film-cut-off");
}
