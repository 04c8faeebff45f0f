//! The power is cut while applications come in: `opslag serve` is killed (SIGKILL) at each named point of taking one
//! in, again and again; the next process goes on from what lies on the disk, and whoever got no answer presses again.
//! There is never half an application, and no receipt without a whole one; in the end everyone has exactly one.
//!
//! `OPSLAG_CRASH_RUNS` says how many times it is cut (100), `OPSLAG_CRASH_SEED` where.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    io::{BufRead, BufReader},
    path::PathBuf,
    process::Child,
    time::{Duration, SystemTime},
};

use diesel::RunQueryDsl;
use futures_util::future::join_all;
use opslag::{
    applications::{self, Attachment, jobs::Sweep, papers::TextState},
    base::{Chance, fault::Point, id::ApplicationId},
    db::DbError,
    postings::Posting,
    queue, search,
};
use sha2::{Digest, Sha256};

use crate::harness::{
    TestApp,
    app::Wanted,
    applicants::{Filled, paper},
    people::{Browser, PHONE, proxied},
    power::{self, number, rounds},
};

const POINTS: [Point; 3] = [Point::AfterPapers, Point::AfterSubmit, Point::AfterReceipt];

/// Somebody at the form.
struct Person {
    form: Filled,
    /// Of what they send.
    sha256: BTreeSet<String>,
    /// They have seen that it was received.
    answered: bool,
}

/// An Opslag whose server is a process of its own, and the people at its form.
struct House {
    app: TestApp,
    ad: Posting,
    config: PathBuf,
    /// By name.
    people: BTreeMap<String, Person>,
    /// Whose bytes have been read back.
    read_back: HashSet<ApplicationId>,
}

impl House {
    async fn new() -> Self {
        let app = TestApp::start_with(Wanted { configure: proxied, ..Wanted::default() }).await;
        let ad = app.open_ad("Sygeplejerske til natten").await;
        let config = power::config_file(&app, "");
        Self { app, ad, config, people: BTreeMap::new(), read_back: HashSet::new() }
    }

    /// Somebody opens the form; now and then with a file that others send, too.
    async fn opens_the_form(&mut self, chance: &Chance) {
        let name = format!("Person Nummer{:03}", self.people.len());
        let own = format!("Ansøgning fra {name}. Jeg har arbejdet som sygeplejerske i ti år.");
        let mut files = vec![("files", "ansøgning.txt", own.into_bytes())];
        if chance.below(3) == 0 {
            files.push(("cv", "CV.pdf", paper("cv-latin.pdf")));
        }
        let mut form = self.app.filled(&self.ad, "").await;
        form = form.with("name", &name).with("email", &format!("nr{}@example.dk", self.people.len()));
        let sha256 = files.iter().map(|(_, _, bytes)| hex::encode(Sha256::digest(bytes))).collect();
        for (field, called, bytes) in files {
            form = form.file(field, called, bytes);
        }
        self.people.insert(name, Person { form, sha256, answered: false });
    }

    /// Serves until the `n`th time by `point`, while these people press; then what each saw.
    async fn serve_until(&mut self, point: Point, n: u64, pressing: &[String]) {
        let mut server =
            power::process(&self.app, &self.config, &["serve", "--listen", "127.0.0.1:0"], point, n);
        // with a receipt left over from before, it may die before it can say anything
        let Some(url) = address(&mut server) else {
            assert_eq!(power::died(server).await, Some(9));
            return;
        };
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        let client = client.build().unwrap();
        // each from an own address: the door lets nobody knock so often
        let presses = (0..).zip(pressing).map(|(place, name): (u8, _)| {
            let form = self.people[name].form.form();
            let press = client.post(format!("{url}/ansoeg/{}", self.ad.slug));
            press.header("x-forwarded-for", format!("10.0.1.{place}")).multipart(form).send()
        });
        let answers = join_all(presses).await;
        for (name, answer) in pressing.iter().zip(answers) {
            // no answer: the power went while it was on its way
            if let Ok(answer) = answer {
                assert_eq!(answer.status(), 303, "{name}: {}", answer.text().await.unwrap_or_default());
                self.people.get_mut(name).unwrap().answered = true;
            }
        }
        assert_eq!(power::died(server).await, Some(9), "{}:{n} was not reached", point.name());
    }

    /// Every application is whole, every receipt belongs to one, and whoever was answered has one.
    async fn nothing_is_half(&mut self) {
        let cards = self.app.cards(self.ad.id).await;
        let papers = self.all_papers().await;
        let mut names = HashSet::new();
        for card in &cards {
            assert!(names.insert(card.name.clone()), "{} has applied twice", card.name);
            let its: Vec<_> = papers.iter().filter(|p| p.application == card.id).collect();
            let sha256: BTreeSet<_> = its.iter().map(|p| p.sha256.clone()).collect();
            assert_eq!(sha256, self.people[&card.name].sha256, "the files of {}", card.name);
            if self.read_back.insert(card.id) {
                for paper in its {
                    let bytes = self.app.kit.blobs.read(&paper.sha256).await.unwrap();
                    assert_eq!(hex::encode(Sha256::digest(&bytes)), paper.sha256);
                }
            }
        }
        assert_eq!(papers.len(), cards.iter().map(|c| self.people[&c.name].sha256.len()).sum::<usize>());
        assert_eq!(self.app.rows("applicants").await, cards.len(), "a person without an application");
        assert_eq!(self.app.rows("stage_intervals").await, cards.len());
        for receipt in self.receipts() {
            assert!(cards.iter().any(|c| c.id == receipt), "a receipt for nothing: {receipt}");
        }
        for (name, person) in &self.people {
            assert!(!person.answered || names.contains(name), "{name} was told it had come, and it has not");
        }
    }

    async fn all_papers(&self) -> Vec<Attachment> {
        let cards = self.app.cards(self.ad.id).await;
        let all = move |c: &mut opslag::db::Conn| {
            cards
                .iter()
                .map(|card| opslag::applications::papers_of(c, card.id))
                .collect::<Result<Vec<_>, _>>()
        };
        self.app.kit.db.read(all).await.unwrap().concat()
    }

    /// The applications whose receipt has left.
    fn receipts(&self) -> Vec<ApplicationId> {
        let letters = std::fs::read_dir(self.app.kit.config.data.join("mail")).unwrap();
        let names = letters.map(|l| l.unwrap().file_name().into_string().unwrap());
        names.filter_map(|n| n.strip_prefix("receipt-")?.strip_suffix(".eml")?.parse().ok()).collect()
    }

    /// As if the leases of the dead had run out.
    async fn pass(&self) {
        self.app
            .kit
            .db
            .write(|c| {
                diesel::sql_query("update jobs set lease_until = null").execute(c)?;
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    }

    /// Files in the folder of uploads under way.
    fn spooled(&self) -> Vec<PathBuf> {
        let folder = std::fs::read_dir(self.app.kit.blobs.spool_folder()).unwrap();
        folder.map(|f| f.unwrap().path()).collect()
    }
}

/// The address the server says it has; none when it said nothing.
fn address(server: &mut Child) -> Option<String> {
    let line = BufReader::new(server.stdout.take().unwrap()).lines().next()?.unwrap();
    Some(line.split_whitespace().find(|w| w.starts_with("http://")).unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_while_applications_come_in() {
    let (runs, seed) = (rounds("OPSLAG_CRASH_RUNS", 100), number("OPSLAG_CRASH_SEED", 1));
    let chance = Chance::seeded(seed);
    let mut house = House::new().await;
    let plan: Vec<_> = (0..runs)
        .map(|_| {
            let fresh = 1 + chance.below(2);
            (POINTS[usize::try_from(chance.below(3)).unwrap()], 1 + chance.below(fresh), fresh)
        })
        .collect();
    for _ in 0..plan.iter().map(|(_, _, fresh)| fresh).sum() {
        house.opens_the_form(&chance).await;
    }
    // the processes have clocks of their own, by which nobody fills a form in faster
    tokio::time::sleep(applications::TOO_FAST).await;

    let mut waiting: Vec<String> = house.people.keys().rev().cloned().collect();
    let mut pressing = Vec::new();
    for (run, (point, n, fresh)) in plan.into_iter().enumerate() {
        // those who got no answer press again, and somebody who did once more
        pressing.extend((0..fresh).filter_map(|_| waiting.pop()));
        house.serve_until(point, n, &pressing).await;
        house.nothing_is_half().await;
        let answered = pressing.first().filter(|name| run % 5 == 0 && house.people[*name].answered).cloned();
        pressing.retain(|name| !house.people[name].answered);
        pressing.extend(answered);
        house.pass().await;
    }
    let cut_off = house.spooled().len();
    assert!(cut_off > 0, "seed {seed}: no upload was cut off");

    // everyone presses once more, the workers finish
    for (place, name) in house.people.keys().cloned().collect::<Vec<_>>().into_iter().enumerate() {
        let form = house.people[&name].form.clone();
        // each from an own address: the door lets nobody knock so often
        let somebody = Browser::visiting(&house.app, &format!("10.0.0.{place}"), PHONE);
        let sent = somebody.post_files(&format!("/ansoeg/{}", house.ad.slug), form.form()).await;
        assert_eq!(sent.status, 303, "{name}: {}", sent.body);
        house.people.get_mut(&name).unwrap().answered = true;
    }
    let long_ago = SystemTime::from((house.app.kit.clock.now() - Duration::from_secs(25 * 3600)).utc());
    for file in house.spooled() {
        std::fs::File::options().append(true).open(file).unwrap().set_modified(long_ago).unwrap();
    }
    let (kit, now) = (house.app.kit.clone(), house.app.kit.clock.now());
    let k = kit.clone();
    kit.db.write(move |c| queue::enqueue(c, &Sweep {}, now, now, &k.chance)).await.unwrap();
    house.app.drain().await;
    house.read_back.clear();
    house.nothing_is_half().await;
    let cards = house.app.cards(house.ad.id).await;
    assert_eq!(cards.len(), house.people.len(), "seed {seed}");
    let receipts: BTreeSet<_> = house.receipts().into_iter().collect();
    assert_eq!(receipts, cards.iter().map(|c| c.id).collect(), "seed {seed}: each one's receipt has left");
    assert!(house.all_papers().await.iter().all(|p| p.text_state() == TextState::Ok));
    assert_eq!(house.app.rows("form_files").await, 0);
    let jobs = "jobs where kind like 'applications.%'";
    assert_eq!(house.app.rows(jobs).await, 0, "nothing is left to do, and nothing was given up");
    assert_eq!(house.spooled(), Vec::<PathBuf>::new(), "what was cut off is swept up");
    let (db, index) = (kit.db.clone(), house.app.parts.search.clone());
    tokio::task::spawn_blocking(move || search::jobs::catch_up(&db, &index)).await.unwrap().unwrap();
    assert_eq!(house.app.parts.search.count(), cards.len() as u64, "each is found");
}
