# Every answer in full: what it is called on the left, what is said of it on the right.

verdict-label-form = Form
verdict-label-sure = How sure
verdict-label-next = Next likely
verdict-label-power = Power for the opposite
verdict-label-held = Held
verdict-label-cause = Cause
verdict-label-spread = Between agents
verdict-label-coaching = Coaching
verdict-label-needs = Needs
verdict-label-limited = Limited by
verdict-label-weight = Weight

verdict-sure = { $share } from the data alone
verdict-sure-in-a-word = { $share } from the data alone, { $word }
verdict-power = would have been found in { $share } of cases

verdict-held = since { $since }: { $periods }, { $blocks } independent { $blocks ->
    [one] block
   *[other] blocks
} of four; this { $grain ->
    [day] day
    [month] month
   *[week] week
} alone says: { $alone }. Earlier answers are judged with today's rules and data
verdict-held-provisional = since { $since }: { $periods }, { $blocks } independent { $blocks ->
    [one] block
   *[other] blocks
} of four; this { $grain ->
    [day] day
    [month] month
   *[week] week
} alone says: { $alone }; provisional

# `$shown` counts the signs in `$because`, `$open` those not measured.
verdict-cause = { $name }: { $signs } of { $of } signs present{ $open ->
    [0] { "" }
    [1] , one not measured
   *[other] , { $open } not measured
}{ $shown ->
    [0] { "" }
   *[other] : { $because }
}

verdict-spread = ±{ $seen } seen, ±{ $from_luck } expected from luck; ±{ $between } ({ $range }) between agents at { $level }, { $agents } agents

# `$headline` is the estimator that leads; the other one is what `verdict-effect-other` speaks of.
verdict-effect = { $effect } ({ $low } to { $high } at { $level }) against { $headline ->
    [imputation] what they would have done uncoached
   *[did] the comparison group
}; { $coached } coached, { $compared } to compare with; smallest visible { $visible }.
verdict-effect-other = Against { $headline ->
    [imputation] the comparison group
   *[did] what they would have done uncoached
}: { $effect } ({ $low } to { $high }).
verdict-effect-pre-trend = The groups differed before the first session: read with care.
verdict-effect-few = fewer than { $least }

verdict-weight = { $odds } (log odds) for { $reason }; moves the word, not the probability

verdict-signal = { $answer ->
    [yes] yes
    [no] no
   *[open] cannot tell
}
