//! `/kalender`: what goes out when, beside holidays and deadlines, as a month, a week or a list; narrowed to channels, a
//! unit, or what needs somebody. What has not gone out can be moved: by a form, by dragging, by keys. What is out or under
//! way stays where it is (R15).

use std::collections::{BTreeMap, HashMap, HashSet};

use actix_web::{HttpRequest, web};
use askama::Template;
use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    calendar::{Span, View},
    clash,
    delivery::Event,
    pages::Badge,
    pause_pages::{Told, told},
    places::Places,
    said,
    silence::{self, Silence},
    store::{self, Delivery},
};
use crate::{
    accounts::{self, Right, Scope, Viewer, unit},
    base::{
        Instant, Subject,
        holidays::holiday,
        id::{AccountId, DeliveryId, PostingId, StoryId, UnitId},
        wall::WallTime,
    },
    channels::{self, ChannelKind, Connection},
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Which},
    stories,
    web::{
        Answer, FormView, Shell, Typed,
        forms::{Choice, Query},
        page,
    },
};

/// Something on a day.
struct Entry {
    /// Name of the element, so that the focus finds it again after it has moved.
    id: String,
    href: String,
    time: String,
    title: String,
    /// Colour class of its channel, or of a deadline.
    code: &'static str,
    /// Channel and state in words.
    line: String,
    look: &'static str,
    /// Where its form sends it and the wall time in its field; none for what stays.
    moves: Option<(String, String)>,
    /// Its account has slots that it may be moved to.
    slots: bool,
    /// Whom it meets, in a sentence.
    clash: Option<String>,
}

struct Day {
    date: NaiveDate,
    label: String,
    /// The day in full, for whoever does not see where it stands.
    full: String,
    note: String,
    today: bool,
    off: bool,
    out: bool,
    entries: Vec<Entry>,
}

struct Week {
    label: String,
    days: Vec<Day>,
}

#[derive(Template)]
#[template(path = "publishing/calendar.html")]
struct CalendarPage {
    shell: Shell,
    pauses: Vec<Told>,
    view: View,
    views: Vec<(String, String, bool)>,
    heading: String,
    lede: String,
    previous: String,
    next: String,
    today: String,
    /// This page again, for what was done on it.
    here: String,
    day: String,
    weekdays: Vec<&'static str>,
    weeks: Vec<Week>,
    channels: Vec<Choice>,
    /// Ads or stories, where there is something of both.
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    asking: i64,
    empty: bool,
    /// Units that let nothing out.
    silence: Silence,
    form: FormView,
}

/// `GET /kalender`
pub async fn calendar(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, query: Query) -> Answer {
    let scope = viewer.scope(Right::Publish)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let typed = query.0;
    let t = shell.t;
    let zone = kit.config.delivery.zone;
    let now = kit.clock.now();
    let today = WallTime::at(now, zone).local.date();
    let view = typed.get("vis").parse().unwrap_or(View::Month);
    let span = Span::of(view, typed.get("dag").parse().unwrap_or(today));
    let narrowed = Narrowed::by(&typed);
    let unit = typed.get("enhed").parse().ok();
    let (k, tells) = (kit.get_ref().clone(), viewer.scope(Right::WriteStories).ok().cloned());
    let read = move |c: &mut Conn| {
        let silence = silence::read(c, t, (&scope, tells.as_ref()), k.config.delivery.silent_days, now)?;
        Ok::<_, DbError>((Found::read(c, &k, &scope, span, unit, t)?, told(c, &scope, t, zone)?, silence))
    };
    let (found, pauses, silence) = kit.db.read(read).await?;
    let (mut days, count, asking) =
        (BTreeMap::<NaiveDate, Vec<Entry>>::new(), found.count(&narrowed), found.asking());
    for (at, entry) in found.entries(&narrowed, t, now) {
        days.entry(WallTime::at(at, zone).local.date()).or_default().push(entry);
    }
    let heading = heading(span, t);
    let all: Vec<Day> = span
        .days()
        .map(|date| {
            let closed = holiday(date);
            Day {
                label: label(date, span, t),
                full: format!(
                    "{} {}",
                    format::weekday(date.weekday(), t.language()),
                    format::date(date, t.language())
                ),
                note: closed.map(|key| t.say(key)).unwrap_or_default(),
                today: date == today,
                off: closed.is_some() || date.weekday().num_days_from_monday() > 4,
                out: !span.is_inside(date),
                entries: days.remove(&date).unwrap_or_default(),
                date,
            }
        })
        // in a list a day without anything is no line
        .filter(|day| view != View::List || !day.entries.is_empty())
        .collect();
    let address = |view: View, day: NaiveDate| address(&typed, view, day);
    page(&CalendarPage {
        pauses,
        view,
        views: View::ALL.iter().map(|v| (address(*v, span.around), t.say(v.key()), *v == view)).collect(),
        lede: t.with3("calendar-lede", "count", count, "span", &heading, "asking", asking),
        heading,
        previous: address(view, span.before()),
        next: address(view, span.after()),
        today: address(view, today),
        here: address(view, span.around),
        day: span.around.to_string(),
        weekdays: span
            .first
            .iter_days()
            .take(7)
            .map(|d| format::weekday(d.weekday(), t.language()))
            .collect(),
        empty: all.iter().all(|day| day.entries.is_empty()),
        weeks: weeks(all, view, t),
        channels: found.channel_choices(t),
        kinds: found.kind_choices(t),
        units: found.unit_choices(t),
        asking,
        silence,
        form: FormView::of(typed),
        shell,
    })
}

fn week_of(day: NaiveDate, t: Speech) -> String {
    t.with("calendar-week-number", "number", day.iso_week().week())
}

fn heading(span: Span, t: Speech) -> String {
    let language = t.language();
    match span.view {
        View::Month => format::month(span.around, language),
        View::Week => {
            format!("{}, {}", week_of(span.first, t), span.first.iso_week().year())
        }
        View::List => t.with("calendar-from", "date", format::date(span.first, language)),
    }
}

/// A day as its place asks for it: a number in a month, with the month at its edges, the weekday elsewhere.
fn label(day: NaiveDate, span: Span, t: Speech) -> String {
    let language = t.language();
    match span.view {
        View::Month if span.is_inside(day) => format::day_number(day, language),
        View::Month => format::short_date(day, language),
        View::Week | View::List => {
            format!("{} {}", format::weekday(day.weekday(), language), format::short_date(day, language))
        }
    }
}

fn weeks(days: Vec<Day>, view: View, t: Speech) -> Vec<Week> {
    if view != View::Month {
        return vec![Week { label: String::new(), days }];
    }
    let mut weeks: Vec<Week> = Vec::new();
    for day in days {
        if day.date.weekday() == Weekday::Mon || weeks.is_empty() {
            weeks.push(Week { label: week_of(day.date, t), days: Vec::with_capacity(7) });
        }
        if let Some(week) = weeks.last_mut() {
            week.days.push(day);
        }
    }
    weeks
}

/// This page, looked at otherwise, narrowed as it is.
fn address(typed: &Typed, view: View, day: NaiveDate) -> String {
    let mut fields = typed.clone();
    fields.set("vis", view.word());
    fields.set("dag", day.to_string());
    format!("/kalender?{}", serde_urlencoded::to_string(&fields.0).unwrap_or_default())
}

/// What is left out.
struct Narrowed {
    channels: Vec<ChannelKind>,
    /// `opslag` or `historie`; empty for both.
    kind: String,
    asking: bool,
}

impl Narrowed {
    fn by(typed: &Typed) -> Self {
        Self {
            channels: typed.all("kanal").filter_map(|c| c.parse().ok()).collect(),
            kind: typed.get("slags").to_owned(),
            asking: typed.get("kun") == "mig",
        }
    }
}

/// A delivery with what stands around it.
struct Sent {
    row: Delivery,
    about: Subject,
    unit: UnitId,
    account: Option<Connection>,
    /// Message key: that it is one of a series, or comes from the queue.
    from: Option<&'static str>,
}

const POSTING: &str = "opslag";
const STORY: &str = "historie";

/// The word for what a delivery is about, in the address.
const fn kind_of(about: Subject) -> &'static str {
    match about {
        Subject::Posting(_) => POSTING,
        Subject::Story(_) => STORY,
    }
}

/// Everything in a span that somebody may see.
struct Found {
    sent: Vec<Sent>,
    deadlines: Vec<(PostingId, UnitId, Instant)>,
    /// Free places.
    places: Places,
    /// Whom what waits meets.
    clashes: HashMap<DeliveryId, String>,
    titles: HashMap<Subject, String>,
    /// Units to choose from.
    choices: Vec<Choice>,
    /// The chosen unit and those below it.
    below: Option<HashSet<UnitId>>,
    zone: chrono_tz::Tz,
}

impl Found {
    fn read(
        c: &mut Conn,
        kit: &Kit,
        scope: &Scope,
        span: Span,
        unit: Option<UnitId>,
        t: Speech,
    ) -> Result<Self, DbError> {
        let zone = kit.config.delivery.zone;
        let midnight =
            |day: NaiveDate| WallTime { local: day.and_time(chrono::NaiveTime::MIN), zone }.instant().0;
        let (from_day, before) = (midnight(span.first), midnight(span.end));
        let places = Places::read(c, kit, scope, unit, (from_day, before))?;
        let rows = store::between(c, scope, from_day, before)?;
        let deadlines = postings::deadlines(c, scope, from_day, before)?;
        let accounts: HashMap<AccountId, Connection> =
            channels::connections(c)?.into_iter().map(|known| (known.id, known)).collect();
        let publications: Vec<_> = rows.iter().map(|(row, ..)| row.publication_id).collect();
        let repeating = store::repeating(c, &publications)?;
        let queued = store::from_queue(c, &publications)?;
        let from = |id| {
            let series = repeating.contains(&id).then_some("series-badge");
            series.or(queued.contains(&id).then_some("evergreen-badge"))
        };
        let sent: Vec<Sent> = rows
            .into_iter()
            .map(|(row, about, unit)| Sent {
                from: from(row.publication_id),
                account: accounts.get(&row.account_id).cloned(),
                row,
                about,
                unit,
            })
            .collect();
        let waits = |s: &&Sent| s.row.state.on(Event::Moved, s.row.ever_ambiguous).is_some();
        let waiting: Vec<_> = sent.iter().filter(waits).map(|s| (s.row.id, s.row.account_id)).collect();
        let clashes = clash::marks(c, kit, t, &waiting, (from_day, before))?;
        let mut ids: Vec<PostingId> = sent
            .iter()
            .filter_map(|s| s.about.posting())
            .chain(deadlines.iter().map(|(id, ..)| *id))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut told: Vec<StoryId> = sent.iter().filter_map(|s| s.about.story()).collect();
        told.sort_unstable();
        told.dedup();
        let ads = postings::names(c, scope, Which::These(&ids), t.language())?;
        let stories = stories::names(c, &told, t.language())?;
        let titles = ads
            .into_iter()
            .map(|called| (called.id.into(), called.title))
            .chain(stories.into_iter().map(|called| (called.id.into(), called.title)))
            .collect();
        let units = accounts::units(c)?;
        let below = unit.map(|unit| unit::below(&units, unit));
        Ok(Self {
            sent,
            deadlines,
            places,
            clashes,
            titles,
            choices: unit::choices(&units, scope),
            below,
            zone,
        })
    }

    /// Whether a unit is the one that was chosen, or below it.
    fn is_chosen(&self, unit: UnitId) -> bool {
        self.below.as_ref().is_none_or(|below| below.contains(&unit))
    }

    fn shown<'f>(&'f self, by: &'f Narrowed) -> impl Iterator<Item = &'f Sent> {
        self.sent.iter().filter(|s| {
            let channel = by.channels.is_empty()
                || s.account.as_ref().is_some_and(|a| by.channels.contains(&a.channel));
            let kind = by.kind.is_empty() || by.kind == kind_of(s.about);
            let asking = !by.asking || s.row.state.asks_somebody();
            channel && kind && asking && self.is_chosen(s.unit)
        })
    }

    fn count(&self, by: &Narrowed) -> i64 {
        i64::try_from(self.shown(by).count()).unwrap_or(i64::MAX)
    }

    fn asking(&self) -> i64 {
        i64::try_from(self.sent.iter().filter(|s| s.row.state.asks_somebody()).count()).unwrap_or(i64::MAX)
    }

    /// Everything with its instant, in order; what shares an instant by its title and channel, so that nothing
    /// changes places from one look to the next.
    fn entries(&self, by: &Narrowed, t: Speech, now: Instant) -> Vec<(Instant, Entry)> {
        let mut all: Vec<(Instant, Entry)> =
            self.shown(by).map(|sent| (sent.row.due_at, self.delivery(sent, t, now))).collect();
        if !by.asking && by.channels.is_empty() && by.kind != STORY {
            let wanted = self.deadlines.iter().filter(|(_, unit, _)| self.is_chosen(*unit));
            all.extend(wanted.map(|(id, _, at)| (*at, self.deadline(*id, *at, t))));
        }
        if !by.asking && by.kind.is_empty() {
            all.extend(
                self.places.shown(&by.channels).map(|(at, accounts)| (at, self.place(at, &accounts, t))),
            );
        }
        all.sort_by(|(at, a), (bt, b)| (at, &a.title, &a.line, &a.id).cmp(&(bt, &b.title, &b.line, &b.id)));
        all
    }

    fn title(&self, about: Subject) -> String {
        self.titles.get(&about).cloned().unwrap_or_default()
    }

    fn delivery(&self, sent: &Sent, t: Speech, now: Instant) -> Entry {
        let row = &sent.row;
        let chip = said::chip(t, row, now);
        let badge = sent.account.as_ref().map(Badge::at);
        let channel = badge.as_ref().map(|b| b.name.clone()).unwrap_or_default();
        let local = WallTime::at(row.due_at, said::zone(row));
        let may = row.state.on(Event::Moved, row.ever_ambiguous).is_some() && !row.is_leased(now);
        Entry {
            id: format!("u{}", row.id),
            href: format!("/udsendelser/{}", row.id),
            time: format::clock(local.local, t.language()),
            title: self.title(sent.about),
            code: badge.map_or("", |b| b.code),
            line: match sent.from {
                Some(key) => format!("{channel} · {} · {}", chip.label, t.say(key)),
                None => format!("{channel} · {}", chip.label),
            },
            look: chip.look,
            moves: may.then(|| (format!("/udsendelser/{}/flyt", row.id), local.field())),
            slots: self.places.with_slots.contains(&row.account_id),
            clash: self.clashes.get(&row.id).cloned(),
        }
    }

    fn deadline(&self, posting: PostingId, at: Instant, t: Speech) -> Entry {
        let local = WallTime::at(at, self.zone).local;
        Entry {
            id: format!("f{posting}"),
            href: format!("/jobopslag/{posting}"),
            time: t.say("calendar-deadline"),
            title: self.title(posting.into()),
            code: "frist",
            line: format::time(local, t.language()),
            look: "",
            moves: None,
            slots: false,
            clash: None,
        }
    }

    /// A free place, of one account or of several.
    fn place(&self, at: Instant, accounts: &[&Connection], t: Speech) -> Entry {
        let local = WallTime::at(at, self.zone).local;
        let mut names: Vec<String> = accounts.iter().map(|account| account.place().to_owned()).collect();
        names.dedup();
        Entry {
            id: format!("p{}", at.seconds()),
            href: String::new(),
            time: format::clock(local, t.language()),
            title: t.say("slot-free"),
            code: "plads",
            line: names.join(", "),
            look: "",
            moves: None,
            slots: false,
            clash: None,
        }
    }

    fn channel_choices(&self, t: Speech) -> Vec<Choice> {
        let mut kinds: Vec<ChannelKind> =
            self.sent.iter().filter_map(|s| Some(s.account.as_ref()?.channel)).collect();
        kinds.sort_unstable_by_key(|kind| kind.name());
        kinds.dedup();
        let name = |kind: ChannelKind| match kind {
            ChannelKind::Package => t.say("package-kind"),
            kind => kind.name().to_owned(),
        };
        kinds.into_iter().map(|kind| Choice::new(kind.word(), name(kind))).collect()
    }

    /// Nothing to choose where all there is is of one kind.
    fn kind_choices(&self, t: Speech) -> Vec<Choice> {
        let has = |kind: &str| self.sent.iter().any(|s| kind_of(s.about) == kind);
        if !has(STORY) {
            return Vec::new();
        }
        vec![
            Choice::new("", t.say("calendar-every-kind")),
            Choice::new(POSTING, t.say("calendar-kind-posting")),
            Choice::new(STORY, t.say("calendar-kind-story")),
        ]
    }

    fn unit_choices(self, t: Speech) -> Vec<Choice> {
        let every = Choice::new("", t.say("calendar-every-unit"));
        std::iter::once(every).chain(self.choices).collect()
    }
}
