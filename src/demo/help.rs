//! What the units of Fjordby asked communications for, and what came of it.

use std::time::Duration;

use super::{
    ads,
    town::{People, spooled},
};
use crate::{
    accounts::{Scope, audit::Actor},
    base::{
        Instant, Subject,
        id::{AssetId, SupportId, UnitId, UserId},
        wall::WallTime,
    },
    kit::Kit,
    media,
    postings::Posting,
    stories::{self, Content, Kind},
    support::{self, Asking, By, Delivery, Help, Step, SupportError},
};

/// What happens to a request, so many days after it was asked.
enum Then {
    Take,
    Ask(&'static str),
    Answer(&'static str),
    /// With the hours spent and a few words.
    Deliver(&'static str, &'static str),
    Decline(&'static str),
}

struct Wish {
    /// So many days ago.
    asked: u32,
    by: &'static str,
    unit: usize,
    help: Help,
    title: &'static str,
    words: &'static str,
    /// In how many days from today it is wished for.
    wished: Option<u32>,
    /// A picture by its place, when one came along.
    picture: Option<usize>,
    then: &'static [(u32, Then)],
}

const WISHES: [Wish; 8] = [
    Wish {
        asked: 30,
        by: "amina",
        unit: 3,
        help: Help::Picture,
        title: "Nye billeder fra legepladsen",
        words: "Dem, vi har, er fra før ombygningen. Forældrene har sagt ja til billeder.",
        wished: None,
        picture: None,
        then: &[(2, Then::Take), (6, Then::Deliver("3", "Tre billeder er lagt i jeres mediebibliotek."))],
    },
    Wish {
        asked: 24,
        by: "karen",
        unit: 1,
        help: Help::Text,
        title: "Opslag om elevpladser",
        words: "Vi vil gerne ramme dem, der overvejer uddannelsen. Her er et udkast, som er alt for langt.",
        wished: None,
        picture: None,
        then: &[(0, Then::Take), (1, Then::Deliver("1,5", "Vi har skåret det halve væk og vendt det om."))],
    },
    Wish {
        asked: 20,
        by: "mads",
        unit: 2,
        help: Help::Film,
        title: "Film om ruterne i Hjemmeplejen Syd",
        words: "En hel dag på cykel, gerne før frost.",
        wished: None,
        picture: None,
        then: &[(
            4,
            Then::Decline(
                "Vi kan ikke nå en hel dag før frosten. Bed os igen i marts, så planlægger vi det.",
            ),
        )],
    },
    Wish {
        asked: 12,
        by: "karen",
        unit: 1,
        help: Help::Adapt,
        title: "Historien om Ruth, så den passer til Facebook",
        words: "Vi synes, den er god, men den er skrevet til intranettet.",
        wished: None,
        picture: None,
        then: &[(1, Then::Take), (3, Then::Deliver("2", "Kortere, og med spørgsmål til læseren til sidst."))],
    },
    Wish {
        asked: 6,
        by: "karen",
        unit: 1,
        help: Help::Film,
        title: "Aftenvagter på Plejecenter Nord",
        words: "Vi mangler tre til aftenvagter.\nKom gerne en torsdag, der er sang i fællesstuen.",
        wished: Some(9),
        picture: Some(0),
        then: &[
            (1, Then::Take),
            (2, Then::Ask("Hvem af beboerne må vi filme, og hvem fra huset vil fortælle?")),
            (3, Then::Answer("Ruth har sagt ja. Amina vil gerne fortælle.")),
        ],
    },
    Wish {
        asked: 4,
        by: "amina",
        unit: 3,
        help: Help::Text,
        title: "Dagbog fra Børnehuset Solsikken",
        words: "Vi har stikord til fem dage. Kan I gøre det til en historie?",
        wished: Some(16),
        picture: None,
        then: &[(1, Then::Take), (1, Then::Ask("Må vi bruge børnenes fornavne, eller skal de have andre?"))],
    },
    Wish {
        asked: 2,
        by: "mads",
        unit: 2,
        help: Help::Publish,
        title: "Åbent hus på onsdag",
        words: "Kaffe fra kl. 15. Opslaget ligger klart, det skal bare ud på vores sider.",
        wished: Some(1),
        picture: None,
        then: &[],
    },
    Wish {
        asked: 1,
        by: "karen",
        unit: 1,
        help: Help::Picture,
        title: "Gruppebillede af nattevagterne",
        words: "De mødes kl. 22.45 på fredag.",
        wished: Some(6),
        picture: None,
        then: &[],
    },
];

/// One turn, and when it happens.
pub(super) struct Turn {
    wish: usize,
    /// none: it is asked
    then: Option<usize>,
}

/// Every turn with its time, before `today`.
pub(super) fn turns(today: Instant) -> Vec<(Instant, Turn)> {
    const DAY: Duration = Duration::from_secs(86_400);
    let mut all = Vec::new();
    for (n, wish) in WISHES.iter().enumerate() {
        let asked = today - DAY * wish.asked;
        all.push((asked, Turn { wish: n, then: None }));
        for (at, (days, _)) in wish.then.iter().enumerate() {
            let minutes = 40 * u32::try_from(at + 1).unwrap_or(1);
            let when = asked + DAY * *days + Duration::from_secs(60) * minutes;
            all.push((when, Turn { wish: n, then: Some(at) }));
        }
    }
    all
}

/// Who is in Fjordby, and what lies there.
pub(super) struct Around<'a> {
    pub kit: &'a Kit,
    pub scope: &'a Scope,
    pub people: &'a People,
    pub units: &'a [UnitId],
    pub pictures: &'a [AssetId],
    pub ad: Option<&'a Posting>,
}

impl Around<'_> {
    fn by(&self, user: UserId) -> By {
        By {
            user,
            asks: self.scope.clone(),
            gives: self.scope.clone(),
            media: self.scope.clone(),
            ads: self.scope.clone(),
            stories: self.scope.clone(),
        }
    }
    fn person(&self, login: &str) -> anyhow::Result<UserId> {
        self.people.id(login).ok_or_else(|| anyhow::anyhow!("nobody is called {login}"))
    }

    /// Does one turn; `asked` are the requests so far, by their place.
    pub async fn take(
        &self,
        turn: &Turn,
        asked: &mut std::collections::BTreeMap<usize, SupportId>,
        today: Instant,
    ) -> anyhow::Result<()> {
        let (Some(wish), kit) = (WISHES.get(turn.wish), self.kit) else { return Ok(()) };
        let Some(at) = turn.then else {
            asked.insert(turn.wish, self.ask(wish, today).await?);
            return Ok(());
        };
        let (Some(id), Some((_, then))) = (asked.get(&turn.wish).copied(), wish.then.get(at)) else {
            return Ok(());
        };
        let lise = self.by(self.person("lise")?);
        let no = |e: SupportError| anyhow::anyhow!("{e:?}");
        match then {
            Then::Take => support::step(kit, lise, id, Step::Take, "", String::new()).await.map_err(no)?,
            Then::Ask(words) => {
                support::step(kit, lise, id, Step::Ask, "question", (*words).to_owned()).await.map_err(no)?;
            }
            Then::Decline(words) => {
                support::step(kit, lise, id, Step::Decline, "reason", (*words).to_owned())
                    .await
                    .map_err(no)?;
            }
            Then::Answer(words) => {
                let mut by = self.by(self.person(wish.by)?);
                by.gives = Scope::default();
                support::write(kit, by, id, (*words).to_owned(), Vec::new()).await.map_err(no)?;
            }
            Then::Deliver(hours, words) => {
                let (things, files) = self.made(wish).await?;
                let delivery = Delivery {
                    things,
                    files,
                    words: (*words).to_owned(),
                    hours: (*hours).to_owned(),
                    ..Delivery::default()
                };
                support::deliver(kit, lise, id, delivery).await.map_err(no)?;
            }
        }
        Ok(())
    }

    async fn ask(&self, wish: &Wish, today: Instant) -> anyhow::Result<SupportId> {
        let (kit, zone) = (self.kit, self.kit.config.delivery.zone);
        let now = kit.clock.now();
        let day = wish.wished.map(|days| {
            let at = today + Duration::from_secs(u64::from(days) * 86_400);
            WallTime::at(at, zone).local.date().to_string()
        });
        let about = self.ad.filter(|ad| ad.content.unit == self.units[wish.unit]);
        let asking = Asking {
            id: SupportId::new(now, &kit.chance),
            unit: self.units[wish.unit],
            title: wish.title.to_owned(),
            help: Some(wish.help),
            about: about.map(|ad| Subject::Posting(ad.id)),
            words: wish.words.to_owned(),
            wished_by: day.unwrap_or_default(),
            files: wish.picture.and_then(|at| self.pictures.get(at)).copied().into_iter().collect(),
        };
        let by = self.by(self.person(wish.by)?);
        support::ask(kit, by, asking).await.map_err(|e| anyhow::anyhow!("{e:?}"))
    }

    /// What was made of it: a picture in the unit's library, or a story one can go on with.
    async fn made(&self, wish: &Wish) -> anyhow::Result<(Vec<String>, Vec<AssetId>)> {
        let (kit, unit, lise) = (self.kit, self.units[wish.unit], Actor::User(self.person("lise")?));
        if matches!(wish.help, Help::Film | Help::Picture) {
            let (name, bytes, _) = ads::PICTURES[wish.unit - 1];
            let received = media::receive(kit, lise, unit, name, &spooled(kit, bytes).await?).await?;
            return Ok((Vec::new(), vec![received.id()]));
        }
        let mut content = Content::empty(unit, Kind::Story);
        wish.title.clone_into(&mut content.texts[0].title);
        let (k, all) = (kit.clone(), self.scope.clone());
        let by = stories::By { actor: lise, writes: all.clone(), publishes: all.clone(), media: all };
        let draft = kit.db.write(move |c| stories::create(c, &k, &by, content)).await?;
        Ok((vec![format!("story:{}", draft.id)], Vec::new()))
    }
}
