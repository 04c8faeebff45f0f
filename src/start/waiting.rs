//! What waits for somebody, in the order in which it should be looked at.

/// How bad it is that it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Something does not work until a person acts.
    Stuck,
    /// People are waiting for us.
    Late,
    /// Ours to do next.
    Next,
    /// Begun and not finished.
    Begun,
}

impl Weight {
    /// The class that colours its symbol.
    pub const fn look(self) -> &'static str {
        match self {
            Self::Stuck => "bad",
            Self::Late => "warn",
            Self::Next => "info",
            Self::Begun => "",
        }
    }
}

/// One thing that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// How bad.
    pub weight: Weight,
    /// Symbol in the sprite.
    pub icon: &'static str,
    /// What it is.
    pub text: String,
    /// Which, and why.
    pub detail: String,
    /// Where one deals with it.
    pub href: String,
    /// What one does there.
    pub verb: String,
}

/// Worst first; what weighs the same stays in the order it was found.
pub fn sorted(mut found: Vec<Waiting>) -> Vec<Waiting> {
    found.sort_by_key(|waiting| waiting.weight);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(weight: Weight, text: &str) -> Waiting {
        Waiting {
            weight,
            icon: "edit",
            text: text.into(),
            detail: String::new(),
            href: String::new(),
            verb: String::new(),
        }
    }

    #[test]
    fn the_worst_comes_first_and_equals_keep_their_order() {
        let found = vec![
            one(Weight::Begun, "a"),
            one(Weight::Late, "b"),
            one(Weight::Stuck, "c"),
            one(Weight::Late, "d"),
        ];
        let order: Vec<String> = sorted(found).into_iter().map(|w| w.text).collect();
        assert_eq!(order, ["c", "b", "d", "a"]);
    }
}
