chart-clusters-none = Unter { $compared } Anliegen wurden keine Gruppen gefunden, die ihr Ziel auf ähnliche Weise verfehlen.
chart-clusters-no-target = { $groups } (kein Ziel, daher kein Abstand gezeichnet).

chart-clusters-title = { $n ->
    [1] { $group } verfehlt das Ziel um { $gap }
   *[other] { $group } verfehlen das Ziel gemeinsam, um { $gap }
}
chart-clusters-title-none = { $n ->
    [1] Die Anliegen bilden eine Gruppe; sie verfehlt das Ziel nicht eindeutig
   *[other] Die Anliegen bilden { $count } Gruppen; keine verfehlt das Ziel eindeutig
}

chart-clusters-group = { $n ->
    [1] Ein Anliegen wie { $like }
   *[other] { $count } Anliegen wie { $like }
}
chart-clusters-listed = { $group }: { $members }
chart-clusters-members = { $n ->
    [1] { $names } und ein weiteres
   *[other] { $names } und { $count } weitere
}

chart-clusters-says = Gruppen von Anliegen, die ihr Ziel auf ähnliche Weise verfehlen.
chart-clusters-short = { $group }, { $gap } vom Ziel entfernt { $range }: { $members }.
chart-clusters-note = Beschreibend, verglichen nach { $by }.
chart-clusters-spread = Streuung zwischen Mitarbeitenden ({ $label })
chart-clusters-again = Gerade und ungerade { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} stimmen zu { $agreement } von 1 überein.
chart-clusters-key = { $unit ->
    [none] Abstand zum Ziel, nach rechts: verfehlt; Linie mit Enden: Bereich ({ $level }).
   *[other] Abstand zum Ziel ({ $unit }), nach rechts: verfehlt; Linie mit Enden: Bereich ({ $level }).
}

chart-clusters-name-type = ein Anliegen
chart-clusters-name-together = zusammen

chart-clusters-head-group = Gruppe
chart-clusters-head-types = Anliegen
chart-clusters-head-gap = fehlt
