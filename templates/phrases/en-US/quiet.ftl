quiet-coaching = Coaching: { $hours } { $n ->
    [one] hour
   *[other] hours
} held, { $share } canceled.
