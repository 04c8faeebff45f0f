# Historier og andre opslag

story-missing-title = Skriv en titel.
story-missing-lead = Skriv en indledning. Den står på kort og i det kort, som kanalerne viser.
story-missing-body = Skriv historien.
story-missing-answers = Svar på spørgsmålene, eller slet dem, der ikke passer. Der står stadig »…« under mindst ét.
story-missing-english = Skriv titel, indledning og tekst færdig på engelsk, eller tøm de engelske felter.
story-missing-posting = Vælg det jobopslag, linket skal føre til.
story-missing-posting-open = Jobopslaget tager ikke imod ansøgninger eller er kun internt. Vælg et andet, eller lad linket føre til historiens egen side.

story-error-media = Et af billederne findes ikke, eller det hører til en enhed, du ikke arbejder for. Vælg et andet.
story-error-media-many = Vælg højst { $max } billeder og film.

story-refused-archived = Historien er arkiveret. Genåbn den, før du retter i den.
story-refused-not-yours = Historien er klar og kan være ude. Bed en, der må udgive, om at tage den tilbage til kladde.
story-refused-step = Det kan ikke gøres med historien, som den er nu. Genindlæs siden, og se hvordan den står.

story-refused-not-ready = Historien er ikke klar endnu. Se listen over det, der mangler.
story-stale = En kollega har gemt historien i mellemtiden. Gå tilbage, og åbn den igen.
story-error-kind = Vælg, hvad du vil skrive.

story-kind-story = Medarbejderhistorie
    .hint = En kollega fortæller. Begynder med de fire spørgsmål fra strategien.
story-kind-day-in-life = En dag i jobbet
    .hint = En almindelig dag fra morgen til aften, så ansøgere ved, hvad de siger ja til.
story-kind-plain = Andet opslag
    .hint = Åbent hus, en tak, en hilsen. Uden faste spørgsmål.

story-state-draft = Kladde
story-state-ready = Klar
story-state-archived = Arkiveret

story-audience-external = Offentligheden
    .hint = Må ud på kanaler og vises på karrieresiden.
story-audience-internal = Kun kolleger
    .hint = Kommer ikke på karrieresiden og kan ikke sendes til åbne kanaler.
story-audience-both = Begge dele
    .hint = Både offentligheden og kolleger.

story-leads-page = Historiens egen side
    .hint = På karrieresiden, med ledige stillinger under.
story-leads-posting = Et jobopslag
    .hint = Direkte til det opslag, du vælger her.
story-leads-careers = Listen over ledige stillinger
    .hint = Forsiden af karrieresiden.

stories-lede = Historier fra hverdagen og andre opslag, der ikke er jobopslag.
stories-write = Skriv en historie
stories-write-lede = Vælg, hvad du vil skrive, og giv det en titel. Resten skriver du på næste side.
stories-write-on = Opret og skriv videre
stories-search = Find en historie
stories-search-words = Ord i titel eller indledning
stories-search-do = Vis
stories-narrow = Vis kun
stories-all = Vis alle
stories-none = Ingen historier her
stories-none-next = Skriv den første, eller vis alle, hvis du har afgrænset listen. Arkiverede vises kun, når du vælger dem.
stories-count = { $count ->
    [one] { $count } historie
   *[other] { $count } historier
}
stories-feed-title = Historier fra { $org }
stories-public-title = Historier fra hverdagen
stories-public-heading = Historier fra hverdagen
stories-public-lead = Kolleger i { $org } fortæller, hvordan det er at arbejde her.
stories-public-none = Her er ingen historier endnu.
stories-public-more = Flere historier
stories-public-jobs = Ledige stillinger her

story-untitled = Uden titel
story-every-unit = Alle enheder
story-no-posting = Intet bestemt jobopslag
story-changed = Ændret { $when }

story-field-kind = Hvad er det?
story-field-unit = Enhed
story-field-title-da = Titel
story-field-lead-da = Indledning
story-field-body-da = Tekst
story-field-title-en = Titel på engelsk
story-field-lead-en = Indledning på engelsk
story-field-body-en = Tekst på engelsk
story-field-hero = Det øverste billede eller filmen
story-field-media = Flere billeder og film
story-field-audience = Målgruppe
story-field-leads-to = Linket fører til
story-field-posting = Jobopslag
story-title-hint = Det, man læser først. Højst 100 tegn.
story-lead-hint = To linjer, der giver lyst til at læse videre. Står også på kort og i delinger.
story-body-hint = Brug overskrifter og korte afsnit. Slet de spørgsmål, der ikke passer.
story-posting-hint = Vises først under historien. Skal vælges, hvis linket fører til et jobopslag.
story-media-what = Kun billeder og film, som dem, der er på, har sagt ja til.
story-media-none = Intet billede
story-media-more = Vælg flere billeder eller film
story-english-what = Vises for dem, der læser karrieresiden på engelsk. Skriv alle tre felter eller ingen.

story-part-text = Historien
story-part-english = På engelsk
story-part-media = Billeder og film
story-part-what = Slags og enhed
story-part-whom = Hvem er den til?
story-part-themes = Tema og kampagne
story-field-themes = Tema
story-part-link = Hvor fører linket hen?

story-edit = Rediger
story-edit-draft = Kladden kan kun ses af jer, der skriver historier.
story-edit-ready = Historien er klar og kan være ude. Det, du gemmer, vises på karrieresiden med det samme; det, der allerede er sendt til kanaler, ændres ikke.
story-save = Gem
story-hinders = Historien er klar og skal blive ved med at være det. Ret det her, eller tag den tilbage til kladde.

story-ready-nothing = Der mangler ikke noget
story-ready-missing = { $count ->
    [one] Der mangler én ting
   *[other] Der mangler { $count } ting
}
story-ready-is = Historien er klar og kan sendes på kanaler.
story-ready-may = Gør den klar, når den må vises for andre. Så kommer den på karrieresiden og kan sendes på kanaler.
story-ready-ask = Bed en fra kommunikation om at gøre den klar.
story-finish = Gør klar
story-verbs = Andet
story-reopen = Tag tilbage til kladde
story-reopen-what = Så forsvinder den fra karrieresiden, og planlagte udsendelser venter.
story-archive = Arkivér
story-archive-what = Når den er fortalt. Den forsvinder fra karrieresiden, og planlagte udsendelser annulleres.
story-told = Udsendelser
story-told-all = { $count ->
    [one] Se den i køen
   *[other] Se alle { $count } i køen
}
story-told-more = Detaljer
story-told-nowhere = Historien er ikke sendt på nogen kanal endnu.
story-reads = Sådan læses den

story-said-saved = Historien er gemt.
story-said-ready = Historien er klar. Nu kan du sende den på kanaler.
story-said-reopened = Historien er en kladde igen.
story-said-archived = Historien er arkiveret.
