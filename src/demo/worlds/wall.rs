//! What hangs on a world's wall: a post as its readers see it, whichever channel it came through.

use crate::base::Instant;

/// A post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What the peer calls it: a record key, or a number.
    pub key: String,
    /// Where people read it.
    pub url: String,
    /// Whose it is.
    pub name: String,
    /// Their handle.
    pub handle: String,
    /// When the world took it.
    pub at: Instant,
    /// When its words were last changed, where the peer can do that and somebody has.
    pub edited: Option<Instant>,
    /// Its text, in pieces with and without a link.
    pub pieces: Vec<Piece>,
    /// Pictures, or a film.
    pub media: Vec<Medium>,
    /// The card of a link.
    pub card: Option<Card>,
    /// Two letters.
    pub language: Option<String>,
    /// The key of the post that it answers.
    pub answers: Option<String>,
    /// What is said under it, oldest first.
    pub comments: Vec<Comment>,
}

/// What is said under a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What the peer calls it.
    pub key: String,
    /// What one reads.
    pub text: String,
    /// When the world took it.
    pub at: Instant,
}

impl Post {
    /// The text as one reads it.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
    /// Every address one can get to from it, in the text first.
    pub fn links(&self) -> Vec<&str> {
        let card = self.card.iter().map(|card| card.address.as_str());
        self.pieces.iter().filter_map(|piece| piece.link.as_deref()).chain(card).collect()
    }
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What one reads.
    pub text: String,
    /// Where it leads.
    pub link: Option<String>,
}

/// A picture or film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// Which of the two.
    pub kind: MediumKind,
    /// Where its bytes are.
    pub address: String,
    /// `image/jpeg`.
    pub mime: String,
    /// The alternative text; empty when none was given.
    pub alt: String,
    /// In bytes.
    pub size: usize,
}

/// What a medium is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediumKind {
    /// Stands still.
    Picture,
    /// Moves.
    Film,
}

/// The card of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Where it leads.
    pub address: String,
    /// Empty where the peer makes the card itself and later, as Mastodon does.
    pub title: String,
    /// Likewise.
    pub description: String,
    /// Where its picture is.
    pub picture: Option<String>,
}

/// A stored file.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// By content, not by name.
    pub mime: String,
    /// All of it.
    pub bytes: bytes::Bytes,
}

impl File {
    /// Judges the bytes by what they are; `claimed` counts where they say nothing of themselves.
    pub fn new(bytes: bytes::Bytes, claimed: &str) -> Self {
        let mime = infer::get(&bytes).map_or(claimed, |kind| kind.mime_type()).to_owned();
        Self { mime, bytes }
    }
    /// Picture, film, or neither.
    pub fn kind(&self) -> Option<MediumKind> {
        if self.mime.starts_with("image/") {
            Some(MediumKind::Picture)
        } else if self.mime.starts_with("video/") {
            Some(MediumKind::Film)
        } else {
            None
        }
    }
    /// As a peer hands it out; never run as a page.
    pub fn answer(&self, request: &actix_web::HttpRequest) -> actix_web::HttpResponse {
        use actix_web::http::header;
        let mut response = actix_web::HttpResponse::Ok();
        response
            .insert_header((header::CONTENT_TYPE, self.mime.clone()))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
            .insert_header((header::ACCEPT_RANGES, "bytes"));
        // a browser asks for a film in pieces
        let range = request.headers().get(header::RANGE).and_then(|value| value.to_str().ok());
        if let Some((from, to)) = range.and_then(|text| part(text, self.bytes.len())) {
            let size = self.bytes.len();
            return response
                .status(actix_web::http::StatusCode::PARTIAL_CONTENT)
                .insert_header((header::CONTENT_RANGE, format!("bytes {from}-{to}/{size}")))
                .body(self.bytes.slice(from..=to));
        }
        response.body(self.bytes.clone())
    }
}

/// First and last byte of a single `bytes=…` range within `size` bytes.
fn part(range: &str, size: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let last = size.checked_sub(1)?;
    let (from, to) = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) => (from, to.min(last)),
        (Ok(from), Err(_)) => (from, last),
        (Err(_), Ok(n)) => (size.saturating_sub(n), last),
        (Err(_), Err(_)) => return None,
    };
    (from <= to).then_some((from, to))
}

/// Cuts a text into pieces so that every http address in it leads somewhere.
pub(super) fn with_links(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((start, end)) = next_address(rest) {
        if start > 0 {
            pieces.push(Piece { text: rest[..start].to_owned(), link: None });
        }
        let address = &rest[start..end];
        pieces.push(Piece { text: address.to_owned(), link: Some(address.to_owned()) });
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        pieces.push(Piece { text: rest.to_owned(), link: None });
    }
    pieces
}

/// Where the next http address lies: byte range.
fn next_address(text: &str) -> Option<(usize, usize)> {
    let start = ["http://", "https://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let length = text[start..].find(|c: char| c.is_whitespace() || "<>\"«»".contains(c));
    let end = length.map_or(text.len(), |length| start + length);
    let bare = text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
    Some((start, start + bare.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_the_text_stays() {
        let text = "Søg her: https://job.example.dk/r/k7w2q, eller se http://a.dk.";
        let pieces = with_links(text);
        assert_eq!(pieces.iter().map(|p| p.text.as_str()).collect::<String>(), text);
        let links: Vec<_> = pieces.iter().filter_map(|p| p.link.as_deref()).collect();
        assert_eq!(links, ["https://job.example.dk/r/k7w2q", "http://a.dk"]);
    }

    #[test]
    fn ranges_stay_within_the_file() {
        assert_eq!(part("bytes=0-", 10), Some((0, 9)));
        assert_eq!(part("bytes=4-99", 10), Some((4, 9)));
        assert_eq!(part("bytes=-3", 10), Some((7, 9)));
        for bad in ["bytes=10-", "bytes=5-2", "lines=1-2", "bytes=-"] {
            assert_eq!(part(bad, 10), None, "{bad}");
        }
        assert_eq!(part("bytes=0-", 0), None);
    }
}
