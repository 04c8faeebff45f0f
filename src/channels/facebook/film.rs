//! Films: sent in pieces that the peer asks for, each streamed from the store, so that a line that breaks loses one
//! piece; then waited for. A film is made unpublished, and shown by its number like any post.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, multipart};
use serde_json::json;

use super::{Facebook, POST, wire};
use crate::{
    blobs::Blobs,
    channels::{
        Account, ChannelKind, Checkpoint, Post, PostMedia, Problem, ProblemKind,
        answer::ask,
        file_body,
        fit::compose,
        graph::{Asked, Done, said, web_address},
        upload_time,
    },
};

/// How long the peer may take with a film before we come back later; a delivery's worker waits so long.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long until we come back.
const LATER: Duration = Duration::from_secs(15);
/// A session older than this is begun anew.
const SESSION_LIFE: Duration = Duration::from_secs(20 * 3600);
/// Of the error that says from where to go on.
const GO_ON_AT: i64 = 1_363_037;
/// The largest piece we send at once, whatever the peer asks for.
const PIECE: u64 = 64 << 20;

/// A film on its way, as the checkpoint keeps it under the file's name.
#[derive(serde::Serialize, serde::Deserialize)]
struct OnItsWay {
    video: String,
    session: String,
    start: u64,
    end: u64,
    finished: bool,
    at: crate::base::Instant,
}

impl OnItsWay {
    fn of(checkpoint: &Checkpoint, name: &str) -> Option<Self> {
        serde_json::from_value(checkpoint.0.get(name)?.clone()).ok()
    }
    fn keep(&self, checkpoint: &mut Checkpoint, name: &str) {
        checkpoint.0.insert(name.to_owned(), json!(self));
    }
}

fn number(text: &str) -> Result<u64, Problem> {
    text.parse().map_err(|_| Problem::new(ProblemKind::Unavailable, "the answer names no place in the film"))
}

impl Facebook {
    /// Sends the film as far as it is not there, waits until the peer is done with it, and lays it ready.
    pub(super) async fn lay_out_film(
        &self,
        account: &Account,
        post: &Post,
        film: &PostMedia,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let name = film.sha256.as_str();
        let now = self.graph.clock.now();
        let mut way = match OnItsWay::of(checkpoint, name).filter(|way| now.since(way.at) < SESSION_LIFE) {
            Some(way) => way,
            None => self.begin(account, film).await?,
        };
        way.keep(checkpoint, name);
        while !way.finished && way.start < way.end {
            self.send_piece(account, film, blobs, &mut way).await?;
            way.keep(checkpoint, name);
        }
        if !way.finished {
            self.finish(account, post, &way).await?;
            way.finished = true;
            way.keep(checkpoint, name);
        }
        let url = match self.processed(account, &way.video).await {
            Ok(url) => url,
            Err(problem) => {
                // a film that cannot be read is sent anew, should somebody try again
                if problem.kind == ProblemKind::InvalidMedia {
                    checkpoint.0.remove(name);
                }
                return Err(problem);
            }
        };
        let handle = json!({ "id": way.video, "url": url, "film": true, "at": self.graph.clock.now() });
        checkpoint.0.insert(POST.to_owned(), handle);
        Ok(())
    }

    fn films(&self, account: &Account) -> Result<RequestBuilder, Problem> {
        let at = self.graph.hosts(&account.base_url).upload;
        self.graph.call_at(&at, account, Method::POST, &format!("{}/videos", account.remote_id))
    }

    async fn begin(&self, account: &Account, film: &PostMedia) -> Result<OnItsWay, Problem> {
        let size = film.bytes.to_string();
        let request = self.films(account)?.form(&[("upload_phase", "start"), ("file_size", size.as_str())]);
        let sent: wire::Sent = self.graph.read(request, Asked::Media).await?;
        if sent.video_id.is_empty() || sent.upload_session_id.is_empty() {
            return Err(Problem::new(ProblemKind::Unavailable, "the answer to an upload names no film"));
        }
        Ok(OnItsWay {
            video: sent.video_id,
            session: sent.upload_session_id,
            start: number(&sent.start_offset)?,
            end: number(&sent.end_offset)?,
            finished: false,
            at: self.graph.clock.now(),
        })
    }

    async fn send_piece(
        &self,
        account: &Account,
        film: &PostMedia,
        blobs: &Blobs,
        way: &mut OnItsWay,
    ) -> Result<(), Problem> {
        let end = way.end.min(way.start + PIECE);
        let (body, _) = file_body(blobs, film, Some(way.start..end)).await?;
        let piece = end - way.start;
        let part = multipart::Part::stream_with_length(body, piece).file_name("film.mp4");
        let form = multipart::Form::new()
            .text("upload_phase", "transfer")
            .text("upload_session_id", way.session.clone())
            .text("start_offset", way.start.to_string())
            .part("video_file_chunk", part);
        let answer = ask(self.films(account)?.timeout(upload_time(piece)).multipart(form)).await?;
        if answer.status.is_success() {
            let sent: wire::Sent = answer.json().unwrap_or_default();
            let (start, end) = (number(&sent.start_offset)?, number(&sent.end_offset)?);
            if start < way.start || end < start {
                return Err(Problem::new(
                    ProblemKind::Unavailable,
                    "the peer asks for a piece that is no piece",
                ));
            }
            (way.start, way.end) = (start, end);
            return Ok(());
        }
        let said = said(&answer);
        let place = |name: &str| {
            let value = &said.error_data[name];
            value.as_u64().or_else(|| value.as_str()?.parse().ok())
        };
        if said.error_subcode == GO_ON_AT
            && let (Some(start), Some(end)) = (place("start_offset"), place("end_offset"))
            && start <= end
            && start != way.start
        {
            (way.start, way.end) = (start, end);
            return Ok(());
        }
        Err(self.graph.problem(&answer, Asked::Media))
    }

    /// Ends the sending. One whose answer was lost has taken effect when the film is being processed.
    async fn finish(&self, account: &Account, post: &Post, way: &OnItsWay) -> Result<(), Problem> {
        let composed = compose(ChannelKind::Facebook, post);
        let request = self.films(account)?.form(&[
            ("upload_phase", "finish"),
            ("upload_session_id", way.session.as_str()),
            ("title", post.link_title.as_str()),
            ("description", composed.text.as_str()),
            ("published", "false"),
        ]);
        let refused = match self.graph.read::<Done>(request, Asked::Text).await {
            Ok(done) if done.success => return Ok(()),
            Ok(_) => Problem::new(ProblemKind::Unavailable, "the peer did not say that the film is whole"),
            Err(problem) => problem,
        };
        match self.status(account, &way.video).await {
            Ok(object) if matches!(object.status.video_status.as_str(), "processing" | "ready") => Ok(()),
            _ => Err(refused),
        }
    }

    async fn status(&self, account: &Account, video: &str) -> Result<wire::Object, Problem> {
        let request = self
            .graph
            .call_for(account, Method::GET, video)?
            .query(&[("fields", "published,permalink_url,status")]);
        self.graph.read(request, Asked::Object).await
    }

    /// Waits until the peer is done with the film; where it will be seen.
    async fn processed(&self, account: &Account, video: &str) -> Result<Option<String>, Problem> {
        let mut pause = Duration::from_millis(200);
        let mut waited = Duration::ZERO;
        loop {
            let object = self.status(account, video).await?;
            match object.status.video_status.as_str() {
                "ready" => return Ok(web_address(&self.site(account), object.permalink_url.as_deref())),
                "error" | "expired" => {
                    let why = object.status.processing_phase.error.to_string();
                    let words = format!("the film could not be read: {why}");
                    return Err(Problem::new(ProblemKind::InvalidMedia, words));
                }
                _ => {}
            }
            if waited >= PATIENCE {
                let mut busy = Problem::new(ProblemKind::Processing, "the peer is still processing the film");
                busy.wait = Some(LATER);
                return Err(busy);
            }
            tokio::time::sleep(pause).await;
            waited += pause;
            pause = (pause * 2).min(Duration::from_secs(3));
        }
    }
}
