//! The cube itself: one row per period x agent x team x contact type x segments, columns of exact sums.

use std::ops::Range;

use crate::calendar::Period;
use crate::model::SourceId;
use crate::stats::moments::Moments;

/// The index that stands for "no value" in a dimension.
pub const NONE: u32 = u32::MAX;

/// One metric's exact sums, a value per cube row. Quantised values are `q = floor(x * 10^decimals + 0.5)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sums {
    /// Proportion (`sum` = successes, `squares` = `sum`) or mean.
    Simple { n: Vec<u64>, sum: Vec<i64>, squares: Vec<i64> },
    /// Ratio of sums.
    Ratio { n: Vec<u64>, num: Vec<i64>, den: Vec<i64>, num2: Vec<i64>, den2: Vec<i64>, numden: Vec<i64> },
}

/// Rows sorted by (period, agent, team, contact type, segments); every key once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cube {
    pub source: SourceId,
    pub period: Vec<i32>,
    pub agent: Vec<u32>,
    /// [`NONE`] where unknown.
    pub team: Vec<u32>,
    pub contact_type: Vec<u32>,
    /// One column per entry of [`super::Data::segments`].
    pub segments: Vec<Vec<u32>>,
    /// Source rows behind each cube row.
    pub rows: Vec<u64>,
    /// (index in the plan's metrics, sums).
    pub metrics: Vec<(usize, u32, Sums)>,
}

impl Cube {
    /// A cube without rows.
    pub fn empty(source: SourceId) -> Self {
        Self {
            source,
            period: Vec::new(),
            agent: Vec::new(),
            team: Vec::new(),
            contact_type: Vec::new(),
            segments: Vec::new(),
            rows: Vec::new(),
            metrics: Vec::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.period.len()
    }

    pub fn is_empty(&self) -> bool {
        self.period.is_empty()
    }

    /// Row range of the periods `from..=to`.
    pub fn between(&self, from: Period, to: Period) -> Range<usize> {
        let start = self.period.partition_point(|&p| p < from.0);
        let end = self.period.partition_point(|&p| p <= to.0);
        start..end.max(start)
    }

    /// The rows of a span's periods.
    #[must_use]
    pub fn within(&self, span: (Period, Period)) -> Self {
        let rows = self.between(span.0, span.1);
        let indices = |column: &Vec<u32>| column[rows.clone()].to_vec();
        let metrics = self.metrics.iter();
        Self {
            source: self.source,
            period: self.period[rows.clone()].to_vec(),
            agent: indices(&self.agent),
            team: indices(&self.team),
            contact_type: indices(&self.contact_type),
            segments: self.segments.iter().map(indices).collect(),
            rows: self.rows[rows.clone()].to_vec(),
            metrics: metrics.map(|(at, decimals, sums)| (*at, *decimals, sums.of_rows(&rows))).collect(),
        }
    }

    /// First and last period with a row.
    pub fn span(&self) -> Option<(Period, Period)> {
        Some((Period(*self.period.first()?), Period(*self.period.last()?)))
    }

    /// The sums of one of the plan's metrics.
    pub fn sums(&self, metric: usize) -> Option<(u32, &Sums)> {
        self.metrics
            .iter()
            .find(|(index, _, _)| *index == metric)
            .map(|(_, decimals, sums)| (*decimals, sums))
    }
}

impl Sums {
    /// Rows with a usable value at one cube row.
    pub fn n(&self, row: usize) -> u64 {
        match self {
            Self::Simple { n, .. } | Self::Ratio { n, .. } => n[row],
        }
    }

    fn of_rows(&self, rows: &Range<usize>) -> Self {
        let counts = |column: &Vec<u64>| column[rows.clone()].to_vec();
        let sums = |column: &Vec<i64>| column[rows.clone()].to_vec();
        match self {
            Self::Simple { n, sum, squares } => {
                Self::Simple { n: counts(n), sum: sums(sum), squares: sums(squares) }
            }
            Self::Ratio { n, num, den, num2, den2, numden } => Self::Ratio {
                n: counts(n),
                num: sums(num),
                den: sums(den),
                num2: sums(num2),
                den2: sums(den2),
                numden: sums(numden),
            },
        }
    }

    /// Count, mean and centred sum of squares at one cube row, in the metric's unit. Ratios have none: their
    /// moments depend on the stratum's ratio.
    pub fn moments(&self, row: usize, decimals: u32) -> Option<Moments> {
        let Self::Simple { n, sum, squares } = self else { return None };
        let scale = 10f64.powi(decimals.cast_signed());
        Some(Moments::from_sums(n[row], i128::from(sum[row]), i128::from(squares[row]), scale))
    }
}
