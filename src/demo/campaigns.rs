//! Two campaigns of Fjordby: one that two administrations carry together, and a trial that has just ended; with the stories
//! that were told in them.

use std::{collections::BTreeMap, net::IpAddr, time::Duration};

use super::{
    life::Stage,
    town::{Failure, People},
};
use crate::{
    accounts::{self, Scope, audit::Actor},
    base::{
        Chance, Instant, Language, Subject,
        id::{AssetId, CampaignId, UnitId},
        wall::WallTime,
    },
    campaigns::{self, By, Content, Horizon},
    db::{Conn, DbError},
    kit::Kit,
    publishing::{self, Order, Part},
    stories::{self, Kind, Step, Story, StoryError},
    timetable,
    tracking::{self, Link},
    web::Typed,
};

const DAY: Duration = Duration::from_secs(86_400);

/// The ads of each campaign, by their place in the list.
const ADS: [&[usize]; 2] = [&[1, 3, 4, 7], &[2, 5]];

/// A story that is told in a campaign.
struct Tale {
    campaign: usize,
    /// So many days ago.
    told: u32,
    unit: usize,
    kind: Kind,
    title: &'static str,
    lead: &'static str,
    body: &'static str,
    themes: &'static [&'static str],
    picture: usize,
    /// So many people follow it.
    followed: u32,
}

const TALES: [Tale; 2] = [
    Tale {
        campaign: 0,
        told: 16,
        unit: 3,
        kind: Kind::DayInLife,
        title: "En formiddag i regntøj",
        lead: "Klokken er ni, det regner, og ingen på stuen synes, at det er et problem.",
        body: "<h2>Hvordan begynder dagen?</h2><p>Med gummistøvler. Vi tæller tolv par og finder altid tretten.</p><h2>Hvad gør den god?</h2><p>At vi er tre voksne og kan dele os: en ved bålet, en i sandkassen og en, der bare er der.</p>",
        themes: &["community", "conditions"],
        picture: 2,
        followed: 34,
    },
    Tale {
        campaign: 1,
        told: 11,
        unit: 1,
        kind: Kind::Story,
        title: "Aftenvagten begynder med kaffe",
        lead: "Amina fortæller om sin første aften på Plejecenter Nord og om den kop, der altid står klar.",
        body: "<h2>Hvem møder medarbejderne?</h2><p>Ruth, som har boet her i fire år og har kaffen klar kl. 15.</p><h2>Hvad overraskede dig?</h2><p>At der er tid. Vi er to om gangen, og klokken otte synger vi.</p>",
        themes: &["meaning", "community"],
        picture: 0,
        followed: 52,
    },
];

/// What was laid out, and what was told in it.
#[derive(Default)]
pub(super) struct Laid {
    campaigns: Vec<CampaignId>,
    /// the links of what was told, by the place of its unit
    links: BTreeMap<usize, Vec<Link>>,
    told: BTreeMap<usize, Story>,
}

/// Lays both out, before anything is put into them.
pub(super) async fn lay_out(
    kit: &Kit,
    people: &People,
    units: &[UnitId],
    today: Instant,
) -> anyhow::Result<Laid> {
    let zone = kit.config.delivery.zone;
    let day = |days: i64| WallTime::at(today, zone).local.date() + chrono::TimeDelta::days(days);
    let all = kit.db.read(accounts::units).await?;
    let named = |name: &str| all.iter().find(|unit| unit.name == name).map_or(units[0], |unit| unit.id);
    let wanted = [
        Content {
            unit: named("Velfærd og Sundhed"),
            together: vec![named("Børn og Unge")],
            name: "Hjerte for Fjordby".into(),
            slogan: "Her er der brug for dig, og tid til dig".into(),
            starts_on: day(-30),
            ends_on: Some(day(120)),
            horizon: Horizon::Long,
            trial: false,
            hypothesis: String::new(),
            colour: "#8a1c4a".parse()?,
            logo: None,
        },
        Content {
            unit: units[1],
            together: Vec::new(),
            name: "Aftenvagten fortæller".into(),
            slogan: "Kom og hør, hvad vi laver efter kl. 15".into(),
            starts_on: day(-14),
            ends_on: Some(day(-1)),
            horizon: Horizon::Short,
            trial: true,
            hypothesis: "Når kolleger fortæller med egne ord, følger flere linket end ved rene jobopslag."
                .into(),
            colour: "#25623c".parse()?,
            logo: None,
        },
    ];
    let (k, actor) = (kit.clone(), people.of("lise"));
    let campaigns = kit
        .db
        .write(move |c| {
            let runs = accounts::everywhere(c)?;
            let by = By { actor, media: runs.clone(), runs };
            let mut ids = Vec::new();
            for content in wanted {
                ids.push(campaigns::create(c, &k, &by, content)?);
            }
            Ok::<_, Failure>(ids)
        })
        .await
        .map_err(|Failure(error)| error)?;
    Ok(Laid { campaigns, ..Laid::default() })
}

/// When each tale is told, and when people follow it; before `today`.
pub(super) fn tellings(today: Instant, chance: &Chance) -> Vec<(Instant, usize, bool)> {
    let mut all = Vec::new();
    for (n, tale) in TALES.iter().enumerate() {
        let told = today - DAY * tale.told;
        all.push((told, n, true));
        for _ in 0..tale.followed {
            let minutes = 60 + chance.below(u64::from(tale.told) * 24 * 60 - 120);
            all.push((told + Duration::from_secs(60 * minutes), n, false));
        }
    }
    all
}

impl Laid {
    /// The campaign that an ad belongs to.
    pub fn of_ad(&self, n: usize) -> Option<CampaignId> {
        let at = ADS.iter().position(|ads| ads.contains(&n))?;
        self.campaigns.get(at).copied()
    }

    /// A link that somebody of a unit may have come by, when it has told anything.
    pub fn link(&self, unit: usize, chance: &Chance) -> Option<Link> {
        let links = self.links.get(&unit)?;
        links.get(usize::try_from(chance.below(u64::try_from(links.len()).ok()?)).ok()?).cloned()
    }

    /// Somebody follows a tale.
    pub fn follow(&self, n: usize, kit: &Kit, parts: &timetable::Parts, chance: &Chance) {
        let (Some(story), Some(link)) = (self.told.get(&n), self.link(TALES[n].unit, chance)) else { return };
        let from = IpAddr::from([10, 1, u8::try_from(chance.below(250)).unwrap_or(1), 1]);
        let now = kit.clock.now();
        parts.visits.hit(story.id.into(), link.id, from, "Mozilla/5.0", now, &kit.chance);
        parts.visits.landed(&story.path(), &link.token, now);
    }

    /// Writes a tale, makes it ready, puts it into its campaign and tells it on every channel for words.
    pub async fn tell(
        &mut self,
        n: usize,
        kit: &Kit,
        parts: &timetable::Parts,
        stage: &Stage,
        scope: &Scope,
    ) -> anyhow::Result<()> {
        let tale = &TALES[n];
        let content = content(tale, &stage.units, &stage.pictures);
        let (k, all, lise, amina) =
            (kit.clone(), scope.clone(), stage.people.of("lise"), stage.people.of("amina"));
        let campaign = self.campaigns.get(tale.campaign).copied();
        let story = kit
            .db
            .write(move |c| {
                let by = |actor| stories::By {
                    actor,
                    writes: all.clone(),
                    publishes: all.clone(),
                    media: all.clone(),
                };
                let draft = stories::create(c, &k, &by(amina), content)?;
                put(c, &k, amina, &all, draft.content.unit, draft.id.into(), campaign)?;
                stories::step(c, &k, &by(lise), draft.id, Step::Finish)
            })
            .await
            .map_err(|error: StoryError| anyhow::anyhow!("{error:?}"))?;
        let order = Order {
            subject: story.id.into(),
            language: Language::Da,
            when: None,
            media: Vec::new(),
            parts: stage
                .accounts
                .iter()
                .map(|account| Part { account: *account, text: format!("{}\n\n{}", tale.title, tale.lead) })
                .collect(),
            same_words_ok: true,
        };
        publishing::publish(kit, lise, scope, order).await.map_err(|e| anyhow::anyhow!("{e:?}"))?;
        publishing::drain(kit, &parts.channels).await?;
        let about = [Subject::Story(story.id)];
        let links = kit.db.read(move |c| tracking::links_about(c, &about)).await;
        self.links.insert(tale.unit, links.map_err(|e: DbError| e)?);
        self.told.insert(n, story);
        Ok(())
    }
}

/// Puts an ad or story into a campaign as its form would.
pub(super) fn put(
    c: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    unit: UnitId,
    thing: Subject,
    campaign: Option<CampaignId>,
) -> Result<(), DbError> {
    let mut typed = Typed::default();
    typed.set(campaigns::FIELD, campaign.map(|id| id.to_string()).unwrap_or_default());
    // what cannot be put in stays out of it
    let _ = campaigns::put(c, actor, scope, unit, thing, &typed, kit.clock.now())?;
    Ok(())
}

fn content(tale: &Tale, units: &[UnitId], pictures: &[AssetId]) -> stories::Content {
    let mut content = stories::Content::empty(units[tale.unit], tale.kind);
    tale.title.clone_into(&mut content.texts[0].title);
    tale.lead.clone_into(&mut content.texts[0].lead);
    tale.body.clone_into(&mut content.texts[0].body);
    content.themes = tale.themes.iter().map(|code| (*code).to_owned()).collect();
    content.media = pictures.get(tale.picture).copied().into_iter().collect();
    content
}
