//! What is served to look around in: a municipality that does not exist, and its practice channels.

mod ads;
mod answers;
mod assessment;
mod campaigns;
mod help;
mod interviews;
mod life;
mod papers;
mod people;
mod retention;
mod rhythm;
mod strategy;
pub mod town;
pub mod worlds;
