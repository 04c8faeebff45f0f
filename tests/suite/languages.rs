//! Danish and English say the same things: every key that a template or the source asks for is in both catalogues with the same
//! values in it, none is left over, and the Danish texts keep to the house's own words.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, files};

/// key → the names of the values in its text
type Catalogue = BTreeMap<String, BTreeSet<String>>;

fn catalogue(language: &str) -> Catalogue {
    let mut found = Catalogue::new();
    for file in files(&format!("assets/locales/{language}"), &["ftl"]) {
        let mut key = String::new();
        for line in file.text.lines() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            if !line.starts_with([' ', '}', '\t']) {
                let name = line.split_once('=').unwrap_or_else(|| panic!("{}: {line}", file.path)).0.trim();
                key = name.to_owned();
                assert!(
                    found.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{}: {key} stands twice",
                    file.path
                );
            }
            for value in line.split('$').skip(1) {
                let name: String =
                    value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
                found.get_mut(&key).unwrap().insert(name);
            }
        }
    }
    found
}

/// The strings in double quotes of a line of Rust or of a template expression; escapes do not occur in keys.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

fn looks_like_a_key(text: &str) -> bool {
    let bare = text.split('.').next().unwrap_or_default();
    bare.contains('-')
        && bare.starts_with(|c: char| c.is_ascii_lowercase())
        && bare.ends_with(|c: char| c.is_ascii_alphanumeric())
        && bare.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// What stands between `{{ }}` and `{% %}`.
fn expressions(template: &str) -> String {
    let mut found = String::new();
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        for part in template.split(open).skip(1) {
            found.push_str(part.split(close).next().unwrap_or_default());
            found.push('\n');
        }
    }
    found
}

/// What is asked for: whole keys, and beginnings of keys that are put together (`format!("state-{…}")`).
struct Asked {
    /// key → where it was first seen
    keys: BTreeMap<String, String>,
    beginnings: BTreeSet<String>,
    endings: BTreeSet<String>,
}

impl Asked {
    /// Whether somebody may say `key`: as a whole, or put together from what is asked for.
    fn asks(&self, key: &str) -> bool {
        self.keys.contains_key(key)
            || self.beginnings.iter().any(|b| key.starts_with(b.as_str()))
            || self.endings.iter().any(|e| key.strip_suffix(e.as_str()).is_some_and(|k| self.asks(k)))
    }
}

fn asked() -> Asked {
    let mut asked = Asked { keys: BTreeMap::new(), beginnings: BTreeSet::new(), endings: BTreeSet::new() };
    let sources = files("src", &["rs"]).into_iter().map(|s| (s.path.clone(), without_tests(&s)));
    let templates = files("assets/templates", &["html", "txt", "subject"])
        .into_iter()
        .map(|s| (s.path.clone(), expressions(&s.text)));
    for (path, text) in sources.chain(templates) {
        for string in text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(quoted) {
            if let Some(ending) =
                string.strip_prefix('{').and_then(|s| s.split_once('}')).map(|(_, ending)| ending)
                && ending.starts_with('-')
                && looks_like_a_key(&format!("x{ending}"))
            {
                asked.endings.insert(ending.to_owned());
            }
            if looks_like_a_key(string) && !string.contains('{') {
                let key = string.split('.').next().unwrap_or_default();
                asked.keys.entry(key.to_owned()).or_insert_with(|| path.clone());
            } else if let Some((beginning, _)) = string.split_once('{')
                && let Some(bare) = beginning.strip_suffix('-')
                && bare.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                && !bare.is_empty()
            {
                asked.beginnings.insert(beginning.to_owned());
            }
        }
    }
    asked
}

/// The text of a source file up to its unit tests, which ask for keys that need not exist.
fn without_tests(source: &Source) -> String {
    source.text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

#[test]
fn both_catalogues_have_the_same_keys_with_the_same_values() {
    let (danish, english) = (catalogue("da"), catalogue("en"));
    let only =
        |a: &Catalogue, b: &Catalogue| a.keys().filter(|k| !b.contains_key(*k)).cloned().collect::<Vec<_>>();
    assert_eq!(only(&danish, &english), Vec::<String>::new(), "in Danish only");
    assert_eq!(only(&english, &danish), Vec::<String>::new(), "in English only");
    for (key, values) in &danish {
        assert_eq!(values, &english[key], "{key}: the two languages use different values");
    }
}

#[test]
fn every_key_that_is_asked_for_is_there() {
    let catalogue = catalogue("da");
    // a string counts as a key when it begins like one: with the first word of a key that exists
    let families: BTreeSet<&str> = catalogue.keys().filter_map(|k| k.split('-').next()).collect();
    let said = |text: &str| -> BTreeSet<String> {
        [".say(", "t.with(", "t.with2(", "t.with3(", "t.args("]
            .iter()
            .flat_map(|call| text.split(call).skip(1))
            .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
            .filter(|key| !key.contains('{'))
            .map(|key| key.split('.').next().unwrap_or_default().to_owned())
            .collect()
    };
    let mut missing = BTreeMap::new();
    for file in files("src", &["rs"]) {
        missing.extend(said(&without_tests(&file)).into_iter().map(|key| (key, file.path.clone())));
    }
    for file in files("assets/templates", &["html", "txt", "subject"]) {
        missing.extend(said(&file.text).into_iter().map(|key| (key, file.path.clone())));
    }
    for (key, path) in asked().keys {
        let family = key.split('-').next().unwrap_or_default();
        if path.ends_with(".rs") && families.contains(family) && !NOT_KEYS.contains(&key.as_str()) {
            missing.insert(key, path);
        }
    }
    missing.retain(|key, _| !catalogue.contains_key(key));
    assert_eq!(missing, BTreeMap::new(), "asked for, but in no catalogue");
}

/// Strings in the source that look like keys and are none: header names, directives, and the like.
const NOT_KEYS: [&str; 1] = ["papers-text"];

#[test]
fn no_text_is_left_over() {
    let asked = asked();
    let unused: Vec<_> = catalogue("da").into_keys().filter(|key| !asked.asks(key)).collect();
    assert_eq!(unused, Vec::<String>::new(), "in the catalogues, but nobody says it");
}

#[test]
fn danish_texts_keep_to_the_words_of_the_house() {
    // the left is never written; the right is what we say instead
    let words = [
        ("brugeren", "du, eller personens navn"),
        ("systemet", "vi, eller Opslag"),
        ("e-mail", "mail"),
        ("upload", "læg op, tilføj"),
        ("dashboard", "start"),
        ("klik her", "linket siger, hvor det fører hen"),
        ("ugyldig", "hvad der er galt, og hvad man gør"),
        ("noget gik galt", "hvad der skete"),
        ("venligst", "bare sig det"),
        ("beklager", "sig, hvad man kan gøre"),
        ("submit", "et udsagnsord"),
        ("matchprocent", "intet"),
        ("!", "et punktum"),
        ("\"", "»…«"),
    ];
    let mut wrong = Vec::new();
    for file in files("assets/locales/da", &["ftl"]) {
        for line in file.text.lines().filter(|line| !line.starts_with('#')) {
            let text = line.split_once('=').map_or(line, |(_, text)| text).to_lowercase();
            // a quoted placeholder of Fluent is syntax, not text
            let text = text.replace("{ \"{\" }", "").replace("{ \"}\" }", "").replace("{ \"\" }", "");
            wrong.extend(
                words
                    .iter()
                    .filter(|(word, _)| text.contains(word))
                    .map(|(word, instead)| format!("{}: »{word}« → {instead}: {line}", file.path)),
            );
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
