# Where a delivery stands
delivery-state-planned = Planned
delivery-state-publishing = Publishing…
delivery-state-needs-human = Check yourself
delivery-state-needs-reconnect = Connection missing
delivery-state-published = Published
delivery-state-failed = Failed
delivery-state-held = Paused
delivery-state-missed = Missed
delivery-state-cancelled = Cancelled
delivery-state-removing = Being taken down…
delivery-state-removed = Taken down

# What happens next
delivery-now-planned = Goes out by itself.
delivery-now-sending = Being sent right now.
delivery-now-cancelling = You cancelled while it was being sent. We are checking whether it got out.
delivery-now-same-key = We got no answer when we sent it. We send exactly the same again at { $time }; the channel knows it by a key and shows it only once.
delivery-now-looking = We got no answer when we sent it. We check whether the post is there at { $time }.
delivery-now-later = We try again at { $time }.
delivery-now-retry = We try again at { $time }.
delivery-now-needs-human = Look on the channel and tell us.
delivery-now-needs-reconnect = Connect the account again and the post goes out by itself, if that happens by { $time }.
delivery-now-held = Let it go on by { $time }, or it will not be sent.
delivery-now-removing = We check again at { $time }, until it is gone.
delivery-now-failed = Put right what is wrong and send it again.
delivery-now-missed = Plan it again, or leave it.

# Why
delivery-why-no-consent = Somebody in the picture has not said yes to being shown here, or no longer does. Look below the picture, ask for consent, or cancel and choose another picture.
preflight-consent = { $who } has not said yes to being shown there. Ask for consent, or choose another picture.
publish-error-consent-internal = { $who } in "{ $name }" has not said yes to being shown among colleagues. Choose another picture, take the channel off, or ask for consent under People in pictures.
publish-error-consent-press = { $who } in "{ $name }" has not said yes to papers and print. Choose another picture, take the channel off, or ask for consent under People in pictures.
publish-error-consent-social = { $who } in "{ $name }" has not said yes to social media. Choose another picture, take the channel off, or ask for consent under People in pictures.
delivery-why-not-ready = Something is missing in the job ad or story since this was planned. See the list on its page.
delivery-why-spaced = Several posts are late on the same account. They go out with some time between them.
delivery-why-posting-closed = The job ad is closed, its deadline has passed, or the story is archived.
delivery-why-account-gone = The account is no longer connected.
delivery-why-account-reconnect = The account must be connected again.
delivery-why-latest-passed = It did not get out in time, and we do not send it afterwards.
delivery-why-died = Opslag was interrupted while we were sending.
delivery-why-no-answer = We got no usable answer when we sent it.
delivery-why-not-seen = We looked for the post and did not find it.
delivery-why-cannot-look = The channel does not let us see what was published, so we cannot know whether the post came out. Look on the account.
delivery-why-cannot-withdraw = The channel does not let us take the post down. Take it down there yourself, and tell us here.
delivery-why-person = A colleague stopped it.
delivery-why-restored = Opslag was restored from a backup, and the post may have gone out in the meantime. Look on the channel before you send it.

# What was tried
delivery-did-ready = Made ready. There were no files to add.
delivery-did-prepare = { $count ->
    [one] The file was added and received.
   *[other] { $count } files were added and received.
}
delivery-did-prepare-no = The post could not be made ready on { $channel }.
delivery-did-prepare-broken = We were interrupted while making ready. Nothing became visible.
delivery-did-send = Sent. { $channel } said yes.
delivery-did-send-no = { $channel } said no. Nothing became visible.
delivery-did-send-unknown = Sent, but no usable answer came from { $channel }.
delivery-did-send-broken = We were interrupted while sending.
delivery-did-find = Looked: the post is there.
delivery-did-find-absent = Looked: the post is not there.
delivery-did-find-not-seen = Looked for the link { $marker } in the account's latest posts: not found.
delivery-did-find-unreachable = Wanted to look, but could not reach { $channel }.
delivery-did-withdraw = Taken down. { $channel } says that it is gone.
delivery-did-withdraw-no = Could not be taken down yet.
delivery-did-person-there = A colleague saw the post on { $channel }.
delivery-did-person-absent = A colleague looked: the post is not on { $channel }.
delivery-did-person-gone = A colleague took the post down on { $channel } by hand.

# The queue
delivery-queue-title = Deliveries
delivery-queue-lede = Everything on its way out, and what needs a person.
delivery-queue-heading = Queue and history
delivery-queue-table = Queue and history as a table
delivery-queue-all = Show everything
delivery-queue-mine = Only what needs me ({ $count })
delivery-queue-empty = Nothing has been sent yet
delivery-queue-empty-hint = Open a job ad and choose "Publish to channels".
delivery-queue-to-postings = See job ads
delivery-queue-total = { $count ->
    [one] 1 delivery
   *[other] { $count } deliveries
}
delivery-still-title = Nothing goes out right now
delivery-still = The part of Opslag that sends is not running. Tell IT. Planned posts stay here and go out when it runs again, unless they are too late by then.
delivery-stuck-title = Something has come to a halt
delivery-stuck = { $count ->
    [one] One delivery should have gone out more than ten minutes ago. Tell whoever runs Opslag.
   *[other] { $count } deliveries should have gone out more than ten minutes ago. Tell whoever runs Opslag.
}
delivery-col-posting = Ad
delivery-col-channel = Channel
delivery-col-time = Time
delivery-col-state = State
delivery-col-now = What now
delivery-practice = practice channel
delivery-see-post = See the post
delivery-see-post-on = See the post on { $channel }
delivery-readers = On the channel
delivery-readers-at = Read { $time }
delivery-readers-not-yet = Not read yet
delivery-readers-impressions = { $count ->
    [one] 1 view
   *[other] { $count } views
}
delivery-readers-clicks = { $count ->
    [one] 1 click on the channel
   *[other] { $count } clicks on the channel
}
delivery-readers-reactions = { $count ->
    [one] 1 reaction
   *[other] { $count } reactions
}
delivery-readers-comments = { $count ->
    [one] 1 comment
   *[other] { $count } comments
}
delivery-readers-shares = { $count ->
    [one] 1 share
   *[other] { $count } shares
}
delivery-clicks = { $count ->
    [one] 1 click
   *[other] { $count } clicks
}
delivery-planned-for = planned for { $time }

# Look for yourself
delivery-check-question = Did "{ $title }" get out on { $channel }?
delivery-check-why = We sent the post but do not know whether it got out on { $channel }. We do not send it again by ourselves, since it could then appear twice.
delivery-check-known = What we know
delivery-check-sent = What we sent
delivery-open-profile = Open { $account } on { $channel } in a new window
delivery-decide-there = Yes, the post is there
delivery-decide-link = Link to the post
delivery-decide-link-hint = Copy it from { $channel }, so that we can count and remove it later.
delivery-decide-there-button = It is published
delivery-decide-absent = No, the post is not there
delivery-decide-absent-hint = We send exactly the same again, once. If you are in doubt, wait five minutes and look again.
delivery-decide-absent-button = It is not published – send again
delivery-decide-drop = Drop the post on { $channel }

# One delivery
delivery-title = { $title } on { $channel }
delivery-to-posting = See what it is about
delivery-state-heading = Where it stands
delivery-peer-said = { $channel } said: "{ $words }"
delivery-due = Planned for
delivery-latest = Sent no later than
delivery-marker = Tracked link
delivery-do-heading = What do you want to do
delivery-do-reconnect = Connect again
delivery-do-move = Move
delivery-do-again = Send again
delivery-do-hold = Pause
delivery-do-release = Let it go on
delivery-do-cancel = Cancel
delivery-do-take-down = Remove from { $channel }
delivery-do-gone = I have taken it down
delivery-move-when = New time
delivery-move-hint = Danish time.
delivery-again-when = When
delivery-again-hint = Danish time. Empty means now. It gets a new tracked link.
delivery-post-heading = What is sent
delivery-post-film = Film with captions
delivery-log-heading = How it went
delivery-log-empty = Nothing has been tried yet.
delivery-log-details = Details
delivery-log-hash = Checksum of the content (SHA-256)
delivery-log-remote = Name at { $channel }

# Said after a verb
delivery-said-cancelled = The post is cancelled. It will not go out.
delivery-said-cancel-if-not-sent = The post is being sent right now. We cancel it if it did not get out. If it did, you can remove it afterwards.
delivery-said-look = An earlier try may have got out. Look on the channel and tell us here.
delivery-said-moved = Moved to { $time }.
delivery-said-moved-gap = That time does not exist that night, because the clocks go forward. Moved to { $time }.
delivery-said-moved-fold = That time comes twice that night, because the clocks go back. We use the first: { $time } (summer time).
delivery-said-held = Paused.
delivery-said-released = The post goes on.
delivery-said-there = Thank you. The post is kept as published.
delivery-said-absent = Thank you. We send exactly the same again.
delivery-said-taking-down = The post is being taken down. We say so here when it is gone.
delivery-said-gone = Thank you. The post is kept as taken down.
delivery-said-again = The post is on its way again.

# Wrong fields
delivery-error-when = The time cannot be read. Choose a date and a time of day.
delivery-error-past = That time has passed. Choose one that is to come.
delivery-error-after-deadline = That time is after the deadline for applications. Choose one before it, or move the deadline first.
delivery-error-posting-over = The job ad is closed, its deadline has passed, or the story is archived. Open it again before you send it out.
delivery-error-account-gone = The account is no longer connected. Connect it again under Channels, or make a new delivery to another account.
delivery-error-link = The link cannot be used as it stands. Copy the whole address from the channel; it begins with https://
delivery-error-too-late = It has moved on since you opened the page. Here is where it stands now.

# Publishing an ad
publish-title = Publish "{ $title }"
publish-lede = Choose where it goes and see what it will look like.
publish-accounts = Where
publish-class-key = At most once, even if the connection is cut.
publish-class-look = At most once. If the connection is cut, you may have to look.
publish-class-blind = At most once. If the connection is cut, you must look yourself.
publish-needs-reconnect = The account must be connected again before anything goes out.
publish-text = Text
publish-text-for = Text for { $account }
publish-link-hint = A tracked link to the job ad is put in by itself, one for each account.
publish-media = Picture and film
publish-media-none = The job ad has no pictures or films that are ready. The link is shown with title and lead.
publish-media-hint = Up to four pictures or one film. If you choose nothing, the link is shown with title and lead.
publish-media-picture = Picture: { $name }
publish-media-film = Film: { $name }
publish-when = When
publish-timing = Time
publish-now = Now
publish-later = Later
publish-at = Date and time
publish-at-hint = Danish time. Used only when you have chosen "Later".
publish-button = Publish
publish-preview-button = Renew preview
publish-preview = What it will look like
publish-price = { $channel } charges { $amount } US dollars for a post with a link.
publish-preview-on = Preview on { $channel }
publish-counter = { $used } of { $max } characters
publish-suggest-deadline = Apply by { $time }.
publish-same-title = The same text again
publish-same-words = The same text is planned or published on the account at { $time }. Write something else, or tick that it is to go out again.
publish-same-ok = Send the same text out again
publish-said-now = { $count ->
    [one] The post is on its way.
   *[other] The post is on its way to { $count } accounts.
}
publish-said-waits = { $count ->
    [one] The post is sent for approval. It goes out at its time once it is approved.
   *[other] The post is sent for approval on { $count } accounts. It goes out at its time once it is approved.
}
publish-asks = Needs approval: { $role }, { $unit }.
publish-no-accounts = There is no account to publish to
publish-no-accounts-hint = Connect an account on Bluesky or Mastodon first.
publish-to-channels = Go to Channels
publish-refused-title = It cannot go out yet
publish-refused-link = Go back and put it right
publish-refused-internal = The job ad is for internal applicants only, so it may not go to open channels.
publish-refused-draft = The job ad is still a draft. Open it for applications first, so that the link leads somewhere.
publish-refused-over = The job ad is closed, or its deadline has passed. Extend the deadline if it is to go out again.
publish-refused-story-internal = The story is for colleagues only, and every connected channel is open to the world. Choose “Both” as its audience if it may go out.
publish-refused-story-draft = The story is still a draft. Make it ready first, so that the link leads somewhere.
publish-refused-story-archived = The story is archived. Open it again if it is to be told once more.
publish-refused-story-incomplete = Something is missing in the story. See the list on the story's page and put it right first.
publish-refused-incomplete = Something is missing in the job ad. See the list on the ad's page and put it right first.
publish-error-no-account = Choose at least one account.
publish-error-account = One of the accounts cannot be used for this job ad. Choose another.
publish-error-media = One of the pictures or the film lacks something before it may go out. Put it right under Media, or leave it out.
delivery-letter-subject = { $count ->
    [one] A post needs you
   *[other] { $count } posts need you
  }
delivery-letter-greeting = Dear { $name }
delivery-letter-post = “{ $title }” on { $account }, planned for { $when }
delivery-letter-sender = Kind regards, Opslag, { $org }

# The calendar
calendar-title = Calendar
calendar-lede = { $count ->
    [0] No posts
    [one] 1 post
   *[other] { $count } posts
} · { $span }. { $asking ->
    [0] Nothing needs you.
    [one] 1 needs a person.
   *[other] { $asking } need a person.
}
calendar-month = Month
calendar-week = Week
calendar-list = List
calendar-week-number = Week { $number }
calendar-from = From { $date }
calendar-view = View
calendar-previous = Previous
calendar-next = Next
calendar-today = Today
calendar-is-today = today
calendar-narrow = Choose what to see
calendar-narrow-do = Show
calendar-asking = What needs a person ({ $count })
calendar-kind = Kind
calendar-every-kind = Both job ads and stories
calendar-kind-posting = Job ads only
calendar-kind-story = Stories and other posts only
calendar-unit = Unit
calendar-every-unit = All units
calendar-caption = Deliveries, { $span }
calendar-deadline = Deadline
calendar-move = Move…
calendar-move-to = New time
calendar-move-do = Move
calendar-move-not = Cancel
calendar-failed = The post was not moved because we got no answer. Try again.
calendar-empty = Nothing is planned here
calendar-empty-hint = Open a job ad and choose »Publish on channels«.
calendar-hint = Coloured days are weekends and holidays. Drag a post to another day, choose »Move…«, or hold Shift and press an arrow key. What is published or on its way stays where it is.
holiday-new-year = New Year’s Day
holiday-constitution = Constitution Day
holiday-christmas-eve = Christmas Eve
holiday-christmas = Christmas Day
holiday-second-christmas = Second Christmas Day
holiday-new-years-eve = New Year’s Eve
holiday-may-day = 1 May
holiday-maundy-thursday = Maundy Thursday
holiday-good-friday = Good Friday
holiday-easter = Easter Sunday
holiday-second-easter = Easter Monday
holiday-ascension = Ascension Day
holiday-pentecost = Whit Sunday
holiday-second-pentecost = Whit Monday

# Everything on pause
pause-open = Pause everything
pause-title = Pause everything
pause-lede = { $count ->
    [0] Nothing is planned for the next seven days.
    [one] 1 post is planned for the next seven days.
   *[other] { $count } posts are planned for the next seven days.
}
pause-unit = Where
pause-unit-hint = Covers the unit and all below it, on every channel.
pause-why = Why
pause-why-hint = Your colleagues see it when they wonder why nothing goes out.
pause-do = Pause everything now
pause-not = No, let it run
pause-error-why = Write why, so that your colleagues know what they are waiting for.
pause-error-long = Write it shorter, at most 200 characters.
pause-said = Everything is paused. What is out already stays there.
pause-said-over = The pause is over. What had to wait goes out with some time in between.
pause-holds-title = Nothing goes out right now
pause-holds = { $unit } was paused { $since } by { $who }
pause-holds-what = Planned posts wait and go out when the pause ends, if they have not become too late.
pause-by-system = Opslag
pause-end = Let it go on
delivery-why-all-paused = Everything is paused.

# A letter to whoever connected an account: its connection ends by itself
ending-letter-subject = { $channel } { $account }: the connection ends { $days ->
    [one] tomorrow
   *[other] in { $days } days
}
ending-letter-what = Opslag's access to { $account } on { $channel } ends { $when }. The channel does not let us renew it for you.
ending-letter-now = Connect the account again before that, and everything goes on without a break: { $address }
ending-letter-posts = { $count ->
    [one] One post is planned for later and will not go out otherwise:
   *[other] { $count } posts are planned for later and will not go out otherwise:
}
ending-letter-post = – { $title }, { $when }: { $address }

# What holds back
delivery-why-account-unwell = The account has failed several times in a row. We ask it again now and then and send as soon as it answers.
delivery-why-channel-stopped = The channel no longer takes anything from our app, or from the version we speak. Operations have been told; the post waits and has not failed.
delivery-why-allowance-spent = The channel allows no more posts on the account just now. We send when it does again.
delivery-letter-stopped-subject = { $channel } takes no posts from Opslag
delivery-letter-stopped = { $channel } no longer takes anything from our app, or from the version we speak. The channel says: “{ $words }”
delivery-letter-stopped-waiting = { $count ->
    [0] No posts are waiting for it just now.
    [one] One post is waiting for it. It has not failed.
   *[other] { $count } posts are waiting for it. They have not failed.
  }
delivery-letter-stopped-now = See to the app at the channel, and to version and end date in the configuration ([channels.…]). When the channel answers again, the posts go out by themselves if they have not become too late.
queue-unwell = Does not answer
queue-unwell-account = { $account } has not answered since { $since }. We ask again { $next }; its posts wait meanwhile.
queue-unwell-channel = { $channel } has taken nothing from our app since { $since }: “{ $words }”. We ask again now and then; its posts wait meanwhile. Operations have been told.

# When the ad is over
delivery-end-heading = When the ad is over
delivery-end-ends = The post is taken down by itself on every channel when the deadline has passed or the ad is closed, so that nobody follows it to a closed door.
delivery-end-stays = The post stays on every channel, also when the ad is over.
delivery-end-do-stay = Let it stay
delivery-end-do-end = Take it down when the ad is over
delivery-said-stays = The post stays, also when the ad is over.
delivery-said-ends = The post will be taken down when the ad is over.
