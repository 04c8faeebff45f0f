//! Posts: made once per key, judged as Mastodon judges them, shown as its HTML.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path, Payload, Query},
};
use serde::Deserialize;
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{
    KEY_LASTS, MAX_ATTACHMENTS, MAX_CHARACTERS, Mastodon, Refusal, Reply, State, bearer, number, read,
};
use crate::{
    base::Instant,
    demo::worlds::{MediumKind, lock, wall},
};

/// What every address counts as.
pub(super) const URL_LENGTH: usize = 23;

/// A post.
pub(super) struct Status {
    pub person: u64,
    pub at: Instant,
    pub text: String,
    pub spoiler: String,
    pub visibility: String,
    pub language: Option<String>,
    pub sensitive: bool,
    pub media: Vec<u64>,
    pub app: String,
    pub website: Option<String>,
    pub edited: Option<Instant>,
    /// What it answers.
    pub answers: Option<u64>,
}

/// Its length as Mastodon counts: graphemes, each address as 23, of `@user@domain` only `@user`.
pub(super) fn length(text: &str) -> usize {
    wall::with_links(text)
        .iter()
        .map(|piece| match piece.link {
            Some(_) => URL_LENGTH,
            None => without_domains(&piece.text).graphemes(true).count(),
        })
        .sum()
}

fn without_domains(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, word) in text.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let mention = word.strip_prefix('@').and_then(|rest| rest.split_once('@'));
        match mention {
            Some((user, domain)) if !user.is_empty() && domain.contains('.') => {
                out.push('@');
                out.push_str(user);
            }
            _ => out.push_str(word),
        }
    }
    out
}

pub(super) async fn create(world: Data<Mastodon>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let key = request.headers().get("Idempotency-Key").and_then(|value| value.to_str().ok());
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let (person, token) = world.allowed(&state, &request, &["write:statuses"])?;
    let (app, website) = (token.app.clone(), token.website.clone());

    // before anything is judged: the same key within the hour is the same post
    let key = key.filter(|key| !key.is_empty()).map(|key| (person, key.to_owned()));
    if let Some((id, at)) = key.as_ref().and_then(|key| state.keys.get(key)).copied()
        && now.since(at) < KEY_LASTS
    {
        let answer = world.status_json(&state, id).ok_or_else(Refusal::not_found)?;
        return Ok(world.answer(&mut state, StatusCode::OK).json(answer));
    }

    let media = attachable(&state, person, fields.all("media_ids"), None)?;
    let text = fields.text("status").trim().to_owned();
    let spoiler = fields.text("spoiler_text").trim().to_owned();
    if text.is_empty() && spoiler.is_empty() && media.is_empty() {
        return Err(Refusal::validation("Text can't be blank"));
    }
    if length(&text) + length(&spoiler) > MAX_CHARACTERS {
        return Err(Refusal::validation(format!("Text character limit of {MAX_CHARACTERS} exceeded")));
    }
    let visibility = fields.get("visibility").filter(|v| !v.is_empty()).unwrap_or("public");
    if !["public", "unlisted", "private", "direct"].contains(&visibility) {
        return Err(Refusal::validation("Visibility is not included in the list"));
    }
    if fields.get("scheduled_at").is_some_and(|at| !at.is_empty()) {
        return Err(Refusal::unprocessable("This practice server posts at once; it has no plan of its own"));
    }

    let answers = match fields.get("in_reply_to_id").filter(|id| !id.is_empty()) {
        Some(above) => Some(number(above)?),
        None => None,
    };
    if answers.is_some_and(|above| !state.statuses.contains_key(&above)) {
        let words = "The post you are trying to reply to does not appear to exist.";
        return Err(Refusal::new(StatusCode::NOT_FOUND, words));
    }
    let id = world.next_id(&mut state);
    for medium in &media {
        if let Some(attachment) = state.media.get_mut(medium) {
            attachment.status = Some(id);
        }
    }
    let status = Status {
        person,
        at: now,
        text,
        spoiler,
        visibility: visibility.to_owned(),
        language: fields.get("language").filter(|l| !l.is_empty()).map(ToOwned::to_owned),
        sensitive: fields.text("sensitive") == "true",
        media,
        app,
        website,
        edited: None,
        answers,
    };
    state.statuses.insert(id, status);
    if let Some(key) = key {
        state.keys.insert(key, (id, now));
    }
    let answer = world.status_json(&state, id).ok_or_else(Refusal::not_found)?;
    Ok(world.answer(&mut state, StatusCode::OK).json(answer))
}

/// The media that a post is to carry, when it may.
fn attachable(state: &State, person: u64, ids: &[String], own: Option<u64>) -> Result<Vec<u64>, Refusal> {
    if ids.len() > MAX_ATTACHMENTS {
        return Err(Refusal::unprocessable(format!("Cannot attach more than {MAX_ATTACHMENTS} files")));
    }
    let find = |id: &String| {
        id.parse()
            .ok()
            .and_then(|id: u64| state.media.get(&id))
            .filter(|attachment| attachment.person == person)
            .filter(|attachment| attachment.status.is_none() || attachment.status == own)
    };
    let missing: Vec<_> = ids.iter().filter(|id| find(id).is_none()).map(String::as_str).collect();
    if !missing.is_empty() {
        return Err(Refusal::unprocessable(format!(
            "Media {} not found or already attached to another post",
            missing.join(", ")
        )));
    }
    let found: Vec<_> = ids.iter().filter_map(find).collect();
    if found.len() > 1 && found.iter().any(|attachment| attachment.kind == MediumKind::Film) {
        return Err(Refusal::unprocessable("Cannot attach a video to a post that already contains images"));
    }
    if found.iter().any(|attachment| !attachment.is_ready()) {
        return Err(Refusal::unprocessable(
            "Cannot attach files that have not finished processing. Try again in a moment!",
        ));
    }
    Ok(found.iter().map(|attachment| attachment.id).collect())
}

pub(super) async fn show(world: Data<Mastodon>, request: HttpRequest, id: Path<String>) -> Reply {
    let id = number(&id)?;
    let mut state = lock(&world.state);
    if bearer(&request).is_some() {
        world.allowed(&state, &request, &["read:statuses"])?;
    }
    let visible =
        state.statuses.get(&id).is_some_and(|status| is_public(status) || bearer(&request).is_some());
    let answer = world.status_json(&state, id).filter(|_| visible).ok_or_else(Refusal::not_found)?;
    Ok(world.answer(&mut state, StatusCode::OK).json(answer))
}

/// GET: the thread around a post; here it is two deep.
pub(super) async fn context(world: Data<Mastodon>, request: HttpRequest, id: Path<String>) -> Reply {
    let id = number(&id)?;
    let mut state = lock(&world.state);
    world.allowed(&state, &request, &["read:statuses"])?;
    let above = state.statuses.get(&id).ok_or_else(Refusal::not_found)?.answers;
    let (now, lag) = (world.ground.clock.now(), world.ground.lag());
    let below = |(_, status): &(&u64, &Status)| status.answers == Some(id) && now.since(status.at) >= lag;
    let below: Vec<u64> = state.statuses.iter().filter(below).map(|(id, _)| *id).collect();
    let shown =
        |ids: &[u64]| -> Vec<Value> { ids.iter().filter_map(|id| world.status_json(&state, *id)).collect() };
    let answer = json!({ "ancestors": shown(above.as_slice()), "descendants": shown(&below) });
    Ok(world.answer(&mut state, StatusCode::OK).json(answer))
}

fn is_public(status: &Status) -> bool {
    ["public", "unlisted"].contains(&status.visibility.as_str())
}

/// PUT: other words, and what is shown from now on; a file that is not named is taken off. The same again changes nothing.
pub(super) async fn update(
    world: Data<Mastodon>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> Reply {
    let fields = read(&request, body).await?;
    let id = number(&id)?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let (person, _) = world.allowed(&state, &request, &["write:statuses"])?;
    state.statuses.get(&id).filter(|status| status.person == person).ok_or_else(Refusal::not_found)?;
    let media = attachable(&state, person, fields.all("media_ids"), Some(id))?;
    let text = fields.text("status").trim().to_owned();
    if text.is_empty() && media.is_empty() {
        return Err(Refusal::validation("Text can't be blank"));
    }
    if length(&text) > MAX_CHARACTERS {
        return Err(Refusal::validation(format!("Text character limit of {MAX_CHARACTERS} exceeded")));
    }
    for said in fields.all("media_attributes") {
        let said: Value = serde_json::from_str(said).unwrap_or_default();
        let of = said["id"].as_str().and_then(|id| id.parse::<u64>().ok()).filter(|of| media.contains(of));
        if let Some(attachment) = of.and_then(|of| state.media.get_mut(&of)) {
            said["description"].as_str().unwrap_or_default().clone_into(&mut attachment.description);
        }
    }
    if let Some(status) = state.statuses.get_mut(&id) {
        if status.text != text || status.media != media {
            status.edited = Some(now);
        }
        (status.text, status.media) = (text, media.clone());
        if let Some(language) = fields.get("language").filter(|l| !l.is_empty()) {
            status.language = Some(language.to_owned());
        }
    }
    for attachment in state.media.values_mut().filter(|a| a.status == Some(id) && !media.contains(&a.id)) {
        attachment.status = None;
    }
    let answer = world.status_json(&state, id).ok_or_else(Refusal::not_found)?;
    Ok(world.answer(&mut state, StatusCode::OK).json(answer))
}

/// DELETE: the post is gone; the answer has its text, so that it can be written anew.
pub(super) async fn delete(world: Data<Mastodon>, request: HttpRequest, id: Path<String>) -> Reply {
    let id = number(&id)?;
    let mut state = lock(&world.state);
    let (person, _) = world.allowed(&state, &request, &["write:statuses"])?;
    let own = state.statuses.get(&id).filter(|status| status.person == person);
    let text = own.ok_or_else(Refusal::not_found)?.text.clone();
    let mut answer = world.status_json(&state, id).ok_or_else(Refusal::not_found)?;
    answer["text"] = text.into();
    if let Some(status) = state.statuses.remove(&id) {
        for medium in status.media {
            if let Some(attachment) = state.media.get_mut(&medium) {
                attachment.status = None; // may be attached to the new version
            }
        }
    }
    Ok(world.answer(&mut state, StatusCode::OK).json(answer))
}

/// Which part of an account's posts.
#[derive(Deserialize)]
pub(super) struct Part {
    limit: Option<usize>,
    max_id: Option<u64>,
    since_id: Option<u64>,
    min_id: Option<u64>,
    only_media: Option<bool>,
}

/// GET /api/v1/accounts/:id/statuses: newest first, with the way to the next page in `Link`.
pub(super) async fn of_account(
    world: Data<Mastodon>,
    request: HttpRequest,
    id: Path<String>,
    part: Query<Part>,
) -> Reply {
    let person = number(&id)?;
    let mut state = lock(&world.state);
    let insider = bearer(&request).is_some();
    if insider {
        world.allowed(&state, &request, &["read:statuses"])?;
    }
    state.person(person).ok_or_else(Refusal::not_found)?;
    let limit = part.limit.unwrap_or(20).clamp(1, 40);
    let wanted = |(id, status): &(&u64, &Status)| {
        status.person == person
            && (insider || is_public(status))
            && part.max_id.is_none_or(|max| **id < max)
            && part.since_id.is_none_or(|since| **id > since)
            && part.min_id.is_none_or(|min| **id > min)
            && (part.only_media != Some(true) || !status.media.is_empty())
    };
    let mut ids: Vec<u64> = if part.min_id.is_some() {
        state.statuses.iter().filter(wanted).take(limit).map(|(id, _)| *id).collect()
    } else {
        state.statuses.iter().rev().filter(wanted).take(limit).map(|(id, _)| *id).collect()
    };
    ids.sort_unstable_by(|a, b| b.cmp(a));
    let list: Vec<_> = ids.iter().filter_map(|id| world.status_json(&state, *id)).collect();
    let mut response = world.answer(&mut state, StatusCode::OK);
    if let (Some(newest), Some(oldest)) = (ids.first(), ids.last()) {
        let here = format!("{}/api/v1/accounts/{person}/statuses?limit={limit}", world.ground.base());
        response.insert_header((
            header::LINK,
            format!("<{here}&max_id={oldest}>; rel=\"next\", <{here}&min_id={newest}>; rel=\"prev\""),
        ));
    }
    let response: HttpResponse = response.json(list);
    Ok(response)
}

impl Mastodon {
    /// A post as its API shows it.
    fn status_json(&self, state: &State, id: u64) -> Option<Value> {
        let status = state.statuses.get(&id)?;
        let person = state.person(status.person)?;
        let base = self.ground.base();
        let readers = self.ground.readers(&id.to_string());
        let media: Vec<_> =
            status.media.iter().filter_map(|id| Some(state.media.get(id)?.json(&base))).collect();
        Some(json!({
            "id": id.to_string(),
            "uri": format!("{base}/users/{}/statuses/{id}", person.username),
            "url": format!("{base}/@{}/{id}", person.username),
            "created_at": status.at.rfc3339_millis(), "edited_at": status.edited.map(|at| at.rfc3339_millis()),
            "in_reply_to_id": status.answers.map(|above| above.to_string()),
            "in_reply_to_account_id": status.answers.and(Some(status.person.to_string())), "reblog": null,
            "sensitive": status.sensitive, "spoiler_text": status.spoiler,
            "visibility": status.visibility, "language": status.language,
            "content": content(&status.text), "card": null, "poll": null,
            "account": self.account_json(person, state.count_of(status.person)),
            "application": {"name": status.app, "website": status.website},
            "media_attachments": media, "mentions": [], "tags": [], "emojis": [],
            "replies_count": readers.answered, "reblogs_count": readers.passed_on,
            "favourites_count": readers.liked, "quotes_count": 0,
            "favourited": false, "reblogged": false, "muted": false, "bookmarked": false, "pinned": false,
        }))
    }
}

/// The text as its HTML: paragraphs, and addresses whose scheme and tail are hidden.
fn content(text: &str) -> String {
    let paragraphs = text.replace("\r\n", "\n");
    paragraphs
        .split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| {
            let inner: String = wall::with_links(paragraph)
                .iter()
                .map(|piece| match &piece.link {
                    Some(address) => link(address),
                    None => escaped(&piece.text).replace('\n', "<br />"),
                })
                .collect();
            format!("<p>{inner}</p>")
        })
        .collect()
}

fn link(address: &str) -> String {
    let (scheme, rest) = address.split_at(address.find("://").map_or(0, |at| at + 3));
    let seen: String = rest.chars().take(30).collect();
    let hidden = &rest[seen.len()..];
    let class = if hidden.is_empty() { "" } else { "ellipsis" };
    format!(
        "<a href=\"{}\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">{scheme}\
         </span><span class=\"{class}\">{}</span><span class=\"invisible\">{}</span></a>",
        escaped(address),
        escaped(&seen),
        escaped(hidden)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_mastodon_counts() {
        assert_eq!(length("Vi søger 👩‍⚕️"), 10);
        assert_eq!(length("Søg https://job.example.dk/et/meget/langt/spor/med/mange/led her"), 4 + 23 + 4);
        assert_eq!(length("Hej @anna@example.dk"), 9);
        assert_eq!(length("post@example.dk"), 15);
    }

    #[test]
    fn the_whole_address_stands_in_the_html() {
        let html = content("Søg <her>:\nhttps://job.example.dk/r/k7w2q?a=1&b=2 \n\nHilsen");
        assert!(
            html.starts_with(
                "<p>Søg &lt;her&gt;:<br /><a href=\"https://job.example.dk/r/k7w2q?a=1&amp;b=2\""
            )
        );
        assert!(html.ends_with("<p>Hilsen</p>"), "{html}");
    }
}
