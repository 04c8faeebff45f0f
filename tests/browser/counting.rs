//! The page's own counting and the server's, held to the same figures: `assets/channels/counting.json`.

use serde_json::{Map, Value};

use crate::{chromium::Chromium, harness::TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn the_page_counts_as_the_server_does() {
    let app = TestApp::start().await;
    let window = Chromium::start(true).await;
    window.page.goto(&format!("{}/log-ind", app.url)).await.unwrap();
    let vectors: Vec<Map<String, Value>> =
        serde_json::from_str(include_str!("../../assets/channels/counting.json")).unwrap();
    // the page's policy lets in only what the page itself brings, so the module is read here
    let module = include_str!("../../assets/static/js/weigh.js").replace("\nexport ", "\n");
    let script = format!(
        "{module}
        return arguments[0].map((v) => Object.fromEntries(
            Object.keys(v).filter((unit) => unit !== 'text').map((unit) => [unit, weight(v.text, unit)])));"
    );
    let given = serde_json::to_value(&vectors).unwrap();
    let counted = window.page.execute(&script, vec![given]).await.unwrap();
    let counted = counted.as_array().unwrap_or_else(|| panic!("{counted}"));
    assert_eq!(counted.len(), vectors.len());
    for (vector, counted) in vectors.iter().zip(counted) {
        let text = &vector["text"];
        for (unit, wanted) in vector.iter().filter(|(name, _)| *name != "text") {
            assert_eq!(&counted[unit], wanted, "{unit}: {text}");
        }
    }
    window.stop().await;
}
