# Stages and outcomes
stage-received = Received
stage-assessing = Being assessed
stage-interview = Interview
stage-offer = Offer
outcome-hired = Hired
outcome-rejected = Rejected
outcome-withdrawn = Withdrawn

# Papers
paper-cv = CV
paper-letter = Application letter
paper-diploma = Diploma or authorisation
paper-other = Other
paper-open = View
paper-new-tab = opens in a new tab
paper-download = Download
paper-picture = { $name }, picture
paper-text-version = The text as we read it in the file
paper-text-waiting = The text is being read. Load the page again in a moment.
paper-text-empty = There is no text in the file. It is probably a picture or a scan. View or download it.
paper-text-failed = The text could not be read. View or download the file.
paper-locked = Locked with a password
paper-cpr = Contains something that looks like a CPR number. It is hidden here.

# Files that are refused
papers-refused-empty = “{ $name }” is empty. Choose the file again, or save it anew and try with that.
papers-refused-html = “{ $name }” is a web page. Save it as PDF and add it.
papers-refused-svg = “{ $name }” is a drawing (SVG). Save it as PDF, JPG or PNG.
papers-refused-zip = “{ $name }” is an archive. Unpack it and add the files one by one.
papers-refused-macros = “{ $name }” contains macros, and we do not open those. Save the document as PDF.
papers-refused-old-word = “{ $name }” is in an older Word format or is locked. Save the document as PDF or DOCX without a password.
papers-refused-rtf = “{ $name }” is saved as RTF. Save the document as PDF, DOCX or ODT.
papers-refused-other-office = “{ $name }” is a spreadsheet or a presentation. Save the file as PDF.
papers-refused-other-picture = “{ $name }” is a picture in a format we cannot show. Save it as JPG or PNG. On iPhone: mail it to yourself, then it becomes a JPG.
papers-store-away = Your files cannot be kept right now. Choose them again and send in a few minutes. What you have written is still here.
papers-refused-cut-off = “{ $name }” is not whole; its end is missing. Add the file again.
papers-refused-too-many-pixels = “{ $name }” has too many pixels. Save the picture in a smaller size.
papers-refused-unknown = “{ $name }” is not a kind of file we can read. Use PDF, DOCX, ODT, TXT, JPG or PNG.
papers-refused-too-large = “{ $name }” is too large. A file may be at most { $max }.
papers-refused-too-many = There is no room for “{ $name }”: you have reached the number of files there is room for. Remove another, or put several into one PDF.

# The form
apply-page-title = Apply for { $title }
apply-title = Apply for the position
apply-lede = Deadline { $deadline }. Fields without “optional” must be filled in.
apply-lede-late = The deadline was { $deadline }. You can still send this form, but the application will be marked as late.
apply-you = You
apply-name = Name
apply-name-missing = Write your name.
apply-email = Email
apply-email-hint = We send the receipt and our answer here
apply-phone = Phone
apply-letter-and-files = Application and attachments
apply-letter = Why would you like to work with us?
apply-letter-hint = A few lines are enough. You can also attach an application letter.
apply-nothing-sent = Write a few lines, or add a file.
apply-files-there = Files you have added
apply-file-kind = What is { $name }?
apply-file-remove = Remove { $name }
apply-file-locked = locked with a password; perhaps nobody can open it
apply-cv = CV
apply-files = Other attachments
apply-files-hint = PDF, Word, OpenDocument, text or picture. At most { $size } each, at most { $count } files in all.
apply-files-more-hint = Application letter, diploma, authorisation or other
apply-files-add = Add files now
apply-last = Finally
apply-source = Where did you see the ad?
apply-source-hint = For counting only. Those who read the applications do not see the answer.
apply-source-choose = Choose
apply-trap-label = Leave this field empty
apply-trap = This field is there to catch robots. Empty it and send again.
apply-too-fast = That was very quick. Look the form over and press Send application again.
apply-form-old = The form has been open for a long time. Look it over, add the files again, and press Send application.
apply-cpr = There is something that looks like a CPR number. Remove it. We may not ask for it and do not need it.
apply-no-cpr = Do not write your CPR number in the application or attachments.
apply-send = Send application
apply-closed-title = The position is no longer vacant
apply-closed = The ad is closed and applications are no longer taken.
apply-over-title = The deadline has passed
apply-over = The deadline was { $deadline }.
apply-over-next = If you were in the middle of applying, or want to ask whether a late application can be taken into account, contact us.
apply-over-contact = Contact:
apply-see-others = See other vacancies

# Where the ad was seen
source-website = The municipality’s website
source-jobnet = Jobnet
source-acquaintance = Someone I know works here
source-other = Somewhere else
source-intranet = The intranet

# What is said about personal data (D-03)
notice-title = How we process your data
notice-version = Text { $version }. You get a copy in the receipt.
notice-controller = { $controller } is the data controller. You can reach the data protection officer at { $dpo }.
    .heading = Who is responsible?
notice-purpose = We use the data to process your application and to document the process. We do so as part of our exercise of official authority under article 6(1)(e) of the General Data Protection Regulation. If you yourself write sensitive data, we process them under article 9(2)(f). Applying is voluntary, but without a name and an email address we cannot process the application.
    .heading = What do we use the information for?
notice-who = The hiring committee for this position and the staff of { $org } who work with recruitment can see your application. We do not pass it on to others, and it does not go to social media.
    .heading = Who sees your application?
notice-how-long = We delete the application { $months } { $months ->
    [one] month
   *[other] months
} after the ad is closed. The reason is: { $reason }. If you are hired, it becomes part of your personnel file.
    .heading = How long do we keep it?
notice-rights = You can see what we have about you, have it corrected, have it deleted, have its use restricted, and object. Most of it you can do yourself on your own page; the link is in the receipt. No decision is made by a machine.
    .heading = What can you do?
notice-complaint = If you are dissatisfied with how we process your data, you can complain to Datatilsynet (the Danish Data Protection Agency), Carl Jacobsens Vej 35, 2500 Valby, www.datatilsynet.dk.
    .heading = Do you wish to complain?

# The receipt
receipt-title = Thank you for your application
receipt-heading = Thank you, { $name }. We have received your application
receipt-heading-plain = Thank you for your application
receipt-intro = { $title }. Received { $received }. We are sending a receipt to { $email }.
receipt-plain = The application for { $title } has been received. The receipt with the link to your own page has been sent to your email address.
receipt-late = The application arrived after the deadline. The hiring committee decides whether it can be taken into account. You will get an answer in any case.
receipt-locked = “{ $name }” seems to be locked with a password. Add a version without a password on your own page.
receipt-what-now = What happens now
receipt-step-reading = After the deadline
receipt-own-title = Your own page
receipt-own-text = On your page you can follow the application, add attachments, correct email and phone, and withdraw the application. The link is personal. Do not share it.
receipt-own-go = Go to my application
receipt-meanwhile = While you wait
receipt-subject = We have received your application: { $title }

# The applicant's own page
own-title = My application
own-heading = Your application, { $name }
own-received = received { $received }
own-state = Where it stands
own-late = The application arrived after the deadline. The hiring committee decides whether it can be taken into account.
own-withdrawn = You have withdrawn the application. We do nothing more with it. If that is a mistake, contact us.
own-step-received = Received
own-step-reading = We read and assess
own-step-reading-text = A person reads every application.
own-step-answer = Answer
own-step-answer-text = Everyone gets an answer.
own-decided-text = The application has been decided. You will hear from us.
own-rejected-text = You are not among those we go on with for this position. The reasons are given below.
own-grounds = The reasons
own-reasons-text = Would you like to know more about why it was a no? You have a right to written reasons, and you get them here on this page within { $days } days.
own-reasons-ask = I would like written reasons
own-reasons-waits = You have asked for written reasons. You get them here on this page by { $due }.
own-reasons-given = The written reasons you asked for
own-done-reasons = We have your request. The written reasons will be here on this page.
own-letter = What you wrote
own-add-title = Add attachments
own-add-files = Files
own-add-submit = Add
own-no-file = Choose a file first.
own-too-many = There is no room for more files. Put several into one PDF.
own-decided = The application is decided or withdrawn and can no longer be changed. Contact us if something is wrong.
own-data = Your data
own-sent = What you sent
own-no-papers = No files.
own-paper-locked = Locked with a password. Add a version without.
own-paper-cpr = Contains something that looks like a CPR number. Please add a version without.
own-contact = Email and phone
own-contact-submit = Save
own-done-file = The file has been added.
own-done-contact = Email and phone have been corrected.
own-rights = You decide about your data
own-withdraw = Withdraw the application
own-withdraw-title = Withdraw the application
own-withdraw-text = Do you want to withdraw your application for { $title }? The hiring committee will then stop reading it. You can apply again if the deadline has not passed.
own-withdraw-submit = Withdraw the application
own-withdraw-keep = Keep the application

# The board
board-page-title = Applicants for { $title }
board-region = Board
board-total = { $count ->
    [0] No applicants yet.
    [one] 1 applicant.
   *[other] { $count } applicants.
}
board-sums = { $on } on the board, { $withdrawn } withdrawn, { $late } came late.
board-changed = The board has changed since you loaded it.
board-reload = Load it again
board-register = Register an application
board-applicants = { $count ->
    [one] applicant
   *[other] applicants
}
board-choose = Choose { $name }
board-move = Move…
board-move-submit = Move
board-move-cancel = Close without moving
board-move-title = Move { $name }
board-stands = Stands in { $stage } now
board-more = Show all { $count }
board-to = Move to
board-place = Place
board-place-hint = 1 is the top. Empty is the bottom.
board-reason = Reason
board-reason-rejected = Write what the rejection rests on. The applicant has a right to know.
board-reason-reopened = Write why the application is taken up again.
board-reason-late = Write why the application is taken into account although it came after the deadline.
board-reason-short = The reason is too short. Write, in at least 10 characters, what the rejection rests on.
board-reason-long = The reason is too long. Write at most 2,000 characters.
board-barred-late = The application came after the deadline. First move it to a stage, with a reason.
board-barred-unseen = Nobody is hired straight from here. First move to Interview or Offer.
board-barred-closed = The ad is closed because every applicant has an outcome. So a decided application cannot be taken up again. If the position is to be filled anew, make a new ad and ask the applicant to apply there.
board-barred-decided = The application is decided. First move it back to a stage.
board-moved = { $name } is moved to { $to }, place { $place } of { $of }
board-decided = { $name } is moved to { $to }
board-stale-by = The board is up to date again. { $by } moved { $name } to { $to } a moment ago. Nothing was changed.
board-stale = The board is up to date again. { $name } now stands in { $to } and was changed after you loaded the board. Nothing was changed.
board-stale-plain = The application was changed after you loaded the page. Load it again.
board-bulk = Chosen applicants:
board-bulk-move = Move the chosen
board-bulk-answer = Write answers…
board-bulk-none = Nobody was moved. Choose applicants first.
board-bulk-moved = { $count } applicants are moved to { $to }
board-bulk-stale = Others moved { $names } meanwhile; they stay where they are.
board-undo = Undo
board-undone = { $count } moves are undone
board-nothing-to-undo = There is nothing to undo.
board-failed = The server did not answer. The card is put back. Try again.
board-days = { $days ->
    [0] in the stage since today
    [one] 1 day in the stage
   *[other] { $days } days in the stage
}
board-received = Received { $at }
board-late = Came late
board-late-admitted = Late, admitted
board-cpr = CPR number in a file
board-locked = Locked file
board-no-papers = No files
board-empty = None
board-close-undecided = The ad cannot be closed before every applicant has an outcome: Hired, Rejected or Withdrawn. Everyone is entitled to an answer.
board-close-reason = Choose how it ended before you close.
came-paper = on paper
came-email = by email
came-api = from another system
came-direct = directly
came-channel = via { $channel }

# One application
application-place = { $column }, { $place } of { $of }
application-received = received { $at } { $came }
application-previous = Previous: { $name }
application-next = Next: { $name }
application-undo = Undo the last move
application-letter = The application
application-nothing = There is neither text nor files.
application-contact = Contact
application-none-given = not given
application-history = History
application-letters = Letters and answers to the applicant
application-views = Opened { $count ->
    [one] once
   *[other] { $count } times
}. Every opening is written down.
application-log = See who
event-received = Application received
event-registered = Application registered
event-moved = Moved from { $from } to { $to }
event-admitted = Admitted after the deadline, from { $from } to { $to }
event-decided = Decided: { $to }
event-reopened = Taken up again, from { $from } to { $to }
event-undone = Move undone, back to { $to }
event-file-added = File added
event-contact-changed = Email or phone corrected
event-receipt-sent = Receipt sent
event-letter-sent = Letter with the answer sent
event-letter-failed = The letter with the answer could not be sent. Answer in another way.
event-letter-unknown = It is not known whether the letter with the answer arrived
event-letter-bounced = The letter with the answer came back
event-letter-seen = The letter with the answer was seen to have arrived
event-letter-by-hand = Answer given in another way
event-reasons-asked = The applicant asks for written reasons
event-reasons-given = Written reasons given
event-repost-told = Was told that the job is advertised again
event-repost-refused = The letter saying that the job is advertised again could not be delivered. Call or send a letter.
reposted-subject = The position { $title } is advertised again
event-interview-invited = Invited to an interview
event-interview-reminded = Reminded to choose a time for the interview
event-interview-booked = Time for the interview agreed
event-interview-moved = The time of the interview was withdrawn
event-interview-wish = None of the times suited
event-interview-declined = Declined the interview
event-interview-cancelled = The interview was called off
event-interview-held = Came to the interview
event-interview-missed = Did not come to the interview
event-interview-letter-lost = A letter about the interview may not have arrived
event-receipt-refused = The receipt was refused by the mail server. Call the applicant.
event-by-applicant = the applicant
event-by-token = another system

# Keying in
register-title = Register an application
register-lede = { $title }. Deadline { $deadline }. An application on paper or by email counts as much as one through the form.
register-via = How did it come?
register-via-missing = Choose how the application came.
register-via-paper = On paper
register-via-email = By email
register-received = Received
register-received-hint = When the letter or email arrived, not when you key it in. That decides whether it is in time.
register-received-form = Write date and time, for example 2026-12-04 10:30.
register-received-future = The time lies in the future. Correct it.
register-email-hint = If there is an email address, we send a receipt to it.
register-letter = Text
register-letter-hint = Copy it out, or attach a scan below.
register-files = Files
register-nothing = Copy the text out, or add a scan.
register-closed = The ad is closed or was never open, so applications cannot be registered.
register-form-old = The form has been open for a long time. Look it over, add the files again, and press Register.
register-submit = Register
register-cancel = Cancel
register-done = The application is registered

# Erasing
erase-verb = Erase the application
erase-title = Erase the application
erase-text = { $name } and everything sent for the position { $title } will be erased for ever. This cannot be undone.
erase-what-stays = What stays is a number, so that the sums still hold, and a line in the log without a name. Mail that has been sent and files somebody has downloaded we cannot erase.
erase-submit = Erase for ever
erase-keep = Keep
erase-done = The application is erased

# The page on privacy
privacy-title = How we handle your information
privacy-lead = This applies when you apply for a job in { $org }. The text is the one you see in the application form.
privacy-log-heading = Every opening is written down
privacy-log = When a member of staff opens, downloads or finds an application, we write down who it was and when. That cannot be erased or changed.
privacy-site-heading = When you only look
privacy-site = The job pages set no cookies and use no measurements by others. We count how many follow a link to an ad, but not who.
privacy-unset = Nobody has said yet who is responsible for data here. Therefore no job can be opened.
privacy-unset-next = Whoever runs the service writes the controller and the data protection officer under [privacy] in the configuration.
privacy-version = Text { $version }
