# Pictures and films: the library
media-title = Mediebibliotek
media-total = { $pictures ->
    [one] { $pictures } billede
   *[other] { $pictures } billeder
} og { $films } film
media-filters = Filtre
media-filter = Vis
media-only-pictures = Billeder
media-only-films = Film
media-only-without-alt = Mangler alternativ tekst
media-only-without-captions = Mangler undertekster
media-unit = Enhed
media-all-units = Alle enheder
media-wall = Billeder og film
media-none = Her er ingen billeder eller film
media-none-next = Læg det første op, eller vælg færre filtre.
media-found = { $count ->
    [one] { $count } i alt
   *[other] { $count } i alt
}
media-film-length = Film { $length }
media-seconds = { $seconds } sek.
media-minutes = { $minutes } min.
media-minutes-seconds = { $minutes } min. { $seconds } sek.
media-usable = Kan bruges i opslag

# Bringing files
media-add = Læg op
media-choose = Vælg billeder eller film
media-limits = JPEG, PNG, WebP eller GIF på højst { $picture }; MP4, MOV eller WebM på højst { $film }.
media-add-note = Vi fjerner sted, tid og kamera fra filerne. Beskriv dem bagefter: uden alternativ tekst og undertekster kan de ikke bruges i opslag.
media-progress = [name]: [percent] %
media-checking = [name] er sendt. Vi ser den igennem.
media-taken = [name] er lagt op.
media-not-taken = [name]: [why]
media-connection-lost = Forbindelsen blev afbrudt. Det, der er sendt, er gemt. Vi prøver igen om lidt.
media-resumed = [name] fortsætter, hvor den slap.
media-again = Prøv igen
media-stop = Stop
media-stopped = [name] er stoppet.
media-elsewhere = Filen er kommet længere end det, der blev sendt. Hent siden igen, og vælg filen en gang til.
media-said-taken = { $count ->
    [one] Filen er lagt op. Beskriv den nu, så kan den bruges.
   *[other] { $count } filer er lagt op. Beskriv dem, så kan de bruges.
}
media-said-described = Beskrivelsen er gemt.
media-said-replaced = Filen er skiftet. Læs teksterne igennem, og gem dem, hvis de stadig passer.
media-said-captioned = Underteksterne er gemt.
media-said-uncaptioned = Underteksterne er fjernet.
media-said-poster = Billedet til filmen er gemt.
media-said-deleted = { $name } er slettet.

# One picture or film
media-preview = Forhåndsvisning
media-preparing = Vi gør filen klar. Det tager et øjeblik; en lang film tager længere.
media-kind-picture = Billede
media-kind-graphic = Grafik
media-kind-film = Film
media-description = Beskrivelse
media-alt = Alternativ tekst
media-alt-hint = Hvad ser man? Én eller to sætninger til den, der ikke kan se det.
media-alt-long = Teksten er for lang. Skriv højst { $max } tegn, og sæt resten i opslaget.
media-alt-and-decorative = Der er både en tekst og et kryds i »kun til pynt«. Slet teksten, eller fjern krydset.
media-alt-stale = Filen er skiftet: læs teksten igennem
media-decorative = Kun til pynt
media-decorative-hint = Skærmlæsere springer det over.
media-silent = Ingen taler i filmen
media-silent-hint = Så behøver den ikke undertekster.
media-focus = Hvad skal blive, når billedet beskæres?
media-focus-hint = Kort og forhåndsvisninger har andre formater end billedet.
media-focus-middle = Midten
media-focus-top = Toppen
media-focus-bottom = Bunden
media-focus-left = Venstre side
media-focus-right = Højre side
media-save = Gem beskrivelsen
media-captions = Undertekster
media-captions-language = Sprog
media-captions-file = Vælg undertekster
media-captions-hint = WebVTT (.vtt) eller SubRip (.srt), gemt som UTF-8.
media-captions-add = Tilføj undertekster
media-burnt = Til kanaler, der ikke viser undertekster, er de brændt ind i filmen.
media-burnt-see = Se filmen
media-captions-fetch = Hent underteksterne ({ $language })
media-captions-remove = Fjern underteksterne ({ $language })
media-captions-large = Underteksterne fylder mere end { $kilobytes } KB. Bluesky tager dem ikke; på jeres egen side virker de.
media-captions-no-longer = Filmen er skiftet, og underteksterne passer ikke længere til den. Tilføj nye.
media-language-da = dansk
media-language-en = engelsk
media-poster = Billede før filmen
media-poster-file = Vælg et billede
media-poster-hint = Det, man ser, før filmen går i gang. Vi tager selv et fra filmen; læg et andet op, hvis det er bedre.
media-poster-add = Brug billedet
media-replace = Skift filen
media-replace-file = Vælg en ny fil
media-replace-hint = Alternativ tekst og undertekster bliver stående. Opslag, der viser den gamle, viser den nye.
media-replace-do = Skift filen
media-ready = Klar til brug?
media-state-ready = Klar:
media-state-missing = Mangler:
media-facts = Om filen
media-fact-size = Størrelse
media-fact-shape = Format
media-fact-length = Længde
media-pixels = { $width } × { $height } pixel
media-uses = Brugt her
media-uses-none = Ingen bruger den.
media-in-use = Den kan først slettes, når intet opslag, ingen historie og ingen udsendelse bruger den.
media-delete = Slet

# What is missing before it may be used
media-missing-preparation = Bliver gjort klar
media-missing-usable = Filen kan ikke bruges
media-missing-alt = Mangler alternativ tekst
media-missing-captions-da = Mangler danske undertekster
media-missing-captions-en = Mangler engelske undertekster
media-missing-poster = Mangler billede før filmen
media-missing-people = Mangler, hvem der kan genkendes
media-missing-consent-internal = Mangler samtykke: internt
media-missing-consent-website = Mangler samtykke: karrieresiden
media-missing-consent-social = Mangler samtykke: sociale medier
media-missing-consent-press = Mangler samtykke: aviser og tryk
media-missing-consent-display = Mangler samtykke: betalte annoncer
media-missing-rights = Rettighederne er udløbet
media-people = Hvem kan genkendes?
media-people-hint = Alle, der kan genkendes, skal have sagt ja, før billedet bruges udadtil.
media-people-none = Ingen er sat på endnu.
media-people-known = En, vi kender
media-people-show = Sæt på billedet
media-people-new = En ny person
media-people-remove = Fjern
media-nobody = Ingen kan genkendes
media-nobody-hint = Heller ikke bagfra på navneskilt, tatovering eller stemme.
media-people-and-nobody = Der er sat personer på. Fjern dem først, hvis ingen kan genkendes.
media-folder = Mappe
media-folder-hint = For eksempel »Plejecentre 2026«. Tom: ingen mappe.
media-folder-long = Mappens navn må højst være { $max } tegn.
media-usable-until = Må bruges til og med
media-usable-until-hint = Når fotografens eller musikkens rettigheder udløber. Tomt: uden ende.
media-usable-until-wrong = Skriv en dag, for eksempel 2028-11-30.
media-only-without-people = Mangler, hvem der er med
media-only-consent-ends = Samtykke udløber eller er væk
media-all-folders = Alle mapper
media-search-short = Søg
media-search = Søg i navn, beskrivelse, mappe og personer
media-used = { $used ->
    [0] ikke brugt
    [one] brugt ét sted
   *[other] brugt { $used } steder
  }{ $live ->
    [0] { "" }
   *[other] , { $live } live
  }
media-use-ad = Jobopslag
media-use-campaign = Kampagne
media-use-story = Historie
media-use-request = Ønske om hjælp
media-use-post = Udsendelse { $time }
media-live = live
media-note-no-ffmpeg = Filmen vises, som den kom. ffmpeg er ikke installeret på serveren, så vi kan ikke tage et billede af den eller sikre, at alle kan afspille den.
media-note-no-poster = Vi kunne ikke tage et billede af filmen. Læg selv et op.
media-note-as-it-came = Filmen kunne ikke skrives om og vises, som den kom. Se den igennem i flere browsere.

# Why a file is not taken
media-refused-named = { $name }: { $why }
media-refused-no-file = Der er ikke valgt en fil. Vælg en.
media-refused-empty = Filen er tom. Find den igen dér, hvor den kom fra.
media-refused-unknown = Det er hverken et billede eller en film, vi kan læse. Gem billedet som JPEG eller PNG, filmen som MP4.
media-refused-svg = SVG-tegninger kan indeholde programkode, så dem tager vi ikke. Gem tegningen som PNG.
media-refused-html = Det er en webside og ikke et billede. Gem selve billedet fra siden, og læg det op.
media-refused-zip = Det er en pakket fil (zip) eller et dokument, uanset hvad den hedder. Pak den ud, og læg billederne op hver for sig.
media-refused-pdf = Det er en PDF. Gem siden som PNG eller JPEG.
media-refused-heic = Det er et HEIC-billede fra en telefon. Gem det som JPEG: på iPhone under Indstillinger, Kamera, Formater, »Mest kompatibel«.
media-refused-avif = Det er et AVIF-billede, som ikke alle kanaler kan vise. Gem det som JPEG.
media-refused-tiff = Det er et TIFF-billede. Gem det som JPEG eller PNG.
media-refused-bmp = Det er et BMP-billede. Gem det som JPEG eller PNG.
media-refused-photoshop = Det er en Photoshop-fil. Gem den som JPEG eller PNG.
media-refused-sound = Det er lyd uden billede. Læg en film op som MP4.
media-refused-film-format = Den slags film kan vi ikke læse. Gem den som MP4.
media-refused-moving = Billedet bevæger sig. Gem det som en film (MP4), eller gem ét billede af det.
media-refused-picture-bytes = Billedet fylder mere end { $megabytes } MB. Gem det mindre.
media-refused-film-bytes = Filen fylder mere end { $megabytes } MB. Gem filmen med lavere kvalitet, for eksempel 1080p.
media-refused-pixels = Billedet er { $width } × { $height } pixel, og det er for mange. Gem det med højst { $megapixels } millioner pixel i alt.
media-refused-tiny = Billedet er kun { $width } × { $height } pixel. Find det i en større udgave.
media-refused-memory = Billedet kræver for meget hukommelse at åbne. Gem det som JPEG.
media-refused-store-away = Filen er god nok, men kan ikke gemmes lige nu. Prøv igen om nogle minutter.
media-refused-broken = Filen er i stykker og kan ikke åbnes. Åbn den på din egen maskine, gem den igen, og læg den op.
media-refused-cut-off = Filen er ikke hel: slutningen mangler. Hent den igen dér, hvor den kom fra.
media-refused-film-cut-off = Filmen er ikke hel: slutningen mangler. Vent, til den er gemt færdig, eller hent den igen.
media-refused-no-picture = Filen har lyd, men intet billede. Læg en film op.
media-refused-long = Filmen varer mere end { $minutes } minutter. Klip den kortere.
media-refused-other-kind = Et billede kan ikke skiftes ud med en film, eller omvendt. Læg filen op for sig.
media-refused-poster = Det er en film. Vælg et billede.
media-refused-longer = Filen fylder mere end oplyst. Vælg den igen.
media-refused-many-uploads = Der er for mange filer undervejs. Vent, til de er færdige.

# Captions
media-captions-line = Linje { $line }: { $why }
media-captions-no-header = Første linje skal være WEBVTT, eller filen skal være SubRip. Eksportér underteksterne som .vtt.
media-captions-none = Der er ingen undertekster i filen. Eksportér dem igen.
media-captions-not-utf8 = Her er et tegn, vi ikke kan læse. Gem filen som UTF-8.
media-captions-too-large = Filen er for stor til at være undertekster. Vælg den rigtige fil.
media-captions-no-time = Her mangler en tid. Skriv den som 00:00:01.000 --> 00:00:04.000
media-captions-time = Tiden kan ikke læses. Skriv den som 00:00:01.000 --> 00:00:04.000
media-captions-comma = Der er komma i tiden. Skriv punktum før tusindelene: 00:00:01.000
media-captions-no-gap = Her begynder en ny tid midt i en tekst. Sæt en tom linje før den.
media-captions-empty-cue = Der er ingen tekst til denne tid. Skriv teksten, eller slet tiden.
media-captions-ends-first = Teksten slutter, før den begynder. Byt om på tiderne.
media-captions-order = Teksten begynder før den forrige, som begynder { $before }. Sæt dem i rækkefølge.
media-captions-past-end = Teksten varer længere end filmen, som slutter { $film }. Ret tiden.
