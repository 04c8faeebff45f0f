//! The numbers add up (recruiting.md, invariants 1, 2 and 4): whatever people, robots, other systems and staff do, in
//! whatever order, the channels and direct make up the applications submitted; the page, the API and a tally kept here
//! by hand agree; every application stands in one stage at a time; every file comes out as it went in.
//!
//! `PROPTEST_CASES` says how many histories are tried (10, and 3 each for what is looked at alone).

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use opslag::{
    accounts::Role,
    applications::{
        self, Outcome,
        stage::{Column, Standing, ask},
    },
    base::id::ApplicationId,
    insights::{ChannelRow, Funnel},
    postings::Posting,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use reqwest::{Method, StatusCode};
use sha2::{Digest, Sha256};

use crate::harness::{
    TestApp,
    applicants::{Filled, hidden},
    people::{Browser, PHONE},
};

const ROBOT: &str = "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)";
/// On which channel each link of an ad stands; one channel has two.
const LINKS: [&str; 3] = ["bluesky", "mastodon", "bluesky"];
const REASON: &str = "Andre opfylder kravene i opslaget bedre.";

/// What an address or a form carries.
#[derive(Clone, Copy, Debug)]
enum Carried {
    Nothing,
    /// The token of a link; of the other ad it is worth nothing.
    Link {
        ad: usize,
        link: usize,
    },
    /// A token that was never made.
    Forged,
}

/// Something that happens; applications are counted through, erased ones too.
#[derive(Clone, Debug)]
enum Step {
    Follow {
        ad: usize,
        link: usize,
        visitor: u8,
        robot: bool,
    },
    Look {
        ad: usize,
        carried: Carried,
        robot: bool,
    },
    OpenForm {
        ad: usize,
        carried: Carried,
        robot: bool,
    },
    /// Comes by one link and applies by another, pressing so many times.
    Apply {
        ad: usize,
        first: Carried,
        last: Carried,
        presses: usize,
    },
    Api {
        ad: usize,
        carried: Carried,
    },
    KeyIn {
        ad: usize,
    },
    AddFile {
        nth: usize,
    },
    Withdraw {
        nth: usize,
    },
    Move {
        nth: usize,
        to: usize,
    },
    Undo {
        nth: usize,
    },
    Erase {
        nth: usize,
    },
}

fn carried() -> impl Strategy<Value = Carried> {
    prop_oneof![
        1 => Just(Carried::Nothing),
        4 => (0..2usize, 0..3usize).prop_map(|(ad, link)| Carried::Link { ad, link }),
        1 => Just(Carried::Forged),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let (ad, nth, robot) = (0..2usize, 0..64usize, proptest::bool::weighted(0.3));
    prop_oneof![
        3 => (ad.clone(), 0..3usize, 0..3u8, robot)
            .prop_map(|(ad, link, visitor, robot)| Step::Follow { ad, link, visitor, robot }),
        2 => (ad.clone(), carried(), robot).prop_map(|(ad, carried, robot)| Step::Look { ad, carried, robot }),
        1 => (ad.clone(), carried(), robot)
            .prop_map(|(ad, carried, robot)| Step::OpenForm { ad, carried, robot }),
        6 => (ad.clone(), carried(), carried(), 1..3usize)
            .prop_map(|(ad, first, last, presses)| Step::Apply { ad, first, last, presses }),
        2 => (ad.clone(), carried()).prop_map(|(ad, carried)| Step::Api { ad, carried }),
        1 => ad.prop_map(|ad| Step::KeyIn { ad }),
        1 => nth.clone().prop_map(|nth| Step::AddFile { nth }),
        2 => nth.clone().prop_map(|nth| Step::Withdraw { nth }),
        6 => (nth.clone(), 0..Column::ALL.len()).prop_map(|(nth, to)| Step::Move { nth, to }),
        2 => nth.clone().prop_map(|nth| Step::Undo { nth }),
        2 => nth.prop_map(|nth| Step::Erase { nth }),
    ]
}

/// An application as the tally here knows it.
struct Known {
    id: ApplicationId,
    ad: usize,
    channel: &'static str,
    standing: Standing,
    /// Where it stood before the last move, as long as that can be taken back.
    before: Option<Standing>,
    /// It has been taken up again after it was decided.
    reopened: bool,
    /// The link to the applicant's own page.
    own: Option<String>,
    /// Of what was sent.
    sha256: HashSet<String>,
    erased: bool,
}

/// One case: two ads of its own in a house that stands through all cases.
struct Case<'a> {
    app: &'a TestApp,
    staff: &'a mut Browser,
    token: &'a str,
    ads: [Posting; 2],
    links: [[String; 3]; 2],
    rows: [BTreeMap<&'static str, ChannelRow>; 2],
    applications: Vec<Known>,
    /// Who followed which link.
    visitors: HashSet<(usize, usize, u8)>,
}

impl<'a> Case<'a> {
    async fn new(app: &'a TestApp, staff: &'a mut Browser, token: &'a str) -> Self {
        let ads = [app.open_ad("Kok").await, app.open_ad("Bager").await];
        let mut links: [[String; 3]; 2] = Default::default();
        for (ad, links) in ads.iter().zip(&mut links) {
            for (channel, link) in LINKS.iter().zip(links) {
                *link = app.link(ad.id, channel).await;
            }
        }
        let rows = || LINKS.iter().map(|channel| (*channel, ChannelRow::default())).collect();
        let (applications, visitors) = (Vec::new(), HashSet::new());
        Self { app, staff, token, ads, links, rows: [rows(), rows()], applications, visitors }
    }

    fn token_of(&self, carried: Carried) -> String {
        match carried {
            Carried::Nothing => String::new(),
            Carried::Link { ad, link } => self.links[ad][link].clone(),
            Carried::Forged => "findesikke".to_owned(),
        }
    }

    /// The channel that what is carried means for this ad.
    fn channel(&self, ad: usize, carried: Carried) -> &'static str {
        match carried {
            Carried::Link { ad: of, link } if of == ad => LINKS[link],
            _ => "direct",
        }
    }

    fn row(&mut self, ad: usize, channel: &'static str) -> &mut ChannelRow {
        self.rows[ad].entry(channel).or_default()
    }

    async fn get(&self, path: &str, robot: bool, from: &str) -> (StatusCode, String) {
        let request = Browser::new(self.app).request(Method::GET, path).header("x-forwarded-for", from);
        let answer = request.header("user-agent", if robot { ROBOT } else { PHONE }).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    /// An address nobody has come from yet, so that no door is closed to it.
    fn fresh_address(&self) -> String {
        let n = self.app.kit.chance.below(1 << 24);
        format!("10.{}.{}.{}", n >> 16, (n >> 8) & 255, n & 255)
    }

    async fn take(&mut self, step: &Step) {
        // events of one application are told apart by their time
        self.app.kit.clock.advance(Duration::from_millis(10));
        match *step {
            Step::Follow { ad, link, visitor, robot } => {
                let path = format!("/r/{}", self.links[ad][link]);
                let (status, _) = self.get(&path, robot, &format!("10.1.{visitor}.7")).await;
                assert_eq!(status, StatusCode::FOUND);
                if !robot {
                    let first = self.visitors.insert((ad, link, visitor));
                    let row = self.row(ad, LINKS[link]);
                    row.visits += 1;
                    row.uniques += i64::from(first);
                }
            }
            Step::Look { ad, carried, robot } => {
                let path = format!("/job/{}?l={}", self.ads[ad].slug, self.token_of(carried));
                assert_eq!(self.get(&path, robot, "10.2.0.1").await.0, StatusCode::OK);
                let channel = self.channel(ad, carried);
                if !robot {
                    self.row(ad, channel).landings += 1;
                }
            }
            Step::OpenForm { ad, carried, robot } => {
                let path = format!("/ansoeg/{}?l={}", self.ads[ad].slug, self.token_of(carried));
                assert_eq!(self.get(&path, robot, "10.2.0.1").await.0, StatusCode::OK);
                let channel = self.channel(ad, carried);
                if !robot {
                    self.row(ad, channel).begun += 1;
                }
            }
            Step::Apply { ad, first, last, presses } => self.apply(ad, first, last, presses).await,
            Step::Api { ad, carried } => self.api(ad, carried).await,
            Step::KeyIn { ad } => self.key_in(ad).await,
            _ if self.applications.is_empty() => {}
            Step::AddFile { nth } => self.add_file(nth % self.applications.len()).await,
            Step::Withdraw { nth } => self.withdraw(nth % self.applications.len()).await,
            Step::Move { nth, to } => self.shift(nth % self.applications.len(), Column::ALL[to]).await,
            Step::Undo { nth } => self.undo(nth % self.applications.len()).await,
            Step::Erase { nth } => self.erase(nth % self.applications.len()).await,
        }
    }

    async fn came(&mut self, ad: usize, channel: &'static str, own: Option<String>, sha256: HashSet<String>) {
        self.row(ad, channel);
        let id = self.app.cards(self.ads[ad].id).await.iter().map(|c| c.id).max().unwrap();
        let standing = Standing { stage: applications::Stage::Received, outcome: None, held_back: false };
        let (before, reopened, erased) = (None, false, false);
        self.applications.push(Known { id, ad, channel, standing, before, reopened, own, sha256, erased });
    }

    async fn apply(&mut self, ad: usize, first: Carried, last: Carried, presses: usize) {
        let (from, slug) = (self.fresh_address(), self.ads[ad].slug.clone());
        let query = match first {
            Carried::Nothing => format!("l={}", self.token_of(last)),
            _ => format!("l={}&l={}", self.token_of(first), self.token_of(last)),
        };
        let (status, page) = self.get(&format!("/ansoeg/{slug}?{query}"), false, &from).await;
        assert_eq!(status, StatusCode::OK);
        let channel = self.channel(ad, last);
        self.row(ad, channel).begun += 1;
        self.app.kit.clock.advance(Duration::from_secs(3));
        let text = format!("Ansøgning nummer {}", self.applications.len());
        let sha256 = HashSet::from([hex::encode(Sha256::digest(&text))]);
        let form = Filled::default()
            .with("key", hidden(&page, "key"))
            .with("l", hidden(&page, "l"))
            .with("name", &format!("Person Nummer{}", self.applications.len()))
            .with("email", "nogen@example.dk")
            .with("go", "send")
            .file("cv", "cv.txt", text);
        let mut thanks = String::new();
        for _ in 0..presses {
            let request = Browser::new(self.app).request(Method::POST, &format!("/ansoeg/{slug}"));
            let sent = request.header("x-forwarded-for", &from).multipart(form.form()).send().await.unwrap();
            assert_eq!(sent.status(), StatusCode::SEE_OTHER);
            thanks = sent.headers()["location"].to_str().unwrap().to_owned();
        }
        let (_, thanks) = self.get(&thanks, false, &from).await;
        let own = thanks.split("/min-ansoegning/").nth(1).unwrap().split(['?', '"']).next().unwrap();
        self.came(ad, channel, Some(format!("/min-ansoegning/{own}")), sha256).await;
    }

    async fn api(&mut self, ad: usize, carried: Carried) {
        let form = reqwest::multipart::Form::new()
            .text("name", "Ørjan Åkjær")
            .text("email", "oerjan@example.dk")
            .text("letter", "Jeg laver god mad.")
            .text("token", self.token_of(carried));
        let path = format!("/api/v1/postings/{}/applications", self.ads[ad].id);
        let request = Browser::new(self.app).request(Method::POST, &path).bearer_auth(self.token);
        assert_eq!(request.multipart(form).send().await.unwrap().status(), StatusCode::CREATED);
        let channel = self.channel(ad, carried);
        self.came(ad, channel, None, HashSet::new()).await;
    }

    async fn key_in(&mut self, ad: usize) {
        let path = format!("/jobopslag/{}/ansoegninger/ny", self.ads[ad].id);
        let page = self.staff.get(&path).await.body;
        let received = page.split("name=\"received\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
        let form = Filled::default()
            .with("key", hidden(&page, "key"))
            .with("via", "paper")
            .with("received", received.split('"').next().unwrap())
            .with("name", "Gudrun Ærø")
            .with("letter", "Jeg søger stillingen.");
        let seen = self.staff.post_files(&path, form.form()).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
        self.came(ad, "direct", None, HashSet::new()).await;
    }

    async fn add_file(&mut self, nth: usize) {
        let Some(own) = self.applications[nth].own.clone() else { return };
        let text = format!("Bilag {}", self.app.kit.chance.code(8));
        let form = Filled::default().file("files", "bilag.txt", text.clone());
        let request = Browser::new(self.app).request(Method::POST, &format!("{own}/filer"));
        let request = request.header("x-forwarded-for", self.fresh_address()).multipart(form.form());
        let status = request.send().await.unwrap().status().as_u16();
        let known = &mut self.applications[nth];
        let most = self.app.kit.config.limits.papers;
        match (known.erased, known.standing.outcome) {
            (true, _) => assert_eq!(status, 404),
            (false, Some(Outcome::Hired | Outcome::Withdrawn)) => assert_eq!(status, 422),
            (false, _) if known.sha256.len() == most => assert_eq!(status, 422),
            // whoever is rejected and has not been told may still add to it
            (false, _) => {
                assert_eq!(status, 303);
                known.sha256.insert(hex::encode(Sha256::digest(&text)));
            }
        }
    }

    async fn withdraw(&mut self, nth: usize) {
        let Some(own) = self.applications[nth].own.clone() else { return };
        let request = Browser::new(self.app).request(Method::POST, &format!("{own}/traek"));
        let answer = request.header("x-forwarded-for", self.fresh_address()).send().await.unwrap();
        let known = &mut self.applications[nth];
        assert_eq!(answer.status().as_u16(), if known.erased { 404 } else { 303 });
        // a rejection that nobody has told them yet is overtaken by their own word
        let open = matches!(known.standing.outcome, None | Some(Outcome::Rejected));
        if !known.erased && open {
            known.standing.outcome = Some(Outcome::Withdrawn);
            // what the applicant did is not taken back by staff
            known.before = None;
        }
    }

    async fn version(&self, nth: usize) -> i32 {
        self.app.whole(self.applications[nth].id).await.map_or(0, |w| w.application.version)
    }

    async fn shift(&mut self, nth: usize, to: Column) {
        let version = self.version(nth).await.to_string();
        let path = format!("/ansoegninger/{}/flyt", self.applications[nth].id);
        let fields = [("version", version.as_str()), ("stage", to.word()), ("reason", REASON)];
        let seen = self.staff.post(&path, &fields).await;
        let known = &mut self.applications[nth];
        let was = known.standing;
        if known.erased || (was.column() != to && ask(was, to).is_err()) {
            let wanted = if known.erased { 404 } else { 422 };
            assert_eq!(seen.status.as_u16(), wanted, "{was:?} to {to:?}: {}", seen.body);
            return;
        }
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{was:?} to {to:?}: {}", seen.body);
        if was.column() == to {
            return;
        }
        known.before = Some(was);
        known.reopened |= was.outcome.is_some();
        match to {
            Column::Stage(stage) => known.standing = Standing { stage, outcome: None, held_back: false },
            Column::Outcome(outcome) => known.standing.outcome = Some(outcome),
        }
    }

    async fn undo(&mut self, nth: usize) {
        let (version, known) = (self.version(nth).await, &mut self.applications[nth]);
        let path = format!("/jobopslag/{}/fortryd", self.ads[known.ad].id);
        let seen = self.staff.post(&path, &[("chosen", &format!("{}:{version}", known.id))]).await;
        match (known.erased, known.before.take()) {
            (true, _) => assert_eq!(seen.status, StatusCode::NOT_FOUND),
            (false, None) => assert_eq!(seen.status, StatusCode::CONFLICT, "{}", seen.body),
            (false, Some(before)) => {
                assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
                known.standing = before;
            }
        }
    }

    async fn erase(&mut self, nth: usize) {
        let path = format!("/ansoegninger/{}/slet", self.applications[nth].id);
        let seen = self.staff.post(&path, &[]).await;
        let known = &mut self.applications[nth];
        assert_eq!(seen.status.as_u16(), if known.erased { 404 } else { 303 }, "{}", seen.body);
        known.erased = true;
    }

    /// What the counts of an ad must be.
    fn expected(&self, ad: usize) -> BTreeMap<String, ChannelRow> {
        let mut rows: BTreeMap<String, ChannelRow> = self.rows[ad]
            .iter()
            .map(|(channel, row)| {
                (channel.to_string(), ChannelRow { channel: channel.to_string(), ..row.clone() })
            })
            .collect();
        for known in self.applications.iter().filter(|known| known.ad == ad) {
            let row = rows.get_mut(known.channel).unwrap();
            row.submitted += 1;
            *match known.standing.column().word() {
                "received" => &mut row.received,
                "assessing" => &mut row.assessing,
                "interview" => &mut row.interview,
                "offer" => &mut row.offer,
                "hired" => &mut row.hired,
                "rejected" => &mut row.rejected,
                _ => &mut row.withdrawn,
            } += 1;
        }
        rows
    }

    /// Invariant 1, in every place where the numbers are told.
    async fn numbers_add_up(&mut self) {
        self.app.parts.visits.flush(&self.app.kit.db).await.unwrap();
        for ad in 0..2 {
            let expected = self.expected(ad);
            let path = format!("/api/v1/postings/{}/counts", self.ads[ad].id);
            let request = Browser::new(self.app).request(Method::GET, &path).bearer_auth(self.token);
            let told: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
            let channels: Vec<_> = told["channels"].as_array().unwrap().iter().map(row_of).collect();
            let total = row_of(&told["total"]);
            let by_channel = channels.iter().map(|r| (r.channel.clone(), r.clone())).collect();
            assert_eq!(expected, by_channel, "the API and what happened");
            let all = self.applications.iter().filter(|known| known.ad == ad).count();
            let sum: i64 = channels.iter().map(|row| row.submitted).sum();
            assert_eq!(
                (sum, total.submitted),
                (i64::try_from(all).unwrap(), sum),
                "channels + direct = submitted"
            );
            let page = self.staff.get(&format!("/jobopslag/{}/tal", self.ads[ad].id)).await.body;
            let funnel = Funnel { channels, total };
            assert_eq!(table(&page), figures(&funnel), "the page and the API");
            let id = self.ads[ad].id;
            let rounds = self.app.kit.db.read(move |c| applications::counts_rows(c, &[id])).await.unwrap();
            assert_eq!(rounds.iter().map(|row| row.n).sum::<i64>(), sum, "over the rounds");
        }
    }

    async fn each_stands_once(&mut self) {
        for known in &self.applications {
            let id = known.id;
            let Some(whole) = self.app.whole(id).await else {
                assert!(known.erased);
                continue;
            };
            let is = whole.application;
            assert!(!known.erased);
            assert_eq!((is.standing(), is.channel.as_str()), (known.standing, known.channel));
            let times = self.app.kit.db.read(move |c| applications::intervals(c, id)).await.unwrap();
            assert_eq!(times[0].entered_at, is.received_at);
            for pair in times.windows(2) {
                let left = pair[0].left_at.unwrap();
                assert!(left <= pair[1].entered_at, "{times:?}");
                assert!(left == pair[1].entered_at || known.reopened, "a gap nobody made: {times:?}");
            }
            let last = times.last().unwrap();
            assert_eq!((last.stage, last.left_at), (is.stage, is.outcome_at));
            assert_eq!(is.outcome.is_some(), is.outcome_at.is_some());
        }
    }

    /// For everyone who is still there.
    async fn files_are_whole(&mut self) {
        for known in self.applications.iter().filter(|known| !known.erased) {
            let (id, path) = (known.id, format!("/ansoegninger/{}", known.id));
            let papers = self.app.papers(id).await;
            let sha256: HashSet<_> = papers.iter().map(|p| p.sha256.clone()).collect();
            assert_eq!((papers.len(), &sha256), (known.sha256.len(), &known.sha256));
            for paper in papers {
                let own = known.own.as_ref().map(|own| format!("{own}/filer/{}", paper.id));
                let staff = [format!("{path}/filer/{}", paper.id), format!("{path}/filer/{}/hent", paper.id)];
                for path in staff.iter().chain(&own) {
                    let request = self.staff.request(Method::GET, path);
                    let answer =
                        request.header("x-forwarded-for", self.fresh_address()).send().await.unwrap();
                    assert_eq!(answer.status(), StatusCode::OK, "{path}");
                    let bytes = answer.bytes().await.unwrap();
                    assert_eq!(hex::encode(Sha256::digest(&bytes)), paper.sha256, "{path}");
                }
            }
        }
    }
}

fn row_of(json: &serde_json::Value) -> ChannelRow {
    let n = |name: &str| json[name].as_i64().unwrap();
    ChannelRow {
        channel: json["channel"].as_str().unwrap().to_owned(),
        visits: n("visits"),
        uniques: n("uniques"),
        landings: n("landings"),
        begun: n("begun"),
        submitted: n("submitted"),
        received: n("received"),
        assessing: n("assessing"),
        interview: n("interview"),
        offer: n("offer"),
        hired: n("hired"),
        rejected: n("rejected"),
        withdrawn: n("withdrawn"),
    }
}

/// The figures in the order of the page's table, the sum last.
fn figures(funnel: &Funnel) -> Vec<Vec<i64>> {
    let of = |r: &ChannelRow| {
        vec![
            r.visits,
            r.uniques,
            r.landings,
            r.begun,
            r.submitted,
            r.received,
            r.assessing,
            r.interview,
            r.offer,
            r.hired,
            r.rejected,
            r.withdrawn,
        ]
    };
    funnel.channels.iter().chain([&funnel.total]).map(of).collect()
}

/// The figures of the page's first table.
fn table(page: &str) -> Vec<Vec<i64>> {
    let body = page.split("<tbody>").nth(1).unwrap().split("</table>").next().unwrap();
    body.split("<th scope=\"row\">")
        .skip(1)
        .map(|row| {
            let cells = row.split("<td class=\"num\"").skip(1).map(|cell| cell.split_once('>').unwrap().1);
            let cells = cells.map(|cell| cell.trim_start_matches("<strong>"));
            cells.map(|cell| cell.split('<').next().unwrap().parse().unwrap()).collect()
        })
        .collect()
}

/// Lives through so many histories and looks after each.
fn histories(cases: u32, look: &impl AsyncFn(&mut Case<'_>)) {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (app, mut staff, token) = runtime.block_on(async {
        let app = TestApp::standing_still().await;
        let staff = app.browser(Role::HrAdmin, app.organisation).await;
        let token = app.token(Role::Recruiter, app.organisation).await;
        (app, staff, token)
    });
    let staff = std::cell::RefCell::new(&mut staff);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
    let done = TestRunner::new(config).run(&proptest::collection::vec(step(), 1..40), |steps| {
        let mut staff = staff.borrow_mut();
        runtime.block_on(async {
            let mut case = Case::new(&app, &mut staff, &token).await;
            for step in &steps {
                case.take(step).await;
            }
            look(&mut case).await;
        });
        Ok(())
    });
    if let Err(error) = done {
        panic!("{error}");
    }
}

#[test]
fn invariant_1_channels_and_direct_make_up_the_applications_whatever_happens() {
    histories(10, &async |case: &mut Case<'_>| case.numbers_add_up().await);
}

#[test]
fn invariant_2_each_stands_in_one_stage_at_a_time_whatever_happens() {
    histories(3, &async |case: &mut Case<'_>| case.each_stands_once().await);
}

#[test]
fn invariant_4_every_file_comes_out_as_it_went_in_whatever_happens() {
    histories(3, &async |case: &mut Case<'_>| case.files_are_whole().await);
}
