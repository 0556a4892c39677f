mod report_case;
#[test]
fn write() {
    let (f, s) = (report_case::frame(), report_case::story());
    for name in ["leadership.html", "summary.md"] {
        match gapwise::report::draft_page(name, &f, &s) {
            Ok(page) => std::fs::write(format!("/tmp/look/{name}"), page).unwrap(),
            Err(e) => panic!("{e:?}"),
        }
    }
}
