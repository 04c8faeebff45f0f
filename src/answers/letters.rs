//! A letter out of its words and what it is about. The personal link is kept out until the letter leaves: the database
//! holds no key to anybody's page.

use super::{
    field::{self, Field, Unresolved},
    template::Template,
};
use crate::{
    applications::{Whole, first_name},
    config::Config,
    postings::Posting,
    secrets::fingerprint,
};

/// Where the personal link will stand. No text that anybody typed holds a control character.
const LINK: &str = "\u{1f}";

/// A letter's frozen words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub subject: String,
    pub body: String,
}

impl Words {
    /// The sha256 of exactly these words.
    pub fn sha256(&self) -> String {
        fingerprint(&format!("{}\n{}", self.subject, self.body))
    }
}

/// Fills the words in; refuses when one has no value, and says which.
pub(super) fn compose(
    template: &Template,
    whole: &Whole,
    posting: &Posting,
    config: &Config,
    sender: &str,
) -> Result<Words, Unresolved> {
    let terms = &posting.content.terms;
    let value = |field: Field| match field {
        Field::FirstName => first_name(&whole.applicant.name).to_owned(),
        Field::Title => posting.title(whole.applicant.language).to_owned(),
        Field::Reference => posting.reference.clone(),
        Field::Link => LINK.to_owned(),
        Field::ContactName => terms.contact_name.clone(),
        Field::ContactPhone => terms.contact_phone.clone(),
        Field::ContactEmail => terms.contact_email.clone(),
        Field::Organisation => config.organisation.name.clone(),
        Field::Sender => sender.to_owned(),
    };
    Ok(Words { subject: field::fill(&template.subject, &value)?, body: field::fill(&template.body, &value)? })
}

/// The text with a link in its place.
pub(super) fn with_link(body: &str, link: &str) -> String {
    body.replace(LINK, link)
}

/// The link as a preview shows it: where it leads, without the key.
pub(super) fn shown_link(config: &Config) -> String {
    format!("{}/min-ansoegning/…", config.server.public_url)
}
