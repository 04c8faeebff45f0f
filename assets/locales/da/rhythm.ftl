# Fixed places in the week
slot-title = Faste pladser
slot-lede = De tider i ugen, hvor kontoen slår op. Et opslag kan tage den næste ledige plads, når I planlægger det.
slot-times-hint = Skriv klokkeslæt med komma imellem, fx 8.30, 12.00. Lad en dag stå tom, hvis der ikke skal slås noget op.
slot-save = Gem pladser
slot-said-saved = Pladserne er gemt. Det, der allerede er planlagt, bliver, hvor det er.
slot-next = De næste ledige
slot-next-none = Der er ingen ledige pladser. Skriv nogle klokkeslæt.
slot-freed = En plads er ledig igen, så snart opslaget på den bliver flyttet eller annulleret.
slot-to-calendar = Se pladserne i kalenderen
slot-error-time = »{ $time }« er ikke et klokkeslæt. Skriv fx 8.30.
slot-error-near = Der skal være mindst { $minutes } minutter mellem to pladser.
slot-error-many = Der kan højst være { $max } pladser på en uge.
slot-open = Faste pladser
slot-what = De tider i ugen, hvor kontoen slår op.
slot-free = Ledig plads
slot-take-next = Næste ledige plads
slot-take = Ledige pladser på kontoen
publish-slot = Næste ledige plads
publish-slot-hint = Hver konto tager sin egen næste ledige plads.
publish-slot-next = Næste ledige plads: { $time }.
publish-said-slots = Planlagt på de næste ledige pladser. Det første går ud { $time }.
publish-error-no-slots = { $account } har ingen faste pladser. Vælg en tid, eller tag kontoen ud.
publish-error-slots-full = { $account } har ingen ledig plads, før opslaget er forældet. Vælg en tid, eller tag kontoen ud.
delivery-error-slot-taken = Pladsen er ikke ledig længere. Vælg en anden.
delivery-error-no-slot = Kontoen har ingen ledig plads. Vælg en tid.
# What repeats
series-title = Gentagelser
series-lede = Opslag, der går ud igen og igen. De bliver planlagt fire uger frem og står i kalenderen som andre opslag.
series-none = Der er ingen gentagelser
series-none-hint = Vælg »Gentag«, når du udgiver et jobopslag eller en historie.
series-one = Gentagelse: { $title }
series-rhythm = { $weeks ->
    [one] Hver uge: { $days } { $time }
   *[other] Hver { $weeks }. uge: { $days } { $time }
}
series-rhythm-until = til og med { $date }
series-rhythm-times = { $count } gange i alt
series-state-running = I gang
series-state-paused = Sat på pause
series-state-stopped = Stoppet
series-state-over = Slut
series-waits = Der bliver ikke planlagt noget lige nu
series-do-pause = Sæt på pause
series-do-go-on = Fortsæt
series-do-stop = Stop for altid
series-do-down = Tag alt ned
series-do-hint = Pause og stop annullerer det, der er planlagt. Det, der er gået ud, bliver stående, til du tager det ned.
series-rows = Planlagt og gået ud
series-rows-none = Der er ikke planlagt noget endnu. Det sker fire uger før.
series-words = Tekst fra nu af
series-words-hint = Ændringen gælder også det, der er planlagt og ikke gået ud. Skal det godkendes, bliver det godkendt igen. Flere formuleringer skiftes, når der står en linje med --- imellem.
series-words-save = Gem teksten
series-said-begun = Gentagelsen er i gang. { $count ->
    [one] Ét opslag er planlagt.
   *[other] { $count } opslag er planlagt.
}
series-said-waits = Gentagelsen er i gang. { $count ->
    [one] Ét opslag venter på godkendelse.
   *[other] { $count } opslag venter på godkendelse.
}
series-said-paused = Sat på pause. { $count ->
    [one] Ét opslag går ikke ud.
   *[other] { $count } opslag går ikke ud.
}
series-said-goes-on = Gentagelsen fortsætter. { $count ->
    [one] Ét opslag er planlagt.
   *[other] { $count } opslag er planlagt.
}
series-said-stopped = Stoppet. { $count ->
    [one] Ét opslag går ikke ud.
   *[other] { $count } opslag går ikke ud.
}
series-said-down = { $count ->
    [one] Ét opslag bliver taget ned.
   *[other] { $count } opslag bliver taget ned.
}
series-said-words = Teksten er gemt og gælder fra nu af.
series-choose = Gentag
series-choose-hint = På faste ugedage, til en dag eller et antal gange.
series-fields = Hvornår skal det gentages?
series-weekday = Ugedage
series-every = Uger fra gang til gang
series-every-hint = 1 er hver uge, 2 er hver anden.
series-time = Klokkeslæt
series-time-hint = Fx 8.30
series-until = Til og med
series-times = Eller så mange gange
series-vary = Flere formuleringer skiftes, når der står en linje med --- imellem dem i teksten.
series-badge = gentages
series-to = Se gentagelsen
series-binds = Opslaget gentages: { $rhythm }. Din godkendelse gælder også de næste gange, så længe alt andet end linket er det samme.
series-error-weekday = Vælg mindst én ugedag.
series-error-every = Skriv et helt tal fra 1 til { $max }.
series-error-time = Skriv et klokkeslæt, fx 8.30.
series-error-until = Vælg en dag fra i dag og højst { $days } dage frem.
series-error-times = Skriv et helt tal fra 1 til { $max }.
series-error-end = Vælg en sidste dag, eller skriv hvor mange gange.
series-error-never = Der kommer ingen af de ugedage inden den sidste dag. Vælg en senere dag eller andre ugedage.
series-error-after-deadline = Den første gang ligger efter fristen. Vælg en tidligere ugedag.
series-error-no-words = Skriv, hvad der skal stå.
series-error-same-words = { $channel } tager ikke de samme ord to gange. Skriv mindst to formuleringer med en linje med --- imellem, eller tag kontoen ud.
series-error-too-late = Gentagelsen har ændret sig. Se, hvordan den står nu.
delivery-why-series-paused = Gentagelsen blev sat på pause.
# What keeps
evergreen-title = Tidløse
evergreen-lede = Opslag, der altid kan bruges. De fylder de faste pladser, der stadig er tomme kort før, det længst hvilede først.
evergreen-none = Køen er tom
evergreen-none-hint = Vælg »Læg i køen af tidløse«, når du udgiver et jobopslag eller en historie.
evergreen-fills = Tomme pladser bliver fyldt på:
evergreen-fills-none = Ingen konti bliver fyldt fra køen. Slå det til under kontoens faste pladser.
evergreen-rest = Tidligst igen efter { $count } dage
evergreen-last = Stod der sidst { $time }
evergreen-never = Har ikke været brugt
evergreen-retire = Tag ud af køen
evergreen-said-retired = Opslaget er taget ud af køen. Det, der allerede er planlagt, bliver stående i kalenderen.
evergreen-said-kept = Opslaget ligger i køen. Det bliver brugt, når en plads er tom.
evergreen-choose = Læg i køen af tidløse
evergreen-choose-hint = Bliver brugt, når en fast plads er tom.
evergreen-fields = Hvor længe skal det hvile?
evergreen-rest-days = Tidligst igen efter så mange dage
evergreen-rest-hint = 60, hvis du ikke skriver noget.
evergreen-fill = Fyld tomme pladser fra køen af tidløse
evergreen-fill-hint = Du ser dem i kalenderen, før de går ud, og kan flytte eller annullere dem.
evergreen-hours = Så mange timer før
evergreen-badge = fra køen
evergreen-binds = Opslaget ligger i køen af tidløse. Din godkendelse gælder også de næste gange, så længe alt andet end linket er det samme.
evergreen-error-rest = Skriv et helt tal fra { $min } til { $max }.
evergreen-error-hours = Skriv et helt tal fra 1 til { $max }.
