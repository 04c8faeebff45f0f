//! Fjordby Kommune: a municipality to look around in. Made through the same actions as everything else;
//! nobody in it exists. Every start makes it anew, since the practice channels live in memory.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, bail};

use super::{
    ads::{self, AdState},
    worlds::{self, Kind, Running as WorldRunning, World},
};
use crate::{
    accounts::{self, Role, Scope, UnitKind, audit::Actor},
    applications::{
        Contact, Outcome, PaperKind, Stage, Via,
        actions::{self, Change, Paper, Submission},
        papers,
        stage::Column,
    },
    base::{
        Chance, Language,
        id::{AccountId, AssetId, PostingId, UnitId},
        text,
        wall::WallTime,
    },
    blobs::Spooled,
    config::Config,
    db::DbError,
    kit::Kit,
    media::{self, Description},
    postings::{self, Posting},
    publishing::{
        self,
        publish::{Order, Part},
    },
    secrets::fingerprint,
    timetable, tracking,
};

/// Everybody's password in the demonstration.
pub const PASSWORD: &str = "velkommen til fjordby";

/// The people one can be.
pub const PEOPLE: [(&str, Role, &str); 8] = [
    ("Camilla Juhl", Role::HrAdmin, "camilla"),
    ("Mads Bæk Nielsen", Role::Recruiter, "mads"),
    ("Karen Østergaard", Role::HiringManager, "karen"),
    ("Jonas Lind", Role::PanelMember, "jonas"),
    ("Lise Holm", Role::Communications, "lise"),
    ("Amina Yusuf", Role::Contributor, "amina"),
    ("Peter Aagaard", Role::ReportReader, "peter"),
    ("Ida Drift", Role::Ops, "ida"),
];

/// How many applications it gets.
const APPLICATIONS: usize = 300;

const MARK: &str = "DEMONSTRATION";

/// What the demonstration keeps running beside the service.
pub struct Town {
    /// The two practice channels.
    pub worlds: Vec<WorldRunning>,
}

/// Empties a folder that an earlier demonstration made; refuses any other that holds something.
pub fn prepare(data: &Path) -> anyhow::Result<()> {
    let used = std::fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some());
    if used && !data.join(MARK).is_file() {
        bail!(
            "{} holds something else; give the demonstration a folder of its own with --data",
            data.display()
        );
    }
    if used {
        std::fs::remove_dir_all(data).with_context(|| format!("{} cannot be emptied", data.display()))?;
    }
    std::fs::create_dir_all(data)?;
    std::fs::write(data.join(MARK), "Made by `opslag demo`; the next start makes it anew.\n")?;
    Ok(())
}

/// Takes the practice channels on the air and fits the configuration to them.
pub fn worlds(config: &mut Config, kit: (&crate::base::Clock, &Chance)) -> anyhow::Result<Town> {
    config.organisation.name = "Fjordby Kommune".into();
    config.organisation.phone = "76 00 12 00".into();
    config.organisation.email = "job@fjordby.example".into();
    config.organisation.accessibility_statement = "https://was.digst.dk/fjordby-example".into();
    config.privacy.controller = "Fjordby Kommune, Torvet 1, 8799 Fjordby".into();
    config.privacy.dpo = "dpo@fjordby.example".into();
    let mut worlds = Vec::new();
    for kind in [Kind::Bluesky, Kind::Mastodon] {
        let name = format!("Fjordby Kommune ({} – øvelse)", kind.name());
        let world = World::new(kind, &name, kit.0.clone(), kit.1.clone());
        let running = world.serve(([127, 0, 0, 1], 0).into())?;
        let host = running.url().host_str().unwrap_or_default().to_owned();
        let port = running.url().port_or_known_default().unwrap_or(80);
        config.channels.private_hosts.push(format!("{host}:{port}"));
        if kind == Kind::Bluesky {
            running.url().as_str().trim_end_matches('/').clone_into(&mut config.channels.bluesky_app);
        }
        worlds.push(running);
    }
    Ok(Town { worlds })
}

/// Fills an empty, migrated database.
pub async fn fill(kit: &Kit, parts: &timetable::Parts, town: &Town) -> anyhow::Result<()> {
    let units = units_and_people(kit).await?;
    let scope = kit.db.read(accounts::everywhere).await?;
    let pictures = pictures(kit, units[0]).await?;
    timetable::runner(kit, parts).drain().await?;
    let mut accounts = Vec::new();
    for world in &town.worlds {
        accounts.push(worlds::connect(kit, world, units[0], Actor::System).await?);
    }
    let mut open = Vec::new();
    for ad in ads::all() {
        let posting = post(kit, &scope, &ad, &units, &pictures).await?;
        if ad.state != AdState::Draft {
            open.push((posting, ad.state));
        }
    }
    for (posting, state) in open.iter().take(6) {
        if *state == AdState::Open {
            publish(kit, &scope, posting, &accounts).await?;
        }
    }
    publishing::drain(kit, &parts.channels).await?;
    apply(kit, &scope, &open).await?;
    timetable::runner(kit, parts).drain().await?;
    finish(kit, &scope, &open).await
}

async fn units_and_people(kit: &Kit) -> anyhow::Result<Vec<UnitId>> {
    let k = kit.clone();
    let hash = tokio::task::spawn_blocking({
        let chance = kit.chance.clone();
        move || accounts::password::hash(PASSWORD, &chance)
    })
    .await?;
    kit.db
        .write(move |c| {
            let add = |c: &mut _, parent, name: &str, kind| accounts::add_unit(c, &k, parent, name, kind);
            let top = add(c, None, "Fjordby Kommune", UnitKind::Organisation)?;
            let care = add(c, Some(top), "Velfærd og Sundhed", UnitKind::Department)?;
            let young = add(c, Some(top), "Børn og Unge", UnitKind::Department)?;
            let staff = add(c, Some(top), "Stab og Service", UnitKind::Department)?;
            let units = vec![
                top,
                add(c, Some(care), "Plejecenter Nord", UnitKind::Workplace)?,
                add(c, Some(care), "Hjemmeplejen Syd", UnitKind::Workplace)?,
                add(c, Some(young), "Børnehuset Solsikken", UnitKind::Workplace)?,
                add(c, Some(young), "Familieafdelingen", UnitKind::Workplace)?,
                add(c, Some(staff), "Rådhuset", UnitKind::Workplace)?,
            ];
            for (name, role, login) in PEOPLE {
                let email = format!("{login}@fjordby.example");
                let user = accounts::add_user(c, &k, name, &email, Some(&hash), Language::Da)?;
                let unit = if role == Role::HiringManager { units[1] } else { top };
                accounts::give_role(c, &k, user, unit, role, None)?;
            }
            Ok::<_, Failure>(units)
        })
        .await
        .map_err(|Failure(e)| e)
}

struct Failure(anyhow::Error);
impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

async fn spooled(kit: &Kit, bytes: &[u8]) -> anyhow::Result<Spooled> {
    let mut spool = kit.blobs.spool().await?;
    spool.write(bytes).await?;
    Ok(spool.finish().await?)
}

async fn pictures(kit: &Kit, unit: UnitId) -> anyhow::Result<Vec<AssetId>> {
    let mut ids = Vec::new();
    for (name, bytes, alt) in ads::PICTURES {
        let received = media::receive(kit, Actor::System, unit, name, &spooled(kit, bytes).await?).await?;
        let id = received.id();
        let asset = kit.db.read(move |c| media::asset(c, id)).await.map_err(|e: DbError| e)?;
        let asset = asset.context("an asset just received is there")?;
        let said =
            Description { alt_text: (*alt).into(), decorative: false, silent: false, focus: asset.focus };
        media::describe(kit, &asset, said).await?;
        if asset.kind == media::Kind::Film {
            media::caption(kit, &asset, Language::Da, ads::CAPTIONS_DA).await?;
            media::caption(kit, &asset, Language::En, ads::CAPTIONS_EN).await?;
        }
        ids.push(id);
    }
    Ok(ids)
}

async fn post(
    kit: &Kit,
    scope: &Scope,
    ad: &ads::Ad,
    units: &[UnitId],
    pictures: &[AssetId],
) -> anyhow::Result<Posting> {
    let zone = kit.config.delivery.zone;
    // one that is over was open a moment ago: its deadline is a second away, and the clock passes it
    let ahead = match ad.state {
        AdState::Passed => Duration::from_secs(60),
        _ => Duration::from_secs(86_400 * ad.days),
    };
    let mut content = ad.content(units[ad.unit], pictures);
    content.deadline = Some(WallTime::at(kit.clock.now() + ahead, zone));
    let (k, scope, state) = (kit.clone(), scope.clone(), ad.state);
    let posting = kit
        .db
        .write(move |c| {
            let draft = postings::create(c, &k, Actor::System, &scope, content)?;
            match state {
                AdState::Draft => Ok(draft),
                _ => postings::open(c, &k, Actor::System, &scope, draft.id),
            }
        })
        .await
        .map_err(|e| match e {
            postings::PostingError::NotReady(list) => {
                let points: Vec<_> = list.missing.iter().map(|p| p.key.clone()).collect();
                anyhow::anyhow!("the demonstration's ad is not ready: {points:?}")
            }
            other => other.into(),
        })?;
    postings::renew();
    Ok(posting)
}

async fn publish(kit: &Kit, scope: &Scope, posting: &Posting, accounts: &[AccountId]) -> anyhow::Result<()> {
    let title = posting.title(Language::Da).to_owned();
    let lead = posting.content.text(Language::Da).map(|t| t.lead.clone()).unwrap_or_default();
    let order = Order {
        posting: posting.id,
        language: Language::Da,
        when: None,
        media: Vec::new(),
        parts: accounts
            .iter()
            .map(|account| Part {
                account: *account,
                text: text::shorten(&format!("{title}\n\n{lead}"), 220),
            })
            .collect(),
        same_words_ok: true,
    };
    publishing::publish::publish(kit, Actor::System, scope, order)
        .await
        .map_err(|e| anyhow::anyhow!("{e:?}"))?;
    Ok(())
}

async fn apply(kit: &Kit, scope: &Scope, open: &[(Posting, AdState)]) -> anyhow::Result<()> {
    // the same people at every start
    let chance = Chance::seeded(8799);
    let mut tokens: Vec<(PostingId, Vec<String>)> = Vec::new();
    for (posting, _) in open {
        let id = posting.id;
        let links = kit.db.read(move |c| tracking::links_of(c, id)).await.map_err(|e: DbError| e)?;
        tokens.push((id, links.into_iter().map(|l| l.token).collect()));
    }
    for n in 0..APPLICATIONS {
        // the first ads are the popular ones
        let pick = usize::try_from(chance.below(open.len() as u64 * 2)).unwrap_or(0);
        let which = if pick < open.len() { pick } else { (pick - open.len()) / 3 };
        let (posting, _) = &open[which.min(open.len() - 1)];
        let person = ads::person(&chance, n);
        let links = &tokens.iter().find(|(id, _)| *id == posting.id).context("every ad was asked")?.1;
        let token = match chance.below(3) {
            0 => String::new(),
            _ if links.is_empty() => String::new(),
            k => links[usize::try_from(k).unwrap_or(0) % links.len()].clone(),
        };
        let cv = ads::curriculum(&person, posting.title(Language::Da), &chance);
        let bytes = spooled(kit, cv.as_bytes()).await?;
        let name = format!("CV {}.txt", person.name);
        let judged = papers::judge(&name, &mut std::fs::File::open(bytes.path())?)?
            .map_err(|r| anyhow::anyhow!("a demonstration paper is refused: {}", r.key()))?;
        let submission = Submission {
            posting: posting.id,
            contact: Contact {
                name: person.name.clone(),
                email: person.email.clone(),
                phone: person.phone.clone(),
            },
            language: Language::Da,
            letter: ads::letter(&person, posting.title(Language::Da), &chance),
            token,
            self_reported: None,
            form_hash: fingerprint(&kit.chance.token()),
            papers: vec![Paper { kind: PaperKind::Cv, name, judged, bytes }],
            via: Via::Form,
            received_at: None,
            by: None,
        };
        let done = actions::submit(kit, submission).await?;
        let (k, scope, step) = (kit.clone(), scope.clone(), chance.below(10));
        let to = match step {
            0..5 => continue,
            5..8 => Column::Stage(Stage::Assessing),
            8 => Column::Stage(Stage::Interview),
            _ => Column::Outcome(Outcome::Rejected),
        };
        kit.db
            .write(move |c| {
                let whole = crate::applications::application(c, &scope, done.id)?
                    .ok_or(actions::ChangeError::NotFound)?;
                let reason =
                    "Andre ansøgere har mere erfaring med de opgaver, som opslaget beskriver.".to_owned();
                let wanted =
                    Change { id: done.id, version: whole.application.version, to, place: None, reason };
                actions::change(c, &k, &scope, Actor::System, &wanted)
            })
            .await
            .map_err(|e: actions::ChangeError| anyhow::anyhow!("{e}"))?;
    }
    Ok(())
}

/// Closes the ads that are to be closed, after everyone in them has an answer.
async fn finish(kit: &Kit, scope: &Scope, open: &[(Posting, AdState)]) -> anyhow::Result<()> {
    for (posting, state) in open.iter().filter(|(_, s)| *s == AdState::Closed) {
        debug_assert_eq!(*state, AdState::Closed);
        let (k, scope, id) = (kit.clone(), scope.clone(), posting.id);
        kit.db
            .write(move |c| {
                let mut first = true;
                for card in crate::applications::board(c, &scope, id)? {
                    if card.outcome.is_some() {
                        continue;
                    }
                    let mut version = card.version;
                    if std::mem::take(&mut first) {
                        // nobody is hired unseen
                        let to = Column::Stage(Stage::Interview);
                        let seen = Change { id: card.id, version, to, place: None, reason: String::new() };
                        actions::change(c, &k, &scope, Actor::System, &seen)?;
                        let whole = crate::applications::application(c, &scope, card.id)?;
                        version = whole.context("it was there a moment ago")?.application.version;
                        let hired = Column::Outcome(Outcome::Hired);
                        let wanted =
                            Change { id: card.id, version, to: hired, place: None, reason: String::new() };
                        actions::change(c, &k, &scope, Actor::System, &wanted)?;
                        continue;
                    }
                    let to = Column::Outcome(Outcome::Rejected);
                    let reason =
                        "Stillingen er besat med en ansøger, der har arbejdet med det samme før.".to_owned();
                    let wanted = Change { id: card.id, version, to, place: None, reason };
                    actions::change(c, &k, &scope, Actor::System, &wanted)?;
                }
                actions::close_posting(c, &k, &scope, Actor::System, id, postings::CloseReason::Hired)?;
                Ok::<_, Failure>(())
            })
            .await
            .map_err(|Failure(e)| e)?;
    }
    postings::renew();
    Ok(())
}
