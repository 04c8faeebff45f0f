//! The public form: what it takes, what it refuses and how, what stays.

use std::time::Duration;

use opslag::{
    applications::{self, PaperKind, Via},
    postings::CloseReason,
    tracking,
};
use reqwest::StatusCode;

use crate::harness::{
    TestApp,
    applicants::{hidden, paper},
    people::Browser,
};

#[tokio::test(flavor = "multi_thread")]
async fn an_application_with_files_is_received_and_a_receipt_leaves() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("SOSU-assistent til Plejecenter Nord").await;
    let form = app
        .filled(&ad, "")
        .await
        .with("phone", "22 33 44 55")
        .with("source", "jobnet")
        .file("cv", "CV Sofie.pdf", paper("cv-latin.pdf"))
        .file("files", "Ansøgning.odt", paper("ansoegning.odt"))
        .file("files", "autorisation.jpg", paper("side.jpg"));
    let sent = app.send(&ad, &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert!(app.letters().is_empty(), "nothing leaves before a job sends it");
    let thanks = Browser::new(&app).get(&sent.location.unwrap()).await;
    assert_eq!(thanks.status, StatusCode::OK);
    assert!(thanks.body.contains("Tak, Sofie"), "{}", thanks.body);
    assert!(thanks.body.contains("sofie@baek.example"));

    let card = &app.cards(ad.id).await[0];
    let whole = app.whole(card.id).await.unwrap();
    assert_eq!(whole.applicant.phone, "+4522334455");
    assert_eq!(whole.application.via, Via::Form);
    assert_eq!(whole.application.self_reported.as_deref(), Some("jobnet"));
    assert_eq!(whole.application.channel, "direct");
    assert!(!whole.application.late);
    assert!(!whole.application.notice_version.is_empty());

    app.drain().await;
    let letters = app.letters();
    assert_eq!(letters.len(), 1);
    for wanted in [
        "sofie@baek.example",
        "Kære Sofie",
        "SOSU-assistent",
        "/min-ansoegning/",
        "Datatilsynet",
        "24. november 2026",
    ] {
        assert!(letters[0].contains(wanted), "{wanted}: {}", letters[0]);
    }
    assert!(!letters[0].contains("demensafsnit"), "nothing of the application is in the letter");
    assert!(letters[0].contains(&format!("receipt-{}", card.id)), "the letter has the application's key");

    let id = card.id;
    let document = app.kit.db.read(move |c| applications::documents(c, &[id])).await.unwrap().remove(0);
    let texts = document.texts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    assert!(texts.contains("demensafsnit"), "the letter can be found");
    assert!(document.texts.len() >= 3, "PDF and ODT were read: {texts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_and_uploaded_survives_every_error() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Sygeplejerske").await;
    let form = app
        .filled(&ad, "")
        .await
        .with("email", "sofie.baek.example")
        .with("letter", "Mit cpr-nummer er 010203-4567, og jeg elsker <b>arbejdet</b>.")
        .with("source", "acquaintance")
        .file("cv", "Mit CV.docx", paper("cv.docx"))
        .file("files", "drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let seen = app.send(&ad, &form).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    for wanted in [
        "<title>Fejl: ",
        "Mailadressen mangler et @",
        "ligner et cpr-nummer",
        "»drawing.svg« er en tegning",
        "href=\"#email\"",
        "value=\"sofie.baek.example\"",
        "og jeg elsker &#60;b&#62;arbejdet&#60;/b&#62;",
        "Mit CV.docx",
        "<option value=\"acquaintance\" selected>",
    ] {
        assert!(seen.body.contains(wanted), "{wanted}: {}", seen.body);
    }
    assert!(!seen.body.contains(">drawing.svg<"), "a refused file is not kept");
    assert!(app.cards(ad.id).await.is_empty());

    // the file that was good need not be sent again; the others are corrected
    let mut again = form.clone().with("email", "sofie@baek.example").with("letter", "Jeg elsker arbejdet.");
    again.files.clear();
    assert!(
        again.fields.contains(&("key".into(), hidden(&seen.body, "key").into())),
        "the form keeps its key"
    );
    let sent = app.send(&ad, &again).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let card = &app.cards(ad.id).await[0];
    let papers = app.papers(card.id).await;
    assert_eq!(papers.len(), 1);
    assert_eq!((papers[0].original_name.as_str(), papers[0].kind), ("Mit CV.docx", PaperKind::Cv));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_can_be_added_named_and_removed_before_sending() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Pædagog").await;
    let form = app.filled(&ad, "").await.with("letter", "").with("go", "add");
    let with =
        form.clone().file("files", "IMG_1.jpg", paper("side.jpg")).file("files", "b.txt", "Hej med jer");
    let seen = app.send(&ad, &with).await;
    assert_eq!(seen.status, StatusCode::OK, "adding a file is no error: {}", seen.body);
    let ids: Vec<&str> =
        seen.body.split("name=\"remove\" value=\"").skip(1).map(|s| s.split('"').next().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    // the same file chosen twice lies there once
    let twice = app.send(&ad, &form.clone().file("files", "IMG_1.jpg", paper("side.jpg"))).await;
    assert_eq!(twice.body.matches("name=\"remove\"").count(), 2);
    let without =
        form.clone().with("go", "").with("remove", ids[1]).with(&format!("kind-{}", ids[0]), "diploma");
    let seen = app.send(&ad, &without).await;
    assert_eq!(seen.body.matches("name=\"remove\"").count(), 1);
    let sent = app.send(&ad, &form.with("go", "send")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "a file alone is an application: {}", sent.body);
    let papers = app.papers(app.cards(ad.id).await[0].id).await;
    assert_eq!(papers.len(), 1);
    assert_eq!(papers[0].kind, PaperKind::Diploma);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_wrong_file_is_a_sentence_at_its_field_and_nothing_is_kept() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let zip = {
        // an archive with nothing of a document in it, under the name of a picture
        let mut bytes = std::io::Cursor::new(Vec::new());
        let mut archive = zip::ZipWriter::new(&mut bytes);
        archive.start_file("hej.txt", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, b"hej").unwrap();
        archive.finish().unwrap();
        bytes.into_inner()
    };
    let large = vec![b'a'; usize::try_from(app.kit.config.limits.paper_bytes).unwrap() + 1];
    for (name, bytes, says) in [
        ("side.html", b"<!doctype html><script>alert(1)</script>".to_vec(), "er en webside"),
        ("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>".to_vec(), "er en tegning"),
        ("ferie.jpg", zip, "er en pakket fil"),
        ("tom.pdf", Vec::new(), "er tom"),
        ("makro.docx", paper("makro.docx"), "indeholder makroer"),
        ("stor.txt", large, "fylder for meget"),
        ("halv.jpg", paper("side.jpg")[..2000].to_vec(), "er ikke hel"),
    ] {
        let seen = app.send(&ad, &app.filled(&ad, "").await.file("cv", name, bytes)).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(seen.body.contains(says), "{name}: {}", seen.body);
        assert!(seen.body.contains("href=\"#cv\""), "{name}: the summary links to the field");
    }
    assert!(app.cards(ad.id).await.is_empty());
    assert_eq!(app.kept_files(), 0, "nothing of a refused file is kept");
    // one that is locked is taken, and the applicant told
    let sent = app.send(&ad, &app.filled(&ad, "").await.file("cv", "låst.pdf", paper("laast.pdf"))).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let thanks = Browser::new(&app).get(&sent.location.unwrap()).await;
    assert!(thanks.body.contains("låst med adgangskode"), "{}", thanks.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn pressing_twice_gives_one_application_and_the_same_receipt() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Nattevagt").await;
    let form = app.filled(&ad, "").await.file("cv", "cv.pdf", paper("cv-latin.pdf"));
    // six presses at once, and one more afterwards
    let presses = (0..6).map(|_| app.send(&ad, &form));
    let seen = futures_util::future::join_all(presses).await;
    let last = app.send(&ad, &form).await;
    let first = seen[0].location.clone().unwrap();
    for answer in seen.iter().chain([&last]) {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.location.as_ref(), Some(&first));
    }
    assert_eq!(app.cards(ad.id).await.len(), 1);
    app.drain().await;
    assert_eq!(app.letters().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_of_this_posting_counts_and_no_other() {
    let app = TestApp::standing_still().await;
    let (ad, other) = (app.open_ad("Kok").await, app.open_ad("Kørselsleder").await);
    let (ours, theirs) = (app.link(ad.id, "bluesky").await, app.link(other.id, "mastodon").await);
    let page = Browser::new(&app).get(&format!("/ansoeg/{}?l=gammel&l={ours}", ad.slug)).await;
    assert_eq!(hidden(&page.body, "l"), ours, "the last token wins");
    for (query, channel) in [
        (format!("?l={ours}"), "bluesky"),
        (format!("?l={theirs}"), "direct"),
        ("?l=findesikke".to_owned(), "direct"),
        ("?l=%22%3E%3Cscript%3E".to_owned(), "direct"),
        (String::new(), "direct"),
    ] {
        let form = app.filled(&ad, &query).await;
        // a form that comes back keeps its token
        let bad = app.send(&ad, &form.clone().with("email", "")).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = form.with("l", hidden(&bad.body, "l"));
        assert_eq!(app.send(&ad, &form).await.status, StatusCode::SEE_OTHER);
        let cards = app.cards(ad.id).await;
        assert_eq!(cards.last().unwrap().channel, channel, "{query}");
    }
    let basis = app.whole(app.cards(ad.id).await[0].id).await.unwrap().application.basis;
    assert_eq!(basis, tracking::Basis::Token);
}

#[tokio::test(flavor = "multi_thread")]
async fn robots_are_met_with_a_trap_and_a_clock_and_people_can_get_out_of_both() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let form = app.filled(&ad, "").await;
    let trapped = app.send(&ad, &form.clone().with("website", "https://example.com")).await;
    assert_eq!(trapped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(trapped.body.contains("fange robotter"), "{}", trapped.body);
    assert!(!trapped.body.contains("class=\"trap\""), "the field shows itself to whoever fell into it");
    let page = Browser::new(&app).get(&format!("/ansoeg/{}", ad.slug)).await;
    let quick = form.clone().with("key", hidden(&page.body, "key"));
    let seen = app.send(&ad, &quick).await;
    assert!(seen.body.contains("meget hurtigt"), "{}", seen.body);
    assert!(app.cards(ad.id).await.is_empty());
    app.kit.clock.advance(Duration::from_secs(3));
    assert_eq!(app.send(&ad, &quick).await.status, StatusCode::SEE_OTHER);
    // a key we did not make is not taken, but nothing typed is lost
    let forged = app.send(&ad, &form.clone().with("key", "x.1.y").with("name", "Åse Holm")).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(forged.body.contains("Åse Holm") && forged.body.contains("har stået åben længe"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_deadline_no_form_is_handed_out_but_one_that_is_open_is_taken_and_marked() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let deadline = ad.deadline_at.unwrap();
    app.kit.clock.advance(deadline.since(app.kit.clock.now()) - Duration::from_secs(90));
    let form = app.filled(&ad, "").await;
    app.kit.clock.advance(Duration::from_secs(60));
    assert!(app.kit.clock.now() > deadline);
    let closed = Browser::new(&app).get(&format!("/ansoeg/{}", ad.slug)).await;
    assert_eq!(closed.status, StatusCode::OK);
    assert!(closed.body.contains("Fristen er udløbet"), "{}", closed.body);
    assert!(closed.body.contains("camilla.juhl@fjordby.example"), "who to ask");
    assert!(!closed.body.contains("<form"), "no form after the deadline");
    let sent = app.send(&ad, &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let card = &app.cards(ad.id).await[0];
    assert!(card.late && card.standing().held_back);
    let thanks = Browser::new(&app).get(&sent.location.unwrap()).await;
    assert!(thanks.body.contains("kom efter fristen"));

    let late = form.clone().with("name", "En anden");
    app.closed(&ad, CloseReason::NoHire).await;
    let seen = Browser::new(&app).get(&format!("/ansoeg/{}", ad.slug)).await;
    assert!(seen.body.contains("Stillingen er ikke længere ledig"), "{}", seen.body);
    let again = app.send(&ad, &late).await;
    assert_eq!(
        again.status,
        StatusCode::SEE_OTHER,
        "pressed again after the posting closed: the receipt stands"
    );
    assert_eq!(app.cards(ad.id).await.len(), 1);
    assert_eq!(Browser::new(&app).get("/ansoeg/findes-ikke").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_asks_for_nothing_that_may_not_be_asked_and_shows_what_must_be_told() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let page = Browser::new(&app).get(&format!("/ansoeg/{}", ad.slug)).await;
    let names: Vec<&str> = page
        .body
        .split(" name=\"")
        .skip(1)
        .map(|s| s.split('"').next().unwrap())
        .filter(|n| !["viewport", "key", "l", "go"].contains(n))
        .collect();
    assert_eq!(names, ["name", "email", "phone", "letter", "cv", "files", "source", "website"]);
    for told in ["Fjordby Kommune, Torvet 1", "dpo@fjordby.example", "artikel 6", "Datatilsynet", "6 måneder"]
    {
        assert!(page.body.contains(told), "{told}");
    }
    assert!(!page.body.contains("samtykke"), "consent is no basis here (D-03a)");
    assert!(!page.body.contains("<script"), "no script on public pages");
    assert_eq!(page.headers["referrer-policy"], "same-origin");
    let english = Browser::new(&app).get(&format!("/ansoeg/{}?lang=en", ad.slug)).await;
    assert!(
        english.body.contains("Apply for the position")
            && english.body.contains("?lang=en\" method=\"post\"")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cpr_number_inside_a_file_is_hidden_and_flagged() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let form = app.filled(&ad, "").await.file("cv", "cv.txt", "Anna Holm, cpr 010203-4567, kok siden 2011");
    assert_eq!(app.send(&ad, &form).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let id = app.cards(ad.id).await[0].id;
    let document = app.kit.db.read(move |c| applications::documents(c, &[id])).await.unwrap().remove(0);
    let texts = document.texts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    assert!(texts.contains("kok siden 2011") && !texts.contains("010203"), "{texts}");
    assert!(app.papers(id).await[0].cpr);
}
