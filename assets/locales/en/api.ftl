# What the API says of fields; the API itself answers in English
error-time-form = The time cannot be read. Write it as 2026-12-01T09:00.
error-language = The language is not known. Write da or en.
error-account = There is no such account. Read them with listChannels.
error-media = There is no such file in your media library.
error-stage = The stage is not known. Write received, assessing, interview, offer, hired, rejected or withdrawn.
error-file-too-large = The file is larger than may be sent at once.
