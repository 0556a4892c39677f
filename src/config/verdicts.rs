//! Verdicts, weights, patterns, causes and decisions against the signals in force.

use std::collections::{BTreeMap, BTreeSet};

use super::packs::RawRules;
use super::plan::{Memory, Rule};
use super::raw::{RawDecision, RawVerdict};
use super::section::{At, snake};
use super::sources::sql_mistake;
use super::verdict_plan::{Cap, CauseRule, DecisionRule, Pattern, VerdictRule, Weight};
use crate::diag::{Diagnostic, Diagnostics, Place, way_out};
use crate::kinds::Stage;
use crate::model::{CONCEPTS, ColumnUnit, Confidence, Metric, VerdictId};
use crate::sql::{self, Expression, Type};
use crate::words::Samples;

/// Everything judged from signals.
pub(crate) struct Judged {
    pub(crate) verdicts: Vec<VerdictRule>,
    pub(crate) weights: Vec<Weight>,
    pub(crate) caps: Vec<Cap>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) causes: Vec<CauseRule>,
    pub(crate) decisions: Vec<DecisionRule>,
}

/// Marks the rules that verdicts rest on, and those behind decisions: past periods need their answers.
pub(crate) fn remember(judged: &Judged, rules: &mut [Rule]) {
    let names = |when: &Expression| when.names().into_iter().map(|name| name.name).collect::<Vec<_>>();
    let mut ground: BTreeSet<String> = BTreeSet::new();
    for verdict in &judged.verdicts {
        ground.extend(names(&verdict.when));
        ground.extend(verdict.forms.iter().filter_map(|(_, when)| when.as_ref()).flat_map(names));
    }
    ground.extend(judged.weights.iter().flat_map(|weight| names(&weight.when)));
    ground.extend(judged.caps.iter().flat_map(|cap| names(&cap.when)));
    let asked: BTreeSet<String> =
        judged.decisions.iter().filter_map(|decision| decision.when.as_ref()).flat_map(names).collect();
    let columns = judged.verdicts.iter().filter_map(|verdict| verdict.probability.as_ref());
    let named: BTreeSet<&String> = columns.map(|(rule, _)| rule).collect();
    for rule in rules.iter_mut() {
        if ground.contains(&rule.signal) || named.contains(&rule.id) {
            rule.memory = Memory::Ground;
        } else if asked.contains(&rule.signal) {
            rule.memory = Memory::Findings;
        }
    }
    reading(rules);
}

/// A query needs the evidence it reads wherever it is asked itself.
fn reading(rules: &mut [Rule]) {
    let readers: Vec<(Memory, Vec<String>)> =
        rules.iter().map(|rule| (rule.memory, rule.diagnose.reads().to_vec())).collect();
    for rule in rules.iter_mut() {
        let own = snake(&rule.id);
        let of_it = readers.iter().filter(|(_, reads)| reads.contains(&own));
        rule.memory = of_it.map(|(memory, _)| *memory).fold(rule.memory, Memory::max);
    }
}

struct Signals<'a> {
    /// Raised only once the verdicts are reached.
    late: BTreeSet<&'a str>,
    /// Raised by rules in force.
    live: BTreeSet<&'a str>,
    /// Raised only by rules out of force, always "cannot tell": where their rule is disabled, or none where it
    /// could not be read and has told so itself.
    silent: BTreeMap<String, Option<Place>>,
    /// Rules taken out of force, and where.
    disabled: BTreeMap<&'a str, &'a Place>,
}

pub(crate) fn resolve(raw: &RawRules, rules: &[Rule], metrics: &[Metric], found: &mut Diagnostics) -> Judged {
    let live: BTreeSet<&str> = rules.iter().map(|rule| rule.signal.as_str()).collect();
    let out = raw.disables.iter().filter(|one| !one.has_where);
    let disabled: BTreeMap<&str, &Place> =
        out.map(|one| (one.rule.value.as_str(), &one.rule.place)).collect();
    let off = |rule: &str| disabled.get(rule).map(|place| (*place).clone());
    let written = raw.rules.iter().map(|rule| (rule.signal_name(), off(&rule.id.value)));
    let silent = written.filter(|(signal, _)| !live.contains(signal.as_str())).collect();
    let late = rules.iter().filter(|rule| rule.kind.stage == Stage::Verdicts);
    let signals = Signals { late: late.map(|rule| rule.signal.as_str()).collect(), live, silent, disabled };
    if !raw.broken {
        never_asked(raw, found);
    }
    let mut samples = Samples::of_decision();
    Judged {
        verdicts: raw.verdicts.iter().filter_map(|v| verdict(v, &signals, rules, found)).collect(),
        weights: weights(raw, &signals, found),
        caps: caps(raw, &signals, found),
        patterns: patterns(raw, &signals, metrics, found),
        causes: causes(raw, &signals, found),
        decisions: raw.decisions.iter().filter_map(|d| decision(d, &signals, &mut samples, found)).collect(),
    }
}

impl Signals<'_> {
    /// A predicate that a verdict rests on: over signals known before it.
    fn ground(&self, at: &At<String>, found: &mut Diagnostics) -> Option<Expression> {
        let expression = self.predicate(at, found)?;
        for name in expression.names().iter().filter(|name| self.late.contains(name.name.as_str())) {
            let title = format!("signal `{}` is raised only once the verdicts are reached", name.name);
            let help = "decisions and patterns may use it; a verdict, a weight and a cap may not";
            found.push(Diagnostic::error("GW121", title).at(at.place.inside(&at.value, &name.at)).help(help));
        }
        Some(expression)
    }

    /// A predicate over signals.
    fn predicate(&self, at: &At<String>, found: &mut Diagnostics) -> Option<Expression> {
        let expression = match sql::parse(&at.value) {
            Ok(expression) => expression,
            Err(error) => {
                found.push(sql_mistake(&at.place, &at.value, &error, "GW120"));
                return None;
            }
        };
        let known: Vec<&str> = self.live.iter().copied().collect();
        let lookup = |name: &str, _: bool| {
            (self.live.contains(name) || self.silent.contains_key(name)).then_some(Type::Bool)
        };
        if let Err(errors) = expression.check(Type::Bool, &lookup, &known) {
            found.extend_with(errors.into_iter().map(|error| unknown_signal(at, error)));
        }
        self.note_silent(at, &expression, found);
        Some(expression)
    }

    /// Signals that a disabled rule raised, plain or behind a dot: never true again.
    fn note_silent(&self, at: &At<String>, expression: &Expression, found: &mut Diagnostics) {
        for name in expression.names() {
            let signal = name.name.split_once('.').map_or(name.name.as_str(), |(_, signal)| signal);
            if let Some(Some(off)) = self.silent.get(signal) {
                found.push(silent(signal, at.place.inside(&at.value, &name.at), off));
            }
        }
    }
}

/// A mistake of an expression whose names are signals.
fn unknown_signal(at: &At<String>, error: sql::SqlError) -> Diagnostic {
    let message = error.message.replacen("unknown column", "unknown signal", 1);
    sql_mistake(&at.place, &at.value, &sql::SqlError { message, ..error }, "GW121")
}

fn silent(signal: &str, place: Place, off: &Place) -> Diagnostic {
    let title = format!("signal `{signal}` is raised by no rule in force: always \"cannot tell\"");
    let help = "take the `[[disable]]` out, or write this entry anew without the signal";
    Diagnostic::warning("GW160", title).at(place).also(off.clone(), "its rule is disabled here").help(help)
}

fn verdict(
    raw: &RawVerdict,
    signals: &Signals<'_>,
    rules: &[Rule],
    found: &mut Diagnostics,
) -> Option<VerdictRule> {
    let mut forms = Vec::new();
    for (id, when) in &raw.forms {
        let predicate = when.as_ref().and_then(|at| signals.ground(at, found));
        forms.push((id.value.clone(), predicate));
    }
    let when = signals.ground(&raw.when, found)?;
    Some(VerdictRule {
        verdict: VerdictId::parse(&raw.id.value)?,
        when,
        probability: raw.probability.as_ref().and_then(|at| column_of(at, rules, signals, found)),
        forms,
        origin: raw.id.origin(),
    })
}

/// `rule.column`, a probability.
fn column_of(
    at: &At<String>,
    rules: &[Rule],
    signals: &Signals<'_>,
    found: &mut Diagnostics,
) -> Option<(String, String)> {
    let off = at.value.split_once('.').and_then(|(id, _)| signals.disabled.get(id));
    let mut fail = |title: String, help: String| {
        let mut diagnostic = Diagnostic::error("GW110", title).at(at.place.clone()).help(help);
        diagnostic.also = off.map(|off| ((*off).clone(), "disabled here".to_owned()));
        found.push(diagnostic);
        None
    };
    let Some((id, column)) = at.value.split_once('.') else {
        return fail(
            format!("`{}` is not `rule.column`", at.value),
            "write the rule's id, a dot, a column".into(),
        );
    };
    let Some(rule) = rules.iter().find(|rule| rule.id == id) else {
        if off.is_some() {
            let help = "take the `[[disable]]` out, or write the verdicts anew without it";
            return fail(format!("rule `{id}` is disabled, and a verdict reads from it"), help.to_owned());
        }
        let help = way_out(id, rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>());
        return fail(format!("`{id}` is no rule in force"), help);
    };
    let probabilities: Vec<&str> =
        rule.kind.columns.iter().filter(|c| c.unit == ColumnUnit::Probability).map(|c| c.name).collect();
    if !probabilities.contains(&column) {
        let help = way_out(column, probabilities.iter().copied());
        return fail(format!("`{column}` is no probability of kind `{}`", rule.kind.name), help);
    }
    Some((id.to_owned(), column.to_owned()))
}

fn weights(raw: &RawRules, signals: &Signals<'_>, found: &mut Diagnostics) -> Vec<Weight> {
    let mut all = Vec::new();
    for one in &raw.weights {
        let (Some(verdict), Some(when)) =
            (VerdictId::parse(&one.verdict.value), signals.ground(&one.when, found))
        else {
            continue;
        };
        all.push(Weight { verdict, when, log_odds: one.log_odds, origin: one.when.origin() });
    }
    all
}

fn caps(raw: &RawRules, signals: &Signals<'_>, found: &mut Diagnostics) -> Vec<Cap> {
    let mut all = Vec::new();
    for one in &raw.caps {
        let Some(when) = signals.ground(&one.when, found) else { continue };
        all.push(Cap {
            verdict: one.verdict.as_ref().and_then(|at| VerdictId::parse(&at.value)),
            when,
            at_most: if one.at_most == "weak" { Confidence::Weak } else { Confidence::Moderate },
            because: one.because.value.clone(),
            origin: one.when.origin(),
        });
    }
    all
}

/// `metric-or-role.signal` terms.
fn dotted(
    at: &At<String>,
    want: Type,
    signals: &Signals<'_>,
    metrics: &[Metric],
    found: &mut Diagnostics,
) -> Option<Expression> {
    let expression = match sql::parse_dotted(&at.value) {
        Ok(expression) => expression,
        Err(error) => {
            found.push(sql_mistake(&at.place, &at.value, &error, "GW120"));
            return None;
        }
    };
    let subject = |name: &str| {
        ["operation", "outcome", "behaviour", "activity"].contains(&name)
            || CONCEPTS.iter().any(|concept| snake(concept) == name)
            || metrics.iter().any(|metric| snake(&metric.id) == name || metric.id == name)
    };
    let lookup = |name: &str, _: bool| match name.split_once('.') {
        Some((head, signal)) => (subject(head)
            && (signals.live.contains(signal) || signals.silent.contains_key(signal)))
        .then_some(Type::Bool),
        None => OPERATION_NUMBERS.contains(&name).then_some(Type::Number),
    };
    let mut known: Vec<String> = OPERATION_NUMBERS.iter().map(|name| (*name).to_owned()).collect();
    known.extend(signals.live.iter().map(|signal| format!("outcome.{signal}")));
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    match expression.check(want, &lookup, &names) {
        Ok(Type::Bool) if want == Type::Number => {
            let title = format!("`{}` is true or false, where a number is needed", at.value);
            let help = format!("write `CASE WHEN {} THEN 1 ELSE 0 END`", at.value);
            found.push(Diagnostic::error("GW122", title).at(at.place.clone()).help(help));
        }
        Ok(_) => {}
        Err(errors) => found.extend_with(errors.into_iter().map(|error| unknown_signal(at, error))),
    }
    signals.note_silent(at, &expression, found);
    Some(expression)
}

/// Numbers a pattern's score may use, all 0 to 1: shares of the gaps in force by verdict, and of coaching
/// minutes spent on what sessions cannot reach.
pub const OPERATION_NUMBERS: &[&str] =
    &["share_structural", "share_behavioural", "share_mixed", "misdirected"];

fn patterns(
    raw: &RawRules,
    signals: &Signals<'_>,
    metrics: &[Metric],
    found: &mut Diagnostics,
) -> Vec<Pattern> {
    let mut all = Vec::new();
    for one in &raw.patterns {
        let needs = dotted(&one.needs, Type::Bool, signals, metrics, found);
        let score = dotted(&one.score, Type::Number, signals, metrics, found);
        let (Some(needs), Some(score)) = (needs, score) else { continue };
        all.push(Pattern {
            id: one.id.value.clone(),
            label: one.label.value.clone(),
            needs,
            score,
            at_least: one.at_least,
            margin: one.margin,
            origin: one.id.origin(),
        });
    }
    all
}

fn causes(raw: &RawRules, signals: &Signals<'_>, found: &mut Diagnostics) -> Vec<CauseRule> {
    let mut all = Vec::new();
    for one in &raw.causes {
        for sign in one.signs.iter().filter(|sign| !signals.live.contains(sign.value.as_str())) {
            if let Some(off) = signals.silent.get(&sign.value) {
                found.extend_with(off.as_ref().map(|off| silent(&sign.value, sign.place.clone(), off)));
                continue;
            }
            let title = format!("sign `{}` is no signal in force", sign.value);
            let help = way_out(&sign.value, signals.live.iter().copied());
            found.push(Diagnostic::error("GW110", title).at(sign.place.clone()).help(help));
        }
        if usize::try_from(one.at_least).is_ok_and(|least| least > one.signs.len()) {
            let title = format!(
                "cause `{}` needs {} signs and has {}: it is never listed",
                one.id.value,
                one.at_least,
                one.signs.len()
            );
            let help = "add signs, or lower `at-least` (2 where it is left out)";
            found.push(Diagnostic::warning("GW160", title).at(one.id.place.clone()).help(help));
        }
        all.push(CauseRule {
            id: one.id.value.clone(),
            label: one.label.value.clone(),
            signs: one.signs.iter().map(|sign| sign.value.clone()).collect(),
            at_least: u32::try_from(one.at_least).unwrap_or(2),
            origin: one.id.origin(),
        });
    }
    all
}

/// Decisions whose verdict, form or cause nothing in force yields. Those of a shipped pack are told in one line:
/// whoever writes a list of verdicts anew leaves many of them behind.
fn never_asked(all: &RawRules, found: &mut Diagnostics) {
    let idle = all.decisions.iter().filter_map(|decision| Some((decision, missing(decision, all)?)));
    let (shipped, own): (Vec<_>, Vec<_>) =
        idle.partition(|(decision, _)| decision.id.place.file.name.starts_with("builtin:"));
    found.extend_with(own.into_iter().map(|(_, diagnostic)| diagnostic));
    let Some(first) = all.verdicts.first().filter(|_| !shipped.is_empty()) else { return };
    let ids: Vec<String> = shipped.iter().map(|(decision, _)| format!("`{}`", decision.id.value)).collect();
    let title = format!("with these verdicts {} shipped decisions are never asked for", ids.len());
    let help = format!("write decisions for your own verdicts and forms; left behind: {}", ids.join(", "));
    found.push(Diagnostic::warning("GW160", title).at(first.id.place.clone()).help(help));
}

fn missing(decision: &RawDecision, all: &RawRules) -> Option<Diagnostic> {
    let fail = |at: &At<String>, what: &str, known: &[&str]| {
        let title = format!("this decision is never asked for: `{}` is no {what}", at.value);
        let help = way_out(&at.value, known.iter().copied());
        Some(Diagnostic::warning("GW160", title).at(at.place.clone()).help(help))
    };
    let meant = || all.verdicts.iter().filter(|verdict| verdict.id.value == decision.verdict.value);
    if meant().next().is_none() {
        let verdicts: Vec<&str> = all.verdicts.iter().map(|verdict| verdict.id.value.as_str()).collect();
        return fail(&decision.verdict, "verdict in force", &verdicts);
    }
    let forms: Vec<&str> =
        meant().flat_map(|verdict| &verdict.forms).map(|(id, _)| id.value.as_str()).collect();
    if let Some(form) = decision.form.as_ref().filter(|form| !forms.contains(&form.value.as_str())) {
        return fail(form, &format!("form of `{}`", decision.verdict.value), &forms);
    }
    let causes: Vec<&str> =
        all.causes.iter().map(|cause| cause.id.value.as_str()).chain(["none", "elsewhere"]).collect();
    let cause = decision.cause.as_ref().filter(|cause| !causes.contains(&cause.value.as_str()))?;
    fail(cause, "cause in force", &causes)
}

fn decision(
    raw: &RawDecision,
    signals: &Signals<'_>,
    samples: &mut Samples,
    found: &mut Diagnostics,
) -> Option<DecisionRule> {
    let when = raw.when.as_ref().and_then(|at| signals.predicate(at, found));
    for at in std::iter::once(&raw.what).chain(&raw.risk) {
        for error in samples.check(&at.value) {
            let diagnostic =
                Diagnostic::error("GW140", error.message).at(at.place.inside(&at.value, &error.at));
            found.push(diagnostic.maybe_help(error.help));
        }
    }
    Some(DecisionRule {
        id: raw.id.value.clone(),
        verdict: VerdictId::parse(&raw.verdict.value)?,
        form: raw.form.as_ref().map(|at| at.value.clone()),
        cause: raw.cause.as_ref().map(|at| at.value.clone()),
        when,
        what: raw.what.value.clone(),
        owner: raw.owner.value.clone(),
        due_days: raw.due_days,
        risk: raw.risk.as_ref().map(|at| at.value.clone()),
        stake: raw.stake,
        confidence: match raw.confidence.as_str() {
            "weak" => Confidence::Weak,
            "strong" => Confidence::Strong,
            _ => Confidence::Moderate,
        },
        origin: raw.id.origin(),
    })
}
