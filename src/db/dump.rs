//! Everything the database holds, row by row as text, for whoever looks for a word in it; and what can be done so that what
//! was deleted is gone from its files too.

use diesel::{
    QueryableByName, RunQueryDsl,
    sql_types::{Integer, Text},
};

use super::{Conn, Db, DbError};

/// Between the columns of a row: no text of ours holds it.
const BETWEEN: &str = "char(31)";
/// Where the statements that made the tables stand.
pub const SCHEMA: &str = "schema";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Shows every row of every table as text; on SQLite also the statements that made them, which stand in the same file.
pub fn each_row(conn: &mut Conn, mut see: impl FnMut(&str, &str)) -> Result<(), DbError> {
    for table in tables(conn)? {
        match conn {
            Conn::Sqlite(c) => {
                let names: Vec<Line> =
                    diesel::sql_query(format!("select name as line from pragma_table_info('{table}')"))
                        .load(c)?;
                let columns: Vec<String> =
                    names.iter().map(|n| format!("coalesce(cast(\"{}\" as text), '')", n.line)).collect();
                let row = columns.join(&format!(" || {BETWEEN} || "));
                let rows = diesel::sql_query(format!("select {row} as line from \"{table}\""))
                    .load_iter::<Line, _>(c)?;
                for row in rows {
                    see(&table, &row?.line);
                }
            }
            Conn::Pg(c) => {
                let all = diesel::sql_query(format!("select t::text as line from \"{table}\" t"));
                // one by one: a log of many years is not held in memory
                for row in all.load_iter::<Line, diesel::pg::PgRowByRowLoadingMode>(c)? {
                    see(&table, &row?.line);
                }
            }
        }
    }
    if let Conn::Sqlite(c) = conn {
        let made: Vec<Line> =
            diesel::sql_query("select sql as line from sqlite_master where sql is not null").load(c)?;
        made.iter().for_each(|line| see(SCHEMA, &line.line));
    }
    Ok(())
}

fn tables(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    let lines: Vec<Line> = match conn {
        Conn::Sqlite(c) => diesel::sql_query(
            "select name as line from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by 1",
        )
        .load(c)?,
        Conn::Pg(c) => diesel::sql_query(
            "select table_name::text as line from information_schema.tables \
             where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1",
        )
        .load(c)?,
    };
    Ok(lines.into_iter().map(|line| line.line).collect())
}

/// Clears what deleted rows leave in the files. SQLite zeroes a deleted row where it lies (`secure_delete`), and here carries
/// its log over and cuts it off; false when somebody still reads an older state, so that it must be tried again. PostgreSQL
/// gives the room of dead rows free to be written over (`vacuum`): their bytes may lie in its files and its own log until
/// then, and nobody can read them through the database.
pub fn clear(db: &Db) -> Result<bool, DbError> {
    #[derive(QueryableByName)]
    struct Carried {
        #[diesel(sql_type = Integer)]
        busy: i32,
    }
    db.write_alone(|conn| {
        if let Conn::Sqlite(c) = conn {
            let carried: Carried = diesel::sql_query("pragma wal_checkpoint(truncate)").get_result(c)?;
            return Ok(carried.busy == 0);
        }
        for table in tables(conn)? {
            if let Conn::Pg(c) = conn {
                diesel::sql_query(format!("vacuum \"{table}\"")).execute(c)?;
            }
        }
        Ok(true)
    })
}
