//! What is served to look around in: the practice channels.

pub mod worlds;
