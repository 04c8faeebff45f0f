//! The ladder and its rules, held by reading the source as text: each module uses only what stands above
//! it in `src/lib.rs`, tables are touched by their owners alone, and the crates that reach outward stay in
//! the files that may use them.

use crate::sources::{Source, files};

/// Which slice owns which tables; `insights` may read all of them.
const OWNERS: &[(&str, &[&str])] = &[
    ("queue", &["jobs", "changes", "beats"]),
    (
        "accounts",
        &[
            "units",
            "users",
            "memberships",
            "sessions",
            "api_tokens",
            "idempotency_keys",
            "audit_events",
            "pledges",
            "declarations",
        ],
    ),
    (
        "media",
        &[
            "assets",
            "renditions",
            "captions",
            "uploads",
            "portrayed",
            "portrayals",
            "consents",
            "consent_links",
        ],
    ),
    (
        "postings",
        &[
            "postings",
            "posting_texts",
            "posting_themes",
            "posting_media",
            "posting_rounds",
            "posting_versions",
            "posting_acknowledgements",
            "retention_rules",
        ],
    ),
    ("campaigns", &["campaigns", "campaign_units", "campaign_things"]),
    ("stories", &["stories", "story_texts", "story_media", "story_themes"]),
    ("tracking", &["links", "visit_hours"]),
    ("strategy", &["strategies", "audiences", "audience_channels"]),
    ("channels", &["channel_accounts", "account_tokens", "package_accounts", "oauth_apps", "oauth_flows"]),
    (
        "publishing",
        &[
            "publications",
            "deliveries",
            "attempts",
            "delivery_measures",
            "pauses",
            "breakers",
            "budgets",
            "preflights",
            "preflight_problems",
            "proofs",
        ],
    ),
    (
        "publishing",
        &[
            "approval_rules",
            "responsibilities",
            "approval_demands",
            "approvals",
            "publication_remarks",
            "guest_links",
            "delivery_assets",
            "consent_endings",
            "comments",
            "corrections",
            "snippets",
            "posting_slots",
            "digests",
            "series",
            "series_parts",
            "series_occurrences",
            "evergreens",
            "evergreen_parts",
            "evergreen_accounts",
            "evergreen_uses",
        ],
    ),
    ("answers", &["letter_templates", "answer_batches", "answer_letters", "letter_texts"]),
    ("interviews", &["interview_slots", "interviews", "interview_letters", "interview_questions"]),
    ("support", &["support_requests", "support_lines", "support_files", "support_things"]),
    (
        "applications",
        &[
            "applicants",
            "applications",
            "attachments",
            "form_files",
            "stage_intervals",
            "application_events",
            "application_tallies",
            "reason_requests",
            "move_conditions",
            "move_conditions_met",
        ],
    ),
    (
        "retention",
        &["retention_marks", "retention_holds", "erasure_requests", "erasures", "erased", "erasure_receipts"],
    ),
    (
        "assessment",
        &[
            "profiles",
            "criteria",
            "panel_seats",
            "panel_rules",
            "panel_gaps",
            "scorecards",
            "scores",
            "reveals",
            "consensus_notes",
        ],
    ),
];

fn ladder() -> Vec<String> {
    include_str!("../../src/lib.rs")
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// The module a file belongs to: `src/media/store.rs` and `src/media.rs` to `media`.
fn module(path: &str) -> &str {
    path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default()
}

/// The code of a file without its comments, and without its unit tests at the end.
fn code(source: &Source) -> String {
    let text = source.text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Every module named right after `crate::`, also in a braced list.
fn used(code: &str) -> Vec<String> {
    let word =
        |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let mut found = Vec::new();
    for part in code.split("crate::").skip(1) {
        let Some(list) = part.strip_prefix('{') else {
            found.push(word(part));
            continue;
        };
        let (mut depth, mut start) = (0, 0);
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    found.push(word(&list[start..at]));
                    start = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn the_reader_of_use_lines_reads_them() {
    let code = "use crate::{\n base::{Instant, id::X},\n db::{self, Conn},\n kit::Kit };\n crate::web::page(); use crate::mail;";
    assert_eq!(used(code), ["base", "db", "kit", "web", "mail"]);
}

#[test]
fn each_module_uses_only_what_stands_above_it() {
    let ladder = ladder();
    let floor = |m: &str| ladder.iter().position(|l| l == m);
    let mut wrong = Vec::new();
    for source in files("src", &["rs"]) {
        let own = module(&source.path).to_owned();
        let Some(own_floor) = floor(&own) else { continue };
        for other in used(&code(&source)) {
            if floor(&other).is_some_and(|f| f > own_floor) {
                wrong.push(format!("{}: crate::{other} stands below {own} in src/lib.rs", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_are_touched_by_their_owners_alone() {
    let mut wrong = Vec::new();
    for source in files("src", &["rs"]) {
        let code = code(&source);
        let own = module(&source.path);
        if own == "db" {
            continue;
        }
        let is_store = source.path.ends_with("/store.rs") || source.path.contains("/store/");
        // the index has a schema of its own
        if code.contains("schema::") && !code.contains("tantivy") && !is_store {
            wrong.push(format!("{}: only files named store.rs know the tables", source.path));
        }
        for (owner, tables) in OWNERS {
            for table in *tables {
                for verb in ["insert_into", "update", "delete"] {
                    let touched = code.contains(&format!("{verb}({table}::table"));
                    if touched && own != *owner {
                        wrong.push(format!("{}: {verb} into {table}, which {owner} owns", source.path));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_table_has_an_owner() {
    let schema = include_str!("../../src/db/schema.rs");
    let owned: Vec<&str> = OWNERS.iter().flat_map(|(_, t)| t.iter().copied()).collect();
    for line in schema.lines().filter(|l| l.starts_with("    ") && l.ends_with(") {")) {
        let table = line.trim().split(' ').next().unwrap();
        assert!(owned.contains(&table), "nobody owns the table {table}");
    }
}

#[test]
fn what_reaches_outward_stays_where_it_may() {
    let mut wrong = Vec::new();
    for source in files("src", &["rs"]) {
        let (path, code) = (source.path.as_str(), code(&source));
        let own = module(path);
        let page = path.ends_with("pages.rs") || path.contains("pages/");
        if code.contains("reqwest") && !matches!(own, "outbound" | "channels") {
            wrong.push(format!("{path}: reqwest belongs in outbound and channels"));
        }
        let serves = page
            || matches!(own, "web" | "routes" | "app" | "timetable" | "api" | "demo")
            || path == "src/accounts/session.rs";
        if code.contains("actix_web") && !serves {
            wrong.push(format!("{path}: actix_web belongs in pages"));
        }
        let draws = page
            || path.ends_with("letters.rs")
            || own == "web"
            || own == "demo"
            || path == "src/insights/charts.rs";
        if code.contains("askama") && !draws {
            wrong.push(format!("{path}: askama belongs in pages and letters"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> = ["src", "tests"]
        .iter()
        .flat_map(|f| files(f, &["rs"]))
        .filter(|s| {
            !s.text.starts_with("//!") && !s.text.starts_with("#![doc") && !s.path.contains("node_modules")
        })
        .map(|s| s.path)
        .collect();
    assert!(silent.is_empty(), "no `//!` at the top: {silent:?}");
}
