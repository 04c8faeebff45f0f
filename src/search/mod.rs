//! Finding applications by what people wrote.
//!
//! The [`index`] is a copy of what the database knows, kept in step by [`jobs`], which read the change feed; it can be
//! thrown away at any time and is then built again by the same code. Text is cut into [`words`], whose keys come from
//! the [`danish`] lists; [`names`] are compared in their own way. What a person typed is understood by [`asked`], asked
//! within a scope by [`question`], and explained by [`excerpt`]; [`find()`] does all of it and asks the database
//! again, so that nothing is shown that the asker may not see.
//!
//! It ranks by how alike words are, never people: the order is the time of receipt unless something was typed, and a
//! search result says that it is no assessment (D-36).

pub mod asked;
pub mod danish;
pub mod excerpt;
pub mod fields;
mod find;
mod gather;
pub mod index;
pub mod jobs;
mod letting_go;
mod loose;
pub mod names;
pub mod pages;
pub mod question;
pub mod words;

pub use find::{FindError, Found, Hit, find};
pub use index::Index;
pub use question::{Order, Question};
