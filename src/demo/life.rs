//! Five weeks in Fjordby, lived in half a minute: ads are opened and published, people see them and apply, are
//! assessed, invited, turned down and hired. Every step is the same action a person would take, at its own time.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use anyhow::Context as _;

use super::{
    ads::{self, Ad, AdState},
    answers, assessment,
    campaigns::{self, Laid},
    help,
    papers::{certificate, docx, pdf},
    people::{self, Person, Trade},
    retention,
    town::{Failure, People, spooled},
};
use crate::{
    accounts::{self, Scope, audit::Actor},
    answers::close_posting,
    applications::{
        Contact, Outcome, PaperKind, Stage as Step, Via,
        actions::{self, Change, Paper, Submission},
        magic_token, papers,
        stage::Column,
    },
    base::{
        Chance, Instant, Language,
        id::{AccountId, ApplicationId, AssetId, PostingId, SupportId, UnitId},
        text,
        wall::WallTime,
    },
    channels::{Audience, ChannelKind, Choices, ConnectError, Place, Sort, package},
    db::DbError,
    kit::Kit,
    postings::{self, CloseReason, MediaRole, Posting},
    publishing::{
        self,
        publish::{Order, Part},
    },
    secrets::fingerprint,
    timetable, tracking,
};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What stands ready before the first day.
pub struct Stage {
    /// The tree, the organisation first.
    pub units: Vec<UnitId>,
    /// Who works there.
    pub people: People,
    /// In the order of [`ads::PICTURES`].
    pub pictures: Vec<AssetId>,
    /// The connected channels.
    pub accounts: Vec<AccountId>,
    /// Those that take films and nothing else.
    pub films: Vec<AccountId>,
}

/// Something that happens; `usize` is the ad's place in the list.
enum Event {
    Write(usize),
    Publish(usize),
    Apply(usize),
    Move(ApplicationId, Column),
    Withdraw(ApplicationId),
    Close(usize),
    Help(help::Turn),
    /// a story, by its place
    Tell(usize),
    Follow(usize),
}

struct Life<'a> {
    kit: &'a Kit,
    parts: &'a timetable::Parts,
    stage: &'a Stage,
    scope: Scope,
    ads: [Ad; 12],
    postings: BTreeMap<usize, Posting>,
    /// what units asked communications for
    asked: BTreeMap<usize, SupportId>,
    /// campaigns, and what was told in them
    laid: Laid,
    /// the same people at every start
    chance: Chance,
    /// when people look at it
    today: Instant,
    calendar: BTreeMap<(Instant, usize), Event>,
    /// so that two things may happen at the same time
    noted: usize,
    applied: usize,
    /// how often the panel has met, so that it is the same at every start
    assessed: AtomicUsize,
}

/// Lives through all of it, up to now.
pub async fn live(kit: &Kit, parts: &timetable::Parts, stage: &Stage) -> anyhow::Result<()> {
    let scope = kit.db.read(accounts::everywhere).await?;
    let today = crate::base::Clock::real().now();
    let laid = campaigns::lay_out(kit, &stage.people, &stage.units, today).await?;
    let mut life = Life {
        kit,
        parts,
        stage,
        scope,
        ads: ads::all(),
        postings: BTreeMap::new(),
        asked: BTreeMap::new(),
        laid,
        chance: Chance::seeded(8799),
        today,
        calendar: BTreeMap::new(),
        noted: 0,
        applied: 0,
        assessed: AtomicUsize::new(0),
    };
    life.plan();
    let mut day = 0;
    while let Some(((at, _), event)) = life.calendar.pop_first() {
        if at > life.today {
            break;
        }
        kit.clock.forward_to(at);
        life.happens(event).await?;
        // receipts leave at once; what is counted can wait for the evening
        timetable::runner(kit, parts).drain().await?;
        if at.seconds() / 86_400 != day {
            day = at.seconds() / 86_400;
            parts.visits.flush(&kit.db).await?;
        }
    }
    kit.clock.forward_to(life.today);
    timetable::runner(kit, parts).drain().await?;
    parts.visits.flush(&kit.db).await?;
    life.ahead().await?;
    let closed: Vec<PostingId> = (0..life.ads.len())
        .filter(|n| life.ads[*n].state == AdState::Closed)
        .filter_map(|n| Some(life.postings.get(&n)?.id))
        .collect();
    if let [leaders, office] = closed[..] {
        retention::set(kit, parts, &stage.people, &life.scope, (leaders, office)).await?;
    }
    postings::renew();
    Ok(())
}

impl Life<'_> {
    fn plan(&mut self) {
        for (at, turn) in help::turns(self.today) {
            self.note(at, Event::Help(turn));
        }
        for (at, n, told) in campaigns::tellings(self.today, &self.chance) {
            if told {
                self.note(at_work(at), Event::Tell(n));
            } else {
                self.note(awake(at), Event::Follow(n));
            }
        }
        for n in 0..self.ads.len() {
            let ad = &self.ads[n];
            let (opened, deadline, count) = (ad.opened, ad.deadline, ad.applications);
            let (drafted, closed) = (ad.state == AdState::Draft, ad.state == AdState::Closed);
            let begun = at_work(self.today - DAY * u32::try_from(opened).unwrap_or(0));
            self.note(begun, Event::Write(n));
            if drafted {
                continue;
            }
            self.note(begun + HOUR, Event::Publish(n));
            let ends = if deadline < 0 { self.days_from_now(deadline) } else { self.today };
            let minutes = ends.since(begun).as_secs() / 60 - 180;
            for _ in 0..count {
                let after = Duration::from_secs(60 * (120 + self.chance.below(minutes)));
                // when people are up may lie before the ad was there
                self.note(awake(begun + after).max(begun + HOUR * 2), Event::Apply(n));
            }
            if closed {
                self.note(ends + DAY * 7, Event::Close(n));
            } else if deadline < 0 {
                // two who came too late; the panel decides about them
                self.note(ends + HOUR * 9, Event::Apply(n));
                self.note(ends + HOUR * 20, Event::Apply(n));
            }
        }
    }

    fn note(&mut self, at: Instant, event: Event) {
        self.noted += 1;
        self.calendar.insert((at, self.noted), event);
    }

    fn days_from_now(&self, days: i64) -> Instant {
        let far = DAY * u32::try_from(days.unsigned_abs()).unwrap_or(0);
        if days < 0 { self.today - far } else { self.today + far }
    }

    /// Who works with the applicants of an ad.
    fn staff(&self, n: usize) -> Actor {
        let login = match (self.ads[n].unit(), self.chance.below(3)) {
            (1, 0 | 1) => "karen",
            (_, 2) => "camilla",
            _ => "mads",
        };
        self.stage.people.of(login)
    }

    async fn happens(&mut self, event: Event) -> anyhow::Result<()> {
        match event {
            Event::Write(n) => self.write(n).await,
            Event::Publish(n) => self.publish(n).await,
            Event::Apply(n) => self.apply(n).await,
            Event::Move(id, to) => self.put(id, to).await,
            Event::Withdraw(id) => {
                let (k, hash) = (self.kit.clone(), fingerprint(&magic_token(&self.kit.secrets, id)));
                // somebody who was turned down meanwhile has nothing to withdraw
                self.kit
                    .db
                    .write(move |c| match actions::withdraw(c, &k, &hash) {
                        Ok(_) | Err(actions::OwnError::Decided) => Ok(()),
                        Err(error) => Err(Failure::from(error)),
                    })
                    .await
                    .map_err(|Failure(e)| e)
            }
            Event::Close(n) => self.close(n).await,
            Event::Tell(n) => self.laid.tell(n, self.kit, self.parts, self.stage, &self.scope).await,
            Event::Follow(n) => {
                self.laid.follow(n, self.kit, self.parts, &self.chance);
                Ok(())
            }
            Event::Help(turn) => {
                let around = help::Around {
                    kit: self.kit,
                    scope: &self.scope,
                    people: &self.stage.people,
                    units: &self.stage.units,
                    pictures: &self.stage.pictures,
                    ad: self.postings.get(&0),
                };
                around.take(&turn, &mut self.asked, self.today).await
            }
        }
    }

    async fn write(&mut self, n: usize) -> anyhow::Result<()> {
        let ad = &self.ads[n];
        let zone = self.kit.config.delivery.zone;
        let day = WallTime::at(self.days_from_now(ad.deadline), zone).local.date();
        let mut content = ad.content(&self.stage.units, &self.stage.pictures);
        content.deadline = WallTime::parse(&format!("{day}T23:59"), zone);
        let (k, scope, state) = (self.kit.clone(), self.scope.clone(), ad.state);
        let writer = self.stage.people.of(if state == AdState::Draft { "amina" } else { "mads" });
        let campaign = self.laid.of_ad(n);
        let panel = (n == 0).then(|| self.stage.people.clone());
        let posting = self
            .kit
            .db
            .write(move |c| {
                let draft = postings::create(c, &k, writer, &scope, content)?;
                if campaign.is_some() {
                    let unit = draft.content.unit;
                    campaigns::put(c, &k, writer, &scope, unit, draft.id.into(), campaign)?;
                }
                if state == AdState::Draft {
                    return Ok(draft);
                }
                if let Some(people) = &panel {
                    assessment::profile(c, &k, people, &scope, draft.id)?;
                }
                let posting = postings::open(c, &k, writer, &scope, draft.id)?;
                if let Some(people) = &panel {
                    assessment::panel(c, &k, people, &scope, posting.id)?;
                }
                Ok(posting)
            })
            .await
            .map_err(|Failure(e)| e.context("an ad of the demonstration"))?;
        self.postings.insert(n, posting);
        Ok(())
    }

    async fn publish(&self, n: usize) -> anyhow::Result<()> {
        self.send(n, None, &self.stage.accounts, "").await?;
        self.show_film(n).await?;
        publishing::drain(self.kit, &self.parts.channels).await?;
        Ok(())
    }

    /// The film of an ad that has one, where films are shown.
    async fn show_film(&self, n: usize) -> anyhow::Result<()> {
        let posting = &self.postings[&n];
        let film = posting.content.media.iter().find(|placed| placed.role == MediaRole::Film);
        let Some(film) = film.filter(|_| !self.stage.films.is_empty()) else { return Ok(()) };
        let text = format!("{}. Kom og se, hvordan dagen ser ud.", posting.title(Language::Da));
        let films = &self.stage.films;
        let order = Order {
            subject: posting.id.into(),
            language: Language::Da,
            when: None,
            media: vec![film.asset],
            parts: films.iter().map(|account| Part { account: *account, text: text.clone() }).collect(),
            same_words_ok: true,
        };
        let choices = Choices {
            audience: Audience::Everyone,
            comments: true,
            duets: false,
            stitches: false,
            own_cause: true,
            paid: false,
        };
        let chosen = films.iter().map(|account| (*account, choices)).into();
        let by = self.stage.people.of("lise");
        publishing::publish_chosen(self.kit, by, &self.scope, order, chosen)
            .await
            .map_err(|e| anyhow::anyhow!("{e:?}"))?;
        Ok(())
    }

    async fn send(
        &self,
        n: usize,
        when: Option<WallTime>,
        accounts: &[AccountId],
        opening: &str,
    ) -> anyhow::Result<Vec<crate::base::id::DeliveryId>> {
        let posting = &self.postings[&n];
        let title = posting.title(Language::Da).to_owned();
        let lead = posting.content.text(Language::Da).map(|t| t.lead.clone()).unwrap_or_default();
        let text = text::shorten(&format!("{opening}{title}\n\n{lead}"), 220);
        let order = Order {
            subject: posting.id.into(),
            language: Language::Da,
            when,
            // the link's own card for most; a picture of its own for the first
            media: posting.content.media.iter().take(usize::from(n == 0)).map(|m| m.asset).collect(),
            parts: accounts.iter().map(|account| Part { account: *account, text: text.clone() }).collect(),
            same_words_ok: true,
        };
        let by = self.stage.people.of("lise");
        // the first one has something to add below
        let comment = "Spørg gerne, før du søger: vi svarer samme dag. Læs mere: [link]";
        let comment = if n == 0 { comment.to_owned() } else { String::new() };
        let chosen = publishing::Chosen { comment, ..Default::default() };
        let ordered = publishing::publish_chosen(self.kit, by, &self.scope, order, chosen)
            .await
            .map_err(|e| anyhow::anyhow!("{e:?}"))?;
        Ok(ordered.deliveries)
    }

    /// What is planned for the days to come, and a plan that was dropped.
    async fn ahead(&self) -> anyhow::Result<()> {
        let zone = self.kit.config.delivery.zone;
        let at = |days, clock: &str| {
            let day = WallTime::at(self.days_from_now(days), zone).local.date();
            WallTime::parse(&format!("{day}T{clock}"), zone)
        };
        let all = &self.stage.accounts;
        self.send(2, at(1, "08:30"), all, "Sidste uge til at søge: ").await?;
        self.send(0, at(3, "12:00"), all, "Mød dine kommende kolleger. ").await?;
        let dropped = self.send(3, at(2, "19:00"), &all[..1], "Vi er ude hver dag. ").await?;
        // some who were turned down have their letters waiting for the hour to go by
        let mads = (self.stage.people.of("mads"), "Mads Bæk Nielsen");
        answers::lay(self.kit, &self.scope, mads, self.postings[&6].id, 4).await?;
        super::interviews::lay(self.kit, &self.scope, mads.0, self.postings[&0].id, self.today).await?;
        timetable::runner(self.kit, self.parts).drain().await?;
        self.by_hand().await?;
        super::rhythm::begin(
            self.kit,
            self.stage.people.of("lise"),
            &self.scope,
            &all[..2],
            &self.postings[&5],
        )
        .await?;
        let by = publishing::actions::By { actor: self.stage.people.of("lise"), scope: self.scope.clone() };
        for id in dropped {
            publishing::actions::cancel(self.kit, &by, id).await.map_err(|e| anyhow::anyhow!("{e:?}"))?;
        }
        Ok(())
    }

    /// What people post by hand: one lies with Lise, one is posted, one is for the paper.
    async fn by_hand(&self) -> anyhow::Result<()> {
        let place = |name: &str, sort: Sort, address: &str, login: &str| {
            let person = self.stage.people.id(login).context("nobody of that name")?;
            let (address, lead_days, unit) =
                (address.to_owned(), sort.sheet().lead_days, self.stage.units[0]);
            Ok::<_, anyhow::Error>(Place { name: name.to_owned(), sort, address, person, lead_days, unit })
        };
        let places = [
            place(
                "SOSU-gruppen i Fjordby",
                Sort::FacebookGroup,
                "https://facebook.example/groups/sosu",
                "lise",
            )?,
            place("Dialognet", Sort::Dialognet, "", "camilla")?,
            place("Fjordby Avis", Sort::LocalPaper, "https://fjordbyavis.example/indlever", "lise")?,
        ];
        let (k, by) = (self.kit.clone(), self.stage.people.of("lise"));
        let settle = move |c: &mut crate::db::Conn| {
            let mut settled = Vec::new();
            for place in &places {
                settled.push(package::settle(c, &k, place, None, by)?);
            }
            Ok::<_, ConnectError>(settled)
        };
        let settled = self.kit.db.write(settle).await?;
        let zone = self.kit.config.delivery.zone;
        let day = WallTime::at(self.days_from_now(12), zone).local.date();
        self.send(0, None, &settled[..2], "").await?;
        self.send(3, WallTime::parse(&format!("{day}T10:00"), zone), &settled[2..], "").await?;
        publishing::drain(self.kit, &self.parts.channels).await?;
        Ok(())
    }

    async fn apply(&mut self, n: usize) -> anyhow::Result<()> {
        let number = self.applied;
        self.applied += 1;
        let (ad, posting) = (&self.ads[n], &self.postings[&n]);
        let (id, title) = (posting.id, posting.title(Language::Da).to_owned());
        let trade = people::trade(ad.profession);
        let person = people::person(&self.chance, number);
        let links = self.kit.db.read(move |c| tracking::links_of(c, id)).await.map_err(|e: DbError| e)?;
        let link = match self.chance.below(10) {
            0..3 => None,
            // some have read what a colleague of the place told
            9 if let Some(told) = self.laid.link(ad.unit(), &self.chance) => Some(told),
            // Bluesky brings some more than Mastodon
            k => {
                let wanted = if k < 7 { ChannelKind::Bluesky } else { ChannelKind::Mastodon };
                links.into_iter().find(|l| l.channel == wanted.word())
            }
        };
        self.visit(posting, link.as_ref());
        let keyed = number % 43 == 7;
        let via = match (keyed, number % 2) {
            (false, _) => Via::Form,
            (true, 0) => Via::Email,
            (true, _) => Via::Paper,
        };
        let now = self.kit.clock.now();
        let sources = ["website", "jobnet", "acquaintance"];
        let submission = Submission {
            posting: id,
            contact: Contact {
                name: person.name.clone(),
                email: person.email.clone(),
                phone: person.phone.clone(),
            },
            language: Language::Da,
            letter: people::letter(&person, trade, &title, first_name(ad.contact()), &self.chance),
            token: if keyed { String::new() } else { link.map(|l| l.token).unwrap_or_default() },
            self_reported: sources
                .get(usize::try_from(self.chance.below(6)).unwrap_or(9))
                .map(|s| (*s).to_owned())
                .filter(|_| !keyed),
            form_hash: fingerprint(&self.kit.chance.token()),
            papers: self.papers(&person, trade).await?,
            via,
            received_at: keyed.then(|| now - HOUR * 3),
            by: keyed.then(|| self.stage.people.of("camilla")),
        };
        let done = actions::submit(self.kit, submission).await?;
        self.fate(n, done.id, now);
        Ok(())
    }

    /// Somebody follows the link, looks, opens the form; and a few who only look.
    fn visit(&self, posting: &Posting, link: Option<&tracking::Link>) {
        let (visits, now) = (&self.parts.visits, self.kit.clock.now());
        let path = posting.path();
        for look in 0..2 + self.chance.below(5) {
            if let Some(link) = link {
                let from = IpAddr::from([10, 0, 0, u8::try_from(self.chance.below(250)).unwrap_or(1)]);
                visits.hit(posting.id.into(), link.id, from, "Mozilla/5.0", now, &self.kit.chance);
            }
            let token = link.map_or("", |l| l.token.as_str());
            visits.landed(&path, token, now);
            if look < 2 {
                visits.begun(posting.id, link.map(|l| l.id), now);
            }
        }
    }

    /// What comes with it: nearly always a curriculum vitae, sometimes a certificate.
    async fn papers(&self, person: &Person, trade: &Trade) -> anyhow::Result<Vec<Paper>> {
        let cv = people::curriculum(person, trade, &self.chance);
        let (end, bytes) = match self.chance.below(20) {
            0 => ("txt", cv.into_bytes()),
            1..6 => ("docx", docx(&cv)?),
            _ => ("pdf", pdf(&cv)),
        };
        let mut papers = vec![self.paper(PaperKind::Cv, format!("CV {}.{end}", person.name), &bytes).await?];
        if self.chance.below(8) == 0 {
            let year = 2005 + self.chance.below(18);
            let picture = certificate(&person.name, trade.education, year)?;
            papers.push(self.paper(PaperKind::Diploma, "Eksamensbevis.jpg".into(), &picture).await?);
        }
        Ok(papers)
    }

    async fn paper(&self, kind: PaperKind, name: String, bytes: &[u8]) -> anyhow::Result<Paper> {
        let bytes = spooled(self.kit, bytes).await?;
        let judged = papers::judge(&name, &mut std::fs::File::open(bytes.path())?)?
            .map_err(|r| anyhow::anyhow!("a demonstration paper is refused: {}", r.key()))?;
        Ok(Paper { kind, name, judged, bytes })
    }

    /// What will become of an application in the days after it came.
    fn fate(&mut self, n: usize, id: ApplicationId, came: Instant) {
        let after = |life: &Self, days: u64| {
            let minutes = 24 * 60 * days + life.chance.below(300);
            at_work(came + Duration::from_secs(60 * minutes)).max(came + HOUR)
        };
        let (read, next) = (2 + self.chance.below(4), 7 + self.chance.below(4));
        let fate = self.chance.below(100);
        if fate < 4 {
            let at = after(self, next);
            self.note(at, Event::Withdraw(id));
        }
        if fate >= 78 {
            // nobody has come to it yet
            return;
        }
        let at = after(self, read);
        self.note(at, Event::Move(id, Column::Stage(Step::Assessing)));
        let at = after(self, next);
        match fate {
            4..30 => self.note(at, Event::Move(id, Column::Outcome(Outcome::Rejected))),
            30..44 => {
                self.note(at, Event::Move(id, Column::Stage(Step::Interview)));
                if fate < 32 && self.ads[n].state != AdState::Closed {
                    let at = after(self, next + 3);
                    self.note(at, Event::Move(id, Column::Stage(Step::Offer)));
                }
            }
            _ => {}
        }
    }

    async fn put(&self, id: ApplicationId, to: Column) -> anyhow::Result<()> {
        let (scope, unit_of) = (self.scope.clone(), self.posting_of(id).await?);
        let Some((n, version, standing)) = unit_of else { return Ok(()) };
        if standing.is_some() {
            return Ok(());
        }
        if n == 0 {
            self.assess(id, to).await?;
        }
        let reasons = [
            "Andre ansøgere har mere erfaring med de opgaver, som opslaget beskriver.",
            "Du mangler den autorisation, som stillingen kræver.",
            "Vi har valgt ansøgere, der kan arbejde i de vagter, opslaget nævner.",
            "God ansøgning, men mindre erfaring med dokumentation end de indkaldte.",
        ];
        let reason = reasons[usize::try_from(self.chance.below(4)).unwrap_or(0)].to_owned();
        let (k, actor) = (self.kit.clone(), self.staff(n));
        let wanted = Change { id, version, to, place: None, reason };
        self.kit
            .db
            .write(move |c| match actions::change(c, &k, &scope, actor, &wanted) {
                // what came too late is first admitted by somebody
                Ok(_) | Err(actions::ChangeError::Barred(_) | actions::ChangeError::Nothing) => Ok(()),
                Err(error) => Err(Failure::from(error)),
            })
            .await
            .map_err(|Failure(e)| e)
    }

    /// What the panel of the first ad does before one of its applications moves.
    async fn assess(&self, id: ApplicationId, to: Column) -> anyhow::Result<()> {
        let (k, scope, people) = (self.kit.clone(), self.scope.clone(), self.stage.people.clone());
        let number = self.assessed.fetch_add(1, Ordering::Relaxed);
        self.kit
            .db
            .write(move |c| match to {
                Column::Stage(Step::Assessing) => assessment::begin(c, &k, &people, &scope, id, number),
                Column::Stage(Step::Interview | Step::Offer) => {
                    assessment::finish(c, &k, &people, &scope, id, number)
                }
                Column::Stage(Step::Received) | Column::Outcome(_) => Ok(()),
            })
            .await
            .map_err(|Failure(e)| e.context("a panel of the demonstration"))
    }

    /// The ad an application belongs to, its version, and its outcome.
    async fn posting_of(&self, id: ApplicationId) -> anyhow::Result<Option<(usize, i32, Option<Outcome>)>> {
        let scope = self.scope.clone();
        let whole = self.kit.db.read(move |c| crate::applications::application(c, &scope, id)).await;
        let Some(whole) = whole.map_err(|e: DbError| e)? else { return Ok(None) };
        let is = whole.application;
        let n = self.postings.iter().find(|(_, p)| p.id == is.posting).map(|(n, _)| *n);
        Ok(n.map(|n| (n, is.version, is.outcome)))
    }

    /// Everybody gets an answer, one is hired, and the ad is closed.
    async fn close(&self, n: usize) -> anyhow::Result<()> {
        let id = self.postings[&n].id;
        let scope = self.scope.clone();
        let board = self.kit.db.read(move |c| crate::applications::board(c, &scope, id)).await;
        let mut open: Vec<_> =
            board.map_err(|e: DbError| e)?.into_iter().filter(|card| card.outcome.is_none()).collect();
        open.sort_by_key(|card| card.stage != Step::Interview);
        let hired = open.first().context("somebody applied")?.id;
        // nobody is hired unseen
        self.put(hired, Column::Stage(Step::Interview)).await?;
        for card in open {
            let outcome = if card.id == hired { Outcome::Hired } else { Outcome::Rejected };
            self.put(card.id, Column::Outcome(outcome)).await?;
        }
        let mads = (self.stage.people.of("mads"), "Mads Bæk Nielsen");
        if let Some(due) = answers::lay(self.kit, &self.scope, mads, id, usize::MAX).await? {
            self.kit.clock.forward_to(due);
            timetable::runner(self.kit, self.parts).drain().await?;
        }
        let (k, scope, by) = (self.kit.clone(), self.scope.clone(), self.stage.people.of("mads"));
        self.kit
            .db
            .write(move |c| close_posting(c, &k, &scope, by, id, CloseReason::Hired).map_err(Failure::from))
            .await
            .map_err(|Failure(e)| e)?;
        Ok(())
    }
}

/// The same day, at an hour when people are up.
fn awake(at: Instant) -> Instant {
    within(at, 6, 15)
}

/// The same day, in office hours.
fn at_work(at: Instant) -> Instant {
    within(at, 7, 7)
}

/// Moves an instant into `hours` hours from `first` (UTC) unless it lies there, keeping its day and minute.
fn within(at: Instant, first: i64, hours: i64) -> Instant {
    let (day, rest) = (at.seconds().div_euclid(86_400), at.seconds().rem_euclid(86_400));
    if (first..first + hours).contains(&(rest / 3600)) {
        return at;
    }
    Instant::from_seconds(day * 86_400 + (first + rest / 3600 % hours) * 3600 + rest % 3600)
}

fn first_name(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}
