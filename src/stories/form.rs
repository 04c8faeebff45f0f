//! The form of a story: from fields to content and back.

use super::story::{Audience, Content, Kind, LeadsTo, Text};
use crate::{
    base::{Language, id::UnitId, text},
    web::Typed,
};

/// The fields of one value, in the order of the page: for comparing what two people wrote.
const FIELDS: [&str; 13] = [
    "kind", "unit", "title_da", "lead_da", "body_da", "title_en", "lead_en", "body_en", "media", "audience",
    "leads_to", "posting", "themes",
];

/// Reads the form. `unit` is where the story lies when the form does not say.
pub fn read(typed: &Typed, unit: UnitId) -> Content {
    let text_of = |language: Language| Text {
        language,
        title: typed.get(&format!("title_{language}")).to_owned(),
        lead: typed.get(&format!("lead_{language}")).to_owned(),
        body: typed.get(&format!("body_{language}")).to_owned(),
    };
    // the picture on top first, then the others in the order of the page
    let top = typed.all("hero").filter_map(|id| id.parse().ok());
    let others = typed.all("media").filter_map(|id| id.parse().ok());
    Content {
        unit: typed.get("unit").parse().unwrap_or(unit),
        kind: typed.get("kind").parse().unwrap_or(Kind::Story),
        audience: typed.get("audience").parse().unwrap_or(Audience::Both),
        leads_to: typed.get("leads_to").parse().unwrap_or(LeadsTo::Page),
        posting: typed.get("posting").parse().ok(),
        themes: typed.all("themes").filter(|code| !code.is_empty()).map(str::to_owned).collect(),
        texts: Language::ALL.map(text_of).into(),
        media: top.chain(others).collect(),
    }
}

/// The form filled in with what stands.
pub fn fill(content: &Content) -> Typed {
    let mut typed = Typed::default();
    typed.set("unit", content.unit.to_string());
    typed.set("kind", content.kind.word());
    typed.set("audience", content.audience.word());
    typed.set("leads_to", content.leads_to.word());
    typed.set("posting", content.posting.map(|id| id.to_string()).unwrap_or_default());
    for language in Language::ALL {
        if let Some(words) = content.text(language) {
            typed.set(&format!("title_{language}"), &words.title);
            typed.set(&format!("lead_{language}"), &words.lead);
            typed.set(&format!("body_{language}"), &words.body);
        }
    }
    if let Some(first) = content.media.first() {
        typed.set("hero", first.to_string());
    }
    typed.0.extend(content.themes.iter().map(|code| ("themes".to_owned(), code.clone())));
    typed.0.extend(content.media.iter().skip(1).map(|id| ("media".to_owned(), id.to_string())));
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
    use crate::base::{
        Chance, Instant,
        id::{AssetId, PostingId},
    };

    #[test]
    fn what_is_filled_in_is_read_back_the_same() {
        let (now, chance) = (Instant::from_seconds(0), Chance::seeded(4));
        let unit = UnitId::new(now, &chance);
        let mut content = Content::empty(unit, Kind::DayInLife);
        content.texts = vec![
            Text { language: Language::Da, title: "t".into(), lead: "l".into(), body: "<p>b</p>".into() },
            Text { language: Language::En, title: "T".into(), lead: "L".into(), body: "<p>B</p>".into() },
        ];
        content.audience = Audience::External;
        content.leads_to = LeadsTo::Posting;
        content.posting = Some(PostingId::new(now, &chance));
        content.themes = vec!["community".into(), "meaning".into()];
        content.media = (0..3).map(|_| AssetId::new(now, &chance)).collect();
        let typed = fill(&content);
        assert_eq!(read(&typed, UnitId::new(now, &chance)), content);
        let mut other = typed.clone();
        other.set("lead_da", "et andet");
        assert_eq!(differing(&typed, &other), ["lead_da"]);
    }
}
