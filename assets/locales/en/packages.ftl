# Places without an API, and the person who posts there
package-kind = Publishing package
package-what = Places where only a person can post.
package-needs = A colleague who posts.
package-offer = Places without a connection
package-offer-lede = Some places let no program post. Then Opslag makes a package with text, pictures, link and QR code, and a colleague posts it and says when it is done. Clicks and applicants are counted as on the other channels.
package-choose = Add
package-connect = Add a place without a connection
package-connect-lede = Opslag makes a package when it is time. A colleague posts it.
package-change = Change { $name }
package-change-do = Change the place
package-step-place = Describe the place
package-place = The place
package-name = What is the place called
package-name-hint = As you say it yourselves, such as “Care workers in Fjordby” or “Fjordby Avis”. The name stands in the calendar and in the figures.
package-sort = What sort of place is it
package-sort-linkedin-member = LinkedIn in one's own name
package-sort-facebook-group = Facebook group
package-sort-dialognet = Dialognet
package-sort-local-paper = Local paper
package-sort-other = Another place
package-what-linkedin-member = A manager or colleague shares the job in their own name.
package-what-facebook-group = A local or professional group that a colleague is a member of.
package-what-dialognet = The municipality's own network for staff.
package-what-local-paper = An advertisement in print, with a QR code and a picture in full size.
package-what-other = Notice board, newsletter, school, or whatever else you use.
package-address = Address
package-address-hint = The link to the group, the page or the paper's desk, if there is one.
package-person = Who posts
package-person-hint = Gets a letter when the package is ready and is reminded on working days. They log in and say when it is posted.
package-lead = Working days before
package-lead-hint = How many working days before publication the package must be there, 0 to { $max }. A paper often needs three.
package-lead-is = { $count ->
    [0] The package is made when it is time
    [one] The package is made 1 working day before
   *[other] The package is made { $count } working days before
}
package-keep = Save the place
package-said-kept = { $name } is saved. It can be chosen when an ad is published.
package-how = How it works
package-how-made = When it is time, Opslag makes the package: the text, the link with a QR code, pictures and film in the sizes the place uses.
package-how-letter = The colleague gets a letter with a link to the package.
package-how-word = The post is published only when the colleague has said that it is.
package-how-counted = The link is the place's own, so you can see how many came from there and applied.
package-works = { $person } gets the package and posts it on { $place }. It is published only when { $person } has said so.
package-end-what = No more packages are made for the place, and planned posts there are cancelled. What has been posted stays.
package-error-name-long = The name is too long. Use at most 60 characters.
package-error-name-taken = There is a place with that name already. Choose another, so that they can be told apart in the figures.
package-error-address = The address cannot be used as it stands. Copy it from the browser, or leave the field empty.
package-error-person = Choose a colleague who can log in.
package-error-lead = Write a whole number from 0 to 20.

# The files of a package
package-file-text = text
package-file-picture = picture
package-file-alt = descriptions
package-shape-whole = whole
package-shape-square = square
package-shape-wide = wide
package-alt-picture = Picture
package-alt-film = Film

# One package
package-title = Post: { $place }
package-title-remove = Take down: { $place }
package-who-when = { $name } · { $when }
package-nobody = Nobody
package-heading = The package
package-heading-what = The post is put on { $place } by a colleague. The package holds all that is needed.
package-open = Open the package
package-done = How it went
package-done-posted = Posted. Reported { $when }.
package-done-seen = Appeared in { $place } on { $date }. Reported { $when }.
package-done-removed = Taken down. Reported { $when }.
package-done-photo = Picture of the post, taken by a colleague
package-stopped = Do not post it
package-stopped-over = The ad is closed or its deadline has passed. If it is posted already, say so here, so that it can be taken down.
package-stopped-wish = A colleague has cancelled the post. If it is posted already, say so here, so that it can be taken down.
package-not-yet = The package is not made yet
package-not-yet-when = It is planned for { $when }. You get a letter when it is ready. The text can be seen now.
package-remove = Take the post down
package-remove-what = The post should not be on { $place } any more. Delete it there and say so here. If it was printed, just say so.
package-remove-done = It is taken down
package-open-place = Open { $place }
package-step-text = Copy the text
package-text = The text as it is to be pasted
package-copy-text = Copy the text
package-copy-by-hand = Mark the text and copy it.
package-copied = Copied
package-step-files = Fetch pictures and film
package-alt = Description of the picture for those who do not see it
package-copy-alt = Copy the description
package-zip = Fetch everything in one file ({ $size })
package-more-files = QR code, film and captions one by one
package-piece-picture = { $width } × { $height }
package-piece-film = The film
package-piece-captions = Captions ({ $name })
package-piece-qr-print = QR code for print (SVG)
package-piece-qr-screen = QR code as a picture (PNG)
package-step-post = Post it on { $place }
package-step-post-what = Paste the text and add the pictures.
package-step-said = Say when it is done
package-step-said-stopped = Is it posted
package-link = Link to the post
package-link-hint = Copy the address from { $place } and paste it here.
package-no-link = There is no link
package-no-link-tick = It cannot be found on the web
package-no-link-hint = Such as an advertisement in a paper or a note on a board.
package-on = On which day did it appear
package-photo = Picture of it
package-photo-hint = Take a photo of the advertisement or the note, if you can.
package-posted = It is posted
package-not-posted = It will not be posted
package-why = Why not
package-why-hint = Whoever planned it sees this.
package-not-posted-do = Report it
package-stopped-not = No, it is not posted
package-link-heading = The link
package-link-why = Use exactly this link. Then we can count who came from here.
package-copy-link = Copy the link
package-qr = QR code that leads to { $link }
package-said-posted = Thank you. The post is published.
package-said-not-posted = Thank you. The post is cancelled.
package-said-gone = Thank you. The post is taken down.
package-said-asked = The colleague is asked not to post it. When they have answered, it stands here.
package-error-proof = Paste the link. If there is none, open “There is no link” and write the day.
package-error-on = Choose the day on which it appeared.
package-error-on-ahead = That day has not come yet. Say so when it is printed or posted.
package-error-on-before = That day lies before the post was planned. Look in the calendar.
package-error-why = Write briefly why, so that whoever planned it can do something else.
package-error-why-long = Write less, at most 300 characters.
package-error-photo-large = The picture is too large. Save it smaller and choose it again.

# In the queue and the calendar
delivery-state-handed = To be posted
delivery-state-overdue = Late: to be posted
delivery-did-hand = The package was made and laid with a colleague.
delivery-did-hand-no = The package could not be made.
delivery-did-hand-broken = We were interrupted while we made the package. Nothing became visible.
delivery-did-person-posted = A colleague posted it on { $channel }.
delivery-did-person-not-posted = A colleague did not post it.
delivery-why-not-posted = It was not posted: “{ $words }”
package-with = Lies with { $name }.
package-with-not = { $name } is asked not to post it.
package-with-nobody = Nobody has it. Change the place under Channels.
package-now-reminds = We remind them { $time }.
package-now-removing = A colleague is asked to take it down. We remind them { $time }.
package-late-title = { $count ->
    [one] A post with a colleague is late
   *[other] { $count } posts with colleagues are late
}
publish-class-by-hand = A colleague posts it and says so.
channels-safety-by-hand = Nothing is sent. A colleague posts it, and only their word makes it published.
channels-limit-pictures-any-size = At most { $count }

# Letters
package-letter-post-subject = Post on { $place }: “{ $title }”
package-letter-post-what = The package for { $place } is ready: the text of “{ $title }”, the pictures and the link. It is planned for { $when }. Open it on your phone or computer; it takes a few minutes:
package-letter-again-subject = Remember { $place }: “{ $title }”
package-letter-again-what = “{ $title }” is to be posted on { $place }. It is planned for { $when }, and we have not heard whether it is done. The package is here:
package-letter-late-subject = Late on { $place }: “{ $title }”
package-letter-late-what = “{ $title }” should have been on { $place } { $when }, and nobody has said whether it is. The package is here:
package-letter-stop-subject = Do not post: “{ $title }” on { $place }
package-letter-stop-what = “{ $title }” is not to be posted on { $place } after all (it was planned for { $when }). Say on the page whether it was already:
package-letter-remove-subject = Take down from { $place }: “{ $title }”
package-letter-remove-what = “{ $title }” should not be on { $place } any more (it was planned for { $when }). Delete it and say so here:
package-letter-then = When it is done, paste the link on the page. If it comes to nothing, write why. It is published only when you have said so.
package-letter-then-gone = When it is gone, press “It is taken down”.
