//! What an applicant is told before sending (Art. 13 GDPR, D-03): who is responsible, why, on what basis, for
//! how long, and which rights there are. The text follows from the configuration; its version follows from
//! the text, so that an application says which one was shown. No consent is asked for (D-03a).

use sha2::{Digest, Sha256};

use crate::{base::Language, config::Config, i18n::Speech, postings::Kept};

/// The text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Changes when a word of it changes.
    pub version: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

/// A paragraph under its heading, as the page on privacy shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is about.
    pub heading: String,
    /// The same words as in the form.
    pub text: String,
}

/// The same text with headings; nothing while nobody has said who answers for it (D-03).
pub fn sections(config: &Config, t: Speech) -> Vec<Section> {
    if config.privacy.controller.is_empty() || config.privacy.dpo.is_empty() {
        return Vec::new();
    }
    let texts = paragraphs(config, &Kept::standard(config), t);
    KEYS.iter()
        .zip(texts)
        .map(|(key, text)| Section { heading: t.say(&format!("{key}.heading")), text })
        .collect()
}

/// The paragraphs, in order.
const KEYS: [&str; 6] = [
    "notice-controller",
    "notice-purpose",
    "notice-who",
    "notice-how-long",
    "notice-rights",
    "notice-complaint",
];

/// The text in `t`'s language, for a posting whose applications are kept so.
pub fn notice(config: &Config, kept: &Kept, t: Speech) -> Notice {
    Notice { version: version(config, kept), paragraphs: paragraphs(config, kept, t) }
}

/// The version of the text in force.
pub fn version(config: &Config, kept: &Kept) -> String {
    let mut hash = Sha256::new();
    for language in Language::ALL {
        for paragraph in paragraphs(config, kept, Speech(language)) {
            hash.update(paragraph);
            hash.update([0]);
        }
    }
    hex::encode(&hash.finalize()[..4])
}

fn paragraphs(config: &Config, kept: &Kept, t: Speech) -> Vec<String> {
    use crate::i18n::Said;
    let values = [
        ("org", config.organisation.name.said()),
        ("controller", config.privacy.controller.said()),
        ("dpo", config.privacy.dpo.said()),
        ("months", kept.months.said()),
        ("reason", kept.reason.said()),
    ];
    KEYS.iter().map(|key| t.args(key, &values)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_who_is_responsible_and_changes_its_version_with_its_words() {
        let mut config = Config::defaults(std::path::Path::new("/tmp"));
        config.privacy.controller = "Fjordby Kommune, Torvet 1".into();
        config.privacy.dpo = "dpo@fjordby.example".into();
        let mut kept = Kept::standard(&config);
        let before = notice(&config, &kept, Speech(Language::Da));
        let text = before.paragraphs.join("\n");
        for wanted in
            ["Fjordby Kommune, Torvet 1", "dpo@fjordby.example", "6 måneder", "Datatilsynet", "artikel 6"]
        {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        kept.months = 12;
        assert_ne!(version(&config, &kept), before.version);
        assert_eq!(notice(&config, &kept, Speech(Language::En)).version, version(&config, &kept));
    }
}
