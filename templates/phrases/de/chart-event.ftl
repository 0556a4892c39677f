chart-event-few = Die { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} um das erste Gespräch lassen sich nicht zeigen: Zu wenige davon waren vergleichbar.
chart-event-none = Die { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} um das erste Gespräch lassen sich nicht zeigen.

chart-event-title = { $against ->
    [not-yet-coached] Gegenüber noch nicht Gecoachten bewegten sich gecoachte Mitarbeitende insgesamt um { $effect } { $range }
   *[uncoached] Gegenüber dem Verlauf ohne Coaching bewegten sich gecoachte Mitarbeitende insgesamt um { $effect } { $range }
}

chart-event-says = Gecoachte Mitarbeitende gegenüber { $against ->
    [not-yet-coached] noch nicht Gecoachten
   *[uncoached] dem Verlauf ohne Coaching
}, nach { $grain ->
    [day] Tagen
    [month] Monaten
   *[week] Wochen
} ab dem ersten Gespräch{ $unit ->
    [none] :
   *[other] {" "}({ $unit }):
} { $steps }. Von Belang ab { $material }.
chart-event-step = { $number } { $effect }
chart-event-note = { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} ab dem ersten Gespräch, jeder Bereich für sich; ein Tief davor zeigt, worauf Gespräche folgten.
chart-event-key = Oben ist besser. Grau: Bereich ({ $level }). Offene Punkte: vor dem ersten Gespräch. Gestrichelt: was von Belang ist.

chart-event-name-first = erstes Gespräch
chart-event-name-material = relevant
chart-event-name-zero = Effekt

chart-event-time = { $side ->
    [before] −{ $periods }
   *[after] +{ $periods }
}

chart-event-head-time = { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
}
chart-event-head-effect = Effekt
