//! What machines read of a story: schema.org's Article, Atom, the sitemap.

use serde_json::json;

use super::show::Shown;
use crate::{
    base::{Instant, Language},
    config::Config,
    postings::markup::{host, tongue, xml},
};

/// schema.org Article for the story's own page, ready to stand in a script element.
pub fn article(story: &Shown, config: &Config) -> String {
    let base = &config.server.public_url;
    let zoned = |at: Instant| {
        at.utc().with_timezone(&config.delivery.zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    };
    let publisher = json!({"@type": "Organization", "name": config.organisation.name, "url": base});
    let mut article = json!({
        "@context": "https://schema.org/",
        "@type": "Article",
        "headline": story.title,
        "description": story.lead,
        "inLanguage": story.language.code(),
        "datePublished": zoned(story.since),
        "dateModified": zoned(story.updated_at),
        "author": publisher,
        "publisher": publisher,
        "mainEntityOfPage": format!("{base}{}", story.href),
        "url": format!("{base}{}", story.href),
    });
    if let Some(card) = &story.card {
        article["image"] = json!([format!("{base}{card}")]);
    }
    if let Some(film) = story.films.first() {
        article["video"] = json!({
            "@type": "VideoObject",
            "name": story.title,
            "description": if film.alt.is_empty() { &story.lead } else { &film.alt },
            "contentUrl": format!("{base}{}", film.src),
            "thumbnailUrl": format!("{base}{}", film.poster),
            "uploadDate": zoned(story.since),
        });
    }
    // a closing tag inside a text must not end the element it stands in
    article.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// RFC 4287.
pub fn atom(stories: &[Shown], title: &str, language: Language, config: &Config) -> String {
    let base = &config.server.public_url;
    let tongue = tongue(language);
    let newest = stories.iter().map(|s| s.updated_at).max().unwrap_or(Instant::from_seconds(0));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\
         <id>tag:{host},2026:historier:{language}</id><title>{}</title><updated>{}</updated>\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}/feeds/historier.atom{tongue}\"/>\
         <link rel=\"alternate\" type=\"text/html\" href=\"{base}/historier{tongue}\"/><author><name>{}</name></author>\n",
        xml(title),
        newest.rfc3339(),
        xml(&config.organisation.name),
        host = xml(host(base)),
    );
    for story in stories {
        out.push_str(&format!(
            "<entry><id>{base}{}</id><title>{}</title><updated>{}</updated><published>{}</published>\
             <link rel=\"alternate\" type=\"text/html\" href=\"{base}{}\"/><category term=\"{}\"/>\
             <summary>{}</summary><content type=\"html\" xml:lang=\"{}\">{}</content></entry>\n",
            xml(&story.path),
            xml(&story.title),
            story.updated_at.rfc3339(),
            story.since.rfc3339(),
            xml(&story.href),
            xml(&story.kind),
            xml(&story.lead),
            story.language,
            xml(&format!("<p>{}</p>{}", xml(&story.lead), story.body)),
        ));
    }
    out.push_str("</feed>\n");
    out
}

/// sitemaps.org, with each story's language versions.
pub fn sitemap(stories: &[Shown], config: &Config) -> String {
    let base = &config.server.public_url;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    out.push_str(&format!("<url><loc>{base}/historier</loc></url>\n"));
    for story in stories {
        for language in &story.languages {
            out.push_str(&format!(
                "<url><loc>{base}{}{}</loc><lastmod>{}</lastmod>",
                xml(&story.path),
                tongue(*language),
                story.updated_at.rfc3339()
            ));
            if story.languages.len() > 1 {
                for other in &story.languages {
                    out.push_str(&format!(
                        "<xhtml:link rel=\"alternate\" hreflang=\"{other}\" href=\"{base}{}{}\"/>",
                        xml(&story.path),
                        tongue(*other)
                    ));
                }
            }
            out.push_str("</url>\n");
        }
    }
    out.push_str("</urlset>\n");
    out
}
