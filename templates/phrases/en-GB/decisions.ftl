# What is asked of whom, by when, and what is at stake.

decisions-more = { $count } further { $n ->
    [one] decision
   *[other] decisions
} in the full report.
decisions-at-stake = up to { $amount }. That is a ceiling, not a forecast.

# What waits while nobody decides.
decisions-waiting = each { $grain ->
    [day] day
    [month] month
   *[week] week
} about { $each } { $n ->
    [one] contact falls
   *[other] contacts fall
} short that would not at target.
decisions-waiting-since = each { $grain ->
    [day] day
    [month] month
   *[week] week
} about { $each } { $n ->
    [one] contact falls
   *[other] contacts fall
} short that would not at target, about { $all } since { $since }{ $earlier ->
    [yes] { "" } or earlier
   *[no] { "" }
}, when this was first asked.
decisions-coached = { $hours } { $n ->
    [one] hour
   *[other] hours
} of coaching went to it since.

decisions-state = { $state ->
    [accepted] accepted
   *[done] done
}
