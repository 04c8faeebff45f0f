//! Pictures, graphics and films, with their captions and descriptions: what people bring.
//!
//! A file is judged by what it holds ([`content`]), checked whole and cleaned before it is kept
//! ([`image`], [`film`]), and drawn in every shape that pages and channels want soon after. Nothing
//! may be used in an ad before it is ready and described: [`asset`] says what is missing.

mod actions;
pub mod asset;
mod boxes;
pub mod burn;
pub mod captions;
pub mod content;
pub mod ffmpeg;
pub mod film;
pub mod image;
pub mod jobs;
mod jpeg;
pub mod asset_pages;
pub mod file_pages;
pub mod pages;
pub mod people;
mod proof;
mod store;

pub use actions::{
    ALT_MAX, MediaError, Received, append, begin_upload, cancel_upload, caption, delete, describe,
    finish_upload, receive, replace, set_poster, uncaption, uploaded,
};
pub use asset::{Asset, Drawn, Frame, Kind, Missing, State, length};
pub use proof::{Proof, proof};
pub use store::{
    Description, Filter, Shows, Use, asset, captions, counts, every_file, library, make_public, needed_files,
    of_ids, uses,
};
