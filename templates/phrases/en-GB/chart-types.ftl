# Contact types, the largest part of the gap first: level now, best agents, target.

chart-types-none = No contact type has a level that could be drawn.

chart-types-title = Contact types, the largest part of the gap first
chart-types-title-met = The best quarter of agents meets the target in { $n ->
    [1] the one contact type
   *[other] all { $all } contact types
}
chart-types-title-missed = Even the best quarter of agents misses the target in { $n ->
    [1] the one contact type
   *[other] all { $all } contact types
}
chart-types-title-missed-some = Even the best quarter of agents misses the target in { $count } of { $all } contact types

chart-types-says = Level by contact type: { $parts }.
chart-types-level = { $name } { $level }
chart-types-level-beside = { $name } { $level } ({ $beside })
chart-types-best = best quarter { $level }
chart-types-hidden = { $n ->
    [one] { $count } further type not drawn
   *[other] { $count } further types not drawn
}
chart-types-key = Thin line with ends: { $level } range of the level. Bold: types that carry the gap.

chart-types-name-best = best quarter of agents
chart-types-head-best = best quarter
