//! Writing once for all accounts: variants, templates, signatures, hashtags.

use opslag::{accounts::Role, demo::worlds::Kind};
use reqwest::StatusCode;

use super::Ground;

#[tokio::test(flavor = "multi_thread")]
async fn one_text_goes_to_all_with_its_signature_and_tags_and_a_channels_own_in_its_place() {
    for kind in super::KINDS {
        let g = Ground::new(kind).await;
        let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
        let organisation = g.app.organisation.to_string();
        let signature = [
            ("kind", "signature"),
            ("unit", organisation.as_str()),
            ("name", "Kommunen"),
            ("words", "Hilsen Fjordby"),
        ];
        let kept = lise.post("/skabeloner", &signature).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let path = format!("/jobopslag/{}/udgiv", g.posting);
        let page = lise.get(&path).await.body;
        let id = page.split("id=\"signature\"").nth(1).unwrap().split("value=\"").nth(2).unwrap();
        let id = id.split('"').next().unwrap().to_owned();
        let account = g.account.to_string();
        let field = format!("text-{account}");
        let form = |own: &str, tags: &str| {
            vec![
                ("timing".to_owned(), "now".to_owned()),
                ("account".to_owned(), account.clone()),
                ("text".to_owned(), "Kom og vær med. #Fjordby".to_owned()),
                ("signature".to_owned(), id.clone()),
                ("tags".to_owned(), tags.to_owned()),
                (field.clone(), own.to_owned()),
                ("do".to_owned(), "udgiv".to_owned()),
            ]
        };
        let send = async |browser: &mut crate::harness::people::Browser, form: Vec<(String, String)>| {
            let fields: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            browser.post(&path, &fields).await
        };
        let wrong = send(&mut lise, form("", "sosu-assistent")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("»sosu-assistent« kan ikke være et hashtag"), "{}", wrong.body);
        assert!(wrong.body.contains("Kom og vær med. #Fjordby"), "what was typed stays");
        let sent = send(&mut lise, form("", "fjordby job")).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        g.drive().await;
        let said = g.world.posts()[0].text().to_owned();
        assert!(said.starts_with("Kom og vær med. #Fjordby\n\nHilsen Fjordby\n\n#job"), "{kind:?}: {said}");
        let sent = send(&mut lise, form("Kort og godt.", "")).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        g.after(1).await;
        let said = g.world.posts()[0].text().to_owned();
        assert!(said.starts_with("Kort og godt.\n\nHilsen Fjordby"), "{kind:?}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_begins_a_post_and_an_own_text_is_given_up_without_script() {
    let g = Ground::new(Kind::Bluesky).await;
    let mut rene = g.app.browser(Role::Recruiter, g.app.centre_north).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let organisation = g.app.organisation.to_string();
    let template = [
        ("kind", "template"),
        ("unit", organisation.as_str()),
        ("name", "Ny kollega"),
        ("words", "Vi søger: {titel}\n\nSenest {frist}"),
    ];
    assert_eq!(lise.post("/skabeloner", &template).await.status, StatusCode::SEE_OTHER);
    // a unit below has it too, and cannot take it away
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let page = rene.get(&path).await.body;
    assert!(page.contains("Ny kollega") && page.contains("som de andre"), "{page}");
    let id = page.split("id=\"template\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap().to_owned();
    assert_eq!(rene.post(&format!("/skabeloner/{id}/fjern"), &[]).await.status, StatusCode::NOT_FOUND);
    let filled = rene.post(&path, &[("do", "skabelon"), ("template", &id), ("text", "")]).await;
    assert_eq!(filled.status, StatusCode::OK, "{}", filled.body);
    assert!(filled.body.contains("Vi søger: SOSU-assistent til aften\n\nSenest "), "{}", filled.body);
    let field = format!("text-{}", g.account);
    let own = [("do", "vis"), ("text", "Fælles"), (field.as_str(), "Helt min egen")];
    let shown = rene.post(&path, &own).await.body;
    assert!(shown.contains("egen tekst") && shown.contains("Helt min egen"), "{shown}");
    // for the page's own script the preview comes alone
    let alone = rene.post(&format!("{path}/vis"), &own).await.body;
    assert!(
        alone.trim().starts_with("<section id=\"preview\"") && alone.contains("Helt min egen"),
        "{alone}"
    );
    let give_up = format!("faelles-{}", g.account);
    let back =
        rene.post(&path, &[("do", &give_up), ("text", "Fælles"), (&field, "Helt min egen")]).await.body;
    assert!(back.contains("som de andre") && !back.contains("Helt min egen"), "{back}");
    assert!(g.world.posts().is_empty(), "only one button publishes");
    assert_eq!(lise.post(&format!("/skabeloner/{id}/fjern"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!rene.get(&path).await.body.contains("Ny kollega"));
}
