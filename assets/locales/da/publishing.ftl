# Where a delivery stands
delivery-state-planned = Planlagt
delivery-state-publishing = Udgiver…
delivery-state-needs-human = Tjek selv
delivery-state-needs-reconnect = Mangler forbindelse
delivery-state-published = Udgivet
delivery-state-failed = Fejlet
delivery-state-held = Sat på pause
delivery-state-missed = Misset
delivery-state-cancelled = Annulleret
delivery-state-removing = Tages ned…
delivery-state-removed = Taget ned

# What happens next
delivery-now-planned = Går ud af sig selv.
delivery-now-sending = Bliver sendt lige nu.
delivery-now-cancelling = Du har annulleret, mens det blev sendt. Vi ser efter, om det nåede ud.
delivery-now-same-key = Vi fik ikke noget svar, da vi sendte. Vi sender præcis det samme igen { $time }; kanalen kender det på en nøgle og viser det kun én gang.
delivery-now-looking = Vi fik ikke noget svar, da vi sendte. Vi ser efter, om opslaget er der, { $time }.
delivery-now-later = Vi prøver igen { $time }.
delivery-now-retry = Vi prøver igen { $time }.
delivery-now-needs-human = Se efter på kanalen, og sig det til os.
delivery-now-needs-reconnect = Forbind kontoen igen, så går opslaget ud af sig selv, hvis det sker senest { $time }.
delivery-now-held = Lad det gå videre senest { $time }, ellers bliver det ikke sendt.
delivery-now-removing = Vi ser efter igen { $time }, til det er væk.
delivery-now-failed = Ret det, der er galt, og send igen.
delivery-now-missed = Planlæg det igen, eller lad det ligge.

# Why
delivery-why-no-consent = Nogen på billedet har ikke sagt ja til at blive vist her, eller gør det ikke længere. Se under billedet, bed om samtykke, eller annullér og vælg et andet billede.
preflight-consent = { $who } har ikke sagt ja til at blive vist der. Bed om samtykke, eller vælg et andet billede.
publish-error-consent-internal = { $who } på »{ $name }« har ikke sagt ja til at blive vist internt. Vælg et andet billede, tag kanalen fra, eller bed om samtykke under Personer på billeder.
publish-error-consent-press = { $who } på »{ $name }« har ikke sagt ja til aviser og tryk. Vælg et andet billede, tag kanalen fra, eller bed om samtykke under Personer på billeder.
publish-error-consent-social = { $who } på »{ $name }« har ikke sagt ja til sociale medier. Vælg et andet billede, tag kanalen fra, eller bed om samtykke under Personer på billeder.
delivery-why-not-ready = Der mangler noget i jobopslaget eller historien, siden det blev planlagt. Se listen på siden for den.
delivery-why-spaced = Flere opslag er forsinket på den samme konto. De går ud med lidt tid imellem.
delivery-why-posting-closed = Jobopslaget er lukket, fristen er gået, eller historien er arkiveret.
delivery-why-account-gone = Kontoen er ikke længere forbundet.
delivery-why-account-reconnect = Kontoen skal forbindes igen.
delivery-why-latest-passed = Det nåede ikke ud i tide, og så sender vi det ikke bagefter.
delivery-why-died = Opslag blev afbrudt, mens vi sendte.
delivery-why-no-answer = Vi fik ikke noget brugbart svar, da vi sendte.
delivery-why-not-seen = Vi har set efter opslaget og ikke fundet det.
delivery-why-cannot-look = Kanalen lader os ikke se, hvad der er udgivet, så vi kan ikke vide, om opslaget kom ud. Se efter på kontoen.
delivery-why-cannot-withdraw = Kanalen lader os ikke tage opslaget ned. Tag det selv ned på kanalen, og sig det til os her.
delivery-why-person = En kollega har stoppet det.
delivery-why-restored = Opslag er gendannet fra en sikkerhedskopi, og opslaget kan være gået ud i mellemtiden. Se efter på kanalen, før du sender det.

# What was tried
delivery-did-ready = Gjort klar. Der var ingen filer at lægge op.
delivery-did-prepare = { $count ->
    [one] Filen blev lagt op og modtaget.
   *[other] { $count } filer blev lagt op og modtaget.
}
delivery-did-prepare-no = Opslaget kunne ikke gøres klar på { $channel }.
delivery-did-prepare-broken = Vi blev afbrudt, mens vi gjorde klar. Intet blev synligt.
delivery-did-send = Sendt. { $channel } svarede ja.
delivery-did-send-no = { $channel } sagde nej. Intet blev synligt.
delivery-did-send-unknown = Sendt, men der kom ikke noget brugbart svar fra { $channel }.
delivery-did-send-broken = Vi blev afbrudt, mens vi sendte.
delivery-did-find = Så efter: Opslaget er der.
delivery-did-find-absent = Så efter: Opslaget er der ikke.
delivery-did-find-not-seen = Ledte efter linket { $marker } i kontoens nyeste opslag: ikke fundet.
delivery-did-find-unreachable = Ville se efter, men fik ikke fat i { $channel }.
delivery-did-withdraw = Taget ned. { $channel } siger, at det er væk.
delivery-did-withdraw-no = Kunne ikke tages ned endnu.
delivery-did-person-there = En kollega så opslaget på { $channel }.
delivery-did-person-absent = En kollega så efter: Opslaget er ikke på { $channel }.
delivery-did-person-gone = En kollega har selv taget opslaget ned på { $channel }.

# The queue
delivery-queue-title = Udsendelser
delivery-queue-lede = Alt, hvad der er på vej ud, og det, der kræver et menneske.
delivery-queue-heading = Kø og historik
delivery-queue-table = Kø og historik som tabel
delivery-queue-all = Vis alt
delivery-queue-mine = Kun det, der kræver mig ({ $count })
delivery-queue-empty = Der er ikke sendt noget endnu
delivery-queue-empty-hint = Åbn et jobopslag, og vælg »Udgiv på kanaler«.
delivery-queue-to-postings = Se jobopslag
delivery-queue-total = { $count ->
    [one] 1 udsendelse
   *[other] { $count } udsendelser
}
delivery-still-title = Der går intet ud lige nu
delivery-still = Den del af Opslag, der sender, kører ikke. Sig det til it-driften. Planlagte opslag står her og går ud, når den kører igen, hvis de ikke er blevet for sene.
delivery-stuck-title = Noget er gået i stå
delivery-stuck = { $count ->
    [one] En udsendelse skulle være gået ud for mere end ti minutter siden. Sig det til den, der driver Opslag.
   *[other] { $count } udsendelser skulle være gået ud for mere end ti minutter siden. Sig det til den, der driver Opslag.
}
delivery-col-posting = Opslag
delivery-col-channel = Kanal
delivery-col-time = Tid
delivery-col-state = Tilstand
delivery-col-now = Hvad nu
delivery-practice = øvekanal
delivery-see-post = Se opslaget
delivery-see-post-on = Se opslaget på { $channel }
delivery-readers = På kanalen
delivery-readers-at = Læst { $time }
delivery-readers-not-yet = Ikke læst endnu
delivery-readers-impressions = { $count ->
    [one] 1 visning
   *[other] { $count } visninger
}
delivery-readers-clicks = { $count } klik på kanalen
delivery-readers-reactions = { $count ->
    [one] 1 reaktion
   *[other] { $count } reaktioner
}
delivery-readers-comments = { $count ->
    [one] 1 kommentar
   *[other] { $count } kommentarer
}
delivery-readers-shares = { $count ->
    [one] 1 deling
   *[other] { $count } delinger
}
delivery-clicks = { $count } klik
delivery-planned-for = planlagt { $time }

# Look for yourself
delivery-check-question = Kom »{ $title }« ud på { $channel }?
delivery-check-why = Vi sendte opslaget, men ved ikke, om det kom ud på { $channel }. Vi sender ikke igen af os selv, for så kunne det komme to gange.
delivery-check-known = Det ved vi
delivery-check-sent = Det sendte vi
delivery-open-profile = Åbn { $account } på { $channel } i nyt vindue
delivery-decide-there = Ja, opslaget er der
delivery-decide-link = Link til opslaget
delivery-decide-link-hint = Kopiér det fra { $channel }, så kan vi tælle og fjerne det senere.
delivery-decide-there-button = Den er udgivet
delivery-decide-absent = Nej, opslaget er der ikke
delivery-decide-absent-hint = Vi sender præcis det samme igen, én gang. Er du i tvivl, så vent fem minutter og se efter igen.
delivery-decide-absent-button = Den er ikke udgivet – send igen
delivery-decide-drop = Drop opslaget på { $channel }

# One delivery
delivery-title = { $title } på { $channel }
delivery-to-posting = Se det, den handler om
delivery-state-heading = Hvor er den
delivery-peer-said = { $channel } sagde: »{ $words }«
delivery-due = Planlagt til
delivery-latest = Sendes senest
delivery-marker = Sporingslink
delivery-do-heading = Hvad vil du gøre
delivery-do-reconnect = Forbind igen
delivery-do-move = Flyt
delivery-do-again = Send igen
delivery-do-hold = Sæt på pause
delivery-do-release = Lad det gå videre
delivery-do-cancel = Annullér
delivery-do-take-down = Fjern fra { $channel }
delivery-do-gone = Jeg har taget det ned
delivery-move-when = Nyt tidspunkt
delivery-move-hint = Dansk tid.
delivery-again-when = Hvornår
delivery-again-hint = Dansk tid. Tomt betyder nu. Det får et nyt sporingslink.
delivery-post-heading = Det, der sendes
delivery-post-film = Film med undertekster
delivery-log-heading = Sådan gik det
delivery-log-empty = Der er ikke prøvet noget endnu.
delivery-log-details = Detaljer
delivery-log-hash = Indholdets sum (SHA-256)
delivery-log-remote = Navn hos { $channel }

# Said after a verb
delivery-said-cancelled = Opslaget er annulleret. Det går ikke ud.
delivery-said-cancel-if-not-sent = Opslaget bliver sendt lige nu. Vi annullerer det, hvis det ikke nåede ud. Er det ude, kan du fjerne det bagefter.
delivery-said-look = Et tidligere forsøg kan være nået ud. Se efter på kanalen, og sig det til os her.
delivery-said-moved = Flyttet til { $time }.
delivery-said-moved-gap = Det klokkeslæt findes ikke den nat, fordi uret stilles frem. Flyttet til { $time }.
delivery-said-moved-fold = Det klokkeslæt kommer to gange den nat, fordi uret stilles tilbage. Vi bruger det første: { $time } (sommertid).
delivery-said-held = Sat på pause.
delivery-said-released = Opslaget går videre.
delivery-said-there = Tak. Opslaget står som udgivet.
delivery-said-absent = Tak. Vi sender præcis det samme igen.
delivery-said-taking-down = Opslaget bliver taget ned. Vi siger til her, når det er væk.
delivery-said-gone = Tak. Opslaget står som taget ned.
delivery-said-again = Opslaget er sat i gang igen.

# Wrong fields
delivery-error-when = Tidspunktet kan ikke læses. Vælg en dato og et klokkeslæt.
delivery-error-past = Tidspunktet er gået. Vælg et, der kommer.
delivery-error-after-deadline = Tidspunktet ligger efter ansøgningsfristen. Vælg et før fristen, eller flyt fristen først.
delivery-error-posting-over = Jobopslaget er lukket, fristen er gået, eller historien er arkiveret. Åbn det igen, før du sender det ud.
delivery-error-account-gone = Kontoen er ikke længere forbundet. Forbind den igen under Kanaler, eller lav en ny udsendelse til en anden konto.
delivery-error-link = Linket kan ikke bruges, som det står. Kopiér hele adressen fra kanalen; den begynder med https://
delivery-error-too-late = Den er gået videre, siden du åbnede siden. Her ser du, hvor den er nu.

# Publishing an ad
publish-title = Udgiv »{ $title }«
publish-lede = Vælg, hvor det skal ud, og se, hvordan det kommer til at se ud.
publish-accounts = Hvor
publish-class-key = Højst én gang, også hvis forbindelsen bliver afbrudt.
publish-class-look = Højst én gang. Bliver forbindelsen afbrudt, kan det være, at du skal se efter.
publish-class-blind = Højst én gang. Bliver forbindelsen afbrudt, skal du selv se efter.
publish-needs-reconnect = Kontoen skal forbindes igen, før noget går ud.
publish-text = Tekst
publish-text-for = Tekst til { $account }
publish-link-hint = Et sporingslink til jobopslaget bliver sat ind af sig selv, ét for hver konto.
publish-media = Billede og film
publish-media-none = Jobopslaget har ingen billeder eller film, der er klar. Linket vises med titel og indledning.
publish-media-hint = Op til fire billeder eller én film. Vælger du intet, vises linket med titel og indledning.
publish-media-picture = Billede: { $name }
publish-media-film = Film: { $name }
publish-when = Hvornår
publish-timing = Tidspunkt
publish-now = Nu
publish-later = Senere
publish-at = Dato og klokkeslæt
publish-at-hint = Dansk tid. Bruges kun, når du har valgt »Senere«.
publish-button = Udgiv
publish-preview-button = Opdatér forhåndsvisning
publish-preview = Sådan kommer det til at se ud
publish-price = { $channel } tager { $amount } dollar for et opslag med link.
publish-preview-on = Forhåndsvisning på { $channel }
publish-counter = { $used } af { $max } tegn
publish-suggest-deadline = Søg senest { $time }.
publish-same-title = Samme tekst igen
publish-same-words = Den samme tekst er planlagt eller udgivet på kontoen { $time }. Skriv noget andet, eller sæt kryds ved, at den skal ud igen.
publish-same-ok = Send den samme tekst ud igen
publish-said-now = { $count ->
    [one] Opslaget er på vej ud.
   *[other] Opslaget er på vej ud på { $count } konti.
}
publish-said-waits = { $count ->
    [one] Opslaget er sendt til godkendelse. Det går ud til tiden, når det er godkendt.
   *[other] Opslaget er sendt til godkendelse på { $count } konti. Det går ud til tiden, når det er godkendt.
}
publish-asks = Skal godkendes: { $role }, { $unit }.
publish-no-accounts = Der er ingen konto at udgive på
publish-no-accounts-hint = Forbind en konto på Bluesky eller Mastodon først.
publish-to-channels = Gå til Kanaler
publish-refused-title = Det kan ikke gå ud endnu
publish-refused-link = Gå tilbage og ret det
publish-refused-internal = Jobopslaget er kun til interne ansøgere, så det må ikke på åbne kanaler.
publish-refused-draft = Jobopslaget er stadig en kladde. Åbn det for ansøgninger først, så linket fører et sted hen.
publish-refused-over = Jobopslaget er lukket, eller fristen er gået. Forlæng fristen, hvis det skal ud igen.
publish-refused-story-internal = Historien er kun til kolleger, og alle tilsluttede kanaler er åbne for alle. Vælg »Begge dele« som målgruppe, hvis den må ud.
publish-refused-story-draft = Historien er stadig en kladde. Gør den klar først, så linket fører et sted hen.
publish-refused-story-archived = Historien er arkiveret. Genåbn den, hvis den skal fortælles igen.
publish-refused-story-incomplete = Der mangler noget i historien. Se listen på historiens side, og ret det først.
publish-refused-incomplete = Der mangler noget i jobopslaget. Se listen på opslagets side, og ret det først.
publish-error-no-account = Vælg mindst én konto.
publish-error-account = En af kontiene kan ikke bruges til dette jobopslag. Vælg en anden.
publish-error-media = Et af billederne eller filmen mangler noget, før det må ud. Ret det under Medier, eller vælg det fra.
delivery-letter-subject = { $count ->
    [one] Et opslag har brug for dig
   *[other] { $count } opslag har brug for dig
  }
delivery-letter-greeting = Hej { $name }
delivery-letter-post = »{ $title }« på { $account }, planlagt { $when }
delivery-letter-sender = Venlig hilsen Opslag, { $org }

# The calendar
calendar-title = Kalender
calendar-lede = { $count ->
    [0] Ingen opslag
    [one] 1 opslag
   *[other] { $count } opslag
} · { $span }. { $asking ->
    [0] Intet kræver dig.
    [one] 1 kræver et menneske.
   *[other] { $asking } kræver et menneske.
}
calendar-month = Måned
calendar-week = Uge
calendar-list = Liste
calendar-week-number = Uge { $number }
calendar-from = Fra { $date }
calendar-view = Visning
calendar-previous = Forrige
calendar-next = Næste
calendar-today = I dag
calendar-is-today = i dag
calendar-narrow = Vælg, hvad du vil se
calendar-narrow-do = Vis
calendar-asking = Det, der kræver et menneske ({ $count })
calendar-kind = Slags
calendar-every-kind = Både jobopslag og historier
calendar-kind-posting = Kun jobopslag
calendar-kind-story = Kun historier og andre opslag
calendar-unit = Enhed
calendar-every-unit = Alle enheder
calendar-caption = Udsendelser, { $span }
calendar-deadline = Frist
calendar-move = Flyt…
calendar-move-to = Ny tid
calendar-move-do = Flyt
calendar-move-not = Fortryd
calendar-failed = Opslaget blev ikke flyttet, for vi fik ikke svar. Prøv igen.
calendar-empty = Her er ikke planlagt noget
calendar-empty-hint = Åbn et jobopslag, og vælg »Udgiv på kanaler«.
calendar-hint = Farvede dage er weekend og helligdage. Træk et opslag til en anden dag, vælg »Flyt…«, eller hold Skift nede og tryk på en piletast. Det, der er udgivet eller på vej ud, bliver, hvor det er.
holiday-new-year = Nytårsdag
holiday-constitution = Grundlovsdag
holiday-christmas-eve = Juleaften
holiday-christmas = Juledag
holiday-second-christmas = 2. juledag
holiday-new-years-eve = Nytårsaften
holiday-may-day = 1. maj
holiday-maundy-thursday = Skærtorsdag
holiday-good-friday = Langfredag
holiday-easter = Påskedag
holiday-second-easter = 2. påskedag
holiday-ascension = Kr. himmelfartsdag
holiday-pentecost = Pinsedag
holiday-second-pentecost = 2. pinsedag

# Everything on pause
pause-open = Sæt alt på pause
pause-title = Sæt alt på pause
pause-lede = { $count ->
    [0] Der er ikke planlagt noget de næste syv dage.
    [one] 1 opslag er planlagt de næste syv dage.
   *[other] { $count } opslag er planlagt de næste syv dage.
}
pause-unit = Hvor
pause-unit-hint = Gælder enheden og alle under den, på alle kanaler.
pause-why = Hvorfor
pause-why-hint = Dine kolleger ser det, når de undrer sig over, at intet går ud.
pause-do = Sæt alt på pause nu
pause-not = Nej, lad det køre
pause-error-why = Skriv hvorfor, så dine kolleger ved, hvad de skal vente på.
pause-error-long = Skriv det kortere, højst 200 tegn.
pause-said = Alt er sat på pause. Det, der allerede er ude, bliver stående.
pause-said-over = Pausen er slut. Det, der nåede at vente, går ud med lidt tid imellem.
pause-holds-title = Der går intet ud lige nu
pause-holds = { $unit } er sat på pause { $since } af { $who }
pause-holds-what = Planlagte opslag venter og går ud, når pausen slutter, hvis de ikke er blevet for sene.
pause-by-system = Opslag
pause-end = Lad det gå videre
delivery-why-all-paused = Alt er sat på pause.

# A letter to whoever connected an account: its connection ends by itself
ending-letter-subject = { $channel } { $account }: forbindelsen udløber { $days ->
    [one] i morgen
   *[other] om { $days } dage
}
ending-letter-what = Opslags adgang til { $account } på { $channel } udløber { $when }. Kanalen lader os ikke forny den for jer.
ending-letter-now = Forbind kontoen igen inden da, så går alt videre uden afbrydelse: { $address }
ending-letter-posts = { $count ->
    [one] Et opslag er planlagt til senere og går ellers ikke ud:
   *[other] { $count } opslag er planlagt til senere og går ellers ikke ud:
}
ending-letter-post = – { $title }, { $when }: { $address }

# What holds back
delivery-why-account-unwell = Kontoen har svigtet flere gange i træk. Vi spørger den igen med mellemrum og sender, så snart den svarer.
delivery-why-channel-stopped = Kanalen tager ikke længere imod noget fra vores app eller fra den version, vi taler. Driften har fået besked; opslaget venter og er ikke fejlet.
delivery-why-allowance-spent = Kanalen tillader ikke flere opslag på kontoen lige nu. Vi sender, når den gør det igen.
delivery-letter-stopped-subject = { $channel } tager ikke imod opslag fra Opslag
delivery-letter-stopped = { $channel } tager ikke længere imod noget fra vores app eller fra den version, vi taler. Kanalen siger: »{ $words }«
delivery-letter-stopped-waiting = { $count ->
    [0] Ingen opslag venter på det lige nu.
    [one] Ét opslag venter på det. Det er ikke fejlet.
   *[other] { $count } opslag venter på det. De er ikke fejlet.
  }
delivery-letter-stopped-now = Se på appen hos kanalen, og på version og udløbsdato i konfigurationen ([channels.…]). Når kanalen svarer igen, går opslagene ud af sig selv, hvis de ikke er blevet for sene.
queue-unwell = Svarer ikke
queue-unwell-account = { $account } har ikke svaret siden { $since }. Vi spørger igen { $next }; opslagene venter så længe.
queue-unwell-channel = { $channel } har ikke taget imod noget fra vores app siden { $since }: »{ $words }«. Vi spørger igen med mellemrum; opslagene venter så længe. Driften har fået besked.

# Når annoncen er slut
delivery-end-heading = Når annoncen er slut
delivery-end-ends = Opslaget bliver taget ned af sig selv på alle kanaler, når fristen er gået, eller annoncen lukkes, så ingen følger det til en lukket dør.
delivery-end-stays = Opslaget bliver stående på alle kanaler, også når annoncen er slut.
delivery-end-do-stay = Lad det blive stående
delivery-end-do-end = Tag det ned, når annoncen er slut
delivery-said-stays = Opslaget bliver stående, også når annoncen er slut.
delivery-said-ends = Opslaget bliver taget ned, når annoncen er slut.
