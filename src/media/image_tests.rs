//! What `image.rs` promises, on real files.

use super::*;

const MANY: u64 = 50_000_000;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("tests/data/media/{name}")).unwrap()
}

fn take(name: &str) -> Result<Admitted, Refusal> {
    let bytes = file(name);
    admit(crate::media::content::judge(&bytes)?, bytes, MANY)
}

fn drawn(admitted: &Admitted, profile: Profile) -> (Rendition, RgbImage) {
    let r = draw(admitted.content, &admitted.bytes, admitted.graphic, Focus::default(), &[profile]).unwrap();
    let r = r.into_iter().next().unwrap();
    let pixels = image::load_from_memory(&r.bytes).unwrap().into_rgb8();
    assert_eq!((r.width, r.height), pixels.dimensions());
    (r, pixels)
}

fn near(pixel: &image::Rgb<u8>, want: [u8; 3]) -> bool {
    let same = pixel.0.iter().zip(want).all(|(a, b)| a.abs_diff(b) < 40);
    if !same {
        eprintln!("{pixel:?} is not {want:?}");
    }
    same
}

#[test]
fn a_photograph_is_seen_the_right_way_up_and_tells_nothing() {
    let photo = take("rotated.jpg").unwrap();
    assert_eq!((photo.width, photo.height, photo.graphic), (900, 1200, false));
    for profile in Profile::ALL {
        let (r, _) = drawn(&photo, profile);
        assert!(!r.bytes.windows(4).any(|w| w == b"Exif"), "{profile:?}");
        assert!(r.width <= 900 && r.height <= 1200, "{profile:?} is not enlarged");
    }
    let (wide, pixels) = drawn(&photo, Profile::Wide);
    assert_eq!((wide.width, wide.height), (900, 1200));
    assert!(near(pixels.get_pixel(40, 40), [0xd0, 0x18, 0x18]), "red is at the top left");
    assert!(near(pixels.get_pixel(860, 1160), [0x18, 0x30, 0xd0]), "blue is at the bottom right");
    let (card, _) = drawn(&photo, Profile::Card);
    assert_eq!((card.width, card.height), (800, 500));
    let (social, _) = drawn(&photo, Profile::Social);
    assert_eq!((social.width, social.height), (900, 473), "the right form, not enlarged");
}

/// Every orientation, drawn from a file that lies the other way round, looks like the upright one.
#[test]
fn all_eight_orientations() {
    let mut seen = RgbImage::from_pixel(200, 120, image::Rgb([200, 200, 200]));
    for (x, y, p) in seen.enumerate_pixels_mut() {
        if x < 60 && y < 40 {
            *p = image::Rgb([210, 20, 20]);
        } else if x >= 140 && y >= 80 {
            *p = image::Rgb([20, 40, 210]);
        }
    }
    // what must be done to lay it so that the orientation stands it up again
    let back = |o: u8| match o {
        6 => 8,
        8 => 6,
        same => same,
    };
    for orientation in 1..=8 {
        let mut lies = DynamicImage::ImageRgb8(seen.clone());
        lies.apply_orientation(Orientation::from_exif(back(orientation)).unwrap());
        let open = Open { full: (lies.width(), lies.height()), pixels: lies, orientation, icc: None };
        // a focus at the top left keeps the red and loses the blue
        let r = open.draw(Profile::Square, false, Focus { x: 0, y: 0 }).unwrap();
        let pixels = image::load_from_memory(&r.bytes).unwrap().into_rgb8();
        assert_eq!((r.width, r.height), (120, 120), "{orientation}");
        assert!(near(pixels.get_pixel(20, 15), [210, 20, 20]), "{orientation}");
        assert!(near(pixels.get_pixel(110, 110), [200, 200, 200]), "{orientation}");
        let r = open.draw(Profile::Square, false, Focus { x: 100, y: 0 }).unwrap();
        let pixels = image::load_from_memory(&r.bytes).unwrap().into_rgb8();
        assert!(near(pixels.get_pixel(100, 100), [20, 40, 210]), "{orientation}");
    }
}

#[test]
fn graphics_keep_their_edges_and_see_through() {
    let graphic = take("graphic.png").unwrap();
    assert!(graphic.graphic);
    let (r, _) = drawn(&graphic, Profile::Wide);
    assert_eq!((r.content, r.width), (Content::Png, 800));
    assert_eq!(image::load_from_memory(&r.bytes).unwrap().into_rgba8().get_pixel(0, 0).0[3], 0);
    let logo = take("logo.gif").unwrap();
    assert_eq!((logo.content, logo.graphic, logo.width), (Content::Png, true, 300));
    let photo = take("photo.webp").unwrap();
    assert_eq!((photo.content, photo.graphic, photo.width), (Content::Jpeg, false, 600));
}

#[test]
fn refused_with_a_reason() {
    for (name, key) in [
        ("bomb.png", "media-refused-pixels"),
        ("moving.gif", "media-refused-moving"),
        ("zip.jpg", "media-refused-zip"),
        ("heic.jpg", "media-refused-heic"),
        ("drawing.svg", "media-refused-svg"),
        ("page.jpg", "media-refused-html"),
    ] {
        assert_eq!(take(name).err().map(|r| r.key), Some(key), "{name}");
    }
    // cut off in the middle
    for name in ["rotated.jpg", "graphic.png", "photo.webp", "logo.gif"] {
        let mut bytes = file(name);
        bytes.truncate(bytes.len() / 2);
        let content = crate::media::content::judge(&bytes).unwrap();
        let key = admit(content, bytes, MANY).err().map(|r| r.key);
        assert!(matches!(key, Some("media-refused-cut-off" | "media-refused-broken")), "{name}: {key:?}");
    }
    // a JPEG whose header claims 65 500 × 65 500
    let mut bytes = file("rotated.jpg");
    let frame = bytes.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    assert_eq!(admit(Content::Jpeg, bytes, MANY).err().map(|r| r.key), Some("media-refused-pixels"));
}

/// Whatever a stranger writes into a picture, the answer is a picture or a refusal.
#[test]
fn strangers_do_no_harm() {
    for name in ["rotated.jpg", "graphic.png", "photo.webp", "logo.gif"] {
        let whole = file(name);
        let content = crate::media::content::judge(&whole).unwrap();
        for i in (0..whole.len().min(1500)).step_by(31) {
            let mut bytes = whole.clone();
            bytes[i] ^= 0xff;
            let _any_answer_but_a_panic = admit(content, bytes, MANY);
        }
    }
}

#[test]
fn a_post_stays_under_the_limit_of_the_channel() {
    // noise does not compress: the worst there is
    let mut state = 1u32;
    let noise = RgbImage::from_fn(2400, 1800, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    });
    let bytes = encode_jpeg(&noise, 90).unwrap();
    let r = draw(Content::Jpeg, &bytes, false, Focus::default(), &[Profile::Post]).unwrap();
    assert!(r[0].bytes.len() <= 950_000 && r[0].width > 500, "{} bytes, {}", r[0].bytes.len(), r[0].width);
    assert_eq!(r[0].width * 3, r[0].height * 4);
}

#[test]
fn every_shape_is_cut_from_every_size_without_leaving_the_picture() {
    for profile in
        [Profile::Wide, Profile::Card, Profile::Thumb, Profile::Social, Profile::Square, Profile::Post]
    {
        for width in 1..400 {
            for height in [1, 3, 90, 210, 337, 1000, 1600] {
                let (cut, (w, h)) = placed(profile, (width * 4, height), Focus { x: 100, y: 0 });
                assert!(cut.x >= 0.0 && cut.y >= 0.0 && w > 0 && h > 0);
                assert!(cut.x + cut.w <= f64::from(width * 4) + 1e-6, "{profile:?} {width} {height}");
            }
        }
    }
}
