# What the API says of fields; the API itself answers in English
error-time-form = Tidspunktet kan ikke læses. Skriv det som 2026-12-01T09:00.
error-language = Sproget kendes ikke. Skriv da eller en.
error-account = Der er ingen sådan konto. Hent dem med listChannels.
error-media = Der er ingen sådan fil i jeres mediebibliotek.
error-stage = Trinnet kendes ikke. Skriv received, assessing, interview, offer, hired, rejected eller withdrawn.
error-file-too-large = Filen fylder mere, end der må sendes på én gang.
