//! What readers did with a post, as far as its channel counts it and lets us read the count.

/// Counts from the beginning until they were read; none where the channel does not count, or does not tell us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// How often it was shown.
    pub impressions: Option<u64>,
    /// How often somebody clicked on it, by the channel's own count.
    pub clicks: Option<u64>,
    /// Likes and their kin.
    pub reactions: Option<u64>,
    /// Comments and answers.
    pub comments: Option<u64>,
    /// How often it was passed on.
    pub shares: Option<u64>,
}
