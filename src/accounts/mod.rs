//! People, units, roles; what each may see.
//!
//! The organisation is a tree of [`unit`]s. A membership gives a person a [`Role`] in a unit and
//! everything below it, or a panel seat at one posting. The [`Viewer`] is the only door to data: it
//! says what a person may ([`Right`]) and where ([`Scope`]); every reader that touches people or
//! drafts takes a scope and puts it into its SQL. What somebody may not see does not exist for them
//! (404); [`bars`] keeps single things from who could otherwise read them. Every opening of an applicant, download and export is written to the [`audit`] log (D-05).

mod actions;
pub mod audit;
pub mod bars;
pub mod jobs;
mod letters;
pub mod pages;
pub mod password;
pub mod password_link;
pub mod password_pages;
mod people;
pub mod people_pages;
pub mod role;
pub mod session;
mod store;
pub mod unit;
pub mod user;

pub use actions::{
    AccountError, add_unit, add_user, appoint, create_token, disable_user, end_role, everywhere, give_role,
    invite, known_or_welcomed, log_in, log_out, seat,
};
pub use people::{Membership, Person};
pub use role::{Right, Role, Scope};
pub use session::{Caller, Posted, Viewer};
pub use store::{
    IdempotencyState, finish_idempotent, forget_said, holders, organisation, people, start_idempotent,
    unit_named, units, units_above, users,
};
pub use unit::{Unit, UnitKind};
pub use user::User;
