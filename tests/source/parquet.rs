//! Parquet as warehouses write it: zoned timestamps, whole numbers, dates, blanks that are no nulls.

use crate::support::*;
use polars::prelude::{
    Column, DataFrame, DataType, IntoLazy as _, NamedFrom as _, ParquetWriter, Series, TimeUnit, TimeZone,
    col,
};

fn write(path: &std::path::Path, zoned: bool) -> DataFrame {
    let text = |name: &str, values: &[&str]| Column::from(Series::new(name.into(), values));
    // 2026-10-25T23:30:00Z is still that Sunday in London: summer time ended in the night before.
    let at: Vec<Option<i64>> =
        vec![Some(1_792_971_000_000), Some(1_792_884_600_000), Some(1_792_971_000_000), None];
    let zone = zoned.then(|| TimeZone::from_chrono(&chrono_tz::Tz::UTC));
    let at = Series::new("at".into(), at).cast(&DataType::Datetime(TimeUnit::Milliseconds, zone)).unwrap();
    let columns = vec![
        Column::from(at),
        Column::from(Series::new("agent".into(), [Some(7i64), Some(8), None, Some(7)])),
        text("team", &["A", " A ", "", "A"]),
        text("type", &["x", "X ", "x", "x"]),
        Column::from(Series::new("resolved".into(), [Some(true), None, Some(true), Some(true)])),
        Column::from(Series::new("handle".into(), [60i32, -60, 60, 60])),
    ];
    let mut table = DataFrame::new(4, columns).unwrap();
    ParquetWriter::new(std::fs::File::create(path).unwrap()).finish(&mut table).unwrap();
    table
}

#[test]
fn zoned_moments_fall_on_the_local_day_and_refused_rows_are_counted() {
    for zoned in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("c.parquet"), zoned);
        let data = read(&plan(folder.path(), vec![contacts("c.parquet")])).unwrap();
        let count = account(&data);
        assert_eq!((count.read, count.used, count.rejected), (4, 2, 2));
        assert_eq!((count.reasons["no-agent"], count.reasons["no-time"]), (1, 1));
        assert_eq!(refused(&data), [(None, "no-agent"), (None, "no-time")]);
        let first = if zoned { "2026-10-25" } else { "2026-10-24" };
        assert_eq!((count.first_day, count.last_day), (Some(day(first)), Some(day("2026-10-25"))));
        assert_eq!(
            (data.agents.as_slice(), data.teams.as_slice()),
            (["7", "8"].map(String::from).as_slice(), ["A".to_owned()].as_slice())
        );
        assert_eq!(data.contact_types, ["X", "x"]);
        assert_eq!((count.unusable["aht"], count.unusable["fcr"]), (1, 1));
    }
}

#[test]
fn the_grouped_plan_gives_the_sums_that_reading_gives() {
    let folder = tempfile::tempdir().unwrap();
    let table = write(&folder.path().join("c.parquet"), false);
    let plan = plan(folder.path(), vec![contacts("c.parquet")]);
    let span = weeks(&plan, "2026-09-28", "2026-11-15");
    let reduction = gapwise::source::reduction(&plan, &plan.sources[0], span, day("2026-11-15")).unwrap();
    let schema = table.schema().as_ref().clone();
    let sums = reduction.to_lazy(table.lazy(), &schema).select([
        col("row_count").sum(),
        col("sum_1").sum(),
        col("max_1").max(),
    ]);
    let sums = sums.collect().unwrap();
    let value = |name: &str| sums.column(name).unwrap().i64().unwrap().get(0);
    assert_eq!((value("row_count"), value("max_1")), (Some(4), Some(60)));
    assert_eq!(value("sum_1"), Some(180), "rows that are refused are summed apart");
    assert_eq!(totals(&read(&plan).unwrap(), 1), (1, 60, 3600));
}
