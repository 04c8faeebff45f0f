//! Every URL on one page, grouped by who uses it. A handler is named by what it does; the rights it
//! asks for stand in its own first lines. `tests/suite/rights.rs` walks this map.

use actix_web::{
    middleware::from_fn,
    web::{self, ServiceConfig, get, head, patch, post},
};

use crate::{
    accounts,
    applications::{self, apply_pages, board_pages, move_pages, notice_pages, own_pages},
    channels, interviews, media, publishing, search, stories, support, tracking,
    web::{brand, files, health},
};

/// The map.
pub fn map(app: &mut ServiceConfig) {
    public(app);
    everyone(app);
    administrators(app);
    machines(app);
}

/// The careers site: no cookie, no script.
fn public(app: &mut ServiceConfig) {
    use crate::postings::public_pages;
    // what is read most comes first: addresses are tried in this order
    app.service(
        web::resource("/job/{slug}")
            .wrap(from_fn(tracking::pages::landing))
            .route(get().to(public_pages::ad)),
    );
    app.service(
        web::resource("/historier/{slug:[^.]+}")
            .wrap(from_fn(tracking::pages::landing))
            .route(get().to(stories::public_pages::story)),
    );
    app.route("/historier", get().to(stories::public_pages::list))
        .route("/historier/sitemap.xml", get().to(stories::public_pages::sitemap))
        .route("/feeds/historier.atom", get().to(stories::public_pages::atom));
    app.route("/", get().to(public_pages::list))
        .route("/job/{slug}/kort.png", get().to(public_pages::card))
        .route("/sitemap.xml", get().to(public_pages::sitemap))
        .route("/feeds/job.atom", get().to(public_pages::atom))
        .route("/feeds/job.json", get().to(public_pages::json))
        .route("/was", get().to(public_pages::statement))
        .route("/privatliv", get().to(notice_pages::privacy))
        .route("/r/{token}", get().to(tracking::pages::follow))
        .route("/r/{token}", head().to(tracking::pages::follow));
    app.route("/ansoeg/{slug}", get().to(apply_pages::form))
        .route("/ansoeg/{slug}", post().to(apply_pages::send))
        .route("/ansoeg/{slug}/tak", get().to(apply_pages::receipt))
        .route("/min-ansoegning/{token}", get().to(interviews::own_pages::home))
        .route("/min-ansoegning/{token}/samtale", get().to(interviews::own_pages::show))
        .route("/min-ansoegning/{token}/samtale", post().to(interviews::own_pages::choose))
        .route("/min-ansoegning/{token}/samtale/nej", post().to(interviews::own_pages::decline))
        .route("/min-ansoegning/{token}/samtale.ics", get().to(interviews::own_pages::calendar))
        .route("/min-ansoegning/{token}/filer", post().to(own_pages::add_files))
        .route("/min-ansoegning/{token}/filer/{paper}", get().to(own_pages::file))
        .route("/min-ansoegning/{token}/kontakt", post().to(own_pages::set_contact))
        .route("/min-ansoegning/{token}/begrundelse", post().to(own_pages::ask_reasons))
        .route("/min-ansoegning/{token}/traek", get().to(own_pages::ask_withdraw))
        .route("/min-ansoegning/{token}/traek", post().to(interviews::own_pages::withdraw))
        .route("/min-ansoegning/{token}/slet", get().to(crate::retention::own_pages::show))
        .route("/min-ansoegning/{token}/slet", post().to(crate::retention::own_pages::ask));
}

/// The staff side.
fn everyone(app: &mut ServiceConfig) {
    app.route("/log-ind", get().to(accounts::pages::log_in_page))
        .route("/log-ind", post().to(accounts::pages::log_in))
        .route("/log-ud", post().to(accounts::pages::log_out))
        .route("/soeg", get().to(search::pages::search))
        .route("/start", get().to(crate::start::pages::start))
        .route("/sprog", post().to(accounts::pages::set_language))
        .route("/glemt-adgangskode", get().to(accounts::password_pages::forgotten_page))
        .route("/glemt-adgangskode", post().to(accounts::password_pages::forgotten))
        .route("/adgangskode/{link}", get().to(accounts::password_pages::password_page))
        .route("/adgangskode/{link}", post().to(accounts::password_pages::choose_password));
    postings(app);
    content(app);
    campaigns(app);
    aims(app);
    channels(app);
    publishing(app);
    media_library(app);
    help(app);
    applicants(app);
    assessment(app);
    talks(app);
    answers(app);
    retention(app);
}

/// Stories and plain posts, and where they were told.
fn content(app: &mut ServiceConfig) {
    use publishing::{compose_pages, story_pages};
    use stories::{pages, write_pages};
    app.route("/indhold", get().to(pages::list))
        .route("/indhold/ny", get().to(pages::new_page))
        .route("/indhold/ny", post().to(pages::create))
        .route("/indhold/{id}", get().to(story_pages::show))
        .route("/indhold/{id}/rediger", get().to(write_pages::edit))
        .route("/indhold/{id}/rediger", post().to(write_pages::save))
        .route("/indhold/{id}/klar", post().to(pages::finish))
        .route("/indhold/{id}/kladde", post().to(pages::reopen))
        .route("/indhold/{id}/arkiver", post().to(pages::archive))
        .route("/indhold/{id}/udgiv", get().to(compose_pages::compose_story))
        .route("/indhold/{id}/udgiv", post().to(compose_pages::publish_story))
        .route("/indhold/{id}/udgiv/vis", post().to(compose_pages::preview_story));
}

/// Campaigns, and what came of them and of each theme.
fn campaigns(app: &mut ServiceConfig) {
    use crate::{
        campaigns::{pages, write_pages},
        insights::{campaign_pages, theme_pages},
    };
    app.route("/kampagner", get().to(pages::list))
        .route("/kampagner/ny", get().to(write_pages::new_page))
        .route("/kampagner/ny", post().to(write_pages::create))
        .route("/kampagner/{id}", get().to(campaign_pages::show))
        .route("/kampagner/{id}/tal.csv", get().to(campaign_pages::csv))
        .route("/kampagner/{id}/rediger", get().to(write_pages::edit))
        .route("/kampagner/{id}/rediger", post().to(write_pages::save))
        .route("/kampagner/{id}/arkiver", post().to(pages::archive))
        .route("/kampagner/{id}/genaabn", post().to(pages::reopen))
        .route("/kampagner/{id}/slet", post().to(pages::delete))
        .route("/tal/temaer", get().to(theme_pages::show))
        .route("/tal/temaer.csv", get().to(theme_pages::csv));
}

/// To whom units speak, how and where: everybody who writes reads it, communications write it.
fn aims(app: &mut ServiceConfig) {
    use crate::strategy::{edit_pages, pages};
    app.route("/strategi", get().to(pages::show))
        .route("/strategi/{id}", get().to(edit_pages::form))
        .route("/strategi/{id}", post().to(edit_pages::save));
}

/// Connected accounts: communications and HR look after them, whoever publishes sees them.
fn channels(app: &mut ServiceConfig) {
    use channels::{connect_pages, package_pages, pages};
    app.route("/kanaler", get().to(pages::list))
        .route("/kanaler/forbind", get().to(connect_pages::choose))
        .route("/kanaler/forbind/bluesky", get().to(connect_pages::bluesky))
        .route("/kanaler/forbind/bluesky", post().to(connect_pages::connect_bluesky))
        .route("/kanaler/forbind/pakke", get().to(package_pages::form))
        .route("/kanaler/forbind/pakke", post().to(package_pages::settle))
        .route("/kanaler/forbind/{kind}", get().to(connect_pages::form))
        .route("/kanaler/forbind/{kind}", post().to(connect_pages::begin))
        .route("/kanaler/forbind/{kind}/svar", get().to(connect_pages::answer))
        .route("/kanaler/forbind/{kind}/{name}", get().to(connect_pages::underway))
        .route("/kanaler/forbind/{kind}/{name}/ja", post().to(connect_pages::say_yes))
        .route("/kanaler/forbind/{kind}/{name}/fortryd", post().to(connect_pages::stop))
        .route("/kanaler/{id}", get().to(pages::show))
        .route("/kanaler/{id}/pakke", get().to(package_pages::show))
        .route("/kanaler/{id}/pakke", post().to(package_pages::change))
        .route("/kanaler/{id}/tjek", post().to(pages::look))
        .route("/kanaler/{id}/afbryd", post().to(pages::disconnect));
}

/// Who manages people and units.
fn administrators(app: &mut ServiceConfig) {
    use accounts::people_pages as people;
    app.route("/personer", get().to(people::people_page))
        .route("/personer/ny", get().to(people::new_person_page))
        .route("/personer/ny", post().to(people::add_person))
        .route("/personer/{id}", get().to(people::show_person))
        .route("/personer/{id}/rolle", post().to(people::give_role))
        .route("/personer/{id}/rolle/{membership}/slut", post().to(people::end_role))
        .route("/personer/{id}/link", post().to(people::send_link))
        .route("/personer/{id}/adgang", post().to(people::set_access))
        .route("/enheder", get().to(people::show_units))
        .route("/enheder", post().to(people::add_unit))
        .route("/log", get().to(crate::insights::audit_pages::log));
}

/// What is on its way out and what is out.
fn publishing(app: &mut ServiceConfig) {
    use publishing::{
        approval_pages, calendar_pages, comment_pages, compose_pages, consent_pages, correct_pages,
        digest_pages, evergreen_pages, guest_pages, package_pages, pages, pause_pages, preflight_pages,
        proof_pages, rewrite_pages, rule_pages, series_pages, slot_pages, snippet_pages, verb_pages,
    };
    app.route("/jobopslag/{id}/udgiv", get().to(compose_pages::compose))
        .route("/jobopslag/{id}/udgiv", post().to(compose_pages::publish))
        .route("/jobopslag/{id}/udgiv/vis", post().to(compose_pages::preview))
        .route("/godkendelser", get().to(approval_pages::list))
        .route("/godkendelser/{id}", get().to(approval_pages::show))
        .route("/godkendelser/{id}/svar", post().to(approval_pages::answer))
        .route("/godkendelser/{id}/send", post().to(approval_pages::submit))
        .route("/godkendelser/{id}/bemaerk", post().to(approval_pages::remark))
        .route("/godkendelser/{id}/ekstern", post().to(guest_pages::invite))
        .route("/godkendelser/{id}/ekstern/{link}/slut", post().to(guest_pages::revoke))
        .route("/samtykke/{token}", get().to(media::people::answer_pages::show))
        .route("/samtykke/{token}", post().to(media::people::answer_pages::answer))
        .route("/samtykke/{token}/billede/{asset}", get().to(media::people::answer_pages::picture))
        .route("/ekstern/{token}", get().to(guest_pages::show))
        .route("/ekstern/{token}/svar", post().to(guest_pages::answer))
        .route("/ekstern/{token}/bemaerk", post().to(guest_pages::remark))
        .route("/ansvar", get().to(rule_pages::list))
        .route("/ansvar/{id}", get().to(rule_pages::form))
        .route("/ansvar/{id}", post().to(rule_pages::save))
        .route("/skabeloner", get().to(snippet_pages::list))
        .route("/skabeloner", post().to(snippet_pages::add))
        .route("/skabeloner/{id}/fjern", post().to(snippet_pages::remove))
        .route("/kanaler/{id}/pladser", get().to(slot_pages::form))
        .route("/kanaler/{id}/pladser", post().to(slot_pages::save))
        .route("/gentagelser", get().to(series_pages::list))
        .route("/gentagelser/{id}", get().to(series_pages::show))
        .route("/gentagelser/{id}/tekst", post().to(series_pages::rewrite))
        .route("/gentagelser/{id}/pause", post().to(series_pages::pause))
        .route("/gentagelser/{id}/fortsaet", post().to(series_pages::go_on))
        .route("/gentagelser/{id}/stop", post().to(series_pages::stop))
        .route("/gentagelser/{id}/tag-ned", post().to(series_pages::take_down))
        .route("/tidloese", get().to(evergreen_pages::list))
        .route("/tidloese/{id}/fjern", post().to(evergreen_pages::retire))
        .route("/morgenbrev", get().to(digest_pages::show))
        .route("/morgenbrev", post().to(digest_pages::save))
        .route("/kalender", get().to(calendar_pages::calendar))
        .route("/udsendelser", get().to(pages::queue))
        .route("/udsendelser/forhaandstjek", get().to(preflight_pages::preflight))
        .route("/udsendelser/pause", get().to(pause_pages::ask))
        .route("/udsendelser/pause", post().to(pause_pages::pause_all))
        .route("/udsendelser/pause/{id}/slut", post().to(pause_pages::go_on))
        .route("/udsendelser/{id}", get().to(pages::delivery))
        .route("/udsendelser/{id}/tekst", get().to(rewrite_pages::form))
        .route("/udsendelser/{id}/tekst", post().to(rewrite_pages::save))
        .route("/udsendelser/{id}/tekst/vis", post().to(rewrite_pages::preview))
        .route("/udsendelser/{id}/annuller", post().to(verb_pages::cancel))
        .route("/udsendelser/{id}/flyt", post().to(verb_pages::move_to))
        .route("/udsendelser/{id}/pause", post().to(verb_pages::hold))
        .route("/udsendelser/{id}/fortsaet", post().to(verb_pages::release))
        .route("/udsendelser/{id}/er-udgivet", post().to(verb_pages::is_there))
        .route("/udsendelser/{id}/ikke-udgivet", post().to(verb_pages::is_not_there))
        .route("/udsendelser/{id}/ved-fristen", post().to(verb_pages::at_the_end))
        .route("/udsendelser/{id}/tag-ned", post().to(verb_pages::take_down))
        .route("/udsendelser/{id}/er-taget-ned", post().to(verb_pages::is_gone))
        .route("/udsendelser/{id}/igen", post().to(verb_pages::again))
        .route("/udsendelser/{id}/kommentar/staar-der", post().to(comment_pages::is_there))
        .route("/udsendelser/{id}/kommentar/skriv-igen", post().to(comment_pages::say_again))
        .route("/udsendelser/{id}/kommentar/lad-vaere", post().to(comment_pages::let_be))
        .route("/udsendelser/{id}/kommentar/er-vaek", post().to(comment_pages::is_gone))
        .route("/udsendelser/personer/{person}", get().to(consent_pages::shown))
        .route("/udsendelser/{id}/rettet", post().to(correct_pages::corrected))
        .route("/udsendelser/{id}/glem-rettelsen", post().to(correct_pages::forget))
        .route("/rettelser/{id}", get().to(correct_pages::show))
        .route("/rettelser/{id}", post().to(correct_pages::save))
        .route("/rettelser/{id}/svar", post().to(correct_pages::answer))
        .route("/pakker/{id}/rettet", post().to(correct_pages::corrected))
        .route("/udsendelser/{id}/bevis", get().to(proof_pages::proof))
        .route("/udsendelser/{id}/bevis.json", get().to(proof_pages::as_json))
        .route("/pakker/{id}", get().to(package_pages::show))
        .route("/pakker/{id}/pakke.zip", get().to(package_pages::zip))
        .route("/pakker/{id}/fil/{piece}", get().to(package_pages::piece))
        .route("/pakker/{id}/slaaet-op", post().to(package_pages::posted))
        .route("/pakker/{id}/ikke-slaaet-op", post().to(package_pages::not_posted))
        .route("/pakker/{id}/taget-ned", post().to(package_pages::taken_down));
}

/// Help with content that units ask for.
fn help(app: &mut ServiceConfig) {
    use support::{pages, request_pages};
    app.route("/bistand", get().to(pages::list))
        .route("/bistand/ny", get().to(pages::new_page))
        .route("/bistand/ny", post().to(pages::create))
        .route("/tal", get().to(crate::insights::reach_pages::overview))
        .route("/bistand/tal", get().to(crate::insights::support_pages::numbers))
        .route("/bistand/{id}", get().to(request_pages::show))
        .route("/bistand/{id}/skriv", post().to(request_pages::write))
        .route("/bistand/{id}/tag", post().to(request_pages::take))
        .route("/bistand/{id}/slip", post().to(request_pages::release))
        .route("/bistand/{id}/spoerg", post().to(request_pages::ask_back))
        .route("/bistand/{id}/lever", post().to(request_pages::deliver))
        .route("/bistand/{id}/afvis", post().to(request_pages::decline))
        .route("/bistand/{id}/annuller", post().to(request_pages::cancel));
}

/// The library: whoever works with pictures and films.
fn media_library(app: &mut ServiceConfig) {
    use media::{asset_pages, file_pages, pages, people};
    app.route("/medier", get().to(pages::library))
        .route("/medier", post().to(pages::add_files))
        .route("/medier/filer", post().to(file_pages::begin))
        .route("/medier/filer/{upload}", get().to(file_pages::standing))
        .route("/medier/filer/{upload}", patch().to(file_pages::part))
        .route("/medier/filer/{upload}", post().to(file_pages::finish))
        .route("/medier/filer/{upload}/stop", post().to(file_pages::stop))
        .route("/medier/personer", get().to(people::pages::list))
        .route("/medier/personer", post().to(people::pages::add))
        .route("/medier/personer/{person}", get().to(people::person_pages::show))
        .route("/medier/personer/{person}/spoerg", post().to(people::person_pages::ask))
        .route("/medier/personer/{person}/ja", post().to(people::person_pages::note))
        .route("/medier/personer/{person}/nej", post().to(people::person_pages::withdraw))
        .route("/medier/personer/{person}/glem", post().to(people::person_pages::forget))
        .route("/medier/personer/{person}/papir/{consent}", get().to(people::person_pages::paper))
        .route("/medier/{asset}/personer", post().to(people::pages::portray))
        .route("/medier/{asset}/personer/{person}/fjern", post().to(people::pages::unportray))
        .route("/medier/{asset}", get().to(asset_pages::show))
        .route("/medier/{asset}", post().to(asset_pages::describe))
        .route("/medier/{asset}/fil", post().to(asset_pages::replace))
        .route("/medier/{asset}/plakat", post().to(asset_pages::poster))
        .route("/medier/{asset}/undertekster", post().to(asset_pages::caption))
        .route("/medier/{asset}/undertekster/{language}/fjern", post().to(asset_pages::uncaption))
        .route("/medier/{asset}/slet", post().to(asset_pages::delete));
}

/// Ads: written, opened, extended. What hangs on them (board, channels, counts) is their own slices'.
fn postings(app: &mut ServiceConfig) {
    use crate::postings::{edit_pages, pages};
    app.route("/jobopslag", get().to(pages::list))
        .route("/jobopslag/ny", get().to(pages::new_page))
        .route("/jobopslag/ny", post().to(pages::create))
        .route("/jobopslag/{id}", get().to(crate::publishing::fitting_pages::posting))
        .route("/jobopslag/{id}/rediger", get().to(edit_pages::edit))
        .route("/jobopslag/{id}/rediger", post().to(edit_pages::save))
        .route("/jobopslag/{id}/tal", get().to(crate::insights::pages::posting))
        .route("/jobopslag/{id}/vis", get().to(edit_pages::preview))
        .route("/jobopslag/{id}/aabn", post().to(pages::open))
        .route("/jobopslag/{id}/forlaeng", post().to(pages::extend))
        .route("/jobopslag/{id}/lad-staa", post().to(pages::acknowledge))
        .route("/jobopslag/{id}/godkend-intern", post().to(pages::approve_internal));
}

/// Applications: the board, each one, keying in.
fn applicants(app: &mut ServiceConfig) {
    use crate::{assessment::beside_pages as beside, overview, retention};
    use applications::{pages, register_pages, repost_pages};
    app.route("/ansoegere", get().to(overview::pages::cases_page))
        .route("/jobopslag/{id}/ansoegere", get().to(overview::list_pages::list))
        .route("/jobopslag/{id}/ansoegere", post().to(overview::list_pages::move_chosen));
    app.route("/jobopslag/{id}/tavle", get().to(beside::board))
        .route("/jobopslag/{id}/tavle/tal", get().to(board_pages::live))
        .route("/jobopslag/{id}/flyt", post().to(beside::move_chosen))
        .route("/jobopslag/{id}/fortryd", post().to(beside::undo))
        .route("/jobopslag/{id}/genopslag", get().to(repost_pages::form))
        .route("/jobopslag/{id}/genopslag", post().to(repost_pages::repost))
        .route("/jobopslag/{id}/ansoegninger/ny", get().to(register_pages::register_form))
        .route("/jobopslag/{id}/ansoegninger/ny", post().to(register_pages::register))
        .route("/ansoegninger/{id}", get().to(retention::beside_pages::application))
        .route("/ansoegninger/{id}/flyt", get().to(move_pages::form))
        .route("/ansoegninger/{id}/flyt", post().to(beside::move_one))
        .route("/ansoegninger/{id}/slet", get().to(pages::ask_erase))
        .route("/ansoegninger/{id}/slet", post().to(retention::beside_pages::erase))
        .route("/ansoegninger/{id}/filer/{paper}", get().to(pages::view_file))
        .route("/ansoegninger/{id}/filer/{paper}/hent", get().to(pages::download_file));
}

/// When applications go, what stops it, and what has been proved gone.
fn retention(app: &mut ServiceConfig) {
    use crate::retention::{pages, posting_pages, receipt_pages, rule_pages};
    app.route("/slettefrister", get().to(pages::show))
        .route("/slettefrister/regler", get().to(rule_pages::rules))
        .route("/slettefrister/regler", post().to(rule_pages::add))
        .route("/slettefrister/regler/fjern", post().to(rule_pages::remove))
        .route("/slettefrister/kvitteringer", get().to(receipt_pages::list))
        .route("/slettefrister/kvitteringer/{number}", get().to(receipt_pages::show))
        .route("/slettefrister/kvitteringer/{number}/igen", post().to(receipt_pages::again))
        .route("/jobopslag/{id}/slettefrist", get().to(posting_pages::show))
        .route("/jobopslag/{id}/slettefrist", post().to(posting_pages::rule))
        .route("/jobopslag/{id}/slettefrist/bero", post().to(posting_pages::hold))
        .route("/jobopslag/{id}/slettefrist/gendan", post().to(posting_pages::restore))
        .route("/jobopslag/{id}/slettefrist/afvis", post().to(posting_pages::refuse))
        .route("/jobopslag/{id}/slettefrist/slut", post().to(posting_pages::end));
}

/// Who assesses applicants, by what, and what they say.
fn assessment(app: &mut ServiceConfig) {
    use crate::assessment::{card_pages, panel_pages, profile_pages, recommendation_pages};
    app.route("/jobopslag/{id}/profil", get().to(profile_pages::show))
        .route("/jobopslag/{id}/profil", post().to(profile_pages::save))
        .route("/jobopslag/{id}/udvalg", get().to(panel_pages::show))
        .route("/jobopslag/{id}/udvalg/medlem", post().to(panel_pages::add))
        .route("/jobopslag/{id}/udvalg/slut", post().to(panel_pages::end))
        .route("/jobopslag/{id}/udvalg/tomt", post().to(panel_pages::explain))
        .route("/jobopslag/{id}/udvalg/tavshedspligt", post().to(panel_pages::accept))
        .route("/jobopslag/{id}/udvalg/habilitet", post().to(panel_pages::lift))
        .route("/jobopslag/{id}/indstilling", get().to(recommendation_pages::show))
        .route("/ansoegninger/{id}/vurdering", get().to(card_pages::show))
        .route("/ansoegninger/{id}/vurdering", post().to(card_pages::give))
        .route("/ansoegninger/{id}/vurdering/habilitet", post().to(card_pages::declare))
        .route("/ansoegninger/{id}/vurdering/vis", post().to(card_pages::break_seal))
        .route("/ansoegninger/{id}/vurdering/notat", post().to(card_pages::write_note))
        .route("/udvalgsregler", get().to(panel_pages::rules))
        .route("/udvalgsregler", post().to(panel_pages::set_rules));
}

/// Interviews with applicants: times, who has them, what is asked there.
fn talks(app: &mut ServiceConfig) {
    use crate::interviews::{guide_pages, pages, post_pages, print_pages};
    app.route("/jobopslag/{id}/samtaler", get().to(pages::show))
        .route("/jobopslag/{id}/samtaler/tider", post().to(post_pages::add_times))
        .route("/jobopslag/{id}/samtaler/luk", post().to(post_pages::close_time))
        .route("/jobopslag/{id}/samtaler/inviter", post().to(post_pages::invite))
        .route("/jobopslag/{id}/samtaler/paamind", post().to(post_pages::remind))
        .route("/jobopslag/{id}/samtaler/tid", post().to(post_pages::book))
        .route("/jobopslag/{id}/samtaler/aflys", post().to(post_pages::cancel))
        .route("/jobopslag/{id}/samtaler/resultat", post().to(post_pages::result))
        .route("/jobopslag/{id}/samtaler/brev", post().to(post_pages::letter))
        .route("/jobopslag/{id}/samtaler/program", get().to(print_pages::programme))
        .route("/jobopslag/{id}/samtaler.ics", get().to(print_pages::calendar))
        .route("/jobopslag/{id}/samtaleguide", get().to(guide_pages::show))
        .route("/jobopslag/{id}/samtaleguide", post().to(guide_pages::save));
}

/// Answers to applicants: letters in batches, what a person has to see to, the words; and closing, which asks for them.
fn answers(app: &mut ServiceConfig) {
    use crate::answers::{batch_pages, mine_pages, pages, task_pages, template_pages};
    app.route("/jobopslag/{id}/luk", post().to(pages::close))
        .route("/jobopslag/{id}/svar", get().to(pages::posting))
        .route("/jobopslag/{id}/svar", post().to(pages::draft))
        .route("/jobopslag/{id}/svar/valgte", post().to(pages::choose))
        .route("/svar", get().to(mine_pages::mine))
        .route("/svar/skabeloner", get().to(template_pages::list))
        .route("/svar/skabeloner/{kind}/{language}", get().to(template_pages::form))
        .route("/svar/skabeloner/{kind}/{language}", post().to(template_pages::save))
        .route("/svar/{batch}", get().to(batch_pages::show))
        .route("/svar/{batch}/ok", post().to(batch_pages::approve))
        .route("/svar/{batch}/ret", post().to(batch_pages::look_again))
        .route("/svar/{batch}/vent", post().to(batch_pages::lay))
        .route("/svar/{batch}/annuller", post().to(batch_pages::cancel))
        .route("/svar/{batch}/breve/{letter}/ud", post().to(batch_pages::take_out))
        .route("/ansoegninger/{id}/breve", get().to(task_pages::show))
        .route("/ansoegninger/{id}/begrundelse", post().to(task_pages::give_reasons))
        .route("/breve/{letter}/kom-frem", post().to(task_pages::arrived))
        .route("/breve/{letter}/igen", post().to(task_pages::again))
        .route("/breve/{letter}/i-haanden", post().to(task_pages::by_hand))
        .route("/breve/{letter}/retur", post().to(task_pages::bounced));
}

/// Other systems, by bearer token.
fn api(app: &mut ServiceConfig) {
    use crate::api::{self, applications_pages, media_pages, postings_pages, publishing_pages};
    app.route("/api/v1/openapi.json", get().to(api::openapi))
        .route("/api/v1/postings", post().to(postings_pages::create_posting))
        .route("/api/v1/postings/{id}", get().to(postings_pages::get_posting))
        .route("/api/v1/postings/{id}", patch().to(postings_pages::update_posting))
        .route("/api/v1/postings/{id}/open", post().to(postings_pages::open_posting))
        .route("/api/v1/postings/{id}/counts", get().to(postings_pages::get_posting_counts))
        .route("/api/v1/postings/{id}/media", post().to(media_pages::attach_media))
        .route("/api/v1/postings/{id}/publications", post().to(publishing_pages::publish_posting))
        .route("/api/v1/postings/{id}/applications", post().to(applications_pages::submit_application))
        .route("/api/v1/media", post().to(media_pages::upload_media))
        .route("/api/v1/channels", get().to(publishing_pages::list_channels))
        .route("/api/v1/deliveries", get().to(publishing_pages::list_deliveries))
        .route("/api/v1/applications", get().to(applications_pages::list_applications))
        .route("/api/v1/applications/{id}", get().to(applications_pages::get_application))
        .route("/api/v1/applications/{id}/moves", post().to(applications_pages::move_application))
        .route("/api/v1/search/applications", get().to(applications_pages::search_applications));
}

/// Files, health, other systems.
fn machines(app: &mut ServiceConfig) {
    api(app);
    app.route("/static/brand.css", get().to(brand::serve))
        .route("/media/{asset}/{shape}", get().to(media::file_pages::serve))
        .route("/media/{asset}/{shape}", head().to(media::file_pages::serve))
        .route("/m/{name}", get().to(publishing::fetch_pages::fetch))
        .route("/m/{name}", head().to(publishing::fetch_pages::fetch))
        .route("/static/{path:.*}", get().to(files::serve))
        .route("/healthz", get().to(health::alive))
        .route("/readyz", get().to(health::ready))
        .route("/robots.txt", web::get().to(files::robots));
}
