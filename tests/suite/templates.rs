//! What the content policy and the design ask of templates, scripts and style sheets, read from their text.

use std::collections::BTreeSet;

use crate::sources::files;

#[test]
fn templates_carry_no_inline_style_or_script() {
    let mut wrong = Vec::new();
    for file in files("assets/templates", &["html"]) {
        // letters are read in mail programs, which know no style sheets
        if file.path.contains("/mail/") || file.path.contains("/letters/") {
            continue;
        }
        for (number, line) in file.text.lines().enumerate() {
            let handler = line.split(" on").skip(1).any(|rest| {
                rest.split_once('=')
                    .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase()))
            });
            let inline =
                line.contains("<script") && !line.contains("src=") && !line.contains("application/ld+json");
            if line.contains("style=") || line.contains("javascript:") || handler || inline {
                wrong.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_icon_is_in_the_sprite() {
    let sprite =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/static/icons.svg")).unwrap();
    let there: BTreeSet<&str> =
        sprite.split("id=\"i-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut wrong = Vec::new();
    for file in files("assets/templates", &["html"]) {
        for asked in file
            .text
            .split("icon(\"")
            .skip(1)
            .chain(file.text.split("icon=\"").skip(1))
            .chain(file.text.split("#i-").skip(1))
        {
            let name: String = asked
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-')
                .collect();
            if !name.is_empty() && !there.contains(name.as_str()) {
                wrong.push(format!("{}: {name}", file.path));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "not in assets/static/icons.svg");
}

#[test]
fn every_class_is_in_a_style_sheet() {
    let mut known = BTreeSet::new();
    // the practice channels have a look of their own
    let folders = ["assets/static/css", "assets/vendor/dkfds/css", "assets/demo"];
    for sheet in folders.iter().flat_map(|folder| files(folder, &["css"])) {
        for rest in sheet.text.split('.').skip(1) {
            known.insert(
                rest.chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
                    .collect::<String>(),
            );
        }
    }
    // lists named so that the base layer takes their bullets away; nothing else is said about them
    known.extend(["cr", "navl", "topl", "footl", "plain", "pl", "tl0"].map(String::from));
    let mut wrong = BTreeSet::new();
    for file in files("assets/templates", &["html"]) {
        if file.path.contains("/mail/") || file.path.contains("/letters/") {
            continue;
        }
        for value in file.text.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            // what an expression puts in is not known here
            let literal = value.split("{").next().unwrap_or_default();
            let whole = literal.len() == value.len();
            let mut names: Vec<&str> = literal.split(' ').filter(|n| !n.is_empty()).collect();
            if !whole && !literal.ends_with(' ') {
                names.pop();
            }
            for name in names {
                if !known.contains(name) {
                    wrong.insert(format!("{}: {name}", file.path));
                }
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new(), "classes that no style sheet knows");
}

#[test]
fn scripts_are_small_modules_that_evaluate_nothing() {
    for file in files("assets/static/js", &["js"]) {
        let lines = file.text.lines().count();
        assert!(lines < 200, "{} has {lines} lines", file.path);
        assert!(file.text.starts_with("// "), "{} does not say what it is for", file.path);
        for word in
            ["eval(", "new Function", ".innerHTML =", "document.write", "localStorage", "document.cookie"]
        {
            assert!(!file.text.contains(word), "{} uses {word}", file.path);
        }
    }
}
