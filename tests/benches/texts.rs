//! Danish applications made up by rule: the same number gives the same text on every machine.
//!
//! A vocabulary of 40 000 words (function words, the words of the welfare trades, invented stems with Danish endings and
//! compounds of them) is drawn from by Zipf's law; a text has 300 to 800 words. Names are drawn so that the commonest
//! are as common as in Denmark.

/// A small generator of chance; the sequence for a seed never changes.
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0xd1b5_4a32_d192_ed03)
    }
    pub const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.roll() % n as u64).expect("below n")
    }
    /// From 0 up to 1.
    pub fn part(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }
    pub fn pick<'t, T: ?Sized>(&mut self, from: &[&'t T]) -> &'t T {
        from[self.below(from.len())]
    }
}

const FUNCTION: &[&str] = &[
    "jeg", "og", "er", "i", "at", "på", "med", "som", "har", "til", "det", "en", "for", "af", "der", "den",
    "de", "et", "mig", "min", "kan", "vil", "ikke", "også", "hvor", "når", "fra", "om", "så", "men", "været",
    "mine", "hos", "være", "blive", "meget", "gerne", "både", "samt", "mit", "vi", "jer", "jeres", "over",
    "under", "efter", "gennem", "år", "ved", "hver", "man", "deres", "sig", "ud", "op", "mere", "da", "selv",
    "dem", "skal", "alle", "andre", "noget",
];

const TRADE: &[&str] = &[
    "demens",
    "borger",
    "pleje",
    "omsorg",
    "erfaring",
    "plejehjem",
    "nattevagt",
    "aftenvagt",
    "weekendvagt",
    "medicin",
    "dokumentation",
    "kollega",
    "samarbejde",
    "pårørende",
    "sygeplejerske",
    "pædagog",
    "assistent",
    "hjælper",
    "social- og sundhedsassistent",
    "SOSU-assistent",
    "social- og sundhedshjælper",
    "uddannelse",
    "praktik",
    "børn",
    "børnehave",
    "vuggestue",
    "hjemmepleje",
    "rehabilitering",
    "kørekort",
    "ansvar",
    "tålmodighed",
    "struktur",
    "relation",
    "faglighed",
    "tværfaglig",
    "sårpleje",
    "palliativ",
    "forflytning",
    "medicinhåndtering",
    "psykiatri",
    "botilbud",
    "autisme",
    "misbrug",
    "trivsel",
    "læring",
    "inklusion",
    "skole",
    "lærer",
    "elev",
    "forældre",
    "køkken",
    "kok",
    "rengøring",
    "hygiejne",
    "leder",
    "afdeling",
    "team",
    "møde",
    "plan",
    "opgave",
    "kommune",
    "stilling",
    "ansøgning",
    "arbejdsplads",
    "kompetence",
    "kursus",
    "udvikling",
    "sprog",
    "kultur",
    "respekt",
    "værdighed",
    "nærvær",
    "hverdag",
    "aktivitet",
    "musik",
    "motion",
    "måltid",
    "ernæring",
    "fysioterapeut",
    "ergoterapeut",
    "træning",
    "socialrådgiver",
    "sagsbehandling",
    "myndighed",
    "visitation",
    "sundhedsplejerske",
    "tandplejer",
];

const ENDINGS: &[&str] = &["", "", "", "en", "er", "erne", "et", "ne", "s", "ens", "ernes", "e"];
const STARTS: &[&str] = &[
    "b", "br", "d", "dr", "f", "fl", "g", "gr", "h", "k", "kl", "kr", "l", "m", "n", "p", "pl", "r", "s",
    "sk", "sl", "sp", "st", "str", "t", "tr", "v",
];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "y", "æ", "ø", "å", "e", "a", "i"];
const ENDS: &[&str] =
    &["d", "g", "k", "l", "ld", "m", "mp", "n", "nd", "ng", "r", "rk", "s", "sk", "st", "t", "v", "ft"];

const FIRST: &[&str] = &[
    "Anne",
    "Mette",
    "Kirsten",
    "Hanne",
    "Anna",
    "Helle",
    "Susanne",
    "Lene",
    "Maria",
    "Marianne",
    "Inge",
    "Karen",
    "Lone",
    "Pia",
    "Camilla",
    "Pernille",
    "Louise",
    "Charlotte",
    "Emma",
    "Sofie",
    "Fatima",
    "Aisha",
    "Olena",
    "Åse",
    "Søs",
    "Peter",
    "Michael",
    "Jens",
    "Lars",
    "Thomas",
    "Henrik",
    "Søren",
    "Christian",
    "Martin",
    "Jan",
    "Morten",
    "Jesper",
    "Anders",
    "Niels",
    "Rasmus",
    "Mads",
    "Mohammed",
    "Ali",
    "Yusuf",
    "Jørgen",
    "Bjørn",
    "Åge",
    "Anne-Marie",
];
const LAST: &[&str] = &[
    "Nielsen",
    "Jensen",
    "Hansen",
    "Andersen",
    "Pedersen",
    "Christensen",
    "Larsen",
    "Sørensen",
    "Rasmussen",
    "Jørgensen",
    "Petersen",
    "Madsen",
    "Kristensen",
    "Olsen",
    "Thomsen",
    "Christiansen",
    "Poulsen",
    "Johansen",
    "Møller",
    "Mortensen",
    "Knudsen",
    "Jakobsen",
    "Holm",
    "Kjær",
    "Lund",
    "Østergaard",
    "Ågård",
    "Aagaard",
    "Bæk",
    "Friis",
    "Dahl",
    "Nguyen",
    "Ahmed",
    "Yilmaz",
    "Kowalski",
    "Schmidt",
    "Winther",
    "Bech",
    "Skov",
    "Toft",
    "Vestergaard",
    "Kruse",
    "Bach",
];

/// The vocabulary and how to draw from it.
pub struct Texts {
    words: Vec<String>,
    /// Cumulated weights, by Zipf.
    heap: Vec<f64>,
}

impl Texts {
    pub fn new() -> Self {
        let mut dice = Dice::new(1);
        let mut words: Vec<String> = FUNCTION.iter().map(|w| (*w).to_owned()).collect();
        let mut stems: Vec<String> = TRADE.iter().map(|w| (*w).to_owned()).collect();
        while stems.len() < 6000 {
            let mut stem = String::new();
            for _ in 0..=dice.below(3) {
                stem += dice.pick(STARTS);
                stem += dice.pick(VOWELS);
            }
            stem += dice.pick(ENDS);
            if dice.below(4) == 0 {
                stem =
                    dice.pick(&["demens", "pleje", "nat", "børne", "arbejds", "sundheds"]).to_owned() + &stem;
            }
            stems.push(stem);
        }
        for i in 0..40_000 {
            let stem = &stems[if i < TRADE.len() { i } else { dice.below(stems.len()) }];
            let ending = if i < TRADE.len() { "" } else { dice.pick(ENDINGS) };
            words.push(format!("{stem}{ending}"));
        }
        let mut sum = 0.0;
        let heap = (0..words.len()).map(|i| {
            sum += 1.0 / (i as f64 + 6.0);
            sum
        });
        let heap = heap.collect();
        Self { words, heap }
    }

    fn word(&self, dice: &mut Dice) -> &str {
        let total = self.heap.last().copied().unwrap_or(1.0);
        let at = dice.part() * total;
        let i = self.heap.partition_point(|w| *w < at);
        &self.words[i.min(self.words.len() - 1)]
    }

    /// The `n`th application's text: sentences in paragraphs.
    pub fn text(&self, n: u64) -> String {
        let mut dice = Dice::new(1000 + n);
        let words = 300 + dice.below(501);
        let mut out = String::with_capacity(words * 7);
        let mut left = 0;
        for i in 0..words {
            if left == 0 {
                left = 6 + dice.below(14);
                if i > 0 {
                    out.push_str(if dice.below(6) == 0 { ".\n\n" } else { ". " });
                }
                let word = self.word(&mut dice);
                let mut letters = word.chars();
                out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                out.push_str(letters.as_str());
            } else {
                out.push(' ');
                out.push_str(self.word(&mut dice));
            }
            left -= 1;
        }
        out.push('.');
        out
    }

    /// The `n`th applicant's name.
    pub fn name(&self, n: u64) -> String {
        let mut dice = Dice::new(2000 + n);
        // the front of the list more often than its end
        let mut early = |len: usize| ((dice.part() * dice.part() * len as f64) as usize).min(len - 1);
        let (first, last) = (early(FIRST.len()), early(LAST.len()));
        format!("{} {}", FIRST[first], LAST[last])
    }

    /// A word of the `n`th text that is no function word.
    pub fn word_of(&self, n: u64, dice: &mut Dice) -> String {
        let text = self.text(n);
        let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '-')).collect();
        loop {
            let word = dice.pick(&words).to_lowercase();
            if word.chars().count() > 2 && !word.contains('-') && !FUNCTION.contains(&word.as_str()) {
                return word;
            }
        }
    }

    /// Two words that stand side by side in the `n`th text.
    pub fn pair_of(&self, n: u64, dice: &mut Dice) -> String {
        let text = self.text(n).to_lowercase();
        let words: Vec<&str> = text.split([' ', '\n']).filter(|w| !w.is_empty()).collect();
        loop {
            let i = dice.below(words.len() - 1);
            let (a, b) = (words[i], words[i + 1]);
            let both = FUNCTION.contains(&a) && FUNCTION.contains(&b);
            if !(a.ends_with('.') || a.contains('-') || both) {
                return format!("{a} {}", b.trim_end_matches('.'));
            }
        }
    }
}
