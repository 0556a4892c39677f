source-name = { $source ->
    [contacts] Kontakte
    [evaluations] Qualitätsbewertungen
    [surveys] Umfragen
    [coaching] Coaching
    [changes] Änderungen
    [roster] Dienstplan
   *[volume] Volumen
}
