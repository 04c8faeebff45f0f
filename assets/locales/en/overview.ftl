# Applicants from above: every case on one page, and one ad's applicants as a list.
nav-applicants = Applicants
overview-lede = { $cases ->
    [0] No running cases.
    [one] One running case,
   *[other] { $cases } running cases,
} { $undecided ->
    [0] every applicant has an outcome.
    [one] one applicant waits for a decision.
   *[other] { $undecided } applicants wait for a decision.
}
overview-show = Show
overview-show-all = Every case
overview-show-urgent = What is urgent
overview-narrow = Show
overview-all = Show every case
overview-more = There are more cases than the page can count
overview-more-next = It shows 1,000 of them. Choose a unit to see the rest.
overview-none-found = Nothing is urgent
overview-none-found-next = Nobody has stood for too long, nobody came too late, and nobody lacks an answer after the deadline.
overview-none = No running cases
overview-none-next = An ad stands here from its opening until it is closed.
overview-col-unanswered = Undecided
overview-col-decided = Decided
overview-col-all = In all
overview-held-back = { $count } too late
overview-too-long = { $count } over { $days ->
    [one] one day
   *[other] { $days } days
}
overview-untold = { $count } unanswered
overview-total = In all
overview-open-for = { $days ->
    [0] Opened today
    [one] Open for one day
   *[other] Open for { $days } days
}
overview-board = Board
overview-as-board = Show as board
overview-as-list = Show as list
overview-list-lede = { $all ->
    [0] Nobody has applied yet.
    [one] One applicant,
   *[other] { $all } applicants,
} { $all ->
    [0] { "" }
   *[other] { $undecided } undecided, { $slow } in their step for more than { $days ->
        [one] one day.
       *[other] { $days } days.
    }
}
overview-deadline = Deadline { $at }, { $left }.
overview-search = Narrow the list
overview-name = Name
overview-sort = Order
overview-sort-waited = Longest in step
overview-sort-newest = Newest
overview-sort-oldest = Oldest
overview-sort-name = Name
overview-steps = Steps
overview-marks = Only those who
overview-mark-unanswered = lack a decision or an answer
overview-mark-too-long = have stood over { $days ->
    [one] one day
   *[other] { $days } days
}
overview-mark-late = came too late
overview-mark-papers = have something about their files
overview-all-applicants = Show every applicant
overview-shown = { $found } of { $all } applicants
overview-nobody = Nobody has applied yet
overview-nobody-next = They stand here as soon as they have.
overview-nobody-found = Nobody fits
overview-nobody-found-next = Take away something of what is chosen above.
overview-col-applicant = Applicant
overview-col-received = Received
overview-col-step = Step
overview-col-waits = Waits for
overview-col-look = Note
overview-decided = Decided { $at }
overview-waits-admission = You: does it count?
overview-waits-reading = You: to be read
overview-waits-assessing = The panel: assessment
overview-waits-interview = The panel: interview
overview-waits-applicant = The applicant: answer to the offer
overview-waits-nobody = Nobody
overview-waits-answer = You: an answer is missing
