//! The words of letters: per kind and language, shipped and rewritten by the organisation.

use super::{
    field::{self, Field, Piece},
    store,
};
use crate::{
    accounts::audit::Actor,
    applications::{Application, Stage},
    base::{Language, text},
    db::{Conn, DbError},
    kit::Kit,
    web::forms::{Errors, FieldError},
    words,
};

words! {
    /// What a letter is about.
    pub enum Kind {
        /// A rejection without an interview.
        Rejection = "rejection",
        /// A rejection after one.
        Interviewed = "interviewed",
        /// That an application was withdrawn.
        Withdrawn = "withdrawn",
        /// That the reasons somebody asked for stand on their page.
        Reasons = "reasons",
    }
}

words! {
    /// Of what there can be one letter per decision.
    pub enum Slot {
        /// The decision itself.
        Decision = "decision",
        /// The reasons for it.
        Reasons = "reasons",
    }
}

impl Kind {
    /// For a rejection of this application.
    pub(super) const fn of(application: &Application) -> Self {
        match application.stage {
            Stage::Received | Stage::Assessing => Self::Rejection,
            Stage::Interview | Stage::Offer => Self::Interviewed,
        }
    }
    /// What it is one of.
    pub const fn slot(self) -> Slot {
        match self {
            Self::Rejection | Self::Interviewed | Self::Withdrawn => Slot::Decision,
            Self::Reasons => Slot::Reasons,
        }
    }
    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rejection => "answers-kind-rejection",
            Self::Interviewed => "answers-kind-interviewed",
            Self::Withdrawn => "answers-kind-withdrawn",
            Self::Reasons => "answers-kind-reasons",
        }
    }
    /// The fields its words may name. What leaves without a person names only what is always there.
    pub const fn fields(self) -> &'static [Field] {
        use Field::{
            ContactEmail, ContactName, ContactPhone, FirstName, Link, Organisation, Reference, Sender, Title,
        };
        match self {
            Self::Rejection | Self::Interviewed | Self::Reasons => &[
                FirstName,
                Title,
                Reference,
                Link,
                ContactName,
                ContactPhone,
                ContactEmail,
                Organisation,
                Sender,
            ],
            Self::Withdrawn => &[FirstName, Title, Reference, Link, Organisation],
        }
    }
    const fn shipped(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Rejection, Language::Da) => {
                include_str!("../../assets/templates/mail/answers/rejection.da.txt")
            }
            (Self::Rejection, Language::En) => {
                include_str!("../../assets/templates/mail/answers/rejection.en.txt")
            }
            (Self::Interviewed, Language::Da) => {
                include_str!("../../assets/templates/mail/answers/interviewed.da.txt")
            }
            (Self::Interviewed, Language::En) => {
                include_str!("../../assets/templates/mail/answers/interviewed.en.txt")
            }
            (Self::Withdrawn, Language::Da) => {
                include_str!("../../assets/templates/mail/answers/withdrawn.da.txt")
            }
            (Self::Withdrawn, Language::En) => {
                include_str!("../../assets/templates/mail/answers/withdrawn.en.txt")
            }
            (Self::Reasons, Language::Da) => {
                include_str!("../../assets/templates/mail/answers/reasons.da.txt")
            }
            (Self::Reasons, Language::En) => {
                include_str!("../../assets/templates/mail/answers/reasons.en.txt")
            }
        }
    }
}

/// Longest subject, characters.
pub(super) const SUBJECT: usize = 150;
/// Longest letter, characters.
pub(super) const BODY: usize = 5000;

/// The words of one kind of letter in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// Goes up with every change; 0 for the shipped words.
    pub version: i32,
}

/// As shipped: the subject on the first line, the text after an empty one.
pub(super) fn shipped(kind: Kind, language: Language) -> Template {
    let (subject, body) = kind.shipped(language).split_once("\n\n").unwrap_or_default();
    Template { subject: subject.trim().to_owned(), body: body.trim().to_owned(), version: 0 }
}

/// The words in use.
pub(super) fn of(conn: &mut Conn, kind: Kind, language: Language) -> Result<Template, DbError> {
    Ok(store::template(conn, kind, language)?.unwrap_or_else(|| shipped(kind, language)))
}

/// What is wrong with these words, each at its field.
pub(super) fn check(kind: Kind, subject: &str, body: &str) -> Errors {
    let mut errors = Errors::none();
    for (name, words, longest) in [("subject", subject, SUBJECT), ("body", body, BODY)] {
        if words.is_empty() {
            errors.add(name, "error-required");
            continue;
        }
        if text::count(words) > longest {
            errors.add_with(name, "error-too-long", "max", longest);
        }
        match field::pieces(words) {
            Err(braced) => errors.add_with(name, "answers-error-unknown-field", "field", braced),
            Ok(pieces) => {
                let named = pieces.iter().filter_map(|piece| match piece {
                    Piece::Field(field) => Some(*field),
                    Piece::Words(_) => None,
                });
                let link_in_subject = |field: &Field| name == "subject" && *field == Field::Link;
                let wrong = named.clone().find(|f| !kind.fields().contains(f) || link_in_subject(f));
                if let Some(wrong) = wrong {
                    errors.add_with(name, "answers-error-field-not-here", "field", wrong.braced());
                } else if name == "body" && !named.clone().any(|field| field == Field::Link) {
                    errors.add(name, "answers-error-no-link");
                }
            }
        }
    }
    errors
}

/// Why words were not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong")]
    Fields(Errors),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Saves the organisation's own words over `version`; letters that are written already keep theirs.
pub(super) fn save(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    (kind, language): (Kind, Language),
    (subject, body): (&str, &str),
    version: i32,
) -> Result<(), SaveError> {
    let (subject, body) = (text::line(subject), text::paragraphs(body));
    check(kind, &subject, &body).into_result().map_err(SaveError::Fields)?;
    let words = Template { subject, body, version };
    if store::put_template(conn, (kind, language), &words, &actor.to_string(), kit.clock.now())? {
        return Ok(());
    }
    let error = FieldError { field: "body".into(), key: "answers-error-changed".into(), args: Vec::new() };
    Err(SaveError::Fields(Errors(vec![error])))
}

/// Back to the shipped words.
pub(super) fn reset(conn: &mut Conn, kind: Kind, language: Language) -> Result<(), DbError> {
    store::delete_template(conn, kind, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_keep_the_rules_and_say_nothing_of_an_assessment() {
        for kind in Kind::ALL {
            for language in Language::ALL {
                let words = shipped(*kind, language);
                let errors = check(*kind, &words.subject, &words.body);
                assert!(errors.is_empty(), "{kind} {language:?}: {errors:?}");
                let lower = words.body.to_lowercase();
                for said in ["kvalifik", "erfaring", "qualif", "experience", "vurderet", "desværre"] {
                    assert!(!lower.contains(said), "{kind} {language:?} says {said}");
                }
            }
        }
    }

    #[test]
    fn words_with_a_wrong_field_are_refused_at_their_place() {
        let wrong = |kind, subject: &str, body: &str| {
            let found = check(kind, subject, body);
            found.0.into_iter().map(|e| (e.field, e.key)).collect::<Vec<_>>()
        };
        let at = |field: &str, key: &str| vec![(field.to_owned(), key.to_owned())];
        let ok = "Se svaret her: {link}";
        assert_eq!(wrong(Kind::Rejection, "Svar om {stilling}", ok), vec![]);
        assert_eq!(wrong(Kind::Rejection, "{titel}", ok), at("subject", "answers-error-unknown-field"));
        assert_eq!(wrong(Kind::Rejection, "Svar {link}", ok), at("subject", "answers-error-field-not-here"));
        assert_eq!(wrong(Kind::Rejection, "Svar", "Hej {fornavn}"), at("body", "answers-error-no-link"));
        let by = "Hej {afsender} {link}";
        assert_eq!(wrong(Kind::Withdrawn, "Svar", by), at("body", "answers-error-field-not-here"));
        assert_eq!(wrong(Kind::Rejection, "Svar", &"x".repeat(BODY + 1)).len(), 2);
        assert_eq!(
            wrong(Kind::Rejection, "", ""),
            [at("subject", "error-required"), at("body", "error-required")].concat()
        );
    }
}
