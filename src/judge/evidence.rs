//! Steps one and two: every rule's kind asked of every metric and scope, then p-values controlled for their
//! number over the whole run.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::scopes;
use crate::calendar::Period;
use crate::config::{Level, Memory, Plan, Rule};
use crate::cube::Data;
use crate::kinds::{Answer, Case, Depth, Desk, Filter, Placed, Stage, Subject};
use crate::model::{Drawn, EvidenceTable, NotJudged, Part, Reason, Row, Scope, Value, Verdict, phrase};
use crate::stats::adjust::bh;

/// One question of one rule, and where its answer's rows stand.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    /// Index in the plan's rules.
    pub(crate) rule: usize,
    pub(crate) metric: Option<usize>,
    pub(crate) scope: Scope,
    /// Index in the tables, and the rows there.
    pub(crate) table: usize,
    pub(crate) rows: Range<usize>,
    pub(crate) not_judged: bool,
}

/// A row on which a rule fired.
pub(crate) struct Fired {
    pub(crate) rule: usize,
    pub(crate) metric: Option<usize>,
    pub(crate) scope: Scope,
    pub(crate) row: Row,
    pub(crate) thresholds: Vec<(String, f64)>,
}

/// Everything the later steps need of the first two.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) askings: Vec<Asking>,
    pub(crate) tables: Vec<EvidenceTable>,
    pub(crate) facts: Vec<Placed>,
    pub(crate) figures: Vec<Drawn>,
    pub(crate) not_judged: Vec<NotJudged>,
    pub(crate) fired: Vec<Fired>,
}

impl Gathered {
    /// Adds what a later stage found; tables stand in the order of the plan's rules.
    pub(crate) fn join(&mut self, plan: &Plan, later: Self) {
        self.tables.extend(later.tables);
        self.tables.sort_by_key(|table| plan.rules.iter().position(|rule| rule.id == table.rule));
        self.facts.extend(later.facts);
        self.figures.extend(later.figures);
        self.not_judged.extend(later.not_judged);
        self.fired.extend(later.fired);
    }
}

/// Two rules that ask the same question share the answer.
type Question = (&'static str, String, Option<usize>, Scope, i32, Filter);

/// What a stage may look back on.
#[derive(Clone, Copy, Default)]
pub(crate) struct Before<'a> {
    pub(crate) verdicts: &'a [Verdict],
    pub(crate) facts: &'a [Placed],
    pub(crate) tables: &'a [EvidenceTable],
}

struct Gatherer<'a> {
    plan: &'a Plan,
    data: &'a Data,
    desk: &'a Desk<'a>,
    period: Period,
    depth: Depth,
    before: Before<'a>,
    answers: BTreeMap<Question, Rc<Answer>>,
    out: Gathered,
}

/// Asks every rule of one stage.
pub(crate) fn gather<'a>(
    plan: &'a Plan,
    data: &'a Data,
    desk: &'a Desk<'a>,
    period: Period,
    (depth, asked): (Depth, &[bool]),
    (stage, before): (Stage, Before<'a>),
) -> Gathered {
    let (answers, out) = (BTreeMap::new(), Gathered::default());
    let mut gatherer = Gatherer { plan, data, desk, period, depth, before, answers, out };
    for (index, rule) in plan.rules.iter().enumerate() {
        if rule.kind.stage == stage && asked[index] {
            gatherer.rule(index);
        }
    }
    gatherer.out
}

impl Gatherer<'_> {
    fn rule(&mut self, index: usize) {
        let plan = self.plan;
        let rule = &plan.rules[index];
        let filter = scopes::filter(self.data, &rule.filter);
        self.out.tables.push(EvidenceTable {
            rule: rule.id.clone(),
            kind: rule.kind.name,
            columns: rule.kind.columns,
            p_values: rule.kind.p_values,
            rows: Vec::new(),
        });
        let metrics: Vec<Option<usize>> = match rule.kind.subject {
            Subject::Metric => rule.metrics.iter().copied().map(Some).collect(),
            Subject::Data => vec![None],
        };
        if metrics.is_empty() {
            self.out.not_judged.push(unmeasured(rule));
        }
        for metric in metrics {
            let scopes: Vec<Scope> =
                rule.scopes.iter().flat_map(|level| self.scopes(level, metric, rule)).collect();
            for scope in scopes {
                if !silent(plan, rule, metric, &scope) {
                    self.ask(index, metric, scope, &filter);
                }
            }
        }
    }

    fn scopes(&self, level: &Level, metric: Option<usize>, rule: &Rule) -> Vec<Scope> {
        let metric = metric.map(|index| &self.plan.metrics[index]);
        let span = (self.period.shift(1 - rule.window), self.period);
        scopes::of_level(self.data, level, metric, span)
    }

    fn ask(&mut self, index: usize, metric: Option<usize>, scope: Scope, filter: &Filter) {
        let rule = &self.plan.rules[index];
        let id = metric.map(|m| self.plan.metrics[m].id.clone());
        let question: Question = (
            rule.kind.name,
            format!("{:?}", rule.parameters),
            metric,
            scope.clone(),
            rule.window,
            filter.clone(),
        );
        let known = self.answers.get(&question).cloned();
        let first = known.is_none();
        let answer = known.unwrap_or_else(|| Rc::new(self.answer(rule, metric, &scope, filter)));
        if first {
            self.answers.insert(question, Rc::clone(&answer));
        }
        // A rule that looks at some of the rows only does not speak for the whole scope.
        if first && rule.filter.tests.is_empty() {
            let place = |one| (id.clone(), scope.clone(), one);
            self.out.facts.extend(answer.facts.iter().cloned().map(place));
            let drawn =
                |figure| Drawn { rule: rule.id.clone(), metric: id.clone(), scope: scope.clone(), figure };
            self.out.figures.extend(answer.figures.iter().cloned().map(drawn));
        }
        // What is asked of every part only to be looked up is not missed in each of them.
        let missed = rule.memory != Memory::None || scope == Scope::Operation;
        if let Some((reason, need)) = answer.not_judged.as_ref().filter(|_| missed) {
            self.out.not_judged.push(NotJudged {
                rule: rule.id.clone(),
                metric: id.clone(),
                scope: scope.clone(),
                reason: *reason,
                need: need.clone(),
            });
        }
        let table = self.out.tables.len() - 1;
        let rows = &mut self.out.tables[table].rows;
        let from = rows.len();
        rows.extend(answer.rows.iter().map(|row| (id.clone(), scope.clone(), row.clone())));
        let rows = from..rows.len();
        let not_judged = answer.not_judged.is_some();
        self.out.askings.push(Asking { rule: index, metric, scope, table, rows, not_judged });
    }

    fn answer(&self, rule: &Rule, metric: Option<usize>, scope: &Scope, filter: &Filter) -> Answer {
        let case = Case {
            data: self.data,
            desk: self.desk,
            metric: metric.map(|index| (index, &self.plan.metrics[index])),
            metrics: &self.plan.metrics,
            scope,
            period: self.period,
            window: rule.window,
            filter,
            depth: self.depth,
            calendar: &self.plan.calendar,
            verdicts: self.before.verdicts,
            facts: self.before.facts,
            evidence: if self.before.tables.is_empty() { &self.out.tables } else { self.before.tables },
        };
        rule.diagnose.answer(&case)
    }
}

/// A rule about metrics this client does not have.
fn unmeasured(rule: &Rule) -> NotJudged {
    let wanted = |name: &String| match name.split_once(':') {
        Some(("concept", concept)) => {
            phrase!("need-metric-of-concept", name = concept.replace('-', " "), concept)
        }
        Some((_, role)) => phrase!("need-metric-of-role", role),
        None => phrase!("need-metric", metric = name),
    };
    NotJudged {
        rule: rule.id.clone(),
        metric: None,
        scope: Scope::Operation,
        reason: Reason::NoColumn,
        need: phrase!(
            "need-any",
            any = Part::Any(rule.asked_of.iter().map(wanted).map(Part::from).collect())
        ),
    }
}

/// Whether a disable with a filter keeps the rule silent here.
fn silent(plan: &Plan, rule: &Rule, metric: Option<usize>, scope: &Scope) -> bool {
    let id = metric.map(|index| plan.metrics[index].id.as_str());
    rule.silent.iter().any(|(filter, _)| filter.covers(id, scope, None))
}

/// Kind, p-value column, scope level, and which past periods ask it too: what is not asked of all of them must not
/// move what the past says.
type Family<'a> = (&'a str, &'a str, String, Memory);

/// Benjamini–Hochberg over all metrics and scopes of the run, a family each; the same question asked by two
/// rules counts once, and with other parameters or of other rows it is another question.
pub(crate) fn control_multiplicity(plan: &Plan, gathered: &mut Gathered) {
    let memory = |table: &EvidenceTable| plan.rule(&table.rule).map_or(Memory::None, |rule| rule.memory);
    let mut families: BTreeMap<Family<'_>, BTreeMap<Member, f64>> = BTreeMap::new();
    for table in &gathered.tables {
        let (memory, asked) = (memory(table), asked(plan, table));
        for &name in table.p_values {
            let Some(at) = table.columns.iter().position(|column| column.name == name) else { continue };
            for (metric, scope, row) in &table.rows {
                if let Some(p) = row.values[at].number() {
                    let key = (table.kind, name, scope.level().to_owned(), memory);
                    let family = families.entry(key).or_default();
                    family.insert(member(&asked, metric.as_ref(), scope, row), p);
                }
            }
        }
    }
    let mut adjusted: BTreeMap<Family<'_>, BTreeMap<Member, f64>> = BTreeMap::new();
    for (key, family) in families {
        let q = bh(&family.values().copied().collect::<Vec<_>>());
        adjusted.insert(key, family.into_keys().zip(q).collect());
    }
    for table in &mut gathered.tables {
        let (memory, asked) = (memory(table), asked(plan, table));
        for (metric, scope, row) in &mut table.rows {
            let member = member(&asked, metric.as_ref(), scope, row);
            let q = |name: &&str| {
                let key = (table.kind, *name, scope.level().to_owned(), memory);
                Value::from(adjusted.get(&key).and_then(|family| family.get(&member)).copied())
            };
            row.q = table.p_values.iter().map(q).collect();
        }
    }
}

type Member = (Rc<str>, Option<String>, Scope, String, i32);

fn member(asked: &Rc<str>, metric: Option<&String>, scope: &Scope, row: &Row) -> Member {
    let (item, periods) = (row.item.clone().unwrap_or_default(), row.window.1.0 - row.window.0.0);
    (Rc::clone(asked), metric.cloned(), scope.clone(), item, periods)
}

/// What a table's rule asks beside its kind: the parameters, and the rows it looks at.
fn asked(plan: &Plan, table: &EvidenceTable) -> Rc<str> {
    let rule = plan.rule(&table.rule);
    rule.map_or_else(|| "".into(), |rule| format!("{:?} {:?}", rule.parameters, rule.filter.tests).into())
}
