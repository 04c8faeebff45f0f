//! Somebody outside the house, by a link: sees one publication, answers in the place of whoever asked, and no longer
//! than the link and that right last.

use std::time::Duration;

use opslag::{
    accounts::{Role, audit, audit::Actor},
    base::id::UserId,
    demo::worlds::Kind,
    publishing::{
        self, ActionError, State,
        guest::{self, Invitation},
    },
};
use reqwest::StatusCode;

use super::Ground;
use crate::harness::people::Browser;

pub(super) fn anna(days: u64) -> Invitation {
    Invitation { name: "Anna Friis".into(), email: "anna@bureau.example".into(), days }
}

/// A post of centre north that waits for communications, and who that is.
async fn waiting() -> (Ground, UserId, opslag::publishing::Ordered) {
    let mut g = Ground::new(Kind::Bluesky).await;
    let mut hr = g.app.browser(Role::HrAdmin, g.app.organisation).await;
    let agreed = [("preset", "central"), ("role", "communications"), ("four_eyes", "on")];
    let set = hr.post(&format!("/ansvar/{}", g.app.organisation), &agreed).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    let rene = g.app.person("René Kjær", Role::Recruiter, g.app.centre_north).await;
    g.actor = Actor::User(rene);
    let ordered = g.order("Vi søger dig til aften.", 7200).await.unwrap();
    (g, lise, ordered)
}

/// The address in the letter to Anna.
pub(super) async fn mailed(g: &Ground) -> String {
    g.app.drain().await;
    let letters = g.app.letters();
    let letter =
        letters.iter().find(|l| l.contains("Hej Anna Friis")).unwrap_or_else(|| panic!("{letters:#?}"));
    let at = letter.split("/ekstern/").nth(1).unwrap();
    format!("/ekstern/{}", at.split_whitespace().next().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_one_publication_and_answers_in_the_place_of_whoever_asked() {
    let (g, lise, ordered) = waiting().await;
    let (id, publication) = (ordered.deliveries[0], ordered.publication);
    // only who may approve lends that
    let rene = guest::invite(&g.app.kit, g.actor, publication, anna(7)).await;
    assert!(matches!(rene, Err(ActionError::Forbidden)));
    let mut desk = g.app.logged_in(lise).await;
    let page = format!("/godkendelser/{publication}");
    assert!(desk.get(&page).await.body.contains("Spørg en uden for huset"));
    let wrong = [("guest_name", "Anna Friis"), ("guest_email", "anna"), ("guest_days", "7")];
    let refused = desk.post(&format!("{page}/ekstern"), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"Anna Friis\""), "what was typed stays");
    let right = [("guest_name", "Anna Friis"), ("guest_email", "anna@bureau.example"), ("guest_days", "7")];
    assert_eq!(desk.post(&format!("{page}/ekstern"), &right).await.status, StatusCode::SEE_OTHER);
    let at = mailed(&g).await;

    // looking changes nothing, however often
    let mut guest = Browser::new(&g.app);
    for _ in 0..2 {
        let seen = guest.get(&at).await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
        assert!(seen.body.contains("Vi søger dig til aften.") && seen.body.contains("Hej Anna Friis"));
        assert_eq!(seen.headers["referrer-policy"], "no-referrer");
        assert!(!seen.body.contains("_csrf") && !seen.body.contains("/udsendelser/"), "{}", seen.body);
    }
    assert_eq!(g.state(id).await, State::InReview);
    // and opens nothing else
    assert!(!guest.get(&page).await.status.is_success());
    let body = guest.get(&at).await.body;
    let seen = body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let silent = guest.post_raw(&format!("{at}/svar"), &[("seen", &seen), ("do", "returned")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let remark = guest.post_raw(&format!("{at}/bemaerk"), &[("remark", "Flot billede.")]).await;
    assert_eq!(remark.status, StatusCode::SEE_OTHER);
    let done = guest.post_raw(&format!("{at}/svar"), &[("seen", &seen), ("do", "approved")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(g.state(id).await, State::Planned);
    let said = g.app.kit.db.read(move |c| publishing::approvals_of(c, id)).await.unwrap();
    assert!(said[0].by_actor.starts_with("guest:"), "{said:?}");
    let shown = desk.get(&page).await.body;
    assert!(shown.contains("Anna Friis (uden for huset)") && shown.contains("Flot billede."), "{shown}");
    g.after(7200).await;
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1));
    // every look stands in the log, and no name does
    let wanted = audit::Wanted { verbs: vec![audit::Verb::Viewed], ..Default::default() };
    let lines = g.app.kit.db.read(move |c| audit::search(c, &wanted, 50)).await.unwrap();
    let looks: Vec<_> = lines.iter().filter(|l| l.actor.starts_with("guest:")).collect();
    assert!(looks.len() >= 3 && looks.iter().all(|l| !l.detail.as_deref().unwrap_or("").contains("Anna")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_by_its_time_by_hand_and_with_the_right_it_lends() {
    let (g, lise, ordered) = waiting().await;
    let publication = ordered.publication;
    let (kit, by) = (&g.app.kit, Actor::User(lise));
    let mut browser = Browser::new(&g.app);
    // the database holds no token
    let id = guest::invite(kit, by, publication, anna(3)).await.unwrap();
    let at = mailed(&g).await;
    let token = at.trim_start_matches("/ekstern/").to_owned();
    assert_eq!(g.app.rows(&format!("guest_links where token_hash = '{token}'")).await, 0);
    assert_eq!(g.app.rows(&format!("jobs where payload like '%{token}%'")).await, 0);
    assert_eq!(browser.get(&at).await.status, StatusCode::OK);
    // by hand
    guest::revoke(kit, by, publication, id).await.unwrap();
    let closed = browser.get(&at).await;
    assert_eq!(closed.status, StatusCode::GONE);
    assert!(
        closed.body.contains("Linket virker ikke længere") && !closed.body.contains("aften"),
        "{}",
        closed.body
    );
    let row = g.row(ordered.deliveries[0]).await;
    let seen = format!("{}:{}", row.id, row.payload_sha256);
    let late = browser.post_raw(&format!("{at}/svar"), &[("seen", &seen), ("do", "approved")]).await;
    assert_eq!(late.status, StatusCode::GONE);
    assert_eq!(g.state(row.id).await, State::InReview);
    // by its time
    let token = guest::token(&kit.secrets, guest::invite(kit, by, publication, anna(1)).await.unwrap());
    let at = format!("/ekstern/{token}");
    assert_eq!(browser.get(&at).await.status, StatusCode::OK);
    g.clock.advance(Duration::from_secs(86_400));
    assert_eq!(browser.get(&at).await.status, StatusCode::GONE);
    // with the right: who lent it has lost the role
    let token = guest::token(&kit.secrets, guest::invite(kit, by, publication, anna(7)).await.unwrap());
    let at = format!("/ekstern/{token}");
    assert_eq!(browser.get(&at).await.status, StatusCode::OK);
    let now = g.clock.now();
    kit.db
        .write(move |c| {
            use diesel::RunQueryDsl;
            let sql = format!("update memberships set valid_to = {} where user_id = '{lise}'", now.micros());
            diesel::sql_query(sql).execute(c)?;
            Ok::<_, opslag::db::DbError>(())
        })
        .await
        .unwrap();
    g.clock.advance(Duration::from_secs(1));
    assert_eq!(browser.get(&at).await.status, StatusCode::GONE);
    let late = browser.post_raw(&format!("{at}/svar"), &[("seen", &seen), ("do", "approved")]).await;
    assert_eq!(late.status, StatusCode::GONE);
    assert_eq!(g.state(row.id).await, State::InReview);
    // a made-up one leads nowhere
    assert_eq!(browser.get("/ekstern/0123456789").await.status, StatusCode::GONE);
}
