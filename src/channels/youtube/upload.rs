//! A film on its way: announced as hidden, sent in pieces to an address that remembers how far it came (K3), then
//! described with subtitles. The address and what came of it stand in the checkpoint.

use std::time::Duration;

use reqwest::{Body, Method, header};
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

use super::{Youtube, problem, wire};
use crate::{
    base::{Instant, Language},
    blobs::Blobs,
    channels::{
        Account, ChannelKind, Checkpoint, Post, PostMedia, Problem, ProblemKind,
        answer::{Answer, ask},
        file_len, file_segment,
        fit::compose,
        upload_time,
    },
};

/// Bytes of a piece: a multiple of 256 KiB.
const PIECE: u64 = 32 << 18;
/// How long YouTube may take with a film before we come back later; a delivery's worker waits so long.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long until we come back.
const LATER: Duration = Duration::from_secs(30);
/// A film that was there is seen by then, or is gone.
const SETTLED: Duration = Duration::from_secs(600);

/// A film at YouTube.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Handle {
    /// Where its bytes go; empty when they are there.
    session: String,
    /// Its number; empty before the last byte.
    pub id: String,
    /// It can be shown.
    pub ready: bool,
    /// Languages whose subtitles are there.
    captions: Vec<Language>,
    /// When it got ready.
    at: Option<Instant>,
}

impl Handle {
    pub fn of(checkpoint: &Checkpoint, name: &str) -> Option<Self> {
        serde_json::from_value(checkpoint.0.get(name)?.clone()).ok()
    }
    /// The film of a post.
    pub fn of_post(post: &Post, checkpoint: &Checkpoint) -> Option<Self> {
        Self::of(checkpoint, &post.media.iter().find(|file| file.is_film())?.sha256)
    }
    fn keep(&self, checkpoint: &mut Checkpoint, name: &str) {
        checkpoint.0.insert(name.to_owned(), serde_json::to_value(self).expect("a handle is plain data"));
    }
}

/// How far the bytes are.
enum Sent {
    /// So many are there.
    UpTo(u64),
    /// All; the film's number.
    All(String),
    /// The address is not good any more.
    Gone,
}

impl Youtube {
    /// Takes the film as far as it goes.
    pub(super) async fn ready_film(
        &self,
        account: &Account,
        post: &Post,
        film: &PostMedia,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let name = film.sha256.as_str();
        let mut handle = Handle::of(checkpoint, name).unwrap_or_default();
        if handle.ready {
            if self.video(account, &handle.id, "status").await?.is_some() {
                return Ok(());
            }
            let age = handle.at.map_or(SETTLED, |at| self.place.now().since(at));
            if age < SETTLED {
                let mut soon = Problem::new(ProblemKind::Processing, "the film that was sent is not seen");
                soon.wait = Some(SETTLED.saturating_sub(age));
                return Err(soon);
            }
            // somebody has taken it away there before it was shown
            handle = Handle::default();
        }
        if handle.id.is_empty() {
            handle.id = self.send(account, post, film, blobs, &mut handle, checkpoint).await?;
            handle.session.clear();
            handle.keep(checkpoint, name);
        }
        for (language, vtt) in &film.captions {
            if !handle.captions.contains(language) {
                self.send_captions(account, &handle.id, *language, vtt).await?;
                handle.captions.push(*language);
                handle.keep(checkpoint, name);
            }
        }
        let mut waited = Duration::ZERO;
        while !handle.ready {
            let Some(video) = self.video(account, &handle.id, "status").await? else {
                // it was taken away before anybody saw it
                checkpoint.0.remove(name);
                return Err(Problem::new(ProblemKind::Processing, "YouTube has lost the film"));
            };
            match video.status.upload_status.as_str() {
                "processed" => handle.ready = true,
                "failed" | "rejected" | "deleted" => {
                    checkpoint.0.remove(name);
                    return Err(not_usable(&video.status));
                }
                _ if waited >= PATIENCE => {
                    let mut busy =
                        Problem::new(ProblemKind::Processing, "YouTube is still processing the film");
                    busy.wait = Some(LATER);
                    return Err(busy);
                }
                _ => {
                    let pause = waited.clamp(Duration::from_millis(200), Duration::from_secs(5));
                    tokio::time::sleep(pause).await;
                    waited += pause;
                }
            }
        }
        handle.at = Some(self.place.now());
        handle.keep(checkpoint, name);
        Ok(())
    }

    /// Sends what is missing of the bytes; the film's number. What was there before is asked for first, so that a break
    /// costs a piece and not a film.
    async fn send(
        &self,
        account: &Account,
        post: &Post,
        film: &PostMedia,
        blobs: &Blobs,
        handle: &mut Handle,
        checkpoint: &mut Checkpoint,
    ) -> Result<String, Problem> {
        let total = file_len(blobs, film).await?;
        let mut sent = if handle.session.is_empty() {
            Sent::Gone
        } else {
            self.put(&handle.session, Body::from(""), 0, &format!("bytes */{total}")).await?
        };
        if matches!(sent, Sent::Gone) {
            // it may have got there before its number was lost
            if let Some(there) = self.listed(account, post).await? {
                return Ok(there.snippet.resource_id.video_id);
            }
            handle.session = self.announce(account, post, film, total).await?;
            handle.keep(checkpoint, &film.sha256);
            sent = Sent::UpTo(0);
        }
        loop {
            let from = match sent {
                Sent::All(id) => return Ok(id),
                Sent::UpTo(from) if from < total => from,
                Sent::UpTo(_) | Sent::Gone => {
                    handle.session.clear();
                    handle.keep(checkpoint, &film.sha256);
                    return Err(Problem::new(ProblemKind::Unavailable, "YouTube has lost what was sent"));
                }
            };
            let to = total.min(from + PIECE);
            let body = file_segment(blobs, film, from..to).await?;
            let range = format!("bytes {from}-{}/{total}", to - 1);
            sent = self.put(&handle.session, body, to - from, &range).await?;
        }
    }

    /// Announces a hidden film; where its bytes go.
    async fn announce(
        &self,
        account: &Account,
        post: &Post,
        film: &PostMedia,
        total: u64,
    ) -> Result<String, Problem> {
        let body = wire::NewVideo {
            snippet: wire::Snippet {
                title: &super::title(post),
                description: &compose(ChannelKind::Youtube, post).text,
                category_id: "22",
                default_language: post.language.code(),
            },
            status: super::status("private"),
        };
        let base = self.place.upload_at(&account.base_url);
        let path =
            "/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status&notifySubscribers=true";
        let request = self
            .place
            .call(Method::POST, &base, path)?
            .bearer_auth(&account.token)
            .header("x-upload-content-length", total)
            .header("x-upload-content-type", &film.mime)
            .json(&body);
        let answer = self.quiet(request).await?;
        answer.header("location").map(str::to_owned).ok_or_else(|| {
            answer.problem(
                ProblemKind::Unavailable,
                "the answer does not say where to send it",
                self.place.now(),
            )
        })
    }

    /// Sends a piece, or nothing to hear how far it is.
    async fn put(&self, session: &str, body: Body, len: u64, range: &str) -> Result<Sent, Problem> {
        let url: Url = session
            .parse()
            .map_err(|_| Problem::new(ProblemKind::Configuration, "the address for the bytes is none"))?;
        let request = self
            .place
            .call_url(Method::PUT, url)?
            .timeout(upload_time(len))
            .header(header::CONTENT_LENGTH, len)
            .header(header::CONTENT_RANGE, range)
            .body(body);
        let answer: Answer = ask(request).await?;
        match answer.status.as_u16() {
            308 => {
                let last = answer.header("range").and_then(|range| range.strip_prefix("bytes=0-"));
                Ok(Sent::UpTo(last.and_then(|last| last.parse::<u64>().ok()).map_or(0, |last| last + 1)))
            }
            200 | 201 => match answer.json::<wire::Video>().filter(|video| super::is_id(&video.id)) {
                Some(video) => Ok(Sent::All(video.id)),
                None => Err(answer.problem(
                    ProblemKind::Unavailable,
                    "the answer to an upload names no film",
                    self.place.now(),
                )),
            },
            404 | 410 => Ok(Sent::Gone),
            _ => Err(problem(&answer, self.place.now())),
        }
    }

    async fn send_captions(
        &self,
        account: &Account,
        film: &str,
        language: Language,
        vtt: &str,
    ) -> Result<(), Problem> {
        let about = json!({ "snippet": {
            "videoId": film, "language": language.code(), "name": language.own_name(), "isDraft": false,
        } });
        // two parts that belong together, which is another form than a browser's
        let edge = "opslag-captions-of-a-film";
        let body = format!(
            "--{edge}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n{about}\r\n\
             --{edge}\r\ncontent-type: text/vtt\r\n\r\n{vtt}\r\n--{edge}--\r\n"
        );
        let base = self.place.upload_at(&account.base_url);
        let request = self
            .place
            .call(Method::POST, &base, "/upload/youtube/v3/captions?uploadType=multipart&part=snippet")?
            .bearer_auth(&account.token)
            .header(header::CONTENT_TYPE, format!("multipart/related; boundary={edge}"))
            .body(body);
        match self.quiet(request).await {
            Ok(_) => Ok(()),
            // they came through before the line was cut
            Err(problem) if problem.words.starts_with("captionExists") => Ok(()),
            Err(problem) => Err(problem),
        }
    }

    /// A film as its owner sees it; none when there is none.
    pub(super) async fn video(
        &self,
        account: &Account,
        id: &str,
        part: &str,
    ) -> Result<Option<wire::Video>, Problem> {
        let path = format!("/youtube/v3/videos?part={part}&id={id}");
        let request = self.place.call(Method::GET, &account.base_url, &path)?.bearer_auth(&account.token);
        let answer = self.quiet(request).await?;
        let list: wire::List<wire::Video> = answer.json().unwrap_or_default();
        match list.items {
            Some(items) => Ok(items.into_iter().find(|video| video.id == id)),
            None => {
                let words = format!("the answer is no list of films: {}", answer.excerpt());
                Err(answer.problem(ProblemKind::Unavailable, words, self.place.now()))
            }
        }
    }
}

/// Why YouTube will not have a film.
fn not_usable(status: &wire::VideoStatus) -> Problem {
    let (word, failed, rejected) = (&status.upload_status, &status.failure_reason, &status.rejection_reason);
    let kind = match (failed.as_str(), rejected.as_str()) {
        // the same file is on the channel already
        (_, "duplicate") => ProblemKind::Duplicate,
        (_, "uploaderAccountSuspended" | "uploaderAccountClosed") => ProblemKind::AccountBlocked,
        ("uploadAborted", _) => ProblemKind::Unavailable,
        _ => ProblemKind::InvalidMedia,
    };
    Problem::new(kind, format!("{word} {failed}{rejected}").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_film_is_not_taken() {
        for (json, kind, words) in [
            (
                r#"{"uploadStatus":"failed","failureReason":"codec"}"#,
                ProblemKind::InvalidMedia,
                "failed codec",
            ),
            (
                r#"{"uploadStatus":"failed","failureReason":"uploadAborted"}"#,
                ProblemKind::Unavailable,
                "failed uploadAborted",
            ),
            (
                r#"{"uploadStatus":"rejected","rejectionReason":"length"}"#,
                ProblemKind::InvalidMedia,
                "rejected length",
            ),
            (
                r#"{"uploadStatus":"rejected","rejectionReason":"duplicate"}"#,
                ProblemKind::Duplicate,
                "rejected duplicate",
            ),
            (
                r#"{"uploadStatus":"rejected","rejectionReason":"uploaderAccountSuspended"}"#,
                ProblemKind::AccountBlocked,
                "rejected uploaderAccountSuspended",
            ),
            (r#"{"uploadStatus":"deleted"}"#, ProblemKind::InvalidMedia, "deleted"),
        ] {
            let problem = not_usable(&serde_json::from_str(json).unwrap());
            assert_eq!((problem.kind, problem.words.as_str()), (kind, words));
        }
    }
}
