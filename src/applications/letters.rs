//! What we write to applicants while they wait: the receipt, with a copy of what was said about personal data (D-03), and
//! that the job is advertised again. No assessment and nothing attached (D-42); the link leads to everything else.

use askama::Template;

use super::{
    applicant::first_name,
    application::Whole,
    notice::{Notice, notice},
};
use crate::{
    base::Language,
    config::Config,
    db::{Conn, DbError},
    i18n::{Speech, format},
    mail::Letter,
    postings,
};

/// What a receipt says.
struct Receipt<'a> {
    first_name: &'a str,
    title: String,
    reference: String,
    received: String,
    late: bool,
    link: String,
    contact_name: String,
    contact_phone: String,
    contact_email: String,
    org: &'a str,
    notice: Notice,
}

#[derive(Template)]
#[template(path = "mail/receipt.da.txt")]
struct Danish<'a> {
    r: Receipt<'a>,
}

#[derive(Template)]
#[template(path = "mail/receipt.en.txt")]
struct English<'a> {
    r: Receipt<'a>,
}

/// The receipt of an application.
pub(super) fn receipt(
    conn: &mut Conn,
    config: &Config,
    whole: &Whole,
    token: &str,
) -> Result<Letter, DbError> {
    let language = whole.applicant.language;
    let t = Speech(language);
    let posting = postings::any(conn, whole.application.posting)?
        .ok_or(DbError::Query(diesel::result::Error::NotFound))?;
    let kept = postings::keeping::kept(conn, config, &posting)?;
    let terms = &posting.content.terms;
    let title = posting.title(language).to_owned();
    let r = Receipt {
        first_name: first_name(&whole.applicant.name),
        title: title.clone(),
        reference: posting.reference.clone(),
        received: format::instant_long(whole.application.received_at, config.delivery.zone, language),
        late: whole.application.late,
        link: format!("{}/min-ansoegning/{token}", config.server.public_url),
        contact_name: terms.contact_name.clone(),
        contact_phone: terms.contact_phone.clone(),
        contact_email: terms.contact_email.clone(),
        org: &config.organisation.name,
        notice: notice(config, &kept, t),
    };
    let text = match language {
        Language::Da => Danish { r }.render(),
        Language::En => English { r }.render(),
    };
    Ok(Letter {
        to: whole.applicant.email.clone(),
        name: whole.applicant.name.clone(),
        subject: t.with("receipt-subject", "title", title),
        text: text.expect("a letter of plain texts can always be written"),
        key: format!("receipt-{}", whole.application.id),
    })
}

/// What a letter says of a job that is advertised again.
struct Reposted<'a> {
    first_name: &'a str,
    title: String,
    reference: String,
    deadline: String,
    link: String,
    contact_name: String,
    contact_phone: String,
    contact_email: String,
    org: &'a str,
}

#[derive(Template)]
#[template(path = "mail/reposted.da.txt")]
struct DanishReposted<'a> {
    r: Reposted<'a>,
}

#[derive(Template)]
#[template(path = "mail/reposted.en.txt")]
struct EnglishReposted<'a> {
    r: Reposted<'a>,
}

/// That the job is advertised again, for a round.
pub(super) fn reposted(
    conn: &mut Conn,
    config: &Config,
    whole: &Whole,
    token: &str,
    round: i32,
) -> Result<Letter, DbError> {
    let language = whole.applicant.language;
    let t = Speech(language);
    let posting = postings::any(conn, whole.application.posting)?
        .ok_or(DbError::Query(diesel::result::Error::NotFound))?;
    let terms = &posting.content.terms;
    let title = posting.title(language).to_owned();
    let r = Reposted {
        first_name: first_name(&whole.applicant.name),
        title: title.clone(),
        reference: posting.reference.clone(),
        deadline: posting
            .deadline_local()
            .map_or_else(String::new, |local| format::deadline(local, language)),
        link: format!("{}/min-ansoegning/{token}", config.server.public_url),
        contact_name: terms.contact_name.clone(),
        contact_phone: terms.contact_phone.clone(),
        contact_email: terms.contact_email.clone(),
        org: &config.organisation.name,
    };
    let text = match language {
        Language::Da => DanishReposted { r }.render(),
        Language::En => EnglishReposted { r }.render(),
    };
    Ok(Letter {
        to: whole.applicant.email.clone(),
        name: whole.applicant.name.clone(),
        subject: t.with("reposted-subject", "title", title),
        text: text.expect("a letter of plain texts can always be written"),
        key: format!("reposted-{}-{round}", whole.application.id),
    })
}
