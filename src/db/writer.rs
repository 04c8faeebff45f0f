//! SQLite's one writer: a thread that takes jobs from a queue and commits them in groups. A second thread carries the log
//! over into the database file, so that nobody's commit has to wait for that.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, SyncSender},
    },
};

use diesel::{
    QueryableByName, RunQueryDsl as _,
    connection::{Connection, SimpleConnection as _, TransactionManager},
};
use tokio::sync::oneshot;

use super::{Conn, DbError, begin, commit, roll_back};

/// At most this many jobs share one commit, so that the first of them does not wait for ever.
const GROUP: usize = 256;
/// After so many groups the log is carried over.
const CARRY: u32 = 64;
/// A log of more pages than this is carried over by the writer itself: only when nobody writes meanwhile can it begin
/// anew, and 16 000 pages are 64 MB.
const TOO_LONG: i32 = 16_000;

/// A job run inside its savepoint; what it returns answers the caller once the commit is known.
type Job = Box<dyn FnOnce(&mut Conn) -> Answer + Send>;
type Answer = Box<dyn FnOnce(Result<(), DbError>) + Send>;

pub(super) struct Writer(mpsc::Sender<Job>);

impl Writer {
    /// With two connections: `carrier` is the one that carries the log over.
    pub fn start(mut conn: Conn, carrier: Conn) -> Self {
        let (sender, jobs) = mpsc::channel::<Job>();
        let too_long = Arc::new(AtomicBool::new(false));
        let carry = carry_beside(carrier, too_long.clone());
        // from here on a commit never does it on its own
        if let Err(error) = conn.batch_execute("pragma wal_autocheckpoint = 0") {
            tracing::warn!(%error, "commits will carry the log over themselves");
        }
        let mut groups = 0;
        std::thread::Builder::new()
            .name("db-writer".into())
            .spawn(move || {
                while let Ok(first) = jobs.recv() {
                    group(&mut conn, first, &jobs);
                    groups += 1;
                    if too_long.swap(false, Ordering::Relaxed) {
                        carried(&mut conn);
                    } else if groups >= CARRY {
                        groups = 0;
                        // one that is asked already is asked enough
                        let _ = carry.try_send(());
                    }
                }
            })
            .expect("a thread can be started");
        Self(sender)
    }

    /// Queues `f`; the receiver is answered after the commit. An `Err` from `f` undoes only its own part.
    pub fn submit<T, E>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> oneshot::Receiver<Result<T, E>>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |conn| {
            let result = in_savepoint(conn, f);
            Box::new(move |committed| {
                let result = match (result, committed) {
                    (Ok(value), Ok(())) => Ok(value),
                    (Ok(_), Err(error)) => Err(error.into()),
                    (Err(error), _) => Err(error),
                };
                // the caller may have gone; its work stands all the same
                let _ = sender.send(result);
            })
        });
        // when the thread is gone the job is dropped, and with it the sender: the caller sees `Closing`
        let _ = self.0.send(job);
        receiver
    }
}

/// The thread that carries the log over when asked; it ends with whoever asks.
fn carry_beside(mut conn: Conn, too_long: Arc<AtomicBool>) -> SyncSender<()> {
    let (ask, asked) = mpsc::sync_channel(1);
    std::thread::Builder::new()
        .name("db-carrier".into())
        .spawn(move || {
            while asked.recv().is_ok() {
                if carried(&mut conn).is_some_and(|pages| pages > TOO_LONG) {
                    too_long.store(true, Ordering::Relaxed);
                }
            }
        })
        .expect("a thread can be started");
    ask
}

/// Carries over what can be without waiting for anyone; how many pages the log has.
fn carried(conn: &mut Conn) -> Option<i32> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        log: i32,
    }
    let Conn::Sqlite(conn) = conn else { return None };
    match diesel::sql_query("pragma wal_checkpoint(passive)").get_result::<Row>(conn) {
        Ok(row) => Some(row.log),
        Err(error) => {
            tracing::warn!(%error, "the database's log could not be carried over; it grows until it can");
            None
        }
    }
}

fn group(conn: &mut Conn, first: Job, jobs: &mpsc::Receiver<Job>) {
    let mut answers = Vec::with_capacity(8);
    let committed = match begin(conn) {
        Ok(()) => {
            answers.push(first(conn));
            while answers.len() < GROUP {
                match jobs.try_recv() {
                    Ok(job) => answers.push(job(conn)),
                    Err(_) => break,
                }
            }
            commit(conn).inspect_err(|_| {
                let _ = roll_back(conn);
            })
        }
        Err(error) => {
            // run nothing; the job is dropped and its caller told that nothing happened
            tracing::error!(%error, "the database took no write");
            return;
        }
    };
    for answer in answers {
        let result = match &committed {
            Ok(()) => Ok(()),
            Err(error) => Err(DbError::Connect(format!("the commit failed: {error}"))),
        };
        answer(result);
    }
}

fn in_savepoint<T, E: From<DbError>>(
    conn: &mut Conn,
    f: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    type Tm = <Conn as Connection>::TransactionManager;
    Tm::begin_transaction(conn).map_err(DbError::from)?;
    match catch_unwind(AssertUnwindSafe(|| f(conn))) {
        Ok(Ok(value)) => {
            Tm::commit_transaction(conn).map_err(DbError::from)?;
            Ok(value)
        }
        Ok(Err(error)) => {
            Tm::rollback_transaction(conn).map_err(DbError::from)?;
            Err(error)
        }
        Err(_) => {
            Tm::rollback_transaction(conn).map_err(DbError::from)?;
            Err(DbError::Panicked.into())
        }
    }
}
