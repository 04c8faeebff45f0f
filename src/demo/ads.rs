//! What stands in the demonstration's ads. All of it invented.

use crate::{
    base::{
        Language,
        id::{AssetId, UnitId},
    },
    postings::{
        Content, MediaRole, Placed, Text,
        terms::{Hours, PayRange, PayUnit, Terms},
    },
};

/// Name, bytes and description of each picture; the film is last but one, and the last has no description yet.
pub const PICTURES: [(&str, &[u8], &str); 8] = [
    (
        "Formiddagskaffe på Plejecenter Nord.jpg",
        include_bytes!("../../assets/demo/plejecenter.jpg"),
        "En social- og sundhedsassistent drikker formiddagskaffe med en beboer. Fjorden ses gennem vinduet.",
    ),
    (
        "Hjemmesygeplejerske på cykel.jpg",
        include_bytes!("../../assets/demo/hjemmepleje.jpg"),
        "En hjemmesygeplejerske på cykel gennem byen.",
    ),
    (
        "Legepladsen ved Solsikken.jpg",
        include_bytes!("../../assets/demo/boernehus.jpg"),
        "Børn og en pædagog leger foran et børnehus.",
    ),
    (
        "Samtale i Familieafdelingen.jpg",
        include_bytes!("../../assets/demo/socialraadgiver.jpg"),
        "En socialrådgiver i samtale ved et bord.",
    ),
    (
        "To elever i klassen.jpg",
        include_bytes!("../../assets/demo/elev.jpg"),
        "To elever ved et bord foran en tavle.",
    ),
    (
        "Aftenvagt.jpg",
        include_bytes!("../../assets/demo/aften.jpg"),
        "En medarbejder i lampelys ved et vindue om aftenen.",
    ),
    (
        "En formiddag på Plejecenter Nord.mp4",
        include_bytes!("../../assets/demo/film.mp4"),
        "Film: en formiddag på Plejecenter Nord.",
    ),
    ("Åbent hus i køkkenet.jpg", include_bytes!("../../assets/demo/aabent-hus.jpg"), ""),
];

/// Places of the film and of the picture without words in [`PICTURES`].
pub(super) const FILM: usize = 6;
pub(super) const WORDLESS: usize = 7;

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
    /// Its deadline has passed, and its applicants wait.
    Passed,
    /// Over, with somebody hired.
    Closed,
}

/// Where somebody works: unit (a place in the list of units), name, address and who leads it.
struct Place {
    unit: usize,
    name: &'static str,
    address: &'static str,
    leader: &'static str,
    title: &'static str,
    login: &'static str,
}

const NORTH: Place = Place {
    unit: 1,
    name: "Plejecenter Nord",
    address: "Skovbakken 12, 8799 Fjordby N",
    leader: "Karen Østergaard",
    title: "centerleder",
    login: "karen",
};
const SOUTH: Place = Place {
    unit: 2,
    name: "Hjemmeplejen Syd",
    address: "Havnegade 4, 8798 Strandby",
    leader: "Thomas Dahl",
    title: "områdeleder",
    login: "thomas.dahl",
};
const CHILDREN: Place = Place {
    unit: 3,
    name: "Børnehuset Solsikken",
    address: "Engvej 8, 8799 Fjordby",
    leader: "Mette Kjær",
    title: "pædagogisk leder",
    login: "mette.kjaer",
};
const FAMILY: Place = Place {
    unit: 4,
    name: "Familieafdelingen",
    address: "Torvet 1, 8799 Fjordby",
    leader: "Birgitte Lund",
    title: "teamleder",
    login: "birgitte.lund",
};
const HALL: Place = Place {
    unit: 5,
    name: "Rådhuset",
    address: "Torvet 1, 8799 Fjordby",
    leader: "Camilla Juhl",
    title: "HR-konsulent",
    login: "camilla",
};

const CARE: &str = "Social- og sundhedspersonale (KL og FOA)";
const NURSES: &str = "Syge- og sundhedspersonale, basis (KL og Sundhedskartellet)";

/// An ad in outline.
pub struct Ad {
    /// Danish title.
    pub title: &'static str,
    lead: &'static str,
    /// What a day is like.
    day: &'static str,
    tasks: [&'static str; 3],
    asks: [&'static str; 3],
    /// Code of the profession.
    pub profession: &'static str,
    employment: &'static str,
    agreement: &'static str,
    pay: Option<(u32, u32)>,
    hours: (i32, i32),
    shifts: &'static [&'static str],
    place: &'static Place,
    picture: usize,
    film: bool,
    english: Option<English>,
    /// How many days ago it was opened, or begun.
    pub opened: u64,
    /// Days from today to the deadline, which is at the end of that day.
    pub deadline: i64,
    /// How far it is to come.
    pub state: AdState,
    /// How many applications it gets.
    pub applications: usize,
}

struct English {
    title: &'static str,
    lead: &'static str,
    day: &'static str,
    asks: &'static str,
}

/// Twelve ads in every state.
pub fn all() -> [Ad; 12] {
    [
        Ad {
            title: "SOSU-assistent til Plejecenter Nord",
            lead: "Kom og vær med der, hvor beboerne kender dit navn, og hvor du bestemmer sammen med dine kolleger, hvordan dagen ser ud.",
            day: "Du møder kl. 7, får en kop kaffe og en kort melding fra nattevagten. Formiddagen tilhører de fem beboere, du er kontaktperson for. Onsdag er der musik i stuen, og fredag bager vi. Om eftermiddagen sætter teamet sig i en halv time og taler om det, der fylder.",
            tasks: [
                "Du har ansvar for medicin, sårpleje og dokumentation for dine beboere.",
                "Du samarbejder med pårørende, læge og vores egen ergoterapeut.",
                "Du vejleder elever, hvis du har lyst til det.",
            ],
            asks: [
                "Du har autorisation som social- og sundhedsassistent.",
                "Du skriver tydeligt dansk, fordi andre skal handle på det.",
                "Du kan arbejde i dag- og aftenvagt og hver tredje weekend.",
            ],
            profession: "care_assistant",
            employment: "full_time",
            agreement: CARE,
            pay: Some((31_250, 33_900)),
            hours: (3200, 3700),
            shifts: &["day", "evening"],
            place: &NORTH,
            picture: 0,
            film: true,
            english: Some(English {
                title: "Health care assistant, Plejecenter Nord",
                lead: "Join a care home where residents know your name and the team decides together what the day looks like.",
                day: "You start at seven with coffee and a word from the night shift. The morning belongs to the five residents you are the contact person for. On Wednesdays there is music in the living room.",
                asks: "You are authorised as a social- og sundhedsassistent in Denmark and write clear Danish at work.",
            }),
            opened: 20,
            deadline: 9,
            state: AdState::Open,
            applications: 46,
        },
        Ad {
            title: "Sygeplejerske til Hjemmeplejen Syd",
            lead: "Du cykler mellem borgere, du kender, og har tid til at gøre arbejdet færdigt.",
            day: "Ruten er din egen, og du kender dem, du kommer hos. Kl. 11 mødes teamet på Havnegade, spiser madpakker og hjælper hinanden med de svære beslutninger. Elcyklen, telefonen og en akutkuffert følger med.",
            tasks: [
                "Du tager dig af sår, kateter, palliation og IV-behandling i borgerens hjem.",
                "Du er den faglige sparringspartner for assistenter og hjælpere i teamet.",
                "Du samarbejder med hospital, praktiserende læger og visitation.",
            ],
            asks: [
                "Du er autoriseret sygeplejerske.",
                "Du kan lide at tage beslutninger og ved, hvornår du skal ringe til nogen.",
                "Du kan cykle eller har kørekort.",
            ],
            profession: "nurse",
            employment: "full_time",
            agreement: NURSES,
            pay: Some((33_480, 37_200)),
            hours: (3000, 3700),
            shifts: &["rotating"],
            place: &SOUTH,
            picture: 1,
            film: false,
            english: Some(English {
                title: "Nurse in home care, Strandby",
                lead: "You cycle between citizens you know, and have the time to finish what you came for.",
                day: "The route is your own. At eleven the team meets for lunch and helps one another with the difficult decisions. An electric bicycle comes with the job.",
                asks: "You are an authorised nurse in Denmark and speak Danish with the citizens.",
            }),
            opened: 17,
            deadline: 12,
            state: AdState::Open,
            applications: 38,
        },
        Ad {
            title: "SOSU-hjælper i fast aftenvagt",
            lead: "Rolige aftener, faste kolleger og et hus, hvor der bliver grinet.",
            day: "Aftenen begynder kl. 15 med overlevering. Vi spiser sammen med beboerne kl. 17.30, og bagefter er der tid til avisen, en gåtur eller et spil kort. Vi er altid fire i huset og kender hinandens rytme.",
            tasks: [
                "Du hjælper med aftensmad, personlig pleje og en god nattesøvn.",
                "Du er kontaktperson for tre beboere.",
                "Du skriver dagens vigtigste ned, så natten ved, hvad der er sket.",
            ],
            asks: [
                "Du er uddannet social- og sundhedshjælper.",
                "Du kan lide at arbejde om aftenen, 28 til 32 timer om ugen.",
                "Du kan skrive dansk i vores journal.",
            ],
            profession: "care_helper",
            employment: "part_time",
            agreement: CARE,
            pay: Some((27_880, 30_100)),
            hours: (2800, 3200),
            shifts: &["evening"],
            place: &NORTH,
            picture: 5,
            film: false,
            english: None,
            opened: 14,
            deadline: 5,
            state: AdState::Open,
            applications: 34,
        },
        Ad {
            title: "Pædagog til Børnehuset Solsikken",
            lead: "Vi er ude hver dag, også når det regner. Kom og vær med.",
            day: "Vi åbner kl. 6.30 og er ude fra kl. 9. Der er bål om torsdagen, tre høns og en kommende legeplads, som børnene selv har tegnet. Vi er 16 voksne om 74 børn og holder stuemøde hver anden uge.",
            tasks: [
                "Du har ansvar for en gruppe på 14 børn sammen med to kolleger.",
                "Du arbejder med sprog og fællesskab i den styrkede læreplan.",
                "Du taler med forældre hver dag, også når det er svært.",
            ],
            asks: [
                "Du er uddannet pædagog.",
                "Du tager initiativ og kan samle andre om det.",
                "Du har regntøj, eller vi giver dig noget.",
            ],
            profession: "pedagogue",
            employment: "full_time",
            agreement: "Pædagogisk uddannet personale i daginstitutioner (KL og BUPL)",
            pay: Some((32_100, 35_400)),
            hours: (3400, 3700),
            shifts: &["day"],
            place: &CHILDREN,
            picture: 2,
            film: false,
            english: None,
            opened: 12,
            deadline: 16,
            state: AdState::Open,
            applications: 31,
        },
        Ad {
            title: "Socialrådgiver til Familieafdelingen",
            lead: "Et sagstal, du kan se enden på, og kolleger, der læser med.",
            day: "Du har 22 sager og en makker på hver af dem. Mandag er der sagssparring med psykolog, og torsdag er mødefri, så der er tid til at skrive. Vi læser hinandens afgørelser, før de bliver sendt.",
            tasks: [
                "Du laver børnefaglige undersøgelser og følger op efter barnets lov.",
                "Du taler med børn og forældre, før sagen vokser.",
                "Du samarbejder med skoler, sundhedspleje og politi.",
            ],
            asks: [
                "Du er uddannet socialrådgiver.",
                "Du kan holde overblikket og en frist på samme tid.",
                "Erfaring fra området er en fordel, ikke et krav.",
            ],
            profession: "social_worker",
            employment: "full_time",
            agreement: "Socialrådgivere (KL og Dansk Socialrådgiverforening)",
            pay: Some((34_000, 38_500)),
            hours: (3700, 3700),
            shifts: &["day"],
            place: &FAMILY,
            picture: 3,
            film: false,
            english: None,
            opened: 9,
            deadline: 19,
            state: AdState::Open,
            applications: 22,
        },
        Ad {
            title: "Social- og sundhedselev, start februar",
            lead: "Du lærer faget hos os og får løn fra første dag.",
            day: "Du følger en fast vejleder på Plejecenter Nord i de uger, hvor du ikke er på skolen. Vi tager ni elever ind ad gangen, og I mødes hver anden mandag og øver det, der var svært.",
            tasks: [
                "Du lærer pleje, omsorg og dokumentation, lidt mere for hver uge.",
                "Du er med på lige fod og får dine egne beboere efter tre måneder.",
                "Du går til prøve i faget efter to år og ti måneder.",
            ],
            asks: [
                "Du er optaget på grundforløb 2 eller har gennemført det.",
                "Du kan lide mennesker og er til at regne med.",
                "Du kan gøre dig forståelig på dansk.",
            ],
            profession: "care_assistant",
            employment: "student_contract",
            agreement: CARE,
            pay: Some((13_640, 15_200)),
            hours: (3700, 3700),
            shifts: &["day"],
            place: &NORTH,
            picture: 4,
            film: false,
            english: None,
            opened: 6,
            deadline: 27,
            state: AdState::Open,
            applications: 19,
        },
        Ad {
            title: "Ergoterapeut til Plejecenter Nord",
            lead: "Hverdagen er det bedste træningsrum. Du hjælper med at bruge det.",
            day: "Du begynder dagen i køkkenet på afsnit B, hvor en beboer øver sig i at smøre sin egen mad. Resten af dagen deler du mellem træning, hjælpemidler og kolleger, der vil have en hånd med en forflytning.",
            tasks: [
                "Du vurderer og træner ADL med 40 beboere.",
                "Du sørger for, at hjælpemidler passer og bliver brugt.",
                "Du underviser kolleger i forflytning.",
            ],
            asks: [
                "Du er autoriseret ergoterapeut.",
                "Du arbejder tværfagligt og har tålmodighed.",
                "Erfaring med demens er en fordel.",
            ],
            profession: "occupational_therapist",
            employment: "full_time",
            agreement: NURSES,
            pay: Some((32_800, 36_000)),
            hours: (3200, 3700),
            shifts: &["day"],
            place: &NORTH,
            picture: 0,
            film: false,
            english: None,
            opened: 25,
            deadline: -3,
            state: AdState::Passed,
            applications: 27,
        },
        Ad {
            title: "Pædagogmedhjælper i vuggestuen",
            lead: "Arme at være i, tid til at se efter og en plads ved vinduet.",
            day: "Der er tolv børn på stuen og tre voksne. Vi sover ude, spiser kl. 10.45 og synger den samme sang hver dag, fordi børnene vil have det.",
            tasks: [
                "Du er med i alt, hvad en dag i vuggestuen består af.",
                "Du følger to børn tæt i deres første måneder hos os.",
                "Du åbner eller lukker huset et par gange om ugen.",
            ],
            asks: [
                "Du er rolig, nærværende og til at regne med.",
                "Du kan godt lide at være ude.",
                "En uddannelse er en fordel, ikke et krav.",
            ],
            profession: "pedagogical_helper",
            employment: "part_time",
            agreement: "Pædagogmedhjælpere og pædagogiske assistenter (KL og FOA)",
            pay: Some((25_900, 27_600)),
            hours: (3000, 3200),
            shifts: &["day"],
            place: &CHILDREN,
            picture: 2,
            film: false,
            english: None,
            opened: 22,
            deadline: -2,
            state: AdState::Passed,
            applications: 29,
        },
        Ad {
            title: "Teamleder til Hjemmeplejen Syd",
            lead: "Du leder 22 dygtige mennesker og har din egen leder lige ved siden af.",
            day: "Du er til stede, når ruterne bliver delt, og igen når dagen er slut. To formiddage om ugen er fri for møder. Du har eget budget, en god vagtplanlægger og fem lederkolleger, der deler alt.",
            tasks: [
                "Du leder to faste teams i dag- og aftenvagt.",
                "Du har ansvar for faglighed, trivsel og drift.",
                "Du er med til at gøre de faste teams endnu bedre.",
            ],
            asks: [
                "Du har en sundhedsfaglig uddannelse og har ledet før.",
                "Du lytter, beslutter og følger op, i den rækkefølge.",
                "Du har eller vil tage en diplomuddannelse i ledelse.",
            ],
            profession: "team_leader",
            employment: "full_time",
            agreement: "Ledende syge- og sundhedspersonale (KL og Sundhedskartellet)",
            pay: Some((41_000, 44_500)),
            hours: (3700, 3700),
            shifts: &["day"],
            place: &SOUTH,
            picture: 1,
            film: false,
            english: None,
            opened: 34,
            deadline: -14,
            state: AdState::Closed,
            applications: 24,
        },
        Ad {
            title: "Administrativ medarbejder på Rådhuset",
            lead: "Du er den, der får det til at hænge sammen.",
            day: "Du sidder i sekretariatet sammen med fire andre med udsigt til torvet. Formiddagen er dagsordener og borgerhenvendelser, eftermiddagen er det, du selv har sat i kalenderen.",
            tasks: [
                "Du forbereder møder i to udvalg og skriver referat.",
                "Du journaliserer og svarer på aktindsigter.",
                "Du er den, afdelingerne ringer til, når de ikke ved, hvem de ellers skal ringe til.",
            ],
            asks: [
                "Du har en administrativ uddannelse.",
                "Du skriver klart og kort.",
                "Du kan lide, at ikke to dage er ens.",
            ],
            profession: "administration",
            employment: "full_time",
            agreement: "Kontor- og it-personale (KL og HK)",
            pay: Some((30_200, 33_000)),
            hours: (3200, 3700),
            shifts: &["day"],
            place: &HALL,
            picture: 3,
            film: false,
            english: None,
            opened: 34,
            deadline: -12,
            state: AdState::Closed,
            applications: 30,
        },
        Ad {
            title: "Fysioterapeut til genoptræning",
            lead: "Fra første skridt til sidste trin på trappen.",
            day: "Du træner borgere hjemme og på hold i Strandbyhallen. Vi er syv terapeuter, deler borgere på kryds og tværs og går en tur sammen hver fredag.",
            tasks: [
                "Du planlægger og gennemfører genoptræning efter udskrivning.",
                "Du holder to hold om ugen.",
                "Du dokumenterer, så næste fagperson kan gå videre.",
            ],
            asks: [
                "Du er autoriseret fysioterapeut.",
                "Du kan motivere uden at presse.",
                "Du har kørekort eller cykler gerne.",
            ],
            profession: "physiotherapist",
            employment: "full_time",
            agreement: NURSES,
            pay: Some((32_800, 36_000)),
            hours: (3700, 3700),
            shifts: &["day"],
            place: &SOUTH,
            picture: 1,
            film: false,
            english: None,
            opened: 2,
            deadline: 34,
            state: AdState::Draft,
            applications: 0,
        },
        Ad {
            title: "Køkkenmedarbejder til Plejecenter Nord",
            lead: "Maden laves i vores eget køkken, og den dufter helt ned ad gangen.",
            day: "Vi laver mad fra bunden til 62 beboere. Du er med fra morgenbrød til aftensmad, og om torsdagen kommer beboerne og skræller kartofler med.",
            tasks: [
                "Du laver varm og kold mad og bager.",
                "Du tilpasser kost til den, der skal spise den.",
                "Du holder køkkenet pænt og hygiejnen i orden.",
            ],
            asks: [
                "Du er ernæringsassistent eller har lyst til at blive det.",
                "Du kan lide at lave mad til mange.",
                "Du kan arbejde hver anden weekend.",
            ],
            profession: "kitchen",
            employment: "part_time",
            agreement: "Husassistenter (KL og FOA)",
            // what is missing stands on the ad's own page: pay, and words for the picture
            pay: None,
            hours: (2800, 3000),
            shifts: &["day", "weekend"],
            place: &NORTH,
            picture: WORDLESS,
            film: false,
            english: None,
            opened: 1,
            deadline: 34,
            state: AdState::Draft,
            applications: 0,
        },
    ]
}

fn list(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("<li>{line}</li>")).collect()
}

impl Ad {
    /// Place in the list of units.
    pub fn unit(&self) -> usize {
        self.place.unit
    }

    /// Whom applicants write to.
    pub fn contact(&self) -> &'static str {
        self.place.leader
    }

    /// As it is written, without its deadline.
    pub fn content(&self, units: &[UnitId], pictures: &[AssetId]) -> Content {
        let place = self.place;
        let mut content = Content::empty(units[place.unit]);
        content.texts = vec![Text {
            language: Language::Da,
            title: self.title.into(),
            lead: self.lead.into(),
            body: format!(
                "<h2>Sådan er en dag</h2><p>{}</p><h2>Det skal du lave</h2><ul>{}</ul><h2>Det beder vi om</h2><ul>{}</ul><p>Vi læser ansøgningerne i ugen efter fristen og holder samtaler ugen efter.</p>",
                self.day,
                list(&self.tasks),
                list(&self.asks),
            ),
        }];
        if let Some(english) = &self.english {
            content.texts.push(Text {
                language: Language::En,
                title: english.title.into(),
                lead: english.lead.into(),
                body: format!(
                    "<h2>A day with us</h2><p>{}</p><h2>What we ask for</h2><p>{}</p><p>We read applications in the week after the deadline and hold interviews the week after.</p>",
                    english.day, english.asks
                ),
            });
        }
        content.terms = Terms {
            profession: Some(self.profession.into()),
            employment_type: Some(self.employment.into()),
            openings: if self.employment == "student_contract" { 9 } else { 1 },
            hours_min: Hours::from_hundredths(self.hours.0),
            hours_max: Hours::from_hundredths(self.hours.1),
            shifts: self.shifts.iter().map(|s| (*s).to_owned()).collect(),
            workplace: place.name.into(),
            address: place.address.into(),
            agreement: self.agreement.into(),
            pay: if self.pay.is_some() { "Hertil kommer tillæg og pension".into() } else { String::new() },
            pay_range: self.pay.map(|(min, max)| PayRange { min, max, unit: PayUnit::Month }),
            starts_on: "1. februar 2027".into(),
            contact_name: format!("{}, {}", place.leader, place.title),
            contact_email: format!("{}@fjordby.example", place.login),
            contact_phone: format!("+45760012{:02}", 30 + place.unit),
        };
        content.themes = vec!["meaning".into(), "community".into()];
        content.media = vec![Placed { asset: pictures[self.picture], role: MediaRole::Hero }];
        if self.film {
            content.media.push(Placed { asset: pictures[FILM], role: MediaRole::Film });
        }
        content
    }
}
