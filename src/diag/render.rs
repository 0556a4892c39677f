//! Diagnostics as text, in the look of rustc.

use annotate_snippets::{AnnotationKind, Group, Level as Shown, Renderer, Snippet};

use super::mask::masked;
use super::{Diagnostic, Diagnostics, Level, Place};

impl Diagnostics {
    /// All of them, then a line that counts them.
    pub fn render(&self) -> String {
        let mut out: Vec<String> = self.sorted().into_iter().map(Diagnostic::render).collect();
        out.push(self.summary());
        out.join("\n\n")
    }

    /// `2 errors, 1 warning`.
    pub fn summary(&self) -> String {
        let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let (errors, warnings) = (self.count(Level::Error), self.count(Level::Warning));
        match (errors, warnings) {
            (0, w) => plural(w, "warning"),
            (e, 0) => plural(e, "error"),
            (e, w) => format!("{}, {}", plural(e, "error"), plural(w, "warning")),
        }
    }
}

impl Diagnostic {
    /// One diagnostic with its snippet, without colour.
    pub fn render(&self) -> String {
        let Some(place) = &self.place else { return self.bare() };
        let level = match self.level {
            Level::Error => Shown::ERROR,
            Level::Warning => Shown::WARNING,
        };
        let text = masked(&place.file.text);
        let mut main = Group::with_title(level.primary_title(&self.title).id(self.code));
        let caret = AnnotationKind::Primary.span(place.start..shown_end(place)).label(&self.label);
        let mut snippet = Snippet::source(&text).path(&place.file.name).annotation(caret);
        if let Some((other, label)) = self.also.as_ref().filter(|(other, _)| other.file == place.file) {
            snippet =
                snippet.annotation(AnnotationKind::Context.span(other.start..shown_end(other)).label(label));
        }
        main = main.element(snippet);
        let mut groups = vec![main];
        let elsewhere = self.elsewhere().map(|(other, label)| (other, label, masked(&other.file.text)));
        if let Some((other, label, text)) = &elsewhere {
            let caret = AnnotationKind::Context.span(other.start..shown_end(other)).label(*label);
            let snippet = Snippet::source(text).path(&other.file.name).annotation(caret);
            groups.push(Group::with_title(Shown::NOTE.secondary_title("set here")).element(snippet));
        }
        if let Some(help) = &self.help {
            groups.push(Group::with_title(Shown::HELP.secondary_title(help)));
        }
        Renderer::plain().render(&groups)
    }

    /// A diagnostic about no place in a file.
    fn bare(&self) -> String {
        let level = if self.level == Level::Error { "error" } else { "warning" };
        let help = self.help.as_ref().map(|help| format!("\nhelp: {help}"));
        format!("{level}[{}]: {}{}", self.code, self.title, help.unwrap_or_default())
    }

    /// The second place, where it lies in another file than the first.
    fn elsewhere(&self) -> Option<(&Place, &str)> {
        let (other, label) = self.also.as_ref()?;
        let same = self.place.as_ref().is_some_and(|place| place.file == other.file);
        (!same).then_some((other, label.as_str()))
    }
}

/// An empty range still gets one caret; a range never runs past its line, so that a table shows its header.
fn shown_end(place: &Place) -> usize {
    let line = place.file.text[place.start..].find('\n').map_or(place.file.text.len(), |n| place.start + n);
    place.end.min(line).max((place.start + 1).min(place.file.text.len()))
}
