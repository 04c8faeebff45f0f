# Corrections
correction-title = Correct what is live: { $title }
correction-lede = For each channel: what stands there now, what will stand there, and what the channel can do. Nothing changes before you press.
correction-open = Correct what is live
correction-see = See the posts and correct them
correction-see-wish = See the correction
correction-none = Nothing is live here
correction-none-hint = The posts have been taken down, or have not gone out yet. What waits is corrected on its own page in the queue.
correction-misfits = Posts that no longer fit
correction-misfit = { $count ->
    [one] 1 post is live as it was written before the change.
   *[other] { $count } posts are live as they were written before the change.
}
correction-differs-deadline = Deadline: { $was } → { $is }
correction-differs-title = Title: “{ $was }” → “{ $is }”
correction-not-found = What it was does not stand in the text in a way we can recognise. Read it: correct the text, or leave the post.
correction-way-in-place = { $channel } lets the text be changed where it stands. Pictures, film and link stay.
correction-way-anew = { $channel } lets nobody change a post. It is taken down and a new one goes out with the new text. Clicks and readers stay counted with the old one.
correction-way-by-hand = { $channel } cannot be corrected from here. A person corrects it there with the text from here and says so.
correction-asks = The text must be approved first.
correction-asks-anew = The new one must be approved before it goes out. The old one comes down at once, so meanwhile nothing is live.
correction-stands = Stands there now
correction-stands-on = The post as it stands on { $channel }
correction-would-stand = Will stand there
correction-will-stand = Will stand there
correction-field-title = Title on { $channel }
correction-field-text = Text on { $channel }
correction-preview = See what it will look like
correction-choose = Correct on { $channel }
correction-leave = Leave it on { $channel }
correction-do = Correct those chosen
correction-show = Show what it looks like
correction-note = Message to the author
correction-binds = You approve exactly the text you see here. If it is changed afterwards, it must be approved again.
correction-past = { $count ->
    [one] 1 earlier correction
   *[other] { $count } earlier corrections
}
correction-entry = Correction of what is live · { $who }
correction-state-waits = Waits for approval
correction-state-ready = Being corrected
correction-state-sending = Being corrected
correction-state-by-hand = Corrected by a person
correction-state-done = Corrected
correction-state-refused = Refused by the channel
correction-state-gone = The post is gone
correction-state-dropped = Dropped
correction-state-left = Stands as it is
correction-state-anew = Takes the place of a post that was taken down
correction-now-waits = The old text stands until this one is approved.
correction-now-ready = The text will be changed in a moment.
correction-now-later = It is tried again { $time }. Saying the same twice makes no difference.
correction-now-by-hand = Copy the text, correct the post on { $channel }, and tick it off when the new text stands there.
correction-now-package = Whoever posts there has been told and says when the text is corrected.
correction-why-superseded = A newer correction took its place.
correction-why-taken-down = The post was taken down meanwhile.
correction-why-gone-upstream = The post is no longer on the channel. Take it down here too, so that it does not count as published.
correction-why-cannot-edit = The channel cannot change this post from here. Correct it there, or take it down.
correction-why-rejected = Whoever approves said no.
correction-why-person = Somebody did not want it after all.
correction-why-restored = Opslag was restored from a backup, and the text may have been corrected since. Look on the channel before you change anything.
correction-error-none = Tick at least one post.
correction-error-same = The text is the same as the one that stands there. Write something else, or untick it.
correction-error-changed = The post was corrected after the page was opened. Here it is as it stands now.
correction-error-sending = A correction is on its way to the channel. Wait a moment and try again.
correction-said-going = { $count ->
    [one] 1 post is being corrected.
   *[other] { $count } posts are being corrected.
}
correction-said-by-hand = { $count ->
    [one] 1 post must be corrected by a person.
   *[other] { $count } posts must be corrected by a person.
}
correction-said-anew = { $count ->
    [one] 1 post is taken down and replaced by a new one.
   *[other] { $count } posts are taken down and replaced by new ones.
}
correction-said-waiting = { $count ->
    [one] 1 text must be approved first.
   *[other] { $count } texts must be approved first.
}
correction-said-left = The post stays as it is.
correction-said-approved = Approved. The text is being corrected now.
correction-said-turned-down = The correction is turned down, and its author is told. The old text stands.
correction-said-done = Thank you. The new text stands there now.
correction-said-forgotten = The correction is dropped. The old text stands.
correction-forget = Drop the correction
correction-task = Correct the text
correction-task-what = The deadline, the title or the words have changed. Put the new text on { $place } in place of the old one, and say so here.
correction-task-done = The text is corrected
correction-new-text = The new text
correction-new-title = The new title
correction-letter-by-hand-subject = Correct the text on { $account }
correction-letter-by-hand = “{ $title }” on { $account } needs another text. The channel cannot be corrected from here, so it is done by hand: the text is ready to copy here.
correction-letter-over-subject = The correction on { $account } came to nothing
correction-letter-gone = “{ $title }” on { $account } was to be corrected, but the post is no longer there. Take it down here too.
correction-letter-rejected = Whoever approves said no to the new text for “{ $title }” on { $account }. The old text stands.
correction-letter-refused = { $account } would not take the new text for “{ $title }”. The old text stands. Change it and try again.
delivery-did-comment = { $channel } took the first comment.
delivery-did-comment-no = { $channel } refused the first comment.
delivery-did-comment-broken = The machine stopped while the first comment was being written.
delivery-did-comment-unknown = The first comment was sent, but { $channel } did not answer.
delivery-did-person-comment-there = A person saw that the first comment stands there.
delivery-did-person-comment-absent = A person saw that the first comment does not stand there.
delivery-did-person-comment-gone = A person removed the first comment.
delivery-did-edit = { $channel } has changed the text
delivery-did-edit-gone = The text was to be corrected, but the post was gone
delivery-did-edit-no = { $channel } would not change the text
delivery-did-edit-broken = Was changing the text when the program stopped
delivery-did-edit-unknown = Unknown whether { $channel } changed the text
delivery-did-person-corrected = A person said that the text is corrected
proof-kind-commented = First comment
proof-kind-corrected = Other words stand there
