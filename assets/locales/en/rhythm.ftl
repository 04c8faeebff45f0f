# Fixed places in the week
slot-title = Weekly slots
slot-lede = The times in the week at which the account posts. A post can take the next free slot when you plan it.
slot-times-hint = Write times with a comma between them, such as 8.30, 12.00. Leave a day empty if nothing is to be posted.
slot-save = Save slots
slot-said-saved = The slots are saved. What is planned already stays where it is.
slot-next = The next free ones
slot-next-none = There are no free slots. Write some times.
slot-freed = A slot is free again as soon as the post in it is moved or cancelled.
slot-to-calendar = See the slots in the calendar
slot-error-time = »{ $time }« is not a time of day. Write for instance 8.30.
slot-error-near = There must be at least { $minutes } minutes between two slots.
slot-error-many = There can be at most { $max } slots in a week.
slot-open = Weekly slots
slot-what = The times in the week at which the account posts.
slot-free = Free slot
slot-take-next = Next free slot
slot-take = Free slots of the account
publish-slot = Next free slot
publish-slot-hint = Each account takes its own next free slot.
publish-slot-next = Next free slot: { $time }.
publish-said-slots = Planned for the next free slots. The first one goes out { $time }.
publish-error-no-slots = { $account } has no weekly slots. Choose a time, or leave the account out.
publish-error-slots-full = { $account } has no free slot before the post is out of date. Choose a time, or leave the account out.
delivery-error-slot-taken = The slot is no longer free. Choose another one.
delivery-error-no-slot = The account has no free slot. Choose a time.
# What repeats
series-title = Repeating posts
series-lede = Posts that go out again and again. They are planned four weeks ahead and stand in the calendar like other posts.
series-none = Nothing repeats
series-none-hint = Choose »Repeat« when you publish a job ad or a story.
series-one = Repeating: { $title }
series-rhythm = { $weeks ->
    [one] Every week: { $days } { $time }
   *[other] Every { $weeks } weeks: { $days } { $time }
}
series-rhythm-until = until and including { $date }
series-rhythm-times = { $count } times in all
series-state-running = Running
series-state-paused = Paused
series-state-stopped = Stopped
series-state-over = Over
series-waits = Nothing is being planned just now
series-do-pause = Pause
series-do-go-on = Go on
series-do-stop = Stop for good
series-do-down = Take all of it down
series-do-hint = Pausing and stopping cancel what is planned. What has gone out stays until you take it down.
series-rows = Planned and gone out
series-rows-none = Nothing is planned yet. That happens four weeks before.
series-words = Text from now on
series-words-hint = The change also holds for what is planned and has not gone out. Where approval is needed, it is approved anew. Several wordings take turns when a line of --- stands between them.
series-words-save = Save the text
series-said-begun = It repeats from now on. { $count ->
    [one] One post is planned.
   *[other] { $count } posts are planned.
}
series-said-waits = It repeats from now on. { $count ->
    [one] One post waits for approval.
   *[other] { $count } posts wait for approval.
}
series-said-paused = Paused. { $count ->
    [one] One post does not go out.
   *[other] { $count } posts do not go out.
}
series-said-goes-on = It goes on. { $count ->
    [one] One post is planned.
   *[other] { $count } posts are planned.
}
series-said-stopped = Stopped. { $count ->
    [one] One post does not go out.
   *[other] { $count } posts do not go out.
}
series-said-down = { $count ->
    [one] One post is being taken down.
   *[other] { $count } posts are being taken down.
}
series-said-words = The text is saved and holds from now on.
series-choose = Repeat
series-choose-hint = On fixed weekdays, until a day or a number of times.
series-fields = When is it to be repeated?
series-weekday = Weekdays
series-every = Weeks from one to the next
series-every-hint = 1 is every week, 2 is every other.
series-time = Time of day
series-time-hint = Such as 8.30
series-until = Until and including
series-times = Or so many times
series-vary = Several wordings take turns when a line of --- stands between them in the text.
series-badge = repeats
series-to = See the series
series-binds = The post repeats: { $rhythm }. Your approval also holds for the next times, as long as everything but the link is the same.
series-error-weekday = Choose at least one weekday.
series-error-every = Write a whole number from 1 to { $max }.
series-error-time = Write a time of day, such as 8.30.
series-error-until = Choose a day from today on and at most { $days } days ahead.
series-error-times = Write a whole number from 1 to { $max }.
series-error-end = Choose a last day, or write how many times.
series-error-never = None of those weekdays comes before the last day. Choose a later day or other weekdays.
series-error-after-deadline = The first time is after the deadline. Choose an earlier weekday.
series-error-no-words = Write what it is to say.
series-error-same-words = { $channel } does not take the same words twice. Write at least two wordings with a line of --- between them, or leave the account out.
series-error-too-late = The series has changed. See how it stands now.
delivery-why-series-paused = The series was paused.
# What keeps
evergreen-title = Evergreens
evergreen-lede = Posts that can always be used. They fill the weekly slots that are still empty shortly before, the longest rested first.
evergreen-none = The queue is empty
evergreen-none-hint = Choose »Put in the queue of evergreens« when you publish a job ad or a story.
evergreen-fills = Empty slots are filled on:
evergreen-fills-none = No accounts are filled from the queue. Switch it on under the account's weekly slots.
evergreen-rest = Again after { $count } days at the earliest
evergreen-last = Last stood there { $time }
evergreen-never = Has not been used
evergreen-retire = Take out of the queue
evergreen-said-retired = The post is taken out of the queue. What is planned already stays in the calendar.
evergreen-said-kept = The post is in the queue. It is used when a slot is empty.
evergreen-choose = Put in the queue of evergreens
evergreen-choose-hint = Is used when a weekly slot is empty.
evergreen-fields = How long is it to rest?
evergreen-rest-days = Again after so many days at the earliest
evergreen-rest-hint = 60, if you write nothing.
evergreen-fill = Fill empty slots from the queue of evergreens
evergreen-fill-hint = You see them in the calendar before they go out, and can move or cancel them.
evergreen-hours = So many hours before
evergreen-badge = from the queue
evergreen-binds = The post is in the queue of evergreens. Your approval also holds for the next times, as long as everything but the link is the same.
evergreen-error-rest = Write a whole number from { $min } to { $max }.
evergreen-error-hours = Write a whole number from 1 to { $max }.
