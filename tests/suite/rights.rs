//! Every route as nobody, and as each role in the wrong unit and in the right one, with ids of things that are
//! there. The routes are read from the URL map itself, so that a new one cannot be forgotten; who may use which
//! stands in [`TABLE`], which is written from the roles of the requirements and not from what the product does.

use std::time::Duration;

use opslag::{
    accounts::{self, Role, Role::*, audit::Actor},
    base::{
        Chance, Clock, Language,
        id::{
            AccountId, ApplicationId, CampaignId, DeliveryId, EvergreenId, PauseId, PostingId, PublicationId,
            SeriesId, StoryId, SupportId, UserId,
        },
        wall::WallTime,
    },
    channels,
    demo::worlds::{self, Kind, Running},
    postings::{self, CloseReason, Posting, PostingError},
    publishing::{self, Order, Part, evergreen, guest, rhythm::Rhythm, series_actions},
    search,
};
use reqwest::{Method, multipart::Form};

use crate::harness::{
    TestApp,
    app::Wanted,
    applicants::{MORNING, paper},
    people::{Browser, Seen, proxied},
};

/// Routes anyone may use, by the beginning of their path; the list may only shrink. Pictures are asked for below.
const OPEN: [&str; 21] = [
    // signed, and only while it is being sent
    "/m/",
    "/log-ind",
    "/log-ud",
    "/glemt-adgangskode",
    "/adgangskode/",
    "/static/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/r/",
    "/job/",
    "/historier",
    "/sitemap.xml",
    "/feeds/",
    "/was",
    "/ansoeg/",
    "/min-ansoegning/",
    "/ekstern/",
    "/samtykke/",
    "/api/v1/openapi.json",
    "/privatliv",
];

const EVERYONE: &[Role] = Role::ALL;
/// Write drafts and bring pictures.
const WRITERS: &[Role] = &[Recruiter, HiringManager, Communications, Contributor, HrAdmin];
/// See ads that are not public; the panel those it sits for.
const READERS: &[Role] = &[Recruiter, HiringManager, Communications, Contributor, HrAdmin, PanelMember];
const PUBLISHERS: &[Role] = &[Recruiter, Communications, HrAdmin];
const CONNECTORS: &[Role] = &[Communications, HrAdmin];
/// Take in applications, open and close.
const RECRUITERS: &[Role] = &[Recruiter, HrAdmin];
/// Move and decide.
const SCREENERS: &[Role] = &[Recruiter, HiringManager, HrAdmin];
/// See applicants.
const ASSESSORS: &[Role] = &[Recruiter, HiringManager, HrAdmin, PanelMember];
/// Write stories and plain posts.
const TELLERS: &[Role] = &[Communications, Contributor];
/// Make them ready and send them out.
const EDITORS: &[Role] = &[Communications];
const COUNTERS: &[Role] = &[Recruiter, HiringManager, Communications, HrAdmin, ReportReader];
const HR: &[Role] = &[HrAdmin];
/// See when applications go, without who they are.
const DATERS: &[Role] = &[Recruiter, HiringManager, HrAdmin, Ops];
const AUDITORS: &[Role] = &[HrAdmin, Ops];

/// What a route is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    /// One thing of one unit: not there for the wrong unit.
    Thing,
    /// A list or a form: there for whoever has the right anywhere, with nothing of other units in it.
    Own,
}
use About::{Own, Thing};

/// Methods (`*`: all), the beginning of the path, what it is about, and which roles may. The longest beginning counts.
const TABLE: &[(&str, &str, About, &[Role])] = &[
    ("get", "/start", Own, EVERYONE),
    ("post", "/sprog", Own, EVERYONE),
    ("*", "/morgenbrev", Own, EVERYONE),
    ("get", "/soeg", Own, ASSESSORS),
    ("get", "/log", Own, AUDITORS),
    // people and units
    ("*", "/personer", Own, HR),
    ("*", "/personer/{id}", Thing, HR),
    ("*", "/enheder", Own, HR),
    // accounts on channels
    ("get", "/kanaler", Own, PUBLISHERS),
    ("*", "/kanaler/forbind", Own, CONNECTORS),
    ("get", "/kanaler/{id}", Thing, PUBLISHERS),
    ("*", "/kanaler/{id}/pakke", Thing, CONNECTORS),
    ("*", "/kanaler/{id}/pladser", Thing, CONNECTORS),
    ("post", "/kanaler/{id}", Thing, CONNECTORS),
    // what goes out
    ("get", "/kalender", Own, PUBLISHERS),
    ("get", "/udsendelser", Own, PUBLISHERS),
    ("get", "/udsendelser/forhaandstjek", Own, PUBLISHERS),
    ("*", "/udsendelser/pause", Own, PUBLISHERS),
    ("post", "/udsendelser/pause/{id}", Thing, PUBLISHERS),
    ("*", "/udsendelser/{id}", Thing, PUBLISHERS),
    ("*", "/udsendelser/{id}/tekst", Thing, WRITERS),
    // other words for what is out: written by who publishes, read by who writes, approved as posts are
    ("get", "/rettelser/{id}", Thing, WRITERS),
    ("post", "/rettelser/{id}", Thing, PUBLISHERS),
    ("post", "/rettelser/{id}/svar", Thing, &[Communications]),
    // to whom units speak: read by all who write, written by communications
    ("get", "/strategi", Own, WRITERS),
    ("*", "/strategi/{id}", Thing, EDITORS),
    // who may write but not publish suggests
    ("*", "/jobopslag/{id}/udgiv", Thing, WRITERS),
    // approving, and who does it where
    ("get", "/godkendelser", Own, WRITERS),
    ("*", "/godkendelser/{id}", Thing, WRITERS),
    ("post", "/godkendelser/{id}/svar", Thing, &[Communications]),
    ("post", "/godkendelser/{id}/ekstern", Thing, &[Communications]),
    ("get", "/gentagelser", Own, PUBLISHERS),
    ("*", "/gentagelser/{id}", Thing, PUBLISHERS),
    ("get", "/tidloese", Own, PUBLISHERS),
    ("post", "/tidloese/{id}", Thing, PUBLISHERS),
    ("*", "/skabeloner", Own, PUBLISHERS),
    ("post", "/skabeloner/{id}", Thing, PUBLISHERS),
    ("get", "/ansvar", Own, CONNECTORS),
    ("*", "/ansvar/{id}", Thing, CONNECTORS),
    // who is named for the place may too, whatever their role: tests/suite/publishing/package.rs
    ("*", "/pakker/{id}", Thing, PUBLISHERS),
    // stories and plain posts
    ("get", "/indhold", Own, TELLERS),
    ("*", "/indhold/ny", Own, TELLERS),
    ("*", "/indhold/{id}", Thing, TELLERS),
    ("post", "/indhold/{id}/klar", Thing, EDITORS),
    ("post", "/indhold/{id}/kladde", Thing, EDITORS),
    ("post", "/indhold/{id}/arkiver", Thing, EDITORS),
    // who may write but not publish suggests
    ("*", "/indhold/{id}/udgiv", Thing, TELLERS),
    // campaigns: seen by who sees sums
    ("get", "/kampagner", Own, COUNTERS),
    ("*", "/kampagner/ny", Own, CONNECTORS),
    ("get", "/kampagner/{id}", Thing, COUNTERS),
    ("*", "/kampagner/{id}/rediger", Thing, CONNECTORS),
    ("post", "/kampagner/{id}/arkiver", Thing, CONNECTORS),
    ("post", "/kampagner/{id}/genaabn", Thing, CONNECTORS),
    ("post", "/kampagner/{id}/slet", Thing, CONNECTORS),
    // help with content
    ("get", "/bistand", Own, WRITERS),
    ("*", "/bistand/ny", Own, WRITERS),
    ("get", "/bistand/tal", Own, COUNTERS),
    ("get", "/tal", Own, COUNTERS),
    ("*", "/bistand/{id}", Thing, WRITERS),
    ("post", "/bistand/{id}/tag", Thing, EDITORS),
    ("post", "/bistand/{id}/slip", Thing, EDITORS),
    ("post", "/bistand/{id}/spoerg", Thing, EDITORS),
    ("post", "/bistand/{id}/lever", Thing, EDITORS),
    ("post", "/bistand/{id}/afvis", Thing, EDITORS),
    // pictures and films
    ("*", "/medier", Own, WRITERS),
    ("*", "/medier/filer/{upload}", Thing, WRITERS),
    ("*", "/medier/personer", Own, WRITERS),
    ("*", "/medier/personer/{person}", Thing, WRITERS),
    ("get", "/udsendelser/personer/{person}", Thing, WRITERS),
    ("*", "/medier/{asset}", Thing, WRITERS),
    ("*", "/media/{asset}", Thing, WRITERS),
    // ads
    ("get", "/jobopslag", Own, READERS),
    ("*", "/jobopslag/ny", Own, WRITERS),
    ("get", "/jobopslag/{id}", Thing, READERS),
    ("*", "/jobopslag/{id}/rediger", Thing, WRITERS),
    ("get", "/jobopslag/{id}/tal", Thing, COUNTERS),
    ("get", "/jobopslag/{id}/vis", Thing, READERS),
    ("post", "/jobopslag/{id}/aabn", Thing, RECRUITERS),
    ("post", "/jobopslag/{id}/forlaeng", Thing, RECRUITERS),
    ("post", "/jobopslag/{id}/lad-staa", Thing, WRITERS),
    ("post", "/jobopslag/{id}/godkend-intern", Thing, HR),
    // applicants
    ("get", "/ansoegere", Own, ASSESSORS),
    ("get", "/jobopslag/{id}/ansoegere", Thing, ASSESSORS),
    ("post", "/jobopslag/{id}/ansoegere", Thing, SCREENERS),
    ("get", "/jobopslag/{id}/tavle", Thing, ASSESSORS),
    ("post", "/jobopslag/{id}/flyt", Thing, SCREENERS),
    ("post", "/jobopslag/{id}/fortryd", Thing, SCREENERS),
    ("post", "/jobopslag/{id}/luk", Thing, RECRUITERS),
    ("*", "/jobopslag/{id}/genopslag", Thing, RECRUITERS),
    ("*", "/jobopslag/{id}/ansoegninger/ny", Thing, RECRUITERS),
    ("get", "/ansoegninger/{id}", Thing, ASSESSORS),
    ("get", "/ansoegninger/{id}/flyt", Thing, SCREENERS),
    ("post", "/ansoegninger/{id}/flyt", Thing, SCREENERS),
    ("*", "/ansoegninger/{id}/slet", Thing, HR),
    ("get", "/ansoegninger/{id}/filer/{paper}", Thing, ASSESSORS),
    // interviews with them; who leads the panel writes questions too: tests/suite/interviews
    ("get", "/jobopslag/{id}/samtaler", Thing, ASSESSORS),
    ("post", "/jobopslag/{id}/samtaler", Thing, SCREENERS),
    ("get", "/jobopslag/{id}/samtaler.ics", Thing, ASSESSORS),
    ("get", "/jobopslag/{id}/samtaleguide", Thing, ASSESSORS),
    ("post", "/jobopslag/{id}/samtaleguide", Thing, SCREENERS),
    // answers to applicants
    ("*", "/jobopslag/{id}/svar", Thing, SCREENERS),
    ("get", "/svar", Own, SCREENERS),
    ("*", "/svar/skabeloner", Own, HR),
    ("*", "/svar/{batch}", Thing, SCREENERS),
    ("post", "/breve/{letter}", Thing, SCREENERS),
    ("get", "/ansoegninger/{id}/breve", Thing, SCREENERS),
    ("post", "/ansoegninger/{id}/begrundelse", Thing, SCREENERS),
    // when they go; the rules and what stops them are HR's
    ("get", "/slettefrister", Own, DATERS),
    ("post", "/slettefrister", Own, HR),
    ("get", "/jobopslag/{id}/slettefrist", Thing, DATERS),
    ("post", "/jobopslag/{id}/slettefrist", Thing, HR),
    // assessing them
    ("get", "/jobopslag/{id}/profil", Thing, READERS),
    ("post", "/jobopslag/{id}/profil", Thing, WRITERS),
    ("get", "/jobopslag/{id}/udvalg", Thing, ASSESSORS),
    ("post", "/jobopslag/{id}/udvalg", Thing, SCREENERS),
    ("post", "/jobopslag/{id}/udvalg/tavshedspligt", Thing, ASSESSORS),
    ("post", "/jobopslag/{id}/udvalg/habilitet", Thing, HR),
    ("get", "/jobopslag/{id}/indstilling", Thing, ASSESSORS),
    ("*", "/ansoegninger/{id}/vurdering", Thing, ASSESSORS),
    ("*", "/udvalgsregler", Own, HR),
    // other systems; a token sits in no panel
    ("post", "/api/v1/postings", Own, WRITERS),
    ("get", "/api/v1/postings/{id}", Thing, READERS),
    ("patch", "/api/v1/postings/{id}", Thing, WRITERS),
    ("post", "/api/v1/postings/{id}/open", Thing, RECRUITERS),
    ("get", "/api/v1/postings/{id}/counts", Thing, COUNTERS),
    ("post", "/api/v1/postings/{id}/media", Thing, WRITERS),
    ("post", "/api/v1/postings/{id}/publications", Thing, PUBLISHERS),
    ("post", "/api/v1/postings/{id}/applications", Thing, RECRUITERS),
    ("post", "/api/v1/media", Own, WRITERS),
    ("get", "/api/v1/channels", Own, PUBLISHERS),
    ("get", "/api/v1/deliveries", Own, PUBLISHERS),
    ("get", "/api/v1/applications", Own, ASSESSORS),
    ("get", "/api/v1/applications/{id}", Thing, ASSESSORS),
    ("post", "/api/v1/applications/{id}/moves", Thing, SCREENERS),
    ("get", "/api/v1/search/applications", Own, ASSESSORS),
];

/// Forms with files in them.
const WITH_FILES: [&str; 12] = [
    "/bistand/ny",
    "/bistand/{id}/skriv",
    "/bistand/{id}/lever",
    "/pakker/{id}/slaaet-op",
    "/medier",
    "/medier/{asset}/fil",
    "/medier/personer/{person}/ja",
    "/medier/{asset}/plakat",
    "/medier/{asset}/undertekster",
    "/jobopslag/{id}/ansoegninger/ny",
    "/api/v1/media",
    "/api/v1/postings/{id}/applications",
];
/// These take away what others need, and come last.
const ENDING: [&str; 7] = ["/glem", "/stop", "/adgang", "/slut", "/afbryd", "/luk", "/slet"];

/// What nobody may read who has no business with it.
const APPLICANT: [&str; 2] = ["Sofie Bæk", "sofie@baek"];
const DRAFT: &str = "Hemmelig kladde";

/// Method and path of every route, those that end something last.
fn routes() -> Vec<(String, String)> {
    let map = include_str!("../../src/routes.rs");
    let flat: String = map.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    for part in flat.split(".route(").skip(1) {
        if !part.trim_start().starts_with('"') {
            continue;
        }
        let path = part.split('"').nth(1).unwrap();
        let method = part.split('"').nth(2).unwrap().trim_start_matches([',', ' ']);
        let method = method.trim_start_matches("web::").split('(').next().unwrap();
        found.push((method.to_owned(), path.to_owned()));
    }
    found.sort_by_key(|(method, path)| (method != "get", ENDING.iter().position(|end| path.ends_with(end))));
    found
}

/// The routes that are not anyone's, with what the table says of them.
fn guarded() -> Vec<(String, String, About, &'static [Role])> {
    let shut = |path: &str| path != "/" && !OPEN.iter().any(|open| path.starts_with(open));
    let with_entry = |(method, path): (String, String)| {
        let fits = |entry: &&(&str, &str, About, &[Role])| {
            let verb = if method == "head" { "get" } else { method.as_str() };
            let rest = path.strip_prefix(entry.1);
            (entry.0 == "*" || entry.0 == verb) && rest.is_some_and(|r| r.is_empty() || r.starts_with('/'))
        };
        let entry = TABLE.iter().filter(fits).max_by_key(|entry| entry.1.len());
        let (_, beginning, about, roles) =
            *entry.unwrap_or_else(|| panic!("who may use {method} {path}? Say it in the table"));
        // what has an id of its own further on is no list
        assert!(about == Thing || !path[beginning.len()..].contains("{id}"), "{method} {path} is a thing");
        (method, path, about, roles)
    };
    routes().into_iter().filter(|(_, path)| shut(path)).map(with_entry).collect()
}

/// An Opslag with one of everything in centre north.
struct Town {
    app: TestApp,
    posting: PostingId,
    draft: PostingId,
    /// A doubtful word in the draft.
    finding: String,
    /// In the same unit; no applicant, but a panel.
    other: Posting,
    application: ApplicationId,
    paper: String,
    portrayed: String,
    consent: String,
    asset: String,
    account: AccountId,
    delivery: DeliveryId,
    /// Waits for communications in centre north.
    waiting: DeliveryId,
    waiting_sha256: String,
    publication: PublicationId,
    /// Lent to somebody outside by communications in centre north.
    guest: String,
    /// A place without an API, and what lies with somebody there.
    place: AccountId,
    package: DeliveryId,
    snippet: String,
    series: SeriesId,
    evergreen: EvergreenId,
    story: StoryId,
    /// With the draft in it.
    campaign: CampaignId,
    wish: SupportId,
    pause: PauseId,
    colleague: String,
    membership: String,
    upload: String,
    ad: Posting,
    /// A letter of centre north that nobody has read through, and its batch.
    batch: String,
    letter: String,
    _world: Running,
}

/// Somebody who applied and was erased, so that there is a receipt.
async fn erased(app: &TestApp, posting: PostingId) {
    let id = app.applied(posting, "Anna Holm", "").await;
    let k = app.kit.clone();
    let erase = move |c: &mut opslag::db::Conn| {
        let scope = accounts::everywhere(c)?;
        opslag::retention::erase::by_hand(c, &k, &scope, Actor::System, id)
    };
    assert!(app.kit.db.write(erase).await.unwrap());
    app.drain().await;
}

impl Town {
    async fn new() -> Self {
        let clock = Clock::set_to(MORNING);
        let app =
            TestApp::start_with(Wanted { clock: clock.clone(), configure: proxied, ..Wanted::default() })
                .await;
        let ad = app.open_ad("Kok").await;
        let mut content = app.ready_content(DRAFT);
        content.texts[0].body = "<p>Du er frisk på nye opgaver.</p>".into();
        let draft = app.draft(content).await.id;
        let open = move |c: &mut _, k: &_, s: &_| postings::open(c, k, Actor::System, s, draft);
        let Err(PostingError::NotReady(found)) = app.with_ads(open).await else { panic!("it was opened") };
        let finding = found.missing[0].finding.as_ref().unwrap().name();
        let other = app.open_ad("Rengøring").await;
        let form = app.filled(&ad, "").await.file("cv", "cv.pdf", paper("cv-latin.pdf"));
        assert_eq!(app.send(&ad, &form).await.status, 303);
        app.drain().await;
        let (db, index) = (app.kit.db.clone(), app.parts.search.clone());
        tokio::task::spawn_blocking(move || search::jobs::catch_up(&db, &index)).await.unwrap().unwrap();
        let application = app.cards(ad.id).await[0].id;
        let paper = app.papers(application).await[0].id.to_string();
        erased(&app, other.id).await;
        let asset = app.photograph().await.to_string();
        let (portrayed, consent) = portrayed(&app).await;
        let listen = "127.0.0.1:0".parse().unwrap();
        let world =
            worlds::start(Kind::Mastodon, "Solvang Kommune", listen, clock.clone(), Chance::seeded(7))
                .unwrap();
        let account = worlds::connect(&app.kit, &world, app.centre_north, Actor::System).await.unwrap();
        let at = WallTime::at(clock.now() + Duration::from_secs(86_400), app.kit.config.delivery.zone);
        let order = Order {
            subject: ad.id.into(),
            language: Language::Da,
            when: Some(at),
            media: Vec::new(),
            parts: vec![Part { account, text: "Kom og kog".into() }],
            same_words_ok: false,
        };
        let scope = app.kit.db.read(accounts::everywhere).await.unwrap();
        let ordered = publishing::publish::publish(&app.kit, Actor::System, &scope, order).await.unwrap();
        let zone = app.kit.config.delivery.zone;
        let rhythm = Rhythm {
            weekdays: vec![2],
            every_weeks: 1,
            time: "08:30:00".parse().unwrap(),
            zone,
            after: clock.now(),
            until: None,
            times: Some(2),
        };
        let weekly = Order {
            subject: ad.id.into(),
            language: Language::Da,
            when: None,
            media: Vec::new(),
            parts: vec![Part { account, text: "Kom og smag".into() }],
            same_words_ok: false,
        };
        let series = series_actions::begin(&app.kit, Actor::System, &scope, &scope, weekly, rhythm).await;
        let series = series.unwrap().series;
        let keeps = Order {
            subject: ad.id.into(),
            language: Language::Da,
            when: None,
            media: Vec::new(),
            parts: vec![Part { account, text: "Kom og spis".into() }],
            same_words_ok: false,
        };
        let kept = evergreen::keep(&app.kit, Actor::System, &scope, &scope, keeps, 60).await.unwrap();
        let user = app.person("Kollega", Recruiter, app.centre_north).await;
        let (place, package) = lying(&app, ad.id, user).await;
        let agreement = [("preset", "central"), ("role", "communications"), ("four_eyes", "on")];
        let mut hr = app.browser(HrAdmin, app.centre_north).await;
        let set = hr.post(&format!("/ansvar/{}", app.centre_north), &agreement).await;
        assert_eq!(set.status, 303, "{}", set.body);
        let north = app.centre_north.to_string();
        let words = [("kind", "signature"), ("unit", north.as_str()), ("name", "Os"), ("words", "Hilsen")];
        assert_eq!(hr.post("/skabeloner", &words).await.status, 303);
        let snippets = hr.get("/skabeloner").await.body;
        let snippet = snippets.split("/skabeloner/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let again = Order {
            subject: ad.id.into(),
            language: Language::Da,
            when: Some(at),
            media: Vec::new(),
            parts: vec![Part { account, text: "Kom og bag".into() }],
            same_words_ok: false,
        };
        let asked = publishing::publish::publish(&app.kit, Actor::System, &scope, again).await.unwrap();
        assert_eq!(asked.waiting, 1);
        let waiting = asked.deliveries[0];
        let lise = app.person("Lise", Communications, app.centre_north).await;
        let invitation =
            guest::Invitation { name: "Gæst".into(), email: "gaest@fjordby.example".into(), days: 7 };
        let guest = guest::invite(&app.kit, Actor::User(lise), asked.publication, invitation).await.unwrap();
        let row = app.kit.db.read(move |c| publishing::delivery_row(c, waiting)).await.unwrap().unwrap();
        let scope = app.kit.db.read(accounts::everywhere).await.unwrap();
        let by = publishing::By { actor: Actor::System, scope };
        publishing::pause::pause_all(&app.kit, &by, app.centre_north, "Prøve").await.unwrap();
        let pause = app.kit.db.read(publishing::pauses_holding).await.unwrap()[0].id;
        let now = clock.now();
        let people = app.kit.db.read(move |c| accounts::people(c, now)).await.unwrap();
        let membership = people.into_iter().find(|p| p.user.id == user).unwrap().roles[0].id.to_string();
        let mut writer = app.browser(Contributor, app.centre_north).await;
        let upload = begin_upload(&app, &mut writer).await;
        let (batch, letter) = written(&app).await;
        Self {
            posting: ad.id,
            draft,
            finding,
            other,
            application,
            paper,
            asset,
            portrayed,
            consent,
            account,
            delivery: ordered.deliveries[0],
            waiting,
            waiting_sha256: row.payload_sha256,
            publication: asked.publication,
            guest: guest.to_string(),
            place,
            package,
            snippet,
            series,
            evergreen: kept,
            story: app.told("Min første aften").await.id,
            campaign: app.campaign(app.centre_north, |_| {}, &[draft.into()]).await,
            wish: wish(&app, user).await,
            pause,
            colleague: user.to_string(),
            membership,
            upload,
            ad,
            batch,
            letter,
            app,
            _world: world,
        }
    }

    /// The path with ids of things that are there.
    fn filled(&self, path: &str, posting: PostingId, upload: &str) -> String {
        let id = match path.trim_start_matches("/api/v1").split('/').nth(1).unwrap() {
            "jobopslag" | "postings" => posting.to_string(),
            "ansoegninger" | "applications" => self.application.to_string(),
            "personer" => self.colleague.clone(),
            "kanaler" if path.ends_with("/pakke") => self.place.to_string(),
            "kanaler" => self.account.to_string(),
            "godkendelser" | "rettelser" => self.publication.to_string(),
            "ansvar" | "strategi" => self.app.centre_north.to_string(),
            "skabeloner" => self.snippet.clone(),
            "gentagelser" => self.series.to_string(),
            "tidloese" => self.evergreen.to_string(),
            "indhold" => self.story.to_string(),
            "kampagner" => self.campaign.to_string(),
            "udsendelser" if path.contains("/pause/") => self.pause.to_string(),
            "udsendelser" => self.delivery.to_string(),
            "pakker" => self.package.to_string(),
            "bistand" => self.wish.to_string(),
            _ => String::new(),
        };
        let filled = path
            .replace("{id}", &id)
            .replace("{paper}", &self.paper)
            .replace("{piece}", "0")
            .replace("{number}", "1")
            .replace("{asset}", &self.asset)
            .replace("{person}", &self.portrayed)
            .replace("{consent}", &self.consent)
            .replace("{upload}", upload)
            .replace("{membership}", &self.membership)
            .replace("{link}", &self.guest)
            .replace("{shape}", "thumb")
            .replace("{language}", "da")
            .replace("{batch}", &self.batch)
            .replace("{letter}", &self.letter)
            .replace("{kind}", if path.starts_with("/svar/") { "rejection" } else { "mastodon" })
            // a log-in at a server belongs to one browser and to no unit
            .replace("{name}", "begun-elsewhere");
        assert!(
            !filled.contains('{') && !filled.contains("//"),
            "{path} wants an id that the test does not know"
        );
        if path.contains("soeg") || path.contains("/search/") {
            format!("{filled}?q=demensafsnit")
        } else {
            filled
        }
    }

    /// Somebody with this role in the right place, and somebody with it in another.
    async fn inside(&self, role: Role) -> Browser {
        match role {
            PanelMember => self.app.panel_member(&self.ad).await,
            role => self.app.browser(role, self.app.centre_north).await,
        }
    }
    async fn outside(&self, role: Role) -> Browser {
        match role {
            PanelMember => self.app.panel_member(&self.other).await,
            role => self.app.browser(role, self.app.centre_south).await,
        }
    }

    /// Asks as a person does, with a form that names centre north.
    async fn ask(&self, browser: &mut Browser, method: &str, path: &str, at: &str) -> Seen {
        let unit = self.app.centre_north.to_string();
        let (bytes, name) = ("100000", "Anlæg");
        if method == "get" {
            browser.get(at).await
        } else if WITH_FILES.contains(&path) {
            browser.post_files(at, Form::new().text("unit", unit)).await
        } else if method == "post" {
            let fields =
                [("unit", unit.as_str()), ("parent", &unit), ("kind", "workplace"), ("bytes", bytes)];
            let more = [
                ("name", name),
                ("title_da", "Gartner"),
                ("role", "recruiter"),
                ("email", "ny@fjordby.example"),
            ];
            // the application as it stands at first, and a way to move it, to close its ad, to shut out a colleague
            let chosen = format!("{}:1", self.application);
            let moved =
                [("chosen", chosen.as_str()), ("version", "1"), ("stage", "assessing"), ("to", "closed")];
            let why = [("reason", CloseReason::NoHire.word()), ("finding", &self.finding)];
            // an answer to what waits for approval
            let seen = format!("{}:{}", self.waiting, self.waiting_sha256);
            let answer = [("seen", seen.as_str()), ("do", "approved"), ("preset", "central")];
            browser.post(at, &[&fields[..], &more, &moved, &why, &answer].concat()).await
        } else {
            let request = browser.request(method.to_uppercase().parse().unwrap(), at);
            let request = request.header("x-csrf-token", browser.csrf()).header("upload-offset", "0");
            seen(request.body("x").send().await.unwrap()).await
        }
    }

    /// Asks as another system does.
    async fn call(&self, client: &reqwest::Client, token: &str, method: &str, path: &str, at: &str) -> Seen {
        let method: Method = method.to_uppercase().parse().unwrap();
        let request = client.request(method.clone(), format!("{}{at}", self.app.url)).bearer_auth(token);
        let unit = self.app.centre_north;
        let body = match path.trim_start_matches("/api/v1") {
            "/postings" => serde_json::json!({"unit": unit.to_string(), "da": {"title": "Gartner"}}),
            "/postings/{id}" => serde_json::json!({"version": 1, "pay": "Løn"}),
            "/postings/{id}/media" => serde_json::json!({"asset": self.asset, "role": "hero", "version": 1}),
            "/postings/{id}/publications" => {
                serde_json::json!({"parts": [{"account": self.account.to_string(), "text": "Søg nu"}]})
            }
            "/applications/{id}/moves" => serde_json::json!({"to": "assessing", "version": 1}),
            _ => serde_json::json!({}),
        };
        let request = if method == Method::GET {
            request
        } else if WITH_FILES.contains(&path) {
            request.multipart(Form::new().text("unit", unit.to_string()))
        } else {
            request.json(&body)
        };
        seen(request.send().await.unwrap()).await
    }
}

/// Somebody of centre north, and their yes on a signed paper.
async fn portrayed(app: &TestApp) -> (String, String) {
    use opslag::media::people::{self, Giver, Manner, NewPerson, Noted, Purpose, Relation};
    let new = NewPerson {
        unit: app.centre_north,
        name: "Amina Yusuf".into(),
        email: String::new(),
        relation: Relation::Colleague,
        born: String::new(),
        one_guardian: false,
    };
    let person = people::add(&app.kit, Actor::System, new, None).await.unwrap();
    let noted = Noted {
        purposes: vec![Purpose::Website],
        giver: Giver::Own,
        giver_name: String::new(),
        manner: Manner::Paper,
        last_day: String::new(),
        evidence: Some(app.kit.blobs.put(crate::harness::ads::file("rotated.jpg")).await.unwrap()),
    };
    people::note(&app.kit, Actor::System, person, noted).await.unwrap();
    let yes = app.kit.db.read(move |c| people::person(c, person)).await.unwrap().unwrap().yeses[0].id;
    (person.to_string(), yes.to_string())
}

/// What centre north asks communications for.
async fn wish(app: &TestApp, person: UserId) -> SupportId {
    use opslag::support::{self, Asking, By, Help};
    let all = app.kit.db.read(accounts::everywhere).await.unwrap();
    let (media, ads, stories) = (all.clone(), all.clone(), all.clone());
    let by = By { user: person, asks: all.clone(), gives: all, media, ads, stories };
    let asking = Asking {
        id: SupportId::new(app.kit.clock.now(), &app.kit.chance),
        unit: app.centre_north,
        title: "Film om aftenen".into(),
        help: Some(Help::Film),
        about: None,
        words: String::new(),
        wished_by: String::new(),
        files: Vec::new(),
    };
    support::ask(&app.kit, by, asking).await.unwrap()
}

/// A letter of centre north to somebody who was turned down, and the batch it is in.
async fn written(app: &TestApp) -> (String, String) {
    let ad = app.open_ad("Gartner").await;
    let bo = app.applied(ad.id, "Bo Riis", "").await;
    app.rejected(bo, "Vi har valgt en anden denne gang.").await;
    let batch = app.drafted(ad.id, &[bo]).await.unwrap().batch;
    (batch.to_string(), app.letters_to(bo).await[0].id.to_string())
}

/// A place of centre north where this person posts, and a package that lies with them.
async fn lying(app: &TestApp, posting: PostingId, person: UserId) -> (AccountId, DeliveryId) {
    let place = channels::Place {
        name: "Kokkegruppen".into(),
        sort: channels::Sort::FacebookGroup,
        address: String::new(),
        person,
        lead_days: 0,
        unit: app.centre_north,
    };
    let k = app.kit.clone();
    let settled =
        app.kit.db.write(move |c| channels::package::settle(c, &k, &place, None, Actor::System)).await;
    let account = settled.unwrap();
    let order = Order {
        subject: posting.into(),
        language: Language::Da,
        when: None,
        media: Vec::new(),
        parts: vec![Part { account, text: "Kom og kog med os".into() }],
        same_words_ok: false,
    };
    let scope = app.kit.db.read(accounts::everywhere).await.unwrap();
    let ordered = publishing::publish::publish(&app.kit, Actor::System, &scope, order).await.unwrap();
    publishing::drain(&app.kit, &app.parts.channels).await.unwrap();
    (account, ordered.deliveries[0])
}

async fn seen(response: reqwest::Response) -> Seen {
    let (status, headers) = (response.status(), response.headers().clone());
    Seen { status, location: None, headers, body: response.text().await.unwrap_or_default() }
}

/// Begins to bring a film in pieces; nobody but this browser's person may go on with it.
async fn begin_upload(app: &TestApp, browser: &mut Browser) -> String {
    let unit = app.centre_north.to_string();
    let fields = [("unit", unit.as_str()), ("name", "film.mp4"), ("bytes", "100000"), ("modified", "1")];
    let begun = browser.post("/medier/filer", &fields).await;
    assert_eq!(begun.status, 201, "{}", begun.body);
    let href = begun.body.split("/medier/filer/").nth(1).unwrap();
    href.split('"').next().unwrap().to_owned()
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn refused(seen: &Seen) -> bool {
    matches!(seen.status.as_u16(), 401 | 403 | 404)
}

/// What was not as it should be; all of it is said at the end.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn unless(&mut self, right: bool, seen: &Seen, asked: &str) {
        if !right {
            let body: String = seen.body.chars().take(300).collect();
            self.0.push(format!("{asked}: {} {body}", seen.status));
        }
    }
    fn unless_silent(&mut self, seen: &Seen, of: &[&str], asked: &str) {
        let shown = of.iter().filter(|words| seen.body.contains(**words));
        self.0.extend(shown.map(|words| format!("{asked} shows {words}")));
    }
    fn none(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

#[test]
fn the_map_is_read_whole_and_every_line_of_the_table_is_of_use() {
    let map = include_str!("../../src/routes.rs");
    // the two resources with a middleware of their own name their paths apart
    assert_eq!(routes().len() + 2, map.matches(".route(").count());
    assert!(routes().contains(&("post".into(), "/log-ind".into())));
    let guarded = guarded();
    assert!(guarded.len() > 80);
    for (_, beginning, _, _) in TABLE {
        assert!(
            guarded.iter().any(|(_, path, _, _)| path.starts_with(beginning)),
            "no route begins {beginning}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_and_the_wrong_unit_get_nowhere_and_read_nothing() {
    let town = Town::new().await;
    let (nobody, mut wrong) = (Browser::new(&town.app), Wrong::default());
    let secrets = [APPLICANT[0], APPLICANT[1], DRAFT];
    for (method, path, _, _) in guarded() {
        let at = town.filled(&path, town.posting, &town.upload);
        let seen = nobody.call(&method, &at).await;
        let to_log_in =
            seen.status == 303 && seen.location.as_deref().is_some_and(|l| l.starts_with("/log-ind"));
        wrong.unless(refused(&seen) || to_log_in, &seen, &format!("{method} {at} as nobody"));
        wrong.unless_silent(&seen, &secrets, &at);
    }
    let client = client();
    for role in Role::ALL {
        let mut browser = town.outside(*role).await;
        let token = town.app.token(*role, town.app.centre_south).await;
        for (method, path, about, roles) in guarded() {
            for posting in [town.posting, town.draft] {
                let at = town.filled(&path, posting, &town.upload);
                let asked = format!("{method} {at} as {role} elsewhere");
                let (seen, may) = if path.starts_with("/api/") {
                    let may = roles.contains(role) && *role != PanelMember;
                    (town.call(&client, &token, &method, &path, &at).await, may)
                } else {
                    (town.ask(&mut browser, &method, &path, &at).await, roles.contains(role))
                };
                wrong.unless_silent(&seen, &secrets, &asked);
                let (status, written) =
                    (seen.status.as_u16(), seen.status.is_success() || seen.status == 303);
                let right = match about {
                    Thing => refused(&seen),
                    Own if !may => refused(&seen),
                    Own if method == "get" => status < 400 || status == 422,
                    // a person's own language, a log-in that is given up: nothing of a unit's
                    Own if path == "/sprog" || path.ends_with("/fortryd") => true,
                    // what the form would do in centre north is not done
                    Own => !written && status < 500,
                };
                wrong.unless(right, &seen, &asked);
            }
        }
    }
    wrong.none();
    // and nothing of it has changed anything
    assert!(town.app.whole(town.application).await.is_some_and(|w| w.application.version == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_may_in_its_own_unit_what_the_table_says_and_no_more() {
    let mut wrong = Wrong::default();
    for role in Role::ALL {
        let town = Town::new().await;
        let mut browser = town.inside(*role).await;
        let token = town.app.token(*role, town.app.centre_north).await;
        let own = if WRITERS.contains(role) {
            begin_upload(&town.app, &mut browser).await
        } else {
            town.upload.clone()
        };
        let client = client();
        let (mut met, mut looked) = (0, 0);
        for (method, path, _, roles) in guarded() {
            // a word may be let stand while it is not out
            let posting = if path.ends_with("/lad-staa") { town.draft } else { town.posting };
            let at = town.filled(&path, posting, &own);
            let asked = format!("{method} {at} as {role}");
            let machine = path.starts_with("/api/");
            let may = roles.contains(role) && !(machine && *role == PanelMember);
            let seen = if machine {
                town.call(&client, &token, &method, &path, &at).await
            } else {
                town.ask(&mut browser, &method, &path, &at).await
            };
            wrong.unless(refused(&seen) != may && seen.status.as_u16() < 500, &seen, &asked);
            if ASSESSORS.contains(role) {
                met += usize::from(seen.body.contains(APPLICANT[0]));
            } else {
                wrong.unless_silent(&seen, &APPLICANT, &asked);
            }
            if READERS.contains(role) && *role != PanelMember {
                looked += usize::from(seen.body.contains(DRAFT));
            } else {
                wrong.unless_silent(&seen, &[DRAFT], &asked);
            }
        }
        // so that silence elsewhere means something
        assert_eq!(met > 2, ASSESSORS.contains(role), "{role} meets the applicant {met} times");
        assert_eq!(
            looked > 0,
            READERS.contains(role) && *role != PanelMember,
            "{role} sees the draft {looked} times"
        );
    }
    wrong.none();
}

/// D-23: whoever has declared a relation to the applicant meets them on no page, in no file and in no search, whatever
/// their roles; only where they named it does the name stand, for themselves.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_relation_meets_the_applicant_nowhere() {
    let mut wrong = Wrong::default();
    for role in [HrAdmin, HiringManager, PanelMember] {
        let town = Town::new().await;
        let mut browser = town.inside(role).await;
        let one = format!("/ansoegninger/{}", town.application);
        // so that silence afterwards means something
        for at in [one.clone(), format!("/jobopslag/{}/tavle", town.posting), "/soeg?q=demensafsnit".into()] {
            assert!(browser.get(&at).await.body.contains(APPLICANT[0]), "{role} {at}");
        }
        let said = browser.post(&format!("{one}/vurdering/habilitet"), &[("relation", "family")]).await;
        assert_eq!(said.status, 303, "{}", said.body);
        let mut asked = 0;
        for (method, path, _, roles) in guarded() {
            if path.starts_with("/api/") || !roles.contains(&role) {
                continue;
            }
            let at = town.filled(&path, town.posting, &town.upload);
            let seen = town.ask(&mut browser, &method, &path, &at).await;
            let about = format!("{method} {at} as a {role} with a relation");
            if !path.starts_with("/jobopslag/{id}/udvalg") {
                wrong.unless_silent(&seen, &APPLICANT, &about);
            }
            if path.starts_with("/ansoegninger/{id}") {
                wrong.unless(seen.status == 404, &seen, &about);
                asked += 1;
            }
        }
        assert!(asked > 5, "{role} asked for the application in {asked} ways");
        assert!(town.app.whole(town.application).await.is_some_and(|w| w.application.version == 1));
    }
    wrong.none();
}
