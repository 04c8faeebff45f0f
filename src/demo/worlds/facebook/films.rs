//! Films: begun, sent in the pieces that it asks for, ended, and then prepared while it is asked how far it is.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use bytes::BytesMut;
use serde_json::{Value, json};

use super::{Facebook, PIECE, Refusal, Reply, State, VIDEO_LIMIT, medium, read};
use crate::{
    base::Instant,
    demo::worlds::{MediaPace, Medium, MediumKind, lock, wall::File},
};

/// A film, whole or on its way.
pub(super) struct Film {
    pub page: u64,
    session: String,
    size: usize,
    bytes: BytesMut,
    /// Once it is whole.
    pub file: Option<File>,
    pub description: String,
    pub published: Option<Instant>,
    pace: MediaPace,
}

impl Film {
    pub fn medium(&self, base: &str, id: u64) -> Medium {
        let nothing = File::new(bytes::Bytes::new(), "video/mp4");
        medium(base, id, MediumKind::Film, self.file.as_ref().unwrap_or(&nothing), "")
    }
    /// Whether it can be shown.
    pub fn is_ready(&self) -> bool {
        self.file.is_some() && self.pace == MediaPace::AfterPolls(0)
    }
    fn place(&self, state: &State, id: u64) -> String {
        let username = state.page(self.page).map(|page| page.username.as_str()).unwrap_or_default();
        format!("/profile/{username}/post/{id}")
    }
    /// As the API shows it; its address lies below the site, as that of films does.
    pub fn json(&self, state: &State, id: u64, now: Instant) -> Value {
        let (status, error) = match self.pace {
            _ if self.file.is_none() => ("uploading", Value::Null),
            _ if self.is_ready() => ("ready", Value::Null),
            MediaPace::Never => ("error", json!({"code": 1_363_026, "message": "Filmen kan ikke læses"})),
            MediaPace::AfterPolls(_) => ("processing", Value::Null),
        };
        json!({
            "id": id.to_string(), "post_id": id.to_string(), "permalink_url": self.place(state, id),
            "published": state.shows(self.published, now),
            "status": {"video_status": status, "processing_phase": {"status": status, "error": error}},
        })
    }
    /// As a post in the page's list.
    pub fn listed(&self, state: &State, base: &str, id: u64) -> Value {
        json!({
            "id": format!("{}_{id}", self.page), "message": self.description,
            "permalink_url": format!("{base}{}", self.place(state, id)), "is_published": true,
            "attachments": {"data": [{"media_type": "video", "target": {"id": id.to_string()}}]},
        })
    }
    /// It was asked how far it is.
    pub fn was_asked(&mut self) {
        if self.file.is_some()
            && let MediaPace::AfterPolls(left) = self.pace
        {
            self.pace = MediaPace::AfterPolls(left.saturating_sub(1));
        }
    }
    fn wanted(&self) -> (String, String) {
        let start = self.bytes.len();
        (start.to_string(), self.size.min(start + PIECE).to_string())
    }
}

/// POST: one step of sending a film.
pub(super) async fn step(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    let mut fields = read(&request, body).await?;
    let mut state = lock(&world.state);
    let page = world.acting(&state, &request, "pages_manage_posts")?;
    if fields.text("upload_phase") == "start" {
        let size = fields.text("file_size").parse().unwrap_or(0);
        if size == 0 || size > VIDEO_LIMIT {
            return Err(Refusal::new(6000, 1_363_023, "The video you're trying to upload is too large"));
        }
        let (id, session, pace) = (state.next_id(), world.ground.chance.code(15), state.pace);
        let film = Film {
            page,
            session: session.clone(),
            size,
            bytes: BytesMut::new(),
            file: None,
            description: String::new(),
            published: None,
            pace,
        };
        let (start, end) = film.wanted();
        state.films.insert(id, film);
        return Ok(HttpResponse::Ok().json(json!({
            "video_id": id.to_string(), "upload_session_id": session, "start_offset": start, "end_offset": end,
        })));
    }
    let now = world.ground.clock.now();
    let session = fields.text("upload_session_id").to_owned();
    let unknown = || Refusal::parameter("The upload session is not known");
    let film = state.films.values_mut().find(|film| film.session == session && film.page == page);
    let film = film.ok_or_else(unknown)?;
    match fields.text("upload_phase") {
        "transfer" => {
            let (start, end) = film.wanted();
            let asked = fields.text("start_offset").to_owned();
            let (_, piece) = fields
                .file("video_file_chunk")
                .ok_or_else(|| Refusal::parameter("video_file_chunk is missing"))?;
            if asked != start || film.bytes.len() + piece.len() > film.size {
                let mut refusal = Refusal::new(6001, 1_363_037, "There was a problem with the start offset");
                refusal.data = json!({"start_offset": start, "end_offset": end});
                return Err(refusal);
            }
            film.bytes.extend_from_slice(&piece);
            let (start, end) = film.wanted();
            Ok(HttpResponse::Ok().json(json!({"start_offset": start, "end_offset": end})))
        }
        "finish" => {
            if film.file.is_some() || film.bytes.len() != film.size {
                return Err(Refusal::parameter("The upload session cannot be finished"));
            }
            film.file = Some(File::new(film.bytes.split().freeze(), "video/mp4"));
            fields.text("description").clone_into(&mut film.description);
            film.published = (fields.get("published") != Some("false")).then_some(now);
            Ok(HttpResponse::Ok().json(json!({"success": true})))
        }
        _ => Err(Refusal::parameter("Param upload_phase is not one of start, transfer, finish")),
    }
}
