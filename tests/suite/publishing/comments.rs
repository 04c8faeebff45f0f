//! First comments: said once under their post, never twice, whatever the peer answers; their post stands whatever comes of
//! them, and with it they come down.

use diesel::RunQueryDsl;
use opslag::{
    accounts::Role,
    base::{Chance, Language, fault::Point, id::DeliveryId},
    channels::{Commenting, Post},
    db::DbError,
    demo::worlds::{Act, Kind, Mischief, Prank},
    publishing::{
        self, Chosen, Comment, Order, OrderError, Part, State, actions, comment::Standing, comment_actions,
        publish::publish_chosen,
    },
};
use reqwest::StatusCode;

use super::Ground;
use crate::harness::power::{self, number, rounds};

const ALL: [Kind; 8] = [
    Kind::Mastodon,
    Kind::Bluesky,
    Kind::Threads,
    Kind::Facebook,
    Kind::Instagram,
    Kind::Linkedin,
    Kind::LinkedinMember,
    Kind::Youtube,
];
const WORDS: &str = "Spørg Lise på 1234 5678, eller læs mere: [link] #job";

/// On these a comment is a post that answers the first.
fn answers(kind: Kind) -> bool {
    kind.commenting().is_some_and(|commenting| commenting.outlives)
}

impl Ground {
    /// One whose posts show what the channel takes.
    async fn talkative(kind: Kind) -> Self {
        let mut g = match kind {
            Kind::Instagram => {
                let (mut g, photo, _) = Self::illustrated(kind).await;
                g.media = vec![photo];
                g
            }
            _ => Self::new(kind).await,
        };
        if kind == Kind::Youtube {
            g.show_film().await;
        }
        g
    }

    async fn order_with(&self, text: &str, comment: &str) -> Result<DeliveryId, OrderError> {
        let order = Order {
            subject: self.posting.into(),
            language: Language::Da,
            when: None,
            media: self.media.clone(),
            parts: vec![Part { account: self.account, text: text.into() }],
            same_words_ok: true,
        };
        let chosen = Chosen { comments: [(self.account, comment.to_owned())].into(), ..Chosen::default() };
        let done = publish_chosen(&self.app.kit, self.actor, &self.scope().await, order, chosen).await?;
        Ok(done.deliveries[0])
    }

    async fn comment(&self, id: DeliveryId) -> Comment {
        self.app.kit.db.read(move |c| publishing::comment_of(c, id)).await.unwrap().unwrap()
    }

    /// The words under the one post that hangs.
    fn said(&self) -> Vec<String> {
        let posts = self.world.posts();
        assert_eq!(posts.len(), 1, "one post, and no answer without its post: {posts:?}");
        posts[0].comments.iter().map(|comment| comment.text.clone()).collect()
    }

    /// Plots what happens to the call that says the comment.
    fn plot_comment(&self, prank: Prank) {
        if answers(self.world.kind()) {
            // the post itself goes out in peace
            self.world.plot(Mischief::once(Act::Publish, Prank::Delay(std::time::Duration::ZERO)));
            self.world.plot(Mischief::once(Act::Publish, prank));
        } else {
            self.world.plot(Mischief::once(Act::Comment, prank));
        }
    }

    async fn comment_ends(&self, id: DeliveryId) -> Standing {
        for _ in 0..12 {
            self.after(300).await;
        }
        assert!(matches!(self.state(id).await, State::Published), "{:?}", self.row(id).await);
        assert_eq!(self.app.kit.db.read(publishing::unproven).await.unwrap(), None);
        self.comment(id).await.state
    }

    /// Whether an uncertain comment is settled without anybody.
    fn settles(&self) -> bool {
        use opslag::channels::Class;
        let class = self.world.kind().commenting().unwrap().class;
        // the practice server keeps keys
        matches!(class, Class::OwnName | Class::TwoPhase) || self.world.kind() == Kind::Mastodon
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stands_under_its_post_with_proof_and_comes_down_with_it() {
    for kind in ALL {
        let g = Ground::talkative(kind).await;
        let id = g.order_with("Vi søger dig til aften.", WORDS).await.unwrap();
        g.drive().await;
        assert_eq!(g.state(id).await, State::Published, "{kind:?}");
        let comment = g.comment(id).await;
        assert_eq!(comment.state, Standing::Done, "{kind:?} {comment:?}");
        let post: Post = serde_json::from_str(&g.row(id).await.payload).unwrap();
        let wanted = WORDS.replace("[link]", &post.link);
        assert_eq!((g.said(), comment.words.as_str()), (vec![wanted.clone()], wanted.as_str()), "{kind:?}");
        let proof = g.app.kit.db.read(move |c| publishing::proof_of(c, id)).await.unwrap();
        assert!(proof.iter().any(|line| line.kind.word() == "commented"), "{kind:?}");
        // nothing more happens to it
        let calls = g.world.calls().len();
        g.after(3000).await;
        let again =
            g.world.calls()[calls..].iter().any(|call| matches!(call.act, Act::Comment | Act::Publish));
        assert!(!again, "{kind:?}");
        actions::take_down(&g.app.kit, &g.by().await, id).await.unwrap();
        for _ in 0..4 {
            g.after(300).await;
        }
        assert_eq!(
            (g.state(id).await, g.comment(id).await.state),
            (State::Removed, Standing::Removed),
            "{kind:?}"
        );
        assert_eq!(g.world.posts(), [], "{kind:?}");
        assert_eq!(g.app.kit.db.read(publishing::unproven).await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_never_makes_two_and_never_touches_the_post() {
    for kind in ALL {
        for (prank, arrived) in
            [(Prank::CutBefore, false), (Prank::CutAfter, true), (Prank::AcceptThen(502), true)]
        {
            let g = Ground::talkative(kind).await;
            g.plot_comment(prank.clone());
            let id = g.order_with("Vi søger dig til aften.", WORDS).await.unwrap();
            g.drive().await;
            assert_eq!(g.comment(id).await.state, Standing::Sending, "{kind:?} {prank:?}");
            let ended = g.comment_ends(id).await;
            let blind = kind == Kind::LinkedinMember;
            let wanted = match (g.settles(), arrived && !blind) {
                (true, _) | (_, true) => (Standing::Done, 1),
                (false, false) => (Standing::ByHand, usize::from(arrived)),
            };
            assert_eq!((ended, g.said().len()), wanted, "{kind:?} {prank:?} {:?}", g.comment(id).await);
            if ended == Standing::ByHand {
                // a person looks: there it is, or it is said again
                let by = g.by().await;
                match arrived {
                    true => {
                        comment_actions::is_there(&g.app.kit, &g.app.parts.channels, &by, id).await.unwrap()
                    }
                    false => comment_actions::say_again(&g.app.kit, &by, id).await.unwrap(),
                }
                assert_eq!(
                    (g.comment_ends(id).await, g.said().len()),
                    (Standing::Done, 1),
                    "{kind:?} {prank:?}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lists_do_not_show_yet_is_looked_for_again_and_not_said_again() {
    for kind in [Kind::Facebook, Kind::Instagram, Kind::Linkedin, Kind::Youtube] {
        let g = Ground::talkative(kind).await;
        g.plot_comment(Prank::CutAfter);
        let id = g.order_with("Vi søger dig til aften.", WORDS).await.unwrap();
        g.drive().await;
        g.world.lag(std::time::Duration::from_secs(400));
        assert_eq!((g.comment_ends(id).await, g.said().len()), (Standing::Done, 1), "{kind:?}");
        assert!(g.comment(id).await.remote_id.is_some(), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uncertain_comment_comes_down_with_its_post() {
    for kind in ALL {
        let g = Ground::talkative(kind).await;
        g.plot_comment(Prank::CutAfter);
        let id = g.order_with("Vi søger dig til aften.", WORDS).await.unwrap();
        g.drive().await;
        assert_eq!(g.comment(id).await.state, Standing::Sending, "{kind:?}");
        actions::take_down(&g.app.kit, &g.by().await, id).await.unwrap();
        for _ in 0..12 {
            g.after(300).await;
        }
        assert_eq!(g.state(id).await, State::Removed, "{kind:?}");
        assert_eq!(g.world.posts(), [], "{kind:?}: {:?}", g.comment(id).await);
        let wanted = if answers(kind) { Standing::Removed } else { Standing::Dropped };
        assert_eq!(g.comment(id).await.state, wanted, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_is_told_and_a_person_tries_again_or_lets_it_be() {
    for kind in [Kind::Mastodon, Kind::Facebook, Kind::Youtube] {
        let mut g = Ground::talkative(kind).await;
        let user = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
        g.actor = opslag::accounts::audit::Actor::User(user);
        let mut lise = g.app.logged_in(user).await;
        let mut ids = Vec::new();
        for text in ["Vi søger dig til aften.", "Vi søger dig til nat."] {
            g.plot_comment(Prank::Refuse(422, "Comments are not allowed"));
            let id = g.order_with(text, WORDS).await.unwrap();
            g.drive().await;
            let comment = g.comment(id).await;
            assert_eq!(
                (comment.state, comment.unsure_since),
                (Standing::ByHand, None),
                "{kind:?} {comment:?}"
            );
            assert_eq!(g.state(id).await, State::Published);
            ids.push(id);
        }
        let queue = lise.get("/udsendelser").await.body;
        assert!(queue.contains("Første kommentarer, der venter på dig"), "{queue}");
        let page = lise.get(&format!("/udsendelser/{}", ids[0])).await.body;
        assert!(page.contains("Prøv igen") && page.contains("bliver stående"), "{page}");
        g.app.drain().await;
        let letters = g.app.letters();
        assert_eq!(
            letters.iter().filter(|l| l.contains("Prøv igen, eller skriv den selv")).count(),
            2,
            "{letters:?}"
        );
        let press = format!("/udsendelser/{}/kommentar/skriv-igen", ids[0]);
        assert_eq!(lise.post(&press, &[]).await.status, StatusCode::SEE_OTHER);
        let press = format!("/udsendelser/{}/kommentar/lad-vaere", ids[1]);
        assert_eq!(lise.post(&press, &[]).await.status, StatusCode::SEE_OTHER);
        // pressed twice, the second is told
        assert_eq!(lise.post(&press, &[]).await.status, StatusCode::CONFLICT);
        g.drive().await;
        assert_eq!(g.comment(ids[0]).await.state, Standing::Done, "{kind:?}");
        assert_eq!(g.comment(ids[1]).await.state, Standing::Dropped);
        let said: usize = g.world.posts().iter().map(|post| post.comments.len()).sum();
        assert_eq!((said, g.world.posts().len()), (1, 2), "{kind:?}");
        assert!(!lise.get("/udsendelser").await.body.contains("Første kommentarer, der venter"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_waited_for() {
    let g = Ground::talkative(Kind::Facebook).await;
    g.plot_comment(Prank::Revoked);
    let id = g.order_with("Vi søger dig til aften.", WORDS).await.unwrap();
    g.drive().await;
    g.after(3600).await;
    assert_eq!(g.comment(id).await.state, Standing::Ready);
    super::connect(&g.app, &g.world).await;
    g.after(600).await;
    assert_eq!((g.comment(id).await.state, g.said().len()), (Standing::Done, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_do_for_a_day_is_a_persons_matter() {
    let g = Ground::talkative(Kind::Linkedin).await;
    g.world.plot(Mischief::always(Act::Comment, Prank::Refuse(503, "busy")));
    let id = g.order_with("Vi søger dig til aften.", WORDS).await.unwrap();
    for _ in 0..60 {
        g.after(1800).await;
    }
    assert_eq!((g.comment(id).await.state, g.state(id).await), (Standing::ByHand, State::Published));
    assert_eq!(g.said().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_tried_while_everything_stood_still_is_said_late() {
    let g = Ground::talkative(Kind::Linkedin).await;
    let id = g.order_with("Vi søger dig til aften.", WORDS).await.unwrap();
    // the post alone, and then nobody works for two days
    publishing::drive(&g.app.kit, &g.app.parts.channels, id).await.unwrap();
    assert_eq!((g.state(id).await, g.said().len()), (State::Published, 0));
    g.after(2 * 86_400).await;
    assert_eq!((g.comment_ends(id).await, g.said().len()), (Standing::Done, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_backup_brings_back_is_not_said_by_itself() {
    let g = Ground::talkative(Kind::Linkedin).await;
    g.plot_comment(Prank::Refuse(503, "busy"));
    let id = g.order_with("Vi søger dig til aften.", WORDS).await.unwrap();
    g.drive().await;
    let now = g.clock.now();
    g.app.kit.db.write(move |c| publishing::hold_overdue(c, now)).await.unwrap();
    assert_eq!((g.comment_ends(id).await, g.said().len()), (Standing::ByHand, 0));
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = browser.get(&format!("/udsendelser/{id}")).await.body;
    assert!(page.contains("gendannet fra en sikkerhedskopi"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_said_is_refused_at_its_field_and_a_common_one_goes_where_it_can() {
    let g = Ground::talkative(Kind::Facebook).await;
    let field = format!("comment-{}", g.account);
    let refused = |error: OrderError| match error {
        OrderError::Fields(errors) => errors.0.into_iter().map(|e| (e.field, e.key)).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let long = refused(g.order_with("Vi søger dig.", &"å".repeat(8001)).await.unwrap_err());
    assert_eq!(long, [(field.clone(), "fit-comment-too-long".to_owned())]);
    let lapse = g.app.kit.db.write(|c| {
        diesel::sql_query(
            "update channel_accounts set granted = replace(granted, 'pages_manage_engagement', 'x')",
        )
        .execute(c)?;
        Ok::<_, DbError>(())
    });
    lapse.await.unwrap();
    let no_right = refused(g.order_with("Vi søger dig.", WORDS).await.unwrap_err());
    assert_eq!(no_right, [(field, "fit-comment-no-right".to_owned())]);
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let account = g.account.to_string();
    let page =
        lise.post(&path, &[("account", &account), ("text", "Vi søger dig."), ("comment", WORDS)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.body.contains("ret til at skrive kommentarer") && page.body.contains("1234 5678"),
        "{}",
        page.body
    );
    // X takes none from us: what is meant for all goes where it can
    let x = Ground::talkative(Kind::X).await;
    assert_eq!(Kind::X.commenting(), None::<Commenting>);
    let mut lise = x.app.browser(Role::Communications, x.app.organisation).await;
    let (path, account) = (format!("/jobopslag/{}/udgiv", x.posting), x.account.to_string());
    let fields = [("account", &*account), ("text", "Vi søger dig."), ("comment", WORDS), ("do", "udgiv")];
    let repeats = [&fields[..], &[("timing", "keep"), ("rest", "30")]].concat();
    let page = lise.post(&path, &repeats).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
    assert!(page.body.contains("En første kommentar kan ikke følge med"), "{}", page.body);
    let sent = lise.post(&path, &[&fields[..], &[("timing", "now")]].concat()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    x.drive().await;
    assert_eq!((x.world.posts().len(), x.said().len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn written_in_the_composer_it_is_part_of_what_is_approved_and_can_be_changed_before_it_goes_out() {
    let g = Ground::talkative(Kind::Mastodon).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let (path, account) = (format!("/jobopslag/{}/udgiv", g.posting), g.account.to_string());
    let own = format!("comment-{account}");
    let fields = [
        ("account", &*account),
        ("text", "Vi søger dig."),
        ("comment", "Til alle"),
        (&*own, WORDS),
        ("timing", "later"),
        ("when", "2026-11-25T09:00"),
        ("do", "udgiv"),
    ];
    let shown = lise.post(&format!("{path}/vis"), &fields).await;
    assert!(shown.body.contains("Spørg Lise") && !shown.body.contains("[link]"), "{}", shown.body);
    let sent = lise.post(&path, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let id = g.app.kit.db.read(|c| {
        use diesel::prelude::*;
        use opslag::db::schema::deliveries;
        deliveries::table.select(deliveries::id).first::<DeliveryId>(c).map_err(DbError::from)
    });
    let id = id.await.unwrap();
    let before = g.row(id).await.payload_sha256;
    let page = lise.get(&format!("/udsendelser/{id}/tekst")).await.body;
    assert!(page.contains("Spørg Lise"), "{page}");
    let changed = [("do", "gem"), ("text", "Vi søger dig."), ("comment", "Spørg Bo")];
    assert_eq!(lise.post(&format!("/udsendelser/{id}/tekst"), &changed).await.status, StatusCode::SEE_OTHER);
    assert_ne!(
        g.row(id).await.payload_sha256,
        before,
        "approval of the old comment does not hold for the new"
    );
    g.after(86_400).await;
    assert_eq!(g.said(), ["Spørg Bo"]);
}

const POINTS: [Point; 5] = [
    Point::CommentClaimed,
    Point::CommentFenced,
    Point::CommentSent,
    Point::CommentRecorded,
    Point::CommentLooked,
];

/// `OPSLAG_CRASH_RUNS`, `OPSLAG_CRASH_SEED` as for posts.
#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_while_it_is_said() {
    for kind in [Kind::Mastodon, Kind::Bluesky, Kind::Threads, Kind::Facebook, Kind::Linkedin] {
        let (g, first) = super::corrections::crashing(kind).await;
        let config = power::config_file(
            &g.app,
            "[channels]\nprivate_hosts = [\"127.0.0.1\", \"localhost\"]\n\
             [delivery]\nlease_seconds = 40\nrequest_seconds = 5\nretry_seconds = 1\nprobe_seconds = [1]\n",
        );
        actions::take_down(&g.app.kit, &g.by().await, first).await.unwrap();
        g.drive().await;
        let chance = Chance::seeded(number("OPSLAG_CRASH_SEED", 1));
        for run in 0..rounds("OPSLAG_CRASH_RUNS", 10) {
            let point = match usize::try_from(run).unwrap() {
                early if early < POINTS.len() => POINTS[early],
                _ => POINTS[usize::try_from(chance.below(POINTS.len() as u64)).unwrap()],
            };
            let text = format!("Vi søger dig til vagt nummer {run}.");
            let id = g.order_with(&text, &format!("Ring på {run}: [link]")).await.unwrap();
            let looked = point == Point::CommentLooked;
            if looked {
                // it is looked for only where it is uncertain
                let worker = power::process(&g.app, &config, &["work"], Point::CommentSent, 1);
                assert_eq!(power::died(worker).await, Some(9), "{kind:?} run {run}");
                g.lapse().await;
            }
            let worker = power::process(&g.app, &config, &["work"], point, 1);
            assert_eq!(
                power::died(worker).await,
                Some(9),
                "{kind:?} run {run}: {} not reached",
                point.name()
            );
            assert_eq!(g.state(id).await, State::Published, "{kind:?} run {run}");
            for _ in 0..6 {
                g.lapse().await;
                g.drive().await;
            }
            let arrived = !matches!(point, Point::CommentClaimed | Point::CommentFenced);
            let settles = g.settles() || arrived || point == Point::CommentClaimed;
            let comment = g.comment(id).await;
            if !settles {
                assert_eq!(comment.state, Standing::ByHand, "{kind:?} run {run} {}", point.name());
                assert_eq!(g.said().len(), 0);
                comment_actions::say_again(&g.app.kit, &g.by().await, id).await.unwrap();
                g.drive().await;
            }
            let comment = g.comment(id).await;
            assert_eq!(comment.state, Standing::Done, "{kind:?} run {run} {} {comment:?}", point.name());
            assert_eq!(g.said(), std::slice::from_ref(&comment.words), "{kind:?} run {run} {}", point.name());
            // the wall is empty for the next
            actions::take_down(&g.app.kit, &g.by().await, id).await.unwrap();
            for _ in 0..3 {
                g.lapse().await;
                g.drive().await;
            }
            assert_eq!(g.world.posts(), [], "{kind:?} run {run} {}", point.name());
            assert_eq!(g.app.kit.db.read(publishing::unproven).await.unwrap(), None);
        }
    }
}

impl Ground {
    /// The leases of the dead run out, and what was put off is due.
    async fn lapse(&self) {
        let lapse = self.app.kit.db.write(|c| {
            for table in ["comments", "deliveries"] {
                let due =
                    format!("update {table} set lease_until = 1, next_at = 1 where next_at is not null");
                diesel::sql_query(due).execute(c)?;
            }
            Ok::<_, DbError>(())
        });
        lapse.await.unwrap();
    }
}
