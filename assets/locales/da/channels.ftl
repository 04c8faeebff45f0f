# Connected accounts
channels-title = Kanaler
channels-sum = { $count ->
    [one] 1 forbindelse.
   *[other] { $count } forbindelser.
} { $lost ->
    [0] Alle, der er i brug, virker.
    [one] 1 skal forbindes igen.
   *[other] { $lost } skal forbindes igen.
}
channels-none = Ingen kanaler er forbundet endnu
channels-none-next = Når en konto er forbundet, kan jobopslag sendes ud gennem den.
channels-connect = Forbind en kanal
channels-connect-again = Forbind igen
channels-table = Forbindelser
channels-account = Kanal og konto
channels-state = Tilstand
channels-until = Gælder til
channels-checked = Senest tjekket
channels-unit = Enhed
channels-responsible = Ansvarlig
channels-action = Handling
channels-show = Se
channels-practice = Øvekanal
channels-state-connected = Virker
channels-state-unwell = Svarer ikke lige nu
channels-state-needs-reconnect = Mangler forbindelse
channels-state-disconnected = Afbrudt
channels-until-ended = Udløber ikke
channels-until-lost = Mistet { $when }
channels-lost-heading = { $channel } { $account } har mistet forbindelsen
channels-lost-short = Forbindelsen er mistet
channels-lost-since = Det skete { $when }. Planlagte opslag venter og går ud af sig selv, når kontoen er forbundet igen, hvis det sker, inden de er for sene.
channels-unwell = Kontoen er forbundet, men serveren svarede ikke, som den skal
channels-unwell-since = Det var { $when }. Vi prøver selv igen; du skal ikke gøre noget.
channels-details = Serverens egne ord
channels-profile = Se kontoen på { $channel }
channels-granted = Det har { $channel } givet lov til
channels-given = Givet:
channels-missing = Mangler:
channels-limits = Hvad der kan sendes
channels-limit-text = Tekst
channels-limit-characters = Højst { $count } tegn
channels-limit-pictures = Billeder
channels-limit-pictures-are = Højst { $count }, hver på højst { $size }
channels-limit-films = Film
channels-limit-films-are = Én på højst { $size }
channels-limit-films-none = Serveren tager ikke imod film
channels-limit-alt = Billedbeskrivelse
channels-facts = Om forbindelsen
channels-server = Server
channels-connected-at = Forbundet
channels-safety = Hvis en afsendelse bliver afbrudt
channels-safety-sure = Højst én gang
channels-safety-own-name = Opslaget har et navn, vi selv vælger. Så kan vi altid se, om det kom ud, og det kommer aldrig ud to gange.
channels-safety-key = Serveren husker vores nøgle i en time. Så længe kan vi sende igen, uden at opslaget kommer ud to gange. Derefter leder vi efter det.
channels-safety-read-back = Serveren husker ikke, hvad vi har sendt. Vi leder efter opslaget på kontoen, og er vi i tvivl, spørger vi dig.
channels-safety-server = Bliver en afsendelse afbrudt, afhænger det af serveren, om vi selv kan se, at opslaget kom ud. Er vi i tvivl, spørger vi dig.
channels-look = Tjek forbindelsen
channels-looked = Forbindelsen er tjekket: { $result }
channels-looked-well = Den virker.
channels-looked-unwell = Kontoen er forbundet, men serveren svarer ikke, som den skal. Vi prøver selv igen.
channels-looked-lost = Den er mistet. Forbind kontoen igen.
channels-end = Afbryd forbindelsen
channels-end-what = Planlagte opslag gennem kontoen bliver ikke sendt, og vi giver adgangen tilbage til { $channel }. Det, der allerede er udgivet, bliver stående.
channels-end-do = Afbryd forbindelsen
channels-ended = Forbindelsen til { $account } er afbrudt. Planlagte opslag gennem den bliver ikke sendt.

# Connecting one
channels-connect-lede = Vælg, hvor I vil udgive. Du kan afbryde når som helst; intet er gemt endnu.
channels-connect-one = Forbind { $channel }
channels-connect-do = Forbind kontoen
channels-connected = { $account } er forbundet.
channels-choose = Vælg { $channel }
channels-nothing-kept-yet = Du kan afbryde når som helst; intet er gemt endnu.
channels-step-done = færdig
channels-step-channel = Vælg kanal
channels-step-account = Find serveren
channels-step-log-in = Log ind
channels-step-ready = Klar
channels-check = Tjek adgang
channels-go-on = Fortsæt
channels-stop = Afbryd
channels-begin-again = Begynd forfra
channels-good-to-know = Godt at vide
channels-know-sealed = Adgangen bliver gemt krypteret og forlader ikke serveren.
channels-know-applicants = Vi sender aldrig oplysninger om ansøgere til en kanal.
channels-unit-hint = Kontoen kan bruges af enheden og alle enheder under den.
channels-practice-box = Det er en øvekanal
channels-practice-hint = Sæt kryds, når kontoen hører til en server, hvor I prøver af. Så er den tydeligt mærket alle steder.
channels-log-in-at = Log ind hos { $host }
channels-log-in-lede = Du forlader Opslag et øjeblik og kommer selv tilbage hertil.
channels-log-in-what = { $host } spørger, om Opslag må bruge kontoen. Vi beder om lov til dette og ikke mere:
channels-log-in-go = Gå til { $host }
channels-whose = Hvilken konto er det?
channels-known = Kontoen er forbundet i forvejen. Forbindelsen bliver fornyet; enhed og tidligere opslag følger med.
channels-check-unit = Kontoen bliver forbundet for { $unit } og kan bruges af alle enheder under den.
channels-check-letter = Du får en mail, hvis forbindelsen bliver mistet.
channels-not-enough = Kontoen gav os ikke lov til det, der skal til
channels-not-enough-next = Begynd forfra, og sig ja til det hele hos { $host }. Det, der mangler, står herunder.
channels-other-account = Det er en anden konto
channels-other-account-next = Du ville forny { $account }, men loggede ind med en anden. Fortsætter du, bliver den nye forbundet ved siden af.
channels-not-connected = Kontoen er ikke forbundet
channels-run-out = Vi kunne ikke bruge svaret fra serveren
channels-run-out-next = Der gik mere end ti minutter, eller svaret er allerede brugt. Begynd forfra herunder.
channels-refused = Serveren gav os ikke adgang
channels-refused-next = Du sagde nej, eller serveren afviste os. Begynd forfra herunder, hvis det ikke var meningen.
channels-elsewhere = { $account } er allerede forbundet for en anden enhed
channels-elsewhere-next = Bed dem, der styrer kanaler for den enhed, om at forny forbindelsen.
channels-not-set-up = Ikke sat op af it-drift endnu
channels-not-set-up-next = Bed it-drift om at oprette en app hos tjenesten og skrive dens client_id og hemmelighed i konfigurationen under [channels.…]. En øvekanal kan forbindes uden.
channels-practice-server = Øvekanalens adresse
channels-practice-server-hint = Kun for en øvekanal. Ellers lad feltet stå tomt.
channels-no-accounts = { $channel } gav os ingen konto, vi kan udgive på. Tjek, at du har lov til at udgive for kontoen, og at den er krydset af i { $channel }s egen dialog; begynd så forfra.
channels-choose-account = Vælg den konto, der skal forbindes
channels-known-short = forbundet i forvejen, bliver fornyet
channels-safety-two-phase = Opslaget bliver lagt klar, uden at nogen ser det, og vist bagefter. Bliver det afbrudt, kan vi altid se, om det kom ud, og det kommer aldrig ud to gange.
channels-safety-refuses-duplicates = Vi leder efter opslaget på kontoen. Er det der ikke, sender vi det én gang til, for kanalen afviser det samme opslag to gange. Er vi i tvivl, spørger vi dig.
channels-safety-blind = Kanalen lader os ikke se, hvad der er udgivet. Bliver en afsendelse afbrudt, beder vi dig se efter.
channel-server-form = Serveren kan ikke findes ud fra det, der står. Skriv dens adresse, for eksempel mastodon.example
channel-server-private = Serveren ligger på et internt net, som Opslag ikke må kalde. Bed it-drift om at tilføje den i channels.private_hosts.
channel-server-other = Der svarer ikke en server af den slags på adressen. Tjek, om den er skrevet rigtigt.
channels-bluesky-what = Korte opslag med billeder, film eller et linkkort. Kontoen ligger på Bluesky eller på jeres egen server.
channels-bluesky-needs = Du skal bruge kontoens navn og en app-adgangskode, som du laver i Blueskys indstillinger.
channels-bluesky-handle = Kontoens navn
channels-bluesky-handle-hint = For eksempel fjordby.bsky.social
channels-bluesky-password = App-adgangskode
channels-bluesky-password-hint = Lav den på Bluesky under Indstillinger, Privatliv og sikkerhed, App-adgangskoder. Den ser sådan ud: xxxx-xxxx-xxxx-xxxx
channels-bluesky-service = Serverens adresse
channels-bluesky-service-hint = Kun hvis kontoen ligger på jeres egen server. Ellers lad feltet stå tomt.
channels-bluesky-know-password = En app-adgangskode kan udgive opslag, men ikke ændre eller slette kontoen. Du kan trække den tilbage på Bluesky når som helst.
channel-bluesky-wrong = Navn og app-adgangskode passer ikke sammen. Tjek navnet, eller lav en ny app-adgangskode på Bluesky.
channel-bluesky-own-password = Det er kontoens egen adgangskode, og den vil vi ikke gemme. Lav en app-adgangskode på Bluesky, og skriv den her.
channels-mastodon-what = Opslag med billeder eller film på en server i Fediverset, for eksempel en Mastodon-server.
channels-mastodon-needs = Du skal kende serverens adresse og kunne logge ind med kontoen.
channels-mastodon-where = Hvor ligger kontoen?
channels-mastodon-server = Serverens adresse
channels-mastodon-server-hint = For eksempel mastodon.example, eller kontoens fulde navn: @fjordby@mastodon.example
channels-mastodon-know-log-in = Du logger ind hos serveren selv. Vi ser aldrig adgangskoden.
channels-mastodon-know-for-ever = Adgangen udløber ikke, men kan trækkes tilbage hos serveren når som helst.

# What was granted, and what it is for
channel-scope-publish = Udgive og fjerne opslag
channel-scope-publish-for = Kræves
channel-scope-media = Lægge billeder og film op
channel-scope-media-for = Kræves
channel-scope-identify = Se, hvilken konto det er
channel-scope-identify-for = Kræves, så vi aldrig udgiver på en forkert konto
channel-scope-read-back = Læse kontoens egne opslag
channel-scope-read-back-for = Så vi selv kan genfinde et opslag, hvis forbindelsen bliver afbrudt. Kan undværes.

# What a peer says no with: what, why, what now
channel-problem-unavailable = Serveren svarer ikke lige nu. Vi prøver selv igen.
channel-problem-rate-limited = Serveren beder os vente, fordi der er sendt meget på kort tid. Vi prøver selv igen.
channel-problem-reconnect = Serveren kender ikke vores adgang længere. Forbind kontoen igen under Kanaler.
channel-problem-account-blocked = Kontoen er spærret eller mangler at blive bekræftet hos serveren. Log ind dér, og følg det, der står; forbind den derefter igen.
channel-problem-permission = Kontoen har ikke givet os lov til det her. Forbind den igen, og sig ja til det hele.
channel-problem-invalid-text = Serveren vil ikke have teksten. Gør den kortere, eller ret den, og send igen.
channel-problem-invalid-media = Serveren vil ikke have billedet eller filmen. Vælg en anden fil, eller gør den mindre, og send igen.
channel-problem-processing = Serveren er ikke færdig med billedet eller filmen. Vi prøver selv igen.
channel-problem-duplicate = Serveren siger, at den allerede har opslaget. Se på kontoen, før du sender igen.
channel-problem-configuration = Adressen eller opsætningen passer ikke med serveren. Tjek kontoen under Kanaler, eller spørg it-drift.
channel-problem-unknown = Serveren sagde nej uden at sige hvorfor. Se dens egne ord, ret opslaget, eller prøv igen.

# A post held against what a channel takes
fit-empty = Der er ingen tekst. Skriv, hvad opslaget skal sige.
fit-link-missing = Opslaget mangler sit link. Vælg et jobopslag, det skal føre til.
fit-media-missing = Kanalen tager kun opslag med billede eller film. Tilføj et.
fit-text-too-long = Teksten er { $over } tegn for lang. Kanalen tager højst { $max } tegn med linket.
fit-text-too-heavy = Teksten har så mange sammensatte tegn, at kanalen afviser den. Brug færre emojier.
fit-too-many-pictures = Der er { $count } billeder. Kanalen tager højst { $max }; fjern nogle.
fit-film-alone = En film skal stå alene. Fjern billederne eller filmen.
fit-no-films = Kanalens server tager ikke imod film. Brug et billede i stedet.
fit-film-too-large = Film nummer { $number } fylder for meget. Kanalen tager højst { $megabytes } MB.
fit-picture-too-large = Billede nummer { $number } fylder for meget. Kanalen tager højst { $megabytes } MB.
fit-alt-too-long = Beskrivelsen af billede nummer { $number } er for lang. Skriv højst { $max } tegn.
fit-captions-not-shown = Mastodon viser ikke undertekster fra en fil. Brug en film, hvor de er brændt ind, så alle kan følge med.
fit-captions-too-large = Underteksterne fylder for meget til kanalen. Kort dem af.

# A letter to whoever connected an account
channel-lost-subject = { $channel } { $account } har mistet forbindelsen
channel-lost-greeting = Hej { $name }
channel-lost-what = Opslag har ikke længere adgang til { $account } på { $channel }. Det skete { $when }.
channel-lost-waiting = Planlagte opslag gennem kontoen venter. De går ud af sig selv, når den er forbundet igen, hvis det sker, inden de er for sene.
channel-lost-now = Forbind kontoen igen her: { $address }
channel-lost-sender = Venlig hilsen Opslag, { $org }
