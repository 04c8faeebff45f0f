//! Migrations: up, down, up; both databases end with the same columns; no database from the future.

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use opslag::db::{Conn, Db, DbError, migrate};

use crate::harness::TestApp;

#[derive(QueryableByName, PartialEq, Debug)]
struct Column {
    #[diesel(sql_type = Text)]
    t: String,
    #[diesel(sql_type = Text)]
    c: String,
}

async fn columns(db: &Db) -> Vec<(String, String)> {
    db.read(|c| {
        let rows: Vec<Column> = match c {
            Conn::Sqlite(c) => sql_query(
                "select m.name as t, p.name as c from sqlite_master m join pragma_table_info(m.name) p \
                 where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '\\_\\_%' escape '\\' order by 1, 2",
            )
            .load(c)?,
            Conn::Pg(c) => sql_query(
                "select table_name::text collate \"C\" as t, column_name::text collate \"C\" as c from information_schema.columns \
                 where table_schema = 'public' and table_name not like '\\_\\_%' order by 1, 2",
            )
            .load(c)?,
        };
        Ok::<_, DbError>(rows.into_iter().map(|r| (r.t, r.c)).collect())
    }
    )
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn up_down_up_gives_the_same_and_the_schema_file_agrees() {
    let app = TestApp::start().await;
    let before = columns(&app.kit.db).await;
    migrate::down(&app.kit.db).unwrap();
    assert!(columns(&app.kit.db).await.is_empty(), "something stays behind");
    migrate::up(&app.kit.db).unwrap();
    assert_eq!(before, columns(&app.kit.db).await);
    // schema.rs, which the same code uses on both databases, names just these columns
    let schema = include_str!("../../src/db/schema.rs");
    let mut named = Vec::new();
    let mut table = String::new();
    for line in schema.lines() {
        let line = line.trim();
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name.to_owned();
        } else if let Some((column, _)) = line.split_once(" -> ").filter(|_| line.ends_with(',')) {
            named.push((table.clone(), column.to_owned()));
        }
    }
    named.sort();
    assert_eq!(before, named);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_from_the_future_is_refused() {
    let app = TestApp::start().await;
    app.kit
        .db
        .write(|c| {
            sql_query("insert into __diesel_schema_migrations (version) values ('29990101000000')")
                .execute(c)?;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
    let error = migrate::up(&app.kit.db).expect_err("it must be refused").to_string();
    assert!(error.contains("newer Opslag"), "{error}");
}
