# What waits for me
start-title = Start
start-good-morning = Good morning, { $name }
start-good-day = Hello, { $name }
start-good-evening = Good evening, { $name }
start-today = Today is { $day } { $date }, week { $week }.
start-count = { $count ->
    [0] Nothing is waiting for you.
    [one] 1 thing is waiting for you.
   *[other] { $count } things are waiting for you.
}
start-new = New job ad
start-waiting = What waits for me
start-nothing = Nothing waits
start-nothing-next = When something needs you, it is shown here.
start-lost = The connection to { $handle } does not work
start-lost-detail = Planned posts to it leave only when the account is connected again.
start-lost-verb = Connect again
start-passed = { $count ->
    [one] 1 applicant for { $title } has no answer yet
   *[other] { $count } applicants for { $title } have no answer yet
}
start-answers = { $count ->
    [one] An answer to an applicant waits for you
   *[other] { $count } answers to applicants wait for you
}
start-answers-detail = A letter did not arrive, or somebody asks for written reasons.
start-answers-verb = Solve
start-passed-detail = { $unit }. The deadline has passed.
start-passed-verb = See applicants
start-read = Read the applications for { $title }
start-read-detail = { $unit }. You sit on the panel.
start-read-verb = Read
start-draft = Draft: { $title }
start-draft-detail = { $unit }. The job ad is not open yet.
start-draft-verb = Go on writing
start-ahead = The next 14 days
start-ahead-nothing = No deadlines.
start-deadline-of = Deadline: { $title }
start-mine = My job ads
start-mine-table = My job ads as a table
start-all = Show all ({ $count })
start-job = Job
start-applicants = Applicants
start-state = State
start-deadline = Deadline
start-no-deadline = No deadline yet
start-state-draft = Draft
start-state-open = Open
start-state-passed = Deadline passed
start-state-closed = Closed
start-days-left = { $count ->
    [0] less than a day left
    [one] in 1 day
   *[other] in { $count } days
}
start-days-ago = { $count ->
    [0] passed within the last day
    [one] passed 1 day ago
   *[other] passed { $count } days ago
}
start-counts = Figures for jobs
start-running = How the service is doing
start-jobs-waiting = Jobs in the queue
start-jobs-late = Jobs that should have run
start-jobs-buried = Jobs that gave up
start-see-log = See the log
start-post = Post on { $place }
start-post-detail = Planned for { $when }. The package is ready.
start-post-late = Should have been up { $when }.
start-correct = Correct the text on { $place }
start-remove = Take down from { $place }
start-post-verb = Open the package
