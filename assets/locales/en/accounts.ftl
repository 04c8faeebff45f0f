# People, units, log-in, navigation
nav-start = Start
nav-postings = Job ads
nav-campaigns = Campaigns
nav-stories = Stories
nav-search = Find applicants
nav-answers = Answers
nav-calendar = Calendar
nav-approvals = Approvals
nav-deliveries = Deliveries
nav-channels = Channels
nav-media = Media
nav-support = Help with content
nav-numbers = Numbers
nav-people = People
nav-log = Log
login-title = Log in
login-email = E-mail
login-password = Password
login-submit = Log in
login-wrong = The e-mail address and password do not belong together. Try again, or ask whoever manages users for a new password.
error-email-taken = Somebody already has that e-mail address. Use another one, or give that person a role instead.
error-password-short = The password is too short. Use at least 12 characters, for instance a few words in a row.
error-password-long = The password is too long. Use at most 256 characters.

login-lede = { $organisation }, recruitment and communications
login-password-hint = You are welcome to paste from your password manager.
login-forgotten = Forgotten your password?
login-chosen = Your password is saved
login-chosen-next = Log in with it now.
forgotten-title = Forgotten password
forgotten-lede = Write the e-mail address you log in with, and we send a link to choose a new password.
forgotten-submit = Send link
forgotten-back = Back to log in
forgotten-sent = If { $email } belongs to somebody here, we have now sent a link to it.
forgotten-sent-next = The link works for three days. If no mail arrives, look in the folder for unwanted mail, or ask whoever manages access.
password-title = Choose a password
password-lede = For { $email }
password-new = New password
password-hint = At least 12 characters. A few words in a row are easy to remember. You are welcome to use a password manager.
password-submit = Save password
password-dead-title = The link no longer works
password-dead = A link works once, for three days. This one has been used, has run out, or was replaced by a newer one.
password-dead-next = Get a new link
letter-welcome-subject = You have been given access to Opslag at { $organisation }
letter-welcome-text =
    Dear { $name }

    You have been given access to Opslag, where we write job ads and handle applications.

    Choose your password here:
    { $link }

    The link is yours alone. It works once, until { $until }.
letter-password-subject = Choose a new password for Opslag at { $organisation }
letter-password-text =
    Dear { $name }

    You, or whoever manages access, asked for a link to a new password for Opslag:
    { $link }

    The link is yours alone. It works once, until { $until }. If you did not ask for it, do nothing; your password stays the same.

# People
people-title = People
people-lede = { $count ->
    [one] 1 person has access or has had it.
   *[other] { $count } people have access or have had it.
}
people-add = Add a person
people-add-lede = They get an e-mail with a link to choose their own password.
people-add-submit = Add and send e-mail
people-cancel = Cancel
people-search = Find by name, e-mail or unit
people-search-submit = Find
people-search-all = Show all
people-none = Nobody fits
people-none-next = Try a part of the name or the unit.
people-table = People and roles
people-name = Name
people-roles = Roles
people-role = Role
people-unit = Unit
people-unit-hint = The role holds here and in everything below.
people-language = Language
people-email-hint = They log in with it, and we send the link to it.
people-access = Access
people-access-open = Has access
people-access-invited = No password yet
people-access-closed = Shut out
people-no-role = No role
people-no-role-yet = No role yet. Without one they can log in, but see nothing.
people-one-posting = one job ad only
people-give-role = Give role
people-end-role = Remove
people-send-link = Send a password link
people-let-in-verb = Give access again
people-shut-out-verb = Shut out
people-shut-out-explained = They are logged out at once. What they have done stays.
people-open-explained = They have chosen a password and can log in.
people-invited-explained = They have not chosen a password yet.
people-closed-explained = They cannot log in. The roles still stand, should access be given again.
people-held-elsewhere = They also have roles outside your units. You cannot shut them out, but you can remove the roles in yours.
people-not-oneself = You cannot change your own access. Ask a colleague who also manages access.
people-is-shut-out = They are shut out. Give access again before you send a link.
people-invited = { $name } is added. A link is on its way to { $email }
people-role-given = { $name } is now { $role } in { $unit }
people-role-ended = The role was removed from { $name }
people-link-sent = A link is on its way to { $email }
people-shut-out = { $name } is shut out
people-let-in = { $name } has access again
error-choose = Choose one from the list.
error-role-held = They already have that role in that unit. Choose another role or unit.

# Roles, as rows and with a line about each
role-recruiter = Recruiter
role-recruiter-hint = Writes and publishes job ads, handles applications.
role-hiring-manager = Hiring manager
role-hiring-manager-hint = Own job ads, assessment and decision. Does not publish.
role-panel-member = Panel member
role-panel-member-hint = Reads the applications for the job ad the panel sits for.
role-communications = Communications
role-communications-hint = Channels, texts, pictures and films. Sees no applicants.
role-contributor = Contributor
role-contributor-hint = Writes drafts and adds pictures. Publishes nothing.
role-hr-admin = HR administrator
role-hr-admin-hint = Everything about applications, people and rules.
role-report-reader = Reader of figures
role-report-reader-hint = Sees sums, no people.
role-ops = IT operations
role-ops-hint = Operation, backup and configuration. Sees no applicants.

# Units
units-title = Units
units-lede = The tree decides who sees what: a role holds in its unit and in everything below.
units-table = Units as a table
units-name = Name
units-kind = Kind
units-people = People with a role here
units-parent = Belongs under
units-add = Add unit
units-added = { $name } is added under { $parent }
unit-organisation = Municipality or region
unit-department = Department
unit-centre = Centre or area
unit-workplace = Workplace
error-unit-taken = There is already a unit of that name in the same place. Choose another name.
