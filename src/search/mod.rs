//! Finding applications by what people wrote.
pub mod danish;
pub mod fields;
pub mod index;
mod loose;
pub mod names;
pub mod words;
