chart-control-few = Zu { $label } liegen zu wenige { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} vor, um einen Verlauf zu zeigen.
chart-control-none = { $label } hat keine Werte, die sich zeichnen ließen.

chart-control-title = { $label } über { $periods }: jetzt { $now }
chart-control-title-changed = { $label } liegt seit { $since } auf einem neuen Niveau: jetzt { $now }
chart-control-title-left = { $label } verließ { $grain ->
    [day] am
    [month] im
   *[week] in
} { $period } den üblichen Bereich: { $now }, üblich { $usual }
chart-control-title-stayed = { $label } blieb { $periods } lang im üblichen Bereich: jetzt { $now }
chart-control-title-back = { $label } ist zurück im üblichen Bereich: jetzt { $now }; { $grain ->
    [day] { $n ->
        [1] einer von { $all } Tagen lag
       *[other] { $outside } von { $all } Tagen lagen
    }
    [month] { $n ->
        [1] einer von { $all } Monaten lag
       *[other] { $outside } von { $all } Monaten lagen
    }
   *[week] { $n ->
        [1] eine von { $all } Wochen lag
       *[other] { $outside } von { $all } Wochen lagen
    }
} außerhalb

chart-control-says = { $parts }.
chart-control-course = { $label } nach { $grain ->
    [day] Tagen
    [month] Monaten
   *[week] Wochen
} von { $from } bis { $to }: zuerst { $first }, zuletzt { $last }
chart-control-usual = üblich { $level }
chart-control-limits = üblicher Bereich jetzt { $low } bis { $high }
chart-control-outside = außerhalb: { $periods }
chart-control-outside-more = außerhalb: { $periods } und { $n ->
    [1] { $grain ->
        [week] eine frühere
       *[other] ein früherer
    }
   *[other] { $count } frühere
}

chart-control-note = Der übliche Bereich ist so breit, dass vierzehn { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} hintereinander ihn in 5 von 100 Fällen durch Zufall verlassen.
chart-control-note-few = Noch zu wenige { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
}, um zu sagen, was üblich ist.
chart-control-key = Grau: dieser Bereich. Raute: außerhalb.

chart-control-name-change = neues Niveau ab { $since }
chart-control-name-usual = üblich

chart-control-remark = { $what ->
    [both] neues Niveau, außerhalb
    [level] neues Niveau
   *[outside] außerhalb
}

chart-control-head-level = Wert
chart-control-head-from = üblich von
chart-control-head-to = bis
