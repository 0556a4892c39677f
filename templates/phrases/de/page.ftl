page-decisions = Anstehende Entscheidungen
page-decisions-none = { $grain ->
    [day] Heute keine.
    [month] In diesem Monat keine.
   *[week] In dieser Woche keine.
}
page-changed = Verändert seit { $since }
page-metrics = Kennzahlen
page-points = Wo die { $points } liegen
page-coaching = Hat das Coaching gewirkt?
page-limits = Vor dem Verwenden zu beachten
page-rules = Regeln: { $rules }
page-next = Nächster Bericht: { $when }.
page-link = Ganzer Bericht:
