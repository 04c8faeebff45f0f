# Campaigns
campaigns-lede = What several ads and stories say together for a time, and what came of it.
campaigns-none = No campaigns yet
campaigns-none-next = A campaign gathers ads and stories around one message, so that you see what they brought together.
campaigns-none-found = No campaigns with that horizon.
campaigns-narrow = Show
campaigns-all = Show all
campaigns-every-horizon = Every horizon
campaign-new = New campaign
campaign-edit = Edit
campaign-save = Save campaign
campaign-none = No campaign
campaign-field = Campaign
campaign-trial = Trial
campaign-things = { $count ->
    [0] nothing in it yet
    [one] 1 ad or story
   *[other] { $count } ads and stories
  }
campaign-period = { $from } – { $to }
campaign-from = From { $from }
campaign-phase-running = Running
campaign-phase-coming = Coming
campaign-phase-ended = Ended
campaign-phase-archived = Archived
campaign-horizon-short = Short term
    .hint = Weeks
campaign-horizon-medium = Medium term
    .hint = Months
campaign-horizon-long = Long term
    .hint = Years

# The form
campaign-edit-lede = Ads and stories are put into the campaign where they are written.
campaign-part-words = Message
campaign-part-time = Period
campaign-part-trial = Trial
campaign-part-whose = Who is behind it?
campaign-part-look = Look
campaign-field-name = Name
campaign-name-hint = For example “Tid til hinanden”
campaign-field-slogan = Slogan
campaign-slogan-hint = The sentence that comes back
campaign-field-starts-on = First day
campaign-field-ends-on = Last day
campaign-field-horizon = Horizon
campaign-field-trial = We are trying something out
campaign-trial-hint = Then you say beforehand what you expect, and when it ends. Afterwards the figures stand beside those of as long a time before.
campaign-field-hypothesis = What do you expect to see?
campaign-hypothesis-hint = Must be filled in when you try something out. For example: “Films from everyday work bring more clicks than pictures.”
campaign-field-unit = Unit
campaign-together-open = Together with other units
campaign-field-together = Together with
campaign-together-hint = They see the campaign and all its figures, also those of your posts.
campaign-field-colour = Colour
campaign-field-colour-own = Your own colour
campaign-colour-hint = # and six characters, for example #0a5566. White text must be readable on it.
campaign-colour-petrol = Petrol
campaign-colour-berry = Blackberry
campaign-colour-forest = Forest
campaign-colour-ink = Ink
campaign-colour-plum = Plum
campaign-colour-rust = Rust
campaign-colour-own = Your own
campaign-logo-open = Logo
campaign-field-logo = Logo from the media library
campaign-logo-none = No logo

# What is wrong with it
campaign-error-name = Give the campaign a name.
campaign-error-start = Choose the first day.
campaign-error-day = Write the day as 2026-11-30, or choose it in the calendar.
campaign-error-order = The last day lies before the first. Choose a later one.
campaign-error-trial-end = A trial ends. Choose the last day.
campaign-error-hypothesis = Write what you expect to see. Otherwise nobody can say afterwards whether it happened.
campaign-error-horizon = Choose a horizon.
campaign-error-colour = Choose a colour, or write your own as # and six characters, for example #0a5566.
campaign-error-pale = White text cannot be read on that colour. Choose a darker one, for example { $suggestion }.
campaign-error-left-out = That would leave you out yourselves. Keep at least one of your units.
campaign-error-logo = Choose a picture from your own media library.
campaign-error-choice = The campaign takes no more, or is not yours. Choose another.
campaign-stale = Somebody has saved the campaign meanwhile. Open it again and write in your changes.
campaign-stale-what = What you wrote still stands here. If you save now, it replaces theirs.
campaign-stale-see = See what they saved
campaign-refused-archived = The campaign is archived. Take it out again to change it.
campaign-refused-delete = Something still belongs to the campaign, so it cannot be deleted. Archive it instead.
campaign-said-created = The campaign has been made.
campaign-said-saved = The campaign has been saved.
campaign-said-archived = The campaign has been archived.
campaign-said-reopened = The campaign has been taken out again.
campaign-said-deleted = The campaign has been deleted.

# Its own page
campaign-csv = Download as spreadsheet
campaign-file = campaign
campaign-kind = Kind
campaign-title = Title
campaign-an-ad = Job ad
campaign-chart-clicks = Clicks by channel
campaign-chart-applications = Applications by channel
campaign-by-channel = Channel by channel
campaign-belongs = Belongs to the campaign
campaign-belongs-nothing = Nothing yet. Choose the campaign where an ad or a story is written.
campaign-unseen = { $count ->
    [one] And one draft of another unit.
   *[other] And { $count } drafts of other units.
  }
campaign-nothing-yet = Nothing has been posted yet
campaign-nothing-next = When an ad or a story of the campaign goes out, what came of it stands here.
campaign-facts = About the campaign
campaign-basis = Everything that belongs to the campaign is counted, whenever it went out. An application is counted once: at the story or ad whose link the applicant followed, else at the ad it was sent to. Applications without a link stand under “Direct or unknown”. Erased applications are in the sum.
campaign-how-to-join = Choose the campaign below the themes when you edit an ad or a story.
campaign-verbs = When it is over
campaign-archive = Archive
campaign-archive-what = It can no longer be chosen. What belongs to it stays, and the figures are still counted.
campaign-reopen = Take out again
campaign-reopen-what = It stands in the list again by its period.
campaign-delete = Delete
campaign-delete-what = Nothing belongs to it, so it can be deleted.
campaign-expected = What we expect to see
campaign-before = Before
campaign-during = In the period
campaign-figure = { $figure }: { $when }
campaign-spans = { $days ->
    [one] The day before ({ $before }) beside the trial’s one day ({ $during }). The figures are everything from the units behind it.
   *[other] The { $days } days before ({ $before }) beside the trial’s { $days } days ({ $during }). The figures are everything from the units behind it.
  }
campaign-spans-yet = The trial still runs: from { $begins } until now, { $until }, beside as long a time before, from { $from }. The figures are everything from the units behind it.
campaign-own = Of these, from what belongs to the campaign, in the period: { $posts ->
    [one] 1 post
   *[other] { $posts } posts
  }, { $clicks ->
    [one] 1 click
   *[other] { $clicks } clicks
  } and { $applications ->
    [one] 1 application
   *[other] { $applications } applications
  }.
campaign-trial-table = Channel by channel, before and in the period
campaign-erased = { $count ->
    [one] One application has been erased, and nobody knows any longer when it came. It is not counted here.
   *[other] { $count } applications have been erased, and nobody knows any longer when they came. They are not counted here.
  }
campaign-no-proof = A comparison, not a proof
campaign-no-proof-why = The figures say what happened before and in the period, not why. The number of vacancies, holidays and the weather may have moved them too.
campaign-trial-later = The comparison comes when the trial has begun.

# By theme
themes-title = Figures by theme
themes-lede = The past { $days } days: what do we speak of, and what does it bring?
themes-when = Period
themes-period = The past { $days } days
themes-show = Show
themes-none-next = When something with a theme goes out, what came of it stands here.
themes-chart-posts = Posts by theme
themes-chart-applications = Applications by theme
themes-table = Theme by theme
themes-theme = Theme
themes-without = Without a theme
themes-total = In all, each post once
themes-basis = A post with two themes is counted in both rows, but only once in the total. The rows together can therefore be more than the total. Clicks and applications are those that came by the post’s own link. Applications without a link are not in it.
themes-file = themes
