//! What is live can be corrected: in place where the channel lets us, by taking it down and sending it anew where it does
//! not, and by hand where there is no way; never without the approval that is asked for, and never twice.

use std::time::Duration;

use diesel::RunQueryDsl;
use opslag::{
    accounts::{Role, audit::Actor},
    base::{
        Chance,
        fault::Point,
        id::{DeliveryId, UserId},
        wall::WallTime,
    },
    channels::Post,
    db::DbError,
    demo::worlds::{Act, Kind, Mischief, Prank},
    postings,
    publishing::{
        self, ActionError, Correction, State, Word, actions,
        correct::{self, Corrected, Wish},
        correct_settle,
        correction::{Standing, Way},
        rewrite::RewriteError,
    },
};
use reqwest::StatusCode;

use super::Ground;
use crate::harness::power::{self, number, rounds};

const DAY: u64 = 86_400;

impl Ground {
    /// A post that hangs, with the ad's picture.
    async fn hanging(kind: Kind) -> (Self, DeliveryId) {
        let (mut g, photo, _) = Self::illustrated(kind).await;
        g.media = vec![photo];
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        assert_eq!(g.state(id).await, State::Published, "{kind:?}");
        (g, id)
    }

    async fn wish(&self, id: DeliveryId, text: &str) -> Wish {
        Wish { delivery: id, seen: self.row(id).await.payload_sha256, text: text.into(), title: None }
    }

    async fn correct(&self, id: DeliveryId, text: &str) -> Result<Corrected, RewriteError> {
        let wish = self.wish(id, text).await;
        let publication = self.row(id).await.publication_id;
        let mut by = self.by().await;
        by.actor = self.actor;
        correct::correct(&self.app.kit, &by, publication, vec![wish]).await
    }

    async fn corrections(&self, id: DeliveryId) -> Vec<Correction> {
        self.app.kit.db.read(move |c| publishing::corrections_of(c, id)).await.unwrap()
    }

    async fn standing(&self, id: DeliveryId) -> Standing {
        self.corrections(id).await.pop().unwrap().state
    }

    async fn told(&self, id: DeliveryId) -> String {
        serde_json::from_str::<Post>(&self.row(id).await.payload).unwrap().text
    }

    /// The deadline and the title as the ad tells them from now on.
    async fn changes(&self, title: &str, days: u64) {
        let (posting, title) = (self.posting, title.to_owned());
        self.clock.advance(Duration::from_secs(60));
        let at = self.clock.now() + Duration::from_secs(days * DAY);
        let at = WallTime::at(at, self.app.kit.config.delivery.zone);
        self.app
            .with_ads(move |c, k, scope| {
                let ad = postings::get(c, scope, posting)?.unwrap();
                let mut content = ad.content.clone();
                content.texts[0].title = title;
                content.deadline = Some(at);
                postings::save(c, k, Actor::System, scope, posting, ad.version, content)
            })
            .await
            .unwrap();
    }

    async fn unproven(&self) {
        assert_eq!(self.app.kit.db.read(publishing::unproven).await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_new_words_stand_there_with_proof_and_all_else_stays() {
    for kind in [Kind::Mastodon, Kind::Facebook, Kind::Linkedin] {
        let (g, id) = Ground::hanging(kind).await;
        let (before, hung) = (g.row(id).await, g.world.posts().remove(0));
        let done = g.correct(id, "Vi søger dig til nat.").await.unwrap();
        assert_eq!(done, Corrected { going: 1, ..Corrected::default() }, "{kind:?}");
        g.drive().await;
        let hangs = g.world.posts();
        assert_eq!(hangs.len(), 1, "{kind:?}");
        assert!(hangs[0].text().contains("til nat") && !hangs[0].text().contains("til aften"), "{kind:?}");
        assert_eq!((&hangs[0].media, hangs[0].links()), (&hung.media, hung.links()), "{kind:?}");
        let after = g.row(id).await;
        assert_eq!((after.state, g.standing(id).await), (State::Published, Standing::Done));
        assert_eq!(g.told(id).await, "Vi søger dig til nat.");
        assert_ne!(after.payload_sha256, before.payload_sha256);
        let proof = g.app.kit.db.read(move |c| publishing::proof_of(c, id)).await.unwrap();
        let line = proof.iter().find(|line| line.kind.word() == "corrected").unwrap();
        let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap();
        assert_eq!(detail["before_sha256"], before.payload_sha256);
        assert_eq!(detail["payload_sha256"], after.payload_sha256);
        assert_eq!(detail["by"], g.actor.to_string());
        g.unproven().await;
        // it can still be taken down, and that is proved by looking
        actions::take_down(&g.app.kit, &g.by().await, id).await.unwrap();
        g.drive().await;
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Removed, 0), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_can_change_a_post_it_comes_down_and_a_new_one_goes_out() {
    for kind in [Kind::Bluesky, Kind::Threads, Kind::X] {
        let (g, id) = Ground::hanging(kind).await;
        let link = g.world.posts()[0].links()[0].to_owned();
        let publication = g.row(id).await.publication_id;
        let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
        let page = browser.get(&format!("/rettelser/{publication}")).await.body;
        assert!(page.contains("Opslaget tages ned, og et nyt går ud"), "{page}");
        let done = g.correct(id, "Vi søger dig til nat.").await.unwrap();
        assert_eq!(done, Corrected { anew: 1, ..Corrected::default() }, "{kind:?}");
        for _ in 0..3 {
            g.after(60).await;
        }
        assert_eq!(g.state(id).await, State::Removed, "{kind:?}");
        let hangs = g.world.posts();
        assert_eq!(hangs.len(), 1, "{kind:?}");
        assert!(hangs[0].text().contains("til nat"), "{kind:?}");
        // counts stay with the old link
        assert_ne!(hangs[0].links()[0], link);
        assert_eq!(hangs[0].media.len(), 1);
        g.unproven().await;
        // what has come down is not corrected once more
        let again = g.correct(id, "En gang til").await.unwrap_err();
        assert!(matches!(again, RewriteError::Action(ActionError::TooLate)), "{again:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_no_way_a_person_writes_it_there_and_ticks_it_off() {
    let (g, id) = Ground::hanging(Kind::Instagram).await;
    let done = g.correct(id, "Vi søger dig til nat.").await.unwrap();
    assert_eq!(done, Corrected { by_hand: 1, ..Corrected::default() });
    g.drive().await;
    assert_eq!(g.standing(id).await, Standing::ByHand);
    assert!(g.world.posts()[0].text().contains("til aften"), "nothing is called");
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let publication = g.row(id).await.publication_id;
    let page = lise.get(&format!("/rettelser/{publication}")).await.body;
    assert!(page.contains("Den nye tekst") && page.contains("Vi søger dig til nat."), "{page}");
    let mut south = g.app.browser(Role::Communications, g.app.centre_south).await;
    assert_eq!(south.post(&format!("/udsendelser/{id}/rettet"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(lise.post(&format!("/udsendelser/{id}/rettet"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!((g.standing(id).await, g.told(id).await), (Standing::Done, "Vi søger dig til nat.".into()));
    assert_eq!(lise.post(&format!("/udsendelser/{id}/rettet"), &[]).await.status, StatusCode::CONFLICT);
    g.unproven().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_posted_by_hand_is_corrected_by_whoever_posted_it() {
    let (g, karen) = super::package::ground(opslag::channels::Sort::FacebookGroup, 0).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    let hands = |user: UserId| {
        let app = &g.app;
        async move { app.logged_in(user).await }
    };
    let mut browser = hands(karen).await;
    let form = reqwest::multipart::Form::new().text("link", "https://facebook.example/groups/1/posts/2");
    let posted = browser.post_files(&format!("/pakker/{id}/slaaet-op"), form).await;
    assert_eq!(posted.status, StatusCode::SEE_OTHER, "{}", posted.body);
    g.correct(id, "Vi søger dig til nat.").await.unwrap();
    g.app.drain().await;
    assert!(g.letters_to("Karen").iter().any(|letter| letter.contains("skal have en anden tekst")));
    assert!(browser.get("/start").await.body.contains("Ret teksten på Fjordby Avis"));
    let page = browser.get(&format!("/pakker/{id}")).await.body;
    assert!(page.contains("Vi søger dig til nat."), "{page}");
    // the page of the publication is for who publishes
    let publication = g.row(id).await.publication_id;
    let other = g.app.person("Bo Dam", Role::Contributor, g.app.centre_south).await;
    let mut stranger = hands(other).await;
    assert_eq!(stranger.post(&format!("/pakker/{id}/rettet"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&format!("/rettelser/{publication}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post(&format!("/pakker/{id}/rettet"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!((g.standing(id).await, g.told(id).await), (Standing::Done, "Vi søger dig til nat.".into()));
    assert!(!browser.get("/start").await.body.contains("Ret teksten på Fjordby Avis"));
    g.unproven().await;
}

/// The organisation's communications approve everything; nobody what they wrote.
async fn governed(g: &mut Ground) -> (UserId, UserId) {
    let mut hr = g.app.browser(Role::HrAdmin, g.app.organisation).await;
    let fields = [("preset", "central"), ("role", "communications"), ("four_eyes", "on")];
    let set = hr.post(&format!("/ansvar/{}", g.app.organisation), &fields).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    let rene = g.app.person("René Kjær", Role::Recruiter, g.app.centre_north).await;
    g.actor = Actor::User(rene);
    (lise, rene)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_changed_before_exactly_these_bytes_are_approved() {
    for kind in [Kind::Mastodon, Kind::Facebook] {
        let (mut g, id) = Ground::hanging(kind).await;
        let (lise, rene) = governed(&mut g).await;
        let publication = g.row(id).await.publication_id;
        let page = g.app.logged_in(rene).await.get(&format!("/rettelser/{publication}")).await.body;
        assert!(page.contains("Teksten skal godkendes først"), "{page}");
        let done = g.correct(id, "Vi søger dig til nat.").await.unwrap();
        assert_eq!(done, Corrected { going: 1, waiting: 1, ..Corrected::default() });
        g.after(3600).await;
        assert!(g.world.posts()[0].text().contains("til aften"));
        assert_eq!(g.standing(id).await, Standing::Waits);
        // whatever the code believes
        let by_force = g.app.kit.db.write(move |c| {
            diesel::sql_query(format!(
                "update corrections set state = 'sending', unsure_since = 1 where delivery_id = '{id}'"
            ))
            .execute(c)?;
            Ok::<_, DbError>(())
        });
        assert!(by_force.await.is_err());
        let (publication, open) = {
            let open = g.corrections(id).await.pop().unwrap();
            (g.row(id).await.publication_id, (open.id, open.payload_sha256))
        };
        let says = async |who: UserId, word: Word, seen: &str| {
            let seen = vec![(open.0, seen.to_owned())];
            correct_settle::judge(&g.app.kit, Actor::User(who), publication, word, "Nej tak", seen).await
        };
        assert!(matches!(says(rene, Word::Approved, &open.1).await, Err(ActionError::Forbidden)));
        let older = says(lise, Word::Approved, "0000").await;
        assert!(matches!(older, Err(ActionError::Field("state", "approval-error-changed"))), "{older:?}");
        g.app.drain().await;
        assert!(g.letters_to("Lise").iter().any(|l| l.contains(&format!("/rettelser/{publication}"))));
        let mut browser = g.app.logged_in(lise).await;
        assert!(browser.get("/godkendelser").await.body.contains(&format!("/rettelser/{publication}")));
        let page = browser.get(&format!("/rettelser/{publication}")).await.body;
        assert!(page.contains("name=\"seen\"") && page.contains("til nat"), "{page}");
        says(lise, Word::Approved, &open.1).await.unwrap();
        g.drive().await;
        assert!(g.world.posts()[0].text().contains("til nat"), "{kind:?}");
        assert_eq!(g.standing(id).await, Standing::Done);
        // another word asks anew, and a no leaves what stands
        g.correct(id, "Vi søger dig til dag.").await.unwrap();
        let open = g.corrections(id).await.pop().unwrap();
        let seen = vec![(open.id, open.payload_sha256)];
        correct_settle::judge(&g.app.kit, Actor::User(lise), publication, Word::Rejected, "Forkert", seen)
            .await
            .unwrap();
        g.drive().await;
        assert_eq!(
            (g.standing(id).await, g.told(id).await),
            (Standing::Dropped, "Vi søger dig til nat.".into())
        );
        g.app.drain().await;
        assert!(g.letters_to("René").iter().any(|l| l.contains("Forkert")));
        g.unproven().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_changed_on_what_is_being_taken_down_and_what_is_gone_is_said_to_be() {
    let (g, id) = Ground::hanging(Kind::Mastodon).await;
    g.correct(id, "Vi søger dig til nat.").await.unwrap();
    actions::take_down(&g.app.kit, &g.by().await, id).await.unwrap();
    let calls = g.world.count(Act::Edit);
    g.drive().await;
    assert_eq!((g.standing(id).await, g.world.count(Act::Edit)), (Standing::Dropped, calls));
    assert_eq!(g.state(id).await, State::Removed);

    for kind in [Kind::Mastodon, Kind::Facebook, Kind::Linkedin] {
        let (g, id) = Ground::hanging(kind).await;
        let account = opslag::channels::open(&g.app.kit, g.account).await.unwrap();
        let remote = g.row(id).await.remote_id.unwrap();
        let channel = g.app.parts.channels.get(kind).unwrap();
        channel.withdraw(&account, &remote).await;
        g.correct(id, "Vi søger dig til nat.").await.unwrap();
        g.drive().await;
        assert_eq!((g.standing(id).await, g.state(id).await), (Standing::Gone, State::Published), "{kind:?}");
        let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
        let page = browser.get(&format!("/udsendelser/{id}")).await.body;
        assert!(page.contains("Opslaget findes ikke længere på kanalen"), "{page}");
        g.unproven().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_is_said_again_until_it_stands_and_a_no_is_told() {
    for kind in [Kind::Mastodon, Kind::Linkedin] {
        let (g, id) = Ground::hanging(kind).await;
        for prank in [Prank::CutBefore, Prank::CutAfter, Prank::AcceptThen(502), Prank::Refuse(503, "busy")] {
            g.world.plot(Mischief::once(Act::Edit, prank));
        }
        g.correct(id, "Vi søger dig til nat.").await.unwrap();
        g.drive().await;
        assert_eq!(g.standing(id).await, Standing::Sending, "{kind:?}");
        // meanwhile nothing else is wished for
        let busy = g.correct(id, "Noget andet").await.unwrap_err();
        assert!(
            matches!(busy, RewriteError::Action(ActionError::Field(_, "correction-error-sending"))),
            "{busy:?}"
        );
        for _ in 0..40 {
            g.after(120).await;
        }
        assert_eq!((g.standing(id).await, g.world.posts().len()), (Standing::Done, 1), "{kind:?}");
        assert!(g.world.posts()[0].text().contains("til nat"));
        // what the peer will not take is told, and the old words stand
        g.world.plot(Mischief::once(Act::Edit, Prank::Refuse(422, "Text is not allowed")));
        g.correct(id, "Vi søger dig til dag.").await.unwrap();
        g.drive().await;
        assert_eq!(
            (g.standing(id).await, g.told(id).await),
            (Standing::Refused, "Vi søger dig til nat.".into())
        );
        g.unproven().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_waited_for() {
    let (g, id) = Ground::hanging(Kind::Mastodon).await;
    g.world.plot(Mischief::once(Act::Edit, Prank::Revoked));
    g.correct(id, "Vi søger dig til nat.").await.unwrap();
    g.drive().await;
    g.after(3600).await;
    assert_eq!(g.standing(id).await, Standing::Ready);
    super::connect(&g.app, &g.world).await;
    g.after(600).await;
    assert_eq!(g.standing(id).await, Standing::Done);
    assert!(g.world.posts()[0].text().contains("til nat"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_holds_and_nothing_known_for_a_day_is_a_persons_matter() {
    let (g, id) = Ground::hanging(Kind::Linkedin).await;
    g.world.plot(Mischief::always(Act::Edit, Prank::CutBefore));
    g.correct(id, "Vi søger dig til nat.").await.unwrap();
    for _ in 0..60 {
        g.after(1800).await;
    }
    assert_eq!(g.standing(id).await, Standing::ByHand);
    let hands = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    let mut lise = g.app.logged_in(hands).await;
    assert_eq!(lise.post(&format!("/udsendelser/{id}/rettet"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(g.standing(id).await, Standing::Done);
    g.unproven().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_deadline_is_offered_with_the_words_that_follow_and_never_made_by_itself() {
    let (mut g, _) = Ground::hanging(Kind::Mastodon).await;
    let ad = g.posting;
    let was = g
        .app
        .with_ads(move |c, _, scope| Ok(postings::get(c, scope, ad)?.unwrap().deadline_local().unwrap()))
        .await
        .unwrap();
    let said = opslag::i18n::format::deadline(was, opslag::base::Language::Da);
    g.media = vec![];
    let id = g.plan(&format!("SOSU-assistent til nat. Søg senest {said}."), 0).await;
    g.drive().await;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let notice = "Opslag, der ikke længere passer";
    assert!(!browser.get("/udsendelser").await.body.contains(notice));
    g.changes("SOSU-assistent til nat i Nord", 37).await;
    for _ in 0..3 {
        g.after(120).await;
    }
    assert!(g.world.posts().iter().all(|post| post.edited.is_none()), "nothing is changed by itself");
    let publication = g.row(id).await.publication_id;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    for path in ["/udsendelser".to_owned(), format!("/jobopslag/{ad}")] {
        let page = browser.get(&path).await.body;
        assert!(
            page.contains(notice) && page.contains(&format!("/rettelser/{publication}")),
            "{path} {page}"
        );
    }
    // who does not publish is not told
    let mut panel = g.app.browser(Role::Contributor, g.app.centre_north).await;
    assert!(!panel.get(&format!("/jobopslag/{ad}")).await.body.contains(notice));
    let page = browser.get(&format!("/rettelser/{publication}")).await.body;
    let now = g
        .app
        .with_ads(move |c, _, scope| Ok(postings::get(c, scope, ad)?.unwrap().deadline_local().unwrap()))
        .await
        .unwrap();
    let wanted = opslag::i18n::format::deadline(now, opslag::base::Language::Da);
    assert!(page.contains(&format!("SOSU-assistent til nat i Nord. Søg senest {wanted}.")), "{page}");
    // as the form stands there, it is made
    let text = format!("SOSU-assistent til nat i Nord. Søg senest {wanted}.");
    let seen = g.row(id).await.payload_sha256;
    let fields = [
        ("do", "ret".to_owned()),
        ("ret", id.to_string()),
        (&format!("seen-{id}"), seen),
        (&format!("text-{id}"), text.clone()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let shown = [&[("do", "vis")], &fields[1..]].concat();
    let preview = browser.post(&format!("/rettelser/{publication}"), &shown).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(g.corrections(id).await.is_empty());
    let made = browser.post(&format!("/rettelser/{publication}"), &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    g.drive().await;
    assert_eq!(g.told(id).await, text);
    // the other one is left as it is, and then nothing is offered any more
    let others = g.world.posts().len();
    let first = g.app.kit.db.read(move |c| {
        use diesel::prelude::*;
        use opslag::db::schema::deliveries;
        deliveries::table
            .filter(deliveries::id.ne(id))
            .select((deliveries::id, deliveries::publication_id))
            .first::<(DeliveryId, opslag::base::id::PublicationId)>(c)
            .map_err(DbError::from)
    });
    let (first, of) = first.await.unwrap();
    let left = browser.post(&format!("/rettelser/{of}"), &[("do", &format!("lad-{first}"))]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
    assert_eq!(g.corrections(first).await[0].way, Way::Left);
    assert!(!browser.get("/udsendelser").await.body.contains(notice));
    assert_eq!(g.world.posts().len(), others);
    g.unproven().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_input_is_said_at_the_field_and_nothing_is_begun() {
    let (g, id) = Ground::hanging(Kind::Mastodon).await;
    let publication = g.row(id).await.publication_id;
    let path = format!("/rettelser/{publication}");
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let (seen, chosen) = (g.row(id).await.payload_sha256, id.to_string());
    let (seen_field, text_field) = (format!("seen-{id}"), format!("text-{id}"));
    let long = "å".repeat(600);
    for (words, status, said) in [
        ("Vi søger dig til aften.", StatusCode::UNPROCESSABLE_ENTITY, "Teksten er den samme"),
        (long.as_str(), StatusCode::UNPROCESSABLE_ENTITY, "ååååå"),
    ] {
        let fields = [("do", "ret"), ("ret", &*chosen), (&*seen_field, &*seen), (&*text_field, words)];
        let page = browser.post(&path, &fields).await;
        assert_eq!(page.status, status, "{}", page.body);
        assert!(page.body.contains(said), "{}", page.body);
    }
    let none = browser.post(&path, &[("do", "ret")]).await;
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("mindst ét opslag"));
    let older = [("do", "ret"), ("ret", &*chosen), (&*seen_field, "0000"), (&*text_field, "Nyt")];
    assert_eq!(browser.post(&path, &older).await.status, StatusCode::CONFLICT);
    assert!(g.corrections(id).await.is_empty());
    let fields = [("do", "ret"), ("ret", &*chosen), (&*seen_field, &*seen), (&*text_field, "Nyt")];
    let mut south = g.app.browser(Role::Communications, g.app.centre_south).await;
    assert_eq!(south.post(&path, &fields).await.status, StatusCode::NOT_FOUND);
    let mut writer = g.app.browser(Role::HiringManager, g.app.centre_north).await;
    assert_eq!(writer.post(&path, &fields).await.status, StatusCode::FORBIDDEN);
    assert_eq!(writer.get(&path).await.status, StatusCode::OK);
    // dropped before it is made
    g.correct(id, "Nyt").await.unwrap();
    assert_eq!(
        browser.post(&format!("/udsendelser/{id}/glem-rettelsen"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    g.drive().await;
    assert_eq!(
        (g.standing(id).await, g.told(id).await),
        (Standing::Dropped, "Vi søger dig til aften.".into())
    );
}

const POINTS: [Point; 4] =
    [Point::CorrectionClaimed, Point::CorrectionFenced, Point::CorrectionSent, Point::CorrectionRecorded];

/// `OPSLAG_CRASH_RUNS`, `OPSLAG_CRASH_SEED` as for posts.
#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_while_words_are_changed() {
    for kind in [Kind::Mastodon, Kind::Facebook, Kind::Linkedin] {
        let (mut g, _) = crashing(kind).await;
        g.media = vec![];
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        let config = power::config_file(
            &g.app,
            "[channels]\nprivate_hosts = [\"127.0.0.1\", \"localhost\"]\n\
             [delivery]\nlease_seconds = 40\nrequest_seconds = 5\nretry_seconds = 1\nprobe_seconds = [1]\n",
        );
        let chance = Chance::seeded(number("OPSLAG_CRASH_SEED", 1));
        let runs = rounds("OPSLAG_CRASH_RUNS", 12);
        for run in 0..runs {
            let words = format!("Vi søger dig til vagt nummer {run}.");
            g.correct(id, &words).await.unwrap();
            let point = match usize::try_from(run).unwrap() {
                early if early < POINTS.len() => POINTS[early],
                _ => POINTS[usize::try_from(chance.below(POINTS.len() as u64)).unwrap()],
            };
            let worker = power::process(&g.app, &config, &["work"], point, 1);
            assert_eq!(power::died(worker).await, Some(9), "run {run}: {} was not reached", point.name());
            let said = g.corrections(id).await.pop().unwrap();
            let begun = point != Point::CorrectionClaimed;
            let recorded = point == Point::CorrectionRecorded;
            assert_eq!(said.state == Standing::Sending, begun && !recorded, "{} {said:?}", point.name());
            // the lease of the dead runs out
            let lapse = g.app.kit.db.write(|c| {
                diesel::sql_query(
                    "update corrections set lease_until = 1, next_at = 1 where settled_at is null",
                )
                .execute(c)?;
                Ok::<_, DbError>(())
            });
            lapse.await.unwrap();
            g.drive().await;
            assert_eq!(g.standing(id).await, Standing::Done, "{kind:?} run {run} {}", point.name());
            assert_eq!(g.told(id).await, words);
            let hangs = g.world.posts();
            assert!(hangs[0].text().contains(&words), "{kind:?} run {run}: {}", hangs[0].text());
            assert_eq!(hangs.len(), 2, "what is corrected, and the one it began with");
            g.unproven().await;
        }
    }
}

/// A ground on the real clock, as workers that are processes of their own have it.
pub async fn crashing(kind: Kind) -> (Ground, DeliveryId) {
    use opslag::{base::Clock, demo::worlds};

    use crate::harness::{TestApp, app::Wanted};
    let app = TestApp::start_with(Wanted {
        configure: |config| {
            config.delivery.request_seconds = 5;
            config.delivery.lease_seconds = 40;
            config.delivery.retry_seconds = 1;
        },
        ..Wanted::default()
    })
    .await;
    let listen = "127.0.0.1:0".parse().unwrap();
    let world = worlds::start(kind, "Solvang Kommune", listen, Clock::real(), Chance::seeded(7)).unwrap();
    world.hold(10_000);
    let account = super::connect(&app, &world).await;
    let posting = app.opened(app.ready_content("SOSU-assistent til aften")).await.id;
    let (clock, media) = (Clock::real(), Vec::new());
    let g = Ground { app, world, clock, account, posting, actor: Actor::System, media };
    let id = g.plan("Den første.", 0).await;
    g.drive().await;
    (g, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_ticks_off_what_is_not_laid_with_them() {
    let (g, id) = Ground::hanging(Kind::Mastodon).await;
    let user = g.app.person("Bo Dam", Role::Communications, g.app.organisation).await;
    let mut bo = g.app.logged_in(user).await;
    g.correct(id, "Vi søger dig til nat.").await.unwrap();
    // it is the channel's matter, not a person's
    assert_eq!(bo.post(&format!("/udsendelser/{id}/rettet"), &[]).await.status, StatusCode::CONFLICT);
    g.drive().await;
    assert_eq!(g.standing(id).await, Standing::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_backup_brings_back_is_not_said_again_by_itself() {
    let (g, id) = Ground::hanging(Kind::Mastodon).await;
    g.correct(id, "Vi søger dig til nat.").await.unwrap();
    let now = g.clock.now();
    g.app.kit.db.write(move |c| publishing::hold_overdue(c, now)).await.unwrap();
    g.after(3600).await;
    assert_eq!((g.standing(id).await, g.world.count(Act::Edit)), (Standing::ByHand, 0));
    let publication = g.row(id).await.publication_id;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = browser.get(&format!("/rettelser/{publication}")).await.body;
    assert!(page.contains("gendannet fra en sikkerhedskopi"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn under_four_eyes_the_maker_of_a_post_may_approve_a_colleagues_words_and_not_their_own() {
    use opslag::publishing::approval::{self, Judgement};

    let mut g = Ground::new(Kind::Mastodon).await;
    let (lise, rene) = governed(&mut g).await;
    let bo = g.app.person("Bo Dam", Role::Communications, g.app.organisation).await;
    g.actor = Actor::User(lise);
    let id = g.plan("Vi søger dig til aften.", 0).await;
    let row = g.row(id).await;
    let seen = vec![(id, row.payload_sha256)];
    let judgement =
        Judgement { word: Word::Approved, note: String::new(), seen, when: None, checks: Vec::new() };
    approval::judge(&g.app.kit, Actor::User(bo), row.publication_id, judgement).await.unwrap();
    g.drive().await;
    assert_eq!(g.state(id).await, State::Published);
    for (writer, may, may_not) in [(rene, lise, rene), (lise, bo, lise)] {
        g.actor = Actor::User(writer);
        g.correct(id, &format!("Vi søger dig til nat ({writer}).")).await.unwrap();
        let open = g.corrections(id).await.pop().unwrap();
        let says = async |who: UserId| {
            let seen = vec![(open.id, open.payload_sha256.clone())];
            correct_settle::judge(&g.app.kit, Actor::User(who), row.publication_id, Word::Approved, "", seen)
                .await
        };
        let refused = says(may_not).await;
        assert!(matches!(refused, Err(ActionError::Forbidden)), "{refused:?} {:?}", open.state);
        let mut browser = g.app.logged_in(may).await;
        let page = browser.get(&format!("/rettelser/{}", row.publication_id)).await.body;
        assert!(page.contains("name=\"seen\""), "{page}");
        says(may).await.unwrap();
        g.after(60).await;
        assert_eq!(g.standing(id).await, Standing::Done);
    }
    g.unproven().await;
}
