//! Pictures in one piece, films in the parts that LinkedIn asks for; nobody sees them before the post. How far a file has
//! come stands in the checkpoint after every step.

use std::time::Duration;

use reqwest::{Body, Method};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::{Asked, Linkedin, Who, encoded, wire};
use crate::{
    base::Instant,
    blobs::Blobs,
    channels::{
        Account, Checkpoint, Post, PostMedia, Problem, ProblemKind, answer::Answer, file_len, file_segment,
        platform::bare, upload_time,
    },
};

/// How long LinkedIn may take with a file before we come back later; a delivery's worker waits so long.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long until we come back.
const LATER: Duration = Duration::from_secs(15);
/// How long what was uploaded is trusted to be kept.
const LIFE: Duration = Duration::from_secs(20 * 3600);

/// A file at LinkedIn.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Handle {
    urn: String,
    at: Instant,
    stage: Stage,
}

/// How far it has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    /// Announced; its parts go to these addresses, and those before are there, each with its mark.
    Parts { token: String, parts: Vec<wire::Part>, marks: Vec<String> },
    /// All there; LinkedIn works on it.
    Processing,
    /// Can be shown.
    Ready,
}

impl Handle {
    fn of(checkpoint: &Checkpoint, name: &str) -> Option<Self> {
        serde_json::from_value(checkpoint.0.get(name)?.clone()).ok()
    }
    fn keep(&self, checkpoint: &mut Checkpoint, name: &str) {
        checkpoint.0.insert(name.to_owned(), serde_json::to_value(self).expect("a handle is plain data"));
    }
}

/// A ready file's name at LinkedIn.
pub(super) fn ready(file: &PostMedia, checkpoint: &Checkpoint) -> Option<String> {
    Handle::of(checkpoint, &file.sha256).filter(|h| matches!(h.stage, Stage::Ready)).map(|h| h.urn)
}

/// The files of a post, as it will be shown: media, else the picture of the link card.
pub(super) fn files(post: &Post) -> Vec<&PostMedia> {
    if post.media.is_empty() { post.link_thumb.iter().collect() } else { post.media.iter().collect() }
}

/// Which of the two: it is asked for under this name.
fn shelf(file: &PostMedia) -> &'static str {
    if file.is_film() { "videos" } else { "images" }
}

impl Linkedin {
    /// Takes one file as far as it goes.
    pub(super) async fn ready_file(
        &self,
        account: &Account,
        file: &PostMedia,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let name = file.sha256.as_str();
        let now = self.place.now();
        let mut handle = match Handle::of(checkpoint, name).filter(|h| now.since(h.at) <= LIFE) {
            Some(handle) => handle,
            None => self.announce(account, file, blobs).await?,
        };
        handle.keep(checkpoint, name);
        let mut waited = Duration::ZERO;
        loop {
            let next = match &handle.stage {
                Stage::Parts { token, parts, marks } => match parts.get(marks.len()) {
                    Some(part) => self.send_part(account, file, blobs, part).await.map(|mark| Stage::Parts {
                        token: token.clone(),
                        parts: parts.clone(),
                        marks: marks.iter().cloned().chain([mark]).collect(),
                    }),
                    None => self.finish(account, file, &handle.urn, token, marks).await,
                },
                Stage::Processing => self.wait(account, file, &handle.urn, &mut waited).await,
                Stage::Ready => return Ok(()),
            };
            handle.stage = match next {
                Ok(stage) => stage,
                Err(problem) => {
                    // the address has run out, or the file will never be shown: the next try begins anew
                    let is_lost = matches!(problem.status, Some(401 | 403 | 404 | 410))
                        || problem.kind == ProblemKind::InvalidMedia
                        || (problem.status == Some(400) && problem.kind == ProblemKind::Unavailable);
                    if is_lost {
                        checkpoint.0.remove(name);
                    }
                    return Err(problem);
                }
            };
            handle.keep(checkpoint, name);
        }
    }

    fn unread(&self, answer: &Answer, words: &str) -> Problem {
        answer.problem(ProblemKind::Unavailable, words, self.place.now())
    }

    async fn act(
        &self,
        account: &Account,
        file: &PostMedia,
        action: &str,
        body: &Value,
    ) -> Result<Answer, Problem> {
        let path = format!("/rest/{}?action={action}", shelf(file));
        let request = self.rest(Method::POST, &account.base_url, &path, &account.token)?.json(body);
        self.quiet(request, Asked::Media).await
    }

    /// Asks where the bytes go.
    async fn announce(&self, account: &Account, file: &PostMedia, blobs: &Blobs) -> Result<Handle, Problem> {
        let bytes = file_len(blobs, file).await?;
        let owner = bare(&account.remote_id);
        let wanted = if file.is_film() {
            json!({ "owner": owner, "fileSizeBytes": bytes, "uploadCaptions": false, "uploadThumbnail": false })
        } else {
            json!({ "owner": owner })
        };
        let body = json!({ "initializeUploadRequest": wanted });
        let answer = self.act(account, file, "initializeUpload", &body).await?;
        let said = answer.json::<wire::Value<wire::Upload>>().unwrap_or_default().value;
        let (urn, parts) = if file.is_film() {
            (said.video, said.upload_instructions)
        } else {
            let whole =
                wire::Part { upload_url: said.upload_url, first_byte: 0, last_byte: bytes.saturating_sub(1) };
            (said.image, vec![whole])
        };
        // every byte once, and nothing that is not ours to send
        let mut next = 0;
        for part in &parts {
            if part.first_byte != next || part.last_byte < next || part.upload_url.is_empty() {
                return Err(self.unread(&answer, "the answer does not say where the bytes go"));
            }
            next = part.last_byte + 1;
        }
        if urn.is_empty() || next != bytes {
            return Err(self.unread(&answer, "the answer does not say where all the bytes go"));
        }
        let stage = Stage::Parts { token: said.upload_token, parts, marks: Vec::new() };
        Ok(Handle { urn, at: self.place.now(), stage })
    }

    /// Sends a part; its mark.
    async fn send_part(
        &self,
        account: &Account,
        file: &PostMedia,
        blobs: &Blobs,
        part: &wire::Part,
    ) -> Result<String, Problem> {
        let url: Url = part
            .upload_url
            .parse()
            .map_err(|_| Problem::new(ProblemKind::Configuration, "the address for the bytes is none"))?;
        let len = part.last_byte - part.first_byte + 1;
        let body: Body = file_segment(blobs, file, part.first_byte..part.last_byte + 1).await?;
        let mut request = self
            .place
            .call_url(Method::PUT, url)?
            .timeout(upload_time(len))
            .header("content-type", "application/octet-stream")
            .header("content-length", len)
            .body(body);
        // a film's addresses open by themselves
        if !file.is_film() {
            request = request.bearer_auth(&account.token);
        }
        let answer = self.quiet(request, Asked::Bytes).await?;
        match answer.header("etag") {
            Some(mark) => Ok(mark.to_owned()),
            None if file.is_film() => Err(self.unread(&answer, "a part of the film got no mark")),
            None => Ok(String::new()),
        }
    }

    /// Says that all parts are there.
    async fn finish(
        &self,
        account: &Account,
        file: &PostMedia,
        urn: &str,
        token: &str,
        marks: &[String],
    ) -> Result<Stage, Problem> {
        if file.is_film() {
            let body = json!({
                "finalizeUploadRequest": { "video": urn, "uploadToken": token, "uploadedPartIds": marks },
            });
            self.act(account, file, "finalizeUpload", &body).await?;
        }
        Ok(Stage::Processing)
    }

    /// Asks how far LinkedIn is. Of a person's files it tells nobody: then the post itself is refused while they are
    /// not ready, and sent again later.
    async fn wait(
        &self,
        account: &Account,
        file: &PostMedia,
        urn: &str,
        waited: &mut Duration,
    ) -> Result<Stage, Problem> {
        if self.who == Who::Member {
            return Ok(Stage::Ready);
        }
        let path = format!("/rest/{}/{}", shelf(file), encoded(urn));
        let request = self.rest(Method::GET, &account.base_url, &path, &account.token)?;
        let answer = self.quiet(request, Asked::Media).await?;
        let said: wire::Asset = answer.json().unwrap_or_default();
        match said.status.as_str() {
            "AVAILABLE" => return Ok(Stage::Ready),
            "PROCESSING_FAILED" => {
                let words = format!("LinkedIn could not read the file: {}", said.processing_failure_reason);
                return Err(Problem::new(ProblemKind::InvalidMedia, words));
            }
            _ => {}
        }
        if *waited >= PATIENCE {
            let mut busy = Problem::new(ProblemKind::Processing, "LinkedIn is still processing the file");
            busy.wait = Some(LATER);
            return Err(busy);
        }
        let pause = (*waited).clamp(Duration::from_millis(200), Duration::from_secs(3));
        tokio::time::sleep(pause).await;
        *waited += pause;
        Ok(Stage::Processing)
    }
}
