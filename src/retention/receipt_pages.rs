//! `/slettefrister/kvitteringer`: what was erased and what the search for it showed; one receipt to read and to print.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    actions,
    jobs::Prove,
    pages::stand_of,
    receipt::{self, Content, Place, Receipt, Stand},
    store,
};
use crate::{
    accounts::{Posted, Right, Viewer},
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    queue,
    web::{Answer, Fault, Shell, page, see_other},
};

struct Row {
    number: i32,
    when: String,
    kind: String,
    applications: String,
    files: String,
    label: String,
    look: &'static str,
    icon: &'static str,
}

#[derive(Template)]
#[template(path = "retention/receipts.html")]
struct ReceiptsPage {
    shell: Shell,
    rows: Vec<Row>,
    broken: Option<i32>,
}

struct Line {
    place: String,
    before: String,
    after: String,
    label: String,
    look: &'static str,
    icon: &'static str,
}

#[derive(Template)]
#[template(path = "retention/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    number: i32,
    lede: String,
    red: bool,
    blind: bool,
    found: String,
    lines: Vec<Line>,
    rules: Vec<(String, String)>,
    applications: String,
    gone: u64,
    words: String,
    shared: u64,
    shared_files: u64,
    resumed: u64,
    postgres: bool,
    bucket: bool,
    ids: String,
    hash: String,
    prev_hash: String,
    whole: bool,
    all: usize,
    /// It can be looked for again.
    again: bool,
}

/// `GET /slettefrister/kvitteringer`
pub async fn list(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    viewer.scope(Right::SeeRetention)?;
    let all = kit.db.read(store::receipts).await?;
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let n = |n: u64| format::whole(i64::try_from(n).unwrap_or(0), t.language());
    let row = |receipt: &Receipt| {
        let says = receipt.says()?;
        let (key, look, icon) = stand_of(if says.is_red() { Stand::Left } else { Stand::Proved });
        Some(Row {
            number: receipt.number,
            when: format::instant_short(receipt.at, kit.config.delivery.zone, t.language()),
            kind: t.say(says.kind.key()),
            applications: n(says.applications),
            files: n(says.files),
            label: t.say(key),
            look,
            icon,
        })
    };
    page(&ReceiptsPage {
        rows: all.iter().rev().filter_map(row).collect(),
        broken: receipt::broken(&all),
        shell,
    })
}

/// `GET /slettefrister/kvitteringer/{number}`
pub async fn show(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    number: web::Path<String>,
) -> Answer {
    viewer.scope(Right::SeeRetention)?;
    let number: i32 = number.parse().map_err(|_| Fault::NotFound)?;
    let scope = viewer.scope(Right::EraseApplications).ok().cloned();
    let (all, open, may) = kit
        .db
        .read(move |c| {
            let may = scope.map_or(Ok(false), |scope| actions::may_rule(c, &scope))?;
            Ok::<_, DbError>((store::receipts(c)?, store::unproved(c)?, may))
        })
        .await?;
    let one = all.iter().find(|receipt| receipt.number == number).ok_or(Fault::NotFound)?;
    let says = one.says().ok_or(Fault::NotFound)?;
    let again = may && open.iter().any(|erasure| erasure.id == one.erasure);
    let shell = viewer.shell(&req, &kit.config);
    page(&draw(&kit, shell, one, &says, receipt::broken(&all), (all.len(), again)))
}

/// `POST /slettefrister/kvitteringer/{number}/igen`: clears and looks once more, without waiting for the night.
pub async fn again(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    number: web::Path<String>,
) -> Answer {
    let viewer = posted.viewer;
    let scope = viewer.scope(Right::EraseApplications)?.clone();
    let number: i32 = number.parse().map_err(|_| Fault::NotFound)?;
    let (k, now) = (kit.get_ref().clone(), kit.clock.now());
    kit.db
        .write(move |c| {
            if !actions::may_rule(c, &scope)? {
                return Err(Fault::Refused("retention-refused-rule"));
            }
            let all = store::receipts(c)?;
            let one = all.iter().find(|receipt| receipt.number == number).ok_or(Fault::NotFound)?;
            Ok::<_, Fault>(queue::enqueue(c, &Prove { erasure: one.erasure }, now, now, &k.chance)?)
        })
        .await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("erasure-said-again")).await?;
    Ok(see_other(format!("/slettefrister/kvitteringer/{number}")))
}

fn draw(
    kit: &Kit,
    shell: Shell,
    one: &Receipt,
    says: &Content,
    broken: Option<i32>,
    (all, again): (usize, bool),
) -> ReceiptPage {
    let t = shell.t;
    let n = |n: u64| format::whole(i64::try_from(n).unwrap_or(0), t.language());
    let left: u64 = says.places.iter().filter_map(|seen| seen.after).sum();
    ReceiptPage {
        number: one.number,
        lede: t.with3(
            "erasure-lede",
            "count",
            says.applications,
            "at",
            format::instant_long(one.at, kit.config.delivery.zone, t.language()),
            "kind",
            t.say(says.kind.key()),
        ),
        red: says.is_red(),
        blind: says.blind,
        found: n(left),
        lines: says.places.iter().map(|seen| line(t, seen.place, seen.before, seen.after)).collect(),
        rules: says.rules.iter().map(|(rule, count)| (rule_name(t, rule), n(*count))).collect(),
        applications: n(says.applications),
        gone: says.applications,
        words: n(says.words),
        shared: says.shared,
        shared_files: says.shared_files,
        resumed: says.resumed,
        postgres: says.database == "postgres",
        bucket: says.bucket,
        ids: says.ids.clone(),
        hash: one.hash.clone(),
        prev_hash: one.prev_hash.clone(),
        whole: broken.is_none(),
        all,
        again,
        shell,
    }
}

fn line(t: Speech, place: Place, before: Option<u64>, after: Option<u64>) -> Line {
    let n = |n: Option<u64>| {
        n.map_or_else(|| "–".to_owned(), |n| format::whole(i64::try_from(n).unwrap_or(0), t.language()))
    };
    let (key, look, icon) = match after {
        Some(0) => ("erasure-not-found", "ok", "check"),
        Some(_) => ("erasure-found", "bad", "error"),
        None => ("erasure-not-looked", "line", "info"),
    };
    Line { place: t.say(place.key()), before: n(before), after: n(after), label: t.say(key), look, icon }
}

fn rule_name(t: Speech, rule: &str) -> String {
    let key = match rule {
        "profession" => "retention-rule-profession",
        "employment" => "retention-rule-employment",
        "posting" => "retention-rule-posting",
        "asked" => "retention-by-asked",
        "hand" => "erasure-kind-hand",
        "restore" => "erasure-kind-restore",
        _ => "retention-rule-organisation",
    };
    t.say(key)
}
