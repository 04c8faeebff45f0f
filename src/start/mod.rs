//! `/start`: what waits for this person, worst first; their job ads; what comes in the next fourteen days. It owns no table: it
//! asks the slices' readers, each within what the [`crate::accounts::Viewer`] may see, so every role gets its own page.

pub mod pages;
mod talks;
mod waiting;
