# Job ads: states, what is missing, doubtful words
posting-state-draft = Kladde
posting-state-open = Åben
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
