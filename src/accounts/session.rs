//! The [`Viewer`]: who asks, what they may and where. An actix extractor; no handler reaches data
//! without it. Also [`Posted`] (a viewer with a form whose token fits) and [`Caller`] (an API token).

use std::{
    collections::{HashMap, HashSet},
    future::Future,
    pin::Pin,
    time::Duration,
};

use actix_web::{FromRequest, HttpRequest, cookie::Cookie, dev::Payload, web};

use super::{
    Right, Role, Scope, User,
    audit::Actor,
    bars::Bars,
    store::{self, Held},
};
use crate::{
    base::{
        Instant,
        id::{ApiTokenId, PostingId, UnitId},
    },
    config::Config,
    db::{Conn, DbError},
    kit::Kit,
    secrets::fingerprint,
    web::{
        Fault, Shell, Typed, csrf,
        shell::{NavItem, ShownUser, language_of},
    },
};

/// The rights of somebody, each with where it holds.
#[derive(Clone, Debug, Default)]
pub struct Rights(HashMap<Right, Scope>);

impl Rights {
    /// Read with every request and kept nowhere: a role or a unit that changes, here or in another process on the
    /// same database, holds for the next one.
    fn of(conn: &mut Conn, held: &[Held], bars: &Bars) -> Result<Self, DbError> {
        let mut rights: HashMap<Right, Scope> = HashMap::new();
        for membership in held {
            // a panel seat opens its posting, not the unit it lies in
            let reach = match membership.posting_id {
                Some(_) => Vec::new(),
                None if membership.role == Role::PanelMember => Vec::new(),
                None => store::below(conn, membership.unit_id)?,
            };
            for right in membership.role.rights() {
                let scope = rights.entry(*right).or_default();
                scope.units.extend(&reach);
                scope.postings.extend(membership.posting_id);
            }
        }
        for (right, scope) in &mut rights {
            if right.opens_applications() {
                scope.postings.retain(|posting| !bars.owed.contains(posting));
                scope.withheld.clone_from(&bars.owed);
                scope.left_out.clone_from(&bars.related);
            }
        }
        Ok(Self(rights))
    }

    /// Where `right` holds; the fault when nowhere.
    pub fn scope(&self, right: Right) -> Result<&Scope, Fault> {
        self.0.get(&right).filter(|s| !s.is_empty()).ok_or(Fault::Forbidden)
    }
    /// Whether `right` holds anywhere.
    pub fn may(&self, right: Right) -> bool {
        self.scope(right).is_ok()
    }
}

/// Somebody who is logged in.
#[derive(Clone, Debug)]
pub struct Viewer {
    user: User,
    rights: Rights,
    /// Postings in whose panel this person sits and has not accepted confidentiality.
    owed: HashSet<PostingId>,
    csrf: String,
    session_hash: String,
    flash: Option<String>,
}

impl Viewer {
    /// Where this person may do it; [`Fault::Forbidden`] when nowhere.
    pub fn scope(&self, right: Right) -> Result<&Scope, Fault> {
        self.rights.scope(right)
    }
    /// Whether this person may do it anywhere.
    pub fn may(&self, right: Right) -> bool {
        self.rights.may(right)
    }
    /// Whether this person may do it in this unit.
    pub fn may_in(&self, right: Right, unit: UnitId) -> bool {
        self.rights.scope(right).is_ok_and(|s| s.covers_unit(unit))
    }
    /// Whether this person sits in the posting's panel and has not accepted confidentiality yet.
    pub fn owes_pledge(&self, posting: PostingId) -> bool {
        self.owed.contains(&posting)
    }
    /// The person.
    pub fn user(&self) -> &User {
        &self.user
    }
    /// For the audit log.
    pub fn actor(&self) -> Actor {
        Actor::User(self.user.id)
    }
    /// Names this browser session without being able to open it.
    pub fn session_hash(&self) -> &str {
        &self.session_hash
    }
    /// Refuses a form whose token is not this session's.
    pub fn check_csrf(&self, given: &str) -> Result<(), Fault> {
        if csrf::same(given, &self.csrf) { Ok(()) } else { Err(Fault::Foreign) }
    }

    /// The shell of a staff page.
    pub fn shell(&self, req: &HttpRequest, config: &Config) -> Shell {
        let mut shell = Shell::new(req, config, language_of(req, Some(self.user.language)));
        shell.csrf.clone_from(&self.csrf);
        shell.flash.clone_from(&self.flash);
        shell.user = Some(ShownUser {
            name: self.user.name.clone(),
            initials: super::user::initials(&self.user.name),
        });
        let places: [(&'static str, &str, &'static str, &[Right]); 17] = [
            ("/start", "nav-start", "home", &[]),
            ("/jobopslag", "nav-postings", "assignment", &[Right::ReadPostings]),
            ("/indhold", "nav-stories", "chat", &[Right::WriteStories]),
            ("/kampagner", "nav-campaigns", "flag", &[Right::ReadCounts]),
            ("/ansoegere", "nav-applicants", "groups", &[Right::ReadApplications]),
            ("/soeg", "nav-search", "search", &[Right::ReadApplications]),
            ("/svar", "nav-answers", "email", &[Right::MoveApplications]),
            ("/kalender", "nav-calendar", "calendar-month", &[Right::Publish]),
            ("/godkendelser", "nav-approvals", "check", &[Right::EditPostings]),
            ("/udsendelser", "nav-deliveries", "send", &[Right::Publish]),
            ("/kanaler", "nav-channels", "link", &[Right::ManageChannels, Right::Publish]),
            ("/medier", "nav-media", "photo-camera", &[Right::UseMedia]),
            ("/bistand", "nav-support", "help", &[Right::AskForHelp, Right::GiveHelp]),
            ("/tal", "nav-numbers", "analytics", &[Right::ReadCounts]),
            ("/personer", "nav-people", "persons", &[Right::ManagePeople]),
            ("/slettefrister", "nav-retention", "delete", &[Right::SeeRetention]),
            ("/log", "nav-log", "view-in-list", &[Right::ReadAudit]),
        ];
        shell.nav = places
            .into_iter()
            .filter(|(_, _, _, rights)| rights.is_empty() || rights.iter().any(|r| self.may(*r)))
            .map(|(href, key, icon, _)| NavItem {
                href,
                label: shell.t.say(key),
                icon,
                current: req.path() == href || req.path().starts_with(&format!("{href}/")),
            })
            .collect();
        shell
    }

    /// Says `text` once, on the next page this session sees.
    pub async fn say_next(&self, kit: &Kit, text: String) -> Result<(), Fault> {
        let hash = self.session_hash.clone();
        Ok(kit.db.write(move |c| store::set_flash(c, &hash, Some(&text))).await?)
    }
}

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Fault>>>>;

impl FromRequest for Viewer {
    type Error = Fault;
    type Future = Extracting<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let kit = req.app_data::<web::Data<Kit>>().expect("the kit is given to every app").clone();
        let cookie = req.cookie(cookie_name(&kit.config)).map(|c| c.value().to_owned());
        let page = req.method() == actix_web::http::Method::GET;
        Box::pin(async move {
            let hash = fingerprint(&cookie.ok_or(Fault::LoggedOut)?);
            let now = kit.clock.now();
            let idle = now - Duration::from_secs(kit.config.accounts.session_idle_minutes * 60);
            let found = kit
                .db
                .read({
                    let hash = hash.clone();
                    move |c| load(c, &hash, now, idle)
                })
                .await?;
            let (row, rights, owed) = found.ok_or(Fault::LoggedOut)?;
            // written at most once a minute, or when a message was said
            let said = page && row.flash.is_some();
            if said || now.since(row.seen_at) > Duration::from_secs(60) {
                let hash = hash.clone();
                kit.db
                    .write(move |c| {
                        if said {
                            store::set_flash(c, &hash, None)?;
                        }
                        store::touch_session(c, &hash, now)
                    })
                    .await?;
            }
            Ok(Self {
                user: row.user,
                rights,
                owed,
                csrf: row.csrf,
                session_hash: hash,
                flash: row.flash.filter(|_| page),
            })
        })
    }
}

type Loaded = (store::SessionRow, Rights, HashSet<PostingId>);

fn load(conn: &mut Conn, hash: &str, now: Instant, idle: Instant) -> Result<Option<Loaded>, DbError> {
    let Some(row) = store::session(conn, hash, now, idle)? else { return Ok(None) };
    let held = store::held(conn, row.user.id, now)?;
    let bars = Bars::of(conn, row.user.id, &held)?;
    let rights = Rights::of(conn, &held, &bars)?;
    Ok(Some((row, rights, bars.owed)))
}

/// A viewer and the form they sent, with the token in it checked.
pub struct Posted {
    /// Who.
    pub viewer: Viewer,
    /// What.
    pub typed: Typed,
}

impl FromRequest for Posted {
    type Error = Fault;
    type Future = Extracting<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let viewer = Viewer::from_request(req, payload);
        let typed = Typed::from_request(req, payload);
        Box::pin(async move {
            let viewer = viewer.await?;
            let typed = typed.await?;
            viewer.check_csrf(typed.get(csrf::FIELD))?;
            Ok(Self { viewer, typed })
        })
    }
}

/// Another system, by its bearer token: one role in one unit and below.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Which token.
    pub token: ApiTokenId,
    /// Its unit.
    pub unit: UnitId,
    rights: Rights,
}

impl Caller {
    /// Where this token may do it; [`Fault::Forbidden`] when nowhere.
    pub fn scope(&self, right: Right) -> Result<&Scope, Fault> {
        self.rights.scope(right)
    }
    /// For the audit log.
    pub fn actor(&self) -> Actor {
        Actor::Token(self.token)
    }
}

impl FromRequest for Caller {
    type Error = Fault;
    type Future = Extracting<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let kit = req.app_data::<web::Data<Kit>>().expect("the kit is given to every app").clone();
        let header = req.headers().get("authorization").and_then(|h| h.to_str().ok()).unwrap_or_default();
        let secret = header.strip_prefix("Bearer ").map(|s| s.trim().to_owned());
        Box::pin(async move {
            let hash = fingerprint(&secret.ok_or(Fault::LoggedOut)?);
            kit.db
                .read(move |c| {
                    let Some((token, unit, role)) = store::token(c, &hash)? else {
                        return Err(Fault::LoggedOut);
                    };
                    let held = Held { unit_id: unit, role, posting_id: None };
                    // a token sits in no panel and knows nobody
                    let rights = Rights::of(c, &[held], &Bars::default())?;
                    Ok(Self { token, unit, rights })
                })
                .await
        })
    }
}

/// The session cookie's name: `__Host-` where browsers allow it, that is over https.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.secure() { "__Host-opslag" } else { "opslag" }
}

/// The session cookie.
pub fn cookie(config: &Config, token: String) -> Cookie<'static> {
    Cookie::build(cookie_name(config), token)
        .path("/")
        .http_only(true)
        .secure(config.secure())
        .same_site(actix_web::cookie::SameSite::Lax)
        .finish()
}
