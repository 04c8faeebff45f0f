//! The calendar: what stands on which day, what it is narrowed to, and moving what has not gone out.

use std::time::Duration;

use opslag::{
    accounts::Role,
    base::wall::WallTime,
    demo::worlds::{Act, Kind, Mischief, Prank},
    publishing::State,
};
use reqwest::StatusCode;

use super::Ground;

const DAY: u64 = 86_400;

/// The part of a page that stands for one day.
fn day<'p>(page: &'p str, date: &str) -> &'p str {
    let from = page.find(&format!("data-day=\"{date}\"")).unwrap_or_else(|| panic!("no {date}: {page}"));
    let rest = &page[from..];
    rest.find("</td>").or_else(|| rest.find("</li>")).map_or(rest, |end| &rest[..end])
}

impl Ground {
    /// The wall date so many days from now.
    fn date(&self, days: u64) -> String {
        let at = self.clock.now() + Duration::from_secs(days * DAY);
        WallTime::at(at, self.app.kit.config.delivery.zone).local.date().to_string()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_stands_on_its_day_and_only_what_waits_can_be_moved() {
    let g = Ground::new(Kind::Bluesky).await;
    let out = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    let planned = g.plan("En påmindelse om aftenvagterne.", DAY).await;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let (today, tomorrow, later) = (g.date(0), g.date(1), g.date(2));
    for view in ["maaned", "uge", "liste"] {
        let page = browser.get(&format!("/kalender?vis={view}&dag={today}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let (is_out, waits) = (day(&page.body, &today), day(&page.body, &tomorrow));
        assert!(
            is_out.contains("SOSU-assistent til aften") && is_out.contains("Bluesky · Udgivet"),
            "{view}: {is_out}"
        );
        assert!(
            is_out.contains(&format!("/udsendelser/{out}")) && !is_out.contains("data-move"),
            "{view}: {is_out}"
        );
        assert!(
            waits.contains("Bluesky · Planlagt") && waits.contains(&format!("/udsendelser/{planned}/flyt"))
        );
    }
    // the ad's own deadline stands there too
    let (posting, scope) = (g.posting, g.scope().await);
    let ad = g.app.kit.db.read(move |c| opslag::postings::get(c, &scope, posting)).await.unwrap().unwrap();
    let deadline = ad.deadline_at;
    let zone = g.app.kit.config.delivery.zone;
    let frist = WallTime::at(deadline.unwrap(), zone).local.date().to_string();
    let page = browser.get(&format!("/kalender?vis=maaned&dag={frist}")).await.body;
    assert!(day(&page, &frist).contains("<b>Frist</b> SOSU-assistent til aften"), "{page}");

    // moved from the calendar one comes back to it; what was typed wrongly is said at the field
    let here = format!("/kalender?vis=uge&dag={today}");
    let path = format!("/udsendelser/{planned}/flyt");
    let moved = browser.post(&path, &[("when", &format!("{later}T09:30")), ("tilbage", &here)]).await;
    assert_eq!((moved.status, moved.location.as_deref()), (StatusCode::SEE_OTHER, Some(here.as_str())));
    let page = browser.get(&format!("/kalender?vis=liste&dag={today}")).await.body;
    assert!(day(&page, &later).contains("<b>9.30</b>") && page.contains("Flyttet til"), "{page}");
    let past = browser.post(&path, &[("when", "2020-01-01T09:30"), ("tilbage", &here)]).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
    // only our own calendar is led back to
    let away =
        browser.post(&path, &[("when", &format!("{later}T10:30")), ("tilbage", "//evil.example")]).await;
    assert_eq!(away.location, Some(format!("/udsendelser/{planned}")));
    // what is out stays where it is (R15)
    let path = format!("/udsendelser/{out}/flyt");
    let late = browser.post(&path, &[("when", &format!("{later}T09:30")), ("tilbage", &here)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_narrowed_to_what_needs_somebody_a_channel_or_a_unit() {
    let g = Ground::new(Kind::Mastodon).await;
    g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
    let unsure = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    g.clock.advance(Duration::from_secs(3600));
    g.drive().await;
    g.after(300).await;
    assert_eq!(g.state(unsure).await, State::NeedsHuman);
    let sure = g.plan("En påmindelse om aftenvagterne.", DAY).await;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let has = |page: &str, id| page.contains(&format!("id=\"u{id}\""));
    let mut shown = async |query: &str| {
        let page = browser.get(&format!("/kalender?vis=maaned&dag={}&{query}", g.date(0))).await.body;
        (has(&page, unsure), has(&page, sure))
    };
    assert_eq!(shown("").await, (true, true));
    assert_eq!(shown("kun=mig").await, (true, false));
    assert_eq!(shown("kanal=mastodon").await, (true, true));
    assert_eq!(shown("kanal=bluesky").await, (false, false));
    assert_eq!(shown(&format!("enhed={}", g.app.centre_south)).await, (false, false));
    assert_eq!(shown(&format!("enhed={}", g.app.centre_north)).await, (true, true));
    assert_eq!(shown(&format!("enhed={}", g.app.organisation)).await, (true, true), "and those below it");
    assert_eq!(shown("dag=sludder&vis=andet&enhed=x&kanal=y").await, (true, true));
    let mut south = g.app.browser(Role::Recruiter, g.app.centre_south).await;
    let page = south.get("/kalender").await.body;
    assert!(!has(&page, unsure) && !page.contains("SOSU-assistent"), "another unit sees nothing");
}
