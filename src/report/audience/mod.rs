//! Who may see what, before a template or a file sees anything: no statement about a group of people smaller
//! than the client's smallest group, and none from which such a group could be worked out by subtraction.

mod figures;
mod places;
mod rows;
mod types;

use std::collections::BTreeSet;

use super::frame::Frame;
use crate::model::Story;
use crate::words::say;

/// The story as this client's readers may see it.
pub(super) fn for_audience(story: &Story, frame: &Frame) -> Story {
    // What contact types of few agents are shown as, together.
    let other = say!(&frame.locale, "other-small");
    let mut safe = story.clone();
    let small = places::small(story, frame.min_group);
    places::drop_places(&mut safe, &small, frame.min_group);
    rows::drop_small(&mut safe, frame.min_group);
    let mut gone = rows::drop_items(&mut safe, frame.min_group);
    gone.extend(types::merge(&mut safe, frame.min_group, &other));
    types::forget(&mut safe, &gone, &other);
    figures::hide(&mut safe.now.figures, &gone, frame.min_group, &other);
    rows::hide_people(&mut safe, frame);
    rows::hide_counts(&mut safe, frame.min_group);
    safe
}

/// Whether this many people are too few to be spoken of; nobody is no group.
fn is_small(agents: u32, min_group: u32) -> bool {
    (1..min_group).contains(&agents)
}

/// Indices of the groups to hide: those under the minimum, and the next smallest where only one would be, or where
/// those hidden are together still too few, since a total beside the rest would give them away. Zero agents means
/// the statement is not about people.
fn hidden(agents: &[u32], min_group: u32) -> BTreeSet<usize> {
    let mut order: Vec<usize> = (0..agents.len()).filter(|at| agents[*at] > 0).collect();
    order.sort_by_key(|at| (agents[*at], *at));
    let mut found = BTreeSet::new();
    let mut people = 0;
    for at in order {
        let is_open = found.len() == 1 || (!found.is_empty() && people < min_group);
        if !is_small(agents[at], min_group) && !is_open {
            break;
        }
        found.insert(at);
        people += agents[at];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_small_group_takes_the_next_smallest_with_it() {
        assert_eq!(hidden(&[3, 40, 12, 0], 8), BTreeSet::from([0, 2]));
        assert_eq!(hidden(&[3, 40, 7], 8), BTreeSet::from([0, 2]));
        assert_eq!(hidden(&[8, 40, 0], 8), BTreeSet::new());
        assert_eq!(hidden(&[3], 8), BTreeSet::from([0]));
    }

    #[test]
    fn small_groups_that_are_together_too_few_take_another_with_them() {
        assert_eq!(hidden(&[2, 40, 3, 30], 8), BTreeSet::from([0, 2, 3]));
        assert_eq!(hidden(&[4, 40, 5, 30], 8), BTreeSet::from([0, 2]));
    }
}
