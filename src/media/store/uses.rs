//! Where assets are used: in ads, stories, posts, campaigns and requests for help.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    base::{
        Instant,
        id::{AssetId, CampaignId, DeliveryId, PostingId, StoryId, SupportId},
    },
    db::{
        Conn, DbError,
        schema::{
            campaigns, deliveries, delivery_assets, posting_media, posting_texts, postings, publications,
            stories, story_media, story_texts, support_files, support_lines, support_requests,
            support_things,
        },
    },
};

/// A post with the titles of the ad and the story it may be about.
type Posted = (AssetId, DeliveryId, Option<String>, Option<String>, String, Instant);

/// What shows an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// A job ad.
    Ad(PostingId),
    /// A story or plain post.
    Story(StoryId),
    /// A post on a channel, that went out or is planned.
    Post(DeliveryId),
    /// A campaign, as its logo.
    Campaign(CampaignId),
    /// A unit's request for help.
    Request(SupportId),
}

/// A place in which an asset is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Where.
    pub shows: Shows,
    /// Title of the ad or story, which a post tells of.
    pub title: String,
    /// When a post is or was due.
    pub at: Option<Instant>,
    /// The world sees it now.
    pub live: bool,
}

/// The ads, stories and posts that show each of these; live first, newest first.
pub fn uses(conn: &mut Conn, ids: &[AssetId]) -> Result<HashMap<AssetId, Vec<Use>>, DbError> {
    let mut uses: HashMap<AssetId, Vec<Use>> = HashMap::new();
    let mut add = |asset: AssetId, found: Use| {
        let all = uses.entry(asset).or_default();
        // one text per language: the first is Danish
        if !all.iter().any(|u| u.shows == found.shows) {
            all.push(found);
        }
    };
    let ads: Vec<(AssetId, PostingId, Option<String>, String)> = posting_media::table
        .inner_join(postings::table)
        .left_join(posting_texts::table.on(posting_texts::posting_id.eq(posting_media::posting_id)))
        .filter(posting_media::asset_id.eq_any(ids))
        .order((postings::updated_at.desc(), posting_texts::language))
        .select((
            posting_media::asset_id,
            posting_media::posting_id,
            posting_texts::title.nullable(),
            postings::state,
        ))
        .load(conn)?;
    for (asset, ad, title, state) in ads {
        let live = state == "open";
        add(asset, Use { shows: Shows::Ad(ad), title: title.unwrap_or_default(), at: None, live });
    }
    let told: Vec<(AssetId, StoryId, Option<String>, String)> = story_media::table
        .inner_join(stories::table)
        .left_join(story_texts::table.on(story_texts::story_id.eq(story_media::story_id)))
        .filter(story_media::asset_id.eq_any(ids))
        .order((stories::updated_at.desc(), story_texts::language))
        .select((story_media::asset_id, story_media::story_id, story_texts::title.nullable(), stories::state))
        .load(conn)?;
    for (asset, story, title, state) in told {
        let live = state == "ready";
        add(asset, Use { shows: Shows::Story(story), title: title.unwrap_or_default(), at: None, live });
    }
    let posts: Vec<Posted> = delivery_assets::table
        .inner_join(deliveries::table.inner_join(publications::table))
        .left_join(posting_texts::table.on(posting_texts::posting_id.nullable().eq(publications::posting_id)))
        .left_join(story_texts::table.on(story_texts::story_id.nullable().eq(publications::story_id)))
        .filter(delivery_assets::asset_id.eq_any(ids))
        .filter(deliveries::state.ne_all(["cancelled", "failed", "missed", "removed"]))
        .order((deliveries::due_at.desc(), posting_texts::language, story_texts::language))
        .select((
            delivery_assets::asset_id,
            deliveries::id,
            posting_texts::title.nullable(),
            story_texts::title.nullable(),
            deliveries::state,
            deliveries::due_at,
        ))
        .load(conn)?;
    for (asset, post, of_ad, of_story, state, at) in posts {
        let title = of_ad.or(of_story).unwrap_or_default();
        add(asset, Use { shows: Shows::Post(post), title, at: Some(at), live: state == "published" });
    }
    let logos: Vec<(Option<AssetId>, CampaignId, String)> = campaigns::table
        .filter(campaigns::logo_id.eq_any(ids))
        .order((campaigns::starts_on.desc(), campaigns::id))
        .select((campaigns::logo_id, campaigns::id, campaigns::name))
        .load(conn)?;
    for (asset, campaign, title) in logos {
        let Some(asset) = asset else { continue };
        add(asset, Use { shows: Shows::Campaign(campaign), title, at: None, live: false });
    }
    let sent: Vec<(AssetId, SupportId, String)> = support_files::table
        .inner_join(support_lines::table.inner_join(support_requests::table))
        .filter(support_files::asset_id.eq_any(ids))
        .order(support_requests::asked_at.desc())
        .select((support_files::asset_id, support_requests::id, support_requests::title))
        .load(conn)?;
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let delivered: Vec<(AssetId, SupportId, String)> = support_things::table
        .inner_join(support_requests::table)
        .filter(support_things::kind.eq("asset"))
        .filter(support_things::thing_id.eq_any(texts))
        .order(support_requests::asked_at.desc())
        .select((support_things::thing_id, support_requests::id, support_requests::title))
        .load(conn)?;
    for (asset, request, title) in sent.into_iter().chain(delivered) {
        add(asset, Use { shows: Shows::Request(request), title, at: None, live: false });
    }
    for all in uses.values_mut() {
        all.sort_by_key(|u| !u.live);
    }
    Ok(uses)
}
