# One search over all applications
search-title = Søg i ansøgninger
search-words = Hvad leder du efter?
search-words-hint = Ord fra ansøgning og bilag, navn, mail eller telefon. »I anførselstegn« findes ordret, plej* finder alt, der begynder sådan, og -vikar udelader.
search-do = Søg
search-found = { $count ->
    [0] Ingen ansøgninger
    [one] 1 ansøgning
   *[other] { $shown } ansøgninger
}
search-by-fit = Søgeresultat – ikke en vurdering. Det, der ligner det skrevne mest, står først.
search-by-time = Nyeste først
search-none = Ingen ansøgninger passer
search-none-next = Skriv færre ord, prøv et andet ord for det samme, eller fjern en afgrænsning.
search-filling = Søgningen er ved at blive bygget op
search-filling-next = Der kan mangle ansøgninger i listen. Søg igen om lidt.
search-received = Modtaget { $when }
search-late = For sent
search-in-file = I { $file }:
search-narrow = Afgræns
search-narrow-do = Vis
search-clear = Fjern alt
search-stage = Trin
search-outcome = Afgørelse
search-outcome-all = Alle
search-undecided = Ikke afgjort
search-posting = Jobopslag
search-posting-all = Alle jobopslag
search-channel = Kanal
search-channel-all = Alle kanaler
search-channel-direct = Direkte eller ukendt
search-from = Modtaget fra
search-to = Modtaget til og med
search-order = Rækkefølge
search-order-fit = Det, der ligner mest, først
search-order-newest = Nyeste først
search-why-synonym = »{ $asked }« betyder det samme som »{ $seen }«
search-why-part = »{ $asked }« er en del af »{ $seen }«
search-why-alike = »{ $asked }« ligner navnet { $seen }
search-why-file = »{ $asked }« står i { $file }
search-why-email = »{ $asked }« er mailadressen { $seen }
search-why-phone = »{ $asked }« er telefonnummeret { $seen }
