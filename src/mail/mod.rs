//! A letter: to one person, subject and text. Sent through a mail server or laid in a folder.
//! One letter per person, never BCC, no assessment and no attachment in it (D-42).

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use serde::{Deserialize, Serialize};

use crate::{
    base::Instant,
    config::{Config, MailKind},
};

/// A letter ready to go.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Letter {
    /// Recipient's address.
    pub to: String,
    /// Recipient's name.
    pub name: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// Unique and stable: the Message-ID, so that a letter sent twice is seen as one.
    pub key: String,
}

/// What became of a letter.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// It can never go: a bad address, or the server's lasting no.
    #[error("the letter was refused: {0}")]
    Refused(String),
    /// It may go later.
    #[error("the letter could not be sent now: {0}")]
    Later(String),
}

/// What became of a letter that must not be sent twice by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// The mail server has it.
    Taken,
    /// It can never go so: a bad address, or the server's lasting no.
    Refused(String),
    /// The server surely does not have it, and may take it later.
    Later(String),
    /// It was on its way when the line was cut or fell silent: the server may have it or not.
    Unknown(String),
}

/// Sends letters. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    from: Arc<Mailbox>,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Folder(Arc<PathBuf>),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl Mailer {
    /// As configured; refuses a sender or server address it cannot read.
    pub fn open(config: &Config) -> Result<Self, String> {
        let from: Mailbox = config.mail.from.parse().map_err(|e| format!("mail.from: {e}"))?;
        let way = match config.mail.kind {
            MailKind::Folder => {
                let folder = config.data.join("mail");
                std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
                Way::Folder(Arc::new(folder))
            }
            MailKind::Smtp => Way::Smtp(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.mail.smtp_url)
                    .map_err(|e| format!("mail.smtp_url: {e}"))?
                    .timeout(Some(Duration::from_secs(config.mail.smtp_timeout_seconds)))
                    .build(),
            ),
        };
        Ok(Self { from: Arc::new(from), way })
    }

    /// Asks the mail server whether it would take letters from us, log-in included. A folder always does.
    pub async fn reach(&self) -> Result<(), MailError> {
        match &self.way {
            Way::Folder(_) => Ok(()),
            Way::Smtp(server) => match server.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => Err(MailError::Later("the server hung up".to_owned())),
                Err(error) => Err(judged(&error)),
            },
        }
    }

    /// Sends one letter. In a folder a letter with the same key takes the place of itself.
    pub async fn send(&self, letter: &Letter, now: Instant) -> Result<(), MailError> {
        let message = self.message(letter, now).map_err(MailError::Refused)?;
        match &self.way {
            Way::Folder(folder) => lay(folder, letter, &message).await.map_err(MailError::Later),
            Way::Smtp(server) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(judged(&error)),
            },
        }
    }

    /// Sends one letter that must not be sent twice by itself, and says exactly what is known of it afterwards.
    pub async fn send_once(&self, letter: &Letter, now: Instant) -> Handed {
        let message = match self.message(letter, now) {
            Ok(message) => message,
            Err(words) => return Handed::Refused(without_addresses(&words)),
        };
        match &self.way {
            Way::Folder(folder) => match lay(folder, letter, &message).await {
                Ok(()) => Handed::Taken,
                Err(words) => Handed::Later(words),
            },
            Way::Smtp(server) => {
                // whatever goes wrong before there is a connection has sent nothing; the pool keeps the one that is found
                match self.reach().await {
                    Ok(()) => {}
                    Err(MailError::Refused(words) | MailError::Later(words)) => return Handed::Later(words),
                }
                match server.send(message).await {
                    Ok(_) => Handed::Taken,
                    Err(error) => {
                        let words = without_addresses(&error.to_string());
                        // only the server's own word says that it does not have it
                        if error.is_permanent() {
                            Handed::Refused(words)
                        } else if error.is_transient() {
                            Handed::Later(words)
                        } else {
                            Handed::Unknown(words)
                        }
                    }
                }
            }
        }
    }

    /// Takes letters with these keys out of the folder, where letters are laid in one; says how many there were. What was
    /// sent through a mail server is out of our hands.
    pub fn forget(&self, keys: &[String]) -> std::io::Result<usize> {
        let Way::Folder(folder) = &self.way else { return Ok(0) };
        let mut forgotten = 0;
        for key in keys {
            for ending in ["eml", "part"] {
                match std::fs::remove_file(folder.join(format!("{key}.{ending}"))) {
                    Ok(()) => forgotten += 1,
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(forgotten)
    }

    fn message(&self, letter: &Letter, now: Instant) -> Result<Message, String> {
        let address = letter.to.parse().map_err(|e| format!("{e}"))?;
        let domain = self.from.email.domain().to_owned();
        Message::builder()
            .from((*self.from).clone())
            .to(Mailbox::new(Some(letter.name.clone()).filter(|n| !n.is_empty()), address))
            .subject(&letter.subject)
            .message_id(Some(format!("<{}@{domain}>", letter.key)))
            .date(now.utc().into())
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|e| e.to_string())
    }
}

/// Lays a letter in the folder: written beside and renamed, so that a reader never sees half a letter.
async fn lay(folder: &Path, letter: &Letter, message: &Message) -> Result<(), String> {
    let target = folder.join(format!("{}.eml", letter.key));
    let part = folder.join(format!("{}.part", letter.key));
    let write = async {
        tokio::fs::write(&part, message.formatted()).await?;
        tokio::fs::File::open(&part).await?.sync_all().await?;
        tokio::fs::rename(&part, &target).await
    };
    write.await.map_err(|e| e.to_string())
}

fn judged(error: &lettre::transport::smtp::Error) -> MailError {
    let words = without_addresses(&error.to_string());
    if error.is_permanent() { MailError::Refused(words) } else { MailError::Later(words) }
}

/// What a server said, fit for a log: mail servers like to repeat whom a letter is to.
fn without_addresses(words: &str) -> String {
    let hidden = |word: &str| if word.contains('@') { "…@…".to_owned() } else { word.to_owned() };
    words.split(' ').map(hidden).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_kept_without_whom_it_is_about() {
        let said = "permanent error (550): 5.1.1 <sofie@baek.example>: Recipient address rejected";
        assert_eq!(without_addresses(said), "permanent error (550): 5.1.1 …@… Recipient address rejected");
    }
}
