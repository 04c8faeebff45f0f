//! Floor 0: values everyone shares. No input, no output, no other module of ours.

pub mod address;
pub mod chance;
pub mod clock;
pub mod colour;
pub mod fault;
pub mod holidays;
pub mod id;
pub mod language;
pub mod paging;
pub mod subject;
pub mod text;
pub mod wall;

pub use chance::Chance;
pub use clock::{Clock, Instant};
pub use language::Language;
pub use subject::Subject;
