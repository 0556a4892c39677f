chart-chain-none = Vom Aufwand bis { $label }: Noch ist kein Glied messbar.

chart-chain-title = { $at ->
    [effort] Das Coaching zu { $label } nahm nicht zu: Die Kette endet beim Aufwand
    [activity] Mehr Zeit führte nicht zu mehr Gesprächen zu { $label }
    [behaviour] Gespräche zu { $label } fanden statt, das Verhalten änderte sich nicht
    [outcome] Das Verhalten änderte sich, { $label } folgte nicht
    [none] { $label } bewegte sich: Vom Aufwand bis zum Ergebnis hält jedes Glied
   *[unknown] Vom Aufwand bis { $label }: Welches Glied nicht hält, ist noch nicht zu sagen
}

chart-chain-effort = Aufwand: Minuten pro Kopf
chart-chain-activity = Aktivität: Gespräche pro Kopf
chart-chain-behaviour = Verhalten: { $label }
chart-chain-no-behaviour = Verhalten
chart-chain-outcome = Ergebnis: { $label }
chart-chain-name-end = Kette endet hier

chart-chain-says = { $links }.
chart-chain-link = { $link } { $change }
chart-chain-link-in-range = { $link } { $change } { $range }
chart-chain-ends = { $at ->
    [effort] Die Kette endet beim Aufwand.
    [activity] Die Kette endet bei der Aktivität.
    [behaviour] Die Kette endet beim Verhalten.
    [outcome] Die Kette endet beim Ergebnis.
    [none] Jedes Glied hält.
   *[unknown] Welches Glied nicht hält, ist nicht zu sagen.
}
chart-chain-note = Aufwand und Aktivität: zweite Hälfte des Zeitraums gegenüber der ersten. Verhalten und Ergebnis: der eigene Anteil des Coachings.
chart-chain-key = Rechts der Linie ist mehr oder besser; jedes Glied hat seine eigene Einheit und Skala. Linie mit Enden: Bereich ({ $level }). Grau: zu klein, um von Belang zu sein.

chart-chain-head-link = Glied
chart-chain-head-change = Änderung
