# People, units, log-in, navigation
nav-start = Start
nav-postings = Jobopslag
nav-search = Søg ansøgere
nav-deliveries = Udsendelser
nav-channels = Kanaler
nav-media = Medier
nav-people = Personer
nav-operation = Drift
login-title = Log ind
login-email = Mail
login-password = Adgangskode
login-submit = Log ind
login-wrong = Mail og adgangskode passer ikke sammen. Prøv igen, eller bed den, der styrer brugere hos jer, om en ny adgangskode.
error-email-taken = Der er allerede en person med den mailadresse. Brug en anden, eller giv personen en rolle i stedet.
error-password-short = Adgangskoden er for kort. Brug mindst 12 tegn, gerne nogle ord efter hinanden.
error-password-long = Adgangskoden er for lang. Brug højst 256 tegn.
