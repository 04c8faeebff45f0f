//! Rows of papers: those of an application, and those laid down with a form that is not accepted yet.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{Text, TextState};
use crate::{
    accounts::Scope,
    applications::{
        application::{Attachment, FormFile, PaperKind},
        store::inside,
    },
    base::{
        Instant,
        id::{ApplicationId, AttachmentId, FormFileId},
    },
    db::{
        Conn, DbError,
        schema::{applications, attachments, form_files, postings},
    },
};

type OfAttachment = (
    attachments::id,
    attachments::application_id,
    attachments::kind,
    attachments::original_name,
    attachments::sha256,
    attachments::mime,
    attachments::bytes,
    attachments::encrypted,
    attachments::cpr,
    attachments::text_state,
    attachments::created_at,
);
type OfFormFile = (
    form_files::id,
    form_files::kind,
    form_files::original_name,
    form_files::sha256,
    form_files::mime,
    form_files::bytes,
    form_files::encrypted,
);

fn attachment() -> OfAttachment {
    Default::default()
}

/// Hangs a paper on an application.
pub(in crate::applications) fn insert(
    conn: &mut Conn,
    id: AttachmentId,
    application: ApplicationId,
    file: &FormFile,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(attachments::table)
        .values((
            attachments::id.eq(id),
            attachments::application_id.eq(application),
            attachments::kind.eq(file.kind),
            attachments::original_name.eq(&file.original_name),
            attachments::sha256.eq(&file.sha256),
            attachments::mime.eq(&file.mime),
            attachments::bytes.eq(file.bytes),
            attachments::encrypted.eq(file.encrypted),
            attachments::text_state.eq(TextState::Waiting.code()),
            attachments::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The papers of an application, in the order in which they came. The caller has narrowed: an application
/// is read through its scope or its magic link first.
pub fn of(conn: &mut Conn, application: ApplicationId) -> Result<Vec<Attachment>, DbError> {
    Ok(attachments::table
        .filter(attachments::application_id.eq(application))
        .order((attachments::created_at, attachments::id))
        .select(attachment())
        .load(conn)?)
}

/// One paper, when its application lies inside `scope`.
pub fn one(conn: &mut Conn, scope: &Scope, id: AttachmentId) -> Result<Option<Attachment>, DbError> {
    let one = attachments::table
        .inner_join(applications::table.inner_join(postings::table))
        .filter(attachments::id.eq(id));
    Ok(inside!(one, scope).select(attachment()).first(conn).optional()?)
}

/// What was read out of an application's papers, by paper.
pub fn texts(conn: &mut Conn, application: ApplicationId) -> Result<HashMap<AttachmentId, String>, DbError> {
    let rows: Vec<(AttachmentId, Option<String>)> = attachments::table
        .filter(attachments::application_id.eq(application))
        .filter(attachments::text_body.is_not_null())
        .select((attachments::id, attachments::text_body))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, text)| Some((id, text?))).collect())
}

/// How many papers each of these has, and whether one is locked or holds something like a CPR number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    /// How many papers.
    pub count: usize,
    /// One of them is locked with a password.
    pub encrypted: bool,
    /// Something in one of them looks like a CPR number (D-06).
    pub cpr: bool,
}

/// The marks of the papers of these applications.
pub(in crate::applications) fn marks(
    conn: &mut Conn,
    ids: &[ApplicationId],
) -> Result<HashMap<ApplicationId, Marks>, DbError> {
    let rows: Vec<(ApplicationId, bool, bool)> = attachments::table
        .filter(attachments::application_id.eq_any(ids))
        .select((attachments::application_id, attachments::encrypted, attachments::cpr))
        .load(conn)?;
    let mut marks: HashMap<ApplicationId, Marks> = HashMap::new();
    for (id, encrypted, cpr) in rows {
        let mark = marks.entry(id).or_default();
        mark.count += 1;
        mark.encrypted |= encrypted;
        mark.cpr |= cpr;
    }
    Ok(marks)
}

/// The papers of an application whose text has not been read yet.
pub(in crate::applications) fn unread(
    conn: &mut Conn,
    application: ApplicationId,
) -> Result<Vec<Attachment>, DbError> {
    Ok(attachments::table
        .filter(attachments::application_id.eq(application))
        .filter(attachments::text_state.eq(TextState::Waiting.code()))
        .order((attachments::created_at, attachments::id))
        .select(attachment())
        .load(conn)?)
}

/// Keeps what was read out of a paper; nothing happens when the paper is gone.
pub(in crate::applications) fn set_text(
    conn: &mut Conn,
    id: AttachmentId,
    text: &Text,
) -> Result<bool, DbError> {
    let body = (text.state == TextState::Ok).then_some(&text.body);
    let changed = diesel::update(attachments::table.find(id))
        .set((
            attachments::text_state.eq(text.state.code()),
            attachments::text_body.eq(body),
            attachments::cpr.eq(text.cpr),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

// ---- papers of forms ----

/// Lays a paper down with a form; one that lies there already is not laid down twice.
pub(in crate::applications) fn lay_down(
    conn: &mut Conn,
    form_hash: &str,
    file: &FormFile,
    now: Instant,
) -> Result<(), DbError> {
    let there: i64 = form_files::table
        .filter(form_files::form_key.eq(form_hash))
        .filter(form_files::sha256.eq(&file.sha256))
        .count()
        .get_result(conn)?;
    if there > 0 {
        return Ok(());
    }
    diesel::insert_into(form_files::table)
        .values((
            form_files::id.eq(file.id),
            form_files::form_key.eq(form_hash),
            form_files::kind.eq(file.kind),
            form_files::original_name.eq(&file.original_name),
            form_files::sha256.eq(&file.sha256),
            form_files::mime.eq(&file.mime),
            form_files::bytes.eq(file.bytes),
            form_files::encrypted.eq(file.encrypted),
            form_files::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The papers that lie with a form, in the order in which they came.
pub(in crate::applications) fn laid(conn: &mut Conn, form_hash: &str) -> Result<Vec<FormFile>, DbError> {
    let columns: OfFormFile = Default::default();
    Ok(form_files::table
        .filter(form_files::form_key.eq(form_hash))
        .order((form_files::created_at, form_files::id))
        .select(columns)
        .load(conn)?)
}

/// Says what a paper of a form is.
pub(in crate::applications) fn name_kind(
    conn: &mut Conn,
    form_hash: &str,
    id: FormFileId,
    kind: PaperKind,
) -> Result<(), DbError> {
    diesel::update(form_files::table.find(id).filter(form_files::form_key.eq(form_hash)))
        .set(form_files::kind.eq(kind))
        .execute(conn)?;
    Ok(())
}

/// Takes a paper away from a form; its bytes go with the next sweep.
pub(in crate::applications) fn take_away(
    conn: &mut Conn,
    form_hash: &str,
    id: FormFileId,
) -> Result<(), DbError> {
    diesel::delete(form_files::table.find(id).filter(form_files::form_key.eq(form_hash))).execute(conn)?;
    Ok(())
}

/// The form has become an application: its papers hang there now.
pub(in crate::applications) fn take_up(conn: &mut Conn, form_hash: &str) -> Result<(), DbError> {
    diesel::delete(form_files::table.filter(form_files::form_key.eq(form_hash))).execute(conn)?;
    Ok(())
}

/// Forgets papers of forms that nobody finished.
pub(in crate::applications) fn forget_before(conn: &mut Conn, before: Instant) -> Result<usize, DbError> {
    Ok(diesel::delete(form_files::table.filter(form_files::created_at.lt(before))).execute(conn)?)
}

/// Every content that an application or an unfinished form names, by sha256.
pub fn every_file(conn: &mut Conn) -> Result<HashSet<String>, DbError> {
    let mut named: HashSet<String> =
        attachments::table.select(attachments::sha256).load(conn)?.into_iter().collect();
    named.extend(form_files::table.select(form_files::sha256).load::<String>(conn)?);
    Ok(named)
}

/// Which of these contents some paper still names.
pub fn known_blobs(conn: &mut Conn, among: &[String]) -> Result<HashSet<String>, DbError> {
    let mut known: HashSet<String> = attachments::table
        .filter(attachments::sha256.eq_any(among))
        .select(attachments::sha256)
        .load(conn)?
        .into_iter()
        .collect();
    let laid: Vec<String> =
        form_files::table.filter(form_files::sha256.eq_any(among)).select(form_files::sha256).load(conn)?;
    known.extend(laid);
    Ok(known)
}
