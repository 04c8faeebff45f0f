//! Files of a form, judged: what is accepted becomes a paper, what is refused a sentence at its field.
//! Nothing of a refused file is kept.

use super::judge;
use crate::{
    applications::{actions::Paper, application::PaperKind},
    base::text,
    i18n::{Speech, format},
    web::{
        Fault,
        forms::{Errors, FieldError},
        upload::SentFile,
    },
};

/// Judges `files`; what is wrong is added to `errors` at the field the file came in. `room` files more are
/// allowed. A file of the field `cv` is a CV; others are what their names say.
pub(crate) async fn judged(
    files: Vec<SentFile>,
    room: usize,
    file_limit: u64,
    t: Speech,
    errors: &mut Errors,
) -> Result<Vec<Paper>, Fault> {
    let mut papers = Vec::with_capacity(files.len());
    let mut refuse = |file: &str, name: &str, key: &str, max: String| {
        errors.0.push(FieldError {
            field: file.to_owned(),
            key: key.to_owned(),
            args: vec![("name".to_owned(), text::shorten(name, 60)), ("max".to_owned(), max)],
        });
    };
    for file in files {
        let SentFile { field, name, bytes } = file;
        let Some(bytes) = bytes else {
            let max = i64::try_from(file_limit).unwrap_or(i64::MAX);
            refuse(&field, &name, "papers-refused-too-large", format::bytes(max, t.language()));
            continue;
        };
        let (path, called) = (bytes.path().to_owned(), name.clone());
        let verdict = tokio::task::spawn_blocking(move || {
            let mut file = std::fs::File::open(path)?;
            judge(&called, &mut file)
        })
        .await
        .map_err(|e| Fault::internal("a file could not be judged", e))?
        .map_err(|e| Fault::internal("a file could not be read", e))?;
        match verdict {
            Err(refusal) => refuse(&field, &name, refusal.key(), String::new()),
            Ok(_) if papers.len() >= room => {
                refuse(&field, &name, "papers-refused-too-many", String::new());
            }
            Ok(judged) => {
                let kind = if field == "cv" { PaperKind::Cv } else { PaperKind::guess(&name) };
                papers.push(Paper { kind, name: text::shorten(&name, 160), judged, bytes });
            }
        }
    }
    Ok(papers)
}
