email-decisions = Erbetene Entscheidungen
email-no-decision = Keine { $grain ->
    [day] an diesem Tag
    [month] in diesem Monat
   *[week] in dieser Woche
}.
email-who = Wer: { $who }, bis { $due }.
email-stake = Auf dem Spiel: { $stake }
email-waiting = Was wartet: { $waiting }
email-risk = Risiko: { $risk }
email-changes = Neu: { $new }. Schlechter: { $worse }. Erledigt: { $closed }.
email-metrics = Kennzahlen
email-metric-now = { $now } ({ $range })
email-metric-target = Ziel { $target }
email-metrics-range = In Klammern: der 95-%-Bereich.
email-limits = Was zu beachten ist
email-rules = Regeln: { $rules }
