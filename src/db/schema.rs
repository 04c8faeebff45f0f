//! Every table, in types both databases have: ids and enums as text, instants as microseconds in a bigint.
//! Imported by files named `store.rs` only; the owning slice alone writes a table.

diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        dedup -> Text,
        payload -> Text,
        run_at -> BigInt,
        attempts -> Integer,
        lease_until -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
        dead_at -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    beats (name) {
        name -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    changes (seq) {
        seq -> BigInt,
        subject -> Text,
        subject_id -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    units (id) {
        id -> Text,
        parent_id -> Nullable<Text>,
        name -> Text,
        kind -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    users (id) {
        id -> Text,
        name -> Text,
        email -> Text,
        password_hash -> Nullable<Text>,
        language -> Text,
        disabled_at -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    memberships (id) {
        id -> Text,
        user_id -> Text,
        unit_id -> Text,
        role -> Text,
        posting_id -> Nullable<Text>,
        valid_from -> BigInt,
        valid_to -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        user_id -> Text,
        csrf -> Text,
        created_at -> BigInt,
        seen_at -> BigInt,
        ends_at -> BigInt,
        flash -> Nullable<Text>,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> Text,
        name -> Text,
        token_hash -> Text,
        unit_id -> Text,
        role -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    idempotency_keys (token_id, key) {
        token_id -> Text,
        key -> Text,
        request_hash -> Text,
        status -> Nullable<Integer>,
        body -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    audit_events (seq) {
        seq -> BigInt,
        at -> BigInt,
        actor -> Text,
        verb -> Text,
        object -> Text,
        posting_id -> Nullable<Text>,
        detail -> Nullable<Text>,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    assets (id) {
        id -> Text,
        unit_id -> Text,
        kind -> Text,
        state -> Text,
        original_name -> Text,
        sha256 -> Text,
        mime -> Text,
        bytes -> BigInt,
        width -> Integer,
        height -> Integer,
        duration_ms -> Nullable<BigInt>,
        alt_text -> Text,
        alt_stale -> Bool,
        decorative -> Bool,
        silent -> Bool,
        focus_x -> SmallInt,
        focus_y -> SmallInt,
        error -> Nullable<Text>,
        public_at -> Nullable<BigInt>,
        created_by -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
        nobody -> Bool,
        folder -> Text,
        usable_until -> Nullable<BigInt>,
    }
}

diesel::table! {
    portrayed (id) {
        id -> Text,
        unit_id -> Text,
        name -> Text,
        email -> Text,
        relation -> Text,
        child_until -> Nullable<BigInt>,
        asked_from -> Nullable<BigInt>,
        guardians -> SmallInt,
        made_by -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    portrayals (asset_id, person_id) {
        asset_id -> Text,
        person_id -> Text,
    }
}

diesel::table! {
    consents (id) {
        id -> Text,
        person_id -> Text,
        purpose -> Text,
        giver -> Text,
        giver_name -> Text,
        given_at -> BigInt,
        until_at -> BigInt,
        manner -> Text,
        words -> Text,
        evidence -> Nullable<Text>,
        noted_by -> Text,
        withdrawn_at -> Nullable<BigInt>,
        withdrawn_by -> Nullable<Text>,
        warned_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    consent_links (id) {
        id -> Text,
        person_id -> Text,
        token_hash -> Text,
        giver -> Text,
        giver_name -> Text,
        email -> Text,
        until_at -> BigInt,
        made_by -> Text,
        made_at -> BigInt,
        ends_at -> BigInt,
        answered_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    renditions (asset_id, profile) {
        asset_id -> Text,
        profile -> Text,
        sha256 -> Text,
        mime -> Text,
        bytes -> BigInt,
        width -> Integer,
        height -> Integer,
    }
}

diesel::table! {
    captions (asset_id, language) {
        asset_id -> Text,
        language -> Text,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    uploads (id) {
        id -> Text,
        owner -> Text,
        unit_id -> Text,
        original_name -> Text,
        modified -> Text,
        declared_bytes -> BigInt,
        received_bytes -> BigInt,
        created_at -> BigInt,
        ends_at -> BigInt,
    }
}

diesel::table! {
    postings (id) {
        id -> Text,
        reference -> Text,
        slug -> Text,
        unit_id -> Text,
        state -> Text,
        visibility -> Text,
        visibility_reason -> Text,
        openings -> Integer,
        profession -> Nullable<Text>,
        employment_type -> Nullable<Text>,
        hours_min -> Nullable<Integer>,
        hours_max -> Nullable<Integer>,
        shifts -> Text,
        workplace -> Text,
        address -> Text,
        agreement -> Text,
        pay -> Text,
        pay_range -> Nullable<Text>,
        starts_on -> Text,
        contact_name -> Text,
        contact_email -> Text,
        contact_phone -> Text,
        deadline_wall -> Nullable<Text>,
        deadline_zone -> Text,
        deadline_at -> Nullable<BigInt>,
        version -> Integer,
        opened_at -> Nullable<BigInt>,
        closed_at -> Nullable<BigInt>,
        close_reason -> Nullable<Text>,
        created_by -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    posting_texts (posting_id, language) {
        posting_id -> Text,
        language -> Text,
        title -> Text,
        lead -> Text,
        body -> Text,
    }
}

diesel::table! {
    posting_themes (posting_id, theme) {
        posting_id -> Text,
        theme -> Text,
    }
}

diesel::table! {
    posting_media (posting_id, asset_id) {
        posting_id -> Text,
        asset_id -> Text,
        role -> Text,
        position -> Integer,
    }
}

diesel::table! {
    posting_rounds (id) {
        id -> Text,
        posting_id -> Text,
        number -> Integer,
        opens_at -> BigInt,
        deadline_at -> BigInt,
        closed_at -> Nullable<BigInt>,
        close_reason -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    posting_versions (posting_id, number) {
        posting_id -> Text,
        number -> Integer,
        content -> Text,
        sha256 -> Text,
        created_by -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    posting_acknowledgements (posting_id, finding) {
        posting_id -> Text,
        finding -> Text,
        reason -> Text,
        created_by -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    stories (id) {
        id -> Text,
        slug -> Text,
        unit_id -> Text,
        kind -> Text,
        state -> Text,
        audience -> Text,
        leads_to -> Text,
        posting_id -> Nullable<Text>,
        version -> Integer,
        ready_at -> Nullable<BigInt>,
        archived_at -> Nullable<BigInt>,
        created_by -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    story_texts (story_id, language) {
        story_id -> Text,
        language -> Text,
        title -> Text,
        lead -> Text,
        body -> Text,
    }
}

diesel::table! {
    story_media (story_id, asset_id) {
        story_id -> Text,
        asset_id -> Text,
        position -> Integer,
    }
}

diesel::table! {
    story_themes (story_id, theme) {
        story_id -> Text,
        theme -> Text,
    }
}

diesel::table! {
    campaigns (id) {
        id -> Text,
        unit_id -> Text,
        name -> Text,
        slogan -> Text,
        starts_on -> Text,
        ends_on -> Nullable<Text>,
        zone -> Text,
        horizon -> Text,
        trial -> Bool,
        hypothesis -> Text,
        colour -> Text,
        logo_id -> Nullable<Text>,
        version -> Integer,
        archived_at -> Nullable<BigInt>,
        created_by -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    campaign_units (campaign_id, unit_id) {
        campaign_id -> Text,
        unit_id -> Text,
    }
}

diesel::table! {
    campaign_things (campaign_id, posting_id, story_id) {
        campaign_id -> Text,
        posting_id -> Nullable<Text>,
        story_id -> Nullable<Text>,
    }
}

diesel::table! {
    links (id) {
        id -> Text,
        token -> Text,
        posting_id -> Nullable<Text>,
        story_id -> Nullable<Text>,
        channel -> Text,
        placement -> Text,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    visit_hours (subject_id, link_id, hour) {
        subject_id -> Text,
        link_id -> Text,
        hour -> BigInt,
        hits -> BigInt,
        uniques -> BigInt,
        landings -> BigInt,
        begun -> BigInt,
    }
}

diesel::table! {
    channel_accounts (id) {
        id -> Text,
        channel -> Text,
        remote_id -> Text,
        handle -> Text,
        display_name -> Text,
        base_url -> Text,
        unit_id -> Text,
        state -> Text,
        practice -> Bool,
        ability -> Text,
        granted -> Text,
        problem -> Nullable<Text>,
        problem_words -> Nullable<Text>,
        problem_at -> Nullable<BigInt>,
        checked_at -> Nullable<BigInt>,
        connected_by -> Text,
        connected_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    account_tokens (account_id) {
        account_id -> Text,
        sealed -> Text,
        version -> Integer,
        lease_until -> Nullable<BigInt>,
        refreshed_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        warned_days -> Nullable<Integer>,
    }
}

diesel::table! {
    package_accounts (account_id) {
        account_id -> Text,
        person_id -> Text,
        lead_days -> Integer,
    }
}

diesel::table! {
    oauth_apps (channel, host, redirect_uri) {
        channel -> Text,
        host -> Text,
        redirect_uri -> Text,
        client_id -> Text,
        sealed_secret -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    oauth_flows (state_hash) {
        state_hash -> Text,
        session_hash -> Text,
        channel -> Text,
        host -> Text,
        base_url -> Text,
        unit_id -> Text,
        account_id -> Nullable<Text>,
        sealed_way -> Text,
        sealed_grant -> Nullable<Text>,
        found -> Nullable<Text>,
        practice -> Bool,
        created_at -> BigInt,
        ends_at -> BigInt,
    }
}

diesel::table! {
    applicants (id) {
        id -> Text,
        name -> Text,
        email -> Text,
        phone -> Text,
        language -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    applications (id) {
        id -> Text,
        applicant_id -> Text,
        posting_id -> Text,
        round_id -> Text,
        received_at -> BigInt,
        received_via -> Text,
        late -> Bool,
        admitted_at -> Nullable<BigInt>,
        letter -> Text,
        stage -> Text,
        position -> BigInt,
        outcome -> Nullable<Text>,
        outcome_at -> Nullable<BigInt>,
        outcome_reason -> Nullable<Text>,
        link_id -> Nullable<Text>,
        channel -> Text,
        basis -> Text,
        self_reported -> Nullable<Text>,
        form_key -> Text,
        access_hash -> Text,
        notice_version -> Text,
        registered_by -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        shown_of -> Nullable<BigInt>,
        told_of -> Nullable<BigInt>,
        quarantined_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    attachments (id) {
        id -> Text,
        application_id -> Text,
        kind -> Text,
        original_name -> Text,
        sha256 -> Text,
        mime -> Text,
        bytes -> BigInt,
        encrypted -> Bool,
        cpr -> Bool,
        text_state -> Text,
        text_body -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    form_files (id) {
        id -> Text,
        form_key -> Text,
        kind -> Text,
        original_name -> Text,
        sha256 -> Text,
        mime -> Text,
        bytes -> BigInt,
        encrypted -> Bool,
        created_at -> BigInt,
    }
}

diesel::table! {
    stage_intervals (id) {
        id -> Text,
        application_id -> Text,
        stage -> Text,
        entered_at -> BigInt,
        left_at -> Nullable<BigInt>,
        actor -> Text,
    }
}

diesel::table! {
    application_events (id) {
        id -> Text,
        application_id -> Text,
        at -> BigInt,
        actor -> Text,
        kind -> Text,
        detail -> Text,
    }
}

diesel::table! {
    application_tallies (posting_id, round_id, link_id, channel, basis, stage, outcome) {
        posting_id -> Text,
        round_id -> Text,
        link_id -> Text,
        channel -> Text,
        basis -> Text,
        stage -> Text,
        outcome -> Text,
        n -> BigInt,
    }
}

diesel::table! {
    publications (id) {
        id -> Text,
        posting_id -> Nullable<Text>,
        round_id -> Nullable<Text>,
        posting_version -> Nullable<Integer>,
        story_id -> Nullable<Text>,
        story_version -> Nullable<Integer>,
        created_by -> Text,
        created_at -> BigInt,
        stays -> Bool,
        audience_id -> Nullable<Text>,
    }
}

diesel::table! {
    deliveries (id) {
        id -> Text,
        publication_id -> Text,
        account_id -> Text,
        occurrence -> Integer,
        state -> Text,
        payload -> Text,
        payload_sha256 -> Text,
        link_id -> Text,
        due_wall -> Text,
        due_zone -> Text,
        due_at -> BigInt,
        latest_at -> BigInt,
        next_at -> Nullable<BigInt>,
        lease_owner -> Nullable<Text>,
        lease_until -> Nullable<BigInt>,
        fence -> Integer,
        attempts -> Integer,
        ever_ambiguous -> Bool,
        send_key -> Text,
        fenced_at -> Nullable<BigInt>,
        checkpoint -> Text,
        remote_id -> Nullable<Text>,
        remote_url -> Nullable<Text>,
        error_kind -> Nullable<Text>,
        error_words -> Nullable<Text>,
        looks -> Integer,
        cancel_wanted -> Bool,
        created_at -> BigInt,
        updated_at -> BigInt,
        told_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    delivery_measures (delivery_id, read_at) {
        delivery_id -> Text,
        read_at -> BigInt,
        impressions -> Nullable<BigInt>,
        clicks -> Nullable<BigInt>,
        reactions -> Nullable<BigInt>,
        comments -> Nullable<BigInt>,
        shares -> Nullable<BigInt>,
    }
}

diesel::table! {
    pauses (id) {
        id -> Text,
        unit_id -> Text,
        why -> Text,
        began_at -> BigInt,
        began_by -> Text,
        ended_at -> Nullable<BigInt>,
        ended_by -> Nullable<Text>,
    }
}

diesel::table! {
    breakers (scope) {
        scope -> Text,
        fails -> Integer,
        open_since -> Nullable<BigInt>,
        probe_at -> Nullable<BigInt>,
        probes -> Integer,
        kind -> Text,
        words -> Text,
        updated_at -> BigInt,
    }
}

diesel::table! {
    budgets (account_id) {
        account_id -> Text,
        allowed -> BigInt,
        remaining -> BigInt,
        resets_at -> BigInt,
        read_at -> BigInt,
    }
}

diesel::table! {
    approval_rules (unit_id) {
        unit_id -> Text,
        role -> Text,
        approver_unit -> Nullable<Text>,
        four_eyes -> Bool,
        set_by -> Text,
        set_at -> BigInt,
    }
}

diesel::table! {
    responsibilities (unit_id, content, reach) {
        unit_id -> Text,
        content -> Text,
        reach -> Text,
        drafts -> Text,
        reviews -> Text,
        approves -> Text,
        publishes -> Text,
        answers -> Text,
    }
}

diesel::table! {
    approval_demands (delivery_id) {
        delivery_id -> Text,
        unit_id -> Text,
        role -> Text,
        four_eyes -> Bool,
        written_by -> Text,
        asked_at -> BigInt,
    }
}

diesel::table! {
    approvals (id) {
        id -> Text,
        delivery_id -> Text,
        verdict -> Text,
        payload_sha256 -> Text,
        payload -> Text,
        note -> Text,
        by_actor -> Text,
        at -> BigInt,
        checks -> Text,
    }
}

diesel::table! {
    delivery_assets (delivery_id, asset_id) {
        delivery_id -> Text,
        asset_id -> Text,
    }
}

diesel::table! {
    consent_endings (delivery_id) {
        delivery_id -> Text,
        asset_id -> Text,
        person_id -> Nullable<Text>,
        begun_at -> BigInt,
    }
}

diesel::table! {
    comments (delivery_id) {
        delivery_id -> Text,
        state -> Text,
        words -> Text,
        send_key -> Text,
        checkpoint -> Text,
        remote_id -> Nullable<Text>,
        next_at -> Nullable<BigInt>,
        lease_until -> Nullable<BigInt>,
        fence -> Integer,
        tries -> Integer,
        looks -> Integer,
        unsure_since -> Nullable<BigInt>,
        error_kind -> Nullable<Text>,
        error_words -> Nullable<Text>,
        wanted_at -> BigInt,
        settled_at -> Nullable<BigInt>,
        settled_by -> Nullable<Text>,
    }
}

diesel::table! {
    corrections (id) {
        id -> Text,
        delivery_id -> Text,
        way -> Text,
        state -> Text,
        payload -> Text,
        payload_sha256 -> Text,
        before_sha256 -> Text,
        told -> Text,
        by_actor -> Text,
        created_at -> BigInt,
        next_at -> Nullable<BigInt>,
        lease_until -> Nullable<BigInt>,
        fence -> Integer,
        tries -> Integer,
        unsure_since -> Nullable<BigInt>,
        error_kind -> Nullable<Text>,
        error_words -> Nullable<Text>,
        settled_at -> Nullable<BigInt>,
        settled_by -> Nullable<Text>,
    }
}

diesel::table! {
    strategies (id) {
        id -> Text,
        unit_id -> Text,
        purpose -> Text,
        tone_do -> Text,
        tone_dont -> Text,
        version -> Integer,
        changed_by -> Text,
        changed_at -> BigInt,
        lifted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    audiences (id) {
        id -> Text,
        strategy_id -> Text,
        position -> Integer,
        name -> Text,
        note -> Text,
        removed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    audience_channels (audience_id, position) {
        audience_id -> Text,
        position -> Integer,
        channel -> Text,
        why -> Text,
    }
}

diesel::table! {
    snippets (id) {
        id -> Text,
        unit_id -> Text,
        kind -> Text,
        name -> Text,
        text -> Text,
        made_by -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    series (id) {
        id -> Text,
        posting_id -> Nullable<Text>,
        story_id -> Nullable<Text>,
        language -> Text,
        media -> Text,
        weekdays -> Text,
        every_weeks -> Integer,
        minute -> Integer,
        zone -> Text,
        until_day -> Nullable<Text>,
        times -> Nullable<Integer>,
        suggests -> Bool,
        state -> Text,
        created_by -> Text,
        created_at -> BigInt,
        changed_at -> BigInt,
        audience_id -> Nullable<Text>,
    }
}

diesel::table! {
    series_parts (series_id, account_id) {
        series_id -> Text,
        account_id -> Text,
        text -> Text,
    }
}

diesel::table! {
    series_occurrences (series_id, occurs_at) {
        series_id -> Text,
        occurs_at -> BigInt,
        number -> Integer,
        publication_id -> Text,
    }
}

diesel::table! {
    evergreens (id) {
        id -> Text,
        posting_id -> Nullable<Text>,
        story_id -> Nullable<Text>,
        language -> Text,
        media -> Text,
        rest_days -> Integer,
        suggests -> Bool,
        made_by -> Text,
        made_at -> BigInt,
        retired_at -> Nullable<BigInt>,
        audience_id -> Nullable<Text>,
    }
}

diesel::table! {
    evergreen_parts (evergreen_id, account_id) {
        evergreen_id -> Text,
        account_id -> Text,
        text -> Text,
    }
}

diesel::table! {
    evergreen_accounts (account_id) {
        account_id -> Text,
        before_hours -> Integer,
    }
}

diesel::table! {
    evergreen_uses (account_id, slot_at) {
        account_id -> Text,
        slot_at -> BigInt,
        evergreen_id -> Text,
        publication_id -> Text,
    }
}

diesel::table! {
    digests (user_id) {
        user_id -> Text,
        frequency -> Text,
        sent_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    posting_slots (account_id, weekday, minute) {
        account_id -> Text,
        weekday -> Integer,
        minute -> Integer,
    }
}

diesel::table! {
    guest_links (id) {
        id -> Text,
        publication_id -> Text,
        token_hash -> Text,
        name -> Text,
        email -> Text,
        made_by -> Text,
        made_at -> BigInt,
        ends_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        opened_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    publication_remarks (id) {
        id -> Text,
        publication_id -> Text,
        text -> Text,
        by_actor -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    preflights (delivery_id, due_at, hours) {
        delivery_id -> Text,
        due_at -> BigInt,
        hours -> Integer,
        at -> BigInt,
    }
}

diesel::table! {
    preflight_problems (delivery_id, problem) {
        delivery_id -> Text,
        problem -> Text,
        found_at -> BigInt,
        told_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    proofs (delivery_id, number) {
        delivery_id -> Text,
        number -> Integer,
        at -> BigInt,
        kind -> Text,
        detail -> Text,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    attempts (id) {
        id -> Text,
        delivery_id -> Text,
        fence -> Integer,
        phase -> Text,
        started_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        outcome -> Nullable<Text>,
        status -> Nullable<Integer>,
        error_kind -> Nullable<Text>,
        evidence -> Text,
    }
}

diesel::table! {
    support_requests (id) {
        id -> Text,
        unit_id -> Text,
        title -> Text,
        help -> Text,
        posting_id -> Nullable<Text>,
        story_id -> Nullable<Text>,
        wished_by -> Nullable<BigInt>,
        state -> Text,
        holder_id -> Nullable<Text>,
        asked_by -> Text,
        asked_at -> BigInt,
        taken_at -> Nullable<BigInt>,
        answered_at -> Nullable<BigInt>,
        minutes -> Nullable<Integer>,
        urged_at -> Nullable<BigInt>,
        counted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    support_lines (id) {
        id -> Text,
        request_id -> Text,
        at -> BigInt,
        by_actor -> Text,
        step -> Nullable<Text>,
        words -> Text,
    }
}

diesel::table! {
    support_files (line_id, position) {
        line_id -> Text,
        position -> Integer,
        asset_id -> Text,
    }
}

diesel::table! {
    support_things (request_id, position) {
        request_id -> Text,
        position -> Integer,
        kind -> Text,
        thing_id -> Text,
    }
}

diesel::table! {
    reason_requests (application_id, decided_at) {
        application_id -> Text,
        decided_at -> BigInt,
        asked_at -> BigInt,
        due_at -> BigInt,
        answered_at -> Nullable<BigInt>,
        answered_by -> Nullable<Text>,
        words -> Nullable<Text>,
    }
}

diesel::table! {
    letter_templates (kind, language) {
        kind -> Text,
        language -> Text,
        subject -> Text,
        body -> Text,
        version -> Integer,
        changed_by -> Text,
        changed_at -> BigInt,
    }
}

diesel::table! {
    answer_batches (id) {
        id -> Text,
        posting_id -> Text,
        state -> Text,
        made_by -> Text,
        made_at -> BigInt,
        seen -> Nullable<Text>,
        approved_by -> Nullable<Text>,
        due_at -> Nullable<BigInt>,
        over_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    answer_letters (id) {
        id -> Text,
        batch_id -> Nullable<Text>,
        posting_id -> Text,
        application_id -> Nullable<Text>,
        kind -> Text,
        decided_at -> BigInt,
        slot -> Text,
        state -> Text,
        why -> Nullable<Text>,
        attempts -> Integer,
        attempted_at -> Nullable<BigInt>,
        made_at -> BigInt,
        changed_at -> BigInt,
    }
}

diesel::table! {
    letter_texts (letter_id) {
        letter_id -> Text,
        application_id -> Text,
        language -> Text,
        subject -> Text,
        body -> Text,
        sha256 -> Text,
        sent_to -> Nullable<Text>,
        said -> Nullable<Text>,
    }
}

diesel::table! {
    pledges (posting_id, user_id) {
        posting_id -> Text,
        user_id -> Text,
        text_version -> Text,
        accepted_at -> BigInt,
    }
}

diesel::table! {
    declarations (application_id, user_id) {
        application_id -> Text,
        user_id -> Text,
        relation -> Text,
        declared_at -> BigInt,
    }
}

diesel::table! {
    move_conditions (posting_id, condition) {
        posting_id -> Text,
        condition -> Text,
        met_until -> Nullable<BigInt>,
    }
}

diesel::table! {
    move_conditions_met (application_id, condition) {
        application_id -> Text,
        condition -> Text,
    }
}

diesel::table! {
    profiles (posting_id) {
        posting_id -> Text,
        begun_from -> Text,
        version -> Integer,
        sha256 -> Text,
        saved_by -> Text,
        saved_at -> BigInt,
    }
}

diesel::table! {
    criteria (id) {
        id -> Text,
        posting_id -> Text,
        place -> Integer,
        heading -> Text,
        wording -> Text,
        why -> Text,
        evidence -> Text,
        weight -> Text,
        step_1 -> Text,
        step_2 -> Text,
        step_3 -> Text,
        step_4 -> Text,
    }
}

diesel::table! {
    panel_seats (membership_id) {
        membership_id -> Text,
        posting_id -> Text,
        user_id -> Text,
        seat -> Text,
        chair -> Bool,
        added_by -> Text,
    }
}

diesel::table! {
    panel_rules (category) {
        category -> Text,
        seats -> Text,
        set_by -> Text,
        set_at -> BigInt,
    }
}

diesel::table! {
    panel_gaps (posting_id, seat) {
        posting_id -> Text,
        seat -> Text,
        reason -> Text,
        said_by -> Text,
        said_at -> BigInt,
    }
}

diesel::table! {
    scorecards (id) {
        id -> Text,
        application_id -> Text,
        user_id -> Text,
        version -> Integer,
        state -> Text,
        saved_at -> BigInt,
        submitted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    scores (scorecard_id, criterion_id) {
        scorecard_id -> Text,
        criterion_id -> Text,
        score -> Integer,
        reason -> Text,
    }
}

diesel::table! {
    reveals (application_id) {
        application_id -> Text,
        shown_at -> BigInt,
        shown_by -> Text,
        reason -> Text,
    }
}

diesel::table! {
    consensus_notes (application_id) {
        application_id -> Text,
        words -> Text,
        version -> Integer,
        written_by -> Text,
        written_at -> BigInt,
    }
}

diesel::table! {
    interview_slots (id) {
        id -> Text,
        posting_id -> Text,
        round -> Integer,
        local -> Text,
        zone -> Text,
        starts_at -> BigInt,
        minutes -> Integer,
        place -> Text,
        link -> Text,
        note -> Text,
        state -> Text,
        made_by -> Text,
        made_at -> BigInt,
        changed_at -> BigInt,
    }
}

diesel::table! {
    interviews (id) {
        id -> Text,
        application_id -> Text,
        posting_id -> Text,
        round -> Integer,
        state -> Text,
        slot_id -> Nullable<Text>,
        last_slot_id -> Nullable<Text>,
        sequence -> Integer,
        invited_by -> Text,
        invited_at -> BigInt,
        reminded_at -> Nullable<BigInt>,
        wished_at -> Nullable<BigInt>,
        wish -> Nullable<Text>,
        needs -> Nullable<Text>,
        words -> Nullable<Text>,
        changed_at -> BigInt,
    }
}

diesel::table! {
    interview_letters (id) {
        id -> Text,
        interview_id -> Text,
        posting_id -> Text,
        kind -> Text,
        sequence -> Integer,
        number -> Integer,
        state -> Text,
        why -> Nullable<Text>,
        attempts -> Integer,
        attempted_at -> Nullable<BigInt>,
        subject -> Text,
        body -> Text,
        sent_to -> Nullable<Text>,
        said -> Nullable<Text>,
        made_at -> BigInt,
        changed_at -> BigInt,
    }
}

diesel::table! {
    interview_questions (posting_id, criterion_id) {
        posting_id -> Text,
        criterion_id -> Text,
        words -> Text,
        written_by -> Text,
        written_at -> BigInt,
    }
}

diesel::table! {
    retention_rules (id) {
        id -> Text,
        kind -> Text,
        value -> Text,
        months -> Integer,
        reason -> Text,
        set_by -> Text,
        set_at -> BigInt,
    }
}

diesel::table! {
    retention_marks (application_id) {
        application_id -> Text,
        warned_on -> Text,
        quarantined_on -> Nullable<Text>,
    }
}

diesel::table! {
    retention_holds (id) {
        id -> Text,
        posting_id -> Text,
        application_id -> Nullable<Text>,
        reason -> Text,
        until_on -> Text,
        set_by -> Text,
        set_at -> BigInt,
        ended_on -> Nullable<Text>,
        ended_by -> Nullable<Text>,
    }
}

diesel::table! {
    erasure_requests (application_id) {
        application_id -> Text,
        asked_at -> BigInt,
        due_at -> BigInt,
        refused_at -> Nullable<BigInt>,
        refused_by -> Nullable<Text>,
        refused_reason -> Nullable<Text>,
    }
}

diesel::table! {
    erasures (id) {
        id -> Text,
        kind -> Text,
        day -> Text,
        state -> Text,
        begun_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        resumed -> Integer,
        warned -> Integer,
        quarantined -> Integer,
        sought -> Nullable<Text>,
    }
}

diesel::table! {
    erased (application_id) {
        application_id -> Text,
        erasure_id -> Text,
        rule -> Text,
        done_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    erasure_receipts (number) {
        number -> Integer,
        erasure_id -> Text,
        at -> BigInt,
        content -> Text,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::joinable!(support_lines -> support_requests (request_id));
diesel::joinable!(support_files -> support_lines (line_id));
diesel::joinable!(support_things -> support_requests (request_id));
diesel::joinable!(memberships -> users (user_id));
diesel::joinable!(memberships -> units (unit_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(api_tokens -> units (unit_id));
diesel::joinable!(idempotency_keys -> api_tokens (token_id));
diesel::joinable!(assets -> units (unit_id));
diesel::joinable!(renditions -> assets (asset_id));
diesel::joinable!(captions -> assets (asset_id));
diesel::joinable!(uploads -> units (unit_id));
diesel::joinable!(postings -> units (unit_id));
diesel::joinable!(posting_texts -> postings (posting_id));
diesel::joinable!(posting_themes -> postings (posting_id));
diesel::joinable!(posting_media -> postings (posting_id));
diesel::joinable!(posting_media -> assets (asset_id));
diesel::joinable!(posting_rounds -> postings (posting_id));
diesel::joinable!(posting_versions -> postings (posting_id));
diesel::joinable!(posting_acknowledgements -> postings (posting_id));
diesel::joinable!(stories -> units (unit_id));
diesel::joinable!(stories -> postings (posting_id));
diesel::joinable!(story_texts -> stories (story_id));
diesel::joinable!(story_media -> stories (story_id));
diesel::joinable!(story_media -> assets (asset_id));
diesel::joinable!(links -> postings (posting_id));
diesel::joinable!(links -> stories (story_id));
diesel::joinable!(channel_accounts -> units (unit_id));
diesel::joinable!(account_tokens -> channel_accounts (account_id));
diesel::joinable!(package_accounts -> channel_accounts (account_id));
diesel::joinable!(oauth_flows -> units (unit_id));
diesel::joinable!(applications -> applicants (applicant_id));
diesel::joinable!(applications -> postings (posting_id));
diesel::joinable!(applications -> posting_rounds (round_id));
diesel::joinable!(applications -> links (link_id));
diesel::joinable!(attachments -> applications (application_id));
diesel::joinable!(stage_intervals -> applications (application_id));
diesel::joinable!(application_events -> applications (application_id));
diesel::joinable!(reason_requests -> applications (application_id));
diesel::joinable!(answer_batches -> postings (posting_id));
diesel::joinable!(answer_letters -> postings (posting_id));
diesel::joinable!(answer_letters -> answer_batches (batch_id));
diesel::joinable!(answer_letters -> applications (application_id));
diesel::joinable!(letter_texts -> answer_letters (letter_id));
diesel::joinable!(interview_slots -> postings (posting_id));
diesel::joinable!(interviews -> postings (posting_id));
diesel::joinable!(interviews -> applications (application_id));
diesel::joinable!(interview_letters -> interviews (interview_id));
diesel::joinable!(interview_letters -> postings (posting_id));
diesel::joinable!(publications -> postings (posting_id));
diesel::joinable!(publications -> posting_rounds (round_id));
diesel::joinable!(publications -> stories (story_id));
diesel::joinable!(deliveries -> publications (publication_id));
diesel::joinable!(deliveries -> channel_accounts (account_id));
diesel::joinable!(deliveries -> links (link_id));
diesel::joinable!(attempts -> deliveries (delivery_id));
diesel::joinable!(preflights -> deliveries (delivery_id));
diesel::joinable!(preflight_problems -> deliveries (delivery_id));
diesel::joinable!(proofs -> deliveries (delivery_id));
diesel::joinable!(pauses -> units (unit_id));
diesel::joinable!(approval_demands -> deliveries (delivery_id));
diesel::joinable!(approvals -> deliveries (delivery_id));
diesel::joinable!(publication_remarks -> publications (publication_id));
diesel::joinable!(guest_links -> publications (publication_id));

diesel::joinable!(portrayals -> assets (asset_id));
diesel::joinable!(portrayals -> portrayed (person_id));
diesel::joinable!(consents -> portrayed (person_id));
diesel::joinable!(consent_links -> portrayed (person_id));
diesel::joinable!(delivery_assets -> deliveries (delivery_id));
diesel::joinable!(consent_endings -> deliveries (delivery_id));
diesel::joinable!(comments -> deliveries (delivery_id));
diesel::joinable!(corrections -> deliveries (delivery_id));

diesel::joinable!(panel_seats -> memberships (membership_id));
diesel::joinable!(panel_seats -> users (user_id));
diesel::joinable!(scores -> scorecards (scorecard_id));
diesel::joinable!(scorecards -> applications (application_id));

diesel::joinable!(erased -> erasures (erasure_id));

diesel::allow_tables_to_appear_in_same_query!(
    retention_rules,
    retention_marks,
    retention_holds,
    erasure_requests,
    erasures,
    erased,
    erasure_receipts,
    pledges,
    declarations,
    move_conditions,
    move_conditions_met,
    profiles,
    criteria,
    panel_seats,
    panel_rules,
    panel_gaps,
    scorecards,
    scores,
    reveals,
    consensus_notes,
    reason_requests,
    letter_templates,
    answer_batches,
    answer_letters,
    letter_texts,
    interview_slots,
    interviews,
    interview_letters,
    interview_questions,
    jobs,
    changes,
    units,
    users,
    memberships,
    sessions,
    api_tokens,
    idempotency_keys,
    audit_events,
    assets,
    renditions,
    captions,
    uploads,
    postings,
    posting_texts,
    posting_themes,
    posting_media,
    posting_rounds,
    posting_versions,
    posting_acknowledgements,
    stories,
    story_texts,
    story_media,
    story_themes,
    campaigns,
    campaign_units,
    campaign_things,
    links,
    visit_hours,
    channel_accounts,
    account_tokens,
    package_accounts,
    oauth_apps,
    oauth_flows,
    applicants,
    applications,
    attachments,
    form_files,
    stage_intervals,
    application_events,
    application_tallies,
    publications,
    deliveries,
    attempts,
    preflights,
    preflight_problems,
    proofs,
    pauses,
    breakers,
    budgets,
    approval_rules,
    responsibilities,
    approval_demands,
    approvals,
    publication_remarks,
    guest_links,
    snippets,
    strategies,
    audiences,
    audience_channels,
    portrayed,
    portrayals,
    consents,
    consent_links,
    delivery_assets,
    consent_endings,
    digests,
    comments,
    corrections,
    posting_slots,
    series,
    series_parts,
    series_occurrences,
    evergreens,
    evergreen_parts,
    evergreen_accounts,
    evergreen_uses,
    support_requests,
    support_lines,
    support_files,
    support_things,
);
