chart-ledger-title = { $part ->
    [reach] { $value } der { $total } { $words }
   *[other] { $value } der { $total } sind { $words }
}
chart-ledger-title-ahead = { $part ->
    [reach] { $size } { $words }; { $ahead }
   *[other] { $size } sind { $words }; { $ahead }
}

chart-ledger-part = { $value } { $words }
chart-ledger-part-in-range = { $value } { $range } { $words }
chart-ledger-ahead = { $ahead }, nicht gezeichnet

chart-ledger-says = Die Lücke ({ $total }): { $parts }.
chart-ledger-key = Linie über dem Balken: Bereich dessen, was in Reichweite ist ({ $level }).

chart-ledger-head-part = Teil
chart-ledger-head-size = Größe
chart-ledger-head-range = Bereich
