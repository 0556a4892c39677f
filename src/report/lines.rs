//! Text for a terminal: cells under one another, counts with their word.

/// Cells under one another; a cell wider than most does not push the others.
pub fn columns(rows: &[Vec<String>]) -> Vec<String> {
    const WIDEST: usize = 40;
    let length = |cell: &String| cell.chars().count();
    let width = |at: usize| {
        rows.iter().filter_map(|row| row.get(at)).map(length).filter(|n| *n <= WIDEST).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..4).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}", width = *width)).collect();
        format!("    {}", cells.join("   ").trim_end())
    };
    rows.iter().map(line).collect()
}
