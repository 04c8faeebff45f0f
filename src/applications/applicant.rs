//! The person: what they write about themselves, checked. Nothing is asked for that may not be asked for:
//! no age, no CPR number, no family, no health (D-06, D-19).

use crate::{
    base::{
        address,
        text::{self, count, cpr_like},
    },
    web::{Typed, forms::Errors},
};

/// Longest name, in characters a person would count.
pub const NAME_MAX: usize = 120;
/// Longest letter typed into the form, in characters a person would count.
pub const LETTER_MAX: usize = 10_000;

/// How to reach somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Full name.
    pub name: String,
    /// Mail address, lower case; empty only for applications on paper.
    pub email: String,
    /// E.164, or empty.
    pub phone: String,
}

/// Which of it must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Name and mail: the receipt goes there.
    NameAndEmail,
    /// Only the name: an application on paper may have no mail address (D-16).
    Name,
}

/// Reads name, mail and telephone from the fields `name`, `email`, `phone`.
pub fn contact(typed: &Typed, wanted: Wanted, errors: &mut Errors) -> Contact {
    let name = errors.take("name", name(typed.get("name")));
    if count(&name) > NAME_MAX {
        errors.add_with("name", "error-too-long", "max", NAME_MAX);
    }
    let email = match (wanted, typed.get("email").trim()) {
        (Wanted::Name, "") => String::new(),
        (_, raw) => errors.take("email", address::email(raw)),
    };
    let phone = errors.take("phone", address::phone(typed.get("phone")));
    Contact { name, email, phone }
}

fn name(raw: &str) -> Result<String, &'static str> {
    let name = text::line(raw);
    match () {
        () if name.is_empty() => Err("apply-name-missing"),
        () if !cpr_like(&name).is_empty() => Err("apply-cpr"),
        () => Ok(name),
    }
}

/// Reads the letter from the field `letter`; may be empty.
pub fn letter(typed: &Typed, errors: &mut Errors) -> String {
    let letter = text::paragraphs(typed.get("letter"));
    if !cpr_like(&letter).is_empty() {
        errors.add("letter", "apply-cpr");
    } else if count(&letter) > LETTER_MAX {
        errors.add_with("letter", "error-too-long", "max", LETTER_MAX);
    }
    letter
}

/// The first name, for a friendly word.
pub fn first_name(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn says_what_is_wrong_with_each_field() {
        let mut errors = Errors::none();
        let form = typed(&[("name", " "), ("email", "sofie.example.dk"), ("phone", "ring bare")]);
        contact(&form, Wanted::NameAndEmail, &mut errors);
        let found: Vec<_> = errors.0.iter().map(|e| (e.field.as_str(), e.key.as_str())).collect();
        assert_eq!(
            found,
            [("name", "apply-name-missing"), ("email", "error-email-at"), ("phone", "error-phone-form")]
        );
    }

    #[test]
    fn a_paper_application_needs_no_mail_but_a_wrong_one_is_refused() {
        let mut errors = Errors::none();
        let contact = contact(&typed(&[("name", "Åse  Holm")]), Wanted::Name, &mut errors);
        assert!(errors.is_empty());
        assert_eq!(contact.name, "Åse Holm");
        super::contact(&typed(&[("name", "Åse"), ("email", "x")]), Wanted::Name, &mut errors);
        assert_eq!(errors.0.len(), 1);
    }

    #[test]
    fn a_cpr_number_in_what_is_typed_is_sent_back() {
        let mut errors = Errors::none();
        letter(&typed(&[("letter", "Mit cpr-nummer er 010203-4567.")]), &mut errors);
        assert_eq!((errors.0[0].field.as_str(), errors.0[0].key.as_str()), ("letter", "apply-cpr"));
    }
}
