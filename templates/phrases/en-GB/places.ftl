# Where a statement is made. The whole operation is only named where a rule's own words ask for it.

place-team = team { $name }

# What a rule's words say for `scope.name` and `scope.place`.
scope-operation = the operation
scope-across = across the operation
scope-in-team = in team { $name }
scope-in-type = in { $name }
scope-where = where { $dimension } is { $name }

# Contact types of few agents, together; and those of a long list that are only counted.
other-small = Other (small)
more-types = { $n } more
