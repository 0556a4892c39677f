//! What two estimates of one effect amount to. The conclusions exclude each other and are tried in a fixed
//! order, so that no effect both works and does not move.

use super::{EffectOptions, EffectPanel, Estimate, Identity, Imputation, Staggered, imputation, staggered};

/// Which estimate is headlined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headline {
    /// Bad recorded results triggered the treatment: the imputation is the one unaffected.
    Imputation,
    /// Scheduled, or chosen on knowledge outside the data: the staggered comparison is.
    Staggered,
}

/// Conclusions in the order they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// Both intervals lie on the bad side.
    Harmful,
    /// Both upper bounds are below what matters, and no effect is proven.
    DoesNotMove,
    /// An effect is proven, and it is smaller than what matters.
    Small,
    Works,
    Unclear,
    NotIdentified,
}

/// Why there is no estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotIdentified {
    FewTimes,
    FewTreated,
    /// No treated unit has enough of its own past and enough untreated units beside it.
    NothingToCompare,
}

/// Both estimates, which one is headlined, what they amount to and what before and after would have shown.
#[derive(Clone, Debug)]
pub struct Assessment {
    pub imputation: Option<Imputation>,
    pub staggered: Option<Staggered>,
    pub headline: Option<Headline>,
    /// The headlined estimate.
    pub effect: Option<Estimate>,
    pub conclusion: Conclusion,
    pub not_identified: Option<NotIdentified>,
    /// Fewer treated units than a firm verdict needs.
    pub indicative: bool,
    /// Treated units were already on their way before the treatment.
    pub trend_before: bool,
    pub identity: Option<Identity>,
}

/// Estimates both ways and concludes; `material` is the smallest effect that matters, above 0.
pub fn assess(panel: &EffectPanel, material: f64, options: &EffectOptions) -> Assessment {
    let imputation = imputation(panel, options);
    let staggered = staggered(panel, options);
    let headline = headline(imputation.as_ref(), staggered.as_ref(), options);
    let by_imputation = imputation.as_ref().map(|fit| fit.att);
    let by_staggered = staggered.as_ref().map(|fit| fit.att);
    let effect = match headline {
        Some(Headline::Imputation) => by_imputation,
        Some(Headline::Staggered) => by_staggered,
        None => None,
    };
    let companion = match headline {
        Some(Headline::Imputation) => by_staggered,
        _ => by_imputation,
    };
    let not_identified = not_identified(panel, effect.as_ref(), options);
    let trend_before = staggered
        .as_ref()
        .and_then(|fit| fit.trend_before)
        .is_some_and(|slope| slope.t().abs() > options.trend_t);
    let conclusion = match (effect, not_identified) {
        (Some(effect), None) => conclude(&effect, companion.as_ref(), material, trend_before),
        _ => Conclusion::NotIdentified,
    };
    Assessment {
        identity: imputation.as_ref().zip(effect).map(|(fit, effect)| fit.identity(effect.estimate)),
        headline,
        indicative: effect.is_some_and(|effect| effect.treated < options.firm_treated),
        effect: effect.filter(|_| not_identified.is_none()),
        conclusion,
        not_identified,
        trend_before,
        imputation,
        staggered,
    }
}

/// What a headline and its companion amount to. Without a companion nothing is claimed; a trend before the
/// treatment withholds `Works`.
pub fn conclude(
    headline: &Estimate,
    companion: Option<&Estimate>,
    material: f64,
    trend_before: bool,
) -> Conclusion {
    let Some(companion) = companion else { return Conclusion::Unclear };
    if headline.high < 0.0 && companion.high < 0.0 {
        Conclusion::Harmful
    } else if headline.high < material && companion.high < material && headline.low <= 0.0 {
        Conclusion::DoesNotMove
    } else if headline.low > 0.0 && headline.high < material {
        Conclusion::Small
    } else if headline.low > 0.0 && companion.estimate > 0.0 && !trend_before {
        Conclusion::Works
    } else {
        Conclusion::Unclear
    }
}

/// A clear dip before treatment, in the last time or over a few, says that bad results triggered it.
fn headline(
    imputation: Option<&Imputation>,
    staggered: Option<&Staggered>,
    options: &EffectOptions,
) -> Option<Headline> {
    let Some(companion) = staggered else { return imputation.map(|_| Headline::Imputation) };
    let clear = |dip: Option<Estimate>| dip.is_some_and(|dip| dip.t() < -options.dip_t);
    let dipped = clear(companion.dip) || clear(companion.long_dip);
    let known = imputation.is_some();
    Some(if dipped && known { Headline::Imputation } else { Headline::Staggered })
}

fn not_identified(
    panel: &EffectPanel,
    effect: Option<&Estimate>,
    options: &EffectOptions,
) -> Option<NotIdentified> {
    if panel.times < options.min_times {
        return Some(NotIdentified::FewTimes);
    }
    let Some(effect) = effect else { return Some(NotIdentified::NothingToCompare) };
    (effect.treated < options.min_treated).then_some(NotIdentified::FewTreated)
}
