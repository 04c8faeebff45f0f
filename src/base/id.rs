//! Typed, time-ordered ids: one newtype per noun, a UUIDv7 inside, text in the database.
//!
//! Ids are not secrets. What opens something without a log-in is a token from [`super::Chance`].

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Chance, Instant};

/// A text that is no id.
#[derive(Debug, thiserror::Error)]
#[error("not an id: {0}")]
pub struct NotAnId(pub String);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow, Serialize, Deserialize)]
        #[diesel(sql_type = Text)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id, later than every earlier one by the clock handed in.
            pub fn new(now: Instant, chance: &Chance) -> Self {
                Self(new_uuid(now, chance))
            }
            /// The id as a number, for an index that keeps numbers.
            pub const fn number(self) -> u128 {
                self.0.as_u128()
            }
            /// The id that is this number.
            pub const fn from_number(number: u128) -> Self {
                Self(Uuid::from_u128(number))
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.as_hyphenated())
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(s: &str) -> Result<Self, NotAnId> {
                Uuid::parse_str(s).map(Self).map_err(|_| NotAnId(s.chars().take(40).collect()))
            }
        }
    )+};
}

ids! {
    /// A unit of the organisation's tree.
    UnitId,
    /// Someone who can log in.
    UserId,
    /// A role someone has in a unit.
    MembershipId,
    /// Another system's way in.
    ApiTokenId,
    /// A picture, graphic or film.
    AssetId,
    /// Somebody who can be recognised in a picture or film.
    PersonId,
    /// Their yes to one use.
    ConsentId,
    /// A link by which they answer.
    ConsentLinkId,
    /// An upload that is not finished.
    UploadId,
    /// A job ad.
    PostingId,
    /// One time a job ad is open for applications.
    RoundId,
    /// A story or plain post.
    StoryId,
    /// A campaign.
    CampaignId,
    /// A tracked link.
    LinkId,
    /// A connected account on a channel.
    AccountId,
    /// What went out together from one press of the button.
    PublicationId,
    /// One publication to one account.
    DeliveryId,
    /// One try at a delivery.
    AttemptId,
    /// A stop of everything that goes out of a unit.
    PauseId,
    /// Other words for what is out.
    CorrectionId,
    /// What somebody said of a post that waited for approval.
    ApprovalId,
    /// A remark on a publication.
    RemarkId,
    /// A link for somebody outside the house.
    GuestLinkId,
    /// Words that are used again.
    SnippetId,
    /// With whom in mind a unit speaks, and where.
    StrategyId,
    /// Somebody a unit speaks to.
    AudienceId,
    /// A post that repeats.
    SeriesId,
    /// A post that keeps.
    EvergreenId,
    /// A unit's request for help with content.
    SupportId,
    /// What was said or done in one.
    SupportLineId,
    /// A person who applied.
    ApplicantId,
    /// One person's application to one posting.
    ApplicationId,
    /// A file of an application.
    AttachmentId,
    /// A file laid down with a form that is not accepted yet.
    FormFileId,
    /// A time spent in one stage.
    IntervalId,
    /// A line in an application's history.
    EventId,
    /// Letters to applicants that leave together.
    BatchId,
    /// One letter to one applicant.
    LetterId,
    /// One thing a posting asks of people.
    CriterionId,
    /// What one member of a panel says of one applicant.
    ScorecardId,
    /// One seat at a time laid out for interviews.
    SlotId,
    /// One applicant's interview.
    InterviewId,
    /// A letter about one.
    InterviewLetterId,
    /// For how long applications are kept.
    RuleId,
    /// What stops the clock.
    HoldId,
    /// A time something was erased.
    ErasureId,
    /// Something to do later.
    JobId,
}

fn new_uuid(now: Instant, chance: &Chance) -> Uuid {
    let millis = u64::try_from(now.micros() / 1000).unwrap_or(0);
    let mut random = [0u8; 10];
    chance.fill(&mut random);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_survive_text() {
        let chance = Chance::seeded(1);
        let early = PostingId::new(Instant::from_micros(1_000_000), &chance);
        let late = PostingId::new(Instant::from_micros(9_000_000), &chance);
        assert!(early < late);
        assert_eq!(early, early.to_string().parse().unwrap());
        assert!("nej".parse::<PostingId>().is_err());
    }
}
