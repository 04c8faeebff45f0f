//! What is in a package: the text as it is to be pasted, the short link with its QR code, the pictures in the shapes the place
//! wants, the film with its subtitles, what the pictures show in words; each by itself and all in a zip. Made from the frozen
//! post alone and byte for byte the same every time, so that a package made twice is one.

use std::io::{Seek, Write};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{Sort, qr};
use crate::{
    blobs::{BlobError, Blobs, OnDisk, SPOOLED},
    channels::{ChannelKind, Checkpoint, Post, PostMedia, Problem, ProblemKind, compose},
    i18n::Speech,
    media::{
        captions::Captions,
        content::Content,
        image::{Focus, Profile, Rendition, draw},
    },
    words,
};

/// Where it stands among a delivery's handles.
const NAME: &str = "package";

words! {
    /// What a file of a package is.
    pub enum PieceKind {
        /// The text as it is to be pasted.
        Text = "text",
        /// The QR code for print.
        QrPrint = "qr_print",
        /// The QR code for screens.
        QrScreen = "qr_screen",
        /// A picture.
        Picture = "picture",
        /// A film.
        Film = "film",
        /// Its subtitles.
        Captions = "captions",
        /// What the pictures show, in words.
        Alt = "alt",
    }
}

/// A file of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// What it is called in the zip.
    pub name: String,
    /// Where the bytes lie.
    pub sha256: String,
    /// Its type.
    pub mime: String,
    /// How many bytes.
    pub bytes: u64,
    /// Of a picture: its pixels.
    #[serde(default)]
    pub size: Option<(u32, u32)>,
    /// Of a picture or film: which one of the post's, from 0.
    #[serde(default)]
    pub of: Option<usize>,
}

/// A package that is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Where the zip lies.
    pub zip: String,
    /// How many bytes.
    pub bytes: u64,
    /// What is in it, in its order.
    pub pieces: Vec<Piece>,
}

impl Parcel {
    /// The package among a delivery's handles, when it is made.
    pub fn of(got: &Checkpoint) -> Option<Self> {
        got.0.get(NAME).and_then(|value| serde_json::from_value(value.clone()).ok())
    }

    /// Lays it among the handles.
    pub fn keep(&self, got: &mut Checkpoint) {
        got.0.insert(NAME.to_owned(), serde_json::to_value(self).expect("a parcel is plain data"));
    }

    /// Every content it names.
    pub fn contents(&self) -> Vec<String> {
        self.pieces.iter().map(|piece| &piece.sha256).chain([&self.zip]).cloned().collect()
    }
}

/// The text as it is pasted: with the short link, by the place's own rule.
pub fn text(post: &Post) -> String {
    compose(ChannelKind::Package, post).text
}

fn wrong(error: &BlobError) -> Problem {
    // a store that is away for a while is no reason to give the post up
    match error {
        BlobError::Store(_) => Problem::new(ProblemKind::Unavailable, error.to_string()),
        _ => Problem::new(ProblemKind::Configuration, error.to_string()),
    }
}

/// A file on its way into the package.
struct Packed {
    piece: Piece,
    body: Body,
}

enum Body {
    Here(Bytes),
    Large(OnDisk),
}

/// Makes a package of a post and keeps its files.
pub async fn make(post: &Post, sort: Sort, blobs: &Blobs) -> Result<Parcel, Problem> {
    let packed = pieces(post, sort, blobs).await?;
    let folder = blobs.spool_folder().to_owned();
    let (path, pieces) = tokio::task::spawn_blocking(move || zipped(&folder, packed))
        .await
        .map_err(|e| Problem::new(ProblemKind::Unavailable, e.to_string()))?
        .map_err(|e| Problem::new(ProblemKind::Unavailable, e.to_string()))?;
    let spooled = blobs.spool_from(path).await.map_err(|e| wrong(&e))?;
    blobs.keep(&spooled).await.map_err(|e| wrong(&e))?;
    Ok(Parcel { zip: spooled.sha256.clone(), bytes: spooled.len, pieces })
}

/// Packs what lies here and on the disk, in order, with no time of its own in it.
fn zipped(
    folder: &std::path::Path,
    packed: Vec<Packed>,
) -> std::io::Result<(tempfile::TempPath, Vec<Piece>)> {
    let mut file = tempfile::Builder::new().prefix(SPOOLED).tempfile_in(folder)?;
    let mut pieces = Vec::with_capacity(packed.len());
    {
        let mut zip = ZipWriter::new(file.as_file_mut());
        for Packed { piece, body } in packed {
            add(&mut zip, &piece, &body)?;
            pieces.push(piece);
        }
        zip.finish()?;
    }
    file.as_file().sync_all()?;
    Ok((file.into_temp_path(), pieces))
}

fn add<W: Write + Seek>(zip: &mut ZipWriter<W>, piece: &Piece, body: &Body) -> std::io::Result<()> {
    // pictures and films are packed already
    let packs = piece.mime.starts_with("text/") || piece.mime.ends_with("svg+xml");
    let options = SimpleFileOptions::default()
        .compression_method(if packs { CompressionMethod::Deflated } else { CompressionMethod::Stored })
        .last_modified_time(zip::DateTime::default())
        .large_file(piece.bytes > u64::from(u32::MAX / 2));
    zip.start_file(piece.name.as_str(), options)?;
    match body {
        Body::Here(bytes) => zip.write_all(bytes),
        Body::Large(file) => std::io::copy(&mut std::fs::File::open(file.path())?, zip).map(drop),
    }
}

async fn pieces(post: &Post, sort: Sort, blobs: &Blobs) -> Result<Vec<Packed>, Problem> {
    let t = Speech(post.language);
    let mut all = Packing { blobs, packed: Vec::new() };
    let whole = format!("{}\n", text(post));
    all.add(PieceKind::Text, format!("{}.txt", t.say("package-file-text")), PLAIN, whole, None, None).await?;
    if let Some(code) = qr::draw(&post.link) {
        all.add(PieceKind::QrPrint, "qr.svg".into(), "image/svg+xml", code.svg, None, None).await?;
        all.add(PieceKind::QrScreen, "qr.png".into(), "image/png", code.png, None, None).await?;
    }
    let mut described = String::new();
    let shown: Vec<&PostMedia> =
        if post.media.is_empty() { post.link_thumb.iter().collect() } else { post.media.iter().collect() };
    for (at, medium) in shown.iter().enumerate().filter(|(_, medium)| !medium.is_film()) {
        let number = at + 1;
        // the card's own picture is cut already
        let shapes = if post.media.is_empty() { vec![Profile::Post] } else { sort.shapes() };
        for drawn in shapes_of(medium, &shapes, blobs).await? {
            let end = if drawn.content == Content::Png { "png" } else { "jpg" };
            let shape = t.say(shape_key(drawn.profile));
            let name = format!("{}-{number}-{shape}.{end}", t.say("package-file-picture"));
            let size = Some((drawn.width, drawn.height));
            all.add(PieceKind::Picture, name, drawn.content.mime(), drawn.bytes, size, Some(at)).await?;
        }
        if !medium.alt.is_empty() {
            described.push_str(&format!("{} {number}\n{}\n\n", t.say("package-alt-picture"), medium.alt));
        }
    }
    for (at, film) in shown.iter().enumerate().filter(|(_, medium)| medium.is_film()) {
        for (language, vtt) in &film.captions {
            let name = format!("film.{language}.vtt");
            all.add(PieceKind::Captions, name, "text/vtt", vtt.clone(), None, Some(at)).await?;
            if sort.sheet().subrip
                && let Ok(captions) = Captions::read(vtt.as_bytes(), None)
            {
                let (name, srt) = (format!("film.{language}.srt"), captions.to_srt());
                all.add(PieceKind::Captions, name, "application/x-subrip", srt, None, Some(at)).await?;
            }
        }
        if !film.alt.is_empty() {
            described.push_str(&format!("{}\n{}\n\n", t.say("package-alt-film"), film.alt));
        }
    }
    if !described.is_empty() {
        let name = format!("{}.txt", t.say("package-file-alt"));
        all.add(PieceKind::Alt, name, PLAIN, described, None, None).await?;
    }
    for (at, film) in shown.iter().enumerate().filter(|(_, medium)| medium.is_film()) {
        let end = if film.mime == "video/webm" { "webm" } else { "mp4" };
        let piece = Piece {
            kind: PieceKind::Film,
            name: format!("film.{end}"),
            sha256: film.sha256.clone(),
            mime: film.mime.clone(),
            bytes: film.bytes,
            size: None,
            of: Some(at),
        };
        let body = Body::Large(blobs.on_disk(&film.sha256).await.map_err(|e| wrong(&e))?);
        all.packed.push(Packed { piece, body });
    }
    Ok(all.packed)
}

const PLAIN: &str = "text/plain; charset=utf-8";

/// Files made here, kept one by one as they come.
struct Packing<'b> {
    blobs: &'b Blobs,
    packed: Vec<Packed>,
}

impl Packing<'_> {
    async fn add(
        &mut self,
        kind: PieceKind,
        name: String,
        mime: &str,
        bytes: impl Into<Bytes>,
        size: Option<(u32, u32)>,
        of: Option<usize>,
    ) -> Result<(), Problem> {
        let bytes: Bytes = bytes.into();
        let sha256 = self.blobs.put(bytes.clone()).await.map_err(|e| wrong(&e))?;
        let piece = Piece { kind, name, sha256, mime: mime.to_owned(), bytes: bytes.len() as u64, size, of };
        self.packed.push(Packed { piece, body: Body::Here(bytes) });
        Ok(())
    }
}

async fn shapes_of(medium: &PostMedia, shapes: &[Profile], blobs: &Blobs) -> Result<Vec<Rendition>, Problem> {
    let file = blobs.read(&medium.sha256).await.map_err(|e| wrong(&e))?;
    let (content, graphic) = match medium.mime.as_str() {
        "image/png" => (Content::Png, true),
        _ => (Content::Jpeg, false),
    };
    let shapes = shapes.to_vec();
    tokio::task::spawn_blocking(move || draw(content, &file, graphic, Focus::default(), &shapes))
        .await
        .map_err(|e| Problem::new(ProblemKind::Unavailable, e.to_string()))?
        .map_err(|refusal| Problem::new(ProblemKind::InvalidMedia, refusal.key))
}

/// What a shape is called in a file's name.
const fn shape_key(profile: Profile) -> &'static str {
    match profile {
        Profile::Square => "package-shape-square",
        Profile::Social | Profile::Card | Profile::Thumb => "package-shape-wide",
        Profile::Post | Profile::Wide | Profile::Tall | Profile::Broad | Profile::Flat => {
            "package-shape-whole"
        }
    }
}
