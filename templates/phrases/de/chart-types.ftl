chart-types-none = Kein Anliegen hat einen Wert, der sich zeichnen ließe.

chart-types-title = Anliegen, der größte Teil der Lücke zuerst
chart-types-title-met = { $n ->
    [1] Das beste Viertel der Mitarbeitenden erreicht das Ziel beim einzigen Anliegen
   *[other] Das beste Viertel der Mitarbeitenden erreicht das Ziel bei allen Anliegen ({ $all })
}
chart-types-title-missed = { $n ->
    [1] Selbst das beste Viertel der Mitarbeitenden verfehlt das Ziel beim einzigen Anliegen
   *[other] Selbst das beste Viertel der Mitarbeitenden verfehlt das Ziel bei allen Anliegen ({ $all })
}
chart-types-title-missed-some = Selbst das beste Viertel der Mitarbeitenden verfehlt das Ziel bei { $n ->
    [1] einem
   *[other] { $count }
} von { $all } Anliegen

chart-types-says = Werte nach Anliegen: { $parts }.
chart-types-level = { $name } { $level }
chart-types-level-beside = { $name } { $level } ({ $beside })
chart-types-best = bestes Viertel { $level }
chart-types-hidden = { $n ->
    [1] ein weiteres nicht gezeichnet
   *[other] { $count } weitere nicht gezeichnet
}
chart-types-key = Dünne Linie mit Enden: Bereich des Werts ({ $level }). Fett: Anliegen, die die Lücke tragen.

chart-types-name-best = bestes Viertel der Mitarbeitenden
chart-types-head-best = bestes Viertel
