//! YouTube, by version 3 of its Data API: films only. A film is sent hidden and kept by its number; showing it is one call
//! by that number, which may be repeated, and the film itself says whether it is shown (K3). A number that was lost on its
//! way is found again by our link among the channel's uploads, hidden ones too, so that a film is never sent twice.
//!
//! Google counts in units, a day's for all who use the installation's app together: showing a film takes 50, a file of
//! subtitles 400, a question 1. What is used up is waited for until midnight in California ([`errors`]).

mod comment;
pub mod consent;
mod errors;
mod upload;
mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::Method;
use serde_json::json;

use super::{
    Ability, Account, Channel, ChannelKind, Checkpoint, Class, Commenting, Edit, Edited, Found, Measures,
    Outcome, Post, Problem, ProblemKind, Published, Remark, SendKey, Withdrawn,
    answer::{Answer, Silence, ask},
    edit,
    fit::compose,
    kind::{Captions, LinkPlace, Profile, Way, is_granted},
    platform::{Place, bare},
};
use crate::{base::text, blobs::Blobs, kit::Kit, outbound::RequestBuilder};
use errors::problem;
use upload::Handle;

/// Where people see films.
const SEEN_AT: &str = "https://www.youtube.com";
/// Characters of a title.
const TITLE: usize = 100;
/// What a film must be called for everybody to see it.
const PUBLIC: &str = "public";

/// What is known of it.
pub(super) const PROFILE: Profile = Profile {
    name: "YouTube",
    mark: "yt",
    practice_mark: "yt practice",
    letter: "Y",
    what: "channels-youtube-what",
    needs: "channels-youtube-needs",
    know: &[
        "channels-youtube-know-log-in",
        "channels-youtube-know-films",
        "channels-youtube-know-private",
        "channels-youtube-know-quota",
    ],
    safety: "channels-safety-two-phase",
    class: Class::TwoPhase,
    link: LinkPlace::Text,
    card_with_media: false,
    captions: Captions::Files(1_000_000),
    withdraw: true,
    edit: Edit::InPlace,
    edit_film: Edit::InPlace,
    comment: Some(Commenting { class: Class::ReadBack, outlives: false, right: None }),
    scopes: &consent::SCOPES,
    covers: is_granted,
    way: Way::OAuth(|kit| Box::new(Youtube::new(kit))),
    address: |_, connection| {
        let base = if connection.practice { &connection.base_url } else { SEEN_AT };
        format!("{}/channel/{}", base.trim_end_matches('/'), bare(&connection.remote_id))
    },
    platform: Some(|channels| &channels.youtube),
    channel: |kit| Arc::new(Youtube::new(kit)),
    consent: |kit| Box::new(Youtube::new(kit)),
};

/// The channel. Cheap to clone.
#[derive(Clone)]
pub struct Youtube {
    place: Place,
}

impl Youtube {
    /// As configured.
    pub fn new(kit: &Kit) -> Self {
        Self { place: Place::new(kit, |channels| &channels.youtube) }
    }

    /// A call that shows nobody anything: its answer, or why there is none.
    async fn quiet(&self, request: RequestBuilder) -> Result<Answer, Problem> {
        self.place.quiet(request, problem).await
    }

    fn published(&self, account: &Account, id: String) -> Published {
        let base = if account.practice { account.base_url.as_str() } else { SEEN_AT };
        Published { url: Some(format!("{}/watch?v={id}", base.trim_end_matches('/'))), remote_id: id }
    }

    /// What people read of a film, as far as it may be said again; none when the film is not there.
    async fn snippet(
        &self,
        account: &Account,
        id: &str,
    ) -> Result<Option<serde_json::Map<String, serde_json::Value>>, Problem> {
        let path = format!("/youtube/v3/videos?part=snippet&id={id}");
        let request = self.place.call(Method::GET, &account.base_url, &path)?.bearer_auth(&account.token);
        let answer = self.quiet(request).await?;
        let list: wire::List<wire::Described> = answer.json().unwrap_or_default();
        let Some(items) = list.items else {
            let words = format!("the answer is no list of films: {}", answer.excerpt());
            return Err(answer.problem(ProblemKind::Unavailable, words, self.place.now()));
        };
        let Some(mut snippet) = items.into_iter().find(|video| video.id == id).map(|video| video.snippet)
        else {
            return Ok(None);
        };
        // the rest is the channel's own, and written by it alone
        snippet.retain(|name, _| wire::SETTABLE.contains(&name.as_str()));
        Ok(Some(snippet))
    }

    /// Our link among the channel's latest uploads, hidden ones too; none when it is not there, or not there yet.
    async fn listed(&self, account: &Account, post: &Post) -> Result<Option<wire::Upload>, Problem> {
        let request = self
            .place
            .call(Method::GET, &account.base_url, "/youtube/v3/channels?part=contentDetails&mine=true")?
            .bearer_auth(&account.token);
        let list: wire::List<wire::Channel> = self.quiet(request).await?.json().unwrap_or_default();
        let uploads = list.items.unwrap_or_default().into_iter().next().unwrap_or_default();
        let uploads = uploads.content_details.related_playlists.uploads;
        if uploads.is_empty() {
            return Ok(None);
        }
        let request = self
            .place
            .call(Method::GET, &account.base_url, "/youtube/v3/playlistItems")?
            .bearer_auth(&account.token)
            .query(&[("part", "snippet,status"), ("playlistId", uploads.as_str()), ("maxResults", "50")]);
        let answer = match self.quiet(request).await {
            Ok(answer) => answer,
            // a channel on which nothing was ever shown has no such list
            Err(problem) if problem.status == Some(404) => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let list: wire::List<wire::Upload> = answer.json().unwrap_or_default();
        let Some(items) = list.items else {
            let words = format!("the answer is no list of films: {}", answer.excerpt());
            return Err(answer.problem(ProblemKind::Unavailable, words, self.place.now()));
        };
        Ok(items.into_iter().find(|item| is_id(&item.snippet.resource_id.video_id) && item.holds(&post.link)))
    }
}

/// A number as YouTube names films with.
fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The title above a film: the ad's, without the two signs that YouTube takes in none, and no longer than it takes.
pub fn title(post: &Post) -> String {
    let tame = post.link_title.replace('<', "‹").replace('>', "›");
    let title = text::shorten(&text::line(&tame), TITLE);
    if title.is_empty() { "Film".to_owned() } else { title }
}

/// Who may see a film; the same but for that at every call.
const fn status(privacy_status: &str) -> wire::Status<'_> {
    wire::Status { privacy_status, self_declared_made_for_kids: false, embeddable: true, license: "youtube" }
}

#[async_trait]
impl Channel for Youtube {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Youtube
    }

    async fn ability(&self, account: &Account) -> Result<Ability, Problem> {
        let channel = self.own_channel(&account.base_url, &account.token).await?;
        if channel.id != bare(&account.remote_id) {
            return Err(Problem::new(ProblemKind::Reconnect, "the token is another channel's"));
        }
        Ok(Ability::configured(ChannelKind::Youtube, self.place.config()))
    }

    async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        match post.media.as_slice() {
            [film] if film.is_film() => self.ready_film(account, post, film, blobs, checkpoint).await,
            _ => Err(Problem::new(ProblemKind::InvalidMedia, "YouTube takes one film and nothing else")),
        }
    }

    async fn publish(
        &self,
        account: &Account,
        post: &Post,
        _key: &SendKey,
        checkpoint: &Checkpoint,
    ) -> Outcome {
        let Some(Handle { id, .. }) = Handle::of_post(post, checkpoint).filter(|handle| handle.ready) else {
            let words = "the film has not been uploaded yet";
            return Outcome::Rejected(Problem::new(ProblemKind::Processing, words));
        };
        let body = wire::Shown { id: &id, status: status(PUBLIC) };
        let request = match self.place.call(Method::PUT, &account.base_url, "/youtube/v3/videos?part=status")
        {
            Ok(request) => request.bearer_auth(&account.token).json(&body),
            Err(problem) => return Outcome::Rejected(problem),
        };
        let answer = match ask(request).await {
            Ok(answer) => answer,
            Err(silence @ Silence::NotSent(_)) => return Outcome::Rejected(silence.into()),
            Err(Silence::Lost(words)) => return Outcome::Ambiguous { status: None, words },
        };
        let code = Some(answer.status.as_u16());
        if answer.status.is_success() {
            return match answer.json::<wire::Video>().filter(|video| video.id == id) {
                Some(video) if video.status.privacy_status == PUBLIC => {
                    Outcome::Accepted(self.published(account, id))
                }
                // it took the call and did not do it, as with apps that Google has not looked at
                Some(video) if !video.status.privacy_status.is_empty() => {
                    let words = format!("YouTube keeps the film {}", video.status.privacy_status);
                    Outcome::Rejected(answer.problem(ProblemKind::Unreviewed, words, self.place.now()))
                }
                _ => {
                    let words = format!("it said yes and named no film: {}", answer.excerpt());
                    Outcome::Ambiguous { status: code, words }
                }
            };
        }
        let said = problem(&answer, self.place.now());
        if answer.is_verdict() {
            Outcome::Rejected(said)
        } else {
            Outcome::Ambiguous { status: code, words: said.words }
        }
    }

    /// The film itself says who may see it; where its number is not at hand, our link among the uploads.
    async fn look(&self, account: &Account, post: &Post, _key: &SendKey, got: &Checkpoint) -> Found {
        let handle = Handle::of_post(post, got).filter(|handle| !handle.id.is_empty());
        let Some(Handle { id, .. }) = handle else {
            return match self.listed(account, post).await {
                Ok(Some(film)) if film.status.privacy_status == PUBLIC => {
                    Found::There(self.published(account, film.snippet.resource_id.video_id))
                }
                // sent again it is taken up from there
                Ok(Some(_)) => Found::Absent,
                Ok(None) => Found::NotSeen("not among the 50 latest uploads".into()),
                Err(problem) => Found::Unreachable(problem),
            };
        };
        match self.video(account, &id, "status").await {
            Ok(Some(video)) if video.status.privacy_status == PUBLIC => {
                Found::There(self.published(account, id))
            }
            Ok(Some(_)) => Found::Absent,
            // it may have been shown, and taken down there since
            Ok(None) => Found::NotSeen("the film is not on the channel".into()),
            Err(problem) => Found::Unreachable(problem),
        }
    }

    /// Title and text. The whole part is written over, so what it holds besides is read first and said again.
    async fn edit(&self, account: &Account, remote_id: &str, post: &Post) -> Edited {
        if !is_id(remote_id) {
            return Edited::Unable(format!("not the name of a film: {remote_id}"));
        }
        let mut snippet = match self.snippet(account, remote_id).await {
            Ok(Some(snippet)) => snippet,
            Ok(None) => return Edited::Gone,
            Err(problem) => return Edited::Refused(problem),
        };
        snippet.insert("title".to_owned(), title(post).into());
        snippet.insert("description".to_owned(), compose(ChannelKind::Youtube, post).text.into());
        let request = match self.place.call(Method::PUT, &account.base_url, "/youtube/v3/videos?part=snippet")
        {
            Ok(request) => {
                request.bearer_auth(&account.token).json(&json!({ "id": remote_id, "snippet": snippet }))
            }
            Err(problem) => return Edited::Refused(problem),
        };
        let done = |answer: &Answer| answer.json::<wire::Video>().is_some_and(|video| video.id == remote_id);
        edit::put(request, done, async |answer| match answer.status.as_u16() {
            404 | 410 => Edited::Gone,
            _ => Edited::Refused(problem(answer, self.place.now())),
        })
        .await
    }

    async fn comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Outcome {
        comment::say(self, account, remark).await
    }

    async fn look_comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Found {
        comment::look(self, account, remark).await
    }

    async fn withdraw(&self, account: &Account, remote_id: &str) -> Withdrawn {
        if !is_id(remote_id) {
            return Withdrawn::Unable(format!("not the name of a film: {remote_id}"));
        }
        let path = format!("/youtube/v3/videos?id={remote_id}");
        let request = match self.place.call(Method::DELETE, &account.base_url, &path) {
            Ok(request) => request.bearer_auth(&account.token),
            Err(problem) => return Withdrawn::NotYet(problem),
        };
        match self.quiet(request).await {
            Ok(_) => Withdrawn::Gone,
            Err(problem) if matches!(problem.status, Some(404 | 410)) => Withdrawn::Gone,
            Err(problem) => Withdrawn::NotYet(problem),
        }
    }

    fn counts_readers(&self) -> bool {
        true
    }

    /// YouTube counts no clicks on an address, and tells how often a film was passed on only to those who may read its
    /// statistics of the whole channel.
    async fn measure(&self, account: &Account, remote_id: &str) -> Result<Measures, Problem> {
        if !is_id(remote_id) {
            return Ok(Measures::default());
        }
        let counts = self.video(account, remote_id, "statistics").await?.unwrap_or_default().statistics;
        let count = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        Ok(Measures {
            impressions: count(&counts.view_count),
            reactions: count(&counts.like_count),
            comments: count(&counts.comment_count),
            ..Measures::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Language;

    #[test]
    fn a_title_is_one_that_youtube_takes() {
        let mut post = Post {
            text: String::new(),
            link: String::new(),
            link_title: "Pædagog <37 timer>\ntil natten".into(),
            link_description: String::new(),
            link_thumb: None,
            language: Language::Da,
            media: vec![],
            choices: None,
            comment: None,
        };
        assert_eq!(title(&post), "Pædagog ‹37 timer› til natten");
        post.link_title = "å".repeat(140);
        assert!(title(&post).chars().count() <= TITLE);
        post.link_title.clear();
        assert!(!title(&post).is_empty());
    }

    #[test]
    fn what_is_no_number_names_no_film() {
        assert!(is_id("dQw4w9WgXcQ") && is_id("a-b_c"));
        for bad in ["", "a&part=x", "https://youtu.be/a", "a b"] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
