# The table of metrics.

metrics-target-none = none
metrics-target-by-type = by type

# What a metric is: the answer, how sure it is, and what the answer rests on.
metrics-no-target-set = no target set
metrics-cannot-tell = { $label }{ $known ->
    [0] { "" }
   *[other] , needs { $needs }
}
metrics-answer = { $label } · { $confidence }
metrics-differ = { $answer }: agents in the same work differ by ±{ $size }
metrics-not-judged = not judged
metrics-not-judged-because = not judged: { $need }
metrics-not-judged-needs = not judged, needs { $need }
metrics-not-judged-no-target = not judged: no target set

# What is behind a level, for the investigation page.
metrics-n = n = { $n }
metrics-agents = { $n } { $n ->
    [one] agent
   *[other] agents
}
metrics-range = range at { $level }
metrics-matures = counted { $days } { $days ->
    [one] day
   *[other] days
} later
metrics-material = worth acting on from { $size }

metrics-target-by = target set by { $who }
