//! The table of promises in `src/publishing/README.md` names tests; they must be there.

use std::collections::BTreeSet;

use crate::sources;

#[test]
fn every_test_that_the_table_names_is_there() {
    let mut tests = BTreeSet::new();
    for file in sources::files("src", &["rs"]).into_iter().chain(sources::files("tests/suite", &["rs"])) {
        let mut marked = false;
        for line in file.text.lines().map(str::trim) {
            if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
                marked = true;
            } else if let Some(rest) = line.strip_prefix("fn ").or_else(|| line.strip_prefix("async fn ")) {
                if marked {
                    tests.insert(rest.split('(').next().unwrap_or_default().to_owned());
                }
                marked = false;
            }
        }
    }
    let table = sources::files("src/publishing", &["md"]).pop().unwrap().text;
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| R")).collect();
    let numbers: Vec<String> = (1..=55).map(|n| format!("R{n}")).collect();
    let named: Vec<&str> = rows.iter().map(|row| row.split('|').nth(1).unwrap().trim()).collect();
    assert_eq!(named, numbers, "each requirement has its row");
    for row in rows {
        let held = row.split('|').nth(3).unwrap().trim();
        let names: Vec<&str> = held.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty() || held.starts_with("not held"), "{row}");
        for name in names {
            assert!(tests.contains(name), "{name} is named and does not exist: {row}");
        }
    }
}
