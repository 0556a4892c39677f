# Agents as a curve, against the band that equal agents would fill by luck.

chart-spread-few = How agents differ is not drawn: fewer than { $least } have enough rows.
chart-spread-same = All agents stand at the same level, so there is no spread to draw.

chart-spread-title = { $differ ->
    [more] Agents doing the same work differ by more than luck: ±{ $seen } seen, ±{ $luck } expected
    [no-more] Agents doing the same work differ no more than luck explains: ±{ $seen } seen, ±{ $luck } expected
   *[unknown] Agents doing the same work, against luck: ±{ $seen } seen, ±{ $luck } expected
}

chart-spread-says = { $agents } agents lie around { $level } with a spread of ±{ $seen }; luck alone would give ±{ $luck }.
chart-spread-target = The target is { $target }.
chart-spread-note = Adjusted for each agent's mix of contacts.
chart-spread-key = A curve, not persons.
chart-spread-key-dots = Each dot is an agent, without a name.

chart-spread-name-seen = { $agents } agents as seen
chart-spread-name-luck = equal agents, by luck ({ $level })

chart-spread-head-agents = agents
chart-spread-head-mean = mean
chart-spread-head-seen = spread seen
chart-spread-head-luck = spread from luck alone
