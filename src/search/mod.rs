//! Finding applications by what people wrote.
pub mod asked;
pub mod danish;
pub mod excerpt;
pub mod fields;
mod gather;
pub mod index;
mod loose;
pub mod names;
pub mod question;
pub mod words;
