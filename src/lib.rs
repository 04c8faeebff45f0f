//! Opslag, see `ARCHITECTURE.md`. The order below is the ladder: each module uses only what stands above it.

// floor 0: values
pub mod base;

// floor 4: the things meeting each other
pub mod applications;
