//! Pictures, graphics and films, with their captions and descriptions: what people bring.
//!
//! A file is judged by what it holds ([`content`]), checked whole and cleaned before it is kept
//! ([`image`], [`film`]), and drawn in every shape that pages and channels want soon after. Nothing
//! may be used in an ad before it is ready and described: [`asset`] says what is missing.

pub mod asset;
mod boxes;
pub mod captions;
pub mod content;
pub mod ffmpeg;
pub mod film;
pub mod image;
mod jpeg;
