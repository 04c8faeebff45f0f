//! One person at their window: goes to pages, fills forms in, presses buttons, and waits as people do.

use std::time::Duration;

use fantoccini::Locator;
use serde_json::Value;

use crate::{chromium::Chromium, harness::app::PASSWORD};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Asks until there is an answer.
pub async fn wait_for<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = std::time::Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// One person's window on an Opslag.
pub struct Desk {
    pub window: Chromium,
    url: String,
}

impl Desk {
    /// With nobody logged in.
    pub fn new(window: Chromium, url: &str) -> Self {
        Self { window, url: url.to_owned() }
    }

    /// Of somebody, in a window of their own.
    pub async fn of(url: &str, email: &str) -> Self {
        let desk = Self::new(Chromium::start(true).await, url);
        desk.log_in(email).await;
        desk
    }

    pub async fn log_in(&self, email: &str) {
        self.window.page.delete_all_cookies().await.unwrap();
        self.go("/log-ind").await;
        self.window.fill("#email", email).await;
        self.window.fill("#password", PASSWORD).await;
        self.press("button[type=submit]").await;
        assert_eq!(self.path().await, "/start");
    }

    pub async fn go(&self, path: &str) {
        self.window.page.goto(&format!("{}{path}", self.url)).await.unwrap();
    }

    pub async fn path(&self) -> String {
        self.window.page.current_url().await.unwrap().path().to_owned()
    }

    pub async fn text(&self, css: &str) -> String {
        let found = self.window.page.find(Locator::Css(css)).await;
        match found {
            Ok(found) => found.text().await.unwrap(),
            Err(error) => panic!("{css}: {error} on {}", self.path().await),
        }
    }

    /// Clicks a button and waits until another page has come.
    pub async fn press(&self, css: &str) {
        self.window.ask("window.stillHere = true").await;
        self.window.click(css).await;
        wait_for("the next page", async || {
            (self
                .window
                .page
                .execute("return window.stillHere !== true && document.readyState === 'complete'", vec![])
                .await
                .ok()
                == Some(Value::Bool(true)))
            .then_some(())
        })
        .await;
        if let Ok(errors) = self.window.page.find(Locator::Css("#errors")).await {
            panic!("{css} led to {}", errors.text().await.unwrap());
        }
    }

    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.window.page.find(Locator::Css(css)).await.unwrap_or_else(|e| panic!("{css}: {e}"));
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub async fn choose(&self, css: &str, value: &str) {
        let list = self.window.page.find(Locator::Css(css)).await.unwrap();
        list.select_by_value(value).await.unwrap_or_else(|e| panic!("{css} has no {value}: {e}"));
    }

    /// Ticks or unticks a box that may lie under a picture.
    pub async fn tick(&self, css: &str, on: bool) {
        let script = format!(
            "const box = document.querySelector({css:?}); if (box.checked !== {on}) box.click(); return box.checked"
        );
        assert_eq!(self.window.ask(&script).await, on, "{css}");
    }

    /// Waits until a script returns something, reloading nothing by itself.
    pub async fn until(&self, what: &str, script: &str) -> Value {
        wait_for(what, async || {
            let answer = self.window.page.execute(script, vec![]).await.ok()?;
            (answer != Value::Null && answer != Value::Bool(false)).then_some(answer)
        })
        .await
    }
}
