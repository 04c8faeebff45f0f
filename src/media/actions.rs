//! The verbs: bring a file (at once or in parts), describe it, caption it, put another in its place,
//! delete it. A file is checked whole before anything of it is kept: what is refused leaves no trace.

use std::{path::PathBuf, sync::LazyLock, time::Duration};

use bytes::Bytes;
use futures_util::{FutureExt, Stream, StreamExt};
use tokio::{
    io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt, SeekFrom},
    sync::Semaphore,
};

use super::{
    asset::{Asset, Drawn, Kind, POSTER, State},
    burn::Burn,
    captions::{Captions, Fault as CaptionFault},
    content::{self, Content, Refusal},
    ffmpeg::Tools,
    film, image,
    image::{Focus, Profile},
    jobs::Prepare,
    store::{self, Description, Kept},
};
use crate::{
    accounts::audit::Actor,
    base::{
        Language,
        id::{AssetId, UnitId, UploadId},
        text,
    },
    blobs::{BlobError, Held, Spooled},
    db::{self, DbError},
    kit::Kit,
    queue,
};

/// How long an upload may take from its first byte to its last.
const UPLOAD_LIFE: Duration = Duration::from_secs(24 * 3600);
/// Uploads one person may have open.
const OPEN_UPLOADS: i64 = 20;
/// Longest alternative text, in characters; longer ones belong in the ad.
pub const ALT_MAX: usize = 1000;
/// Longest name of a folder, characters.
const FOLDER_MAX: usize = 60;

/// Pictures are decoded one after another: each may take a few hundred megabytes for a moment.
static DRAWING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The file is not taken, or a field is wrong.
    #[error("refused: {}", .0.key)]
    Refused(Refusal),
    /// The captions have faults.
    #[error("{} faults in the captions", .0.len())]
    Captions(Vec<CaptionFault>),
    /// There is no such asset or upload for this person.
    #[error("not found")]
    NotFound,
    /// The upload has come further than this part thinks: go on from here.
    #[error("the upload stands at {0}")]
    Elsewhere(u64),
    /// Rows.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Files.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The disk.
    #[error("disk: {0}")]
    Disk(#[from] std::io::Error),
}

impl MediaError {
    /// What is said at the field; an error that belongs to no field comes back.
    pub fn at_field(self) -> Result<Refusal, Self> {
        match self {
            Self::Refused(refusal) => Ok(refusal),
            Self::Blob(BlobError::Store(error)) => {
                tracing::error!(%error, "the file store does not answer");
                Ok(Refusal::new("media-refused-store-away"))
            }
            other => Err(other),
        }
    }
}

impl From<Refusal> for MediaError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What became of a file that was brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is new.
    New(AssetId),
    /// The unit had this very file.
    Known(AssetId),
}

impl Received {
    /// The asset.
    pub const fn id(self) -> AssetId {
        match self {
            Self::New(id) | Self::Known(id) => id,
        }
    }
}

/// Takes a file into the library of a unit: checks it, cleans it, keeps it, and has it drawn soon.
/// The same file again in the same unit is the same asset.
pub async fn receive(
    kit: &Kit,
    by: Actor,
    unit: UnitId,
    name: &str,
    file: &Spooled,
) -> Result<Received, MediaError> {
    let (kept, _held) = keep(kit, file).await?;
    let (k, name, by) = (kit.clone(), shown_name(name), by.to_string());
    let received = kit
        .db
        .write(move |c| {
            let now = k.clock.now();
            db::lock(c, &format!("asset {unit} {}", kept.sha256))?;
            if let Some(id) = store::twin(c, unit, &kept.sha256)? {
                return Ok(Received::Known(id));
            }
            let id = AssetId::new(now, &k.chance);
            store::insert(c, id, unit, &name, &kept, &by, now)?;
            queue::enqueue(c, &Prepare { asset: id }, now, now, &k.chance)?;
            Ok::<_, DbError>(Received::New(id))
        })
        .await?;
    Ok(received)
}

/// Puts another file in the place of an asset's. Alternative text and captions stay, marked to be read
/// again (R42). A film does not become a picture, nor the other way round.
pub async fn replace(kit: &Kit, asset: &Asset, name: &str, file: &Spooled) -> Result<(), MediaError> {
    let (kept, _held) = keep(kit, file).await?;
    if (kept.kind == Kind::Film) != (asset.kind == Kind::Film) {
        return Err(Refusal::new("media-refused-other-kind").into());
    }
    if kept.sha256 == asset.sha256 {
        return Ok(());
    }
    let (k, id, name) = (kit.clone(), asset.id, shown_name(name));
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            store::replace(c, id, &name, &kept, now)?;
            queue::enqueue(c, &Prepare { asset: id }, now, now, &k.chance)
        })
        .await?;
    Ok(())
}

/// Checks a file and keeps what is to be kept of it; held until a row names it.
pub(super) async fn keep(kit: &Kit, file: &Spooled) -> Result<(Kept, Held), MediaError> {
    let mut head = Vec::new();
    tokio::fs::File::open(file.path()).await?.take(content::HEAD as u64).read_to_end(&mut head).await?;
    let content = content::judge(&head)?;
    fits(kit, content, file.len)?;
    if content.is_film() {
        let facts = film::admit(&Tools::of(&kit.config.media.ffmpeg), content, file.path()).await?;
        let keep = || kit.blobs.keep(file).boxed();
        let ((), held) = kit.blobs.keep_held(keep, |()| vec![file.sha256.clone()]).await?;
        let kept = Kept {
            kind: Kind::Film,
            sha256: file.sha256.clone(),
            mime: content.mime(),
            bytes: whole(file.len),
            width: side(facts.width),
            height: side(facts.height),
            duration_ms: facts.duration_ms.map(whole),
        };
        return Ok((kept, held));
    }
    let admitted = picture(kit, content, tokio::fs::read(file.path()).await?).await?;
    let bytes = Bytes::from(admitted.bytes);
    let len = whole(bytes.len() as u64);
    let put = || kit.blobs.put(bytes.clone()).boxed();
    let (sha256, held) = kit.blobs.keep_held(put, |sha256| vec![sha256.clone()]).await?;
    let kept = Kept {
        kind: if admitted.graphic { Kind::Graphic } else { Kind::Picture },
        mime: admitted.content.mime(),
        width: side(admitted.width),
        height: side(admitted.height),
        sha256,
        bytes: len,
        duration_ms: None,
    };
    Ok((kept, held))
}

async fn picture(kit: &Kit, content: Content, file: Vec<u8>) -> Result<image::Admitted, Refusal> {
    let pixels = kit.config.limits.picture_pixels;
    draw_alone(move || image::admit(content, file, pixels)).await
}

/// Runs a piece of drawing on a blocking thread, one at a time; what panics is a broken file.
pub(super) async fn draw_alone<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let _turn = DRAWING.acquire().await.expect("the semaphore is never closed");
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Refusal::new("media-refused-broken")))
}

fn fits(kit: &Kit, content: Content, len: u64) -> Result<(), Refusal> {
    let limits = &kit.config.limits;
    let (most, key) = if content.is_film() {
        (limits.film_bytes, "media-refused-film-bytes")
    } else {
        (limits.picture_bytes, "media-refused-picture-bytes")
    };
    if len > most { Err(Refusal::new(key).with("megabytes", &(most / 1_000_000))) } else { Ok(()) }
}

/// Begins an upload in parts of `bytes` bytes in all, and says from which byte to send. `modified` is
/// when the sender's file last changed: the same person beginning the same file again goes on where the
/// last attempt ended, even in another window.
pub async fn begin_upload(
    kit: &Kit,
    by: Actor,
    unit: UnitId,
    name: &str,
    modified: &str,
    bytes: u64,
) -> Result<(UploadId, u64), MediaError> {
    if bytes == 0 {
        return Err(Refusal::new("media-refused-empty").into());
    }
    let most = kit.config.limits.film_bytes.max(kit.config.limits.picture_bytes);
    if bytes > most {
        return Err(Refusal::new("media-refused-film-bytes").with("megabytes", &(most / 1_000_000)).into());
    }
    let (k, owner, name) = (kit.clone(), by.to_string(), shown_name(name));
    let modified = text::shorten(&text::line(modified), 40);
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let bytes = whole(bytes);
            if let Some((id, at)) = store::begun(c, &owner, unit, &name, &modified, bytes, now)? {
                return Ok((id, u64::try_from(at).unwrap_or(0)));
            }
            if store::open_uploads(c, &owner, now)? >= OPEN_UPLOADS {
                return Err(MediaError::Refused(Refusal::new("media-refused-many-uploads")));
            }
            let id = UploadId::new(now, &k.chance);
            store::insert_upload(c, id, &owner, unit, &name, &modified, bytes, now, now + UPLOAD_LIFE)?;
            Ok((id, 0))
        })
        .await
}

/// How many bytes of an upload have come.
pub async fn uploaded(kit: &Kit, by: Actor, id: UploadId) -> Result<u64, MediaError> {
    Ok(u64::try_from(open_upload(kit, by, id).await?.received).unwrap_or(0))
}

/// Adds the part that begins at `from`. Whatever came before the connection broke is kept, so the next
/// part goes on from there. The first part shows what the file is: one we do not take is refused then.
pub async fn append<E>(
    kit: &Kit,
    by: Actor,
    id: UploadId,
    from: u64,
    mut part: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Result<u64, MediaError> {
    let upload = open_upload(kit, by, id).await?;
    let received = u64::try_from(upload.received).unwrap_or(0);
    let declared = u64::try_from(upload.declared).unwrap_or(0);
    if received != from {
        return Err(MediaError::Elsewhere(received));
    }
    let path = upload_path(kit, id);
    let mut opening = tokio::fs::OpenOptions::new();
    let mut file = match opening.create(from == 0).truncate(false).write(true).open(&path).await {
        Ok(file) => file,
        // the rows came back from a backup, the half files did not
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            drop_upload(kit, id).await?;
            return Err(MediaError::NotFound);
        }
        Err(error) => return Err(error.into()),
    };
    file.seek(SeekFrom::Start(from)).await?;
    let mut at = from;
    let mut head = Vec::new();
    while let Some(Ok(bytes)) = part.next().await {
        if at + bytes.len() as u64 > declared {
            drop_upload(kit, id).await?;
            return Err(Refusal::new("media-refused-longer").into());
        }
        if from == 0 && head.len() < content::HEAD {
            head.extend_from_slice(&bytes[..bytes.len().min(content::HEAD - head.len())]);
        }
        file.write_all(&bytes).await?;
        at += bytes.len() as u64;
    }
    file.flush().await?;
    if from == 0 && (head.len() == content::HEAD || at == declared) {
        let judged = content::judge(&head).and_then(|content| fits(kit, content, declared));
        if let Err(refusal) = judged {
            drop_upload(kit, id).await?;
            return Err(refusal.into());
        }
    }
    let (before, after) = (whole(from), whole(at));
    if kit.db.write(move |c| store::advance(c, id, before, after)).await? {
        Ok(at)
    } else {
        Err(MediaError::Elsewhere(uploaded(kit, by, id).await?))
    }
}

/// All parts have come: the file is taken as if it had come at once. Refused or not, the upload is over;
/// only where files or rows cannot be written just now it stays, and can be finished later. Finished twice
/// at the same time it is one asset.
pub async fn finish_upload(kit: &Kit, by: Actor, id: UploadId) -> Result<Received, MediaError> {
    let upload = open_upload(kit, by, id).await?;
    if upload.received != upload.declared {
        return Err(MediaError::Elsewhere(u64::try_from(upload.received).unwrap_or(0)));
    }
    let path = upload_path(kit, id);
    if !tokio::fs::try_exists(&path).await? {
        return Err(MediaError::NotFound);
    }
    let file = kit.blobs.spool_from(tempfile::TempPath::try_from_path(path)?).await?;
    let received = if whole(file.len) == upload.declared {
        receive(kit, by, upload.unit, &upload.name, &file).await
    } else {
        Err(Refusal::new("media-refused-cut-off").into())
    };
    match received {
        Err(error @ (MediaError::Blob(_) | MediaError::Db(_) | MediaError::Disk(_))) => {
            file.leave()?;
            Err(error)
        }
        over => {
            drop_upload(kit, id).await?;
            over
        }
    }
}

/// Gives an upload up.
pub async fn cancel_upload(kit: &Kit, by: Actor, id: UploadId) -> Result<(), MediaError> {
    open_upload(kit, by, id).await?;
    drop_upload(kit, id).await
}

async fn open_upload(kit: &Kit, by: Actor, id: UploadId) -> Result<store::Upload, MediaError> {
    let (owner, now) = (by.to_string(), kit.clock.now());
    kit.db.read(move |c| store::upload(c, id, &owner, now)).await?.ok_or(MediaError::NotFound)
}

pub(super) async fn drop_upload(kit: &Kit, id: UploadId) -> Result<(), MediaError> {
    kit.db.write(move |c| store::delete_upload(c, id)).await?;
    match tokio::fs::remove_file(upload_path(kit, id)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn upload_path(kit: &Kit, id: UploadId) -> PathBuf {
    kit.blobs.spool_folder().join(format!("up-{id}"))
}

/// Says what an asset shows. Another focus draws the cuts again.
pub async fn describe(kit: &Kit, asset: &Asset, said: Description) -> Result<(), MediaError> {
    let said =
        Description { alt_text: text::paragraphs(&said.alt_text), folder: text::line(&said.folder), ..said };
    if text::count(&said.alt_text) > ALT_MAX {
        return Err(Refusal::new("media-alt-long").with("max", &ALT_MAX).into());
    }
    if said.nobody && !asset.people.is_empty() {
        return Err(Refusal::new("media-people-and-nobody").into());
    }
    if text::count(&said.folder) > FOLDER_MAX {
        return Err(Refusal::new("media-folder-long").with("max", &FOLDER_MAX).into());
    }
    if said.decorative && !said.alt_text.is_empty() {
        return Err(Refusal::new("media-alt-and-decorative").into());
    }
    let (k, id, state) = (kit.clone(), asset.id, asset.state);
    let redraw = said.focus != asset.focus && asset.kind != Kind::Film && state == State::Ready;
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            store::describe(c, id, &said, now)?;
            if redraw {
                store::set_state(c, id, State::Received, None, now)?;
                queue::enqueue(c, &Prepare { asset: id }, now, now, &k.chance)?;
            }
            Ok::<_, DbError>(())
        })
        .await?;
    Ok(())
}

/// Checks a caption file (WebVTT or SubRip) against the film and keeps it as WebVTT.
pub async fn caption(
    kit: &Kit,
    asset: &Asset,
    language: Language,
    file: &[u8],
) -> Result<Captions, MediaError> {
    if asset.kind != Kind::Film {
        return Err(MediaError::NotFound);
    }
    let film_ms = asset.duration_ms.and_then(|ms| u64::try_from(ms).ok());
    let captions = Captions::read(file, film_ms).map_err(MediaError::Captions)?;
    let (k, id, body) = (kit.clone(), asset.id, captions.to_vtt());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            store::set_captions(c, id, language, Some(&body), now)?;
            queue::enqueue(c, &Burn { asset: id, language }, now, now, &k.chance)
        })
        .await?;
    Ok(captions)
}

/// Takes the captions of a language away.
pub async fn uncaption(kit: &Kit, asset: &Asset, language: Language) -> Result<(), MediaError> {
    let (id, now) = (asset.id, kit.clock.now());
    Ok(kit.db.write(move |c| store::set_captions(c, id, language, None, now)).await?)
}

/// Lays a picture of one's own before a film.
pub async fn set_poster(kit: &Kit, asset: &Asset, file: Spooled) -> Result<(), MediaError> {
    if asset.kind != Kind::Film {
        return Err(MediaError::NotFound);
    }
    let bytes = tokio::fs::read(file.path()).await?;
    let content = content::judge(&bytes)?;
    if content.is_film() {
        return Err(Refusal::new("media-refused-poster").into());
    }
    fits(kit, content, file.len)?;
    let admitted = picture(kit, content, bytes).await?;
    let draw = || draw_poster(kit, admitted.content, admitted.bytes.clone()).boxed();
    let (drawn, _held) = kit.blobs.keep_held(draw, |drawn| names(drawn)).await?;
    let (id, now) = (asset.id, kit.clock.now());
    kit.db
        .write(move |c| {
            store::set_drawn(c, id, &drawn, false)?;
            store::touch(c, id, now)
        })
        .await?;
    Ok(())
}

/// Under which names shapes are kept.
pub(super) fn names(drawn: &[Drawn]) -> Vec<String> {
    drawn.iter().map(|d| d.sha256.clone()).collect()
}

/// The picture of a film in the shapes that pages want, kept.
pub(super) async fn draw_poster(
    kit: &Kit,
    content: Content,
    picture: Vec<u8>,
) -> Result<Vec<Drawn>, MediaError> {
    let profiles = [Profile::Wide, Profile::Card, Profile::Thumb, Profile::Social];
    let mut drawn = draw(kit, content, picture, false, Focus::default(), &profiles).await?;
    if let Some(wide) = drawn.iter_mut().find(|d| d.profile == Profile::Wide.code()) {
        POSTER.clone_into(&mut wide.profile);
    }
    Ok(drawn)
}

/// Draws shapes of a picture and keeps them.
pub(super) async fn draw(
    kit: &Kit,
    content: Content,
    picture: Vec<u8>,
    graphic: bool,
    focus: Focus,
    profiles: &[Profile],
) -> Result<Vec<Drawn>, MediaError> {
    let wanted = profiles.to_vec();
    let renditions = draw_alone(move || image::draw(content, &picture, graphic, focus, &wanted)).await?;
    let mut drawn = Vec::with_capacity(renditions.len());
    for r in renditions {
        let bytes = whole(r.bytes.len() as u64);
        drawn.push(Drawn {
            profile: r.profile.code().to_owned(),
            sha256: kit.blobs.put(r.bytes).await?,
            mime: r.content.mime().to_owned(),
            bytes,
            width: side(r.width),
            height: side(r.height),
        });
    }
    Ok(drawn)
}

/// Deletes an asset that no ad shows. Its files go when the sweep finds that nobody names them.
pub async fn delete(kit: &Kit, asset: &Asset) -> Result<(), MediaError> {
    let id = asset.id;
    kit.db
        .write(move |c| {
            if !store::uses(c, &[id])?.is_empty() {
                return Err(MediaError::Refused(Refusal::new("media-in-use")));
            }
            Ok(store::delete(c, id)?)
        })
        .await
}

fn shown_name(name: &str) -> String {
    let name = text::line(name.rsplit(['/', '\\']).next().unwrap_or_default());
    if name.is_empty() { "uden navn".to_owned() } else { text::shorten(&name, 120) }
}

/// Bytes as a column takes them; no file reaches half of its range.
fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn side(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
