//! Who does what between the centre and the units (requirements.md 2.14): for each kind of content and each
//! reach of an account, at which level it is drafted, reviewed, approved, published and answered. Three presets
//! fill the table; every cell can be set apart. What follows for one post is worked out here, without a database.
//!
//! A rule is set for a unit and holds for everything below it until one further down takes its place.

use crate::{base::Subject, words};

words! {
    /// At which level something is done.
    pub enum Level {
        /// Nobody does it.
        Nobody = "nobody",
        /// The unit whose content it is.
        Unit = "unit",
        /// Where the rule is set, or the unit it names.
        Central = "central",
    }
}

words! {
    /// What a post is about.
    pub enum Kind {
        /// A job ad.
        Job = "job",
        /// A story of those who work here.
        Story = "story",
    }
}

impl Kind {
    /// Of what a post is about.
    pub const fn of(subject: Subject) -> Self {
        match subject {
            Subject::Posting(_) => Self::Job,
            Subject::Story(_) => Self::Story,
        }
    }
}

words! {
    /// Whose account it goes to.
    pub enum Reach {
        /// The unit's own.
        Own = "own",
        /// One of a unit above: the municipality's own page.
        Main = "main",
    }
}

words! {
    /// A ready-made division of the work.
    pub enum Preset {
        /// Units draft, the centre approves and publishes.
        Central = "central",
        /// Units publish on their own accounts, the centre on the main ones.
        Hybrid = "hybrid",
        /// Units publish, the centre looks afterwards.
        Decentral = "decentral",
    }
}

words! {
    /// A part of the work.
    pub enum Task {
        /// Writes it.
        Drafts = "drafts",
        /// Reads it through.
        Reviews = "reviews",
        /// Answers for it before it goes out.
        Approves = "approves",
        /// Sends it.
        Publishes = "publishes",
        /// Answers what readers write under it.
        Answers = "answers",
    }
}

/// Who does what with one kind of content at one reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// Who writes.
    pub drafts: Level,
    /// Who reads through.
    pub reviews: Level,
    /// Who must approve before it goes out.
    pub approves: Level,
    /// Who may send by themselves.
    pub publishes: Level,
    /// Who answers readers.
    pub answers: Level,
}

impl Split {
    /// Who does this part.
    pub const fn at(&self, task: Task) -> Level {
        match task {
            Task::Drafts => self.drafts,
            Task::Reviews => self.reviews,
            Task::Approves => self.approves,
            Task::Publishes => self.publishes,
            Task::Answers => self.answers,
        }
    }

    /// Gives this part to a level.
    pub fn set(&mut self, task: Task, level: Level) {
        let cell = match task {
            Task::Drafts => &mut self.drafts,
            Task::Reviews => &mut self.reviews,
            Task::Approves => &mut self.approves,
            Task::Publishes => &mut self.publishes,
            Task::Answers => &mut self.answers,
        };
        *cell = level;
    }

    /// Whose approval a post needs before it goes out. `central`: its author belongs to the centre. Where only
    /// the centre publishes, its approval is what lets a unit's post go out.
    pub const fn asks(&self, central: bool) -> Level {
        match (self.publishes, self.approves) {
            (Level::Central, _) if !central => Level::Central,
            (_, approves) => approves,
        }
    }
}

impl Preset {
    /// What it says for accounts of this reach; the same for every kind of content.
    pub const fn split(self, reach: Reach) -> Split {
        use Level::{Central, Nobody, Unit};
        match (self, reach) {
            (Self::Central, _) | (Self::Hybrid, Reach::Main) => Split {
                drafts: Unit,
                reviews: Central,
                approves: Central,
                publishes: Central,
                answers: Central,
            },
            (Self::Hybrid, Reach::Own) => {
                Split { drafts: Unit, reviews: Unit, approves: Nobody, publishes: Unit, answers: Unit }
            }
            (Self::Decentral, _) => {
                Split { drafts: Unit, reviews: Central, approves: Nobody, publishes: Unit, answers: Unit }
            }
        }
    }
}

/// Every cell of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix(pub Vec<(Kind, Reach, Split)>);

impl Matrix {
    /// As a preset fills it.
    pub fn of(preset: Preset) -> Self {
        let cells = Kind::ALL.iter().flat_map(|c| Reach::ALL.iter().map(move |r| (*c, *r)));
        Self(cells.map(|(content, reach)| (content, reach, preset.split(reach))).collect())
    }

    /// The preset it is, if it is one.
    pub fn preset(&self) -> Option<Preset> {
        Preset::ALL.iter().copied().find(|p| Self::of(*p) == *self)
    }

    /// What is said of one kind of content at one reach.
    pub fn split(&self, content: Kind, reach: Reach) -> Option<Split> {
        self.0.iter().find(|(c, r, _)| (*c, *r) == (content, reach)).map(|(.., split)| *split)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whose approval a unit's own person and one of the centre need, on an own account and on a main one.
    fn asked(preset: Preset) -> [Level; 4] {
        let of = |reach, central| preset.split(reach).asks(central);
        [of(Reach::Own, false), of(Reach::Main, false), of(Reach::Own, true), of(Reach::Main, true)]
    }

    #[test]
    fn the_three_presets_say_what_the_requirements_say() {
        use Level::{Central, Nobody};
        assert_eq!(asked(Preset::Central), [Central; 4]);
        assert_eq!(asked(Preset::Hybrid), [Nobody, Central, Nobody, Central]);
        assert_eq!(asked(Preset::Decentral), [Nobody; 4]);
        for preset in Preset::ALL {
            assert_eq!(Matrix::of(*preset).preset(), Some(*preset));
        }
    }

    #[test]
    fn where_only_the_centre_publishes_a_unit_asks_it_whoever_approves() {
        for approves in Level::ALL {
            let mut split = Preset::Decentral.split(Reach::Own);
            split.set(Task::Publishes, Level::Central);
            split.set(Task::Approves, *approves);
            assert_eq!(split.asks(false), Level::Central);
            assert_eq!(split.asks(true), *approves);
            assert_eq!(split.at(Task::Approves), *approves);
        }
        let mut own = Matrix::of(Preset::Hybrid);
        own.0[0].2.set(Task::Answers, Level::Central);
        assert_eq!(own.preset(), None, "one cell apart is no preset");
    }
}
