# Help with content: units ask communications for help.
support-title = Help with content
support-lede-unit = Ask communications for a film, pictures, a text or help with posting. Here you can see how far it has come.
support-lede-queue = { $count ->
    [0] No request is waiting to be taken.
    [one] One request is waiting to be taken.
   *[other] { $count } requests are waiting to be taken.
  }
support-ask = Ask for help
support-ask-lede = It takes two minutes. Communications answer you here and by mail.
support-numbers = See the numbers
support-none = No requests yet
support-none-next = When somebody asks for help, it stands here.
support-section-asked = Communications are asking you ({ $count })
support-section-new = Waiting to be taken ({ $count })
support-section-mine = With you ({ $count })
support-section-question = Waiting for the unit’s answer ({ $count })
support-section-others = With colleagues ({ $count })
support-section-open = Under way ({ $count })
support-section-over = Finished ({ $count })
support-take = Take it
support-open = Open
support-with = With { $who }
support-asked = { $days ->
    [0] today
    [one] yesterday
   *[other] { $days } days ago
  }
support-wished = Wanted by { $day }
support-wished-soon = Wanted by { $day }: soon
support-wished-late = Should have been ready { $day }
support-help-film = Film
    .hint = We come and film, or we cut what you have filmed yourselves.
support-help-picture = Pictures
    .hint = We take new pictures, or make yours ready.
support-help-text = Text
    .hint = We write, or put your draft right.
support-help-adapt = Fit to the strategy
    .hint = What you have is to suit the audience, the tone and the channels.
support-help-publish = Post it for us
    .hint = You have the content. We see that it gets out.
support-state-new = New
support-state-taken = Taken
support-state-question = Question for the unit
support-state-delivered = Delivered
support-state-declined = Declined
support-state-cancelled = Cancelled
support-line-take = has taken it
support-line-release = has laid it back into the queue
support-line-ask = asks
support-line-answer = answers
support-line-deliver = has delivered
support-line-decline = has declined the request
support-line-cancel = has cancelled the request
support-thing-story = Story
support-thing-posting = Job ad
support-thing-publication = Posts on channels
support-thing-asset = File in the library
support-about-free = Nothing in particular
support-about-ad = Job ad: { $title }
support-about-story = Story: { $title }
support-field-help = What do you need?
support-field-title = What is it about?
support-field-title-hint = In short, for example “Evening shifts at Care Centre North”.
support-field-words = Tell us a little more
support-field-words-hint = Who is to see it, and what are they to do? A draft is welcome.
support-field-files = Pictures and films from your phone
support-field-files-hint = They are put into the unit’s library.
support-field-day = When must it be ready at the latest?
support-field-day-hint = Leave the field empty if there is no hurry.
support-field-about = Does it belong to a job ad or a story?
support-for-unit = You are asking for { $unit }.
support-send = Send the request
support-files-kept = Files that came along
support-file-film = film
support-fact-help = Wants
support-fact-about = About
support-fact-asked = Asked by
support-fact-holder = Lies with
support-unsent = What you wrote was not sent
support-stands = Status
support-conversation = Conversation
support-delivered = It is delivered
support-write = Write a message
support-write-do = Send message
support-answer = Your answer
support-answer-hint = Communications are waiting for it before they can go on.
support-answer-do = Send answer
support-release = Lay it back into the queue
support-cancel = Cancel the request
support-question-title = Ask the unit
support-question = Question
support-question-hint = Whoever asked for help gets it by mail. The request stays with you.
support-question-do = Send question
support-deliver-title = Deliver
support-deliver-things = What do you deliver?
support-deliver-things-hint = The newest in the unit. Tick one or more.
support-deliver-address = Or paste an address
support-deliver-address-hint = The address of a story, a job ad, a file or a post for approval here in Opslag.
support-deliver-files = Or upload what is finished
support-deliver-files-hint = The files are put into the unit’s library.
support-deliver-note = A few words to the unit
support-deliver-hours = Hours spent
support-deliver-hours-hint = For example 2.5. Only communications see it.
support-deliver = Deliver
support-decline = Decline the request
support-reason = Why?
support-reason-hint = Write also what the unit can do instead. They get it by mail.
support-decline-do = Decline
support-spent = { $hours } hours spent.
support-said-asked = The request is sent. You get a mail when somebody takes it.
support-said-taken = It is yours. The unit is told.
support-said-released = It lies in the queue again.
support-said-question = The question is sent.
support-said-declined = The request is declined. The unit is told why.
support-said-cancelled = The request is cancelled.
support-said-written = Sent.
support-said-delivered = Delivered. The unit is told.
support-error-title = Write in short what it is about.
support-error-help = Choose what you need.
support-error-about = The job ad or story is no longer there. Choose something else.
support-error-day = Choose a day from today and two years ahead at most.
support-error-cpr = There is something that looks like a civil registration number. Remove it.
support-error-hours = Write the hours as a number, for example 2.5.
support-error-address = The address leads to nothing here in Opslag. Open what you want to deliver, and copy the address from there.
support-error-elsewhere = It does not lie in the unit, so they cannot open it. Choose something that does, or upload the file here.
support-error-nothing = Tick what you deliver, paste an address, or upload a file.
support-error-taken = { $who } took it just before you.
support-error-moved = The request has moved on since you opened the page. See where it stands now.
support-letter-taken-subject = Taken: { $title }
support-letter-taken = { $who } has taken your request “{ $title }” and is starting on it.
support-letter-asked-subject = A question about: { $title }
support-letter-asked = { $who } has a question about your request “{ $title }”. Answer on the page, and the work goes on.
support-letter-delivered-subject = Delivered: { $title }
support-letter-delivered = { $who } has delivered what you asked for in “{ $title }”.
support-letter-declined-subject = Declined: { $title }
support-letter-declined = { $who } cannot help with “{ $title }”. The reason is:
support-letter-due-subject = { $count ->
    [one] A request for help is urgent
   *[other] { $count } requests for help are urgent
  }
support-letter-due = { $count ->
    [one] A unit’s request must be ready soon, and nobody has taken it:
   *[other] { $count } requests from units must be ready soon, and nobody has taken them:
  }
support-letter-wish = { $title }, by { $day }
support-letter-count-subject = { $count ->
    [one] One new request for help
   *[other] { $count } new requests for help
  }
support-letter-count = { $fresh ->
    [one] One new request has come from the units.
   *[other] { $fresh } new requests have come from the units.
  } In all { $all } are waiting to be taken.
support-start-asked = Communications are asking about “{ $title }”
support-start-asked-detail = They are waiting for your answer before they can go on.
support-start-asked-verb = Answer
support-start-new = { $count ->
    [one] One request for help with content
   *[other] { $count } requests for help with content
  }
support-start-new-detail = { $soon ->
    [0] Nobody has taken them yet.
    [one] Nobody has taken them yet. One is urgent.
   *[other] Nobody has taken them yet. { $soon } are urgent.
  }
support-start-new-verb = See the queue
support-numbers-title = How fast do units get an answer?
support-numbers-lede = { $answered } of { $all } answers came within { $days } days in the past year.
support-numbers-none = Once units have asked for help, it stands here how fast they got an answer.
support-numbers-basis = Requests of the past year. An answer is delivered or declined. Days are those of the calendar, from the day of asking.
support-days-same = Same day
support-days-two = 1–2 days
support-days-five = 3–5 days
support-days-ten = 6–10 days
support-days-more = More than 10 days
support-days = { $days ->
    [one] 1 day
   *[other] { $days } days
  }
support-chart-days = Days until the answer
support-chart-units = Half got an answer within
support-table = Help by unit
support-count-asked = Requests
support-count-open = Waiting
support-count-delivered = Delivered
support-count-declined = Declined
support-count-cancelled = Cancelled
support-count-in-time = Answered within { $days } days
support-count-median = Half within (days)
support-count-hours = Hours
