//! The demonstration as people see it: `opslag demo` started as the README says, every kind of page in it looked at with axe at
//! two widths, every role's start page, and the board worked with the mouse and with keys alone.

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

/// Presses Tab until the focus is on what the selector finds: at most as often as the page has something to stop at.
async fn tab_to(window: &Chromium, css: &str) {
    let stops =
        "return document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]').length";
    let stops = window.ask(stops).await.as_u64().unwrap();
    for _ in 0..=stops {
        if window.ask(&format!("return document.activeElement.matches('{css}')")).await == true {
            return;
        }
        window.press(Key::Tab).await;
    }
    panic!("{css} cannot be reached with Tab");
}

pub async fn said(window: &Chromium) -> String {
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
        "/kalender".to_owned(),
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
    calendar_by_mouse_and_keys(&demo, &window).await;
    window.stop().await;
}

/// Pulls the mouse from one place in the window to another.
pub async fn pull(window: &Chromium, from: (f64, f64), onto: (f64, f64)) {
    let to =
        |x: f64, y: f64, ms: u64| PointerAction::MoveTo { duration: Some(Duration::from_millis(ms)), x, y };
    let pull = MouseActions::new("mouse".into())
        .then(to(from.0, from.1, 0))
        .then(PointerAction::Down { button: 0 })
        .then(to(from.0 + 20.0, from.1 + 10.0, 100))
        .then(to(onto.0, onto.1, 300))
        .then(to(onto.0, onto.1 + 4.0, 100))
        .then(PointerAction::Up { button: 0 });
    window.page.perform_actions(pull).await.unwrap();
}

/// A planned post is dragged to the next day of the calendar, and brought back with Shift and an arrow key.
async fn calendar_by_mouse_and_keys(demo: &Demonstration, window: &Chromium) {
    demo.go(window, "/kalender?vis=liste").await;
    let found = window
        .ask("const e = document.querySelector('[data-moves]'); return [e.id, e.closest('[data-day]').dataset.day]")
        .await;
    let (post, day) = (found[0].as_str().unwrap(), found[1].as_str().unwrap());
    demo.go(window, &format!("/kalender?vis=maaned&dag={day}")).await;
    let day_of = format!("return document.getElementById('{post}').closest('[data-day]').dataset.day");
    let places = window
        .ask(&format!(
            "const days = [...document.querySelectorAll('[data-day]')], e = document.getElementById('{post}'); \
             const next = days[days.indexOf(e.closest('[data-day]')) + 1], top = (x) => x.getBoundingClientRect().top; \
             scrollBy(0, (top(e) + top(next)) / 2 - innerHeight / 2); \
             const a = e.getBoundingClientRect(), b = next.getBoundingClientRect(); \
             return [a.right - 6, a.top + 6, b.left + b.width / 2, b.top + 12, next.dataset.day]"
        ))
        .await;
    let at = |n: usize| places[n].as_f64().unwrap();
    pull(window, (at(0), at(1)), (at(2), at(3))).await;
    let words = said(window).await;
    assert!(words.contains("Flyttet til"), "{words}");
    assert_eq!(window.ask(&day_of).await, places[4]);
    let focus = format!("return document.activeElement.closest('.ev')?.id === '{post}'");
    assert_eq!(window.ask(&focus).await, true, "the focus is on what was moved");
    window.ask("document.querySelector('#said').replaceChildren()").await;
    window.page.active_element().await.unwrap().send_keys("\u{e008}\u{e012}").await.unwrap();
    assert!(said(window).await.contains("Flyttet til"));
    assert_eq!(window.ask(&day_of).await, day);
    // what the page shows is what is kept
    demo.go(window, &format!("/kalender?vis=uge&dag={day}")).await;
    assert_eq!(window.ask(&day_of).await, day);
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
    pull(window, (at(0), at(1)), (at(2), at(3))).await;
    let words = said(window).await;
    assert!(words.contains("Vurderes"), "{words}");
    assert_eq!(column_of(window, &card).await, "assessing");
    window.click("#said form[data-undo] button").await;
    window.wait(&format!("[data-stage=received] #{card}")).await;
    // what the page shows is what is kept
    demo.go(window, &format!("{ad}/tavle")).await;
    assert_eq!(column_of(window, &card).await, "received");
}

/// The same with keys alone: to "Flyt…", open, choose, send. Not on to an interview: there the panel's note is waited for.
async fn board_by_keyboard(demo: &Demonstration, window: &Chromium, ad: &str) {
    demo.go(window, &format!("{ad}/tavle")).await;
    let card = first_card(window, "received").await;
    window.ask(&format!("document.querySelector('#{card} a').focus()")).await;
    tab_to(window, &format!("#{card} [data-move-open]")).await;
    window.press(Key::Enter).await;
    window.wait(&format!("#{card} form[data-move] select[name=stage]:focus")).await;
    window.press(Key::Escape).await;
    window.wait(&format!("#{card} [data-move-open][aria-expanded=false]:focus")).await;
    window.press(Key::Enter).await;
    window.wait(&format!("#{card} form[data-move] select[name=stage]:focus")).await;
    window.page.active_element().await.unwrap().send_keys("Vurderes").await.unwrap();
    tab_to(window, &format!("#{card} form[data-move] button")).await;
    window.press(Key::Enter).await;
    window.wait(&format!("[data-stage=assessing] #{card}")).await;
    assert!(said(window).await.contains("Vurderes"));
    // the focus is on the card that was moved, not lost at the top of the page
    let focus = format!("return document.activeElement.closest('article')?.id === '{card}'");
    assert_eq!(window.ask(&focus).await, true);
}
