//! Finding applications by what people wrote.
pub mod danish;
pub mod names;
pub mod words;
