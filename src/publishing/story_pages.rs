//! `/indhold/{id}`: a story as its readers will see it, what it lacks, where it was told, and its verbs.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    fitting_pages,
    pages::{Around, Row},
    store::{self, Wanted},
};
use crate::{
    accounts::{Right, Viewer},
    base::{
        Language, Subject,
        id::{LinkId, StoryId},
        paging::Paging,
    },
    campaigns,
    i18n::format,
    kit::Kit,
    postings::{self, pictures::Eyes, taxonomy},
    stories::{self, State, Step, Story, show},
    tracking,
    web::{Answer, Choice, Fault, Shell, forms::Query, page},
};

/// Deliveries shown; the rest stand in the queue.
const ROWS: u32 = 12;

/// A line of what is missing, said.
struct Said {
    text: String,
    href: String,
}

/// What the reader may do here.
struct May {
    edit: bool,
    publish: bool,
    finish: bool,
    reopen: bool,
    archive: bool,
    ask: bool,
}

#[derive(Template)]
#[template(path = "stories/overview.html")]
struct OverviewPage {
    shell: Shell,
    story: Story,
    shown: show::Shown,
    missing: Vec<Said>,
    audience: String,
    leads: String,
    /// The ad it speaks for: title and address.
    ad: Option<(String, String)>,
    /// The campaign it belongs to: name, and address for whoever may open it.
    campaign: Option<(String, Option<String>)>,
    themes: String,
    changed: String,
    languages: Vec<Choice>,
    rows: Vec<Row>,
    total: i64,
    may: May,
    /// Posts of it that no longer fit it.
    notices: Vec<postings::pages::Notice>,
}

/// `GET /indhold/{id}`
pub async fn show(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<String>,
    query: Query,
) -> Answer {
    let id: StoryId = path.parse().map_err(|_| Fault::NotFound)?;
    let scope = viewer.scope(Right::WriteStories)?.clone();
    let reads = viewer.scope(Right::ReadPostings).ok().cloned();
    let counts = viewer.scope(Right::ReadCounts).ok().cloned();
    let shell = viewer.shell(&req, &kit.config);
    let language = query.0.get("sprog").parse().unwrap_or(Language::Da);
    let (t, k, now) = (shell.t, kit.get_ref().clone(), kit.clock.now());
    let found = kit
        .db
        .read(move |c| {
            let story = stories::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let missing = stories::readiness(c, &story, now)?;
            let shown = show::shown(
                c,
                &k.config,
                std::slice::from_ref(&story),
                crate::i18n::Speech(language),
                Eyes::Staff,
            )?;
            let shown = shown.into_iter().next().ok_or(Fault::NotFound)?;
            let ad = match (story.content.posting, &reads) {
                (Some(posting), Some(reads)) => postings::get(c, reads, posting)?
                    .map(|ad| (ad.title(t.language()).to_owned(), format!("/jobopslag/{posting}"))),
                _ => None,
            };
            let campaign = campaigns::named(c, counts.as_ref(), Subject::Story(id))?;
            let wanted = Wanted { subject: Some(Subject::Story(id)), states: Vec::new() };
            let (rows, total) = store::list(c, &scope, &wanted, Paging::new(1, ROWS))?;
            let links: Vec<LinkId> = rows.iter().map(|(row, _)| row.link_id).collect();
            let mut around = Around::new(t, now, &k);
            around.clicks = tracking::followed(c, &links)?;
            let rows =
                rows.iter().map(|(row, about)| around.row(c, row, *about)).collect::<Result<Vec<_>, _>>()?;
            Ok::<_, Fault>((story, missing, shown, (ad, campaign), rows, total))
        })
        .await?;
    let (story, missing, shown, (ad, campaign), rows, total) = found;
    let notices = fitting_pages::notices(&viewer, &kit, t, Some(Subject::Story(id))).await?;
    let publishes = viewer.may_in(Right::Publish, story.content.unit);
    let may = |step| publishes && story.state.after(step).is_some();
    page(&OverviewPage {
        may: May {
            edit: story.state == State::Draft || publishes && story.state == State::Ready,
            publish: publishes,
            finish: may(Step::Finish) && missing.is_empty(),
            reopen: may(Step::Reopen),
            archive: may(Step::Archive),
            ask: viewer.may_in(Right::AskForHelp, story.content.unit),
        },
        missing: missing.into_iter().map(|p| Said { text: p.said(t), href: p.href }).collect(),
        audience: t.say(&format!("story-audience-{}", story.content.audience)),
        leads: t.say(&format!("story-leads-{}", story.content.leads_to)),
        changed: format::instant_short(story.updated_at, kit.config.delivery.zone, t.language()),
        languages: stories::pages::languages(&story)
            .into_iter()
            .map(|l| Choice::new(l, l.own_name()))
            .collect(),
        themes: story
            .content
            .themes
            .iter()
            .map(|code| taxonomy::name(taxonomy::themes(), code, t.language()))
            .collect::<Vec<_>>()
            .join(", "),
        ad,
        campaign,
        rows,
        total,
        notices,
        shown,
        story,
        shell,
    })
}

impl OverviewPage {
    fn title(&self) -> String {
        if self.shown.title.is_empty() {
            self.shell.t.say("story-untitled")
        } else {
            self.shown.title.clone()
        }
    }
}
