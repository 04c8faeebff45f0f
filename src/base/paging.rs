//! A page of something and how to ask for the next.

use serde::{Deserialize, Serialize};

/// Which page, from 1, and how many rows on it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Paging {
    /// From 1.
    pub page: u32,
    /// Rows on a page, 1–200.
    pub size: u32,
}

impl Paging {
    /// Page `page` with `size` rows, both brought within bounds.
    pub fn new(page: u32, size: u32) -> Self {
        Self { page: page.clamp(1, 100_000), size: size.clamp(1, 200) }
    }
    /// Rows before this page.
    pub fn offset(self) -> i64 {
        i64::from(self.page - 1) * i64::from(self.size)
    }
    /// Rows on this page.
    pub fn limit(self) -> i64 {
        i64::from(self.size)
    }
    /// How many pages `total` rows make; at least one.
    pub fn pages(self, total: i64) -> u32 {
        u32::try_from((total.max(1) + self.limit() - 1) / self.limit()).unwrap_or(u32::MAX)
    }
}
