//! The parts put together: server, workers, and an orderly stop.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, middleware, web};
use anyhow::Context as _;
use tokio::{sync::watch, task::JoinHandle};

use crate::{db::migrate, kit::Kit, routes, search, timetable, web as pages};

/// What a process is to do.
#[derive(Clone, Copy, Debug)]
pub struct Duties {
    /// Answer requests.
    pub web: bool,
    /// Run jobs, deliveries and the clock.
    pub work: bool,
}

/// A running Opslag.
pub struct Running {
    /// Where it listens; none for workers only.
    pub address: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    server: Option<actix_web::dev::ServerHandle>,
    tasks: Vec<JoinHandle<()>>,
}

/// Migrates, then starts what `duties` say. Port 0 takes a free port.
pub async fn start(kit: Kit, listen: &str, duties: Duties) -> anyhow::Result<Running> {
    let db = kit.db.clone();
    let ran = tokio::task::spawn_blocking(move || migrate::up(&db)).await??;
    if !ran.is_empty() {
        tracing::info!(migrations = ran.len(), "the database was brought up to date");
    }
    let parts = timetable::Parts::open(&kit)?;
    start_parts(kit, parts, listen, duties).await
}

/// Starts over parts that are open already, on a database that is up to date.
pub async fn start_parts(
    kit: Kit,
    parts: timetable::Parts,
    listen: &str,
    duties: Duties,
) -> anyhow::Result<Running> {
    let (stop, stopped) = watch::channel(false);
    let mut tasks = Vec::new();
    if duties.work {
        tasks.extend(timetable::start(&kit, &parts, &stopped));
    }
    let (mut address, mut server) = (None, None);
    if duties.web {
        tasks.push(tokio::spawn(search::jobs::follow(kit.clone(), parts.search.clone(), stopped.clone())));
        tasks.push(tokio::spawn(timetable::write_visits(kit.clone(), parts.visits.clone(), stopped.clone())));
        let (running, at) = serve(kit, parts, listen)?;
        server = Some(running.handle());
        address = Some(at);
        tasks.push(tokio::spawn(async move {
            if let Err(error) = running.await {
                tracing::error!(%error, "the server stopped");
            }
        }));
    }
    Ok(Running { address, stop, server, tasks })
}

impl Running {
    /// Stops taking requests and jobs, waits for those under way.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if let Some(server) = self.server.take() {
            server.stop(true).await;
        }
        for task in std::mem::take(&mut self.tasks) {
            let _ = task.await;
        }
    }

    /// Runs until the process is told to stop (Ctrl-C or SIGTERM).
    pub async fn until_signal(self) -> anyhow::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};
        let mut term = signal(SignalKind::terminate())?;
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = term.recv() => {}
        }
        tracing::info!("stopping");
        self.stop().await;
        Ok(())
    }
}

impl Drop for Running {
    /// What is let go of stops too; its loops would else look for the word to stop that can no longer come.
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(server) = self.server.take() {
            // the word is sent by the call; nobody is left to wait until it is done
            drop(server.stop(false));
        }
    }
}

fn serve(
    kit: Kit,
    parts: timetable::Parts,
    listen: &str,
) -> anyhow::Result<(actix_web::dev::Server, SocketAddr)> {
    let workers = match kit.config.server.workers {
        0 => std::thread::available_parallelism().map_or(2, Into::into),
        n => n,
    };
    let pace = pages::pace::Pace::default();
    let parts = Arc::new(parts);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(kit.clone()))
            .app_data(web::Data::new(pace.clone()))
            .app_data(web::PayloadConfig::new(pages::forms::FORM_BYTES))
            .configure(|app| parts.provide(app))
            // from the inside out: faults become pages, foreign forms are refused, headers go on everything
            .wrap(middleware::from_fn(pages::csrf::origin))
            .wrap(middleware::from_fn(pages::faults::draw))
            .wrap(middleware::from_fn(pages::headers::guard))
            .wrap(middleware::Condition::new(true, middleware::Compress::default()))
            .configure(routes::map)
    })
    .workers(workers)
    // without it small answers wait 40 ms for the client's acknowledgement
    .tcp_nodelay(true)
    .client_request_timeout(Duration::from_secs(30))
    .shutdown_timeout(20)
    .disable_signals()
    .bind(listen)
    .with_context(|| format!("cannot listen on {listen}"))?;
    let address = *server.addrs().first().context("no address to listen on")?;
    Ok((server.run(), address))
}
