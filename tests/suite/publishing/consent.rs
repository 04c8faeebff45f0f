//! Nobody is shown who has not said yes (D-29, D-30): not planned, not sent, and taken down everywhere, with proof, when a
//! yes is taken back or ends.

use std::time::Duration;

use opslag::{
    accounts::{Role, audit::Actor},
    base::id::{AssetId, PersonId},
    demo::worlds::{Act, Kind, Mischief, Prank},
    media::{
        self,
        people::{self, Giver, Manner, NewPerson, Noted, Purpose, Relation},
    },
    publishing::{OrderError, State, guest},
};
use reqwest::{StatusCode, multipart::Form};

use super::{Ground, KINDS, guests};
use crate::harness::people::Browser;

const DAY: u64 = 86_400;

impl Ground {
    /// Amina, who works at centre north and is in the picture.
    async fn amina_in(&self, asset: AssetId) -> PersonId {
        let new = NewPerson {
            unit: self.app.centre_north,
            name: "Amina Yusuf".into(),
            email: "amina@fjordby.example".into(),
            relation: Relation::Colleague,
            born: String::new(),
            one_guardian: false,
        };
        people::add(&self.app.kit, Actor::System, new, Some(asset)).await.unwrap()
    }

    async fn said_yes(&self, person: PersonId, purposes: &[Purpose], last_day: &str) {
        let noted = Noted {
            purposes: purposes.to_vec(),
            giver: Giver::Own,
            giver_name: String::new(),
            manner: Manner::Spoken,
            last_day: last_day.into(),
            evidence: None,
        };
        people::note(&self.app.kit, Actor::System, person, noted).await.unwrap();
    }

    async fn said_no(&self, person: PersonId, purposes: &[Purpose]) {
        people::withdraw(&self.app.kit, Actor::System, person, purposes.to_vec()).await.unwrap();
    }
}

/// With a picture of Amina, who has said yes to the careers site and social media.
async fn shown(kind: Kind) -> (Ground, AssetId, AssetId, PersonId) {
    let (mut g, photo, film) = Ground::illustrated(kind).await;
    let amina = g.amina_in(photo).await;
    g.said_yes(amina, &[Purpose::Website, Purpose::Social], "").await;
    g.media = vec![photo];
    (g, photo, film, amina)
}

fn refused(result: Result<opslag::publishing::Ordered, OrderError>) -> Vec<String> {
    match result {
        Err(OrderError::Fields(errors)) => {
            errors.0.iter().map(|e| format!("{}: {}", e.field, e.key)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_planned_that_shows_somebody_who_has_not_said_yes() {
    let (mut g, photo, _) = Ground::illustrated(Kind::Bluesky).await;
    let amina = g.amina_in(photo).await;
    // the careers site first: without it the ad itself is not ready
    g.media = vec![photo];
    assert!(matches!(g.order("Kom.", 0).await, Err(OrderError::Refused("publish-refused-incomplete"))));
    g.said_yes(amina, &[Purpose::Website], "").await;
    assert_eq!(refused(g.order("Kom.", 0).await), ["media: publish-error-consent-social"]);
    // the card of the link would show her too
    g.media = Vec::new();
    assert_eq!(refused(g.order("Kom.", 0).await), ["media: publish-error-consent-social"]);
    assert_eq!(g.app.rows("deliveries").await, 0);
    g.said_yes(amina, &[Purpose::Social], "").await;
    g.media = vec![photo];
    let id = g.plan("Kom.", 0).await;
    g.drive().await;
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_taken_back_takes_down_every_post_with_proof_and_leaves_the_others() {
    for kind in KINDS {
        let (mut g, photo, film, amina) = shown(kind).await;
        let with_her = g.plan("Mød Amina.", 0).await;
        let later = g.plan("Mød Amina igen.", 2 * DAY).await;
        // the film shows nobody who can be recognised
        g.media = vec![film];
        let without = g.plan("Se vores hus.", 0).await;
        g.drive().await;
        g.after(600).await;
        assert_eq!(g.world.posts().len(), 2, "{kind:?}");
        let stranger = Browser::new(&g.app).get(&format!("/media/{photo}/card")).await;
        assert_eq!(stranger.status, StatusCode::OK);
        assert!(stranger.headers["cache-control"].to_str().unwrap().contains("max-age=300"));

        // the peer has a bad moment just then
        g.world.plot(Mischief::once(Act::Withdraw, Prank::Refuse(503, "nede")));
        g.said_no(amina, &[Purpose::Social]).await;
        for _ in 0..6 {
            g.after(600).await;
        }
        assert_eq!(g.state(with_her).await, State::Removed, "{kind:?}");
        assert_eq!(g.state(without).await, State::Published, "{kind:?}");
        assert_eq!(g.world.posts().len(), 1, "{kind:?}");
        // what was planned waits, and says why
        g.after(2 * DAY).await;
        let row = g.row(later).await;
        assert_eq!((row.state, row.error_kind.as_deref()), (State::Planned, Some("no_consent")), "{kind:?}");

        let mut desk = g.app.browser(Role::Communications, g.app.organisation).await;
        let page = desk.get(&format!("/udsendelser/personer/{amina}")).await.body;
        for said in ["Her hænger billeder af Amina Yusuf", "Begyndt", "Taget ned", "/bevis"] {
            assert!(page.contains(said), "{kind:?} {said}: {page}");
        }
        let proof = desk.get(&format!("/udsendelser/{with_her}/bevis")).await;
        assert_eq!(proof.status, StatusCode::OK);
        let south = g.app.browser(Role::Communications, g.app.centre_south).await;
        let elsewhere = south.call("GET", &format!("/udsendelser/personer/{amina}")).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);

        // and goes out when she says yes again, the same bytes
        g.said_yes(amina, &[Purpose::Social], "").await;
        g.after(600).await;
        assert_eq!((g.state(later).await, g.world.posts().len()), (State::Published, 2), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_careers_site_shows_a_picture_no_longer_than_it_may() {
    let (g, photo, _, amina) = shown(Kind::Mastodon).await;
    let posting = g.posting;
    let path = g
        .app
        .kit
        .db
        .read(move |c| opslag::postings::any(c, posting))
        .await
        .unwrap()
        .map(|p| format!("/job/{}", p.slug))
        .unwrap();
    let picture = format!("/media/{photo}/");
    let mut world = Browser::new(&g.app);
    assert!(world.get(&path).await.body.contains(&picture));
    g.said_no(amina, &[Purpose::Website]).await;
    g.clock.advance(Duration::from_secs(10));
    assert!(!world.get(&path).await.body.contains(&picture));
    assert_eq!(world.get(&format!("/media/{photo}/card")).await.status, StatusCode::NOT_FOUND);
    // whoever works with it still sees it
    let mut desk = g.app.browser(Role::Communications, g.app.centre_north).await;
    assert_eq!(desk.get(&format!("/media/{photo}/card")).await.status, StatusCode::OK);
    let list = desk.get("/medier?vis=samtykke").await.body;
    assert!(list.contains(&photo.to_string()), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_comes_down_when_a_yes_ends_and_when_rights_do() {
    let (g, photo, _, amina) = shown(Kind::Bluesky).await;
    // a yes that holds through the third of December
    g.said_no(amina, &[Purpose::Social]).await;
    g.clock.advance(Duration::from_secs(1));
    g.said_yes(amina, &[Purpose::Social], "2026-12-03").await;
    let id = g.plan("Mød Amina.", 0).await;
    g.drive().await;
    g.after(8 * DAY).await;
    assert_eq!(g.state(id).await, State::Published);
    // whoever noted it is the system here: nobody is written to, and it is not asked again
    g.app.drain().await;
    g.after(2 * DAY).await;
    g.after(600).await;
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Removed, 0));

    g.said_yes(amina, &[Purpose::Social], "").await;
    let again = g.plan("Mød Amina igen.", 0).await;
    g.drive().await;
    assert_eq!(g.world.posts().len(), 1);
    let asset = g.app.kit.db.read(move |c| media::asset(c, photo)).await.unwrap().unwrap();
    let said = media::Description {
        alt_text: asset.alt_text.clone(),
        decorative: false,
        silent: false,
        focus: asset.focus,
        nobody: false,
        folder: "Plejecentre".into(),
        usable_until: Some(g.clock.now() + Duration::from_secs(DAY)),
    };
    media::describe(&g.app.kit, &asset, said).await.unwrap();
    g.after(DAY + 60).await;
    g.after(600).await;
    assert_eq!((g.state(again).await, g.world.posts().len()), (State::Removed, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_wanted_to_cancel_too_late_comes_down_as_well() {
    let (g, _, _, amina) = shown(Kind::Bluesky).await;
    let id = g.plan("Mød Amina.", 0).await;
    g.drive().await;
    let wish = "update deliveries set cancel_wanted = true";
    g.app
        .kit
        .db
        .write(move |c| {
            use diesel::RunQueryDsl;
            diesel::sql_query(wish).execute(c).map_err(opslag::db::DbError::from)
        })
        .await
        .unwrap();
    g.said_no(amina, &[Purpose::Social]).await;
    g.after(600).await;
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Removed, 0));
}

/// The address in the letter to somebody.
fn mailed(g: &Ground, to: &str) -> String {
    let letters = g.app.letters();
    let letter =
        letters.iter().find(|l| l.contains(&format!("Hej {to}"))).unwrap_or_else(|| panic!("{letters:#?}"));
    let at = letter.split("/samtykke/").nth(1).unwrap();
    format!("/samtykke/{}", at.split_whitespace().next().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_says_yes_by_a_link_and_takes_it_back_there() {
    let (mut g, photo, _) = Ground::illustrated(Kind::Mastodon).await;
    let amina = g.amina_in(photo).await;
    let mut desk = g.app.browser(Role::Communications, g.app.centre_north).await;
    let page = format!("/medier/personer/{amina}");
    let wrong = desk.post(&format!("{page}/spoerg"), &[("link_giver", "own"), ("link_email", "amina")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"amina\""), "what was typed stays");
    let asked = desk
        .post(&format!("{page}/spoerg"), &[("link_giver", "own"), ("link_email", "amina@fjordby.example")])
        .await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    g.app.drain().await;
    let link = mailed(&g, "Amina Yusuf");

    let mut phone = Browser::new(&g.app);
    let shown = phone.get(&link).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.headers["referrer-policy"], "no-referrer");
    assert!(shown.body.contains("Må vi bruge billeder af dig?"), "{}", shown.body);
    let picture = format!("{link}/billede/{photo}");
    assert!(shown.body.contains(&picture));
    assert_eq!(phone.get(&picture).await.status, StatusCode::OK);
    // another picture is not to be seen through this link
    let film = g.app.film().await;
    assert_eq!(phone.get(&format!("{link}/billede/{film}")).await.status, StatusCode::NOT_FOUND);
    let nothing = phone.post_raw(&link, &[("do", "save")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let yes = phone.post_raw(&link, &[("purposes", "website"), ("purposes", "social"), ("do", "save")]).await;
    assert_eq!(yes.status, StatusCode::SEE_OTHER, "{}", yes.body);
    // what is kept is what stood on the page, in its language
    let person = g.app.kit.db.read(move |c| people::person(c, amina)).await.unwrap().unwrap();
    let words = &person.yeses[0].words;
    let top = words.split(':').next().and_then(|w| w.rsplit_once(". ")).unwrap().0;
    assert!(shown.body.contains(top) && words.contains("Amina Yusuf"), "{words}");
    g.media = vec![photo];
    let id = g.plan("Mød Amina.", 0).await;
    g.drive().await;
    assert_eq!(g.world.posts().len(), 1);
    assert!(desk.get(&page).await.body.contains("Svarede"));

    // a month and a half later: no new yes here, but back it can be taken
    g.clock.advance(Duration::from_secs(45 * DAY));
    g.app.drain().await;
    let late = phone.post_raw(&link, &[("purposes", "press"), ("do", "save")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let no = phone.post_raw(&link, &[("do", "none")]).await;
    assert_eq!(no.status, StatusCode::SEE_OTHER);
    let person = g.app.kit.db.read(move |c| people::person(c, amina)).await.unwrap().unwrap();
    assert!(person.yeses.iter().all(|y| y.withdrawn_at.is_some()), "{person:?}");
    g.after(600).await;
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Removed, 0));
    assert_eq!(phone.get("/samtykke/0123456789").await.status, StatusCode::GONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_is_shown_only_when_all_who_answer_for_it_agree() {
    let g = Ground::new(Kind::Mastodon).await;
    let photo = g.app.photograph().await;
    let mut desk = g.app.browser(Role::Communications, g.app.centre_north).await;
    let asset = photo.to_string();
    let child = [("name", "Maja Holm"), ("relation", "child"), ("asset", asset.as_str())];
    let without_age = desk.post("/medier/personer", &child).await;
    assert_eq!(without_age.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without_age.body.contains("Maja Holm") && without_age.body.contains("barnets fødselsdato"));
    let added = desk.post("/medier/personer", &[&child[..], &[("born", "2019-05-03")]].concat()).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let page = added.location.unwrap();
    let form = |giver: &str, name: &str| {
        let form = Form::new().text("_csrf", desk.csrf().to_owned()).text("purposes", "website");
        form.text("giver", giver.to_owned()).text("giver_name", name.to_owned()).text("manner", "spoken")
    };
    let own = desk.post_files(&format!("{page}/ja"), form("own", "")).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mother = desk.post_files(&format!("{page}/ja"), form("guardian", "Eva Holm")).await;
    assert_eq!(mother.status, StatusCode::SEE_OTHER, "{}", mother.body);
    let hinders = async || {
        let asset = g.app.kit.db.read(move |c| media::asset(c, photo)).await.unwrap().unwrap();
        asset.hindrances(&[Purpose::Website], g.clock.now()).len()
    };
    assert_eq!(hinders().await, 1);
    let father = desk.post_files(&format!("{page}/ja"), form("guardian", "Per Holm")).await;
    assert_eq!(father.status, StatusCode::SEE_OTHER, "{}", father.body);
    assert_eq!(hinders().await, 0);
    // one of them thinks better of it
    let back = desk.post(&format!("{page}/nej"), &[("taken_back", "website")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert_eq!(hinders().await, 1);
    // shown in a picture nobody is forgotten
    assert_eq!(desk.post(&format!("{page}/glem"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let person = page.rsplit('/').next().unwrap().to_owned();
    desk.post(&format!("/medier/{photo}/personer/{person}/fjern"), &[]).await;
    assert_eq!(desk.post(&format!("{page}/glem"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(g.app.rows("consents").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_noted_a_yes_is_told_once_that_it_ends_soon() {
    let g = Ground::new(Kind::Mastodon).await;
    let photo = g.app.photograph().await;
    let amina = g.amina_in(photo).await;
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    let noted = Noted {
        purposes: vec![Purpose::Website, Purpose::Social],
        giver: Giver::Own,
        giver_name: String::new(),
        manner: Manner::Spoken,
        last_day: "2027-01-31".into(),
        evidence: None,
    };
    people::note(&g.app.kit, Actor::User(lise), amina, noted).await.unwrap();
    let told = async || {
        let (k, now) = (g.app.kit.clone(), g.clock.now());
        let job = people::jobs::TellConsentEnds {};
        k.db.clone().write(move |c| opslag::queue::enqueue(c, &job, now, now, &k.chance)).await.unwrap();
        g.app.drain().await;
        g.app.letters().iter().filter(|l| l.contains("Amina Yusuf") && l.contains("Hej Lise Holm")).count()
    };
    assert_eq!(told().await, 0);
    g.clock.advance(Duration::from_secs(40 * DAY));
    assert_eq!(told().await, 1);
    g.clock.advance(Duration::from_secs(DAY));
    assert_eq!(told().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_approves_sees_who_is_shown_and_agrees_and_a_guest_only_how_many() {
    let (mut g, photo, _, amina) = shown(Kind::Bluesky).await;
    g.media = vec![photo];
    let mut hr = g.app.browser(Role::HrAdmin, g.app.organisation).await;
    let agreed = [("preset", "central"), ("role", "communications"), ("four_eyes", "on")];
    let set = hr.post(&format!("/ansvar/{}", g.app.organisation), &agreed).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    let publication = g.order("Mød Amina.", 2 * DAY).await.unwrap().publication;
    let mut desk = g.app.logged_in(lise).await;
    let page = format!("/godkendelser/{publication}");
    let body = desk.get(&page).await.body;
    assert!(body.contains("Amina Yusuf har sagt ja til sociale medier til 25. november 2028"), "{body}");
    guest::invite(&g.app.kit, Actor::User(lise), publication, guests::anna(7)).await.unwrap();
    let link = guests::mailed(&g).await;
    let seen = Browser::new(&g.app).get(&link).await.body;
    assert!(
        seen.contains("En person kan genkendes. Alle har sagt ja.") && !seen.contains("Amina Yusuf"),
        "{seen}"
    );
    g.said_no(amina, &[Purpose::Social]).await;
    assert!(desk.get(&page).await.body.contains("Amina Yusuf mangler at sige ja til sociale medier"));
    assert!(Browser::new(&g.app).get(&link).await.body.contains("Ikke alle har sagt ja."));
}
