//! The vocabulary of ads as data: professions, forms of employment, shifts, themes, agreements. Codes
//! stand in the database and in addresses; the names are in `assets/taxonomy`, in both languages.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::base::Language;

/// One word of a vocabulary.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// As it is stored.
    pub code: String,
    /// In Danish.
    pub da: String,
    /// In English.
    pub en: String,
    /// ISCO-08 group, where it is certain.
    #[serde(default)]
    pub isco: Option<String>,
    /// An authorisation is asked for.
    #[serde(default)]
    pub authorised: bool,
    /// schema.org's word for the form of employment.
    #[serde(default)]
    pub schema_org: Option<String>,
    /// An age band may be named, with a reason (D-20).
    #[serde(default)]
    pub youth: bool,
}

impl Entry {
    /// Its name.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::Da => &self.da,
            Language::En => &self.en,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entry: Vec<Entry>,
}

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident = $file:literal),+ $(,)?) => {$(
        $(#[$doc])*
        pub fn $name() -> &'static [Entry] {
            static LIST: LazyLock<Vec<Entry>> = LazyLock::new(|| {
                let text = include_str!(concat!("../../assets/taxonomy/", $file));
                toml::from_str::<File>(text).expect(concat!($file, " is read by a test")).entry
            });
            &LIST
        }
    )+};
}

vocabulary! {
    /// What people are.
    professions = "professions.toml",
    /// Forms of employment.
    employment_types = "employment_types.toml",
    /// When the work lies.
    shifts = "shifts.toml",
    /// Efforts an ad speaks for (F22).
    themes = "themes.toml",
    /// Collective agreements offered while typing.
    agreements = "agreements.toml",
    /// Why a job may be advertised inside only (D-07).
    internal_reasons = "internal_reasons.toml",
}

/// The word with this code.
pub fn find<'a>(list: &'a [Entry], code: &str) -> Option<&'a Entry> {
    list.iter().find(|e| e.code == code)
}

/// The name of a code; the code itself when it is no longer in the list.
pub fn name<'a>(list: &'a [Entry], code: &'a str, language: Language) -> &'a str {
    find(list, code).map_or(code, |e| e.name(language))
}

/// An agreement as written, in the reader's language when it is one of ours.
pub fn agreement(written: &str, language: Language) -> &str {
    agreements().iter().find(|e| e.da == written || e.en == written).map_or(written, |e| e.name(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_can_be_read_and_has_no_code_twice() {
        for list in [professions(), employment_types(), shifts(), themes(), agreements(), internal_reasons()]
        {
            let mut codes: Vec<_> = list.iter().map(|e| &e.code).collect();
            codes.sort();
            let before = codes.len();
            codes.dedup();
            assert!(before == codes.len() && before > 3);
            assert!(list.iter().all(|e| !e.da.is_empty() && !e.en.is_empty() && !e.code.contains(' ')));
        }
        assert!(employment_types().iter().all(|e| e.schema_org.is_some()));
        assert_eq!(name(professions(), "nurse", Language::Da), "Sygeplejerske");
        assert_eq!(name(professions(), "falconer", Language::Da), "falconer");
    }
}
