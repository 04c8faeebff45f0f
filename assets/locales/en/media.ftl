# Pictures and films: the library
media-title = Media library
media-total = { $pictures ->
    [one] { $pictures } picture
   *[other] { $pictures } pictures
} and { $films ->
    [one] { $films } film
   *[other] { $films } films
}
media-filters = Filters
media-filter = Show
media-only-pictures = Pictures
media-only-films = Films
media-only-without-alt = Alternative text missing
media-only-without-captions = Captions missing
media-unit = Unit
media-all-units = All units
media-wall = Pictures and films
media-none = There are no pictures or films here
media-none-next = Add the first one, or choose fewer filters.
media-found = { $count ->
    [one] { $count } in all
   *[other] { $count } in all
}
media-film-length = Film { $length }
media-seconds = { $seconds } sec.
media-minutes = { $minutes } min.
media-minutes-seconds = { $minutes } min. { $seconds } sec.
media-usable = May be used in ads

# Bringing files
media-add = Add files
media-choose = Choose pictures or films
media-limits = JPEG, PNG, WebP or GIF of at most { $picture }; MP4, MOV or WebM of at most { $film }.
media-add-note = We remove place, time and camera from the files. Describe them afterwards: without alternative text and captions they cannot be used in ads.
media-progress = [name]: [percent] %
media-checking = [name] has been sent. We are looking it through.
media-taken = [name] has been added.
media-not-taken = [name]: [why]
media-connection-lost = The connection was lost. What has been sent is kept. We will try again shortly.
media-resumed = [name] goes on where it stopped.
media-again = Try again
media-stop = Stop
media-stopped = [name] has been stopped.
media-elsewhere = The file has come further than what was sent. Load the page again and choose the file once more.
media-said-taken = { $count ->
    [one] The file has been added. Describe it now, and it can be used.
   *[other] { $count } files have been added. Describe them, and they can be used.
}
media-said-described = The description has been saved.
media-said-replaced = The file has been replaced. Read the texts through, and save them if they still fit.
media-said-captioned = The captions have been saved.
media-said-uncaptioned = The captions have been removed.
media-said-poster = The picture for the film has been saved.
media-said-deleted = { $name } has been deleted.

# One picture or film
media-preview = Preview
media-preparing = We are getting the file ready. It takes a moment; a long film takes longer.
media-kind-picture = Picture
media-kind-graphic = Graphic
media-kind-film = Film
media-description = Description
media-alt = Alternative text
media-alt-hint = What can be seen? One or two sentences for those who cannot see it.
media-alt-long = The text is too long. Write at most { $max } characters and put the rest into the ad.
media-alt-and-decorative = There is both a text and a tick at “only decoration”. Delete the text, or remove the tick.
media-alt-stale = The file was replaced: read the text through
media-decorative = Only decoration
media-decorative-hint = Screen readers skip it.
media-silent = Nobody speaks in the film
media-silent-hint = Then it needs no captions.
media-focus = What must stay when the picture is cropped?
media-focus-hint = Cards and previews have other shapes than the picture.
media-focus-middle = The middle
media-focus-top = The top
media-focus-bottom = The bottom
media-focus-left = The left side
media-focus-right = The right side
media-save = Save the description
media-captions = Captions
media-captions-language = Language
media-captions-file = Choose captions
media-captions-hint = WebVTT (.vtt) or SubRip (.srt), saved as UTF-8.
media-captions-add = Add captions
media-burnt = For channels that show no captions, they are burnt into the film.
media-burnt-see = See the film
media-captions-fetch = Download the captions ({ $language })
media-captions-remove = Remove the captions ({ $language })
media-captions-large = The captions are larger than { $kilobytes } KB. Bluesky does not take them; on your own site they work.
media-captions-no-longer = The film was replaced, and the captions no longer fit it. Add new ones.
media-language-da = Danish
media-language-en = English
media-poster = Picture before the film
media-poster-file = Choose a picture
media-poster-hint = What is seen before the film begins. We take one from the film; add another if it is better.
media-poster-add = Use the picture
media-replace = Replace the file
media-replace-file = Choose a new file
media-replace-hint = Alternative text and captions stay. Ads that show the old file show the new one.
media-replace-do = Replace the file
media-ready = Ready to use?
media-state-ready = Ready:
media-state-missing = Missing:
media-facts = About the file
media-fact-size = Size
media-fact-shape = Dimensions
media-fact-length = Length
media-pixels = { $width } × { $height } pixels
media-uses = Used here
media-uses-none = Nothing uses it.
media-in-use = It can be deleted once no ad, story or post uses it.
media-delete = Delete

# What is missing before it may be used
media-missing-preparation = Being made ready
media-missing-usable = The file cannot be used
media-missing-alt = Alternative text
media-missing-captions-da = Danish captions
media-missing-captions-en = English captions
media-missing-poster = Picture before the film
media-missing-people = Who can be recognised
media-missing-consent-internal = Consent: internal
media-missing-consent-website = Consent: careers site
media-missing-consent-social = Consent: social media
media-missing-consent-press = Consent: papers and print
media-missing-consent-display = Consent: paid advertisements
media-missing-rights = The rights have ended
media-people = Who can be recognised?
media-people-hint = Everybody who can be recognised must have said yes before the picture is shown to strangers.
media-people-none = Nobody has been put on it yet.
media-people-known = Somebody we know
media-people-show = Put on the picture
media-people-new = Somebody new
media-people-remove = Remove
media-nobody = Nobody can be recognised
media-nobody-hint = Not from behind by a name tag, a tattoo or a voice either.
media-people-and-nobody = There are people on it. Remove them first if nobody can be recognised.
media-folder = Folder
media-folder-hint = Such as "Care homes 2026". Empty: no folder.
media-folder-long = The folder's name may have { $max } characters at most.
media-usable-until = May be used through
media-usable-until-hint = When the photographer's or the music's rights end. Empty: without end.
media-usable-until-wrong = Write a day, such as 2028-11-30.
media-only-without-people = Who is in it is missing
media-only-consent-ends = Consent ends or is gone
media-all-folders = All folders
media-search-short = Search
media-search = Search name, description, folder and people
media-used = { $used ->
    [0] not used
    [one] used in one place
   *[other] used in { $used } places
  }{ $live ->
    [0] { "" }
   *[other] , { $live } live
  }
media-use-ad = Job ad
media-use-campaign = Campaign
media-use-story = Story
media-use-request = Request for help
media-use-post = Post { $time }
media-live = live
media-note-no-ffmpeg = The film is shown as it came. ffmpeg is not installed on the server, so we cannot take a picture of it or make sure that everyone can play it.
media-note-no-poster = We could not take a picture of the film. Add one yourself.
media-note-as-it-came = The film could not be rewritten and is shown as it came. Watch it in several browsers.

# Why a file is not taken
media-refused-named = { $name }: { $why }
media-refused-no-file = No file was chosen. Choose one.
media-refused-empty = The file is empty. Find it again where it came from.
media-refused-unknown = This is neither a picture nor a film that we can read. Save the picture as JPEG or PNG, the film as MP4.
media-refused-svg = SVG drawings may contain program code, so we do not take them. Save the drawing as PNG.
media-refused-html = This is a web page and not a picture. Save the picture itself from the page and add that.
media-refused-zip = This is a packed file (zip) or a document, whatever it is called. Unpack it and add the pictures one by one.
media-refused-pdf = This is a PDF. Save the page as PNG or JPEG.
media-refused-heic = This is a HEIC picture from a telephone. Save it as JPEG: on an iPhone under Settings, Camera, Formats, “Most Compatible”.
media-refused-avif = This is an AVIF picture, which not every channel can show. Save it as JPEG.
media-refused-tiff = This is a TIFF picture. Save it as JPEG or PNG.
media-refused-bmp = This is a BMP picture. Save it as JPEG or PNG.
media-refused-photoshop = This is a Photoshop file. Save it as JPEG or PNG.
media-refused-sound = This is sound without a picture. Add a film as MP4.
media-refused-film-format = We cannot read this kind of film. Save it as MP4.
media-refused-moving = The picture moves. Save it as a film (MP4), or save one still of it.
media-refused-picture-bytes = The picture is larger than { $megabytes } MB. Save it smaller.
media-refused-film-bytes = The file is larger than { $megabytes } MB. Save the film at a lower quality, for example 1080p.
media-refused-pixels = The picture is { $width } × { $height } pixels, which is too many. Save it with at most { $megapixels } million pixels in all.
media-refused-tiny = The picture is only { $width } × { $height } pixels. Find a larger version of it.
media-refused-memory = The picture takes too much memory to open. Save it as JPEG.
media-refused-store-away = There is nothing wrong with the file, but it cannot be kept right now. Try again in a few minutes.
media-refused-broken = The file is damaged and cannot be opened. Open it on your own machine, save it again and add it.
media-refused-cut-off = The file is not whole: its end is missing. Fetch it again where it came from.
media-refused-film-cut-off = The film is not whole: its end is missing. Wait until it has been saved completely, or fetch it again.
media-refused-no-picture = The file has sound but no picture. Add a film.
media-refused-long = The film is longer than { $minutes } minutes. Cut it shorter.
media-refused-other-kind = A picture cannot be replaced by a film, nor the other way round. Add the file by itself.
media-refused-poster = This is a film. Choose a picture.
media-refused-longer = The file is larger than stated. Choose it again.
media-refused-many-uploads = Too many files are under way. Wait until they are done.

# Captions
media-captions-line = Line { $line }: { $why }
media-captions-no-header = The first line must be WEBVTT, or the file must be SubRip. Export the captions as .vtt.
media-captions-none = There are no captions in the file. Export them again.
media-captions-not-utf8 = Here is a character that we cannot read. Save the file as UTF-8.
media-captions-too-large = The file is too large to be captions. Choose the right file.
media-captions-no-time = A time is missing here. Write it as 00:00:01.000 --> 00:00:04.000
media-captions-time = The time cannot be read. Write it as 00:00:01.000 --> 00:00:04.000
media-captions-comma = There is a comma in the time. Write a full stop before the thousandths: 00:00:01.000
media-captions-no-gap = A new time begins here in the middle of a text. Put an empty line before it.
media-captions-empty-cue = There is no text for this time. Write the text, or delete the time.
media-captions-ends-first = The text ends before it begins. Swap the times.
media-captions-order = The text begins before the previous one, which begins at { $before }. Put them in order.
media-captions-past-end = The text lasts longer than the film, which ends at { $film }. Correct the time.
