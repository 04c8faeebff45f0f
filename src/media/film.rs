//! Films: whether one is whole and a film at all, its length and shape, a picture of it, and the form
//! that every browser and channel plays. A film stays on the disk throughout.

use std::{ffi::OsString, path::Path};

use serde::Deserialize;

use super::{
    boxes,
    content::{Content, Refusal},
    ffmpeg::{Allowance, Said, ToolError, Tools, file_url},
};

/// Longest film, in milliseconds.
pub const MAX_MS: u64 = 30 * 60 * 1000;
/// Longer side of the film that is shown, in pixels.
const MAX_SIDE: u32 = 1920;

/// What is known of a film.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Its container.
    pub content: Option<Content>,
    /// Length in milliseconds; `None` when the file does not say.
    pub duration_ms: Option<u64>,
    /// Width as seen; 0 when unknown.
    pub width: u32,
    /// Height as seen; 0 when unknown.
    pub height: u32,
    /// Pictures a second; 0 when unknown.
    pub fps: f64,
    /// Codec of the picture, by ffmpeg's name; empty when there is one that we do not know.
    pub video: Option<String>,
    /// Codec of the sound.
    pub audio: Option<String>,
    /// How colours are stored, by ffmpeg's name; empty when unknown.
    pub pixel_format: String,
    /// Read with ffprobe and not from the boxes alone.
    pub probed: bool,
}

impl Facts {
    /// Every browser and channel plays it as it is; only the container may have to be set in order.
    pub fn plays_everywhere(&self) -> bool {
        self.video.as_deref() == Some("h264")
            && matches!(self.audio.as_deref(), None | Some("aac"))
            && matches!(self.pixel_format.as_str(), "" | "yuv420p" | "yuvj420p")
            && self.fps <= 61.0
            && self.width.max(self.height) <= MAX_SIDE
    }
}

/// Checks a film on the disk. Refuses what is cut off, has no picture, or is too long.
pub async fn admit(tools: &Tools, content: Content, path: &Path) -> Result<Facts, Refusal> {
    let owned = path.to_owned();
    let broken = || Refusal::new("media-refused-broken");
    let boxes = tokio::task::spawn_blocking(move || {
        let mut file = std::fs::File::open(owned).map_err(|_| Refusal::new("media-refused-broken"))?;
        boxes::walk(content, &mut file)
    })
    .await
    .map_err(|_| broken())??;
    let facts = match probe(tools, content, path).await {
        Ok(facts) => facts,
        Err(ToolError::Absent) => {
            let unknown = Facts { content: Some(content), video: Some(String::new()), ..Facts::default() };
            boxes.unwrap_or(unknown)
        }
        Err(error) => {
            tracing::info!(%error, "a film was refused: ffprobe cannot read it");
            return Err(broken());
        }
    };
    if facts.video.is_none() {
        return Err(Refusal::new("media-refused-no-picture"));
    }
    if facts.duration_ms.is_some_and(|ms| ms > MAX_MS) {
        return Err(Refusal::new("media-refused-long").with("minutes", &(MAX_MS / 60_000)));
    }
    whole(tools, content, path).await?;
    Ok(facts)
}

/// Decodes the last seconds: an end that is missing inside a box whose length is right shows here.
async fn whole(tools: &Tools, content: Content, path: &Path) -> Result<(), Refusal> {
    let after = ["-map", "0:v:0", "-map", "0:a:0?", "-f", "null", "-"].map(OsString::from);
    match tools.film(content, path, &["-sseof", "-3"], &after, Allowance::LOOK).await {
        Ok(Said { complaints, .. }) => {
            let signs = ["ended prematurely", "partial file", "moov atom not found"];
            if signs.iter().any(|sign| complaints.contains(sign)) {
                return Err(Refusal::new("media-refused-film-cut-off"));
            }
            Ok(())
        }
        Err(ToolError::Absent) => Ok(()),
        Err(error) => {
            tracing::info!(%error, "a film was refused: its end cannot be decoded");
            Err(Refusal::new("media-refused-broken"))
        }
    }
}

/// What ffprobe says of it.
pub async fn probe(tools: &Tools, content: Content, path: &Path) -> Result<Facts, ToolError> {
    const WANTED: &str = "format=duration:stream=codec_type,codec_name,pix_fmt,width,height,avg_frame_rate,\
        sample_aspect_ratio,duration:stream_disposition=attached_pic:stream_side_data=rotation";
    let said = tools.probe(content, path, &["-show_entries", WANTED, "-of", "json"]).await?;
    let told: Told =
        serde_json::from_slice(&said.output).map_err(|error| ToolError::Failed(error.to_string()))?;
    let mut facts = Facts { content: Some(content), probed: true, ..Facts::default() };
    let seconds = |text: &Option<String>| text.as_deref().and_then(|t| t.parse::<f64>().ok());
    let mut duration = seconds(&told.format.duration);
    for stream in &told.streams {
        match stream.codec_type.as_str() {
            "video" if facts.video.is_none() && stream.disposition.attached_pic == 0 => {
                let (mut w, h) = (f64::from(stream.width), f64::from(stream.height));
                w *= ratio(&stream.sample_aspect_ratio, ':').filter(|r| *r > 0.0).unwrap_or(1.0);
                let turns = stream.side_data_list.iter().find_map(|s| s.rotation).unwrap_or(0.0);
                let quarter = (turns / 90.0).round() as i64 % 2 != 0;
                let (w, h) = (w.round() as u32, h.round() as u32);
                (facts.width, facts.height) = if quarter { (h, w) } else { (w, h) };
                facts.fps = ratio(&stream.avg_frame_rate, '/').unwrap_or(0.0);
                facts.video = Some(stream.codec_name.clone());
                facts.pixel_format.clone_from(&stream.pix_fmt);
                duration = duration.or(seconds(&stream.duration));
            }
            "audio" if facts.audio.is_none() => facts.audio = Some(stream.codec_name.clone()),
            _ => {}
        }
    }
    facts.duration_ms = duration.filter(|s| *s > 0.0 && *s < 1e7).map(|s| (s * 1000.0).round() as u64);
    Ok(facts)
}

/// One picture of it, as JPEG: the most typical of some early seconds, in its true shape and turned
/// the right way.
pub async fn poster(tools: &Tools, facts: &Facts, path: &Path) -> Result<Vec<u8>, ToolError> {
    let content = facts.content.unwrap_or(Content::Mp4);
    // past the fade-in, before the film is half over
    let start = facts.duration_ms.map_or(0, |ms| (ms / 10).min(3_000));
    let start = format!("{}.{:03}", start / 1000, start % 1000);
    let shape = "thumbnail=60,scale='trunc(iw*sar)':ih,setsar=1,\
        scale='min(iw,2000)':'min(ih,2000)':force_original_aspect_ratio=decrease";
    let after = [
        "-map",
        "0:v:0",
        "-vf",
        shape,
        "-frames:v",
        "1",
        "-c:v",
        "mjpeg",
        "-q:v",
        "2",
        "-f",
        "image2pipe",
        "pipe:1",
    ]
    .map(OsString::from);
    let said = tools.film(content, path, &["-ss", &start], &after, Allowance::FRAME).await?;
    if said.output.is_empty() {
        return Err(ToolError::Failed("no picture came".into()));
    }
    Ok(said.output)
}

/// Writes the film that is shown: MP4 with H.264 and AAC, its table of contents in front so that it
/// begins at once, no side longer than 1920, and nothing a camera wrote (place, time, owner). What plays
/// everywhere already is copied and not encoded again, bit for bit the same each time.
pub async fn showable(tools: &Tools, facts: &Facts, path: &Path, out: &Path) -> Result<(), ToolError> {
    let content = facts.content.unwrap_or(Content::Mp4);
    let mut after: Vec<OsString> = ["-map", "0:v:0", "-map", "0:a:0?"].map(OsString::from).to_vec();
    if facts.plays_everywhere() {
        after.extend(["-c", "copy"].map(OsString::from));
    } else {
        after.extend(encoded(shape(MAX_SIDE), MAX_KBIT));
    }
    after.extend(finished(out));
    tools.film(content, path, &[], &after, Allowance::FILM).await.map(|_| ())
}

/// Most bytes of a film that every channel takes (`limits.toml`, `[common.video]`).
pub const LIGHT_BYTES: u64 = 95_000_000;
/// Most bits a second of a picture, in thousands.
const MAX_KBIT: u64 = 6_000;
/// Bits a second of the sound, in thousands.
const SOUND_KBIT: u64 = 128;

/// How a film is written anew for channels.
pub enum Recast<'a> {
    /// Small enough for all of them.
    Light,
    /// With the captions in this WebVTT file burnt in, drawn with the font in this folder. No heavier than all of them
    /// take.
    Burnt(&'a Path, &'a Path),
}

/// Writes a film anew as MP4 with H.264 and AAC, in no more bytes than every channel takes.
pub async fn recast(
    tools: &Tools,
    facts: &Facts,
    path: &Path,
    out: &Path,
    how: &Recast<'_>,
) -> Result<(), ToolError> {
    let content = facts.content.unwrap_or(Content::Mp4);
    let mut after: Vec<OsString> = ["-map", "0:v:0", "-map", "0:a:0?"].map(OsString::from).to_vec();
    let kbit = kbit(facts.duration_ms.unwrap_or(MAX_MS));
    let filter = match how {
        Recast::Light => shape(1280),
        Recast::Burnt(captions, fonts) => {
            // 5 % of the shorter side is read on a phone; the filter counts in 288 lines of the height
            let (w, h) = (f64::from(facts.width.max(1)), f64::from(facts.height.max(1)));
            let size = 288.0 * 0.055 * w.min(h) / h;
            let mut filter = shape(MAX_SIDE);
            filter.push(",subtitles=filename=");
            filter.push(escaped(captions));
            filter.push(":fontsdir=");
            filter.push(escaped(fonts));
            // white on a dark box, so that it is read on any picture (WCAG 1.4.3)
            filter.push(format!(
                ":force_style=FontName=IBM Plex Sans SemiBold\\,FontSize={size:.1}\\,BorderStyle=3\\,Outline=1.5\\,Shadow=0\\,\
                 OutlineColour=&H30000000\\,MarginV=16"
            ));
            filter
        }
    };
    after.extend(encoded(filter, kbit));
    after.extend(finished(out));
    tools.film(content, path, &[], &after, Allowance::FILM).await.map(|_| ())
}

/// Thousands of bits a second for the picture of a film of this length, so that all of it stays under [`LIGHT_BYTES`].
fn kbit(duration_ms: u64) -> u64 {
    // a tenth is left for the container and for what the encoder is off
    let all = LIGHT_BYTES * 8 * 9 / 10 / duration_ms.max(1);
    all.saturating_sub(SOUND_KBIT).clamp(150, MAX_KBIT)
}

/// A path as a value inside a filter that stands in a list of filters: escaped for the one, and again for the other.
fn escaped(path: &Path) -> OsString {
    let once = |text: &str, signs: &[char]| {
        text.chars()
            .flat_map(|c| signs.contains(&c).then_some('\\').into_iter().chain([c]))
            .collect::<String>()
    };
    let value = once(&path.to_string_lossy(), &['\\', '\'', ':']);
    once(&value, &['\\', '\'', '[', ']', ',', ';']).into()
}

/// In its true shape, turned the right way, no side longer than this.
fn shape(side: u32) -> OsString {
    // 16-bit arithmetic of chroma wants even sides
    format!(
        "scale='trunc(iw*sar)':ih,setsar=1,\
         scale='min(iw,{side})':'min(ih,{side})':force_original_aspect_ratio=decrease,\
         scale='trunc(iw/2)*2':'trunc(ih/2)*2',format=yuv420p"
    )
    .into()
}

fn encoded(filter: OsString, kbit: u64) -> Vec<OsString> {
    let mut options: Vec<OsString> = vec!["-vf".into(), filter];
    options.extend(["-c:v", "libx264", "-preset", "veryfast", "-crf", "22"].map(OsString::from));
    options.extend(["-maxrate".into(), format!("{kbit}k").into()]);
    options.extend(["-bufsize".into(), format!("{}k", kbit * 2).into()]);
    options.extend(["-fpsmax", "60", "-threads", "2", "-c:a", "aac"].map(OsString::from));
    options.extend(["-b:a".into(), format!("{SOUND_KBIT}k").into()]);
    options.extend(["-ac", "2"].map(OsString::from));
    options
}

/// Its table of contents in front, and nothing that a camera wrote.
fn finished(out: &Path) -> Vec<OsString> {
    let tail = [
        "-map_metadata",
        "-1",
        "-map_chapters",
        "-1",
        "-fflags",
        "+bitexact",
        "-flags:v",
        "+bitexact",
        "-flags:a",
        "+bitexact",
        "-movflags",
        "+faststart",
        "-f",
        "mp4",
    ];
    tail.into_iter().map(OsString::from).chain([file_url(out)]).collect()
}

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Format,
}

#[derive(Deserialize, Default)]
struct Format {
    duration: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Stream {
    codec_type: String,
    codec_name: String,
    pix_fmt: String,
    width: u32,
    height: u32,
    avg_frame_rate: String,
    sample_aspect_ratio: String,
    duration: Option<String>,
    disposition: Disposition,
    side_data_list: Vec<SideData>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Disposition {
    attached_pic: u8,
}

#[derive(Deserialize)]
struct SideData {
    rotation: Option<f64>,
}

fn ratio(text: &str, by: char) -> Option<f64> {
    let (a, b) = text.split_once(by)?;
    let (a, b): (f64, f64) = (a.parse().ok()?, b.parse().ok()?);
    (b != 0.0).then_some(a / b)
}

#[cfg(test)]
#[path = "film_tests.rs"]
mod tests;
