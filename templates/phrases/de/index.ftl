index-title = Kunden
index-lead = { $failed ->
    [0] { $n ->
        [one] Der Bericht für den Kunden liegt vor.
       *[other] Die Berichte für alle { $spelt } Kunden liegen vor.
    }
   *[other] Für { $failed } von { $n } Kunden gibt es keinen neuen Bericht.
}
index-column-status = Stand
index-column-client = Kunde
index-column-report = Bericht
index-column-answer = Antwort
index-status = { $standing ->
    [internal] Interner Fehler
    [configuration] Fehler in der Konfiguration
    [unwritable] Konnte nicht geschrieben werden
    [withheld] Zurückgehalten, Daten ungeeignet
    [locked] Ein anderer Lauf war im Gang
    [incomplete] Mit einem Fehler veröffentlicht
    [finding] Veröffentlicht, mit wichtigem Befund
    [on-target] Im Ziel
   *[published] Veröffentlicht
}
index-period = { $period } ({ $days })
index-last-good = letzter guter Bericht: { $period } ({ $days })
index-no-report = noch kein Bericht
index-decisions = { $asked ->
    [0] keine Entscheidung erbeten
    [one] { $asked } Entscheidung erbeten
   *[other] { $asked } Entscheidungen erbeten
}
index-since = seit { $since }
