head-title = { $client }, { $period }
head-next = sobald { $period } abgeschlossen ist
head-counted-to = { $n ->
    [one] { $metrics } ist bis zum { $day } gezählt: Ein Wert steht erst nach
   *[other] { $metrics } sind bis zum { $day } gezählt: Ihre Werte stehen erst nach
} { $days } { $days ->
    [one] Tag
   *[other] Tagen
} fest.
head-rules = { $packs }{ $n ->
    [0] { "" }
    [one] { "" } + { $n } Änderung des Kunden
   *[other] { "" } + { $n } Änderungen des Kunden
}

head-left-out = { $n } { $what ->
    [decisions] { $n ->
        [one] weitere Entscheidung steht
       *[other] weitere Entscheidungen stehen
    }
    [answers] { $n ->
        [one] weitere Antwort steht
       *[other] weitere Antworten stehen
    }
    [findings] { $n ->
        [one] weiterer Befund steht
       *[other] weitere Befunde stehen
    }
   *[not-judged] { $n ->
        [one] weiterer nicht beurteilter Eintrag steht
       *[other] weitere nicht beurteilte Einträge stehen
    }
} in findings.json.

warning-source = Die Quelle { $source } war nicht lesbar: { $why }
warning-rules = Wegen eines Fehlers { $n ->
    [one] konnte eine Regel
   *[other] konnten { $count } Regeln
} nicht beurteilt werden: { $rules }.
