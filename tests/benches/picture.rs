//! A telephone's photograph (JPEG, 4000 × 3000) made into the 1200 × 630 that social channels show, from
//! file to file: ours in this process against `vipsthumbnail`, which is a process of its own. What
//! starting that process costs is measured with a picture of 16 × 16 and printed, so that nobody has to
//! guess which part of the ratio it is.

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use opslag::media::{
    content::Content,
    image::{Focus, Profile, admit, draw},
};

use crate::ground::{Error, Ground, there};

/// Runs of each; the median counts.
const RUNS: usize = 15;

/// Measures and prints.
pub fn run(_: &Ground) -> Result<(), Error> {
    let folder = tempfile::tempdir()?;
    let (photo, tiny) = (folder.path().join("photo.jpg"), folder.path().join("tiny.jpg"));
    std::fs::write(&photo, photograph(4000, 3000)).expect("the photograph can be written");
    std::fs::write(&tiny, photograph(16, 16)).expect("the tiny one too");
    let out = folder.path().join("out.jpg");

    let ours = median(|| drawn(&photo, &out));
    let all = median(|| {
        let file = std::fs::read(&photo).expect("it is there");
        draw(Content::Jpeg, &file, false, Focus::default(), &Profile::ALL).expect("a photograph is drawn");
    });
    let admitted = median(|| {
        let file = std::fs::read(&photo).expect("it is there");
        admit(Content::Jpeg, file, 50_000_000).expect("a photograph is taken");
    });
    println!("picture: 4000 × 3000 JPEG ({} kB) → 1200 × 630 JPEG, median of {RUNS}", kilobytes(&photo));
    println!("  opslag, file to file                {:>7.1} ms", ms(ours));
    println!("  opslag, checking an upload whole    {:>7.1} ms", ms(admitted));
    println!("  opslag, all six shapes at once      {:>7.1} ms", ms(all));
    if !there("vipsthumbnail", &["--vips-version"]) {
        return Ok(());
    }
    let vips = median(|| thumbnail(&photo, &out));
    let start = median(|| thumbnail(&tiny, &out));
    println!(
        "  vipsthumbnail, file to file         {:>7.1} ms (of which starting: {:.1} ms)",
        ms(vips),
        ms(start)
    );
    println!("  ratio, whole process                {:>7.2} times faster", ms(vips) / ms(ours));
    println!("  ratio, without starting             {:>7.2} times faster", (ms(vips) - ms(start)) / ms(ours));
    Ok(())
}

fn drawn(from: &Path, to: &Path) {
    let file = std::fs::read(from).expect("it is there");
    let drawn = draw(Content::Jpeg, &file, false, Focus::default(), &[Profile::Social]);
    let drawn = drawn.expect("a photograph is drawn").remove(0);
    assert_eq!((drawn.width, drawn.height), (1200, 630));
    std::fs::write(to, drawn.bytes).expect("it can be written");
}

fn thumbnail(from: &Path, to: &Path) {
    let done = Command::new("vipsthumbnail")
        .args(["--size", "1200x630", "--smartcrop", "centre", "-o"])
        .arg(format!("{}[Q=82,strip]", to.display()))
        .arg(from)
        .status()
        .expect("vipsthumbnail starts");
    assert!(done.success());
}

fn median(mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn kilobytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |m| m.len() / 1000)
}

/// Soft hills of colour with the grain of a sensor; the same each time.
fn photograph(width: u16, height: u16) -> Vec<u8> {
    let mut state = 7u32;
    let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    for y in 0..height {
        for x in 0..width {
            let (x, y) = (f32::from(x), f32::from(y));
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = f32::from((state >> 24) as u8) / 16.0 - 8.0;
            let hill = 60.0 * ((x / 310.0).sin() + (y / 230.0).cos()) + 20.0 * ((x * y) / 90_000.0).sin();
            for shift in [110.0, 130.0, 120.0] {
                pixels.push((shift + hill + grain).clamp(0.0, 255.0) as u8);
            }
        }
    }
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 88);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).expect("it has that many pixels");
    out
}
