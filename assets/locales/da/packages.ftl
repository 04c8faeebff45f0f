# Places without an API, and the person who posts there
package-kind = Udgivelsespakke
package-what = Steder, hvor kun et menneske kan slå noget op.
package-needs = En kollega, der slår op.
package-offer = Steder uden forbindelse
package-offer-lede = Nogle steder lader intet program slå noget op. Så laver Opslag en pakke med tekst, billeder, link og QR-kode, og en kollega slår op og siger til, når det er gjort. Klik og ansøgere tælles som på de andre kanaler.
package-choose = Tilføj
package-connect = Tilføj et sted uden forbindelse
package-connect-lede = Opslag laver en pakke, når det er tid. En kollega slår den op.
package-change = Ret { $name }
package-change-do = Ret stedet
package-step-place = Beskriv stedet
package-place = Stedet
package-name = Hvad hedder stedet
package-name-hint = Som I selv siger det, for eksempel »SOSU-gruppen i Fjordby« eller »Fjordby Avis«. Navnet står i kalenderen og i tallene.
package-sort = Hvad er det for et sted
package-sort-linkedin-member = LinkedIn i eget navn
package-sort-facebook-group = Facebook-gruppe
package-sort-dialognet = Dialognet
package-sort-local-paper = Lokalavis
package-sort-other = Et andet sted
package-what-linkedin-member = En leder eller kollega deler jobbet i sit eget navn.
package-what-facebook-group = En lokal gruppe eller en faggruppe, som en kollega er med i.
package-what-dialognet = Kommunens eget net for ansatte.
package-what-local-paper = En annonce i avisen, med QR-kode og et billede i fuld størrelse.
package-what-other = Opslagstavle, nyhedsbrev, skole eller hvad I ellers bruger.
package-address = Adresse
package-address-hint = Linket til gruppen, siden eller avisens indlevering, hvis der er et.
package-person = Hvem slår op
package-person-hint = Får et brev, når pakken er klar, og bliver mindet om den på hverdage. Hun eller han logger ind og siger til, når det er slået op.
package-lead = Hverdage før
package-lead-hint = Hvor mange hverdage før udgivelsen pakken skal være fremme, 0 til { $max }. En avis har tit brug for tre.
package-lead-is = { $count ->
    [0] Pakken laves, når det er tid
    [one] Pakken laves 1 hverdag før
   *[other] Pakken laves { $count } hverdage før
}
package-keep = Gem stedet
package-said-kept = { $name } er gemt. Det kan vælges, når et jobopslag udgives.
package-how = Sådan foregår det
package-how-made = Når tiden er inde, laver Opslag pakken: teksten, linket med QR-kode, billeder og film i de mål, stedet bruger.
package-how-letter = Kollegaen får et brev med link til pakken.
package-how-word = Opslaget står først som udgivet, når kollegaen har sagt, at det er slået op.
package-how-counted = Linket er stedets eget, så I kan se, hvor mange der kom derfra og søgte.
package-works = { $person } får pakken og slår op på { $place }. Opslaget står først som udgivet, når { $person } har sagt til.
package-end-what = Der bliver ikke lavet flere pakker til stedet, og planlagte opslag dertil bliver annulleret. Det, der allerede er slået op, bliver stående.
package-error-name-long = Navnet er for langt. Skriv det med højst 60 tegn.
package-error-name-taken = Der er allerede et sted med det navn. Vælg et andet, så de kan kendes fra hinanden i tallene.
package-error-address = Adressen kan ikke bruges, som den står. Kopiér den fra browseren, eller lad feltet stå tomt.
package-error-person = Vælg en kollega, der kan logge ind.
package-error-lead = Skriv et helt tal fra 0 til 20.

# The files of a package
package-file-text = tekst
package-file-picture = billede
package-file-alt = billedbeskrivelser
package-shape-whole = helt
package-shape-square = kvadrat
package-shape-wide = bredt
package-alt-picture = Billede
package-alt-film = Film

# One package
package-title = Slå op: { $place }
package-title-remove = Tag ned: { $place }
package-who-when = { $name } · { $when }
package-nobody = Ingen
package-heading = Pakken
package-heading-what = Opslaget slås op på { $place } af en kollega. Pakken har alt, hvad der skal bruges.
package-open = Åbn pakken
package-done = Sådan gik det
package-done-posted = Slået op. Meldt { $when }.
package-done-seen = Bragt på { $place } den { $date }. Meldt { $when }.
package-done-removed = Taget ned. Meldt { $when }.
package-done-photo = Billede af opslaget, som en kollega har taget
package-stopped = Slå det ikke op
package-stopped-over = Jobopslaget er lukket, eller fristen er gået. Er det allerede slået op, så sig det her, så det kan tages ned igen.
package-stopped-wish = En kollega har annulleret opslaget. Er det allerede slået op, så sig det her, så det kan tages ned igen.
package-not-yet = Pakken er ikke lavet endnu
package-not-yet-when = Den er planlagt til { $when }. Du får et brev, når den er klar. Teksten kan du se nu.
package-remove = Tag opslaget ned
package-remove-what = Opslaget skal ikke stå på { $place } mere. Slet det dér, og sig til her. Er det trykt i en avis, så sig bare til.
package-remove-done = Det er taget ned
package-open-place = Åbn { $place }
package-step-text = Kopiér teksten
package-text = Teksten, som den skal sættes ind
package-copy-text = Kopiér teksten
package-copy-by-hand = Markér teksten, og kopiér den.
package-copied = Kopieret
package-step-files = Hent billeder og film
package-alt = Beskrivelse af billedet til dem, der ikke ser det
package-copy-alt = Kopiér beskrivelsen
package-zip = Hent alt i én fil ({ $size })
package-more-files = QR-kode, film og undertekster hver for sig
package-piece-picture = { $width } × { $height }
package-piece-film = Filmen
package-piece-captions = Undertekster ({ $name })
package-piece-qr-print = QR-kode til tryk (SVG)
package-piece-qr-screen = QR-kode som billede (PNG)
package-step-post = Slå det op på { $place }
package-step-post-what = Sæt teksten ind, og tilføj billederne.
package-step-said = Sig til, når det er gjort
package-step-said-stopped = Er det slået op
package-link = Link til opslaget
package-link-hint = Kopiér adressen fra { $place }, og sæt den ind her.
package-no-link = Der er ikke noget link
package-no-link-tick = Det kan ikke findes på nettet
package-no-link-hint = For eksempel en annonce i en avis eller et opslag på en tavle.
package-on = Hvilken dag kom det
package-photo = Billede af det
package-photo-hint = Tag et foto af annoncen eller opslaget, hvis du kan.
package-posted = Det er slået op
package-not-posted = Det bliver ikke slået op
package-why = Hvorfor ikke
package-why-hint = Den, der har planlagt det, ser det.
package-not-posted-do = Meld det tilbage
package-stopped-not = Nej, det er ikke slået op
package-link-heading = Linket
package-link-why = Brug netop dette link. Så kan vi tælle, hvem der kom herfra.
package-copy-link = Kopiér linket
package-qr = QR-kode, der fører til { $link }
package-said-posted = Tak. Opslaget står som udgivet.
package-said-not-posted = Tak. Opslaget står som annulleret.
package-said-gone = Tak. Opslaget står som taget ned.
package-said-asked = Kollegaen får besked om ikke at slå det op. Når kollegaen har svaret, står det her.
package-error-proof = Sæt linket ind. Er der ikke noget link, så åbn »Der er ikke noget link«, og skriv dagen.
package-error-on = Vælg den dag, det kom.
package-error-on-ahead = Den dag er ikke kommet endnu. Sig til, når det er trykt eller slået op.
package-error-on-before = Den dag ligger før, opslaget blev planlagt. Se efter i kalenderen.
package-error-why = Skriv kort hvorfor, så den, der har planlagt det, kan gøre noget andet.
package-error-why-long = Skriv det kortere, højst 300 tegn.
package-error-photo-large = Billedet fylder for meget. Gem det mindre, og vælg det igen.

# In the queue and the calendar
delivery-state-handed = Skal slås op
delivery-state-overdue = Forsinket: skal slås op
delivery-did-hand = Pakken blev lavet og lagt hos en kollega.
delivery-did-hand-no = Pakken kunne ikke laves.
delivery-did-hand-broken = Vi blev afbrudt, mens vi lavede pakken. Intet blev synligt.
delivery-did-person-posted = En kollega har slået det op på { $channel }.
delivery-did-person-not-posted = En kollega slog det ikke op.
delivery-why-not-posted = Det blev ikke slået op: »{ $words }«
package-with = Ligger hos { $name }.
package-with-not = { $name } er bedt om ikke at slå det op.
package-with-nobody = Ingen har den. Ret stedet under Kanaler.
package-now-reminds = Vi minder om det { $time }.
package-now-removing = En kollega er bedt om at tage det ned. Vi minder om det { $time }.
package-late-title = { $count ->
    [one] Et opslag hos en kollega er forsinket
   *[other] { $count } opslag hos kolleger er forsinkede
}
publish-class-by-hand = En kollega slår det op og siger til.
channels-safety-by-hand = Intet bliver sendt. En kollega slår op, og kun kollegaens ord gør opslaget udgivet.
channels-limit-pictures-any-size = Højst { $count }

# Letters
package-letter-post-subject = Slå op på { $place }: »{ $title }«
package-letter-post-what = Pakken til { $place } er klar: teksten til »{ $title }«, billederne og linket. Det er planlagt til { $when }. Åbn den på telefonen eller computeren; det tager et par minutter:
package-letter-again-subject = Husk { $place }: »{ $title }«
package-letter-again-what = »{ $title }« skal slås op på { $place }. Det er planlagt til { $when }, og vi har ikke hørt, om det er gjort. Pakken ligger her:
package-letter-late-subject = Forsinket på { $place }: »{ $title }«
package-letter-late-what = »{ $title }« skulle have været på { $place } { $when }, og ingen har sagt, om det er gjort. Pakken ligger her:
package-letter-stop-subject = Slå det ikke op: »{ $title }« på { $place }
package-letter-stop-what = »{ $title }« skal alligevel ikke slås op på { $place } (det var planlagt til { $when }). Sig på siden, om det allerede er sket:
package-letter-remove-subject = Tag ned fra { $place }: »{ $title }«
package-letter-remove-what = »{ $title }« skal ikke stå på { $place } mere (det var planlagt til { $when }). Slet det, og sig til her:
package-letter-then = Når det er gjort, så sæt linket ind på siden. Bliver det ikke til noget, så skriv hvorfor. Opslaget står først som udgivet, når du har sagt til.
package-letter-then-gone = Når det er væk, så tryk på »Det er taget ned«.
