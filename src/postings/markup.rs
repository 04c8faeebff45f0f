//! What machines read of an ad: schema.org's JobPosting for search engines, Atom and JSON Feed, the sitemap.

use serde_json::{Value, json};

use super::{
    posting::{Posting, Visibility},
    show::Shown,
    taxonomy,
    terms::PayUnit,
};
use crate::{
    base::{Instant, Language},
    config::Config,
};

/// schema.org JobPosting for the ad's own page, ready to stand in a script element.
pub fn job_posting(posting: &Posting, ad: &Shown, config: &Config) -> String {
    let terms = &posting.content.terms;
    let base = &config.server.public_url;
    let mut job = json!({
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": ad.title,
        "description": description(ad),
        "identifier": {"@type": "PropertyValue", "name": config.organisation.name, "value": posting.reference},
        "hiringOrganization": {"@type": "Organization", "name": config.organisation.name, "sameAs": base},
        "employmentUnit": {"@type": "Organization", "name": ad.unit},
        "totalJobOpenings": terms.openings,
        // the form opens straight from the page, without log-in
        "directApply": true,
        "url": format!("{base}{}", ad.href),
        "inLanguage": ad.language.code(),
    });
    let mut set = |name: &str, value: Value| {
        job.as_object_mut().expect("it was made an object above").insert(name.to_owned(), value);
    };
    if let Some(opened) = posting.opened_at {
        set("datePosted", json!(local(opened, config).format("%Y-%m-%d").to_string()));
    }
    if let Some(deadline) = posting.deadline_at {
        set(
            "validThrough",
            json!(local(deadline, config).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)),
        );
    }
    if let Some(place) = terms.place() {
        let mut address = json!({
            "@type": "PostalAddress",
            "addressLocality": place.town,
            "postalCode": place.postcode,
            "addressCountry": "DK",
        });
        if !place.street.is_empty() {
            address["streetAddress"] = json!(place.street);
        }
        set("jobLocation", json!({"@type": "Place", "name": terms.workplace, "address": address}));
    }
    if let Some(word) = terms
        .employment_type
        .as_deref()
        .and_then(|c| taxonomy::find(taxonomy::employment_types(), c)?.schema_org.as_deref())
    {
        set("employmentType", json!([word]));
    }
    if let Some(pay) = terms.pay_range {
        let unit = match pay.unit {
            PayUnit::Month => "MONTH",
            PayUnit::Hour => "HOUR",
            PayUnit::Year => "YEAR",
        };
        let value = if pay.min == pay.max {
            json!({"@type": "QuantitativeValue", "value": pay.min, "unitText": unit})
        } else {
            json!({"@type": "QuantitativeValue", "minValue": pay.min, "maxValue": pay.max, "unitText": unit})
        };
        set("baseSalary", json!({"@type": "MonetaryAmount", "currency": "DKK", "value": value}));
    }
    if !ad.hours.is_empty() {
        set("workHours", json!(ad.hours));
    }
    if let Some(isco) =
        terms.profession.as_deref().and_then(|c| taxonomy::find(taxonomy::professions(), c)?.isco.as_deref())
    {
        set("occupationalCategory", json!(isco));
    }
    // a closing tag inside a text must not end the element it stands in
    job.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The whole text, as search engines want it: what the page shows.
fn description(ad: &Shown) -> String {
    let lead = ammonia::clean_text(&ad.lead).replace("&#32;", " ").replace("&#47;", "/");
    format!("<p>{lead}</p>{}", ad.body)
}

fn local(at: Instant, config: &Config) -> chrono::DateTime<chrono_tz::Tz> {
    at.utc().with_timezone(&config.delivery.zone)
}

/// XML's five marks as entities; control characters out.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The newest change among `ads`; the beginning of time when there are none.
pub fn newest(ads: &[(Posting, Shown)]) -> Instant {
    ads.iter().map(|(p, _)| p.updated_at).max().unwrap_or(Instant::from_seconds(0))
}

/// RFC 4287.
pub fn atom(ads: &[(Posting, Shown)], title: &str, language: Language, config: &Config) -> String {
    let base = &config.server.public_url;
    let (host, tongue) = (host(base), tongue(language));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\
         <id>tag:{host},2026:jobs:{language}</id><title>{}</title><updated>{}</updated>\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}/feeds/job.atom{tongue}\"/>\
         <link rel=\"alternate\" type=\"text/html\" href=\"{base}/{tongue}\"/><author><name>{}</name></author>\n",
        xml(title),
        newest(ads).rfc3339(),
        xml(&config.organisation.name),
        host = xml(host),
    );
    for (posting, ad) in ads {
        out.push_str(&format!(
            "<entry><id>urn:uuid:{}</id><title>{}</title><updated>{}</updated><published>{}</published>\
             <link rel=\"alternate\" type=\"text/html\" href=\"{base}{}\"/><category term=\"{}\"/>\
             <summary>{}</summary><content type=\"html\" xml:lang=\"{}\">{}</content></entry>\n",
            posting.id,
            xml(&ad.title),
            posting.updated_at.rfc3339(),
            posting.opened_at.unwrap_or(posting.created_at).rfc3339(),
            xml(&ad.href),
            xml(&ad.profession),
            xml(&format!("{} {}", ad.lead, ad.deadline)),
            ad.language,
            xml(&format!("<p>{}</p>{}", xml(&ad.lead), ad.body)),
        ));
    }
    out.push_str("</feed>\n");
    out
}

/// JSON Feed 1.1.
pub fn json_feed(ads: &[(Posting, Shown)], title: &str, language: Language, config: &Config) -> String {
    let base = &config.server.public_url;
    let tongue = tongue(language);
    let items: Vec<Value> = ads
        .iter()
        .map(|(posting, ad)| {
            json!({
                "id": format!("urn:uuid:{}", posting.id),
                "url": format!("{base}{}", ad.href),
                "title": ad.title,
                "summary": ad.lead,
                "content_html": ad.body,
                "language": ad.language.code(),
                "image": format!("{base}{}/kort.png{tongue}", ad.path),
                "date_published": posting.opened_at.unwrap_or(posting.created_at).rfc3339(),
                "date_modified": posting.updated_at.rfc3339(),
                "tags": [ad.profession, ad.employment],
                "_opslag": {
                    "reference": posting.reference,
                    "deadline": posting.deadline_at.map(Instant::rfc3339),
                    "unit": ad.unit,
                    "themes": posting.content.themes,
                },
            })
        })
        .collect();
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": format!("{base}/{tongue}"),
        "feed_url": format!("{base}/feeds/job.json{tongue}"),
        "language": language.code(),
        "authors": [{"name": config.organisation.name}],
        "items": items,
    })
    .to_string()
}

/// sitemaps.org, with each ad's language versions.
pub fn sitemap(ads: &[(Posting, Shown)], config: &Config) -> String {
    let base = &config.server.public_url;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    out.push_str(&format!("<url><loc>{base}/</loc></url>\n"));
    for (posting, ad) in ads.iter().filter(|(p, _)| p.content.visibility == Visibility::Public) {
        for language in &ad.languages {
            out.push_str(&format!(
                "<url><loc>{base}{}{}</loc><lastmod>{}</lastmod>",
                xml(&ad.path),
                tongue(*language),
                posting.updated_at.rfc3339()
            ));
            if ad.languages.len() > 1 {
                for other in &ad.languages {
                    out.push_str(&format!(
                        "<xhtml:link rel=\"alternate\" hreflang=\"{other}\" href=\"{base}{}{}\"/>",
                        xml(&ad.path),
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

/// What an address ends in for a language; Danish is the address itself.
pub fn tongue(language: Language) -> &'static str {
    match language {
        Language::Da => "",
        Language::En => "?lang=en",
    }
}

/// The host of an address.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    rest.split(['/', ':']).next().unwrap_or(rest)
}
