//! A story in a reader's words: what cards, its page, the staff's own page and feeds say of it.

use super::story::Story;
use crate::{
    accounts,
    base::{Instant, Language},
    config::Config,
    db::{Conn, DbError},
    i18n::{Speech, format},
    media,
    postings::{
        pictures::{self, Eyes},
        show::{Film, Picture},
    },
};

/// A story, said.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its public address, in this language.
    pub href: String,
    /// The same without the language.
    pub path: String,
    /// The language of title, lead and body.
    pub language: Language,
    /// The languages in which it is whole.
    pub languages: Vec<Language>,
    /// What it is, in a word.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Lead.
    pub lead: String,
    /// Safe HTML.
    pub body: String,
    /// Name of the unit.
    pub unit: String,
    /// `28. november 2026`, from the day it was ready; empty before.
    pub date: String,
    /// The picture on top; of a film where there is no other.
    pub hero: Option<Picture>,
    /// The address of the picture as other sites show it.
    pub card: Option<String>,
    /// The other pictures.
    pub pictures: Vec<Picture>,
    /// The films.
    pub films: Vec<Film>,
    /// When it was ready first, else made.
    pub since: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// Several stories, said in one language.
pub fn shown(
    conn: &mut Conn,
    config: &Config,
    stories: &[Story],
    t: Speech,
    eyes: Eyes,
) -> Result<Vec<Shown>, DbError> {
    let units = accounts::units(conn)?;
    let ids: Vec<_> = stories.iter().flat_map(|s| s.content.media.clone()).collect();
    let mut assets = media::of_ids(conn, &ids)?;
    assets.retain(|asset| eyes.see(asset));
    let mut all = Vec::new();
    for story in stories {
        let content = &story.content;
        let own: Vec<_> = content.media.iter().filter_map(|id| assets.iter().find(|a| a.id == *id)).collect();
        let (films, stills): (Vec<_>, Vec<_>) = own.into_iter().partition(|a| a.kind == media::Kind::Film);
        let mut pictures: Vec<Picture> = stills.iter().filter_map(|a| pictures::picture(a)).collect();
        let hero = (!pictures.is_empty()).then(|| pictures.remove(0));
        let card = stills.first().or(films.first()).and_then(|a| a.href("social"));
        let mut moving = Vec::new();
        for film in films {
            moving.extend(pictures::film(conn, film, t)?);
        }
        let text = content.text_for(t.language()).cloned();
        let language = text.as_ref().map_or(Language::default(), |text| text.language);
        let tongue = if language == Language::En { "?lang=en" } else { "" };
        let local = |at: Instant| at.utc().with_timezone(&config.delivery.zone).date_naive();
        all.push(Shown {
            href: format!("{}{tongue}", story.path()),
            path: story.path(),
            language,
            languages: content.languages(),
            kind: t.say(content.kind.key()),
            title: text.as_ref().map(|t| t.title.clone()).unwrap_or_default(),
            lead: text.as_ref().map(|t| t.lead.clone()).unwrap_or_default(),
            body: text.map(|t| t.body).unwrap_or_default(),
            unit: units.iter().find(|u| u.id == content.unit).map(|u| u.name.clone()).unwrap_or_default(),
            date: story.ready_at.map_or_else(String::new, |at| format::date(local(at), t.language())),
            hero,
            card,
            pictures,
            films: moving,
            since: story.ready_at.unwrap_or(story.created_at),
            updated_at: story.updated_at,
        });
    }
    Ok(all)
}

impl Shown {
    /// What a card shows: the picture on top, else the still of the first film; with what it shows.
    pub fn thumb(&self) -> Option<(&str, &str)> {
        let still =
            || self.films.iter().find(|f| !f.poster.is_empty()).map(|f| (f.poster.as_str(), f.alt.as_str()));
        self.hero.as_ref().map(|p| (p.card.as_str(), p.alt.as_str())).or_else(still)
    }
}
