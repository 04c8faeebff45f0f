//! Danish first, English second: what is asked for against what is offered.

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use serde::{Deserialize, Serialize};

/// A language of the interface and of ads.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    AsExpression,
    FromSqlRow,
    Serialize,
    Deserialize,
)]
#[diesel(sql_type = Text)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Danish
    #[default]
    Da,
    /// English
    En,
}

impl Language {
    /// Both, Danish first.
    pub const ALL: [Self; 2] = [Self::Da, Self::En];

    /// `da` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::En => "en",
        }
    }
    /// What it calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Da => "Dansk",
            Self::En => "English",
        }
    }
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Da => Self::En,
            Self::En => Self::Da,
        }
    }
    /// From an `Accept-Language` header: English only when it is asked for before Danish.
    pub fn accepted(header: &str) -> Self {
        let mut best = (0.0_f32, Self::Da);
        for part in header.split(',') {
            let mut pieces = part.trim().split(';');
            let Ok(language) = pieces.next().unwrap_or_default().parse::<Self>() else { continue };
            let quality = pieces.find_map(|p| p.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
            if quality > best.0 {
                best = (quality, language);
            }
        }
        best.1
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        match s.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "da" => Ok(Self::Da),
            "en" => Ok(Self::En),
            _ => Err(format!("not a language we have: {s}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_unless_english_is_preferred() {
        for (header, want) in [
            ("", Language::Da),
            ("de-DE,fr;q=0.4", Language::Da),
            ("en-GB,en;q=0.9,da;q=0.2", Language::En),
            ("da-DK,da;q=0.9,en;q=0.8", Language::Da),
            ("en;q=0.5, da;q=0.7", Language::Da),
        ] {
            assert_eq!(Language::accepted(header), want, "{header}");
        }
    }
}
