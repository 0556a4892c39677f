withheld-heading = Kein Bericht für { $period }
withheld-unfit = Die Daten reichen für einen Bericht nicht aus.
withheld-part = Eine Zahl aus einem Teil { $grain ->
    [day] eines Tages
    [month] eines Monats
   *[week] einer Woche
} sähe wie eine Veränderung aus.

withheld-needed = Nötig: { $source ->
    [contacts] die Kontakte
    [evaluations] die Bewertungen
    [surveys] die Antworten der Befragung
    [coaching] das Coaching-Protokoll
    [changes] die Liste der Änderungen
    [roster] die Liste der Mitarbeitenden
   *[volume] die Mengen
} für { $days }.
withheld-needed-from = Nötig: { $source ->
    [contacts] die Kontakte
    [evaluations] die Bewertungen
    [surveys] die Antworten der Befragung
    [coaching] das Coaching-Protokoll
    [changes] die Liste der Änderungen
    [roster] die Liste der Mitarbeitenden
   *[volume] die Mengen
} für { $days }, zuständig: { $owner }.
withheld-last = Für Entscheidungen gilt weiter der letzte veröffentlichte Bericht.
withheld-fine = In Ordnung: { $sources }.
withheld-again = Der nächste Versuch: { $when }.
withheld-run = Danach kann { $label } neu gerechnet werden.
withheld-also = Außerdem gefunden:
