//! What happens without anyone watching: a received file is drawn in its shapes, and files that no row
//! knows are swept away.

use std::{collections::HashSet, time::Duration};

use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};

use super::{
    actions::{self, MediaError},
    asset::{Asset, Drawn, FILM, Kind, State},
    content::Content,
    ffmpeg::{ToolError, Tools},
    film,
    image::Profile,
    store,
};
use crate::{
    base::{Instant, id::AssetId},
    blobs::Listed,
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
                kit.db.write(move |c| settle(c, id, &of, &made, now)).await?;
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

fn settle(conn: &mut Conn, id: AssetId, of: &str, made: &Made, now: Instant) -> Result<(), DbError> {
    match store::asset(conn, id)? {
        Some(asset) if asset.sha256 == of && asset.state == State::Received => {}
        _ => return Ok(()),
    }
    store::set_drawn(conn, id, &made.drawn, true)?;
    if let Some(file) = &made.file {
        store::set_file(conn, id, &file.sha256, &file.mime, file.bytes)?;
    }
    store::set_state(conn, id, State::Ready, made.note, now)
}

async fn picture(kit: &Kit, asset: &Asset) -> Result<Made, MediaError> {
    let file = kit.blobs.read(&asset.sha256).await?.to_vec();
    let graphic = asset.kind == Kind::Graphic;
    let drawn = actions::draw(kit, asset.content(), file, graphic, asset.focus, &Profile::ALL).await?;
    Ok(Made { drawn, file: None, note: None })
}

async fn film(kit: &Kit, asset: &Asset) -> Result<Made, MediaError> {
    let tools = Tools::of(&kit.config.media.ffmpeg);
    let on_disk = kit.blobs.on_disk(&asset.sha256).await?;
    let content = asset.content();
    let facts = match film::probe(&tools, content, on_disk.path()).await {
        Ok(facts) => facts,
        Err(ToolError::Absent) => {
            return Ok(Made { drawn: Vec::new(), file: None, note: Some("media-note-no-ffmpeg") });
        }
        Err(error) => return Err(later(&error)),
    };
    let mut made = Made { drawn: Vec::new(), file: None, note: None };
    match film::poster(&tools, &facts, on_disk.path()).await {
        Ok(frame) => made.drawn = actions::draw_poster(kit, Content::Jpeg, frame).await?,
        Err(error) => {
            tracing::warn!(%error, asset = %asset.id, "no picture could be taken from a film");
            made.note = Some("media-note-no-poster");
        }
    }
    let out =
        tempfile::Builder::new().prefix("film-").tempfile_in(kit.blobs.spool_folder())?.into_temp_path();
    match film::showable(&tools, &facts, on_disk.path(), &out).await {
        Ok(()) => {
            let spooled = kit.blobs.spool_from(out).await?;
            kit.blobs.keep(&spooled).await?;
            let shown = film::probe(&tools, Content::Mp4, spooled.path()).await.map_err(|e| later(&e))?;
            let side = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
            let film = Drawn {
                profile: FILM.to_owned(),
                sha256: spooled.sha256.clone(),
                mime: Content::Mp4.mime().to_owned(),
                bytes: i64::try_from(spooled.len).unwrap_or(i64::MAX),
                width: side(shown.width),
                height: side(shown.height),
            };
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

fn later(error: &ToolError) -> MediaError {
    MediaError::Disk(std::io::Error::other(error.to_string()))
}

/// Asks a slice which of these files it still needs.
pub type Needed = fn(&mut Conn, &[String]) -> Result<HashSet<String>, DbError>;

/// Deletes kept files that no row of any slice knows and uploads nobody finished; every night. A file
/// younger than a day is left: its row may be about to be written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sweep {}

/// What the sweep needs: the kit, and every slice that keeps files.
#[derive(Clone)]
pub struct SweepNeeds {
    /// Machinery.
    pub kit: Kit,
    /// Each slice that keeps files, with the names of its tables for the test that none is forgotten.
    pub slices: &'static [(&'static str, Needed)],
}

/// How old a file must be before it is swept.
const YOUNG: Duration = Duration::from_secs(24 * 3600);

impl Job for Sweep {
    const KIND: &'static str = "media.sweep";
    const LEASE: Duration = Duration::from_secs(3600);
    type Needs = SweepNeeds;

    fn key(&self) -> String {
        String::new()
    }

    async fn run(&self, needs: &SweepNeeds) -> Result<(), JobError> {
        let kit = &needs.kit;
        let now = kit.clock.now();
        let late = |error: &dyn std::fmt::Display| JobError::Later(error.to_string());
        for id in kit.db.read(move |c| store::ended_uploads(c, now)).await? {
            actions::drop_upload(kit, id).await.map_err(|e| late(&e))?;
        }
        let mut swept = 0;
        let mut list = kit.blobs.list().try_chunks(500);
        while let Some(listed) = list.try_next().await.map_err(|e| late(&e.1))? {
            let old = listed.into_iter().filter(|l: &Listed| now.since(l.written_at) > YOUNG);
            let old: Vec<String> = old.map(|l| l.sha256).collect();
            let (asked, slices) = (old.clone(), needs.slices);
            let needed = kit
                .db
                .read(move |c| {
                    let mut needed = HashSet::new();
                    for (_, slice) in slices {
                        needed.extend(slice(c, &asked)?);
                    }
                    Ok::<_, DbError>(needed)
                })
                .await?;
            for sha256 in old.iter().filter(|s| !needed.contains(*s)) {
                kit.blobs.delete(sha256).await.map_err(|e| late(&e))?;
                swept += 1;
            }
        }
        if swept > 0 {
            tracing::info!(swept, "files that nobody needs were deleted");
        }
        let chance = kit.chance.clone();
        kit.db.write(move |c| queue::enqueue(c, &Self {}, now + YOUNG, now, &chance)).await?;
        Ok(())
    }
}
