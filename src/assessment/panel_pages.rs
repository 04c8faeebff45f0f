//! `/jobopslag/{id}/udvalg`: who sits in a posting's panel, which seats are empty, confidentiality and declared
//! relations; `/udvalgsregler`: which seats must be filled.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;
use chrono::{Days, NaiveDate};

use super::{
    actions::{self, AssessmentError, NewMember, category},
    panel::{self, Category, Gap, Member, Seat},
    store::panel as rows,
};
use crate::{
    accounts::{
        self, Posted, Right, User, Viewer,
        bars::{self, Declared},
    },
    applications,
    base::{
        Instant,
        id::{ApplicationId, MembershipId, PostingId, UserId},
        wall::WallTime,
    },
    db::DbError,
    i18n::format,
    kit::Kit,
    postings::{self, Posting, Tabs},
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Errors, page, page_with, see_other},
};

struct ShownMember {
    membership: MembershipId,
    name: String,
    seat: String,
    chair: bool,
    time: String,
    pledged: String,
    ended: bool,
}

/// A seat that must be filled and is not.
struct Empty {
    word: &'static str,
    name: String,
    field: String,
    /// Why, who said so and when; empty until somebody has.
    reason: String,
    said: String,
}

/// A relation somebody has declared, shown to themselves and to who may lift it.
struct ShownRelation {
    application: ApplicationId,
    user: UserId,
    member: String,
    applicant: String,
    relation: String,
    when: String,
    may_lift: bool,
}

#[derive(Template)]
#[template(path = "assessment/panel.html")]
struct PanelPage {
    shell: Shell,
    id: PostingId,
    title: String,
    reference: String,
    tabs: Tabs,
    owes: bool,
    members: Vec<ShownMember>,
    empty: Vec<Empty>,
    category: String,
    required: String,
    seats_people: bool,
    sees_rules: bool,
    seats: Vec<Choice>,
    relations: Vec<ShownRelation>,
    /// How many declarations there are that this reader does not see.
    other_relations: usize,
    reads: bool,
    form: FormView,
}

/// The seats of one kind of position on the page of rules.
struct RuleFields {
    name: String,
    field: String,
    seats: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "assessment/rules.html")]
struct RulesPage {
    shell: Shell,
    rules: Vec<RuleFields>,
    may_change: bool,
    form: FormView,
}

struct Found {
    posting: Posting,
    members: Vec<Member>,
    pledges: Vec<(UserId, Instant)>,
    required: Vec<Seat>,
    gaps: Vec<Gap>,
    declared: Vec<Declared>,
    names: Vec<(ApplicationId, String)>,
    users: Vec<User>,
}

/// `GET /jobopslag/{id}/udvalg`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<PostingId>) -> Answer {
    draw(&req, &kit, &viewer, id.into_inner(), Typed::default(), Errors::none()).await
}

/// `POST /jobopslag/{id}/udvalg/medlem`
pub async fn add(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::SeatPanels)?.clone();
    let mut errors = Errors::none();
    let seat: Option<Seat> = typed.get("seat").parse().ok();
    if seat.is_none() {
        errors.add("seat", "error-choose");
    }
    let until = match typed.get("until").trim() {
        "" => None,
        day => {
            let to = last_day(&kit, day);
            if to.is_none() {
                errors.add("until", "panel-error-date");
            }
            to
        }
    };
    if let (Some(seat), true) = (seat, errors.is_empty()) {
        let new = NewMember {
            name: typed.get("name").to_owned(),
            email: typed.get("email").to_owned(),
            language: viewer.user().language,
            seat,
            chair: typed.ticked("chair"),
            to: until,
        };
        let (k, by) = (kit.get_ref().clone(), viewer.actor());
        match kit.db.write(move |c| actions::add_member(c, &k, by, &scope, id, &new)).await {
            Ok(_) => {
                let t = viewer.shell(&req, &kit.config).t;
                viewer.say_next(&kit, t.say("panel-said-added")).await?;
                return Ok(see_other(format!("/jobopslag/{id}/udvalg")));
            }
            Err(AssessmentError::Fields(wrong)) => errors = wrong,
            Err(error) => return Err(error.into()),
        }
    }
    draw(&req, &kit, &viewer, id, typed, errors).await
}

/// The end of the day a person names as the last one.
fn last_day(kit: &Kit, day: &str) -> Option<Instant> {
    let next = day.parse::<NaiveDate>().ok()?.checked_add_days(Days::new(1))?;
    WallTime::parse(&format!("{next}T00:00"), kit.config.delivery.zone).map(|wall| wall.instant().0)
}

/// `POST /jobopslag/{id}/udvalg/slut`: the seat ends now.
pub async fn end(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::SeatPanels)?.clone();
    let (k, by) = (kit.get_ref().clone(), viewer.actor());
    let seat: Option<MembershipId> = typed.get("seat").parse().ok();
    kit.db
        .write(move |c| {
            postings::get(c, &scope, id)?.ok_or(AssessmentError::NotFound)?;
            let seat = seat.ok_or(AssessmentError::Refused("panel-refused-seat"))?;
            actions::end_seat(c, &k, by, &scope, id, seat)
        })
        .await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("panel-said-ended")).await?;
    Ok(see_other(format!("/jobopslag/{id}/udvalg")))
}

/// `POST /jobopslag/{id}/udvalg/tomt`: why a seat stays empty.
pub async fn explain(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::SeatPanels)?.clone();
    let (k, by) = (kit.get_ref().clone(), viewer.actor());
    let seat: Option<Seat> = typed.get("seat").parse().ok();
    let reason = seat.map_or_else(String::new, |s| typed.get(&format!("reason-{s}")).to_owned());
    let done = kit
        .db
        .write(move |c| {
            postings::get(c, &scope, id)?.ok_or(AssessmentError::NotFound)?;
            let seat = seat.ok_or(AssessmentError::Refused("panel-refused-seat"))?;
            actions::explain_gap(c, &k, by, &scope, id, seat, &reason)
        })
        .await;
    match done {
        Ok(()) => {
            let t = viewer.shell(&req, &kit.config).t;
            viewer.say_next(&kit, t.say("panel-said-explained")).await?;
            Ok(see_other(format!("/jobopslag/{id}/udvalg")))
        }
        Err(AssessmentError::Fields(errors)) => draw(&req, &kit, &viewer, id, typed, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /jobopslag/{id}/udvalg/tavshedspligt`: accepts confidentiality.
pub async fn accept(kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let viewer = posted.viewer;
    let id = id.into_inner();
    let scope = viewer.scope(Right::SeePanels)?.clone();
    let owes = viewer.owes_pledge(id);
    let (k, user) = (kit.get_ref().clone(), viewer.user().id);
    kit.db
        .write(move |c| {
            postings::get(c, &scope, id)?.ok_or(AssessmentError::NotFound)?;
            if owes { actions::accept(c, &k, user, &scope, id) } else { Ok(()) }
        })
        .await?;
    Ok(see_other(format!("/jobopslag/{id}/tavle")))
}

/// `POST /jobopslag/{id}/udvalg/habilitet`: takes somebody's declaration back.
pub async fn lift(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::ManagePeople)?.clone();
    let (k, by) = (kit.get_ref().clone(), viewer.user().id);
    let about = typed.get("application").parse::<ApplicationId>().ok();
    let of = typed.get("member").parse::<UserId>().ok();
    kit.db
        .write(move |c| {
            postings::get(c, &scope, id)?.ok_or(AssessmentError::NotFound)?;
            let (Some(about), Some(of)) = (about, of) else {
                return Err(AssessmentError::Refused("panel-refused-declaration"));
            };
            actions::lift(c, &k, by, &scope, id, about, of)
        })
        .await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("panel-said-lifted")).await?;
    Ok(see_other(format!("/jobopslag/{id}/udvalg")))
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    typed: Typed,
    errors: Errors,
) -> Answer {
    let scope = viewer.scope(Right::SeePanels)?.clone();
    let own = viewer.user().id;
    let lifts = viewer.scope(Right::ManagePeople).ok().cloned();
    let found = kit
        .db
        .read(move |c| {
            let posting = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let applications = applications::ids_of(c, id)?;
            let declared: Vec<_> =
                bars::declared(c, &applications)?.into_iter().filter(|d| d.relation.bars()).collect();
            let lifts = lifts.is_some_and(|s| s.covers_unit(posting.content.unit));
            // a name stands here for who named it, and for who may lift it and has no such relation themselves
            let related: Vec<ApplicationId> =
                declared.iter().filter(|d| d.user == own).map(|d| d.application).collect();
            let seen = |d: &&Declared| d.user == own || (lifts && !related.contains(&d.application));
            let named: Vec<ApplicationId> = declared.iter().filter(seen).map(|d| d.application).collect();
            Ok::<_, Fault>(Found {
                members: rows::members(c, id)?,
                pledges: bars::pledges(c, id)?,
                required: rows::required(c, category(&posting))?,
                gaps: rows::gaps(c, id)?,
                names: applications::left_out(c, id, &named)?,
                users: accounts::users(c)?,
                declared,
                posting,
            })
        })
        .await?;
    let shell = viewer.shell(req, &kit.config);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = FormView::with_errors(typed, &errors, shell.t);
    page_with(status, &panel_page(kit, viewer, shell, &found, form))
}

fn panel_page(kit: &Kit, viewer: &Viewer, shell: Shell, found: &Found, form: FormView) -> PanelPage {
    let (t, now, zone) = (shell.t, kit.clock.now(), kit.config.delivery.zone);
    let posting = &found.posting;
    let id = posting.id;
    let day = |at: Instant| format::date(WallTime::at(at, zone).local.date(), t.language());
    let when = |at: Instant| format::instant_short(at, zone, t.language());
    let who = |actor: &str| {
        let user =
            actor.strip_prefix("user:").and_then(|u| found.users.iter().find(|p| p.id.to_string() == u));
        user.map_or_else(|| t.say("posting-by-system"), |u| u.name.clone())
    };
    let members = found.members.iter().map(|m| {
        let pledged = found.pledges.iter().find(|(user, _)| *user == m.user);
        let last = m.to.map(|to| day(to - std::time::Duration::from_secs(1)));
        ShownMember {
            membership: m.membership,
            name: m.name.clone(),
            seat: t.say(m.seat.key()),
            chair: m.chair,
            time: match last {
                Some(last) => t.with2("panel-from-to", "from", day(m.from), "to", last),
                None => t.with("panel-from", "from", day(m.from)),
            },
            pledged: pledged.map_or_else(
                || t.say("panel-not-pledged"),
                |(_, at)| t.with("panel-pledged", "at", when(*at)),
            ),
            ended: m.has_ended(now),
        }
    });
    let empty = panel::empty(&found.required, &found.members, now).into_iter().map(|seat| {
        let gap = found.gaps.iter().find(|g| g.seat == seat);
        Empty {
            word: seat.word(),
            name: t.say(seat.key()),
            field: format!("reason-{seat}"),
            reason: gap.map_or_else(String::new, |g| g.reason.clone()),
            said: gap.map_or_else(String::new, |g| {
                t.with2("panel-gap-said", "who", who(&g.said_by), "at", when(g.said_at))
            }),
        }
    });
    let own = viewer.user().id;
    let relations: Vec<ShownRelation> = found
        .declared
        .iter()
        .filter_map(|d| {
            let applicant = found.names.iter().find(|(of, _)| *of == d.application)?.1.clone();
            Some(ShownRelation {
                application: d.application,
                user: d.user,
                member: who(&format!("user:{}", d.user)),
                applicant,
                relation: t.say(d.relation.key()),
                when: when(d.at),
                may_lift: d.user != own,
            })
        })
        .collect();
    let title = posting.title(t.language()).to_owned();
    PanelPage {
        id,
        title: if title.is_empty() { t.say("posting-untitled") } else { title },
        reference: posting.reference.clone(),
        tabs: Tabs::of(viewer, posting),
        owes: viewer.owes_pledge(id),
        members: members.collect(),
        empty: empty.collect(),
        category: t.say(category(posting).key()),
        required: found.required.iter().map(|s| t.say(s.key())).collect::<Vec<_>>().join(", "),
        seats_people: viewer.may_in(Right::SeatPanels, posting.content.unit),
        sees_rules: viewer.may(Right::ManagePeople),
        seats: std::iter::once(Choice::new("", t.say("panel-seat-choose")))
            .chain(Seat::ALL.iter().map(|s| Choice::new(s, t.say(s.key()))))
            .collect(),
        other_relations: found.declared.len() - relations.len(),
        relations,
        reads: viewer.scope(Right::ReadApplications).is_ok_and(|s| s.covers(posting.content.unit, Some(id))),
        form,
        shell,
    }
}

// ---- the organisation's rule ----

/// `GET /udvalgsregler`
pub async fn rules(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    let top = viewer.scope(Right::ManagePeople)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let (required, may_change) = kit
        .db
        .read(move |c| {
            let mut required = Vec::new();
            for category in Category::ALL {
                required.push((*category, rows::required(c, *category)?));
            }
            let may = accounts::organisation(c)?.is_some_and(|unit| top.covers_unit(unit.id));
            Ok::<_, DbError>((required, may))
        })
        .await?;
    let mut typed = Typed::default();
    for (category, seats) in &required {
        typed.0.extend(seats.iter().map(|s| (category.word().to_owned(), s.word().to_owned())));
    }
    let rules = required
        .iter()
        .map(|(category, _)| RuleFields {
            name: t.say(category.key()),
            field: category.word().to_owned(),
            seats: Seat::ALL.iter().map(|s| Choice::new(s, t.say(s.key()))).collect(),
        })
        .collect();
    page(&RulesPage { rules, may_change, form: FormView::of(typed), shell })
}

/// `POST /udvalgsregler`
pub async fn set_rules(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    let top = viewer.scope(Right::ManagePeople)?.clone();
    let (k, by) = (kit.get_ref().clone(), viewer.actor());
    kit.db
        .write(move |c| {
            let unit = accounts::organisation(c)?;
            if !unit.is_some_and(|unit| top.covers_unit(unit.id)) {
                return Err(Fault::Refused("panel-refused-rule"));
            }
            let chosen = |category: &Category| {
                let seats = typed.all(category.word()).filter_map(|word| word.parse().ok());
                (*category, seats.collect::<Vec<Seat>>())
            };
            let rules: Vec<_> = Category::ALL.iter().map(chosen).collect();
            Ok(actions::set_rules(c, &k, by, &rules)?)
        })
        .await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("panel-said-rules")).await?;
    Ok(see_other("/udvalgsregler"))
}
