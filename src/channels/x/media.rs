//! Pictures in one piece, films in segments, each with its description; nobody sees them before the post. How far a
//! file has come stands in the checkpoint after every step.

use std::time::Duration;

use reqwest::{Body, Method, multipart};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Asked, X, wire};
use crate::{
    base::{Instant, Language},
    blobs::Blobs,
    channels::{
        Account, Checkpoint, Post, PostMedia, Problem, ProblemKind, answer::Answer, file_len, file_part,
        upload_time,
    },
};

/// Bytes of a segment of a film.
const SEGMENT: u64 = 4 << 20;
/// How long X may take with a film before we come back later; a delivery's worker waits so long.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long until we come back.
const LATER: Duration = Duration::from_secs(15);
/// Pictures that no post shows are kept for a day.
const LIFE: Duration = Duration::from_secs(20 * 3600);

/// A file at X.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Handle {
    id: String,
    at: Instant,
    stage: Stage,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    /// The segments before this one are there.
    Segments(u64),
    /// All there; X works on it.
    Processing,
    /// Can be shown, and is not described yet.
    Stored,
    /// Ready for a post.
    Described,
}

impl Handle {
    fn of(checkpoint: &Checkpoint, name: &str) -> Option<Self> {
        serde_json::from_value(checkpoint.0.get(name)?.clone()).ok()
    }
    fn keep(&self, checkpoint: &mut Checkpoint, name: &str) {
        checkpoint.0.insert(name.to_owned(), serde_json::to_value(self).expect("a handle is plain data"));
    }
}

/// The numbers of a post's files, once every one is ready.
pub(super) fn ready(post: &Post, checkpoint: &Checkpoint) -> Option<Vec<String>> {
    let id = |file: &PostMedia| {
        Handle::of(checkpoint, &file.sha256).filter(|h| h.stage == Stage::Described).map(|h| h.id)
    };
    post.media.iter().map(id).collect()
}

impl X {
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
            None if file.is_film() => self.begin_film(account, file, blobs).await?,
            None => self.send_picture(account, file, blobs).await?,
        };
        handle.keep(checkpoint, name);
        let mut waited = Duration::ZERO;
        loop {
            let next = match handle.stage {
                Stage::Segments(number) => self.send_segment(account, &handle.id, file, blobs, number).await,
                Stage::Processing => self.wait(account, &handle.id, &mut waited).await,
                Stage::Stored => self.describe(account, &handle.id, file).await,
                Stage::Described => return Ok(()),
            };
            handle.stage = match next {
                Ok(stage) => stage,
                Err(problem) => {
                    // X has lost it, or will never show it: the next try begins anew
                    if problem.kind == ProblemKind::InvalidMedia || problem.status == Some(404) {
                        checkpoint.0.remove(name);
                    }
                    return Err(problem);
                }
            };
            handle.keep(checkpoint, name);
        }
    }

    async fn media(&self, answer: &Answer) -> Result<wire::Media, Problem> {
        let said = answer.json::<wire::Envelope<wire::Media>>().unwrap_or_default().data;
        said.filter(|media| !media.id.is_empty()).ok_or_else(|| {
            answer.problem(
                ProblemKind::Unavailable,
                "the answer to an upload names no file",
                self.place.now(),
            )
        })
    }

    async fn send_picture(
        &self,
        account: &Account,
        file: &PostMedia,
        blobs: &Blobs,
    ) -> Result<Handle, Problem> {
        let (part, len) = file_part(blobs, file, None).await?;
        let form = multipart::Form::new().text("media_category", "tweet_image").part("media", part);
        let request = self
            .place
            .call(Method::POST, &account.base_url, "/2/media/upload")?
            .timeout(upload_time(len))
            .bearer_auth(&account.token)
            .multipart(form);
        let answer = self.quiet(request, Asked::Media).await?;
        let media = self.media(&answer).await?;
        let stage = if media.processing_info.is_some() { Stage::Processing } else { Stage::Stored };
        Ok(Handle { id: media.id, at: self.place.now(), stage })
    }

    async fn begin_film(
        &self,
        account: &Account,
        file: &PostMedia,
        blobs: &Blobs,
    ) -> Result<Handle, Problem> {
        let total_bytes = file_len(blobs, file).await?;
        let body = wire::Initialize { media_category: "tweet_video", media_type: &file.mime, total_bytes };
        let request = self
            .place
            .call(Method::POST, &account.base_url, "/2/media/upload/initialize")?
            .bearer_auth(&account.token)
            .json(&body);
        let answer = self.quiet(request, Asked::Media).await?;
        let media = self.media(&answer).await?;
        Ok(Handle { id: media.id, at: self.place.now(), stage: Stage::Segments(0) })
    }

    /// Sends one segment; after the last one X is told that this was all.
    async fn send_segment(
        &self,
        account: &Account,
        id: &str,
        file: &PostMedia,
        blobs: &Blobs,
        number: u64,
    ) -> Result<Stage, Problem> {
        let total = file_len(blobs, file).await?;
        let from = number * SEGMENT;
        if from >= total {
            let path = format!("/2/media/upload/{id}/finalize");
            let request =
                self.place.call(Method::POST, &account.base_url, &path)?.bearer_auth(&account.token);
            let answer = self.quiet(request, Asked::Media).await?;
            return Ok(match self.media(&answer).await?.processing_info {
                Some(_) => Stage::Processing,
                None => Stage::Stored,
            });
        }
        let range = from..total.min(from + SEGMENT);
        let (part, len) = file_part(blobs, file, Some(range)).await?;
        let form = multipart::Form::new().text("segment_index", number.to_string()).part("media", part);
        let request = self
            .place
            .call(Method::POST, &account.base_url, &format!("/2/media/upload/{id}/append"))?
            .timeout(upload_time(len))
            .bearer_auth(&account.token)
            .multipart(form);
        self.quiet(request, Asked::Media).await?;
        Ok(Stage::Segments(number + 1))
    }

    /// Asks how far X is, as often as it wants to be asked.
    async fn wait(&self, account: &Account, id: &str, waited: &mut Duration) -> Result<Stage, Problem> {
        let request = self
            .place
            .call(Method::GET, &account.base_url, "/2/media/upload")?
            .query(&[("command", "STATUS"), ("media_id", id)])
            .bearer_auth(&account.token);
        let answer = self.quiet(request, Asked::Media).await?;
        let Some(processing) = self.media(&answer).await?.processing_info else { return Ok(Stage::Stored) };
        match processing.state.as_str() {
            "succeeded" => return Ok(Stage::Stored),
            "failed" => {
                let words = format!("X could not read the film: {}", answer.excerpt());
                return Err(Problem::new(ProblemKind::InvalidMedia, words));
            }
            _ => {}
        }
        if *waited >= PATIENCE {
            let mut busy = Problem::new(ProblemKind::Processing, "X is still processing the film");
            busy.wait = Some(LATER);
            return Err(busy);
        }
        let pause =
            Duration::from_secs(processing.check_after_secs).clamp(Duration::from_millis(200), PATIENCE);
        tokio::time::sleep(pause).await;
        *waited += pause;
        Ok(Stage::Processing)
    }

    /// The description for those who do not see it, and a film's subtitles.
    async fn describe(&self, account: &Account, id: &str, file: &PostMedia) -> Result<Stage, Problem> {
        if !file.alt.is_empty() {
            let body = json!({ "id": id, "metadata": { "alt_text": { "text": file.alt } } });
            let request = self
                .place
                .call(Method::POST, &account.base_url, "/2/media/metadata")?
                .bearer_auth(&account.token)
                .json(&body);
            match self.quiet(request, Asked::Media).await {
                Ok(_) => {}
                // nobody says that films may be described; one without is better than none
                Err(problem) if file.is_film() && problem.kind == ProblemKind::InvalidMedia => {
                    tracing::info!(%problem, "X takes no description of a film");
                }
                Err(problem) => return Err(problem),
            }
        }
        for (language, vtt) in &file.captions {
            self.send_captions(account, id, *language, vtt).await?;
        }
        Ok(Stage::Described)
    }

    async fn send_captions(
        &self,
        account: &Account,
        film: &str,
        language: Language,
        vtt: &str,
    ) -> Result<(), Problem> {
        let part = multipart::Part::stream_with_length(Body::from(vtt.to_owned()), vtt.len() as u64)
            .file_name("film.vtt")
            .mime_str("text/vtt")
            .expect("a media type");
        let form = multipart::Form::new().text("media_category", "subtitles").part("media", part);
        let request = self
            .place
            .call(Method::POST, &account.base_url, "/2/media/upload")?
            .bearer_auth(&account.token)
            .multipart(form);
        let answer = self.quiet(request, Asked::Media).await?;
        let file = self.media(&answer).await?.id;
        let body = json!({
            "id": film,
            "media_category": "TweetVideo",
            "subtitles": {
                "id": file,
                "language_code": language.code().to_uppercase(),
                "display_name": language.own_name(),
            },
        });
        let request = self
            .place
            .call(Method::POST, &account.base_url, "/2/media/subtitles")?
            .bearer_auth(&account.token)
            .json(&body);
        self.quiet(request, Asked::Media).await.map(drop)
    }
}
