//! Someone who can log in.

use diesel::Queryable;

use crate::base::{Instant, Language, id::UserId};

/// A person on the staff side.
#[derive(Queryable, Clone, Debug)]
pub struct User {
    /// Which.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// Lower-case address, also the log-in name.
    pub email: String,
    /// Language of the interface.
    pub language: Language,
    /// Since when the person can no longer log in.
    pub disabled_at: Option<Instant>,
}

/// The first letters of the first and last name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn initials_are_first_and_last() {
        assert_eq!(super::initials("Camilla Bæk Juhl"), "CJ");
        assert_eq!(super::initials("Øjvind"), "Ø");
    }
}
