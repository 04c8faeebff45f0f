# Answers to everybody who applied.
answers-title = Answers to applicants
answers-page-title = Answers: { $title }
answers-lede = { $count ->
    [0] Everybody has an answer, or it is on its way.
    [one] One applicant has no answer.
   *[other] { $count } applicants have no answer.
  }
answers-lede-closed = The ad is closed. Everybody has an answer.
answers-templates = Words of the letters
answers-tasks = { $count ->
    [one] One task for you
   *[other] { $count } tasks for you
  }
answers-task-open = Solve
answers-task-letter = { $name }: { $todo }
answers-task-reasons = { $name } asks for written reasons
answers-asked = asked { $when }
answers-due = By { $due }
answers-due-late = Was due { $due }
answers-todo-unknown = It is not known whether the letter arrived. Ask the applicant, or look at your mail provider's log.
answers-todo-bounced = The letter came back. Call, or send a letter.
answers-todo-address = No mail address. Call, or send a letter.
answers-todo-deferred = The mail server did not take it for too long. Call, or send it again.
answers-todo-words = The letter was changed after it was read through, and has not been sent. Answer in another way.
answers-todo-refused = The mail server refused the letter. Correct the address, call, or send a letter.
answers-batches = On their way
answers-batch-open = See the letters
answers-batch-draft = Draft
answers-batch-preview-ok = Read through
answers-batch-waiting = Waiting
answers-batch-sending = Being sent
answers-batch-done = Sent
answers-batch-cancelled = Cancelled
answers-letters = { $count ->
    [0] No letters
    [one] One letter
   *[other] { $count } letters
  }
answers-leaves = leaves { $at }, { $ahead }
answers-written = written { $at }
answers-now = now
answers-in-minutes = { $count ->
    [one] in one minute
   *[other] in { $count } minutes
  }
answers-in-hours = in { $count } hours
answers-in-days = in { $count } days
answers-cancel = Cancel
answers-cancel-all = Cancel all letters
answers-letter-queued = Waiting
answers-letter-sending = Being sent
answers-letter-sent = Sent
answers-letter-unknown = Not known
answers-letter-failed = Could not be sent
answers-letter-bounced = Came back
answers-letter-delivered = Arrived
answers-letter-handled = Answered in another way
answers-letter-cancelled = Taken out
answers-letter-left-out = Left out
answers-left-out-withdrawn = The applicant has withdrawn, so the letter was not sent.
answers-left-out-erased = The application is erased, so the letter was not sent.
answers-left-out-changed = The decision was changed after the letter was written, so it was not sent.
answers-tried-again = The mail server asked us to wait. We try again.
answers-erased = Erased applicant
answers-lacking = { $count ->
    [0] Nobody lacks an answer
    [one] One has no answer
   *[other] { $count } have no answer
  }
answers-lacking-none = Whoever is rejected on the board stands here until the letter is written.
answers-lacking-how = Choose who is to be answered now. You read every letter before anything is sent.
answers-choose = Who is to be answered?
answers-no-address = No mail
answers-no-address-will = No mail: becomes a task when the others are sent
answers-see = See application
answers-grounds = Reasons:
answers-own-reason = Reasons of their own
answers-own-reason-label = Reasons for { $name } only
answers-reason = Reasons for those who are not decided yet
answers-reason-hint = They are rejected for these reasons. They stand on the applicant's own page, and never in the mail.
answers-write = Write and see the letters
answers-sent = Answers given ({ $count })
answers-sent-none = Those who have an answer stand here.
answers-close-refused = The ad cannot be closed yet
answers-close-unanswered = Everybody who was rejected must have the answer before the ad can be closed. Write the letters below, and solve the tasks on this page.
answers-close-missing = Missing: { $names }
answers-and-more = { $names } and { $count } others
answers-mine-lede = Everybody who has applied is entitled to an answer.
answers-mine-none = Everybody has an answer
answers-mine-none-next = When a deadline has passed or somebody is rejected, it stands here until the answer is sent.
answers-mine-ads = No answer yet
answers-mine-write = Write answers
answers-oldest = { $days ->
    [0] the oldest application came today
    [one] the oldest application is one day old
   *[other] the oldest application is { $days } days old
  }
answers-draft-next = Read the letters. Nothing is sent yet.
answers-preview-next = Choose when the letters are to leave.
answers-waiting-next = Nothing has been sent. Everything can be taken back.
answers-out = Take this letter out
answers-approve-title = Are the letters right?
answers-approve-text = { $count ->
    [one] Read the letter. It is sent exactly as it stands here.
   *[other] Read all { $count } letters. They are sent exactly as they stand here.
  }
answers-approve = Yes, they are right
answers-lay-title = When?
answers-lay-when = The letters leave
answers-lay-soon = { $minutes ->
    [0] At once
    [one] In one minute
   *[other] In { $minutes } minutes
  }
answers-lay-soon-hint = Until then you can change your mind, for all or for one.
answers-lay-later = At a time I choose
answers-lay-later-hint = The applicant's own page says nothing before the letter leaves.
answers-lay-at = The time, if you choose yourself
answers-lay = Set to be sent
answers-look-again = Read them again
answers-waiting-title = The letters wait
answers-waiting-text = You can take out a single letter or cancel them all until they leave.
answers-own-page = What the applicant sees
answers-own-page-text = The letter says that there is an answer, with a link to the applicant's own page. There the reasons stand, and there one can ask for more. How the applicant was assessed is never in the mail.
answers-to = Letters to { $name }
answers-in-batch = together with others
answers-server-said = The mail server said: { $words }
answers-arrived = I have seen that the letter arrived
answers-again = Send again
answers-by-hand = I have answered in another way
answers-by-hand-do = Save that it was answered
answers-note = What did you do, and when?
answers-note-hint = For example: Called on 3 December at 10 and gave the answer. It stands in the history of the application.
answers-bounce = The letter has come back
answers-reasons-title = Asks for written reasons
answers-reasons-asked = The applicant asked for written reasons { $asked }. They must be given by { $due }.
answers-reasons-given = Given { $at }:
answers-reasons-words = The reasons
answers-reasons-hint = The main considerations, and what weighed. They are shown on the applicant's own page; the mail only says that they are there.
answers-reasons-give = Give the reasons
answers-lacks-letter = The applicant is rejected and has no letter with the answer.
answers-no-letters = No letters yet
answers-no-letters-next = When the application is decided, the answer is written from the ad's page "Answers".
answers-to-application = To the application
answers-templates-title = Words of the letters
answers-templates-lede = The words of letters to applicants. They hold for letters written from now on.
answers-template-own = Your own
answers-template-shipped = As shipped
answers-template-subject = Subject
answers-template-body = Letter
answers-template-hint = Write fields in braces. The letter must have the link to the applicant's own page.
answers-template-save = Save
answers-template-reset = Back to the shipped words
answers-fields = Fields
answers-fields-hint = A field without a value stops the letter, so that nobody gets a letter with gaps.
answers-field-first-name = The applicant's first name
answers-field-title = What the job is called
answers-field-reference = The number of the ad
answers-field-link = Link to the applicant's own page
answers-field-contact-name = The contact person in the ad
answers-field-contact-phone = The contact person's telephone
answers-field-contact-email = The contact person's mail
answers-field-organisation = The name of the organisation
answers-field-sender = Who writes the letters
answers-kind-rejection = Rejection without an interview
answers-kind-interviewed = Rejection after an interview
answers-kind-withdrawn = The application is withdrawn
answers-kind-reasons = The reasons are ready
answers-error-moved = Somebody else was faster: it stands differently now. Look at the page as it is, and try again.
answers-error-nobody = Choose at least one who has no letter.
answers-error-unresolved = The field { $field } has no value in the letter { $letter }. Write it in the ad, or take the field out of the letter's words.
answers-error-related = One of the letters is to somebody whom you have a relation to, and you cannot read it. Ask a colleague to read the letters.
answers-error-other-letters = The letters have changed since you saw them. Read them as they stand now.
answers-error-past = That time has passed. Choose one that lies ahead.
answers-error-far = That time is more than 90 days away. Choose one that is closer.
answers-error-when = Write a date and a time, or choose to send soon.
answers-error-note = Write briefly what you did, and when.
answers-error-note-long = The note is too long. Write at most 2000 characters.
answers-error-reasons = Write reasons of at least 10 characters.
answers-error-reasons-long = The reasons are too long. Write at most 2000 characters.
answers-error-cpr = The text holds something that looks like a civil registration number. Take it out.
answers-error-unknown-field = { $field } is not a field. See the list of fields, and correct it.
answers-error-field-not-here = { $field } cannot be used here. See the list of fields, and take it out.
answers-error-no-link = The letter has no { "{" }link{ "}" } by which the applicant can see the reasons. Put it in.
answers-error-changed = Somebody else has changed the words meanwhile. Copy yours, and load the page again.
answers-said-passed = Not among them: { $names }. They have an answer already, or somebody has changed them meanwhile.
answers-said-approved = The letters are read through. Choose when they are to leave.
answers-said-again = Read the letters again.
answers-said-laid = The letters leave { $at }. Until then they can be taken back.
answers-said-cancelled = The letters are cancelled. Nothing has been sent.
answers-said-out = The letter is taken out.
answers-said-arrived = Noted: the letter arrived.
answers-said-sent-again = The letter is sent again.
answers-said-by-hand = Noted: answered in another way.
answers-said-bounced = Noted: the letter came back.
answers-said-reasons = The reasons now stand on the applicant's own page.
answers-said-saved = The words are saved.
answers-said-reset = The shipped words hold again.
