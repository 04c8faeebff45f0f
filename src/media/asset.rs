//! What is kept of a picture, graphic or film, and what is missing before it may be used.

use super::{
    content::Content,
    image::{Focus, Profile},
    people::{Person, Purpose},
};
use crate::{
    base::{Instant, Language, id::*},
    i18n::Speech,
    words,
};

/// The picture of a film.
pub const POSTER: &str = "poster";
/// The film that is shown.
pub const FILM: &str = "film";
/// The same in few enough bytes for every channel.
pub const LIGHT: &str = "film-light";

/// The film with the captions of a language burnt in, for channels that show none.
pub fn burnt(language: Language) -> String {
    format!("{FILM}-{}", language.code())
}

/// What a channel takes of pictures and films.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Frame {
    /// Width over height of the tallest picture it takes; 0 where it takes any.
    pub narrowest: f64,
    /// Of the broadest one.
    pub broadest: f64,
    /// Longest side of a picture in pixels; 0 where it does not say.
    pub longest: i32,
    /// It takes no pictures but JPEG.
    pub jpeg: bool,
    /// It shows no captions, so those of this language are burnt in.
    pub burns: Option<Language>,
    /// Bytes of the largest film it takes; 0 where it does not say.
    pub heaviest: i64,
}

words! {
    /// What it is.
    pub enum Kind {
        /// A photograph.
        Picture = "picture",
        /// Drawn: a logo, a poster, a diagram.
        Graphic = "graphic",
        /// A film.
        Film = "film",
    }
}

words! {
    /// Where it stands.
    pub enum State {
        /// Kept, not drawn in its shapes yet.
        Received = "received",
        /// May be used, once it is described.
        Ready = "ready",
        /// Could not be made ready; `error` says why.
        Failed = "failed",
    }
}

/// Something that stands between an asset and its use in an ad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// Renditions are still being made.
    Preparation,
    /// Preparing it failed; another file is needed.
    Usable,
    /// Alternative text, or the word that it only decorates (WCAG 1.1.1).
    AltText,
    /// Captions in this language, or the word that nobody speaks in it (D-41, WCAG 1.2.2).
    Captions(Language),
    /// The word of who can be recognised, or that nobody can (D-29).
    People,
    /// Somebody's yes to this use (D-29, D-30).
    Consent(Purpose),
    /// The rights to it have ended.
    Over,
    /// No picture of the film is there to show before it is played (no ffmpeg here, none laid up).
    Poster,
}

impl Missing {
    /// Key of the sentence in a readiness list.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Preparation => "media-missing-preparation",
            Self::Usable => "media-missing-usable",
            Self::AltText => "media-missing-alt",
            Self::Captions(Language::Da) => "media-missing-captions-da",
            Self::Captions(Language::En) => "media-missing-captions-en",
            Self::People => "media-missing-people",
            Self::Consent(Purpose::Internal) => "media-missing-consent-internal",
            Self::Consent(Purpose::Website) => "media-missing-consent-website",
            Self::Consent(Purpose::Social) => "media-missing-consent-social",
            Self::Consent(Purpose::Press) => "media-missing-consent-press",
            Self::Consent(Purpose::Display) => "media-missing-consent-display",
            Self::Over => "media-missing-rights",
            Self::Poster => "media-missing-poster",
        }
    }
    /// The field on the asset's page that puts it right.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Preparation | Self::Usable => "state",
            Self::AltText => "alt_text",
            Self::Captions(_) => "captions",
            Self::People | Self::Consent(_) => "people",
            Self::Over => "usable_until",
            Self::Poster => "poster",
        }
    }
    /// Whether it keeps an ad from going out (the others are worth saying only).
    pub const fn blocks(self) -> bool {
        !matches!(self, Self::Poster)
    }
}

/// One shape of an asset, kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// `wide`, `card`, `thumb`, `social`, `square`, `post`, for some channels also `tall`, `broad`, `flat`; of a film also
    /// `poster`, `film`, `film-light`, and `film-da` and `film-en` with captions burnt in.
    pub profile: String,
    /// sha256 of the file, as hex.
    pub sha256: String,
    /// Media type.
    pub mime: String,
    /// Bytes.
    pub bytes: i64,
    /// Width in pixels.
    pub width: i32,
    /// Height in pixels.
    pub height: i32,
}

/// A picture, graphic or film, as everyone but its store sees it.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its name in addresses.
    pub id: AssetId,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// The file's name as it was brought.
    pub name: String,
    /// sha256 of the kept file, as hex.
    pub sha256: String,
    /// Media type of the kept file.
    pub mime: String,
    /// Bytes of the kept file.
    pub bytes: i64,
    /// Width as seen, in pixels.
    pub width: i32,
    /// Height as seen, in pixels.
    pub height: i32,
    /// Length of a film, in milliseconds.
    pub duration_ms: Option<i64>,
    /// What it shows, for those who do not see it.
    pub alt_text: String,
    /// The file was changed after the text was written: it must be read again (R42).
    pub alt_stale: bool,
    /// It only decorates.
    pub decorative: bool,
    /// Nobody speaks in it.
    pub silent: bool,
    /// What must stay in a cut.
    pub focus: Focus,
    /// Key of the reason, when it failed; or of what could not be done, when it is ready all the same.
    pub error: Option<String>,
    /// Languages that have captions.
    pub captions: Vec<Language>,
    /// Shapes that are drawn; of a film, its picture and the film that is shown.
    pub renditions: Vec<Drawn>,
    /// First shown in an open ad; from then on anyone may see it.
    pub public_at: Option<Instant>,
    /// Who can be recognised in it, with what they said yes to.
    pub people: Vec<Person>,
    /// Somebody has looked: nobody can be recognised.
    pub nobody: bool,
    /// The folder it lies in; empty for none.
    pub folder: String,
    /// When the rights to it end.
    pub usable_until: Option<Instant>,
    /// Who brought it: `user:…` or `token:…`.
    pub created_by: String,
    /// When it was brought.
    pub created_at: Instant,
    /// When anything about it last changed.
    pub updated_at: Instant,
}

impl Asset {
    /// Whether somebody has said who can be recognised in it. A drawing shows nobody unless somebody says so.
    pub fn is_answered(&self) -> bool {
        self.kind == Kind::Graphic || self.nobody || !self.people.is_empty()
    }

    /// What keeps it from being shown for these purposes at `now`: nobody said who is in it, somebody in it has not said
    /// yes, or the rights have ended.
    pub fn hindrances(&self, purposes: &[Purpose], now: Instant) -> Vec<Missing> {
        let mut missing = Vec::new();
        if !self.is_answered() {
            missing.push(Missing::People);
        }
        let refused = |purpose: &&Purpose| self.people.iter().any(|p| p.lacks(**purpose, now).is_some());
        missing.extend(purposes.iter().filter(refused).map(|purpose| Missing::Consent(*purpose)));
        if self.usable_until.is_some_and(|until| until <= now) {
            missing.push(Missing::Over);
        }
        missing
    }

    /// What is missing before it may be used in these languages, for these purposes, at `now`.
    pub fn missing(&self, languages: &[Language], purposes: &[Purpose], now: Instant) -> Vec<Missing> {
        let mut missing = Vec::new();
        match self.state {
            State::Received => missing.push(Missing::Preparation),
            State::Failed => missing.push(Missing::Usable),
            State::Ready => {}
        }
        if self.alt_text.is_empty() && !self.decorative {
            missing.push(Missing::AltText);
        }
        if self.kind == Kind::Film {
            if !self.silent {
                let without = languages.iter().filter(|l| !self.captions.contains(l));
                missing.extend(without.map(|l| Missing::Captions(*l)));
            }
            if self.state == State::Ready && !self.renditions.iter().any(|r| r.profile == POSTER) {
                missing.push(Missing::Poster);
            }
        }
        missing.extend(self.hindrances(purposes, now));
        missing
    }

    /// The file that is shown of it in a shape. A film that was not written anew is shown as it is.
    pub fn shown(&self, profile: &str) -> Option<Drawn> {
        let drawn = self.renditions.iter().find(|r| r.profile == profile).cloned();
        drawn.or_else(|| {
            (self.kind == Kind::Film && profile == FILM && self.state == State::Ready).then(|| self.whole())
        })
    }

    /// The kept file itself.
    fn whole(&self) -> Drawn {
        Drawn {
            profile: FILM.to_owned(),
            sha256: self.sha256.clone(),
            mime: self.mime.clone(),
            bytes: self.bytes,
            width: self.width,
            height: self.height,
        }
    }

    /// What goes to a channel: the picture under every channel's limit, or the film; cut, written anew or with its words
    /// burnt in where the channel wants that and it is there.
    pub fn to_post(&self, frame: &Frame) -> Option<Drawn> {
        if self.kind == Kind::Film {
            let burnt = frame.burns.and_then(|language| self.shown(&burnt(language)));
            let film = self.shown(FILM);
            let light = || self.shown(LIGHT);
            let fits = |drawn: &Drawn| frame.heaviest == 0 || drawn.bytes <= frame.heaviest;
            return burnt.filter(fits).or_else(|| film.clone().filter(fits)).or_else(light).or(film);
        }
        let post = self.shown(Profile::Post.code())?;
        let ratio = f64::from(post.width) / f64::from(post.height.max(1));
        if frame.longest > 0 && post.width.max(post.height) > frame.longest {
            // the square keeps what matters and is the largest shape that fits
            return self.shown(Profile::Square.code()).or(Some(post));
        }
        let other = if frame.narrowest > 0.0 && ratio < frame.narrowest {
            Some(Profile::Tall)
        } else if frame.broadest > 0.0 && ratio > frame.broadest {
            Some(Profile::Broad)
        } else if frame.jpeg && post.mime != Content::Jpeg.mime() {
            Some(Profile::Flat)
        } else {
            None
        };
        other.and_then(|profile| self.shown(profile.code())).or(Some(post))
    }

    /// Address of a shape; `None` when it is not there. Carries the beginning of the hash, so that it may
    /// be cached for ever.
    pub fn href(&self, profile: &str) -> Option<String> {
        let drawn = self.shown(profile)?;
        Some(format!("/media/{}/{profile}?v={}", self.id, drawn.sha256.get(..12).unwrap_or_default()))
    }

    /// Address of the captions in a language.
    pub fn captions_href(&self, language: Language) -> String {
        format!("/media/{}/captions-{language}?v={}", self.id, self.updated_at.seconds())
    }

    /// What the kept file is.
    pub fn content(&self) -> Content {
        match self.mime.as_str() {
            "image/png" => Content::Png,
            "video/webm" => Content::WebM,
            _ if self.kind == Kind::Film => Content::Mp4,
            _ => Content::Jpeg,
        }
    }

    /// Nothing that blocks is missing.
    pub fn usable(&self, languages: &[Language], purposes: &[Purpose], now: Instant) -> bool {
        !self.missing(languages, purposes, now).iter().any(|m| m.blocks())
    }
}

/// How long a film is, as people say it: `8 sek.`, `1 min. 40 sek.`
pub fn length(ms: i64, t: Speech) -> String {
    let seconds = (ms + 500) / 1000;
    match (seconds / 60, seconds % 60) {
        (0, s) => t.with("media-seconds", "seconds", s),
        (m, 0) => t.with("media-minutes", "minutes", m),
        (m, s) => t.with2("media-minutes-seconds", "minutes", m, "seconds", s),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Chance;

    fn asset(kind: Kind) -> Asset {
        let (now, chance) = (Instant::from_seconds(1), Chance::seeded(1));
        Asset {
            id: AssetId::new(now, &chance),
            unit: UnitId::new(now, &chance),
            kind,
            state: State::Ready,
            name: "x".into(),
            sha256: String::new(),
            mime: String::new(),
            bytes: 1,
            width: 1,
            height: 1,
            duration_ms: None,
            alt_text: String::new(),
            decorative: false,
            silent: false,
            alt_stale: false,
            focus: Focus::default(),
            error: None,
            captions: vec![Language::Da],
            renditions: vec![Drawn {
                profile: POSTER.into(),
                sha256: String::new(),
                mime: String::new(),
                bytes: 1,
                width: 1,
                height: 1,
            }],
            public_at: None,
            people: Vec::new(),
            nobody: true,
            folder: String::new(),
            usable_until: None,
            created_by: "user:1".into(),
            created_at: now,
            updated_at: now,
        }
    }

    #[test]
    fn nothing_goes_out_undescribed() {
        let now = Instant::from_seconds(1);
        let mut picture = asset(Kind::Picture);
        assert_eq!(picture.missing(&Language::ALL, &[], now), [Missing::AltText]);
        picture.decorative = true;
        assert!(picture.usable(&Language::ALL, &[], now));
        picture.state = State::Received;
        assert!(!picture.usable(&[], &[], now));

        let mut film = asset(Kind::Film);
        film.alt_text = "Amina og Ruth drikker kaffe".into();
        assert!(film.usable(&[Language::Da], &[], now));
        assert_eq!(film.missing(&Language::ALL, &[], now), [Missing::Captions(Language::En)]);
        film.silent = true;
        film.renditions.clear();
        assert_eq!(film.missing(&Language::ALL, &[], now), [Missing::Poster]);
        assert!(film.usable(&Language::ALL, &[], now), "a film without a poster may be used");
    }

    #[test]
    fn nobody_is_shown_who_has_not_said_yes() {
        let now = Instant::from_seconds(1_000_000);
        let mut picture = asset(Kind::Picture);
        (picture.decorative, picture.nobody) = (true, false);
        assert_eq!(picture.hindrances(&[Purpose::Social], now), [Missing::People]);
        let chance = Chance::seeded(2);
        picture.people = vec![Person {
            id: PersonId::new(now, &chance),
            unit: picture.unit,
            name: "Amina Yusuf".into(),
            email: String::new(),
            relation: crate::media::people::Relation::Colleague,
            child_until: None,
            asked_from: None,
            guardians: 0,
            yeses: Vec::new(),
        }];
        let both = [Purpose::Website, Purpose::Social];
        assert_eq!(
            picture.hindrances(&both, now),
            [Missing::Consent(Purpose::Website), Missing::Consent(Purpose::Social)]
        );
        picture.usable_until = Some(now);
        assert_eq!(picture.hindrances(&[], now), [Missing::Over]);
        // a drawing shows nobody unless somebody says so
        let mut drawing = asset(Kind::Graphic);
        drawing.nobody = false;
        assert!(drawing.hindrances(&both, now).is_empty());
    }
}
