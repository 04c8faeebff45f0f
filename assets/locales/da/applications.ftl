# Stages and outcomes
stage-received = Modtaget
stage-assessing = Vurderes
stage-interview = Samtale
stage-offer = Tilbud
outcome-hired = Ansat
outcome-rejected = Afslag
outcome-withdrawn = Trukket

# Papers
paper-cv = CV
paper-letter = Ansøgning
paper-diploma = Bevis eller autorisation
paper-other = Andet
paper-open = Vis
paper-new-tab = åbner i et nyt faneblad
paper-download = Hent
paper-picture = { $name }, billede
paper-text-version = Teksten, som vi har læst den i filen
paper-text-waiting = Teksten bliver læst. Hent siden igen om lidt.
paper-text-empty = Der er ingen tekst i filen. Den er nok et billede eller en scanning. Vis eller hent den.
paper-text-failed = Teksten kunne ikke læses. Vis eller hent filen.
paper-locked = Låst med adgangskode
paper-cpr = Indeholder noget, der ligner et cpr-nummer. Det er skjult her.

# Files that are refused
papers-refused-empty = »{ $name }« er tom. Vælg filen igen, eller gem den på ny og prøv med den.
papers-refused-html = »{ $name }« er en webside. Gem den som PDF, og tilføj den.
papers-refused-svg = »{ $name }« er en tegning (SVG). Gem den som PDF, JPG eller PNG.
papers-refused-zip = »{ $name }« er en pakket fil. Pak den ud, og tilføj filerne enkeltvis.
papers-refused-macros = »{ $name }« indeholder makroer, og dem åbner vi ikke. Gem dokumentet som PDF.
papers-refused-old-word = »{ $name }« er gemt i et ældre Word-format eller er låst. Gem dokumentet som PDF eller DOCX uden adgangskode.
papers-refused-rtf = »{ $name }« er gemt som RTF. Gem dokumentet som PDF, DOCX eller ODT.
papers-refused-other-office = »{ $name }« er et regneark eller en præsentation. Gem filen som PDF.
papers-refused-other-picture = »{ $name }« er et billede i et format, vi ikke kan vise. Gem det som JPG eller PNG. På iPhone: send det til dig selv i en mail, så bliver det JPG.
papers-store-away = Dine filer kan ikke gemmes lige nu. Vælg dem igen, og send om nogle minutter. Det, du har skrevet, står her stadig.
papers-refused-cut-off = »{ $name }« er ikke hel; slutningen mangler. Tilføj filen igen.
papers-refused-too-many-pixels = »{ $name }« har for mange billedpunkter. Gem billedet i en mindre størrelse.
papers-refused-unknown = »{ $name }« er ikke en filtype, vi kan læse. Brug PDF, DOCX, ODT, TXT, JPG eller PNG.
papers-refused-too-large = »{ $name }« fylder for meget. En fil må højst fylde { $max }.
papers-refused-too-many = Der er ikke plads til »{ $name }«: du har nået det antal filer, der er plads til. Fjern en anden, eller saml flere i én PDF.

# The form
apply-page-title = Søg { $title }
apply-title = Søg stillingen
apply-lede = Frist { $deadline }. Felter uden »valgfrit« skal udfyldes.
apply-lede-late = Fristen var { $deadline }. Du kan stadig sende denne formular, men ansøgningen bliver mærket som kommet for sent.
apply-you = Dig
apply-name = Navn
apply-name-missing = Skriv dit navn.
apply-email = Mail
apply-email-hint = Her sender vi kvittering og svar
apply-phone = Telefon
apply-letter-and-files = Ansøgning og bilag
apply-letter = Hvorfor vil du gerne arbejde hos os?
apply-letter-hint = Nogle få linjer er nok. Du kan også vedhæfte en ansøgning.
apply-nothing-sent = Skriv nogle linjer, eller tilføj en fil.
apply-files-there = Filer, du har tilføjet
apply-file-kind = Hvad er { $name }?
apply-file-remove = Fjern { $name }
apply-file-locked = låst med adgangskode; måske kan ingen åbne den
apply-cv = CV
apply-files = Andre bilag
apply-files-hint = PDF, Word, OpenDocument, tekst eller billede. Højst { $size } hver, højst { $count } filer i alt.
apply-files-more-hint = Ansøgning, eksamensbevis, autorisation eller andet
apply-files-add = Tilføj filer nu
apply-last = Til sidst
apply-source = Hvor så du opslaget?
apply-source-hint = Kun til optælling. De, der læser ansøgningerne, ser ikke svaret.
apply-source-choose = Vælg
apply-trap-label = Lad dette felt stå tomt
apply-trap = Dette felt er til for at fange robotter. Gør det tomt, og send igen.
apply-too-fast = Det gik meget hurtigt. Se formularen igennem, og tryk Send ansøgning igen.
apply-form-old = Formularen har stået åben længe. Se den igennem, tilføj filerne igen, og tryk Send ansøgning.
apply-cpr = Der står noget, som ligner et cpr-nummer. Fjern det. Vi må ikke bede om det, og vi skal ikke bruge det.
apply-no-cpr = Skriv ikke cpr-nummer i ansøgning eller bilag.
apply-send = Send ansøgning
apply-closed-title = Stillingen er ikke længere ledig
apply-closed = Opslaget er lukket, og der kan ikke søges mere.
apply-over-title = Fristen er udløbet
apply-over = Ansøgningsfristen var { $deadline }.
apply-over-next = Var du i gang med at søge, eller vil du spørge, om en sen ansøgning kan komme med, så kontakt os.
apply-over-contact = Kontakt:
apply-see-others = Se andre ledige stillinger

# Where the ad was seen
source-website = Kommunens hjemmeside
source-jobnet = Jobnet
source-acquaintance = En, jeg kender, arbejder her
source-other = Et andet sted
source-intranet = Intranettet

# What is said about personal data (D-03)
notice-title = Sådan behandler vi dine oplysninger
notice-version = Tekst { $version }. Du får en kopi i kvitteringen.
notice-controller = { $controller } er dataansvarlig. Du kan kontakte databeskyttelsesrådgiveren på { $dpo }.
    .heading = Hvem er ansvarlig?
notice-purpose = Vi bruger oplysningerne til at behandle din ansøgning og til at dokumentere forløbet. Det sker som led i vores myndighedsopgave efter databeskyttelsesforordningens artikel 6, stk. 1, litra e. Skriver du selv følsomme oplysninger, behandler vi dem efter artikel 9, stk. 2, litra f. Det er frivilligt at søge, men uden navn og mail kan vi ikke behandle ansøgningen.
    .heading = Hvad bruger vi oplysningerne til?
notice-who = Ansættelsesudvalget for denne stilling og de medarbejdere i { $org }, der arbejder med rekruttering, kan se din ansøgning. Vi giver den ikke videre til andre, og den kommer ikke på sociale medier.
    .heading = Hvem ser din ansøgning?
notice-how-long = Vi sletter ansøgningen { $months } { $months ->
    [one] måned
   *[other] måneder
} efter, at opslaget er lukket. Grunden er: { $reason }. Bliver du ansat, går den med over i din personalesag.
    .heading = Hvor længe gemmer vi den?
notice-rights = Du kan se, hvad vi har om dig, få det rettet, få det slettet, få brugen begrænset og gøre indsigelse. Det meste kan du selv gøre på din egen side; linket står i kvitteringen. Ingen afgørelse træffes af en maskine.
    .heading = Hvad kan du gøre?
notice-complaint = Er du utilfreds med, hvordan vi behandler dine oplysninger, kan du klage til Datatilsynet, Carl Jacobsens Vej 35, 2500 Valby, www.datatilsynet.dk.
    .heading = Vil du klage?

# The receipt
receipt-title = Tak for din ansøgning
receipt-heading = Tak, { $name }. Vi har modtaget din ansøgning
receipt-heading-plain = Tak for din ansøgning
receipt-intro = { $title }. Modtaget { $received }. Vi sender en kvittering til { $email }.
receipt-plain = Ansøgningen til { $title } er modtaget. Kvitteringen med linket til din egen side er sendt til din mail.
receipt-late = Ansøgningen kom efter fristen. Ansættelsesudvalget afgør, om den kan tages med. Du får svar under alle omstændigheder.
receipt-locked = »{ $name }« ser ud til at være låst med adgangskode. Tilføj en udgave uden adgangskode på din egen side.
receipt-what-now = Det sker der nu
receipt-step-reading = Efter fristen
receipt-own-title = Din egen side
receipt-own-text = På din side kan du følge ansøgningen, tilføje bilag, rette mail og telefon og trække ansøgningen. Linket er personligt. Del det ikke.
receipt-own-go = Gå til min ansøgning
receipt-meanwhile = Mens du venter
receipt-subject = Vi har modtaget din ansøgning: { $title }

# The applicant's own page
own-title = Min ansøgning
own-heading = Din ansøgning, { $name }
own-received = modtaget { $received }
own-state = Sådan står det til
own-late = Ansøgningen kom efter fristen. Ansættelsesudvalget afgør, om den kan tages med.
own-withdrawn = Du har trukket ansøgningen. Vi gør ikke mere ved den. Er det en fejl, så kontakt os.
own-step-received = Modtaget
own-step-reading = Vi læser og vurderer
own-step-reading-text = Et menneske læser hver ansøgning.
own-step-answer = Svar
own-step-answer-text = Alle får svar.
own-decided-text = Ansøgningen er afgjort. Du får svar fra os.
own-rejected-text = Du er ikke blandt dem, vi går videre med til denne stilling. Begrundelsen står nedenfor.
own-grounds = Begrundelsen
own-reasons-text = Vil du vide mere om, hvorfor det blev et nej? Du har ret til en skriftlig begrundelse, og du får den her på siden inden { $days } dage.
own-reasons-ask = Jeg ønsker en begrundelse
own-reasons-waits = Du har bedt om en begrundelse. Du får den her på siden senest { $due }.
own-reasons-given = Den begrundelse, du bad om
own-done-reasons = Vi har fået din besked. Begrundelsen kommer her på siden.
own-letter = Det har du skrevet
own-add-title = Tilføj bilag
own-add-files = Filer
own-add-submit = Tilføj
own-no-file = Vælg en fil først.
own-too-many = Der er ikke plads til flere filer. Saml flere i én PDF.
own-decided = Ansøgningen er afgjort eller trukket, så der kan ikke ændres i den. Kontakt os, hvis der er noget galt.
own-data = Dine oplysninger
own-sent = Det har du sendt
own-no-papers = Ingen filer.
own-paper-locked = Låst med adgangskode. Tilføj en udgave uden.
own-paper-cpr = Indeholder noget, der ligner et cpr-nummer. Tilføj gerne en udgave uden.
own-contact = Mail og telefon
own-contact-submit = Gem
own-done-file = Filen er tilføjet.
own-done-contact = Mail og telefon er rettet.
own-rights = Du bestemmer over dine oplysninger
own-withdraw = Træk ansøgningen
own-withdraw-title = Træk ansøgningen
own-withdraw-text = Vil du trække din ansøgning til { $title }? Ansættelsesudvalget læser den så ikke mere. Du kan søge igen, hvis fristen ikke er udløbet.
own-withdraw-submit = Træk ansøgningen
own-withdraw-keep = Behold ansøgningen

# The board
board-page-title = Ansøgere til { $title }
board-region = Tavle
board-total = { $count ->
    [0] Ingen ansøgere endnu.
    [one] 1 ansøger.
   *[other] { $count } ansøgere.
}
board-sums = { $on } på tavlen, { $withdrawn } trukket, { $late } kom for sent.
board-changed = Tavlen er ændret, siden du hentede den.
board-reload = Hent den igen
board-register = Registrér ansøgning
board-applicants = { $count ->
    [one] ansøger
   *[other] ansøgere
}
board-choose = Vælg { $name }
board-move = Flyt…
board-move-submit = Flyt
board-move-cancel = Luk uden at flytte
board-move-title = Flyt { $name }
board-stands = Står nu i { $stage }
board-more = Vis alle { $count }
board-to = Flyt til
board-place = Plads
board-place-hint = 1 er øverst. Tom er nederst.
board-reason = Begrundelse
board-reason-rejected = Skriv, hvad afslaget bygger på. Ansøgeren har ret til at få det at vide.
board-reason-reopened = Skriv, hvorfor ansøgningen tages op igen.
board-reason-late = Skriv, hvorfor ansøgningen tages med, selv om den kom efter fristen.
board-reason-short = Begrundelsen er for kort. Skriv med mindst 10 tegn, hvad afslaget bygger på.
board-reason-long = Begrundelsen er for lang. Skriv højst 2.000 tegn.
board-barred-late = Ansøgningen kom efter fristen. Flyt den først til et trin med en begrundelse.
board-barred-unseen = Ingen ansættes direkte herfra. Flyt først til Samtale eller Tilbud.
board-barred-closed = Opslaget er lukket, fordi alle ansøgere har fået et udfald. Derfor kan en afgjort ansøgning ikke tages op igen. Skal stillingen besættes på ny, så lav et nyt opslag, og bed ansøgeren om at søge dér.
board-barred-decided = Ansøgningen er afgjort. Flyt den først tilbage til et trin.
board-moved = { $name } er flyttet til { $to }, plads { $place } af { $of }
board-decided = { $name } er flyttet til { $to }
board-stale-by = Tavlen er opdateret. { $by } flyttede { $name } til { $to } for et øjeblik siden. Intet er ændret.
board-stale = Tavlen er opdateret. { $name } står nu i { $to } og er ændret, siden du hentede tavlen. Intet er ændret.
board-stale-plain = Ansøgningen er ændret, siden du hentede siden. Hent den igen.
board-bulk = Valgte ansøgere:
board-bulk-move = Flyt de valgte
board-bulk-answer = Skriv svar…
board-bulk-none = Ingen blev flyttet. Vælg ansøgere først.
board-bulk-moved = { $count } ansøgere er flyttet til { $to }
board-bulk-stale = Andre har flyttet { $names } imens; de blev stående.
board-undo = Fortryd
board-undone = { $count } flytninger er fortrudt
board-nothing-to-undo = Der er ikke noget at fortryde.
board-failed = Vi fik ikke svar fra serveren. Kortet er sat tilbage. Prøv igen.
board-days = { $days ->
    [0] i trinnet siden i dag
    [one] 1 dag i trin
   *[other] { $days } dage i trin
}
board-received = Kom { $at }
board-late = Kom for sent
board-late-admitted = Sen, taget med
board-cpr = Cpr-nummer i fil
board-locked = Låst fil
board-no-papers = Ingen filer
board-empty = Ingen
board-close-undecided = Opslaget kan ikke lukkes, før alle ansøgere har et udfald: Ansat, Afslag eller Trukket. Alle har krav på svar.
board-close-reason = Vælg, hvordan det endte, før du lukker.
came-paper = på papir
came-email = med mail
came-api = fra et andet system
came-direct = direkte
came-channel = via { $channel }

# One application
application-place = { $column }, { $place } af { $of }
application-received = modtaget { $at } { $came }
application-previous = Forrige: { $name }
application-next = Næste: { $name }
application-undo = Fortryd sidste flytning
application-letter = Ansøgningen
application-nothing = Der er hverken tekst eller filer.
application-contact = Kontakt
application-none-given = ikke oplyst
application-history = Forløb
application-letters = Breve og svar til ansøgeren
application-views = Åbnet { $count ->
    [one] 1 gang
   *[other] { $count } gange
}. Hver åbning bliver skrevet ned.
application-log = Se hvem
event-received = Ansøgning modtaget
event-registered = Ansøgning registreret
event-moved = Flyttet fra { $from } til { $to }
event-admitted = Taget med efter fristen, fra { $from } til { $to }
event-decided = Afgjort: { $to }
event-reopened = Taget op igen, fra { $from } til { $to }
event-undone = Flytning fortrudt, tilbage til { $to }
event-file-added = Fil tilføjet
event-contact-changed = Mail eller telefon rettet
event-receipt-sent = Kvittering sendt
event-letter-sent = Brev med svar sendt
event-letter-failed = Brevet med svar kunne ikke sendes. Svar på en anden måde.
event-letter-unknown = Det vides ikke, om brevet med svar nåede frem
event-letter-bounced = Brevet med svar kom retur
event-letter-seen = Brevet med svar er set at være nået frem
event-letter-by-hand = Svar givet på en anden måde
event-reasons-asked = Ansøgeren beder om en begrundelse
event-reasons-given = Begrundelse givet
event-repost-told = Fik besked om, at jobbet er slået op igen
event-repost-refused = Brevet om, at jobbet er slået op igen, kunne ikke leveres. Ring eller send et brev.
reposted-subject = Stillingen { $title } er slået op igen
event-interview-invited = Inviteret til samtale
event-interview-reminded = Mindet om at vælge tid til samtale
event-interview-booked = Tid til samtale aftalt
event-interview-moved = Tiden til samtalen faldt bort
event-interview-wish = Ingen af tiderne passede
event-interview-declined = Sagde nej til samtale
event-interview-cancelled = Samtalen blev aflyst
event-interview-held = Mødte til samtale
event-interview-missed = Mødte ikke til samtale
event-interview-letter-lost = Et brev om samtalen kom måske ikke frem
event-receipt-refused = Kvitteringen blev afvist af mailserveren. Ring til ansøgeren.
event-by-applicant = ansøgeren
event-by-token = et andet system

# Keying in
register-title = Registrér ansøgning
register-lede = { $title }. Frist { $deadline }. En ansøgning på papir eller mail tæller lige så meget som en gennem formularen.
register-via = Hvordan kom den?
register-via-missing = Vælg, hvordan ansøgningen kom.
register-via-paper = På papir
register-via-email = Med mail
register-received = Modtaget
register-received-hint = Hvornår brevet eller mailen kom frem, ikke hvornår du taster den. Det afgør, om den er rettidig.
register-received-form = Skriv dato og klokkeslæt, for eksempel 2026-12-04 10.30.
register-received-future = Tidspunktet ligger i fremtiden. Ret det.
register-email-hint = Er der en mailadresse, sender vi kvittering til den.
register-letter = Tekst
register-letter-hint = Skriv af, eller vedhæft en scanning herunder.
register-files = Filer
register-nothing = Skriv teksten af, eller tilføj en scanning.
register-closed = Opslaget er lukket eller har aldrig været åbent, så der kan ikke registreres ansøgninger.
register-form-old = Formularen har stået åben længe. Se den igennem, tilføj filerne igen, og tryk Registrér.
register-submit = Registrér
register-cancel = Fortryd
register-done = Ansøgningen er registreret

# Erasing
erase-verb = Slet ansøgningen
erase-title = Slet ansøgningen
erase-text = { $name } og alt, hvad der er sendt til stillingen { $title }, bliver slettet for altid. Det kan ikke fortrydes.
erase-what-stays = Tilbage bliver et tal, så optællingerne stadig passer, og en linje i loggen uden navn. Mail, der er sendt, og filer, nogen har hentet, kan vi ikke slette.
erase-submit = Slet for altid
erase-keep = Behold
erase-done = Ansøgningen er slettet

# The page on privacy
privacy-title = Sådan behandler vi dine oplysninger
privacy-lead = Det gælder, når du søger en stilling i { $org }. Teksten er den samme, som du ser i ansøgningsformularen.
privacy-log-heading = Hver åbning bliver skrevet ned
privacy-log = Når en medarbejder åbner, henter eller finder en ansøgning, skriver vi ned, hvem det var, og hvornår. Det kan ikke slettes eller rettes.
privacy-site-heading = Når du kun kigger
privacy-site = Jobsiderne sætter ingen cookies og bruger ingen målinger fra andre. Vi tæller, hvor mange der følger et link til et opslag, men ikke hvem.
privacy-unset = Det er ikke skrevet endnu, hvem der er dataansvarlig her. Derfor kan ingen stillinger åbnes.
privacy-unset-next = Den, der driver løsningen, skriver den dataansvarlige og databeskyttelsesrådgiveren under [privacy] i konfigurationen.
privacy-version = Tekst { $version }
