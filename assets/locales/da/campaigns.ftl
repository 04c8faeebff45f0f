# Campaigns
campaigns-lede = Det, som flere opslag og historier siger sammen i en periode, og hvad der kom ud af det.
campaigns-none = Ingen kampagner endnu
campaigns-none-next = En kampagne samler opslag og historier om ét budskab, så I kan se, hvad de bragte tilsammen.
campaigns-none-found = Ingen kampagner med det sigte.
campaigns-narrow = Vis
campaigns-all = Vis alle
campaigns-every-horizon = Alle sigter
campaign-new = Ny kampagne
campaign-edit = Rediger
campaign-save = Gem kampagne
campaign-none = Ingen kampagne
campaign-field = Kampagne
campaign-trial = Prøvehandling
campaign-things = { $count ->
    [0] intet i den endnu
    [one] 1 opslag eller historie
   *[other] { $count } opslag og historier
  }
campaign-period = { $from } – { $to }
campaign-from = Fra { $from }
campaign-phase-running = Løber nu
campaign-phase-coming = Kommer
campaign-phase-ended = Slut
campaign-phase-archived = Arkiveret
campaign-horizon-short = Kort sigte
    .hint = Uger
campaign-horizon-medium = Mellemlangt sigte
    .hint = Måneder
campaign-horizon-long = Langt sigte
    .hint = År

# The form
campaign-edit-lede = Jobopslag og historier lægges i kampagnen dér, hvor de skrives.
campaign-part-words = Budskab
campaign-part-time = Periode
campaign-part-trial = Prøvehandling
campaign-part-whose = Hvem står bag?
campaign-part-look = Udseende
campaign-field-name = Navn
campaign-name-hint = For eksempel »Tid til hinanden«
campaign-field-slogan = Slogan
campaign-slogan-hint = Den sætning, som går igen
campaign-field-starts-on = Første dag
campaign-field-ends-on = Sidste dag
campaign-field-horizon = Sigte
campaign-field-trial = Vi prøver noget af
campaign-trial-hint = Så siger I på forhånd, hvad I venter, og hvornår det slutter. Bagefter står tallene ved siden af dem fra lige så lang tid før.
campaign-field-hypothesis = Hvad venter I at se?
campaign-hypothesis-hint = Skal udfyldes, når I prøver noget af. For eksempel: »Film fra hverdagen giver flere klik end billeder.«
campaign-field-unit = Enhed
campaign-together-open = Sammen med andre enheder
campaign-field-together = Sammen med
campaign-together-hint = De ser kampagnen og alle dens tal, også tallene fra jeres opslag.
campaign-field-colour = Farve
campaign-field-colour-own = Jeres egen farve
campaign-colour-hint = # og seks tegn, for eksempel #0a5566. Hvid tekst skal kunne læses på den.
campaign-colour-petrol = Petroleum
campaign-colour-berry = Brombær
campaign-colour-forest = Skov
campaign-colour-ink = Blæk
campaign-colour-plum = Blomme
campaign-colour-rust = Rust
campaign-colour-own = Jeres egen
campaign-logo-open = Logo
campaign-field-logo = Logo fra mediebiblioteket
campaign-logo-none = Intet logo

# What is wrong with it
campaign-error-name = Giv kampagnen et navn.
campaign-error-start = Vælg den første dag.
campaign-error-day = Skriv dagen som 2026-11-30, eller vælg den i kalenderen.
campaign-error-order = Den sidste dag ligger før den første. Vælg en senere.
campaign-error-trial-end = En prøvehandling slutter. Vælg den sidste dag.
campaign-error-hypothesis = Skriv, hvad I venter at se. Ellers kan ingen sige bagefter, om det skete.
campaign-error-horizon = Vælg et sigte.
campaign-error-colour = Vælg en farve, eller skriv jeres egen som # og seks tegn, for eksempel #0a5566.
campaign-error-pale = Hvid tekst kan ikke læses på den farve. Vælg en mørkere, for eksempel { $suggestion }.
campaign-error-left-out = Så ville I selv stå udenfor. Lad mindst én af jeres enheder stå.
campaign-error-logo = Vælg et billede fra jeres eget mediebibliotek.
campaign-error-choice = Kampagnen tager ikke imod mere eller er ikke jeres. Vælg en anden.
campaign-stale = Nogen har gemt kampagnen imens. Åbn den igen, og skriv jeres ændringer ind.
campaign-stale-what = Det, du har skrevet, står her endnu. Gemmer du nu, erstatter det deres.
campaign-stale-see = Se, hvad de gemte
campaign-refused-archived = Kampagnen er arkiveret. Tag den frem igen for at ændre den.
campaign-refused-delete = Der hører stadig noget til kampagnen, så den kan ikke slettes. Arkivér den i stedet.
campaign-said-created = Kampagnen er oprettet.
campaign-said-saved = Kampagnen er gemt.
campaign-said-archived = Kampagnen er arkiveret.
campaign-said-reopened = Kampagnen er taget frem igen.
campaign-said-deleted = Kampagnen er slettet.

# Its own page
campaign-csv = Hent som regneark
campaign-file = kampagne
campaign-kind = Slags
campaign-title = Titel
campaign-an-ad = Jobopslag
campaign-chart-clicks = Klik efter kanal
campaign-chart-applications = Ansøgninger efter kanal
campaign-by-channel = Kanal for kanal
campaign-belongs = Hører til kampagnen
campaign-belongs-nothing = Intet endnu. Vælg kampagnen, hvor et jobopslag eller en historie skrives.
campaign-unseen = { $count ->
    [one] Dertil én kladde hos en anden enhed.
   *[other] Dertil { $count } kladder hos andre enheder.
  }
campaign-nothing-yet = Intet er slået op endnu
campaign-nothing-next = Når et jobopslag eller en historie i kampagnen går ud, står det her, hvad der kom ud af det.
campaign-facts = Om kampagnen
campaign-basis = Alt, der hører til kampagnen, tælles med, uanset hvornår det gik ud. En ansøgning tælles én gang: ved den historie eller det jobopslag, hvis link ansøgeren fulgte, og ellers ved det jobopslag, den blev sendt til. Ansøgninger uden link står under »Direkte eller ukendt«. Slettede ansøgninger er med i summen.
campaign-how-to-join = Vælg kampagnen under tema, når du redigerer et jobopslag eller en historie.
campaign-verbs = Når den er slut
campaign-archive = Arkivér
campaign-archive-what = Den kan ikke vælges mere. Det, der hører til den, bliver, og tallene tælles stadig.
campaign-reopen = Tag frem igen
campaign-reopen-what = Den står igen på listen efter sin periode.
campaign-delete = Slet
campaign-delete-what = Intet hører til den, så den kan slettes.
campaign-expected = Det venter vi at se
campaign-before = Før
campaign-during = I perioden
campaign-figure = { $figure }: { $when }
campaign-spans = { $days ->
    [one] Dagen før ({ $before }) ved siden af prøvens ene dag ({ $during }). Tallene er alt fra enhederne bag.
   *[other] De { $days } dage før ({ $before }) ved siden af prøvens { $days } dage ({ $during }). Tallene er alt fra enhederne bag.
  }
campaign-spans-yet = Prøven løber endnu: fra { $begins } til nu, { $until }, ved siden af lige så lang tid før, fra { $from }. Tallene er alt fra enhederne bag.
campaign-own = Heraf fra det, der hører til kampagnen, i perioden: { $posts } opslag, { $clicks } klik og { $applications ->
    [one] 1 ansøgning
   *[other] { $applications } ansøgninger
  }.
campaign-trial-table = Kanal for kanal, før og i perioden
campaign-erased = { $count ->
    [one] Én ansøgning er slettet, og ingen ved længere, hvornår den kom. Den er ikke med her.
   *[other] { $count } ansøgninger er slettet, og ingen ved længere, hvornår de kom. De er ikke med her.
  }
campaign-no-proof = En sammenligning, ikke et bevis
campaign-no-proof-why = Tallene siger, hvad der skete før og i perioden, ikke hvorfor. Antallet af ledige stillinger, ferier og vejret kan også have flyttet dem.
campaign-trial-later = Sammenligningen kommer, når prøvehandlingen er begyndt.

# By theme
themes-title = Tal efter tema
themes-lede = De seneste { $days } dage: hvad taler vi om, og hvad bringer det?
themes-when = Periode
themes-period = De seneste { $days } dage
themes-show = Vis
themes-none-next = Når noget med et tema går ud, står det her, hvad der kom ud af det.
themes-chart-posts = Opslag efter tema
themes-chart-applications = Ansøgninger efter tema
themes-table = Tema for tema
themes-theme = Tema
themes-without = Uden tema
themes-total = I alt, hvert opslag én gang
themes-basis = Et opslag med to temaer tælles i begge rækker, men kun én gang i summen. Derfor kan rækkerne tilsammen være mere end summen. Klik og ansøgninger er dem, der kom ad opslagets eget link. Ansøgninger uden link er ikke med.
themes-file = temaer
