# Where a gap's points are: within reach of coaching, out of reach, not placed; and in which contact types.

# The parts of the bar, each read after its size: `6.7 out of any agent's reach today`.
points-out = out of any agent's reach today
points-reach = would close if everyone worked like the { $reachable ->
    [best-half] best half
    [best-tenth] best tenth
   *[best-quarter] best quarter
}
points-unplaced = spread too thin to place
points-part = { $size } { $what }
points-says = Where the gap is: { $parts }.
points-ahead = { $size } from contact types that are better than their target

points-reach-note = What counts as within reach is a definition. Like the best half { $half }, the best quarter { $quarter }, the best tenth { $tenth } would close. The range in brackets holds at { $level }. The parts sum to the gap.

# The contact types below the bar.
points-share = { $share } of contacts
points-best = best agents { $level }
points-carries = carries { $size }
points-together = together { $size }
points-others = { $count } other { $n ->
    [one] type
   *[other] types
}
