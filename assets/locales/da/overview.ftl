# Overblik over ansøgere: alle sager på én side, og ét opslags ansøgere som liste.
nav-applicants = Ansøgere
overview-lede = { $cases ->
    [0] Ingen sager i gang.
    [one] Én sag i gang,
   *[other] { $cases } sager i gang,
} { $undecided ->
    [0] alle ansøgere har et udfald.
    [one] én ansøger venter på en afgørelse.
   *[other] { $undecided } ansøgere venter på en afgørelse.
}
overview-show = Vis
overview-show-all = Alle sager
overview-show-urgent = Det, der haster
overview-narrow = Vis
overview-all = Vis alle sager
overview-more = Der er flere sager, end siden kan tælle
overview-more-next = Den viser 1.000 af dem. Vælg en enhed for at se resten.
overview-none-found = Intet haster
overview-none-found-next = Ingen har stået for længe, ingen er kommet for sent, og ingen mangler svar efter fristen.
overview-none = Ingen sager i gang
overview-none-next = Når et opslag er åbnet, står det her, til det er lukket.
overview-col-unanswered = Uden afgørelse
overview-col-decided = Afgjort
overview-col-all = I alt
overview-held-back = { $count } for sent
overview-too-long = { $count } over { $days ->
    [one] én dag
   *[other] { $days } dage
}
overview-untold = { $count } uden svar
overview-total = I alt
overview-open-for = { $days ->
    [0] Åbnet i dag
    [one] Åben i én dag
   *[other] Åben i { $days } dage
}
overview-board = Tavle
overview-as-board = Vis som tavle
overview-as-list = Vis som liste
overview-list-lede = { $all ->
    [0] Ingen har søgt endnu.
    [one] Én ansøger,
   *[other] { $all } ansøgere,
} { $all ->
    [0] { "" }
   *[other] { $undecided } uden afgørelse, { $slow } har stået i deres trin i mere end { $days ->
        [one] én dag.
       *[other] { $days } dage.
    }
}
overview-deadline = Frist { $at }, { $left }.
overview-search = Indsnævr listen
overview-name = Navn
overview-sort = Rækkefølge
overview-sort-waited = Længst i trin
overview-sort-newest = Nyeste
overview-sort-oldest = Ældste
overview-sort-name = Navn
overview-steps = Trin
overview-marks = Kun dem, der
overview-mark-unanswered = mangler afgørelse eller svar
overview-mark-too-long = har stået over { $days ->
    [one] én dag
   *[other] { $days } dage
}
overview-mark-late = kom for sent
overview-mark-papers = har noget om filerne
overview-all-applicants = Vis alle ansøgere
overview-shown = { $found } af { $all } ansøgere
overview-nobody = Ingen har søgt endnu
overview-nobody-next = De står her, så snart de har søgt.
overview-nobody-found = Ingen passer
overview-nobody-found-next = Slå noget af det fra, du har valgt ovenfor.
overview-col-applicant = Ansøger
overview-col-received = Modtaget
overview-col-step = Trin
overview-col-waits = Venter på
overview-col-look = Bemærk
overview-decided = Afgjort { $at }
overview-waits-admission = Jer: skal den tages med?
overview-waits-reading = Jer: skal læses
overview-waits-assessing = Udvalget: vurdering
overview-waits-interview = Udvalget: samtale
overview-waits-applicant = Ansøgeren: svar på tilbud
overview-waits-nobody = Ingen
overview-waits-answer = Jer: svar mangler
