chart-waterfall-not-split = Was auf das Coaching folgte, lässt sich nicht aufteilen: Sein eigener Anteil ist vom Rest nicht zu trennen.
chart-waterfall-unknown = Was auf das Coaching folgte, ist nicht bekannt.

chart-waterfall-title = { $moved ->
    [worse] Nach einem Gespräch wurden Mitarbeitende um { $size } schlechter; der eigene Anteil des Coachings ist { $own } { $range }
   *[better] Nach einem Gespräch wurden Mitarbeitende um { $size } besser; der eigene Anteil des Coachings ist { $own } { $range }
}

chart-waterfall-says = { $unit ->
    [none] Was auf das Coaching folgte:
   *[other] Was auf das Coaching folgte ({ $unit }):
} nach einem Gespräch gesehen { $seen }; wäre ohnehin gekommen { $anyway }; Trend aller { $trend }; eigener Anteil des Coachings { $range } { $own }.
chart-waterfall-note = Der zweite bis vierte Teil ergeben zusammen den ersten.
chart-waterfall-key = { $unit ->
    [none] Nach rechts: Verbesserung. Dünne Linie: Bereich ({ $level }).
   *[other] Nach rechts: Verbesserung ({ $unit }). Dünne Linie: Bereich ({ $level }).
}

chart-waterfall-seen = Nach einem Gespräch gesehen
chart-waterfall-anyway = Wäre ohnehin gekommen
chart-waterfall-trend = Trend aller
chart-waterfall-own = Eigener Anteil des Coachings { $range }

chart-waterfall-head-part = Teil
chart-waterfall-head-size = Größe
