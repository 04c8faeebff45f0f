//! The board over HTTP: moving by form and the way a script does it, several at once, two people at once, taking it
//! back, and who may.

use opslag::{
    accounts::{
        Role,
        audit::{self, Actor},
    },
    applications::{
        self, Interval, Outcome, Stage,
        actions::{self, Change, ChangeError, CloseError},
        stage::Column,
    },
    base::id::ApplicationId,
    db::DbError,
    postings::{CloseReason, Posting},
};
use reqwest::{Method, StatusCode};

use crate::harness::{
    TestApp,
    people::{Browser, Seen},
};

/// A board with these people on it, in the order in which they came.
pub(super) async fn board_of(app: &TestApp, names: &[&str]) -> (Posting, Vec<ApplicationId>) {
    let ad = app.open_ad("SOSU-assistent").await;
    let mut ids = Vec::new();
    for name in names {
        ids.push(app.applied(ad.id, name, "").await);
        pass(app);
    }
    (ad, ids)
}

fn pass(app: &TestApp) {
    app.kit.clock.advance(std::time::Duration::from_secs(60));
}

async fn version(app: &TestApp, id: ApplicationId) -> i32 {
    app.whole(id).await.unwrap().application.version
}

async fn standing(app: &TestApp, id: ApplicationId) -> (Stage, Option<Outcome>) {
    let is = app.whole(id).await.unwrap().application;
    (is.stage, is.outcome)
}

async fn intervals(app: &TestApp, id: ApplicationId) -> Vec<Interval> {
    app.kit.db.read(move |c| applications::intervals(c, id)).await.unwrap()
}

/// Sends a card's own form.
pub(super) async fn moved(
    browser: &mut Browser,
    id: ApplicationId,
    version: i32,
    to: &str,
    reason: &str,
) -> Seen {
    let version = version.to_string();
    let fields = [("version", version.as_str()), ("stage", to), ("reason", reason)];
    browser.post(&format!("/ansoegninger/{id}/flyt"), &fields).await
}

/// The same form as the script sends it.
async fn fetched(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Seen {
    let mut all = vec![("_csrf", browser.csrf())];
    all.extend_from_slice(fields);
    let request = browser.request(Method::POST, path).header("hx-request", "true").form(&all);
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    Seen { status, location: None, headers, body: answer.text().await.unwrap() }
}

/// The names in a column of a board's page, from the top.
fn column(page: &str, stage: &str) -> Vec<String> {
    let start = format!("data-stage=\"{stage}\"");
    let section = page.split(&start).nth(1).unwrap().split("</section>").next().unwrap();
    let cards = section.split("<a href=\"/ansoegninger/").skip(1);
    cards.map(|card| card.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_moved_by_its_form_and_the_way_a_script_does_it() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = board_of(&app, &["Anna Holm", "Bent Lund", "Carl Ravn"]).await;
    let mut browser = app.recruiter().await;
    let board = format!("/jobopslag/{}/tavle", ad.id);
    assert_eq!(column(&browser.get(&board).await.body, "received"), ["Anna Holm", "Bent Lund", "Carl Ravn"]);

    let seen = moved(&mut browser, ids[1], 1, "assessing", "").await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    let to = seen.location.unwrap();
    assert_eq!(to, format!("{board}?moved={}:2#a{}", ids[1], ids[1]));
    let page = browser.get(&to).await.body;
    assert_eq!(column(&page, "assessing"), ["Bent Lund"]);
    assert!(page.contains("Bent Lund er flyttet til Vurderes, plads 1 af 1"), "{page}");
    assert!(page.contains("value=\"") && page.contains("data-undo"), "it can be taken back: {page}");

    // the script's way: the same form, answered with the board
    let path = format!("/ansoegninger/{}/flyt", ids[2]);
    let fields = [("version", "1"), ("stage", "assessing"), ("place", "1"), ("reason", "")];
    let seen = fetched(&browser, &path, &fields).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert_eq!(column(&seen.body, "assessing"), ["Carl Ravn", "Bent Lund"], "at the place it was dropped");
    assert!(seen.body.contains("data-said=\"Carl Ravn er flyttet til Vurderes, plads 1 af 2\""));
    assert!(seen.body.contains("id=\"live\"") && seen.body.contains("<template data-undo>"));

    // "Flyt…" is a page of its own, and for the script the form alone
    let page = browser.get(&path).await.body;
    assert!(
        page.contains("<h1>Flyt Carl Ravn</h1>") && page.contains("name=\"version\" value=\"2\""),
        "{page}"
    );
    let asked = browser.request(Method::GET, &path).header("hx-request", "true").send().await.unwrap();
    let part = asked.text().await.unwrap();
    assert!(part.trim_start().starts_with("<form") && !part.contains("<h1"), "{part}");
    let refused = fetched(&browser, &path, &[("version", "2"), ("stage", "rejected"), ("place", "3")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.trim_start().starts_with("<form"), "into the card it goes: {}", refused.body);
    assert!(
        refused.body.contains("aria-invalid") && refused.body.contains("value=\"3\""),
        "{}",
        refused.body
    );

    // a place in its own column is no move: nobody is told, but the order stays
    let fields = [("version", "2"), ("stage", "assessing"), ("place", "2"), ("reason", "")];
    let seen = fetched(&browser, &path, &fields).await;
    assert_eq!(column(&seen.body, "assessing"), ["Bent Lund", "Carl Ravn"]);
    assert_eq!(intervals(&app, ids[2]).await.len(), 2);
    for fields in [[("version", "x"), ("stage", "offer")], [("version", "3"), ("stage", "nowhere")]] {
        assert_eq!(fetched(&browser, &path, &fields).await.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_move_keeps_what_was_typed_and_says_why_at_the_card() {
    let app = TestApp::standing_still().await;
    let (_, ids) = board_of(&app, &["Anna Holm", "Bent Lund"]).await;
    let mut browser = app.recruiter().await;
    for (to, reason, says) in [
        ("rejected", "", "Skriv, hvad afslaget bygger på"),
        ("rejected", "Nej.", "Begrundelsen er for kort"),
        ("rejected", "Cpr 010203-4567 er kendt hos os", "cpr-nummer"),
        ("hired", "", "Ingen ansættes direkte herfra"),
    ] {
        let seen = moved(&mut browser, ids[0], 1, to, reason).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{to} {reason}");
        assert!(seen.body.contains(says), "{to} {reason}: {}", seen.body);
        assert!(seen.body.contains("aria-invalid=\"true\""), "it stands at the card");
        assert!(seen.body.contains(&format!(">{reason}</textarea>")), "{to}: {}", seen.body);
        assert!(seen.body.contains(&format!("<option value=\"{to}\" selected>")) || to == "hired");
        assert_eq!(standing(&app, ids[0]).await, (Stage::Received, None));
    }
    let grounds = "Der er søgt efter en med autorisation, og den mangler.";
    assert_eq!(moved(&mut browser, ids[0], 1, "rejected", grounds).await.status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&app, ids[0]).await, (Stage::Received, Some(Outcome::Rejected)), "the stage is kept");
    assert!(browser.get(&format!("/ansoegninger/{}", ids[0])).await.body.contains(grounds));
    // taken up again: with a reason, back to where it was or elsewhere
    let seen = moved(&mut browser, ids[0], 2, "received", "").await;
    assert!(seen.status == 422 && seen.body.contains("hvorfor ansøgningen tages op igen"), "{}", seen.body);
    let seen = moved(&mut browser, ids[0], 2, "hired", "Autorisationen er kommet.").await;
    assert!(seen.status == 422 && seen.body.contains("Flyt den først tilbage"), "{}", seen.body);
    let seen = moved(&mut browser, ids[0], 2, "interview", "Autorisationen er kommet.").await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&app, ids[0]).await, (Stage::Interview, None));
    assert_eq!(app.whole(ids[0]).await.unwrap().application.outcome_reason, None);
    assert_eq!(moved(&mut browser, ids[0], 3, "hired", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&app, ids[0]).await, (Stage::Interview, Some(Outcome::Hired)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_column_shows_its_first_cards_until_all_are_asked_for() {
    let app = TestApp::standing_still().await;
    let names: Vec<_> = (0..104).map(|n| format!("Person Nummer{n:03}")).collect();
    let (ad, ids) = board_of(&app, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut browser = app.recruiter().await;
    moved(&mut browser, ids[103], 1, "offer", "").await;
    let board = format!("/jobopslag/{}/tavle", ad.id);
    let page = browser.get(&board).await.body;
    assert_eq!(column(&page, "received"), names[..100], "the first ones");
    assert!(page.contains("Vis alle 103") && page.contains("<span>103<"), "and how many there are");
    assert_eq!(column(&page, "offer").len(), 1);
    let page = browser.get(&format!("{board}?alle=received")).await.body;
    assert_eq!(column(&page, "received"), names[..103]);
    assert!(!page.contains("Vis alle"));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_two_move_the_same_card_at_once_one_wins_and_the_other_is_told_who() {
    let app = TestApp::start().await;
    let (_, ids) = board_of(&app, &["Anna Holm"]).await;
    let id = ids[0];
    let mut people = [app.recruiter().await, app.browser(Role::HrAdmin, app.organisation).await];
    for round in 0..8 {
        let before = version(&app, id).await;
        let (events, times) = (app.rows("application_events").await, app.rows("stage_intervals").await);
        // neither column is the one it stands in
        let (one, other) = if round % 2 == 0 { ("assessing", "interview") } else { ("received", "offer") };
        let [first, second] = &mut people;
        let (a, b) = tokio::join!(moved(first, id, before, one, ""), moved(second, id, before, other, ""));
        let (won, lost, stands, by) = match (a.status.as_u16(), b.status.as_u16()) {
            (303, 409) => (a, b, one, "recruiter"),
            (409, 303) => (b, a, other, "hr_admin"),
            both => panic!("round {round}: {both:?}"),
        };
        assert!(won.location.unwrap().contains(&format!("moved={id}:{}", before + 1)));
        assert!(lost.body.contains(&format!("{by} flyttede Anna Holm til")), "{}", lost.body);
        assert_eq!(column(&lost.body, stands), ["Anna Holm"], "the board as it truly is");
        assert_eq!(version(&app, id).await, before + 1);
        assert_eq!(app.rows("application_events").await, events + 1);
        assert_eq!(app.rows("stage_intervals").await, times + 1);
    }
    let times = intervals(&app, id).await;
    assert_eq!(times.iter().filter(|t| t.left_at.is_none()).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_moved_together_and_those_a_colleague_moved_meanwhile_stay() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = board_of(&app, &["Anna Holm", "Bent Lund", "Carl Ravn", "Dorte Friis"]).await;
    let (mut browser, mut colleague) = (app.recruiter().await, app.recruiter().await);
    let chosen: Vec<_> = ids[..3].iter().map(|id| format!("{id}:1")).collect();
    let with = |to: &'static str, reason: &'static str| {
        let mut fields: Vec<_> = chosen.iter().map(|c| ("chosen", c.as_str())).collect();
        fields.extend([("stage", to), ("reason", reason)]);
        fields
    };
    let path = format!("/jobopslag/{}/flyt", ad.id);
    // a wrong reason stops all
    let seen = browser.post(&path, &with("rejected", "Nej")).await;
    assert!(seen.status == 422 && seen.body.contains("bulk-error"), "{}", seen.body);
    assert_eq!(app.rows("application_events").await, 4);

    assert_eq!(moved(&mut colleague, ids[1], 1, "offer", "").await.status, StatusCode::SEE_OTHER);
    app.kit.clock.advance(std::time::Duration::from_secs(1));
    let seen = browser.post(&path, &with("interview", "")).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    let page = browser.get(&seen.location.unwrap()).await.body;
    assert_eq!(column(&page, "interview"), ["Anna Holm", "Carl Ravn"]);
    assert_eq!(column(&page, "offer"), ["Bent Lund"]);
    assert!(page.contains("2 ansøgere er flyttet til Samtale"), "{page}");
    assert!(page.contains("Andre har flyttet Bent Lund imens"), "{page}");

    // both are taken back together, or none is
    app.kit.clock.advance(std::time::Duration::from_secs(1));
    let pairs = [format!("{}:2", ids[0]), format!("{}:2", ids[2])];
    let both: Vec<_> = pairs.iter().map(|p| ("chosen", p.as_str())).collect();
    moved(&mut colleague, ids[2], 2, "offer", "").await;
    let undo = format!("/jobopslag/{}/fortryd", ad.id);
    let seen = browser.post(&undo, &both).await;
    assert_eq!(seen.status, StatusCode::CONFLICT);
    assert_eq!(standing(&app, ids[0]).await.0, Stage::Interview);
    let seen = browser.post(&undo, &both[..1]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&app, ids[0]).await.0, Stage::Received);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_move_the_same_cards_at_once_never_block_each_other() {
    let app = TestApp::start().await;
    let names: Vec<_> = (0..12).map(|n| format!("Person Nummer{n:02}")).collect();
    let (ad, ids) = board_of(&app, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut people = Vec::new();
    for _ in 0..4 {
        people.push(app.recruiter().await);
    }
    for round in 0..4 {
        let mut versions = Vec::new();
        for id in &ids {
            versions.push((*id, version(&app, *id).await));
        }
        let to = ["assessing", "interview", "offer", "received"][round];
        let pressing = people.iter_mut().enumerate().map(|(n, browser)| {
            let mut chosen: Vec<_> = versions.iter().map(|(id, v)| format!("{id}:{v}")).collect();
            // from both ends, and one card alone
            if n % 2 == 1 {
                chosen.reverse();
            }
            chosen.truncate(if n == 3 { 1 } else { 12 });
            let path = format!("/jobopslag/{}/flyt", ad.id);
            async move {
                let mut fields: Vec<_> = chosen.iter().map(|c| ("chosen", c.as_str())).collect();
                fields.push(("stage", to));
                browser.post(&path, &fields).await
            }
        });
        for seen in futures_util::future::join_all(pressing).await {
            assert_eq!(seen.status, StatusCode::SEE_OTHER, "round {round}: {}", seen.body);
        }
        for (id, before) in versions {
            assert_eq!(version(&app, id).await, before + 1, "each card is moved by one of them");
        }
    }
    assert_eq!(app.rows("application_events").await, ids.len() * 5);
    assert_eq!(app.kit.db.read(audit::verify).await.unwrap(), None, "the log is one chain");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_is_taken_back_once_and_times_in_stages_are_as_they_were() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = board_of(&app, &["Anna Holm", "Bent Lund"]).await;
    let id = ids[0];
    let mut browser = app.recruiter().await;
    let undo = format!("/jobopslag/{}/fortryd", ad.id);
    let back = |v: i32| format!("{id}:{v}");
    let came = intervals(&app, id).await;

    // a move, a decision, a decision taken up again: each once there and back
    let steps: [(&str, &str); 3] = [
        ("assessing", ""),
        ("rejected", "Der er søgt efter en med autorisation."),
        ("interview", "Autorisationen er kommet."),
    ];
    for (n, (to, reason)) in steps.into_iter().enumerate() {
        let is = app.whole(id).await.unwrap().application;
        let (was, then) =
            ((is.stage, is.outcome, is.outcome_at, is.outcome_reason), intervals(&app, id).await);
        pass(&app);
        assert_eq!(moved(&mut browser, id, is.version, to, reason).await.status, 303, "{to}");
        pass(&app);
        let seen = browser.post(&undo, &[("chosen", &back(is.version + 1))]).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{to}: {}", seen.body);
        let is = app.whole(id).await.unwrap().application;
        assert_eq!((is.stage, is.outcome, is.outcome_at, is.outcome_reason), was, "{to}");
        assert_eq!(intervals(&app, id).await, then, "{to}");
        let twice = browser.post(&undo, &[("chosen", &back(is.version))]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        assert!(twice.body.contains("ikke noget at fortryde"), "{}", twice.body);
        // and done again, so that the next one starts from it
        if n < 2 {
            pass(&app);
            assert_eq!(moved(&mut browser, id, is.version, to, reason).await.status, 303, "{to}");
        }
    }
    let is = app.whole(id).await.unwrap().application;
    assert_eq!((is.stage, is.outcome), (Stage::Assessing, Some(Outcome::Rejected)));
    let times = intervals(&app, id).await;
    assert_eq!(times[0].entered_at, came[0].entered_at);
    assert_eq!((times.len(), times[0].left_at), (2, Some(times[1].entered_at)));
    // from its page, back to its page, and on top of the column where it stood first
    pass(&app);
    assert_eq!(moved(&mut browser, id, is.version, "received", "Hun søger igen.").await.status, 303);
    pass(&app);
    let seen = browser.post(&undo, &[("chosen", &back(is.version + 1)), ("from", &id.to_string())]).await;
    assert_eq!(seen.location.unwrap(), format!("/ansoegninger/{id}"));
    assert_eq!(app.whole(id).await.unwrap().application.position, is.position);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_applicant_did_is_not_taken_back_by_the_press_of_a_button() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = board_of(&app, &["Anna Holm"]).await;
    app.drain().await;
    let mut browser = app.recruiter().await;
    assert_eq!(moved(&mut browser, ids[0], 1, "assessing", "").await.status, StatusCode::SEE_OTHER);
    let own = app.magic_link("anna-holm@example.dk");
    pass(&app);
    assert_eq!(Browser::new(&app).post_raw(&format!("{own}/traek"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&app, ids[0]).await.1, Some(Outcome::Withdrawn));
    let undo = format!("/jobopslag/{}/fortryd", ad.id);
    let seen = browser.post(&undo, &[("chosen", &format!("{}:3", ids[0]))]).await;
    assert_eq!(seen.status, StatusCode::CONFLICT, "{}", seen.body);
    assert_eq!(standing(&app, ids[0]).await.1, Some(Outcome::Withdrawn));
    // with a reason it can be taken up again: they may have changed their mind
    let seen = moved(&mut browser, ids[0], 3, "assessing", "Hun har ringet og fortrudt.").await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_of_a_board_are_told_without_names_and_say_when_it_changed() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = board_of(&app, &["Anna Holm", "Bent Lund"]).await;
    let mut browser = app.recruiter().await;
    let page = browser.get(&format!("/jobopslag/{}/tavle", ad.id)).await.body;
    let from = page.split("data-refresh-from=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let lines = app.rows("audit_events").await;
    let same = browser.get(&from).await;
    assert!(same.status == 200 && same.body.contains("2 ansøgere") && !same.body.contains("er ændret"));
    moved(&mut browser, ids[0], 1, "withdrawn", "").await;
    let now = browser.get(&from).await.body;
    assert!(now.contains("1 på tavlen, 1 trukket") && now.contains("Tavlen er ændret"), "{now}");
    assert!(!now.contains("Anna") && !now.contains("Holm"), "{now}");
    assert_eq!(app.rows("audit_events").await, lines + 1, "only the move is in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_look_and_who_may_move() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = board_of(&app, &["Anna Holm", "Bent Lund"]).await;
    let board = format!("/jobopslag/{}/tavle", ad.id);
    let one = format!("/ansoegninger/{}/flyt", ids[0]);
    let several = format!("/jobopslag/{}/flyt", ad.id);
    let undo = format!("/jobopslag/{}/fortryd", ad.id);
    let pair = format!("{}:1", ids[0]);
    let (north, south) = (app.centre_north, app.centre_south);
    for (role, unit, sees, moves) in [
        (Role::Recruiter, app.organisation, 200, 303),
        (Role::HiringManager, north, 200, 303),
        (Role::HrAdmin, app.organisation, 200, 303),
        (Role::PanelMember, north, 200, 403),
        (Role::Communications, app.organisation, 403, 403),
        (Role::Contributor, north, 403, 403),
        (Role::ReportReader, app.organisation, 403, 403),
        (Role::Ops, app.organisation, 403, 403),
        (Role::Recruiter, south, 404, 404),
        (Role::HiringManager, south, 404, 404),
    ] {
        let mut browser = match role {
            Role::PanelMember => app.panel_member(&ad).await,
            _ => app.browser(role, unit).await,
        };
        let seen = browser.get(&board).await;
        assert_eq!(seen.status.as_u16(), sees, "{role} looks");
        assert_eq!(seen.body.contains("Anna Holm"), sees == 200, "{role}");
        assert_eq!(seen.body.contains("data-move"), moves == 303, "{role} is offered to move");
        let (before, lines) = (version(&app, ids[0]).await, app.rows("application_events").await);
        let number = before.to_string();
        let to = if standing(&app, ids[0]).await.0 == Stage::Received { "offer" } else { "received" };
        let moved = browser.post(&one, &[("version", &number), ("stage", to)]).await;
        assert_eq!(moved.status.as_u16(), moves, "{role} moves: {}", moved.body);
        if moves == 303 {
            assert_eq!(version(&app, ids[0]).await, before + 1);
            continue;
        }
        let fields = [("chosen", pair.as_str()), ("stage", "offer")];
        for path in [&several, &undo] {
            let seen = browser.post(path, &fields).await;
            // outside its units there is nothing to move, and nothing is told of it
            assert!(!seen.body.contains("Anna Holm"), "{role}");
            assert_eq!(seen.status.as_u16(), moves, "{role} {path}");
        }
        assert_eq!(version(&app, ids[0]).await, before, "{role}");
        assert_eq!(app.rows("application_events").await, lines, "{role}");
    }
    // and a form that is not ours
    let browser = app.recruiter().await;
    let forged = [("_csrf", "x"), ("version", "4"), ("stage", "offer")];
    assert_eq!(browser.post_raw(&one, &forged).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_posting_closes_when_everyone_has_an_answer_and_not_before() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = board_of(&app, &["Anna Holm"]).await;
    let mut browser = app.recruiter().await;
    let close = format!("/jobopslag/{}/luk", ad.id);
    let seen = browser.post(&close, &[("reason", CloseReason::NoHire.word())]).await;
    assert!(!seen.status.is_redirection(), "{}", seen.status);
    assert!(seen.body.contains("før alle ansøgere har et udfald"), "{}", seen.body);
    moved(&mut browser, ids[0], 1, "rejected", "Stillingen bliver ikke besat nu.").await;
    // decided is not answered: who is missing is said, with the way to answer them
    let seen = browser.post(&close, &[("reason", CloseReason::NoHire.word())]).await;
    assert_eq!(seen.status, 422);
    assert!(seen.body.contains("skal have svaret, før opslaget kan lukkes"), "{}", seen.body);
    assert!(seen.body.contains("Det mangler: Anna Holm"), "{}", seen.body);
    app.answered(ad.id).await;

    // somebody applies in the moment in which it is closed: either they came in time and it stays open, or they
    // came too late and nothing of theirs is there
    for round in 0..6 {
        let ad = app.open_ad(&format!("Kok {round}")).await;
        let path = format!("/jobopslag/{}/luk", ad.id);
        let fields = [("reason", CloseReason::NoHire.word())];
        let form = app.filled(&ad, "").await;
        let (closed, sent) = tokio::join!(browser.post(&path, &fields), app.send(&ad, &form));
        let cards = app.cards(ad.id).await;
        match (closed.status.as_u16(), sent.status.as_u16()) {
            (303, 422) => assert!(cards.is_empty(), "round {round}"),
            (422 | 409, 303) => assert_eq!(cards.len(), 1, "round {round}"),
            both => panic!("round {round}: {both:?} and {} applications", cards.len()),
        }
    }
    assert_eq!(browser.post(&close, &[("reason", CloseReason::NoHire.word())]).await.status, 303);
    let open: usize = app
        .kit
        .db
        .read(move |c| Ok::<_, DbError>(usize::try_from(applications::undecided(c, ad.id)?).unwrap()))
        .await
        .unwrap();
    assert_eq!(open, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_taken_up_again_in_a_posting_that_is_closed() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = board_of(&app, &["Anna Holm", "Bo Riis"]).await;
    let mut browser = app.recruiter().await;
    for id in &ids {
        moved(&mut browser, *id, 1, "rejected", "Stillingen bliver ikke besat nu.").await;
    }
    app.answered(ad.id).await;
    let at = format!("/jobopslag/{}", ad.id);
    let closing = [("reason", CloseReason::NoHire.word())];
    assert_eq!(browser.post(&format!("{at}/luk"), &closing).await.status, 303);
    let before: Vec<_> = app.cards(ad.id).await.iter().map(|c| (c.outcome, c.version)).collect();
    let pair = format!("{}:2", ids[0]);
    let (why, said) = ("Vi skrev forkert af.", "Opslaget er lukket, fordi alle ansøgere har fået et udfald");
    let one = [("version", "2"), ("stage", "received"), ("reason", why)];
    let several = [("chosen", pair.as_str()), ("stage", "received"), ("reason", why)];
    let seen = browser.post(&format!("/ansoegninger/{}/flyt", ids[0]), &one).await;
    assert!(seen.status == 422 && seen.body.contains(said), "{} {}", seen.status, seen.body);
    let seen = browser.post(&format!("{at}/flyt"), &several).await;
    assert_eq!(seen.status, 303);
    assert!(browser.get(&format!("{at}/tavle")).await.body.contains(said));
    let seen = browser.post(&format!("{at}/fortryd"), &several).await;
    assert!(seen.status == 409 && seen.body.contains(said), "{} {}", seen.status, seen.body);
    let after: Vec<_> = app.cards(ad.id).await.iter().map(|c| (c.outcome, c.version)).collect();
    assert_eq!(after, before);

    // closed and taken up again in the same moment, in each of the ways: one of both is refused
    let mut won = [0, 0];
    for round in 0..12 {
        let (ad, ids) = board_of(&app, &["Cecilie Lund", "Dorte Friis"]).await;
        // hours go by, and nobody stays logged in for so long
        let mut browser = app.recruiter().await;
        for id in &ids {
            moved(&mut browser, *id, 1, "rejected", "Stillingen bliver ikke besat nu.").await;
        }
        app.answered(ad.id).await;
        let (k, ids) = (app.kit.clone(), ids.clone());
        let again = move |c: &mut opslag::db::Conn| {
            let scope = opslag::accounts::everywhere(c)?;
            let (by, to) = (Actor::System, Column::Stage(Stage::Received));
            let change =
                |id: &ApplicationId| Change { id: *id, version: 2, to, place: None, reason: why.into() };
            match round % 3 {
                0 => actions::change(c, &k, &scope, by, &change(&ids[0])).map(|_| true),
                1 => actions::change_together(c, &k, &scope, by, ids.iter().map(change).collect())
                    .map(|together| !together.done.is_empty()),
                _ => actions::undo(c, &k, &scope, by, ids.iter().map(|id| (*id, 2)).collect()).map(|_| true),
            }
        };
        let (k, id) = (app.kit.clone(), ad.id);
        let close = move |c: &mut opslag::db::Conn| {
            let scope = opslag::accounts::everywhere(c)?;
            actions::close_posting(c, &k, &scope, Actor::System, id, CloseReason::NoHire)
        };
        let (taken, closed) = if round % 2 == 0 {
            tokio::join!(app.kit.db.write(again), app.kit.db.write(close))
        } else {
            let (closed, taken) = tokio::join!(app.kit.db.write(close), app.kit.db.write(again));
            (taken, closed)
        };
        let taken = match taken {
            Ok(taken) => taken,
            Err(ChangeError::Barred("board-barred-closed")) => false,
            Err(error) => panic!("round {round}: {error}"),
        };
        match &closed {
            Ok(_) | Err(CloseError::Undecided(_)) => {}
            Err(error) => panic!("round {round}: {error}"),
        }
        assert!(taken != closed.is_ok(), "round {round}: {taken} {closed:?}");
        let undecided = app.cards(ad.id).await.iter().filter(|c| c.outcome.is_none()).count();
        assert_eq!(undecided > 0, taken, "round {round}");
        won[usize::from(taken)] += 1;
    }
    assert!(won[0] > 0 && won[1] > 0, "neither always comes first: {won:?}");
}
