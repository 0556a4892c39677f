//! Two public data sets, read whole, where they are at hand: `../shared/data` beside the project, or the
//! folder `GAPWISE_SHARED_DATA` names.

use std::path::PathBuf;

use crate::support::*;
use gapwise::model::SourceId;

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("GAPWISE_SHARED_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"));
    Some(folder.join("contacts")).filter(|folder| folder.is_dir())
}

#[test]
fn the_pwc_call_centre_reads_as_published() {
    let Some(folder) = folder() else { return };
    let columns = [("at", "Date+Time"), ("agent", "Agent"), ("contact_type", "Topic")];
    let mut contacts = source(SourceId::Contacts, "pwc_call_centre.csv", &columns);
    contacts.filter = Some(gapwise::sql::parse("\"Answered (Y/N)\" = 'Y'").unwrap());
    contacts.text.formats.insert("AvgTalkDuration".into(), "HH:MM:SS".into());
    contacts.measures =
        vec![measure(0, "Resolved"), measure(1, "AvgTalkDuration"), measure(2, "\"Satisfaction rating\"")];
    let plan = plan(&folder, vec![contacts]);
    let span = weeks(&plan, "2021-01-01", "2021-03-31");
    let data = gapwise::source::read(&plan, span, day("2021-03-31"), None).unwrap();
    let count = account(&data);
    assert_eq!((count.read, count.used, count.filtered, count.rejected), (5000, 4054, 946, 0));
    assert_eq!((count.first_day, count.last_day), (Some(day("2021-01-01")), Some(day("2021-03-31"))));
    assert_eq!((data.agents.len(), data.contact_types.len()), (8, 5));
    assert_eq!(totals(&data, 0), (4054, 3646, 3646));
    let (n, seconds, _) = totals(&data, 1);
    assert_eq!((n, seconds), (4054, 911_837));
    let (n, hundredths, _) = totals(&data, 2);
    #[expect(clippy::cast_precision_loss, reason = "thousands")]
    let mean = hundredths as f64 / 100.0 / n as f64;
    assert!((mean - 3.40355).abs() < 5e-6, "{mean}");
    assert!(count.unusable.is_empty());
}

#[test]
fn the_anonymous_bank_reads_as_published() {
    let Some(folder) = folder() else { return };
    let columns = [("at", "date+ser_start"), ("agent", "server"), ("contact_type", "type")];
    let mut contacts = source(SourceId::Contacts, "anonbank_feb1999.csv", &columns);
    contacts.text.nulls = vec!["NO_SERVER".into()];
    contacts.measures = vec![measure(1, "ser_time"), measure(0, "CASE WHEN ser_time < 10 THEN 1 ELSE 0 END")];
    let plan = plan(&folder, vec![contacts]);
    let span = weeks(&plan, "1999-02-01", "1999-02-28");
    let data = gapwise::source::read(&plan, span, day("1999-02-28"), None).unwrap();
    let count = account(&data);
    assert_eq!((count.read, count.rejected, count.reasons["no-agent"]), (33_344, 6_673, 6_673));
    assert_eq!((data.agents.len(), data.contact_types.len()), (24, 6));
    assert_eq!(data.quality.rejected.len(), 6_673);
    assert_eq!(data.quality.rejected[0].line, Some(3));
}
