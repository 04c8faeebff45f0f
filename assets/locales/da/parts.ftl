# What stands around every page
layout-product = Opslag
layout-skip = Gå til indhold
layout-menu = Menu
layout-close-menu = Luk menu
layout-navigation = Hovedmenu
layout-help = Hjælp: { $phone }
layout-looking-for-work = Søger du job? Se ledige stillinger
layout-log-out = Log ud
layout-close = Luk
layout-jobs = Ledige stillinger
layout-stories = Historier
layout-phone = Telefon
layout-accessibility = Tilgængelighedserklæring
layout-privacy = Privatliv
layout-staff = Medarbejdere: log ind
layout-swap-failed = Vi fik ikke svar fra serveren. Det, du ser herunder, er fra før. Intet, du har skrevet, er gået tabt.
layout-try-again = Prøv igen

# Fields
parts-optional = (valgfrit)
parts-error = Fejl:
parts-errors = { $count ->
    [one] Der er ét felt, som skal rettes
   *[other] Der er { $count } felter, som skal rettes
}
parts-characters-at-most = Højst { $count } tegn
parts-characters-left = NN tegn tilbage
parts-characters-over = NN tegn for meget

# The editor of an ad's text
parts-rich-tools = Formatering
parts-rich-heading = Overskrift
parts-rich-subheading = Underoverskrift
parts-rich-bold = Fed
parts-rich-italic = Kursiv
parts-rich-bullets = Punktliste
parts-rich-numbers = Nummereret liste
parts-rich-link = Link
parts-rich-undo = Fortryd
parts-rich-redo = Gentag
parts-rich-address = Adresse
parts-rich-set-link = Sæt link
parts-rich-remove-link = Fjern link

# Lists
parts-pages = Sider
parts-previous-page = Forrige side
parts-next-page = Næste side
parts-crumbs = Brødkrumme
