//! SQLite's one writer: a thread that takes jobs from a queue and commits them in groups.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc,
};

use diesel::connection::{Connection, TransactionManager};
use tokio::sync::oneshot;

use super::{Conn, DbError, begin, commit, roll_back};

/// At most this many jobs share one commit, so that the first of them does not wait for ever.
const GROUP: usize = 256;

/// A job run inside its savepoint; what it returns answers the caller once the commit is known.
type Job = Box<dyn FnOnce(&mut Conn) -> Answer + Send>;
type Answer = Box<dyn FnOnce(Result<(), DbError>) + Send>;

pub(super) struct Writer(mpsc::Sender<Job>);

impl Writer {
    pub fn start(mut conn: Conn) -> Self {
        let (sender, jobs) = mpsc::channel::<Job>();
        std::thread::Builder::new()
            .name("db-writer".into())
            .spawn(move || {
                while let Ok(first) = jobs.recv() {
                    group(&mut conn, first, &jobs);
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
