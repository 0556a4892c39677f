percent = { $number } %
points = { $number } { $count ->
    [one] Punkt
   *[other] Punkte
}
seconds = { $number } s
minutes = { $number } Min.
hours = { $number } Stunden
periods = { $number } { $grain ->
    [day] { $count ->
        [one] Tag
       *[other] Tage
    }
    [month] { $count ->
        [one] Monat
       *[other] Monate
    }
   *[week] { $count ->
        [one] Woche
       *[other] Wochen
    }
}

range = { $low }–{ $high }
range-signed = { $low } bis { $high }

over = über { $amount }
under = unter { $amount }

of-ten = { $tenths } von 10
of-ten-fewest = weniger als 1 von 10
of-ten-most = mehr als 9 von 10

yes = ja
no = nein
not-known = nicht bekannt

spelt = { $n ->
    [0] keine
    [1] eine
    [2] zwei
    [3] drei
    [4] vier
    [5] fünf
    [6] sechs
    [7] sieben
    [8] acht
    [9] neun
    [10] zehn
    [11] elf
    [12] zwölf
   *[other] { $n }
}
