# Hvor længe ansøgninger gemmes, hvad der sker før de slettes, og beviset bagefter.

nav-retention = Slettefrister
retention-title = Slettefrister
retention-lede = Det bliver slettet de næste 90 dage. Intet slettes, før du har kunnet se det her.
retention-night = { $weekday } den { $date }
retention-tonight = Næste nat
retention-ninety = Næste 90 dage
retention-ninety-what = hvis ingen gør noget
retention-held = Sat i bero
retention-held-what = uret står stille
retention-no-rule = Uden regel
retention-no-rule-what = skal altid være 0
retention-applications = { $count ->
    [one] { $count } ansøgning
   *[other] { $count } ansøgninger
}
retention-without = { $count ->
    [one] { $count } ansøgning har ingen regel
   *[other] { $count } ansøgninger har ingen regel
}
retention-without-what = Deres stilling er hverken lukket eller har en ansøgningsfrist, så intet sætter uret i gang. Luk stillingen, eller giv den en frist.
retention-dry = Prøvekørsel: natten til { $night }
retention-not-yet = Intet er slettet endnu
retention-dry-none = Intet bliver slettet den nat.
retention-dry-what = Hver sletning omfatter ansøgning, filer, søgeindeks, breve og vurderinger. Bagefter ledes der efter personen alle steder, og der skrives en kvittering. Tallene bliver.
retention-col-what = Stilling
retention-col-rule = Regel
retention-col-n = Antal
retention-col-stays = Bliver tilbage
retention-col-day = Dag
retention-col-state = Hvor langt
retention-col-then = Så sker der
retention-col-gone = Slettes
retention-col-hidden = Ude af syne fra
retention-col-for = Gælder for
retention-col-months = Hvor længe
retention-col-reason = Begrundelse
retention-col-verbs = Handlinger
retention-stays = Antal pr. kanal og trin
retention-weeks = Uge for uge
retention-weeks-label = Ansøgninger, der slettes, pr. uge
retention-week = Fra { $date }
retention-days = Dag for dag
retention-leaving = På vej ud
retention-leaving-warned = Ude af syne { $hidden }, slettes { $gone }
retention-leaving-hidden = Slettes { $gone }; kan gives tilbage til da
retention-newest = Seneste nætter
retention-newest-none = Der har ikke været en nat endnu.
retention-holds = Sat i bero
retention-holds-none = Intet er sat i bero.
retention-hold-one = En ansøgning, til { $until }
retention-hold-posting = Hele stillingen, til { $until }
retention-unclosed = Aldrig lukket
retention-unclosed-none = Alle stillinger med overskredet frist er lukket.
retention-unclosed-what = Uret begynder først, når en stilling lukkes. Luk dem, der er færdige; ellers regnes de som lukket, når der er gået for lang tid, og ansøgningerne slettes efter det.
retention-unclosed-one = { $count ->
    [one] { $count } ansøgning, slettes senest { $date }
   *[other] { $count } ansøgninger, slettes senest { $date }
}
retention-clashes = Regler, der støder sammen
retention-clashes-none = Ingen stilling har mere end én regel.
retention-clash = { $rule } ({ $months } mdr.) er kortest og bestemmer. Den slår { $others }.
retention-clash-rule = { $rule } ({ $months } mdr.)
retention-standard = Hvor intet andet er sagt: { $rule }.
retention-requests = { $count ->
    [one] { $count } har bedt om at blive slettet
   *[other] { $count } har bedt om at blive slettet
}
retention-requests-what = Den, der beder om det, slettes den følgende nat, medmindre noget er sat i bero. Svaret skal være givet inden en måned.
retention-request-one = Bedt om den { $asked }, svar senest { $due }
retention-request-held = Sat i bero: svar ansøgeren
retention-request-tonight = Slettes næste nat
retention-by-asked = Ansøgerens egen anmodning
retention-by-unclosed = { $months } { $months ->
    [one] måned
   *[other] måneder
} efter at stillingen regnes som lukket
retention-by-rule = { $months } { $months ->
    [one] måned
   *[other] måneder
} efter lukning ({ $rule })
retention-by-standard = { $months } { $months ->
    [one] måned
   *[other] måneder
} efter lukning
retention-rule-organisation = Organisationens regel
retention-rule-profession = regel for faget
retention-rule-employment = regel for ansættelsesformen
retention-rule-posting = stillingens egen regel
retention-since-closed = Lukket { $date }
retention-since-unclosed = Regnes som lukket { $date }
retention-since-asked = Modtaget { $date }
retention-state-active = Gemmes
retention-state-due = Varsles næste nat
retention-state-warned = Varslet
retention-state-quarantined = Ude af syne
retention-state-asked = Bedt om sletning
retention-state-held = Sat i bero

retention-rules = Regler
retention-rules-lede = Hvor længe ansøgninger gemmes, efter at stillingen er lukket, og hvorfor.
retention-rules-all = Alle regler
retention-standard-where = Står i opsætningen (privacy.retention_months)
retention-months = { $months } { $months ->
    [one] måned
   *[other] måneder
}
retention-set = { $who }, { $at }
retention-rule-add = Ny regel
retention-rule-save = Gem regel
retention-rule-remove = Fjern
retention-choose = Vælg …
retention-choice = { $name } ({ $kind })
retention-months-field = Måneder efter lukning
retention-months-hint = 1 til 36
retention-reason-field = Begrundelse
retention-reason-hint = Skal være skrevet ned, så den kan vises Datatilsynet.
retention-how = Sådan virker det
retention-how-1 = Organisationens regel gælder, hvor intet andet er sagt.
retention-how-2 = Gælder flere regler for samme stilling, bestemmer den korteste, og sammenstødet vises.
retention-how-3 = Længere end 36 måneder kan ikke vælges: Datatilsynet godtager op til 3 år, når det er begrundet; mere kræver helt særlige grunde.
retention-how-4 = Ansøgere får fristen at vide, før de sender, og på siden om deres ansøgning.
retention-error-reason = Skriv en begrundelse på mindst 5 tegn; den skal kunne vises.
retention-error-reason-long = Begrundelsen må højst være { $max } tegn.
retention-error-months = Skriv et helt antal måneder fra 1 til 36.
retention-error-longest = Højst 36 måneder: Datatilsynet godtager op til 3 år, når det er begrundet; mere kræver helt særlige grunde.
retention-error-until = Vælg en dag efter i dag og højst { $months } måneder frem.
retention-refused-rule = Kun den, der er HR for hele organisationen, kan det. Bed dem om det.
retention-refused-held = Ansøgningen er sat i bero og kan ikke slettes. Ophæv først det, der er sat i bero, på stillingens side om slettefrister.
retention-refused-restore = Ansøgningen er ikke ude af syne længere: den er givet tilbage eller slettet. Genindlæs siden.
retention-refused-hold = Det, der var sat i bero, er der ikke længere. Genindlæs siden.
retention-refused-rule-gone = Reglen er der ikke længere: en anden har fjernet eller ændret den. Genindlæs siden.
retention-refused-request = Der er ingen anmodning, der venter: den er afvist eller opfyldt. Genindlæs siden.
retention-said-rule = Reglen er gemt.
retention-said-rule-gone = Reglen er fjernet.
retention-said-held = Sat i bero.
retention-said-ended = Uret går igen.
retention-said-restored = Ansøgningen er givet tilbage.
retention-said-refused = Anmodningen er afvist; ansøgeren kan læse begrundelsen.

retention-posting = Slettefrist
retention-posting-title = Slettefrist: { $title }
retention-posting-when = Hvornår det sker
retention-posting-none = Der er ingen ansøgninger.
retention-posting-rule = Regel
retention-posting-own = Egen regel for stillingen
retention-gone-on = Slettes { $date }
retention-hidden = { $count ->
    [one] { $count } er ude af syne
   *[other] { $count } er ude af syne
}
retention-hidden-what = Ingen ser dem, og søgningen finder dem ikke. De kan gives tilbage med en begrundelse og en dag, til de bliver slettet.
retention-restore = Giv tilbage …
retention-restore-submit = Giv tilbage
retention-until = Til og med
retention-until-hint = Derefter begynder varsel og frist forfra.
retention-refuse = Afvis …
retention-refuse-reason = Begrundelse til ansøgeren
retention-refuse-hint = Ansøgeren læser den på sin egen side og kan klage til Datatilsynet.
retention-refuse-submit = Afvis anmodningen
retention-hold-everybody = Alle ansøgninger
retention-hold-somebody = En ansøgning
retention-hold-about = Til { $until }, sat af { $who }
retention-hold-ended = Ophævet { $until }, sat af { $who }
retention-hold-over = Ovre
retention-hold-end = Ophæv
retention-hold-add = Sæt i bero
retention-hold-who = Hvem
retention-hold-reason-hint = For eksempel en klagesag; sagens nummer er nok.
retention-hold-submit = Sæt i bero
retention-block = Slettefrist
retention-block-more = Slettefrister for stillingen
retention-line = Slettes { $date }
retention-line-held = Slettes ikke, så længe den er sat i bero

erasure-receipts = Slettekvitteringer
erasure-receipts-lede = Hvad der er slettet, og hvad søgningen efter det viste. Ingen personoplysninger.
erasure-number = Slettekvittering { $number }
erasure-none = Der er ingen kvitteringer endnu
erasure-none-what = Den første skrives den nat, noget slettes første gang.
erasure-col-receipt = Kvittering
erasure-col-kind = Anledning
erasure-col-applications = Ansøgninger
erasure-col-files = Filer
erasure-col-check = Kontrol
erasure-col-place = Sted
erasure-col-before = Før
erasure-col-after = Efter
erasure-check = Kontrol
erasure-lede = { $count ->
    [one] { $count } ansøgning blev slettet. Kontrolleret { $at }. Anledning: { $kind }.
   *[other] { $count } ansøgninger blev slettet. Kontrolleret { $at }. Anledning: { $kind }.
}
erasure-kind-night = fristen var ude
erasure-kind-hand = slettet i hånden
erasure-kind-restore = slettet igen efter en sikkerhedskopi
erasure-green = Slettet og kontrolleret
erasure-green-what = Vi har ledt efter { $words } ord (navne, mailadresser, telefonnumre, filnavne, ord fra brevene) fra { $count } { $count ->
    [one] ansøgning
   *[other] ansøgninger
} alle de steder, hvor de kunne stå. Intet blev fundet.
erasure-red = Noget blev fundet
erasure-red-what = { $count } steder skulle være væk og er det ikke. Der ryddes og ledes igen hver nat, og det står i »opslag doctor«, til intet bliver fundet.
erasure-blind = Der kunne ikke ledes
erasure-blind-what = Nøglen til det, der skulle ledes efter, er væk. Rækker, filer og søgeindeks er slettet, men det er ikke efterprøvet.
erasure-again = Ryd op, og led igen
erasure-said-again = Der ryddes op og ledes igen; en ny kvittering kommer, når intet findes.
erasure-not-found = Ikke fundet
erasure-found = Fundet
erasure-not-looked = Kan ikke ses her
erasure-place-database = Database, rækker
erasure-place-pages = Databasens filer, frie sider og log
erasure-place-files = Filer og billeder
erasure-place-index = Søgeindeks
erasure-place-queue = Kø, log-ind og svar til systemer
erasure-place-folder = Datamappen i øvrigt (breve, filer på vej)
erasure-place-log = Hændelseslog og kvitteringer (kun id)
erasure-shared = { $count ->
    [one] { $count } ord står også i noget, der skal blive (en anden ansøgning, en kollega med samme navn, et opslag), og tæller derfor ikke.
   *[other] { $count } ord står også i noget, der skal blive (en anden ansøgning, en kollega med samme navn, et opslag), og tæller derfor ikke.
}
erasure-shared-files = { $count ->
    [one] { $count } fil har en anden ansøger også sendt; den bliver for dens skyld.
   *[other] { $count } filer har andre ansøgere også sendt; de bliver for deres skyld.
}
erasure-resumed = { $count ->
    [one] Sletningen blev afbrudt { $count } gang og gjort færdig bagefter.
   *[other] Sletningen blev afbrudt { $count } gange og gjort færdig bagefter.
}
erasure-honest-sqlite = SQLite overskriver slettede rækker med nuller, og loggen er skåret af; databasens filer er læst igennem byte for byte.
erasure-honest-postgres = PostgreSQL giver slettede rækkers plads fri (vacuum), men overskriver den først siden: til da kan deres bytes ligge i serverens filer og log, hvor ingen kan læse dem gennem databasen. Alle rækker er læst igennem.
erasure-honest-bucket = Filerne lå i en bucket og er slettet ved navn (sha256). Gemmer bucketen gamle versioner, skal den selv smide dem ud.
erasure-outside = Uden for kontrollen: mails, der er sendt, filer, nogen har hentet, ældre sikkerhedskopier, til de er smidt ud, og det, der er journaliseret andre steder.
erasure-stays = Det blev tilbage
erasure-stays-counted = Ansøgninger talt
erasure-stays-what = Antal pr. kanal, trin og udfald bliver, så alle summer passer.
erasure-chain = Kæde
erasure-chain-what = Kvitteringen hænger sammen med den forrige. Ændres én, kan det ses.
erasure-chain-this = Denne
erasure-chain-previous = Forrige
erasure-ids = Ansøgningernes id'er, som sha256
erasure-chain-whole = { $count ->
    [one] Kæden er hel, { $count } kvittering
   *[other] Kæden er hel, { $count } kvitteringer
}
erasure-chain-broken = Kæden er brudt
erasure-chain-broken-what = Kvittering { $number } passer ikke til den forrige: den er ændret udefra. Sammenlign med en sikkerhedskopi.
erasure-stand-begun = I gang
erasure-stand-proved = Bevist
erasure-stand-left = Noget er fundet
erasure-stand-nothing = Intet at slette
erasure-nothing = Varslet: { $warned }. Taget ud af syne: { $hidden }.

start-retention-warned = { $count ->
    [one] { $count } ansøgning er på vej ud
   *[other] { $count } ansøgninger er på vej ud
}
start-retention-warned-detail = { $days ->
    [0] Nogle går ud af syne næste nat. Sæt i bero, hvis noget skal blive.
    [one] Nogle går ud af syne om { $days } dag. Sæt i bero, hvis noget skal blive.
   *[other] De første går ud af syne om { $days } dage. Sæt i bero, hvis noget skal blive.
}
start-retention-verb = Se slettefrister
start-retention-request = { $count ->
    [one] { $count } ansøger har bedt om sletning og venter på svar
   *[other] { $count } ansøgere har bedt om sletning og venter på svar
}
start-retention-request-detail = Deres ansøgning er sat i bero. Svar skal gives inden en måned.
start-retention-red = Noget af det slettede blev fundet
start-retention-red-detail = En slettekvittering er rød. Der ledes igen hver nat.

own-erase-link = Slet min ansøgning
own-erase-title = Slet min ansøgning
own-erase-text = Vi sletter din ansøgning, dine filer og det, vi har skrevet om dem, og leder bagefter efter dig alle steder. Det kan ikke fortrydes.
own-erase-withdraws = Din ansøgning trækkes samtidig tilbage: du kan ikke længere komme i betragtning til stillingen.
own-erase-goes = Gør du ingenting, slettes den af sig selv { $date }.
own-erase-submit = Slet min ansøgning
own-erase-keep = Behold den
own-erase-tonight = Din ansøgning slettes natten til { $date }.
own-erase-after = Derefter virker linket til denne side ikke mere.
own-erase-held = Vi har set dit ønske. Ansøgningen indgår i en sag og kan ikke slettes nu. Du får svar senest { $date }.
own-erase-refused = Vi har ikke slettet din ansøgning. Det er grunden:
own-erase-complain = Du kan klage til Datatilsynet, datatilsynet.dk.
own-erase-anew = Bed om det igen
own-erase-back = Tilbage til min ansøgning
