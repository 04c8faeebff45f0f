# Interviews: times, who has them, and what the applicant sees.
posting-tab-interviews = Interviews
interviews-title = Interviews
interviews-page-title = Interviews: { $title }
interviews-lede = { $title } · { $laid ->
    [0] No times yet
    [one] One time, { $free } free
   *[other] { $laid } times, { $free } free
  }
interviews-programme = Programme to print
interviews-programme-title = Programme: { $title }
interviews-programme-none = Nobody has a time yet.
interviews-programme-made = Printed { $at } by { $who }.
interviews-calendar = Calendar file
interviews-calendar-summary = Interview at { $org }
interviews-calendar-panel = Interview: { $title } ({ $reference })
interviews-day = { $weekday } { $date }
interviews-minutes = { $count ->
    [one] One minute
   *[other] { $count } minutes
  }
interviews-round = Interview { $number }
interviews-by-video = Video meeting
interviews-taken = { $taken } of { $all } times taken
interviews-no-pay = Nobody can be invited yet
interviews-no-pay-what = The ad does not say what is paid. Applicants have a right to know before the interview.
interviews-no-pay-go = Write the pay in the ad
interviews-no-times = No times left
interviews-no-times-what = Somebody is to choose a time, and all times are taken or over. Add more.
interviews-clashes = Times that clash
interviews-clash = { $name } also has an interview in { $which }: { $when }.
interviews-clash-own = { $day }: { $one } and { $other } overlap.
interviews-clash-elsewhere = another ad
interviews-empty = No times yet
interviews-empty-what = Add the times when the panel can. Then applicants choose for themselves.
interviews-free = Free
interviews-hidden = Taken. The applicant is erased, or you have a relation to them.
interviews-slot-open = Can be chosen
interviews-slot-unused = Was not used
interviews-slot-booked = Agreed
interviews-slot-past = Result missing
interviews-state-invited = Invited
interviews-state-booked = Agreed
interviews-state-moved = Time withdrawn
interviews-state-held = Held
interviews-state-no-show = Did not come
interviews-state-declined = Declined
interviews-state-cancelled = Called off
interviews-decided = Decided, but does not know yet
interviews-needs = Needs:
interviews-change = Move or call off
interviews-move-to = Move to
interviews-move = Move
interviews-drop-words = Withdraw the time: what should the applicant know?
interviews-words-hint = Stands in the letter and on the applicant's page. Write nothing about how they are judged.
interviews-drop = Withdraw the time and let them choose again
interviews-cancel-words = Call off: what should the applicant know?
interviews-cancel = Call the interview off
interviews-take-back = Take the invitation back
interviews-close = Close this time
interviews-came = Held
interviews-missed = Did not come
interviews-add = Add times
interviews-add-what = Several at once: the day, the first time, and how many follow.
interviews-date = Day
interviews-from = First time
interviews-from-hint = Such as 9:00
interviews-length = Minutes each
interviews-pause = Minutes between them
interviews-count = How many times
interviews-seats = Seats at each
interviews-seats-hint = More than 1 is a group interview
interviews-which-round = Which interview
interviews-place = Place
interviews-place-hint = Room and address. May be empty for a video meeting.
interviews-link = Address of the video meeting
interviews-link-hint = Begins with https://
interviews-note = Good to know
interviews-note-hint = Such as what to bring. The applicant reads it.
interviews-add-submit = Add times
interviews-aside = Invited people and panel
interviews-letters = { $count ->
    [one] One letter did not arrive
   *[other] { $count } letters did not arrive
  }
interviews-letter-invitation = Invitation
interviews-letter-confirmation = Confirmation
interviews-letter-moved = Change of time
interviews-letter-cancelled = Calling off
interviews-letter-reminder = Reminder of the time
interviews-letter-nudge = Reminder to choose
interviews-waiting = { $count ->
    [0] Everybody has chosen a time
    [one] One has not chosen a time
   *[other] { $count } have not chosen a time
  }
interviews-waiting-none = Nobody is waiting to choose.
interviews-since = Invited { $at }
interviews-since-reminded = Invited { $at }, reminded { $again }
interviews-wished = None of the times suits
interviews-remind = Remind now
interviews-for-them = Choose for them, or take back
interviews-time = Time
interviews-book = Agree the time
interviews-none-left = No times are free. Add more first.
interviews-invite = Invite
interviews-invite-nobody = Everybody in the stage interview is invited. Move more there on the board.
interviews-invite-whom = Applicants in the stage interview
interviews-invite-submit = Send invitation
interviews-said-laid = { $count ->
    [one] One seat has been added.
   *[other] { $count } seats have been added.
  }
interviews-said-closed = The time is closed.
interviews-said-invited = { $count ->
    [0] Nobody was invited.
    [one] One person is invited.
   *[other] { $count } people are invited.
  }
interviews-said-reminded = The reminder is on its way.
interviews-said-booked = The time is agreed.
interviews-said-cancelled = The interview is called off.
interviews-said-held = Noted: the interview was held.
interviews-said-missed = Noted: did not come.
interviews-passed-elsewhere = { $name } applies for another position.
interviews-passed-decided = { $name } is decided already.
interviews-passed-late = { $name } came too late and has not been let in yet.
interviews-passed-stage = { $name } is not in the stage interview.
interviews-passed-invited = { $name } is invited already.
interviews-refused-over = The application is over, so no time can be chosen.
interviews-refused-late = It is too close to the interview to change it here. Please call instead.
interviews-refused-ahead = The interview has not taken place yet.
interviews-error-number = Write a whole number from { $from } to { $to }
interviews-error-date = Write the day, such as 2026-12-14
interviews-error-time = Write the time as 9:00
interviews-error-gap = That hour does not exist that night, because the clocks go forward. Choose another time.
interviews-error-past = The time is over. Choose one to come.
interviews-error-far = Choose a day within a year
interviews-error-midnight = So many times run into the next day. Choose fewer.
interviews-error-place = Write a place or the address of a video meeting
interviews-error-long = At most { $most } characters
interviews-error-link = Write a whole address that begins with https://
interviews-error-words-long = At most 1000 characters
interviews-error-cpr = This looks like a CPR number. Delete it and try again.
interviews-error-pay = The ad does not say what is paid. Write it in the ad, then you can invite.
interviews-error-nobody = Choose at least one applicant
interviews-error-no-times = There are no free times to choose. Add times first.
interviews-error-just-written = They have just had a letter. Wait an hour before you write again.
interviews-error-taken = Somebody else has just taken that time. Choose one of those that are free now.
interviews-error-moved = Somebody has changed it meanwhile. See how it stands now, and try again.
interviews-subject-invitation = Invitation to an interview: { $title }
interviews-subject-confirmation = Your interview: { $title }
interviews-subject-moved = Your interview has been moved: { $title }
interviews-subject-cancelled = Your interview is called off: { $title }
interviews-subject-reminder = Remember your interview: { $title }
interviews-subject-nudge = Choose a time for your interview: { $title }
own-interview-title = Interview
own-interview-heading-choose = Choose a time for the interview
own-interview-heading-moved = Choose another time
own-interview-heading-wished = We will find another time
own-interview-heading-booked = Your interview
own-interview-heading-declined = You have declined the interview
own-interview-heading-cancelled = The interview is called off
own-interview-choose = We would like to meet you. Choose a time yourself.
own-interview-moved = The time you had chosen has been withdrawn. Choose another here.
own-interview-wished = You have written that none of the times suits you. We will contact you.
own-interview-wished-text = You have written that none of the times suits you. { $name } will contact you. You can also call { $phone } or choose one of the free times here.
own-interview-held = The interview was held { $when }.
own-interview-missed = The interview was { $when }. We did not get to meet you.
own-interview-declined = You have declined the interview.
own-interview-declined-text = Should you change your mind, call { $name } on { $phone }. Your application is not withdrawn.
own-interview-cancelled = The interview is called off.
own-interview-cancelled-when = It was to be { $when }.
own-interview-to-choose = Choose a time
own-interview-to-see = See the interview
own-interview-change-until = You can choose another time or decline here until { $until }.
own-interview-too-late = It is close now. If it has to be moved or called off, call { $name } on { $phone }.
own-interview-calendar = Get it for your calendar
own-interview-calendar-off = Get a file that takes it out of your calendar
own-interview-other-time = Choose another time
own-interview-no-times = No times are free right now. Write what suits you, and we will find one.
own-interview-something-else = Something else
own-interview-none-fits = None of the times suits me. Contact me.
own-interview-wish = When does it suit you?
own-interview-wish-hint = Only if none of the times suits you.
own-interview-needs = Is there anything we should take into account?
own-interview-needs-hint = Such as a lift, an interpreter or a video interview. You need not write why.
own-interview-confirm = Confirm
own-interview-no = I do not want to come
own-interview-no-what = Then somebody else gets the time. Your application stays until you withdraw it.
own-interview-no-why = Would you like to write why?
own-interview-no-submit = Decline the interview
own-interview-know = Good to know
own-interview-place = Place
own-interview-video = Video meeting
own-interview-length = Length
own-interview-meets = You will meet
own-interview-pay = Pay
own-interview-bring = Remember
own-interview-done-booked = Thank you. The time is yours, and you will get a confirmation.
own-interview-done-wish = Thank you. We will contact you and find another time.
own-interview-done-no = We have noted that you do not want to come.
own-interview-error-choose = Choose a time, or that none of them suits you
own-interview-error-taken = Somebody else took that time first. Choose one of those that are free now.
own-interview-error-moved = The interview has changed meanwhile. See how it stands now.
guide-title = Interview guide
guide-page-title = Interview guide: { $title }
guide-lede = Everybody is asked the same. Write questions for each criterion and print the guide for the interview; on paper there is room for notes. Do not ask what somebody earns or has earned.
guide-paper = Notes taken here belong to the case. Scores are given afterwards in the assessment, each member alone.
guide-empty = No profile
guide-empty-what = The guide comes from what the ad asks for. The profile is written while the ad is a draft.
guide-evidence = Judged by:
guide-questions = Questions about “{ $criterion }”
guide-questions-hint = One on each line.
guide-no-questions = No questions written.
guide-notes = Notes:
guide-save = Save questions
guide-said-saved = The questions are saved.
guide-error-pay = Nobody may be asked what they earn or have earned. You may ask what they expect.
guide-error-long = At most 1500 characters
guide-error-cpr = This looks like a CPR number. Delete it.
start-interviews-wish = { $count ->
    [one] One cannot make any of the times
   *[other] { $count } cannot make any of the times
  }
start-interviews-past = { $count ->
    [one] One interview has no result yet
   *[other] { $count } interviews have no result yet
  }
start-interviews-letters = { $count ->
    [one] One letter about an interview did not arrive
   *[other] { $count } letters about interviews did not arrive
  }
start-interviews-no-times = No times left to choose
start-interviews-silent = { $count ->
    [one] One has not chosen a time
   *[other] { $count } have not chosen a time
  }
start-interviews-verb = See interviews
overview-waits-choice = The applicant chooses a time
overview-waits-time = None of the times suits: find another
overview-waits-talk = The interview is agreed
overview-waits-result = Note whether the interview was held
overview-waits-judging = The panel decides
