//! Wording the law forbids or doubts: no answer (D-09), preferences (D-17, D-20), titles that name a sex
//! (D-22), questions about pay (D-33), digital only (D-16). The lists are data in `assets/taxonomy/lint.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{
    body,
    posting::{Content, Text},
    taxonomy,
};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing goes out while it stands there.
    Block,
    /// Nothing goes out before somebody has written why it may stand.
    Acknowledge,
    /// Told, no more.
    Warn,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    rule: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: String,
    level: Level,
    youth: Option<Level>,
    #[serde(default)]
    titles: bool,
    patterns: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
}

struct Rule {
    code: String,
    level: Level,
    youth: Option<Level>,
    titles: bool,
    patterns: Vec<Vec<Piece>>,
    except: Vec<String>,
}

enum Piece {
    Word(String),
    /// A word that begins so.
    Begins(String),
    /// A word that ends so and has more before it.
    Ends(String),
    /// A figure, or figures around a hyphen when there are two of them in the pattern.
    Figure,
    Figures,
    /// Up to four words.
    Some,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let lists: Lists =
        toml::from_str(include_str!("../../assets/taxonomy/lint.toml")).expect("lint.toml is read by a test");
    lists
        .rule
        .into_iter()
        .map(|r| Rule {
            code: r.code,
            level: r.level,
            youth: r.youth,
            titles: r.titles,
            patterns: r.patterns.iter().map(|p| p.split_whitespace().map(piece).collect()).collect(),
            except: r.except,
        })
        .collect()
});

fn piece(written: &str) -> Piece {
    match written {
        "…" => Piece::Some,
        "#" => Piece::Figure,
        "#-#" => Piece::Figures,
        w if w.ends_with('*') => Piece::Begins(w.trim_end_matches('*').to_owned()),
        w if w.starts_with('*') => Piece::Ends(w.trim_start_matches('*').to_owned()),
        w => Piece::Word(w.to_owned()),
    }
}

/// Doubtful words in one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule: the end of the message key `posting-lint-…`.
    pub code: String,
    /// How much it weighs here.
    pub level: Level,
    /// The words as they stand there.
    pub words: String,
    /// The field: `title_da`, `lead_en`, `pay` …
    pub field: String,
}

impl Finding {
    /// Names it for the acknowledgement: the same words under the same rule are let stand once.
    pub fn name(&self) -> String {
        format!("{}:{}", self.code, self.words.to_lowercase())
    }
}

/// Everything doubtful in an ad, in the order of its fields; each rule and wording once per field.
pub fn findings(content: &Content) -> Vec<Finding> {
    let youth = content
        .terms
        .employment_type
        .as_deref()
        .and_then(|c| taxonomy::find(taxonomy::employment_types(), c))
        .is_some_and(|e| e.youth);
    let mut found = Vec::new();
    for Text { language, title, lead, body } in &content.texts {
        look(title, &format!("title_{language}"), true, youth, &mut found);
        look(lead, &format!("lead_{language}"), false, youth, &mut found);
        look(&body::plain(body), &format!("body_{language}"), false, youth, &mut found);
    }
    look(&content.terms.pay, "pay", false, youth, &mut found);
    found
}

fn look(text: &str, field: &str, title: bool, youth: bool, found: &mut Vec<Finding>) {
    // a full stop ends a phrase; the mark itself is matched by nothing
    let shown: Vec<&str> = text
        .split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '»' | '«' | '"' | '/')
        })
        .filter(|w| !w.is_empty())
        .collect();
    let mut words: Vec<(String, usize)> = Vec::with_capacity(shown.len());
    for (at, word) in shown.iter().enumerate() {
        let bare = word.trim_matches(|c: char| matches!(c, '.' | '!' | '?' | '–' | '-' | '\'' | '’'));
        words.push((bare.to_lowercase().replace('’', "'"), at));
        if word.ends_with(['.', '!', '?']) {
            words.push((String::new(), at));
        }
    }
    for rule in RULES.iter().filter(|r| title || !r.titles) {
        let level = if youth { rule.youth.unwrap_or(rule.level) } else { rule.level };
        let mut told: Vec<String> = Vec::new();
        for start in 0..words.len() {
            let end = rule.patterns.iter().filter_map(|p| matches(p, &words[start..], rule)).max();
            let Some(length) = end else { continue };
            let (from, to) = (words[start].1, words[start + length - 1].1);
            let said = shown[from..=to]
                .join(" ")
                .trim_matches(|c: char| matches!(c, '.' | '!' | '?' | ',' | ':'))
                .to_owned();
            if !told.contains(&said.to_lowercase()) {
                told.push(said.to_lowercase());
                found.push(Finding { code: rule.code.clone(), level, words: said, field: field.to_owned() });
            }
        }
    }
}

/// How many words the pattern takes from the front; `None` when it does not fit.
fn matches(pattern: &[Piece], words: &[(String, usize)], rule: &Rule) -> Option<usize> {
    let Some((first, rest)) = pattern.split_first() else { return Some(0) };
    if let Piece::Some = first {
        return (0..=4)
            .take_while(|n| *n == 0 || words.get(n - 1).is_some_and(|(w, _)| !w.is_empty()))
            .find_map(|n| matches(rest, words.get(n..)?, rule).map(|m| n + m));
    }
    let (word, _) = words.first()?;
    let figure = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit());
    let fits = match first {
        Piece::Word(wanted) => word == wanted,
        Piece::Begins(start) => word.starts_with(start.as_str()),
        Piece::Ends(end) => word.len() > end.len() && word.ends_with(end.as_str()),
        Piece::Figure => figure(word),
        Piece::Figures => word.split_once(['-', '–']).is_some_and(|(a, b)| figure(a) && figure(b)),
        Piece::Some => false,
    };
    if !fits || rule.except.contains(word) {
        return None;
    }
    matches(rest, &words[1..], rule).map(|m| m + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Chance, Instant, Language, id::UnitId};

    fn ad(title: &str, body: &str) -> Content {
        let mut content = Content::empty(UnitId::new(Instant::from_seconds(0), &Chance::seeded(3)));
        content.texts = vec![Text {
            language: Language::Da,
            title: title.into(),
            lead: String::new(),
            body: body.into(),
        }];
        content
    }

    fn codes(title: &str, body: &str) -> Vec<(String, Level)> {
        findings(&ad(title, body)).into_iter().map(|f| (f.code, f.level)).collect()
    }

    #[test]
    fn what_the_law_forbids_is_found() {
        for (body, code, level) in [
            ("<p>Hører du ikke fra os inden 1. marts, er stillingen besat.</p>", "no-answer", Level::Block),
            ("<p>Hører du ikke noget <b>fra os</b></p>", "no-answer", Level::Block),
            ("<p>Har du ikke hørt fra os inden</p>", "no-answer", Level::Block),
            ("If you don’t hear from us", "no-answer", Level::Block),
            ("<p>Vi søger en kvindelig kollega</p>", "sex-preference", Level::Block),
            ("<p>Du er mellem 25 og 35 år</p>", "age-preference", Level::Block),
            ("<p>Du er 25-35 år.</p>", "age-preference", Level::Block),
            ("<p>Oplys din nuværende løn</p>", "former-pay", Level::Block),
            ("<p>Du er frisk på nye opgaver</p>", "hint-age", Level::Acknowledge),
            ("<p>Dansk som modersmål</p>", "hint-origin", Level::Acknowledge),
            ("<p>Vi modtager kun ansøgninger via systemet</p>", "digital-only", Level::Warn),
        ] {
            let found = codes("Pædagog", body);
            assert!(found.contains(&(code.into(), level)), "{body}: {found:?}");
        }
        assert_eq!(codes("Tømmermand", ""), [("title-sex".into(), Level::Acknowledge)]);
        assert_eq!(codes("Rengøringsdame og tømmermand", "").len(), 2);
    }

    #[test]
    fn ordinary_ads_are_let_be() {
        for body in [
            "<p>Du arbejder med børn under 3 år og deres forældre.</p>",
            "<p>Vi er et team på 14. Mandag holder vi møde om manden bag kunsten.</p>",
            "<p>Hører du til dem, der trives i travlhed? Så ring til os.</p>",
            "<p>Plejehjemmet har 24 beboere mellem 60 og 98 år.</p>",
            "<p>Du får svar fra os, uanset hvad.</p>",
            "<p>Ungdomsskolen ligger ved siden af.</p>",
        ] {
            assert_eq!(codes("Pædagog til mandagsholdet, ledende sygeplejerske", body), [], "{body}");
        }
    }

    #[test]
    fn an_age_band_may_be_named_with_a_reason_where_the_young_are_paid_apart() {
        let mut content = ad("Fritidsjob i køkkenet", "<p>Du er mellem 15 og 17 år</p>");
        content.terms.employment_type = Some("youth_job".into());
        let found = findings(&content);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].level, Level::Acknowledge);
        assert_eq!(found[0].name(), "age-preference:du er mellem 15 og 17 år");
        assert_eq!(found[0].field, "body_da");
    }
}
