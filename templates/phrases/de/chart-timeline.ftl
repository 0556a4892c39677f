chart-timeline-none = { $grain ->
    [day] Dies ist der erste beurteilte Tag
    [month] Dies ist der erste beurteilte Monat
   *[week] Dies ist die erste beurteilte Woche
}: Es gibt noch keine früheren Antworten.

chart-timeline-answer = { $verdict ->
    [structural] Betrieb entscheidet
    [behavioural] Coaching kann helfen
    [mixed] beides
    [no-gap] keine Lücke
    [not-enough-evidence] nicht zu sagen
   *[none] nicht beurteilt
}

chart-timeline-title-same = Keine Antwort änderte sich in { $count } { $grain ->
    [day] Tagen
    [month] Monaten
   *[week] Wochen
}
chart-timeline-title-none = Keine Antwort änderte sich { $grain ->
    [day] am
    [month] im
   *[week] in
} { $last }
chart-timeline-title-one = Die Antwort zu { $label } änderte sich { $grain ->
    [day] am
    [month] im
   *[week] in
} { $last }
chart-timeline-title-more = { $count } Antworten änderten sich { $grain ->
    [day] am
    [month] im
   *[week] in
} { $last }

chart-timeline-says = Antworten nach { $grain ->
    [day] Tagen
    [month] Monaten
   *[week] Wochen
} von { $from } bis { $to }.
chart-timeline-metric = { $label }: { $answers }.
chart-timeline-since = { $answer } ab { $since }
chart-timeline-hidden = { $n ->
    [1] Eine weitere Kennzahl ist nicht gezeichnet.
   *[other] { $count } weitere Kennzahlen sind nicht gezeichnet.
}
chart-timeline-note = Frühere { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} sind mit den heutigen Regeln und Daten beurteilt.

chart-timeline-head-metric = Kennzahl
chart-timeline-head-answers = Antworten
