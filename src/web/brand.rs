//! The customer's one colour, as the style sheet that every page ends its list with.

use actix_web::{HttpResponse, http::header, web};

use crate::{
    base::colour::{Brand, Colour},
    config::Config,
    kit::Kit,
};

/// The four shades of the configured colour; none for the standard colour, whose shades stand in the sheet itself.
fn shades(config: &Config) -> Option<Brand> {
    let standard = Config::standard_colour();
    let colour: Colour = config.organisation.colour.parse().ok()?;
    if colour == standard { None } else { Brand::of(colour).ok() }
}

/// `GET /static/brand.css`
pub async fn serve(kit: web::Data<Kit>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(shades(&kit.config).map(|brand| brand.css()).unwrap_or_default())
}
