//! A unit asks for help with content, and communications answer: who may what, nothing lost, nobody taken by surprise.

use std::time::Duration;

use opslag::{
    accounts::Role,
    base::{
        Clock,
        id::{SupportId, UserId},
    },
    media::MediaError,
    support::{self, State},
};
use reqwest::{
    StatusCode,
    multipart::{Form, Part},
};

use crate::harness::{
    TestApp,
    ads::file,
    app::Wanted,
    applicants::MORNING,
    people::{Browser, Seen, proxied},
};

const DAY: u64 = 86_400;

/// A unit, and those who help it.
struct Desk {
    app: TestApp,
    clock: Clock,
    /// Asks from the unit.
    amina: Browser,
    /// In communications, for everybody.
    lise: Browser,
    people: [UserId; 2],
}

impl Desk {
    async fn new() -> Self {
        let clock = Clock::set_to(MORNING);
        let app =
            TestApp::start_with(Wanted { clock: clock.clone(), configure: proxied, ..Wanted::default() })
                .await;
        let people = [
            app.person("Amina Yusuf", Role::Contributor, app.centre_north).await,
            app.person("Lise Holm", Role::Communications, app.organisation).await,
        ];
        let (amina, lise) = (app.logged_in(people[0]).await, app.logged_in(people[1]).await);
        Self { app, clock, amina, lise, people }
    }

    /// So many seconds later; nobody stays logged in overnight.
    async fn later(&mut self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
        self.amina = self.app.logged_in(self.people[0]).await;
        self.lise = self.app.logged_in(self.people[1]).await;
    }

    fn form(&self, title: &str) -> Form {
        Form::new().text("unit", self.app.centre_north.to_string()).text("title", title.to_owned())
    }

    /// Amina asks; the request.
    async fn asked(&mut self, title: &str) -> SupportId {
        let form = self.form(title).text("help", "film").text("words", "Kom en aften.\nRuth laver kaffe.");
        self.amina.get("/bistand/ny").await;
        let sent = self.amina.post_files("/bistand/ny", form).await;
        id_of(&sent)
    }

    async fn state(&self, id: SupportId) -> State {
        self.app.kit.db.read(move |c| support::one(c, id)).await.unwrap().unwrap().state
    }

    /// How many letters say this.
    fn told(&self, what: &str) -> usize {
        self.app.letters().iter().filter(|letter| letter.contains(what)).count()
    }
}

fn id_of(sent: &Seen) -> SupportId {
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.location.as_deref().unwrap().trim_start_matches("/bistand/").parse().unwrap()
}

fn picture(name: &str) -> Part {
    Part::bytes(file("rotated.jpg")).file_name(name.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_asks_and_gets_an_answer_a_question_and_what_it_asked_for() {
    let mut d = Desk::new().await;
    let id = d.asked("Aftenvagter").await;
    let at = format!("/bistand/{id}");
    let queue = d.lise.get("/bistand").await.body;
    assert!(queue.contains("Aftenvagter") && queue.contains("Ét ønske venter"), "{queue}");
    assert!(d.lise.get("/start").await.body.contains("Et ønske om hjælp til indhold"));

    assert_eq!(d.lise.post(&format!("{at}/tag"), &[]).await.status, StatusCode::SEE_OTHER);
    // a question without words is none
    let bare = d.lise.post(&format!("{at}/spoerg"), &[("question", " ")]).await;
    assert_eq!((bare.status, d.state(id).await), (StatusCode::UNPROCESSABLE_ENTITY, State::Taken));
    let asked = d.lise.post(&format!("{at}/spoerg"), &[("question", "Må vi filme Ruth?")]).await;
    assert_eq!((asked.status, d.state(id).await), (StatusCode::SEE_OTHER, State::Question));
    assert!(d.amina.get("/start").await.body.contains("Kommunikation spørger om »Aftenvagter«"));
    let page = d.amina.get(&at).await.body;
    assert!(page.contains("Må vi filme Ruth?") && page.contains("Dit svar"), "{page}");
    let answer = Form::new().text("words", "Ja, hun har sagt ja.").part("file", picture("ruth.jpg"));
    assert_eq!(d.amina.post_files(&format!("{at}/skriv"), answer).await.status, StatusCode::SEE_OTHER);
    assert_eq!(d.state(id).await, State::Taken);
    let page = d.lise.get(&at).await.body;
    assert!(page.contains("Ja, hun har sagt ja.") && page.contains("ruth.jpg"), "{page}");

    let story = d.app.told("Aftenen med Ruth").await.id;
    let address = format!("{}/indhold/{story}/rediger", d.app.kit.config.server.public_url);
    let nothing = d.lise.post_files(&format!("{at}/lever"), Form::new().text("note", "Her er den.")).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("Her er den.") && nothing.body.contains("Sæt kryds ved det"));
    let done = Form::new().text("address", address).text("note", "Her er den.").text("hours", "2,5");
    assert_eq!(d.lise.post_files(&format!("{at}/lever"), done).await.status, StatusCode::SEE_OTHER);
    assert_eq!(d.state(id).await, State::Delivered);
    let page = d.amina.get(&at).await.body;
    assert!(page.contains(&format!("href=\"/indhold/{story}\"")), "{page}");
    assert!(!page.contains("timer brugt"), "the hours are nobody else's business");
    assert!(d.lise.get(&at).await.body.contains("2,5 timer brugt"));

    d.app.drain().await;
    for wanted in ["har taget jeres ønske", "har et spørgsmål om jeres ønske", "har leveret det, I bad om"]
    {
        assert_eq!(d.told(wanted), 1, "{wanted}: {:?}", d.app.letters());
    }
    let delivered = d.app.letters().into_iter().find(|l| l.contains("har leveret det")).unwrap();
    assert!(delivered.contains("– Aftenen med Ruth") && delivered.contains(&at), "{delivered}");
    // over is over
    let late = d.amina.post_files(&format!("{at}/skriv"), Form::new().text("words", "Tak!")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(d.amina.post(&format!("{at}/annuller"), &[]).await.status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ad_leads_to_a_form_that_knows_it_and_its_unit() {
    let mut d = Desk::new().await;
    let ad = d.app.open_ad("SOSU-assistent til aften").await;
    let link = format!("/bistand/ny?om=posting:{}", ad.id);
    let mut karen = d.app.browser(Role::HiringManager, d.app.organisation).await;
    assert!(karen.get(&format!("/jobopslag/{}", ad.id)).await.body.contains(&link));
    let form = karen.get(&link).await.body;
    for chosen in [format!("posting:{}", ad.id), d.app.centre_north.to_string()] {
        assert!(form.contains(&format!("<option value=\"{chosen}\" selected>")), "{chosen}: {form}");
    }
    let about = d.form("Aften").text("help", "text").text("about", format!("posting:{}", ad.id));
    let id = id_of(&karen.post_files("/bistand/ny", about).await);
    let page = d.lise.get(&format!("/bistand/{id}")).await.body;
    assert!(page.contains(&format!("href=\"/jobopslag/{}\"", ad.id)), "{page}");
    // one in another unit is not there to be named
    let mut south = d.app.browser(Role::HiringManager, d.app.centre_south).await;
    assert!(!south.get(&link).await.body.contains("SOSU-assistent til aften"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_take_it_at_once_one_has_it_and_the_other_is_told() {
    let mut d = Desk::new().await;
    let id = d.asked("Sommervikarer").await;
    let mut bo = d.app.browser(Role::Communications, d.app.organisation).await;
    d.lise.get("/bistand").await;
    bo.get("/bistand").await;
    let take = format!("/bistand/{id}/tag");
    let (one, other) = tokio::join!(d.lise.post(&take, &[]), bo.post(&take, &[]));
    let mut said = [one, other];
    said.sort_by_key(|s| s.status);
    assert_eq!(said.each_ref().map(|s| s.status.as_u16()), [303, 409]);
    assert!(said[1].body.contains("tog opgaven lige før dig"), "{}", said[1].body);
    d.app.drain().await;
    assert_eq!(d.told("har taget jeres ønske"), 1);

    // what was written into a request that moved meanwhile stands there still
    let no = format!("/bistand/{id}/afvis");
    d.amina.post(&format!("/bistand/{id}/annuller"), &[]).await;
    let late = d.lise.post(&no, &[("reason", "Vi har ingen tid før jul.")]).await;
    assert_eq!((late.status, d.state(id).await), (StatusCode::CONFLICT, State::Cancelled));
    assert!(late.body.contains("Vi har ingen tid før jul."), "{}", late.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_on_bad_input_and_a_form_sent_twice_is_one_request() {
    let mut d = Desk::new().await;
    d.amina.get("/bistand/ny").await;
    let bad = d
        .form("")
        .text("words", "Vi mangler folk om aftenen.")
        .text("wished_by", "2020-01-01")
        .part("file", picture("aften.jpg"))
        .part("file", Part::bytes(b"MZ\x90 program".to_vec()).file_name("virus.exe"));
    let back = d.amina.post_files("/bistand/ny", bad).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["virus.exe", "Vi mangler folk om aftenen.", "aften.jpg"] {
        assert!(back.body.contains(said), "{said}: {}", back.body);
    }
    assert_eq!(d.app.rows("support_requests").await, 0);
    let value = |body: &str, name: &str| {
        let field = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        field.split('"').next().unwrap().to_owned()
    };
    let (key, asset) = (value(&back.body, "key"), value(&back.body, "asset"));
    // the rest is wrong too, and said at its field
    let again = || d.form("").text("key", key.clone()).text("asset", asset.clone());
    let back = d.amina.post_files("/bistand/ny", again().text("wished_by", "2020-01-01")).await;
    for said in ["Skriv kort, hvad det handler om.", "Vælg, hvad I har brug for.", "Vælg en dag fra i dag"]
    {
        assert!(back.body.contains(said), "{said}: {}", back.body);
    }
    assert!(back.body.contains(&asset));
    let right =
        || d.form("Aften").text("key", key.clone()).text("asset", asset.clone()).text("help", "picture");
    let first = id_of(&d.amina.post_files("/bistand/ny", right()).await);
    let second = id_of(&d.amina.post_files("/bistand/ny", right()).await);
    assert_eq!((first, d.app.rows("support_requests").await), (second, 1));
    // the picture lies in the unit's library and cannot be deleted under the request's feet
    let mut peer = d.app.browser(Role::Contributor, d.app.centre_north).await;
    assert!(peer.get(&format!("/medier/{asset}")).await.body.contains("Ønske om hjælp"));
    let id = asset.parse().unwrap();
    let found = d.app.kit.db.read(move |c| opslag::media::asset(c, id)).await.unwrap().unwrap();
    let refused = opslag::media::delete(&d.app.kit, &found).await;
    assert!(matches!(refused, Err(MediaError::Refused(_))), "{refused:?}");
    let cpr = d.form("Ruth").text("help", "text").text("words", "Ruth, 010170-1234");
    let cpr = d.amina.post_files("/bistand/ny", cpr).await;
    assert!(cpr.body.contains("ligner et cpr-nummer"), "{}", cpr.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_unit_sees_nothing_of_it_and_nothing_of_another_unit_is_delivered() {
    let mut d = Desk::new().await;
    let id = d.asked("Hemmeligt").await;
    let at = format!("/bistand/{id}");
    for role in [Role::Contributor, Role::Communications] {
        let mut south = d.app.browser(role, d.app.centre_south).await;
        assert_eq!(south.get(&at).await.status, StatusCode::NOT_FOUND, "{role}");
        assert!(!south.get("/bistand").await.body.contains("Hemmeligt"), "{role}");
    }
    // nor does the unit itself do what communications do
    assert_eq!(d.amina.post(&format!("{at}/tag"), &[]).await.status, StatusCode::FORBIDDEN);
    // a form for somebody else's unit, and a file of somebody else's
    d.amina.get("/bistand/ny").await;
    let south = d.app.centre_south.to_string();
    let elsewhere = Form::new().text("unit", south).text("title", "x").text("help", "film");
    assert_eq!(d.amina.post_files("/bistand/ny", elsewhere).await.status, StatusCode::NOT_FOUND);
    let theirs = {
        let mut bo = d.app.browser(Role::Contributor, d.app.centre_south).await;
        bo.get("/bistand/ny").await;
        let form = Form::new()
            .text("unit", d.app.centre_south.to_string())
            .text("title", "Syd")
            .text("help", "film")
            .part("file", picture("syd.jpg"));
        let asked = id_of(&bo.post_files("/bistand/ny", form).await);
        let page = bo.get(&format!("/bistand/{asked}")).await.body;
        page.split("href=\"/medier/").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let stolen = d.form("Nord").text("help", "film").text("asset", theirs.clone());
    assert_eq!(d.amina.post_files("/bistand/ny", stolen).await.status, StatusCode::NOT_FOUND);
    d.lise.post(&format!("{at}/tag"), &[]).await;
    for (field, thing) in [("things", format!("asset:{theirs}")), ("address", format!("/medier/{theirs}"))] {
        let form = Form::new().text(field, thing);
        let refused = d.lise.post_files(&format!("{at}/lever"), form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(refused.body.contains("Det ligger ikke i enheden"), "{}", refused.body);
    }
    assert_eq!(d.state(id).await, State::Taken);
}

#[tokio::test(flavor = "multi_thread")]
async fn communications_get_a_count_once_a_day_and_a_letter_at_once_for_what_is_due_soon() {
    let mut d = Desk::new().await;
    let come_round = async |d: &Desk| {
        let k = d.app.kit.clone();
        let enqueue = move |c: &mut opslag::db::Conn| {
            let now = k.clock.now();
            opslag::queue::enqueue(c, &support::jobs::TellQueue {}, now, now, &k.chance)
        };
        d.app.kit.db.write(enqueue).await.unwrap();
        d.app.drain().await;
    };
    for title in ["Et", "To"] {
        d.asked(title).await;
    }
    // no letter a request
    d.app.drain().await;
    assert_eq!(d.app.letters().len(), 0);
    for _ in 0..3 {
        come_round(&d).await;
    }
    assert_eq!(d.told("Der er kommet 2 nye ønsker"), 1, "{:?}", d.app.letters());
    d.asked("Tre").await;
    d.later(3600).await;
    come_round(&d).await;
    assert_eq!(d.app.letters().len(), 1, "one count a day");
    d.later(DAY).await;
    come_round(&d).await;
    let second = d.app.letters().into_iter().find(|l| l.contains("Der er kommet et nyt ønske")).unwrap();
    assert!(second.contains("venter 3"), "{second}");

    // due tomorrow: at once, and once
    let zone = d.app.kit.config.delivery.zone;
    let tomorrow = opslag::base::wall::WallTime::at(d.clock.now() + Duration::from_secs(DAY), zone);
    let form = d.form("I morgen").text("help", "text");
    let form = form.text("wished_by", tomorrow.local.date().to_string());
    d.amina.get("/bistand/ny").await;
    id_of(&d.amina.post_files("/bistand/ny", form).await);
    d.app.drain().await;
    come_round(&d).await;
    assert_eq!(d.told("skal snart være klar"), 1);
    assert!(d.lise.get("/bistand").await.body.contains(": snart"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_until_an_answer_are_counted_by_unit() {
    let mut d = Desk::new().await;
    let (quick, slow, open) = (d.asked("Kvik").await, d.asked("Sen").await, d.asked("Åben").await);
    let no = async |d: &mut Desk, id: SupportId| {
        let seen = d.lise.post(&format!("/bistand/{id}/afvis"), &[("reason", "Ikke nu.")]).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    };
    d.later(DAY).await;
    no(&mut d, quick).await;
    d.later(8 * DAY).await;
    no(&mut d, slow).await;
    assert_eq!(d.state(open).await, State::New);
    let page = d.lise.get("/bistand/tal").await.body;
    for said in ["Plejecenter Nord", "1–2 dage", "6–10 dage", "1 af 2 svar kom inden for 5 dage"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Hjemmeplejen Syd"));
    // whoever sees the sums of another unit sees nothing of this one
    let mut south = d.app.browser(Role::ReportReader, d.app.centre_south).await;
    assert!(!south.get("/bistand/tal").await.body.contains("Plejecenter Nord"));
}
