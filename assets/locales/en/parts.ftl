# What stands around every page
layout-product = Opslag
layout-skip = Skip to content
layout-menu = Menu
layout-close-menu = Close menu
layout-navigation = Main menu
layout-help = Help: { $phone }
layout-looking-for-work = Looking for work? See the vacancies
layout-log-out = Log out
layout-close = Close
layout-jobs = Vacancies
layout-stories = Stories
layout-phone = Telephone
layout-accessibility = Accessibility statement (in Danish)
layout-privacy = Privacy
layout-staff = Staff: log in
layout-swap-failed = The server did not answer. What you see below is from before. Nothing you have written is lost.
layout-try-again = Try again

# Fields
parts-optional = (optional)
parts-error = Error:
parts-errors = { $count ->
    [one] One field needs to be corrected
   *[other] { $count } fields need to be corrected
}
parts-characters-at-most = At most { $count } characters
parts-characters-left = NN characters left
parts-characters-over = NN characters too many

# The editor of an ad's text
parts-rich-tools = Formatting
parts-rich-heading = Heading
parts-rich-subheading = Subheading
parts-rich-bold = Bold
parts-rich-italic = Italic
parts-rich-bullets = Bulleted list
parts-rich-numbers = Numbered list
parts-rich-link = Link
parts-rich-undo = Undo
parts-rich-redo = Redo
parts-rich-address = Address
parts-rich-set-link = Set link
parts-rich-remove-link = Remove link

# Lists
parts-pages = Pages
parts-previous-page = Previous page
parts-next-page = Next page
parts-crumbs = Breadcrumb
