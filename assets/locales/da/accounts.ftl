# People, units, log-in, navigation
nav-start = Start
nav-postings = Jobopslag
nav-campaigns = Kampagner
nav-stories = Historier
nav-search = Søg ansøgere
nav-answers = Svar til ansøgere
nav-calendar = Kalender
nav-approvals = Godkendelser
nav-deliveries = Udsendelser
nav-channels = Kanaler
nav-media = Medier
nav-support = Hjælp til indhold
nav-numbers = Tal
nav-people = Personer
nav-log = Log
login-title = Log ind
login-email = Mail
login-password = Adgangskode
login-submit = Log ind
login-wrong = Mail og adgangskode passer ikke sammen. Prøv igen, eller bed den, der styrer brugere hos jer, om en ny adgangskode.
error-email-taken = Der er allerede en person med den mailadresse. Brug en anden, eller giv personen en rolle i stedet.
error-password-short = Adgangskoden er for kort. Brug mindst 12 tegn, gerne nogle ord efter hinanden.
error-password-long = Adgangskoden er for lang. Brug højst 256 tegn.

login-lede = { $organisation }, rekruttering og kommunikation
login-password-hint = Du må gerne sætte ind fra din adgangskodehusker.
login-forgotten = Glemt adgangskode?
login-chosen = Din adgangskode er gemt
login-chosen-next = Log ind med den nu.
forgotten-title = Glemt adgangskode
forgotten-lede = Skriv den mailadresse, du logger ind med, så sender vi et link til at vælge en ny adgangskode.
forgotten-submit = Send link
forgotten-back = Tilbage til log ind
forgotten-sent = Hvis { $email } hører til en person hos os, har vi nu sendt et link dertil.
forgotten-sent-next = Linket virker i tre dage. Kommer der ingen mail, så se i mappen med uønsket post, eller spørg den, der styrer adgang hos jer.
password-title = Vælg adgangskode
password-lede = Til { $email }
password-new = Ny adgangskode
password-hint = Mindst 12 tegn. Nogle ord efter hinanden er lette at huske. Du må gerne bruge en adgangskodehusker.
password-submit = Gem adgangskode
password-dead-title = Linket virker ikke længere
password-dead = Et link virker én gang og i tre dage. Det her er brugt, udløbet eller afløst af et nyere.
password-dead-next = Få et nyt link
letter-welcome-subject = Du har fået adgang til Opslag hos { $organisation }
letter-welcome-text =
    Kære { $name }

    Du har fået adgang til Opslag, hvor vi skriver jobopslag og behandler ansøgninger.

    Vælg din adgangskode her:
    { $link }

    Linket er dit personlige. Det virker én gang, indtil { $until }.
letter-password-subject = Vælg en ny adgangskode til Opslag hos { $organisation }
letter-password-text =
    Kære { $name }

    Du, eller den, der styrer adgang hos jer, har bedt om et link til en ny adgangskode til Opslag:
    { $link }

    Linket er dit personlige. Det virker én gang, indtil { $until }. Har du ikke bedt om det, skal du ikke gøre noget; din adgangskode er den samme.

# People
people-title = Personer
people-lede = { $count ->
    [one] 1 person har adgang eller har haft det.
   *[other] { $count } personer har adgang eller har haft det.
}
people-add = Tilføj person
people-add-lede = Personen får en mail med et link til selv at vælge adgangskode.
people-add-submit = Tilføj og send mail
people-cancel = Afbryd
people-search = Søg efter navn, mail eller enhed
people-search-submit = Søg
people-search-all = Vis alle
people-none = Ingen passer til søgningen
people-none-next = Prøv med en del af navnet eller enheden.
people-table = Personer og roller
people-name = Navn
people-roles = Roller
people-role = Rolle
people-unit = Enhed
people-unit-hint = Rollen gælder her og i alt, der ligger under.
people-language = Sprog
people-email-hint = Her logger personen ind, og hertil sender vi linket.
people-access = Adgang
people-access-open = Har adgang
people-access-invited = Mangler adgangskode
people-access-closed = Lukket ude
people-no-role = Ingen rolle
people-no-role-yet = Ingen rolle endnu. Uden en rolle kan personen logge ind, men ser intet.
people-one-posting = kun ét jobopslag
people-give-role = Giv rolle
people-end-role = Fjern
people-send-link = Send link til adgangskode
people-let-in-verb = Giv adgang igen
people-shut-out-verb = Luk adgangen
people-shut-out-explained = Personen bliver logget ud med det samme. Det, personen har gjort, bliver stående.
people-open-explained = Personen har valgt en adgangskode og kan logge ind.
people-invited-explained = Personen har endnu ikke valgt en adgangskode.
people-closed-explained = Personen kan ikke logge ind. Rollerne står der stadig, hvis adgangen bliver åbnet igen.
people-held-elsewhere = Personen har også roller uden for dine enheder. Derfor kan du ikke lukke adgangen, men du kan fjerne rollerne hos dig.
people-not-oneself = Du kan ikke ændre din egen adgang. Bed en kollega, der også styrer adgang.
people-is-shut-out = Personen er lukket ude. Giv adgang igen, før du sender et link.
people-invited = { $name } er tilføjet. Et link er på vej til { $email }
people-role-given = { $name } er nu { $role } i { $unit }
people-role-ended = Rollen er fjernet fra { $name }
people-link-sent = Et link er på vej til { $email }
people-shut-out = Adgangen er lukket for { $name }
people-let-in = { $name } har adgang igen
error-choose = Vælg en mulighed på listen.
error-role-held = Personen har allerede den rolle i den enhed. Vælg en anden rolle eller enhed.

# Roles, as rows and with a line about each
role-recruiter = Rekrutteringsmedarbejder
role-recruiter-hint = Skriver og udgiver jobopslag, behandler ansøgninger.
role-hiring-manager = Ansættende leder
role-hiring-manager-hint = Egne jobopslag, vurdering og beslutning. Udgiver ikke.
role-panel-member = Medlem af ansættelsesudvalg
role-panel-member-hint = Læser ansøgningerne til det jobopslag, udvalget sidder for.
role-communications = Kommunikationsmedarbejder
role-communications-hint = Kanaler, tekster, billeder og film. Ser ingen ansøgere.
role-contributor = Bidragyder
role-contributor-hint = Skriver kladder og lægger billeder op. Udgiver intet.
role-hr-admin = HR-administrator
role-hr-admin-hint = Alt om ansøgninger, personer og regler.
role-report-reader = Læser af tal
role-report-reader-hint = Ser summer, ingen personer.
role-ops = It-drift
role-ops-hint = Drift, backup og opsætning. Ser ingen ansøgere.

# Units
units-title = Enheder
units-lede = Træet bestemmer, hvem der ser hvad: en rolle gælder i sin enhed og i alt under den.
units-table = Enheder som tabel
units-name = Navn
units-kind = Slags
units-people = Personer med rolle her
units-parent = Hører under
units-add = Tilføj enhed
units-added = { $name } er tilføjet under { $parent }
unit-organisation = Kommune eller region
unit-department = Forvaltning
unit-centre = Center eller område
unit-workplace = Arbejdssted
error-unit-taken = Der er allerede en enhed med det navn samme sted. Vælg et andet navn.
