source-name = { $source ->
    [contacts] Kontakte
    [evaluations] Qualitätsbewertungen
    [surveys] Umfragen
    [coaching] Coaching
    [changes] Änderungen
    [roster] Liste der Mitarbeitenden
   *[volume] Volumen
}
