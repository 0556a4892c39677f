# What followed coaching, as three parts and their sum. Sizes carry their sign.

chart-waterfall-not-split = What followed coaching cannot be split: its own part cannot be told from the rest.
chart-waterfall-unknown = What followed coaching is not known.

chart-waterfall-title = { $moved ->
    [worse] After a session agents worsened by { $size }; coaching's own part is { $own } { $range }
   *[better] After a session agents improved by { $size }; coaching's own part is { $own } { $range }
}

chart-waterfall-says = What followed coaching{ $unit ->
    [none] :
   *[other] , in { $unit }:
} seen after a session { $seen }; would have come anyway { $anyway }; everyone's trend { $trend }; coaching's own part { $range } { $own }.
chart-waterfall-note = The second to fourth part add up to the first.
chart-waterfall-key = { $unit ->
    [none] Improvement to the right. Thin line: the { $level } range.
   *[other] Improvement to the right, in { $unit }. Thin line: the { $level } range.
}

chart-waterfall-seen = Seen after a session
chart-waterfall-anyway = Would have come anyway
chart-waterfall-trend = Everyone's trend
chart-waterfall-own = Coaching's own part { $range }

chart-waterfall-head-part = part
chart-waterfall-head-size = size
