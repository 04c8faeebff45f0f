drop table guest_links;
