# The morning letter
digest-title = Morning letter
digest-lede = A letter to { $email } about your posts: what waits for you, what goes out, and what came of those that are out.
digest-now = This is what the letter would say now
digest-nothing = There is nothing to tell
digest-nothing-hint = Once you plan posts, this says how they go.
digest-often = How often?
digest-frequency = Send me the letter
digest-daily = Every working day
digest-daily-hint = In the morning between 7 and 8, when there is something to tell.
digest-weekly = Once a week
digest-weekly-hint = On the first working day of the week.
digest-never = Never
digest-never-hint = You can always see it on this page.
digest-at-once = What cannot wait for you is always told at once: posts that did not go out, channels to be connected again, and approvals that are urgent.
digest-save = Save
digest-said-saved = Your choice is saved.
digest-asking = { $count ->
    [one] One post waits for somebody
   *[other] { $count } posts wait for somebody
  }
digest-ahead = { $count ->
    [one] One post goes out
   *[other] { $count } posts go out
  }
digest-out = { $count ->
    [one] One post has gone out since last time
   *[other] { $count } posts have gone out since last time
  }
digest-brought = { $clicks ->
    [one] 1 click
   *[other] { $clicks } clicks
  }, { $applied ->
    [one] 1 application
   *[other] { $applied } applications
  }
digest-clicks = { $count ->
    [one] 1 click
   *[other] { $count } clicks
  }
digest-more = { $count ->
    [one] And one more:
   *[other] And { $count } more:
  }
digest-settings = How often you get this letter, you decide here: { $address }
digest-subject-asking = { $count ->
    [one] One of your posts waits for somebody
   *[other] { $count } of your posts wait for somebody
  }
digest-subject = Your posts: { $ahead } on their way, { $out } gone out
