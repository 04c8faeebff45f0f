//! What a server of the Fediverse says of itself: its limits, its software, and so whether it keeps keys.

use reqwest::Method;
use url::Url;

use super::{Asked, Mastodon, wire};
use crate::channels::{
    Ability, ChannelKind, Class, Problem, ProblemKind,
    answer::{Answer, ask},
};

/// How long Mastodon remembers an `Idempotency-Key`, in seconds.
const KEY_LIFE: u64 = 3600;

impl Mastodon {
    /// The server's limits. Refuses what does not speak Mastodon's API.
    pub async fn describe(&self, at: &Url) -> Result<Ability, Problem> {
        let newest = self.quiet(self.call(Method::GET, at, "/api/v2/instance")?, Asked::Other).await;
        let instance = match newest {
            Ok(answer) if described(&answer).is_some() => described(&answer),
            Err(problem) if problem.kind.passes() => return Err(problem),
            // servers before 4.0, and several others, know only the first version
            _ => {
                let older = self.call(Method::GET, at, "/api/v1/instance")?;
                described(&self.quiet(older, Asked::Other).await?)
            }
        };
        let instance = instance.ok_or_else(|| {
            Problem::new(ProblemKind::Configuration, "the server does not describe itself as Mastodon does")
        })?;
        Ok(ability(&instance, &self.software(at).await))
    }

    /// The software's name in small letters; empty when it does not say.
    async fn software(&self, at: &Url) -> String {
        let Ok(links) = self.call(Method::GET, at, "/.well-known/nodeinfo") else { return String::new() };
        let Ok(answer) = ask(links).await else { return String::new() };
        let links: wire::NodeInfoLinks = answer.json().unwrap_or_default();
        // only the server's own document counts
        let own = |l: &wire::NodeInfoLink| {
            l.href.parse::<Url>().ok().filter(|u| u.host_str() == at.host_str()).map(|u| u.path().to_owned())
        };
        let Some(path) = links.links.iter().filter(|l| l.rel.contains("nodeinfo")).find_map(own) else {
            return String::new();
        };
        let Ok(document) = self.call(Method::GET, at, &path) else { return String::new() };
        let Ok(answer) = ask(document).await else { return String::new() };
        answer.json::<wire::NodeInfo>().unwrap_or_default().software.name.to_lowercase()
    }
}

fn described(answer: &Answer) -> Option<wire::Instance> {
    answer.json::<wire::Instance>().filter(|i| !i.version.is_empty())
}

/// Limits as given, within reason: a peer's figures are not believed beyond it.
fn ability(instance: &wire::Instance, software: &str) -> Ability {
    let usual = Ability::usual(ChannelKind::Mastodon);
    let statuses = &instance.configuration.statuses;
    let media = &instance.configuration.media_attachments;
    let types = &media.supported_mime_types;
    let takes_films = types.is_empty() || types.iter().any(|t| t == "video/mp4");
    // forks carry its name or their own; of the others only some keep keys, and none says for how long
    let keeps_keys = matches!(software, "mastodon" | "hometown");
    Ability {
        text_max: statuses
            .max_characters
            .or(instance.max_toot_chars)
            .map_or(usual.text_max, |n| n.clamp(1, 100_000)),
        images_max: statuses.max_media_attachments.map_or(usual.images_max, |n| n.clamp(1, 20)),
        image_max_bytes: media.image_size_limit.filter(|n| *n > 0).unwrap_or(usual.image_max_bytes),
        video_max_bytes: match media.video_size_limit.filter(|n| *n > 0) {
            _ if !takes_films => 0,
            Some(limit) => limit,
            None => usual.video_max_bytes,
        },
        alt_max: media.description_limit.map_or(usual.alt_max, |n| n.clamp(100, 100_000)),
        class: if keeps_keys { Class::Key { seconds: KEY_LIFE } } else { Class::ReadBack },
        withdraw: software != "snac",
        ..usual
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_and_kept_within_reason() {
        let instance: wire::Instance = serde_json::from_str(
            r#"{"version":"4.5.0","configuration":{"statuses":{"max_characters":1000,"max_media_attachments":8,
                "characters_reserved_per_url":23},"media_attachments":{"supported_mime_types":["image/jpeg"],
                "image_size_limit":8388608,"video_size_limit":41943040,"description_limit":1500}}}"#,
        )
        .unwrap();
        let read = ability(&instance, "mastodon");
        assert_eq!((read.text_max, read.images_max, read.image_max_bytes), (1000, 8, 8_388_608));
        assert_eq!(read.video_max_bytes, 0, "it names no films among what it takes");
        assert_eq!(read.class, Class::Key { seconds: 3600 });
        assert!(read.withdraw);

        let bare: wire::Instance =
            serde_json::from_str(r#"{"version":"2.7.2 (compatible; Pleroma 2.9)","max_toot_chars":5000}"#)
                .unwrap();
        let read = ability(&bare, "pleroma");
        assert_eq!((read.text_max, read.class), (5000, Class::ReadBack));
        assert_eq!(read.video_max_bytes, 103_809_024);
        assert!(!ability(&bare, "snac").withdraw);

        let mad: wire::Instance = serde_json::from_str(
            r#"{"version":"1","configuration":{"statuses":{"max_characters":99999999999}}}"#,
        )
        .unwrap();
        assert_eq!(ability(&mad, "").text_max, 100_000);
    }
}
