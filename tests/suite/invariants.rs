//! What must hold whatever happens (recruiting.md c.3), over random sequences of events: who sees what (5), the log is one
//! chain (9), what was out stays as it was (10). The others stand where what they are about is tested: 1, 2 and 4 in
//! [`super::numbers`], 3 in `answers/whatever.rs`, 11 in `assessment.rs`, 14 in `src/answers/field.rs`.
//!
//! `OPSLAG_SEED` says which sequences, `OPSLAG_INVARIANTS` how many.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::mpsc,
    time::Duration,
};

use diesel::RunQueryDsl;
use opslag::{
    accounts::{
        self, Role,
        audit::{self, Actor, Line, Object, Verb},
        bars::{self, Relation},
    },
    applications::{
        Stage,
        actions::{self, Change},
        stage::Column,
    },
    base::{
        Chance,
        id::{ApplicationId, PostingId, UnitId, UserId},
    },
    db::{Conn, DbError},
    demo::worlds::Kind,
    postings,
};
use sha2::{Digest, Sha256};

use crate::{
    harness::{
        TestApp,
        applicants::paper,
        people::Browser,
        power::{number, rounds},
    },
    publishing::Ground,
    search::catch_up,
};

/// A sequence of events of its own in each run, told when it fails.
fn dice() -> Chance {
    let seed = number("OPSLAG_SEED", Chance::real().below(u64::from(u32::MAX)));
    eprintln!("OPSLAG_SEED={seed}");
    Chance::seeded(seed)
}

fn pick<T: Clone>(chance: &Chance, from: &[T]) -> T {
    from[usize::try_from(chance.below(u64::try_from(from.len()).unwrap())).unwrap()].clone()
}

/// What somebody may see applications by.
#[derive(Clone, Copy, Debug)]
enum Who {
    /// A role in a unit and all that lies below it.
    In(Role, UnitId),
    /// A seat in the panel of one posting.
    Panel(PostingId),
}

struct Reader {
    id: UserId,
    who: Who,
    browser: Browser,
}

struct Known {
    name: String,
    posting: PostingId,
    unit: UnitId,
}

/// A municipality in which things happen, and what is true of it by the rules, kept here by hand.
struct Town {
    app: TestApp,
    ads: Vec<(PostingId, UnitId)>,
    readers: Vec<Reader>,
    there: BTreeMap<ApplicationId, Known>,
    related: BTreeSet<(UserId, ApplicationId)>,
    came: usize,
}

impl Town {
    async fn new() -> Self {
        let app = TestApp::standing_still().await;
        let mut ads = Vec::new();
        for unit in [app.centre_north, app.centre_south, app.organisation] {
            let mut content = app.ready_content("Kok");
            content.unit = unit;
            ads.push((app.opened(content).await.id, unit));
        }
        let whos = [
            Who::In(Role::HiringManager, app.centre_north),
            Who::In(Role::HiringManager, app.centre_south),
            Who::In(Role::Recruiter, app.organisation),
            Who::In(Role::HrAdmin, app.organisation),
            Who::Panel(ads[0].0),
            Who::Panel(ads[2].0),
            Who::In(Role::Communications, app.organisation),
        ];
        let mut readers = Vec::new();
        for who in whos {
            let (role, unit) = match who {
                Who::In(role, unit) => (role, unit),
                Who::Panel(_) => (Role::PanelMember, app.centre_south),
            };
            let id = app.person("somebody", role, unit).await;
            if let Who::Panel(posting) = who {
                let k = app.kit.clone();
                let seat = move |c: &mut Conn| {
                    accounts::give_role(c, &k, id, unit, Role::PanelMember, Some(posting))?;
                    bars::pledge(c, &k, id, posting)?;
                    Ok::<_, accounts::AccountError>(())
                };
                app.kit.db.write(seat).await.unwrap();
            }
            readers.push(Reader { id, who, browser: app.logged_in(id).await });
        }
        Self { app, ads, readers, there: BTreeMap::new(), related: BTreeSet::new(), came: 0 }
    }

    /// By the rules: a role in the unit or above it, or a seat; never somebody one has a relation to (D-23).
    fn sees(&self, reader: &Reader, id: ApplicationId) -> bool {
        let known = &self.there[&id];
        let opened = match reader.who {
            Who::In(Role::Communications, _) => false,
            Who::In(_, unit) => unit == self.app.organisation || unit == known.unit,
            Who::Panel(posting) => posting == known.posting,
        };
        opened && !self.related.contains(&(reader.id, id))
    }

    async fn happens(&mut self, chance: &Chance) {
        let ids: Vec<ApplicationId> = self.there.keys().copied().collect();
        // as many as stand on one page of hits
        if ids.len() < 4 || (ids.len() < 20 && chance.below(3) == 0) {
            return self.somebody_applies(chance).await;
        }
        let id = pick(chance, &ids);
        let (k, whole) = (self.app.kit.clone(), self.app.whole(id).await.unwrap());
        match chance.below(8) {
            0 | 1 => {
                let reader = &self.readers[usize::try_from(chance.below(6)).unwrap()];
                // only whoever meets the application is asked
                if self.sees(reader, id) {
                    self.app.says(reader.id, id, Relation::Family).await;
                    self.related.insert((reader.id, id));
                }
            }
            2 => {
                let erased = self.app.kit.db.write(move |c| actions::erase(c, &k, Actor::System, id)).await;
                assert!(erased.unwrap());
                self.there.remove(&id);
            }
            3 => {
                let hash = whole.application.access_hash;
                let _ = self.app.kit.db.write(move |c| actions::withdraw(c, &k, &hash)).await;
            }
            _ => {
                let to = pick(chance, &[Stage::Received, Stage::Assessing, Stage::Offer]);
                let change = Change {
                    id,
                    version: whole.application.version,
                    to: Column::Stage(to),
                    place: None,
                    reason: "Vi ser på den igen.".into(),
                };
                let moves = move |c: &mut Conn| {
                    let scope = accounts::everywhere(c)?;
                    actions::change(c, &k, &scope, Actor::System, &change)
                };
                let _ = self.app.kit.db.write(moves).await;
            }
        }
    }

    /// Through the form, with a paper: what is in a file may be searched and fetched.
    async fn somebody_applies(&mut self, chance: &Chance) {
        let (posting, unit) = pick(chance, &self.ads);
        self.came += 1;
        let name = format!("Holmegaard Nummer{:03}", self.came);
        let ad = self.app.kit.db.read(move |c| {
            let scope = accounts::everywhere(c)?;
            postings::get(c, &scope, posting)
        });
        let ad = ad.await.unwrap().unwrap();
        let form = self
            .app
            .filled(&ad, "")
            .await
            .with("name", &name)
            .with("email", &format!("n{}@holmegaard.example", self.came))
            .file("cv", "cv.pdf", paper("cv-latin.pdf"));
        assert_eq!(self.app.send(&ad, &form).await.status, 303);
        let cards = self.app.cards(posting).await;
        let id = cards.into_iter().find(|card| card.name == name).unwrap().id;
        self.there.insert(id, Known { name, posting, unit });
    }

    /// Everybody looks everywhere; what they meet is what they may see, and nothing else is counted, named or handed out.
    async fn everybody_looks(&mut self) {
        self.app.drain().await;
        catch_up(&self.app).await;
        let mut readers = std::mem::take(&mut self.readers);
        for reader in &mut readers {
            let wanted: BTreeSet<ApplicationId> =
                self.there.keys().copied().filter(|id| self.sees(reader, *id)).collect();
            let hidden: Vec<&str> = self
                .there
                .iter()
                .filter(|(id, _)| !wanted.contains(*id))
                .map(|(_, known)| known.name.as_str())
                .collect();
            self.looks(reader, &wanted, &hidden).await;
        }
        self.readers = readers;
    }

    async fn looks(&self, reader: &mut Reader, wanted: &BTreeSet<ApplicationId>, hidden: &[&str]) {
        let who = reader.who;
        let silent = |at: &str, page: &str| {
            for name in hidden {
                assert!(!page.contains(name), "{who:?} reads of {name} at {at}: {page}");
            }
        };
        for surface in ["tavle", "ansoegere"] {
            let mut met = BTreeSet::new();
            for (posting, _) in &self.ads {
                let at = format!("/jobopslag/{posting}/{surface}");
                let page = reader.browser.get(&at).await;
                silent(&at, &page.body);
                met.extend(linked(&page.body));
            }
            assert_eq!(met, *wanted, "{who:?} {surface}");
        }
        let browser = &mut reader.browser;
        for id in self.there.keys() {
            let paper = self.app.papers(*id).await[0].id;
            for at in [
                format!("/ansoegninger/{id}"),
                format!("/ansoegninger/{id}/filer/{paper}"),
                format!("/ansoegninger/{id}/filer/{paper}/hent"),
            ] {
                let seen = browser.get(&at).await;
                assert_eq!(seen.status == 200, wanted.contains(id), "{who:?} {at}: {}", seen.status);
                silent(&at, &seen.body);
            }
        }
        for query in ["holmegaard", "sårpleje", ""] {
            let page = browser.get(&format!("/soeg?q={query}")).await;
            silent("/soeg", &page.body);
            assert_eq!(linked(&page.body), *wanted, "{who:?} finds by {query:?}");
            if page.status == 200 {
                self.counts(&page.body, wanted, who).await;
            }
        }
        let page = browser.get("/ansoegere").await;
        silent("/ansoegere", &page.body);
        if page.status == 200 {
            let total = page.body.split("<tfoot>").nth(1).and_then(|foot| {
                let cell = foot.split("</tr>").next()?.rsplit("<td").next()?;
                cell.split_once('>')?.1.split('<').next()?.trim().parse::<usize>().ok()
            });
            assert_eq!(total.unwrap_or(0), wanted.len(), "{who:?}: {}", page.body);
        }
        silent("/start", &browser.get("/start").await.body);
    }

    /// The numbers beside what a search may be narrowed by are of what is seen.
    async fn counts(&self, page: &str, wanted: &BTreeSet<ApplicationId>, who: Who) {
        for (posting, _) in &self.ads {
            let n = wanted.iter().filter(|id| self.there[*id].posting == *posting).count();
            let option = page.split(&format!("<option value=\"{posting}\"")).nth(1);
            let shown = option.map(|o| o.split('<').next().unwrap().rsplit('(').next().unwrap());
            let shown = shown.map_or(0, |n| n.trim_end_matches(')').parse().unwrap());
            assert_eq!(shown, n, "{who:?} counts those of {posting}: {page}");
        }
    }
}

/// Which applications a page leads to.
fn linked(page: &str) -> BTreeSet<ApplicationId> {
    let links = page.split("href=\"/ansoegninger/").skip(1);
    links.filter_map(|l| l.split(['"', '/', '#', '?']).next()?.parse().ok()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_5_nobody_meets_counts_finds_or_fetches_what_is_not_theirs() {
    let chance = dice();
    let mut town = Town::new().await;
    for _ in 0..rounds("OPSLAG_INVARIANTS", 6) {
        for _ in 0..5 {
            town.happens(&chance).await;
            town.app.kit.clock.advance(Duration::from_secs(30));
        }
        town.everybody_looks().await;
    }
    assert!(!town.there.is_empty());
}

/// Does something to the log behind its guards, and takes it back: where the chain breaks by what was done.
async fn after(app: &TestApp, sql: String) -> Option<i64> {
    let (say, hear) = mpsc::channel();
    let undone = app.kit.db.write(move |c| {
        let lifted: &[&str] = match c {
            Conn::Sqlite(_) => &["drop trigger audit_no_delete", "drop trigger audit_no_update"],
            Conn::Pg(_) => &["alter table audit_events disable trigger audit_no_change"],
        };
        for lift in lifted {
            diesel::sql_query(*lift).execute(c)?;
        }
        assert_eq!(diesel::sql_query(sql).execute(c)?, 1);
        say.send(audit::verify(c)?).unwrap();
        Err::<(), _>(DbError::Connect("taken back".into()))
    });
    assert!(undone.await.is_err());
    hear.recv().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_9_a_line_that_is_taken_out_or_changed_breaks_the_log() {
    let chance = dice();
    let app = TestApp::standing_still().await;
    for _ in 0..30 {
        let lines: Vec<Line> = (0..=chance.below(3))
            .map(|_| Line {
                actor: Actor::System,
                verb: pick(&chance, &[Verb::Viewed, Verb::Moved, Verb::Changed]),
                object: Object::Application(ApplicationId::new(app.kit.clock.now(), &chance)),
                posting: None,
                detail: pick(&chance, &[None, Some("version 2".to_owned())]),
            })
            .collect();
        let now = app.kit.clock.now();
        app.kit.db.write(move |c| audit::write(c, &lines, now)).await.unwrap();
    }
    assert_eq!(app.kit.db.read(audit::verify).await.unwrap(), None);
    #[derive(diesel::QueryableByName)]
    struct Seq {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        seq: i64,
    }
    let all = |c: &mut Conn| {
        Ok::<Vec<Seq>, DbError>(diesel::sql_query("select seq from audit_events order by seq").load(c)?)
    };
    let all: Vec<i64> = app.kit.db.read(all).await.unwrap().into_iter().map(|row| row.seq).collect();
    for _ in 0..rounds("OPSLAG_INVARIANTS", 12) {
        // nothing can tell that the last line was never written
        let at = usize::try_from(chance.below(u64::try_from(all.len() - 1).unwrap())).unwrap();
        let (seq, next) = (all[at], all[at + 1]);
        let gone = after(&app, format!("delete from audit_events where seq = {seq}")).await;
        assert_eq!(gone, Some(next), "line {seq} was taken out");
        for change in ["actor = 'user:en anden'", "at = at + 1", "detail = 'intet'", "verb = 'exported'"] {
            let changed = after(&app, format!("update audit_events set {change} where seq = {seq}")).await;
            assert_eq!(changed, Some(seq), "{change} at {seq}");
        }
    }
    assert_eq!(app.kit.db.read(audit::verify).await.unwrap(), None, "all of it was taken back");
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_10_what_was_out_stays_as_it_was_and_every_post_names_what_it_was_made_of() {
    let chance = dice();
    let g = Ground::new(Kind::Mastodon).await;
    let (app, id) = (&g.app, g.posting);
    let read = async || app.kit.db.read(move |c| postings::versions(c, id)).await.unwrap();
    let mut before = read().await;
    let mut posts = 0;
    for n in 0..8 + rounds("OPSLAG_INVARIANTS", 16) {
        match chance.below(3) {
            0 => {
                let scope = g.scope().await;
                let now = app.kit.db.read(move |c| postings::get(c, &scope, id)).await.unwrap().unwrap();
                let mut content = now.content.clone();
                content.texts[0].title = format!("SOSU-assistent, rettet {n}");
                app.with_ads(move |c, k, s| postings::save(c, k, Actor::System, s, id, now.version, content))
                    .await
                    .unwrap();
            }
            1 => {
                g.plan(&format!("Nyt job, {n}"), chance.below(2) * 3600).await;
                posts += 1;
            }
            _ => g.after(1800).await,
        }
        let after = read().await;
        for version in &after {
            let sha256 = hex::encode(Sha256::digest(version.content.as_bytes()));
            assert_eq!(sha256, version.sha256, "version {}", version.number);
        }
        assert!(after.ends_with(&before), "what was out is changed: {before:?} {after:?}");
        before = after;
    }
    let touched = app.kit.db.write(move |c| {
        diesel::sql_query("update posting_versions set content = '{}'").execute(c)?;
        Ok::<_, DbError>(())
    });
    assert!(touched.await.is_err(), "not even behind the product's back");
    let named = app.rows(
        "publications p join posting_versions v on v.posting_id = p.posting_id and v.number = p.posting_version",
    );
    assert_eq!(named.await, posts, "every post is of a version");
    assert_eq!(app.rows("publications").await, posts);
}
