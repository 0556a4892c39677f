# What is different from the period before.

changed-nothing = nothing
changed-nothing-usual = nothing beyond the usual ±{ $usual }
changed-moved = { $metric } { $direction ->
    [down] down
   *[up] up
} { $size } (usual: ±{ $usual })
changed-back = { $about }, back in range
changed-no-longer = { $about }, { $rule } no longer seen
changed-more = and { $count } more
