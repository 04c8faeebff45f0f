//! The form of a strategy: from fields to what it says and back, the buttons that order it, and what cannot be taken.
//! Every audience bears its id in its fields' names, every channel its place in the order, so that a form without script
//! can be put in another order and nothing typed is lost.

use std::collections::HashSet;

use super::plan::{Audience, Content, Priority};
use crate::{
    base::{id::AudienceId, text},
    web::{Typed, forms::Errors},
};

/// Longest purpose or tone, characters.
pub(super) const WORDS: usize = 4000;
/// Longest name of an audience, characters.
pub(super) const NAME: usize = 80;
/// Longest note about an audience, characters.
pub(super) const NOTE: usize = 1000;
/// Longest reason, characters.
pub(super) const WHY: usize = 300;
/// Most audiences; the composer shows them all.
pub(super) const AUDIENCES: usize = 12;

/// Reads the form. A channel that was chosen and not yet added is added: nobody chooses one to lose it.
pub(super) fn read(typed: &Typed) -> Content {
    let mut seen = HashSet::new();
    let ids = typed.all("audience").filter_map(|id| id.parse::<AudienceId>().ok());
    let audiences = ids.filter(|id| seen.insert(*id)).take(AUDIENCES).map(|id| {
        let mut channels: Vec<Priority> = typed
            .all(&format!("channel-{id}"))
            .enumerate()
            .map(|(n, channel)| Priority {
                channel: channel.to_owned(),
                why: typed.get(&format!("why-{id}-{n}")).to_owned(),
            })
            .collect();
        let new = typed.get(&format!("new-{id}"));
        if !new.is_empty() && !channels.iter().any(|p| p.channel == new) {
            channels.push(Priority { channel: new.to_owned(), why: String::new() });
        }
        Audience {
            id,
            name: typed.get(&format!("name-{id}")).to_owned(),
            note: typed.get(&format!("note-{id}")).to_owned(),
            channels,
        }
    });
    Content {
        purpose: typed.get("purpose").to_owned(),
        tone_do: typed.get("tone_do").to_owned(),
        tone_dont: typed.get("tone_dont").to_owned(),
        audiences: audiences.collect(),
    }
}

/// The form filled in with what it says.
pub(super) fn fill(content: &Content) -> Typed {
    let mut typed = Typed::default();
    typed.set("purpose", &content.purpose);
    typed.set("tone_do", &content.tone_do);
    typed.set("tone_dont", &content.tone_dont);
    for audience in &content.audiences {
        let id = audience.id;
        typed.0.push(("audience".to_owned(), id.to_string()));
        typed.set(&format!("name-{id}"), &audience.name);
        typed.set(&format!("note-{id}"), &audience.note);
        for (n, priority) in audience.channels.iter().enumerate() {
            typed.0.push((format!("channel-{id}"), priority.channel.clone()));
            typed.set(&format!("why-{id}-{n}"), &priority.why);
        }
    }
    typed
}

/// A button that orders the form and saves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// Another audience.
    Add,
    /// The channel that is chosen joins the others.
    Join(AudienceId),
    /// An audience, or the channel at a place of it, one up.
    Up(AudienceId, Option<usize>),
    /// The same, one down.
    Down(AudienceId, Option<usize>),
    /// It goes.
    Drop(AudienceId, Option<usize>),
}

impl Press {
    /// From the button's value; none for those that save.
    pub(super) fn read(value: &str) -> Option<Self> {
        let mut parts = value.split(':');
        let word = parts.next()?;
        if word == "maalgruppe" {
            return Some(Self::Add);
        }
        let id = parts.next()?.parse().ok()?;
        let at = parts.next().and_then(|n| n.parse().ok());
        match word {
            "kanal" => Some(Self::Join(id)),
            "op" => Some(Self::Up(id, at)),
            "ned" => Some(Self::Down(id, at)),
            "fjern" => Some(Self::Drop(id, at)),
            _ => None,
        }
    }

    /// Does it; `fresh`: the id of what it adds. What is not there any more is left alone.
    pub(super) fn on(self, content: &mut Content, fresh: AudienceId) {
        let at = |content: &Content, id| content.audiences.iter().position(|a| a.id == id);
        match self {
            Self::Add => {
                if content.audiences.len() < AUDIENCES {
                    let (name, note) = (String::new(), String::new());
                    content.audiences.push(Audience { id: fresh, name, note, channels: Vec::new() });
                }
            }
            // reading the form has done it
            Self::Join(_) => {}
            Self::Up(id, place) | Self::Down(id, place) | Self::Drop(id, place) => {
                let Some(audience) = at(content, id) else { return };
                match place {
                    None => self.moved(&mut content.audiences, audience),
                    Some(n) => self.moved(&mut content.audiences[audience].channels, n),
                }
            }
        }
    }

    fn moved<T>(self, list: &mut Vec<T>, at: usize) {
        match self {
            Self::Up(..) if at > 0 && at < list.len() => list.swap(at, at - 1),
            Self::Down(..) if at + 1 < list.len() => list.swap(at, at + 1),
            Self::Drop(..) if at < list.len() => drop(list.remove(at)),
            _ => {}
        }
    }
}

/// Tidies what was written, or says what cannot be taken.
pub(super) fn tidy(content: Content) -> Result<Content, Errors> {
    let mut errors = Errors::none();
    let mut within = |field: String, words: String, most: usize, must: bool| {
        if must && words.is_empty() {
            errors.add(&field, "error-required");
        } else if text::count(&words) > most {
            errors.add_with(&field, "error-too-long", "max", most);
        }
        words
    };
    let purpose = within("purpose".to_owned(), text::paragraphs(&content.purpose), WORDS, true);
    let tone_do = within("tone_do".to_owned(), text::paragraphs(&content.tone_do), WORDS, false);
    let tone_dont = within("tone_dont".to_owned(), text::paragraphs(&content.tone_dont), WORDS, false);
    let mut audiences = Vec::new();
    for audience in content.audiences {
        let id = audience.id;
        let name = within(format!("name-{id}"), text::line(&audience.name), NAME, true);
        let note = within(format!("note-{id}"), text::paragraphs(&audience.note), NOTE, false);
        let channels = audience.channels.into_iter().enumerate().map(|(n, priority)| Priority {
            channel: text::line(&priority.channel),
            why: within(format!("why-{id}-{n}"), text::line(&priority.why), WHY, true),
        });
        audiences.push(Audience { id, name, note, channels: channels.collect() });
    }
    let (mut names, mut empty) = (HashSet::new(), Vec::new());
    for audience in &audiences {
        if !audience.name.is_empty() && !names.insert(audience.name.to_lowercase()) {
            errors.add(&format!("name-{}", audience.id), "strategy-error-twice");
        }
        if audience.channels.is_empty() {
            empty.push(audience.id);
        }
    }
    for id in empty {
        errors.add(&format!("new-{id}"), "strategy-error-no-channel");
    }
    errors.into_result()?;
    Ok(Content { purpose, tone_do, tone_dont, audiences })
}

/// Where two versions differ: the field, and which audience it is, when it is one of `theirs`.
pub(super) fn differing<'a>(theirs: &'a Content, own: &Content) -> Vec<(&'static str, Option<&'a Audience>)> {
    let tidied = |words: &str| text::paragraphs(words);
    let same = |a: &Audience, b: &Audience| {
        let channels = |x: &Audience| -> Vec<(String, String)> {
            x.channels.iter().map(|p| (p.channel.clone(), text::line(&p.why))).collect()
        };
        a.name == text::line(&b.name) && a.note == tidied(&b.note) && channels(a) == channels(b)
    };
    let mut found = Vec::new();
    let words = [
        ("purpose", &theirs.purpose, &own.purpose),
        ("tone_do", &theirs.tone_do, &own.tone_do),
        ("tone_dont", &theirs.tone_dont, &own.tone_dont),
    ];
    found.extend(words.iter().filter(|(_, a, b)| **a != tidied(b)).map(|(field, ..)| (*field, None)));
    for audience in &theirs.audiences {
        if !own.audiences.iter().any(|a| a.id == audience.id && same(audience, a)) {
            found.push(("audience", Some(audience)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        let priority = |channel: &str| Priority { channel: channel.into(), why: format!("{channel}!") };
        let audience = |n, name: &str, channels: &[&str]| Audience {
            id: AudienceId::from_number(n),
            name: name.into(),
            note: "Læser på telefonen.".into(),
            channels: channels.iter().map(|c| priority(c)).collect(),
        };
        Content {
            purpose: "Flere skal søge.".into(),
            tone_do: "Varmt".into(),
            tone_dont: "Kancelli".into(),
            audiences: vec![
                audience(1, "Nyuddannede", &["instagram", "Dialognet – alle"]),
                audience(2, "Erfarne", &["linkedin"]),
            ],
        }
    }

    #[test]
    fn what_is_filled_in_is_read_back_the_same() {
        let content = content();
        assert_eq!(read(&fill(&content)), content);
        assert_eq!(tidy(content.clone()), Ok(content.clone()));
        assert_eq!(differing(&content, &content), []);
        // what was chosen and not added is not lost
        let mut typed = fill(&content);
        typed.set(&format!("new-{}", AudienceId::from_number(2)), "x");
        let channels: Vec<_> = read(&typed).audiences[1].channels.iter().map(|p| p.channel.clone()).collect();
        assert_eq!(channels, ["linkedin", "x"]);
    }

    #[test]
    fn buttons_order_and_lose_nothing() {
        let (one, two, fresh) =
            (AudienceId::from_number(1), AudienceId::from_number(2), AudienceId::from_number(3));
        let mut c = content();
        Press::read(&format!("ned:{one}:0")).unwrap().on(&mut c, fresh);
        assert_eq!(c.audiences[0].channels[0].channel, "Dialognet – alle");
        assert_eq!(c.audiences[0].channels[0].why, "Dialognet – alle!", "the reason goes along");
        Press::read(&format!("op:{two}")).unwrap().on(&mut c, fresh);
        assert_eq!(c.audiences[0].name, "Erfarne");
        // at the ends, and where nothing is, nothing happens
        let before = c.clone();
        for press in
            [format!("op:{two}"), format!("ned:{one}"), format!("ned:{one}:9"), format!("fjern:{fresh}")]
        {
            Press::read(&press).unwrap().on(&mut c, fresh);
        }
        assert_eq!(c, before);
        Press::read(&format!("fjern:{one}:1")).unwrap().on(&mut c, fresh);
        Press::read("maalgruppe").unwrap().on(&mut c, fresh);
        assert_eq!((c.audiences[1].channels.len(), c.audiences[2].id), (1, fresh));
        assert_eq!(Press::read("gem"), None);
    }

    #[test]
    fn what_is_missing_is_said_at_its_field() {
        let mut c = content();
        c.purpose = " ".into();
        c.audiences[0].channels[1].why = String::new();
        c.audiences[1].name = "nyuddannede".into();
        c.audiences[1].channels.clear();
        let errors = tidy(c).unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|e| e.field.as_str()).collect();
        let (one, two) = (AudienceId::from_number(1), AudienceId::from_number(2));
        assert_eq!(
            fields,
            ["purpose", &format!("why-{one}-1"), &format!("name-{two}"), &format!("new-{two}")]
        );
    }
}
