# Svar til alle, der har søgt.
answers-title = Svar til ansøgere
answers-page-title = Svar: { $title }
answers-lede = { $count ->
    [0] Alle har fået svar, eller svaret er på vej.
    [one] Én ansøger mangler svar.
   *[other] { $count } ansøgere mangler svar.
  }
answers-lede-closed = Opslaget er lukket. Alle har fået svar.
answers-templates = Brevenes ord
answers-tasks = { $count ->
    [one] Én opgave til dig
   *[other] { $count } opgaver til dig
  }
answers-task-open = Løs
answers-task-letter = { $name }: { $todo }
answers-task-reasons = { $name } ønsker en begrundelse
answers-asked = bad om det { $when }
answers-due = Senest { $due }
answers-due-late = Skulle være givet { $due }
answers-todo-unknown = Det vides ikke, om brevet nåede frem. Spørg ansøgeren, eller se efter hos jeres mailudbyder.
answers-todo-bounced = Brevet kom retur. Ring, eller send et brev.
answers-todo-address = Ingen mailadresse. Ring, eller send et brev.
answers-todo-deferred = Mailserveren tog ikke imod i for lang tid. Ring, eller send igen.
answers-todo-words = Brevet er ændret, siden det blev læst igennem, og er ikke sendt. Svar på en anden måde.
answers-todo-refused = Mailserveren afviste brevet. Ret mailadressen, ring, eller send et brev.
answers-batches = På vej
answers-batch-open = Se brevene
answers-batch-draft = Kladde
answers-batch-preview-ok = Læst igennem
answers-batch-waiting = Venter
answers-batch-sending = Sendes
answers-batch-done = Sendt
answers-batch-cancelled = Annulleret
answers-letters = { $count ->
    [0] Ingen breve
    [one] Ét brev
   *[other] { $count } breve
  }
answers-leaves = sendes { $at }, { $ahead }
answers-written = skrevet { $at }
answers-now = nu
answers-in-minutes = { $count ->
    [one] om ét minut
   *[other] om { $count } minutter
  }
answers-in-hours = om { $count } timer
answers-in-days = om { $count } dage
answers-cancel = Annullér
answers-cancel-all = Annullér alle breve
answers-letter-queued = Venter
answers-letter-sending = Sendes
answers-letter-sent = Sendt
answers-letter-unknown = Uvist
answers-letter-failed = Kunne ikke sendes
answers-letter-bounced = Kom retur
answers-letter-delivered = Nået frem
answers-letter-handled = Svaret på anden måde
answers-letter-cancelled = Taget ud
answers-letter-left-out = Udeladt
answers-left-out-withdrawn = Ansøgeren har selv trukket ansøgningen, så brevet er ikke sendt.
answers-left-out-erased = Ansøgningen er slettet, så brevet er ikke sendt.
answers-left-out-changed = Afgørelsen er lavet om, siden brevet blev skrevet, så det er ikke sendt.
answers-tried-again = Mailserveren bad os vente. Vi prøver igen.
answers-erased = Slettet ansøger
answers-lacking = { $count ->
    [0] Ingen mangler svar
    [one] Én mangler svar
   *[other] { $count } mangler svar
  }
answers-lacking-none = Når nogen får afslag på tavlen, står de her, til brevet er skrevet.
answers-lacking-how = Vælg dem, der skal have svar nu. Du læser alle breve igennem, før noget bliver sendt.
answers-choose = Hvem skal have svar?
answers-no-address = Ingen mail
answers-no-address-will = Ingen mail: bliver til en opgave, når de andre sendes
answers-see = Se ansøgning
answers-grounds = Begrundelse:
answers-own-reason = Egen begrundelse
answers-own-reason-label = Begrundelse kun til { $name }
answers-reason = Begrundelse til dem, der ikke er afgjort endnu
answers-reason-hint = De får afslag med denne begrundelse. Den står på ansøgerens egen side og aldrig i mailen.
answers-write = Skriv og se brevene
answers-sent = Svar givet ({ $count })
answers-sent-none = Her står de, der har fået svar.
answers-close-refused = Opslaget kan ikke lukkes endnu
answers-close-unanswered = Alle, der har fået afslag, skal have svaret, før opslaget kan lukkes. Skriv brevene nedenfor, og løs de opgaver, der står her.
answers-close-missing = Det mangler: { $names }
answers-and-more = { $names } og { $count } andre
answers-mine-lede = Alle, der har søgt, har krav på et svar.
answers-mine-none = Alle har fået svar
answers-mine-none-next = Når en frist er udløbet eller nogen får afslag, står det her, til svaret er sendt.
answers-mine-ads = Mangler svar
answers-mine-write = Skriv svar
answers-oldest = { $days ->
    [0] den ældste ansøgning kom i dag
    [one] den ældste ansøgning er én dag gammel
   *[other] den ældste ansøgning er { $days } dage gammel
  }
answers-draft-next = Læs brevene igennem. Intet bliver sendt endnu.
answers-preview-next = Vælg, hvornår brevene skal sendes.
answers-waiting-next = Intet er sendt endnu. Alt kan tages tilbage.
answers-out = Tag dette brev ud
answers-approve-title = Er brevene i orden?
answers-approve-text = { $count ->
    [one] Læs brevet. Det bliver sendt, præcis som det står her.
   *[other] Læs alle { $count } breve. De bliver sendt, præcis som de står her.
  }
answers-approve = Ja, de er i orden
answers-lay-title = Hvornår?
answers-lay-when = Brevene sendes
answers-lay-soon = { $minutes ->
    [0] Med det samme
    [one] Om ét minut
   *[other] Om { $minutes } minutter
  }
answers-lay-soon-hint = Til da kan du fortryde, for alle eller for én.
answers-lay-later = På et tidspunkt, jeg vælger
answers-lay-later-hint = Ansøgerens egen side siger intet, før brevet sendes.
answers-lay-at = Tidspunkt, hvis du vælger selv
answers-lay = Sæt til afsendelse
answers-look-again = Læs dem igennem igen
answers-waiting-title = Brevene venter
answers-waiting-text = Du kan tage et enkelt brev ud eller annullere dem alle, indtil de sendes.
answers-own-page = Det ser ansøgeren
answers-own-page-text = Brevet siger, at der er svar, og har et link til ansøgerens egen side. Dér står begrundelsen, og dér kan man bede om en uddybning. Hvordan ansøgeren er vurderet, står aldrig i mailen.
answers-to = Breve til { $name }
answers-in-batch = sammen med andre
answers-server-said = Mailserveren sagde: { $words }
answers-arrived = Jeg har set, at brevet kom frem
answers-again = Send igen
answers-by-hand = Jeg har svaret på en anden måde
answers-by-hand-do = Gem, at der er svaret
answers-note = Hvad gjorde du, og hvornår?
answers-note-hint = For eksempel: Ringede den 3. december kl. 10 og gav svaret. Det står i ansøgningens historie.
answers-bounce = Brevet er kommet retur
answers-reasons-title = Ønsker en begrundelse
answers-reasons-asked = Ansøgeren bad om en begrundelse { $asked }. Den skal gives senest { $due }.
answers-reasons-given = Givet { $at }:
answers-reasons-words = Begrundelsen
answers-reasons-hint = De hovedhensyn, der lå til grund, og hvad der blev lagt vægt på. Den vises på ansøgerens egen side; mailen siger kun, at den er der.
answers-reasons-give = Giv begrundelsen
answers-lacks-letter = Ansøgeren har fået afslag og mangler et brev med svar.
answers-no-letters = Ingen breve endnu
answers-no-letters-next = Når ansøgningen er afgjort, skrives svaret fra opslagets side »Svar«.
answers-to-application = Til ansøgningen
answers-templates-title = Brevenes ord
answers-templates-lede = Ordene i breve til ansøgere. De gælder for breve, der skrives fra nu af.
answers-template-own = Jeres egne
answers-template-shipped = Som leveret
answers-template-subject = Emne
answers-template-body = Brev
answers-template-hint = Skriv felter i krølleparenteser. Brevet skal have linket til ansøgerens egen side.
answers-template-save = Gem
answers-template-reset = Tilbage til de leverede ord
answers-fields = Felter
answers-fields-hint = Et felt uden indhold stopper brevet, så ingen får et brev med huller.
answers-field-first-name = Ansøgerens fornavn
answers-field-title = Stillingens navn
answers-field-reference = Opslagets nummer
answers-field-link = Link til ansøgerens egen side
answers-field-contact-name = Kontaktpersonen i opslaget
answers-field-contact-phone = Kontaktpersonens telefon
answers-field-contact-email = Kontaktpersonens mail
answers-field-organisation = Organisationens navn
answers-field-sender = Den, der skriver brevene
answers-kind-rejection = Afslag uden samtale
answers-kind-interviewed = Afslag efter samtale
answers-kind-withdrawn = Ansøgningen er trukket
answers-kind-reasons = Begrundelsen er klar
answers-error-moved = En anden var hurtigere: det står anderledes nu. Se siden, som den er, og prøv igen.
answers-error-nobody = Vælg mindst én, der mangler et brev.
answers-error-unresolved = Feltet { $field } har intet indhold i brevet { $letter }. Skriv det i opslaget, eller tag feltet ud af brevets ord.
answers-error-related = Et af brevene er til en, du har en relation til, og det kan du ikke læse. Bed en kollega læse brevene igennem.
answers-error-other-letters = Brevene er ændret, siden du så dem. Læs dem igennem, som de står nu.
answers-error-past = Tidspunktet er passeret. Vælg et, der ligger forude.
answers-error-far = Tidspunktet ligger mere end 90 dage ude. Vælg et, der er tættere på.
answers-error-when = Skriv dato og klokkeslæt, eller vælg at sende snart.
answers-error-note = Skriv kort, hvad du gjorde, og hvornår.
answers-error-note-long = Notatet er for langt. Skriv højst 2000 tegn.
answers-error-reasons = Skriv en begrundelse på mindst 10 tegn.
answers-error-reasons-long = Begrundelsen er for lang. Skriv højst 2000 tegn.
answers-error-cpr = Teksten indeholder noget, der ligner et cpr-nummer. Tag det ud.
answers-error-unknown-field = { $field } er ikke et felt. Se listen over felter, og ret det.
answers-error-field-not-here = { $field } kan ikke bruges her. Se listen over felter, og tag det ud.
answers-error-no-link = Brevet mangler { "{" }link{ "}" }, så ansøgeren kan se begrundelsen. Sæt det ind.
answers-error-changed = En anden har ændret ordene imens. Kopiér dine, og hent siden igen.
answers-said-passed = Ikke med: { $names }. De har allerede et svar, eller en anden har ændret dem imens.
answers-said-approved = Brevene er læst igennem. Vælg, hvornår de skal sendes.
answers-said-again = Læs brevene igennem igen.
answers-said-laid = Brevene sendes { $at }. Til da kan de tages tilbage.
answers-said-cancelled = Brevene er annulleret. Intet er sendt.
answers-said-out = Brevet er taget ud.
answers-said-arrived = Noteret: brevet er nået frem.
answers-said-sent-again = Brevet sendes igen.
answers-said-by-hand = Noteret: der er svaret på en anden måde.
answers-said-bounced = Noteret: brevet kom retur.
answers-said-reasons = Begrundelsen står nu på ansøgerens egen side.
answers-said-saved = Ordene er gemt.
answers-said-reset = De leverede ord gælder igen.
