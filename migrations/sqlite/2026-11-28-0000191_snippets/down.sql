drop table snippets;
