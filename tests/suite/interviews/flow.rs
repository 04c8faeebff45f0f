//! The pages, as people use them: without script, with wrong input, at the same time.

use std::time::Duration;

use opslag::{
    accounts::{Role, bars::Relation},
    applications::Outcome,
    assessment::panel::Seat,
    interviews::{
        InterviewError,
        state::{InterviewState, SlotState},
    },
};

use super::{TIMES, all_is_in_order, called};
use crate::harness::{TestApp, people::Browser};

#[tokio::test(flavor = "multi_thread")]
async fn from_times_to_a_talk_that_was_held() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("SOSU-assistent").await;
    let (anna, bo) = (app.applied(ad.id, "Anna Holm", "").await, app.applied(ad.id, "Bo Riis", "").await);
    app.in_stage(anna).await;
    app.in_stage(bo).await;
    app.drain().await;
    let at = format!("/jobopslag/{}/samtaler", ad.id);
    let mut recruiter = app.recruiter().await;
    let page = recruiter.get(&at).await;
    assert!(page.body.contains("Ingen tider endnu") && page.body.contains("Anna Holm"), "{}", page.body);
    // nobody is invited to choose from nothing
    let early = recruiter
        .post(&format!("{at}/inviter"), &[("chosen", &anna.to_string()), ("invite-round", "1")])
        .await;
    assert_eq!(early.status, 422);
    assert!(early.body.contains("Der er ingen ledige tider at vælge"), "{}", early.body);
    assert!(early.body.contains(&format!("value=\"{anna}\" checked")), "what was chosen stays chosen");
    // wrong input comes back with everything in it
    let mut wrong = TIMES.to_vec();
    wrong[1] = ("from", "klokken ni");
    wrong[5] = ("seats", "0");
    let back = recruiter.post(&format!("{at}/tider"), &wrong).await;
    assert_eq!(back.status, 422);
    for kept in [
        "value=\"klokken ni\"",
        "value=\"2026-12-14\"",
        "Mødelokale Birk",
        "href=\"#from\"",
        "href=\"#seats\"",
    ] {
        assert!(back.body.contains(kept), "{kept}: {}", back.body);
    }
    assert_eq!(recruiter.post(&format!("{at}/tider"), &TIMES).await.status, 303);
    let page = recruiter.get(&at).await.body;
    assert!(page.contains("mandag den 14. december 2026") && page.contains("0 af 4 tider taget"), "{page}");
    let chosen = [("chosen", anna.to_string()), ("chosen", bo.to_string()), ("invite-round", "1".into())];
    let chosen: Vec<(&str, &str)> = chosen.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_eq!(recruiter.post(&format!("{at}/inviter"), &chosen).await.status, 303);
    assert!(recruiter.get(&at).await.body.contains("2 er inviteret."));
    app.drain().await;

    // both look at the same page; one is faster
    let (mine, other) = (app.magic_link("anna-holm@"), app.magic_link("bo-riis@"));
    let slots = app.seats(ad.id).await;
    let first = slots[0].id.to_string();
    let mut browser = Browser::new(&app);
    let home = browser.get(&mine).await.body;
    assert!(home.contains("Vi vil gerne møde dig") && home.contains("Vælg tid"), "{home}");
    let page = browser.get(&format!("{mine}/samtale")).await;
    assert!(
        page.body.contains("9.00–9.45") && page.body.contains("Camilla Juhl, centerleder"),
        "{}",
        page.body
    );
    assert!(page.body.contains("31.250–33.900"), "what is paid is said before the interview");
    assert!(!page.body.contains("<script"), "the careers site has none");
    let nothing = browser.post(&format!("{mine}/samtale"), &[("needs", "Elevator")]).await;
    assert_eq!(nothing.status, 422);
    assert!(
        nothing.body.contains("Vælg en tid") && nothing.body.contains(">Elevator</textarea>"),
        "{}",
        nothing.body
    );
    let took = browser.post(&format!("{mine}/samtale"), &[("tid", &first), ("needs", "Elevator")]).await;
    assert_eq!(took.status, 303, "{}", took.body);
    let late = browser.post(&format!("{other}/samtale"), &[("tid", &first), ("needs", "Tolk")]).await;
    assert_eq!(late.status, 409);
    assert!(late.body.contains("En anden nåede at tage den tid først"), "{}", late.body);
    assert!(
        !late.body.contains(&first) && late.body.contains("10.00–10.45"),
        "what is free now stands there"
    );
    assert!(late.body.contains(">Tolk</textarea>"), "and what was written is still there");
    let wish = [("tid", "ingen"), ("wish", "Kun efter kl. 16")];
    assert_eq!(browser.post(&format!("{other}/samtale"), &wish).await.status, 303);
    let page = recruiter.get(&at).await.body;
    assert!(page.contains("1 af 4 tider taget") && page.contains("Elevator"), "{page}");
    assert!(page.contains("Ingen af tiderne passer") && page.contains("Kun efter kl. 16"), "{page}");
    let list = recruiter.get(&format!("/jobopslag/{}/ansoegere", ad.id)).await.body;
    assert!(list.contains("Ingen af tiderne passer: find en anden"), "{list}");
    assert!(recruiter.get("/start").await.body.contains("Én kan ikke nogen af tiderne"));

    // the calendar: the same name for ever, a higher number with each change
    let file = browser.get(&format!("{mine}/samtale.ics")).await;
    assert_eq!(file.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(
        file.body.contains("DTSTART:20261214T080000Z") && file.body.contains("SEQUENCE:1"),
        "{}",
        file.body
    );
    let uid = |text: &str| text.lines().find(|l| l.starts_with("UID:")).unwrap().to_owned();
    let second = slots[1].id.to_string();
    assert_eq!(browser.post(&format!("{mine}/samtale"), &[("tid", &second)]).await.status, 303);
    let moved = browser.get(&format!("{mine}/samtale.ics")).await.body;
    assert!(moved.contains("DTSTART:20261214T090000Z") && moved.contains("SEQUENCE:2"), "{moved}");
    assert_eq!(uid(&file.body), uid(&moved));
    let panel = recruiter.get(&format!("{at}.ics")).await.body;
    assert!(panel.contains("DTSTART:20261214T090000Z") && !panel.contains("Anna"), "{panel}");

    // a colleague chooses for the one on the telephone, and the day comes
    let which = app.interview(bo).await.id.to_string();
    let field = format!("tid-{which}");
    let none = recruiter.post(&format!("{at}/tid"), &[("interview", &which)]).await;
    assert_eq!(none.status, 422, "{}", none.body);
    let booked = recruiter.post(&format!("{at}/tid"), &[("interview", &which), (&field, &first)]).await;
    assert_eq!(booked.status, 303, "{}", booked.body);
    let held = [("interview", which.as_str()), ("do", "held")];
    let ahead = recruiter.post(&format!("{at}/resultat"), &held).await;
    assert_eq!(ahead.status, 409, "not before it was");
    let programme = recruiter.get(&format!("{at}/program")).await.body;
    assert!(programme.contains("Anna Holm") && programme.contains("Bo Riis"), "{programme}");
    let noted = app.rows("audit_events where detail = 'interview programme' and verb = 'exported'").await;
    assert_eq!(noted, 2, "whoever takes names along leaves a line each");
    app.until(slots[0].starts_at - Duration::from_secs(3600 * 5));
    let close =
        Browser::new(&app).post(&format!("{mine}/samtale"), &[("tid", &slots[3].id.to_string())]).await;
    assert_eq!(close.status, 409);
    assert!(close.body.contains("for tæt på samtalen"), "{}", close.body);
    app.until(slots[3].starts_at + Duration::from_secs(86_400 * 2));
    let mut recruiter = app.recruiter().await;
    assert!(recruiter.get("/start").await.body.contains("2 samtaler mangler at blive noteret"));
    assert_eq!(recruiter.post(&format!("{at}/resultat"), &held).await.status, 303);
    let which = app.interview(anna).await.id.to_string();
    let missed = [("interview", which.as_str()), ("do", "no-show")];
    assert_eq!(recruiter.post(&format!("{at}/resultat"), &missed).await.status, 303);
    assert_eq!(app.interview(bo).await.state, InterviewState::Held);
    assert_eq!(app.interview(anna).await.state, InterviewState::NoShow);
    assert!(!recruiter.get("/start").await.body.contains("mangler at blive noteret"));
    all_is_in_order(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_invited_before_the_pay_is_known_nor_who_is_decided_or_waits() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("SOSU-assistent").await;
    app.times(ad.id, &[]).await;
    let mut ids = Vec::new();
    for name in ["Anna Holm", "Bo Riis", "Carla Friis", "Dorte Lund"] {
        ids.push(app.applied(ad.id, name, "").await);
    }
    app.in_stage(ids[0]).await;
    app.in_stage(ids[1]).await;
    app.rejected(ids[1], "Andre har mere erfaring med demens.").await;
    app.in_stage(ids[3]).await;
    let sql = |sql: &'static str| {
        let db = app.kit.db.clone();
        async move {
            use diesel::RunQueryDsl;
            db.write(move |c| Ok::<_, opslag::db::DbError>(diesel::sql_query(sql).execute(c)?)).await.unwrap()
        }
    };
    sql("update postings set pay = '', pay_range = null").await;
    let mut recruiter = app.recruiter().await;
    let at = format!("/jobopslag/{}/samtaler", ad.id);
    let page = recruiter.get(&at).await.body;
    assert!(page.contains("Der kan ikke inviteres endnu") && page.contains("/rediger#pay_min"), "{page}");
    let Err(InterviewError::Fields(errors)) = app.invite(ad.id, &ids[..1]).await else { panic!("invited") };
    assert_eq!(errors.0[0].key, "interviews-error-pay");
    sql("update postings set pay = 'Efter overenskomst'").await;
    // one came too late and has not been let in
    sql("update applications set late = true where id in (select a.id from applications a join applicants p on p.id = a.applicant_id where p.name = 'Dorte Lund')").await;
    let invited = app.invite(ad.id, &ids).await.unwrap();
    let passed: Vec<(&str, &str)> = invited.passed.iter().map(|(n, k)| (n.as_str(), *k)).collect();
    assert_eq!(invited.done, 1);
    assert!(passed.contains(&("Bo Riis", "interviews-passed-decided")), "{passed:?}");
    assert!(passed.contains(&("Carla Friis", "interviews-passed-stage")), "{passed:?}");
    assert!(passed.contains(&("Dorte Lund", "interviews-passed-late")), "{passed:?}");
    let again = app.invite(ad.id, &ids[..1]).await.unwrap();
    assert_eq!((again.done, again.passed.len()), (0, 1), "nobody is invited twice");
    assert_eq!(app.rows("interview_letters").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_relation_meets_the_applicant_here_neither() {
    let app = TestApp::standing_still().await;
    let (ad, slots, ids) = called(&app, &["Anna Holm", "Bo Riis"]).await;
    app.book(ids[0], slots[0].id).await.unwrap();
    app.book(ids[1], slots[1].id).await.unwrap();
    let person = app.person("Kollega", Role::Recruiter, app.organisation).await;
    let posting = ad.id;
    let (k, id) = (app.kit.clone(), ids[0]);
    let says = move |c: &mut opslag::db::Conn| {
        opslag::accounts::bars::declare(c, &k, person, id, posting, Relation::Family)
    };
    app.kit.db.write(says).await.unwrap();
    let mut browser = app.logged_in(person).await;
    let at = format!("/jobopslag/{}/samtaler", ad.id);
    let page = browser.get(&at).await.body;
    assert!(page.contains("eller du har en relation til dem.") && page.contains("Bo Riis"), "{page}");
    for at in [at.clone(), format!("{at}/program"), format!("{at}.ics"), "/start".into()] {
        assert!(!browser.get(&at).await.body.contains("Anna Holm"), "{at}");
    }
    let which = app.interview(ids[0]).await.id.to_string();
    for verb in ["tid", "aflys", "resultat", "paamind"] {
        let done = browser
            .post(
                &format!("{at}/{verb}"),
                &[("interview", &which), (&format!("tid-{which}"), &slots[2].id.to_string())],
            )
            .await;
        assert_eq!(done.status, 404, "{verb}");
    }
    let slot = slots[0].id.to_string();
    assert_eq!(browser.post(&format!("{at}/luk"), &[("slot", &slot)]).await.status, 404);
    assert_eq!(app.interview(ids[0]).await.state, InterviewState::Booked);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_sits_in_two_panels_cannot_be_in_two_places() {
    let app = TestApp::standing_still().await;
    let (ad, other) = (app.open_ad("SOSU-assistent").await, app.open_ad("Pædagog").await);
    let user = app.seated(&ad, "Karen Holm", Seat::Manager, true).await;
    app.seat(other.id, user, Seat::Employee, false, None).await.unwrap();
    app.times(ad.id, &[]).await;
    app.times(other.id, &[("from", "9.30"), ("count", "1")]).await;
    let mut recruiter = app.recruiter().await;
    let page = recruiter.get(&format!("/jobopslag/{}/samtaler", ad.id)).await.body;
    assert!(page.contains(&format!("Karen Holm har også en samtale i {}", other.reference)), "{page}");
    app.times(ad.id, &[("from", "9.15"), ("count", "1")]).await;
    let page = recruiter.get(&format!("/jobopslag/{}/samtaler", ad.id)).await.body;
    assert!(page.contains("9.00–9.45 og 9.15–10.00 ligger oven i hinanden"), "{page}");
    // whoever sits in the panel sees the times and acts on none
    let mut member = app.logged_in(user).await;
    let page = member.get(&format!("/jobopslag/{}/samtaler", ad.id)).await;
    assert!(page.status == 200 && !page.body.contains("Tilføj tider"), "{}", page.body);
    assert_eq!(member.post(&format!("/jobopslag/{}/samtaler/tider", ad.id), &TIMES).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_is_taken_away_is_told_and_chosen_anew() {
    let app = TestApp::standing_still().await;
    let (ad, slots, ids) = called(&app, &["Anna Holm"]).await;
    app.book(ids[0], slots[0].id).await.unwrap();
    app.drain().await;
    let mine = app.magic_link("anna-holm@");
    let mut recruiter = app.recruiter().await;
    let at = format!("/jobopslag/{}/samtaler", ad.id);
    let slot = slots[0].id.to_string();
    let words = format!("words-{slot}");
    let long = "x".repeat(1001);
    let back = recruiter.post(&format!("{at}/luk"), &[("slot", &slot), (&words, &long)]).await;
    assert!(back.status == 422 && back.body.contains(&long), "{}", back.status);
    let gone =
        recruiter.post(&format!("{at}/luk"), &[("slot", &slot), (&words, "Lokalet er optaget.")]).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
    app.drain().await;
    assert_eq!(app.interview(ids[0]).await.state, InterviewState::Moved);
    assert_eq!(app.seats(ad.id).await[0].state, SlotState::Cancelled);
    let letter = app.letters().into_iter().find(|l| l.contains("Lokalet er optaget.")).unwrap();
    assert!(letter.contains("Vælg en anden tid her"), "{letter}");
    let mut browser = Browser::new(&app);
    let page = browser.get(&format!("{mine}/samtale")).await.body;
    assert!(page.contains("Vælg et nyt tidspunkt") && !page.contains(&slot), "{page}");
    let off = browser.get(&format!("{mine}/samtale.ics")).await.body;
    assert!(off.contains("METHOD:CANCEL") && off.contains("STATUS:CANCELLED"), "{off}");
    assert!(app.book(ids[0], slots[2].id).await.is_ok());
    let decline = browser.post(&format!("{mine}/samtale/nej"), &[]).await;
    assert_eq!(decline.status, 303);
    assert_eq!(app.interview(ids[0]).await.state, InterviewState::Declined);
    assert_eq!(app.seats(ad.id).await[2].state, SlotState::Open, "somebody else may have it");
    let is = app.whole(ids[0]).await.unwrap().application;
    assert_eq!(is.outcome, None::<Outcome>, "declining an interview withdraws nothing");
    all_is_in_order(&app).await;
}
