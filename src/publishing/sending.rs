//! What the composer's button does with an order, by when it is to go out: plan it, begin to repeat it, or keep it; and what
//! is said about it afterwards.

use super::{
    choosing, evergreen,
    publish::{self, Order, OrderError, Plan, Timing},
    series_actions,
    timing::Chosen,
    verb_pages::moved,
};
use crate::{
    accounts::{Right, Scope, Viewer},
    base::{Subject, id::AudienceId},
    i18n::{Speech, format},
    kit::Kit,
};

/// What was done.
pub(super) struct Done {
    /// In a sentence.
    pub said: String,
    /// Where one goes from here.
    pub then: String,
}

/// Does it, by somebody who writes where `edits` says and publishes where `publishes` says.
pub(super) async fn send(
    kit: &Kit,
    viewer: &Viewer,
    t: Speech,
    (edits, publishes): (&Scope, &Scope),
    (order, answers, whom): (Order, choosing::Chosen, Option<AudienceId>),
    chosen: Chosen,
) -> Result<Done, OrderError> {
    let (actor, subject, sends) = (viewer.actor(), order.subject, viewer.may(Right::Publish));
    match chosen {
        Chosen::Repeat(rhythm) => {
            let begun = series_actions::begin_for(kit, actor, edits, publishes, order, rhythm, whom).await?;
            let (key, count) = match begun.waiting {
                0 => ("series-said-begun", begun.laid),
                waiting => ("series-said-waits", waiting),
            };
            let series = format!("/gentagelser/{}", begun.series);
            let then = if sends { series } else { "/godkendelser".to_owned() };
            Ok(Done { said: t.with(key, "count", count), then })
        }
        Chosen::Keep(rest_days) => {
            evergreen::keep_for(kit, actor, edits, publishes, order, rest_days, whom).await?;
            let then = if sends { "/tidloese".to_owned() } else { subject.href() };
            Ok(Done { said: t.say("evergreen-said-kept"), then })
        }
        Chosen::Now | Chosen::At(_) | Chosen::Slot => {
            let timing = if matches!(chosen, Chosen::Slot) { Timing::NextSlot } else { Timing::Ordered };
            let plan = Plan { audience: whom, ..Plan::once(timing, false) };
            let done = publish::plan_or_suggest(kit, actor, edits, publishes, order, answers, plan).await?;
            let said = match chosen {
                _ if done.waiting > 0 => t.with("publish-said-waits", "count", done.waiting),
                Chosen::Slot => {
                    t.with("publish-said-slots", "time", format::deadline(done.when.local, t.language()))
                }
                Chosen::At(_) => moved(t, done.when, done.shift),
                _ => t.with("publish-said-now", "count", done.deliveries.len()),
            };
            let then = match subject {
                _ if done.waiting > 0 => format!("/godkendelser/{}", done.publication),
                Subject::Posting(id) => format!("/udsendelser?opslag={id}"),
                Subject::Story(id) => format!("/udsendelser?historie={id}"),
            };
            Ok(Done { said, then })
        }
    }
}
