//! `/jobopslag/{id}/indstilling`: the panel's recommendation, put together from what it has written, to read and to
//! print. Opening it is opening every applicant in it (D-05).

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    card_pages::{self, Shown, laid_out, named},
    recommendation::{self, Missing},
    store,
};
use crate::{
    accounts::{
        Right, Viewer,
        audit::{self, Line, Object, Verb},
    },
    applications,
    base::id::{ApplicationId, PostingId},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Tabs},
    web::{Answer, Fault, Shell, page},
};

/// One applicant in it.
struct Section {
    id: ApplicationId,
    name: String,
    place: String,
    shown: Shown,
    note: String,
    note_by: String,
    missing: Vec<String>,
}

#[derive(Template)]
#[template(path = "assessment/recommendation.html")]
struct RecommendationPage {
    shell: Shell,
    id: PostingId,
    title: String,
    reference: String,
    tabs: Tabs,
    made: String,
    no_profile: bool,
    sha256: String,
    left_out: usize,
    /// Seats that must be filled, are not, and nobody has said why.
    empty: Vec<String>,
    sections: Vec<Section>,
    incomplete: usize,
}

/// `GET /jobopslag/{id}/indstilling`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<PostingId>) -> Answer {
    let id = id.into_inner();
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let (k, actor, reader, now) = (kit.get_ref().clone(), viewer.actor(), viewer.user().id, kit.clock.now());
    let (posting, profile, left_out, empty, found) = kit
        .db
        .write(move |c| {
            let posting = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let mut cards = applications::board(c, &scope, id)?;
            cards.retain(|card| recommendation::interviewed(card.stage, card.outcome));
            // as they came; nothing here orders people by what was said of them
            cards.sort_by_key(|card| (card.received_at, card.id));
            let line = |object| Line {
                actor,
                verb: Verb::Viewed,
                object,
                posting: Some(id),
                detail: Some("recommendation".into()),
            };
            let mut lines = vec![line(Object::Posting(id))];
            let mut found = Vec::new();
            for card in cards {
                lines.push(line(Object::Application(card.id)));
                found.push(card_pages::read(c, &k, &scope, reader, card.id)?);
            }
            let left_out = applications::left_out(c, id, &scope.left_out())?.len();
            let explained: Vec<_> = store::panel::gaps(c, id)?.into_iter().map(|g| g.seat).collect();
            let mut empty = super::status::empty_seats(c, &posting, now)?;
            empty.retain(|seat| !explained.contains(seat));
            let profile = store::profile(c, id)?;
            audit::write(c, &lines, now)?;
            Ok::<_, Fault>((posting, profile, left_out, empty, found))
        })
        .await?;
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let zone = kit.config.delivery.zone;
    let sections: Vec<Section> = found.into_iter().map(|f| section(t, &f)).collect();
    let title = posting.title(t.language()).to_owned();
    page(&RecommendationPage {
        id,
        title: if title.is_empty() { t.say("posting-untitled") } else { title },
        reference: posting.reference.clone(),
        tabs: Tabs::of(&viewer, &posting),
        made: t.with2(
            "recommendation-made",
            "at",
            format::instant_long(now, zone, t.language()),
            "who",
            &viewer.user().name,
        ),
        no_profile: profile.is_none(),
        sha256: profile.map(|p| p.sha256).unwrap_or_default(),
        left_out,
        empty: empty.into_iter().map(|seat| t.say(seat.key())).collect(),
        incomplete: sections.iter().filter(|s| !s.missing.is_empty()).count(),
        sections,
        shell,
    })
}

fn section(t: Speech, found: &card_pages::Found) -> Section {
    let revealed = found.reveal.is_some();
    let missing = recommendation::missing(&found.criteria, &found.cards, revealed, found.note.is_some());
    let said = |m: Missing| match m {
        Missing::Cards => t.say("recommendation-missing-cards"),
        Missing::Criterion(wording) => t.with("recommendation-missing-criterion", "criterion", wording),
        Missing::Note => t.say("recommendation-missing-note"),
    };
    let by = found.note.as_ref().and_then(|n| n.by.strip_prefix("user:")?.parse().ok());
    Section {
        id: found.whole.application.id,
        name: found.whole.applicant.name.clone(),
        place: t.say(found.whole.application.standing().column().key()),
        shown: if revealed { laid_out(t, found) } else { Shown { rows: Vec::new(), remarks: Vec::new() } },
        note: found.note.as_ref().map(|n| n.words.clone()).unwrap_or_default(),
        note_by: by.map_or_else(String::new, |id| named(&found.users, id)),
        missing: missing.into_iter().map(said).collect(),
    }
}
