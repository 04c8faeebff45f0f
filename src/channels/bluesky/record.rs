//! A [`Post`] as a record of `app.bsky.feed.post`. The same post, key and handles give the same bytes.

use super::wire::{
    Answered, AspectRatio, Blob, ByteSlice, Caption, Embed, External, Facet, Feature, Image, Record,
    StrongRef, Video,
};
use crate::{
    base::Language,
    channels::{
        ChannelKind, Checkpoint, Post, PostMedia, Problem, ProblemKind, Remark, SendKey,
        fit::{Composed, compose},
        text,
    },
};

/// The record, with the handles that preparing put into the checkpoint.
pub(super) fn of(post: &Post, key: &SendKey, checkpoint: &Checkpoint) -> Result<Record, Problem> {
    let composed = compose(ChannelKind::Bluesky, post);
    Ok(Record {
        kind: "app.bsky.feed.post",
        facets: facets(&composed),
        embed: embed(post, &composed, checkpoint)?,
        reply: None,
        langs: vec![post.language.code().to_owned()],
        created_at: key.created_at.rfc3339_millis(),
        text: composed.text,
    })
}

/// The record of a first comment under a post whose content is called `cid`.
pub(super) fn answer(remark: &Remark<'_>, cid: &str) -> Record {
    let text = remark.words.to_owned();
    let links = text::links(&text).into_iter().map(|at| (at.clone(), text[at].to_owned())).collect();
    let composed = Composed { text, links, card: false };
    let post = StrongRef { uri: remark.under.to_owned(), cid: cid.to_owned() };
    Record {
        kind: "app.bsky.feed.post",
        facets: facets(&composed),
        embed: None,
        reply: Some(Answered { root: post.clone(), parent: post }),
        langs: vec![remark.language.code().to_owned()],
        created_at: remark.key.created_at.rfc3339_millis(),
        text: composed.text,
    }
}

/// Where subtitles lie in the checkpoint.
pub(super) fn caption_name(sha256: &str, language: Language) -> String {
    format!("{sha256}.{language}.vtt")
}

/// Links and hashtags by their bytes. The server makes none by itself.
fn facets(composed: &Composed) -> Vec<Facet> {
    let mut found: Vec<Facet> = composed
        .links
        .iter()
        .map(|(range, uri)| Facet {
            index: ByteSlice { byte_start: range.start, byte_end: range.end },
            features: vec![Feature::Link { uri: uri.clone() }],
        })
        .collect();
    let in_a_link = |at: usize| composed.links.iter().any(|(link, _)| link.contains(&at));
    found.extend(text::hashtags(&composed.text).into_iter().filter(|r| !in_a_link(r.start)).map(|range| {
        Facet {
            index: ByteSlice { byte_start: range.start, byte_end: range.end },
            features: vec![Feature::Tag { tag: composed.text[range.start + 1..range.end].to_owned() }],
        }
    }));
    found.sort_by_key(|f| f.index.byte_start);
    found
}

fn embed(post: &Post, composed: &Composed, checkpoint: &Checkpoint) -> Result<Option<Embed>, Problem> {
    if composed.card {
        let thumb = post.link_thumb.as_ref().map(|file| handle(checkpoint, &file.sha256)).transpose()?;
        return Ok(Some(Embed::External {
            external: External {
                uri: post.link.clone(),
                title: post.link_title.clone(),
                description: post.link_description.clone(),
                thumb,
            },
        }));
    }
    if let Some(film) = post.media.iter().find(|m| m.is_film()) {
        let captions = film
            .captions
            .iter()
            .map(|(language, _)| {
                let file = handle(checkpoint, &caption_name(&film.sha256, *language))?;
                Ok(Caption { lang: language.code().to_owned(), file })
            })
            .collect::<Result<_, Problem>>()?;
        return Ok(Some(Embed::Video(Video {
            video: handle(checkpoint, &film.sha256)?,
            captions,
            alt: film.alt.clone(),
            aspect_ratio: shape(film),
        })));
    }
    let images = post
        .media
        .iter()
        .map(|picture| {
            Ok(Image {
                alt: picture.alt.clone(),
                image: handle(checkpoint, &picture.sha256)?,
                aspect_ratio: shape(picture),
            })
        })
        .collect::<Result<Vec<_>, Problem>>()?;
    Ok((!images.is_empty()).then_some(Embed::Images { images }))
}

fn shape(file: &PostMedia) -> Option<AspectRatio> {
    (file.width > 0 && file.height > 0).then_some(AspectRatio { width: file.width, height: file.height })
}

fn handle(checkpoint: &Checkpoint, name: &str) -> Result<Blob, Problem> {
    checkpoint
        .0
        .get(name)
        .and_then(|handle| serde_json::from_value(handle["blob"].clone()).ok())
        .ok_or_else(|| Problem::new(ProblemKind::Processing, "a file has not been uploaded yet"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::base::{Chance, Instant, id::AssetId};

    fn key() -> SendKey {
        SendKey {
            tid: "3k4duaz5vfs2b".into(),
            idempotency: "0".repeat(64),
            created_at: Instant::from_micros(1_795_000_000_123_456),
        }
    }

    fn post(text: &str, media: Vec<PostMedia>) -> Post {
        Post {
            text: text.into(),
            link: "https://job.fjordby.dk/r/7Q2F9KXM".into(),
            link_title: "SOSU-assistent".into(),
            link_description: "Fjordby Kommune".into(),
            link_thumb: None,
            language: Language::Da,
            media,
            choices: None,
            comment: None,
        }
    }

    fn medium(mime: &str, sha: char) -> PostMedia {
        PostMedia {
            asset: AssetId::new(Instant::from_seconds(1), &Chance::seeded(1)),
            sha256: sha.to_string().repeat(64),
            mime: mime.into(),
            bytes: 10,
            width: 1080,
            height: 1350,
            alt: "Kollegaer på Ærø".into(),
            captions: vec![],
            shape: None,
        }
    }

    fn uploaded(names: &[String]) -> Checkpoint {
        let blob = |name: &str| json!({"blob": {"$type": "blob", "ref": {"$link": format!("bafkrei{}", &name[..4])}, "mimeType": "image/jpeg", "size": 10}, "at": 1});
        Checkpoint(names.iter().map(|n| (n.clone(), blob(n))).collect())
    }

    fn json_of(post: &Post, checkpoint: &Checkpoint) -> Value {
        serde_json::to_value(of(post, &key(), checkpoint).unwrap()).unwrap()
    }

    #[test]
    fn facets_count_bytes_not_letters() {
        let picture = medium("image/jpeg", 'a');
        let checkpoint = uploaded(std::slice::from_ref(&picture.sha256));
        let record = json_of(&post("Kom på #Ærø: https://a.dk/#x 👩‍⚕️ #job", vec![picture]), &checkpoint);
        let text = record["text"].as_str().unwrap();
        assert!(text.ends_with("\n\njob.fjordby.dk/r/7Q2F9KXM"));
        let parts: Vec<(&str, Value)> = record["facets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| {
                let at = |n: &str| usize::try_from(f["index"][n].as_u64().unwrap()).unwrap();
                (&text[at("byteStart")..at("byteEnd")], f["features"][0].clone())
            })
            .collect();
        assert_eq!(
            parts,
            [
                ("#Ærø", json!({"$type": "app.bsky.richtext.facet#tag", "tag": "Ærø"})),
                (
                    "https://a.dk/#x",
                    json!({"$type": "app.bsky.richtext.facet#link", "uri": "https://a.dk/#x"})
                ),
                ("#job", json!({"$type": "app.bsky.richtext.facet#tag", "tag": "job"})),
                (
                    "job.fjordby.dk/r/7Q2F9KXM",
                    json!({"$type": "app.bsky.richtext.facet#link", "uri": "https://job.fjordby.dk/r/7Q2F9KXM"})
                ),
            ]
        );
        assert_eq!(record["createdAt"], "2026-11-18T11:06:40.123Z");
        assert_eq!(record["langs"], json!(["da"]));
    }

    #[test]
    fn one_embed_by_what_the_post_has() {
        let card = json_of(&post("Søg nu", vec![]), &Checkpoint::default());
        assert_eq!(card["embed"]["$type"], "app.bsky.embed.external");
        assert_eq!(card["embed"]["external"]["uri"], "https://job.fjordby.dk/r/7Q2F9KXM");
        assert!(card.get("facets").is_none() && card["embed"]["external"].get("thumb").is_none());

        let pictures = vec![medium("image/jpeg", 'a'), medium("image/png", 'b')];
        let names: Vec<_> = pictures.iter().map(|p| p.sha256.clone()).collect();
        let images = json_of(&post("Søg nu", pictures), &uploaded(&names));
        assert_eq!(images["embed"]["images"][1]["alt"], "Kollegaer på Ærø");
        assert_eq!(images["embed"]["images"][1]["aspectRatio"], json!({"width": 1080, "height": 1350}));
        assert_eq!(images["embed"]["images"][1]["image"]["ref"]["$link"], "bafkreibbbb");

        let mut film = medium("video/mp4", 'c');
        film.captions = vec![(Language::Da, "WEBVTT\n".into())];
        let names = [film.sha256.clone(), caption_name(&film.sha256, Language::Da)];
        let video = json_of(&post("Søg nu", vec![film.clone()]), &uploaded(&names));
        assert_eq!(video["embed"]["$type"], "app.bsky.embed.video");
        assert_eq!(video["embed"]["captions"][0]["lang"], "da");

        let not_yet = of(&post("Søg nu", vec![film]), &key(), &Checkpoint::default());
        assert_eq!(not_yet.unwrap_err().kind, ProblemKind::Processing);
    }

    #[test]
    fn the_same_post_gives_the_same_bytes() {
        let picture = medium("image/jpeg", 'a');
        let checkpoint = uploaded(std::slice::from_ref(&picture.sha256));
        let post = post("Vi søger #sosu", vec![picture]);
        let bytes = || serde_json::to_vec(&of(&post, &key(), &checkpoint).unwrap()).unwrap();
        assert_eq!(bytes(), bytes());
    }
}
