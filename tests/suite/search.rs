//! Searching as people do it, over applications as they come in: found at once, only by whom they concern, gone when
//! erased, and there again when the index is lost.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use opslag::{
    accounts::{Role, audit, audit::Actor},
    applications::actions,
    base::id::{ApplicationId, UnitId},
    db::DbError,
    postings::{self, Posting},
    search,
};

use crate::harness::{TestApp, applicants::paper, people::Browser};

/// The applications on a page of hits, in order.
fn hits(page: &str) -> Vec<ApplicationId> {
    let links = page.split("<a href=\"/ansoegninger/").skip(1);
    links.map(|l| l.split('"').next().unwrap().parse().unwrap()).collect()
}

async fn found(browser: &mut Browser, query: &str) -> Vec<ApplicationId> {
    let query = serde_urlencoded::to_string([("q", query)]).unwrap();
    let page = browser.get(&format!("/soeg?{query}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    hits(&page.body)
}

/// Asks until something is found; how long it took.
async fn until_found(browser: &mut Browser, query: &str) -> Duration {
    let begun = Instant::now();
    while found(browser, query).await.is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{query} is never found");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    begun.elapsed()
}

pub async fn catch_up(app: &TestApp) {
    let (db, index) = (app.kit.db.clone(), app.parts.search.clone());
    tokio::task::spawn_blocking(move || search::jobs::catch_up(&db, &index)).await.unwrap().unwrap();
}

async fn ad_in(app: &TestApp, title: &str, unit: UnitId) -> Posting {
    let mut content = app.ready_content(title);
    content.unit = unit;
    app.opened(content).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_application_is_found_within_a_second() {
    let app = TestApp::start().await;
    let ad = app.open_ad("SOSU-assistent").await;
    let mut browser = app.recruiter().await;
    let id = app.applied(ad.id, "Gülşah Ågård-Thorgilsen", "").await;
    let took = until_found(&mut browser, "thorgilsen").await;
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert_eq!(found(&mut browser, "gulsah aagaard").await, [id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_and_the_files_are_searched_and_the_page_says_why() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Sygeplejerske til hjemmeplejen").await;
    let form = app
        .filled(&ad, "")
        .await
        .with("letter", "Jeg er SSA og har haft <b>nattevagter</b> i Århus.")
        .file("cv", "CV Jørgen.pdf", paper("cv-latin.pdf"))
        .file("files", "Ansøgning.odt", paper("ansoegning.odt"));
    assert_eq!(app.send(&ad, &form).await.status, 303);
    app.drain().await;
    catch_up(&app).await;
    let mut browser = app.recruiter().await;
    for query in [
        "vagt",
        "social- og sundhedsassistent",
        "Aarhus",
        "hjemmesygepleje",
        "konflikthåndtering",
        "\"Side to: kurser\"",
        "børnehaven æblehaven",
        "Sofie Baek",
        "Sophie",
        "sofie@baek.example",
        "vuggestue* -vikar",
    ] {
        // Århus stands in the letter and not in a name; there aa is not å
        let expected = usize::from(query != "Aarhus");
        assert_eq!(found(&mut browser, query).await.len(), expected, "{query}");
    }
    let page = browser.get("/soeg?q=vagt").await.body;
    assert!(page.contains("&#60;b&#62;natte<mark>vagter</mark>&#60;/b&#62;"), "{page}");
    assert!(page.contains("»vagt« er en del af »nattevagter«"), "{page}");
    assert!(page.contains("Søgeresultat – ikke en vurdering"), "D-36: {page}");
    let page = browser.get("/soeg?q=s%C3%A5rpleje").await.body;
    assert!(page.contains("I CV Jørgen.pdf:") && page.contains("<mark>sårpleje</mark>"), "{page}");
    assert!(!browser.get("/soeg").await.body.contains("ikke en vurdering"), "by time, nothing is weighed");
    // what looks like a CPR number is nowhere
    for query in ["120385-0011", "1203850011", "120385"] {
        assert!(found(&mut browser, query).await.is_empty(), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_erased_is_not_found_and_a_lost_index_comes_back() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    let (anna, bent) = (app.applied(ad.id, "Anna Holm", "").await, app.applied(ad.id, "Bent Holm", "").await);
    let mut browser = app.recruiter().await;
    catch_up(&app).await;
    assert_eq!(found(&mut browser, "holm").await.len(), 2);
    let k = app.kit.clone();
    app.kit
        .db
        .write(move |c| {
            assert!(actions::erase(c, &k, Actor::System, anna)?);
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
    catch_up(&app).await;
    assert_eq!(found(&mut browser, "holm").await, [bent]);
    app.parts.search.ask_to_begin_anew().unwrap();
    catch_up(&app).await;
    assert_eq!(found(&mut browser, "holm").await, [bent]);
    assert_eq!(app.parts.search.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_finds_or_counts_what_is_not_theirs() {
    let app = TestApp::start().await;
    let (north, south) =
        (ad_in(&app, "Kok i nord", app.centre_north).await, ad_in(&app, "Kok i syd", app.centre_south).await);
    let mut ids = [Vec::new(), Vec::new()];
    for n in 0..7 {
        let of = usize::from(n % 3 == 0);
        let ad = [&north, &south][of];
        ids[of].push(app.applied(ad.id, &format!("Person Nummer{n}"), "").await);
    }
    catch_up(&app).await;
    let set = |ids: &[ApplicationId]| ids.iter().copied().collect::<BTreeSet<_>>();
    for (role, unit, wanted) in [
        (Role::HiringManager, app.centre_north, set(&ids[0])),
        (Role::HiringManager, app.centre_south, set(&ids[1])),
        (Role::Recruiter, app.organisation, set(&ids.concat())),
    ] {
        let mut browser = app.browser(role, unit).await;
        for query in ["", "person", "hedder", "jeg*"] {
            assert_eq!(set(&found(&mut browser, query).await), wanted, "{role} {query}");
        }
        let page = browser.get("/soeg?q=person").await.body;
        assert!(
            page.contains(&format!("Modtaget ({})", wanted.len())),
            "counts are within the scope: {page}"
        );
        assert_eq!(page.contains("Kok i syd"), wanted.contains(&ids[1][0]), "{role}");
        // asking for a posting outside by its id gives nothing and names nothing
        if !wanted.contains(&ids[1][0]) {
            let page = browser.get(&format!("/soeg?opslag={}", south.id)).await.body;
            assert!(hits(&page).is_empty() && !page.contains("Kok i syd"));
        }
    }
    for role in [Role::Communications, Role::ReportReader, Role::Ops] {
        let mut browser = app.browser(role, app.organisation).await;
        let seen = browser.get("/soeg?q=person").await;
        assert!(seen.status == 403 || seen.status == 404, "{role}: {}", seen.status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_came_up_in_a_search_is_logged() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    let id = app.applied(ad.id, "Anna Holm", "").await;
    catch_up(&app).await;
    let mut browser = app.recruiter().await;
    assert_eq!(found(&mut browser, "holm").await, [id]);
    assert!(found(&mut browser, "findesikke").await.is_empty());
    let object = format!("application:{id}");
    let lines = app.kit.db.read(move |c| audit::read(c, Some(&object), 10)).await.unwrap();
    let found: Vec<_> = lines.iter().filter(|l| l.verb == audit::Verb::Found).collect();
    assert_eq!(found.len(), 1);
    assert!(found[0].actor.starts_with("user:") && found[0].detail.is_none(), "never a name or a text");
    assert_eq!(app.kit.db.read(audit::verify).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_and_pages_follow() {
    let app = TestApp::start().await;
    let (kok, bager) = (app.open_ad("Kok").await, app.open_ad("Bager").await);
    for n in 0..23 {
        app.applied(if n < 21 { kok.id } else { bager.id }, &format!("Person Nummer{n}"), "").await;
    }
    catch_up(&app).await;
    let mut browser = app.recruiter().await;
    let first = browser.get("/soeg").await.body;
    assert_eq!(hits(&first).len(), 20);
    assert!(first.contains("23 ansøgninger") && first.contains("side=2"), "{first}");
    let second = hits(&browser.get("/soeg?side=2").await.body);
    assert_eq!(second.len(), 3);
    let all: BTreeSet<_> = hits(&first).into_iter().chain(second).collect();
    assert_eq!(all.len(), 23, "no one twice, no one left out");
    assert_eq!(hits(&browser.get(&format!("/soeg?opslag={}", bager.id)).await.body).len(), 2);
    assert!(hits(&browser.get("/soeg?trin=offer").await.body).is_empty());
    assert_eq!(
        hits(&browser.get("/soeg?trin=received&trin=offer&afgoerelse=undecided&q=nummer7").await.body).len(),
        1
    );
    assert!(hits(&browser.get("/soeg?til=2020-01-01").await.body).is_empty());
    assert_eq!(hits(&browser.get("/soeg?fra=2020-01-01&til=vrøvl&side=-1").await.body).len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_has_forgotten_leaves_nothing_out() {
    use opslag::queue::changes;
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("SOSU-assistent").await;
    for name in ["Anna Holm", "Bo Juhl", "Ruth Dam"] {
        app.applied(ad.id, name, "").await;
    }
    catch_up(&app).await;
    // another process's index, which nobody follows for weeks
    let folder = tempfile::tempdir().unwrap();
    let behind = search::Index::open(folder.path()).unwrap();
    search::jobs::catch_up(&app.kit.db, &behind).unwrap();
    app.applied(ad.id, "Sofie Bæk", "").await;
    app.applied(ad.id, "Jens Lund", "").await;
    catch_up(&app).await;
    let newest = app.kit.db.read(changes::newest).await.unwrap();

    app.kit.clock.advance(Duration::from_secs(13 * 86_400));
    let now = app.kit.clock.now();
    assert_eq!(app.kit.db.write(move |c| changes::forget(c, now)).await.unwrap(), 0, "it is too young");
    app.kit.clock.advance(Duration::from_secs(2 * 86_400));
    let now = app.kit.clock.now();
    let forgotten = app.kit.db.write(move |c| changes::forget(c, now)).await.unwrap();
    let left = app.kit.db.read(|c| changes::since(c, 0, 100)).await.unwrap();
    assert!(forgotten > 0 && left.len() == 1 && left[0].seq == newest, "{forgotten} {left:?}");

    // whoever followed goes on, whoever did not begins anew
    app.applied(ad.id, "Karen Vang", "").await;
    catch_up(&app).await;
    search::jobs::catch_up(&app.kit.db, &behind).unwrap();
    assert_eq!((app.parts.search.count(), behind.count()), (6, 6));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ad_that_many_newer_ones_hide_still_has_its_name() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Fyrpasser på Nordre Rønner").await;
    let id = app.applied(ad.id, "Gülşah Ågård-Thorgilsen", "").await;
    let draft = app.ready_content("Rengøringsassistent");
    app.with_ads(move |c, k, scope| {
        for _ in 0..201 {
            postings::create(c, k, Actor::System, scope, draft.clone())?;
        }
        Ok(())
    })
    .await
    .unwrap();
    catch_up(&app).await;
    let mut browser = app.recruiter().await;
    for query in ["q=thorgilsen".to_owned(), format!("q=thorgilsen&opslag={}", ad.id)] {
        let page = browser.get(&format!("/soeg?{query}")).await;
        assert_eq!(hits(&page.body), [id], "{query}");
        assert!(page.body.contains("Fyrpasser på Nordre Rønner"), "{query}");
    }
    // chosen, it stays among those that can be chosen
    let chosen = browser.get(&format!("/soeg?q=thorgilsen&opslag={}", ad.id)).await;
    assert!(
        chosen.body.contains(&format!("<option value=\"{}\" selected>Fyrpasser", ad.id)),
        "{}",
        chosen.body
    );
}
