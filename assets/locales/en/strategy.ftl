# Communications strategy: to whom, in what tone, and where first.
strategy-title = Communications strategy
strategy-title-of = Communications strategy, { $unit }
strategy-lede-own = What { $unit } has decided for itself and everything below it.
strategy-lede-above = { $unit } follows what { $above } has decided.
strategy-lede-none = Nothing has been decided for { $unit } yet.
strategy-unit = Unit
strategy-choose = Choose a unit
strategy-choose-do = Show
strategy-edit = Edit the strategy
strategy-make-own = Make one for { $unit }
strategy-write = Write the strategy
strategy-none = No strategy yet
strategy-none-what = A strategy says whom you speak to, how you sound, and which channel comes first. It stands beside whoever writes a post.
strategy-field-purpose = Purpose
strategy-field-tone-do = How we sound
strategy-field-tone-dont = How we do not sound
strategy-audiences = { $count ->
    [one] The audience
   *[other] { $count } audiences
  }
strategy-tone = The tone
strategy-do = Do
strategy-dont = Do not
strategy-own = Have their own
strategy-own-none = None of your units has its own.
strategy-changed = Version { $version }. Last changed by { $who } { $when }.
strategy-no-account = { $channel } (no account here)

# Writing it
strategy-edit-title = Strategy for { $unit }
strategy-edit-lede = Holds for the unit and everything below it, until one of those gets its own.
strategy-begun = This is what { $unit } has decided
strategy-begun-what = Change it to suit you. Once saved, it holds here instead, and later changes above do not follow by themselves.
strategy-stale = Somebody saved the strategy while you were writing
strategy-part-words = Purpose and tone
strategy-purpose-hint = What should the communication lead to?
strategy-tone-hint = One piece of advice on each line.
strategy-part-audiences = Audiences
strategy-audiences-hint = Whom do you speak to, what do you know of them, and where do you meet them? Whoever writes a post chooses one of them.
strategy-audience-new = New audience
strategy-audience-name = Who are they?
strategy-audience-note = What do you know of them?
strategy-audience-note-hint = What matters to them, and when do they read?
strategy-audience-add = Add an audience
strategy-order = Channels, the most important first
strategy-order-hint = Posts to them should go out on the topmost. Where they do not, whoever writes is told.
strategy-why = Why it stands here
strategy-channel = New channel
strategy-channel-choose = Choose …
strategy-channel-add = Add
strategy-up = Move { $name } up
strategy-down = Move { $name } down
strategy-drop = Remove { $name }
strategy-unsaved = The order has changed but is not saved yet.
strategy-save = Save the strategy
strategy-lift = Follow the one above again
strategy-said-saved = Saved. It stands beside whoever writes a post.
strategy-said-lifted = The unit now follows the strategy above it.
strategy-error-twice = There is an audience of that name already. Give it another.
strategy-error-no-channel = The audience has no channels. Choose at least one from the list and add it.

# Beside whoever writes
beside-title = Whom are you talking to?
beside-from = The strategy of { $unit }
beside-nobody = Not chosen
beside-no-account = No account here
beside-nothing = No post in the last { $days } days
beside-brought = Last { $days } days: { $posts ->
    [one] 1 post
   *[other] { $posts } posts
  }, { $clicks ->
    [one] 1 click
   *[other] { $clicks } clicks
  }, { $applications ->
    [one] 1 application
   *[other] { $applications } applications
  }
beside-against = This does not quite fit the strategy
beside-first = { $channel } comes first for “{ $audience }” but is not chosen. { $why }
beside-not-listed = { $channel } is not on the list for “{ $audience }”.
beside-may = You may send it all the same.
beside-see = See the strategy
beside-error-whom = That audience is no longer in the strategy. Choose one of those that stand here.
beside-for = Written for “{ $audience }”

# Where posts meet, and where nothing happens
clash-title = Something stands there already
clash-near = { $unit } has a post at { $time }, { $minutes ->
    [0] at the same time
    [one] 1 minute from this one
   *[other] { $minutes } minutes from this one
  }.
clash-same = { $unit } is looking for { $profession } too that day, at { $time }.
clash-may = Choose another time, or leave it.
silence-title = Quiet just now
silence-what = They have had nothing out for long, and nothing is on its way.
silence-days = { $days ->
    [one] Nothing for 1 day
   *[other] Nothing for { $days } days
  }
silence-never = Has never had anything out
silence-write = Write something
silence-more = { $count ->
    [one] And 1 more unit.
   *[other] And { $count } more units.
  }
