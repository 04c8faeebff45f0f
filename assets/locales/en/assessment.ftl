# The competence profile of a posting
profile-title = Profile for { $title }
profile-heading = Competence profile
profile-lede = Write what the job asks for before anybody applies. The panel assesses every applicant by the same criteria. The profile is locked when the ad is opened for the first time.
profile-begin = Begin with a ready profile
profile-begin-what = The criteria are copied here. After that you can change, remove and add.
profile-begin-from = Profile
profile-begin-submit = Copy the profile
profile-criterion-new = New criterion
profile-wording = Criterion
profile-wording-hint = One thing at a time. Empty all fields to remove a criterion.
profile-heading-field = Kind of competence
profile-heading-professional = Professional competences
profile-heading-social = Social competences
profile-heading-learning = Learning competences
profile-heading-organisational = Organisational competences
profile-heading-personal = Personal competences
profile-weight = Weight
profile-weight-must = Must
profile-weight-should = Should
profile-weight-plus = Plus
profile-why = Why the job asks for it
profile-evidence = What we look for
profile-evidence-hint = What in the application, files, interview or references counts as evidence?
profile-scale = Scale
profile-scale-hint = Describe what each step takes, so that everybody in the panel means the same by a number.
profile-step = Step { $step }
profile-save = Save the profile
profile-remove = Remove the profile
profile-saved = Saved { $at } by { $who }.
profile-hash = The profile's checksum:
profile-none = The ad has no profile yet.
profile-frozen = The profile is locked
profile-frozen-what = The ad has been opened, and whoever applied must be assessed by what stood there then. If the job must ask for something else, make a new ad with a new profile.
profile-frozen-none = The ad was opened without a profile, and one cannot be written afterwards. If applicants are to be assessed by criteria, make a new ad with a profile.
profile-refused-frozen = The ad has been opened, so the profile is locked. Make a new ad if it must ask for something else.
profile-stale = Somebody else saved the profile meanwhile
profile-stale-what = What you have written still stands here. Open the profile in a new tab, compare, and save again to let yours stand.
profile-error-step = Write what the step takes.
profile-error-empty = Write at least one criterion, or remove the profile.
profile-error-many = There is room for { $max } criteria. Join or remove some.
profile-said-saved = The profile is saved.
profile-said-begun = The profile is copied. Change it to fit the job.
profile-said-removed = The profile is removed.

# The panel
panel-title = Panel for { $title }
panel-heading = Hiring panel
panel-members = Members
panel-nobody = Nobody sits in the panel yet.
panel-name = Name
panel-seat = Seat
panel-seat-choose = Choose a seat
panel-time = Period
panel-from = from { $from }
panel-from-to = { $from } to { $to }
panel-ended = Ended
panel-end = End seat
panel-verbs = Actions
panel-chair = Leads the panel
panel-chair-tick = Leads the panel
panel-chair-hint = Can show the assessments before everybody is done, and must write why.
panel-confidentiality = Confidentiality
panel-pledged = accepted { $at }
panel-not-pledged = not accepted
panel-empty =
    { $count ->
        [one] 1 seat is empty
       *[other] { $count } seats are empty
    }
panel-empty-what = No applicant can get an offer or be hired before the seat is filled, or somebody has written why it is empty.
panel-empty-open = Not explained
panel-empty-explained = Explained
panel-gap-reason = Why is the seat empty? ({ $seat })
panel-gap-submit = Save the reason
panel-gap-said = { $who }, { $at }
panel-rule = { $category } must have: { $seats }.
panel-category-leader = Positions that lead
panel-category-staff = Other positions
panel-add = Add a member
panel-add-what = A member can read the ad's applications once they have accepted confidentiality, and as long as the seat lasts.
panel-email = E-mail
panel-email-hint = Whoever has no access is sent an invitation.
panel-name-hint = Only used when the person is new.
panel-until = Last day
panel-until-hint = Must be filled in for externals. Access ends at the end of that day.
panel-add-submit = Add
panel-pledge = Confidentiality
panel-pledge-text = I will keep everything I read and hear about the applicants confidential, also when the panel is done. I share it with the panel only, and I keep no copies.
panel-pledge-why = You sit in the panel. The applications become visible to you when you have accepted. We keep when you did.
panel-pledge-submit = I accept
panel-relations = Conflicts of interest
panel-relations-what = Each member says for each applicant whether there is a relation. Whoever has one cannot see the applicant, and the others assess without them.
panel-relations-none = Nobody has declared a relation.
panel-relations-others =
    { $count ->
        [one] 1 relation is declared. Whom it is about is seen by the member and HR only.
       *[other] { $count } relations are declared. Whom they are about is seen by the members themselves and HR only.
    }
panel-relation-about = About { $applicant }, { $at }
panel-lift = Lift the declaration
panel-rules = Panel rules
panel-rules-lede = Which seats must be filled in a hiring panel? The rule holds for the whole organisation, also for panels that sit already.
panel-rules-read = You can read the rule
panel-rules-save = Save the rules
panel-error-external = An external member must have a last day.
panel-error-until = Choose a day that has not passed.
panel-error-date = Write the date as YYYY-MM-DD, or choose it.
panel-error-twice = The person sits in the panel already. End the seat first if it is to be another.
panel-error-reason = Write why the seat is empty.
panel-refused-filled = The seat is not empty. Load the page again.
panel-refused-seat = Choose a seat on the panel's page and try again.
panel-refused-declaration = Choose a declaration on the panel's page and try again.
panel-refused-own-declaration = You cannot lift your own declaration. Ask somebody else in HR.
panel-refused-rule = The rule holds for the whole organisation and is changed by its HR. Ask them.
panel-said-added = The member is added.
panel-said-ended = The seat has ended.
panel-said-explained = The reason is saved.
panel-said-lifted = The declaration is lifted. The member is asked again.
panel-said-rules = The rules are saved.

# Seats
seat-manager = Manager
seat-employee = Employee representative
seat-union = Union representative (TR)
seat-safety = Working environment representative (AMR)
seat-parents = Parents' or users' board
seat-hr = HR
seat-expert = Professional expert
seat-external = External

# Relations
tie-none = No relation that could raise doubt
tie-family = Family or same household
tie-friend = Friendship or enmity
tie-work = Close work together, now or before
tie-interest = An interest of my own in who is chosen
tie-other = Something else that may raise doubt

# Cards
card-title = Assessment of { $name }
card-to-application = See the application
card-no-profile = The ad has no competence profile
card-no-profile-what = Without criteria there is nothing to assess by. A profile is written before the ad is opened.
card-not-member = You do not sit in the panel, so you cannot assess. You can see the assessments when they are shown to all.
card-status-sealed = { $done } of { $of } have assessed. The assessments are sealed.
card-status-revealed = The assessments are shown. The panel's note is missing.
card-status-noted = Assessed, with the panel's note.
card-line = { $done } of { $of } assessed
card-line-revealed = Shown, note missing
card-line-noted = Assessed
card-all = All applicants
card-mine-missing = Missing my assessment ({ $count })
card-block = Assessment
card-mine = Give my assessment
card-open = See the assessment
card-relation = Do you have a relation to { $name }?
card-relation-what = Answer before you assess. If you have a relation, the applicant disappears for you everywhere, and the others assess without you. When in doubt, choose "Something else".
card-relation-legend = My relation
card-relation-submit = Save the answer
card-own = My assessment
card-own-given = Given { $at }. It is sealed until everybody has given theirs, and can be corrected when the assessments are shown.
card-write-what = Assess alone. Nobody else sees your card before all cards are shown at once. Nothing is added up.
card-score = Step
card-reason = Why?
card-reason-hint = Refer to what you have read or heard. The applicant may be given access to it.
card-save = Save draft
card-submit = Give it in
card-correct = Correct my assessment
card-correct-what = The first one stays beside the corrected one.
card-correct-submit = Give in the correction
card-break = Show the assessments now
card-break-what = You lead the panel and can show the assessments before everybody has given theirs. The reason is kept and seen by all.
card-break-reason = Why now?
card-break-submit = Show the assessments
card-shown = The assessments
card-table = The assessments at a glance
card-difference = Difference
card-near = none large
card-reasons = The reasons
card-shown-all = Shown { $at }, when everybody had given theirs.
card-shown-broken = Shown by { $who } { $at }:
card-score-of = { $score } of { $most }
card-far = Far apart: { $low } to { $high }
card-corrected = Before the correction: { $score }. { $reason }
card-row-none = Nobody has assessed this.
card-remark-related = { $name } has since declared a relation to the applicant.
card-remark-late = { $name } gave theirs after the assessments were shown.
card-note = The panel's note
card-note-field = What does the panel agree on?
card-note-hint = Must be written before the applicant can go on to an interview, an offer or be hired.
card-note-save = Save the note
card-note-line = { $who }, { $at }
card-note-none = The panel has not written a note yet.
card-note-stale = Somebody else saved the note meanwhile
card-note-stale-what = What you have written stands in the field. Read what is saved below, join the two, and save again.
card-barred-sealed = Your card is given in and sealed. It can be corrected when all cards are shown.
card-barred-correction = A correction is given in at once; it cannot be saved as a draft.
card-barred-same = Nothing has changed. Change a step or a reason before you give in the correction.
card-barred-member = Only somebody who sits in the panel now can do this. Ask whoever leads the panel for a seat.
card-barred-chair = Only whoever leads the panel can show the assessments before time.
card-barred-none = Nobody has given a card yet, so there is nothing to show.
card-barred-undeclared = First say whether you have a relation to the applicant.
card-barred-profile = The ad has no competence profile, so there is nothing to assess by.
card-barred-note = The note is written when the assessments are shown.
card-barred-closed = The ad is closed, and the assessment stands as it is.
card-error-relation = Choose how you stand to the applicant.
card-error-score = Choose a step.
card-error-reason = Write why.
card-error-break = Write why the assessments must be shown now.
card-error-note = Write what the panel agrees on.
card-said-saved = The draft is saved. Only you can see it.
card-said-given = Your assessment is given in. It is sealed until everybody has given theirs.
card-said-shown = Your assessment was the last. All assessments are shown now.
card-said-corrected = The correction is given in and stands beside the first.
card-said-related = Thank you. The applicant is no longer visible to you.
card-said-broken = The assessments are shown to the whole panel.
card-said-noted = The note is saved.
assessment-stale = Somebody else saved meanwhile. Load the page again, and then try again.

# The recommendation
recommendation-title = Recommendation for { $title }
recommendation-heading = Recommendation
recommendation-lede = Put together from the panel's own words for all who were called to an interview: criterion, evidence, step and reason. They stand in the order in which they applied. Print the page if it must be on paper.
recommendation-incomplete = The recommendation is not complete
recommendation-incomplete-what =
    { $count ->
        [one] Something is missing for 1 applicant.
       *[other] Something is missing for { $count } applicants.
    }
recommendation-seat = The seat { $seat } is empty, and nobody has written why.
recommendation-complete = Everything is there
recommendation-nobody = Nobody has been called to an interview yet.
recommendation-missing-cards = The assessments are not shown yet.
recommendation-missing-criterion = Nobody has assessed "{ $criterion }", which the job must have.
recommendation-missing-note = The panel's note is missing.
recommendation-made = Made { $at } for { $who }.

# On other pages
board-left-out =
    { $count ->
        [one] 1 applicant is left out because you have declared a relation.
       *[other] { $count } applicants are left out because you have declared a relation.
    }
board-narrow = Show
board-barred-assessed = The panel's note is missing. The applicant can go on when the assessments are shown and the note is written.
board-barred-seated = A seat in the panel is empty. Fill it, or write on the panel's page why it is empty.
start-pledge = Accept confidentiality
start-pledge-detail = You sit in the panel for { $title }
start-pledge-verb = Open the panel
start-cards =
    { $count ->
        [one] 1 applicant is missing your assessment
       *[other] { $count } applicants are missing your assessment
    }
start-cards-verb = Assess
