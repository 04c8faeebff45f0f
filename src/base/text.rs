//! Text as people write it: trimmed, NFC, counted as people count, and lengths that are refused kindly.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// One line: NFC, control characters out, white space folded and trimmed.
pub fn line(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for word in raw.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.nfc());
    }
    out
}

/// Several lines: NFC, line ends as `\n`, no other control characters, trimmed at both ends.
pub fn paragraphs(raw: &str) -> String {
    let normal: String = raw
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .nfc()
        .collect();
    normal.trim().to_owned()
}

/// The words of HTML alone, with `between` where a mark stood.
pub fn unmarked(html: &str, between: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push_str(between);
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// How many characters a person would count (grapheme clusters).
pub fn count(text: &str) -> usize {
    text.graphemes(true).count()
}

/// The first `n` characters a person would count, cut with an ellipsis when something is left out.
pub fn shorten(text: &str, n: usize) -> String {
    // nothing has more characters than bytes
    if text.len() <= n || count(text) <= n {
        return text.to_owned();
    }
    let mut out: String = text.graphemes(true).take(n.saturating_sub(1)).collect();
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// A piece of an address: lower-case ASCII, æ→ae ø→oe å→aa, words joined by `-` (attribution 3).
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.to_lowercase().nfc() {
        match c {
            'æ' => out.push_str("ae"),
            'ø' => out.push_str("oe"),
            'å' => out.push_str("aa"),
            'é' | 'è' => out.push('e'),
            'ü' => out.push('u'),
            'ö' => out.push('o'),
            'ä' => out.push('a'),
            'a'..='z' | '0'..='9' => out.push(c),
            _ => {
                if !out.is_empty() && !out.ends_with('-') {
                    out.push('-');
                }
            }
        }
    }
    out.truncate(64);
    out.trim_matches('-').to_owned()
}

/// Where something looks like a Danish CPR number (D-06): byte ranges.
pub fn cpr_like(text: &str) -> Vec<std::ops::Range<usize>> {
    let b = text.as_bytes();
    let digits = |i: usize, n: usize| b.get(i..i + n).filter(|d| d.iter().all(u8::is_ascii_digit));
    let number = |i: usize| digits(i, 2).map(|d| (d[0] - b'0') * 10 + d[1] - b'0');
    let mut found = Vec::new();
    let mut i = 0;
    while i + 10 <= b.len() {
        // nearly every byte of a letter ends here
        if !b[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let starts = i == 0 || !b[i - 1].is_ascii_alphanumeric();
        if starts
            && matches!(number(i), Some(1..=31))
            && matches!(number(i + 2), Some(1..=12))
            && digits(i + 4, 2).is_some()
        {
            let gap = usize::from(matches!(b.get(i + 6), Some(b'-' | b' ')));
            let end = i + 10 + gap;
            if digits(i + 6 + gap, 4).is_some() && b.get(end).is_none_or(|c| !c.is_ascii_alphanumeric()) {
                found.push(i..end);
                i = end;
                continue;
            }
        }
        i += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans_counts_and_slugs() {
        assert_eq!(line("  A\u{30a}rsrapport \n\t 2026 "), "Årsrapport 2026");
        assert_eq!(count("Å\u{30a}👩‍⚕️"), 2);
        assert_eq!(shorten("Sygeplejerske", 6), "Sygep…");
        assert_eq!(slug("SOSU-assistent på Ærø & Åbenrå!"), "sosu-assistent-paa-aeroe-aabenraa");
    }

    #[test]
    fn finds_cpr_numbers_and_nothing_else() {
        assert_eq!(cpr_like("cpr 010203-4567."), vec![4..15]);
        assert_eq!(cpr_like("0102034567"), vec![0..10]);
        assert!(cpr_like("tlf 12345678, 321399-1234, A010203-4567, 010203-45678").is_empty());
    }
}
