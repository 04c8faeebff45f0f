# Corrections
correction-title = Ret det, der hænger: { $title }
correction-lede = For hver kanal: hvad der står nu, hvad der kommer til at stå, og hvad kanalen kan. Intet ændres, før du trykker.
correction-open = Ret det, der hænger
correction-see = Se opslagene, og ret dem
correction-see-wish = Se rettelsen
correction-none = Her hænger ikke noget
correction-none-hint = Opslagene er taget ned, eller de er ikke gået ud endnu. Det, der venter, rettes på sin egen side i køen.
correction-misfits = Opslag, der ikke længere passer
correction-misfit = { $count ->
    [one] 1 opslag hænger, som det blev skrevet, før det blev ændret.
   *[other] { $count } opslag hænger, som de blev skrevet, før det blev ændret.
}
correction-differs-deadline = Frist: { $was } → { $is }
correction-differs-title = Titel: »{ $was }« → »{ $is }«
correction-not-found = Det gamle står ikke i teksten på en måde, vi kan genkende. Læs efter: ret teksten, eller lad opslaget stå.
correction-way-in-place = { $channel } lader teksten rette, hvor den står. Billeder, film og link bliver.
correction-way-anew = { $channel } lader ingen rette. Opslaget tages ned, og et nyt går ud med den nye tekst. Klik og læsere bliver talt ved det gamle.
correction-way-by-hand = { $channel } kan ikke rettes herfra. Et menneske retter det dér med teksten herfra og siger til.
correction-asks = Teksten skal godkendes først.
correction-asks-anew = Det nye skal godkendes, før det går ud. Det gamle kommer ned med det samme, så imens hænger der intet.
correction-stands = Står der nu
correction-stands-on = Opslaget, som det står på { $channel }
correction-would-stand = Kommer til at stå
correction-will-stand = Kommer til at stå
correction-field-title = Titel på { $channel }
correction-field-text = Tekst på { $channel }
correction-preview = Se, hvordan det kommer til at se ud
correction-choose = Ret på { $channel }
correction-leave = Lad det stå på { $channel }
correction-do = Ret de valgte
correction-show = Vis, hvordan det ser ud
correction-note = Besked til den, der har skrevet
correction-binds = Du godkender præcis den tekst, du ser her. Rettes den bagefter, skal den godkendes igen.
correction-past = { $count ->
    [one] 1 tidligere rettelse
   *[other] { $count } tidligere rettelser
}
correction-entry = Rettelse af det, der hænger · { $who }
correction-state-waits = Venter på godkendelse
correction-state-ready = Bliver rettet
correction-state-sending = Bliver rettet
correction-state-by-hand = Rettes af et menneske
correction-state-done = Rettet
correction-state-refused = Afvist af kanalen
correction-state-gone = Opslaget er væk
correction-state-dropped = Droppet
correction-state-left = Står, som det er
correction-state-anew = Afløser et opslag, der er taget ned
correction-now-waits = Den gamle tekst står, til denne er godkendt.
correction-now-ready = Teksten bliver skiftet om lidt.
correction-now-later = Der prøves igen { $time }. At sige det samme to gange gør ingen forskel.
correction-now-by-hand = Kopiér teksten, ret opslaget på { $channel }, og sæt kryds, når den nye tekst står der.
correction-now-package = Den, der slår op dér, har fået besked og siger til, når teksten er rettet.
correction-why-superseded = En nyere rettelse har taget dens plads.
correction-why-taken-down = Opslaget blev taget ned imens.
correction-why-gone-upstream = Opslaget findes ikke længere på kanalen. Tag det også ned her, så det ikke tæller som udgivet.
correction-why-cannot-edit = Kanalen kan ikke rette dette opslag herfra. Ret det dér, eller tag det ned.
correction-why-rejected = Den, der godkender, sagde nej.
correction-why-person = Nogen ville ikke have den alligevel.
correction-why-restored = Opslag er gendannet fra en sikkerhedskopi, og teksten kan være rettet siden. Se efter på kanalen, før du retter noget.
correction-error-none = Sæt kryds ved mindst ét opslag.
correction-error-same = Teksten er den samme, som den der står. Skriv noget andet, eller fjern krydset.
correction-error-changed = Opslaget er rettet, siden siden blev åbnet. Her er det, som det står nu.
correction-error-sending = En rettelse er på vej til kanalen. Vent et øjeblik, og prøv igen.
correction-said-going = { $count ->
    [one] 1 opslag bliver rettet.
   *[other] { $count } opslag bliver rettet.
}
correction-said-by-hand = { $count ->
    [one] 1 opslag skal rettes af et menneske.
   *[other] { $count } opslag skal rettes af et menneske.
}
correction-said-anew = { $count ->
    [one] 1 opslag bliver taget ned og afløst af et nyt.
   *[other] { $count } opslag bliver taget ned og afløst af nye.
}
correction-said-waiting = { $count ->
    [one] 1 tekst skal godkendes først.
   *[other] { $count } tekster skal godkendes først.
}
correction-said-left = Opslaget bliver stående, som det er.
correction-said-approved = Godkendt. Teksten bliver rettet nu.
correction-said-turned-down = Rettelsen er afvist, og den, der skrev den, får besked. Den gamle tekst står.
correction-said-done = Tak. Den nye tekst står der nu.
correction-said-forgotten = Rettelsen er droppet. Den gamle tekst står.
correction-forget = Drop rettelsen
correction-task = Ret teksten
correction-task-what = Fristen, titlen eller ordene er ændret. Sæt den nye tekst ind på { $place } i stedet for den gamle, og sig til her.
correction-task-done = Teksten er rettet
correction-new-text = Den nye tekst
correction-new-title = Den nye titel
correction-letter-by-hand-subject = Ret teksten på { $account }
correction-letter-by-hand = »{ $title }« på { $account } skal have en anden tekst. Kanalen kan ikke rettes herfra, så det gøres med hånden: Teksten står klar til at kopiere her.
correction-letter-over-subject = Rettelsen på { $account } blev ikke til noget
correction-letter-gone = »{ $title }« på { $account } skulle rettes, men opslaget findes ikke længere dér. Tag det også ned her.
correction-letter-rejected = Den, der godkender, sagde nej til den nye tekst til »{ $title }« på { $account }. Den gamle tekst står.
correction-letter-refused = { $account } ville ikke tage den nye tekst til »{ $title }«. Den gamle tekst står. Ret den, og prøv igen.
delivery-did-comment = { $channel } tog imod den første kommentar.
delivery-did-comment-no = { $channel } afviste den første kommentar.
delivery-did-comment-broken = Maskinen stoppede, mens den første kommentar blev skrevet.
delivery-did-comment-unknown = Den første kommentar blev sendt, men { $channel } svarede ikke.
delivery-did-person-comment-there = Et menneske så, at den første kommentar står der.
delivery-did-person-comment-absent = Et menneske så, at den første kommentar ikke står der.
delivery-did-person-comment-gone = Et menneske fjernede den første kommentar.
delivery-did-edit = { $channel } har skiftet teksten
delivery-did-edit-gone = Teksten skulle rettes, men opslaget var væk
delivery-did-edit-no = { $channel } ville ikke skifte teksten
delivery-did-edit-broken = Var ved at skifte teksten, da programmet stoppede
delivery-did-edit-unknown = Uvist, om { $channel } skiftede teksten
delivery-did-person-corrected = Et menneske sagde, at teksten er rettet
proof-kind-commented = Første kommentar
proof-kind-corrected = Andre ord står der
