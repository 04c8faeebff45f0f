# Hjælp til indhold: enheder beder kommunikation om hjælp.
support-title = Hjælp til indhold
support-lede-unit = Bed kommunikation om en film, billeder, en tekst eller hjælp til at slå op. Her kan du følge, hvor langt det er.
support-lede-queue = { $count ->
    [0] Ingen ønsker venter på at blive taget.
    [one] Ét ønske venter på at blive taget.
   *[other] { $count } ønsker venter på at blive taget.
  }
support-ask = Bed om hjælp
support-ask-lede = Det tager to minutter. Kommunikation svarer dig her og på mail.
support-numbers = Se tallene
support-none = Ingen ønsker endnu
support-none-next = Når nogen beder om hjælp, står det her.
support-section-asked = Kommunikation spørger dig ({ $count })
support-section-new = Venter på at blive taget ({ $count })
support-section-mine = Hos dig ({ $count })
support-section-question = Venter på enhedens svar ({ $count })
support-section-others = Hos kolleger ({ $count })
support-section-open = I gang ({ $count })
support-section-over = Afsluttet ({ $count })
support-take = Tag den
support-open = Åbn
support-with = Hos { $who }
support-asked = { $days ->
    [0] i dag
    [one] i går
   *[other] for { $days } dage siden
  }
support-wished = Ønskes senest { $day }
support-wished-soon = Ønskes senest { $day }: snart
support-wished-late = Skulle være klar { $day }
support-help-film = Film
    .hint = Vi kommer ud og filmer, eller vi klipper det, I selv har optaget.
support-help-picture = Billeder
    .hint = Vi tager nye billeder, eller vi gør jeres egne klar.
support-help-text = Tekst
    .hint = Vi skriver, eller vi retter jeres udkast til.
support-help-adapt = Tilpas til strategien
    .hint = Det, I har, skal passe til målgruppe, tone og kanaler.
support-help-publish = Slå op for os
    .hint = I har indholdet. Vi sørger for, at det kommer ud.
support-state-new = Ny
support-state-taken = Taget
support-state-question = Spørgsmål til enheden
support-state-delivered = Leveret
support-state-declined = Afvist
support-state-cancelled = Annulleret
support-line-take = har taget opgaven
support-line-release = har lagt opgaven tilbage i køen
support-line-ask = spørger
support-line-answer = svarer
support-line-deliver = har leveret
support-line-decline = har afvist ønsket
support-line-cancel = har annulleret ønsket
support-thing-story = Historie
support-thing-posting = Jobopslag
support-thing-publication = Opslag på kanaler
support-thing-asset = Fil i mediebiblioteket
support-about-free = Ikke noget bestemt
support-about-ad = Jobopslag: { $title }
support-about-story = Historie: { $title }
support-field-help = Hvad har I brug for?
support-field-title = Hvad handler det om?
support-field-title-hint = Kort, for eksempel »Aftenvagter på Plejecenter Nord«.
support-field-words = Fortæl lidt mere
support-field-words-hint = Hvem skal se det, og hvad skal de gøre? Skriv gerne et udkast.
support-field-files = Billeder og film fra telefonen
support-field-files-hint = De lægges i enhedens mediebibliotek.
support-field-day = Hvornår skal det senest være klart?
support-field-day-hint = Lad feltet stå tomt, hvis det ikke haster.
support-field-about = Hører det til et jobopslag eller en historie?
support-for-unit = Du beder om hjælp for { $unit }.
support-send = Send ønsket
support-files-kept = Filer, der er kommet med
support-file-film = film
support-fact-help = Ønsker
support-fact-about = Handler om
support-fact-asked = Spurgt af
support-fact-holder = Ligger hos
support-unsent = Det, du skrev, blev ikke sendt
support-stands = Status
support-conversation = Samtale
support-delivered = Det er leveret
support-write = Skriv en besked
support-write-do = Send besked
support-answer = Dit svar
support-answer-hint = Kommunikation venter på det, før de kan gå videre.
support-answer-do = Send svar
support-release = Læg tilbage i køen
support-cancel = Annuller ønsket
support-question-title = Spørg enheden
support-question = Spørgsmål
support-question-hint = Den, der har bedt om hjælp, får det på mail. Opgaven bliver hos dig.
support-question-do = Send spørgsmål
support-deliver-title = Lever
support-deliver-things = Hvad leverer du?
support-deliver-things-hint = Det seneste i enheden. Sæt kryds ved et eller flere.
support-deliver-address = Eller indsæt en adresse
support-deliver-address-hint = Adressen på en historie, et jobopslag, en fil eller et opslag til godkendelse her i Opslag.
support-deliver-files = Eller læg det færdige op her
support-deliver-files-hint = Filerne lægges i enhedens mediebibliotek.
support-deliver-note = Et par ord til enheden
support-deliver-hours = Timer brugt
support-deliver-hours-hint = For eksempel 2,5. Kun kommunikation ser det.
support-deliver = Lever
support-decline = Afvis ønsket
support-reason = Hvorfor?
support-reason-hint = Skriv også, hvad enheden kan gøre i stedet. De får det på mail.
support-decline-do = Afvis
support-spent = { $hours } timer brugt.
support-said-asked = Ønsket er sendt. Du får en mail, når nogen tager det.
support-said-taken = Opgaven er din. Enheden får besked.
support-said-released = Opgaven ligger i køen igen.
support-said-question = Spørgsmålet er sendt.
support-said-declined = Ønsket er afvist. Enheden får besked med begrundelsen.
support-said-cancelled = Ønsket er annulleret.
support-said-written = Sendt.
support-said-delivered = Leveret. Enheden får besked.
support-error-title = Skriv kort, hvad det handler om.
support-error-help = Vælg, hvad I har brug for.
support-error-about = Jobopslaget eller historien findes ikke længere. Vælg noget andet.
support-error-day = Vælg en dag fra i dag og højst to år frem.
support-error-cpr = Der står noget, som ligner et cpr-nummer. Fjern det.
support-error-hours = Skriv timerne som et tal, for eksempel 2,5.
support-error-address = Adressen fører ikke til noget her i Opslag. Åbn det, du vil levere, og kopier adressen derfra.
support-error-elsewhere = Det ligger ikke i enheden, så de kan ikke åbne det. Vælg noget, der ligger dér, eller læg filen op her.
support-error-nothing = Sæt kryds ved det, du leverer, indsæt en adresse, eller læg en fil op.
support-error-taken = { $who } tog opgaven lige før dig.
support-error-moved = Ønsket er kommet videre, siden du åbnede siden. Se, hvor det står nu.
support-letter-taken-subject = Taget: { $title }
support-letter-taken = { $who } har taget jeres ønske »{ $title }« og går i gang.
support-letter-asked-subject = Spørgsmål om: { $title }
support-letter-asked = { $who } har et spørgsmål om jeres ønske »{ $title }«. Svar på siden, så går arbejdet videre.
support-letter-delivered-subject = Leveret: { $title }
support-letter-delivered = { $who } har leveret det, I bad om i »{ $title }«.
support-letter-declined-subject = Afvist: { $title }
support-letter-declined = { $who } kan ikke hjælpe med »{ $title }«. Begrundelsen er:
support-letter-due-subject = { $count ->
    [one] Et ønske om hjælp haster
   *[other] { $count } ønsker om hjælp haster
  }
support-letter-due = { $count ->
    [one] Et ønske fra en enhed skal snart være klart, og ingen har taget det:
   *[other] { $count } ønsker fra enhederne skal snart være klar, og ingen har taget dem:
  }
support-letter-wish = { $title }, senest { $day }
support-letter-count-subject = { $count ->
    [one] Et nyt ønske om hjælp
   *[other] { $count } nye ønsker om hjælp
  }
support-letter-count = { $fresh ->
    [one] Der er kommet et nyt ønske fra enhederne.
   *[other] Der er kommet { $fresh } nye ønsker fra enhederne.
  } I alt venter { $all } på at blive taget.
support-start-asked = Kommunikation spørger om »{ $title }«
support-start-asked-detail = De venter på dit svar, før de kan gå videre.
support-start-asked-verb = Svar
support-start-new = { $count ->
    [one] Et ønske om hjælp til indhold
   *[other] { $count } ønsker om hjælp til indhold
  }
support-start-new-detail = { $soon ->
    [0] Ingen har taget dem endnu.
    [one] Ingen har taget dem endnu. Ét haster.
   *[other] Ingen har taget dem endnu. { $soon } haster.
  }
support-start-new-verb = Se køen
support-numbers-title = Hvor hurtigt får enhederne svar?
support-numbers-lede = { $answered } af { $all } svar kom inden for { $days } dage i det seneste år.
support-numbers-none = Når enhederne har bedt om hjælp, står det her, hvor hurtigt de fik svar.
support-numbers-basis = Ønsker fra det seneste år. Et svar er leveret eller afvist. Dage tælles i kalenderdage fra den dag, der blev spurgt.
support-days-same = Samme dag
support-days-two = 1–2 dage
support-days-five = 3–5 dage
support-days-ten = 6–10 dage
support-days-more = Over 10 dage
support-days = { $days ->
    [one] 1 dag
   *[other] { $days } dage
  }
support-chart-days = Dage til svar
support-chart-units = Halvdelen fik svar inden for
support-table = Hjælp efter enhed
support-count-asked = Ønsker
support-count-open = Venter
support-count-delivered = Leveret
support-count-declined = Afvist
support-count-cancelled = Annulleret
support-count-in-time = Svar inden { $days } dage
support-count-median = Halvdelen inden (dage)
support-count-hours = Timer
