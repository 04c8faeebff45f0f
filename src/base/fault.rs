//! Named points where a test may cut the power. In release builds they do nothing.
//!
//! `OPSLAG_FAULT=delivery.after_fence:2` kills this process (SIGKILL, as `kill -9` would) the second
//! time it comes by that point.

#[cfg(debug_assertions)]
use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};

/// Where the power may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// A delivery is claimed; nothing has been sent.
    AfterClaim,
    /// Pictures and film lie at the peer; nothing of ours says so yet.
    AfterUpload,
    /// What the peer calls them is recorded; the attempt is not committed.
    AfterPrepare,
    /// The attempt is committed; the visible call has not been made.
    AfterFence,
    /// The peer has answered; the answer is not recorded.
    AfterSend,
    /// The answer is recorded.
    AfterRecord,
    /// The files of an application lie in the blob store; the row does not exist.
    AfterPapers,
    /// The application is committed; the applicant has not been answered.
    AfterSubmit,
    /// A correction is claimed; nothing has been said to the peer.
    CorrectionClaimed,
    /// That other words are being put there is committed; the call has not been made.
    CorrectionFenced,
    /// The peer has answered it; the answer is not recorded.
    CorrectionSent,
    /// What came of it is recorded.
    CorrectionRecorded,
    /// A first comment is claimed; nothing has been said to the peer.
    CommentClaimed,
    /// That it is being said is committed; the call has not been made.
    CommentFenced,
    /// The peer has answered it; the answer is not recorded.
    CommentSent,
    /// What came of it is recorded.
    CommentRecorded,
    /// It was looked for; what that showed is not recorded.
    CommentLooked,
    /// A letter about something to post by hand has left; the job that sent it still stands in the queue.
    AfterLetter,
    /// The receipt has left; the job that sent it still stands in the queue.
    AfterReceipt,
    /// That a letter with an answer is being sent is committed; the mail server has not been spoken to.
    AnswerFenced,
    /// The mail server has answered; the answer is not recorded.
    AnswerSent,
    /// What came of it is recorded; the job that sent it still stands in the queue.
    AnswerRecorded,
    /// That a letter about an interview is being sent is committed; the mail server has not been spoken to.
    InviteFenced,
    /// The mail server has answered; the answer is not recorded.
    InviteSent,
    /// What came of it is recorded; the job that sent it still stands in the queue.
    InviteRecorded,
    /// Who is erased tonight is committed; nobody is gone yet.
    ErasureBegun,
    /// The rows of one of them are gone.
    ErasureOne,
    /// Files, letters, search and free pages are cleared; nothing has been looked for.
    ErasureCleared,
    /// The receipt is written; the job that wrote it still stands in the queue.
    ErasureProved,
}

impl Point {
    /// Its name in `OPSLAG_FAULT`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AfterClaim => "delivery.after_claim",
            Self::AfterUpload => "delivery.after_upload",
            Self::AfterPrepare => "delivery.after_prepare",
            Self::AfterFence => "delivery.after_fence",
            Self::AfterSend => "delivery.after_send",
            Self::AfterRecord => "delivery.after_record",
            Self::AfterPapers => "intake.after_papers",
            Self::AfterSubmit => "intake.after_submit",
            Self::CorrectionClaimed => "correction.after_claim",
            Self::CorrectionFenced => "correction.after_fence",
            Self::CorrectionSent => "correction.after_send",
            Self::CorrectionRecorded => "correction.after_record",
            Self::CommentClaimed => "comment.after_claim",
            Self::CommentFenced => "comment.after_fence",
            Self::CommentSent => "comment.after_send",
            Self::CommentRecorded => "comment.after_record",
            Self::CommentLooked => "comment.after_look",
            Self::AfterLetter => "delivery.after_letter",
            Self::AfterReceipt => "intake.after_receipt",
            Self::AnswerFenced => "answer.after_fence",
            Self::AnswerSent => "answer.after_send",
            Self::AnswerRecorded => "answer.after_record",
            Self::InviteFenced => "invite.after_fence",
            Self::InviteSent => "invite.after_send",
            Self::InviteRecorded => "invite.after_record",
            Self::ErasureBegun => "erasure.after_intent",
            Self::ErasureOne => "erasure.after_one",
            Self::ErasureCleared => "erasure.after_clearing",
            Self::ErasureProved => "erasure.after_proof",
        }
    }
}

#[cfg(debug_assertions)]
static ARMED: LazyLock<Option<(String, AtomicU32)>> = LazyLock::new(|| {
    let setting = std::env::var("OPSLAG_FAULT").ok()?;
    let (name, n) = setting.split_once(':').unwrap_or((&setting, "1"));
    Some((name.to_owned(), AtomicU32::new(n.parse().unwrap_or(1))))
});

/// Passes this point, or dies at it.
pub fn pass(point: Point) {
    #[cfg(debug_assertions)]
    if let Some((name, left)) = ARMED.as_ref()
        && name == point.name()
        && left.fetch_sub(1, Ordering::SeqCst) == 1
    {
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        std::process::abort();
    }
    #[cfg(not(debug_assertions))]
    let _ = point;
}
