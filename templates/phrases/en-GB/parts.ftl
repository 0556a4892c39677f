# Parts that several pages share: decisions, what changed, tables, charts, contacts to follow, single agents. A word
# with a colon introduces what the page prints behind it.

parts-who = Who:
parts-who-by = { $who }, by { $due }.
parts-at-stake = At stake:
parts-waiting = Waiting:
parts-risk = Risk:

parts-new = New:
parts-worse = Worse:
parts-closed = Closed:

# `$file` is where a chart's rows are.
parts-beside-bar = Beside the bar: { $ahead }.
parts-numbers = Numbers: { $file }.

parts-contacts = Watch the process, not the person
parts-contacts-note = Contacts to follow from end to end: what happened to them, not who took them. Drawn by chance from many agents, at most two of each; their order means nothing.
parts-agents = Agents, one by one
parts-agents-caution = Each figure includes luck and the mix of contacts; no decision about a person may rest on it.
parts-agents-key = Dot: the level; line: its 95 % range.

# Heads of columns.
parts-column-metric = Metric
parts-column-now = now (95 % range)
parts-column-target = target
parts-column-what = what it is
parts-column-behind = behind it
parts-column-contact-type = contact type
parts-column-share = share
parts-column-level = now
parts-column-best = best agents
parts-column-carries = carries
parts-column-agent = agent
parts-column-counted = counted
parts-column-level-range = level (95 % range)
parts-column-place = place
