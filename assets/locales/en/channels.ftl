# Connected accounts
channels-title = Channels
channels-sum = { $count ->
    [one] 1 connection.
   *[other] { $count } connections.
} { $lost ->
    [0] All that are in use work.
    [one] 1 must be connected again.
   *[other] { $lost } must be connected again.
}
channels-none = No channels are connected yet
channels-none-next = Once an account is connected, job ads can be sent out through it.
channels-connect = Connect a channel
channels-connect-again = Connect again
channels-table = Connections
channels-account = Channel and account
channels-state = State
channels-until = Valid until
channels-checked = Last checked
channels-unit = Unit
channels-responsible = Responsible
channels-action = Action
channels-show = Show
channels-practice = Practice channel
channels-state-connected = Works
channels-state-unwell = Not answering just now
channels-state-needs-reconnect = Connection missing
channels-state-disconnected = Disconnected
channels-until-ended = Does not expire
channels-until-lost = Lost { $when }
channels-lost-heading = { $channel } { $account } has lost its connection
channels-lost-short = The connection is lost
channels-lost-since = It happened { $when }. Planned posts wait and go out by themselves once the account is connected again, if that happens before they are too late.
channels-unwell = The account is connected, but the server did not answer as it should
channels-unwell-since = That was { $when }. We try again ourselves; there is nothing for you to do.
channels-details = The server’s own words
channels-profile = See the account on { $channel }
channels-granted = What { $channel } has allowed
channels-given = Given:
channels-missing = Missing:
channels-limits = What can be sent
channels-limit-text = Text
channels-limit-characters = At most { $count } characters
channels-limit-pictures = Pictures
channels-limit-pictures-are = At most { $count }, each of at most { $size }
channels-limit-films = Film
channels-limit-films-are = One of at most { $size }
channels-limit-films-none = The server does not take films
channels-limit-alt = Description of a picture
channels-facts = About the connection
channels-server = Server
channels-connected-at = Connected
channels-safety = If sending is interrupted
channels-safety-sure = At most once
channels-safety-own-name = The post has a name that we choose. So we can always see whether it went out, and it never goes out twice.
channels-safety-key = The server remembers our key for an hour. That long we can send again without the post going out twice. After that we look for it.
channels-safety-read-back = The server does not remember what we sent. We look for the post on the account, and when in doubt we ask you.
channels-safety-server = If sending is interrupted, it depends on the server whether we can see for ourselves that the post went out. When in doubt we ask you.
channels-look = Check the connection
channels-looked = The connection was checked: { $result }
channels-looked-well = It works.
channels-looked-unwell = The account is connected, but the server does not answer as it should. We try again ourselves.
channels-looked-lost = It is lost. Connect the account again.
channels-end = Disconnect
channels-end-what = Planned posts through the account will not be sent, and we give the access back to { $channel }. What is published already stays.
channels-end-do = Disconnect
channels-ended = { $account } is disconnected. Planned posts through it will not be sent.

# Connecting one
channels-connect-lede = Choose where you want to publish. You can stop at any time; nothing is kept yet.
channels-connect-one = Connect { $channel }
channels-connect-do = Connect the account
channels-connected = { $account } is connected.
channels-choose = Choose { $channel }
channels-nothing-kept-yet = You can stop at any time; nothing is kept yet.
channels-step-done = done
channels-step-channel = Choose a channel
channels-step-account = Find the server
channels-step-log-in = Log in
channels-step-ready = Ready
channels-check = Check access
channels-go-on = Continue
channels-stop = Stop
channels-begin-again = Begin again
channels-good-to-know = Good to know
channels-know-sealed = The access is kept encrypted and does not leave the server.
channels-know-applicants = We never send anything about applicants to a channel.
channels-unit-hint = The account can be used by the unit and all units below it.
channels-practice-box = It is a practice channel
channels-practice-hint = Tick this when the account belongs to a server for trying things out. It is then plainly marked everywhere.
channels-log-in-at = Log in at { $host }
channels-log-in-lede = You leave Opslag for a moment and come back here by yourself.
channels-log-in-what = { $host } asks whether Opslag may use the account. We ask for this and no more:
channels-log-in-go = Go to { $host }
channels-whose = Which account is it?
channels-known = The account is connected already. The connection is renewed; unit and earlier posts stay with it.
channels-check-unit = The account is connected for { $unit } and can be used by all units below it.
channels-check-letter = You get a letter by mail if the connection is lost.
channels-not-enough = The account did not allow what is needed
channels-not-enough-next = Begin again and say yes to all of it at { $host }. What is missing stands below.
channels-other-account = It is another account
channels-other-account-next = You meant to renew { $account } but logged in with another. If you go on, the new one is connected beside it.
channels-not-connected = The account is not connected
channels-run-out = We could not use the server’s answer
channels-run-out-next = More than ten minutes went by, or the answer has been used already. Begin again below.
channels-refused = The server did not give us access
channels-refused-next = You said no, or the server refused us. Begin again below if that was not what you meant.
channels-elsewhere = { $account } is already connected for another unit
channels-elsewhere-next = Ask those who look after channels for that unit to renew the connection.
channels-not-set-up = Not set up by operations yet
channels-not-set-up-next = Ask operations to create an app at the service and write its client_id and secret into the configuration under [channels.…]. A practice channel can be connected without.
channels-practice-server = Address of the practice channel
channels-practice-server-hint = Only for a practice channel. Otherwise leave the field empty.
channels-no-accounts = { $channel } gave us no account that we can publish on. Check that you may publish for the account and that it is ticked in the dialogue of { $channel }; then begin again.
channels-choose-account = Choose the account to connect
channels-known-short = connected already, will be renewed
channels-safety-two-phase = The post is laid ready where nobody sees it and shown afterwards. If that is interrupted we can always see whether it came out, and it never comes out twice.
channels-safety-refuses-duplicates = We look for the post on the account. If it is not there we send it once more, for the channel refuses the same post twice. When in doubt we ask you.
channels-safety-blind = The channel does not let us see what was published. If sending is interrupted we ask you to look.
channel-server-form = The server cannot be found from what is written. Write its address, for example mastodon.example
channel-server-private = The server lies on an internal network that Opslag may not call. Ask operations to add it to channels.private_hosts.
channel-server-other = No server of that kind answers at the address. Check that it is spelt right.
channels-bluesky-what = Short posts with pictures, film or a link card. The account lies at Bluesky or on a server of your own.
channels-bluesky-needs = You need the account’s name and an app password, which you make in Bluesky’s settings.
channels-bluesky-handle = The account’s name
channels-bluesky-handle-hint = For example fjordby.bsky.social
channels-bluesky-password = App password
channels-bluesky-password-hint = Make one on Bluesky under Settings, Privacy and security, App passwords. It looks like this: xxxx-xxxx-xxxx-xxxx
channels-bluesky-service = The server’s address
channels-bluesky-service-hint = Only when the account lies on a server of your own. Otherwise leave it empty.
channels-bluesky-know-password = An app password can publish posts, but not change or delete the account. You can take it back on Bluesky at any time.
channel-bluesky-wrong = Name and app password do not belong together. Check the name, or make a new app password on Bluesky.
channel-bluesky-own-password = That is the account’s own password, and we do not want to keep it. Make an app password on Bluesky and write it here.
channels-mastodon-what = Posts with pictures or film on a server of the Fediverse, for example a Mastodon server.
channels-mastodon-needs = You need to know the server’s address and be able to log in with the account.
channels-mastodon-where = Where does the account lie?
channels-mastodon-server = The server’s address
channels-mastodon-server-hint = For example mastodon.example, or the account’s full name: @fjordby@mastodon.example
channels-mastodon-know-log-in = You log in at the server yourself. We never see the password.
channels-mastodon-know-for-ever = The access does not expire, but can be taken back at the server at any time.

# What was granted, and what it is for
channel-scope-publish = Publish and remove posts
channel-scope-publish-for = Required
channel-scope-media = Add pictures and films
channel-scope-media-for = Required
channel-scope-identify = See which account it is
channel-scope-identify-for = Required, so that we never publish on a wrong account
channel-scope-read-back = Read the account’s own posts
channel-scope-read-back-for = So that we can find a post again ourselves if the connection is interrupted. Can be done without.

# What a peer says no with: what, why, what now
channel-problem-unavailable = The server does not answer just now. We try again ourselves.
channel-problem-rate-limited = The server asks us to wait because much was sent in a short time. We try again ourselves.
channel-problem-reconnect = The server no longer knows our access. Connect the account again under Channels.
channel-problem-account-blocked = The account is blocked or not confirmed at the server. Log in there and follow what it says; then connect it again.
channel-problem-permission = The account has not allowed us to do this. Connect it again and say yes to all of it.
channel-problem-invalid-text = The server does not want the text. Make it shorter or change it, and send again.
channel-problem-invalid-media = The server does not want the picture or film. Choose another file or make it smaller, and send again.
channel-problem-processing = The server is not done with the picture or film. We try again ourselves.
channel-problem-duplicate = The server says that it has the post already. Look at the account before you send again.
channel-problem-configuration = The address or the settings do not fit the server. Check the account under Channels, or ask operations.
channel-problem-unknown = The server said no without saying why. See its own words, change the post, or try again.

# A post held against what a channel takes
fit-empty = There is no text. Write what the post should say.
fit-link-missing = The post lacks its link. Choose a job ad for it to lead to.
fit-media-missing = The channel takes only posts with a picture or film. Add one.
fit-text-too-long = The text is { $over } characters too long. The channel takes at most { $max } characters with the link.
fit-text-too-heavy = The text has so many composed characters that the channel refuses it. Use fewer emojis.
fit-too-many-pictures = There are { $count } pictures. The channel takes at most { $max }; remove some.
fit-film-alone = A film must stand alone. Remove the pictures or the film.
fit-no-films = The channel’s server does not take films. Use a picture instead.
fit-film-too-large = Film number { $number } is too large. The channel takes at most { $megabytes } MB.
fit-picture-too-large = Picture number { $number } is too large. The channel takes at most { $megabytes } MB.
fit-alt-too-long = The description of picture number { $number } is too long. Write at most { $max } characters.
fit-captions-not-shown = Mastodon does not show captions from a file. Use a film that has them burnt in, so that everybody can follow.
fit-captions-too-large = The captions are too large for the channel. Shorten them.

# A letter to whoever connected an account
channel-lost-subject = { $channel } { $account } has lost its connection
channel-lost-greeting = Hello { $name }
channel-lost-what = Opslag no longer has access to { $account } on { $channel }. It happened { $when }.
channel-lost-waiting = Planned posts through the account wait. They go out by themselves once it is connected again, if that happens before they are too late.
channel-lost-now = Connect the account again here: { $address }
channel-lost-sender = Kind regards, Opslag, { $org }
