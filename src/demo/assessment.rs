//! A panel in the demonstration: the first ad has a profile, three who sit and one who is invited from outside; some
//! cards are sealed, some are shown, and one member has a relation to somebody who applied.

use std::time::Duration;

use super::town::{Failure, People};
use crate::{
    accounts::{Scope, bars, bars::Relation},
    assessment::{
        actions::{self, NewMember},
        card::{Score, Step},
        panel::Seat,
        starting, store,
    },
    base::{
        Language,
        id::{ApplicationId, PostingId, UserId},
    },
    db::Conn,
    kit::Kit,
};

/// Who sits in the panel, as what, and whether they lead it.
const SITTING: [(&str, Seat, bool); 3] =
    [("karen", Seat::Manager, true), ("jonas", Seat::Employee, false), ("mads", Seat::Hr, false)];

/// What they write, by step.
const REASONS: [[&str; 3]; 4] = [
    [
        "Ansøgningen nævner det ikke, og bilagene heller ikke.",
        "Det blev ikke klart, hvad ansøgeren selv har gjort.",
        "Der mangler det, jobbet kræver.",
    ],
    [
        "Har prøvet det, men mest sammen med andre.",
        "Kender det fra uddannelsen, mindre fra arbejdet.",
        "Eksemplet er godt, men der er kun ét.",
    ],
    [
        "Fortæller om flere år med netop dette.",
        "Gode eksempler i ansøgningen, og de passer til vores hverdag.",
        "CV og ansøgning siger det samme.",
    ],
    [
        "Har lært andre op i det og beskriver hvordan.",
        "Meget overbevisende eksempel med borgeren i centrum.",
        "Mere erfaring end vi havde håbet på.",
    ],
];
const NOTES: [&str; 2] = [
    "Udvalget er enigt om at kalde til samtale. Spørg især ind til aftenvagter og oplæring.",
    "Forskellen om dokumentation er drøftet: vi har lagt vægt på eksemplet i CV'et. Kaldes til samtale.",
];

/// Writes the profile of a draft.
pub(super) fn profile(
    c: &mut Conn,
    kit: &Kit,
    people: &People,
    scope: &Scope,
    id: PostingId,
) -> Result<(), Failure> {
    let criteria = starting::criteria(kit, "care", Language::Da).unwrap_or_default();
    actions::save_profile(c, kit, people.of("mads"), scope, id, 0, "care", criteria)?;
    Ok(())
}

/// Seats the panel. Those of the house accept confidentiality; who is invited has not come yet.
pub(super) fn panel(
    c: &mut Conn,
    kit: &Kit,
    people: &People,
    scope: &Scope,
    id: PostingId,
) -> Result<(), Failure> {
    let mut members: Vec<NewMember> = SITTING
        .iter()
        .map(|(login, seat, chair)| NewMember {
            name: String::new(),
            email: format!("{login}@fjordby.example"),
            language: Language::Da,
            seat: *seat,
            chair: *chair,
            to: None,
        })
        .collect();
    members.push(NewMember {
        name: "Birthe Lund".into(),
        email: "birthe.lund@pensionist.example".into(),
        language: Language::Da,
        seat: Seat::External,
        chair: false,
        to: Some(kit.clock.now() + Duration::from_secs(90 * 24 * 60 * 60)),
    });
    for member in &members {
        actions::add_member(c, kit, people.of("camilla"), scope, id, member)?;
    }
    for (login, _, _) in SITTING {
        if let Some(user) = people.id(login) {
            actions::accept(c, kit, user, scope, id)?;
        }
    }
    Ok(())
}

/// Some of the panel read an application: every other is scored by one of them, and one applicant is somebody's colleague.
pub(super) fn begin(
    c: &mut Conn,
    kit: &Kit,
    people: &People,
    scope: &Scope,
    id: ApplicationId,
    number: usize,
) -> Result<(), Failure> {
    let Some(karen) = people.id("karen") else { return Ok(()) };
    if number == 2 {
        let Some(jonas) = people.id("jonas") else { return Ok(()) };
        actions::declare(c, kit, jonas, scope, id, Relation::Work)?;
    }
    if number.is_multiple_of(2) { give(c, kit, scope, karen, id, number) } else { Ok(()) }
}

/// Everybody who may has given in a card, and what they agree on is written: now it may go on.
pub(super) fn finish(
    c: &mut Conn,
    kit: &Kit,
    people: &People,
    scope: &Scope,
    id: ApplicationId,
    number: usize,
) -> Result<(), Failure> {
    // those whose seats must be filled come last: with theirs all cards are shown
    for (index, (login, _, _)) in SITTING.iter().enumerate().rev() {
        if let Some(user) = people.id(login) {
            give(c, kit, scope, user, id, number + index)?;
        }
    }
    if let (Some(karen), None) = (people.id("karen"), store::cards::note(c, id)?) {
        actions::write_note(c, kit, karen, scope, id, 0, NOTES[number % NOTES.len()])?;
    }
    Ok(())
}

/// One card, unless this person has given one or has a relation.
fn give(
    c: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    user: UserId,
    id: ApplicationId,
    number: usize,
) -> Result<(), Failure> {
    let said = bars::declared(c, &[id])?.into_iter().find(|d| d.user == user);
    let given = store::cards::submitted(c, &[id])?.get(&id).is_some_and(|by| by.contains(&user));
    if given || said.is_some_and(|d| d.relation.bars()) {
        return Ok(());
    }
    let posting = actions::declare(c, kit, user, scope, id, Relation::None)?;
    let scores = store::criteria(c, posting)?
        .iter()
        .enumerate()
        .map(|(n, criterion)| {
            // between 2 and 4 for most, now and then a 1; the same at every start
            let step = [3, 4, 2, 3, 4, 3, 1, 3, 2][(number * 5 + n * 2) % 9];
            let reasons = &REASONS[step - 1];
            Score {
                criterion: criterion.id,
                score: i32::try_from(step).unwrap_or(1),
                reason: reasons[(number + n) % reasons.len()].to_owned(),
            }
        })
        .collect();
    actions::give(c, kit, user, scope, id, Step::Submit, scores)?;
    Ok(())
}
