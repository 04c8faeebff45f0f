//! Reading a stranger's file where it can do no harm: in a child of our own program with little memory, little
//! time and nothing to write to. What goes in is the file, what comes out is text; everything else is a failure.

use std::{
    ffi::OsString,
    io::{Read, Write},
    path::PathBuf,
    process::Stdio,
    sync::Arc,
};

use rustix::process::{Resource, Rlimit, setrlimit};
use tokio::{io::AsyncWriteExt, process::Command, sync::Semaphore};

use super::{Kind, READ_AT_MOST, READ_WITHIN, Text, TextState, text_of};

/// The argument that makes the program such a child; the media type of the file follows it.
pub const CHILD: &str = "papers-text";
/// Address space of a child, bytes.
const MEMORY: u64 = 1 << 30;
/// Children at the same time.
const AT_ONCE: usize = 2;

/// Takes the text out of files, one or two at a time. Cheap to clone.
#[derive(Clone)]
pub struct Reader {
    program: Option<Arc<PathBuf>>,
    turn: Arc<Semaphore>,
}

impl Reader {
    /// Reads in a child: `program` is our own executable, which hands [`CHILD`] on to [`read_stdin`].
    pub fn apart(program: PathBuf) -> Self {
        Self { program: Some(Arc::new(program)), turn: Arc::new(Semaphore::new(AT_ONCE)) }
    }
    /// Reads in a child when this process is the `opslag` program, else (tests, tools) in a thread of it.
    pub fn of_this_program() -> Self {
        match std::env::current_exe() {
            Ok(program) if program.file_stem().is_some_and(|n| n == "opslag") => Self::apart(program),
            _ => Self::here(),
        }
    }
    /// Reads in a thread of this process, for tests and tools: a file made to harm can harm it.
    pub fn here() -> Self {
        Self { program: None, turn: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The text of a file. Never fails louder than with [`TextState::Failed`]; at most [`READ_WITHIN`] after its
    /// turn has come.
    pub async fn read(&self, kind: Kind, bytes: Vec<u8>) -> Text {
        if bytes.len() as u64 > READ_AT_MOST {
            return Text::failed();
        }
        if matches!(kind, Kind::Jpg | Kind::Png) {
            return Text::empty();
        }
        let Ok(_turn) = self.turn.acquire().await else { return Text::failed() };
        let text = match &self.program {
            Some(program) => tokio::time::timeout(READ_WITHIN, child(program, kind, bytes)).await,
            None => tokio::time::timeout(READ_WITHIN, thread(kind, bytes)).await,
        };
        text.ok().flatten().unwrap_or_else(Text::failed)
    }
}

async fn thread(kind: Kind, bytes: Vec<u8>) -> Option<Text> {
    let (answer, waiting) = tokio::sync::oneshot::channel();
    std::thread::Builder::new()
        .name("papers".into())
        .spawn(move || {
            // nobody may be waiting any more; that is no fault
            let _ = answer.send(text_of(kind, &bytes));
        })
        .ok()?;
    waiting.await.ok()
}

async fn child(program: &PathBuf, kind: Kind, bytes: Vec<u8>) -> Option<Text> {
    let mut child = Command::new(program)
        .arg(CHILD)
        .arg(kind.mime())
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let feed = tokio::spawn(async move {
        // a child that ends early closes its end; what it said counts, not this
        let _ = stdin.write_all(&bytes).await;
    });
    let said = child.wait_with_output().await.ok()?;
    feed.abort();
    if !said.status.success() {
        return None;
    }
    let said = String::from_utf8(said.stdout).ok()?;
    let (head, body) = said.split_once('\n')?;
    let (state, cpr) = head.split_once(' ')?;
    Some(Text { state: TextState::from_code(state)?, body: body.to_owned(), cpr: cpr == "cpr" })
}

/// What the child does: limits itself, reads the file from standard input, writes the text to standard output.
/// `mime` is the argument after [`CHILD`]. Errors are for a person who tries it by hand.
pub fn read_stdin(mime: &OsString) -> Result<(), String> {
    let limit = |what: Resource, n: u64| {
        setrlimit(what, Rlimit { current: Some(n), maximum: Some(n) }).map_err(|e| format!("no limits: {e}"))
    };
    limit(Resource::As, MEMORY)?;
    limit(Resource::Cpu, READ_WITHIN.as_secs())?;
    limit(Resource::Fsize, 0)?;
    limit(Resource::Core, 0)?;
    let kind = mime.to_str().and_then(Kind::from_mime).ok_or("not a kind of file we read")?;
    let mut bytes = Vec::new();
    std::io::stdin().take(READ_AT_MOST + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    let text = text_of(kind, &bytes);
    let head = format!("{} {}\n", text.state.code(), if text.cpr { "cpr" } else { "-" });
    let mut out = std::io::stdout().lock();
    out.write_all(head.as_bytes())
        .and_then(|()| out.write_all(text.body.as_bytes()))
        .map_err(|e| e.to_string())
}
