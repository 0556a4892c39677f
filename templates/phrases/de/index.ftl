index-title = Kunden
index-lead = { $failed ->
    [0] { $n ->
        [one] Der Bericht für den Kunden liegt vor.
       *[other] Die Berichte für alle { $n } Kunden liegen vor.
    }
   *[other] Für { $failed } von { $n } Kunden gibt es keinen neuen Bericht.
}
index-column-status = Stand
index-column-client = Kunde
index-column-report = Bericht
index-column-answer = Antwort
index-status = { $standing ->
    [internal] interner Fehler
    [configuration] Fehler in der Konfiguration
    [unwritable] konnte nicht geschrieben werden
    [withheld] zurückgehalten, Daten ungeeignet
    [locked] ein anderer Lauf war im Gang
    [incomplete] mit einem Fehler veröffentlicht
    [finding] veröffentlicht, mit wichtigem Befund
    [on-target] im Ziel
   *[published] veröffentlicht
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
