# Job ads: states, what is missing, doubtful words
posting-state-draft = Draft
posting-state-open = Open
posting-state-deadline-passed = Deadline passed
posting-state-closed = Closed

posting-pay-month = DKK { $amount } a month
posting-pay-hour = DKK { $amount } an hour
posting-pay-year = DKK { $amount } a year

# Readiness: what is in order
ready-title = Heading
ready-lead = Lead
ready-body = Body text
ready-english = English version
ready-profession = Profession
ready-employment = Form of employment
ready-hours = Hours
ready-workplace = Workplace
ready-address = Address
ready-agreement = Collective agreement
ready-pay = Pay
ready-contact = Contact person
ready-themes = Theme
ready-deadline = Deadline
ready-internal = The internal ad is approved
ready-wording = No wording against the law

# Readiness: what is missing
missing-title = Write a heading that says what the job is
missing-lead = Write a few lines that make the right person read on
missing-body = Write the ad itself
missing-english = The English version is begun but not finished. Write the rest, or delete what is there
missing-profession = Choose a profession
missing-employment = Choose a form of employment
missing-hours = Write how many hours a week it is
missing-workplace = Write the name of the workplace
missing-address = Write the address of the workplace with postcode and town
missing-agreement = Write the collective agreement, so that applicants know the terms
missing-pay = Write the pay in figures, or the pay step or basic pay. Applicants are entitled to know it
missing-contact = Write whom one may ask, with telephone or mail
missing-themes = Choose at least one theme
missing-deadline = Set a deadline with date and time
missing-deadline-past = The deadline lies in the past. Set a later one
missing-internal-reason = Choose why the job is advertised internally only
missing-internal-approval = Internal ads must be approved by HR before they are opened
missing-privacy = The data controller and data protection officer are not set up. Ask operations to fill in [privacy] in the configuration

# Readiness: worth saying
warn-deadline-short = The deadline is { $days ->
    [one] only one day
   *[other] only { $days } days
} away. 14 days is usual

# Doubtful words
posting-lint-no-answer = “{ $words }”: everyone who applies is entitled to an answer. Delete the sentence
posting-lint-sex-preference = “{ $words }”: an ad may not prefer one sex. Rewrite it
posting-lint-age-preference = “{ $words }”: an ad may not prefer an age. Rewrite it
posting-lint-hint-age = “{ $words }” can be read as wishing for a certain age
posting-lint-hint-sex = “{ $words }” can be read as wishing for one sex
posting-lint-hint-origin = “{ $words }” can be read as asking for a certain origin or faith
posting-lint-hint-health = “{ $words }” can be read as shutting out people with a disability
posting-lint-title-sex = “{ $words }”: the name of the job should not name a sex
posting-lint-former-pay = “{ $words }”: nobody may be asked what they earn or have earned. Delete the sentence
posting-lint-digital-only = “{ $words }”: an application on paper or by mail counts just as much

# Fields
error-hours-form = Write the hours in figures, such as 37 or 32.5.
error-hours-range = The hours must be above 0 and at most 60.
error-hours-order = The highest hours are lower than the lowest. Swap them.
error-pay-form = Write the pay in whole kroner, such as 31250.
error-pay-order = The highest pay is lower than the lowest. Swap them.
error-pay-unit = Choose whether the pay is for an hour, a month or a year.
error-openings = Write how many are to be hired: 1 to 999.
error-choice = Choose one of those in the list.
error-unit = Choose a unit you have access to.
error-body-long = The text is too long for an ad. Shorten it.
error-deadline-earlier = The deadline cannot be moved forward once the ad is open. Choose the same time or a later one.
error-internal-words = Write why the job is advertised internally only.
error-acknowledge-reason = Write why the word may stand.

# Refusals
posting-refused-edit = The ad cannot be changed once the deadline has passed or it is closed. People have applied for what it says.
posting-refused-open = The ad has been opened already. Reload the page.
posting-refused-extend = The deadline can only be extended while the ad is open.
posting-refused-close = The ad cannot be closed now: it is a draft, or closed already.
posting-refused-internal = There is no internal ad to approve. First choose why the job is advertised internally only.

# The careers site
ads-title = Vacancies
ads-heading = Find work where you make a difference every day
ads-lead = { $count ->
    [0] There are no vacancies at { $org } right now.
    [one] There is one vacancy at { $org }. Everyone is welcome to apply.
   *[other] { $count } vacancies at { $org }. Everyone is welcome to apply.
}
ads-what = What would you like to work with?
ads-what-example = Such as care, nurse, kitchen
ads-where = Where?
ads-anywhere = Everywhere
ads-search = Search
ads-narrow = Narrow down
ads-professions = Profession
ads-employment = Form of employment
ads-hours = Hours
ads-hours-full = Full time, 37 hours
ads-hours-part = Fewer than 37 hours
ads-themes = Theme
ads-show = Show vacancies
ads-show-all = Show all vacancies
ads-count = { $count ->
    [0] No vacancies right now
    [one] One vacancy
   *[other] { $count } vacancies
}
ads-found = { $count ->
    [0] No vacancy fits
    [one] One vacancy fits
   *[other] { $count } vacancies fit
}
ads-none = Look in again. New vacancies appear here first.
ads-none-found = Try fewer or other words.
ads-feed-title = Vacancies at { $org }

# An ad
ad-hours = { $hours } hours
ad-hours-week = { $hours } hours a week
ad-pay-from = From DKK { $amount }
ad-today = today { $time }
ad-tomorrow = tomorrow { $time }
ad-and = { $first } and { $last }
ad-deadline-on = Deadline { $deadline }
ad-deadline-word = Deadline
ad-reference = Ad { $reference }
ad-film = Film
ad-see-film = See the film
ad-film-of = Film: { $what }
ad-film-text = Read the film as text
ad-pay-heading = Pay and terms
ad-agreement-is = You are employed under the collective agreement: { $agreement }.
ad-pay-is = The pay is { $pay }.
ad-how-heading = How it works
ad-everyone-answered = You will hear from us in any case.
ad-other-ways = If you would rather apply on paper or by mail, write to or call { $who }.
ad-facts = Facts about the job
ad-deadline = Deadline
ad-hours-label = Hours
ad-openings = Number of positions
ad-starts = Start
ad-pay = Pay
ad-place = Place
ad-employer = Employer
ad-apply = Apply for the job
ad-apply-time = Takes about five minutes on a phone
ad-questions = Questions?
ad-share = Share the ad
ad-share-mail = Send by mail
ad-closed = The ad is closed
ad-closed-lead = The deadline was { $deadline }, so you can no longer apply for this job.
ad-closed-applied = If you have applied, follow your application through the link in your receipt. You will hear from us in any case.
ad-all-jobs = See vacancies
ad-similar = Similar jobs

# Staff: the list
postings-count = { $count ->
    [0] No ads
    [one] One ad
   *[other] { $count } ads
}
postings-write = Write an ad
postings-write-lede = Begin with the place and the heading. The rest is filled in afterwards, and nothing can be seen from outside before the ad is opened.
postings-write-on = Go on
postings-cancel = Cancel
postings-search = Find ads
postings-search-words = Words in the heading, or number
postings-search-submit = Find
postings-unit = Unit
postings-every-unit = All units
postings-state = State
postings-all = Show all
postings-none = There are no ads here
postings-none-next = Write the first one, or narrow down less.
postings-col-title = Ad
postings-col-state = State
postings-col-unit = Unit
postings-col-deadline = Deadline
postings-choose = Choose
postings-choose-profession = Choose a profession
posting-untitled = Ad without a heading
posting-days-left = { $days ->
    [0] today
    [one] in one day
   *[other] in { $days } days
}
posting-days-ago = { $days ->
    [0] today
    [one] one day ago
   *[other] { $days } days ago
}

# Staff: one ad
posting-tabs = Job ad
posting-tab-overview = Overview
posting-tab-edit = The ad
posting-tab-profile = Profile
posting-tab-board = Applicants
posting-tab-answers = Answers
posting-tab-panel = Panel
posting-tab-publish = Share on channels
posting-tab-counts = Figures
posting-also-english = Also in English
posting-preview = See as an applicant
posting-see-public = See on the careers site
posting-share = Share on channels
posting-edit = Edit the ad
posting-deadline-is = deadline { $deadline }
posting-deadline-was = deadline passed { $deadline }
posting-openings = { $count } positions
posting-ready-heading = Ready to go out?
posting-ready-heading-out = Is the ad in order?
posting-ready-all = Everything is ready. The ad can be opened.
posting-ready-still = Everything is in order.
posting-ready-missing = { $count ->
    [one] One thing is missing.
   *[other] { $count } things are missing.
}
posting-ready-lacks = Missing:
posting-ready-note = Note:
posting-ready-is = Ready:
posting-ready-fix = Put it right
posting-ready-see = See the field
posting-ready-done = { $count ->
    [one] One thing is ready
   *[other] { $count } things are ready
}
posting-let-stand = The word may stand, because…
posting-let-stand-why = Why may it stand? This is kept with your name.
posting-let-stand-do = Keep the reason
posting-approve-internal = Approve that the job is advertised internally only
posting-open-what = Once you open the ad, everyone can see it on the careers site and apply. The deadline can only be extended later.
posting-open = Open the ad
posting-rounds = Rounds
posting-round = Round { $number }
posting-closed-at = closed { $when }
posting-reasons = Reasons
posting-words = “{ $words }” may stand
posting-internal-approved = Internal ad approved: { $reason }
posting-versions = { $count ->
    [one] One version has been out
   *[other] { $count } versions have been out
}
posting-versions-what = Each version is kept unchanged. The code is its fingerprint (SHA-256).
posting-version = Version { $number }
posting-by-system = Opslag
posting-verbs = Facts and actions
posting-address = Address on the careers site
posting-extend = Extend the deadline
posting-extend-to = New deadline
posting-extend-do = Extend
posting-close = Close the ad…
posting-close-what = Every applicant must have an outcome, and everybody rejected must have the answer, before the ad can be closed. It cannot be opened again.
posting-close-why = How did it end?
posting-close-do = Close the ad
posting-close-hired = Somebody was hired
    .hint = The ad stands as closed on the careers site.
posting-close-no_hire = Nobody was hired
    .hint = The ad stands as closed on the careers site.
posting-close-withdrawn = Withdrawn
    .hint = The ad should not have been out. The page is removed altogether.
posting-opened = The ad is open. Everyone can see it and apply.
posting-extended = The deadline is extended.
posting-acknowledged = The reason is kept.
posting-internal-let = The internal ad is approved.
posting-stale = Somebody has saved the ad since you loaded the page. Go back, reload it and try again.
posting-refused-not-ready = Something is missing before the ad can go out. See the list on the ad's page.

# Staff: writing
posting-edit-of = Edit { $title }
posting-edit-draft = The draft can be saved although something is missing.
posting-edit-open = The ad is out. What you save can be seen at once. The deadline can only be moved to a later time.
posting-saved = The draft is saved.
posting-saved-open = The changes are saved and can be seen on the careers site.
posting-save = Save
posting-save-preview = Save, and see as an applicant
posting-preview-of = { $title }, as an applicant
posting-preview-what = This is how applicants see the ad.
posting-hinders = The ad is out, so it must be in order all the time. Put this right before you save
posting-stale-by = { $name } saved the ad while you were writing
posting-stale-somebody = Somebody else saved the ad while you were writing
posting-stale-what = What you wrote still stands in the fields but is not saved. Below is what the other person has saved in the fields where you differ. Save again if yours is to hold.
posting-stale-same = You have written the same. Save again and you are done.
posting-part-text = Text
posting-part-english = English version
posting-part-media = Picture and film
posting-part-job = The job
posting-part-pay = Pay and agreement
posting-part-deadline = Deadline and contact
posting-part-themes = Theme and visibility
posting-english-what = Optional. Once begun, it must be finished before the ad can be opened.
posting-media-what = Choose from what lies in the media library.
posting-media-add = Add pictures and films
posting-media-none = No picture
posting-film-none = No film
posting-graphics-more = More pictures in the text
posting-title-hint = Say what the job is, and where. For example: SOSU-assistent til Plejecenter Nord
posting-lead-hint = Two or three lines. They also stand on cards and in posts on social media.
posting-body-hint = What will one do? What is a day like? What do you ask for? Text from Word can be pasted.
posting-starts-hint = For example 1 February 2027, or as soon as possible
posting-address-hint = Street and number, postcode and town
posting-pay-hint = Pay step or basic pay when there are no figures. Else supplements and pension
posting-deadline-hint = Date and time, Danish time
posting-contact-hint = Name and title, for example Camilla Juhl, centre manager
posting-payunit-month = a month
posting-payunit-hour = an hour
posting-payunit-year = a year
posting-visibility-public = Public
    .hint = Everyone can find it. This is the rule for all municipal jobs.
posting-visibility-internal = Internal
    .hint = Only who is given the address can see it. Asks for a reason and HR's approval.
posting-field-empty = (empty)
posting-field-unit = Unit
posting-field-title-da = Heading
posting-field-lead-da = Lead
posting-field-body-da = Body text
posting-field-title-en = Heading in English
posting-field-lead-en = Lead in English
posting-field-body-en = Body text in English
posting-field-profession = Profession
posting-field-employment-type = Form of employment
posting-field-openings = Number of positions
posting-field-hours-min = Hours a week
posting-field-hours-max = At most
posting-field-shifts = Shifts
posting-field-workplace = Name of the workplace
posting-field-address = Address of the workplace
posting-field-starts-on = Start
posting-field-agreement = Collective agreement
posting-field-pay-min = Pay from, in kroner
posting-field-pay-max = To
posting-field-pay-unit = The pay is
posting-field-pay = Pay in words
posting-field-contact-name = Whom can one ask?
posting-field-contact-email = Mail
posting-field-contact-phone = Telephone
posting-field-deadline = Deadline
posting-field-themes = Theme
posting-field-hero = Picture on top
posting-field-graphic = Pictures in the text
posting-field-film = Film
posting-field-visibility = Visibility
posting-field-visibility-reason = Why internal only?
posting-field-visibility-words = If other, why?
ready-media = Pictures and films are described
warn-no-picture = The ad has no picture. With a picture more people will see it
error-deadline-form = Write the deadline as date and time, such as 2026-12-06 23.59.

# Advertised again
repost-heading = Advertise again
repost-what = The deadline has passed. Advertise the job again with a new deadline; the applications that have arrived still count.
repost-open = Advertise again …
repost-lede = { $title }, round { $round }
repost-becomes = What happens
repost-carried = { $count ->
    [0] No applications are waiting for an answer.
    [one] 1 application that is not decided counts in the new round. The applicant is told.
   *[other] { $count } applications that are not decided count in the new round. The applicants are told.
}
repost-late = { $count ->
    [one] 1 of them came too late and is now taken into account.
   *[other] { $count } of them came too late and are now taken into account.
}
repost-decided = Whoever has been rejected or has withdrawn does not count.
repost-public = The ad is open again and says that the job was advertised before. Posts on channels are planned afterwards.
repost-deadline = New deadline
repost-deadline-hint = At least 14 days from today is usual.
repost-reason = Why is the job advertised again?
repost-reason-hint = Kept with the case, not in the ad. For example: no applicants with an authorisation.
repost-do = Advertise again
repost-not = Leave it
repost-not-ready = Something is missing before the ad can be advertised again. See the list on its overview.
repost-done = Advertised again
repost-done-at = advertised again { $when }
repost-said = { $count ->
    [0] The job is advertised again, round { $round }.
    [one] The job is advertised again, round { $round }. 1 application still counts, and the applicant is told.
   *[other] The job is advertised again, round { $round }. { $count } applications still count, and the applicants are told.
}
repost-said-late = { $count ->
    [one] 1 that came too late is taken into account now.
   *[other] { $count } that came too late are taken into account now.
}
error-repost-reason = Write why the job is advertised again, in at least 10 characters.
error-repost-reason-long = The reason is too long. 1000 characters at most.
posting-refused-repost = Only an ad whose deadline has passed and that is not closed can be advertised again. Before that, its deadline can be extended.
ad-reposted = The job is advertised again.
ad-reposted-what = If you applied before, your application still counts unless you withdrew it. You need not apply again.
