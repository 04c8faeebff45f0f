# How long applications are kept, what happens before they are erased, and the proof afterwards.

nav-retention = Retention
retention-title = Retention
retention-lede = What is erased in the next 90 days. Nothing is erased before you could see it here.
retention-night = { $weekday } { $date }
retention-tonight = Coming night
retention-ninety = Next 90 days
retention-ninety-what = if nobody does anything
retention-held = On hold
retention-held-what = the clock stands still
retention-no-rule = Without a rule
retention-no-rule-what = must always be 0
retention-applications = { $count ->
    [one] { $count } application
   *[other] { $count } applications
}
retention-without = { $count ->
    [one] { $count } application has no rule
   *[other] { $count } applications have no rule
}
retention-without-what = Their posting is neither closed nor has a deadline, so nothing starts the clock. Close the posting, or give it a deadline.
retention-dry = Dry run: the night to { $night }
retention-not-yet = Nothing is erased yet
retention-dry-none = Nothing is erased that night.
retention-dry-what = Each erasure covers the application, files, search index, letters and assessments. Afterwards the person is looked for everywhere and a receipt is written. The figures stay.
retention-col-what = Posting
retention-col-rule = Rule
retention-col-n = How many
retention-col-stays = What stays
retention-col-day = Day
retention-col-state = How far
retention-col-then = What happens then
retention-col-gone = Erased
retention-col-hidden = Out of sight from
retention-col-for = For
retention-col-months = How long
retention-col-reason = Reason
retention-col-verbs = Actions
retention-stays = Counts by channel and step
retention-weeks = Week by week
retention-weeks-label = Applications erased, by week
retention-week = From { $date }
retention-days = Day by day
retention-leaving = On their way out
retention-leaving-warned = Out of sight { $hidden }, erased { $gone }
retention-leaving-hidden = Erased { $gone }; can be given back until then
retention-newest = Latest nights
retention-newest-none = There has been no night yet.
retention-holds = On hold
retention-holds-none = Nothing is on hold.
retention-hold-one = One application, until { $until }
retention-hold-posting = The whole posting, until { $until }
retention-unclosed = Never closed
retention-unclosed-none = All postings past their deadline are closed.
retention-unclosed-what = The clock only begins when a posting is closed. Close those that are done; otherwise they count as closed after too long a time, and their applications are erased by that.
retention-unclosed-one = { $count ->
    [one] { $count } application, erased { $date } at the latest
   *[other] { $count } applications, erased { $date } at the latest
}
retention-clashes = Rules that collide
retention-clashes-none = No posting has more than one rule.
retention-clash = { $rule } ({ $months } months) is the shortest and decides. It beats { $others }.
retention-clash-rule = { $rule } ({ $months } months)
retention-standard = Where nothing else is said: { $rule }.
retention-requests = { $count ->
    [one] { $count } has asked to be erased
   *[other] { $count } have asked to be erased
}
retention-requests-what = Whoever asks is erased the following night, unless something is on hold. The answer must be given within a month.
retention-request-one = Asked { $asked }, answer by { $due }
retention-request-held = On hold: answer the applicant
retention-request-tonight = Erased the coming night
retention-by-asked = The applicant's own wish
retention-by-unclosed = { $months } { $months ->
    [one] month
   *[other] months
} after the posting counts as closed
retention-by-rule = { $months } { $months ->
    [one] month
   *[other] months
} after closing ({ $rule })
retention-by-standard = { $months } { $months ->
    [one] month
   *[other] months
} after closing
retention-rule-organisation = The organisation's rule
retention-rule-profession = rule for the profession
retention-rule-employment = rule for the kind of employment
retention-rule-posting = the posting's own rule
retention-since-closed = Closed { $date }
retention-since-unclosed = Counts as closed { $date }
retention-since-asked = Received { $date }
retention-state-active = Kept
retention-state-due = Warned of the coming night
retention-state-warned = Warned of
retention-state-quarantined = Out of sight
retention-state-asked = Asked to be erased
retention-state-held = On hold

retention-rules = Rules
retention-rules-lede = How long applications are kept after the posting is closed, and why.
retention-rules-all = All rules
retention-standard-where = Stands in the configuration (privacy.retention_months)
retention-months = { $months } { $months ->
    [one] month
   *[other] months
}
retention-set = { $who }, { $at }
retention-rule-add = New rule
retention-rule-save = Save rule
retention-rule-remove = Remove
retention-choose = Choose …
retention-choice = { $name } ({ $kind })
retention-months-field = Months after closing
retention-months-hint = 1 to 36
retention-reason-field = Reason
retention-reason-hint = Must be written down so that it can be shown to the supervisory authority.
retention-how = How it works
retention-how-1 = The organisation's rule holds where nothing else is said.
retention-how-2 = Where several rules hold for one posting the shortest decides, and the collision is shown.
retention-how-3 = More than 36 months cannot be chosen: Datatilsynet accepts up to 3 years when there is a reason; more needs very special ones.
retention-how-4 = Applicants are told the period before they send, and on the page of their application.
retention-error-reason = Write a reason of at least 5 characters; it must be possible to show it.
retention-error-reason-long = The reason may be { $max } characters at most.
retention-error-months = Write a whole number of months from 1 to 36.
retention-error-longest = At most 36 months: Datatilsynet accepts up to 3 years when there is a reason; more needs very special ones.
retention-error-until = Choose a day after today and at most { $months } months ahead.
retention-refused-rule = Only HR for the whole organisation can do that. Ask them to.
retention-refused-held = The application is on hold and cannot be erased. End the hold first, on the posting's page of retention.
retention-refused-restore = The application is no longer out of sight: it was given back or erased. Reload the page.
retention-refused-hold = What was on hold is no longer there. Reload the page.
retention-refused-rule-gone = The rule is no longer there: somebody has removed or changed it. Reload the page.
retention-refused-request = There is no wish that waits: it was refused or fulfilled. Reload the page.
retention-said-rule = The rule is saved.
retention-said-rule-gone = The rule is removed.
retention-said-held = Put on hold.
retention-said-ended = The clock goes on.
retention-said-restored = The application is given back.
retention-said-refused = The wish is refused; the applicant can read the reason.

retention-posting = Retention
retention-posting-title = Retention: { $title }
retention-posting-when = When it happens
retention-posting-none = There are no applications.
retention-posting-rule = Rule
retention-posting-own = A rule of the posting's own
retention-gone-on = Erased { $date }
retention-hidden = { $count ->
    [one] { $count } is out of sight
   *[other] { $count } are out of sight
}
retention-hidden-what = Nobody sees them, and the search does not find them. They can be given back with a reason and a day until they are erased.
retention-restore = Give back …
retention-restore-submit = Give back
retention-until = Until and including
retention-until-hint = After that, warning and period begin anew.
retention-refuse = Refuse …
retention-refuse-reason = Reason for the applicant
retention-refuse-hint = The applicant reads it on their own page and can complain to Datatilsynet.
retention-refuse-submit = Refuse the wish
retention-hold-everybody = All applications
retention-hold-somebody = One application
retention-hold-about = Until { $until }, set by { $who }
retention-hold-ended = Ended { $until }, set by { $who }
retention-hold-over = Over
retention-hold-end = End
retention-hold-add = Put on hold
retention-hold-who = Who
retention-hold-reason-hint = A complaint, for example; the number of the case is enough.
retention-hold-submit = Put on hold
retention-block = Retention
retention-block-more = Retention of the posting
retention-line = Erased { $date }
retention-line-held = Not erased while it is on hold

erasure-receipts = Receipts of erasures
erasure-receipts-lede = What was erased, and what the search for it showed. No personal data.
erasure-number = Receipt { $number }
erasure-none = There are no receipts yet
erasure-none-what = The first is written the night something is erased for the first time.
erasure-col-receipt = Receipt
erasure-col-kind = Because
erasure-col-applications = Applications
erasure-col-files = Files
erasure-col-check = Check
erasure-col-place = Place
erasure-col-before = Before
erasure-col-after = After
erasure-check = Check
erasure-lede = { $count ->
    [one] { $count } application was erased. Checked { $at }. Because: { $kind }.
   *[other] { $count } applications were erased. Checked { $at }. Because: { $kind }.
}
erasure-kind-night = the period was over
erasure-kind-hand = erased by hand
erasure-kind-restore = erased again after a backup was restored
erasure-green = Erased and checked
erasure-green-what = We have looked for { $words } words (names, mail addresses, telephone numbers, file names, words of the letters) from { $count } { $count ->
    [one] application
   *[other] applications
} in every place where they could stand. Nothing was found.
erasure-red = Something was found
erasure-red-what = { $count } places should be gone and are not. It is cleared and looked for again every night, and stands in »opslag doctor«, until nothing is found.
erasure-blind = It could not be looked for
erasure-blind-what = The key to what should be looked for is lost. Rows, files and search index are erased, but that is not verified.
erasure-again = Clear and look again
erasure-said-again = It is cleared and looked for again; a new receipt comes when nothing is found.
erasure-not-found = Not found
erasure-found = Found
erasure-not-looked = Cannot be seen here
erasure-place-database = Database, rows
erasure-place-pages = The database's files, free pages and log
erasure-place-files = Files and pictures
erasure-place-index = Search index
erasure-place-queue = Queue, log-ins and answers to systems
erasure-place-folder = The rest of the data folder (letters, files on their way)
erasure-place-log = Audit log and receipts (ids only)
erasure-shared = { $count ->
    [one] { $count } word also stands in something that stays (another application, a colleague of the same name, an ad) and does not count for that.
   *[other] { $count } words also stand in something that stays (another application, a colleague of the same name, an ad) and do not count for that.
}
erasure-shared-files = { $count ->
    [one] { $count } file was sent by another applicant too; it stays for their sake.
   *[other] { $count } files were sent by other applicants too; they stay for their sake.
}
erasure-resumed = { $count ->
    [one] The erasure was cut off { $count } time and finished afterwards.
   *[other] The erasure was cut off { $count } times and finished afterwards.
}
erasure-honest-sqlite = SQLite writes zeros over deleted rows, and its log is cut off; the database's files were read through byte by byte.
erasure-honest-postgres = PostgreSQL gives the room of deleted rows free (vacuum) but writes over it only later: until then their bytes may lie in the server's files and log, where nobody can read them through the database. All rows were read through.
erasure-honest-bucket = The files lay in a bucket and are deleted by name (sha256). If the bucket keeps old versions it must throw them out itself.
erasure-outside = Outside of the check: mail that was sent, files somebody took away, older backups until they are thrown out, and what is filed elsewhere.
erasure-stays = What stayed
erasure-stays-counted = Applications counted
erasure-stays-what = Counts by channel, step and outcome stay, so that every sum holds.
erasure-chain = Chain
erasure-chain-what = The receipt is bound to the one before. If one is changed, it shows.
erasure-chain-this = This one
erasure-chain-previous = The one before
erasure-ids = The applications' ids, as sha256
erasure-chain-whole = { $count ->
    [one] The chain is whole, { $count } receipt
   *[other] The chain is whole, { $count } receipts
}
erasure-chain-broken = The chain is broken
erasure-chain-broken-what = Receipt { $number } does not fit the one before: it was changed from outside. Compare with a backup.
erasure-stand-begun = Under way
erasure-stand-proved = Proved
erasure-stand-left = Something was found
erasure-stand-nothing = Nothing to erase
erasure-nothing = Warned of: { $warned }. Taken out of sight: { $hidden }.

start-retention-warned = { $count ->
    [one] { $count } application is on its way out
   *[other] { $count } applications are on their way out
}
start-retention-warned-detail = { $days ->
    [0] Some go out of sight the coming night. Put on hold what must stay.
    [one] Some go out of sight in { $days } day. Put on hold what must stay.
   *[other] The first go out of sight in { $days } days. Put on hold what must stay.
}
start-retention-verb = See retention
start-retention-request = { $count ->
    [one] { $count } applicant has asked to be erased and waits for an answer
   *[other] { $count } applicants have asked to be erased and wait for an answer
}
start-retention-request-detail = Their application is on hold. The answer is due within a month.
start-retention-red = Something of what was erased was found
start-retention-red-detail = A receipt is red. It is looked for again every night.

own-erase-link = Erase my application
own-erase-title = Erase my application
own-erase-text = We erase your application, your files and what we have written about them, and look for you everywhere afterwards. This cannot be undone.
own-erase-withdraws = Your application is withdrawn with it: you can no longer be considered for the job.
own-erase-goes = If you do nothing it is erased by itself { $date }.
own-erase-submit = Erase my application
own-erase-keep = Keep it
own-erase-tonight = Your application is erased in the night to { $date }.
own-erase-after = After that the link to this page no longer works.
own-erase-held = We have seen your wish. The application is part of a case and cannot be erased now. You get an answer by { $date }.
own-erase-refused = We have not erased your application. This is the reason:
own-erase-complain = You can complain to Datatilsynet, datatilsynet.dk.
own-erase-anew = Ask again
own-erase-back = Back to my application
