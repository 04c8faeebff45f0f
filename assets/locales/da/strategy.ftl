# Kommunikationsstrategi: til hvem, i hvilken tone og hvor først.
strategy-title = Kommunikationsstrategi
strategy-title-of = Kommunikationsstrategi, { $unit }
strategy-lede-own = Det har { $unit } besluttet for sig selv og alt, der ligger under.
strategy-lede-above = { $unit } følger det, { $above } har besluttet.
strategy-lede-none = Der er ikke besluttet noget for { $unit } endnu.
strategy-unit = Enhed
strategy-choose = Vælg enhed
strategy-choose-do = Vis
strategy-edit = Ret strategien
strategy-make-own = Lav en for { $unit }
strategy-write = Skriv strategien
strategy-none = Ingen strategi endnu
strategy-none-what = En strategi siger, hvem I taler til, hvordan I lyder, og hvilken kanal der kommer først. Den står ved siden af, når nogen skriver et opslag.
strategy-field-purpose = Formål
strategy-field-tone-do = Sådan lyder vi
strategy-field-tone-dont = Sådan lyder vi ikke
strategy-audiences = { $count ->
    [one] Målgruppen
   *[other] { $count } målgrupper
  }
strategy-tone = Tonen
strategy-do = Gør
strategy-dont = Lad være
strategy-own = Har deres egen
strategy-own-none = Ingen af dine enheder har deres egen.
strategy-changed = Version { $version }. Sidst rettet af { $who } { $when }.
strategy-no-account = { $channel } (ingen konto her)

# Skrive den
strategy-edit-title = Strategi for { $unit }
strategy-edit-lede = Gælder for enheden og alt, der ligger under, indtil en af dem får sin egen.
strategy-begun = Her står det, { $unit } har besluttet
strategy-begun-what = Ret det, så det passer hos jer. Når du gemmer, gælder det her i stedet, og senere rettelser ovenfra kommer ikke med af sig selv.
strategy-stale = En anden gemte strategien, mens du skrev
strategy-part-words = Formål og tone
strategy-purpose-hint = Hvad skal kommunikationen føre til?
strategy-tone-hint = Ét råd på hver linje.
strategy-part-audiences = Målgrupper
strategy-audiences-hint = Hvem taler I til, hvad ved I om dem, og hvor møder I dem? Den, der skriver et opslag, vælger en af dem.
strategy-audience-new = Ny målgruppe
strategy-audience-name = Hvem er det?
strategy-audience-note = Hvad ved I om dem?
strategy-audience-note-hint = Hvad lægger de vægt på, og hvornår læser de?
strategy-audience-add = Tilføj en målgruppe
strategy-order = Kanaler, den vigtigste først
strategy-order-hint = Opslag til dem bør gå ud på den øverste. Gør de ikke det, får den, der skriver, det at vide.
strategy-why = Hvorfor den står her
strategy-channel = Ny kanal
strategy-channel-choose = Vælg …
strategy-channel-add = Tilføj
strategy-up = Flyt { $name } op
strategy-down = Flyt { $name } ned
strategy-drop = Fjern { $name }
strategy-unsaved = Rækkefølgen er ændret, men ikke gemt endnu.
strategy-save = Gem strategien
strategy-lift = Følg den ovenfor igen
strategy-said-saved = Gemt. Den står ved siden af, når nogen skriver et opslag.
strategy-said-lifted = Enheden følger nu den strategi, der ligger ovenfor.
strategy-error-twice = Der er allerede en målgruppe med det navn. Giv den et andet.
strategy-error-no-channel = Målgruppen har ingen kanaler. Vælg mindst én på listen, og tilføj den.

# Ved siden af, når nogen skriver
beside-title = Hvem taler du til?
beside-from = Strategien fra { $unit }
beside-nobody = Ikke valgt
beside-no-account = Ingen konto her
beside-nothing = Intet opslag de seneste { $days } dage
beside-brought = Seneste { $days } dage: { $posts ->
    [one] 1 opslag
   *[other] { $posts } opslag
  }, { $clicks } klik, { $applications ->
    [one] 1 ansøgning
   *[other] { $applications } ansøgninger
  }
beside-against = Det passer ikke helt med strategien
beside-first = { $channel } kommer først for »{ $audience }«, men er ikke valgt. { $why }
beside-not-listed = { $channel } står ikke på listen for »{ $audience }«.
beside-may = Du kan godt sende det ud alligevel.
beside-see = Se strategien
beside-error-whom = Målgruppen findes ikke i strategien længere. Vælg en af dem, der står her.
beside-for = Skrevet til »{ $audience }«

# Where posts meet, and where nothing happens
clash-title = Der står allerede noget
clash-near = { $unit } har et opslag kl. { $time }, { $minutes ->
    [0] samtidig
    [one] 1 minut fra dette
   *[other] { $minutes } minutter fra dette
  }.
clash-same = { $unit } søger også { $profession } samme dag, kl. { $time }.
clash-may = Vælg et andet tidspunkt, eller lad det stå.
silence-title = Stille lige nu
silence-what = De har ikke haft noget ude længe, og der er intet på vej.
silence-days = { $days ->
    [one] Intet i 1 dag
   *[other] Intet i { $days } dage
  }
silence-never = Har aldrig haft noget ude
silence-write = Skriv noget
silence-more = { $count ->
    [one] Og 1 enhed mere.
   *[other] Og { $count } enheder mere.
  }
