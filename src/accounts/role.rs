//! Roles, rights, and where they hold (`requirements.md` part 4). One table says what each role may.

use std::collections::HashSet;

use crate::{
    base::id::{ApplicationId, PostingId, UnitId},
    words,
};

words! {
    /// What somebody is in a unit and below it.
    pub enum Role {
        /// Writes and publishes ads, handles applicants.
        Recruiter = "recruiter",
        /// Own unit's postings, screening, decision.
        HiringManager = "hiring_manager",
        /// Reads the applications of one posting while the panel sits.
        PanelMember = "panel_member",
        /// Channels, posts, media; no applicant data.
        Communications = "communications",
        /// Drafts texts and brings pictures; publishes nothing.
        Contributor = "contributor",
        /// Everything about people and rules.
        HrAdmin = "hr_admin",
        /// Sums only.
        ReportReader = "report_reader",
        /// Health, backup, configuration; no applicant content.
        Ops = "ops",
    }
}

words! {
    /// What may be done.
    pub enum Right {
        /// See postings that are not public.
        ReadPostings = "read_postings",
        /// Write drafts and change ads.
        EditPostings = "edit_postings",
        /// Write stories and plain posts.
        WriteStories = "write_stories",
        /// Lay out campaigns.
        RunCampaigns = "run_campaigns",
        /// Open and close a posting for applications.
        OpenPostings = "open_postings",
        /// Send to channels, plan, cancel, take down.
        Publish = "publish",
        /// Connect and disconnect channel accounts.
        ManageChannels = "manage_channels",
        /// Say who drafts, approves and publishes in a unit.
        SetRules = "set_rules",
        /// Say to whom a unit speaks, how and where.
        SetStrategy = "set_strategy",
        /// Bring pictures and films, describe them.
        UseMedia = "use_media",
        /// Ask communications for help with content.
        AskForHelp = "ask_for_help",
        /// Take what was asked for, answer and deliver.
        GiveHelp = "give_help",
        /// See applications and their files.
        ReadApplications = "read_applications",
        /// Move them, decide on them.
        MoveApplications = "move_applications",
        /// See who sits in a posting's panel and what is left to do there; no applicant in it.
        SeePanels = "see_panels",
        /// Say who sits in a posting's panel.
        SeatPanels = "seat_panels",
        /// Key in a paper or mail application (D-16).
        RegisterApplications = "register_applications",
        /// Erase one before its time (D-04); say for how long they are kept, and what must stay.
        EraseApplications = "erase_applications",
        /// See when applications go and what has been proved gone; no applicant in it.
        SeeRetention = "see_retention",
        /// See sums.
        ReadCounts = "read_counts",
        /// Write the words of letters to applicants.
        SetLetters = "set_letters",
        /// Add people, give roles, make API tokens.
        ManagePeople = "manage_people",
        /// See the audit log.
        ReadAudit = "read_audit",
        /// See the health of the service.
        Operate = "operate",
    }
}

impl Right {
    /// Whether it opens applications: then a pledge that is owed and a declared relation narrow it.
    pub const fn opens_applications(self) -> bool {
        match self {
            Self::ReadApplications
            | Self::MoveApplications
            | Self::RegisterApplications
            | Self::EraseApplications => true,
            Self::ReadPostings
            | Self::EditPostings
            | Self::WriteStories
            | Self::RunCampaigns
            | Self::OpenPostings
            | Self::Publish
            | Self::ManageChannels
            | Self::SetRules
            | Self::SetStrategy
            | Self::SetLetters
            | Self::UseMedia
            | Self::AskForHelp
            | Self::GiveHelp
            | Self::SeePanels
            | Self::SeatPanels
            | Self::SeeRetention
            | Self::ReadCounts
            | Self::ManagePeople
            | Self::ReadAudit
            | Self::Operate => false,
        }
    }
}

impl Role {
    /// What this role may.
    pub const fn rights(self) -> &'static [Right] {
        use Right::*;
        match self {
            Self::Recruiter => &[
                ReadPostings,
                EditPostings,
                OpenPostings,
                Publish,
                UseMedia,
                AskForHelp,
                ReadApplications,
                MoveApplications,
                RegisterApplications,
                SeePanels,
                SeatPanels,
                SeeRetention,
                ReadCounts,
            ],
            Self::HiringManager => &[
                ReadPostings,
                EditPostings,
                UseMedia,
                AskForHelp,
                ReadApplications,
                MoveApplications,
                SeePanels,
                SeatPanels,
                SeeRetention,
                ReadCounts,
            ],
            Self::PanelMember => &[ReadPostings, ReadApplications, SeePanels],
            Self::Communications => &[
                ReadPostings,
                EditPostings,
                WriteStories,
                RunCampaigns,
                Publish,
                ManageChannels,
                SetRules,
                SetStrategy,
                UseMedia,
                AskForHelp,
                GiveHelp,
                ReadCounts,
            ],
            Self::Contributor => &[ReadPostings, EditPostings, WriteStories, UseMedia, AskForHelp],
            Self::HrAdmin => &[
                ReadPostings,
                EditPostings,
                RunCampaigns,
                OpenPostings,
                Publish,
                ManageChannels,
                SetRules,
                UseMedia,
                AskForHelp,
                ReadApplications,
                MoveApplications,
                RegisterApplications,
                SeePanels,
                SeatPanels,
                EraseApplications,
                SeeRetention,
                ReadCounts,
                SetLetters,
                ManagePeople,
                ReadAudit,
            ],
            Self::ReportReader => &[ReadCounts],
            Self::Ops => &[Operate, ReadAudit, SeeRetention],
        }
    }

    /// Whether this role has `right`.
    pub fn may(self, right: Right) -> bool {
        self.rights().contains(&right)
    }
}

/// Where one right holds: units, and single postings (a panel seat), without what [`super::bars`] keeps from this
/// person. Made only by a [`Viewer`](super::Viewer) or an API token; readers put it into their SQL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pub(super) units: HashSet<UnitId>,
    pub(super) postings: HashSet<PostingId>,
    pub(super) withheld: HashSet<PostingId>,
    pub(super) left_out: HashSet<ApplicationId>,
}

impl Scope {
    /// Exactly these, for a test beside the code.
    #[cfg(test)]
    pub fn of(
        units: impl IntoIterator<Item = UnitId>,
        postings: impl IntoIterator<Item = PostingId>,
    ) -> Self {
        Self {
            units: units.into_iter().collect(),
            postings: postings.into_iter().collect(),
            ..Self::default()
        }
    }
    /// The same without these.
    #[cfg(test)]
    pub fn without(
        self,
        withheld: impl IntoIterator<Item = PostingId>,
        left_out: impl IntoIterator<Item = ApplicationId>,
    ) -> Self {
        let (withheld, left_out) = (withheld.into_iter().collect(), left_out.into_iter().collect());
        Self { withheld, left_out, ..self }
    }
    /// The units, for `eq_any`.
    pub fn units(&self) -> Vec<UnitId> {
        self.units.iter().copied().collect()
    }
    /// Single postings beside them, for `eq_any`.
    pub fn postings(&self) -> Vec<PostingId> {
        self.postings.iter().copied().collect()
    }
    /// Postings that do not lie inside although their unit may: confidentiality has not been accepted there.
    pub fn withheld(&self) -> Vec<PostingId> {
        self.withheld.iter().copied().collect()
    }
    /// Applications that do not lie inside although their posting does: this person has a relation to who applied (D-23).
    pub fn left_out(&self) -> Vec<ApplicationId> {
        self.left_out.iter().copied().collect()
    }
    /// Whether something of this unit and posting lies inside.
    pub fn covers(&self, unit: UnitId, posting: Option<PostingId>) -> bool {
        !posting.is_some_and(|p| self.withheld.contains(&p))
            && (self.units.contains(&unit) || posting.is_some_and(|p| self.postings.contains(&p)))
    }
    /// Whether the unit lies inside.
    pub fn covers_unit(&self, unit: UnitId) -> bool {
        self.units.contains(&unit)
    }
    /// Nowhere.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty() && self.postings.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn communications_and_reports_see_no_applicant() {
        for role in [Role::Communications, Role::Contributor, Role::ReportReader, Role::Ops] {
            assert!(!role.may(Right::ReadApplications) && !role.may(Right::MoveApplications), "{role}");
        }
        assert!(!Role::PanelMember.may(Right::MoveApplications));
        assert!(!Role::Contributor.may(Right::Publish));
    }
}
