# Did the coaching work?

coaching-window = last { $periods } against the { $n } before

# Hours held, before and now; `$all` is the change, `$each` the change per active agent.
coaching-hours = Hours held
coaching-hours-change = { $before } → { $now } ({ $all })
coaching-hours-change-each = { $before } → { $now } ({ $all }; { $each } per active agent)
coaching-hours-new = { $now }; none on record before
coaching-hours-cancelled = { $hours }, { $share } of planned sessions cancelled

# What one metric did after sessions, and coaching's own part in it.
coaching-not-identified = Coaching's part cannot be told from what would have happened anyway.
coaching-not-tested = Not tested yet: sessions were too few or too irregular to judge them by.
coaching-effect = After a session agents { $direction ->
    [worse] worsened
   *[better] improved
} by { $all }: { $luck } would have come anyway{ $headline ->
    [imputation] { "" } (sessions follow unusually bad { $grain ->
        [day] days
        [month] months
       *[week] weeks
    })
   *[did] { "" }
}, { $trend } everyone's trend, { $effect } coaching ({ $range }). { $conclusion }

coaching-conclusion = { $conclusion ->
    [works] Coaching moves it.
    [small] Coaching moves it, by less than the { $material } that matter.
    [does-not-move] An effect of { $material } or more is ruled out.
    [harmful] Coached agents did worse than they would have.
   *[unclear] Cannot tell: an effect under { $visible } would not be seen.
}

coaching-lies-outside = Hours up, { $metric } not moved: what holds it back most likely lies outside the sessions.

# What the hours were spent on.
coaching-spent = The { $total } hours: { $parts }.
coaching-spent-on = { $hours } { $gap ->
    [reachable] on gaps coaching can close
    [out-of-reach] on gaps the operation decides
    [undetermined] where it cannot be told
   *[no-focus] with no focus recorded
}

# The question asked before coaching is added.
coaching-add = { $answer ->
    [yes] yes: agents in the same work differ by enough to close the gap
    [in-another-way] not as it is: agents differ, but the sessions held did not move it
    [in-part] in part: coach towards the best quarter, and look for what stops even them
    [in-some-types] only in { $types }
    [no] no: even the best agents miss it; sessions here are no evidence about anyone
    [no-need] no need: there is no gap to close
   *[cannot-tell] cannot tell yet: settle what kind of gap it is first
}
