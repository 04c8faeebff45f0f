# The competence profile of a posting
profile-title = Profil for { $title }
profile-heading = Kompetenceprofil
profile-lede = Skriv, hvad jobbet kræver, før nogen søger. Udvalget vurderer alle ansøgere efter de samme kriterier. Profilen låses, når opslaget åbnes første gang.
profile-begin = Begynd med en færdig profil
profile-begin-what = Kriterierne bliver kopieret hertil. Derefter kan du rette, fjerne og tilføje.
profile-begin-from = Profil
profile-begin-submit = Kopiér profilen
profile-criterion-new = Nyt kriterium
profile-wording = Kriterium
profile-wording-hint = Én ting ad gangen. Tøm alle felter for at fjerne et kriterium.
profile-heading-field = Slags kompetence
profile-heading-professional = Faglige kompetencer
profile-heading-social = Sociale kompetencer
profile-heading-learning = Læringsmæssige kompetencer
profile-heading-organisational = Organisatoriske kompetencer
profile-heading-personal = Personlige kompetencer
profile-weight = Vægt
profile-weight-must = Skal
profile-weight-should = Bør
profile-weight-plus = Plus
profile-why = Hvorfor jobbet kræver det
profile-evidence = Hvad vi ser efter
profile-evidence-hint = Hvad i ansøgning, bilag, samtale eller referencer tæller som dokumentation?
profile-scale = Skala
profile-scale-hint = Beskriv, hvad der skal til på hvert trin, så alle i udvalget mener det samme med et tal.
profile-step = Trin { $step }
profile-save = Gem profilen
profile-remove = Fjern profilen
profile-saved = Gemt { $at } af { $who }.
profile-hash = Profilens kontrolsum:
profile-none = Opslaget har ingen profil endnu.
profile-frozen = Profilen er låst
profile-frozen-what = Opslaget har været åbnet, og den, der søgte, skal vurderes efter det, der stod dengang. Skal kravene være anderledes, så lav et nyt opslag med en ny profil.
profile-frozen-none = Opslaget blev åbnet uden profil, og den kan ikke skrives bagefter. Skal ansøgerne vurderes efter kriterier, så lav et nyt opslag med en profil.
profile-refused-frozen = Opslaget er åbnet, så profilen er låst. Lav et nyt opslag, hvis kravene skal være anderledes.
profile-stale = En anden har gemt profilen imens
profile-stale-what = Det, du har skrevet, står her stadig. Åbn profilen i et nyt faneblad, sammenlign, og gem igen for at lade dit gælde.
profile-error-step = Skriv, hvad der skal til på trinnet.
profile-error-empty = Skriv mindst ét kriterium, eller fjern profilen.
profile-error-many = Der er plads til { $max } kriterier. Saml eller fjern nogle.
profile-said-saved = Profilen er gemt.
profile-said-begun = Profilen er kopieret. Ret den, så den passer til jobbet.
profile-said-removed = Profilen er fjernet.

# The panel
panel-title = Udvalg for { $title }
panel-heading = Ansættelsesudvalg
panel-members = Medlemmer
panel-nobody = Ingen sidder i udvalget endnu.
panel-name = Navn
panel-seat = Plads
panel-seat-choose = Vælg plads
panel-time = Periode
panel-from = fra { $from }
panel-from-to = { $from } til og med { $to }
panel-ended = Slut
panel-end = Afslut plads
panel-verbs = Handlinger
panel-chair = Leder udvalget
panel-chair-tick = Leder udvalget
panel-chair-hint = Kan vise vurderingerne, før alle er færdige, og skal skrive hvorfor.
panel-confidentiality = Tavshedspligt
panel-pledged = accepteret { $at }
panel-not-pledged = ikke accepteret
panel-empty =
    { $count ->
        [one] 1 plads er tom
       *[other] { $count } pladser er tomme
    }
panel-empty-what = Ingen ansøger kan få tilbud eller ansættes, før pladsen er besat, eller nogen har skrevet hvorfor den er tom.
panel-empty-open = Ikke forklaret
panel-empty-explained = Forklaret
panel-gap-reason = Hvorfor er pladsen tom? ({ $seat })
panel-gap-submit = Gem begrundelsen
panel-gap-said = { $who }, { $at }
panel-rule = { $category } skal have: { $seats }.
panel-category-leader = Lederstillinger
panel-category-staff = Andre stillinger
panel-add = Tilføj medlem
panel-add-what = Et medlem kan læse opslagets ansøgninger, når det har accepteret tavshedspligten, og så længe pladsen varer.
panel-email = Mail
panel-email-hint = Har personen ingen adgang, sender vi en invitation.
panel-name-hint = Bruges kun, når personen er ny.
panel-until = Sidste dag
panel-until-hint = Skal udfyldes for eksterne. Adgangen ophører ved dagens slutning.
panel-add-submit = Tilføj
panel-pledge = Tavshedspligt
panel-pledge-text = Jeg vil behandle alt, hvad jeg læser og hører om ansøgerne, fortroligt, også når udvalget er færdigt. Jeg deler det kun med udvalget, og jeg gemmer ikke kopier.
panel-pledge-why = Du sidder i udvalget. Ansøgningerne bliver synlige for dig, når du har accepteret. Vi gemmer, hvornår du gjorde det.
panel-pledge-submit = Jeg accepterer
panel-relations = Habilitet
panel-relations-what = Hvert medlem siger for hver ansøger, om der er en relation. Har man en, kan man ikke se ansøgeren, og de andre vurderer uden en.
panel-relations-none = Ingen har erklæret en relation.
panel-relations-others =
    { $count ->
        [one] 1 relation er erklæret. Hvem det gælder, ser kun medlemmet selv og HR.
       *[other] { $count } relationer er erklæret. Hvem det gælder, ser kun medlemmerne selv og HR.
    }
panel-relation-about = Om { $applicant }, { $at }
panel-lift = Ophæv erklæringen
panel-rules = Udvalgsregler
panel-rules-lede = Hvilke pladser skal være besat i et ansættelsesudvalg? Reglen gælder for hele organisationen, også for udvalg, der allerede sidder.
panel-rules-read = Du kan læse reglen
panel-rules-save = Gem reglerne
panel-error-external = En ekstern skal have en sidste dag.
panel-error-until = Vælg en dag, der ikke er gået.
panel-error-date = Skriv datoen som ÅÅÅÅ-MM-DD, eller vælg den.
panel-error-twice = Personen sidder allerede i udvalget. Afslut pladsen først, hvis den skal være en anden.
panel-error-reason = Skriv, hvorfor pladsen er tom.
panel-refused-filled = Pladsen er ikke tom. Hent siden igen.
panel-refused-seat = Vælg en plads på udvalgets side, og prøv igen.
panel-refused-declaration = Vælg en erklæring på udvalgets side, og prøv igen.
panel-refused-own-declaration = Du kan ikke ophæve din egen erklæring. Bed en anden i HR om det.
panel-refused-rule = Reglen gælder for hele organisationen og ændres af HR for hele organisationen. Bed dem om det.
panel-said-added = Medlemmet er tilføjet.
panel-said-ended = Pladsen er afsluttet.
panel-said-explained = Begrundelsen er gemt.
panel-said-lifted = Erklæringen er ophævet. Medlemmet bliver spurgt igen.
panel-said-rules = Reglerne er gemt.

# Seats
seat-manager = Leder
seat-employee = Medarbejderrepræsentant
seat-union = Tillidsrepræsentant (TR)
seat-safety = Arbejdsmiljørepræsentant (AMR)
seat-parents = Forældre- eller brugerbestyrelse
seat-hr = HR
seat-expert = Fagperson
seat-external = Ekstern

# Relations
tie-none = Ingen relation, der kan give tvivl
tie-family = Familie eller samme husstand
tie-friend = Venskab eller uvenskab
tie-work = Tæt samarbejde, nu eller før
tie-interest = Egen interesse i, hvem der vælges
tie-other = Andet, der kan give tvivl

# Cards
card-title = Vurdering af { $name }
card-to-application = Se ansøgningen
card-no-profile = Opslaget har ingen kompetenceprofil
card-no-profile-what = Uden kriterier er der ikke noget at vurdere efter. En profil skrives, før opslaget åbnes.
card-not-member = Du sidder ikke i udvalget, så du kan ikke vurdere. Du kan se vurderingerne, når de er vist for alle.
card-status-sealed = { $done } af { $of } har vurderet. Vurderingerne er lukkede.
card-status-revealed = Vurderingerne er vist. Udvalgets notat mangler.
card-status-noted = Vurderet, med udvalgets notat.
card-line = { $done } af { $of } vurderet
card-line-revealed = Vist, notat mangler
card-line-noted = Vurderet
card-all = Alle ansøgere
card-mine-missing = Mangler min vurdering ({ $count })
card-block = Vurdering
card-mine = Giv min vurdering
card-open = Se vurderingen
card-relation = Har du en relation til { $name }?
card-relation-what = Svar, før du vurderer. Har du en relation, forsvinder ansøgeren for dig overalt, og de andre vurderer uden dig. Er du i tvivl, så vælg »Andet«.
card-relation-legend = Min relation
card-relation-submit = Gem svaret
card-own = Min vurdering
card-own-given = Afleveret { $at }. Den er lukket, til alle har afleveret, og kan rettes, når vurderingerne er vist.
card-write-what = Vurdér alene. Ingen andre ser dit kort, før alle kort bliver vist på én gang. Der regnes ikke noget sammen.
card-score = Trin
card-reason = Hvorfor?
card-reason-hint = Henvis til det, du har læst eller hørt. Ansøgeren kan få aktindsigt.
card-save = Gem kladde
card-submit = Aflevér
card-correct = Ret min vurdering
card-correct-what = Den første bliver stående ved siden af den rettede.
card-correct-submit = Aflevér rettelsen
card-break = Vis vurderingerne nu
card-break-what = Du leder udvalget og kan vise vurderingerne, før alle har afleveret. Begrundelsen gemmes og kan ses af alle.
card-break-reason = Hvorfor nu?
card-break-submit = Vis vurderingerne
card-shown = Vurderingerne
card-table = Vurderingerne samlet
card-difference = Forskel
card-near = ingen stor
card-reasons = Begrundelserne
card-shown-all = Vist { $at }, da alle havde afleveret.
card-shown-broken = Vist af { $who } { $at }:
card-score-of = { $score } af { $most }
card-far = Stor forskel: { $low } til { $high }
card-corrected = Før rettet: { $score }. { $reason }
card-row-none = Ingen har vurderet dette.
card-remark-related = { $name } har siden erklæret en relation til ansøgeren.
card-remark-late = { $name } afleverede, efter at vurderingerne var vist.
card-note = Udvalgets notat
card-note-field = Hvad er udvalget enigt om?
card-note-hint = Skal skrives, før ansøgeren kan gå videre til samtale, tilbud eller ansættelse.
card-note-save = Gem notatet
card-note-line = { $who }, { $at }
card-note-none = Udvalget har ikke skrevet et notat endnu.
card-note-stale = En anden har gemt notatet imens
card-note-stale-what = Det, du har skrevet, står i feltet. Læs det gemte herunder, saml de to, og gem igen.
card-barred-sealed = Dit kort er afleveret og lukket. Det kan rettes, når alle kort er vist.
card-barred-correction = En rettelse afleveres med det samme; den kan ikke gemmes som kladde.
card-barred-same = Intet er ændret. Ret et trin eller en begrundelse, før du afleverer rettelsen.
card-barred-member = Kun den, der sidder i udvalget nu, kan gøre dette. Bed den, der leder udvalget, om en plads.
card-barred-chair = Kun den, der leder udvalget, kan vise vurderingerne før tid.
card-barred-none = Ingen har afleveret endnu, så der er ikke noget at vise.
card-barred-undeclared = Sig først, om du har en relation til ansøgeren.
card-barred-profile = Opslaget har ingen kompetenceprofil, så der er ikke noget at vurdere efter.
card-barred-note = Notatet skrives, når vurderingerne er vist.
card-barred-closed = Opslaget er lukket, og vurderingen ligger fast.
card-error-relation = Vælg, hvordan du står til ansøgeren.
card-error-score = Vælg et trin.
card-error-reason = Skriv hvorfor.
card-error-break = Skriv, hvorfor vurderingerne skal vises nu.
card-error-note = Skriv, hvad udvalget er enigt om.
card-said-saved = Kladden er gemt. Kun du kan se den.
card-said-given = Din vurdering er afleveret. Den er lukket, til alle har afleveret.
card-said-shown = Din vurdering var den sidste. Alle vurderinger er vist nu.
card-said-corrected = Rettelsen er afleveret og står ved siden af den første.
card-said-related = Tak. Ansøgeren er ikke længere synlig for dig.
card-said-broken = Vurderingerne er vist for hele udvalget.
card-said-noted = Notatet er gemt.
assessment-stale = En anden har gemt imens. Hent siden igen, og prøv så igen.

# The recommendation
recommendation-title = Indstilling for { $title }
recommendation-heading = Indstilling
recommendation-lede = Samlet af udvalgets egne ord for alle, der er kaldt til samtale: kriterium, dokumentation, trin og begrundelse. Rækkefølgen er den, de søgte i. Udskriv siden, hvis den skal på papir.
recommendation-incomplete = Indstillingen er ikke færdig
recommendation-incomplete-what =
    { $count ->
        [one] Der mangler noget for 1 ansøger.
       *[other] Der mangler noget for { $count } ansøgere.
    }
recommendation-seat = Pladsen { $seat } er tom, og ingen har skrevet hvorfor.
recommendation-complete = Alt er med
recommendation-nobody = Ingen er kaldt til samtale endnu.
recommendation-missing-cards = Vurderingerne er ikke vist endnu.
recommendation-missing-criterion = Ingen har vurderet »{ $criterion }«, som jobbet skal have.
recommendation-missing-note = Udvalgets notat mangler.
recommendation-made = Lavet { $at } for { $who }.

# On other pages
board-left-out =
    { $count ->
        [one] 1 ansøger er udeladt, fordi du har erklæret en relation.
       *[other] { $count } ansøgere er udeladt, fordi du har erklæret en relation.
    }
board-narrow = Vis
board-barred-assessed = Udvalgets notat mangler. Ansøgeren kan gå videre, når vurderingerne er vist, og notatet er skrevet.
board-barred-seated = En plads i udvalget er tom. Besæt den, eller skriv på udvalgets side, hvorfor den er tom.
start-pledge = Accepter tavshedspligt
start-pledge-detail = Du sidder i udvalget for { $title }
start-pledge-verb = Åbn udvalget
start-cards =
    { $count ->
        [one] 1 ansøger mangler din vurdering
       *[other] { $count } ansøgere mangler din vurdering
    }
start-cards-verb = Vurdér
