//! The form of a campaign: from fields to content and back. What cannot be read is told at its field.

use chrono::NaiveDate;

use super::campaign::{Content, Horizon};
use crate::{
    base::{colour::Colour, id::UnitId},
    web::{Typed, forms::Errors},
};

/// Colours offered; each carries white text.
pub const COLOURS: [(&str, &str); 6] = [
    ("campaign-colour-petrol", "#0a5566"),
    ("campaign-colour-berry", "#8a1c4a"),
    ("campaign-colour-forest", "#25623c"),
    ("campaign-colour-ink", "#2a3f8f"),
    ("campaign-colour-plum", "#5e3a87"),
    ("campaign-colour-rust", "#9a4215"),
];
/// What the form sends for a colour of one's own.
pub const OWN: &str = "own";

/// Reads the form; `unit` is whose it is when the form does not say. The errors are those of what cannot be read and of what
/// [`Content::check`] finds, at most one a field.
pub fn read(typed: &Typed, unit: UnitId) -> (Content, Errors) {
    let mut errors = Errors::none();
    let day = |errors: &mut Errors, field: &str| -> Option<NaiveDate> {
        let written = typed.get(field).trim();
        let read = NaiveDate::parse_from_str(written, "%Y-%m-%d").ok();
        if read.is_none() && !written.is_empty() {
            errors.add(field, "campaign-error-day");
        }
        read
    };
    let starts_on = day(&mut errors, "starts_on");
    if starts_on.is_none() && errors.is_empty() {
        errors.add("starts_on", "campaign-error-start");
    }
    let ends_on = day(&mut errors, "ends_on");
    let colour = match typed.get("colour") {
        OWN => typed.get("colour_own"),
        offered => offered,
    };
    let colour = colour.parse::<Colour>().unwrap_or_else(|_| {
        let field = if typed.get("colour") == OWN { "colour_own" } else { "colour" };
        errors.add(field, "campaign-error-colour");
        Colour { red: 0, green: 0, blue: 0 }
    });
    let horizon = typed.get("horizon").parse().unwrap_or_else(|_| {
        errors.add("horizon", "campaign-error-horizon");
        Horizon::Short
    });
    let content = Content {
        unit: typed.get("unit").parse().unwrap_or(unit),
        together: typed.all("together").filter_map(|id| id.parse().ok()).collect(),
        name: typed.get("name").to_owned(),
        slogan: typed.get("slogan").to_owned(),
        // the default is never stored: the error at the field stands in its way
        starts_on: starts_on.unwrap_or(NaiveDate::MIN),
        ends_on,
        horizon,
        trial: typed.ticked("trial"),
        hypothesis: typed.get("hypothesis").to_owned(),
        colour,
        logo: typed.get("logo").parse().ok(),
    }
    .tidied();
    for found in content.check().0 {
        if errors.0.iter().all(|e| e.field != found.field) {
            errors.0.push(found);
        }
    }
    (content, errors)
}

/// The form filled in with what stands.
pub fn fill(content: &Content) -> Typed {
    let mut typed = Typed::default();
    typed.set("unit", content.unit.to_string());
    typed.0.extend(content.together.iter().map(|id| ("together".to_owned(), id.to_string())));
    typed.set("name", &content.name);
    typed.set("slogan", &content.slogan);
    typed.set("starts_on", content.starts_on.to_string());
    typed.set("ends_on", content.ends_on.map(|day| day.to_string()).unwrap_or_default());
    typed.set("horizon", content.horizon.word());
    if content.trial {
        typed.set("trial", "on");
    }
    typed.set("hypothesis", &content.hypothesis);
    let colour = content.colour.to_string();
    if COLOURS.iter().any(|(_, offered)| *offered == colour) {
        typed.set("colour", colour);
    } else {
        typed.set("colour", OWN);
        typed.set("colour_own", colour);
    }
    typed.set("logo", content.logo.map(|id| id.to_string()).unwrap_or_default());
    typed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{
        colour::READABLE,
        id::{AssetId, UnitId},
    };

    #[test]
    fn what_is_filled_in_is_read_back_the_same() {
        let mut content = Content {
            unit: UnitId::from_number(1),
            together: vec![UnitId::from_number(2), UnitId::from_number(3)],
            name: "Kloge hjerter".into(),
            slogan: "Kom og bliv".into(),
            starts_on: "2026-11-02".parse().unwrap(),
            ends_on: Some("2026-11-29".parse().unwrap()),
            horizon: Horizon::Medium,
            trial: true,
            hypothesis: "Film bringer flere.".into(),
            colour: "#123456".parse().unwrap(),
            logo: Some(AssetId::from_number(9)),
        };
        assert_eq!(read(&fill(&content), UnitId::from_number(7)), (content.clone(), Errors::none()));
        (content.trial, content.ends_on, content.logo) = (false, None, None);
        content.colour = COLOURS[1].1.parse().unwrap();
        assert_eq!(read(&fill(&content), UnitId::from_number(7)), (content, Errors::none()));
    }

    #[test]
    fn what_cannot_be_read_is_told_once_at_its_field() {
        let mut typed = Typed::default();
        for (name, value) in [
            ("starts_on", "i morgen"),
            ("ends_on", "2026-02-30"),
            ("colour", OWN),
            ("colour_own", "rød"),
            ("trial", "on"),
        ] {
            typed.set(name, value);
        }
        let (_, errors) = read(&typed, UnitId::from_number(1));
        let mut fields: Vec<_> = errors.0.iter().map(|e| e.field.as_str()).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["colour_own", "ends_on", "horizon", "hypothesis", "name", "starts_on"]);
    }

    #[test]
    fn every_colour_offered_carries_white_text() {
        for (key, colour) in COLOURS {
            let colour: Colour = colour.parse().unwrap();
            assert!(colour.contrast(Colour::WHITE) >= READABLE, "{key}");
        }
    }
}
