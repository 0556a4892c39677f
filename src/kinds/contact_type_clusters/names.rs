//! Names that stay with a group from week to week, although groups are found afresh each week. A group is followed
//! back through the weeks before by its members; it is called after the largest contact type it had at the oldest
//! week it can be followed to. That is a function of the data alone, so a run needs no memory of what it said.

/// One week's contact types with their group and volume; empty where there were no groups.
pub(super) struct Week {
    /// (contact type, group, weight).
    pub(super) members: Vec<(u32, usize, f64)>,
    pub(super) groups: usize,
}

/// The contact type each group of the last week is called after; `weeks` are oldest first.
pub(super) fn names(weeks: &[Week]) -> Vec<u32> {
    let Some((now, before)) = weeks.split_last() else { return Vec::new() };
    let mut followed: Vec<Followed<'_>> =
        (0..now.groups).map(|group| Followed { week: now, group, steps: 0, lost: false }).collect();
    for week in before.iter().rev().filter(|week| week.groups > 0) {
        step_back(&mut followed, week);
    }
    call(&followed, now)
}

/// A group on its way back: where it has been followed to.
struct Followed<'a> {
    week: &'a Week,
    group: usize,
    steps: usize,
    lost: bool,
}

/// Each group still followed goes on to the earlier group it shares most members with, the best match first, each
/// earlier group once. A group without a match stays where it is, for good.
fn step_back<'a>(followed: &mut [Followed<'a>], week: &'a Week) {
    let mut pairs: Vec<(usize, f64, usize, usize)> = Vec::new();
    for (at, one) in followed.iter().enumerate().filter(|(_, one)| !one.lost) {
        for group in 0..week.groups {
            let (count, weight) = one.week.shared(one.group, week, group);
            if count > 0 {
                pairs.push((count, weight, at, group));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let (mut gone, mut taken) = (vec![false; followed.len()], vec![false; week.groups]);
    for (_, _, at, group) in pairs {
        if !gone[at] && !taken[group] {
            (gone[at], taken[group]) = (true, true);
            let steps = followed[at].steps + 1;
            followed[at] = Followed { week, group, steps, lost: false };
        }
    }
    for (one, gone) in followed.iter_mut().zip(gone) {
        one.lost |= !gone;
    }
}

/// The largest member not yet taken, groups followed furthest first.
fn call(followed: &[Followed<'_>], now: &Week) -> Vec<u32> {
    let mut order: Vec<usize> = (0..followed.len()).collect();
    order.sort_by_key(|&at| (usize::MAX - followed[at].steps, at));
    let mut called = vec![u32::MAX; followed.len()];
    for at in order {
        let one = &followed[at];
        let mut candidates = one.week.largest_first(one.group);
        candidates.extend(now.largest_first(at));
        let free = candidates.into_iter().find(|name| !called.contains(name));
        called[at] = free.unwrap_or(u32::MAX);
    }
    called
}

impl Week {
    /// How many contact types a group of this week shares with one of another, and their weight in this week.
    fn shared(&self, own: usize, other: &Self, group: usize) -> (usize, f64) {
        let both = self.members.iter().filter(|(name, at, _)| {
            *at == own && other.members.iter().any(|(theirs, to, _)| theirs == name && *to == group)
        });
        both.fold((0, 0.0), |(count, sum), (_, _, weight)| (count + 1, sum + weight))
    }

    fn largest_first(&self, group: usize) -> Vec<u32> {
        let mut own: Vec<(u32, f64)> =
            self.members.iter().filter(|(_, at, _)| *at == group).map(|(name, _, w)| (*name, *w)).collect();
        own.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        own.into_iter().map(|(name, _)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(groups: &[&[(u32, f64)]]) -> Week {
        let members = groups
            .iter()
            .enumerate()
            .flat_map(|(at, members)| members.iter().map(move |(name, weight)| (*name, at, *weight)));
        Week { members: members.collect(), groups: groups.len() }
    }

    #[test]
    fn a_group_keeps_the_name_it_had_when_another_member_grows() {
        let then = week(&[&[(1, 50.0), (2, 40.0)], &[(3, 30.0), (4, 20.0)]]);
        let now = week(&[&[(3, 10.0), (4, 60.0)], &[(1, 30.0), (2, 90.0)]]);
        assert_eq!(names(&[then, now]), [3, 1]);
    }

    #[test]
    fn weeks_without_groups_are_stepped_over() {
        let then = week(&[&[(1, 50.0), (2, 40.0)], &[(3, 30.0), (4, 20.0)]]);
        let now = week(&[&[(1, 1.0), (2, 9.0)], &[(3, 1.0), (4, 9.0)]]);
        assert_eq!(names(&[then, week(&[]), now]), [1, 3]);
    }

    #[test]
    fn of_two_parts_of_a_split_group_the_larger_keeps_the_name() {
        let then = week(&[&[(1, 50.0), (2, 40.0), (5, 10.0)], &[(3, 30.0), (4, 20.0)]]);
        let now = week(&[&[(1, 5.0), (6, 7.0)], &[(2, 40.0), (5, 10.0)], &[(3, 30.0), (4, 20.0)]]);
        assert_eq!(names(&[then, now]), [6, 1, 3]);
    }

    #[test]
    fn names_are_unique_and_nothing_has_none() {
        assert!(names(&[]).is_empty());
        assert_eq!(names(&[week(&[&[(7, 1.0)], &[(8, 1.0)]])]), [7, 8]);
    }
}
