//! Addresses at which a peer fetches a file itself, where it takes no uploads. Each names one file and its own end and
//! is signed with the sealing key: nobody can make one, and none outlives its use. Which file may be fetched at all,
//! the page behind it decides ([`crate::publishing`] knows what is being sent).
//!
//! An address may have a *door*: a word of one call's own. It opens when the call's number is on record and the write fence
//! is passed, and never for a call whose answer was lost: so what that call asked for cannot be fetched, and nobody sees it.

use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::{
    base::{Chance, Instant},
    kit::Kit,
    secrets::Secrets,
};

use super::{Checkpoint, PostMedia};

/// Longer than any peer takes to fetch a file, its own tries again included.
const LIFE: Duration = Duration::from_secs(2 * 3600);
/// Ends are rounded up to this, so that the same file keeps its address for a while.
const STEP: i64 = 600;
/// How long our own address may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// What such an address is signed for.
const PURPOSE: &str = "media_address";
/// Hex digits of a file's name and of a signature.
const DIGITS: usize = 64;

/// Under this name a checkpoint holds the door that is to open.
const DOOR: &str = "door";
/// Hex digits of a door.
const DOOR_DIGITS: usize = 32;

/// A new door. `chance` is the kit's.
pub fn door(chance: &Chance) -> String {
    hex::encode(&Sha256::digest(chance.token())[..DOOR_DIGITS / 2])
}

/// Puts a door into what is known of a delivery, in place of any other.
pub fn hang(checkpoint: &mut Checkpoint, door: &str) {
    checkpoint.0.insert(DOOR.to_owned(), door.into());
}

/// The door that a delivery opens.
pub fn door_of(checkpoint: &Checkpoint) -> Option<&str> {
    checkpoint.0.get(DOOR)?.as_str()
}

/// What an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The file.
    pub sha256: String,
    /// The door that must be open.
    pub door: Option<String>,
}

/// Makes addresses. Cheap to clone.
#[derive(Clone)]
pub struct Addresses {
    secrets: Secrets,
    public_url: String,
}

impl Addresses {
    /// Below our own public address.
    pub fn new(kit: &Kit) -> Self {
        Self { secrets: kit.secrets.clone(), public_url: kit.config.server.public_url.clone() }
    }

    /// Where a file can be fetched from now on, for a while. Plain ASCII, and it ends as its kind does.
    pub fn of(&self, file: &PostMedia, now: Instant) -> String {
        self.signed(file, now, None)
    }

    /// The same behind a door.
    pub fn behind(&self, door: &str, file: &PostMedia, now: Instant) -> String {
        self.signed(file, now, Some(door))
    }

    fn signed(&self, file: &PostMedia, now: Instant, door: Option<&str>) -> String {
        let end = ((now + LIFE).seconds() / STEP + 1) * STEP;
        let ending = match file.mime.as_str() {
            "image/png" => "png",
            "video/mp4" => "mp4",
            _ => "jpg",
        };
        let named = message(&file.sha256, end, door);
        let signed = hex::encode(self.secrets.sign(PURPOSE, named.as_bytes()));
        format!("{}/m/{named}.{signed}.{ending}", self.public_url)
    }
}

fn message(sha256: &str, end: i64, door: Option<&str>) -> String {
    match door {
        Some(door) => format!("{sha256}.{end:x}.{door}"),
        None => format!("{sha256}.{end:x}"),
    }
}

/// Whether a peer on the open internet can fetch something from us, as far as we can know from in here: our address
/// is an https one on the internet, and answers. Else what we saw.
pub async fn can_be_reached(kit: &Kit) -> Result<(), String> {
    let public_url = &kit.config.server.public_url;
    let url: url::Url =
        format!("{public_url}/healthz").parse().map_err(|_| format!("{public_url} is no address"))?;
    if url.scheme() != "https" {
        return Err(format!("{public_url} is no https address"));
    }
    kit.outbound.check(&url).map_err(|e| e.to_string())?;
    let asked = kit.outbound.client().get(url).timeout(PATIENCE).send().await;
    match asked {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("{public_url}/healthz answers {}", answer.status())),
        Err(error) => Err(format!("{public_url}: {}", error.without_url())),
    }
}

/// The file that an address of ours names; none when it is not ours, was changed, or has ended.
pub fn named(secrets: &Secrets, name: &str, now: Instant) -> Option<Named> {
    let mut parts = name.split('.');
    let (sha256, end, third) = (parts.next()?, parts.next()?, parts.next()?);
    let (door, signature) = match third.len() {
        DOOR_DIGITS => (Some(third), parts.next()?),
        _ => (None, third),
    };
    if sha256.len() != DIGITS || signature.len() != DIGITS || end.len() > 12 {
        return None;
    }
    let end = i64::from_str_radix(end, 16).ok()?;
    let wanted = hex::encode(secrets.sign(PURPOSE, message(sha256, end, door).as_bytes()));
    let same = bool::from(subtle::ConstantTimeEq::ct_eq(wanted.as_bytes(), signature.as_bytes()));
    let named = || Named { sha256: sha256.to_owned(), door: door.map(str::to_owned) };
    (same && now.seconds() < end).then(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::AssetId;

    #[test]
    fn an_address_names_one_file_for_a_while() {
        let now = Instant::from_seconds(1_800_000_000);
        let secrets = Secrets::parse(&format!("k1:{}", "11".repeat(32))).unwrap();
        let addresses =
            Addresses { secrets: secrets.clone(), public_url: "https://job.fjordby.example".into() };
        let file = PostMedia {
            asset: AssetId::new(now, &Chance::seeded(1)),
            sha256: "ab".repeat(32),
            mime: "image/jpeg".into(),
            bytes: 9,
            width: 1,
            height: 1,
            alt: String::new(),
            captions: vec![],
            shape: None,
        };
        let here =
            |door: Option<&str>| Some(Named { sha256: file.sha256.clone(), door: door.map(str::to_owned) });
        let word = door(&Chance::seeded(3));
        for (address, door) in
            [(addresses.of(&file, now), None), (addresses.behind(&word, &file, now), Some(word.as_str()))]
        {
            let name = address.strip_prefix("https://job.fjordby.example/m/").unwrap();
            assert_eq!(named(&secrets, name, now), here(door));
        }
        // one door's address does not open another's
        let other = door(&Chance::seeded(4));
        let behind = addresses.behind(&word, &file, now);
        let name = behind.strip_prefix("https://job.fjordby.example/m/").unwrap().replace(&word, &other);
        assert_eq!(named(&secrets, &name, now), None);
        let address = addresses.of(&file, now);
        let name = address.strip_prefix("https://job.fjordby.example/m/").unwrap();
        assert!(name.is_ascii() && name.ends_with(".jpg"));
        assert_eq!(named(&secrets, name, now), here(None));
        assert_eq!(named(&secrets, name, now + LIFE), here(None));
        assert_eq!(named(&secrets, name, now + LIFE + Duration::from_secs(601)), None, "it ends");
        assert_eq!(addresses.of(&file, now + Duration::from_secs(1)), address, "and keeps until then");
        // any change to it, and another key, make it nobody's
        for at in (0..name.len() - 4).filter(|at| name.as_bytes()[*at] != b'.') {
            let mut changed = name.to_owned();
            let other = if &name[at..=at] == "0" { "1" } else { "0" };
            changed.replace_range(at..=at, other);
            assert_eq!(named(&secrets, &changed, now), None, "{changed}");
        }
        let other = Secrets::parse(&format!("k1:{}", "22".repeat(32))).unwrap();
        assert_eq!(named(&other, name, now), None);
        for bad in ["", ".", "a.b.c", "....", &"a".repeat(300)] {
            assert_eq!(named(&secrets, bad, now), None, "{bad}");
        }
    }
}
