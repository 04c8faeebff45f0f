//! `/jobopslag/{id}/profil`: what a posting asks of people. A form while it is a draft, a page to read ever after.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, AssessmentError},
    profile::{Criterion, Heading, MOST, Profile, STEPS, Weight},
    starting, store,
};
use crate::{
    accounts::{self, Posted, Right, Viewer},
    base::{
        Language,
        id::{CriterionId, PostingId},
    },
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting, State, Tabs},
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// Blank criteria offered after those there are.
const BLANK: usize = 2;

/// One criterion in the form: names of its fields.
struct Fields {
    number: usize,
    called: String,
    id_field: String,
    id: String,
    heading: String,
    wording: String,
    why: String,
    evidence: String,
    weight: String,
    steps: Vec<(usize, String)>,
    /// It is blank, or something is wrong in it.
    open: bool,
}

/// One criterion to read.
struct Read {
    wording: String,
    why: String,
    evidence: String,
    weight: String,
    essential: bool,
    steps: Vec<(usize, String)>,
}

#[derive(Template)]
#[template(path = "assessment/profile.html")]
struct ProfilePage {
    shell: Shell,
    id: PostingId,
    title: String,
    reference: String,
    tabs: Tabs,
    /// It can still be written, and by this reader.
    writes: bool,
    frozen: bool,
    there: bool,
    stale: bool,
    version: i32,
    saved: String,
    sha256: String,
    fields: Vec<Fields>,
    headings: Vec<Choice>,
    weights: Vec<Choice>,
    groups: Vec<(String, Vec<Read>)>,
    starts: Vec<Choice>,
    form: FormView,
}

impl From<AssessmentError> for Fault {
    fn from(error: AssessmentError) -> Self {
        match error {
            AssessmentError::NotFound => Self::NotFound,
            AssessmentError::Refused(key) => Self::Refused(key),
            AssessmentError::Stale => Self::Conflict("assessment-stale"),
            AssessmentError::Fields(_) => Self::BadRequest,
            AssessmentError::Db(error) => error.into(),
        }
    }
}

/// `GET /jobopslag/{id}/profil`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<PostingId>) -> Answer {
    draw(&req, &kit, &viewer, id.into_inner(), None, Errors::none(), false).await
}

/// `POST /jobopslag/{id}/profil`: saves it, copies a starting profile, or takes it away.
pub async fn save(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::EditPostings)?.clone();
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let version: i32 = typed.get("version").parse().unwrap_or(0);
    let t = viewer.shell(&req, &kit.config).t;
    let (press, begin) = (typed.get("do").to_owned(), typed.get("begin").to_owned());
    let written = read(&kit, &typed);
    let done = kit
        .db
        .write(move |c| match press.as_str() {
            "begynd" => {
                let posting = postings::get(c, &scope, id)?.ok_or(AssessmentError::NotFound)?;
                let danish = posting.content.languages().first().is_none_or(|l| *l == Language::Da);
                let language = if danish { Language::Da } else { Language::En };
                let copied = starting::criteria(&k, &begin, language)
                    .ok_or_else(|| AssessmentError::Fields(Errors::one("begin", "error-choose")))?;
                actions::save_profile(c, &k, actor, &scope, id, version, &begin, copied)?;
                Ok("profile-said-begun")
            }
            "fjern" => {
                actions::remove_profile(c, &k, actor, &scope, id, version)?;
                Ok("profile-said-removed")
            }
            _ => {
                actions::save_profile(c, &k, actor, &scope, id, version, "", written)?;
                Ok::<_, AssessmentError>("profile-said-saved")
            }
        })
        .await;
    match done {
        Ok(said) => {
            viewer.say_next(&kit, t.say(said)).await?;
            Ok(see_other(format!("/jobopslag/{id}/profil")))
        }
        Err(AssessmentError::Fields(errors)) => {
            draw(&req, &kit, &viewer, id, Some(typed), errors, false).await
        }
        Err(AssessmentError::Stale) => draw(&req, &kit, &viewer, id, Some(typed), Errors::none(), true).await,
        Err(error) => Err(error.into()),
    }
}

/// The criteria as they were sent, each with the place it had there.
fn read(kit: &Kit, typed: &Typed) -> Vec<Criterion> {
    let sent = |n: &usize| typed.0.iter().any(|(name, _)| *name == format!("wording-{n}"));
    (0..MOST + BLANK)
        .take_while(sent)
        .map(|n| {
            let get = |name: &str| typed.get(&format!("{name}-{n}")).to_owned();
            let id = get("id").parse();
            Criterion {
                id: id.unwrap_or_else(|_| CriterionId::new(kit.clock.now(), &kit.chance)),
                heading: get("heading").parse().unwrap_or(Heading::Professional),
                wording: get("wording"),
                why: get("why"),
                evidence: get("evidence"),
                weight: get("weight").parse().unwrap_or(Weight::Should),
                steps: std::array::from_fn(|s| get(&format!("step{}", s + 1))),
            }
        })
        .collect()
}

/// A form filled with what is stored.
fn fill(criteria: &[Criterion]) -> Typed {
    let mut typed = Typed::default();
    for (n, criterion) in criteria.iter().enumerate() {
        let mut set = |name: &str, value: &str| typed.set(&format!("{name}-{n}"), value);
        set("id", &criterion.id.to_string());
        set("heading", criterion.heading.word());
        set("wording", &criterion.wording);
        set("why", &criterion.why);
        set("evidence", &criterion.evidence);
        set("weight", criterion.weight.word());
        for (s, text) in criterion.steps.iter().enumerate() {
            set(&format!("step{}", s + 1), text);
        }
    }
    typed
}

fn fields(t: Speech, typed: &Typed, errors: &Errors, n: usize) -> Fields {
    let name = |of: &str| format!("{of}-{n}");
    let called = typed.get(&name("wording")).to_owned();
    let mine = format!("-{n}");
    Fields {
        number: n + 1,
        open: called.is_empty() || errors.0.iter().any(|e| e.field.ends_with(&mine)),
        called: if called.is_empty() { t.say("profile-criterion-new") } else { called },
        id: typed.get(&name("id")).to_owned(),
        id_field: name("id"),
        heading: name("heading"),
        wording: name("wording"),
        why: name("why"),
        evidence: name("evidence"),
        weight: name("weight"),
        steps: (1..=STEPS).map(|s| (s, name(&format!("step{s}")))).collect(),
    }
}

/// The criteria under their headings, for reading.
fn groups(t: Speech, profile: &Profile) -> Vec<(String, Vec<Read>)> {
    let read = |c: &Criterion| Read {
        wording: c.wording.clone(),
        why: c.why.clone(),
        evidence: c.evidence.clone(),
        weight: t.say(c.weight.key()),
        essential: c.weight == Weight::Must,
        steps: c.steps.iter().cloned().enumerate().map(|(n, text)| (n + 1, text)).collect(),
    };
    Heading::ALL
        .iter()
        .map(|heading| {
            let of: Vec<Read> = profile.criteria.iter().filter(|c| c.heading == *heading).map(read).collect();
            (t.say(heading.key()), of)
        })
        .filter(|(_, of)| !of.is_empty())
        .collect()
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    typed: Option<Typed>,
    errors: Errors,
    stale: bool,
) -> Answer {
    let scope = viewer.scope(Right::ReadPostings)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let (posting, profile, users) = kit
        .db
        .read(move |c| {
            let posting: Posting = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            Ok::<_, Fault>((posting, store::profile(c, id)?, accounts::users(c)?))
        })
        .await?;
    let frozen = posting.state != State::Draft;
    let writes = !frozen && viewer.may_in(Right::EditPostings, posting.content.unit);
    let who = |actor: &str| {
        let user = actor.strip_prefix("user:").and_then(|u| users.iter().find(|p| p.id.to_string() == u));
        user.map_or_else(|| t.say("posting-by-system"), |u| u.name.clone())
    };
    let saved = profile.as_ref().map_or_else(String::new, |p| {
        let at = format::instant_short(p.saved_at, kit.config.delivery.zone, t.language());
        t.with2("profile-saved", "at", at, "who", who(&p.saved_by))
    });
    let stored = profile.as_ref().map_or(&[][..], |p| &p.criteria);
    let mut form = typed.unwrap_or_else(|| fill(stored));
    let sent = (0..).take_while(|n| form.0.iter().any(|(name, _)| *name == format!("wording-{n}"))).count();
    let filled = (0..sent).filter(|n| !form.get(&format!("wording-{n}")).is_empty()).count();
    // what came back with an error keeps its places
    let rows = sent.max(filled + BLANK).min(MOST);
    for n in sent..rows {
        form.set(&format!("heading-{n}"), Heading::Professional.word());
        form.set(&format!("weight-{n}"), Weight::Should.word());
    }
    let language = t.language();
    let starts = if writes && profile.is_none() {
        let offered = starting::all(posting.content.terms.profession.as_deref());
        offered.into_iter().map(|s| Choice::new(&s.code, s.name(language))).collect()
    } else {
        Vec::new()
    };
    let status = match (stale, errors.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::OK,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let title = posting.title(language).to_owned();
    page_with(
        status,
        &ProfilePage {
            id,
            title: if title.is_empty() { t.say("posting-untitled") } else { title },
            reference: posting.reference.clone(),
            tabs: Tabs::of(viewer, &posting),
            writes,
            frozen,
            there: profile.is_some(),
            stale,
            version: profile.as_ref().map_or(0, |p| p.version),
            saved,
            sha256: profile.as_ref().map_or_else(String::new, |p| p.sha256.clone()),
            fields: if writes {
                (0..rows).map(|n| fields(t, &form, &errors, n)).collect()
            } else {
                Vec::new()
            },
            headings: Heading::ALL.iter().map(|h| Choice::new(h, t.say(h.key()))).collect(),
            weights: Weight::ALL.iter().map(|w| Choice::new(w, t.say(w.key()))).collect(),
            groups: profile.as_ref().map(|p| groups(t, p)).unwrap_or_default(),
            starts,
            form: FormView::with_errors(form, &errors, t),
            shell,
        },
    )
}
