//! Everything of a unit on pause, and letting it go on. For the day when the municipality must be silent, or when something
//! wrong is about to go out: one press, at once, for all channels. Nothing planned is changed; what was to go out meanwhile
//! goes out afterwards with some time between, unless it has become too late for it (R18).

use super::{
    actions::{ActionError, By},
    store::{self, Pause},
};
use crate::{
    accounts::audit::{self, Line, Object, Verb},
    base::{
        id::{PauseId, UnitId},
        text,
    },
    kit::Kit,
};

/// Longest reason, characters.
const LONGEST: usize = 200;

/// Stops everything that goes out of a unit and of those below it. Who sees the pause sees the reason.
pub async fn pause_all(kit: &Kit, by: &By, unit: UnitId, why: &str) -> Result<(), ActionError> {
    let why = text::line(why);
    if why.is_empty() {
        return Err(ActionError::Field("why", "pause-error-why"));
    }
    if text::count(&why) > LONGEST {
        return Err(ActionError::Field("why", "pause-error-long"));
    }
    if !by.scope.covers_unit(unit) {
        return Err(ActionError::NotFound);
    }
    let (k, by) = (kit.clone(), by.clone());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let pause = Pause {
                id: PauseId::new(now, &k.chance),
                unit_id: unit,
                why,
                began_at: now,
                began_by: by.actor.to_string(),
                ended_at: None,
                ended_by: None,
            };
            // pressed twice, or by two at once: the first one's reason stands
            if store::insert_pause(c, &pause)? {
                audit::write(c, &[line(&by, format!("pause unit:{unit}"))], now)?;
            }
            Ok(())
        })
        .await
}

/// Lets it go on; one that is over already is as good.
pub async fn go_on(kit: &Kit, by: &By, id: PauseId) -> Result<(), ActionError> {
    let (k, by) = (kit.clone(), by.clone());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let pause = store::pause_in_scope(c, &by.scope, id)?.ok_or(ActionError::NotFound)?;
            if store::end_pause(c, id, now, &by.actor.to_string())? {
                audit::write(c, &[line(&by, format!("go on unit:{}", pause.unit_id))], now)?;
            }
            Ok(())
        })
        .await
}

fn line(by: &By, detail: String) -> Line {
    Line { actor: by.actor, verb: Verb::Published, object: Object::None, posting: None, detail: Some(detail) }
}
