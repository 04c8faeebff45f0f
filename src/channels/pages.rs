//! `/kanaler`: every connected account and one of them.

use std::collections::HashMap;

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    Ability, ChannelKind, Channels, Class, Connection, Sort, Standing, Until, actions, kind::Way,
    package::Posting, store, until,
};
use crate::{
    accounts::{self, Posted, Right, Unit, Viewer},
    base::id::{AccountId, UnitId},
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    web::{Answer, Fault, Shell, page, see_other},
};

/// An account as a row shows it.
pub(super) struct Row {
    mark: &'static str,
    letter: &'static str,
    channel: String,
    practice: bool,
    name: String,
    handle: String,
    state: String,
    look: &'static str,
    icon: &'static str,
    is_lost: bool,
    is_ended: bool,
    until: String,
    checked: String,
    unit: String,
    responsible: String,
    why: String,
    words: String,
    when: String,
    href: String,
    again: String,
    may_manage: bool,
}

/// Names that rows need.
pub(super) struct Names {
    units: HashMap<UnitId, String>,
    people: HashMap<String, String>,
}

impl Names {
    pub(super) fn read(conn: &mut Conn, units: &[Unit]) -> Result<Self, DbError> {
        let people = accounts::users(conn)?.into_iter().map(|u| (format!("user:{}", u.id), u.name)).collect();
        Ok(Self { units: units.iter().map(|u| (u.id, u.name.clone())).collect(), people })
    }
    fn unit(&self, id: UnitId) -> String {
        self.units.get(&id).cloned().unwrap_or_default()
    }
}

fn row(
    connection: &Connection,
    held: Option<&store::Held>,
    names: &Names,
    viewer: &Viewer,
    (kit, t): (&Kit, Speech),
) -> Row {
    let zone = kit.config.delivery.zone;
    let at = |instant| format::instant_short(instant, zone, t.language());
    let (mark, letter) = connection.badge();
    let unwell = connection.problem.is_some();
    let (key, look, icon) = match connection.state {
        Standing::Connected if unwell => ("channels-state-unwell", "warn", "warning"),
        Standing::Connected => ("channels-state-connected", "ok", "check"),
        Standing::NeedsReconnect => ("channels-state-needs-reconnect", "bad", "link"),
        Standing::Disconnected => ("channels-state-disconnected", "line", ""),
    };
    let until = match (connection.state, connection.problem_at) {
        (Standing::Connected, _) => match held.map(|held| until::until(kit, connection, held)) {
            Some(Until::End(end)) => format::instant_long(end, zone, t.language()),
            Some(Until::Renewed) => t.say("channels-until-renewed"),
            Some(Until::Ever) | None => t.say("channels-until-ended"),
        },
        (Standing::NeedsReconnect, Some(when)) => t.with("channels-until-lost", "when", at(when)),
        _ => "–".to_owned(),
    };
    Row {
        mark: if connection.practice { connection.channel.profile().practice_mark } else { mark },
        letter,
        channel: connection.place().to_owned(),
        practice: connection.practice,
        name: connection.name().to_owned(),
        handle: shown_handle(connection),
        state: t.say(key),
        look,
        icon,
        is_lost: connection.state == Standing::NeedsReconnect,
        is_ended: connection.state == Standing::Disconnected,
        until,
        checked: connection.checked_at.map_or_else(|| "–".to_owned(), at),
        unit: names.unit(connection.unit_id),
        responsible: names.people.get(&connection.connected_by).cloned().unwrap_or_else(|| "–".to_owned()),
        why: connection.problem.as_deref().map(|key| t.say(key)).unwrap_or_default(),
        words: connection.problem_words.clone().unwrap_or_default(),
        when: connection.problem_at.map(at).unwrap_or_default(),
        href: format!("/kanaler/{}", connection.id),
        again: match connection.channel.profile().way {
            Way::ByHand => format!("/kanaler/{}/pakke", connection.id),
            _ => format!("/kanaler/forbind/{}?konto={}", connection.channel, connection.id),
        },
        may_manage: viewer.may_in(Right::ManageChannels, connection.unit_id),
    }
}

/// `@kommune.bsky.social`, `@kommune@social.example`.
pub(super) fn shown_handle(connection: &Connection) -> String {
    if let Some(place) = Sort::of(connection).map(|_| connection.name()) {
        return place.to_owned();
    }
    format!("@{}", connection.handle.trim_start_matches('@'))
}

/// The accounts this person sees: those they look after, and those they may send through. An account
/// serves its unit and everything below.
fn seen(viewer: &Viewer, all: Vec<Connection>, units: &[Unit]) -> Result<Vec<Connection>, Fault> {
    let publish = viewer.scope(Right::Publish);
    let manage = viewer.scope(Right::ManageChannels);
    if let (Err(fault), Err(_)) = (&publish, &manage) {
        return Err(match fault {
            Fault::Forbidden => Fault::Forbidden,
            _ => Fault::NotFound,
        });
    }
    let serves = |account: UnitId| {
        let below = accounts::unit::below(units, account);
        publish.as_ref().is_ok_and(|scope| below.iter().any(|u| scope.covers_unit(*u)))
    };
    Ok(all
        .into_iter()
        .filter(|c| manage.as_ref().is_ok_and(|s| s.covers_unit(c.unit_id)) || serves(c.unit_id))
        .collect())
}

#[derive(Template)]
#[template(path = "channels/list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Row>,
    lost: Vec<Row>,
    may_manage: bool,
}

/// `GET /kanaler`
pub async fn list(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    let (all, units, names) = kit
        .db
        .read(|c| {
            let units = accounts::units(c)?;
            let names = Names::read(c, &units)?;
            let all = store::connections(c)?;
            let mut tokens = HashMap::new();
            for connection in &all {
                tokens.extend(store::token(c, connection.id)?.map(|held| (connection.id, held)));
            }
            Ok::<_, DbError>((all, units, (names, tokens)))
        })
        .await?;
    let (names, tokens) = names;
    let shell = viewer.shell(&req, &kit.config);
    let mut mine = seen(&viewer, all, &units)?;
    // what does not work first, what is over last
    mine.sort_by_key(|c| match c.state {
        Standing::NeedsReconnect => 0,
        Standing::Connected => 1,
        Standing::Disconnected => 2,
    });
    let rows = |wanted: fn(&Connection) -> bool| -> Vec<Row> {
        mine.iter()
            .filter(|c| wanted(c))
            .map(|c| row(c, tokens.get(&c.id), &names, &viewer, (&kit, shell.t)))
            .collect()
    };
    let lost = rows(|c| c.state == Standing::NeedsReconnect);
    let rows = rows(|_| true);
    page(&ListPage { may_manage: viewer.may(Right::ManageChannels), shell, rows, lost })
}

/// One right as the page shows it.
pub(super) struct ShownRight {
    pub name: String,
    pub purpose: String,
    pub given: bool,
}

/// What was granted, held against what is asked for (R32).
pub(super) fn rights(channel: ChannelKind, granted: &[String], t: Speech) -> Vec<ShownRight> {
    let profile = channel.profile();
    profile
        .scopes
        .iter()
        .map(|wanted| ShownRight {
            name: t.say(wanted.key),
            purpose: t.say(wanted.purpose),
            given: (profile.covers)(granted, wanted.scope),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "channels/account.html")]
struct AccountPage {
    shell: Shell,
    row: Row,
    profile: String,
    rights: Vec<ShownRight>,
    text_max: usize,
    alt_max: usize,
    pictures: String,
    films: String,
    server: String,
    connected: String,
    safety: String,
    look_action: String,
    end_action: String,
    slots_page: String,
    /// Of a place without an API.
    place: Option<PlaceFacts>,
}

/// What is known of a place where a person posts.
struct PlaceFacts {
    sort: String,
    person: String,
    lead: String,
    change: String,
}

impl PlaceFacts {
    fn of(connection: &Connection, posting: Option<&Posting>, names: &Names, t: Speech) -> Option<Self> {
        let sort = Sort::of(connection)?;
        let person = posting.and_then(|p| names.people.get(&format!("user:{}", p.person)));
        Some(Self {
            sort: t.say(sort.key()),
            person: person.cloned().unwrap_or_else(|| "–".to_owned()),
            lead: t.with("package-lead-is", "count", posting.map_or(0, |p| p.lead_days)),
            change: format!("/kanaler/{}/pakke", connection.id),
        })
    }
}

/// `GET /kanaler/{id}`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<AccountId>) -> Answer {
    let id = id.into_inner();
    let (found, held, units, names, posting) = kit
        .db
        .read(move |c| {
            let units = accounts::units(c)?;
            let names = Names::read(c, &units)?;
            let posting = store::posting_at(c, id)?;
            Ok::<_, DbError>((store::connection(c, id)?, store::token(c, id)?, units, names, posting))
        })
        .await?;
    let connection = seen(&viewer, found.into_iter().collect(), &units)?.pop().ok_or(Fault::NotFound)?;
    let shell = viewer.shell(&req, &kit.config);
    let (t, language) = (shell.t, shell.t.language());
    let place = PlaceFacts::of(&connection, posting.as_ref(), &names, t);
    let Ability { text_max, alt_max, images_max, image_max_bytes, video_max_bytes, class, .. } =
        connection.ability;
    let size = |n: u64| format::bytes(i64::try_from(n).unwrap_or(i64::MAX), language);
    page(&AccountPage {
        row: row(&connection, held.as_ref(), &names, &viewer, (&kit, t)),
        profile: connection.address(&kit.config),
        rights: rights(connection.channel, &connection.granted, t),
        text_max,
        alt_max,
        pictures: match image_max_bytes {
            _ if images_max == 0 => t.say("channels-limit-pictures-none"),
            0 => t.with("channels-limit-pictures-any-size", "count", images_max),
            n => t.with2("channels-limit-pictures-are", "count", images_max, "size", size(n)),
        },
        films: match video_max_bytes {
            0 => t.say("channels-limit-films-none"),
            n => t.with("channels-limit-films-are", "size", size(n)),
        },
        server: connection.base_url.trim_end_matches('/').to_owned(),
        connected: format::instant_long(connection.connected_at, kit.config.delivery.zone, language),
        safety: t.say(match class {
            Class::OwnName => "channels-safety-own-name",
            Class::Key { .. } => "channels-safety-key",
            Class::TwoPhase => "channels-safety-two-phase",
            Class::ReadBack => "channels-safety-read-back",
            Class::RefusesDuplicates => "channels-safety-refuses-duplicates",
            Class::Blind => "channels-safety-blind",
            Class::ByHand => "channels-safety-by-hand",
        }),
        look_action: format!("/kanaler/{id}/tjek"),
        end_action: format!("/kanaler/{id}/afbryd"),
        slots_page: format!("/kanaler/{id}/pladser"),
        place,
        shell,
    })
}

/// An account this person looks after.
pub(super) async fn managed(kit: &Kit, viewer: &Viewer, id: AccountId) -> Result<Connection, Fault> {
    viewer.scope(Right::ManageChannels)?;
    let found = kit.db.read(move |c| store::connection(c, id)).await?;
    found.filter(|c| viewer.may_in(Right::ManageChannels, c.unit_id)).ok_or(Fault::NotFound)
}

/// `POST /kanaler/{id}/tjek`
pub async fn look(
    req: HttpRequest,
    kit: web::Data<Kit>,
    channels: web::Data<Channels>,
    posted: Posted,
    id: web::Path<AccountId>,
) -> Answer {
    let connection = managed(&kit, &posted.viewer, *id).await?;
    let standing = actions::look(&kit, &channels, connection.id).await?;
    let after = managed(&kit, &posted.viewer, *id).await?;
    let key = match standing {
        Standing::Connected if after.problem.is_none() => "channels-looked-well",
        Standing::Connected => "channels-looked-unwell",
        _ => "channels-looked-lost",
    };
    let t = posted.viewer.shell(&req, &kit.config).t;
    posted.viewer.say_next(&kit, t.with("channels-looked", "result", t.say(key))).await?;
    Ok(see_other(format!("/kanaler/{id}")))
}

/// `POST /kanaler/{id}/afbryd`
pub async fn disconnect(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<AccountId>,
) -> Answer {
    let connection = managed(&kit, &posted.viewer, *id).await?;
    let (k, by) = (kit.clone(), posted.viewer.actor());
    kit.db.write(move |c| actions::disconnect(c, &k, connection.id, by)).await?;
    let t = posted.viewer.shell(&req, &kit.config).t;
    posted.viewer.say_next(&kit, t.with("channels-ended", "account", shown_handle(&connection))).await?;
    Ok(see_other("/kanaler"))
}
