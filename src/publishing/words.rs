//! What a post says on one account: the words for all of them, or the account's own where it has any; under them the
//! unit's signature and the hashtags. Written once, put together here, so that every preview, count and payload is the
//! same.

use crate::{base::text, channels::text::hashtags};

/// What stands in the form for all accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Common {
    /// The words.
    pub text: String,
    /// Under them everywhere; may be empty.
    pub signature: String,
    /// Last; each with its `#`.
    pub tags: Vec<String>,
}

impl Common {
    /// What an account says: `own` in place of the words for all, when there is any.
    pub fn said(&self, own: &str) -> String {
        let own = text::paragraphs(own);
        let words = if own.is_empty() { text::paragraphs(&self.text) } else { own };
        let there: Vec<&str> = hashtags(&words).into_iter().map(|range| &words[range]).collect();
        let missing: Vec<&str> = self
            .tags
            .iter()
            .map(String::as_str)
            .filter(|tag| !there.iter().any(|t| t.to_lowercase() == tag.to_lowercase()))
            .collect();
        let tags = missing.join(" ");
        let signature = if words.contains(self.signature.trim()) { "" } else { self.signature.trim() };
        [words.as_str(), signature, tags.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    /// Whether an account says something of its own.
    pub fn differs(&self, own: &str) -> bool {
        let own = text::paragraphs(own);
        !own.is_empty() && own != text::paragraphs(&self.text)
    }
}

/// Hashtags as people write them, with or without `#`, with commas or spaces between: each once, in order. What
/// cannot be a hashtag comes back as an error.
pub fn tags(raw: &str) -> Result<Vec<String>, String> {
    let mut found: Vec<String> = Vec::new();
    for word in text::line(raw).split([' ', ',', ';']).filter(|w| !w.is_empty()) {
        let tag = format!("#{}", word.trim_start_matches('#'));
        if hashtags(&tag).first() != Some(&(0..tag.len())) {
            return Err(word.to_owned());
        }
        if !found.iter().any(|f| f.to_lowercase() == tag.to_lowercase()) {
            found.push(tag);
        }
    }
    Ok(found)
}

/// A template with what is known of the ad in its places: `{titel}`, `{indledning}`, `{arbejdssted}`, `{frist}`.
/// What stands in other braces stays as it is.
pub fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = template.to_owned();
    for (name, value) in values {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    text::paragraphs(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_with_its_signature_and_tags_and_nothing_twice() {
        let common = Common {
            text: "Vi søger dig. #Fjordby".into(),
            signature: "Hilsen Plejecenter Nord".into(),
            tags: tags("fjordby, #sosu job").unwrap(),
        };
        assert_eq!(common.tags, ["#fjordby", "#sosu", "#job"]);
        assert_eq!(common.said(""), "Vi søger dig. #Fjordby\n\nHilsen Plejecenter Nord\n\n#sosu #job");
        let own = "Kort.\n\nHilsen Plejecenter Nord";
        assert_eq!(common.said(own), format!("{own}\n\n#fjordby #sosu #job"));
        assert!(
            common.differs("Kort") && !common.differs(" Vi søger dig. #Fjordby ") && !common.differs("  ")
        );
        assert_eq!(Common::default().said(""), "");
    }

    #[test]
    fn a_tag_is_a_word_with_a_letter_in_it() {
        assert_eq!(tags("#blå\u{30a}bær  ,, Job #job").unwrap(), ["#blå\u{30a}bær", "#Job"]);
        assert_eq!(tags("sosu-assistent"), Err("sosu-assistent".to_owned()));
        assert_eq!(tags("2026"), Err("2026".to_owned()));
    }

    #[test]
    fn a_template_takes_what_is_known() {
        let values = [("titel", "Kok"), ("frist", "4. januar")];
        assert_eq!(
            filled("{titel} søges. Senest {frist}. {ukendt}", &values),
            "Kok søges. Senest 4. januar. {ukendt}"
        );
    }
}
