# Before you rely on this.

# What is behind the figures: the facts below in a row, and what was left out.
limits-behind = { $facts }.
limits-rows = { $n } { $source ->
    [contacts] { $n ->
        [one] contact
       *[other] contacts
    }
    [evaluations] { $n ->
        [one] evaluation
       *[other] evaluations
    }
    [surveys] { $n ->
        [one] survey
       *[other] surveys
    }
   *[other] { $name }
}
limits-left-out = { $share } without a usable value left out.

# One target for every contact type. `$n` is the number in `$periods`, `$best` the best period's level.
limits-target = { $target } is asked of every contact type.
limits-target-type-missed = { $target } is asked of every contact type; { $contact_type } never reached it in { $periods } (best { $grain ->
    [day] day
    [month] month
   *[week] week
} { $best }). If { $target } is not meant for it, set its own target.
limits-target-never-met = None of the { $periods } read met it (best { $grain ->
    [day] day
    [month] month
   *[week] week
} { $best }).

limits-power = Had this been { $opposite ->
    [coaching] a coaching gap
   *[operation] for the operation to decide
}, data of this size would have shown it in about { $cases } cases.
limits-power-low = Read it with care.

# A rule's own words about what would change our mind, unless they begin with `limits-mind-opening`.
limits-mind = What would change our mind: { $text }
limits-mind-opening = We would

limits-nobody-named = About the operation, not for judging people. Nobody is named; groups under { $min } are not shown.
limits-agents-shown = About the operation, not for judging people. Agents are shown one by one under a dated allowance; groups under { $min } are not shown.

# What a metric counts, in the client's words.
limits-means = { $label } counts: { $means }.
