//! What is asked at an interview: questions by criterion, so that everybody is asked the same; and the ones the law keeps out.
//! Pure rules.

use crate::base::text;

/// Longest questions to one criterion, in characters.
const MOST: usize = 1500;

/// Words about what somebody earns or earned (D-33). What they would like to earn may be talked of.
const PAY: [&str; 20] = [
    "hvad tjener du",
    "hvad tjente du",
    "hvor meget tjener",
    "hvor meget tjente",
    "nuværende løn",
    "nuværende månedsløn",
    "nuværende timeløn",
    "tidligere løn",
    "seneste løn",
    "sidste løn",
    "din løn nu",
    "løn i dag",
    "hvad får du i løn",
    "hvad fik du i løn",
    "current salary",
    "current pay",
    "present salary",
    "previous salary",
    "what do you earn",
    "how much do you earn",
];

/// Questions as they may be stored: one on each line. The error is a message key.
pub fn checked(raw: &str) -> Result<String, &'static str> {
    let words = text::paragraphs(raw);
    if text::count(&words) > MOST {
        return Err("guide-error-long");
    }
    let folded = text::line(&words).to_lowercase();
    if PAY.iter().any(|asked| folded.contains(asked)) {
        return Err("guide-error-pay");
    }
    if !text::cpr_like(&words).is_empty() {
        return Err("guide-error-cpr");
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_asked_what_they_earn() {
        for asked in [
            "Hvad tjener du?",
            "Må vi spørge om din NUVÆRENDE   løn?",
            "Hvad var din seneste løn hos regionen?",
            "What is your current salary?",
            "Fortæl om en vagt.\nHvad tjente\ndu der?",
        ] {
            assert_eq!(checked(asked), Err("guide-error-pay"), "{asked}");
        }
        for fine in [
            "Fortæl om en gang, hvor du måtte sige fra.",
            "Hvilke forventninger har du til lønnen?",
            "Hvordan fortjener man tillid?",
        ] {
            assert!(checked(fine).is_ok(), "{fine}");
        }
        assert_eq!(checked(&"x".repeat(MOST + 1)), Err("guide-error-long"));
    }
}
