# What several charts say. A unit is `none` where a metric has none.

chart-parts = { $before }; { $next }
chart-items = { $before }, { $next }

# The name of a range, at the head of a table.
chart-range = { $level } range
chart-signed-range = ({ $low } to { $high })

# A size to either side of a middle.
chart-either-way = ±{ $size }

chart-head-type = contact type
chart-head-share = share
chart-head-period = { $grain ->
    [day] day
    [month] month
   *[week] week
}

chart-name-target = target { $target }

# Names of marks and heads of columns.
chart-now = now
chart-target = target

# A range of levels with their units.
chart-levels = { $low } to { $high }

# A stage of the work, by the id that a rule gives it: `hold`. `$name` is the id as words.
chart-stage = { $name }
