# Pages with nothing to ask.

quiet-on-target-heading = On target, { $period }
quiet-on-target = { $n ->
    [1] The metric with a target is
    [2] Both metrics with a target are
   *[other] All { $count } metrics with a target are
} on target, shown and not merely assumed: the table gives the worst value still possible.
quiet-watch = Worth a look, no action: { $titles }.
quiet-coaching = Coaching: { $hours } { $n ->
    [one] hour
   *[other] hours
} held, { $share } cancelled.
quiet-could-miss = A move of { $metric } under { $usual } could have been missed.

quiet-nothing-new-heading = Nothing new, { $period }
quiet-inside = { $n ->
    [1] The metric stayed inside its
    [2] Both metrics stayed inside their
   *[other] All { $count } metrics stayed inside their
} usual range from { $grain ->
    [day] day to day
    [month] month to month
   *[week] week to week
}.
quiet-would-see = A move of { $usual } or more in { $metric } would have been seen; a smaller one would not.
quiet-rules = { $judged } of { $all } rules could be judged.
quiet-nothing-asked = Nothing is asked of you beyond what is open.

# What is still open: `$things` are the items below.
quiet-open = { $count } { $n ->
    [one] thing is
   *[other] things are
} still open: { $things }.
quiet-open-gap = { $level }, since { $since }{ $earlier ->
    [yes] { "" } or earlier
   *[no] { "" }
}
quiet-open-decision = decision { $number }, due on { $day }
