//! Tables as files for spreadsheets: UTF-8 with its mark, semicolons between the cells, as a Danish spreadsheet opens them.

use actix_web::{HttpResponse, http::header};

/// An answer that is saved under `name`: the rows, the first of them the headings.
pub fn file(name: &str, rows: &[Vec<String>]) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")))
        .body(text(rows))
}

/// The rows as text.
fn text(rows: &[Vec<String>]) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    text
}

/// A cell. Words that a spreadsheet would take for a formula begin with an apostrophe: titles come from people.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([';', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells_and_words_stay_words() {
        let rows = vec![
            vec!["Titel".to_owned(), "Klik".to_owned()],
            vec!["Kok; »varm« og \"kold\"".to_owned(), "12".to_owned()],
            vec!["=1+1".to_owned(), "0".to_owned()],
        ];
        assert_eq!(text(&rows), "\u{feff}Titel;Klik\r\n\"Kok; »varm« og \"\"kold\"\"\";12\r\n'=1+1;0\r\n");
    }
}
