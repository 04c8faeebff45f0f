drop table posting_acknowledgements;
drop table posting_versions;
drop table posting_rounds;
drop table posting_media;
drop table posting_themes;
drop table posting_texts;
drop table postings;
drop function posting_versions_stand;
