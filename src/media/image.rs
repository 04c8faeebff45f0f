//! Pictures: taken in (checked, cleaned of metadata) and drawn again in the shapes that pages and
//! channels want.
//!
//! A JPEG is decoded no larger than the largest shape asked for: the decoder leaves out detail while it
//! reads (its DCT gives halves, quarters and eighths for little), which is faster and smaller than
//! decoding all and throwing most of it away. Turning and colour conversion happen on the small result.

use std::io::Cursor;

use fast_image_resize::{ResizeOptions, Resizer};
use image::{
    AnimationDecoder, DynamicImage, ImageDecoder, ImageEncoder, ImageError, Limits, RgbImage,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};
use jpeg_decoder::PixelFormat;

use super::{
    content::{Content, Refusal},
    jpeg,
};

/// Most bytes a decoder may reserve for one picture.
const MAX_DECODED: u64 = 256 << 20;
/// Fewest pixels on the shorter side; less is a mistake.
const MIN_SIDE: u32 = 16;

/// Width over height of the tallest and the broadest picture that every channel takes (`limits.toml`, `[common.image]`).
const TALLEST: f64 = 0.8;
const BROADEST: f64 = 1.91;

/// A shape in which a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// As wide as an ad page shows it.
    Wide,
    /// On a card in a list.
    Card,
    /// In the library.
    Thumb,
    /// The preview that social channels show of a link.
    Social,
    /// Square, for grids.
    Square,
    /// Uploaded to a channel; under the smallest byte limit of any (`limits.toml`, `[common.image]`).
    Post,
    /// The same of what is too tall for some, cut around the focus to a hair under four by five.
    Tall,
    /// The same of what is too broad for some, cut to a hair under 1.91 by one.
    Broad,
    /// The same of a drawing as a JPEG, for those that take nothing else.
    Flat,
}

/// How a picture fills a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fill {
    /// All of it, inside this box.
    Within(u32, u32),
    /// Cut to this form around the focus.
    Cut(u32, u32),
}

impl Profile {
    /// Every shape there is.
    pub const ALL: [Self; 9] = [
        Self::Wide,
        Self::Card,
        Self::Thumb,
        Self::Social,
        Self::Square,
        Self::Post,
        Self::Tall,
        Self::Broad,
        Self::Flat,
    ];

    /// Those that are drawn of a picture of this size: the last three only where a channel may need them.
    pub fn of(width: i32, height: i32, graphic: bool) -> Vec<Self> {
        let ratio = f64::from(width) / f64::from(height.max(1));
        let wanted = |profile: &Self| match profile {
            Self::Tall => ratio < TALLEST,
            Self::Broad => ratio > BROADEST,
            Self::Flat => graphic,
            _ => true,
        };
        Self::ALL.into_iter().filter(wanted).collect()
    }

    /// As in addresses and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Card => "card",
            Self::Thumb => "thumb",
            Self::Social => "social",
            Self::Square => "square",
            Self::Post => "post",
            Self::Tall => "tall",
            Self::Broad => "broad",
            Self::Flat => "flat",
        }
    }
    /// Whether it is a JPEG whatever the picture is.
    const fn is_jpeg(self) -> bool {
        matches!(self, Self::Tall | Self::Broad | Self::Flat)
    }
    const fn fill(self) -> Fill {
        match self {
            Self::Wide => Fill::Within(1600, 1600),
            Self::Card => Fill::Cut(800, 500),
            Self::Thumb => Fill::Cut(320, 240),
            Self::Social => Fill::Cut(1200, 630),
            Self::Square => Fill::Cut(1080, 1080),
            Self::Post | Self::Flat => Fill::Within(2000, 2000),
            Self::Tall => Fill::Cut(1620, 2000),
            Self::Broad => Fill::Cut(1900, 1000),
        }
    }
    /// Most bytes it may have, where somebody sets a limit.
    const fn max_bytes(self) -> Option<usize> {
        match self {
            Self::Post | Self::Tall | Self::Broad | Self::Flat => Some(950_000),
            _ => None,
        }
    }
}

/// The point that must stay in a cut, in hundredths from the left and from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// From the left, 0–100.
    pub x: u8,
    /// From the top, 0–100.
    pub y: u8,
}

impl Default for Focus {
    /// Slightly above the middle, where faces are.
    fn default() -> Self {
        Self { x: 50, y: 42 }
    }
}

/// A picture we take: whole, cleaned, measured.
pub struct Admitted {
    /// The file to keep, without metadata but for orientation and colours.
    pub bytes: Vec<u8>,
    /// What the kept file is (a GIF or WebP is kept as PNG or JPEG).
    pub content: Content,
    /// Width as seen.
    pub width: u32,
    /// Height as seen.
    pub height: u32,
    /// Drawn rather than photographed: see-through, or of few colours.
    pub graphic: bool,
}

/// One shape of a picture, encoded.
pub struct Rendition {
    /// Which shape.
    pub profile: Profile,
    /// The file.
    pub bytes: Vec<u8>,
    /// JPEG or PNG.
    pub content: Content,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Checks a picture file whole and cleans it. Refuses animation, too many pixels (before anything is
/// decoded), and what cannot be decoded to its end.
pub fn admit(content: Content, file: Vec<u8>, max_pixels: u64) -> Result<Admitted, Refusal> {
    if content == Content::Jpeg {
        let jpeg::Clean { bytes, orientation } = jpeg::clean(&file)?;
        drop(file);
        let mut decoder = jpeg_reader(&bytes, max_pixels)?;
        let info = decoder.info().ok_or(BROKEN)?;
        // an eighth of the size reads every coded bit and keeps little
        decoder.scale(1, 1).and_then(|_| decoder.decode()).map_err(|_| BROKEN)?;
        let (width, height) = turned(orientation, info.width.into(), info.height.into());
        return Ok(Admitted { bytes, content, width, height, graphic: false });
    }
    let (mut pixels, orientation, icc) = decode_other(content, &file, max_pixels)?;
    drop(file);
    pixels.apply_orientation(orientation);
    let mut pixels = plain(pixels);
    to_srgb(&mut pixels, icc.as_deref());
    let transparent = transparent(&pixels);
    let graphic = transparent || few_colours(&pixels);
    let (width, height) = (pixels.width(), pixels.height());
    // lossy WebP photographs stay lossy; everything drawn stays exact
    let content = if content == Content::WebP && !graphic { Content::Jpeg } else { Content::Png };
    let bytes = match content {
        Content::Jpeg => encode_jpeg(&on_white(pixels), 92)?,
        _ => encode_png(&if transparent { pixels } else { DynamicImage::ImageRgb8(pixels.into_rgb8()) })?,
    };
    Ok(Admitted { bytes, content, width, height, graphic })
}

/// Draws a kept picture in every shape asked for, in the order asked.
pub fn draw(
    content: Content,
    file: &[u8],
    graphic: bool,
    focus: Focus,
    profiles: &[Profile],
) -> Result<Vec<Rendition>, Refusal> {
    let open = open(content, file, profiles)?;
    profiles.iter().map(|profile| open.draw(*profile, graphic, focus)).collect()
}

const BROKEN: Refusal = Refusal::new("media-refused-broken");

/// A decoded picture, as it lies in the file.
struct Open {
    pixels: DynamicImage,
    /// EXIF orientation, 1–8.
    orientation: u8,
    icc: Option<Vec<u8>>,
    /// Size of the whole picture as it lies; `pixels` may be a half, a quarter or an eighth.
    full: (u32, u32),
}

fn open(content: Content, file: &[u8], profiles: &[Profile]) -> Result<Open, Refusal> {
    if content != Content::Jpeg {
        let (pixels, orientation, icc) = decode_other(content, file, u64::MAX)?;
        let full = (pixels.width(), pixels.height());
        return Ok(Open { pixels: plain(pixels), orientation: orientation.to_exif(), icc, full });
    }
    let orientation = jpeg::clean(file)?.orientation;
    let mut decoder = jpeg_reader(file, u64::MAX)?;
    let info = decoder.info().ok_or(BROKEN)?;
    let icc = decoder.icc_profile();
    let full = (u32::from(info.width), u32::from(info.height));
    let seen = turned(orientation, full.0, full.1);
    let needed = profiles.iter().map(|p| scale_of(*p, seen)).fold(0.0, f64::max);
    let at_least = |side: u32| {
        // within u16 because the side is, and no profile enlarges
        (f64::from(side) * needed).ceil().clamp(1.0, f64::from(u16::MAX)) as u16
    };
    let (width, height) = decoder.scale(at_least(full.0), at_least(full.1)).map_err(|_| BROKEN)?;
    let (width, height) = (u32::from(width), u32::from(height));
    let pixels = match info.pixel_format {
        PixelFormat::RGB24 => {
            let raw = decoder.decode().map_err(|_| BROKEN)?;
            DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, raw).ok_or(BROKEN)?)
        }
        PixelFormat::L8 => {
            let raw = decoder.decode().map_err(|_| BROKEN)?;
            let grey = image::GrayImage::from_raw(width, height, raw).ok_or(BROKEN)?;
            DynamicImage::ImageRgb8(DynamicImage::ImageLuma8(grey).into_rgb8())
        }
        // printers' colours and 16-bit greys are rare; the other decoder knows them
        PixelFormat::CMYK32 | PixelFormat::L16 => {
            let mut reader = image::ImageReader::with_format(Cursor::new(file), image::ImageFormat::Jpeg);
            reader.limits(limits());
            DynamicImage::ImageRgb8(reader.decode().map_err(refusal)?.into_rgb8())
        }
    };
    Ok(Open { pixels, orientation, icc, full })
}

impl Open {
    fn draw(&self, profile: Profile, graphic: bool, focus: Focus) -> Result<Rendition, Refusal> {
        let seen = turned(self.orientation, self.full.0, self.full.1);
        let (cut, (width, height)) = placed(profile, seen, focus);
        let cut = lying(self.orientation, self.full, cut);
        // the cut is in pixels of the whole picture
        let (sx, sy) = (
            f64::from(self.pixels.width()) / f64::from(self.full.0),
            f64::from(self.pixels.height()) / f64::from(self.full.1),
        );
        let (dw, dh) = turned(self.orientation, width, height);
        let mut drawn = DynamicImage::new(dw, dh, self.pixels.color());
        let options = ResizeOptions::new().crop(cut.x * sx, cut.y * sy, cut.w * sx, cut.h * sy);
        Resizer::new().resize(&self.pixels, &mut drawn, &options).map_err(|_| BROKEN)?;
        if let Some(orientation) = Orientation::from_exif(self.orientation) {
            drawn.apply_orientation(orientation);
        }
        to_srgb(&mut drawn, self.icc.as_deref());
        encode(profile, drawn, graphic)
    }
}

fn encode(profile: Profile, pixels: DynamicImage, graphic: bool) -> Result<Rendition, Refusal> {
    let (width, height) = (pixels.width(), pixels.height());
    let fits = |bytes: &[u8]| profile.max_bytes().is_none_or(|max| bytes.len() <= max);
    let transparent = transparent(&pixels);
    if graphic && !profile.is_jpeg() {
        let png = if transparent {
            encode_png(&pixels)?
        } else {
            encode_png(&DynamicImage::ImageRgb8(pixels.to_rgb8()))?
        };
        // a drawing of many colours may be far smaller as a JPEG, and nobody sees the difference at 90
        let smaller = if transparent { None } else { Some(encode_jpeg(&on_white(pixels.clone()), 90)?) };
        match smaller {
            Some(jpeg) if jpeg.len() * 3 < png.len() * 2 && fits(&jpeg) => {
                return Ok(Rendition { profile, bytes: jpeg, content: Content::Jpeg, width, height });
            }
            _ if fits(&png) => {
                return Ok(Rendition { profile, bytes: png, content: Content::Png, width, height });
            }
            _ => {}
        }
    }
    let mut flat = on_white(pixels);
    loop {
        for quality in [82, 74, 66, 58] {
            let bytes = encode_jpeg(&flat, quality)?;
            if fits(&bytes) {
                let (width, height) = flat.dimensions();
                return Ok(Rendition { profile, bytes, content: Content::Jpeg, width, height });
            }
        }
        // worse than this is ugly; make it smaller instead
        let (w, h) = (flat.width() * 4 / 5, flat.height() * 4 / 5);
        let mut less = DynamicImage::new_rgb8(w.max(1), h.max(1));
        Resizer::new()
            .resize(&DynamicImage::ImageRgb8(flat), &mut less, &ResizeOptions::new())
            .map_err(|_| BROKEN)?;
        flat = less.into_rgb8();
    }
}

fn encode_jpeg(pixels: &RgbImage, quality: u8) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::with_capacity(pixels.as_raw().len() / 12);
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality);
    // tables made to measure would save 5 %, but the encoder then writes one scan for each colour, and
    // there are decoders (zune-jpeg 0.5 among them) that read such scans wrongly at 4:2:0
    encoder.set_optimized_huffman_tables(false);
    if quality < 90 {
        encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    }
    let side = |n: u32| u16::try_from(n).map_err(|_| BROKEN);
    encoder
        .encode(pixels.as_raw(), side(pixels.width())?, side(pixels.height())?, jpeg_encoder::ColorType::Rgb)
        .map_err(|_| BROKEN)?;
    Ok(out)
}

fn encode_png(pixels: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    image::codecs::png::PngEncoder::new_with_quality(
        &mut out,
        image::codecs::png::CompressionType::Default,
        image::codecs::png::FilterType::Adaptive,
    )
    .write_image(pixels.as_bytes(), pixels.width(), pixels.height(), pixels.color().into())
    .map_err(|_| BROKEN)?;
    Ok(out)
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODED);
    limits
}

fn jpeg_reader(file: &[u8], max_pixels: u64) -> Result<jpeg_decoder::Decoder<&[u8]>, Refusal> {
    let mut decoder = jpeg_decoder::Decoder::new(file);
    decoder.set_max_decoding_buffer_size(MAX_DECODED as usize);
    decoder.read_info().map_err(|_| BROKEN)?;
    let info = decoder.info().ok_or(BROKEN)?;
    measured(info.width.into(), info.height.into(), max_pixels)?;
    Ok(decoder)
}

/// Everything but JPEG: header first, pixels only when there are not too many.
fn decode_other(
    content: Content,
    file: &[u8],
    max_pixels: u64,
) -> Result<(DynamicImage, Orientation, Option<Vec<u8>>), Refusal> {
    let moving = Refusal::new("media-refused-moving");
    match content {
        Content::Png => {
            let decoder = PngDecoder::with_limits(Cursor::new(file), limits()).map_err(refusal)?;
            measured(decoder.dimensions().0, decoder.dimensions().1, max_pixels)?;
            if decoder.is_apng().map_err(refusal)? {
                return Err(moving);
            }
            decoded(decoder)
        }
        Content::WebP => {
            let decoder = WebPDecoder::new(Cursor::new(file)).map_err(refusal)?;
            measured(decoder.dimensions().0, decoder.dimensions().1, max_pixels)?;
            if decoder.has_animation() {
                return Err(moving);
            }
            decoded(decoder)
        }
        Content::Gif => {
            let decoder = GifDecoder::new(Cursor::new(file)).map_err(refusal)?;
            measured(decoder.dimensions().0, decoder.dimensions().1, max_pixels)?;
            let mut frames = decoder.into_frames();
            let first = frames.next().ok_or(BROKEN)?.map_err(refusal)?;
            match frames.next() {
                None => {}
                Some(Ok(_)) => return Err(moving),
                Some(Err(error)) => return Err(refusal(error)),
            }
            Ok((DynamicImage::ImageRgba8(first.into_buffer()), Orientation::NoTransforms, None))
        }
        Content::Jpeg | Content::Mp4 | Content::WebM => Err(BROKEN),
    }
}

fn decoded(mut decoder: impl ImageDecoder) -> Result<(DynamicImage, Orientation, Option<Vec<u8>>), Refusal> {
    decoder.set_limits(limits()).map_err(refusal)?;
    let orientation = decoder.orientation().map_err(refusal)?;
    let icc = decoder.icc_profile().map_err(refusal)?;
    Ok((DynamicImage::from_decoder(decoder).map_err(refusal)?, orientation, icc))
}

fn refusal(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::new("media-refused-memory"),
        ImageError::IoError(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
            Refusal::new("media-refused-cut-off")
        }
        _ => BROKEN,
    }
}

/// Refuses by the header alone what has too many pixels or too few.
fn measured(width: u32, height: u32, max_pixels: u64) -> Result<(), Refusal> {
    if u64::from(width) * u64::from(height) > max_pixels {
        return Err(too_large(width, height, max_pixels));
    }
    if width.min(height) < MIN_SIDE {
        return Err(Refusal::new("media-refused-tiny").with("width", &width).with("height", &height));
    }
    Ok(())
}

fn too_large(width: u32, height: u32, max_pixels: u64) -> Refusal {
    Refusal::new("media-refused-pixels")
        .with("width", &width)
        .with("height", &height)
        .with("megapixels", &(max_pixels / 1_000_000))
}

/// Eight bits of red, green and blue, and see-through where it is.
fn plain(pixels: DynamicImage) -> DynamicImage {
    match pixels {
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => pixels,
        other if other.color().has_alpha() => DynamicImage::ImageRgba8(other.into_rgba8()),
        other => DynamicImage::ImageRgb8(other.into_rgb8()),
    }
}

fn transparent(pixels: &DynamicImage) -> bool {
    pixels.as_rgba8().is_some_and(|p| p.pixels().any(|p| p.0[3] < 255))
}

/// At most 256 colours among some hundred thousand pixels spread over the picture.
fn few_colours(pixels: &DynamicImage) -> bool {
    let size = usize::from(pixels.color().bytes_per_pixel());
    let bytes = pixels.as_bytes();
    // an odd step does not fall into the columns of the picture
    let step = (bytes.len() / size / 100_000).max(1) | 1;
    let mut seen = std::collections::HashSet::new();
    for pixel in bytes.chunks_exact(size).step_by(step) {
        if seen.insert(&pixel[..3]) && seen.len() > 256 {
            return false;
        }
    }
    true
}

/// Without see-through: laid on white.
fn on_white(pixels: DynamicImage) -> RgbImage {
    let DynamicImage::ImageRgba8(rgba) = pixels else { return pixels.into_rgb8() };
    let (width, height) = rgba.dimensions();
    let mut out = Vec::with_capacity(rgba.len() / 4 * 3);
    for p in rgba.as_raw().chunks_exact(4) {
        let alpha = u32::from(p[3]);
        // between 0 and 255, because it is a mean of two such numbers
        out.extend(p[..3].iter().map(|c| ((u32::from(*c) * alpha + 255 * (255 - alpha) + 127) / 255) as u8));
    }
    RgbImage::from_raw(width, height, out).expect("three bytes for each of its pixels")
}

/// From the colours of the camera or screen to those of the web. A profile that cannot be read, or is
/// not of red, green and blue, is left out: the numbers are then taken as they are.
fn to_srgb(pixels: &mut DynamicImage, icc: Option<&[u8]>) {
    use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
    let Some(Ok(profile)) = icc.map(ColorProfile::new_from_slice) else { return };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let (layout, data): (Layout, &mut [u8]) = match pixels {
        DynamicImage::ImageRgb8(p) => (Layout::Rgb, p),
        DynamicImage::ImageRgba8(p) => (Layout::Rgba, p),
        _ => return,
    };
    let srgb = ColorProfile::new_srgb();
    if let Ok(change) = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()) {
        let before = data.to_vec();
        if change.transform(&before, data).is_err() {
            data.copy_from_slice(&before);
        }
    }
}

/// Width and height after turning by an EXIF orientation; the same again turns back.
fn turned(orientation: u8, width: u32, height: u32) -> (u32, u32) {
    if orientation >= 5 { (height, width) } else { (width, height) }
}

/// A part of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cut {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

/// Which part of a picture of this size fills the shape, and how large it is then drawn: never larger
/// than it is.
fn placed(profile: Profile, (width, height): (u32, u32), focus: Focus) -> (Cut, (u32, u32)) {
    let (w, h) = (f64::from(width), f64::from(height));
    let side = |n: f64| n.round().max(1.0) as u32;
    match profile.fill() {
        Fill::Within(max_w, max_h) => {
            let scale = (f64::from(max_w) / w).min(f64::from(max_h) / h).min(1.0);
            (Cut { x: 0.0, y: 0.0, w, h }, (side(w * scale), side(h * scale)))
        }
        Fill::Cut(to_w, to_h) => {
            let (to_w, to_h) = (f64::from(to_w), f64::from(to_h));
            let cover = (w / to_w).min(h / to_h);
            // a ratio of its own would else be a hair wider than the picture
            let (cut_w, cut_h) = ((to_w * cover).min(w), (to_h * cover).min(h));
            let at = |focus: u8, all: f64, part: f64| {
                (all * f64::from(focus.min(100)) / 100.0 - part / 2.0).clamp(0.0, (all - part).max(0.0))
            };
            let cut = Cut { x: at(focus.x, w, cut_w), y: at(focus.y, h, cut_h), w: cut_w, h: cut_h };
            let scale = (1.0 / cover).min(1.0);
            (cut, (side(cut_w * scale), side(cut_h * scale)))
        }
    }
}

/// How large, against the whole picture, a decoded one must be for the shape.
fn scale_of(profile: Profile, seen: (u32, u32)) -> f64 {
    let (cut, (width, height)) = placed(profile, seen, Focus::default());
    (f64::from(width) / cut.w).max(f64::from(height) / cut.h)
}

/// A part of the picture as seen, as a part of the picture as it lies in the file (`full` is its size).
fn lying(orientation: u8, full: (u32, u32), seen: Cut) -> Cut {
    let (w, h) = (f64::from(full.0), f64::from(full.1));
    let Cut { x, y, w: cw, h: ch } = seen;
    match orientation {
        2 => Cut { x: w - x - cw, ..seen },
        3 => Cut { x: w - x - cw, y: h - y - ch, ..seen },
        4 => Cut { y: h - y - ch, ..seen },
        5 => Cut { x: y, y: x, w: ch, h: cw },
        6 => Cut { x: y, y: h - x - cw, w: ch, h: cw },
        7 => Cut { x: w - y - ch, y: h - x - cw, w: ch, h: cw },
        8 => Cut { x: w - y - ch, y: x, w: ch, h: cw },
        _ => seen,
    }
}

#[cfg(test)]
#[path = "image_tests.rs"]
mod tests;
