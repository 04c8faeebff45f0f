# Approval
delivery-state-draft = Kladde
delivery-state-in-review = Til godkendelse
delivery-state-approved = Godkendt
delivery-now-draft = Ret teksten, og send opslaget til godkendelse igen.
delivery-now-in-review = Går ud til tiden, når det er godkendt.
delivery-now-in-review-late = Tidspunktet er gået, mens opslaget ventede. Det får et nyt tidspunkt, når det bliver godkendt.
delivery-now-approved = Tidspunktet var gået, da det blev godkendt. Giv det et nyt tidspunkt, så går det ud.
delivery-why-not-approved = Teksten er ikke godkendt, som den står nu. Der går intet ud, før den er.
delivery-why-rejected = Opslaget blev afvist.
delivery-to-approval = Se, hvad der er sagt om det
approval-list-title = Godkendelser
approval-list-lede = { $count ->
    [0] Intet venter på dig.
    [one] 1 opslag venter på dig.
   *[other] { $count } opslag venter på dig.
}
approval-list-empty = Intet venter på godkendelse
approval-list-empty-hint = Opslag, der skal godkendes, før de går ud, står her.
approval-list-yours = Venter på dig
approval-list-own = Dine egne
approval-list-others = Kollegers opslag
approval-list-answer = Se og svar
approval-list-open = Åbn
approval-entry = { $who }, { $unit } · { $when }
approval-title = Godkend »{ $title }«
approval-made = Skrevet af { $who } { $when }
approval-answer = Dit svar
approval-binds = Du godkender præcis den tekst, de billeder og det link, du ser her. Rettes en kanal bagefter, skal kun den godkendes igen.
approval-include = Svaret gælder { $channel }
approval-gone-by = Tidspunktet er gået
approval-late-title = Tidspunktet er gået, mens det ventede
approval-late = Vælg et nyt tidspunkt sammen med godkendelsen. Gør du ikke det, beder vi forfatteren om et.
approval-when = Nyt tidspunkt
approval-when-hint = Dansk tid.
approval-note = Besked til { $who }
approval-note-hint = Skal skrives, når du sender tilbage eller afviser.
approval-approve = Godkend
approval-approve-count = { $count ->
    [one] Godkend
   *[other] Godkend alle { $count }
}
approval-return = Send tilbage
approval-reject = Afvis
approval-own-title = En anden skal godkende
approval-own = Du har selv skrevet det, så en kollega skal se på det: { $who }
approval-who-title = Venter på godkendelse
approval-who = Kan godkendes af { $who }
approval-send-title = Klar igen
approval-send-hint = Ret teksten på de kanaler, hvor der er noget at rette, og send så det hele.
approval-send = Send til godkendelse
approval-remarks = Bemærkninger
approval-remarks-none = Ingen bemærkninger endnu.
approval-remark = Skriv en bemærkning
approval-remark-do = Tilføj
approval-people = Hvem kan genkendes
approval-people-yes = { $name } har sagt ja til { $use } til { $until }
approval-people-no = { $name } mangler at sige ja til { $use }
approval-people-count = { $count ->
    [one] En person kan genkendes.
   *[other] { $count } personer kan genkendes.
  }
approval-people-guest = Alle har sagt ja.
approval-people-guest-missing = Ikke alle har sagt ja.
approval-alt = Alternativ tekst
approval-alt-none = Ingen: billedet er pynt
approval-link = Link
approval-write = Ret teksten til { $channel }
approval-of-older = om en ældre tekst
approval-word-approved = Godkendt
approval-word-returned = Sendt tilbage
approval-word-rejected = Afvist
approval-said-approved = Godkendt. Det går ud til tiden.
approval-said-returned = Sendt tilbage. Forfatteren får din besked.
approval-said-rejected = Afvist. Forfatteren får din besked.
approval-said-sent = Sendt til godkendelse.
approval-said-remark = Bemærkningen er tilføjet.
approval-error-note = Skriv en besked, så forfatteren ved, hvad der skal ske.
approval-error-note-long = Skriv det kortere, højst 2.000 tegn.
approval-error-none = Vælg mindst én kanal, svaret gælder.
approval-error-changed = Teksten er ændret, siden du åbnede siden. Her ser du den, som den er nu. Læs den, og svar så igen.
approval-error-remark = Skriv, hvad du vil sige.
approval-letter-waiting-subject = { $count ->
    [one] Et opslag venter på din godkendelse
   *[other] { $count } opslag venter på din godkendelse
}
approval-letter-waiting = Det her går ikke ud, før du eller en kollega har godkendt det:
approval-letter-answered-subject = Svar om »{ $title }«
approval-letter-approved = Godkendt af { $who }
approval-letter-returned = Sendt tilbage af { $who }:
approval-letter-rejected = Afvist af { $who }:
difference-title = Det er ændret
difference-gone = fjernet:
difference-new = tilføjet:
difference-since-approved = Sammenlignet med det, der sidst blev godkendt.
difference-since-returned = Sammenlignet med det, der blev sendt tilbage.

# Other words before it is sent
rewrite-title = Ret teksten til { $channel }
rewrite-open = Ret teksten
rewrite-hint = Linket bliver sat ind af sig selv og er det samme som før.
rewrite-save = Gem teksten
rewrite-not = Fortryd
rewrite-asks-title = Teksten skal godkendes igen
rewrite-asks = Den nye tekst går ikke ud, før den er godkendt. Det gælder kun denne kanal.
rewrite-said-same = Teksten er den samme.
rewrite-said-goes = Teksten er gemt. Den går ud til tiden.
rewrite-said-waits = Teksten er gemt og skal godkendes, før den går ud.

# Who does what
rule-list-title = Ansvar og godkendelse
rule-list-lede = Hvem skriver, godkender og udgiver. En enhed følger den, der ligger over, til den får sin egen aftale.
rule-col-holds = Gælder her
rule-change = Ret
rule-title = Ansvar i { $unit }
rule-holds = Lige nu: { $rule }
rule-none = Ingen aftale: den, der må udgive, udgiver selv
rule-inherited = { $rule }, aftalt i { $unit }
rule-split = Hvem gør hvad
rule-preset = Fordeling
rule-preset-central = Centralt
rule-preset-central-hint = Enheden skriver, kommunikation godkender og udgiver.
rule-preset-hybrid = Hybrid
rule-preset-hybrid-hint = Enheden udgiver på sine egne konti. På de fælles konti godkender kommunikation.
rule-preset-decentral = Decentralt
rule-preset-decentral-hint = Enheden udgiver selv. Kommunikation ser det bagefter.
rule-preset-own = Jeres egen fordeling
rule-preset-own-hint = Vælg i tabellen, hvem der gør hvad.
rule-table = Hvem gør hvad
rule-table-hint = Tabellen gælder, når I har valgt jeres egen fordeling.
rule-col-what = Indhold og konto
rule-row-job-own = Jobopslag på egne konti
rule-row-job-main = Jobopslag på fælles konti
rule-row-story-own = Historier på egne konti
rule-row-story-main = Historier på fælles konti
rule-task-drafts = Skriver
rule-task-reviews = Læser igennem
rule-task-approves = Godkender
rule-task-publishes = Udgiver
rule-task-answers = Svarer på kommentarer
rule-level-nobody = Ingen
rule-level-unit = Enheden
rule-level-central = Centralt
rule-approval = Godkendelse
rule-role = Hvem godkender
rule-role-hint = De, der har rollen i enheden eller over den.
rule-centre = Hvor er »centralt«
rule-centre-hint = Den enhed, hvis folk godkender det, der skal godkendes centralt.
rule-centre-here = Her i enheden
rule-four-eyes = Ingen godkender det, de selv har skrevet
rule-four-eyes-hint = Så ser to personer på alt, før det går ud.
rule-nobody = Ingen kan godkende med den aftale, der gælder nu. Giv nogen rollen først.
rule-approvers = Med den aftale, der gælder nu, godkender { $who }
rule-save = Gem aftalen
rule-lift = Følg enheden over
rule-said-set = Aftalen er gemt. Den gælder det, der planlægges fra nu af.
rule-said-lifted = Enheden følger igen den, der ligger over.
rule-error-cell = Vælg noget i alle felter i tabellen.

# Somebody outside the house
guest-named = { $name } (uden for huset)
guest-title = Dit svar på »{ $title }«
guest-hello = Hej { $name }
guest-lede = { $org } vil gerne have dit svar på det her opslag, før det går ud. Linket virker indtil { $until }.
guest-binds = Du svarer på præcis den tekst, de billeder og det link, du ser her.
guest-over-title = Linket virker ikke længere
guest-over = Det er udløbet, eller en kollega hos os har lukket det. Bed om et nyt, hvis du stadig skal svare.
guest-nothing = Du skal ikke svare på noget lige nu. Her ser du opslaget, som det står.
guest-said-approved = Tak. Du har godkendt opslaget.
guest-said-returned = Tak. Din besked er sendt til forfatteren.
guest-said-rejected = Tak. Opslaget går ikke ud.
guest-ask-title = Spørg en uden for huset
guest-ask-hint = Personen får et link med mail, ser kun dette opslag og kan svare i dit sted.
guest-name = Navn
guest-email = Mail
guest-days-label = Linket virker i
guest-days = { $count ->
    [one] 1 dag
   *[other] { $count } dage
}
guest-ask = Send link
guest-open = Virker indtil { $until }
guest-opened = set { $when }
guest-closed = Lukket
guest-end = Luk linket
guest-said-invited = Linket er på vej.
guest-said-revoked = Linket er lukket.
guest-error-name = Skriv et kortere navn, højst 120 tegn.
guest-error-days = Vælg, hvor længe linket skal virke.
guest-letter-subject = { $org } beder om dit svar på et opslag
guest-letter-text = { $who } hos { $org } vil gerne have dit svar på et opslag, før det går ud. Se det, og svar her:
guest-letter-until = Linket er dit personlige og virker indtil { $until }.

# The short list of whoever approves
check-title = Før du svarer
check-asked = Det skal et menneske se på
check-good = I orden:
check-lacks = Mangler:
check-facts = Tallene, fristen og lønnen passer
check-theme = Det handler om noget, vi har valgt at fortælle om
check-tone = Det lyder som os og er let at læse
check-people = Samtykke.
check-alt = Billedtekster.
check-captions = Undertekster.
check-link = Link.
check-pay = Løn.
check-short-facts = tal, frist og løn
check-short-theme = emne
check-short-tone = tone
check-looked-at = Har set på: { $what }
check-people-none = Ingen er noteret på det, der vises.
check-people-yes = { $count ->
    [one] Den, der kan genkendes, har sagt ja.
   *[other] Alle { $count }, der kan genkendes, har sagt ja.
  }
check-people-lack = { $count } af { $all } har ikke sagt ja.
check-alt-none = Der vises kun linkets kort.
check-alt-all = { $count ->
    [one] Filen har en beskrivelse.
   *[other] Alle { $count } filer har en beskrivelse.
  }
check-alt-lack = { $count } af { $all } filer har ingen beskrivelse.
check-captions-none = Ingen film.
check-captions-all = De er med, eller ingen taler.
check-captions-lack = { $count ->
    [one] 1 film har ingen.
   *[other] { $count } film har ingen.
  }
check-link-all = Et sporet link på hver kanal.
check-link-lack = Intet link på { $channels }.
check-pay-told = Løn og overenskomst står i jobopslaget.
check-pay-lacks = Løn eller overenskomst mangler i jobopslaget.
