//! The page everybody begins on: each role its own, and nothing of what others may see.

use opslag::accounts::Role;
use reqwest::StatusCode;

use crate::harness::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn every_role_has_a_start_page_with_its_own_doors() {
    let app = TestApp::start().await;
    for role in Role::ALL {
        let mut browser = app.browser(*role, app.organisation).await;
        let page = browser.get("/start").await;
        assert_eq!(page.status, StatusCode::OK, "{role}: {}", page.body);
        assert_eq!(page.body.matches("<h1>").count(), 1, "{role}");
        assert_eq!(page.body.contains("href=\"/personer\""), *role == Role::HrAdmin, "{role}");
        let writes = role.may(opslag::accounts::Right::EditPostings);
        assert_eq!(page.body.contains("href=\"/jobopslag/ny\""), writes, "{role}");
    }
}
