//! LinkedIn's »little text«: signs that mean something there are escaped, or the text ends at them without a word; a
//! hashtag is written as a template.

use crate::channels::text::hashtags;

/// The signs that mean something.
const RESERVED: &str = "|{}@[]()<>#\\*_~";

/// A text as LinkedIn wants it.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for tag in hashtags(text) {
        escape_into(&mut out, &text[at..tag.start]);
        out.push_str("{hashtag|\\#|");
        escape_into(&mut out, &text[tag.start + 1..tag.end]);
        out.push('}');
        at = tag.end;
    }
    escape_into(&mut out, &text[at..]);
    out
}

fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        if RESERVED.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
}

/// A text as people read it, of one that came back.
pub(super) fn plain(little: &str) -> String {
    let mut out = String::with_capacity(little.len());
    let mut rest = little;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                if let Some(next) = rest.chars().next() {
                    out.push(next);
                    rest = &rest[next.len_utf8()..];
                }
            }
            '{' if rest.starts_with("hashtag|") => {
                rest = rest.strip_prefix("hashtag|\\#|").unwrap_or(rest);
                out.push('#');
            }
            '}' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    // R44
    #[test]
    fn whatever_means_something_there_is_escaped() {
        for (text, little) in [
            ("Vi søger dig (35 timer)", r"Vi søger dig \(35 timer\)"),
            ("a_b*c~d|e<f>g[h]{i}@j\\", r"a\_b\*c\~d\|e\<f\>g\[h\]\{i\}\@j\\"),
            ("Et #job i #Fjordby_Nord!", r"Et {hashtag|\#|job} i {hashtag|\#|Fjordby\_Nord}!"),
            ("Stilling #12", r"Stilling \#12"),
            ("https://job.dk/r/7Q2F9KXM", "https://job.dk/r/7Q2F9KXM"),
            ("https://job.dk/a_(b)", r"https://job.dk/a\_\(b\)"),
            ("æøå 👩‍⚕️ »citat«", "æøå 👩‍⚕️ »citat«"),
        ] {
            assert_eq!(escaped(text), little);
            assert_eq!(plain(little), text);
        }
    }
}
