//! The form of an ad: from fields to content and back. What cannot be read is told at its field.

use chrono_tz::Tz;

use super::{
    posting::{Content, MediaRole, Placed, Text, Visibility},
    terms::{Hours, PayRange, PayUnit, Terms},
};
use crate::{
    base::{
        Language,
        id::{AssetId, UnitId},
        text,
        wall::WallTime,
    },
    web::{Typed, forms::Errors},
};

/// The fields of one value, in the order of the page: for comparing what two people wrote.
pub const FIELDS: [&str; 30] = [
    "unit",
    "title_da",
    "lead_da",
    "body_da",
    "title_en",
    "lead_en",
    "body_en",
    "profession",
    "employment_type",
    "openings",
    "hours_min",
    "hours_max",
    "shifts",
    "workplace",
    "address",
    "starts_on",
    "agreement",
    "pay_min",
    "pay_max",
    "pay_unit",
    "pay",
    "contact_name",
    "contact_email",
    "contact_phone",
    "deadline",
    "themes",
    "hero",
    "graphic",
    "film",
    "visibility",
];

/// Reads the form. `unit` is where the ad lies when the form does not say.
pub fn read(typed: &Typed, unit: UnitId, zone: Tz) -> (Content, Errors) {
    let mut errors = Errors::none();
    let text_of = |language: Language| Text {
        language,
        title: typed.get(&format!("title_{language}")).to_owned(),
        lead: typed.get(&format!("lead_{language}")).to_owned(),
        body: typed.get(&format!("body_{language}")).to_owned(),
    };
    let code = |name: &str| Some(typed.get(name).to_owned()).filter(|c| !c.is_empty());
    let codes = |name: &str| typed.all(name).filter(|c| !c.is_empty()).map(str::to_owned).collect();
    let pay_range = errors.take(
        "pay_min",
        PayRange::parse(typed.get("pay_min"), typed.get("pay_max"), or(typed.get("pay_unit"), "month")),
    );
    let openings = match text::line(typed.get("openings")).as_str() {
        "" => 1,
        n => n.parse().unwrap_or_else(|_| {
            errors.add("openings", "error-openings");
            1
        }),
    };
    let terms = Terms {
        profession: code("profession"),
        employment_type: code("employment_type"),
        openings,
        hours_min: errors.take("hours_min", Hours::parse(typed.get("hours_min"))),
        hours_max: errors.take("hours_max", Hours::parse(typed.get("hours_max"))),
        shifts: codes("shifts"),
        workplace: typed.get("workplace").to_owned(),
        address: typed.get("address").to_owned(),
        agreement: typed.get("agreement").to_owned(),
        pay: typed.get("pay").to_owned(),
        pay_range,
        starts_on: typed.get("starts_on").to_owned(),
        contact_name: typed.get("contact_name").to_owned(),
        contact_email: typed.get("contact_email").to_owned(),
        contact_phone: typed.get("contact_phone").to_owned(),
    };
    let deadline = match typed.get("deadline").trim() {
        "" => None,
        written => {
            let read = WallTime::parse(written, zone);
            if read.is_none() {
                errors.add("deadline", "error-deadline-form");
            }
            read
        }
    };
    let visibility = typed.get("visibility").parse().unwrap_or(Visibility::Public);
    let words = text::line(typed.get("visibility_words"));
    let reason = typed.get("visibility_reason");
    let content = Content {
        unit: typed.get("unit").parse().unwrap_or(unit),
        visibility,
        visibility_reason: if words.is_empty() { reason.to_owned() } else { format!("{reason}:{words}") },
        terms,
        deadline,
        texts: Language::ALL.map(text_of).into(),
        themes: codes("themes"),
        media: media(typed),
    };
    (content, errors)
}

fn or<'a>(value: &'a str, default: &'a str) -> &'a str {
    if value.is_empty() { default } else { value }
}

fn media(typed: &Typed) -> Vec<Placed> {
    [MediaRole::Hero, MediaRole::Graphic, MediaRole::Film]
        .into_iter()
        .flat_map(|role| {
            let ids: Vec<AssetId> = typed.all(role.word()).filter_map(|id| id.parse().ok()).collect();
            ids.into_iter().map(move |asset| Placed { asset, role })
        })
        .collect()
}

/// The form filled in with what stands.
pub fn fill(content: &Content) -> Typed {
    let mut typed = Typed::default();
    let terms = &content.terms;
    typed.set("unit", content.unit.to_string());
    for language in Language::ALL {
        if let Some(words) = content.text(language) {
            typed.set(&format!("title_{language}"), &words.title);
            typed.set(&format!("lead_{language}"), &words.lead);
            typed.set(&format!("body_{language}"), &words.body);
        }
    }
    let hours = |h: Option<Hours>| h.map_or_else(String::new, |h| h.said(Language::Da));
    typed.set("profession", terms.profession.clone().unwrap_or_default());
    typed.set("employment_type", terms.employment_type.clone().unwrap_or_default());
    typed.set("openings", terms.openings.to_string());
    typed.set("hours_min", hours(terms.hours_min));
    typed.set("hours_max", hours(terms.hours_max));
    typed.set("workplace", &terms.workplace);
    typed.set("address", &terms.address);
    typed.set("starts_on", &terms.starts_on);
    typed.set("agreement", &terms.agreement);
    if let Some(range) = terms.pay_range {
        typed.set("pay_min", range.min.to_string());
        typed.set("pay_max", range.max.to_string());
    }
    typed.set("pay_unit", terms.pay_range.map_or(PayUnit::Month, |r| r.unit).word());
    typed.set("pay", &terms.pay);
    typed.set("contact_name", &terms.contact_name);
    typed.set("contact_email", &terms.contact_email);
    typed.set("contact_phone", crate::base::address::phone_shown(&terms.contact_phone));
    typed.set("deadline", content.deadline.map_or_else(String::new, |d| d.field()));
    let (reason, words) =
        content.visibility_reason.split_once(':').unwrap_or((&content.visibility_reason, ""));
    typed.set("visibility", content.visibility.word());
    typed.set("visibility_reason", reason);
    typed.set("visibility_words", words);
    let many = |name: &str, values: Vec<String>, typed: &mut Typed| {
        typed.0.extend(values.into_iter().map(|v| (name.to_owned(), v)));
    };
    many("shifts", terms.shifts.clone(), &mut typed);
    many("themes", content.themes.clone(), &mut typed);
    for role in [MediaRole::Hero, MediaRole::Graphic, MediaRole::Film] {
        let ids = content.media.iter().filter(|m| m.role == role).map(|m| m.asset.to_string()).collect();
        many(role.word(), ids, &mut typed);
    }
    typed
}

/// Which fields differ between two forms, in the order of the page.
pub fn differing(a: &Typed, b: &Typed) -> Vec<&'static str> {
    let all = |t: &Typed, name: &str| -> Vec<String> {
        let mut values: Vec<String> =
            t.all(name).map(|v| text::line(v).replace("> <", "><")).filter(|v| !v.is_empty()).collect();
        values.sort();
        values
    };
    FIELDS.into_iter().filter(|name| all(a, name) != all(b, name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Chance, Instant};

    #[test]
    fn what_is_filled_in_is_read_back_the_same() {
        let chance = Chance::seeded(4);
        let unit = UnitId::new(Instant::from_seconds(0), &chance);
        let zone = chrono_tz::Europe::Copenhagen;
        let mut content = Content::empty(unit);
        content.texts = vec![
            Text { language: Language::Da, title: "t".into(), lead: "l".into(), body: "<p>b</p>".into() },
            Text { language: Language::En, title: "T".into(), lead: "L".into(), body: "<p>B</p>".into() },
        ];
        content.terms.hours_min = Hours::from_hundredths(3250);
        content.terms.hours_max = Hours::from_hundredths(3700);
        content.terms.shifts = vec!["day".into(), "night".into()];
        content.terms.pay_range = PayRange::parse("31250", "33900", "hour").unwrap();
        content.terms.contact_phone = "+4576001234".into();
        content.deadline = WallTime::parse("2026-12-06T23:59", zone);
        content.themes = vec!["meaning".into()];
        content.visibility = Visibility::Internal;
        content.visibility_reason = "other:fordi".into();
        content.media =
            vec![Placed { asset: AssetId::new(Instant::from_seconds(1), &chance), role: MediaRole::Hero }];
        let (mut read, errors) = read(&fill(&content), unit, zone);
        assert!(errors.is_empty());
        read.terms.contact_phone = crate::base::address::phone(&read.terms.contact_phone).unwrap();
        assert_eq!(read, content);
        let mut other = fill(&content);
        other.set("lead_da", "et andet");
        assert_eq!(differing(&fill(&content), &other), ["lead_da"]);
    }
}
