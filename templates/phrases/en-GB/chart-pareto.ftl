# Which contact types carry the gap.

chart-pareto-none = No contact type is short of its target, so there is no gap to divide.
chart-pareto-ahead = { $label } is not short of its target as a whole, so there is no gap to divide.
chart-pareto-unknown = What contact types carry is not known.

chart-pareto-title-none = No few types carry the gap: the largest part, { $name }, is { $size } of { $total }
chart-pareto-title = { $n ->
    [one] { $carries ->
        [more] { $names } carries more than the whole gap of { $total }
        [all] { $names } carries the whole gap of { $total }
       *[most] { $names } carries most of the gap of { $total }
    }
   *[other] { $carries ->
        [more] { $names } carry more than the whole gap of { $total }
        [all] { $names } carry the whole gap of { $total }
       *[most] { $names } carry most of the gap of { $total }
    }
}

chart-pareto-says = Parts of the gap of { $total } by contact type: { $parts }.
chart-pareto-part = { $name } { $size }
chart-pareto-others = { $count } other types
chart-pareto-note = { $unit ->
    [none] In the metric's unit.
   *[other] In { $unit }.
}
chart-pareto-key = Each part begins where those above end; the last ends at the whole gap. Thin line: its own { $level } range.
chart-pareto-key-ahead = Outlined: types ahead of target.

chart-pareto-name-own = this type
chart-pareto-name-before = types above

chart-pareto-head-carries = carries
chart-pareto-head-running = running total
chart-pareto-head-share = share of shortfalls
