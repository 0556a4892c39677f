withheld-heading = Kein Bericht für { $period }
withheld-unfit = Die Daten reichen für einen Bericht nicht aus.
withheld-part = Eine Zahl aus einem Teil { $grain ->
    [day] eines Tages
    [month] eines Monats
   *[week] einer Woche
} sähe wie eine Veränderung aus.
withheld-needed = Nötig: vollständige Daten für { $days }, dann ein neuer Lauf für { $label }.
withheld-fine = In Ordnung: { $sources }.
withheld-last = Für Entscheidungen gilt weiter der letzte veröffentlichte Bericht.
