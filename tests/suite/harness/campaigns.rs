//! Campaigns as a test needs them.

use opslag::{
    accounts::{self, audit::Actor},
    base::{
        Subject,
        id::{CampaignId, UnitId},
        wall::WallTime,
    },
    campaigns::{self, By, CampaignError, Content, Horizon},
    db::DbError,
    web::Typed,
};

use super::TestApp;

impl TestApp {
    /// A campaign of this unit that runs from today on, changed as wanted, with these ads and stories in it.
    pub async fn campaign(
        &self,
        unit: UnitId,
        change: impl FnOnce(&mut Content),
        things: &[Subject],
    ) -> CampaignId {
        let today = WallTime::at(self.kit.clock.now(), self.kit.config.delivery.zone).local.date();
        let mut content = Content {
            unit,
            together: Vec::new(),
            name: "Kloge hjerter".into(),
            slogan: "Kom og bliv".into(),
            starts_on: today,
            ends_on: None,
            horizon: Horizon::Medium,
            trial: false,
            hypothesis: String::new(),
            colour: "#0a5566".parse().unwrap(),
            logo: None,
        };
        change(&mut content);
        let k = self.kit.clone();
        let id = self
            .kit
            .db
            .write(move |c| {
                let all = accounts::everywhere(c)?;
                let by = By { actor: Actor::System, runs: all.clone(), media: all };
                campaigns::create(c, &k, &by, content)
            })
            .await
            .unwrap_or_else(|error: CampaignError| panic!("{error:?}"));
        for thing in things {
            self.put_into(*thing, Some(id)).await;
        }
        id
    }

    /// Puts an ad or story into a campaign, or into none.
    pub async fn put_into(&self, thing: Subject, campaign: Option<CampaignId>) {
        let k = self.kit.clone();
        let unit = self.organisation;
        let put = move |c: &mut opslag::db::Conn| {
            let scope = accounts::everywhere(c)?;
            let mut typed = Typed::default();
            typed.set(campaigns::FIELD, campaign.map(|id| id.to_string()).unwrap_or_default());
            typed.set("campaign_before", "whatever it was");
            campaigns::put(c, Actor::System, &scope, unit, thing, &typed, k.clock.now())
        };
        self.kit.db.write(put).await.map_err(|e: DbError| e).unwrap().unwrap();
    }
}
