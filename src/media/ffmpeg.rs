//! ffmpeg and ffprobe as children of this process: found once, run with limits of time, memory and
//! processor, at the lowest priority, with no network and no file but the one handed in.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use rustix::process::{Pid, Resource, Rlimit, prlimit, setpriority_process};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::Command,
};

use super::content::Content;

/// Where the two programs lie; either may be absent.
#[derive(Debug, Clone, Default)]
pub struct Tools {
    ffmpeg: Option<PathBuf>,
    ffprobe: Option<PathBuf>,
}

/// What a child may use.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// Wall time; processor time may be twice that.
    pub time: Duration,
    /// Address space, in bytes.
    pub memory: u64,
    /// Bytes of its standard output.
    pub output: usize,
}

impl Allowance {
    /// For looking into a file.
    pub const LOOK: Self = Self { time: Duration::from_secs(60), memory: 1 << 30, output: 1 << 20 };
    /// For one frame.
    pub const FRAME: Self = Self { time: Duration::from_secs(60), memory: 2 << 30, output: 32 << 20 };
    /// For writing a film anew.
    pub const FILM: Self = Self { time: Duration::from_secs(3600), memory: 3 << 30, output: 1 << 16 };
}

/// Why a child did not do it.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// Not installed.
    #[error("ffmpeg is not installed")]
    Absent,
    /// It could not be started, or its output not read.
    #[error("ffmpeg: {0}")]
    Io(#[from] std::io::Error),
    /// It took longer than it may.
    #[error("ffmpeg took longer than {0:?}")]
    Slow(Duration),
    /// It said more than it may.
    #[error("ffmpeg wrote more than {0} bytes")]
    Loud(usize),
    /// It said no; its own words.
    #[error("ffmpeg: {0}")]
    Failed(String),
}

/// What a child that ended well has said.
pub struct Said {
    /// Standard output.
    pub output: Vec<u8>,
    /// The first of what it complained about.
    pub complaints: String,
}

impl Tools {
    /// Looks where the configuration says: `""` for the `PATH` of this process, `"none"`, or a folder.
    pub fn of(setting: &str) -> Self {
        match setting {
            "" => Self::along(&std::env::var_os("PATH").unwrap_or_default()),
            "none" => Self::none(),
            folder => Self::along(OsStr::new(folder)),
        }
    }
    fn along(path: &OsStr) -> Self {
        let find = |name: &str| std::env::split_paths(path).map(|d| d.join(name)).find(|p| p.is_file());
        Self { ffmpeg: find("ffmpeg"), ffprobe: find("ffprobe") }
    }
    /// As if nothing were installed.
    pub const fn none() -> Self {
        Self { ffmpeg: None, ffprobe: None }
    }
    /// Both are there.
    pub const fn complete(&self) -> bool {
        self.ffmpeg.is_some() && self.ffprobe.is_some()
    }

    /// Runs ffprobe on a film.
    pub async fn probe(&self, content: Content, film: &Path, args: &[&str]) -> Result<Said, ToolError> {
        let program = self.ffprobe.as_deref().ok_or(ToolError::Absent)?;
        let mut all = source(content);
        all.extend(args.iter().map(OsString::from));
        all.push(file_url(film));
        run(program, &all, Allowance::LOOK).await
    }

    /// Runs ffmpeg with a film as its only input; `before` are the options of the input.
    pub async fn film(
        &self,
        content: Content,
        film: &Path,
        before: &[&str],
        after: &[OsString],
        allowance: Allowance,
    ) -> Result<Said, ToolError> {
        let program = self.ffmpeg.as_deref().ok_or(ToolError::Absent)?;
        let mut all: Vec<OsString> = vec!["-nostdin".into(), "-y".into()];
        all.extend(source(content));
        all.extend(before.iter().map(OsString::from));
        all.push("-i".into());
        all.push(file_url(film));
        all.extend(after.iter().cloned());
        run(program, &all, allowance).await
    }
}

/// How a stranger's file may be opened: as what we judged it to be (never as a playlist that names
/// other files), and from the disk only.
fn source(content: Content) -> Vec<OsString> {
    let format = if content == Content::WebM { "matroska" } else { "mov" };
    ["-v", "error", "-protocol_whitelist", "file,pipe", "-f", format].map(OsString::from).to_vec()
}

/// A path that cannot be taken for an option or another protocol.
pub fn file_url(path: &Path) -> OsString {
    let mut url = OsString::from("file:");
    url.push(path);
    url
}

async fn run(program: &Path, args: &[OsString], allowance: Allowance) -> Result<Said, ToolError> {
    let mut child = Command::new(program)
        .args(args)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(pid) = pid {
        // a child that has ended already has no limits left to set
        let limit = |what, most| {
            let _gone = prlimit(Some(pid), what, Rlimit { current: Some(most), maximum: Some(most) });
        };
        limit(Resource::As, allowance.memory);
        limit(Resource::Cpu, allowance.time.as_secs() * 2);
        limit(Resource::Core, 0);
        let _gone = setpriority_process(Some(pid), 15);
    }
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let work = async {
        let output = capped(stdout, allowance.output, true);
        let complaints = capped(stderr, 1 << 16, false);
        let (output, complaints) = tokio::try_join!(output, complaints)?;
        Ok::<_, ToolError>((output, complaints, child.wait().await?))
    };
    let (output, complaints, status) =
        tokio::time::timeout(allowance.time, work).await.map_err(|_| ToolError::Slow(allowance.time))??;
    let complaints = String::from_utf8_lossy(&complaints).trim().to_owned();
    if status.success() {
        Ok(Said { output, complaints })
    } else {
        let last = complaints.lines().last().unwrap_or("it was stopped").to_owned();
        Err(ToolError::Failed(last))
    }
}

/// Reads to the end but keeps no more than `most`; more is an error when `strict`.
async fn capped(
    pipe: Option<impl AsyncRead + Unpin>,
    most: usize,
    strict: bool,
) -> Result<Vec<u8>, ToolError> {
    let mut kept = Vec::new();
    let Some(mut pipe) = pipe else { return Ok(kept) };
    let mut buffer = [0u8; 16 << 10];
    loop {
        let n = pipe.read(&mut buffer).await?;
        if n == 0 {
            return Ok(kept);
        }
        let room = most - kept.len();
        if n > room && strict {
            return Err(ToolError::Loud(most));
        }
        kept.extend_from_slice(&buffer[..n.min(room)]);
    }
}
