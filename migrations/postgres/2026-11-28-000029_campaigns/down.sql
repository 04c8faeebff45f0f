drop table story_themes;
drop table campaign_things;
drop table campaign_units;
drop table campaigns;
