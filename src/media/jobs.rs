//! What happens without anyone watching: a received file is drawn in its shapes, an upload that nobody
//! finished is given up.

use std::{path::Path, time::Duration};

use serde::{Deserialize, Serialize};

use super::{
    actions::{self, MediaError},
    asset::{Asset, Drawn, FILM, Kind, LIGHT, State},
    burn::Burn,
    content::Content,
    ffmpeg::{ToolError, Tools},
    film,
    image::Profile,
    store,
};
use crate::{
    base::{Instant, id::AssetId},
    blobs::{BlobError, SPOOLED, Spooled},
    db::{Conn, DbError},
    kit::Kit,
    queue::{self, Job, JobError},
};

/// Makes a received asset ready: the shapes of a picture; the poster of a film and the film as it is
/// shown. Run twice it finds nothing left to do; a file that was replaced meanwhile is left to the next.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Prepare {
    /// Which.
    pub asset: AssetId,
}

impl Job for Prepare {
    const KIND: &'static str = "media.prepare";
    // a film of half an hour is encoded in less
    const LEASE: Duration = Duration::from_secs(2 * 3600);
    const TRIES: u32 = 6;
    type Needs = Kit;

    fn key(&self) -> String {
        self.asset.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let id = self.asset;
        let Some(asset) = kit.db.read(move |c| store::asset(c, id)).await? else { return Ok(()) };
        if asset.state != State::Received {
            return Ok(());
        }
        let made =
            if asset.kind == Kind::Film { film(kit, &asset).await } else { picture(kit, &asset).await };
        let (of, now) = (asset.sha256.clone(), kit.clock.now());
        match made {
            Ok(made) => {
                let Made { drawn, file, note } = made;
                // one that was swept in between is made again by the next try
                let later = |e: BlobError| JobError::Later(e.to_string());
                let _held = kit.blobs.hold(&actions::names(&drawn)).await.map_err(later)?;
                let k = kit.clone();
                kit.db
                    .write(move |c| {
                        settle(c, id, &of, &drawn, file.as_ref(), note, now)?;
                        // captions stay when a film is replaced
                        for (language, _) in store::captions(c, id)? {
                            queue::enqueue(c, &Burn { asset: id, language }, now, now, &k.chance)?;
                        }
                        Ok::<_, DbError>(())
                    })
                    .await?;
                Ok(())
            }
            Err(MediaError::Refused(refusal)) => {
                kit.db
                    .write(move |c| match store::asset(c, id)? {
                        Some(now_there) if now_there.sha256 == of => {
                            store::set_state(c, id, State::Failed, Some(refusal.key), now)
                        }
                        _ => Ok(()),
                    })
                    .await?;
                Ok(())
            }
            Err(error) => Err(JobError::Later(error.to_string())),
        }
    }
}

/// What was made of a file.
struct Made {
    drawn: Vec<Drawn>,
    /// The kept file, when it was set in order and the old one is needed no more.
    file: Option<Drawn>,
    /// Key of what could not be done.
    note: Option<&'static str>,
}

fn settle(
    conn: &mut Conn,
    id: AssetId,
    of: &str,
    drawn: &[Drawn],
    file: Option<&Drawn>,
    note: Option<&str>,
    now: Instant,
) -> Result<(), DbError> {
    match store::asset(conn, id)? {
        Some(asset) if asset.sha256 == of && asset.state == State::Received => {}
        _ => return Ok(()),
    }
    store::set_drawn(conn, id, drawn, true)?;
    if let Some(file) = file {
        store::set_file(conn, id, &file.sha256, &file.mime, file.bytes)?;
    }
    store::set_state(conn, id, State::Ready, note, now)
}

async fn picture(kit: &Kit, asset: &Asset) -> Result<Made, MediaError> {
    let file = kit.blobs.read(&asset.sha256).await?.to_vec();
    let graphic = asset.kind == Kind::Graphic;
    let wanted = Profile::of(asset.width, asset.height, graphic);
    let drawn = actions::draw(kit, asset.content(), file, graphic, asset.focus, &wanted).await?;
    Ok(Made { drawn, file: None, note: None })
}

async fn film(kit: &Kit, asset: &Asset) -> Result<Made, MediaError> {
    let tools = Tools::of(&kit.config.media.ffmpeg);
    let on_disk = kit.blobs.on_disk(&asset.sha256).await?;
    let content = asset.content();
    let facts = match film::probe(&tools, content, on_disk.path()).await {
        Ok(facts) => facts,
        Err(ToolError::Absent) => {
            let note = Some("media-note-no-ffmpeg");
            return Ok(Made { drawn: Vec::new(), file: None, note });
        }
        Err(error) => return Err(later(&error)),
    };
    let frame = film::poster(&tools, &facts, on_disk.path()).await;
    let out =
        tempfile::Builder::new().prefix(SPOOLED).tempfile_in(kit.blobs.spool_folder())?.into_temp_path();
    let shown = match film::showable(&tools, &facts, on_disk.path(), &out).await {
        Ok(()) => {
            let spooled = kit.blobs.spool_from(out).await?;
            let shown = film::probe(&tools, Content::Mp4, spooled.path()).await.map_err(|e| later(&e))?;
            Ok((spooled, shown))
        }
        Err(error) => Err(error),
    };
    let mut made = Made { drawn: Vec::new(), file: None, note: None };
    match frame {
        Ok(frame) => made.drawn = actions::draw_poster(kit, Content::Jpeg, frame).await?,
        Err(error) => {
            tracing::warn!(%error, asset = %asset.id, "no picture could be taken from a film");
            made.note = Some("media-note-no-poster");
        }
    }
    match shown {
        Ok((spooled, shown)) => {
            kit.blobs.keep(&spooled).await?;
            let film = drawn(FILM, &spooled, &shown);
            if spooled.len > film::LIGHT_BYTES {
                match written(kit, &tools, &facts, on_disk.path(), LIGHT, &film::Recast::Light).await {
                    Ok(light) => made.drawn.push(light),
                    Err(error) => {
                        tracing::warn!(%error, asset = %asset.id, "a film stays too heavy for some")
                    }
                }
            }
            // only set in order, so the first one holds nothing more but what a camera wrote
            if facts.plays_everywhere() {
                made.file = Some(film.clone());
            }
            made.drawn.push(film);
        }
        Err(error) => {
            tracing::warn!(%error, asset = %asset.id, "a film is shown as it came");
            made.note = Some("media-note-as-it-came");
        }
    }
    Ok(made)
}

/// A film that was written, as its row.
fn drawn(profile: &str, spooled: &Spooled, facts: &film::Facts) -> Drawn {
    let side = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    Drawn {
        profile: profile.to_owned(),
        sha256: spooled.sha256.clone(),
        mime: Content::Mp4.mime().to_owned(),
        bytes: i64::try_from(spooled.len).unwrap_or(i64::MAX),
        width: side(facts.width),
        height: side(facts.height),
    }
}

/// A film written anew for channels, and kept.
pub(super) async fn written(
    kit: &Kit,
    tools: &Tools,
    facts: &film::Facts,
    from: &Path,
    profile: &str,
    how: &film::Recast<'_>,
) -> Result<Drawn, MediaError> {
    let out =
        tempfile::Builder::new().prefix(SPOOLED).tempfile_in(kit.blobs.spool_folder())?.into_temp_path();
    film::recast(tools, facts, from, &out, how).await.map_err(|e| later(&e))?;
    let spooled = kit.blobs.spool_from(out).await?;
    let shown = film::probe(tools, Content::Mp4, spooled.path()).await.map_err(|e| later(&e))?;
    kit.blobs.keep(&spooled).await?;
    Ok(drawn(profile, &spooled, &shown))
}

fn later(error: &ToolError) -> MediaError {
    MediaError::Disk(std::io::Error::other(error.to_string()))
}

/// Gives up uploads that nobody finished in time. (The files that no row names any more are swept with
/// everyone else's.)
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ForgetUploads {}

impl Job for ForgetUploads {
    const KIND: &'static str = "media.forget_uploads";
    type Needs = Kit;

    fn key(&self) -> String {
        "all".to_owned()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let now = kit.clock.now();
        for id in kit.db.read(move |c| store::ended_uploads(c, now)).await? {
            actions::drop_upload(kit, id).await.map_err(|e| JobError::Later(e.to_string()))?;
        }
        Ok(())
    }
}
