//! Job ads as a test needs them: ready, opened, closed.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, TryStreamExt as _, stream};
use opslag::{
    accounts::{self, audit::Actor},
    base::{Language, id::AssetId, wall::WallTime},
    db::DbError,
    media,
    postings::{
        self, CloseReason, Content, Posting, PostingError, Text,
        terms::{Hours, PayRange, PayUnit, Terms},
    },
};

use super::TestApp;

/// The bytes of `tests/data/media/<name>`.
pub fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/media/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// What the photograph shows.
pub const PICTURED: &str = "To kolleger ved et vindue på Ærø";
/// What the film shows.
pub const FILMED: &str = "Amina siger godmorgen til Ruth";

/// A whole film of exactly `len` bytes: the small one, and a box of nothing after it.
pub fn large_film(len: u64) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static {
    let film = file("film.mp4");
    let rest = len - film.len() as u64;
    let mut head = film;
    head.extend_from_slice(&1u32.to_be_bytes());
    head.extend_from_slice(b"free");
    head.extend_from_slice(&rest.to_be_bytes());
    let nothing = Bytes::from(vec![0u8; 1 << 20]);
    let left = len - head.len() as u64;
    let chunks = stream::unfold((Some(Bytes::from(head)), left), move |(head, left)| {
        let nothing = nothing.clone();
        async move {
            if let Some(head) = head {
                return Some((Ok(head), (None, left)));
            }
            let n = left.min(nothing.len() as u64);
            (n > 0).then(|| (Ok(nothing.slice(..usize::try_from(n).unwrap())), (None, left - n)))
        }
    });
    Box::pin(chunks)
}

impl TestApp {
    /// An ad of centre north that may go out: 30 days to the deadline, Danish only, no pictures.
    pub fn ready_content(&self, title: &str) -> Content {
        let zone = self.kit.config.delivery.zone;
        let deadline = WallTime::at(self.kit.clock.now() + Duration::from_secs(30 * 86_400), zone);
        let mut content = Content::empty(self.centre_north);
        content.texts = vec![Text {
            language: Language::Da,
            title: title.into(),
            lead: "Kom og vær med der, hvor beboerne kender dit navn.".into(),
            body: "<h2>Det skal du lave</h2><p>Du bliver en del af et fast team på ni kolleger.</p>".into(),
        }];
        content.terms = Terms {
            profession: Some("care_assistant".into()),
            employment_type: Some("full_time".into()),
            openings: 2,
            hours_min: Hours::from_hundredths(3200),
            hours_max: Hours::from_hundredths(3700),
            shifts: vec!["day".into(), "evening".into()],
            workplace: "Plejecenter Nord".into(),
            address: "Skovbakken 12, 8799 Fjordby N".into(),
            agreement: "Social- og sundhedspersonale (KL og FOA)".into(),
            pay: "Hertil kommer tillæg for aften og weekend samt pension".into(),
            pay_range: Some(PayRange { min: 31_250, max: 33_900, unit: PayUnit::Month }),
            starts_on: "1. februar 2027".into(),
            contact_name: "Camilla Juhl, centerleder".into(),
            contact_email: "camilla.juhl@fjordby.example".into(),
            contact_phone: "+4576001234".into(),
        };
        content.deadline = Some(deadline);
        content.themes = vec!["meaning".into()];
        content
    }

    /// A picture with its words, in the library of centre north and ready to be shown.
    pub async fn photograph(&self) -> AssetId {
        let id = self.in_the_library("rotated.jpg").await;
        self.described(id, PICTURED).await;
        id
    }

    /// A film with its words and captions, likewise.
    pub async fn film(&self) -> AssetId {
        let id = self.in_the_library("film.mp4").await;
        let asset = self.described(id, FILMED).await;
        let captions = file("film.da.vtt");
        media::caption(&self.kit, &asset, Language::Da, &captions).await.unwrap();
        id
    }

    /// The same in so many bytes, as it lies after it was made ready.
    pub async fn film_of(&self, bytes: u64) -> AssetId {
        use diesel::RunQueryDsl as _;
        let id = self.film().await;
        let mut spool = self.kit.blobs.spool().await.unwrap();
        let mut film = large_film(bytes);
        while let Some(piece) = film.try_next().await.unwrap() {
            spool.write(&piece).await.unwrap();
        }
        let large = spool.finish().await.unwrap();
        self.kit.blobs.keep(&large).await.unwrap();
        // what a film is written as leaves nothing empty, so the large one is laid in its place
        let lay = format!(
            "update renditions set sha256 = '{}', bytes = {bytes} where asset_id = '{id}' and profile = 'film'",
            large.sha256
        );
        let write = move |c: &mut opslag::db::Conn| Ok::<_, DbError>(diesel::sql_query(lay).execute(c)?);
        assert_eq!(self.kit.db.write(write).await.unwrap(), 1);
        id
    }

    async fn in_the_library(&self, name: &str) -> AssetId {
        let mut spool = self.kit.blobs.spool().await.unwrap();
        spool.write(&file(name)).await.unwrap();
        let spooled = spool.finish().await.unwrap();
        let received = media::receive(&self.kit, Actor::System, self.centre_north, name, &spooled).await;
        self.drain().await;
        received.unwrap().id()
    }

    async fn described(&self, id: AssetId, alt: &str) -> media::Asset {
        let asset = self.kit.db.read(move |c| media::asset(c, id)).await.unwrap().unwrap();
        let said = media::Description {
            alt_text: alt.into(),
            decorative: false,
            silent: false,
            focus: asset.focus,
            nobody: true,
            folder: String::new(),
            usable_until: None,
        };
        media::describe(&self.kit, &asset, said).await.unwrap();
        asset
    }

    /// Does something to ads with the whole organisation as scope.
    pub async fn with_ads<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut opslag::db::Conn, &opslag::kit::Kit, &accounts::Scope) -> Result<T, PostingError>
        + Send
        + 'static,
    ) -> Result<T, PostingError> {
        let k = self.kit.clone();
        let result = self
            .kit
            .db
            .write(move |c| {
                let scope = accounts::everywhere(c)?;
                f(c, &k, &scope)
            })
            .await;
        postings::renew();
        result
    }

    /// A draft with this content.
    pub async fn draft(&self, content: Content) -> Posting {
        self.with_ads(|c, k, scope| postings::create(c, k, Actor::System, scope, content)).await.unwrap()
    }

    /// An ad with this content that takes applications.
    pub async fn opened(&self, content: Content) -> Posting {
        let draft = self.draft(content).await;
        self.with_ads(move |c, k, scope| postings::open(c, k, Actor::System, scope, draft.id)).await.unwrap()
    }

    /// An ad with this title that takes applications.
    pub async fn open_ad(&self, title: &str) -> Posting {
        self.opened(self.ready_content(title)).await
    }

    /// Closes it, whatever became of its applications.
    pub async fn closed(&self, posting: &Posting, reason: CloseReason) -> Posting {
        let id = posting.id;
        self.with_ads(move |c, k, scope| postings::close_in(c, k, Actor::System, scope, id, reason))
            .await
            .unwrap()
    }

    /// The ad as it stands now.
    pub async fn ad(&self, posting: &Posting) -> Posting {
        let id = posting.id;
        self.with_ads(move |c, _, scope| Ok(postings::get(c, scope, id)?.unwrap())).await.unwrap()
    }
}
