//! Saying things in someone's language: [`Speech`] and the catalogues in `assets/locales`.

mod catalogue;
pub mod format;

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentValue};

use crate::base::Language;

/// One language, ready to speak. Cheap to copy; travels in every page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Speech(pub Language);

/// What can be put into a sentence.
pub trait Said {
    /// As Fluent takes it.
    fn said(&self) -> FluentValue<'static>;
}
impl Said for str {
    fn said(&self) -> FluentValue<'static> {
        FluentValue::String(Cow::Owned(self.to_owned()))
    }
}
impl Said for String {
    fn said(&self) -> FluentValue<'static> {
        self.as_str().said()
    }
}
impl<T: Said + ?Sized> Said for &T {
    fn said(&self) -> FluentValue<'static> {
        (**self).said()
    }
}
macro_rules! said_numbers {
    ($($t:ty),+) => {$( impl Said for $t {
        fn said(&self) -> FluentValue<'static> { FluentValue::from(*self) }
    } )+};
}
said_numbers!(i32, i64, u16, u32, u64, usize);

impl Speech {
    /// The language.
    pub const fn language(self) -> Language {
        self.0
    }
    /// Says `key`.
    pub fn say(self, key: &str) -> String {
        catalogue::say(self.0, key, None)
    }
    /// Says `key` with one value in it.
    pub fn with(self, key: &str, name: &str, value: impl Said) -> String {
        self.args(key, &[(name, value.said())])
    }
    /// Says `key` with two values in it.
    pub fn with2(self, key: &str, n1: &str, v1: impl Said, n2: &str, v2: impl Said) -> String {
        self.args(key, &[(n1, v1.said()), (n2, v2.said())])
    }
    /// Says `key` with three values in it.
    #[expect(clippy::too_many_arguments, reason = "three pairs read better in a template than a list")]
    pub fn with3(
        self,
        key: &str,
        n1: &str,
        v1: impl Said,
        n2: &str,
        v2: impl Said,
        n3: &str,
        v3: impl Said,
    ) -> String {
        self.args(key, &[(n1, v1.said()), (n2, v2.said()), (n3, v3.said())])
    }
    /// Says `key` with any number of values in it.
    pub fn args(self, key: &str, values: &[(&str, FluentValue<'static>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set((*name).to_owned(), value.clone());
        }
        catalogue::say(self.0, key, Some(&args))
    }
    /// Whether the catalogue has `key`.
    pub fn knows(self, key: &str) -> bool {
        catalogue::knows(self.0, key)
    }
}
