# Approval
delivery-state-draft = Draft
delivery-state-in-review = For approval
delivery-state-approved = Approved
delivery-now-draft = Change the text, and send the post for approval again.
delivery-now-in-review = Goes out at its time once it is approved.
delivery-now-in-review-late = Its time went by while it waited. It gets a new time when it is approved.
delivery-now-approved = Its time had gone by when it was approved. Give it a new time, and it goes out.
delivery-why-not-approved = The text is not approved as it stands now. Nothing goes out before it is.
delivery-why-rejected = The post was turned down.
delivery-to-approval = See what was said about it
approval-list-title = Approvals
approval-list-lede = { $count ->
    [0] Nothing waits for you.
    [one] 1 post waits for you.
   *[other] { $count } posts wait for you.
}
approval-list-empty = Nothing waits for approval
approval-list-empty-hint = Posts that must be approved before they go out are listed here.
approval-list-yours = Waiting for you
approval-list-own = Your own
approval-list-others = Colleagues’ posts
approval-list-answer = Look and answer
approval-list-open = Open
approval-entry = { $who }, { $unit } · { $when }
approval-title = Approve “{ $title }”
approval-made = Written by { $who } { $when }
approval-answer = Your answer
approval-binds = You approve exactly the text, the pictures and the link you see here. If one channel is changed afterwards, only that one must be approved again.
approval-include = The answer is about { $channel }
approval-gone-by = Its time has gone by
approval-late-title = Its time went by while it waited
approval-late = Choose a new time when you approve. If you do not, we ask the author for one.
approval-when = New time
approval-when-hint = Danish time.
approval-note = Message to { $who }
approval-note-hint = Needed when you send back or turn down.
approval-approve = Approve
approval-approve-count = { $count ->
    [one] Approve
   *[other] Approve all { $count }
}
approval-return = Send back
approval-reject = Turn down
approval-own-title = Somebody else must approve
approval-own = You wrote it yourself, so a colleague must look at it: { $who }
approval-who-title = Waiting for approval
approval-who = Can be approved by { $who }
approval-send-title = Ready again
approval-send-hint = Change the text on the channels where something needs changing, then send all of it.
approval-send = Send for approval
approval-remarks = Remarks
approval-remarks-none = No remarks yet.
approval-remark = Write a remark
approval-remark-do = Add
approval-people = Who can be recognised
approval-people-yes = { $name } has said yes to { $use } until { $until }
approval-people-no = { $name } has not said yes to { $use }
approval-people-count = { $count ->
    [one] One person can be recognised.
   *[other] { $count } people can be recognised.
  }
approval-people-guest = Everybody has said yes.
approval-people-guest-missing = Not everybody has said yes.
approval-alt = Alternative text
approval-alt-none = None: the picture is decoration
approval-link = Link
approval-write = Change the text for { $channel }
approval-of-older = about an older text
approval-word-approved = Approved
approval-word-returned = Sent back
approval-word-rejected = Turned down
approval-said-approved = Approved. It goes out at its time.
approval-said-returned = Sent back. The author gets your message.
approval-said-rejected = Turned down. The author gets your message.
approval-said-sent = Sent for approval.
approval-said-remark = The remark is added.
approval-error-note = Write a message, so that the author knows what is to happen.
approval-error-note-long = Write it shorter, at most 2,000 characters.
approval-error-none = Choose at least one channel that the answer is about.
approval-error-changed = The text has changed since you opened the page. Here it is as it stands now. Read it, then answer again.
approval-error-remark = Write what you want to say.
approval-letter-waiting-subject = { $count ->
    [one] A post waits for your approval
   *[other] { $count } posts wait for your approval
}
approval-letter-waiting = This does not go out before you or a colleague has approved it:
approval-letter-answered-subject = Answer about “{ $title }”
approval-letter-approved = Approved by { $who }
approval-letter-returned = Sent back by { $who }:
approval-letter-rejected = Turned down by { $who }:
difference-title = What has changed
difference-gone = removed:
difference-new = added:
difference-since-approved = Compared with what was last approved.
difference-since-returned = Compared with what was sent back.

# Other words before it is sent
rewrite-title = Change the text for { $channel }
rewrite-open = Change the text
rewrite-hint = The link is put in by itself and is the same as before.
rewrite-save = Keep the text
rewrite-not = Cancel
rewrite-asks-title = The text must be approved again
rewrite-asks = The new text does not go out before it is approved. This is about this channel only.
rewrite-said-same = The text is the same.
rewrite-said-goes = The text is kept. It goes out at its time.
rewrite-said-waits = The text is kept and must be approved before it goes out.

# Who does what
rule-list-title = Responsibility and approval
rule-list-lede = Who writes, approves and publishes. A unit follows the one above until it gets an agreement of its own.
rule-col-holds = Holds here
rule-change = Change
rule-title = Responsibility in { $unit }
rule-holds = Right now: { $rule }
rule-none = No agreement: whoever may publish does so
rule-inherited = { $rule }, agreed in { $unit }
rule-split = Who does what
rule-preset = Division
rule-preset-central = Central
rule-preset-central-hint = The unit writes, communications approves and publishes.
rule-preset-hybrid = Hybrid
rule-preset-hybrid-hint = The unit publishes on its own accounts. On the shared ones communications approves.
rule-preset-decentral = Decentral
rule-preset-decentral-hint = The unit publishes by itself. Communications sees it afterwards.
rule-preset-own = A division of your own
rule-preset-own-hint = Choose in the table who does what.
rule-table = Who does what
rule-table-hint = The table counts when you have chosen a division of your own.
rule-col-what = Content and account
rule-row-job-own = Job ads on own accounts
rule-row-job-main = Job ads on shared accounts
rule-row-story-own = Stories on own accounts
rule-row-story-main = Stories on shared accounts
rule-task-drafts = Writes
rule-task-reviews = Reads through
rule-task-approves = Approves
rule-task-publishes = Publishes
rule-task-answers = Answers comments
rule-level-nobody = Nobody
rule-level-unit = The unit
rule-level-central = Central
rule-approval = Approval
rule-role = Who approves
rule-role-hint = Those who hold the role in the unit or above it.
rule-centre = Where “central” is
rule-centre-hint = The unit whose people approve what is approved centrally.
rule-centre-here = Here in the unit
rule-four-eyes = Nobody approves what they wrote
rule-four-eyes-hint = Then two people look at everything before it goes out.
rule-nobody = Nobody can approve under the agreement that holds now. Give somebody the role first.
rule-approvers = Under the agreement that holds now, approval is given by { $who }
rule-save = Keep the agreement
rule-lift = Follow the unit above
rule-said-set = The agreement is kept. It counts for what is planned from now on.
rule-said-lifted = The unit follows the one above again.
rule-error-cell = Choose something in every field of the table.

# Somebody outside the house
guest-named = { $name } (outside the house)
guest-title = Your answer about “{ $title }”
guest-hello = Hello { $name }
guest-lede = { $org } would like your answer about this post before it goes out. The link works until { $until }.
guest-binds = You answer about exactly the text, the pictures and the link you see here.
guest-over-title = The link no longer works
guest-over = It has run out, or a colleague of ours has closed it. Ask for a new one if you are still to answer.
guest-nothing = There is nothing for you to answer right now. Here is the post as it stands.
guest-said-approved = Thank you. You have approved the post.
guest-said-returned = Thank you. Your message is sent to the author.
guest-said-rejected = Thank you. The post does not go out.
guest-ask-title = Ask somebody outside the house
guest-ask-hint = They get a link by mail, see this post only, and can answer in your place.
guest-name = Name
guest-email = Mail
guest-days-label = The link works for
guest-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
guest-ask = Send link
guest-open = Works until { $until }
guest-opened = seen { $when }
guest-closed = Closed
guest-end = Close the link
guest-said-invited = The link is on its way.
guest-said-revoked = The link is closed.
guest-error-name = Write a shorter name, at most 120 characters.
guest-error-days = Choose for how long the link is to work.
guest-letter-subject = { $org } asks for your answer about a post
guest-letter-text = { $who } at { $org } would like your answer about a post before it goes out. See it and answer here:
guest-letter-until = The link is yours alone and works until { $until }.

# The short list of whoever approves
check-title = Before you answer
check-asked = A person has to look at this
check-good = Fine:
check-lacks = Missing:
check-facts = Figures, deadline and pay are right
check-theme = It is about something we have chosen to tell
check-tone = It sounds like us and is easy to read
check-people = Consent.
check-alt = Descriptions.
check-captions = Captions.
check-link = Link.
check-pay = Pay.
check-short-facts = figures, deadline and pay
check-short-theme = subject
check-short-tone = tone
check-looked-at = Looked at: { $what }
check-people-none = Nobody is noted on what is shown.
check-people-yes = { $count ->
    [one] The one who can be recognised has said yes.
   *[other] All { $count } who can be recognised have said yes.
  }
check-people-lack = { $count } of { $all } have not said yes.
check-alt-none = Only the card of the link is shown.
check-alt-all = { $count ->
    [one] The file has a description.
   *[other] All { $count } files have a description.
  }
check-alt-lack = { $count } of { $all } files have no description.
check-captions-none = No film.
check-captions-all = They are there, or nobody speaks.
check-captions-lack = { $count ->
    [one] 1 film has none.
   *[other] { $count } films have none.
  }
check-link-all = A tracked link on each channel.
check-link-lack = No link on { $channels }.
check-pay-told = Pay and agreement stand in the ad.
check-pay-lacks = Pay or agreement is missing in the ad.
