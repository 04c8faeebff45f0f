//! `/privatliv`: what is done with applicants' data, for anybody to read, in the words of the form's own notice (D-03).

use actix_web::{HttpRequest, web};
use askama::Template;

use super::notice::{self, Section};
use crate::{
    kit::Kit,
    postings::Kept,
    web::{Answer, Shell, page},
};

#[derive(Template)]
#[template(path = "applications/privacy.html")]
struct PrivacyPage {
    shell: Shell,
    sections: Vec<Section>,
    version: String,
}

/// `GET /privatliv`
pub async fn privacy(req: HttpRequest, kit: web::Data<Kit>) -> Answer {
    let shell = Shell::public(&req, &kit.config);
    page(&PrivacyPage {
        sections: notice::sections(&kit.config, shell.t),
        version: notice::version(&kit.config, &Kept::standard(&kit.config)),
        shell,
    })
}
