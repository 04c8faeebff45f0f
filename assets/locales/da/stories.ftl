# Historier og andre opslag

story-missing-title = Skriv en titel.
story-missing-lead = Skriv en indledning. Den står på kort og i det kort, som kanalerne viser.
story-missing-body = Skriv historien.
story-missing-answers = Svar på spørgsmålene, eller slet dem, der ikke passer. Der står stadig »…« under mindst ét.
story-missing-english = Skriv titel, indledning og tekst færdig på engelsk, eller tøm de engelske felter.
story-missing-posting = Vælg det jobopslag, linket skal føre til.
story-missing-posting-open = Jobopslaget tager ikke imod ansøgninger eller er kun internt. Vælg et andet, eller lad linket føre til historiens egen side.

story-error-media = Et af billederne findes ikke, eller det hører til en enhed, du ikke arbejder for. Vælg et andet.
story-error-media-many = Vælg højst { $max } billeder og film.

story-refused-archived = Historien er arkiveret. Genåbn den, før du retter i den.
story-refused-not-yours = Historien er klar og kan være ude. Bed en, der må udgive, om at tage den tilbage til kladde.
story-refused-step = Det kan ikke gøres med historien, som den er nu. Genindlæs siden, og se hvordan den står.
