//! Channels that take nothing but films, from the composer to the wall: what they want chosen, what they do not take, and a
//! day's allowance that all accounts share.

use opslag::{
    accounts::Role,
    base::Chance,
    channels::{Audience, Post},
    demo::worlds::{self, Act, Kind, Mischief, Prank, Wait},
    publishing::{self, Order, Part, State, actions},
};
use reqwest::StatusCode;

use super::{Ground, connect};

async fn filmed(kind: Kind) -> Ground {
    let (mut g, _, film) = Ground::illustrated(kind).await;
    g.media = vec![film];
    g
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_on_youtube_is_previewed_with_its_title_and_goes_out_once() {
    let g = filmed(Kind::Youtube).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let page = lise.get(&path).await.body;
    // a picture stands on top, which YouTube does not take, so it is not ticked
    let ticked = format!("name=\"account\" value=\"{}\" checked", g.account);
    assert!(!page.contains(&ticked), "{page}");
    let (account, film) = (g.account.to_string(), g.media[0].to_string());
    let form = |text: &str, media: Option<&str>| {
        let mut form = vec![
            ("timing".to_owned(), "now".to_owned()),
            ("account".to_owned(), account.clone()),
            ("text".to_owned(), text.to_owned()),
            ("do".to_owned(), "udgiv".to_owned()),
        ];
        form.extend(media.map(|id| ("media".to_owned(), id.to_owned())));
        form
    };
    let send = async |lise: &mut crate::harness::people::Browser, form: Vec<(String, String)>| {
        let fields: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        lise.post(&path, &fields).await
    };
    for (form, why) in [
        (form("Kom og se os.", None), "Kanalen tager kun film. Tilføj en film."),
        (form("Løn < 40.000", Some(&film)), "Kanalen tager ikke tegnene &lt; og &gt;"),
        (form(&"å".repeat(2500), Some(&film)), "og æ, ø og å tæller to"),
    ] {
        let refused = send(&mut lise, form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        let body = refused.body.replace("&#60;", "&lt;").replace("&#62;", "&gt;");
        assert!(body.contains(why), "{why}: {body}");
    }
    let sent = send(&mut lise, form("Kom og se os.", Some(&film))).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    g.drive().await;
    let wall = g.world.posts();
    assert_eq!(wall.len(), 1);
    assert!(
        wall[0].text().starts_with("SOSU-assistent til nat\n\nKom og se os.\n\nhttp"),
        "{}",
        wall[0].text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_google_keeps_private_is_said_plainly_and_goes_out_when_it_may() {
    let g = filmed(Kind::Youtube).await;
    g.world.review(false);
    let id = g.plan("Kom og se os.", 0).await;
    g.drive().await;
    let row = g.row(id).await;
    assert_eq!((row.state, row.error_kind.as_deref()), (State::Failed, Some("unreviewed")));
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = lise.get(&format!("/udsendelser/{id}")).await.body;
    assert!(page.contains("viser ikke filmen for andre"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_used_up_is_used_up_for_every_account_of_the_app() {
    let g = filmed(Kind::Youtube).await;
    let listen = "127.0.0.1:0".parse().unwrap();
    let beside =
        worlds::start(Kind::Youtube, "Ruds Kommune", listen, g.clock.clone(), Chance::seeded(8)).unwrap();
    let other = connect(&g.app, &beside).await;
    g.world.plot(Mischief::once(Act::Publish, Prank::TooMany(Wait::Own(1))));
    let first = g.plan("Kom og se os.", 0).await;
    g.drive().await;
    assert_eq!(g.state(first).await, State::RetryWait);
    let order = Order {
        subject: g.posting.into(),
        language: opslag::base::Language::Da,
        when: None,
        media: g.media.clone(),
        parts: vec![Part { account: other, text: "Kom og se os igen.".into() }],
        same_words_ok: true,
    };
    let scope = g.scope().await;
    let second = publishing::publish(&g.app.kit, g.actor, &scope, order).await.unwrap().deliveries[0];
    g.after(3600).await;
    assert_eq!((g.state(second).await, beside.count(Act::Upload)), (State::Planned, 0));
    // midnight in California
    g.after(22 * 3600).await;
    g.after(600).await;
    assert_eq!((g.world.posts().len(), beside.posts().len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn tiktok_wants_its_choices_made_by_a_person_each_time() {
    let g = filmed(Kind::Tiktok).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let (account, film) = (g.account.to_string(), g.media[0].to_string());
    let page = lise.get(&path).await.body;
    assert!(
        page.contains("Valg, som TikTok kræver hver gang") && page.contains("Hvem må se opslaget?"),
        "{page}"
    );
    // nothing is chosen for anybody, and what the owner does not allow is not offered
    let audience = format!("id=\"audience-{account}\"");
    let select = page.split(&audience).nth(1).unwrap().split("</select>").next().unwrap();
    assert!(select.contains("value=\"everyone\"") && !select.contains("value=\"followers\""), "{select}");
    assert!(!select.contains("value=\"everyone\" selected"), "{select}");
    assert!(!page.contains(&format!("name=\"stitches-{account}\"")));
    for name in ["comments", "duets", "own", "paid"] {
        assert!(page.contains(&format!("name=\"{name}-{account}\"")), "{name}");
        assert!(!page.contains(&format!("name=\"{name}-{account}\" value=\"on\" checked")), "{name}");
    }
    let (who, own) = (format!("audience-{account}"), format!("own-{account}"));
    let mut form = vec![
        ("timing", "now"),
        ("account", account.as_str()),
        ("media", film.as_str()),
        ("text", "Kom og se os."),
        (own.as_str(), "on"),
        ("do", "udgiv"),
    ];
    let refused = lise.post(&path, &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Vælg, hvem der må se opslaget."), "{}", refused.body);
    assert!(refused.body.contains("Kom og se os.") && refused.body.contains("mærket, så seerne"));
    form.push((who.as_str(), "everyone"));
    let mut shown = form.clone();
    shown[5] = ("do", "vis");
    let preview = lise.post(&path, &shown).await.body;
    assert!(preview.contains("Alle · ingen kommentarer · mærkes som reklame for jer selv"), "{preview}");
    assert!(preview.contains("lader os ikke sætte linket ind"), "{preview}");
    let sent = lise.post(&path, &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    g.drive().await;
    let wall = g.world.posts();
    assert_eq!((wall.len(), wall[0].text()), (1, "Kom og se os.".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_on_tiktok_is_taken_down_by_a_person() {
    let g = filmed(Kind::Tiktok).await;
    let order = Order {
        subject: g.posting.into(),
        language: opslag::base::Language::Da,
        when: None,
        media: g.media.clone(),
        parts: vec![Part { account: g.account, text: "Kom og se os.".into() }],
        same_words_ok: false,
    };
    let scope = g.scope().await;
    let refused = publishing::publish(&g.app.kit, g.actor, &scope, order.clone()).await.unwrap_err();
    assert!(format!("{refused:?}").contains("fit-audience-missing"), "{refused:?}");
    let chosen = [(
        g.account,
        opslag::channels::Choices {
            audience: Audience::Everyone,
            comments: false,
            duets: false,
            stitches: false,
            own_cause: true,
            paid: false,
        },
    )];
    let ordered =
        publishing::publish_chosen(&g.app.kit, g.actor, &scope, order, chosen.into()).await.unwrap();
    let id = ordered.deliveries[0];
    let frozen: Post = serde_json::from_str(&g.row(id).await.payload).unwrap();
    assert_eq!(frozen.choices, Some(chosen[0].1), "what was chosen is part of what is approved and sent");
    g.drive().await;
    assert_eq!(g.state(id).await, State::Published);
    actions::take_down(&g.app.kit, &g.by().await, id).await.unwrap();
    g.drive().await;
    let row = g.row(id).await;
    assert_eq!(g.world.posts().len(), 1, "{row:?}");
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = lise.get(&format!("/udsendelser/{id}")).await.body;
    assert!(page.contains("TikTok lets no app take a post down"), "{page}");
}
