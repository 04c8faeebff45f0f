//! What others made lies here unchanged: every file of `assets/vendor`, `assets/fonts` and `tests/browser/vendor` is listed in
//! `assets/vendor/vendor.toml` with its hash, and nothing else lies there.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Folders that hold only the work of others.
const FOLDERS: [&str; 3] = ["assets/vendor", "assets/fonts", "tests/browser/vendor"];

#[derive(serde::Deserialize)]
struct Listing {
    package: Vec<Package>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Package {
    name: String,
    version: String,
    licence: String,
    what: String,
    /// path from the top of the repository → sha256 in hex
    files: BTreeMap<String, String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn listing() -> Vec<Package> {
    let text = std::fs::read_to_string(root().join("assets/vendor/vendor.toml")).unwrap();
    toml::from_str::<Listing>(&text).unwrap().package
}

fn files_below(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.insert(path.strip_prefix(root()).unwrap().to_owned());
        }
    }
}

#[test]
fn every_vendored_file_has_the_hash_it_is_listed_with() {
    for package in listing() {
        for (path, expected) in &package.files {
            let bytes =
                std::fs::read(root().join(path)).unwrap_or_else(|e| panic!("{}: {path}: {e}", package.name));
            let found = hex::encode(Sha256::digest(&bytes));
            assert_eq!(&found, expected, "{path} of {} {} was changed", package.name, package.version);
        }
    }
}

#[test]
fn nothing_unlisted_lies_among_the_vendored_files() {
    let listed: BTreeSet<PathBuf> =
        listing().iter().flat_map(|p| p.files.keys()).map(PathBuf::from).collect();
    let mut found = BTreeSet::new();
    for folder in FOLDERS {
        files_below(&root().join(folder), &mut found);
    }
    found.remove(Path::new("assets/vendor/vendor.toml"));
    assert_eq!(found, listed, "files in {FOLDERS:?} and the list differ");
}

#[test]
fn every_package_says_what_it_is_and_carries_its_licence() {
    for package in listing() {
        assert!(!package.what.is_empty() && !package.licence.is_empty(), "{}", package.name);
        assert!(package.version.split('.').count() == 3, "{} has no full version", package.name);
        assert!(
            package.files.keys().any(|path| path.to_lowercase().contains("licen")),
            "{} lies here without its licence",
            package.name
        );
    }
}
