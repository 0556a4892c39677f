//! Which files a report becomes: one of its own name, or one for each team that has a page.

use std::borrow::Cow;
use std::path::Path;

use super::context::{Context, TeamView};

/// The files a report is written to, and what each of them says. A template never sees another team's part.
pub(super) fn of<'c>(report: &str, context: &'c Context) -> Vec<(String, Cow<'c, Context>)> {
    if !is_of_teams(report) || context.teams.is_empty() {
        return vec![(report.to_owned(), without_teams(context))];
    }
    let page = |team: &TeamView| (file(report, team), Cow::Owned(of_team(context, team)));
    context.teams.iter().map(page).collect()
}

/// The names of a report's files.
pub(super) fn files(report: &str, context: &Context) -> Vec<String> {
    of(report, context).into_iter().map(|(name, _)| name).collect()
}

/// `team.html`, and a client's own `team.md`: written once for each team.
pub(super) fn is_of_teams(report: &str) -> bool {
    is_named(report, "team")
}

/// `email.html` and `email.txt`: read in a mail program.
pub(super) fn is_mail(report: &str) -> bool {
    is_named(report, "email")
}

fn is_named(report: &str, stem: &str) -> bool {
    let path = Path::new(report);
    path.file_stem().is_some_and(|own| own == stem) && path.parent() == Some(Path::new(""))
}

fn file(report: &str, team: &TeamView) -> String {
    let ending = Path::new(report).extension().and_then(|ending| ending.to_str()).unwrap_or("html");
    format!("team-{}.{ending}", team.slug)
}

fn without_teams(context: &Context) -> Cow<'_, Context> {
    if context.teams.is_empty() {
        return Cow::Borrowed(context);
    }
    Cow::Owned(Context { teams: Vec::new(), ..context.clone() })
}

/// What a team's page sees: its own part and what holds of every page.
fn of_team(context: &Context, team: &TeamView) -> Context {
    let mut page = context.page.clone();
    page.title = format!("{}, {}, {}", page.client, team.name, page.name);
    let decided = |tone: &str| matches!(tone, "structural" | "mixed");
    Context {
        schema: context.schema.clone(),
        report: context.report.clone(),
        sections: context.sections.clone(),
        link: context.link.clone(),
        brand: context.brand.clone(),
        page,
        warnings: context.warnings.clone(),
        caution: context.caution || team.metrics.iter().any(|row| decided(&row.tone)),
        team: Some(team.clone()),
        ..Context::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_known_by_its_whole_name() {
        assert!(is_of_teams("team.html") && is_of_teams("team.md") && is_mail("email.txt"));
        assert!(!is_of_teams("team-list.html") && !is_of_teams("own/team.html") && !is_mail("my-email.txt"));
    }

    #[test]
    fn each_team_sees_itself_alone() {
        let team = |slug: &str| TeamView { slug: slug.to_owned(), ..TeamView::default() };
        let context = Context { teams: vec![team("a"), team("b")], ..Context::default() };
        let pages = of("team.html", &context);
        let seen: Vec<_> = pages.iter().map(|(name, page)| (name.as_str(), page.teams.len())).collect();
        assert_eq!(seen, [("team-a.html", 0), ("team-b.html", 0)]);
        assert_eq!(pages[1].1.team.as_ref().map(|team| team.slug.as_str()), Some("b"));
        assert!(of("leadership.html", &context)[0].1.teams.is_empty());
        assert_eq!(files("team.html", &Context::default()), ["team.html"]);
    }
}
