//! A film of one gibibyte goes through a running Opslag that never holds more than 200 MiB.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use reqwest::{Client, StatusCode, multipart, redirect::Policy};

use crate::harness::{ads::large_film, app::PASSWORD, applicants::hidden, power};

const GIB: u64 = 1 << 30;

/// A process of its own, ended with the test.
pub struct Served {
    child: Child,
    pub url: String,
    _data: tempfile::TempDir,
}

impl Served {
    /// With these variables set.
    pub fn start(environment: &[(&str, String)]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let opslag = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_opslag"));
            command.arg("--data").arg(data.path()).env("OPSLAG_PASSWORD", PASSWORD);
            command.envs(environment.iter().map(|(name, value)| (name, value)));
            command
        };
        let added = opslag()
            .args([
                "user",
                "add",
                "--name",
                "Inger",
                "--email",
                "inger@fjordby.example",
                "--role",
                "recruiter",
            ])
            .output()
            .unwrap();
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let url = format!("http://127.0.0.1:{port}");
        let mut child = opslag()
            .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
            .env("OPSLAG__SERVER__PUBLIC_URL", &url)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // it says where it listens when it does
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(first.contains(&url) || !first.is_empty(), "it did not start");
        Self { child, url, _data: data }
    }

    /// The most memory it ever held, in bytes.
    pub fn peak(&self) -> u64 {
        power::peak(&self.child)
    }
}

/// What a logged-in person's form for files carries.
pub struct Library {
    pub cookie: String,
    pub csrf: String,
    pub unit: String,
}

impl Served {
    /// Logs in and opens the media library.
    pub async fn library(&self, client: &Client) -> Library {
        let at = |path: &str| format!("{}{path}", self.url);
        let logged_in = client
            .post(at("/log-ind"))
            .form(&[("email", "inger@fjordby.example"), ("password", PASSWORD)])
            .send()
            .await
            .unwrap();
        let cookie =
            logged_in.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let page = client.get(at("/medier")).header("cookie", &cookie).send().await.unwrap();
        let page = page.text().await.unwrap();
        let (csrf, unit) = (hidden(&page, "_csrf").to_owned(), hidden(&page, "unit").to_owned());
        Library { cookie, csrf, unit }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_of_a_gibibyte_within_200_mib_of_memory() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let served = Served::start(&[]);
    let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
    let at = |path: &str| format!("{}{path}", served.url);
    let Library { cookie, csrf, unit } = served.library(&client).await;
    let before = served.peak();

    // as a plain form, without script
    let body = reqwest::Body::wrap_stream(large_film(GIB));
    let part = multipart::Part::stream_with_length(body, GIB).file_name("stor.mp4");
    let form =
        multipart::Form::new().text("_csrf", csrf.clone()).text("unit", unit.clone()).part("file", part);
    let answer = client.post(at("/medier")).header("cookie", &cookie).multipart(form).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", answer.text().await.unwrap());
    let plain = served.peak();

    // and in parts
    let begun = client
        .post(at("/medier/filer"))
        .header("cookie", &cookie)
        .form(&[
            ("_csrf", csrf.as_str()),
            ("unit", &unit),
            ("name", "i dele.mp4"),
            ("bytes", &(GIB + 7).to_string()),
        ])
        .send()
        .await
        .unwrap();
    let begun: serde_json::Value = begun.json().await.unwrap();
    let href = at(begun["href"].as_str().unwrap());
    let answer = client
        .patch(&href)
        .header("cookie", &cookie)
        .header("x-csrf-token", &csrf)
        .header("upload-offset", "0")
        .body(reqwest::Body::wrap_stream(large_film(GIB + 7)))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    let answer = client.post(&href).header("cookie", &cookie).form(&[("_csrf", &csrf)]).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);

    let peak = served.peak();
    eprintln!(
        "peak memory: {} MiB before, {} MiB after the form, {} MiB after the parts",
        before >> 20,
        plain >> 20,
        peak >> 20
    );
    assert!(peak < 200 << 20, "{} MiB", peak >> 20);
}
