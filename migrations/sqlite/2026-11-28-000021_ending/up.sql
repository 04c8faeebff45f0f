-- What is live of an ad is taken down when the ad is over, unless somebody wants it to stay.
alter table publications add column stays boolean not null default 0;
