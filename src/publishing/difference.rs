//! What is different in a text since somebody approved it, word by word.

use similar::{ChangeTag, TextDiff};

/// A run of words, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it is.
    pub what: Became,
    /// The words with the white space that belongs to them.
    pub text: String,
}

/// What became of a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// It stands.
    Kept,
    /// It is gone.
    Gone,
    /// It is new.
    New,
}

/// The new text as runs, with what is gone where it stood.
pub fn runs(before: &str, now: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for change in TextDiff::from_unicode_words(before, now).iter_all_changes() {
        let what = match change.tag() {
            ChangeTag::Equal => Became::Kept,
            ChangeTag::Delete => Became::Gone,
            ChangeTag::Insert => Became::New,
        };
        match runs.last_mut() {
            Some(run) if run.what == what => run.text.push_str(change.value()),
            _ => runs.push(Run { what, text: change.value().to_owned() }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_and_what_is_new_make_up_both_texts() {
        let (before, now) =
            ("Vi søger en sygeplejerske til aften.", "Vi søger to sygeplejersker til aften, straks.");
        let runs = runs(before, now);
        let without = |gone: Became| {
            runs.iter().filter(|r| r.what != gone).map(|r| r.text.as_str()).collect::<String>()
        };
        assert_eq!((without(Became::New), without(Became::Gone)), (before.to_owned(), now.to_owned()));
        assert!(runs.iter().any(|r| r.what == Became::New && r.text.contains("to")));
        assert_eq!(super::runs("ens", "ens"), [Run { what: Became::Kept, text: "ens".into() }]);
    }
}
