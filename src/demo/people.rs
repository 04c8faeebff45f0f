//! Who applies in the demonstration, and what they write. All of them invented.

use crate::base::{Chance, text};

/// Somebody who applies.
pub struct Person {
    /// Full name.
    pub name: String,
    /// Where the receipt goes; example addresses reach nobody.
    pub email: String,
    /// E.164.
    pub phone: String,
}

/// What people of one trade have learnt, done and want.
pub struct Trade {
    /// What the certificate says.
    pub education: &'static str,
    school: &'static str,
    jobs: &'static [&'static str],
    done: &'static [&'static str],
    wants: &'static [&'static str],
}

const CARE: Trade = Trade {
    education: "social- og sundhedsassistent",
    school: "SOSU Fjordby",
    jobs: &[
        "Plejecenter Solbakken",
        "Hjemmeplejen Vest",
        "Vikar i Strandby Kommune",
        "Demensafsnittet på Lindegården",
    ],
    done: &[
        "kontaktpersonrollen for seks beboere med demens",
        "medicin og utensilier på afdelingen",
        "dokumentation i FSIII og sårpleje i samarbejde med sygeplejersken",
        "oplæring af to elever om året",
        "aftenvagter og hver anden weekend",
        "tillidsarbejde for 34 kolleger",
        "palliativ pleje og samtaler med pårørende",
        "tryghedsbesøg og rehabilitering efter udskrivning",
    ],
    wants: &[
        "hos jer hører jeg, at kontaktpersonen følger beboeren hele dagen. Sådan vil jeg gerne arbejde",
        "jeg savner et fast team efter to år som vikar, og jeg har hørt godt om jeres onsdagsmøder",
        "jeg bor ti minutter væk på cykel og vil gerne være der, hvor beboerne kender mit navn",
        "jeg brænder for mennesker med demens og vil gerne lære mere om Marte Meo",
    ],
};
const NURSE: Trade = Trade {
    education: "sygeplejerske",
    school: "UC Fjordland",
    jobs: &[
        "Medicinsk afdeling, Regionshospitalet",
        "Sygeplejen i Strandby Kommune",
        "Lægehuset på Havnegade",
        "Akutteamet",
    ],
    done: &[
        "sårpleje, kompression og sugebehandling",
        "palliative forløb i eget hjem",
        "IV-behandling og blodprøver hos borgeren",
        "udskrivninger sammen med hospitalet",
        "sparring for assistenter og hjælpere i aftenvagt",
        "kvalitetsarbejde med utilsigtede hændelser",
        "klinisk vejledning af sygeplejestuderende",
    ],
    wants: &[
        "jeg vil gerne følge borgeren længere, end man kan på et hospital",
        "jeg har cyklet til arbejde i tyve år og vil gerne gøre det til en del af arbejdet",
        "det betyder meget for mig at have tid til at gøre arbejdet færdigt",
    ],
};
const CHILDREN: Trade = Trade {
    education: "pædagog",
    school: "Pædagoguddannelsen i Fjordby",
    jobs: &["Børnehuset Mælkevejen", "Naturbørnehaven Egern", "Dagplejen", "SFO Engdal"],
    done: &[
        "udeliv i al slags vejr med bål, snitteværksted og højbede",
        "sprogarbejde med tosprogede børn",
        "forældresamtaler og overgange fra vuggestue til børnehave",
        "inklusion af børn med særlige behov i små fællesskaber",
        "musik og rytmik to gange om ugen",
        "den styrkede pædagogiske læreplan og dokumentation",
        "samarbejde med PPR og sundhedsplejersken",
    ],
    wants: &[
        "jeg er selv ude hver dag og vil gerne være det sammen med børnene",
        "jeg søger et hus, hvor man taler om pædagogik og ikke kun om bemanding",
        "jeg vil gerne være med til at bygge jeres nye legeplads",
    ],
};
const FAMILY: Trade = Trade {
    education: "socialrådgiver",
    school: "Socialrådgiveruddannelsen",
    jobs: &["Børn og Familie, Strandby Kommune", "Jobcentret", "Børnehus Midt", "Krisecentret Lysningen"],
    done: &[
        "børnefaglige undersøgelser efter barnets lov",
        "samtaler med børn og inddragelse af netværket",
        "anbringelsessager og samarbejde med plejefamilier",
        "sagsbehandling i DUBU med overholdte frister",
        "tværfaglige møder med skole og sundhedspleje",
        "hjemgivelse og støttet samvær",
    ],
    wants: &[
        "et sagstal, man kan se enden på, er grunden til, at jeg skriver",
        "jeg vil gerne have kolleger, der læser med, inden afgørelsen bliver sendt",
        "jeg vil arbejde med familierne, mens der stadig er noget at bygge på",
    ],
};
const TRAINING: Trade = Trade {
    education: "ergoterapeut",
    school: "Ergoterapeutuddannelsen",
    jobs: &["Genoptræningscentret", "Hjælpemiddeldepotet", "Plejecenter Solbakken", "Neurologisk afdeling"],
    done: &[
        "ADL-vurderinger og boligindretning",
        "hverdagsrehabilitering i borgerens eget køkken",
        "forflytning og instruktion af kolleger",
        "kørestole og siddestillinger",
        "holdtræning for borgere med KOL",
        "dysfagiscreening sammen med køkkenet",
    ],
    wants: &[
        "hverdagen er det bedste træningsrum. Det er jeg helt enig i",
        "jeg vil gerne være tæt på plejepersonalet og ikke kun komme forbi",
    ],
};
const OFFICE: Trade = Trade {
    education: "kontorassistent med speciale i offentlig administration",
    school: "Fjordby Handelsskole",
    jobs: &[
        "Borgerservice",
        "Skolesekretær på Engdalskolen",
        "Økonomi, Strandby Kommune",
        "Advokathuset ved Torvet",
    ],
    done: &[
        "journalisering i SBSYS og aktindsigter",
        "dagsordener og referater til udvalget",
        "løn, fravær og refusioner i KMD Opus",
        "borgerhenvendelser på telefon og mail",
        "årshjul, mødebooking og rejseafregning",
        "indkøb og fakturakontrol",
    ],
    wants: &[
        "jeg kan lide at være den, der får det til at hænge sammen",
        "jeg vil gerne tilbage til en kommune, hvor man møder dem, man arbejder for",
    ],
};
const LEADER: Trade = Trade {
    education: "sygeplejerske med diplomuddannelse i ledelse",
    school: "UC Fjordland",
    jobs: &["Souschef i Hjemmeplejen Vest", "Afsnitsleder på Regionshospitalet", "Koordinator i Akutteamet"],
    done: &[
        "personaleledelse af 18 medarbejdere i tre vagtlag",
        "vagtplan, budget og et sygefravær, der faldt fra 9 til 5 procent",
        "faste teams efter inspiration fra Buurtzorg",
        "MUS, trivselssamtaler og rekruttering",
        "samarbejde med visitation og tillidsvalgte",
    ],
    wants: &[
        "jeg leder bedst, når jeg er til stede. Derfor tiltaler det mig, at teamlederen møder ind kl. 7 to dage om ugen",
        "jeg vil gerne lede i et område, hvor de faste teams allerede findes",
    ],
};

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

fn pick<'a>(chance: &Chance, list: &'a [&'a str]) -> &'a str {
    list[usize::try_from(chance.below(list.len() as u64)).unwrap_or(0)]
}

/// Two different ones.
fn two<'a>(chance: &Chance, list: &'a [&'a str]) -> (&'a str, &'a str) {
    let first = usize::try_from(chance.below(list.len() as u64)).unwrap_or(0);
    let step = 1 + usize::try_from(chance.below(list.len() as u64 - 1)).unwrap_or(0);
    (list[first], list[(first + step) % list.len()])
}

/// The trade an ad's profession asks for.
pub fn trade(profession: &str) -> &'static Trade {
    match profession {
        "nurse" => &NURSE,
        "pedagogue" | "pedagogical_helper" => &CHILDREN,
        "social_worker" => &FAMILY,
        "occupational_therapist" | "physiotherapist" => &TRAINING,
        "administration" => &OFFICE,
        "team_leader" => &LEADER,
        _ => &CARE,
    }
}

/// The `n`th applicant.
pub fn person(chance: &Chance, n: usize) -> Person {
    let (middle, last) = two(chance, &LAST);
    let name = format!("{} {middle} {last}", pick(chance, &FIRST));
    let email = format!("{}.{n}@ansoeger.example", text::slug(&name).replace('-', "."));
    Person { email, phone: format!("+4520{:06}", chance.below(1_000_000)), name }
}

/// What they write to `contact`.
pub fn letter(person: &Person, trade: &Trade, title: &str, contact: &str, chance: &Chance) -> String {
    let (one, other) = two(chance, trade.done);
    format!(
        "Kære {contact}\n\nJeg søger stillingen som {title}, for {}.\n\nJeg er uddannet {} og kommer fra {}. Der har jeg især arbejdet med {one}. Jeg har også {} års erfaring med {other}, og det vil jeg gerne bruge hos jer.\n\nJeg kan begynde, når det passer jer, og kommer gerne forbi og hilser på.\n\nVenlig hilsen\n{}",
        pick(chance, trade.wants),
        trade.education,
        pick(chance, trade.jobs),
        2 + chance.below(9),
        person.name
    )
}

/// Their curriculum vitae as text: a line each, headings end in a colon.
pub fn curriculum(person: &Person, trade: &Trade, chance: &Chance) -> String {
    let began = 2004 + chance.below(14);
    let moved = began + 2 + chance.below(4);
    let (first, second) = two(chance, trade.jobs);
    let (one, other) = two(chance, trade.done);
    let third = trade.done.iter().find(|d| **d != one && **d != other).copied().unwrap_or(one);
    let (language, extra) = two(chance, &["engelsk", "arabisk", "tysk", "tyrkisk", "polsk", "norsk"]);
    format!(
        "{name}\n{email}, telefon {phone}\n\nErfaring:\n{moved}–nu   {second}\n- {one}\n- {other}\n{began}–{moved}   {first}\n- {third}\n\nUddannelse:\n{began}   {education}, {school}\n{course}   Kursus i førstehjælp, genopfrisket hvert andet år\n\nSprog:\ndansk, {language} og lidt {extra}\n\nLidt om mig:\nJeg er kendt for at komme til tiden, lytte først og grine tit. I fritiden synger jeg i kor og dyrker kartofler.\n",
        name = person.name,
        email = person.email,
        phone = person.phone.trim_start_matches("+45"),
        education = trade.education,
        school = trade.school,
        course = moved + 1,
    )
}
