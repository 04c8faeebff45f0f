//! Captions of a film: WebVTT (or SubRip, rewritten as WebVTT) read, checked line by line and written
//! anew; and the same words as text, for those who would rather read.

use std::fmt::Write;

use super::content::Refusal;

/// Most bytes of a caption file we take.
pub const MAX_BYTES: usize = 1 << 20;
/// Above this some channels refuse captions (Bluesky: 20 000 bytes).
pub const CHANNEL_BYTES: usize = 20_000;
/// How far past the end of the film a caption may last, in milliseconds: players count differently.
const SLACK_MS: u64 = 500;
/// More faults than this are not listed; the file is then of another kind.
const MOST_FAULTS: usize = 20;

/// One caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// First moment, in milliseconds.
    pub start: u64,
    /// Last moment, in milliseconds.
    pub end: u64,
    /// Settings of place and direction, as written; regions left out.
    pub settings: String,
    /// The lines, with the tags of WebVTT.
    pub text: String,
}

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub refusal: Refusal,
}

/// Checked captions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captions {
    /// In the order of the file; at least one.
    pub cues: Vec<Cue>,
}

impl Captions {
    /// Reads a WebVTT or SubRip file. `film_ms` is the length of the film, when it is known. Every
    /// fault is told at once, so that nobody has to come back twenty times.
    pub fn read(file: &[u8], film_ms: Option<u64>) -> Result<Self, Vec<Fault>> {
        let one = |line, key| vec![Fault { line, refusal: Refusal::new(key) }];
        if file.len() > MAX_BYTES {
            return Err(one(1, "media-captions-too-large"));
        }
        let text = match std::str::from_utf8(file) {
            Ok(text) => text,
            Err(error) => {
                let line = file[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
                return Err(one(line, "media-captions-not-utf8"));
            }
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<&str> = text.split('\n').collect();
        let vtt = lines[0] == "WEBVTT" || lines[0].starts_with("WEBVTT ") || lines[0].starts_with("WEBVTT\t");
        if !vtt && !looks_like_subrip(&lines) {
            return Err(one(1, "media-captions-no-header"));
        }
        let mut reading = Reading { vtt, film_ms, cues: Vec::new(), faults: Vec::new() };
        // the header goes on to the first empty line
        let mut at =
            if vtt { lines.iter().position(|l| l.trim().is_empty()).unwrap_or(lines.len()) } else { 0 };
        while at < lines.len() {
            let end = (at..lines.len()).find(|i| lines[*i].trim().is_empty()).unwrap_or(lines.len());
            if end > at {
                reading.block(at, &lines[at..end]);
            }
            at = end + 1;
        }
        if reading.cues.is_empty() && reading.faults.is_empty() {
            return Err(one(1, "media-captions-none"));
        }
        reading.faults.truncate(MOST_FAULTS);
        if reading.faults.is_empty() { Ok(Self { cues: reading.cues }) } else { Err(reading.faults) }
    }

    /// As WebVTT.
    pub fn to_vtt(&self) -> String {
        let mut out = String::from("WEBVTT\n");
        for cue in &self.cues {
            let (start, end) = (timestamp(cue.start), timestamp(cue.end));
            let space = if cue.settings.is_empty() { "" } else { " " };
            writeln!(out, "\n{start} --> {end}{space}{}\n{}", cue.settings, cue.text)
                .expect("writing to a String cannot fail");
        }
        out
    }

    /// As SubRip, which some places want: numbered cues, a comma before the milliseconds, words alone.
    pub fn to_srt(&self) -> String {
        let mut out = String::new();
        for (at, cue) in self.cues.iter().enumerate() {
            let time = |ms| timestamp(ms).replace('.', ",");
            let lines: Vec<String> = cue.text.lines().map(|line| words(line).1).collect();
            let text = lines.join("\n");
            writeln!(out, "{}\n{} --> {}\n{text}\n", at + 1, time(cue.start), time(cue.end))
                .expect("writing to a String cannot fail");
        }
        out
    }

    /// The words alone, a paragraph for each speaker or pause; speakers named before a colon.
    pub fn paragraphs(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let (mut last_end, mut last_speaker) = (0, String::new());
        for cue in &self.cues {
            let (speaker, words) = words(&cue.text);
            if words.is_empty() {
                continue;
            }
            let pause = cue.start.saturating_sub(last_end) > 2_000;
            match out.last_mut().filter(|_| !pause && speaker == last_speaker) {
                Some(paragraph) => {
                    paragraph.push(' ');
                    paragraph.push_str(&words);
                }
                None if speaker.is_empty() => out.push(words),
                None => out.push(format!("{speaker}: {words}")),
            }
            (last_end, last_speaker) = (cue.end, speaker);
        }
        out
    }
}

struct Reading {
    vtt: bool,
    film_ms: Option<u64>,
    cues: Vec<Cue>,
    faults: Vec<Fault>,
}

impl Reading {
    fn fault(&mut self, line: usize, refusal: Refusal) {
        self.faults.push(Fault { line: line + 1, refusal });
    }

    /// One block of lines between empty ones; `at` is the number of its first line, from 0.
    fn block(&mut self, at: usize, lines: &[&str]) {
        let first = lines[0];
        let named = |name: &str| {
            first == name || first.strip_prefix(name).is_some_and(|r| r.starts_with([' ', '\t', ':']))
        };
        if self.vtt && (named("NOTE") || named("STYLE") || named("REGION")) {
            return;
        }
        let Some(timing) = lines.iter().take(2).position(|l| l.contains("-->")) else {
            return self.fault(at, Refusal::new("media-captions-no-time"));
        };
        let line = at + timing;
        let (times, settings) = match times(lines[timing], self.vtt) {
            Ok(found) => found,
            Err(key) => return self.fault(line, Refusal::new(key)),
        };
        let text = &lines[timing + 1..];
        if let Some(i) = text.iter().position(|l| l.contains("-->")) {
            return self.fault(line + 1 + i, Refusal::new("media-captions-no-gap"));
        }
        if text.iter().all(|l| l.trim().is_empty()) {
            return self.fault(line, Refusal::new("media-captions-empty-cue"));
        }
        let (start, end) = times;
        if end <= start {
            self.fault(line, Refusal::new("media-captions-ends-first"));
        } else if let Some(before) = self.cues.last().filter(|c| start < c.start) {
            let before = timestamp(before.start);
            self.fault(line, Refusal::new("media-captions-order").with("before", &before));
        } else if let Some(film) = self.film_ms.filter(|film| end > film + SLACK_MS) {
            self.fault(line, Refusal::new("media-captions-past-end").with("film", &timestamp(film)));
        }
        let text = text.join("\n");
        let text = if self.vtt { text } else { from_subrip(&text) };
        self.cues.push(Cue { start, end, settings, text });
    }
}

fn looks_like_subrip(lines: &[&str]) -> bool {
    let mut filled = lines.iter().filter(|l| !l.trim().is_empty());
    let number = filled.next().is_some_and(|l| l.trim().parse::<u32>().is_ok());
    number && filled.next().is_some_and(|l| l.contains("-->"))
}

/// Start, end and settings of a timing line.
fn times(line: &str, vtt: bool) -> Result<((u64, u64), String), &'static str> {
    let (start, rest) = line.split_once("-->").ok_or("media-captions-no-time")?;
    let mut rest = rest.split_whitespace();
    let end = rest.next().ok_or("media-captions-time")?;
    let read = |t: &str| {
        let t = t.trim();
        if vtt && t.contains(',') {
            return Err("media-captions-comma");
        }
        moment(&t.replace(',', ".")).ok_or("media-captions-time")
    };
    // regions are left out with their definitions; SubRip's coordinates mean nothing here
    let settings: Vec<&str> = rest.filter(|s| vtt && s.contains(':') && !s.starts_with("region:")).collect();
    Ok(((read(start)?, read(end)?), settings.join(" ")))
}

/// `[hours:]minutes:seconds.thousandths` in milliseconds.
fn moment(text: &str) -> Option<u64> {
    let (clock, thousandths) = text.split_once('.')?;
    let digits = |s: &str, least: usize| {
        let fits = s.len() >= least && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| s.parse::<u64>().ok()).flatten()
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let (h, m, s) = match parts[..] {
        [m, s] => (0, digits(m, 2)?, digits(s, 2)?),
        [h, m, s] => (digits(h, 1)?, digits(m, 2)?, digits(s, 2)?),
        _ => return None,
    };
    let ms = Some(thousandths).filter(|t| t.len() == 3).and_then(|t| digits(t, 3))?;
    (m < 60 && s < 60).then_some(((h * 60 + m) * 60 + s) * 1000 + ms)
}

fn timestamp(ms: u64) -> String {
    let (s, ms) = (ms / 1000, ms % 1000);
    format!("{:02}:{:02}:{:02}.{ms:03}", s / 3600, s / 60 % 60, s % 60)
}

/// SubRip allows `<i> <b> <u>`, which WebVTT has too; everything else that looks like a tag is text.
fn from_subrip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let tag = ["<i>", "</i>", "<b>", "</b>", "<u>", "</u>"].iter().find(|t| rest.starts_with(**t));
        if let Some(tag) = tag {
            out.push_str(tag);
            rest = &rest[tag.len()..];
            continue;
        }
        if rest.starts_with("<font") || rest.starts_with("</font") || rest.starts_with("{\\an") {
            let close = if c == '{' { '}' } else { '>' };
            rest = rest.find(close).map_or("", |i| &rest[i + 1..]);
            continue;
        }
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            c => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Who speaks (the first `<v>`), and the words without tags and character names.
fn words(text: &str) -> (String, String) {
    let mut speaker = String::new();
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        plain.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else {
            rest = &rest[open..];
            break;
        };
        let tag = &rest[open + 1..open + close];
        if speaker.is_empty() && (tag.starts_with("v ") || tag.starts_with("v.")) {
            speaker = tag.split_once(' ').map_or("", |(_, name)| name).trim().to_owned();
        }
        rest = &rest[open + close + 1..];
    }
    plain.push_str(rest);
    let plain = plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&lrm;", "")
        .replace("&rlm;", "")
        .replace("&amp;", "&");
    (speaker, plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> Vec<u8> {
        std::fs::read(format!("tests/data/media/{name}")).unwrap()
    }

    #[test]
    fn good_files_are_read_and_written_anew() {
        let da = Captions::read(&file("film.da.vtt"), Some(6_000)).unwrap();
        assert_eq!(da.cues.len(), 3);
        assert_eq!((da.cues[1].start, da.cues[1].settings.as_str()), (2_000, "align:start"));
        assert_eq!(
            da.paragraphs(),
            [
                "Amina: Godmorgen, Ruth. Skal vi drikke kaffe ved vinduet?",
                "Ruth: Ja tak – med fløde & sukker.",
                "Vil du være en del af holdet? Søg senest den 6. december."
            ]
        );
        assert_eq!(Captions::read(da.to_vtt().as_bytes(), Some(6_000)).unwrap(), da);
        let srt = Captions::read(&file("film.da.srt"), Some(6_000)).unwrap();
        let again = Captions::read(srt.to_srt().as_bytes(), Some(6_000)).unwrap();
        assert_eq!(again.paragraphs(), srt.paragraphs());
        assert!(srt.to_srt().contains("\n00:00:02,000 --> 00:00:05,900\n"), "{}", srt.to_srt());
        assert_eq!(srt.to_vtt().lines().nth(5), Some("00:00:02.000 --> 00:00:05.900"));
        assert_eq!(srt.cues[1].text, "<i>Søg senest den 6. december.</i>");
        assert_eq!(srt.paragraphs(), ["Godmorgen, Ruth. Søg senest den 6. december."]);
    }

    #[test]
    fn every_fault_with_its_line() {
        let faults = |bytes: &[u8]| -> Vec<(usize, &str)> {
            let faults = Captions::read(bytes, Some(6_000)).unwrap_err();
            faults.into_iter().map(|f| (f.line, f.refusal.key)).collect()
        };
        assert_eq!(
            faults(&file("backwards.vtt")),
            [
                (3, "media-captions-ends-first"),
                (6, "media-captions-order"),
                (9, "media-captions-past-end"),
                (12, "media-captions-comma")
            ]
        );
        for (text, want) in [
            ("", (1, "media-captions-no-header")),
            ("Hej", (1, "media-captions-no-header")),
            ("WEBVTT", (1, "media-captions-none")),
            ("WEBVTT\n\nNOTE kun en note\n", (1, "media-captions-none")),
            ("WEBVTT\n\nikke en tid\ntekst\n", (3, "media-captions-no-time")),
            ("WEBVTT\n\n00:61.000 --> 00:62.000\nx\n", (3, "media-captions-time")),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", (3, "media-captions-empty-cue")),
            (
                "WEBVTT\n\n00:01.000 --> 00:02.000\nx\n00:02.000 --> 00:03.000\ny",
                (5, "media-captions-no-gap"),
            ),
        ] {
            assert_eq!(faults(text.as_bytes()), [want], "{text:?}");
        }
        assert_eq!(faults(b"WEBVTT\n\n00:01.000 --> 00:02.000\nS\xf8g\n"), [(4, "media-captions-not-utf8")]);
    }
}
