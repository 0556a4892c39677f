quiet-on-target-heading = Im Ziel, { $period }
quiet-on-target = { $n ->
    [1] Die Kennzahl mit Ziel liegt
    [2] Beide Kennzahlen mit Ziel liegen
   *[other] Alle { $count } Kennzahlen mit Ziel liegen
} im Ziel, nachgewiesen und nicht nur angenommen: Die Tabelle nennt den schlechtesten noch möglichen Wert.
quiet-watch = Einen Blick wert, nichts zu tun: { $titles }.
quiet-coaching = Coaching: { $hours } { $n ->
    [one] Stunde
   *[other] Stunden
} gehalten, { $share } abgesagt.
quiet-could-miss = Eine Bewegung bei { $metric }, die { $usual } nicht erreicht, könnte übersehen worden sein.

quiet-nothing-new-heading = Nichts Neues, { $period }
quiet-inside = { $n ->
    [1] Die Kennzahl blieb in ihrem
    [2] Beide Kennzahlen blieben in ihrem
   *[other] Alle { $count } Kennzahlen blieben in ihrem
} üblichen Bereich von { $grain ->
    [day] Tag zu Tag
    [month] Monat zu Monat
   *[week] Woche zu Woche
}.
quiet-would-see = Eine Bewegung um mindestens { $usual } bei { $metric } wäre aufgefallen, eine kleinere nicht.
quiet-rules = { $judged } von { $all } Regeln konnten beurteilt werden.
quiet-nothing-asked = Über das Offene hinaus wird nichts erbeten.

quiet-open = { $n ->
    [one] Ein Thema ist noch offen
   *[other] { $count } Themen sind noch offen
}: { $things }.
quiet-open-gap = { $level }, seit { $since }{ $earlier ->
    [yes] { "" } oder früher
   *[no] { "" }
}
quiet-open-decision = Entscheidung { $number }, fällig am { $day }
