//! What is kept of an application in the index, and under which version.
//!
//! No text is stored: the index knows words and where they stand, the database has the text. What is shown is
//! always read from the database, under the eyes of whoever asks.

use tantivy::{
    TantivyDocument, Term,
    schema::{
        BytesOptions, FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STRING, Schema,
        TextFieldIndexing, TextOptions,
    },
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager},
};

use super::{danish, names, words};
use crate::{
    applications::Document,
    base::{address, id::ApplicationId},
};

/// Goes up when fields or the cutting of words change; the lists' own hash is added to it.
const FORMAT: u32 = 1;
/// What an undecided application has in place of an outcome.
pub const UNDECIDED: &str = "undecided";

/// The name of this version: an index under another name is not read but rebuilt.
pub fn version() -> String {
    format!("{FORMAT}-{}", danish::lists_hash())
}

/// The fields.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// 16 bytes; only for deleting.
    pub id: Field,
    /// The two halves of the id, to be read back.
    pub id_high: Field,
    /// See `id_high`.
    pub id_low: Field,
    /// [`key64`] of the posting.
    pub posting: Field,
    /// [`key64`] of the unit.
    pub unit: Field,
    /// Microseconds since 1970.
    pub received: Field,
    /// Codes.
    pub stage: Field,
    /// Codes, [`UNDECIDED`] among them.
    pub outcome: Field,
    /// Codes.
    pub channel: Field,
    /// Keys of words.
    pub text: Field,
    /// Folded names.
    pub name: Field,
    /// How the names sound.
    pub sound: Field,
    /// Lower case.
    pub email: Field,
    /// Digits; Danish ones without the country.
    pub phone: Field,
}

impl Fields {
    /// The fields and the schema made of them.
    pub fn schema() -> (Self, Schema) {
        let mut schema = Schema::builder();
        let words = |tokenizer: &str, record| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
            TextOptions::default().set_indexing_options(indexing)
        };
        let number = || NumericOptions::default().set_fast();
        let fields = Self {
            id: schema.add_bytes_field("id", BytesOptions::default().set_indexed()),
            id_high: schema.add_u64_field("id_high", number()),
            id_low: schema.add_u64_field("id_low", number()),
            posting: schema.add_u64_field("posting", INDEXED | FAST),
            unit: schema.add_u64_field("unit", INDEXED | FAST),
            received: schema.add_i64_field("received", number()),
            stage: schema.add_text_field("stage", STRING | FAST),
            outcome: schema.add_text_field("outcome", STRING | FAST),
            channel: schema.add_text_field("channel", STRING | FAST),
            text: schema.add_text_field("text", words("danish", IndexRecordOption::WithFreqsAndPositions)),
            name: schema.add_text_field("name", words("names", IndexRecordOption::WithFreqsAndPositions)),
            sound: schema.add_text_field("sound", words("sounds", IndexRecordOption::Basic)),
            email: schema.add_text_field("email", STRING),
            phone: schema.add_text_field("phone", STRING),
        };
        (fields, schema.build())
    }

    /// The document as it goes into the index.
    pub fn document(&self, from: &Document) -> TantivyDocument {
        let mut doc = TantivyDocument::new();
        let number = from.id.number();
        doc.add_bytes(self.id, &number.to_be_bytes());
        doc.add_u64(self.id_high, (number >> 64) as u64);
        doc.add_u64(self.id_low, number as u64);
        doc.add_u64(self.posting, key64(from.posting.number()));
        doc.add_u64(self.unit, key64(from.unit.number()));
        doc.add_i64(self.received, from.received_at.micros());
        doc.add_text(self.stage, from.stage.word());
        doc.add_text(self.outcome, from.outcome.map_or(UNDECIDED, |o| o.word()));
        doc.add_text(self.channel, &from.channel);
        for passage in &from.texts {
            doc.add_text(self.text, &passage.text);
        }
        doc.add_text(self.name, &from.name);
        doc.add_text(self.sound, &from.name);
        doc.add_text(self.email, from.email.to_lowercase());
        if let Some(phone) = phone_key(&from.phone) {
            doc.add_text(self.phone, phone);
        }
        doc
    }

    /// What finds the document of this application, for deleting it.
    pub fn id_term(&self, id: ApplicationId) -> Term {
        Term::from_field_bytes(self.id, &id.number().to_be_bytes())
    }
}

/// An id as a number of 64 bits: the half that is drawn by chance (62 bits of it), so that two meet about never.
/// What is shown is asked for again under its whole id.
pub const fn key64(number: u128) -> u64 {
    number as u64
}

/// A telephone number as it is indexed and asked for, or nothing when it is none.
pub fn phone_key(raw: &str) -> Option<String> {
    let stored = address::phone(raw).ok().filter(|p| !p.is_empty())?;
    let digits = stored.trim_start_matches('+');
    Some(digits.strip_prefix("45").filter(|d| d.len() == 8).unwrap_or(digits).to_owned())
}

/// The ways of cutting text, under the names the schema uses.
pub fn tokenizers() -> TokenizerManager {
    let all = TokenizerManager::default();
    all.register("danish", TextAnalyzer::from(Cut(text_tokens)));
    all.register("names", TextAnalyzer::from(Cut(|name| name_tokens(name, |word| word))));
    all.register("sounds", TextAnalyzer::from(Cut(|name| name_tokens(name, |word| names::sound(&word)))));
    all
}

fn text_tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    words::tokens(danish::danish(), text, |t| {
        out.push(Token {
            offset_from: t.from,
            offset_to: t.to,
            position: t.position,
            text: t.key.to_owned(),
            position_length: 1,
        });
    });
    out
}

fn name_tokens(name: &str, key: fn(String) -> String) -> Vec<Token> {
    let words = names::words(name).into_iter().enumerate();
    words.map(|(position, word)| Token { position, text: key(word), ..Token::default() }).collect()
}

#[derive(Clone)]
struct Cut(fn(&str) -> Vec<Token>);

impl Tokenizer for Cut {
    type TokenStream<'a> = Stream;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        Stream { rest: (self.0)(text).into_iter(), here: Token::default() }
    }
}

struct Stream {
    rest: std::vec::IntoIter<Token>,
    here: Token,
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let next = self.rest.next();
        let more = next.is_some();
        self.here = next.unwrap_or_default();
        more
    }
    fn token(&self) -> &Token {
        &self.here
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.here
    }
}
