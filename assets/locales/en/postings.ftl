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
