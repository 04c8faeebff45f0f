# What goes out within seven days
preflight-title = Forhåndstjek
preflight-open = Forhåndstjek
preflight-lede = Alt, hvad der går ud de næste syv dage, og hvad der ville holde det tilbage. Vi ser efter igen et døgn og en time før.
preflight-empty = Intet går ud de næste syv dage
preflight-empty-hint = Planlæg noget fra et jobopslag, så står det her.
preflight-sum = Opgørelse
preflight-sum-red = går ikke ud, som det står
preflight-sum-yellow = bør ses efter
preflight-sum-green = { $count ->
    [one] er klar
   *[other] er klar
}
preflight-green = Klar
preflight-yellow = Se efter
preflight-red = Går ikke ud
preflight-fix = Ret det
preflight-held = Det er sat på pause. Lad det gå videre, hvis det skal ud.
preflight-paused = Alt er sat på pause. Slut pausen, hvis det skal ud.
preflight-account-gone = Kontoen er ikke længere forbundet. Forbind den igen, eller vælg en anden.
preflight-account-lost = { $account } har mistet forbindelsen. Forbind kontoen igen.
preflight-account-unwell = { $account } svarede ikke, som den skal, sidst vi så efter. Vi prøver selv igen.
preflight-token-shut = Adgangen til { $account } kan ikke åbnes. Forbind kontoen igen.
preflight-token-ends = Adgangen til { $account } udløber { $day }, før opslaget skal ud. Forbind kontoen igen inden da.
preflight-token-near = Adgangen til { $account } udløber { $day }. Forbind kontoen igen, når du er ved den.
preflight-right = { $account } mangler retten »{ $right }«. Forbind kontoen igen, og sig ja til den.
preflight-version-over = Kanalen lukker den udgave af sin forbindelse, vi bruger, { $day }, før opslaget skal ud. Sig det til it-driften.
preflight-version-near = Kanalen lukker den udgave af sin forbindelse, vi bruger, { $day }. Sig det til it-driften.
preflight-nobody-posts = Den kollega, der slår op på { $account }, kan ikke logge ind mere. Vælg en anden.
preflight-short-notice = { $account } skal have pakken flere hverdage før, end der er til. Ring, og hør, om de kan nå det.
preflight-budget = { $account } må højst sende { $max } opslag på den tid, og der er planlagt { $count }. Flyt nogle af dem.
preflight-ad-over = Jobopslaget er lukket, eller fristen er gået. Åbn det igen, eller annullér udsendelsen.
preflight-story-archived = Historien er lagt væk. Tag den frem igen, eller annullér udsendelsen.
preflight-story-internal = Historien er kun for kolleger, så den må ikke på åbne kanaler.
preflight-story-incomplete = Historien er ikke klar: noget mangler, eller den er en kladde igen. Se listen på dens side.
preflight-ad-internal = Jobopslaget er kun til interne ansøgere, så det må ikke på åbne kanaler.
preflight-ad-deadline = Fristen er gået, når opslaget skal ud. Flyt udsendelsen frem, eller forlæng fristen.
preflight-ad-incomplete = Der mangler noget i jobopslaget. Se listen på opslagets side.
preflight-link = Sporingslinket fører ingen steder hen. Annullér udsendelsen, og lav en ny.
preflight-link-uncounted = Sporingslinket tæller ikke mere. Annullér udsendelsen, og lav en ny, hvis klikkene skal tælles.
preflight-media-gone = Et billede er slettet fra biblioteket, siden opslaget blev lavet. Lav udsendelsen igen uden det.
preflight-media-alt = »{ $name }« har ingen beskrivelse i opslaget. Beskriv billedet, og lav udsendelsen igen.
preflight-media-stale = »{ $name }« er skiftet ud, siden beskrivelsen blev skrevet. Læs den igen.
preflight-media-missing = »{ $name }« mangler noget, før den må ud. Ret den under Medier.
preflight-letter-subject = { $count ->
    [one] Et planlagt opslag går ikke ud, som det står
   *[other] { $count } planlagte opslag går ikke ud, som de står
}
preflight-letter-what = Vi har set efter før udsendelsen og fundet noget, du kan nå at rette:
# The proof of one delivery
proof-title = Bevis
proof-open = Se beviset
proof-of = Bevis: { $title } på { $place }
proof-lede = Hvad der skete, linje for linje. Hver linje er bundet til den før, så ingen kan ændre noget bagefter, uden at det ses.
proof-whole = Kæden er hel
proof-whole-what = { $count ->
    [one] 1 linje, og den passer.
   *[other] { $count } linjer, og hver passer til den før.
}
proof-broken = Kæden er brudt
proof-broken-what = Linje { $number } passer ikke. Nogen har ændret noget uden om Opslag. Sig det til it-driften, og sammenlign med en sikkerhedskopi.
proof-none = Udsendelsen er fra før, der blev ført bevis.
proof-json = Hent som JSON
proof-hash = Sum
proof-lines = Linjerne i beviset
proof-how = Sådan efterprøves det
proof-how-1 = Tag linjens forrige sum, nummer, tidspunkt i mikrosekunder, slags og indhold, hver fulgt af et nulbyte, i den rækkefølge.
proof-how-2 = Regn SHA-256 af det. Resultatet skal være linjens sum.
proof-how-3 = Den første linje har en tom forrige sum. Hver linjes sum er den næstes forrige.
proof-how-4 = Linjer om forsøg bærer summen af forsøget, som det står i JSON-filen under »attempts«.
proof-kind-planned = Planlagt
proof-kind-approved = Godkendt
proof-kind-begun = Et forsøg blev begyndt
proof-kind-ended = Forsøget blev afsluttet
proof-kind-moved = Ændrede tilstand
proof-kind-ruled = Et menneske afgjorde
proof-printed = Skrevet ud { $when } af { $name }, { $org }.
