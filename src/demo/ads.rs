//! What stands in the demonstration's ads, and who answers them. All of it invented.

use crate::{
    base::{
        Chance, Language,
        id::{AssetId, UnitId},
        text,
    },
    postings::{
        Content, MediaRole, Placed, Text,
        terms::{Hours, PayRange, PayUnit, Terms},
    },
};

/// Name, bytes and description of each picture; the film is last.
pub const PICTURES: [(&str, &[u8], &str); 7] = [
    (
        "plejecenter.jpg",
        include_bytes!("../../assets/demo/plejecenter.jpg"),
        "En social- og sundhedsassistent drikker formiddagskaffe med en beboer. Fjorden ses gennem vinduet.",
    ),
    (
        "hjemmepleje.jpg",
        include_bytes!("../../assets/demo/hjemmepleje.jpg"),
        "En hjemmesygeplejerske på cykel gennem byen.",
    ),
    (
        "boernehus.jpg",
        include_bytes!("../../assets/demo/boernehus.jpg"),
        "Børn og en pædagog leger foran et børnehus.",
    ),
    (
        "socialraadgiver.jpg",
        include_bytes!("../../assets/demo/socialraadgiver.jpg"),
        "En socialrådgiver i samtale ved et bord.",
    ),
    ("elev.jpg", include_bytes!("../../assets/demo/elev.jpg"), "To elever ved et bord foran en tavle."),
    (
        "aften.jpg",
        include_bytes!("../../assets/demo/aften.jpg"),
        "En medarbejder i lampelys ved et vindue om aftenen.",
    ),
    ("film.mp4", include_bytes!("../../assets/demo/film.mp4"), "Film: en formiddag på Plejecenter Nord."),
];

/// The film's Danish captions.
pub const CAPTIONS_DA: &[u8] = include_bytes!("../../assets/demo/film.da.vtt");
/// The film's English captions.
pub const CAPTIONS_EN: &[u8] = include_bytes!("../../assets/demo/film.en.vtt");

/// How far an ad is to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdState {
    /// Being written.
    Draft,
    /// Taking applications.
    Open,
    /// Its deadline comes within a minute of the start.
    Passed,
    /// Over, with somebody hired.
    Closed,
}

/// An ad in outline.
pub struct Ad {
    /// Danish title.
    pub title: &'static str,
    lead: &'static str,
    profession: &'static str,
    employment: &'static str,
    agreement: &'static str,
    pay: (u32, u32),
    shifts: &'static [&'static str],
    workplace: &'static str,
    address: &'static str,
    picture: usize,
    film: bool,
    english: bool,
    /// Place in the list of units.
    pub unit: usize,
    /// Days to the deadline.
    pub days: u64,
    /// How far it is to come.
    pub state: AdState,
}

/// Twelve ads in every state.
pub fn all() -> Vec<Ad> {
    let care = "Social- og sundhedspersonale (KL og FOA)";
    let nurses = "Syge- og sundhedspersonale, basis (KL og Sundhedskartellet)";
    let pedagogues = "Pædagogisk uddannet personale ved daginstitutioner (KL og BUPL)";
    let north = ("Plejecenter Nord", "Skovbakken 12, 8799 Fjordby N");
    let south = ("Hjemmeplejen Syd", "Havnegade 4, 8798 Strandby");
    let children = ("Børnehuset Solsikken", "Engvej 8, 8799 Fjordby");
    let family = ("Familieafdelingen", "Torvet 1, 8799 Fjordby");
    let hall = ("Rådhuset", "Torvet 1, 8799 Fjordby");
    let ad = |title,
              lead,
              profession,
              agreement,
              pay,
              shifts,
              place: (&'static str, &'static str),
              picture,
              unit,
              days,
              state| Ad {
        title,
        lead,
        profession,
        employment: "full_time",
        agreement,
        pay,
        shifts,
        workplace: place.0,
        address: place.1,
        picture,
        film: false,
        english: false,
        unit,
        days,
        state,
    };
    use AdState::{Closed, Draft, Open, Passed};
    let mut ads = vec![
        ad(
            "SOSU-assistent til Plejecenter Nord",
            "Kom og vær med der, hvor beboerne kender dit navn, og hvor du bestemmer sammen med dine kolleger, hvordan dagen ser ud.",
            "care_assistant",
            care,
            (31_250, 33_900),
            &["day", "evening"],
            north,
            0,
            1,
            28,
            Open,
        ),
        ad(
            "Sygeplejerske til Hjemmeplejen Syd",
            "Du cykler mellem borgere, du kender, og har tid til at gøre arbejdet færdigt.",
            "nurse",
            nurses,
            (33_480, 37_200),
            &["rotating"],
            south,
            1,
            2,
            35,
            Open,
        ),
        ad(
            "SOSU-hjælper i fast aftenvagt",
            "Rolige aftener, faste kolleger og et hus, hvor der bliver grinet.",
            "care_helper",
            care,
            (27_880, 30_100),
            &["evening"],
            north,
            5,
            1,
            21,
            Open,
        ),
        ad(
            "Pædagog til Børnehuset Solsikken",
            "Vi er ude hver dag, også når det regner. Kom og vær med.",
            "pedagogue",
            pedagogues,
            (32_100, 35_400),
            &["day"],
            children,
            2,
            3,
            30,
            Open,
        ),
        ad(
            "Socialrådgiver til Familieafdelingen",
            "Et sagstal, du kan se enden på, og kolleger, der læser med.",
            "social_worker",
            "Socialrådgivere (KL og Dansk Socialrådgiverforening)",
            (34_000, 38_500),
            &["day"],
            family,
            3,
            4,
            24,
            Open,
        ),
        ad(
            "Social- og sundhedselev, start februar",
            "Du lærer faget hos os og får løn fra første dag.",
            "care_assistant",
            care,
            (13_640, 15_200),
            &["day"],
            north,
            4,
            1,
            40,
            Open,
        ),
        ad(
            "Ergoterapeut til Plejecenter Nord",
            "Hverdagen er det bedste træningsrum. Du hjælper med at bruge det.",
            "occupational_therapist",
            nurses,
            (32_800, 36_000),
            &["day"],
            north,
            0,
            1,
            19,
            Passed,
        ),
        ad(
            "Pædagogmedhjælper i vuggestuen",
            "Arme at være i, tid til at se efter og en plads ved vinduet.",
            "pedagogical_helper",
            "Pædagogmedhjælpere og pædagogiske assistenter (KL og FOA)",
            (25_900, 27_600),
            &["day"],
            children,
            2,
            3,
            20,
            Passed,
        ),
        ad(
            "Teamleder til Hjemmeplejen Syd",
            "Du leder 22 dygtige mennesker og har din egen leder lige ved siden af.",
            "team_leader",
            "Ledende syge- og sundhedspersonale",
            (41_000, 44_500),
            &["day"],
            south,
            1,
            2,
            22,
            Closed,
        ),
        ad(
            "Administrativ medarbejder på Rådhuset",
            "Du er den, der får det til at hænge sammen.",
            "administration",
            "Kontor- og it-personale (KL og HK)",
            (30_200, 33_000),
            &["day"],
            hall,
            3,
            5,
            22,
            Closed,
        ),
        ad(
            "Fysioterapeut til genoptræning",
            "Fra første skridt til sidste trin på trappen.",
            "physiotherapist",
            nurses,
            (32_800, 36_000),
            &["day"],
            south,
            1,
            2,
            45,
            Draft,
        ),
        ad(
            "Køkkenmedarbejder til Plejecenter Nord",
            "Maden laves i vores eget køkken, og den dufter helt ned ad gangen.",
            "kitchen",
            "Husassistenter (KL og FOA)",
            (25_400, 27_000),
            &["day", "weekend"],
            north,
            0,
            1,
            45,
            Draft,
        ),
    ];
    ads[0].film = true;
    ads[0].english = true;
    ads[1].english = true;
    ads[5].employment = "student_contract";
    ads
}

impl Ad {
    /// As it is written, without its deadline.
    pub fn content(&self, unit: UnitId, pictures: &[AssetId]) -> Content {
        let mut content = Content::empty(unit);
        content.texts = vec![Text {
            language: Language::Da,
            title: self.title.into(),
            lead: self.lead.into(),
            body: format!(
                "<h2>Det skal du lave</h2><p>Du bliver en del af et fast team på {}. I planlægger selv jeres dage, og der er altid en at spørge.</p>\
                 <h2>Det beder vi om</h2><ul><li>Du har den uddannelse, der hører til stillingen.</li><li>Du kan dokumentere skriftligt på dansk.</li><li>Erfaring er en fordel, ikke et krav.</li></ul>\
                 <h2>Sådan foregår det</h2><p>Vi læser ansøgninger ugen efter fristen og holder samtaler ugen efter. Du får svar fra os, uanset hvad. Vil du hellere søge på papir eller mail, så skriv til Camilla.</p>",
                self.workplace
            ),
        }];
        if self.english {
            content.texts.push(Text {
                language: Language::En,
                title: format!("{} ({})", self.title, "in Danish-speaking team"),
                lead: "Join a workplace where people know your name and you help decide what the day looks like.".into(),
                body: format!(
                    "<h2>What you will do</h2><p>You become part of a steady team at {}. You plan your days together.</p><h2>What we ask for</h2><p>You hold the education that belongs to the job and can write Danish at work.</p><h2>How it goes</h2><p>We read applications in the week after the deadline. Everyone gets an answer.</p>",
                    self.workplace
                ),
            });
        }
        content.terms = Terms {
            profession: Some(self.profession.into()),
            employment_type: Some(self.employment.into()),
            openings: 1,
            hours_min: Hours::from_hundredths(3200),
            hours_max: Hours::from_hundredths(3700),
            shifts: self.shifts.iter().map(|s| (*s).to_owned()).collect(),
            workplace: self.workplace.into(),
            address: self.address.into(),
            agreement: self.agreement.into(),
            pay: "Hertil kommer tillæg og pension".into(),
            pay_range: Some(PayRange { min: self.pay.0, max: self.pay.1, unit: PayUnit::Month }),
            starts_on: "1. februar 2027".into(),
            contact_name: "Camilla Juhl, centerleder".into(),
            contact_email: "camilla@fjordby.example".into(),
            contact_phone: "+4576001234".into(),
        };
        content.themes = vec!["meaning".into(), "community".into()];
        content.media = vec![Placed { asset: pictures[self.picture], role: MediaRole::Hero }];
        if self.film {
            content.media.push(Placed { asset: pictures[pictures.len() - 1], role: MediaRole::Film });
        }
        content
    }
}

/// Somebody who applies.
pub struct Person {
    /// Full name.
    pub name: String,
    /// Where the receipt goes; example addresses reach nobody.
    pub email: String,
    /// E.164.
    pub phone: String,
}

const FIRST: [&str; 40] = [
    "Anna", "Fatima", "Sofie", "Mohammed", "Ida", "Peter", "Aase", "Søren", "Maria", "Lars", "Ayse", "Jens",
    "Emma", "Ole", "Freja", "Kirsten", "Noah", "Mette", "Hassan", "Line", "William", "Birgit", "Oscar",
    "Åse", "Victor", "Malene", "Ali", "Rikke", "Jakob", "Signe", "Henrik", "Zainab", "Clara", "Torben",
    "Julie", "Bo", "Astrid", "Kasper", "Hanne", "Elias",
];
const LAST: [&str; 32] = [
    "Holm",
    "Nielsen",
    "Ali",
    "Bæk",
    "Sørensen",
    "Yilmaz",
    "Aagaard",
    "Møller",
    "Kjær",
    "Østergaard",
    "Lund",
    "Hansen",
    "Rasmussen",
    "Dahl",
    "Åkjær",
    "Juhl",
    "Petersen",
    "Krogh",
    "Thomsen",
    "Skov",
    "Bach",
    "Jensen",
    "Madsen",
    "Friis",
    "Vestergaard",
    "Poulsen",
    "Ahmed",
    "Lauridsen",
    "Winther",
    "Bonde",
    "Toft",
    "Græsbøll",
];
const DONE: [&str; 12] = [
    "arbejdet i hjemmeplejen og kender de lange vagter",
    "været på et plejecenter for borgere med demens",
    "stået for medicin og dokumentation",
    "haft elever i oplæring",
    "arbejdet med børn i alderen nul til seks",
    "koordineret sager mellem flere afdelinger",
    "været tillidsrepræsentant",
    "taget nattevagter i tre år",
    "arbejdet som vikar i hele kommunen",
    "fulgt borgere hjem fra sygehuset",
    "lavet mad sammen med beboerne",
    "været leder af et lille team",
];

fn pick<'a>(chance: &Chance, list: &'a [&'a str]) -> &'a str {
    list[usize::try_from(chance.below(list.len() as u64)).unwrap_or(0)]
}

/// The `n`th applicant.
pub fn person(chance: &Chance, n: usize) -> Person {
    let name = format!("{} {} {}", pick(chance, &FIRST), pick(chance, &LAST), pick(chance, &LAST));
    let email = format!("{}.{n}@ansoeger.example", text::slug(&name).replace('-', "."));
    Person { email, phone: format!("+4520{:06}", chance.below(1_000_000)), name }
}

/// What they write.
pub fn letter(person: &Person, title: &str, chance: &Chance) -> String {
    format!(
        "Kære Camilla\n\nJeg søger stillingen som {title}, fordi jeg har {} og gerne vil bruge det hos jer. Jeg har også {}.\n\nJeg glæder mig til at høre fra jer.\n\nVenlig hilsen\n{}",
        pick(chance, &DONE),
        pick(chance, &DONE),
        person.name
    )
}

/// Their curriculum vitae as text.
pub fn curriculum(person: &Person, title: &str, chance: &Chance) -> String {
    format!(
        "CV for {}\n\nUddannelse\nUddannet i Fjordby, med gode karakterer i dokumentation.\n\nErfaring\n- Har {}.\n- Har {}.\n- Har {}.\n\nSprog: dansk, engelsk\n\nSøger: {title}\n",
        person.name,
        pick(chance, &DONE),
        pick(chance, &DONE),
        pick(chance, &DONE)
    )
}
