//! What a look at an installation found, for a person at a terminal and for programs.

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should be.
    Well,
    /// It works, and somebody should know.
    Warning,
    /// Something does not work.
    Wrong,
}

/// One thing looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// What: `configuration`, `database`, `files` …; stable, for programs.
    pub about: &'static str,
    /// How bad.
    pub verdict: Verdict,
    /// What was seen.
    pub says: String,
    /// What to do now; empty when nothing is to be done.
    #[serde(rename = "do")]
    pub remedy: String,
}

/// Everything that was looked at.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Of the program.
    pub version: &'static str,
    /// The worst of the findings.
    pub verdict: Verdict,
    /// In the order they were looked at: what the others stand on first.
    pub findings: Vec<Finding>,
}

impl Report {
    pub(super) fn of(findings: Vec<Finding>) -> Self {
        let verdict = findings.iter().map(|f| f.verdict).max().unwrap_or(Verdict::Well);
        Self { version: env!("CARGO_PKG_VERSION"), verdict, findings }
    }

    /// For a person at a terminal.
    pub fn words(&self) -> String {
        let mut text = String::new();
        for finding in &self.findings {
            let mark = match finding.verdict {
                Verdict::Well => "ok     ",
                Verdict::Warning => "warning",
                Verdict::Wrong => "WRONG  ",
            };
            text.push_str(&format!("{mark}  {}: {}\n", finding.about, finding.says));
            if !finding.remedy.is_empty() {
                text.push_str(&format!("         → {}\n", finding.remedy));
            }
        }
        text.push_str(match self.verdict {
            Verdict::Well => "Everything is as it should be.",
            Verdict::Warning => "It works; the warnings are worth reading.",
            Verdict::Wrong => "Something is wrong; begin with the first line marked so.",
        });
        text
    }
}

/// Findings as they are made.
#[derive(Default)]
pub(super) struct Notes(pub Vec<Finding>);

impl Notes {
    pub fn well(&mut self, about: &'static str, says: impl Into<String>) {
        self.put(about, Verdict::Well, says, "");
    }
    pub fn warn(&mut self, about: &'static str, says: impl Into<String>, remedy: impl Into<String>) {
        self.put(about, Verdict::Warning, says, remedy);
    }
    pub fn wrong(&mut self, about: &'static str, says: impl Into<String>, remedy: impl Into<String>) {
        self.put(about, Verdict::Wrong, says, remedy);
    }
    fn put(
        &mut self,
        about: &'static str,
        verdict: Verdict,
        says: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.0.push(Finding { about, verdict, says: says.into(), remedy: remedy.into() });
    }
}
