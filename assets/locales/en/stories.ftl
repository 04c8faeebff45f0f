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
