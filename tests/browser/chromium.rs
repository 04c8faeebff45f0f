//! A Chromium of one test, driven through its own chromedriver; both end with the test.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, key::Key};
use serde_json::{Value, json};

/// The window and its driver.
pub struct Chromium {
    pub page: Client,
    driver: Child,
    _profile: tempfile::TempDir,
}

impl Chromium {
    /// A fresh profile, without a window; `script`: whether pages may run any.
    pub async fn start(script: bool) -> Self {
        Self::start_with(script, None).await
    }

    /// One that gives itself out for the browser of this name.
    pub async fn start_as(agent: &str) -> Self {
        Self::start_with(true, Some(agent)).await
    }

    async fn start_with(script: bool, agent: Option<&str>) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let profile = tempfile::tempdir().unwrap();
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed (Debian: chromium-driver)");
        let mut said = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = loop {
            let line = said.next().expect("chromedriver says its port").unwrap();
            if let Some(rest) = line.split("started successfully on port ").nth(1) {
                break rest.trim_end_matches('.').to_owned();
            }
        };
        // it must be able to go on talking
        std::thread::spawn(move || for _ in said {});
        let mut preferences = json!({ "intl.accept_languages": "da,en" });
        if !script {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let mut arguments = vec![
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-background-networking".to_owned(),
            "--hide-scrollbars".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        arguments.extend(agent.map(|agent| format!("--user-agent={agent}")));
        let options = json!({
            "args": arguments,
            "prefs": preferences,
        });
        let mut wanted = serde_json::Map::new();
        wanted.insert("goog:chromeOptions".into(), options);
        wanted.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
        let page = ClientBuilder::rustls()
            .unwrap()
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("Chromium starts (Debian: chromium)");
        Self { page, driver, _profile: profile }
    }

    /// The width of the window, in CSS pixels.
    pub async fn width(&self, pixels: u32) {
        self.page.set_window_size(pixels, 900).await.unwrap();
    }

    /// Runs a script and gives what it returns.
    pub async fn ask(&self, script: &str) -> Value {
        self.page.execute(script, Vec::new()).await.unwrap()
    }

    /// Puts text into a field.
    pub async fn fill(&self, css: &str, text: &str) {
        self.page.find(Locator::Css(css)).await.unwrap().send_keys(text).await.unwrap();
    }

    /// Clicks what the selector finds first, and waits for what it waits for.
    pub async fn click(&self, css: &str) {
        for _ in 0..20 {
            let found = self.page.find(Locator::Css(css)).await.unwrap_or_else(|e| panic!("{css}: {e}"));
            match found.click().await {
                // the page drew that part anew in this moment; a person would press again
                Err(error) if error.to_string().contains("stale element") => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                done => return done.unwrap(),
            }
        }
        panic!("{css} is drawn anew again and again");
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: Key) {
        let focused = self.page.active_element().await.unwrap();
        focused.send_keys(&char::from(key).to_string()).await.unwrap();
    }

    /// Waits until the selector finds something.
    pub async fn wait(&self, css: &str) {
        self.page.wait().at_most(Duration::from_secs(10)).for_element(Locator::Css(css)).await.unwrap();
    }

    /// What axe finds wrong with this page, by all of its rules.
    pub async fn axe(&self) -> Vec<String> {
        self.page.execute(include_str!("vendor/axe.min.js"), Vec::new()).await.unwrap();
        let run = "const done = arguments[arguments.length - 1];\
                   axe.run(document).then((r) => done(r.violations.map((v) => v.id + ': ' +\
                   v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join(' | '))))";
        let found = self.page.execute_async(run, Vec::new()).await.unwrap();
        serde_json::from_value(found).unwrap()
    }

    /// Ends both.
    pub async fn stop(self) {
        let _ = self.page.clone().close().await;
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
