# Samtaler: tider, hvem der har dem, og det, ansøgeren ser.
posting-tab-interviews = Samtaler
interviews-title = Samtaler
interviews-page-title = Samtaler: { $title }
interviews-lede = { $title } · { $laid ->
    [0] Ingen tider endnu
    [one] Én tid, { $free } ledig
   *[other] { $laid } tider, { $free } ledige
  }
interviews-programme = Program til print
interviews-programme-title = Program: { $title }
interviews-programme-none = Ingen har en tid endnu.
interviews-programme-made = Udskrevet { $at } af { $who }.
interviews-calendar = Kalenderfil
interviews-calendar-summary = Samtale hos { $org }
interviews-calendar-panel = Samtale: { $title } ({ $reference })
interviews-day = { $weekday } den { $date }
interviews-minutes = { $count ->
    [one] Ét minut
   *[other] { $count } minutter
  }
interviews-round = { $number }. samtale
interviews-by-video = Videomøde
interviews-taken = { $taken } af { $all } tider taget
interviews-no-pay = Der kan ikke inviteres endnu
interviews-no-pay-what = Opslaget siger ikke, hvad lønnen er. Ansøgere har ret til at vide det før samtalen.
interviews-no-pay-go = Skriv lønnen i opslaget
interviews-no-times = Ingen tider tilbage
interviews-no-times-what = Nogen skal vælge en tid, og alle tider er taget eller forbi. Tilføj flere.
interviews-clashes = Tider, der støder sammen
interviews-clash = { $name } har også en samtale i { $which }: { $when }.
interviews-clash-own = { $day }: { $one } og { $other } ligger oven i hinanden.
interviews-clash-elsewhere = et andet opslag
interviews-empty = Ingen tider endnu
interviews-empty-what = Tilføj de tider, udvalget kan. Så kan ansøgerne selv vælge.
interviews-free = Ledig
interviews-hidden = Taget. Ansøgeren er slettet, eller du har en relation til dem.
interviews-slot-open = Kan vælges
interviews-slot-unused = Blev ikke brugt
interviews-slot-booked = Aftalt
interviews-slot-past = Mangler svar
interviews-state-invited = Inviteret
interviews-state-booked = Aftalt
interviews-state-moved = Tiden faldt bort
interviews-state-held = Holdt
interviews-state-no-show = Mødte ikke
interviews-state-declined = Sagde nej
interviews-state-cancelled = Aflyst
interviews-decided = Afgjort, men ved det ikke endnu
interviews-needs = Hensyn:
interviews-change = Flyt eller aflys
interviews-move-to = Flyt til
interviews-move = Flyt
interviews-drop-words = Tag tiden væk: hvad skal ansøgeren vide?
interviews-words-hint = Står i brevet og på ansøgerens side. Skriv ikke noget om, hvordan de vurderes.
interviews-drop = Tag tiden væk, og lad dem vælge igen
interviews-cancel-words = Aflys: hvad skal ansøgeren vide?
interviews-cancel = Aflys samtalen
interviews-take-back = Træk invitationen tilbage
interviews-close = Luk tiden
interviews-came = Holdt
interviews-missed = Mødte ikke
interviews-add = Tilføj tider
interviews-add-what = Flere på én gang: dagen, den første tid, og hvor mange der følger efter.
interviews-date = Dag
interviews-from = Første tid
interviews-from-hint = Fx 9.00
interviews-length = Minutter hver
interviews-pause = Minutters pause imellem
interviews-count = Hvor mange tider
interviews-seats = Pladser på hver
interviews-seats-hint = Mere end 1 er en gruppesamtale
interviews-which-round = Hvilken samtale
interviews-place = Sted
interviews-place-hint = Lokale og adresse. Kan være tomt, hvis det er et videomøde.
interviews-link = Adresse på videomøde
interviews-link-hint = Begynder med https://
interviews-note = Godt at vide
interviews-note-hint = Fx hvad de skal tage med. Ansøgeren læser det.
interviews-add-submit = Tilføj tider
interviews-aside = Inviterede og udvalg
interviews-letters = { $count ->
    [one] Ét brev kom ikke frem
   *[other] { $count } breve kom ikke frem
  }
interviews-letter-invitation = Invitation
interviews-letter-confirmation = Bekræftelse
interviews-letter-moved = Flytning
interviews-letter-cancelled = Aflysning
interviews-letter-reminder = Påmindelse om tiden
interviews-letter-nudge = Påmindelse om at vælge
interviews-waiting = { $count ->
    [0] Alle har valgt tid
    [one] Én har ikke valgt tid
   *[other] { $count } har ikke valgt tid
  }
interviews-waiting-none = Ingen venter på at vælge.
interviews-since = Inviteret { $at }
interviews-since-reminded = Inviteret { $at }, mindet om det { $again }
interviews-wished = Ingen af tiderne passer
interviews-remind = Påmind nu
interviews-for-them = Vælg for dem, eller træk tilbage
interviews-time = Tid
interviews-book = Aftal tiden
interviews-none-left = Ingen ledige tider. Tilføj flere først.
interviews-invite = Invitér
interviews-invite-nobody = Alle i trinnet samtale er inviteret. Flyt flere dertil på tavlen.
interviews-invite-whom = Ansøgere i trinnet samtale
interviews-invite-submit = Send invitation
interviews-said-laid = { $count ->
    [one] Én plads er tilføjet.
   *[other] { $count } pladser er tilføjet.
  }
interviews-said-closed = Tiden er lukket.
interviews-said-invited = { $count ->
    [0] Ingen blev inviteret.
    [one] Én er inviteret.
   *[other] { $count } er inviteret.
  }
interviews-said-reminded = Påmindelsen er på vej.
interviews-said-booked = Tiden er aftalt.
interviews-said-cancelled = Samtalen er aflyst.
interviews-said-held = Noteret: samtalen er holdt.
interviews-said-missed = Noteret: mødte ikke.
interviews-passed-elsewhere = { $name } søger en anden stilling.
interviews-passed-decided = { $name } er allerede afgjort.
interviews-passed-late = { $name } kom for sent og er ikke taget med endnu.
interviews-passed-stage = { $name } står ikke i trinnet samtale.
interviews-passed-invited = { $name } er allerede inviteret.
interviews-refused-over = Ansøgningen er afsluttet, så der kan ikke vælges tid.
interviews-refused-late = Det er for tæt på samtalen til at ændre her. Ring i stedet.
interviews-refused-ahead = Samtalen har ikke været endnu.
interviews-error-number = Skriv et helt tal fra { $from } til { $to }
interviews-error-date = Skriv dagen, fx 14-12-2026
interviews-error-time = Skriv klokkeslættet som 9.00
interviews-error-gap = Den time findes ikke den nat, fordi uret stilles frem. Vælg et andet klokkeslæt.
interviews-error-past = Tiden er forbi. Vælg en, der kommer.
interviews-error-far = Vælg en dag inden for et år
interviews-error-midnight = Så mange tider går ind i næste dag. Vælg færre.
interviews-error-place = Skriv et sted eller en adresse på et videomøde
interviews-error-long = Højst { $most } tegn
interviews-error-link = Skriv en hel adresse, der begynder med https://
interviews-error-words-long = Højst 1000 tegn
interviews-error-cpr = Her ser ud til at stå et CPR-nummer. Slet det, og prøv igen.
interviews-error-pay = Opslaget siger ikke, hvad lønnen er. Skriv den i opslaget, så kan I invitere.
interviews-error-nobody = Vælg mindst én ansøger
interviews-error-no-times = Der er ingen ledige tider at vælge. Tilføj tider først.
interviews-error-just-written = De har lige fået et brev. Vent en time, før du skriver igen.
interviews-error-taken = En anden har lige taget den tid. Vælg en af dem, der er ledige nu.
interviews-error-moved = Nogen har ændret det imens. Se, hvordan det står nu, og prøv igen.
interviews-subject-invitation = Invitation til samtale: { $title }
interviews-subject-confirmation = Din samtale: { $title }
interviews-subject-moved = Din samtale er flyttet: { $title }
interviews-subject-cancelled = Din samtale er aflyst: { $title }
interviews-subject-reminder = Husk din samtale: { $title }
interviews-subject-nudge = Vælg tid til samtale: { $title }
own-interview-title = Samtale
own-interview-heading-choose = Vælg tidspunkt til samtale
own-interview-heading-moved = Vælg et nyt tidspunkt
own-interview-heading-wished = Vi finder en anden tid
own-interview-heading-booked = Din samtale
own-interview-heading-declined = Du har sagt nej til samtalen
own-interview-heading-cancelled = Samtalen er aflyst
own-interview-choose = Vi vil gerne møde dig. Vælg selv en tid.
own-interview-moved = Den tid, du havde valgt, er faldet bort. Vælg en anden her.
own-interview-wished = Du har skrevet, at ingen af tiderne passer. Vi kontakter dig.
own-interview-wished-text = Du har skrevet, at ingen af tiderne passer. { $name } kontakter dig. Du kan også ringe på { $phone } eller vælge en af de ledige tider her.
own-interview-held = Samtalen blev holdt { $when }.
own-interview-missed = Samtalen var { $when }. Vi fik ikke mødt dig.
own-interview-declined = Du har sagt nej til samtalen.
own-interview-declined-text = Fortryder du, så ring til { $name } på { $phone }. Din ansøgning er ikke trukket.
own-interview-cancelled = Samtalen er aflyst.
own-interview-cancelled-when = Den skulle have været { $when }.
own-interview-to-choose = Vælg tid
own-interview-to-see = Se samtalen
own-interview-change-until = Du kan vælge en anden tid eller sige nej her indtil { $until }.
own-interview-too-late = Det er tæt på nu. Skal den flyttes eller aflyses, så ring til { $name } på { $phone }.
own-interview-calendar = Hent til din kalender
own-interview-calendar-off = Hent en fil, der fjerner den fra din kalender
own-interview-other-time = Vælg en anden tid
own-interview-no-times = Der er ingen ledige tider lige nu. Skriv, hvad der passer dig, så finder vi en.
own-interview-something-else = Andet
own-interview-none-fits = Ingen af tiderne passer mig. Kontakt mig.
own-interview-wish = Hvornår passer det dig?
own-interview-wish-hint = Kun hvis ingen af tiderne passer.
own-interview-needs = Er der noget, vi skal tage hensyn til?
own-interview-needs-hint = Fx elevator, tolk eller videosamtale. Du skal ikke skrive hvorfor.
own-interview-confirm = Bekræft
own-interview-no = Jeg vil ikke til samtale
own-interview-no-what = Så får en anden tiden. Din ansøgning bliver liggende, til du trækker den.
own-interview-no-why = Vil du skrive hvorfor?
own-interview-no-submit = Sig nej til samtalen
own-interview-know = Godt at vide
own-interview-place = Sted
own-interview-video = Videomøde
own-interview-length = Varighed
own-interview-meets = Du møder
own-interview-pay = Løn
own-interview-bring = Husk
own-interview-done-booked = Tak. Tiden er din, og du får en bekræftelse.
own-interview-done-wish = Tak. Vi kontakter dig og finder en anden tid.
own-interview-done-no = Vi har noteret, at du ikke vil til samtale.
own-interview-error-choose = Vælg en tid, eller at ingen af dem passer
own-interview-error-taken = En anden nåede at tage den tid først. Vælg en af dem, der er ledige nu.
own-interview-error-moved = Samtalen er ændret imens. Se, hvordan den står nu.
guide-title = Samtaleguide
guide-page-title = Samtaleguide: { $title }
guide-lede = Alle bliver spurgt om det samme. Skriv spørgsmål til hvert kriterium, og print guiden til samtalen; på papiret er der plads til noter. Spørg ikke, hvad nogen tjener eller har tjent.
guide-paper = Noter herfra hører til sagen. Karakterer gives bagefter i vurderingen, hver for sig.
guide-empty = Ingen profil
guide-empty-what = Guiden kommer af det, opslaget kræver. Profilen skrives, mens opslaget er en kladde.
guide-evidence = Bedømmes ud fra:
guide-questions = Spørgsmål til »{ $criterion }«
guide-questions-hint = Ét på hver linje.
guide-no-questions = Ingen spørgsmål skrevet.
guide-notes = Noter:
guide-save = Gem spørgsmål
guide-said-saved = Spørgsmålene er gemt.
guide-error-pay = Man må ikke spørge, hvad nogen tjener eller har tjent. Spørg eventuelt om forventninger til lønnen.
guide-error-long = Højst 1500 tegn
guide-error-cpr = Her ser ud til at stå et CPR-nummer. Slet det.
start-interviews-wish = { $count ->
    [one] Én kan ikke nogen af tiderne
   *[other] { $count } kan ikke nogen af tiderne
  }
start-interviews-past = { $count ->
    [one] Én samtale mangler at blive noteret
   *[other] { $count } samtaler mangler at blive noteret
  }
start-interviews-letters = { $count ->
    [one] Ét brev om en samtale kom ikke frem
   *[other] { $count } breve om samtaler kom ikke frem
  }
start-interviews-no-times = Ingen tider tilbage at vælge
start-interviews-silent = { $count ->
    [one] Én har ikke valgt tid
   *[other] { $count } har ikke valgt tid
  }
start-interviews-verb = Se samtaler
overview-waits-choice = Ansøgeren vælger tid
overview-waits-time = Ingen af tiderne passer: find en anden
overview-waits-talk = Samtalen er aftalt
overview-waits-result = Notér, om samtalen blev holdt
overview-waits-judging = Udvalget afgør
