//! Profile, panel, conflicts of interest, cards and recommendation, over HTTP where a page is meant and by the same
//! actions elsewhere. What every route does with a declared relation stands in `rights.rs`.

mod sealing;

use std::time::Duration;

use opslag::{
    accounts::{self, Role, audit::Actor, bars::Relation},
    applications::{
        Outcome, Stage,
        actions::{self as moves, Change, ChangeError},
        stage::Column,
    },
    assessment::{
        AssessmentError,
        actions::{self, NewMember},
        card::{Score, Step},
        jobs,
        panel::{Category, Seat},
        profile::{self, Criterion},
        starting, store,
    },
    base::{
        Language,
        id::{ApplicationId, PostingId, UserId},
    },
    db::{Conn, DbError},
    kit::Kit,
    postings::{self, Posting},
};

use crate::{
    harness::{TestApp, people::Browser},
    sources::files,
};

/// A posting with a profile, and who sits in its panel.
pub struct Panel {
    pub app: TestApp,
    pub ad: Posting,
    pub manager: UserId,
    pub employee: UserId,
}

impl TestApp {
    /// Runs an action with every right there is.
    pub async fn assess<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn, &Kit, &accounts::Scope) -> Result<T, AssessmentError> + Send + 'static,
    ) -> Result<T, AssessmentError> {
        let k = self.kit.clone();
        self.kit
            .db
            .write(move |c| {
                let scope = accounts::everywhere(c)?;
                f(c, &k, &scope)
            })
            .await
    }

    /// Two criteria, the first of them essential.
    pub fn criteria(&self) -> Vec<Criterion> {
        starting::criteria(&self.kit, "care", Language::Da).unwrap().into_iter().take(2).collect()
    }

    /// An ad with a profile that takes applications.
    pub async fn ad_with_profile(&self, title: &str) -> Posting {
        let draft = self.draft(self.ready_content(title)).await;
        let criteria = self.criteria();
        self.assess(move |c, k, s| {
            actions::save_profile(c, k, Actor::System, s, draft.id, 0, "care", criteria)
        })
        .await
        .unwrap();
        self.with_ads(move |c, k, scope| postings::open(c, k, Actor::System, scope, draft.id)).await.unwrap()
    }

    /// Gives somebody of centre north a seat; they have accepted confidentiality.
    pub async fn seated(&self, ad: &Posting, name: &str, seat: Seat, chair: bool) -> UserId {
        let user = self.person(name, Role::PanelMember, self.centre_north).await;
        self.seat(ad.id, user, seat, chair, None).await.unwrap();
        let id = ad.id;
        self.assess(move |c, k, s| actions::accept(c, k, user, s, id)).await.unwrap();
        user
    }

    /// Gives somebody a seat until before `to`.
    pub async fn seat(
        &self,
        id: PostingId,
        user: UserId,
        seat: Seat,
        chair: bool,
        to: Option<opslag::base::Instant>,
    ) -> Result<(), AssessmentError> {
        let users = self.kit.db.read(accounts::users).await.unwrap();
        let email = users.into_iter().find(|u| u.id == user).unwrap().email;
        let new = NewMember { name: String::new(), email, language: Language::Da, seat, chair, to };
        self.assess(move |c, k, s| actions::add_member(c, k, Actor::System, s, id, &new).map(|_| ())).await
    }

    /// A whole card with this score everywhere.
    pub async fn card(
        &self,
        user: UserId,
        id: ApplicationId,
        score: i32,
        step: Step,
    ) -> Result<actions::Given, AssessmentError> {
        self.assess(move |c, k, s| {
            let posting = opslag::applications::application(c, s, id)?.unwrap().application.posting;
            let scores = store::criteria(c, posting)?
                .iter()
                .map(|criterion| Score { criterion: criterion.id, score, reason: format!("Fordi {user}") })
                .collect();
            actions::give(c, k, user, s, id, step, scores)
        })
        .await
    }

    pub async fn says(&self, user: UserId, id: ApplicationId, relation: Relation) {
        self.assess(move |c, k, s| actions::declare(c, k, user, s, id, relation)).await.unwrap();
    }

    async fn moved(&self, id: ApplicationId, to: Column) -> Result<(), ChangeError> {
        let version = self.whole(id).await.unwrap().application.version;
        let k = self.kit.clone();
        self.kit
            .db
            .write(move |c| {
                let scope = accounts::everywhere(c)?;
                let change = Change { id, version, to, place: None, reason: String::new() };
                moves::change(c, &k, &scope, Actor::System, &change).map(|_| ())
            })
            .await
    }
}

impl Panel {
    pub async fn new() -> Self {
        let app = TestApp::standing_still().await;
        let ad = app.ad_with_profile("SOSU-assistent").await;
        let manager = app.seated(&ad, "Leder", Seat::Manager, true).await;
        let employee = app.seated(&ad, "Kollega", Seat::Employee, false).await;
        Self { app, ad, manager, employee }
    }

    /// Both have given in a card and a note is written.
    async fn assessed(&self, id: ApplicationId) {
        for (user, score) in [(self.manager, 4), (self.employee, 2)] {
            self.app.says(user, id, Relation::None).await;
            self.app.card(user, id, score, Step::Submit).await.unwrap();
        }
        let manager = self.manager;
        self.app
            .assess(move |c, k, s| actions::write_note(c, k, manager, s, id, 0, "Vi er enige om samtale."))
            .await
            .unwrap();
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, AssessmentError>) -> &'static str {
    match result {
        Err(AssessmentError::Refused(key)) => key,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_11_a_profile_stays_as_it_was_when_the_posting_opened() {
    let app = TestApp::standing_still().await;
    for round in 0..6 {
        let draft = app.draft(app.ready_content(&format!("Kok {round}"))).await;
        let (id, first, second) = (draft.id, app.criteria(), app.criteria());
        let saved =
            app.assess(move |c, k, s| actions::save_profile(c, k, Actor::System, s, id, 0, "", first));
        assert_eq!(saved.await.unwrap().version, 1);
        // one opens it while another saves: what was saved is what was opened, or it was not saved
        let (saved, opened) = tokio::join!(
            app.assess(move |c, k, s| actions::save_profile(c, k, Actor::System, s, id, 1, "", second)),
            app.with_ads(move |c, k, scope| postings::open(c, k, Actor::System, scope, id)),
        );
        opened.unwrap();
        let stored = app.kit.db.read(move |c| store::profile(c, id)).await.unwrap().unwrap();
        match saved {
            Ok(profile) => assert_eq!(profile, stored),
            Err(AssessmentError::Refused(key)) => {
                assert_eq!((key, stored.version), ("profile-refused-frozen", 1));
            }
            Err(error) => panic!("{error:?}"),
        }
        assert_eq!(stored.sha256, profile::sha256(&stored.criteria));
        // and from now on nothing changes it
        let (again, version) = (app.criteria(), stored.version);
        let late = move |c: &mut Conn, k: &Kit, s: &accounts::Scope| {
            actions::save_profile(c, k, Actor::System, s, id, version, "", again)
        };
        assert_eq!(refused(app.assess(late).await), "profile-refused-frozen");
        let gone = app.assess(move |c, k, s| actions::remove_profile(c, k, Actor::System, s, id, version));
        assert_eq!(refused(gone.await), "profile-refused-frozen");
        assert_eq!(app.kit.db.read(move |c| store::profile(c, id)).await.unwrap(), Some(stored));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_copied_changed_and_saved_by_a_form_that_forgets_nothing() {
    let app = TestApp::standing_still().await;
    let draft = app.draft(app.ready_content("Kok")).await;
    let path = format!("/jobopslag/{}/profil", draft.id);
    let mut browser = app.browser(Role::HiringManager, app.centre_north).await;
    let offered = browser.get(&path).await.body;
    assert!(offered.contains("Pleje og omsorg") && offered.contains("name=\"wording-0\""), "{offered}");
    let begun = browser.post(&path, &[("version", "0"), ("do", "begynd"), ("begin", "care")]).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    let page = browser.get(&path).await.body;
    assert!(page.contains("Uddannelse og autorisation") && page.contains("name=\"step4-6\""), "{page}");
    // half a criterion comes back with everything in it
    let half =
        [("version", "1"), ("do", "gem"), ("wording-0", "Synger rent"), ("why-0", ""), ("step1-0", "Falsk")];
    let seen = browser.post(&path, &half).await;
    assert_eq!(seen.status, 422);
    assert!(seen.body.contains("Synger rent") && seen.body.contains("value=\"Falsk\""), "{}", seen.body);
    assert!(seen.body.contains("href=\"#why-0\"") && seen.body.contains("href=\"#step2-0\""));
    // of two who save at once the second is told, and keeps what was typed
    let whole: Vec<(&str, &str)> = vec![
        ("version", "1"),
        ("do", "gem"),
        ("wording-0", "Synger rent"),
        ("why-0", "Koret mangler"),
        ("evidence-0", "En prøve"),
        ("weight-0", "must"),
        ("heading-0", "personal"),
        ("step1-0", "a"),
        ("step2-0", "b"),
        ("step3-0", "c"),
        ("step4-0", "d"),
    ];
    assert_eq!(browser.post(&path, &whole).await.status, 303);
    let second = browser.post(&path, &whole).await;
    assert!(second.status == 409 && second.body.contains("Koret mangler"), "{}", second.body);
    app.with_ads(move |c, k, scope| postings::open(c, k, Actor::System, scope, draft.id)).await.unwrap();
    let page = browser.get(&path).await.body;
    assert!(
        page.contains("Profilen er låst")
            && page.contains("lav et nyt opslag")
            && page.contains("Synger rent")
    );
    assert!(!page.contains("<textarea"), "there is nothing to write in");
    let late = browser.post(&path, &[("version", "2"), ("do", "fjern")]).await;
    assert!(late.status == 422 && late.body.contains("profilen er låst"), "{} {}", late.status, late.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_confidentiality_is_accepted_there_are_no_applications() {
    let app = TestApp::standing_still().await;
    let ad = app.ad_with_profile("SOSU-assistent").await;
    let id = app.applied(ad.id, "Anna Holm", "").await;
    let (board, panel) = (format!("/jobopslag/{}/tavle", ad.id), format!("/jobopslag/{}/udvalg", ad.id));
    // also for whoever could read the unit's applications by another role
    for role in [Role::PanelMember, Role::HiringManager] {
        let user = app.person("Ny", role, app.centre_north).await;
        app.seat(ad.id, user, Seat::Expert, false, None).await.unwrap();
        let mut browser = app.logged_in(user).await;
        let start = browser.get("/start").await.body;
        assert!(start.contains("Accepter tavshedspligt"), "{start}");
        let seen = browser.get(&board).await;
        assert_eq!((seen.status.as_u16(), seen.location.as_deref()), (303, Some(panel.as_str())), "{role}");
        for path in
            [format!("/ansoegninger/{id}"), format!("/ansoegninger/{id}/vurdering"), "/soeg?q=Anna".into()]
        {
            let seen = browser.get(&path).await;
            assert!(!seen.body.contains("Anna Holm"), "{role} {path}: {}", seen.body);
        }
        assert!(browser.get(&panel).await.body.contains("Jeg accepterer"));
        let accepted = browser.post(&format!("{panel}/tavshedspligt"), &[]).await;
        assert_eq!(accepted.location.as_deref(), Some(board.as_str()), "{}", accepted.body);
        assert!(browser.get(&board).await.body.contains("Anna Holm"), "{role}");
        assert!(browser.get(&panel).await.body.contains("accepteret 24"), "when is kept");
    }
    assert_eq!(app.rows("pledges").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_ends_to_the_second_and_with_it_the_access() {
    let app = TestApp::standing_still().await;
    let ad = app.ad_with_profile("SOSU-assistent").await;
    app.applied(ad.id, "Anna Holm", "").await;
    let user = app.person("Ekstern", Role::PanelMember, app.centre_north).await;
    let clock = app.kit.clock.clone();
    let ends = clock.now() + Duration::from_secs(600);
    app.seat(ad.id, user, Seat::External, false, Some(ends)).await.unwrap();
    let id = ad.id;
    app.assess(move |c, k, s| actions::accept(c, k, user, s, id)).await.unwrap();
    let mut browser = app.logged_in(user).await;
    let board = format!("/jobopslag/{}/tavle", ad.id);
    clock.advance(Duration::from_secs(599));
    assert_eq!(browser.get(&board).await.status, 200);
    clock.advance(Duration::from_secs(1));
    let seen = browser.get(&board).await;
    assert!(matches!(seen.status.as_u16(), 403 | 404) && !seen.body.contains("Anna Holm"), "{}", seen.status);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_runs_out_or_is_ended_elsewhere_is_noticed_within_the_minute() {
    let app = TestApp::standing_still().await;
    let ad = app.ad_with_profile("SOSU-assistent").await;
    let id = app.applied(ad.id, "Anna Holm", "").await;
    let posting = ad.id;
    let manager = app.seated(&ad, "Leder", Seat::Manager, true).await;
    let employee = app.person("Kollega", Role::PanelMember, app.centre_north).await;
    let ends = app.kit.clock.now() + Duration::from_secs(600);
    app.seat(posting, employee, Seat::Employee, false, Some(ends)).await.unwrap();
    app.says(manager, id, Relation::None).await;
    app.card(manager, id, 3, Step::Submit).await.unwrap();
    jobs::settle_panels(&app.kit).await.unwrap();
    assert!(!revealed(&app, id).await, "the colleague's card is waited for");
    app.kit.clock.advance(Duration::from_secs(600));
    jobs::settle_panels(&app.kit).await.unwrap();
    assert!(revealed(&app, id).await, "nobody is waited for any longer");
    app.assess(move |c, k, s| actions::write_note(c, k, manager, s, id, 0, "Vi er enige.")).await.unwrap();
    app.moved(id, Column::Stage(Stage::Interview)).await.unwrap();
    // a seat is filled anew, and its role is ended where roles are given
    app.seated(&ad, "Ny kollega", Seat::Employee, false).await;
    let now = app.kit.clock.now();
    let people = app.kit.db.read(move |c| accounts::people(c, now)).await.unwrap();
    let new = people.into_iter().find(|p| p.user.name == "Ny kollega").unwrap();
    let held = new.roles.into_iter().find(|r| r.posting_id == Some(posting)).unwrap();
    let k = app.kit.clone();
    app.kit.db.write(move |c| accounts::end_role(c, &k, Actor::System, &held)).await.unwrap();
    jobs::settle_panels(&app.kit).await.unwrap();
    let barred = app.moved(id, Column::Stage(Stage::Offer)).await;
    assert!(matches!(barred, Err(ChangeError::Barred("board-barred-seated"))), "{barred:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_added_by_those_who_may_and_invited_from_outside_until_a_day() {
    let app = TestApp::standing_still().await;
    let ad = app.ad_with_profile("SOSU-assistent").await;
    let path = format!("/jobopslag/{}/udvalg", ad.id);
    let mut browser = app.browser(Role::HiringManager, app.centre_north).await;
    let add = format!("{path}/medlem");
    let fields = [("email", "gaest@uden.example"), ("name", "Gerda Gæst"), ("seat", "external")];
    let seen = browser.post(&add, &fields).await;
    assert!(seen.status == 422 && seen.body.contains("skal have en sidste dag"), "{}", seen.body);
    assert!(seen.body.contains("Gerda Gæst"), "what was typed stays");
    let with_day = [&fields[..], &[("until", "2026-12-31")]].concat();
    assert_eq!(browser.post(&add, &with_day).await.status, 303);
    let page = browser.get(&path).await.body;
    assert!(page.contains("Gerda Gæst") && page.contains("31. december 2026"), "{page}");
    assert!(page.contains("2 pladser er tomme"), "a manager and an employee must be there: {page}");
    let twice = browser.post(&add, &with_day).await;
    assert!(twice.status == 422 && twice.body.contains("sidder allerede"), "{}", twice.body);
    app.drain().await;
    assert!(app.letters().iter().any(|l| l.contains("gaest@uden.example")), "she is invited");
    // what must be filled is the organisation's to say
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    let rules = [("staff", "manager"), ("leader", "manager"), ("leader", "union")];
    assert_eq!(hr.post("/udvalgsregler", &rules).await.status, 303);
    let required = app.kit.db.read(|c| store::panel::required(c, Category::Leader)).await.unwrap();
    assert_eq!(required, [Seat::Manager, Seat::Union]);
    assert!(browser.get(&path).await.body.contains("1 plads er tom"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_goes_on_without_a_note_or_past_an_empty_seat() {
    let panel = Panel::new().await;
    let app = &panel.app;
    let id = app.applied(panel.ad.id, "Anna Holm", "").await;
    let interview = Column::Stage(Stage::Interview);
    app.moved(id, Column::Stage(Stage::Assessing)).await.unwrap();
    let barred = app.moved(id, interview).await;
    assert!(matches!(barred, Err(ChangeError::Barred("board-barred-assessed"))), "{barred:?}");
    panel.assessed(id).await;
    app.moved(id, interview).await.unwrap();
    // the employee leaves: a seat that must be filled is empty
    let (ad, employee) = (panel.ad.id, panel.employee);
    let members = app.kit.db.read(move |c| store::panel::members(c, ad)).await.unwrap();
    let seat = members.iter().find(|m| m.user == employee).unwrap().membership;
    app.assess(move |c, k, s| actions::end_seat(c, k, Actor::System, s, ad, seat)).await.unwrap();
    for to in [Column::Stage(Stage::Offer), Column::Outcome(Outcome::Hired)] {
        let barred = app.moved(id, to).await;
        assert!(matches!(barred, Err(ChangeError::Barred("board-barred-seated"))), "{barred:?}");
    }
    let mut browser = app.browser(Role::Recruiter, app.centre_north).await;
    let path = format!("/jobopslag/{ad}/udvalg/tomt");
    let bare = browser.post(&path, &[("seat", "employee"), ("reason-employee", " ")]).await;
    assert!(bare.status == 422 && bare.body.contains("hvorfor pladsen er tom"), "{}", bare.body);
    let why = [("seat", "employee"), ("reason-employee", "Teamet er nyt og har ingen endnu.")];
    assert_eq!(browser.post(&path, &why).await.status, 303);
    let page = browser.get(&format!("/jobopslag/{ad}/udvalg")).await.body;
    assert!(page.contains("Teamet er nyt") && page.contains("recruiter"), "who said it is shown: {page}");
    app.moved(id, Column::Stage(Stage::Offer)).await.unwrap();
    app.moved(id, Column::Outcome(Outcome::Hired)).await.unwrap();
    // an ad without profile and panel asks for nothing
    let plain = app.open_ad("Kok").await;
    let other = app.applied(plain.id, "Bent Lund", "").await;
    app.moved(other, interview).await.unwrap();
    app.moved(other, Column::Outcome(Outcome::Hired)).await.unwrap();
}

/// The fields of a whole card as a browser sends them.
fn filled(criteria: &[Criterion], score: &str, reason: &str) -> Vec<(String, String)> {
    criteria
        .iter()
        .flat_map(|c| {
            [(format!("score-{}", c.id), score.into()), (format!("reason-{}", c.id), reason.into())]
        })
        .collect()
}

async fn sent(
    browser: &mut Browser,
    path: &str,
    fields: &[(String, String)],
) -> crate::harness::people::Seen {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.post(path, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_are_written_alone_shown_together_and_corrected_beside_the_first() {
    let panel = Panel::new().await;
    let app = &panel.app;
    let id = app.applied(panel.ad.id, "Anna Holm", "").await;
    let ad = panel.ad.id;
    let criteria = app.kit.db.read(move |c| store::criteria(c, ad)).await.unwrap();
    let path = format!("/ansoegninger/{id}/vurdering");
    let mut manager = app.logged_in(panel.manager).await;
    let mut employee = app.logged_in(panel.employee).await;
    let asked = manager.get(&path).await.body;
    assert!(asked.contains("Har du en relation til Anna Holm?") && !asked.contains("score-"), "{asked}");
    let early = sent(&mut manager, &path, &filled(&criteria, "4", "Solid")).await;
    assert!(early.status == 422 && early.body.contains("Sig først"), "{}", early.body);
    for browser in [&mut manager, &mut employee] {
        let unsaid = browser.post(&format!("{path}/habilitet"), &[]).await;
        assert_eq!(unsaid.status, 422);
        assert_eq!(browser.post(&format!("{path}/habilitet"), &[("relation", "none")]).await.status, 303);
    }
    let form = manager.get(&path).await.body;
    assert!(form.contains("Har uddannelsen og autorisationen."), "the steps stand in words: {form}");
    let half = sent(&mut manager, &path, &filled(&criteria[..1], "4", "Solid")).await;
    assert!(half.status == 422 && half.body.contains("Solid"), "what was typed stays: {}", half.body);
    assert_eq!(sent(&mut manager, &path, &filled(&criteria, "4", "Hemmelig begrundelse")).await.status, 303);
    let board = employee.get(&format!("/jobopslag/{ad}/tavle?mangler=min")).await.body;
    assert!(board.contains("1 af 2 vurderet") && board.contains("Mangler min vurdering (1)"), "{board}");
    let sealed = employee.get(&path).await.body;
    assert!(sealed.contains("1 af 2 har vurderet") && !sealed.contains("Hemmelig begrundelse"), "{sealed}");
    assert!(manager.get(&path).await.body.contains("Hemmelig begrundelse"), "one's own can be read");
    let again = sent(&mut manager, &path, &filled(&criteria, "1", "Fortrudt")).await;
    assert!(again.status == 422 && again.body.contains("afleveret og lukket"), "{}", again.body);
    let broken = employee.post(&format!("{path}/vis"), &[("reason", "Haster")]).await;
    assert!(broken.status == 422 && broken.body.contains("Kun den, der leder udvalget"), "{}", broken.body);
    assert_eq!(sent(&mut employee, &path, &filled(&criteria, "2", "Mangler aftenvagter")).await.status, 303);
    for browser in [&mut manager, &mut employee] {
        let shown = browser.get(&path).await.body;
        assert!(shown.contains("Hemmelig begrundelse") && shown.contains("Mangler aftenvagter"));
        assert!(shown.contains("Stor forskel: 2 til 4"), "in words: {shown}");
        let application = browser.get(&format!("/ansoegninger/{id}")).await.body;
        assert!(
            application.contains("Kollega: 2 af 4") && application.contains("Leder: 4 af 4"),
            "{application}"
        );
    }
    assert_eq!(sent(&mut manager, &path, &filled(&criteria, "3", "Hørt efter")).await.status, 303);
    let corrected = employee.get(&path).await.body;
    assert!(
        corrected.contains("Hørt efter") && corrected.contains("Før rettet: 4. Hemmelig begrundelse"),
        "{corrected}"
    );
    assert!(!corrected.contains("Stor forskel"));
    // the note: two at once, and a form that keeps what was typed
    let note = format!("{path}/notat");
    assert_eq!(manager.post(&note, &[("version", "0"), ("note", "Enige om samtale.")]).await.status, 303);
    let late = employee.post(&note, &[("version", "0"), ("note", "Min udgave.")]).await;
    assert!(
        late.status == 409 && late.body.contains("Min udgave.") && late.body.contains("Enige om samtale.")
    );
    assert!(employee.get(&format!("/jobopslag/{ad}/tavle")).await.body.contains("Vurderet</p>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chair_may_show_the_cards_before_everybody_is_done_and_says_why() {
    let panel = Panel::new().await;
    let app = &panel.app;
    let id = app.applied(panel.ad.id, "Anna Holm", "").await;
    let (manager, employee) = (panel.manager, panel.employee);
    let early = app.assess(move |c, k, s| actions::break_seal(c, k, manager, s, id, "Haster"));
    assert_eq!(refused(early.await), "card-barred-none");
    app.says(manager, id, Relation::None).await;
    app.card(manager, id, 3, Step::Submit).await.unwrap();
    let note = app.assess(move |c, k, s| actions::write_note(c, k, manager, s, id, 0, "Enige"));
    assert_eq!(refused(note.await), "card-barred-note");
    let mut browser = app.logged_in(manager).await;
    let path = format!("/ansoegninger/{id}/vurdering");
    assert_eq!(browser.post(&format!("{path}/vis"), &[("reason", "")]).await.status, 422);
    assert_eq!(browser.post(&format!("{path}/vis"), &[("reason", "Kollegaen er syg")]).await.status, 303);
    let page = browser.get(&path).await.body;
    assert!(page.contains("»Kollegaen er syg«") && page.contains("Vist af Leder"), "{page}");
    // who gives theirs afterwards has seen the others', and that is said
    app.kit.clock.advance(Duration::from_secs(60));
    app.says(employee, id, Relation::None).await;
    app.card(employee, id, 3, Step::Submit).await.unwrap();
    assert!(browser.get(&path).await.body.contains("Kollega afleverede, efter at"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recommendation_names_what_it_lacks_and_is_whole_without_it() {
    let panel = Panel::new().await;
    let app = &panel.app;
    let ad = panel.ad.id;
    let first = app.applied(ad, "Anna Holm", "").await;
    app.kit.clock.advance(Duration::from_secs(60));
    let second = app.applied(ad, "Bent Lund", "").await;
    let mut browser = app.logged_in(panel.manager).await;
    let path = format!("/jobopslag/{ad}/indstilling");
    assert!(browser.get(&path).await.body.contains("Ingen er kaldt til samtale"));
    for id in [second, first] {
        panel.assessed(id).await;
        app.moved(id, Column::Stage(Stage::Interview)).await.unwrap();
    }
    let lines = app.rows("audit_events").await;
    let page = browser.get(&path).await.body;
    assert_eq!(app.rows("audit_events").await, lines + 3, "both and the list are in the log");
    let at = |name| page.find(name).unwrap_or_else(|| panic!("{name} is not in {page}"));
    assert!(at("Anna Holm") < at("Bent Lund"), "in the order in which they applied");
    for words in [
        "Uddannelse og autorisation",
        "Eksamensbevis og autorisation",
        "4 af 4",
        "Fordi",
        "Vi er enige",
        "Alt er med",
    ] {
        at(words);
    }
    // whoever has a relation reads a recommendation without that applicant, and is told that one is left out
    app.says(panel.employee, first, Relation::Friend).await;
    let mut related = app.logged_in(panel.employee).await;
    let page = related.get(&path).await.body;
    assert!(
        !page.contains("Anna Holm") && page.contains("Bent Lund") && page.contains("1 ansøger er udeladt"),
        "{page}"
    );
    let board = related.get(&format!("/jobopslag/{ad}/tavle")).await.body;
    assert!(board.contains("1 ansøger er udeladt") && !board.contains("Anna Holm"));
    // the name stands where they named it, for themselves and HR alone
    let own = format!("/jobopslag/{ad}/udvalg");
    assert!(related.get(&own).await.body.contains("Anna Holm"));
    assert!(!browser.get(&own).await.body.contains("Anna Holm"));
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    assert!(hr.get(&own).await.body.contains("Anna Holm"));
    let of = [("application", first.to_string()), ("member", panel.employee.to_string())];
    let of: Vec<(&str, &str)> = of.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_eq!(hr.post(&format!("{own}/habilitet"), &of).await.status, 303);
    assert!(related.get(&path).await.body.contains("Anna Holm"), "lifted");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_erased_takes_cards_and_declarations_with_it() {
    let panel = Panel::new().await;
    let app = &panel.app;
    let id = app.applied(panel.ad.id, "Anna Holm", "").await;
    panel.assessed(id).await;
    const TABLES: [&str; 6] =
        ["scorecards", "scores", "declarations", "reveals", "consensus_notes", "move_conditions_met"];
    for table in TABLES {
        assert!(app.rows(table).await > 0, "{table}");
    }
    let k = app.kit.clone();
    app.kit.db.write(move |c| moves::erase(c, &k, Actor::System, id)).await.unwrap();
    for table in TABLES {
        assert_eq!(app.rows(table).await, 0, "{table}");
    }
}

/// D-36: people are never added up, averaged or put in order by what was said of them.
#[test]
fn nothing_sums_or_orders_people_by_their_scores() {
    let schema = include_str!("../../src/db/schema.rs");
    let columns = |table: &str| {
        let rest = schema.split(&format!("    {table} (")).nth(1).unwrap();
        let body = rest.split("\n    }").next().unwrap();
        body.lines()
            .filter_map(|l| l.trim().split_once(" -> "))
            .map(|(name, _)| name.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(columns("scores"), ["scorecard_id", "criterion_id", "score", "reason"]);
    let card = ["id", "application_id", "user_id", "version", "state", "saved_at", "submitted_at"];
    assert_eq!(columns("scorecards"), card, "a card has no figure of its own");
    let mut wrong = Vec::new();
    for source in files("src", &["rs"]).into_iter().chain(files("assets/templates", &["html"])) {
        let assesses = source.path.contains("assessment");
        for (number, line) in source.text.lines().enumerate() {
            let words = line.trim();
            if words.starts_with("//") {
                continue;
            }
            // outside of the slice nobody reads a score at all
            let outside = !assesses && source.path != "src/db/schema.rs" && words.contains("scores::");
            let orders =
                ["scores::score.desc", "scores::score.asc", "order(scores::score", "sum(scores", "avg("];
            let adds = [".sum()", ".sum::<", "average", "mean_", "rank"];
            let inside = assesses && orders.iter().chain(&adds).any(|w| words.contains(w));
            let sorts = assesses && words.contains("sort") && words.contains("score");
            if outside || inside || sorts {
                wrong.push(format!("{}:{}: {words}", source.path, number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Reads as whoever this is.
pub async fn shown(app: &TestApp, id: ApplicationId, reader: UserId) -> Vec<opslag::assessment::card::Card> {
    app.kit.db.read(move |c| store::cards::shown(c, id, reader)).await.unwrap()
}

/// Whether the cards are shown.
pub async fn revealed(app: &TestApp, id: ApplicationId) -> bool {
    app.kit.db.read(move |c| Ok::<_, DbError>(store::cards::reveal(c, id)?.is_some())).await.unwrap()
}
