//! Stories as a test needs them.

use opslag::{
    accounts::{self, audit::Actor},
    base::Language,
    db::Conn,
    kit::Kit,
    postings,
    stories::{self, By, Content, Kind, Step, Story, StoryError},
};

use super::TestApp;

impl TestApp {
    /// A story of centre north that may go out, as an employee story with its questions answered.
    pub fn story_content(&self, title: &str) -> Content {
        let mut content = Content::empty(self.centre_north, Kind::Story);
        content.texts[0].title = title.into();
        content.texts[0].lead = "Amina fortæller om sin første aften som afløser.".into();
        content.texts[0].body =
            "<h2>Hvem møder medarbejderne?</h2><p>Ruth, som altid har kaffe på.</p>".into();
        content.texts[0].language = Language::Da;
        content.themes = vec!["community".into()];
        content
    }

    /// Does something to stories with the whole organisation as scope.
    pub async fn with_stories<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn, &Kit, &By) -> Result<T, StoryError> + Send + 'static,
    ) -> Result<T, StoryError> {
        let k = self.kit.clone();
        let result = self
            .kit
            .db
            .write(move |c| {
                let all = accounts::everywhere(c)?;
                let by = By { actor: Actor::System, writes: all.clone(), publishes: all.clone(), media: all };
                f(c, &k, &by)
            })
            .await;
        postings::renew();
        result
    }

    /// A draft with this title.
    pub async fn told(&self, title: &str) -> Story {
        let content = self.story_content(title);
        self.with_stories(move |c, k, by| stories::create(c, k, by, content)).await.unwrap()
    }

    /// A story with this content that may go out.
    pub async fn ready_story(&self, content: Content) -> Story {
        self.with_stories(move |c, k, by| {
            let draft = stories::create(c, k, by, content)?;
            stories::step(c, k, by, draft.id, Step::Finish)
        })
        .await
        .unwrap()
    }

    /// Moves it on.
    pub async fn step(&self, story: &Story, step: Step) -> Result<Story, StoryError> {
        let id = story.id;
        self.with_stories(move |c, k, by| stories::step(c, k, by, id, step)).await
    }
}
