//! For how long a posting's applications are kept (D-01): the organisation's rule, unless there is one for the kind of
//! position or for the posting itself. Of several the shortest decides, and those it beats are named. Pure; rows come and go in
//! the store. Whoever says a period (the notice before applying, the plan of what goes) asks here, so that all say the same.

use super::{posting::Posting, store};
use crate::{
    base::{
        Instant,
        id::{PostingId, RuleId},
    },
    config::Config,
    db::{Conn, DbError},
    words,
};

/// The longest period the law knows without very special reasons, in months.
pub const LONGEST: u32 = 36;

words! {
    /// What a rule is for.
    pub enum RuleOf {
        /// A profession.
        Profession = "profession",
        /// A kind of employment.
        Employment = "employment",
        /// One posting.
        Posting = "posting",
    }
}

impl RuleOf {
    /// Message key: by what an application is kept so long.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Profession => "retention-rule-profession",
            Self::Employment => "retention-rule-employment",
            Self::Posting => "retention-rule-posting",
        }
    }
}

/// A rule as stored.
#[derive(diesel::Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which.
    pub id: RuleId,
    /// For what.
    pub of: RuleOf,
    /// For which of them: a code, or the posting.
    pub value: String,
    /// For how long after the posting is closed.
    pub months: i32,
    /// Why so long.
    pub reason: String,
    /// By whom, as `user:…`.
    pub set_by: String,
    /// When.
    pub set_at: Instant,
}

impl Rule {
    fn is_for(&self, posting: PostingId, profession: Option<&str>, employment: Option<&str>) -> bool {
        match self.of {
            RuleOf::Profession => profession == Some(self.value.as_str()),
            RuleOf::Employment => employment == Some(self.value.as_str()),
            RuleOf::Posting => posting.to_string() == self.value,
        }
    }
    fn lasts(&self) -> u32 {
        u32::try_from(self.months).unwrap_or(1).clamp(1, LONGEST)
    }
}

/// How long it is, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// So many months after the posting is closed.
    pub months: u32,
    /// Why so long.
    pub reason: String,
    /// By which kind of rule; none: the organisation's.
    pub by: Option<RuleOf>,
    /// Other rules for the same posting, which are longer or as long, with their months.
    pub beaten: Vec<(RuleOf, u32)>,
}

impl Kept {
    /// By the organisation's rule.
    pub fn standard(config: &Config) -> Self {
        Self {
            months: config.privacy.retention_months,
            reason: config.privacy.retention_reason.clone(),
            by: None,
            beaten: Vec::new(),
        }
    }
}

/// The one rule that decides.
pub fn deciding(
    config: &Config,
    rules: &[Rule],
    posting: PostingId,
    profession: Option<&str>,
    employment: Option<&str>,
) -> Kept {
    let mut fitting: Vec<&Rule> =
        rules.iter().filter(|rule| rule.is_for(posting, profession, employment)).collect();
    // of two that are as long the one that says most of the posting
    fitting.sort_by_key(|rule| (rule.lasts(), std::cmp::Reverse(rule.of)));
    let Some((first, others)) = fitting.split_first() else { return Kept::standard(config) };
    Kept {
        months: first.lasts(),
        reason: first.reason.clone(),
        by: Some(first.of),
        beaten: others.iter().map(|rule| (rule.of, rule.lasts())).collect(),
    }
}

/// Of a posting.
pub fn kept(conn: &mut Conn, config: &Config, posting: &Posting) -> Result<Kept, DbError> {
    let terms = &posting.content.terms;
    let (profession, employment) = (terms.profession.as_deref(), terms.employment_type.as_deref());
    Ok(deciding(config, &store::rules(conn)?, posting.id, profession, employment))
}

/// Of the posting with this id; the organisation's when there is none.
pub fn kept_in(conn: &mut Conn, config: &Config, id: PostingId) -> Result<Kept, DbError> {
    let rules = store::rules(conn)?;
    if rules.is_empty() {
        return Ok(Kept::standard(config));
    }
    let (profession, employment) = store::kind_of(conn, id)?;
    Ok(deciding(config, &rules, id, profession.as_deref(), employment.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Chance;

    #[test]
    fn the_shortest_of_those_that_fit_decides_and_names_the_others() {
        let config = Config::defaults(std::path::Path::new("/tmp"));
        let (now, chance) = (Instant::from_seconds(1), Chance::seeded(1));
        let (posting, other) = (PostingId::new(now, &chance), PostingId::new(now, &chance));
        let rule = |of, value: &str, months| Rule {
            id: RuleId::new(now, &chance),
            of,
            value: value.to_owned(),
            months,
            reason: format!("{of} {months}"),
            set_by: "system".to_owned(),
            set_at: now,
        };
        use RuleOf::*;
        let own = posting.to_string();
        // rules, then: months, by what, whom it beats
        type Case<'a> = (Vec<Rule>, u32, Option<RuleOf>, Vec<(RuleOf, u32)>);
        let table: Vec<Case<'_>> = vec![
            (vec![], 6, None, vec![]),
            (vec![rule(Profession, "cook", 3), rule(Posting, &other.to_string(), 1)], 6, None, vec![]),
            // longer than the organisation's: said for this kind, so it holds
            (vec![rule(Profession, "nurse", 24)], 24, Some(Profession), vec![]),
            (
                vec![rule(Profession, "nurse", 24), rule(Employment, "youth", 3)],
                3,
                Some(Employment),
                vec![(Profession, 24)],
            ),
            (
                vec![rule(Posting, &own, 36), rule(Profession, "nurse", 12)],
                12,
                Some(Profession),
                vec![(Posting, 36)],
            ),
            (
                vec![rule(Profession, "nurse", 6), rule(Posting, &own, 6)],
                6,
                Some(Posting),
                vec![(Profession, 6)],
            ),
        ];
        for (rules, months, by, beaten) in table {
            let kept = deciding(&config, &rules, posting, Some("nurse"), Some("youth"));
            assert_eq!((kept.months, kept.by, kept.beaten), (months, by, beaten), "{rules:?}");
        }
    }
}
