chart-parts = { $before }; { $next }
chart-items = { $before }, { $next }

chart-range = Bereich ({ $level })
chart-signed-range = ({ $low } bis { $high })

chart-either-way = ±{ $size }

chart-head-type = Anliegen
chart-head-share = Anteil
chart-head-period = { $grain ->
    [day] Tag
    [month] Monat
   *[week] Woche
}

chart-name-target = Ziel { $target }

chart-now = jetzt
chart-target = Ziel

chart-levels = { $low } bis { $high }

chart-stage = { $id ->
    [after-contact-work] Nacharbeit
    [approval] Freigabe
    [consult] Rückfrage
    [escalation] Eskalation
    [handle-time] Bearbeitungszeit
    [hold] Haltezeit
    [repeat] Wiederholkontakt
    [transfer] Weiterleitung
    [wrong-information] Falschauskunft
   *[other] { $name }
}
