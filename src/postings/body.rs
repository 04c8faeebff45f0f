//! The text of an ad: what comes from the editor, from Word or typed without script, made into the few
//! marks an ad may hold. Everything else goes: styles, classes, scripts, pictures, foreign namespaces.

use std::{collections::HashSet, sync::LazyLock};

use ammonia::{Builder, UrlRelative};

use crate::base::text;

/// The longest text, in bytes of HTML.
pub const LONGEST: usize = 100_000;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(["p", "br", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote"]))
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "xml", "svg", "math", "noscript", "template", "iframe", "object",
        ]))
        .add_tag_attributes("a", &["href"])
        .url_schemes(HashSet::from(["https", "http", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener nofollow"));
    builder
});

/// What may be kept of what was sent. Plain text becomes paragraphs.
pub fn clean(raw: &str) -> String {
    let raw = text::paragraphs(raw);
    if raw.is_empty() {
        return raw;
    }
    let marked = if looks_marked(&raw) { renamed(&raw) } else { paragraphs(&raw) };
    let cleaned = CLEANER.clean(&marked).to_string();
    let tidy = tidied(&cleaned);
    if plain(&tidy).is_empty() { String::new() } else { tidy }
}

/// The words alone, a space where a mark stood.
pub fn plain(html: &str) -> String {
    // bold in the middle of a word is no space, but nobody is misled by one before a full stop either
    text::line(&text::unmarked(html, " "))
}

fn looks_marked(raw: &str) -> bool {
    let lower = raw.to_ascii_lowercase();
    [
        "<p", "<br", "<h1", "<h2", "<h3", "<ul", "<ol", "<li", "<div", "<strong", "<em", "<b>", "<i>",
        "<span", "<a ",
    ]
    .iter()
    .any(|t| lower.contains(t))
}

/// Typed without script: a blank line begins a paragraph, `- ` begins a point.
fn paragraphs(raw: &str) -> String {
    let mut out = String::new();
    for part in raw.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        let lines: Vec<&str> = part.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        let point = |l: &&str| l.starts_with("- ") || l.starts_with("• ") || l.starts_with("* ");
        let escaped = |s: &str| ammonia::clean_text(s).replace("&#32;", " ").replace("&#10;", "\n");
        if lines.iter().all(point) {
            out.push_str("<ul>");
            for line in lines {
                let words = line.split_once(' ').map_or("", |(_, w)| w);
                out.push_str(&format!("<li>{}</li>", escaped(words)));
            }
            out.push_str("</ul>");
        } else {
            let lines: Vec<String> = lines.iter().map(|l| escaped(l)).collect();
            out.push_str(&format!("<p>{}</p>", lines.join("<br>")));
        }
    }
    out
}

/// Marks of other makers in our words: Word's `b` and `i`, the editor's `div` and `h1`.
fn renamed(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let close = if tag[1..].starts_with('/') { "/" } else { "" };
        let name: String = tag[1 + close.len()..].chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        let ours = match name.to_ascii_lowercase().as_str() {
            "b" => "strong",
            "i" => "em",
            "div" => "p",
            "h1" => "h2",
            "h4" | "h5" | "h6" => "h3",
            _ => "",
        };
        let skip = 1 + close.len();
        if ours.is_empty() {
            out.push_str(&tag[..skip]);
            rest = &tag[skip..];
        } else {
            out.push('<');
            out.push_str(close);
            out.push_str(ours);
            rest = &tag[skip + name.len()..];
        }
    }
    out.push_str(rest);
    out
}

/// Empty paragraphs (Word makes space with them) and hard spaces go.
fn tidied(html: &str) -> String {
    let mut out = html.replace("&nbsp;", " ").replace('\u{a0}', " ");
    loop {
        let before = out.len();
        for tag in ["p", "li", "h2", "h3", "strong", "em", "ul", "ol", "blockquote"] {
            for inner in ["", " ", "<br>", "\n"] {
                out = out.replace(&format!("<{tag}>{inner}</{tag}>"), "");
            }
        }
        if out.len() == before {
            return out.trim().to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attacks_leave_nothing_that_runs() {
        for attack in [
            "<p>x</p><script>alert(1)</script>",
            "<p onclick=alert(1)>x</p>",
            "<p><img src=x onerror=alert(1)>x</p>",
            "<p><a href=\"javascript:alert(1)\">x</a></p>",
            "<p><a href=\"JaVa\tScRiPt:alert(1)\">x</a></p>",
            "<p><a href=\"data:text/html,<script>alert(1)</script>\">x</a></p>",
            "<p>x<svg><script>alert(1)</script></svg></p>",
            "<p>x<math><mi xlink:href=\"javascript:alert(1)\"></mi></math></p>",
            "<p style=\"background:url(javascript:alert(1))\">x</p>",
            "<p>x</p><iframe src=\"javascript:alert(1)\"></iframe>",
            "<p>x<style>@import 'https://elsewhere.example'</style></p>",
            "<p>x</p><form action=https://elsewhere.example><input name=cpr></form>",
            "<p>x<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript></p>",
            "<p>x</p><!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
            "<div><p>x<base href=https://elsewhere.example></p></div>",
            "<<p>p>x<</p>/p><b<script>>",
        ] {
            let kept = clean(attack);
            let lower = kept.to_lowercase();
            for bad in [
                "<script",
                "javascript:",
                "onerror",
                "onclick",
                "<img",
                "<svg",
                "style",
                "<iframe",
                "<form",
                "data:",
                "<base",
            ] {
                assert!(!lower.contains(bad), "{attack} leaves {kept}");
            }
        }
    }

    #[test]
    fn a_paste_from_word_becomes_plain_marks() {
        let word = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style>p.MsoNormal{margin:0}</style></head>\
            <body lang=DA><!--StartFragment--><h1 style='color:red'>Det skal du lave</h1>\
            <p class=MsoNormal style='mso-margin-top-alt:auto'><b><span style='font-size:12.0pt'>Du bliver en del<o:p></o:p></span></b> af <i>holdet</i>&nbsp;på Ærø</p>\
            <p class=MsoNormal><o:p>&nbsp;</o:p></p>\
            <ul type=disc><li class=MsoListParagraph><span lang=DA>Medicin<o:p></o:p></span></li></ul>\
            <p><a href=\"https://fjordby.example/om\" target=_blank style='x'>Læs om os</a></p><!--EndFragment--></body></html>";
        assert_eq!(
            clean(word),
            "<h2>Det skal du lave</h2><p><strong>Du bliver en del</strong> af <em>holdet</em> på Ærø</p>\
             <ul><li>Medicin</li></ul><p><a href=\"https://fjordby.example/om\" rel=\"noopener nofollow\">Læs om os</a></p>"
        );
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for text in ["<p>a &amp; b &lt; c</p>", "Hej\n\nverden & co", "- et\n- to", "<div>x<br>y</div>"] {
            let once = clean(text);
            assert_eq!(clean(&once), once, "{text}");
        }
    }

    #[test]
    fn typed_without_script() {
        assert_eq!(
            clean("Første linje\nanden linje\n\n- medicin & sår\n- samtaler <3"),
            "<p>Første linje<br>anden linje</p><ul><li>medicin &amp; sår</li><li>samtaler &lt;3</li></ul>"
        );
        assert_eq!(clean("  \n "), "");
        assert_eq!(clean("<p>&nbsp;</p><p><br></p>"), "");
        assert_eq!(plain("<p>a &amp; b</p><ul><li>c</li></ul>"), "a & b c");
    }
}
