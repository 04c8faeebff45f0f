# The morning letter
digest-title = Morgenbrev
digest-lede = Et brev til { $email } om dine opslag: hvad der venter på dig, hvad der går ud, og hvad der kom ud af det, der er ude.
digest-now = Det ville stå i brevet nu
digest-nothing = Der er ikke noget at fortælle
digest-nothing-hint = Når du planlægger opslag, står det her, hvordan det går dem.
digest-often = Hvor tit?
digest-frequency = Send mig brevet
digest-daily = Hver arbejdsdag
digest-daily-hint = Om morgenen mellem 7 og 8, når der er noget at fortælle.
digest-weekly = En gang om ugen
digest-weekly-hint = Den første arbejdsdag i ugen.
digest-never = Aldrig
digest-never-hint = Du kan altid se det på denne side.
digest-at-once = Det, der ikke kan vente på dig, får du altid besked om med det samme: opslag, der ikke kom ud, kanaler, der skal forbindes igen, og godkendelser, der haster.
digest-save = Gem
digest-said-saved = Dit valg er gemt.
digest-asking = { $count ->
    [one] Et opslag venter på nogen
   *[other] { $count } opslag venter på nogen
  }
digest-ahead = { $count ->
    [one] Et opslag går ud
   *[other] { $count } opslag går ud
  }
digest-out = { $count ->
    [one] Et opslag er kommet ud siden sidst
   *[other] { $count } opslag er kommet ud siden sidst
  }
digest-brought = { $clicks ->
    [one] 1 klik
   *[other] { $clicks } klik
  }, { $applied ->
    [one] 1 ansøgning
   *[other] { $applied } ansøgninger
  }
digest-clicks = { $count ->
    [one] 1 klik
   *[other] { $count } klik
  }
digest-more = { $count ->
    [one] Og et til:
   *[other] Og { $count } til:
  }
digest-settings = Hvor tit du får dette brev, bestemmer du her: { $address }
digest-subject-asking = { $count ->
    [one] Et af dine opslag venter på nogen
   *[other] { $count } af dine opslag venter på nogen
  }
digest-subject = Dine opslag: { $ahead } på vej, { $out } kommet ud
