//! Fluent bundles from `assets/locales`, embedded; one file per slice and language.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use rust_embed::RustEmbed;

use super::format;
use crate::base::Language;

#[derive(RustEmbed)]
#[folder = "assets/locales"]
struct Locales;

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| Language::ALL.map(load));

fn load(language: Language) -> FluentBundle<FluentResource> {
    let id = language.code().parse().expect("our language codes are legal");
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // the marks around values break copying and screen readers more than they help two left-to-right languages
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Da => |value, _| number(value, Language::Da),
        Language::En => |value, _| number(value, Language::En),
    }));
    let prefix = format!("{}/", language.code());
    let mut files: Vec<_> = Locales::iter().filter(|f| f.starts_with(&prefix)).collect();
    files.sort();
    for name in files {
        let file = Locales::get(&name).expect("it was listed");
        let text = String::from_utf8(file.data.into_owned()).expect("catalogues are UTF-8");
        let resource =
            FluentResource::try_new(text).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{name}: {errors:?}");
        }
    }
    bundle
}

fn number(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(n) if n.value.fract() == 0.0 && n.value.abs() < 9e15 =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "bounded the line above")]
            Some(format::whole(n.value as i64, language))
        }
        _ => None,
    }
}

pub(super) fn say(language: Language, key: &str, args: Option<&FluentArgs<'_>>) -> String {
    let bundle = &BUNDLES[language as usize];
    let (id, attribute) = key.split_once('.').map_or((key, None), |(id, a)| (id, Some(a)));
    let pattern = bundle.get_message(id).and_then(|m| match attribute {
        None => m.value(),
        Some(a) => m.get_attribute(a).map(|a| a.value()),
    });
    let Some(pattern) = pattern else {
        tracing::error!(key, language = language.code(), "a text is missing in the catalogue");
        return key.to_owned();
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(key, ?errors, "a text could not be filled in");
    }
    text
}

pub(super) fn knows(language: Language, key: &str) -> bool {
    BUNDLES[language as usize].has_message(key.split('.').next().unwrap_or(key))
}
