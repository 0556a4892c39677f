check-contacts = Es gibt Kontakte zu beurteilen.
check-no-contacts = bis zum Ende von { $label } war kein Kontakt verwendbar
check-days = Die Tage des Zeitraums sind vorhanden.
check-days-missing = die Kontaktdaten enden am { $last }: { $missing } von { $days } Tagen fehlen
check-days-hollow = der Zeitraum hat weniger als die Hälfte der üblichen Kontakte: Mitten darin fehlen Tage
check-no-day = Kein Tag zu prüfen.
check-rows = Fast alle Kontaktzeilen waren lesbar.
check-rows-rejected = { $rejected } von { $of } Kontaktzeilen waren nicht verwendbar; sie stehen in `rejected.csv`
check-no-row = Keine Zeile zu prüfen.

check-source-missing = { $source ->
    [contacts] die Kontakte waren
    [evaluations] die Qualitätsbewertungen waren
    [surveys] die Umfragen waren
    [coaching] das Coaching-Verzeichnis war
    [changes] die Änderungen waren
    [roster] die Liste der Mitarbeitenden war
   *[volume] das Volumen war
} nicht lesbar: { $why }
check-rows-unread = { $share } der Zeilen der Quelle { $source ->
    [contacts] Kontakte
    [evaluations] Qualitätsbewertungen
    [surveys] Umfragen
    [coaching] Coaching
    [changes] Änderungen
    [roster] Liste der Mitarbeitenden
   *[volume] Volumen
} waren nicht lesbar
check-values-unusable = { $share } der Zeilen haben keinen verwendbaren Wert von { $metric }
check-no-types = die Kontakte tragen kein Anliegen: Einzelne Anliegen sind nicht zu beurteilen
check-other-types = { $share } der Kontakte gehören zu keinem benannten Anliegen
check-no-team = { $share } der Kontakte gehören zu keinem bekannten Team
check-preconditions-unmatched = `[preconditions]` nennt Anliegen ohne Kontakte: { $types }
