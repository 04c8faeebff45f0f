# What goes out within seven days
preflight-title = Preflight
preflight-open = Preflight
preflight-lede = Everything that goes out within seven days, and what would keep it back. We look again a day and an hour before.
preflight-empty = Nothing goes out within seven days
preflight-empty-hint = Plan something from an ad, and it stands here.
preflight-sum = Summary
preflight-sum-red = will not go out as it stands
preflight-sum-yellow = should be looked at
preflight-sum-green = { $count ->
    [one] is ready
   *[other] are ready
}
preflight-green = Ready
preflight-yellow = Look
preflight-red = Will not go out
preflight-fix = Put it right
preflight-held = It is on pause. Let it go on if it is to go out.
preflight-paused = Everything is on pause. End the pause if it is to go out.
preflight-account-gone = The account is no longer connected. Connect it again, or choose another.
preflight-account-lost = { $account } has lost its connection. Connect the account again.
preflight-account-unwell = { $account } did not answer as it should when we last looked. We try again ourselves.
preflight-token-shut = The access to { $account } cannot be opened. Connect the account again.
preflight-token-ends = The access to { $account } runs out { $day }, before the post is due. Connect the account again before then.
preflight-token-near = The access to { $account } runs out { $day }. Connect the account again when you are at it.
preflight-right = { $account } lacks the right “{ $right }”. Connect the account again and say yes to it.
preflight-version-over = The channel closes the version of its connection that we use { $day }, before the post is due. Tell operations.
preflight-version-near = The channel closes the version of its connection that we use { $day }. Tell operations.
preflight-nobody-posts = The colleague who posts on { $account } can no longer log in. Choose another.
preflight-short-notice = { $account } needs the package more working days before than there are. Call and ask whether they can make it.
preflight-budget = { $account } may send at most { $max } posts in that time, and { $count } are planned. Move some of them.
preflight-ad-over = The ad is closed or its deadline has passed. Open it again, or cancel the delivery.
preflight-story-archived = The story has been put away. Take it out again, or cancel the delivery.
preflight-story-internal = The story is for colleagues only, so it must not go to open channels.
preflight-story-incomplete = The story is not ready: something is missing, or it is a draft again. See the list on its page.
preflight-ad-internal = The ad is for internal applicants only, so it must not go to open channels.
preflight-ad-deadline = The deadline has passed when the post is due. Move the delivery forward, or extend the deadline.
preflight-ad-incomplete = Something is missing in the ad. See the list on its page.
preflight-link = The tracked link leads nowhere. Cancel the delivery and make a new one.
preflight-link-uncounted = The tracked link no longer counts. Cancel the delivery and make a new one if clicks are to be counted.
preflight-media-gone = A picture was deleted from the library since the post was made. Make the delivery again without it.
preflight-media-alt = “{ $name }” has no description in the post. Describe the picture and make the delivery again.
preflight-media-stale = “{ $name }” was replaced since its description was written. Read it again.
preflight-media-missing = “{ $name }” lacks something before it may go out. Put it right under Media.
preflight-letter-subject = { $count ->
    [one] A planned post will not go out as it stands
   *[other] { $count } planned posts will not go out as they stand
}
preflight-letter-what = We looked before it goes out and found something you still have time to put right:
# The proof of one delivery
proof-title = Proof
proof-open = See the proof
proof-of = Proof: { $title } on { $place }
proof-lede = What happened, line by line. Each line is bound to the one before, so that nobody can change anything afterwards without its being seen.
proof-whole = The chain is whole
proof-whole-what = { $count ->
    [one] 1 line, and it fits.
   *[other] { $count } lines, and each fits the one before.
}
proof-broken = The chain is broken
proof-broken-what = Line { $number } does not fit. Somebody changed something outside Opslag. Tell operations, and compare with a backup.
proof-none = The delivery is from before proofs were kept.
proof-json = Fetch as JSON
proof-hash = Sum
proof-lines = The lines of the proof
proof-how = How to verify it
proof-how-1 = Take the line's previous sum, number, time in microseconds, kind and detail, each followed by a zero byte, in that order.
proof-how-2 = Compute SHA-256 of that. The result must be the line's sum.
proof-how-3 = The first line has an empty previous sum. Each line's sum is the next one's previous.
proof-how-4 = Lines about attempts carry the sum of the attempt as it stands in the JSON file under “attempts”.
proof-kind-planned = Planned
proof-kind-approved = Approved
proof-kind-begun = An attempt was begun
proof-kind-ended = The attempt ended
proof-kind-moved = Changed state
proof-kind-ruled = A person decided
proof-printed = Printed { $when } by { $name }, { $org }.
