# Job ads: states, what is missing, doubtful words
posting-state-draft = Kladde
posting-state-open = Åbent
posting-state-deadline-passed = Frist udløbet
posting-state-closed = Lukket

posting-pay-month = { $amount } kr. om måneden
posting-pay-hour = { $amount } kr. i timen
posting-pay-year = { $amount } kr. om året

# Readiness: what is in order
ready-title = Overskrift
ready-lead = Manchet
ready-body = Brødtekst
ready-english = Engelsk udgave
ready-profession = Faggruppe
ready-employment = Ansættelsesform
ready-hours = Arbejdstid
ready-workplace = Arbejdssted
ready-address = Adresse
ready-agreement = Overenskomst
ready-pay = Løn
ready-contact = Kontaktperson
ready-themes = Tema
ready-deadline = Ansøgningsfrist
ready-internal = Internt opslag er godkendt
ready-wording = Ingen formuleringer i strid med loven

# Readiness: what is missing
missing-title = Skriv en overskrift, der siger, hvad jobbet er
missing-lead = Skriv et par linjer, der får den rette til at læse videre
missing-body = Skriv selve opslaget
missing-english = Den engelske udgave er begyndt, men ikke færdig. Skriv resten, eller slet det påbegyndte
missing-profession = Vælg faggruppe
missing-employment = Vælg ansættelsesform
missing-hours = Skriv, hvor mange timer om ugen der er tale om
missing-workplace = Skriv arbejdsstedets navn
missing-address = Skriv arbejdsstedets adresse med postnummer og by
missing-agreement = Skriv overenskomsten, så ansøgerne ved, hvad de ansættes efter
missing-pay = Skriv lønnen i tal, eller skriv løntrin eller grundløn. Ansøgere har krav på at kende den
missing-contact = Skriv, hvem man kan spørge, med telefon eller mail
missing-themes = Vælg mindst ét tema
missing-deadline = Sæt en ansøgningsfrist med dato og klokkeslæt
missing-deadline-past = Ansøgningsfristen ligger i fortiden. Sæt en senere frist
missing-internal-reason = Vælg, hvorfor jobbet kun slås op internt
missing-internal-approval = Interne opslag skal godkendes af HR, før de åbnes
missing-privacy = Dataansvarlig og databeskyttelsesrådgiver er ikke sat op. Bed driften udfylde [privacy] i opsætningen

# Readiness: worth saying
warn-deadline-short = Der er { $days ->
    [one] kun én dag
   *[other] kun { $days } dage
} til fristen. 14 dage er det sædvanlige

# Doubtful words
posting-lint-no-answer = »{ $words }«: alle, der søger, har krav på svar. Slet sætningen
posting-lint-sex-preference = »{ $words }«: et opslag må ikke foretrække det ene køn. Skriv om
posting-lint-age-preference = »{ $words }«: et opslag må ikke foretrække en alder. Skriv om
posting-lint-hint-age = »{ $words }« kan læses som et ønske om en bestemt alder
posting-lint-hint-sex = »{ $words }« kan læses som et ønske om det ene køn
posting-lint-hint-origin = »{ $words }« kan læses som et krav om en bestemt oprindelse eller tro
posting-lint-hint-health = »{ $words }« kan læses som et krav, der udelukker mennesker med handicap
posting-lint-title-sex = »{ $words }«: stillingens navn bør ikke nævne et køn
posting-lint-former-pay = »{ $words }«: man må ikke spørge, hvad nogen tjener eller har tjent. Slet sætningen
posting-lint-digital-only = »{ $words }«: en ansøgning på papir eller mail gælder lige så meget

# Fields
error-hours-form = Skriv timetallet med tal, for eksempel 37 eller 32,5.
error-hours-range = Timetallet skal ligge over 0 og højst være 60.
error-hours-order = Det højeste timetal er lavere end det laveste. Byt dem om.
error-pay-form = Skriv lønnen i hele kroner, for eksempel 31.250.
error-pay-order = Den højeste løn er lavere end den laveste. Byt dem om.
error-pay-unit = Vælg, om lønnen er for en time, en måned eller et år.
error-openings = Skriv, hvor mange der skal ansættes: 1 til 999.
error-choice = Vælg en af mulighederne på listen.
error-unit = Vælg en enhed, du har adgang til.
error-body-long = Teksten er for lang til et opslag. Kort den af.
error-deadline-earlier = Fristen kan ikke rykkes frem, når opslaget er åbent. Vælg den samme tid eller en senere.
error-internal-words = Skriv, hvorfor jobbet kun slås op internt.
error-acknowledge-reason = Skriv, hvorfor ordet kan blive stående.

# Refusals
posting-refused-edit = Opslaget kan ikke ændres, når fristen er udløbet eller det er lukket. Ansøgerne har søgt efter det, der står.
posting-refused-open = Opslaget er allerede åbnet. Hent siden igen.
posting-refused-extend = Fristen kan kun forlænges, mens opslaget er åbent.
posting-refused-close = Opslaget kan ikke lukkes nu: det er en kladde, eller det er allerede lukket.
posting-refused-internal = Der er ikke noget internt opslag at godkende. Vælg først, hvorfor jobbet kun slås op internt.

# The careers site
ads-title = Ledige stillinger
ads-heading = Find et arbejde, hvor du gør en forskel hver dag
ads-lead = { $count ->
    [0] Der er ingen ledige stillinger i { $org } lige nu.
    [one] Der er én ledig stilling i { $org }. Alle er velkomne til at søge.
   *[other] { $count } ledige stillinger i { $org }. Alle er velkomne til at søge.
}
ads-what = Hvad vil du arbejde med?
ads-what-example = Fx SOSU, sygeplejerske, køkken
ads-where = Hvor?
ads-anywhere = Alle steder
ads-search = Søg
ads-narrow = Afgræns
ads-professions = Faggruppe
ads-employment = Ansættelsesform
ads-hours = Arbejdstid
ads-hours-full = Fuldtid, 37 timer
ads-hours-part = Under 37 timer
ads-themes = Tema
ads-show = Vis stillinger
ads-show-all = Vis alle stillinger
ads-count = { $count ->
    [0] Ingen stillinger lige nu
    [one] Én stilling
   *[other] { $count } stillinger
}
ads-found = { $count ->
    [0] Ingen stillinger passer
    [one] Én stilling passer
   *[other] { $count } stillinger passer
}
ads-none = Kig forbi igen. Nye stillinger kommer her først.
ads-none-found = Prøv med færre eller andre ord.
ads-feed-title = Ledige stillinger i { $org }

# An ad
ad-hours = { $hours } timer
ad-hours-week = { $hours } timer om ugen
ad-pay-from = Fra { $amount } kr.
ad-today = i dag { $time }
ad-tomorrow = i morgen { $time }
ad-and = { $first } og { $last }
ad-deadline-on = Frist { $deadline }
ad-deadline-word = Frist
ad-reference = Opslag { $reference }
ad-film = Film
ad-see-film = Se filmen
ad-film-of = Film: { $what }
ad-film-text = Læs filmen som tekst
ad-pay-heading = Løn og vilkår
ad-agreement-is = Du ansættes efter overenskomsten: { $agreement }.
ad-pay-is = Lønnen er { $pay }.
ad-how-heading = Sådan foregår det
ad-everyone-answered = Du får svar fra os, uanset hvad.
ad-other-ways = Vil du hellere søge på papir eller mail, så skriv eller ring til { $who }.
ad-facts = Fakta om stillingen
ad-deadline = Ansøgningsfrist
ad-hours-label = Arbejdstid
ad-openings = Antal stillinger
ad-starts = Tiltrædelse
ad-pay = Løn
ad-place = Sted
ad-employer = Arbejdsgiver
ad-apply = Søg stillingen
ad-apply-time = Tager cirka fem minutter på telefonen
ad-questions = Spørgsmål?
ad-share = Del opslaget
ad-share-mail = Send på mail
ad-closed = Opslaget er lukket
ad-closed-lead = Fristen var { $deadline }, så du kan ikke længere søge stillingen.
ad-closed-applied = Har du søgt, kan du følge din ansøgning gennem linket i kvitteringen. Du får svar fra os, uanset hvad.
ad-all-jobs = Se ledige stillinger
ad-similar = Lignende stillinger

# Staff: the list
postings-count = { $count ->
    [0] Ingen opslag
    [one] Ét opslag
   *[other] { $count } opslag
}
postings-write = Skriv opslag
postings-write-lede = Begynd med stedet og overskriften. Resten udfylder du bagefter, og intet kan ses udefra, før opslaget åbnes.
postings-write-on = Fortsæt
postings-cancel = Fortryd
postings-search = Find opslag
postings-search-words = Ord i overskriften, eller nummer
postings-search-submit = Find
postings-unit = Enhed
postings-every-unit = Alle enheder
postings-state = Tilstand
postings-all = Vis alle
postings-none = Her er ingen opslag
postings-none-next = Skriv det første, eller afgræns mindre.
postings-col-title = Opslag
postings-col-state = Tilstand
postings-col-unit = Enhed
postings-col-deadline = Frist
postings-choose = Vælg
postings-choose-profession = Vælg faggruppe
posting-untitled = Opslag uden overskrift
posting-days-left = { $days ->
    [0] i dag
    [one] om én dag
   *[other] om { $days } dage
}
posting-days-ago = { $days ->
    [0] i dag
    [one] for én dag siden
   *[other] for { $days } dage siden
}

# Staff: one ad
posting-tabs = Jobopslag
posting-tab-overview = Overblik
posting-tab-edit = Opslaget
posting-tab-profile = Profil
posting-tab-board = Ansøgere
posting-tab-answers = Svar
posting-tab-panel = Udvalg
posting-tab-publish = Del på kanaler
posting-tab-counts = Tal
posting-also-english = Også på engelsk
posting-preview = Se som ansøger
posting-see-public = Se på karrieresiden
posting-share = Del på kanaler
posting-edit = Ret opslaget
posting-deadline-is = frist { $deadline }
posting-deadline-was = frist udløb { $deadline }
posting-openings = { $count } stillinger
posting-ready-heading = Klar til at komme ud?
posting-ready-heading-out = Er opslaget i orden?
posting-ready-all = Alt er klar. Opslaget kan åbnes.
posting-ready-still = Alt er i orden.
posting-ready-missing = { $count ->
    [one] Én ting mangler.
   *[other] { $count } ting mangler.
}
posting-ready-lacks = Mangler:
posting-ready-note = Bemærk:
posting-ready-is = Klar:
posting-ready-fix = Ret det
posting-ready-see = Se feltet
posting-ready-done = { $count ->
    [one] Én ting er klar
   *[other] { $count } ting er klar
}
posting-let-stand = Ordet kan blive stående, fordi…
posting-let-stand-why = Hvorfor kan det blive stående? Det gemmes sammen med dit navn.
posting-let-stand-do = Gem begrundelsen
posting-approve-internal = Godkend, at jobbet kun slås op internt
posting-open-what = Når du åbner opslaget, kan alle se det på karrieresiden og søge jobbet. Fristen kan senere kun forlænges.
posting-open = Åbn opslaget
posting-rounds = Runder
posting-round = Runde { $number }
posting-closed-at = lukket { $when }
posting-reasons = Begrundelser
posting-words = »{ $words }« kan blive stående
posting-internal-approved = Internt opslag godkendt: { $reason }
posting-versions = { $count ->
    [one] Én udgave har været ude
   *[other] { $count } udgaver har været ude
}
posting-versions-what = Hver udgave er gemt uændret. Koden er dens fingeraftryk (SHA-256).
posting-version = Udgave { $number }
posting-by-system = Opslag
posting-verbs = Fakta og handlinger
posting-address = Adresse på karrieresiden
posting-extend = Forlæng fristen
posting-extend-to = Ny frist
posting-extend-do = Forlæng
posting-close = Luk opslaget…
posting-close-what = Alle ansøgere skal have et udfald, og alle med afslag skal have svaret, før opslaget kan lukkes. Det kan ikke åbnes igen.
posting-close-why = Hvordan endte det?
posting-close-do = Luk opslaget
posting-close-hired = Der er ansat
    .hint = Opslaget står som lukket på karrieresiden.
posting-close-no_hire = Ingen blev ansat
    .hint = Opslaget står som lukket på karrieresiden.
posting-close-withdrawn = Trukket tilbage
    .hint = Opslaget skulle ikke have været ude. Siden fjernes helt.
posting-opened = Opslaget er åbnet. Alle kan se det og søge.
posting-extended = Fristen er forlænget.
posting-acknowledged = Begrundelsen er gemt.
posting-internal-let = Det interne opslag er godkendt.
posting-stale = En anden har gemt opslaget, siden du hentede siden. Gå tilbage, hent den igen, og prøv en gang til.
posting-refused-not-ready = Noget mangler, før opslaget kan komme ud. Se listen på opslagets side.

# Staff: writing
posting-edit-of = Ret { $title }
posting-edit-draft = Kladden kan gemmes, selv om noget mangler.
posting-edit-open = Opslaget er ude. Det, du gemmer, kan ses med det samme. Fristen kan kun rykkes til senere.
posting-saved = Kladden er gemt.
posting-saved-open = Ændringerne er gemt og kan ses på karrieresiden.
posting-save = Gem
posting-save-preview = Gem, og se som ansøger
posting-preview-of = { $title }, som ansøger
posting-preview-what = Sådan ser ansøgere opslaget.
posting-hinders = Opslaget er ude, så det skal være i orden hele tiden. Ret dette, før du gemmer
posting-stale-by = { $name } gemte opslaget, mens du skrev
posting-stale-somebody = En anden gemte opslaget, mens du skrev
posting-stale-what = Det, du har skrevet, står stadig i felterne, men er ikke gemt. Herunder står det, den anden har gemt i de felter, hvor I er uenige. Gem igen, hvis dit skal gælde.
posting-stale-same = I har skrevet det samme. Gem igen, så er du færdig.
posting-part-text = Tekst
posting-part-english = Engelsk udgave
posting-part-media = Billede og film
posting-part-job = Jobbet
posting-part-pay = Løn og overenskomst
posting-part-deadline = Frist og kontakt
posting-part-themes = Tema og synlighed
posting-english-what = Valgfrit. Er den begyndt, skal den også gøres færdig, før opslaget kan åbnes.
posting-media-what = Vælg blandt det, der ligger i mediebiblioteket.
posting-media-add = Tilføj billeder og film
posting-media-none = Intet billede
posting-film-none = Ingen film
posting-graphics-more = Flere billeder i teksten
posting-title-hint = Sig, hvad jobbet er, og hvor. For eksempel: SOSU-assistent til Plejecenter Nord
posting-lead-hint = To eller tre linjer. De står også på kort og i opslag på sociale medier.
posting-body-hint = Hvad skal man lave? Hvordan er en dag? Hvad beder I om? Tekst fra Word kan sættes ind.
posting-starts-hint = For eksempel 1. februar 2027, eller hurtigst muligt
posting-address-hint = Vej og nummer, postnummer og by
posting-pay-hint = Løntrin eller grundløn, hvis der ikke er tal. Ellers tillæg og pension
posting-deadline-hint = Dato og klokkeslæt, dansk tid
posting-contact-hint = Navn og stilling, for eksempel Camilla Juhl, centerleder
posting-payunit-month = om måneden
posting-payunit-hour = i timen
posting-payunit-year = om året
posting-visibility-public = Offentligt
    .hint = Alle kan finde det. Det er hovedreglen for alle kommunale job.
posting-visibility-internal = Internt
    .hint = Kun den, der får adressen, kan se det. Kræver en grund og HR's godkendelse.
posting-field-empty = (tomt)
posting-field-unit = Enhed
posting-field-title-da = Overskrift
posting-field-lead-da = Manchet
posting-field-body-da = Brødtekst
posting-field-title-en = Overskrift på engelsk
posting-field-lead-en = Manchet på engelsk
posting-field-body-en = Brødtekst på engelsk
posting-field-profession = Faggruppe
posting-field-employment-type = Ansættelsesform
posting-field-openings = Antal stillinger
posting-field-hours-min = Timer om ugen
posting-field-hours-max = Højst
posting-field-shifts = Vagter
posting-field-workplace = Arbejdsstedets navn
posting-field-address = Arbejdsstedets adresse
posting-field-starts-on = Tiltrædelse
posting-field-agreement = Overenskomst
posting-field-pay-min = Løn fra, i kroner
posting-field-pay-max = Til
posting-field-pay-unit = Lønnen gælder
posting-field-pay = Løn med ord
posting-field-contact-name = Hvem kan man spørge?
posting-field-contact-email = Mail
posting-field-contact-phone = Telefon
posting-field-deadline = Ansøgningsfrist
posting-field-themes = Tema
posting-field-hero = Billede øverst
posting-field-graphic = Billeder i teksten
posting-field-film = Film
posting-field-visibility = Synlighed
posting-field-visibility-reason = Hvorfor kun internt?
posting-field-visibility-words = Hvis andet, hvorfor?
ready-media = Billeder og film er beskrevet
warn-no-picture = Opslaget har intet billede. Med et billede bliver det set af flere
error-deadline-form = Skriv fristen som dato og klokkeslæt, for eksempel 2026-12-06 23.59.

# Genopslag
repost-heading = Slå op igen
repost-what = Fristen er gået. Slå jobbet op igen med en ny frist; ansøgningerne, der er kommet, indgår stadig.
repost-open = Slå op igen …
repost-lede = { $title }, runde { $round }
repost-becomes = Det sker
repost-carried = { $count ->
    [0] Ingen ansøgninger venter på svar.
    [one] 1 ansøgning, der ikke er afgjort, indgår i den nye runde. Ansøgeren får besked.
   *[other] { $count } ansøgninger, der ikke er afgjort, indgår i den nye runde. Ansøgerne får besked.
}
repost-late = { $count ->
    [one] 1 af dem kom for sent og er nu med.
   *[other] { $count } af dem kom for sent og er nu med.
}
repost-decided = Hvem der har fået afslag eller har trukket sig, indgår ikke.
repost-public = Opslaget er åbent igen og siger, at det er slået op før. Opslag på kanaler planlægger du bagefter.
repost-deadline = Ny frist
repost-deadline-hint = Mindst 14 dage fra i dag er det almindelige.
repost-reason = Hvorfor slås jobbet op igen?
repost-reason-hint = Står på sagen, ikke i opslaget. Fx: ingen ansøgere med autorisation.
repost-do = Slå op igen
repost-not = Lad være
repost-not-ready = Opslaget mangler noget, før det kan slås op igen. Se listen på opslagets overblik.
repost-done = Slået op igen
repost-done-at = slået op igen { $when }
repost-said = { $count ->
    [0] Jobbet er slået op igen, runde { $round }.
    [one] Jobbet er slået op igen, runde { $round }. 1 ansøgning indgår stadig, og ansøgeren får besked.
   *[other] Jobbet er slået op igen, runde { $round }. { $count } ansøgninger indgår stadig, og ansøgerne får besked.
}
repost-said-late = { $count ->
    [one] 1, der kom for sent, er med nu.
   *[other] { $count }, der kom for sent, er med nu.
}
error-repost-reason = Skriv, hvorfor jobbet slås op igen, med mindst 10 tegn.
error-repost-reason-long = Begrundelsen er for lang. Højst 1000 tegn.
posting-refused-repost = Kun et opslag, hvis frist er gået, og som ikke er lukket, kan slås op igen. Før fristen kan den forlænges.
ad-reposted = Stillingen er slået op igen.
ad-reposted-what = Har du søgt den før, indgår din ansøgning stadig, medmindre du har trukket den. Du behøver ikke søge igen.
