//! Merge fields: a closed list of what a letter may name, written in braces. A word in braces that is none of them is
//! refused when the letter's words are saved; one without a value stops the letter (invariant 14).

use crate::words;

words! {
    /// What can stand in braces.
    pub enum Field {
        /// The applicant's first name.
        FirstName = "fornavn",
        /// What the job is called.
        Title = "stilling",
        /// The reference of the ad.
        Reference = "opslag",
        /// The address of the applicant's own page.
        Link = "link",
        /// Who answers questions about the job.
        ContactName = "kontakt",
        /// Their telephone.
        ContactPhone = "kontakt_telefon",
        /// Their mail address.
        ContactEmail = "kontakt_mail",
        /// The organisation.
        Organisation = "organisation",
        /// Who sends the letter.
        Sender = "afsender",
    }
}

impl Field {
    /// Key of the sentence that explains it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FirstName => "answers-field-first-name",
            Self::Title => "answers-field-title",
            Self::Reference => "answers-field-reference",
            Self::Link => "answers-field-link",
            Self::ContactName => "answers-field-contact-name",
            Self::ContactPhone => "answers-field-contact-phone",
            Self::ContactEmail => "answers-field-contact-email",
            Self::Organisation => "answers-field-organisation",
            Self::Sender => "answers-field-sender",
        }
    }
    /// As it is written.
    pub fn braced(self) -> String {
        format!("{{{}}}", self.word())
    }
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they are.
    Words(&'a str),
    /// A field.
    Field(Field),
}

/// The parts of a text in order; or what stands in braces and is no field, as it is written.
pub fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, braced) = rest.split_at(open);
        let close = braced.find('}');
        let field = close.and_then(|close| braced[1..close].parse().ok());
        let (Some(close), Some(field)) = (close, field) else {
            let end = close.map_or(braced.len(), |close| close + 1);
            return Err(braced[..end].chars().take(40).collect());
        };
        if !before.is_empty() {
            found.push(Piece::Words(before));
        }
        found.push(Piece::Field(field));
        rest = &braced[close + 1..];
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest));
    }
    Ok(found)
}

/// What is wrong with a text that cannot be filled in: what stands in braces, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved(pub String);

/// The text with every field filled in. A value is never read for fields itself.
pub fn fill(text: &str, value: &dyn Fn(Field) -> String) -> Result<String, Unresolved> {
    let mut out = String::with_capacity(text.len() + 64);
    for piece in pieces(text).map_err(Unresolved)? {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Field(field) => {
                let value = value(field);
                if value.trim().is_empty() {
                    return Err(Unresolved(field.braced()));
                }
                out.push_str(&value);
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Chance;

    fn value(field: Field) -> String {
        if field == Field::ContactPhone { String::new() } else { format!("<{field}>") }
    }

    #[test]
    fn fields_are_filled_in_and_nothing_else_is_touched() {
        let text = "Kære {fornavn}\n\nTak } for {stilling}. {link}";
        assert_eq!(fill(text, &value).unwrap(), "Kære <fornavn>\n\nTak } for <stilling>. <link>");
        assert_eq!(fill("", &value).unwrap(), "");
    }

    #[test]
    fn what_is_no_field_or_has_no_value_is_named() {
        for (text, named) in [
            ("Kære {navn}", "{navn}"),
            ("Kære {Fornavn}", "{Fornavn}"),
            ("{fornavn", "{fornavn"),
            ("{{fornavn}}", "{{fornavn}"),
            ("{ fornavn }", "{ fornavn }"),
            ("Ring på {kontakt_telefon}", "{kontakt_telefon}"),
        ] {
            assert_eq!(fill(text, &value), Err(Unresolved(named.into())), "{text}");
        }
    }

    #[test]
    fn a_value_that_looks_like_a_field_stays_as_it_is() {
        let sly = |_: Field| "{afsender}".to_owned();
        assert_eq!(fill("Kære {fornavn}", &sly).unwrap(), "Kære {afsender}");
    }

    #[test]
    fn invariant_14_no_text_leaves_with_an_unresolved_field() {
        // random texts out of fields, near-fields and braces: either every field is resolved, or it is refused by name
        let chance = Chance::seeded(14);
        let parts =
            ["{", "}", " ", "Kære", "{fornavn}", "{link}", "{kontakt_telefon}", "{navn}", "{afsender", "æ"];
        let (mut filled, mut refused) = (0, 0);
        for _ in 0..4000 {
            let n = 1 + chance.below(6);
            let pick = |_| parts[usize::try_from(chance.below(10)).unwrap()];
            let text: String = (0..n).map(pick).collect();
            match fill(&text, &value) {
                Ok(out) => {
                    filled += 1;
                    assert!(!out.contains('{'), "{text} → {out}");
                }
                Err(Unresolved(named)) => {
                    refused += 1;
                    assert!(named.starts_with('{') && text.contains(&named), "{text}: {named}");
                }
            }
        }
        assert!(filled > 500 && refused > 500, "{filled} {refused}");
    }
}
