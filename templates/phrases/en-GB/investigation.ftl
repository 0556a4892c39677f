# The investigation page: what heads its parts, its columns, and what introduces a line.

investigation-signals = Signals behind this answer
investigation-signals-named = Signals:
investigation-signal-supports = (the answer rests on it)
investigation-may-add = May coaching be added?

investigation-findings = Findings
investigation-findings-none = None.
investigation-since = since { $since }
investigation-evidence = Evidence
investigation-against = Against:
investigation-falsifier = What would change our mind:
investigation-observe = Watch the process, not the person:
investigation-why = Why am I seeing this?
investigation-why-because = Why am I seeing this: { $reasons }.
investigation-left-out = Not on this page

investigation-not-judged = What could not be judged
investigation-all-judged = Everything asked could be judged.
investigation-data = Data
investigation-sources = Sources
investigation-check-passed = passed:
investigation-check-failed = failed:
investigation-rules = Rules in force
investigation-rule-changed = changed: { $why }

# Heads of columns.
investigation-column-about = about
investigation-column-rule = rule
investigation-column-why = why
investigation-column-need = what it needs
investigation-column-source = source
investigation-column-read = read
investigation-column-used = used
investigation-column-filtered = filtered
investigation-column-later = later
investigation-column-rejected = rejected
investigation-column-days = days
investigation-column-kind = kind
investigation-column-window = window
investigation-column-limits = limits
investigation-column-set-in = set in
