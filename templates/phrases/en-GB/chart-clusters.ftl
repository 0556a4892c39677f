# Contact types that fail alike.

chart-clusters-none = No groups of contact types that fail alike were found among { $compared } types.
chart-clusters-no-target = { $groups } (no target, so no distance is drawn).

chart-clusters-title = { $n ->
    [one] { $group } falls short, by { $gap }
   *[other] { $group } fall short together, by { $gap }
}
chart-clusters-title-none = Contact types fall into { $n ->
    [1] one group; it is not clearly short of target
   *[other] { $count } groups; none is clearly short of target
}

chart-clusters-group = { $n ->
    [one] { $count } type like { $like }
   *[other] { $count } types like { $like }
}
chart-clusters-listed = { $group }: { $members }
chart-clusters-members = { $names } and { $count } more

chart-clusters-says = Groups of contact types that fail alike.
chart-clusters-short = { $group }, { $gap } short of target { $range }: { $members }.
chart-clusters-note = Descriptive, compared by { $by }.
chart-clusters-spread = how much agents differ in { $label }
chart-clusters-again = Even and odd { $grain ->
    [day] days
    [month] months
   *[week] weeks
} agree at { $agreement } of 1.
chart-clusters-key = { $unit ->
    [none] Distance to target, short to the right; line with ends: { $level } range.
   *[other] Distance to target in { $unit }, short to the right; line with ends: { $level } range.
}

chart-clusters-name-type = a contact type
chart-clusters-name-together = together

chart-clusters-head-group = group
chart-clusters-head-types = contact types
chart-clusters-head-gap = short by
