# Stories and other posts

story-missing-title = Write a title.
story-missing-lead = Write a lead. It stands on cards and in the card that channels show.
story-missing-body = Write the story.
story-missing-answers = Answer the questions, or delete those that do not fit. There is still a “…” under at least one.
story-missing-english = Finish title, lead and text in English, or empty the English fields.
story-missing-posting = Choose the job ad the link is to lead to.
story-missing-posting-open = The job ad takes no applications or is internal. Choose another, or let the link lead to the story's own page.

story-error-media = One of the pictures is not there, or belongs to a unit you do not work for. Choose another.
story-error-media-many = Choose at most { $max } pictures and films.

story-refused-archived = The story is archived. Open it again before you change it.
story-refused-not-yours = The story is ready and may be out. Ask somebody who may publish to take it back to draft.
story-refused-step = This cannot be done with the story as it is now. Reload the page to see how it stands.

story-refused-not-ready = The story is not ready yet. See the list of what is missing.
story-stale = A colleague has saved the story meanwhile. Go back and open it again.
story-error-kind = Choose what you want to write.

story-kind-story = Employee story
    .hint = A colleague tells. Begins with the four questions of the strategy.
story-kind-day-in-life = A day in the job
    .hint = An ordinary day from morning to evening, so that applicants know what they say yes to.
story-kind-plain = Other post
    .hint = An open house, a thank-you, a greeting. Without fixed questions.

story-state-draft = Draft
story-state-ready = Ready
story-state-archived = Archived

story-audience-external = The public
    .hint = May go out on channels and be shown on the careers site.
story-audience-internal = Colleagues only
    .hint = Is not on the careers site and cannot be sent to open channels.
story-audience-both = Both
    .hint = The public and colleagues alike.

story-leads-page = The story's own page
    .hint = On the careers site, with open jobs under it.
story-leads-posting = A job ad
    .hint = Straight to the ad you choose here.
story-leads-careers = The list of open jobs
    .hint = The front page of the careers site.

stories-lede = Stories from everyday work and other posts that are no job ads.
stories-write = Write a story
stories-write-lede = Choose what you want to write and give it a title. You write the rest on the next page.
stories-write-on = Create and write on
stories-search = Find a story
stories-search-words = Words in title or lead
stories-search-do = Show
stories-narrow = Show only
stories-all = Show all
stories-none = No stories here
stories-none-next = Write the first one, or show all if you have narrowed the list. Archived ones are shown only when you choose them.
stories-count = { $count ->
    [one] { $count } story
   *[other] { $count } stories
}
stories-feed-title = Stories from { $org }
stories-public-title = Stories from everyday work
stories-public-heading = Stories from everyday work
stories-public-lead = Colleagues in { $org } tell what it is like to work here.
stories-public-none = There are no stories here yet.
stories-public-more = More stories
stories-public-jobs = Open jobs here

story-untitled = Untitled
story-every-unit = Every unit
story-no-posting = No particular job ad
story-changed = Changed { $when }

story-field-kind = What is it?
story-field-unit = Unit
story-field-title-da = Title
story-field-lead-da = Lead
story-field-body-da = Text
story-field-title-en = Title in English
story-field-lead-en = Lead in English
story-field-body-en = Text in English
story-field-hero = The picture on top, or the film
story-field-media = More pictures and films
story-field-audience = Audience
story-field-leads-to = The link leads to
story-field-posting = Job ad
story-title-hint = What is read first. At most 100 characters.
story-lead-hint = Two lines that make one read on. They also stand on cards and in shares.
story-body-hint = Use headings and short paragraphs. Delete the questions that do not fit.
story-posting-hint = Shown first under the story. Must be chosen if the link leads to a job ad.
story-media-what = Only pictures and films that the people in them have agreed to.
story-media-none = No picture
story-media-more = Choose more pictures or films
story-english-what = Shown to those who read the careers site in English. Write all three fields or none.

story-part-text = The story
story-part-english = In English
story-part-media = Pictures and films
story-part-what = Kind and unit
story-part-whom = Whom is it for?
story-part-themes = Theme and campaign
story-field-themes = Theme
story-part-link = Where does the link lead?

story-edit = Edit
story-edit-draft = The draft is seen only by those who write stories.
story-edit-ready = The story is ready and may be out. What you save shows on the careers site at once; what was sent to channels is not changed.
story-save = Save
story-hinders = The story is ready and must stay so. Put this right, or take it back to draft.

story-ready-nothing = Nothing is missing
story-ready-missing = { $count ->
    [one] One thing is missing
   *[other] { $count } things are missing
}
story-ready-is = The story is ready and can be sent to channels.
story-ready-may = Make it ready when others may see it. It then stands on the careers site and can be sent to channels.
story-ready-ask = Ask somebody from communications to make it ready.
story-finish = Make ready
story-verbs = Other
story-reopen = Take back to draft
story-reopen-what = It leaves the careers site, and planned deliveries wait.
story-archive = Archive
story-archive-what = When it has been told. It leaves the careers site, and planned deliveries are cancelled.
story-told = Deliveries
story-told-all = { $count ->
    [one] See it in the queue
   *[other] See all { $count } in the queue
}
story-told-more = Details
story-told-nowhere = The story has not been sent to any channel yet.
story-reads = How it reads

story-said-saved = The story is saved.
story-said-ready = The story is ready. Now you can send it to channels.
story-said-reopened = The story is a draft again.
story-said-archived = The story is archived.
