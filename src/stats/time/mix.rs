//! How much of a step between two spans is mix, and how much is rate (Kitagawa 1955): differences of shares at
//! the average level, and differences of levels at the average share.

/// One group of work in two spans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// Weight in the span before and after.
    pub weight: [f64; 2],
    /// Level in each; any number where the weight is 0.
    pub level: [f64; 2],
    /// Sampling variance of each level.
    pub variance: [f64; 2],
}

/// One group's part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    pub mix: f64,
    pub rate: f64,
    /// Sampling variance of `rate`.
    pub rate_v: f64,
    /// Share of the weight before and after.
    pub share: [f64; 2],
}

/// A step taken apart; `mix + rate` is the step.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Level before and after.
    pub level: [f64; 2],
    pub mix: f64,
    pub rate: f64,
    /// Sampling variance of `rate`; the mix is taken as known.
    pub rate_v: f64,
    /// In the order of the groups.
    pub parts: Vec<Part>,
}

/// Takes a step apart. A group that is absent from a span counts at its level in the other, so all its part is
/// mix. Centring on the average level makes each group's mix readable and leaves the sum as it is. `None`
/// where a span is empty.
pub fn split(groups: &[Group]) -> Option<Split> {
    let total = [0, 1].map(|span| groups.iter().map(|group| group.weight[span]).sum::<f64>());
    if total.iter().any(|sum| *sum <= 0.0) {
        return None;
    }
    let known: Vec<(Group, [f64; 2])> = groups
        .iter()
        .map(|group| (complete(group), [group.weight[0] / total[0], group.weight[1] / total[1]]))
        .collect();
    let level = [0, 1].map(|span| known.iter().map(|(g, share)| share[span] * g.level[span]).sum::<f64>());
    let centre = 0.5 * (level[0] + level[1]);
    let parts: Vec<Part> = known.iter().map(|(group, share)| part(group, *share, centre)).collect();
    Some(Split {
        level,
        mix: parts.iter().map(|part| part.mix).sum(),
        rate: parts.iter().map(|part| part.rate).sum(),
        rate_v: parts.iter().map(|part| part.rate_v).sum(),
        parts,
    })
}

fn complete(group: &Group) -> Group {
    let other = |span: usize| if group.weight[span] > 0.0 { span } else { 1 - span };
    let level = [group.level[other(0)], group.level[other(1)]];
    Group { level, ..*group }
}

fn part(group: &Group, share: [f64; 2], centre: f64) -> Part {
    let in_both = group.weight.iter().all(|weight| *weight > 0.0);
    let average = 0.5 * (share[0] + share[1]);
    Part {
        mix: (share[1] - share[0]) * (0.5 * (group.level[0] + group.level[1]) - centre),
        rate: average * (group.level[1] - group.level[0]),
        rate_v: if in_both { average * average * (group.variance[0] + group.variance[1]) } else { 0.0 },
        share,
    }
}
