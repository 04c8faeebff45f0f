//! A mail server that does what mail servers do: takes letters, puts them off, refuses, falls silent, hangs up. What it has
//! taken hangs on a wall one can read.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What it does with the next letter to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes it.
    Takes,
    /// Takes it, slowly.
    Slow,
    /// Says »not now« at the address.
    Defers,
    /// Says »not now« after the whole letter.
    DefersLate,
    /// Says no at the address.
    Refuses,
    /// Says no after the whole letter.
    RefusesLate,
    /// Takes it and never says so.
    SilentTaken,
    /// Loses it and says nothing.
    SilentLost,
    /// Takes it and hangs up.
    CutTaken,
    /// Loses it and hangs up.
    CutLost,
    /// Hangs up at the address.
    CutEarly,
}

impl Mood {
    pub const ALL: [Self; 11] = [
        Self::Takes,
        Self::Slow,
        Self::Defers,
        Self::DefersLate,
        Self::Refuses,
        Self::RefusesLate,
        Self::SilentTaken,
        Self::SilentLost,
        Self::CutTaken,
        Self::CutLost,
        Self::CutEarly,
    ];
}

/// A letter on the wall.
#[derive(Clone, Debug)]
pub struct Hung {
    pub to: String,
    pub message_id: String,
    pub text: String,
}

#[derive(Default)]
struct Office {
    moods: HashMap<String, VecDeque<Mood>>,
    wall: Vec<Hung>,
}

/// A running one; it ends with the test.
#[derive(Clone)]
pub struct PostOffice {
    office: Arc<Mutex<Office>>,
    pub url: String,
}

impl PostOffice {
    pub async fn open() -> Self {
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://127.0.0.1:{}", door.local_addr().unwrap().port());
        let office = Arc::new(Mutex::new(Office::default()));
        let ours = office.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = door.accept().await {
                let office = ours.clone();
                tokio::spawn(async move {
                    // a client that hangs up ends its own talk
                    let _ = talk(line, &office).await;
                });
            }
        });
        Self { office, url }
    }

    /// What it does with the next letters to this address; afterwards it takes them.
    pub fn will(&self, to: &str, moods: &[Mood]) {
        self.office.lock().unwrap().moods.insert(to.to_owned(), moods.iter().copied().collect());
    }

    /// Everything it has taken.
    pub fn wall(&self) -> Vec<Hung> {
        self.office.lock().unwrap().wall.clone()
    }

    /// How often each answer hangs there, by its Message-ID; receipts are left out.
    pub fn answers(&self) -> BTreeMap<String, usize> {
        self.named("<answer-")
    }

    /// How often each letter hangs there whose Message-ID begins so.
    pub fn named(&self, beginning: &str) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for hung in self.wall() {
            if hung.message_id.starts_with(beginning) {
                *found.entry(hung.message_id).or_default() += 1;
            }
        }
        found
    }
}

fn header(mail: &str, name: &str) -> String {
    let head = mail.split("\r\n\r\n").next().unwrap_or_default();
    head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default().to_owned()
}

async fn talk(line: TcpStream, office: &Mutex<Office>) -> std::io::Result<()> {
    let (read, mut write) = line.into_split();
    let mut read = BufReader::new(read);
    write.write_all(b"220 post.example ESMTP\r\n").await?;
    let (mut to, mut mood) = (String::new(), Mood::Takes);
    let mut said = String::new();
    loop {
        said.clear();
        if read.read_line(&mut said).await? == 0 {
            return Ok(());
        }
        let verb = said.split_whitespace().next().unwrap_or_default().to_uppercase();
        let answer: &[u8] = match verb.as_str() {
            "EHLO" => b"250-post.example\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            "RCPT" => {
                to = said.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                mood = {
                    let mut office = office.lock().unwrap();
                    office.moods.get_mut(&to).and_then(VecDeque::pop_front).unwrap_or(Mood::Takes)
                };
                match mood {
                    Mood::Defers => b"451 4.7.1 greylisted, come back later\r\n",
                    Mood::Refuses => b"550 5.1.1 no such person\r\n",
                    Mood::CutEarly => return Ok(()),
                    _ => b"250 ok\r\n",
                }
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut mail = String::new();
                loop {
                    let mut line = String::new();
                    if read.read_line(&mut line).await? == 0 {
                        return Ok(());
                    }
                    if line == ".\r\n" {
                        break;
                    }
                    mail.push_str(&line);
                }
                if mood == Mood::Slow {
                    tokio::time::sleep(Duration::from_millis(400)).await;
                }
                if matches!(mood, Mood::Takes | Mood::Slow | Mood::SilentTaken | Mood::CutTaken) {
                    let hung = Hung {
                        to: to.clone(),
                        message_id: header(&mail, "Message-ID"),
                        text: super::applicants::decoded(&mail),
                    };
                    office.lock().unwrap().wall.push(hung);
                }
                match mood {
                    Mood::DefersLate => b"452 4.3.1 out of space, come back later\r\n",
                    Mood::RefusesLate => b"554 5.7.1 not with these words\r\n",
                    Mood::SilentTaken | Mood::SilentLost => {
                        // until the other side has had enough
                        tokio::time::sleep(Duration::from_secs(20)).await;
                        return Ok(());
                    }
                    Mood::CutTaken | Mood::CutLost => return Ok(()),
                    _ => b"250 2.0.0 taken\r\n",
                }
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => b"250 ok\r\n",
        };
        write.write_all(answer).await?;
    }
}
