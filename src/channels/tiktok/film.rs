//! A film on its way: announced, sent in pieces but for the last, and asked about by its number. TikTok publishes nothing
//! that is not whole, so until the last piece nobody sees anything of it.

use std::time::Duration;

use reqwest::{Method, header};
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

use super::{Tiktok, failed, wire};
use crate::{
    base::Instant,
    blobs::Blobs,
    channels::{
        Account, ChannelKind, Checkpoint, Choices, Post, PostMedia, Problem, ProblemKind,
        answer::{Answer, Silence, ask},
        file_len, file_segment,
        fit::compose,
        upload_time,
    },
};

/// Bytes of a piece: the least TikTok takes, whether its five megabytes are decimal or not. The last piece, which is the
/// call that others see, is at most twice as long.
const PIECE: u64 = 5 << 20;
/// The address for the bytes is good for an hour; after this nothing can reach it any more.
const ADDRESS_LIFE: Duration = Duration::from_secs(65 * 60);
/// Under this name the checkpoint holds the film.
const POST: &str = "post";

/// A film at TikTok.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Handle {
    /// Its number until it is a post.
    pub id: String,
    /// Where its bytes go.
    address: String,
    /// All of it, in bytes.
    total: u64,
    /// How many pieces are there, as far as we know.
    sent: u64,
    /// When it was announced.
    at: Instant,
}

impl Handle {
    pub fn of(checkpoint: &Checkpoint) -> Option<Self> {
        serde_json::from_value(checkpoint.0.get(POST)?.clone()).ok()
    }
    /// Of photos: there is nothing to send.
    pub fn of_photos(id: String, at: Instant) -> Self {
        Self { id, address: String::new(), total: 0, sent: 0, at }
    }
    pub fn keep(&self, checkpoint: &mut Checkpoint) {
        checkpoint.0.insert(POST.to_owned(), serde_json::to_value(self).expect("a handle is plain data"));
    }
    /// Whether everything but the last piece is there.
    pub fn is_ready(&self) -> bool {
        self.sent + 1 >= pieces(self.total)
    }
}

/// How many pieces a film is sent in.
fn pieces(total: u64) -> u64 {
    (total / PIECE).max(1)
}

/// First byte of a piece, and the one after its last.
fn stretch(total: u64, n: u64) -> (u64, u64) {
    let end = if n + 1 >= pieces(total) { total } else { (n + 1) * PIECE };
    (n * PIECE, end)
}

/// How far a film is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Only so many bytes of it are there, so nobody will see it.
    Partly(u64),
    /// TikTok does not say how much of it is there.
    Unclear,
    /// It is whole, and TikTok works on it.
    Working,
    /// It is a post; its own name when everybody may see it.
    Out(Option<String>),
    /// It never becomes one.
    Failed(Problem),
}

impl Tiktok {
    /// How far a film is.
    pub(super) async fn standing(&self, account: &Account, handle: &Handle) -> Result<Standing, Problem> {
        let request = self
            .place
            .call(Method::POST, &account.base_url, "/v2/post/publish/status/fetch/")?
            .bearer_auth(&account.token)
            .json(&json!({ "publish_id": handle.id }));
        let status: wire::Status = self.read(request).await?;
        Ok(match status.status.as_str() {
            "PUBLISH_COMPLETE" => Standing::Out(status.post()),
            "FAILED" => Standing::Failed(failed(&status.fail_reason)),
            "PROCESSING_UPLOAD" => match status.uploaded_bytes {
                None => Standing::Unclear,
                Some(bytes) if bytes < handle.total => Standing::Partly(bytes),
                Some(_) => Standing::Working,
            },
            _ => Standing::Working,
        })
    }

    /// Takes the film as far as it goes unseen: everything but its last piece.
    pub(super) async fn ready_film(
        &self,
        account: &Account,
        post: &Post,
        film: &PostMedia,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let mut known = Handle::of(checkpoint);
        if let Some(handle) = &mut known {
            let age = self.place.now().since(handle.at);
            match self.standing(account, handle).await? {
                Standing::Out(_) | Standing::Working => return Ok(()),
                Standing::Failed(problem) => {
                    // it never was and never will be seen; should it be tried again, it is announced anew
                    checkpoint.0.clear();
                    return Err(problem);
                }
                Standing::Unclear if handle.is_ready() => return Ok(()),
                Standing::Partly(_) | Standing::Unclear if age >= ADDRESS_LIFE => known = None,
                // a piece whose answer was lost is there all the same
                Standing::Partly(bytes) => {
                    handle.sent = handle.sent.max(bytes / PIECE).min(pieces(handle.total) - 1);
                }
                Standing::Unclear => {}
            }
        }
        let mut handle = match known {
            Some(handle) => handle,
            None => self.announce(account, post, film, blobs).await?,
        };
        handle.keep(checkpoint);
        while !handle.is_ready() {
            self.send_piece(&handle, film, blobs, checkpoint).await?;
            handle.sent += 1;
            handle.keep(checkpoint);
        }
        Ok(())
    }

    /// What was chosen for the post, if the account's owner allows it right now: TikTok demands that this is asked each time.
    pub(super) async fn allowed_choices<'p>(
        &self,
        account: &Account,
        post: &'p Post,
    ) -> Result<&'p Choices, Problem> {
        let offered = self.ability_of(&self.creator(&account.base_url, &account.token).await?).offered;
        let choices = post.choices.as_ref();
        if let Some(key) = offered.as_ref().and_then(|offered| offered.refuses(choices)) {
            return Err(Problem::new(ProblemKind::InvalidChoice, key));
        }
        choices.ok_or_else(|| Problem::new(ProblemKind::InvalidChoice, "nobody has chosen who may see it"))
    }

    /// Announces the film.
    async fn announce(
        &self,
        account: &Account,
        post: &Post,
        film: &PostMedia,
        blobs: &Blobs,
    ) -> Result<Handle, Problem> {
        let choices = self.allowed_choices(account, post).await?;
        let total = file_len(blobs, film).await?;
        let count = pieces(total);
        let body = wire::NewFilm {
            post_info: wire::PostInfo {
                title: &compose(ChannelKind::Tiktok, post).text,
                privacy_level: wire::level(choices.audience),
                disable_comment: !choices.comments,
                disable_duet: !choices.duets,
                disable_stitch: !choices.stitches,
                brand_content_toggle: choices.paid,
                brand_organic_toggle: choices.own_cause,
            },
            source_info: wire::SourceInfo {
                source: "FILE_UPLOAD",
                video_size: total,
                chunk_size: if count == 1 { total } else { PIECE },
                total_chunk_count: count,
            },
        };
        let request = self
            .place
            .call(Method::POST, &account.base_url, "/v2/post/publish/video/init/")?
            .bearer_auth(&account.token)
            .json(&body);
        let wire::Announced { publish_id, upload_url } = self.read(request).await?;
        if publish_id.is_empty() || upload_url.is_empty() {
            let words = "the answer does not say where to send the film";
            return Err(Problem::new(ProblemKind::Unavailable, words));
        }
        Ok(Handle { id: publish_id, address: upload_url, total, sent: 0, at: self.place.now() })
    }

    /// Sends the next piece, which is not the last.
    async fn send_piece(
        &self,
        handle: &Handle,
        film: &PostMedia,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let (from, to) = stretch(handle.total, handle.sent);
        let answer: Answer = self.put(handle, film, blobs, Some(upload_time(to - from))).await?;
        match answer.status.as_u16() {
            200 | 201 | 206 => Ok(()),
            // the address has run out, or does not want this piece: nothing of it was or will be seen
            403 | 404 | 416 => {
                checkpoint.0.clear();
                Err(answer.problem(
                    ProblemKind::Unavailable,
                    "TikTok has lost what was sent",
                    self.place.now(),
                ))
            }
            _ => Err(super::problem(&answer, self.place.now())),
        }
    }

    /// Sends the piece that is next. The address itself is what lets us in.
    pub(super) async fn put(
        &self,
        handle: &Handle,
        film: &PostMedia,
        blobs: &Blobs,
        limit: Option<Duration>,
    ) -> Result<Answer, Silence> {
        let never = |problem: Problem| Silence::NotSent(problem.words);
        let url: Url = handle
            .address
            .parse()
            .map_err(|_| Silence::NotSent("the address for the bytes is none".into()))?;
        let (from, to) = stretch(handle.total, handle.sent);
        let body = file_segment(blobs, film, from..to).await.map_err(never)?;
        let request = self
            .place
            .call_url(Method::PUT, url)
            .map_err(never)?
            .header(header::CONTENT_TYPE, &film.mime)
            .header(header::CONTENT_LENGTH, to - from)
            .header(header::CONTENT_RANGE, format!("bytes {from}-{}/{}", to - 1, handle.total))
            .body(body);
        ask(match limit {
            Some(limit) => request.timeout(limit),
            None => request,
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_as_long_as_tiktok_wants_them_and_leave_nothing_out() {
        for total in [1, 4_999_999, PIECE, PIECE + 1, 2 * PIECE - 1, 2 * PIECE, 50_000_123, 4_000_000_000] {
            let count = pieces(total);
            assert!((1..=1000).contains(&count), "{total}");
            let mut at = 0;
            for n in 0..count {
                let (from, to) = stretch(total, n);
                assert_eq!(from, at);
                let len = to - from;
                let last = n + 1 == count;
                assert!(if last { len < 2 * PIECE && len > 0 } else { len == PIECE }, "{total}: {n}");
                at = to;
            }
            assert_eq!(at, total);
        }
    }
}
