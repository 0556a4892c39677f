either = { $one } oder { $other }
listed = { $all }

need-all = { $all }
need-any = { $any }
need-agreement = Belege, die sich nicht widersprechen: Die Wirkung des Coachings spricht gegen das, was die Streuung sagt

need-agents = { $least } Mitarbeitende, vorhanden: { $has }
need-agents-with-contacts = { $least } Mitarbeitende mit genügend Kontakten, vorhanden: { $has }
need-agents-elsewhere = { $least } Mitarbeitende mit genügend Kontakten hier und anderswo
need-agents-at-work = { $least } Mitarbeitende, die über den Zeitraum tätig sind, vorhanden: { $has }
need-agents-throughout = Mitarbeitende, die über den ganzen Zeitraum tätig sind
need-agents-to-compare = { $least } Mitarbeitende, deren erstes Gespräch hierzu sich mit noch Wartenden vergleichen lässt; von { $coached } Gecoachten gilt das für { $compared }
need-agents-not-coached = Mitarbeitende, die hierzu noch nicht gecoacht sind, zum Vergleich, und Zeit vor den Gesprächen
need-agents-to-tell-reach = etwa { $about } Mitarbeitende für eine Antwort zum Coaching, vorhanden: { $has }
need-agents-in-same-types = Mitarbeitende mit genügend Kontakten bei denselben Anliegen
need-coaches = { $least } Coaches mit je { $agents } Mitarbeitenden, vorhanden: { $has }
need-peers = je { $least } wiederholt gecoachte und vergleichbare Mitarbeitende, vorhanden: { $coached } und { $peers }
hidden-min-group = nicht gezeigt: Gruppen unter { $least } Mitarbeitenden oder eine, aus der sich eine solche ergäbe
need-groups = ein Segment oder Personalmerkmal (`access-profile`, `shift`, `site`, `authority-level`, `hired-on`), das die Mitarbeitenden in Gruppen ab { $least } teilt
need-groups-by = `{ $by }`, das die Mitarbeitenden in Gruppen ab { $least } teilt

need-row = eine Zeile, die sich beurteilen lässt
need-rows = { $least } Zeilen, vorhanden: { $has }
need-rows-of = Zeilen mit einem Wert von { $metric }
need-rows-in-halves = { $least } Zeilen in jeder Hälfte
need-value = ein Wert von { $columns }
need-values = Zeilen mit einem Wert
need-values-that-differ = Werte, die nicht alle gleich sind
need-contacts-an-agent = etwa { $about } Kontakte je Person im Zeitraum, vorhanden: { $has }
need-contacts-to-tell-agents-apart = etwa { $contacts } Kontakte je Person, um Unterschiede zwischen Personen zu klären
need-contact-ids = eine Spalte, die jeden Kontakt benennt: `columns.id` der Kontakte
need-answers = { $least } Antworten, vorhanden: { $has }

need-periods = { $least } { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} mit Daten
need-periods-has = { $least } { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} mit Daten, vorhanden: { $has }
need-periods-that-differ = { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} mit { $least } Zeilen und Werten, die nicht alle gleich sind
need-more-periods = mehr Zeit: Die Streuung entscheidet noch nicht, was Coaching schließen könnte
need-window-of-weeks = ein Zeitraum von { $weeks } Wochen
need-end-of-month = ein Zeitraum mit einem Monatsende und anderen Tagen

need-types = { $least } Anliegen, vorhanden: { $has }
need-two-types = mindestens zwei Anliegen
need-target = ein Ziel für { $metric }
need-target-of-a-type = ein Ziel für ein Anliegen von { $metric }
need-outcome-with-target = eine Ergebniskennzahl mit Ziel
need-operation = der ganze Betrieb: Von Teilen wird dies nicht gesagt
need-operation-of-verdicts = der ganze Betrieb: Antworten zu seinen Teilen sind zu wenige für eine Summe
need-whole-operation = der Betrieb als Ganzes: Von Teilen wird dies nicht gesagt
need-metric = die Kennzahl `{ $metric }`
need-metric-of = eine Kennzahl für { $subject }
need-metric-of-concept = eine Kennzahl für { $name } (`concept = "{ $concept }"`)
need-metric-of-role = eine Kennzahl mit der Rolle `{ $role }`
need-metric-of-evaluations = { $metric } aus Qualitätsbewertungen
need-concept = eine Kennzahl mit `concept = "{ $concept }"`

need-evaluations = Qualitätsbewertungen
need-evaluations-of = Qualitätsbewertungen mit einem Wert von { $metric }
need-evaluations-of-coached = Qualitätsbewertungen mit Bewertenden, von Mitarbeitenden mit Coach
need-evaluation-minutes = `evaluation-minutes`: wie lange eine Qualitätsbewertung dauert
need-evaluators = eine Spalte `evaluator` in den Qualitätsbewertungen
need-evaluators-in-common = Mitarbeitende, die von mindestens zwei Personen bewertet sind, mit mindestens zehn Bewertungen über eine je Person und Zeitraum hinaus
need-segment-of-evaluations = ein Segment `evaluator` der Qualitätsbewertungen (`segments = ["evaluator"]`)

need-sessions = ein Verzeichnis der Coaching-Gespräche
need-sessions-on = Gespräche zu { $metric }
need-sessions-on-this = Gespräche hierzu im Coaching-Verzeichnis
need-sessions-in-window = { $least } Gespräche im Zeitraum, vorhanden: { $has }
need-sessions-that-count = { $least } Gespräche, die dafür zählen, vorhanden: { $has }
need-sessions-after-cancelled = { $least } Gespräche nach einem abgesagten, vorhanden: { $has }
need-sessions-with-coach = Gespräche mit einem Coach
need-sessions-later-in-log = Gespräche nach den ersten acht Wochen des Verzeichnisses
need-sessions-close-together = mehrere Mitarbeitende, die ein Coach innerhalb von vier Wochen gecoacht hat
need-sessions-of-teams = Gespräche von Mitarbeitenden, deren Team und Kontakte bekannt sind
need-held-and-cancelled = sowohl geführte als auch abgesagte Gespräche
need-periods-of-teams = fünf { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
}, in denen sich die Kontakte eines Teams unterscheiden
need-periods-of-different-load = { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} mit unterschiedlicher Last
need-months-of-coaches = { $least } ganze Monate von Coaches, vorhanden: { $has }
need-log-of-two-windows = ein Verzeichnis, das zwei Zeiträume zurückreicht
need-column-of-log = eine Spalte `{ $column }` im Coaching-Verzeichnis
need-columns-of-log = eine Spalte { $columns } im Coaching-Verzeichnis
need-column-of-roster = eine Spalte `{ $column }` in der Liste der Mitarbeitenden
need-segment-of-log = das Segment von `where` im Coaching-Verzeichnis
need-sensitive = `{ $list }` in `privacy.sensitive`: aus, bis der Kunde es aufführt

need-number-of = { $least } { $what }, vorhanden: { $has }
sessions-of-agents-with-results = geführte Gespräche von Mitarbeitenden mit acht Wochen an Ergebnissen
sessions-on-targets = geführte Gespräche zu einer Kennzahl mit Ziel
sessions-on-working-days = an Arbeitstagen geführte Gespräche

need-changes = eine Liste der Änderungen (`[sources.{ $source }]`)
need-change-since = eine verzeichnete Änderung, die dies betrifft, seit { $since }
need-periods-around-change = { $least } { $grain ->
    [day] Tage
    [month] Monate
   *[week] Wochen
} vor und nach einer Änderung, mit Zeilen von { $metric }

failed-query = die Abfrage ist gescheitert: { $error }
need-query-columns = eine Abfrage, die die Spalte { $columns } liefert
need-query-rows = Ergebnisse, hinter denen { $agents } Mitarbeitende und { $rows } Zeilen stehen; das größte hat { $most_agents } und { $most_rows }

custom-query = (Eigene Abfrage, ohne Intervall.)
sessions-no-evidence = { $sessions ->
    [one] Ein Gespräch
   *[other] { $sessions } Gespräche
} zu Lücken außer Reichweite: kein Beleg über Mitarbeitende
precondition-authority = Befugnis
precondition-process = ein funktionierender Ablauf
precondition-access = Zugang
precondition-information = Information
word-cancelled-twice = der Betrag zählt Mitarbeitende mit zwei Absagen hintereinander
word-commonest-number = der Betrag ist die häufigste Zahl von Gesprächen im Monat
word-load = Last: Kontakte je Person des Teams im Zeitraum
word-share-of-hours = Gespräche; der Betrag ist der Anteil der Stunden
word-teams-changed = in den letzten acht Wochen haben Teams gewechselt
