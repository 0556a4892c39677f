# Where the points of a gap are, as one bar. `$words` says what a part is, as the page does.

chart-ledger-title = { $part ->
    [reach] { $value } of the { $total } { $words }
   *[other] { $value } of the { $total } are { $words }
}
chart-ledger-title-ahead = { $part ->
    [reach] { $size } { $words }; { $ahead }
   *[other] { $size } are { $words }; { $ahead }
}

chart-ledger-part = { $value } { $words }
chart-ledger-part-in-range = { $value } { $range } { $words }
chart-ledger-ahead = { $ahead }, not drawn

chart-ledger-says = The gap of { $total }: { $parts }.
chart-ledger-key = Line above the bar: the { $level } range of what is within reach.

chart-ledger-head-part = part
chart-ledger-head-size = size
chart-ledger-head-range = range
