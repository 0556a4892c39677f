email-next = Nächster Bericht: { $next }.
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
email-changed = Verändert seit { $since }
email-changes = Neu: { $new }. Schlechter: { $worse }. Erledigt: { $closed }.
email-metrics = Kennzahlen
email-metric-now = { $now } ({ $range })
email-metric-target = Ziel { $target }
email-metrics-range = In Klammern: der 95-%-Bereich.
email-points = Wo die { $points } liegen
email-ahead = Neben dem Balken: { $ahead }.
email-coaching = Hat das Coaching gewirkt?
email-limits = Was zu beachten ist
email-rules = Regeln: { $rules }
