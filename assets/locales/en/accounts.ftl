# People, units, log-in, navigation
nav-start = Start
nav-postings = Job ads
nav-search = Find applicants
nav-deliveries = Deliveries
nav-channels = Channels
nav-media = Media
nav-people = People
nav-operation = Operation
login-title = Log in
login-email = E-mail
login-password = Password
login-submit = Log in
login-wrong = The e-mail address and password do not belong together. Try again, or ask whoever manages users for a new password.
error-email-taken = Somebody already has that e-mail address. Use another one, or give that person a role instead.
error-password-short = The password is too short. Use at least 12 characters, for instance a few words in a row.
error-password-long = The password is too long. Use at most 256 characters.
