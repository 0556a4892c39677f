parts-agents-key = Dot: the level; line: its 95% range.
parts-column-now = now (95% range)
parts-column-level-range = level (95% range)
