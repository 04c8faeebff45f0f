//! Applications: the public form, keying in, the applicant's own page, the board, who looked, erasing.

mod apply;
mod board;
mod repost;
mod erase;
mod overview;
mod own;
mod register;
mod traces;
