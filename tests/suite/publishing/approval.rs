//! Approval bound to bytes: who must approve what, that nothing else goes out, and what a changed word means.

use std::time::Duration;

use diesel::RunQueryDsl;
use opslag::{
    accounts::{Role, audit::Actor},
    base::id::{DeliveryId, PublicationId, UnitId, UserId},
    demo::worlds::Kind,
    publishing::{
        self, ActionError, State, Word, actions,
        approval::{self, Judgement},
        rewrite::{self, Pen, Rewritten},
    },
};
use reqwest::StatusCode;

use super::Ground;
use crate::harness::people::Browser;

/// A ground whose organisation has agreed on a division of the work; who approves, and who plans in centre north.
struct Agreed {
    g: Ground,
    lise: UserId,
    rene: UserId,
}

impl Agreed {
    async fn on(preset: &str, four_eyes: bool) -> Self {
        Self::at(preset, four_eyes, Kind::Bluesky).await
    }

    async fn at(preset: &str, four_eyes: bool, kind: Kind) -> Self {
        let mut g = Ground::new(kind).await;
        let mut hr = g.app.browser(Role::HrAdmin, g.app.organisation).await;
        let mut fields = vec![("preset", preset), ("role", "communications")];
        if four_eyes {
            fields.push(("four_eyes", "on"));
        }
        let set = hr.post(&format!("/ansvar/{}", g.app.organisation), &fields).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
        let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
        let rene = g.app.person("René Kjær", Role::Recruiter, g.app.centre_north).await;
        g.actor = Actor::User(rene);
        Self { g, lise, rene }
    }

    /// Orders as the recruiter of the unit; the delivery and its publication.
    async fn order(&self, text: &str, seconds: u64) -> (DeliveryId, PublicationId) {
        let ordered = self.g.order(text, seconds).await.unwrap();
        (ordered.deliveries[0], ordered.publication)
    }

    async fn says(&self, who: UserId, word: Word, id: DeliveryId) -> Result<(), ActionError> {
        let row = self.g.row(id).await;
        self.says_of(who, word, id, &row.payload_sha256).await
    }

    async fn says_of(&self, who: UserId, word: Word, id: DeliveryId, sha: &str) -> Result<(), ActionError> {
        let row = self.g.row(id).await;
        let note = if word == Word::Approved { "" } else { "Skriv lønnen ind." };
        let seen = vec![(id, sha.to_owned())];
        let judgement = Judgement { word, note: note.into(), seen, when: None, checks: Vec::new() };
        approval::judge(&self.g.app.kit, Actor::User(who), row.publication_id, judgement).await
    }

    async fn rewrites(&self, who: UserId, id: DeliveryId, words: &str) -> Rewritten {
        let scope = self.g.scope().await;
        let pen = Pen { actor: Actor::User(who), edits: scope.clone(), publishes: scope };
        rewrite::rewrite(&self.g.app.kit, &pen, id, words, None).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_be_approved_is_never_due_and_goes_out_once_it_is() {
    for kind in super::KINDS {
        let a = Agreed::at("central", true, kind).await;
        let (id, _) = a.order("Vi søger dig til aften.", 3600).await;
        let row = a.g.row(id).await;
        assert_eq!((row.state, row.next_at), (State::InReview, None), "{kind:?}");
        a.g.after(7200).await;
        assert_eq!((a.g.state(id).await, a.g.world.posts().len()), (State::InReview, 0));
        // whoever wrote it does not approve it, nor does somebody without the role
        assert!(matches!(a.says(a.rene, Word::Approved, id).await, Err(ActionError::Forbidden)));
        a.says(a.lise, Word::Approved, id).await.unwrap();
        a.g.drive().await;
        assert_eq!((a.g.state(id).await, a.g.world.posts().len()), (State::Published, 1), "{kind:?}");
        let said = a.g.app.kit.db.read(move |c| publishing::approvals_of(c, id)).await.unwrap();
        assert_eq!((said.len(), said[0].payload_sha256.clone()), (1, row.payload_sha256));
        assert_eq!(said[0].by_actor, format!("user:{}", a.lise));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_three_presets_hold_for_own_and_shared_accounts() {
    // the shared account lies with the organisation, the own one with centre north where the ad is
    for (preset, shared, own) in [
        ("central", State::InReview, State::InReview),
        ("hybrid", State::InReview, State::Planned),
        ("decentral", State::Planned, State::Planned),
    ] {
        let a = Agreed::on(preset, true).await;
        let (id, _) = a.order("Vi søger dig til aften.", 3600).await;
        assert_eq!(a.g.state(id).await, shared, "{preset} on a shared account");
        move_account(&a.g, a.g.app.centre_north).await;
        let (id, _) = a.order("Vi søger dig til nat.", 3600).await;
        assert_eq!(a.g.state(id).await, own, "{preset} on an own account");
    }
}

async fn move_account(g: &Ground, unit: UnitId) {
    let sql = format!("update channel_accounts set unit_id = '{unit}'");
    g.app
        .kit
        .db
        .write(move |c| {
            diesel::sql_query(sql).execute(c)?;
            Ok::<_, opslag::db::DbError>(())
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_cannot_lift_what_was_agreed_above_it() {
    let a = Agreed::on("central", true).await;
    let (north, top) = (a.g.app.centre_north, a.g.app.organisation);
    let mut north_hr = a.g.app.browser(Role::HrAdmin, north).await;
    let own = format!("/ansvar/{north}");
    assert_eq!(north_hr.get(&own).await.status, StatusCode::NOT_FOUND);
    let decentral = [("preset", "decentral"), ("role", "communications")];
    assert_eq!(north_hr.post(&own, &decentral).await.status, StatusCode::NOT_FOUND);
    // who answers for the agreement makes the exception, and takes it back
    let mut hr = a.g.app.browser(Role::HrAdmin, top).await;
    assert_eq!(hr.post(&own, &decentral).await.status, StatusCode::SEE_OTHER);
    let page = hr.get("/ansvar").await.body;
    assert!(page.contains("Decentralt") && page.contains("Centralt, aftalt i Fjordby Kommune"), "{page}");
    move_account(&a.g, north).await;
    let (id, _) = a.order("Vi søger dig til aften.", 3600).await;
    assert_eq!(a.g.state(id).await, State::Planned);
    assert_eq!(hr.post(&own, &[("do", "loeft")]).await.status, StatusCode::SEE_OTHER);
    let (id, _) = a.order("Vi søger dig til nat.", 3600).await;
    assert_eq!(a.g.state(id).await, State::InReview);
    // a table of one's own, and a cell that is missing
    let wrong = hr.post(&own, &[("preset", "own"), ("role", "communications")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Vælg noget i alle felter"), "{}", wrong.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_claim_and_the_database_refuse_bytes_nobody_approved() {
    let a = Agreed::on("central", true).await;
    let (id, _) = a.order("Vi søger dig til aften.", 60).await;
    a.says(a.lise, Word::Approved, id).await.unwrap();
    assert_eq!(a.g.state(id).await, State::Planned);
    // somebody changes the row behind everybody's back: payload and hash, as if by a careless script
    let sql = "update deliveries set payload = replace(payload, 'aften', 'nat')";
    a.g.app.kit.db.write(move |c| run(c, sql)).await.unwrap();
    a.g.after(120).await;
    let row = a.g.row(id).await;
    assert_eq!((row.state, row.error_kind.as_deref()), (State::InReview, Some("not_approved")));
    assert!(a.g.world.posts().is_empty());
    let mut browser = a.g.app.recruiter().await;
    let page = browser.get(&format!("/udsendelser/{id}")).await.body;
    assert!(page.contains("Teksten er ikke godkendt, som den står nu"), "{page}");
    // and the fence cannot be written at all
    let fence =
        "update deliveries set state = 'publishing', fenced_at = 1, payload_sha256 = 'x', next_at = 1";
    let straight = a.g.app.kit.db.write(move |c| run(c, fence)).await;
    assert!(straight.is_err(), "in_review leads to no fence");
    let planned = "update deliveries set state = 'planned'";
    a.g.app.kit.db.write(move |c| run(c, planned)).await.unwrap();
    let refused = a.g.app.kit.db.write(move |c| run(c, fence)).await.unwrap_err().to_string();
    assert!(refused.contains("without its approval"), "{refused}");
    let taken_back = a.g.app.kit.db.write(move |c| run(c, "delete from approvals")).await;
    assert!(taken_back.is_err(), "what was said stands");
}

fn run(c: &mut opslag::db::Conn, sql: &str) -> Result<(), opslag::db::DbError> {
    diesel::sql_query(sql).execute(c)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_word_asks_anew_on_its_own_channel_alone() {
    let a = Agreed::on("central", true).await;
    let (first, _) = a.order("Vi søger dig til aften.", 3600).await;
    let (second, _) = a.order("Vi søger dig til nat.", 3600).await;
    for id in [first, second] {
        a.says(a.lise, Word::Approved, id).await.unwrap();
    }
    let before = a.g.row(first).await;
    assert_eq!(a.rewrites(a.rene, first, "Vi søger dig til aften og weekend.").await, Rewritten::Waits);
    let after = a.g.row(first).await;
    assert_eq!((after.state, a.g.state(second).await), (State::InReview, State::Planned));
    assert_ne!((&after.payload_sha256, &after.send_key), (&before.payload_sha256, &before.send_key));
    assert_eq!(after.link_id, before.link_id, "the same tracked link");
    let link = |row: &opslag::publishing::Delivery| {
        serde_json::from_str::<opslag::channels::Post>(&row.payload).unwrap().link
    };
    assert_eq!(link(&before), link(&after));
    // what was on the screen before the change cannot be approved any more
    let stale = a.says_of(a.lise, Word::Approved, first, &before.payload_sha256).await;
    assert!(matches!(stale, Err(ActionError::Field("state", "approval-error-changed"))), "{stale:?}");
    a.g.after(7200).await;
    assert_eq!((a.g.state(first).await, a.g.world.posts().len()), (State::InReview, 1));
    a.says(a.lise, Word::Approved, first).await.unwrap();
    a.g.after(300).await;
    assert_eq!(a.g.world.posts().len(), 2);
    assert!(a.g.world.posts()[0].text().starts_with("Vi søger dig til aften og weekend."));
    // the same words change nothing
    let (third, _) = a.order("Vi søger dig i ferien.", 3600).await;
    assert_eq!(a.rewrites(a.rene, third, " Vi søger dig i ferien. ").await, Rewritten::Same);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_rule_a_planned_text_is_changed_and_goes_out() {
    for kind in super::KINDS {
        let g = Ground::new(kind).await;
        let id = g.plan("Vi søger dig til aften.", 3600).await;
        let mut browser = g.app.recruiter().await;
        let path = format!("/udsendelser/{id}/tekst");
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("Vi søger dig til aften."));
        let long = "Vi søger dig til aften. ".repeat(3000);
        let wrong = browser.post(&path, &[("do", "gem"), ("text", &long)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
        assert!(wrong.body.contains("form-error"), "{}", wrong.body);
        let kept = browser.post(&path, &[("do", "gem"), ("text", "Vi søger dig til weekend.")]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        g.after(3600).await;
        assert_eq!(g.state(id).await, State::Published, "{kind:?}");
        assert!(g.world.posts()[0].text().starts_with("Vi søger dig til weekend."), "{kind:?}");
        // what is out is out
        let late = browser.post(&path, &[("do", "gem"), ("text", "For sent")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sent_back_it_lies_with_its_author_until_it_is_sent_again() {
    let a = Agreed::on("central", true).await;
    let (id, publication) = a.order("Vi søger dig til aften.", 3600).await;
    let kit = &a.g.app.kit;
    let nothing =
        Judgement { word: Word::Returned, note: " ".into(), seen: vec![], when: None, checks: Vec::new() };
    let wrong = approval::judge(kit, Actor::User(a.lise), publication, nothing).await;
    assert!(matches!(wrong, Err(ActionError::Field("note", "approval-error-note"))));
    a.says(a.lise, Word::Returned, id).await.unwrap();
    assert_eq!(a.g.state(id).await, State::Draft);
    a.g.clock.advance(Duration::from_secs(61));
    a.g.app.drain().await;
    let letters = a.g.app.letters();
    let told = letters.iter().find(|l| l.contains("Hej René Kjær")).unwrap_or_else(|| panic!("{letters:#?}"));
    assert!(told.contains("Sendt tilbage af Lise Holm") && told.contains("Skriv lønnen ind."), "{told}");
    assert_eq!(a.rewrites(a.rene, id, "Vi søger dig til aften. Løn efter aftale.").await, Rewritten::Waits);
    assert_eq!(a.g.state(id).await, State::Draft, "nobody reads it before it is sent");
    approval::submit(kit, Actor::User(a.rene), publication).await.unwrap();
    assert_eq!(a.g.state(id).await, State::InReview);
    a.says(a.lise, Word::Rejected, id).await.unwrap();
    let row = a.g.row(id).await;
    assert_eq!((row.state, row.error_kind.as_deref()), (State::Cancelled, Some("rejected")));
    assert!(matches!(a.says(a.lise, Word::Approved, id).await, Err(ActionError::TooLate)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_too_long_asks_for_a_new_time() {
    let a = Agreed::on("central", true).await;
    let (id, publication) = a.order("Vi søger dig til aften.", 60).await;
    a.g.after(26 * 3600).await;
    assert_eq!(a.g.state(id).await, State::InReview, "it does not fall away silently");
    let mut lise = a.logged(a.lise).await;
    let page = lise.get(&format!("/godkendelser/{publication}")).await.body;
    assert!(
        page.contains("Tidspunktet er gået, mens det ventede") && page.contains("Nyt tidspunkt"),
        "{page}"
    );
    a.says(a.lise, Word::Approved, id).await.unwrap();
    assert_eq!(a.g.state(id).await, State::Approved);
    a.g.after(3600).await;
    assert!(a.g.world.posts().is_empty());
    let by = a.g.by().await;
    let zone = a.g.app.kit.config.delivery.zone;
    let later = opslag::base::wall::WallTime::at(a.g.clock.now() + Duration::from_secs(3600), zone);
    actions::move_to(&a.g.app.kit, &by, id, later).await.unwrap();
    assert_eq!(a.g.state(id).await, State::Planned);
    a.g.after(3660).await;
    assert_eq!((a.g.state(id).await, a.g.world.posts().len()), (State::Published, 1));
    // or the time comes with the approval
    let (other, publication) = a.order("Vi søger dig til nat.", 60).await;
    a.g.after(26 * 3600).await;
    let later = opslag::base::wall::WallTime::at(a.g.clock.now() + Duration::from_secs(600), zone);
    let sha = a.g.row(other).await.payload_sha256;
    // yesterday's session is over
    let mut lise = a.logged(a.lise).await;
    let path = format!("/godkendelser/{publication}/svar");
    let answer = [("seen", format!("{other}:{sha}")), ("do", "approved".into()), ("when", later.field())];
    let answer: Vec<_> = answer.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let done = lise.post(&path, &answer).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    a.g.after(660).await;
    assert_eq!(a.g.state(other).await, State::Published);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_four_eyes_the_centre_approves_its_own_and_it_is_written_down() {
    let mut a = Agreed::on("central", false).await;
    a.g.actor = Actor::User(a.lise);
    let (id, _) = a.order("Vi søger dig til aften.", 0).await;
    let said = a.g.app.kit.db.read(move |c| publishing::approvals_of(c, id)).await.unwrap();
    assert_eq!((said.len(), said[0].verdict), (1, Word::Approved));
    a.g.drive().await;
    assert_eq!(a.g.state(id).await, State::Published);
    // with four eyes a colleague must
    let mut b = Agreed::on("central", true).await;
    b.g.actor = Actor::User(b.lise);
    let (id, _) = b.order("Vi søger dig til aften.", 0).await;
    assert!(matches!(b.says(b.lise, Word::Approved, id).await, Err(ActionError::Forbidden)));
    let kaj = b.g.app.person("Kaj Lund", Role::Communications, b.g.app.organisation).await;
    b.says(kaj, Word::Approved, id).await.unwrap();
    b.g.drive().await;
    assert_eq!(b.g.state(id).await, State::Published);
    // sent once more it has another link, so other bytes
    let by = opslag::publishing::By { actor: Actor::User(b.rene), scope: b.g.scope().await };
    actions::take_down(&b.g.app.kit, &by, id).await.unwrap();
    b.g.drive().await;
    let again = actions::again(&b.g.app.kit, &by, id, None).await.unwrap();
    assert_eq!(b.g.state(again).await, State::InReview);
}

#[tokio::test(flavor = "multi_thread")]
async fn approvers_get_one_letter_at_once_when_it_is_due_soon_and_else_in_the_morning() {
    let a = Agreed::on("central", true).await;
    let (soon, _) = a.order("Vi søger dig til aften.", 3600).await;
    let (far, _) = a.order("Vi søger dig til nat.", 3 * 86_400).await;
    a.g.clock.advance(Duration::from_secs(61));
    a.g.app.drain().await;
    let letters = a.g.app.letters();
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert!(letters[0].contains("Hej Lise Holm") && !letters[0].contains("Vi søger"));
    let soon_at = format!("/godkendelser/{}", a.g.row(soon).await.publication_id);
    let far_at = format!("/godkendelser/{}", a.g.row(far).await.publication_id);
    assert!(letters[0].contains(&soon_at) && letters[0].contains(&far_at));
    a.says(a.lise, Word::Approved, soon).await.unwrap();
    a.g.clock.advance(Duration::from_secs(24 * 3600));
    a.g.app.drain().await;
    let letters = a.g.app.letters();
    let morning: Vec<_> = letters.iter().filter(|l| l.contains(&far_at) && !l.contains(&soon_at)).collect();
    assert_eq!(morning.len(), 1, "{letters:#?}");
}

impl Agreed {
    async fn logged(&self, who: UserId) -> Browser {
        self.g.app.logged_in(who).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contributor_suggests_and_the_approver_sees_what_will_be_sent() {
    let g = Ground::new(Kind::Bluesky).await;
    let mut writer = g.app.browser(Role::Contributor, g.app.centre_north).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let page = writer.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(
        page.body.contains("Skal godkendes: Kommunikationsmedarbejder, Plejecenter Nord"),
        "{}",
        page.body
    );
    let account = g.account.to_string();
    let field = format!("text-{account}");
    let fields = [("timing", "now"), ("account", &account), (&field, "Kom og vær med <her>")];
    let sent = writer.post(&path, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let at = sent.location.unwrap();
    assert!(at.starts_with("/godkendelser/"), "{at}");
    g.drive().await;
    assert!(g.world.posts().is_empty());
    let own = writer.get(&at).await.body;
    assert!(own.contains("Kan godkendes af") && !own.contains("Dit svar"), "{own}");
    // the answer needs a word from somebody who may; what is wrong is said, what was written stays
    let list = lise.get("/godkendelser").await.body;
    assert!(list.contains("Venter på dig") && list.contains("SOSU-assistent til aften"), "{list}");
    let shown = lise.get(&at).await.body;
    assert!(
        shown.contains("Kom og vær med &#60;her&#62;") || shown.contains("Kom og vær med &lt;her&gt;"),
        "{shown}"
    );
    let seen = shown.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = format!("{at}/svar");
    let silent = lise.post(&answer, &[("seen", &seen), ("do", "returned"), ("note", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("Skriv en besked, så forfatteren ved"), "{}", silent.body);
    let forged = writer.post(&answer, &[("seen", &seen), ("do", "approved")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let said = lise.post(&format!("{at}/bemaerk"), &[("remark", "Fin tekst.\nHusk lønnen.")]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER);
    let back = lise.post(&answer, &[("seen", &seen), ("do", "returned"), ("note", "Skriv lønnen.")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    // the author changes it and sees what was said
    let own = writer.get(&at).await.body;
    assert!(
        own.contains("»Skriv lønnen.«")
            && own.contains("Husk lønnen.")
            && own.contains("Send til godkendelse")
    );
    let id = seen.split(':').next().unwrap();
    let words = format!("/udsendelser/{id}/tekst");
    let kept = writer.post(&words, &[("do", "gem"), ("text", "Kom og vær med. Løn efter aftale.")]).await;
    assert_eq!(kept.location.as_deref(), Some(at.as_str()), "{}", kept.body);
    assert_eq!(writer.post(&format!("{at}/send"), &[]).await.status, StatusCode::SEE_OTHER);
    let shown = lise.get(&at).await.body;
    assert!(
        shown.contains("<ins>") && shown.contains("Sammenlignet med det, der blev sendt tilbage"),
        "{shown}"
    );
    // an old screen approves nothing
    let stale = lise.post(&answer, &[("seen", &seen), ("do", "approved")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("Teksten er ændret, siden du åbnede siden"), "{}", stale.body);
    let seen =
        stale.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let done = lise.post(&answer, &[("seen", &seen), ("do", "approved")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    g.drive().await;
    assert_eq!(g.world.posts()[0].text(), "Kom og vær med. Løn efter aftale.");
    // another unit's people see nothing of it
    let mut south = g.app.browser(Role::Communications, g.app.centre_south).await;
    assert_eq!(south.get(&at).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_short_list_finds_what_it_can_and_what_a_person_ticked_stays_with_the_approval() {
    let mut a = Agreed::on("central", true).await;
    let (photo, film) = (a.g.app.photograph().await, a.g.app.film().await);
    let mut content = a.g.app.ready_content("SOSU-assistent til nat");
    content.media = vec![
        opslag::postings::Placed { asset: photo, role: opslag::postings::MediaRole::Hero },
        opslag::postings::Placed { asset: film, role: opslag::postings::MediaRole::Film },
    ];
    a.g.posting = a.g.app.opened(content).await.id;
    a.g.media = vec![photo];
    let (id, publication) = a.order("Vi søger dig til nat.", 3600).await;
    let mut lise = a.g.app.logged_in(a.lise).await;
    let page = lise.get(&format!("/godkendelser/{publication}")).await.body;
    for said in [
        "Filen har en beskrivelse.",
        "Ingen film.",
        "Ingen er noteret på det, der vises.",
        "Et sporet link på hver kanal.",
        "Løn og overenskomst står i jobopslaget.",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("value=\"alt\""), "nobody ticks what the program knows");

    // what goes wrong with the answer leaves the boxes as they were
    let seen = format!("{id}:{}", a.g.row(id).await.payload_sha256);
    let path = format!("/godkendelser/{publication}/svar");
    let answer = [("seen", seen.as_str()), ("check", "tone"), ("check", "facts"), ("check", "alt")];
    let bare = lise.post(&path, &[&answer[..], &[("do", "returned")]].concat()).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.body.contains("value=\"tone\" checked") && !bare.body.contains("value=\"theme\" checked"));

    let done = lise.post(&path, &[&answer[..], &[("do", "approved")]].concat()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let said = a.g.app.kit.db.read(move |c| publishing::approvals_of(c, id)).await.unwrap();
    assert_eq!(
        (said[0].checks.as_str(), said[0].by_actor.clone()),
        ("facts tone", format!("user:{}", a.lise))
    );
    let page = lise.get(&format!("/godkendelser/{publication}")).await.body;
    assert!(page.contains("Har set på: tal, frist og løn, tone"), "{page}");
    let proof = lise.get(&format!("/udsendelser/{id}/bevis")).await.body;
    assert!(proof.contains("facts tone"), "{proof}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_ticked_stands_in_nobodys_way() {
    let a = Agreed::on("central", true).await;
    let (id, publication) = a.order("Vi søger dig til nat.", 3600).await;
    let mut lise = a.g.app.logged_in(a.lise).await;
    let seen = format!("{id}:{}", a.g.row(id).await.payload_sha256);
    let answer = [("seen", seen.as_str()), ("do", "approved")];
    let done = lise.post(&format!("/godkendelser/{publication}/svar"), &answer).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let said = a.g.app.kit.db.read(move |c| publishing::approvals_of(c, id)).await.unwrap();
    assert_eq!(said[0].checks, "");
}
