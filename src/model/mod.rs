//! The words of the diagnosis as types: metric, scope, evidence, fact, figure, signal, verdict, finding.
//! Plain data only. Nothing here computes, reads or renders.

mod concept;
mod evidence;
mod fact;
mod figure;
mod metric;
mod outcome;
mod phrase;
mod precondition;
mod quality;
pub mod schema;
mod scope;
mod shape;
mod table;

pub use concept::{CONCEPTS, concept_of};
pub use evidence::{Column, ColumnUnit, Row, Value, column};
pub use fact::{
    Breakdown, BreakdownRow, Cause, Chain, Check, Conclusion, Effect, EffectStep, Fact, Gap, Headline,
    Ledger, Link, Minutes, Ranged, Spread,
};
pub use figure::{
    AgentSpread, ComparedBy, ControlChart, Drawn, Figure, Lane, StageLevel, StageLevels, TypeGroup,
    TypeGroups, TypeMember,
};
pub use metric::{Better, Measure, Metric, Role, SourceId, Unit, UnitKind};
pub use outcome::{
    Asked, Confidence, Decision, EvidenceTable, Finding, FindingState, Judgement, MayAdd, MayAddAnswer, Move,
    NotJudged, PatternNamed, Reason, Severity, Signal, Story, Verdict, VerdictId, WeightApplied,
};
pub(crate) use phrase::phrase;
pub use phrase::{Part, Phrase};
pub use precondition::{Met, Preconditions};
pub use quality::{DayColumn, Meant, Quality, RawColumn, RawValue, Rejected, SourceCount};
pub use scope::{EVALUATOR, Scope};
pub use shape::{Key, Shape, Ty, key};
pub use table::{Change, RosterEntry, Session, SessionDetail, SessionStatus};
