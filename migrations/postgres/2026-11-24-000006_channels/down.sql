drop table oauth_flows;
drop table oauth_apps;
drop table account_tokens;
drop table channel_accounts;
