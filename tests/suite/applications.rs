//! Applications: the public form, the applicant's own page, the board, the numbers that must add up.

mod apply;
