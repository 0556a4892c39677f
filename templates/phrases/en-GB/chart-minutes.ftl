# What coaching time was spent on, as one bar.

chart-minutes-none = No hour of coaching is on record, so there is nothing to divide.

chart-minutes-title = { $on ->
    [out] { $hours } of { $total } hours went to gaps the operation decides
    [reach] { $hours } of { $total } hours went to gaps coaching can close
   *[none] None of { $total } hours can be matched with a gap
}

chart-minutes-part = { $on ->
    [reach] { $hours } on gaps coaching can close
    [out] { $hours } on gaps the operation decides
    [undetermined] { $hours } where it cannot be told
   *[no-focus] { $hours } with no focus recorded
}
chart-minutes-row = { $on ->
    [reach] On gaps coaching can close
    [out] On gaps the operation decides
    [undetermined] Where it cannot be told
   *[no-focus] With no focus recorded
}

chart-minutes-says = The { $total } hours of coaching: { $parts }.
chart-minutes-note = Hours held, by what was found of the gap they were meant to close.

chart-minutes-head-hours = hours
