# From effort to outcome, a line a link. `$at` is the link that does not hold, `none` or `unknown`.

chart-chain-none = From effort to { $label }: no link can be measured yet.

chart-chain-title = { $at ->
    [effort] Coaching on { $label } did not grow: the chain ends at effort
    [activity] More time did not become more sessions on { $label }
    [behaviour] Sessions on { $label } were held, the behaviour did not move
    [outcome] The behaviour moved, { $label } did not follow
    [none] { $label } moved: no link from effort to outcome is broken
   *[unknown] From effort to { $label }: which link does not hold cannot be told yet
}

chart-chain-effort = Effort: minutes an agent
chart-chain-activity = Activity: sessions an agent
chart-chain-behaviour = Behaviour: { $label }
chart-chain-no-behaviour = Behaviour
chart-chain-outcome = Outcome: { $label }
chart-chain-name-end = chain ends here

chart-chain-says = { $links }.
chart-chain-link = { $link } { $change }
chart-chain-link-in-range = { $link } { $change } { $range }
chart-chain-ends = { $at ->
    [effort] The chain ends at effort.
    [activity] The chain ends at activity.
    [behaviour] The chain ends at behaviour.
    [outcome] The chain ends at outcome.
    [none] No link is broken.
   *[unknown] Which link does not hold cannot be told.
}
chart-chain-note = Effort and activity: second half of the window against the first. Behaviour and outcome: coaching's own part.
chart-chain-key = Right of the line is more or better; each link has its own unit and scale. Line with ends: { $level } range. Grey: too small to matter.

chart-chain-head-link = link
chart-chain-head-change = change
