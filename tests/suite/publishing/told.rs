//! Stories go the same way as ads: through approval, guests, other words, the look ahead, the proof, and places without an API.

use opslag::{
    accounts::{Role, audit::Actor},
    base::{Language, Subject, id::DeliveryId},
    demo::worlds::Kind,
    i18n::Speech,
    publishing::{
        self, Order, Part, State, guest,
        preflight::{self, Grade},
        rewrite::{self, Pen, Rewritten},
    },
    stories::{Step, Story},
};
use reqwest::StatusCode;

use super::Ground;

const TITLE: &str = "Aftenen med Ruth";

/// A ground where the centre approves, with a story of centre north that may go out.
async fn central() -> (Ground, Story) {
    let g = Ground::new(Kind::Bluesky).await;
    let mut hr = g.app.browser(Role::HrAdmin, g.app.organisation).await;
    let fields = [("preset", "central"), ("role", "communications"), ("four_eyes", "on")];
    let set = hr.post(&format!("/ansvar/{}", g.app.organisation), &fields).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    let story = g.app.ready_story(g.app.story_content(TITLE)).await;
    (g, story)
}

impl Ground {
    async fn foreseen(&self, id: DeliveryId, about: Subject) -> Vec<(Grade, &'static str)> {
        let (k, row) = (self.app.kit.clone(), self.row(id).await);
        let found =
            self.app.kit.db.read(move |c| preflight::look(c, &k, Speech(Language::Da), &row, about)).await;
        found.unwrap().into_iter().map(|f| (f.grade, f.key)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_waits_for_approval_and_goes_out_with_exactly_the_words_that_were_approved() {
    let (g, story) = central().await;
    let id = g.tell(&story, "Ruth har altid kaffe på.", 3600).await.unwrap();
    let row = g.row(id).await;
    assert_eq!((row.state, row.next_at), (State::InReview, None));
    // whoever may approve it finds it by its title, sees it as it will be sent, and finds the story itself
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let list = lise.get("/godkendelser").await.body;
    assert!(list.contains("Venter på dig") && list.contains(TITLE), "{list}");
    let at = format!("/godkendelser/{}", row.publication_id);
    let page = lise.get(&at).await.body;
    assert!(
        page.contains("Ruth har altid kaffe på.") && page.contains(&format!("/indhold/{}", story.id)),
        "{page}"
    );
    // who tells stories in its unit sees it too; nobody of another unit does
    let mut north = g.app.browser(Role::Contributor, g.app.centre_north).await;
    assert!(north.get("/godkendelser").await.body.contains(TITLE));
    assert_eq!(north.get(&at).await.status, StatusCode::OK);
    let mut south = g.app.browser(Role::Communications, g.app.centre_south).await;
    assert!(!south.get("/godkendelser").await.body.contains(TITLE));
    assert_eq!(south.get(&at).await.status, StatusCode::NOT_FOUND);
    // somebody outside is asked, and reads it by the link
    let asker = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    let invitation = guest::Invitation { name: "Ruth".into(), email: "ruth@fjordby.example".into(), days: 7 };
    guest::invite(&g.app.kit, Actor::User(asker), row.publication_id, invitation).await.unwrap();
    // other words before the answer: what was seen is no longer what would be sent
    let scope = g.scope().await;
    let pen = Pen { actor: Actor::System, edits: scope.clone(), publishes: scope };
    let words = "Ruth har altid kaffe på kanden.";
    assert_eq!(rewrite::rewrite(&g.app.kit, &pen, id, words, None).await.unwrap(), Rewritten::Waits);
    let stale = format!("{id}:{}", row.payload_sha256);
    let answer = |seen: String| [("do".to_owned(), "approved".to_owned()), ("seen".to_owned(), seen)];
    let send = async |browser: &mut crate::harness::people::Browser, fields: [(String, String); 2]| {
        let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        browser.post(&format!("{at}/svar"), &fields).await
    };
    assert_eq!(send(&mut lise, answer(stale)).await.status, StatusCode::CONFLICT);
    let seen = format!("{id}:{}", g.row(id).await.payload_sha256);
    let said = send(&mut lise, answer(seen)).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert_eq!(g.state(id).await, State::Planned);
    g.after(3601).await;
    assert_eq!(g.state(id).await, State::Published);
    assert!(g.world.posts()[0].text().contains(words), "{}", g.world.posts()[0].text());
    // and the proof says which story it was
    let proof = lise.get(&format!("/udsendelser/{id}/bevis.json")).await.body;
    assert!(
        proof.contains(&format!("\"story\":\"{}\"", story.id)) && proof.contains("\"broken_at\":null"),
        "{proof}"
    );
    assert!(lise.get(&format!("/udsendelser/{id}/bevis")).await.body.contains(TITLE));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_stories_but_does_not_publish_suggests() {
    let g = Ground::new(Kind::Mastodon).await;
    let story = g.app.ready_story(g.app.story_content(TITLE)).await;
    g.app.person("Lise Holm", Role::Communications, g.app.centre_north).await;
    let mut amina = g.app.browser(Role::Contributor, g.app.centre_north).await;
    let path = format!("/indhold/{}/udgiv", story.id);
    assert!(amina.get(&format!("/indhold/{}", story.id)).await.body.contains(&path));
    let page = amina.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(
        page.body.contains("Skal godkendes: Kommunikationsmedarbejder, Plejecenter Nord"),
        "{}",
        page.body
    );
    let account = g.account.to_string();
    let fields =
        [("timing", "now"), ("account", account.as_str()), ("text", "Kom og hør om Ruth."), ("do", "udgiv")];
    let sent = amina.post(&path, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let at = sent.location.unwrap();
    assert!(at.starts_with("/godkendelser/"), "{at}");
    g.drive().await;
    assert!(g.world.posts().is_empty());
    assert!(amina.get(&at).await.body.contains("Kan godkendes af"));
    // an ad's writer who tells no stories has no way in
    let mut hiring = g.app.browser(Role::HiringManager, g.app.centre_north).await;
    assert!([403, 404].contains(&hiring.get(&path).await.status.as_u16()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_keep_a_story_back_is_seen_before() {
    let g = Ground::new(Kind::Bluesky).await;
    let story = g.app.ready_story(g.app.story_content(TITLE)).await;
    let id = g.tell(&story, "Ruth har altid kaffe på.", 86_400).await.unwrap();
    let about = Subject::Story(story.id);
    assert!(g.foreseen(id, about).await.is_empty());
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = lise.get("/udsendelser/forhaandstjek").await.body;
    assert!(page.contains(TITLE), "{page}");
    let draft = g.app.step(&story, Step::Reopen).await.unwrap();
    assert_eq!(g.foreseen(id, about).await, [(Grade::Red, "preflight-story-incomplete")]);
    let page = lise.get("/udsendelser/forhaandstjek").await.body;
    assert!(
        page.contains("Historien er ikke klar") && page.contains(&format!("/indhold/{}", story.id)),
        "{page}"
    );
    g.app.step(&draft, Step::Archive).await.unwrap();
    assert_eq!(g.foreseen(id, about).await, [(Grade::Red, "preflight-story-archived")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_lies_with_a_colleague_where_a_place_has_no_api() {
    let g = Ground::new(Kind::Bluesky).await;
    let story = g.app.ready_story(g.app.story_content(TITLE)).await;
    let peter = g.app.person("Peter Bak", Role::Contributor, g.app.centre_north).await;
    let place = opslag::channels::Place {
        name: "Naboerne i Nord".into(),
        sort: opslag::channels::Sort::FacebookGroup,
        address: String::new(),
        person: peter,
        lead_days: 0,
        unit: g.app.centre_north,
    };
    let k = g.app.kit.clone();
    let settled = g
        .app
        .kit
        .db
        .write(move |c| opslag::channels::package::settle(c, &k, &place, None, Actor::System))
        .await
        .unwrap();
    let order = Order {
        subject: story.id.into(),
        language: Language::Da,
        when: None,
        media: Vec::new(),
        parts: vec![Part { account: settled, text: "Kom og hør om Ruth.".into() }],
        same_words_ok: false,
    };
    let scope = g.scope().await;
    let id = publishing::publish(&g.app.kit, g.actor, &scope, order).await.unwrap().deliveries[0];
    g.drive().await;
    assert_eq!(g.state(id).await, State::Handed);
    let mut peter = g.app.logged_in(peter).await;
    let page = peter.get(&format!("/pakker/{id}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains(TITLE) && page.body.contains("Kom og hør om Ruth."), "{}", page.body);
    // put away meanwhile: they are asked to leave it
    g.app.step(&story, Step::Archive).await.unwrap();
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    assert!(lise.get("/udsendelser").await.body.contains(TITLE));
    let left = peter.post(&format!("/pakker/{id}/ikke-slaaet-op"), &[("why", "")]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
    assert_eq!(g.state(id).await, State::Cancelled);
}
