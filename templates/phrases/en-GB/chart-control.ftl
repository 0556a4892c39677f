# A metric over time. Names beside the plot have room for about nine letters.

chart-control-few = { $label } has too few { $grain ->
    [day] days
    [month] months
   *[week] weeks
} on record to show a course.
chart-control-none = { $label } has no values that could be drawn.

chart-control-title = { $label } over { $periods }: now { $now }
chart-control-title-changed = { $label } has stood at a new level since { $since }: now { $now }
chart-control-title-left = { $label } left its usual range in { $period }: { $now }, usually { $usual }
chart-control-title-stayed = { $label } stayed in its usual range for { $periods }: now { $now }
chart-control-title-back = { $label } is back in its usual range: now { $now }; { $outside } of { $periods } lay outside

chart-control-says = { $parts }.
chart-control-course = { $label } by { $grain } from { $from } to { $to }: first { $first }, last { $last }
chart-control-usual = usual { $level }
chart-control-limits = usual range now { $low } to { $high }
chart-control-outside = outside in { $periods }
chart-control-outside-more = { $n ->
    [one] outside in { $periods } and { $count } earlier one
   *[other] outside in { $periods } and { $count } earlier ones
}

chart-control-note = The usual range is so wide that fourteen { $grain ->
    [day] days
    [month] months
   *[week] weeks
} in a row leave it by luck in 5 of 100 cases.
chart-control-note-few = Too few { $grain ->
    [day] days
    [month] months
   *[week] weeks
} yet to say what is usual.
chart-control-key = Grey: that range. Diamond: outside it.

chart-control-name-change = new level from { $since }
chart-control-name-usual = usual

chart-control-remark = { $what ->
    [both] new level, outside
    [level] new level
   *[outside] outside
}

chart-control-head-level = level
chart-control-head-from = usual from
chart-control-head-to = to
