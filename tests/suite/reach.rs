//! Unit × channel: what went out and who came by it, for those who may see sums there and nobody else.

use std::time::Duration;

use opslag::{accounts::Role, demo::worlds::Kind, insights::reach, tracking};

use crate::{
    harness::people::{Browser, PHONE, proxied},
    publishing::Ground,
};

const DAYS: u64 = 90 * 86_400;

/// The matrix of everything.
async fn counted(g: &Ground) -> reach::Reach {
    let (scope, now) = (g.scope().await, g.clock.now());
    let since = now - Duration::from_secs(DAYS);
    g.app.kit.db.read(move |c| reach::reach(c, &scope, since, now)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_matrix_counts_what_went_out_and_who_came_by_it() {
    let g = Ground::configured(Kind::Bluesky, proxied).await;
    let sent = g.plan("Kom til os om aftenen.", 0).await;
    let dropped = g.plan("Kom til os om natten.", 3600).await;
    g.drive().await;
    let scope = g.scope().await;
    let by = opslag::publishing::By { actor: g.actor, scope };
    opslag::publishing::actions::cancel(&g.app.kit, &by, dropped).await.unwrap();
    let link = g.row(sent).await.link_id;
    let posting = g.posting;
    let token = g.app.kit.db.read(move |c| tracking::links_of(c, posting)).await.unwrap();
    let token = token.into_iter().find(|l| l.id == link).unwrap().token;
    for address in ["10.1.2.3", "10.2.2.3"] {
        Browser::visiting(&g.app, address, PHONE).get(&format!("/r/{token}")).await;
    }
    g.app.parts.visits.flush(&g.app.kit.db).await.unwrap();
    g.app.applied(posting, "Ida", &token).await;
    // nobody knows how this one came
    g.app.applied(posting, "Bo", "").await;
    g.clock.advance(Duration::from_secs(60));

    let north = g.app.centre_north;
    let found = counted(&g).await;
    let wanted = reach::Cell { posts: 1, clicks: 2, applications: 1 };
    assert_eq!((found.of(north), found.total, found.channels["bluesky"]), (wanted, wanted, wanted));
    assert_eq!(found.of(g.app.centre_south), reach::Cell::default());

    let mut desk = g.app.browser(Role::ReportReader, g.app.organisation).await;
    let page = desk.get("/tal").await.body;
    for said in ["Plejecenter Nord", "Bluesky", "Én enhed har intet slået op"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let mut south = g.app.browser(Role::HiringManager, g.app.centre_south).await;
    let page = south.get("/tal").await.body;
    assert!(page.contains("Ingen opslag endnu") && !page.contains("Plejecenter Nord"), "{page}");

    // what is taken down has been there; what is older than the period has not
    g.clock.advance(Duration::from_secs(DAYS));
    assert_eq!(counted(&g).await.total, reach::Cell::default());
}
