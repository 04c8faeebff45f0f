//! Somebody at the public form: reads the hidden fields, fills it in, adds files, sends.

use std::time::Duration;

use opslag::{
    accounts::{self, audit::Actor},
    applications::{self, Contact, Via, actions},
    base::{
        Clock, Instant, Language,
        id::{ApplicationId, PostingId},
    },
    postings::Posting,
};
use reqwest::multipart::{Form, Part};

use super::{
    TestApp,
    app::Wanted,
    people::{Browser, Seen, proxied},
};

/// 24 November 2026, 10.00 in Copenhagen.
pub const MORNING: Instant = Instant::from_seconds(1_795_510_800);

/// The bytes of `tests/data/papers/<name>`.
pub fn paper(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/papers").join(name))
        .unwrap()
}

/// The value of a hidden field.
pub fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let start = format!("name=\"{name}\" value=\"");
    page.split(&start)
        .nth(1)
        .unwrap_or_else(|| panic!("no field {name} in {page}"))
        .split('"')
        .next()
        .unwrap()
}

/// A form being filled in.
#[derive(Clone, Default)]
pub struct Filled {
    pub fields: Vec<(String, String)>,
    pub files: Vec<(String, String, Vec<u8>)>,
}

impl Filled {
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(n, _)| n != name);
        self.fields.push((name.into(), value.into()));
        self
    }
    pub fn file(mut self, field: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.push((field.into(), name.into(), bytes.into()));
        self
    }
    pub fn form(&self) -> Form {
        let mut form = Form::new();
        for (name, value) in &self.fields {
            form = form.text(name.clone(), value.clone());
        }
        for (field, name, bytes) in &self.files {
            form = form.part(field.clone(), Part::bytes(bytes.clone()).file_name(name.clone()));
        }
        form
    }
}

impl TestApp {
    /// With a clock that stands still until the test moves it, behind a proxy.
    pub async fn standing_still() -> Self {
        let clock = Clock::set_to(MORNING);
        Self::start_with(Wanted { clock, configure: proxied, ..Wanted::default() }).await
    }

    /// Opens the form of an ad and fills in what must be there; time passes meanwhile.
    pub async fn filled(&self, ad: &Posting, query: &str) -> Filled {
        let page = Browser::new(self).get(&format!("/ansoeg/{}{query}", ad.slug)).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(!page.headers.contains_key("set-cookie"), "the public form sets no cookie");
        self.kit.clock.advance(Duration::from_secs(60));
        Filled::default()
            .with("key", hidden(&page.body, "key"))
            .with("l", hidden(&page.body, "l"))
            .with("name", "Sofie Bæk Nielsen")
            .with("email", "sofie@baek.example")
            .with("letter", "Jeg har arbejdet fem år på et demensafsnit.")
            .with("go", "send")
    }

    /// Sends a form.
    pub async fn send(&self, ad: &Posting, filled: &Filled) -> Seen {
        Browser::new(self).post_files(&format!("/ansoeg/{}", ad.slug), filled.form()).await
    }

    /// An application through the same action, without the pages.
    pub async fn applied(&self, posting: PostingId, name: &str, token: &str) -> ApplicationId {
        let submission = actions::Submission {
            posting,
            contact: Contact {
                name: name.into(),
                email: format!("{}@example.dk", opslag::base::text::slug(name)),
                phone: String::new(),
            },
            language: Language::Da,
            letter: format!("Jeg hedder {name} og vil gerne arbejde hos jer."),
            token: token.into(),
            self_reported: None,
            form_hash: opslag::secrets::fingerprint(&self.kit.chance.token()),
            papers: Vec::new(),
            via: Via::Form,
            received_at: None,
            by: None::<Actor>,
        };
        actions::submit(&self.kit, submission).await.unwrap().id
    }

    /// Every application of a posting.
    pub async fn cards(&self, posting: PostingId) -> Vec<applications::Card> {
        self.kit
            .db
            .read(move |c| {
                let scope = accounts::everywhere(c)?;
                applications::board(c, &scope, posting)
            })
            .await
            .unwrap()
    }

    /// One application as it stands.
    pub async fn whole(&self, id: ApplicationId) -> Option<applications::Whole> {
        self.kit
            .db
            .read(move |c| {
                let scope = accounts::everywhere(c)?;
                applications::application(c, &scope, id)
            })
            .await
            .unwrap()
    }

    /// The letters that have left, as text.
    pub fn letters(&self) -> Vec<String> {
        let folder = self.kit.config.data.join("mail");
        let mut letters: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().path())
            .filter(|p| p.extension().is_some_and(|e| e == "eml"))
            .map(|p| decoded(&std::fs::read_to_string(p).unwrap()))
            .collect();
        letters.sort();
        letters
    }

    /// The magic link in the one letter to this address.
    pub fn magic_link(&self, to: &str) -> String {
        let letter = self.letters().into_iter().find(|l| l.contains(to)).unwrap();
        let start = letter.split("/min-ansoegning/").nth(1).unwrap();
        let token: String = start.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        format!("/min-ansoegning/{token}")
    }
}

/// Headers as they are, body out of its transfer encoding.
pub fn decoded(mail: &str) -> String {
    use base64::Engine as _;
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    let encoding = head
        .lines()
        .find_map(|l| l.to_lowercase().strip_prefix("content-transfer-encoding: ").map(str::to_owned))
        .unwrap_or_default();
    let body = match encoding.as_str() {
        "base64" => {
            let text: String = body.split_whitespace().collect();
            String::from_utf8(base64::prelude::BASE64_STANDARD.decode(text).unwrap()).unwrap()
        }
        "quoted-printable" => quoted_printable(body),
        _ => body.to_owned(),
    };
    format!("{head}\n\n{body}")
}

fn quoted_printable(text: &str) -> String {
    let mut bytes = Vec::new();
    let text = text.replace("=\r\n", "");
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        if *first == b'=' && others.len() >= 2 {
            let hex = std::str::from_utf8(&others[..2]).unwrap();
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
            rest = &others[2..];
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8(bytes).unwrap()
}

impl TestApp {
    /// The papers of an application.
    pub async fn papers(&self, id: ApplicationId) -> Vec<applications::Attachment> {
        self.kit.db.read(move |c| applications::papers_of(c, id)).await.unwrap()
    }

    /// How many files are kept.
    pub fn kept_files(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
            entries.map(|e| e.unwrap().path()).map(|p| if p.is_dir() { count(&p) } else { 1 }).sum()
        }
        count(&self.kit.config.data.join("files"))
    }

    /// A tracked link of a posting; its token.
    pub async fn link(&self, posting: PostingId, channel: &str) -> String {
        let token = self.kit.chance.code(9);
        let (k, channel, t) = (self.kit.clone(), channel.to_owned(), token.clone());
        self.kit
            .db
            .write(move |c| {
                let now = k.clock.now();
                let id = opslag::base::id::LinkId::new(now, &k.chance);
                opslag::tracking::insert_link(c, id, &t, posting.into(), &channel, "", now)
            })
            .await
            .unwrap();
        token
    }
}
