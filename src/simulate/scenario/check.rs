//! Refuses what cannot be drawn; every message names the key and what it may be.

use anyhow::{Result, ensure};
use chrono::{Datelike, Weekday};

use super::{Adds, Change, ContactType, Group, Measure, Measured, Programme, Scenario};
use crate::diag::way_out;

impl Scenario {
    /// Refuses what cannot be drawn.
    pub fn check(&self) -> Result<()> {
        ensure!(self.agents >= 1 && self.weeks >= 1, "`agents` and `weeks` must be at least 1");
        ensure!(self.weeks <= 520, "`weeks` is {}, at most 520 can be drawn", self.weeks);
        ensure!((1..=self.agents).contains(&self.teams), "`teams` must be between 1 and `agents`");
        ensure!(self.end.weekday() == Weekday::Sun, "`end` is {}, it must be a Sunday", self.end);
        ensure!(self.contacts.low <= self.contacts.high, "`contacts.low` is above `contacts.high`");
        ensure!(!self.sites.is_empty(), "`sites` needs at least one name");
        ensure!(sums_to_one(self.channels.values()), "the shares of `channels` must add up to 1");
        ensure!(sums_to_one(self.types.iter().map(|t| &t.share)), "the shares of `type` must add up to 1");
        self.types.iter().try_for_each(ContactType::check)?;
        let shares = [
            ("absent", self.absent),
            ("untraced", self.untraced),
            ("cancelled", self.cancelled),
            ("no-focus", self.no_focus),
        ];
        shares.into_iter().try_for_each(|(key, value)| share(key, "", value))?;
        let deviations = [
            ("handle-cv", self.handle_cv),
            ("score-sd", self.score_sd),
            ("evaluators.spread", self.evaluators.spread),
            ("load.swing", self.load.swing),
        ];
        deviations.into_iter().try_for_each(|(key, value)| not_negative(key, "", value))?;
        number("routing", "", self.routing)?;
        number("load.cancels", "", self.load.cancels)?;
        number("evaluators.bias", "", self.evaluators.bias)?;
        share("evaluators.own-coach", "", self.evaluators.own_coach)?;
        ensure!(self.evaluators.count >= 1, "`evaluators.count` must be at least 1");
        self.check_truths()?;
        self.check_levels()?;
        self.measures.iter().try_for_each(|(id, measure)| self.check_measure(id, measure))?;
        self.check_newcomers()?;
        self.groups.iter().try_for_each(|group| self.check_group(group))?;
        self.changes.iter().try_for_each(|change| self.check_change(change))?;
        self.check_noise()?;
        for programme in &self.coaching {
            programme.check()?;
            self.check_teams(&programme.teams, &programme.focus)?;
            self.check_also(programme)?;
        }
        Ok(())
    }

    fn check_truths(&self) -> Result<()> {
        for (id, truth) in self.metric_ids().zip(self.truths()) {
            for (key, value) in [
                ("spread", truth.spread),
                ("team-spread", truth.team_spread),
                ("type-spread", truth.type_spread),
                ("week-spread", truth.week_spread),
                ("common-week-spread", truth.common_week_spread),
            ] {
                not_negative(key, id, value)?;
            }
            number("trend", id, truth.trend)?;
            let correlation = truth.week_correlation;
            ensure!(
                (0.0..1.0).contains(&correlation),
                "`week-correlation` of `{id}` is {correlation}, it must be at least 0 and below 1"
            );
        }
        Ok(())
    }

    fn check_levels(&self) -> Result<()> {
        for (metric, highest) in [
            (Measured::Fcr, 1.0),
            (Measured::Aht, f64::MAX),
            (Measured::ConfirmsNextStep, 1.0),
            (Measured::Qa, 100.0),
        ] {
            let (id, level) = (metric.id(), self.level(metric, None));
            let range = if metric == Measured::Aht {
                "be above 0".to_owned()
            } else {
                format!("lie between 0 and {highest}")
            };
            let fits = (0.0..=highest).contains(&level) && (metric != Measured::Aht || level > 0.0);
            ensure!(fits, "`level` of `{id}` is {level}, it must {range}");
        }
        Ok(())
    }

    fn check_measure(&self, id: &str, measure: &Measure) -> Result<()> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        ensure!(
            !id.is_empty() && id.chars().all(plain),
            "`{id}` must be lower-case letters, digits and hyphens"
        );
        ensure!(Measured::ALL.iter().all(|own| own.id() != id), "`{id}` has a table of its own: `[{id}]`");
        let full = measure.filled(id);
        if Measure::is_stage(id) {
            let set = measure.level.is_some() || !measure.levels.is_empty() || measure.answered.is_some();
            let key = if id == "hold" { "hold" } else { "escalated" };
            ensure!(
                !set && measure.unit.is_none(),
                "the level of `{id}` is the types': set `{key}` of a `type`"
            );
            return Ok(());
        }
        let Some(level) = full.level else {
            anyhow::bail!("`level` of `{id}` must be given");
        };
        for name in full.levels.keys() {
            self.check_type(name, id)?;
        }
        for value in full.levels.values().copied().chain([level]) {
            if full.is_proportion() {
                share("level", id, value)?;
            } else {
                ensure!(value > 0.0 && value.is_finite(), "`level` of `{id}` is {value}, it must be above 0");
            }
        }
        not_negative("cv", id, full.cv.unwrap_or(0.0))?;
        share("answered", id, full.answered.unwrap_or(1.0))
    }

    fn check_newcomers(&self) -> Result<()> {
        let newcomers = &self.newcomers;
        share("newcomers.share", "", newcomers.share)?;
        ensure!(
            newcomers.half_life > 0.0,
            "`newcomers.half-life` is {}, it must be above 0 weeks",
            newcomers.half_life
        );
        ensure!(
            newcomers.share == 0.0 || self.weeks > 4,
            "`newcomers` start up to 4 weeks before the end: `weeks` must be more than 4"
        );
        self.check_adds(&newcomers.adds, "newcomers")
    }

    fn check_group(&self, group: &Group) -> Result<()> {
        let name = &group.attribute;
        let there = match name.as_str() {
            "team" => Some(self.team_names().any(|team| team == group.value)),
            "site" => Some(self.sites.contains(&group.value)),
            _ => None,
        };
        if let Some(there) = there {
            ensure!(there, "`value` of the group is `{}`, no agent's `{name}`", group.value);
            ensure!(group.share.is_none(), "`share` of the group follows from its `{name}`, leave it out");
        } else {
            let Some(value) = group.share else {
                anyhow::bail!("`share` of the group `{name}` must be given: the share of agents in it");
            };
            share("share", name, value)?;
        }
        group.types.iter().try_for_each(|kind| self.check_type(kind, name))?;
        for (id, sd) in &group.spread {
            ensure!(*sd >= 0.0, "`spread.{id}` of the group `{name}` is {sd}, it must not be below 0");
        }
        self.check_adds(&group.spread, name)?;
        self.check_adds(&group.adds, name)
    }

    fn check_teams(&self, teams: &[String], of: &str) -> Result<()> {
        for team in teams {
            ensure!(
                self.team_names().any(|known| known == *team),
                "`{team}` of `{of}` is no team: they are `Team 1` to `Team {}`",
                self.teams
            );
        }
        Ok(())
    }

    fn check_change(&self, change: &Change) -> Result<()> {
        let what = &change.what;
        change.types.iter().try_for_each(|kind| self.check_type(kind, what))?;
        self.check_teams(&change.teams, what)?;
        self.check_adds(&change.adds, what)
    }

    fn check_also(&self, programme: &Programme) -> Result<()> {
        let (own, focus) = (programme.moves.id(), &programme.focus);
        ensure!(
            !programme.also.contains_key(own),
            "`also` of `{focus}` names `{own}`, which it moves: set `effect`"
        );
        self.check_adds(&programme.also, focus)
    }

    fn check_adds(&self, adds: &Adds, of: &str) -> Result<()> {
        for (id, value) in adds {
            let known: Vec<&str> = self.metric_ids().collect();
            let is_known = known.contains(&id.as_str());
            ensure!(is_known, "`{id}` of `{of}` is no metric; {}", way_out(id, known.iter().copied()));
            number(id, of, *value)?;
        }
        Ok(())
    }

    fn check_type(&self, name: &str, of: &str) -> Result<()> {
        let known = || self.types.iter().map(|kind| kind.name.as_str());
        let is_known = known().any(|own| own == name);
        ensure!(is_known, "`{name}` of `{of}` is no `type`; {}", way_out(name, known()));
        Ok(())
    }

    fn check_noise(&self) -> Result<()> {
        if self.noise {
            return Ok(());
        }
        let shaken = self.truths().iter().any(|m| m.week_spread > 0.0 || m.common_week_spread > 0.0);
        ensure!(!shaken, "`week-spread` is luck, leave it out with `noise = false`");
        ensure!(self.absent == 0.0, "`absent` is luck, leave it out with `noise = false`");
        ensure!(self.load.swing == 0.0, "`load.swing` is luck, leave it out with `noise = false`");
        Ok(())
    }

    pub(in crate::simulate) fn team_names(&self) -> impl Iterator<Item = String> {
        (1..=self.teams).map(|n| format!("Team {n}"))
    }

    /// Whether an agent is in one of these teams; with none named, everybody is.
    pub(in crate::simulate) fn is_in(&self, agent: usize, teams: &[String]) -> bool {
        teams.is_empty()
            || self.team_names().nth(agent % self.teams as usize).is_some_and(|t| teams.contains(&t))
    }
}

impl ContactType {
    fn check(&self) -> Result<()> {
        let name = &self.name;
        ensure!(!name.trim().is_empty(), "a `type` has an empty `name`");
        let shares = [
            ("share", Some(self.share)),
            ("share-end", self.share_end),
            ("fcr", self.fcr),
            ("escalated", Some(self.escalated)),
        ];
        shares
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)))
            .try_for_each(|(key, value)| share(key, name, value))?;
        ensure!(
            self.aht.is_none_or(|aht| aht > 0.0 && aht.is_finite()) && self.hold >= 0.0,
            "`aht` of `{name}` must be above 0, `hold` not below"
        );
        Ok(())
    }
}

impl Programme {
    fn check(&self) -> Result<()> {
        let focus = &self.focus;
        for (key, value) in [
            ("worst", self.worst),
            ("no-focus", self.no_focus.unwrap_or(0.0)),
            ("supportive", self.supportive),
            ("linked", self.linked),
            ("on-plan", self.on_plan),
            ("followed-up", self.followed_up),
            ("acknowledged", self.acknowledged),
        ] {
            share(key, focus, value)?;
        }
        ensure!(self.every >= 1, "`every` of `{focus}` must be at least 1 week");
        ensure!(self.follow_ups <= 520, "`follow-ups` of `{focus}` is more than 520 sessions");
        ensure!(self.minutes <= 1440, "`minutes` of `{focus}` is more than a day");
        number("effect", focus, self.effect)?;
        let half_life = self.half_life.unwrap_or(1.0);
        ensure!(half_life > 0.0, "`half-life` of `{focus}` is {half_life}, it must be above 0 weeks");
        ensure!(self.from >= -520, "`from` of `{focus}` is more than 520 weeks before the data");
        Ok(())
    }
}

fn share(key: &str, of: &str, value: f64) -> Result<()> {
    ensure!((0.0..=1.0).contains(&value), "{} is {value}, it must lie between 0 and 1", named(key, of));
    Ok(())
}

fn not_negative(key: &str, of: &str, value: f64) -> Result<()> {
    let fits = value >= 0.0 && value.is_finite();
    ensure!(fits, "{} is {value}, it must not be negative", named(key, of));
    Ok(())
}

fn number(key: &str, of: &str, value: f64) -> Result<()> {
    ensure!(value.is_finite(), "{} is {value}, it must be a number", named(key, of));
    Ok(())
}

fn named(key: &str, of: &str) -> String {
    if of.is_empty() { format!("`{key}`") } else { format!("`{key}` of `{of}`") }
}

fn sums_to_one<'a>(shares: impl Iterator<Item = &'a f64> + Clone) -> bool {
    shares.clone().all(|share| *share >= 0.0) && (shares.sum::<f64>() - 1.0).abs() < 1e-6
}
