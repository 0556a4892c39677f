# The answer: what is wrong, where it sits, who can close it.

# What a reader calls a verdict, and how sure it is.
headline-label = { $verdict ->
    [behavioural] coaching can help
    [structural] the operation decides this
    [mixed] both coaching and the operation
    [on-target] on target
    [no-gap] no gap we can be sure of
   *[not-enough-evidence] cannot tell yet
}
headline-confidence = { $confidence ->
    [strong] strong
    [moderate] moderate
   *[weak] weak
}

# Where a metric stands: the first sentence of the answer, and an item of what is still open on a quiet page.
headline-not-measured = { $metric } could not be measured
headline-level = { $metric } is { $level }
headline-at-target = { $metric } is { $level }, at its target of { $target }
headline-off-target = { $metric } is { $level }, { $size } { $side ->
    [under] under
   *[over] over
} target
headline-sentence = { $text }.

# Which contact types carry the gap. `$missed`: the best agents there miss the target too.
headline-sits-in = { $size } of the { $gap } sit in { $types }{ $missed ->
    [yes] , where even our best agents miss it
   *[no] { "" }
}.
headline-more-than-the-gap = In { $types } alone { $size } are missing, more than the whole gap: { $missed ->
    [yes] even our best agents miss the target there, and other
   *[no] other
} contact types make up for some of it.

headline-by-chance = The difference is within what chance can do: no gap we can be sure of.
headline-cannot-tell = Whether coaching or the operation decides this cannot be told yet{ $known ->
    [0] { "" }
   *[other] , needs { $needs }
}.
headline-would-close = If everyone worked like our { $reachable ->
    [best-half] best half
    [best-tenth] best tenth
   *[best-quarter] best quarter
} of agents, { $size } would close: { $verdict ->
    [structural] { $confidence ->
        [strong] this is not a coaching gap
        [moderate] this is probably not a coaching gap
       *[weak] this may not be a coaching gap, but the evidence is weak
    }
    [behavioural] { $confidence ->
        [strong] coaching can close most of it
        [moderate] coaching can probably close most of it
       *[weak] coaching may close most of it, but the evidence is weak
    }
   *[mixed] coaching can close that part, the rest is for the operation to decide
}.

# Beside the answer.
headline-evidence = evidence { $confidence ->
    [strong] strong
    [moderate] moderate
   *[weak] weak
}
headline-first-now = first reported this { $grain ->
    [day] day
    [month] month
   *[week] week
}
headline-first-in = first reported in { $since }{ $earlier ->
    [yes] { "" } or earlier
   *[no] { "" }
}
headline-asked = { $n ->
    [0] no decision asked
    [one] { $n } decision asked
   *[other] { $n } decisions asked
}

# Below the answer.
headline-provisional = Provisional: an answer stands after { $count } equal { $grain ->
    [day] { $n ->
        [one] day
       *[other] days
    }
    [month] { $n ->
        [one] month
       *[other] months
    }
   *[week] { $n ->
        [one] week
       *[other] weeks
    }
}.
headline-alone = This { $grain ->
    [day] day
    [month] month
   *[week] week
} alone would say: { $label }.
headline-changed = Something changed here recently: the window starts again at the change.

headline-nothing-judged = No metric could be judged.
headline-rules-judged = { $judged } of { $all } rules could be judged; what each still needs is listed below.
