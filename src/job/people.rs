//! Which pages a dated allowance opens today. An allowance that has ended opens nothing, whatever period is judged.

use super::Failure;
use crate::calendar::Period;
use crate::config::{Allowance, Individuals, Plan};
use crate::publish::privacy_key;
use crate::report::{Codes, Open, Shown};
use crate::world::World;

/// The pages that may show agents, with the key's codes where that is what they show.
pub(super) fn open<'p>(plan: &'p Plan, period: Period, world: &World) -> Result<Vec<Open<'p>>, Failure> {
    let in_force = plan.privacy.allows.iter().filter(|one| holds(plan, one, world));
    let open = |allowance: &'p Allowance| {
        let shown = match allowance.individuals {
            Individuals::Never => return Ok(None),
            Individuals::Names => Shown::Names,
            Individuals::Codes => Shown::Codes(codes(plan, period)?),
        };
        Ok(Some(Open { allowance, shown }))
    };
    in_force.map(open).filter_map(Result::transpose).collect()
}

fn codes(plan: &Plan, period: Period) -> Result<Codes, Failure> {
    let key = privacy_key::read(&plan.folder).map_err(|error| Failure::Usage(format!("{error:#}")))?;
    Ok(Codes::new(&key, plan.calendar.end(period)))
}

/// Allowances that have ended, in words.
pub(super) fn ended(plan: &Plan, world: &World) -> Vec<String> {
    let over = plan.privacy.allows.iter().filter(|one| !holds(plan, one, world));
    over.map(|one| {
        let place = format!("{}:{}", one.origin.file, one.origin.line);
        format!(
            "the allowance for `{}` ended on {} ({place}): it shows nobody any more; remove it or agree a new date",
            one.report, one.until
        )
    })
    .collect()
}

fn holds(plan: &Plan, allowance: &Allowance, world: &World) -> bool {
    allowance.holds(world.today(plan.calendar.zone))
}
