//! What tests stand on: real servers to talk to, an application to talk with.

pub mod peers;
