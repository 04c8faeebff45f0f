//! `/log`: who opened, downloaded, found, exported or changed what, and when (D-05). Newest first, narrowed by person,
//! by what was done and by application. Whoever may not see applicants reads that one was opened, not whose.

use std::collections::HashMap;

use actix_web::{HttpRequest, web};
use askama::Template;

use crate::{
    accounts::{
        self, Right, Scope, Viewer,
        audit::{self, Object, Verb, Wanted, Written},
    },
    applications,
    base::{
        Instant,
        id::{ApplicationId, AttachmentId, PostingId},
        paging::Paging,
    },
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Which},
    web::{Answer, Choice, FormView, Shell, forms::Query, page},
};

/// Lines on a page.
const PAGE: i64 = 100;
/// Looking, as against changing.
const LOOKS: [Verb; 4] = [Verb::Viewed, Verb::Downloaded, Verb::Found, Verb::Exported];

/// One line, said.
struct Line {
    when: String,
    who: String,
    what: String,
    /// Words, and where they lead.
    whom: String,
    href: String,
    posting: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "insights/audit.html")]
struct LogPage {
    shell: Shell,
    form: FormView,
    people: Vec<Choice>,
    kinds: Vec<Choice>,
    /// The application it is narrowed to, in words; empty when it is not.
    about: String,
    lines: Vec<Line>,
    older: String,
}

/// What is known of the things that lines name, asked for once each.
struct Names {
    t: Speech,
    people: HashMap<String, String>,
    readable: Option<Scope>,
    applications: HashMap<ApplicationId, Option<(String, String)>>,
    postings: HashMap<PostingId, String>,
    /// Where the reader sees postings that are not public.
    titled: Option<Scope>,
}

/// `GET /log`
pub async fn log(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    let scope = viewer.scope(Right::ReadAudit)?.clone();
    let readable = viewer.scope(Right::ReadApplications).ok().cloned();
    let titled = viewer.scope(Right::ReadPostings).ok().cloned();
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let zone = kit.config.delivery.zone;
    let typed = query.0;
    let asked = typed.clone();
    let (lines, older, people, about) = kit
        .db
        .read(move |c| {
            let users = accounts::users(c)?;
            let people: Vec<Choice> =
                users.iter().map(|u| Choice::new(format!("user:{}", u.id), u.name.clone())).collect();
            let mut names = Names {
                t,
                people: users.into_iter().map(|u| (format!("user:{}", u.id), u.name)).collect(),
                readable,
                applications: HashMap::new(),
                postings: HashMap::new(),
                titled,
            };
            let about: Option<ApplicationId> = asked.get("ansoegning").parse().ok();
            let wanted = Wanted {
                actor: Some(asked.get("hvem").to_owned()).filter(|w| !w.is_empty()),
                objects: about.map(|id| objects_of(c, id)).transpose()?.unwrap_or_default(),
                verbs: match asked.get("hvad") {
                    "set" => LOOKS.to_vec(),
                    word => word.parse().into_iter().collect(),
                },
                postings: within(c, &scope)?,
                before: asked.get("foer").parse().ok(),
            };
            let found = audit::search(c, &wanted, PAGE + 1)?;
            let more = found.len() > usize::try_from(PAGE).unwrap_or(0);
            let shown: Vec<_> = found.into_iter().take(usize::try_from(PAGE).unwrap_or(0)).collect();
            let older = shown.last().filter(|_| more).map(|l| l.seq);
            names.read_ahead(c, &shown)?;
            let when = |at: Instant| format::instant_short(at, zone, t.language());
            let lines =
                shown.iter().map(|line| names.line(c, line, when(line.at))).collect::<Result<Vec<_>, _>>()?;
            let about = about.map(|id| names.application(c, id)).transpose()?.map(|(words, _)| words);
            Ok::<_, DbError>((lines, older, people, about))
        })
        .await?;
    let every = |key: &str| std::iter::once(Choice::new("", t.say(key)));
    let kinds = every("audit-every-verb")
        .chain([Choice::new("set", t.say("audit-looks"))])
        .chain(Verb::ALL.iter().map(|verb| Choice::new(verb, t.say(&verb_key(*verb)))));
    let older = older.map_or_else(String::new, |seq| {
        let mut next = typed.clone();
        next.set("foer", seq.to_string());
        format!("/log?{}", serde_urlencoded::to_string(&next.0).unwrap_or_default())
    });
    page(&LogPage {
        people: every("audit-everybody").chain(people).collect(),
        kinds: kinds.collect(),
        about: about.unwrap_or_default(),
        form: FormView::of(typed),
        lines,
        older,
        shell,
    })
}

fn verb_key(verb: Verb) -> String {
    format!("audit-verb-{}", verb.word().replace('_', "-"))
}

/// The application and its files: opening a file is opening the application.
fn objects_of(c: &mut Conn, id: ApplicationId) -> Result<Vec<String>, DbError> {
    let files = applications::papers_of(c, id)?.into_iter().map(|p| Object::Attachment(p.id).to_string());
    Ok(std::iter::once(Object::Application(id).to_string()).chain(files).collect())
}

/// The postings whose lines may be read; none means all of them.
fn within(c: &mut Conn, scope: &Scope) -> Result<Option<Vec<PostingId>>, DbError> {
    if accounts::organisation(c)?.is_some_and(|top| scope.covers_unit(top.id)) {
        return Ok(None);
    }
    let mut ids = Vec::new();
    for number in 1.. {
        let (found, total) = postings::list(c, scope, &postings::Wish::default(), Paging::new(number, 200))?;
        ids.extend(found.iter().map(|p| p.id));
        if found.is_empty() || i64::try_from(ids.len()).unwrap_or(i64::MAX) >= total {
            break;
        }
    }
    Ok(Some(ids))
}

impl Names {
    /// Asks once for all postings and applications that these lines name themselves.
    fn read_ahead(&mut self, c: &mut Conn, lines: &[Written]) -> Result<(), DbError> {
        let of =
            |l: &Written| [l.posting_id, l.object.strip_prefix("posting:").and_then(|id| id.parse().ok())];
        let ids: Vec<PostingId> = lines.iter().flat_map(of).flatten().collect();
        if let Some(scope) = &self.titled {
            for called in postings::names(c, scope, Which::These(&ids), self.t.language())? {
                self.postings.insert(called.id, called.title);
            }
        }
        let Some(scope) = &self.readable else { return Ok(()) };
        let named = |text: &str| {
            let (kind, id) = text.split_once(':')?;
            matches!(kind, "application" | "applicant").then(|| id.parse::<ApplicationId>().ok())?
        };
        let mut ids: Vec<_> =
            lines.iter().flat_map(|l| [named(&l.object), named(&l.actor)]).flatten().collect();
        ids.sort_unstable();
        ids.dedup();
        // those that are gone, or not the reader's, have no card
        self.applications.extend(ids.iter().map(|id| (*id, None)));
        for card in applications::cards(c, scope, &ids)? {
            self.applications.insert(card.id, Some((card.name, format!("/ansoegninger/{}", card.id))));
        }
        Ok(())
    }

    fn line(&mut self, c: &mut Conn, line: &Written, when: String) -> Result<Line, DbError> {
        let (whom, href) = self.object(c, &line.object)?;
        let posting = match line.posting_id {
            Some(id) if !line.object.starts_with("posting:") => self.posting(id),
            _ => String::new(),
        };
        Ok(Line {
            when,
            who: self.actor(c, &line.actor)?,
            what: self.t.say(&verb_key(line.verb)),
            whom,
            href,
            posting,
            detail: line.detail.clone().unwrap_or_default(),
        })
    }

    fn actor(&mut self, c: &mut Conn, actor: &str) -> Result<String, DbError> {
        Ok(match actor.split_once(':') {
            Some(("user", _)) => {
                self.people.get(actor).cloned().unwrap_or_else(|| self.t.say("audit-somebody-gone"))
            }
            Some(("applicant", id)) => match id.parse() {
                Ok(id) => self.application(c, id)?.0,
                Err(_) => self.t.say("audit-applicant"),
            },
            Some(("guest", _)) => self.t.say("audit-guest"),
            Some(("token", _)) => self.t.say("audit-token"),
            _ => self.t.say("audit-system"),
        })
    }

    /// The thing in words, and its address when the reader may go there.
    fn object(&mut self, c: &mut Conn, object: &str) -> Result<(String, String), DbError> {
        let none = || (String::new(), String::new());
        Ok(match object.split_once(':') {
            Some(("application", id)) => match id.parse() {
                Ok(id) => self.application(c, id)?,
                Err(_) => none(),
            },
            Some(("attachment", id)) => match (id.parse::<AttachmentId>(), self.readable.clone()) {
                (Ok(id), Some(scope)) => match applications::paper(c, &scope, id)? {
                    Some(paper) => {
                        let (name, href) = self.application(c, paper.application)?;
                        (self.t.with2("audit-file", "file", paper.original_name, "name", name), href)
                    }
                    None => (self.t.say("audit-a-file"), String::new()),
                },
                _ => (self.t.say("audit-a-file"), String::new()),
            },
            Some(("posting", id)) => match id.parse::<PostingId>() {
                Ok(id) => {
                    let title = self.posting(id);
                    // those who see no postings go nowhere
                    let href =
                        self.readable.as_ref().map_or_else(String::new, |_| format!("/jobopslag/{id}"));
                    (title, href)
                }
                Err(_) => none(),
            },
            Some(("user", _)) => (
                self.people.get(object).cloned().unwrap_or_else(|| self.t.say("audit-somebody-gone")),
                String::new(),
            ),
            _ => none(),
        })
    }

    /// An ad by its title where the reader may see drafts; else only that it was one.
    fn posting(&self, id: PostingId) -> String {
        let known = self.postings.get(&id).cloned();
        known.unwrap_or_else(|| self.t.with("audit-a-posting", "id", short(&id.to_string())))
    }

    /// An applicant by name where the reader may see applicants; else only that it was one.
    fn application(&mut self, c: &mut Conn, id: ApplicationId) -> Result<(String, String), DbError> {
        if !self.applications.contains_key(&id) {
            let found = match &self.readable {
                Some(scope) => applications::application(c, scope, id)?
                    .map(|whole| (whole.applicant.name, format!("/ansoegninger/{id}"))),
                None => None,
            };
            self.applications.insert(id, found);
        }
        Ok(self.applications[&id].clone().unwrap_or_else(|| {
            (self.t.with("audit-an-application", "id", short(&id.to_string())), String::new())
        }))
    }
}

/// The end of an id: enough to tell two lines apart.
fn short(id: &str) -> &str {
    id.get(id.len().saturating_sub(6)..).unwrap_or(id)
}
