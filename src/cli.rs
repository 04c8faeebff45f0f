//! The command line: serve · work · migrate · user add · token create · reindex · backup · restore · doctor.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};

use crate::{
    accounts::{self, Role, UnitKind},
    app::{self, Duties},
    backup,
    base::{Chance, Clock, Language},
    config::{Config, LogFormat},
    db::migrate,
    doctor,
    kit::Kit,
    search, timetable,
};

/// Job ads with picture and film, published to every channel, with applicants received, screened and counted.
#[derive(Parser)]
#[command(name = "opslag", version, about)]
pub struct Cli {
    /// The folder in which everything lies that must be kept.
    #[arg(long, global = true, default_value = "data", env = "OPSLAG_DATA")]
    data: PathBuf,
    /// A configuration file; the keys are explained in config/default.toml.
    #[arg(long, global = true, env = "OPSLAG_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Web server and workers.
    Serve {
        /// Host and port; wins over server.listen.
        #[arg(long)]
        listen: Option<String>,
        /// Answer requests only; another process works.
        #[arg(long)]
        no_work: bool,
    },
    /// Workers only.
    Work,
    /// A municipality to look around in, made anew at every start.
    Demo {
        /// Host and port; wins over server.listen.
        #[arg(long)]
        listen: Option<String>,
    },
    /// Bring the database up to this version and stop.
    Migrate,
    /// People who can log in.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Other systems' ways in.
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Build the search index anew from the database; a running service does it itself.
    Reindex,
    /// Copy database and files (also those in a bucket) into a folder, while the service runs.
    Backup {
        /// A folder that does not exist yet.
        to: PathBuf,
    },
    /// Look at everything the installation stands on; say what is wrong and what to do.
    Doctor {
        /// For programs.
        #[arg(long)]
        json: bool,
    },
    /// Put a backup in place of an installation that holds nothing yet.
    Restore {
        /// A folder made by `backup`.
        from: PathBuf,
        /// One more list of who was erased since (`erased.list`), besides those in the data folder, beside the backup and in
        /// retention.list.
        #[arg(long)]
        erased: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add a person; the password is read from OPSLAG_PASSWORD or asked for on standard input.
    Add {
        /// Full name.
        #[arg(long)]
        name: String,
        /// Mail address, also the log-in name.
        #[arg(long)]
        email: String,
        /// Role in the unit.
        #[arg(long)]
        role: String,
        /// Name of the unit; the organisation when left out.
        #[arg(long)]
        unit: Option<String>,
    },
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Make an API token; printed once.
    Create {
        /// What it is for.
        #[arg(long)]
        name: String,
        /// Role in the unit.
        #[arg(long)]
        role: String,
        /// Name of the unit; the organisation when left out.
        #[arg(long)]
        unit: Option<String>,
    },
}

/// Runs a command; prints what went wrong as one sentence and returns the exit code.
pub fn run(cli: Cli) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("opslag: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(dispatch(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("opslag: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(cli: Cli) -> anyhow::Result<ExitCode> {
    match &cli.command {
        // it must not stop at what it is to report
        Command::Doctor { json } => see_doctor(&cli, *json).await,
        Command::Demo { listen } => demo(&cli, listen.as_deref()).await.map(|()| ExitCode::SUCCESS),
        _ => obey(cli).await.map(|()| ExitCode::SUCCESS),
    }
}

async fn see_doctor(cli: &Cli, json: bool) -> anyhow::Result<ExitCode> {
    let report = doctor::examine(&cli.data, cli.config.as_deref(), Clock::real(), Chance::real()).await;
    say(&if json { serde_json::to_string_pretty(&report)? } else { report.words() });
    Ok(if report.verdict == doctor::Verdict::Wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn obey(cli: Cli) -> anyhow::Result<()> {
    let mut config = Config::load(&cli.data, cli.config.as_deref())?;
    log(&config);
    if let Command::Restore { from, erased } = &cli.command {
        let by = (Clock::real(), Chance::real());
        let restored = backup::restore(&config, from, erased.as_deref(), by).await?;
        say(&backup::said_restored(&restored));
        return Ok(());
    }
    if let Command::Serve { listen: Some(listen), .. } = &cli.command {
        config.server.listen.clone_from(listen);
    }
    let kit = Kit::open(config, Clock::real(), Chance::real())?;
    match cli.command {
        Command::Serve { no_work, .. } => {
            let listen = kit.config.server.listen.clone();
            let running = app::start(kit, &listen, Duties { web: true, work: !no_work }).await?;
            if let Some(address) = running.address {
                say(&format!("Opslag: http://{address}"));
            }
            running.until_signal().await
        }
        Command::Work => app::start(kit, "", Duties { web: false, work: true }).await?.until_signal().await,
        Command::Migrate => {
            let ran = migrate::up(&kit.db)?;
            say(&format!("{} migrations were run", ran.len()));
            Ok(())
        }
        Command::User { command: UserCommand::Add { name, email, role, unit } } => {
            add_user(&kit, name, email, &role, unit).await
        }
        Command::Token { command: TokenCommand::Create { name, role, unit } } => {
            let role: Role = role.parse().map_err(|_| wrong_role(&role))?;
            migrate::up(&kit.db)?;
            let k = kit.clone();
            let secret = kit
                .db
                .write(move |c| {
                    let unit = find_unit(c, &k, unit.as_deref())?;
                    Ok::<_, Failure>(accounts::create_token(c, &k, &name, unit, role)?)
                })
                .await
                .map_err(|Failure(e)| e)?;
            say(&secret);
            Ok(())
        }
        Command::Reindex => reindex(&kit).await,
        Command::Backup { to } => {
            let contents = backup::take(&kit, &to).await?;
            say(&backup::said_taken(&contents, &to, &kit.config.data));
            Ok(())
        }
        Command::Restore { .. } | Command::Demo { .. } | Command::Doctor { .. } => {
            unreachable!("handled before the database was opened")
        }
    }
}

async fn demo(cli: &Cli, listen: Option<&str>) -> anyhow::Result<()> {
    use crate::demo::town;
    // the default folder is where a real installation would lie
    let data =
        if cli.data == std::path::Path::new("data") { PathBuf::from("demo-data") } else { cli.data.clone() };
    town::prepare(&data)?;
    let mut config = Config::load(&data, cli.config.as_deref())?;
    log(&config);
    if let Some(listen) = listen {
        listen.clone_into(&mut config.server.listen);
        config.server.public_url = format!("http://{listen}");
    }
    let (clock, chance) = (Clock::behind(town::PAST), Chance::real());
    let town = town::worlds(&mut config, (&clock, &chance))?;
    let listen = config.server.listen.clone();
    let kit = Kit::open(config, clock, chance)?;
    migrate::up(&kit.db)?;
    let parts = crate::timetable::Parts::open(&kit)?;
    say("Fjordby Kommune is being made …");
    town::fill(&kit, &parts, &town).await?;
    kit.clock.forward_to(Clock::real().now());
    let public = kit.config.server.public_url.clone();
    let running = app::start_parts(kit, parts, &listen, Duties { web: true, work: true }).await?;
    say(&format!("\nThe careers site:  {public}/\nLog in:            {public}/log-ind"));
    for (name, role, login) in town::PEOPLE {
        say(&format!("  {login}@fjordby.example  {name}, {role}"));
    }
    say(&format!("Everybody's password: {}", town::PASSWORD));
    for world in &town.worlds {
        say(&format!("Practice {} wall: {}", world.kind().name(), world.url()));
    }
    running.until_signal().await
}

// diesel's closures need an error that a DbError can become; anyhow's own From does not name it
struct Failure(anyhow::Error);
impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

async fn add_user(
    kit: &Kit,
    name: String,
    email: String,
    role: &str,
    unit: Option<String>,
) -> anyhow::Result<()> {
    let role: Role = role.parse().map_err(|_| wrong_role(role))?;
    let password = match std::env::var("OPSLAG_PASSWORD") {
        Ok(password) => password,
        Err(_) => {
            eprint!("Password (at least {} characters): ", accounts::password::SHORTEST);
            let mut line = String::new();
            std::io::stdin().read_line(&mut line)?;
            line.trim_end_matches(['\r', '\n']).to_owned()
        }
    };
    if accounts::password::acceptable(&password).is_err() {
        bail!("the password must have {} to 256 characters", accounts::password::SHORTEST);
    }
    migrate::up(&kit.db)?;
    let hash = accounts::password::hash(&password, &kit.chance);
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let unit = find_unit(c, &k, unit.as_deref())?;
            let user = accounts::add_user(c, &k, &name, &email, Some(&hash), Language::Da)?;
            accounts::give_role(c, &k, user, unit, role, None)?;
            Ok::<_, Failure>(())
        })
        .await
        .map_err(|Failure(e)| e)
}

fn find_unit(
    c: &mut crate::db::Conn,
    kit: &Kit,
    name: Option<&str>,
) -> Result<crate::base::id::UnitId, Failure> {
    if let Some(name) = name {
        let unit = accounts::unit_named(c, name)?;
        return Ok(unit.with_context(|| format!("there is no unit called {name:?}"))?.id);
    }
    if let Some(unit) = accounts::organisation(c)? {
        return Ok(unit.id);
    }
    Ok(accounts::add_unit(c, kit, None, &kit.config.organisation.name, UnitKind::Organisation)?)
}

fn wrong_role(role: &str) -> anyhow::Error {
    let all: Vec<_> = Role::ALL.iter().map(|r| r.word()).collect();
    anyhow::anyhow!("{role:?} is no role; choose one of {}", all.join(", "))
}

async fn reindex(kit: &Kit) -> anyhow::Result<()> {
    let index = search::Index::open(&timetable::search_folder(kit))?;
    index.ask_to_begin_anew()?;
    let db = kit.db.clone();
    let (ours, count) = tokio::task::spawn_blocking(move || {
        migrate::up(&db)?;
        let ours = index.own()?;
        if ours {
            search::jobs::catch_up(&db, &index)?;
        }
        let count = index.count();
        index.close()?;
        Ok::<_, anyhow::Error>((ours, count))
    })
    .await??;
    if ours {
        say(&format!("{count} applications can be found."));
    } else {
        say("The running service has been asked to build its search index anew and is doing so.");
    }
    Ok(())
}

fn log(config: &Config) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_new(&config.log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // a second start in the same process (tests) keeps the first one's log
    let _ = match config.log.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}

#[expect(clippy::print_stdout, reason = "the command line's answer")]
fn say(text: &str) {
    println!("{text}");
}
