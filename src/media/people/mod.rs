//! Who can be recognised in pictures and films, and what they said yes to (D-29, D-30).
//!
//! A [`Person`] is tied to the files that show them. Each yes is a [`Yes`] to one [`Purpose`] with an end; what may be
//! used where follows from the people in it ([`Person::lacks`]) and is asked for by whoever shows the file. A yes is taken
//! back as easily as it was given: by the same link, or by a colleague who was told. What hangs on channels then comes down
//! through `publishing`.

mod actions;
pub mod answer_pages;
pub mod jobs;
mod letters;
pub mod pages;
mod person;
pub mod person_pages;
mod store;

pub use actions::{
    ConsentError, Invitation, NewPerson, Noted, add, forget, invite, note, portray, unportray, withdraw,
};
pub(in crate::media) use actions::{date, day, morning};
pub(in crate::media) use pages::{Stand, relations, stands};
pub use person::{Giver, Manner, Person, Purpose, Relation, Yes};
pub use store::{assets_of, in_units, of_assets, person};
pub(in crate::media) use store::{needed_papers, papers, unportray_all};
