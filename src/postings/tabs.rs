//! The pages of one ad that a person may open: what stands in the row of tabs on each of them.

use super::posting::Posting;
use crate::{
    accounts::{Right, Viewer},
    base::id::PostingId,
};

/// Which tabs one person sees. The overview is there for all.
#[derive(Clone, Copy, Debug)]
pub struct Tabs {
    /// The ad they belong to.
    pub id: PostingId,
    /// The overview.
    pub overview: bool,
    /// Its form.
    pub edit: bool,
    /// What it asks of people.
    pub profile: bool,
    /// Its applicants.
    pub board: bool,
    /// Interviews with them.
    pub interviews: bool,
    /// Answers to its applicants.
    pub answers: bool,
    /// Who assesses them.
    pub panel: bool,
    /// Sharing it on channels.
    pub publish: bool,
    /// Its counts.
    pub counts: bool,
    /// When its applications go.
    pub retention: bool,
}

impl Tabs {
    /// For one person and one ad.
    pub fn of(viewer: &Viewer, posting: &Posting) -> Self {
        let unit = posting.content.unit;
        let may = |right| viewer.scope(right).is_ok_and(|s| s.covers(unit, Some(posting.id)));
        Self {
            id: posting.id,
            overview: may(Right::ReadPostings),
            edit: may(Right::EditPostings),
            profile: may(Right::ReadPostings),
            board: may(Right::ReadApplications),
            interviews: may(Right::ReadApplications),
            answers: may(Right::MoveApplications),
            panel: may(Right::SeePanels),
            // who may write may suggest
            publish: may(Right::EditPostings),
            counts: may(Right::ReadCounts),
            retention: may(Right::SeeRetention),
        }
    }
}
