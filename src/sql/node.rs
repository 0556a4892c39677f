//! The two trees: `Node` is what was written, `Term` what it means once every column's type is known.

use std::ops::Range;

use super::Type;

/// An arithmetic operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it needs an order, not just equality.
    pub(crate) fn orders(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// A function of the subset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Function {
    Coalesce,
    NullIf,
    Abs,
    Ln,
    Least,
    Greatest,
}

impl Function {
    pub(crate) const ALL: [(&'static str, Function); 6] = [
        ("ABS", Function::Abs),
        ("COALESCE", Function::Coalesce),
        ("GREATEST", Function::Greatest),
        ("LEAST", Function::Least),
        ("LN", Function::Ln),
        ("NULLIF", Function::NullIf),
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, function)| *function)
    }

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| name)
    }

    /// How many arguments it takes.
    pub(crate) fn arity(self) -> Range<usize> {
        match self {
            Function::Abs | Function::Ln => 1..2,
            Function::NullIf => 2..3,
            Function::Coalesce | Function::Least | Function::Greatest => 1..usize::MAX,
        }
    }
}

/// A part of an expression as written.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    /// Byte range in the text, brackets around it included.
    pub(crate) at: Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    Null,
    Bool(bool),
    /// The text as written and its value, which is finite.
    Number(String, f64),
    Text(String),
    Column {
        name: String,
        quoted: bool,
    },
    Negate(Box<Node>),
    Arithmetic(Arithmetic, Box<[Node; 2]>),
    Compare(Comparison, Box<[Node; 2]>),
    And(Box<[Node; 2]>),
    Or(Box<[Node; 2]>),
    Not(Box<Node>),
    Concat(Box<[Node; 2]>),
    IsNull(Box<Node>),
    /// The value, the lower and the upper end.
    Between(Box<[Node; 3]>),
    In(Box<Node>, Vec<Node>),
    /// A value and a pattern of literal characters, `%` and `_`.
    Like(Box<Node>, String),
    Case {
        operand: Option<Box<Node>>,
        branches: Vec<(Node, Node)>,
        otherwise: Option<Box<Node>>,
    },
    Call(Function, Vec<Node>),
    /// `CAST(… AS DOUBLE)`.
    Double(Box<Node>),
}

impl Node {
    /// Names held against one another, pair by pair, wherever in the tree: `sd > min_sd` is (`sd`, `min_sd`).
    pub(crate) fn compared(&self, into: &mut Vec<(String, String)>) {
        let sides: Vec<&Node> = match &self.kind {
            NodeKind::Compare(_, pair) => pair.iter().collect(),
            NodeKind::Between(three) => three.iter().collect(),
            _ => Vec::new(),
        };
        if let Some((first, rest)) = sides.split_first() {
            for (left, right) in first
                .bare_names()
                .iter()
                .flat_map(|l| rest.iter().flat_map(|r| r.bare_names()).map(move |r| (l.clone(), r)))
            {
                into.push((left, right));
            }
        }
        for child in self.children() {
            child.compared(into);
        }
    }

    /// The names a side may come down to without arithmetic changing their unit.
    fn bare_names(&self) -> Vec<String> {
        match &self.kind {
            NodeKind::Column { name, .. } => vec![name.clone()],
            NodeKind::Negate(x) => x.bare_names(),
            NodeKind::Call(
                Function::Abs | Function::Coalesce | Function::Least | Function::Greatest,
                arguments,
            ) => arguments.iter().flat_map(Node::bare_names).collect(),
            NodeKind::Case { branches, otherwise, .. } => branches
                .iter()
                .map(|(_, result)| result)
                .chain(otherwise.iter().map(AsRef::as_ref))
                .flat_map(Node::bare_names)
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The direct parts, in the order written.
    pub(crate) fn children(&self) -> Vec<&Node> {
        match &self.kind {
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(..)
            | NodeKind::Text(_)
            | NodeKind::Column { .. } => vec![],
            NodeKind::Negate(x)
            | NodeKind::Not(x)
            | NodeKind::IsNull(x)
            | NodeKind::Like(x, _)
            | NodeKind::Double(x) => vec![x],
            NodeKind::Arithmetic(_, pair)
            | NodeKind::Compare(_, pair)
            | NodeKind::And(pair)
            | NodeKind::Or(pair)
            | NodeKind::Concat(pair) => pair.iter().collect(),
            NodeKind::Between(three) => three.iter().collect(),
            NodeKind::In(x, list) => std::iter::once(x.as_ref()).chain(list).collect(),
            NodeKind::Call(_, arguments) => arguments.iter().collect(),
            NodeKind::Case { operand, branches, otherwise } => operand
                .iter()
                .map(AsRef::as_ref)
                .chain(branches.iter().flat_map(|(condition, result)| [condition, result]))
                .chain(otherwise.iter().map(AsRef::as_ref))
                .collect(),
        }
    }

    /// Visits every column reference in the order written: name, whether quoted, place.
    pub(crate) fn each_column(&self, visit: &mut dyn FnMut(&str, bool, &Range<usize>)) {
        if let NodeKind::Column { name, quoted } = &self.kind {
            visit(name, *quoted, &self.at);
        }
        for child in self.children() {
            child.each_column(visit);
        }
    }

    /// How many terms the longest rendering writes: some repeat an operand.
    pub(crate) fn size(&self) -> usize {
        let parts: usize =
            self.children().iter().fold(1, |sum: usize, child| sum.saturating_add(child.size()));
        let times = match &self.kind {
            NodeKind::Arithmetic(Arithmetic::Divide, _)
            | NodeKind::Call(Function::Ln | Function::NullIf, _)
            | NodeKind::Between(_) => 2,
            NodeKind::Call(Function::Least | Function::Greatest, arguments) => arguments.len(),
            NodeKind::Case { operand: Some(_), branches, .. } => branches.len(),
            NodeKind::In(_, list) => list.len().max(1),
            _ => 1,
        };
        parts.saturating_mul(times)
    }
}

/// A part of an expression whose type is settled: never [`Type::Any`].
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) op: Op,
    pub(crate) ty: Type,
    pub(crate) at: Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) enum Op {
    Null,
    Bool(bool),
    Number(String, f64),
    Text(String),
    /// A column of type `from`, read as the term's type.
    Read {
        name: String,
        quoted: bool,
        from: Type,
    },
    /// 1 is true, 0 is false, everything else unknown.
    BoolOfNumber(Box<Term>),
    NumberOfBool(Box<Term>),
    NumberOfText(Box<Term>),
    Negate(Box<Term>),
    Arithmetic(Arithmetic, Box<[Term; 2]>),
    /// Both sides have one type.
    Compare(Comparison, Box<[Term; 2]>),
    And(Box<[Term; 2]>),
    Or(Box<[Term; 2]>),
    Not(Box<Term>),
    Concat(Box<[Term; 2]>),
    IsNull(Box<Term>),
    Between(Box<[Term; 3]>),
    In(Box<Term>, Vec<Term>),
    Like(Box<Term>, String),
    Case {
        operand: Option<Box<Term>>,
        branches: Vec<(Term, Term)>,
        otherwise: Option<Box<Term>>,
    },
    Call(Function, Vec<Term>),
}
