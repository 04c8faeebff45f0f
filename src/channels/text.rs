//! Links and hashtags in a text, as social channels see them; and how each channel counts.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::TextUnit;
use crate::base::text::count;

/// What a web address counts on Mastodon and X, however long it is.
pub const URL_WEIGHT: usize = 23;

/// Where web addresses stand: byte ranges, in order. An address ends at white space; punctuation and an
/// unopened bracket at its end belong to the sentence.
pub fn links(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = find_scheme(&text[from..]).map(|i| from + i) {
        let end = text[at..]
            .find(|c: char| c.is_whitespace() || c.is_control() || "<>\"»«“”`".contains(c))
            .map_or(text.len(), |i| at + i);
        let mut address = &text[at..end];
        while let Some(last) = address.chars().next_back() {
            let lone_bracket = |open: char, close: char| {
                last == close && address.matches(close).count() > address.matches(open).count()
            };
            if ".,;:!?…'’*_".contains(last) || lone_bracket('(', ')') || lone_bracket('[', ']') {
                address = &address[..address.len() - last.len_utf8()];
            } else {
                break;
            }
        }
        let host = address.split_once("://").map_or("", |(_, rest)| rest);
        if host.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '[') {
            found.push(at..at + address.len());
        }
        from = end;
    }
    found
}

/// The next `http://` or `https://` that does not stand inside a word.
fn find_scheme(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(i) = text[from..].find("http").map(|i| from + i) {
        let rest = &text[i..];
        let begins = !text[..i].chars().next_back().is_some_and(char::is_alphanumeric);
        if begins && (rest.starts_with("http://") || rest.starts_with("https://")) {
            return Some(i);
        }
        from = i + 4;
    }
    None
}

/// Where hashtags stand, with the `#`: byte ranges. A tag follows white space or the start, has a letter
/// in it, and is at most 64 characters long.
pub fn hashtags(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        if c == '#' && before.is_none_or(|b: char| b.is_whitespace() || "(»“\"".contains(b)) {
            let rest = &text[at + 1..];
            let end =
                rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || is_mark(c))).unwrap_or(rest.len());
            let tag = &rest[..end];
            if tag.chars().any(char::is_alphabetic) && count(tag) <= 64 {
                found.push(at..at + 1 + end);
            }
        }
        before = Some(c);
    }
    found
}

/// Combining marks, which decomposed letters are made of (å as a + ring).
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// How much of a channel's limit a text takes.
pub fn weight(text: &str, unit: TextUnit) -> usize {
    match unit {
        TextUnit::GraphemesAndBytes => count(text),
        TextUnit::GraphemesUrl23 => around_links(text, mentions_shortened),
        TextUnit::WeightedX => around_links(text, weighted),
        TextUnit::Utf16 => text.encode_utf16().count(),
        TextUnit::CharEmojiBytes => {
            text.graphemes(true).map(|g| if is_emoji(g) { g.len() } else { g.chars().count() }).sum()
        }
        TextUnit::Utf8Bytes => text.len(),
    }
}

/// The weight of what stands between the web addresses, and 23 for each of these.
fn around_links(text: &str, weigh: fn(&str) -> usize) -> usize {
    let mut total = 0;
    let mut at = 0;
    for link in links(text) {
        total += weigh(&text[at..link.start]) + URL_WEIGHT;
        at = link.end;
    }
    total + weigh(&text[at..])
}

/// X's own rule (twitter-text, configuration 3): normalised to composed letters, then by range.
fn weighted(text: &str) -> usize {
    let light =
        |c: char| matches!(u32::from(c), 0..=0x10ff | 0x2000..=0x200d | 0x2010..=0x201f | 0x2032..=0x2037);
    let composed: String = text.nfc().collect();
    composed
        .graphemes(true)
        .map(|g| if is_emoji(g) { 2 } else { g.chars().map(|c| if light(c) { 1 } else { 2 }).sum() })
        .sum()
}

/// Whether a grapheme is drawn as a picture: in the blocks of pictures, a flag, or asked for as one.
fn is_emoji(grapheme: &str) -> bool {
    grapheme.chars().any(|c| {
        matches!(u32::from(c), 0x1f000..=0x1faff | 0x2600..=0x27bf | 0x2b1b | 0x2b1c | 0x2b50 | 0x2b55 | 0xfe0f | 0x20e3)
    })
}

/// `@kommune@social.example` counts as `@kommune`.
fn mentions_shortened(text: &str) -> usize {
    let mut total = count(text);
    for word in text.split(|c: char| c.is_whitespace() || "(),;:!?".contains(c)) {
        let Some((user, host)) = word.strip_prefix('@').and_then(|w| w.split_once('@')) else { continue };
        let host = host.trim_end_matches('.');
        let is_name = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_alphanumeric() || "._-".contains(c));
        if is_name(user) && is_name(host) {
            total -= count(host) + 1;
        }
    }
    total
}

/// An address as people read it: without the scheme and a slash at the end.
pub fn spoken(address: &str) -> &str {
    let bare =
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    bare.strip_suffix('/').unwrap_or(bare)
}

/// The longest beginning of `text` that `fits`, cut between words where that costs little, with `…`.
pub fn cut(text: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(text) {
        return text.to_owned();
    }
    // ends of graphemes, so that no letter is torn from its ring or a family apart
    let ends: Vec<usize> = text.grapheme_indices(true).map(|(i, g)| i + g.len()).collect();
    let at = |n: usize| if n == 0 { 0 } else { ends[n - 1] };
    let trimmed = |n: usize| format!("{}…", text[..at(n)].trim_end());
    let (mut low, mut high) = (0, ends.len());
    while low < high {
        let middle = (low + high).div_ceil(2);
        if fits(&trimmed(middle)) { low = middle } else { high = middle - 1 }
    }
    let end = at(low);
    // never through a web address: half of one leads nowhere
    let end = links(text).into_iter().find(|l| l.start < end && end < l.end).map_or(end, |l| l.start);
    let head = &text[..end];
    let in_word = text[end..].chars().next().is_some_and(|c| !c.is_whitespace());
    let head = match head.rfind(char::is_whitespace) {
        Some(space) if in_word && count(&head[space..]) <= 24 && space > 0 => &head[..space],
        _ => head,
    };
    format!("{}…", head.trim_end().trim_end_matches([',', ';', ':', '–', '-']).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, ranges: Vec<Range<usize>>) -> Vec<&str> {
        ranges.into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn links_end_where_the_sentence_goes_on() {
        for (text, want) in [
            ("Søg på https://job.dk/r/7Q2F9KXM.", vec!["https://job.dk/r/7Q2F9KXM"]),
            (
                "(se http://a.dk/x_(y)) og https://b.dk/?q=æ&r=1!",
                vec!["http://a.dk/x_(y)", "https://b.dk/?q=æ&r=1"],
            ),
            ("»https://a.dk«", vec!["https://a.dk"]),
            ("https:// er ingen, xhttps://a.dk heller ikke, httpd er et ord", vec![]),
            ("http://127.0.0.1:8080/r/abc", vec!["http://127.0.0.1:8080/r/abc"]),
            ("https://a.dk\nhttps://b.dk", vec!["https://a.dk", "https://b.dk"]),
        ] {
            assert_eq!(texts(text, links(text)), want, "{text}");
        }
    }

    #[test]
    fn hashtags_have_letters_in_them() {
        let text = "#job i #Fjordby, (#sygepleje) #2026 #a1 x#y https://a.dk/#z #blå\u{30a}bær! #";
        assert_eq!(texts(text, hashtags(text)), ["#job", "#Fjordby", "#sygepleje", "#a1", "#blå\u{30a}bær"]);
        assert!(hashtags(&format!("#{}", "a".repeat(65))).is_empty());
    }

    #[test]
    fn the_vectors_that_the_page_counts_too() {
        let vectors: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(include_str!("../../assets/channels/counting.json")).unwrap();
        for vector in &vectors {
            let text = vector["text"].as_str().unwrap();
            let units = vector.iter().filter(|(name, _)| *name != "text");
            assert_eq!(units.clone().count(), 6, "{text}");
            for (unit, wanted) in units {
                let unit: TextUnit = serde_json::from_value(unit.as_str().into()).unwrap();
                assert_eq!(Some(weight(text, unit) as u64), wanted.as_u64(), "{unit:?}: {text}");
            }
        }
    }

    // R43: vectors for both ways of counting
    #[test]
    fn both_channels_count_as_they_say() {
        let (bluesky, mastodon) = (TextUnit::GraphemesAndBytes, TextUnit::GraphemesUrl23);
        for (text, b, m) in [
            ("", 0, 0),
            ("abc", 3, 3),
            ("æøå", 3, 3),
            ("a\u{30a}rhus A\u{30a}", 7, 7),
            ("👩‍⚕️", 1, 1),
            ("👨‍👩‍👧‍👦🇩🇰👍🏽", 3, 3),
            ("e\u{301}\u{302}", 1, 1),
            ("to\r\nlinjer", 9, 9),
            ("https://job.dk/r/7Q2F9KXM", 25, 23),
            ("http://a.dk", 11, 23),
            ("Søg: https://job.dk/en/meget/lang/adresse/der/er/mere/end/tyve/og/tre.", 70, 29),
            ("https://a.dk https://b.dk", 25, 47),
            ("@kommune@social.example hej", 27, 12),
            ("skriv til job@fjordby.dk", 24, 24),
            ("कि क्षि", 3, 3),
        ] {
            assert_eq!(weight(text, bluesky), b, "Bluesky: {text}");
            assert_eq!(weight(text, mastodon), m, "Mastodon: {text}");
        }
    }

    // R43: vectors for the other channels' ways of counting
    #[test]
    fn x_meta_and_google_count_as_they_say() {
        let (x, meta, threads, google) =
            (TextUnit::WeightedX, TextUnit::Utf16, TextUnit::CharEmojiBytes, TextUnit::Utf8Bytes);
        for (text, by_x, by_meta, by_threads, by_google) in [
            ("", 0, 0, 0, 0),
            ("abc", 3, 3, 3, 3),
            ("æøå", 3, 3, 3, 6),
            // å as a and a ring: X composes it, the others count both
            ("a\u{30a}", 1, 2, 2, 3),
            ("👍", 2, 2, 4, 4),
            ("👍🏽", 2, 4, 8, 8),
            ("👨‍👩‍👧‍👦", 2, 11, 25, 25),
            ("🇩🇰", 2, 4, 8, 8),
            ("☀️", 2, 2, 6, 6),
            ("1️⃣", 2, 3, 7, 7),
            ("»citat« – …", 12, 11, 11, 17),
            ("求人", 4, 2, 2, 6),
            ("https://job.dk/r/7Q2F9KXM", 23, 25, 25, 25),
            ("Søg: https://job.dk/en/meget/lang/adresse/der/er/mere/end/tyve/og/tre.", 29, 70, 70, 71),
        ] {
            assert_eq!(weight(text, x), by_x, "X: {text}");
            assert_eq!(weight(text, meta), by_meta, "Meta: {text}");
            assert_eq!(weight(text, threads), by_threads, "Threads: {text}");
            assert_eq!(weight(text, google), by_google, "YouTube: {text}");
        }
    }

    #[test]
    fn cuts_between_words_and_letters_and_never_through_a_link() {
        let within = |n: usize| move |t: &str| count(t) <= n;
        assert_eq!(cut("Vi søger en sygeplejerske", within(100)), "Vi søger en sygeplejerske");
        assert_eq!(cut("Vi søger en sygeplejerske til aften", within(27)), "Vi søger en sygeplejerske…");
        assert_eq!(cut("Vi søger en, sygeplejerske", within(14)), "Vi søger en…");
        assert_eq!(cut("A\u{30a}A\u{30a}A\u{30a}", within(2)), "A\u{30a}…");
        assert_eq!(cut("Læs https://fjordby.dk/job her", within(15)), "Læs…");
        assert_eq!(cut("Langtordudenmellemrumsomfortsætterogfortsætter", within(10)), "Langtordu…");
        for n in 1..30 {
            let out = cut("Vi søger 👩‍⚕️ en sygeplejerske, https://a.dk/b og mere", within(n));
            assert!(count(&out) <= n, "{n}: {out}");
        }
    }
}
