mod report_case;
#[test]
fn write() {
    let (f, s) = (report_case::frame(), report_case::story());
    let files = gapwise::report::render_in(&f, &gapwise::report::assemble_in(&f, &s)).unwrap_or_else(|e| panic!("{e:?}"));
    for (name, bytes) in files {
        let path = std::path::Path::new("/tmp/look").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}
