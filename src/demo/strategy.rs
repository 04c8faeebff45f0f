//! To whom Fjordby speaks, and one house that does it in its own way.

use super::town::Failure;
use crate::{
    accounts::{self, audit::Actor},
    base::id::{AudienceId, UnitId},
    kit::Kit,
    strategy::{self, Audience, By, Content, Priority},
};

/// A channel by the word it is counted under, and why it stands there.
type Stop = (&'static str, &'static str);

const FJORDBY_PURPOSE: &str = "Flere skal få lyst til at søge job i Fjordby Kommune, og dem, der allerede er her, skal kunne \
    kende deres egen hverdag i det, vi fortæller.\nVi viser arbejdet, som det er. Så søger de rigtige, og de bliver.";
const FJORDBY_DO: &str = "Fortæl om én dag, én opgave eller ét menneske.\nSkriv du, og skriv kort.\n\
    Sig løn, timer og sted i de første linjer.\nLad kolleger sige det med deres egne ord.";
const FJORDBY_DONT: &str = "Ingen superlativer om os selv.\nIngen ord, man skal have været ansat for at forstå.\n\
    Ingen borgere eller børn uden et klart ja.";
const FJORDBY: [(&str, &str, &[Stop]); 2] = [
    (
        "Nyuddannede og elever",
        "De ser film om aftenen, søger på telefonen og spørger en ven, før de søger. Vejledning og vagter betyder mere end titlen.",
        &[
            ("facebook", "Lokalgrupperne deler vores opslag videre, og flest ansøgninger begynder dér."),
            ("tiktok", "Film om en almindelig dag bliver set til ende."),
            ("threads", "Spørgsmål og svar mellem elever på vej."),
        ],
    ),
    (
        "Erfarne kolleger fra andre kommuner",
        "De har job og leder ikke hver dag. De læser om faglighed, ledelse og tid til opgaven.",
        &[
            ("linkedin", "Dér læser de om faget i arbejdstiden."),
            ("mastodon", "Fagfolk og foreninger følger os og svarer."),
            ("facebook", "Når de overvejer at flytte, følger de byen dér."),
        ],
    ),
];

const HOUSE_PURPOSE: &str =
    "Forældre og pædagoger skal kunne mærke, hvordan der er i Solsikken, før de træder ind ad døren.";
const HOUSE_DO: &str = "Vis hænder, leg og vejr.\nSlut med en invitation til at kigge forbi.";
const HOUSE_DONT: &str = "Ingen børn, der kan kendes.";
const HOUSE: [(&str, &str, &[Stop]); 1] = [(
    "Pædagoger, der bor i nærheden",
    "De kender huset fra legepladsen og spørger naboen.",
    &[("facebook", "Byens forældregruppe er den største, vi når."), ("threads", "De unge vikarer er der.")],
)];

/// Writes both, of the municipality and of one house.
pub(super) async fn write(kit: &Kit, by: Actor, top: UnitId, house: UnitId) -> anyhow::Result<()> {
    let scope = kit.db.read(accounts::everywhere).await?;
    let by = By { actor: by, scope };
    let content = |words: [&str; 3], whom: &[(&str, &str, &[Stop])]| Content {
        purpose: words[0].to_owned(),
        tone_do: words[1].to_owned(),
        tone_dont: words[2].to_owned(),
        audiences: whom
            .iter()
            .map(|(name, note, stops)| Audience {
                id: AudienceId::new(kit.clock.now(), &kit.chance),
                name: (*name).to_owned(),
                note: (*note).to_owned(),
                channels: stops
                    .iter()
                    .map(|(channel, why)| Priority { channel: (*channel).to_owned(), why: (*why).to_owned() })
                    .collect(),
            })
            .collect(),
    };
    let written = [
        (top, content([FJORDBY_PURPOSE, FJORDBY_DO, FJORDBY_DONT], &FJORDBY)),
        (house, content([HOUSE_PURPOSE, HOUSE_DO, HOUSE_DONT], &HOUSE)),
    ];
    let k = kit.clone();
    kit.db
        .write(move |c| {
            for (unit, content) in written {
                strategy::save(c, &k, &by, unit, 0, content)?;
            }
            Ok::<_, Failure>(())
        })
        .await
        .map_err(|Failure(error)| error)
}
