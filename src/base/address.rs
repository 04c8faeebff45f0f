//! E-mail addresses and telephone numbers as people write them.

use super::text::line;

/// A trimmed, lower-case e-mail address with one `@` and a dot after it, or which rule it broke.
pub fn email(raw: &str) -> Result<String, &'static str> {
    let text = line(raw);
    if text.is_empty() {
        return Err("error-email-missing");
    }
    let Some((name, domain)) = text.rsplit_once('@') else { return Err("error-email-at") };
    let fits = !name.is_empty()
        && !text.contains(char::is_whitespace)
        && !name.contains('@')
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains("..")
        && text.len() <= 254
        && !text.contains(['<', '>', '"', ',', ';', '(', ')', '\\']);
    if fits { Ok(text.to_lowercase()) } else { Err("error-email-form") }
}

/// E.164 with +45 assumed for eight digits; empty stays empty.
pub fn phone(raw: &str) -> Result<String, &'static str> {
    let text = line(raw);
    if text.is_empty() {
        return Ok(text);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if text.chars().any(|c| !(c.is_ascii_digit() || " +()-./".contains(c))) {
        return Err("error-phone-form");
    }
    if text.starts_with('+') && (8..=15).contains(&digits.len()) {
        Ok(format!("+{digits}"))
    } else if let Some(rest) = digits.strip_prefix("00").filter(|r| (8..=15).contains(&r.len())) {
        Ok(format!("+{rest}"))
    } else if digits.len() == 8 {
        Ok(format!("+45{digits}"))
    } else {
        Err("error-phone-form")
    }
}

/// A stored number as Danes read it: `12 34 56 78`; foreign ones as stored.
pub fn phone_shown(stored: &str) -> String {
    match stored.strip_prefix("+45") {
        Some(d) if d.len() == 8 => format!("{} {} {} {}", &d[..2], &d[2..4], &d[4..6], &d[6..]),
        _ => stored.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_and_phone() {
        assert_eq!(email(" Anna.Holm@Example.DK "), Ok("anna.holm@example.dk".into()));
        assert_eq!(email("anna"), Err("error-email-at"));
        for bad in ["a@b", "a b@c.dk", "@c.dk", "a@c..dk", "a@@c.dk", "a,b@c.dk"] {
            assert_eq!(email(bad), Err("error-email-form"), "{bad}");
        }
        assert_eq!(phone("12 34 56 78"), Ok("+4512345678".into()));
        assert_eq!(phone("+46 70 123 45 67"), Ok("+46701234567".into()));
        assert_eq!(phone("ring"), Err("error-phone-form"));
        assert_eq!(phone_shown("+4512345678"), "12 34 56 78");
    }
}
