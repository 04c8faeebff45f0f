//! Photos: announced by their addresses, fetched by TikTok, and then a post. Announced behind a door that opens only when
//! their number is on record, so that nobody sees what was announced and lost its number.

use reqwest::Method;

use super::{
    Tiktok,
    film::{Handle, Standing},
    wire,
};
use crate::channels::{
    Account, ChannelKind, Checkpoint, Outcome, Post, Problem, ProblemKind, fit::compose, pull,
};

impl Tiktok {
    /// Has a number for the photos, under which TikTok means to fetch them.
    pub(super) async fn ready_photos(
        &self,
        account: &Account,
        post: &Post,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        if let Some(handle) = Handle::of(checkpoint) {
            match self.standing(account, &handle).await? {
                // it could not be fetched, for the door was closed or we were not there; it never becomes a post
                Standing::Failed(problem) if problem.kind.passes() => checkpoint.0.clear(),
                Standing::Failed(problem) => {
                    checkpoint.0.clear();
                    return Err(problem);
                }
                _ => return Ok(()),
            }
        }
        let door = pull::door(&self.chance);
        let handle = self.announce_photos(account, post, &door).await?;
        handle.keep(checkpoint);
        pull::hang(checkpoint, &door);
        Ok(())
    }

    /// The call that others would see, were the door open.
    async fn announce_photos(&self, account: &Account, post: &Post, door: &str) -> Result<Handle, Problem> {
        let choices = self.allowed_choices(account, post).await?;
        let now = self.place.now();
        let body = wire::NewPhotos {
            media_type: "PHOTO",
            post_mode: "DIRECT_POST",
            post_info: wire::PhotoInfo {
                description: &compose(ChannelKind::Tiktok, post).text,
                privacy_level: wire::level(choices.audience),
                disable_comment: !choices.comments,
                auto_add_music: false,
                brand_content_toggle: choices.paid,
                brand_organic_toggle: choices.own_cause,
            },
            source_info: wire::Photos {
                source: "PULL_FROM_URL",
                photo_images: post.media.iter().map(|file| self.addresses.behind(door, file, now)).collect(),
                photo_cover_index: 0,
            },
        };
        let request = self
            .place
            .call(Method::POST, &account.base_url, "/v2/post/publish/content/init/")?
            .bearer_auth(&account.token)
            .json(&body);
        let wire::Announced { publish_id, .. } = self.read(request).await?;
        if publish_id.is_empty() {
            return Err(Problem::new(ProblemKind::Unavailable, "the answer names no post"));
        }
        Ok(Handle::of_photos(publish_id, now))
    }

    /// The door is open: what becomes of the photos, soon or later.
    pub(super) async fn fetched(&self, account: &Account, handle: &Handle) -> Outcome {
        match self.standing(account, handle).await {
            Ok(Standing::Out(id)) => Outcome::Accepted(self.published(account, handle, id).await),
            Ok(Standing::Failed(problem)) => Outcome::Rejected(problem),
            Ok(_) => self.settled(account, handle, 200).await,
            // it is fetched all the same
            Err(problem) => Outcome::Ambiguous { status: problem.status, words: problem.words },
        }
    }
}
