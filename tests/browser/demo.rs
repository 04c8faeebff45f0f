//! The demonstration as people see it: `opslag demo` started as the README says, every kind of page in it looked at with axe at
//! two widths, and the parts that only a browser can break: dragging on the board, the keyboard in composer and board,
//! pasting from Word, a film whose connection breaks, and the board without script.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{
    Locator,
    actions::{InputSource, MouseActions, PointerAction},
    key::Key,
};
use opslag::demo::town;

use crate::{chromium::Chromium, walk::look_at_all};

/// The demonstration as a process of its own, over when the test is.
struct Demonstration {
    url: String,
    process: Child,
    _room: tempfile::TempDir,
}

impl Demonstration {
    /// Started and filled.
    fn start() -> Self {
        let room = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let listen = format!("127.0.0.1:{port}");
        let mut process = Command::new(env!("CARGO_BIN_EXE_opslag"))
            .args(["demo", "--listen", &listen, "--data"])
            .arg(room.path().join("data"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        loop {
            let line = said.next().expect("the demonstration says where it is").unwrap();
            if line.starts_with("Practice Mastodon wall") {
                break;
            }
        }
        std::thread::spawn(move || for _ in said {});
        Self { url: format!("http://{listen}"), process, _room: room }
    }

    async fn log_in(&self, window: &Chromium, login: &str) {
        window.page.delete_all_cookies().await.unwrap();
        self.go(window, "/log-ind").await;
        window.fill("#email", &format!("{login}@fjordby.example")).await;
        window.fill("#password", town::PASSWORD).await;
        window.click("button[type=submit]").await;
        window.wait("nav.side").await;
    }

    async fn go(&self, window: &Chromium, path: &str) {
        window.page.goto(&format!("{}{path}", self.url)).await.unwrap();
    }

    /// The address of an ad on the staff side.
    async fn ad(&self, window: &Chromium, title: &str) -> String {
        self.go(window, "/jobopslag").await;
        let script = format!(
            "return [...document.querySelectorAll('main tbody a')].find((a) => a.textContent === '{title}').pathname"
        );
        window.ask(&script).await.as_str().unwrap().to_owned()
    }
}

impl Drop for Demonstration {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const AD: &str = "SOSU-assistent til Plejecenter Nord";

/// Presses Tab until the focus is on what the selector finds.
async fn tab_to(window: &Chromium, css: &str) {
    for _ in 0..120 {
        if window.ask(&format!("return document.activeElement.matches('{css}')")).await == true {
            return;
        }
        window.press(Key::Tab).await;
    }
    panic!("{css} cannot be reached with Tab");
}

async fn said(window: &Chromium) -> String {
    window.wait("#said .toastx").await;
    window
        .ask("return document.querySelector('#said .toastx p').textContent")
        .await
        .as_str()
        .unwrap()
        .to_owned()
}

/// The column a card lies in.
async fn column_of(window: &Chromium, card: &str) -> String {
    let script = format!("return document.getElementById('{card}').closest('[data-stage]').dataset.stage");
    window.ask(&script).await.as_str().unwrap().to_owned()
}

async fn first_card(window: &Chromium, stage: &str) -> String {
    let script = format!("return document.querySelector('[data-stage={stage}] article.kort').id");
    window.ask(&script).await.as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_is_looked_at_and_worked_in() {
    let demo = Demonstration::start();
    let window = Chromium::start(true).await;
    let pages = look_at_all(&window, &demo.url, &["/"], 2).await;
    assert!(pages > 5, "only {pages} kinds of public pages");
    demo.log_in(&window, "camilla").await;
    let ad = demo.ad(&window, AD).await;
    let own = |tail: &str| format!("{ad}{tail}");
    let starts = [
        "/start".to_owned(),
        own("/udgiv"),
        own("/rediger"),
        own("/tavle"),
        own("/tal"),
        "/soeg?q=demens".to_owned(),
        "/medier".to_owned(),
        "/log".to_owned(),
    ];
    let starts: Vec<&str> = starts.iter().map(String::as_str).collect();
    let pages = look_at_all(&window, &demo.url, &starts, 2).await;
    assert!(pages > 25, "only {pages} staff pages");
    for (_, _, login) in town::PEOPLE {
        demo.log_in(&window, login).await;
        let words = window.page.find(Locator::Css("main")).await.unwrap().text().await.unwrap();
        assert!(words.matches('\n').count() > 8, "{login} has nothing on their start page: {words}");
        assert_eq!(look_at_all(&window, &demo.url, &["/start"], 0).await, 1);
    }

    window.width(1400).await;
    demo.log_in(&window, "camilla").await;
    drag_a_card(&demo, &window, &ad).await;
    board_by_keyboard(&demo, &window, &ad).await;
    composer_by_keyboard(&demo, &window, &ad).await;
    paste_from_word(&demo, &window, &ad).await;
    a_broken_upload_goes_on(&demo, &window).await;
    window.stop().await;

    let plain = Chromium::start(false).await;
    demo.log_in(&plain, "camilla").await;
    board_without_script(&demo, &plain, &ad).await;
    plain.stop().await;
}

/// A card is dragged into the next column, and the toast takes it back.
async fn drag_a_card(demo: &Demonstration, window: &Chromium, ad: &str) {
    demo.go(window, &format!("{ad}/tavle")).await;
    let card = first_card(window, "received").await;
    let places = window
        .ask(&format!(
            "const a = document.getElementById('{card}').getBoundingClientRect(), \
             b = document.querySelector('[data-stage=assessing] [data-cards]').getBoundingClientRect(); \
             return [a.right - 12, a.top + 8, b.left + b.width / 2, b.top + 40]"
        ))
        .await;
    let at = |n: usize| places[n].as_f64().unwrap();
    let to =
        |x: f64, y: f64, ms: u64| PointerAction::MoveTo { duration: Some(Duration::from_millis(ms)), x, y };
    let pull = MouseActions::new("mouse".into())
        .then(to(at(0), at(1), 0))
        .then(PointerAction::Down { button: 0 })
        .then(to(at(0) + 20.0, at(1) + 10.0, 100))
        .then(to(at(2), at(3), 300))
        .then(to(at(2), at(3) + 4.0, 100))
        .then(PointerAction::Up { button: 0 });
    window.page.perform_actions(pull).await.unwrap();
    let words = said(window).await;
    assert!(words.contains("Vurderes"), "{words}");
    assert_eq!(column_of(window, &card).await, "assessing");
    window.click("#said form[data-undo] button").await;
    window.wait(&format!("[data-stage=received] #{card}")).await;
    // what the page shows is what is kept
    demo.go(window, &format!("{ad}/tavle")).await;
    assert_eq!(column_of(window, &card).await, "received");
}

/// The same with keys alone: to "Flyt…", open, choose, send.
async fn board_by_keyboard(demo: &Demonstration, window: &Chromium, ad: &str) {
    demo.go(window, &format!("{ad}/tavle")).await;
    let card = first_card(window, "assessing").await;
    window.ask(&format!("document.querySelector('#{card} a').focus()")).await;
    tab_to(window, &format!("#{card} summary")).await;
    window.press(Key::Enter).await;
    tab_to(window, &format!("#{card} select[name=stage]")).await;
    window.page.active_element().await.unwrap().send_keys("Samtale").await.unwrap();
    tab_to(window, &format!("#{card} form[data-move] button")).await;
    window.press(Key::Enter).await;
    window.wait(&format!("[data-stage=interview] #{card}")).await;
    assert!(said(window).await.contains("Samtale"));
    // the focus is on the card that was moved, not lost at the top of the page
    let focus = format!("return document.activeElement.closest('article')?.id === '{card}'");
    assert_eq!(window.ask(&focus).await, true);
}

/// Words for one account, planned for later, with keys alone; the preview follows.
async fn composer_by_keyboard(demo: &Demonstration, window: &Chromium, ad: &str) {
    demo.go(window, &format!("{ad}/udgiv")).await;
    tab_to(window, "a.skip").await;
    window.press(Key::Enter).await;
    tab_to(window, "input[name=account]").await;
    // Bluesky is left out
    window.press(Key::Space).await;
    window.press(Key::Tab).await;
    assert_eq!(window.ask("return document.activeElement.checked").await, true);
    tab_to(window, "textarea").await;
    window.press(Key::Tab).await;
    window.page.active_element().await.unwrap().send_keys(" Vi glæder os!").await.unwrap();
    window
        .page
        .wait()
        .at_most(Duration::from_secs(10))
        .for_element(Locator::XPath("//*[@id='preview']//*[contains(., 'Vi glæder os!')]"))
        .await
        .unwrap();
    assert_eq!(
        window.ask("return document.activeElement.matches('textarea')").await,
        true,
        "the preview took the focus"
    );
    tab_to(window, "button[value=udgiv]").await;
    window.press(Key::Enter).await;
    let words = said(window).await;
    assert!(words.contains('1'), "{words}");
}

/// What Word puts on the clipboard becomes headings, bold and lists of ours and nothing else.
async fn paste_from_word(demo: &Demonstration, window: &Chromium, ad: &str) {
    demo.go(window, &format!("{ad}/rediger")).await;
    window.wait("trix-editor").await;
    let word = r#"<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment--><h1 style="mso-x:1">Din hverdag</h1><p class=MsoNormal style="margin:0cm"><b><span style="font-family:Calibri;color:red">Fed<o:p></o:p></span></b> og r&oslash;d</p><ul><li class=MsoNormal style="mso-list:l0">F&oslash;rste punkt</li></ul><script>document.title='x'</script><!--EndFragment--></body></html>"#;
    // Word's own words are laid on the clipboard, and the keys do the rest
    let copy = format!(
        "document.addEventListener('copy', (event) => {{ event.clipboardData.setData('text/html', {word:?}); \
         event.clipboardData.setData('text/plain', 'Din hverdag'); event.preventDefault(); }}); \
         document.querySelector('trix-editor').focus()"
    );
    window.ask(&copy).await;
    let control = char::from(Key::Control);
    for key in ["a", "c", "a", "v"] {
        let editor = window.page.active_element().await.unwrap();
        editor.send_keys(&format!("{control}{key}")).await.unwrap();
    }
    window.wait("trix-editor li").await;
    window.click(".savebar button").await;
    window.wait("#said .toastx").await;
    demo.go(window, &format!("{ad}/vis")).await;
    let html = window.ask("return document.querySelector('.ad-text').innerHTML").await;
    let html = html.as_str().unwrap();
    for wanted in ["<h2>Din hverdag</h2>", "<strong>Fed</strong> og rød", "<li>Første punkt</li>"] {
        assert!(html.contains(wanted), "{wanted}: {html}");
    }
    for rest in ["Mso", "mso", "style", "class", "span", "script", "o:p"] {
        assert!(!html.contains(rest), "{rest}: {html}");
    }
}

/// The connection breaks in the middle of a film; the bar says so, and the rest is sent from where it stopped.
async fn a_broken_upload_goes_on(demo: &Demonstration, window: &Chromium) {
    demo.go(window, "/medier").await;
    // the first part arrives only in half, and the answer to it never comes
    window
        .ask(
            "const send = XMLHttpRequest.prototype.send; window.starts = []; \
             const head = XMLHttpRequest.prototype.setRequestHeader; \
             XMLHttpRequest.prototype.setRequestHeader = function (name, value) { \
               if (name === 'Upload-Offset') { window.starts.push(Number(value)); this.part = true; } \
               return head.call(this, name, value); }; \
             let broken = false; \
             XMLHttpRequest.prototype.send = function (body) { \
               if (this.part && !broken) { broken = true; send.call(this, body.slice(0, body.size / 2)); setTimeout(() => this.abort(), 400); return; } \
               return send.call(this, body); }",
        )
        .await;
    let film = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/media/film.mp4");
    window.fill("input[type=file][name=file]", film).await;
    window.click("form[data-upload] button[type=submit]").await;
    window
        .page
        .wait()
        .at_most(Duration::from_secs(30))
        .for_element(Locator::XPath("//h1[contains(., 'film.mp4')]"))
        .await
        .expect("the film's own page comes when it is whole");
}

/// A card is moved with the plain form.
async fn board_without_script(demo: &Demonstration, window: &Chromium, ad: &str) {
    demo.go(window, &format!("{ad}/tavle")).await;
    let card = window.page.find(Locator::Css("[data-stage=received] article.kort")).await.unwrap();
    let id = card.attr("id").await.unwrap().unwrap();
    window.click(&format!("#{id} summary")).await;
    let choice = window.page.find(Locator::Css(&format!("#{id} select[name=stage]"))).await.unwrap();
    choice.select_by_value("assessing").await.unwrap();
    window.click(&format!("#{id} form[data-move] button")).await;
    window.wait(&format!("[data-stage=assessing] #{id}")).await;
    assert!(
        window
            .page
            .find(Locator::Css("#said .toastx"))
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .contains("Vurderes")
    );
}
