//! Pictures and films: a picture is ready at once, a film is prepared while it is asked for.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde_json::{Value, json};

use super::{
    IMAGE_LIMIT, MAX_DESCRIPTION, Mastodon, Refusal, Reply, State, VIDEO_LIMIT, number, read,
    server::MEDIA_TYPES,
};
use crate::{
    base::text,
    demo::worlds::{MediaPace, MediumKind, fields::Fields, lock, wall::File},
};

/// Something to attach, or attached.
pub(super) struct Attachment {
    pub id: u64,
    pub person: u64,
    pub kind: MediumKind,
    pub file: File,
    pub description: String,
    /// Of a picture: width and height in pixels.
    size: Option<(u32, u32)>,
    pace: MediaPace,
    /// The post it hangs on.
    pub status: Option<u64>,
}

impl Attachment {
    /// Whether it can be posted.
    pub fn is_ready(&self) -> bool {
        self.kind == MediumKind::Picture || self.pace == MediaPace::AfterPolls(0)
    }
    /// Where its bytes are.
    pub fn address(&self, base: &str) -> String {
        let ending = self.file.mime.rsplit('/').next().unwrap_or_default().replace("jpeg", "jpg");
        format!("{base}/media/{}.{ending}", self.id)
    }
    /// As the API shows it.
    pub fn json(&self, base: &str) -> Value {
        let address = self.is_ready().then(|| self.address(base));
        let meta = self.size.map_or_else(
            || json!({}),
            |(width, height)| {
                json!({"original": {
                    "width": width, "height": height, "size": format!("{width}x{height}"),
                    "aspect": f64::from(width) / f64::from(height),
                }})
            },
        );
        json!({
            "id": self.id.to_string(),
            "type": if self.kind == MediumKind::Picture { "image" } else { "video" },
            "url": address, "preview_url": address, "remote_url": null, "preview_remote_url": null,
            "text_url": null, "meta": meta, "blurhash": null,
            "description": if self.description.is_empty() { Value::Null } else { self.description.clone().into() },
        })
    }
}

fn described(fields: &Fields) -> Result<String, Refusal> {
    let description = fields.text("description").trim();
    if text::count(description) > MAX_DESCRIPTION {
        return Err(Refusal::validation(format!(
            "Description is too long (maximum is {MAX_DESCRIPTION} characters)"
        )));
    }
    Ok(description.to_owned())
}

/// POST /api/v2/media: 200 when it is ready, 202 when it must be asked for.
pub(super) async fn create(world: Data<Mastodon>, request: HttpRequest, body: Payload) -> Reply {
    let mut fields = read(&request, body).await?;
    let mut state = lock(&world.state);
    let (person, _) = world.allowed(&state, &request, &["write:media"])?;
    let description = described(&fields)?;
    let (claimed, bytes) = fields.file("file").ok_or_else(|| Refusal::validation("File can't be blank"))?;
    let file = File::new(bytes, &claimed);
    let kind = file.kind().filter(|_| MEDIA_TYPES.contains(&file.mime.as_str()));
    let kind = kind.ok_or_else(|| Refusal::validation("File content type is invalid, File is invalid"))?;
    let limit = if kind == MediumKind::Picture { IMAGE_LIMIT } else { VIDEO_LIMIT };
    if file.bytes.len() > limit {
        let limit = limit / 1024 / 1024;
        return Err(Refusal::validation(format!("File file size must be less than {limit} MB")));
    }
    let size = match kind {
        MediumKind::Picture
            if ["image/jpeg", "image/png", "image/gif", "image/webp"].contains(&file.mime.as_str()) =>
        {
            Some(picture_size(&file)?)
        }
        _ => None,
    };
    let id = world.next_id(&mut state);
    let pace = state.pace;
    let attachment = Attachment { id, person, kind, file, description, size, pace, status: None };
    let status = if attachment.is_ready() { StatusCode::OK } else { StatusCode::ACCEPTED };
    let answer = attachment.json(&world.ground.base());
    state.media.insert(id, attachment);
    Ok(world.answer(&mut state, status).json(answer))
}

fn picture_size(file: &File) -> Result<(u32, u32), Refusal> {
    image::ImageReader::new(std::io::Cursor::new(&file.bytes))
        .with_guessed_format()
        .ok()
        .and_then(|reader| reader.into_dimensions().ok())
        .filter(|(width, height)| *width > 0 && *height > 0)
        .ok_or_else(|| Refusal::validation("File has contents that are not what they are reported to be"))
}

/// One that is the person's own and not attached yet.
fn own<'s>(state: &'s mut State, person: u64, id: &str) -> Result<&'s mut Attachment, Refusal> {
    let id = number(id)?;
    state
        .media
        .get_mut(&id)
        .filter(|attachment| attachment.person == person && attachment.status.is_none())
        .ok_or_else(Refusal::not_found)
}

/// GET: 206 while it is prepared, 200 when it is ready, 422 when it never will be.
pub(super) async fn show(world: Data<Mastodon>, request: HttpRequest, id: Path<String>) -> Reply {
    let mut state = lock(&world.state);
    let (person, _) = world.allowed(&state, &request, &["write:media"])?;
    let attachment = own(&mut state, person, &id)?;
    let status = match attachment.pace {
        _ if attachment.is_ready() => StatusCode::OK,
        MediaPace::AfterPolls(left) => {
            attachment.pace = MediaPace::AfterPolls(left.saturating_sub(1));
            StatusCode::PARTIAL_CONTENT
        }
        MediaPace::Never => {
            return Err(Refusal::unprocessable("There was a problem processing your media upload."));
        }
    };
    let mut answer = attachment.json(&world.ground.base());
    if status == StatusCode::PARTIAL_CONTENT {
        answer["url"] = Value::Null; // even when this was the last poll in vain
        answer["preview_url"] = Value::Null;
    }
    Ok(world.answer(&mut state, status).json(answer))
}

/// PUT: another alternative text.
pub(super) async fn update(
    world: Data<Mastodon>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> Reply {
    let fields = read(&request, body).await?;
    let mut state = lock(&world.state);
    let (person, _) = world.allowed(&state, &request, &["write:media"])?;
    let description = described(&fields)?;
    let attachment = own(&mut state, person, &id)?;
    attachment.description = description;
    let answer = attachment.json(&world.ground.base());
    Ok(world.answer(&mut state, StatusCode::OK).json(answer))
}

/// The bytes themselves, for those who look at the wall.
pub(super) async fn file(world: Data<Mastodon>, request: HttpRequest, name: Path<String>) -> Reply {
    let id = number(name.split('.').next().unwrap_or_default())?;
    let file = lock(&world.state).media.get(&id).map(|attachment| attachment.file.clone());
    let response: HttpResponse = file.ok_or_else(Refusal::not_found)?.answer(&request);
    Ok(response)
}
