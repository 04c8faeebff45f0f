# What waits for me
start-title = Start
start-good-morning = Godmorgen, { $name }
start-good-day = Goddag, { $name }
start-good-evening = God aften, { $name }
start-today = I dag er det { $day } den { $date }, uge { $week }.
start-count = { $count ->
    [0] Intet venter på dig.
    [one] Der er 1 ting, der venter på dig.
   *[other] Der er { $count } ting, der venter på dig.
}
start-new = Nyt jobopslag
start-waiting = Hvad venter på mig
start-nothing = Intet venter
start-nothing-next = Når noget kræver dig, står det her.
start-lost = Forbindelsen til { $handle } virker ikke
start-lost-detail = Planlagte opslag dertil går først ud, når kontoen er forbundet igen.
start-lost-verb = Forbind igen
start-passed = { $count ->
    [one] 1 ansøger mangler svar på { $title }
   *[other] { $count } ansøgere mangler svar på { $title }
}
start-answers = { $count ->
    [one] Et svar til en ansøger venter på dig
   *[other] { $count } svar til ansøgere venter på dig
}
start-answers-detail = Et brev nåede ikke frem, eller nogen ønsker en begrundelse.
start-answers-verb = Løs
start-passed-detail = { $unit }. Fristen er udløbet.
start-passed-verb = Se ansøgere
start-read = Læs ansøgningerne til { $title }
start-read-detail = { $unit }. Du sidder i udvalget.
start-read-verb = Læs
start-draft = Kladde: { $title }
start-draft-detail = { $unit }. Jobopslaget er ikke åbnet endnu.
start-draft-verb = Skriv videre
start-ahead = De næste 14 dage
start-ahead-nothing = Ingen frister.
start-deadline-of = Frist: { $title }
start-mine = Mine jobopslag
start-mine-table = Mine jobopslag som tabel
start-all = Vis alle ({ $count })
start-job = Stilling
start-applicants = Ansøgere
start-state = Tilstand
start-deadline = Frist
start-no-deadline = Ingen frist endnu
start-state-draft = Kladde
start-state-open = Åbent
start-state-passed = Fristen er udløbet
start-state-closed = Afsluttet
start-days-left = { $count ->
    [0] under et døgn tilbage
    [one] om 1 dag
   *[other] om { $count } dage
}
start-days-ago = { $count ->
    [0] udløbet inden for det seneste døgn
    [one] udløbet for 1 dag siden
   *[other] udløbet for { $count } dage siden
}
start-counts = Tal for jobopslag
start-running = Sådan har tjenesten det
start-jobs-waiting = Opgaver i kø
start-jobs-late = Opgaver, der burde være kørt
start-jobs-buried = Opgaver, der er opgivet
start-see-log = Se loggen
start-post = Slå op på { $place }
start-post-detail = Planlagt til { $when }. Pakken ligger klar.
start-post-late = Skulle have været oppe { $when }.
start-correct = Ret teksten på { $place }
start-remove = Tag ned fra { $place }
start-post-verb = Åbn pakken
