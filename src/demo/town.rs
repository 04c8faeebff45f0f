//! Fjordby Kommune: a municipality to look around in. Made through the same actions as everything else;
//! nobody in it exists. Every start makes it anew, since the practice channels live in memory.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, bail};

use super::{
    ads, life, strategy,
    worlds::{self, Kind, Running as WorldRunning, World},
};
use crate::{
    accounts::{self, Role, UnitKind, audit::Actor},
    base::{
        Chance, Language,
        id::{AssetId, UnitId, UserId},
    },
    blobs::Spooled,
    config::Config,
    db::DbError,
    kit::Kit,
    media::{
        self, Description,
        people::{self, Giver, Manner, NewPerson, Noted, Purpose, Relation},
    },
    timetable,
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
    ("Ida Krogh", Role::Ops, "ida"),
];

/// How long it has lived when somebody looks at it.
pub const PAST: Duration = Duration::from_secs(36 * 24 * 60 * 60);

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

/// The practice channels of the demonstration.
const WORLDS: [Kind; 6] =
    [Kind::Bluesky, Kind::Mastodon, Kind::Facebook, Kind::Threads, Kind::Youtube, Kind::Tiktok];

/// Takes the practice channels on the air and fits the configuration to them.
pub fn worlds(config: &mut Config, kit: (&crate::base::Clock, &Chance)) -> anyhow::Result<Town> {
    config.organisation.name = "Fjordby Kommune".into();
    config.organisation.phone = "76 00 12 00".into();
    config.organisation.email = "job@fjordby.example".into();
    config.organisation.accessibility_statement = "https://was.digst.dk/fjordby-example".into();
    config.privacy.controller = "Fjordby Kommune, Torvet 1, 8799 Fjordby".into();
    config.privacy.dpo = "dpo@fjordby.example".into();
    let mut worlds = Vec::new();
    for kind in WORLDS {
        let world = World::new(kind, "Fjordby Kommune", kit.0.clone(), kit.1.clone());
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

/// Fills an empty, migrated database, day by day, with the clock of `kit` going along.
pub async fn fill(kit: &Kit, parts: &timetable::Parts, town: &Town) -> anyhow::Result<()> {
    let (units, people) = units_and_people(kit).await?;
    let pictures = pictures(kit, people.of("lise"), units[0]).await?;
    portrayed(kit, people.of("lise"), units[0], &pictures).await?;
    timetable::runner(kit, parts).drain().await?;
    let (mut accounts, mut films) = (Vec::new(), Vec::new());
    for world in &town.worlds {
        let account = worlds::connect(kit, world, units[0], people.of("lise")).await?;
        let only_films = matches!(world.kind(), Kind::Youtube | Kind::Tiktok);
        if only_films { films.push(account) } else { accounts.push(account) }
    }
    strategy::write(kit, people.of("lise"), units[0], units[3]).await?;
    life::live(kit, parts, &life::Stage { units, people, pictures, accounts, films }).await
}

/// Who somebody is, by log-in.
#[derive(Clone)]
pub struct People(Vec<(&'static str, UserId)>);

impl People {
    /// The person, as the one who did something.
    pub fn of(&self, login: &str) -> Actor {
        self.id(login).map_or(Actor::System, Actor::User)
    }
    /// Their id.
    pub fn id(&self, login: &str) -> Option<UserId> {
        self.0.iter().find(|(l, _)| *l == login).map(|(_, id)| *id)
    }
}

async fn units_and_people(kit: &Kit) -> anyhow::Result<(Vec<UnitId>, People)> {
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
            let mut people = Vec::new();
            for (name, role, login) in PEOPLE {
                let email = format!("{login}@fjordby.example");
                let user = accounts::add_user(c, &k, name, &email, Some(&hash), Language::Da)?;
                people.push((login, user));
                match role {
                    // whoever sits in a panel sits in that of one posting
                    Role::PanelMember => {}
                    Role::HiringManager => accounts::give_role(c, &k, user, units[1], role, None)?,
                    _ => accounts::give_role(c, &k, user, top, role, None)?,
                }
            }
            Ok::<_, Failure>((units, People(people)))
        })
        .await
        .map_err(|Failure(e)| e)
}

pub(super) struct Failure(pub anyhow::Error);
impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

pub(super) async fn spooled(kit: &Kit, bytes: &[u8]) -> anyhow::Result<Spooled> {
    let mut spool = kit.blobs.spool().await?;
    spool.write(bytes).await?;
    Ok(spool.finish().await?)
}

/// Who can be recognised, and what they said yes to: one who agrees to everything, one to less, and one who has not been
/// asked yet, in the picture that no ad shows.
async fn portrayed(kit: &Kit, by: Actor, unit: UnitId, pictures: &[AssetId]) -> anyhow::Result<()> {
    let open = [Purpose::Internal, Purpose::Website, Purpose::Social, Purpose::Press];
    let rows: [(&str, Relation, &[usize], &[Purpose]); 3] = [
        ("Amina Yusuf", Relation::Colleague, &[0, 5, ads::FILM], Purpose::ALL),
        ("Ruth Madsen", Relation::Resident, &[0, ads::FILM], &open),
        ("Oliver Dahl", Relation::Pupil, &[ads::WORDLESS], &[]),
    ];
    for (name, relation, shown, purposes) in rows {
        let new = NewPerson {
            unit,
            name: name.to_owned(),
            email: String::new(),
            relation,
            born: String::new(),
            one_guardian: false,
        };
        let person = people::add(kit, by, new, None).await?;
        for at in shown {
            if let Some(asset) = pictures.get(*at) {
                people::portray(kit, by, vec![unit], *asset, person).await?;
            }
        }
        if !purposes.is_empty() {
            let noted = Noted {
                purposes: purposes.to_vec(),
                giver: Giver::Own,
                giver_name: String::new(),
                manner: Manner::Spoken,
                last_day: String::new(),
                evidence: None,
            };
            people::note(kit, by, person, noted).await?;
        }
    }
    Ok(())
}

async fn pictures(kit: &Kit, by: Actor, unit: UnitId) -> anyhow::Result<Vec<AssetId>> {
    let mut ids = Vec::new();
    for (name, bytes, alt) in ads::PICTURES {
        let received = media::receive(kit, by, unit, name, &spooled(kit, bytes).await?).await?;
        let id = received.id();
        let asset = kit.db.read(move |c| media::asset(c, id)).await.map_err(|e: DbError| e)?;
        let asset = asset.context("an asset just received is there")?;
        if !alt.is_empty() {
            let said = Description {
                alt_text: (*alt).into(),
                decorative: false,
                silent: false,
                focus: asset.focus,
                nobody: true,
                folder: String::new(),
                usable_until: None,
            };
            media::describe(kit, &asset, said).await?;
        }
        if asset.kind == media::Kind::Film {
            media::caption(kit, &asset, Language::Da, ads::CAPTIONS_DA).await?;
            media::caption(kit, &asset, Language::En, ads::CAPTIONS_EN).await?;
        }
        ids.push(id);
    }
    Ok(ids)
}
