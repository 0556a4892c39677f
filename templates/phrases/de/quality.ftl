reason-few-agents = zu wenige Mitarbeitende
reason-few-contacts = zu wenige Kontakte
reason-few-periods = zu kurzer Zeitraum
reason-no-column = eine Spalte ist nicht zugeordnet
reason-no-source = eine Quelle fehlt
reason-no-target = kein Ziel gesetzt
reason-no-types = keine Anliegen
reason-no-sessions = keine Coaching-Gespräche
reason-degenerate = alle Werte sind gleich
reason-wide-interval = die Spanne ist zu breit
reason-error = ein Fehler

quality-rejected = { $rows } { $reason ->
    [no-time] ohne Zeitpunkt
    [no-agent] ohne Person
    [duplicate] doppelt
    [ragged] mit falscher Zahl von Spalten
    [not-utf8] nicht lesbar kodiert
    [not-json] kein JSON
   *[other] { $name }
}
