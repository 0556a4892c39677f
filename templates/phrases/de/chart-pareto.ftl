chart-pareto-none = Kein Anliegen verfehlt sein Ziel, es gibt also keine Lücke aufzuteilen.
chart-pareto-ahead = { $label } verfehlt das Ziel im Ganzen nicht, es gibt also keine Lücke aufzuteilen.
chart-pareto-unknown = Was die Anliegen tragen, ist nicht bekannt.

chart-pareto-title-none = Die Lücke liegt nicht bei wenigen Anliegen: Der größte Teil, { $name }, trägt { $size } ({ $total } im Ganzen)
chart-pareto-title = { $n ->
    [one] { $carries ->
        [more] { $names } trägt mehr als die ganze Lücke ({ $total })
        [all] { $names } trägt die ganze Lücke ({ $total })
       *[most] { $names } trägt den größten Teil der Lücke ({ $total })
    }
   *[other] { $carries ->
        [more] { $names } tragen mehr als die ganze Lücke ({ $total })
        [all] { $names } tragen die ganze Lücke ({ $total })
       *[most] { $names } tragen den größten Teil der Lücke ({ $total })
    }
}

chart-pareto-says = Teile der Lücke ({ $total }) nach Anliegen: { $parts }.
chart-pareto-part = { $name } { $size }
chart-pareto-others = { $n ->
    [1] Ein weiteres Anliegen
   *[other] { $count } weitere Anliegen
}
chart-pareto-note = { $unit ->
    [none] In der Einheit der Kennzahl.
   *[other] Einheit: { $unit }.
}
chart-pareto-key = Jeder Teil beginnt, wo die oberen enden; der letzte endet bei der ganzen Lücke. Dünne Linie: der eigene Bereich ({ $level }).
chart-pareto-key-ahead = Nur umrandet: Anliegen, die besser als ihr Ziel sind.

chart-pareto-name-own = dieses Anliegen
chart-pareto-name-before = die oberen

chart-pareto-head-carries = trägt
chart-pareto-head-running = bis hierher
chart-pareto-head-share = Anteil am Fehlenden
