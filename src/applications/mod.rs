//! The person who answers the ad, and what they send.

pub mod papers;
