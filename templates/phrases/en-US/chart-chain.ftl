chart-chain-title = { $at ->
    [effort] Coaching on { $label } did not grow: the chain ends at effort
    [activity] More time did not become more sessions on { $label }
    [behaviour] Sessions on { $label } were held, the behavior did not move
    [outcome] The behavior moved, { $label } did not follow
    [none] { $label } moved: no link from effort to outcome is broken
   *[unknown] From effort to { $label }: which link does not hold cannot be told yet
}

chart-chain-behaviour = Behavior: { $label }
chart-chain-no-behaviour = Behavior

chart-chain-ends = { $at ->
    [effort] The chain ends at effort.
    [activity] The chain ends at activity.
    [behaviour] The chain ends at behavior.
    [outcome] The chain ends at outcome.
    [none] No link is broken.
   *[unknown] Which link does not hold cannot be told.
}
chart-chain-note = Effort and activity: second half of the window against the first. Behavior and outcome: coaching's own part.
chart-chain-key = Right of the line is more or better; each link has its own unit and scale. Line with ends: { $level } range. Gray: too small to matter.
