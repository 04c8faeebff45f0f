//! What is taken along to interviews: the programme to print, and a calendar file for those who hold them. The programme names
//! applicants, so opening it is written down (D-05); the calendar names none, since it ends up outside this house's log.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    calendar::{self, Entry},
    interview::Interview,
    own_pages::{day_name, handed, organiser, uid},
    pages::times,
    slot::Slot,
    state::SlotState,
    store,
};
use crate::{
    accounts::{
        Right, Viewer,
        audit::{self, Line, Object, Verb},
    },
    applications,
    base::id::PostingId,
    i18n::format,
    kit::Kit,
    postings::{self, Tabs},
    web::{Answer, Fault, Shell, page},
};

/// One interview on paper.
struct Talk {
    time: String,
    name: String,
    place: String,
    video: String,
    needs: String,
    phone: String,
}

struct Day {
    name: String,
    talks: Vec<Talk>,
}

#[derive(Template)]
#[template(path = "interviews/programme.html")]
struct ProgrammePage {
    shell: Shell,
    id: PostingId,
    title: String,
    reference: String,
    tabs: Tabs,
    days: Vec<Day>,
    made: String,
}

/// The interviews of a posting that have a seat, in the order of their times.
fn seated(slots: Vec<Slot>, interviews: &[Interview]) -> Vec<(Slot, Interview)> {
    let of = |slot: Slot| {
        let is = interviews.iter().find(|is| is.slot == Some(slot.id))?.clone();
        Some((slot, is))
    };
    slots.into_iter().filter(|slot| slot.state != SlotState::Cancelled).filter_map(of).collect()
}

/// `GET /jobopslag/{id}/samtaler/program`
pub async fn programme(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<PostingId>,
) -> Answer {
    let (id, scope) = (id.into_inner(), viewer.scope(Right::ReadApplications)?.clone());
    let (actor, now) = (viewer.actor(), kit.clock.now());
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let (ad, found) = kit
        .db
        .write(move |c| {
            let ad = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let interviews = store::interviews_of(c, &scope, id)?;
            let mut found = Vec::new();
            let mut lines = Vec::new();
            for (slot, is) in seated(store::slots(c, id)?, &interviews) {
                let Some(whole) = applications::application(c, &scope, is.application)? else { continue };
                lines.push(Line {
                    actor,
                    verb: Verb::Exported,
                    object: Object::Application(is.application),
                    posting: Some(id),
                    detail: Some("interview programme".into()),
                });
                found.push((slot, is, whole.applicant));
            }
            audit::write(c, &lines, now)?;
            Ok::<_, Fault>((ad, found))
        })
        .await?;
    let mut days: Vec<Day> = Vec::new();
    for (slot, is, applicant) in found {
        let name = day_name(&slot, t);
        if days.last().is_none_or(|day| day.name != name) {
            days.push(Day { name, talks: Vec::new() });
        }
        let talk = Talk {
            time: times(&slot, t),
            name: applicant.name,
            place: slot.place,
            video: slot.link,
            needs: is.needs.unwrap_or_default(),
            phone: crate::base::address::phone_shown(&applicant.phone),
        };
        if let Some(day) = days.last_mut() {
            day.talks.push(talk);
        }
    }
    let title = ad.title(t.language()).to_owned();
    let at = format::instant_long(now, kit.config.delivery.zone, t.language());
    page(&ProgrammePage {
        id,
        reference: ad.reference.clone(),
        tabs: Tabs::of(&viewer, &ad),
        made: t.with2("interviews-programme-made", "at", at, "who", &viewer.user().name),
        title,
        days,
        shell,
    })
}

/// `GET /jobopslag/{id}/samtaler.ics`
pub async fn calendar(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<PostingId>,
) -> Answer {
    let (id, scope) = (id.into_inner(), viewer.scope(Right::ReadApplications)?.clone());
    let t = viewer.shell(&req, &kit.config).t;
    let (ad, seats) = kit
        .db
        .read(move |c| {
            let ad = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let mut seats = Vec::new();
            for is in store::interviews_of(c, &scope, id)? {
                if let Some(last) = is.last_slot
                    && let Some(slot) = store::slot(c, last)?
                {
                    seats.push((is, slot));
                }
            }
            Ok::<_, Fault>((ad, seats))
        })
        .await?;
    let page = format!("{}/jobopslag/{id}/samtaler", kit.config.server.public_url);
    let entry = |(is, slot): &(Interview, Slot)| Entry {
        uid: format!("udvalg-{}", uid(&kit.config, is)),
        sequence: u32::try_from(is.sequence).unwrap_or(0),
        off: is.slot != Some(slot.id),
        start: slot.starts_at,
        end: slot.ends_at(),
        changed: is.changed_at,
        summary: t.with2(
            "interviews-calendar-panel",
            "title",
            ad.title(t.language()),
            "reference",
            &ad.reference,
        ),
        description: [slot.link.as_str(), page.as_str()].join("\n").trim().to_owned(),
        location: if slot.place.is_empty() { slot.link.clone() } else { slot.place.clone() },
        url: page.clone(),
    };
    let entries: Vec<Entry> = seats.iter().map(entry).collect();
    Ok(handed(calendar::many(&entries, organiser(&kit.config)), &format!("samtaler-{}", ad.reference)))
}
