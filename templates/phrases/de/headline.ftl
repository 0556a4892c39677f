headline-label = { $verdict ->
    [behavioural] Coaching kann helfen
    [structural] das entscheidet der Betrieb
    [mixed] beides: Coaching und Betrieb
    [on-target] im Ziel
    [no-gap] keine sichere Lücke
   *[not-enough-evidence] noch nicht zu sagen
}
headline-confidence = { $confidence ->
    [strong] stark
    [moderate] mittel
   *[weak] schwach
}

headline-not-measured = { $metric } war nicht messbar
headline-level = { $metric } liegt bei { $level }
headline-at-target = { $metric } liegt bei { $level }, auf dem Ziel von { $target }
headline-off-target = { $metric } liegt bei { $level }, { $size } { $side ->
    [under] unter
   *[over] über
} dem Ziel
headline-sentence = { $text }.

headline-sits-in = { $size } der { $gap } liegen bei { $types }{ $missed ->
    [yes] , wo selbst unsere besten Mitarbeitenden das Ziel verfehlen
   *[no] { "" }
}.
headline-more-than-the-gap = Allein bei { $types } fehlen { $size }, mehr als die ganze Lücke: { $missed ->
    [yes] selbst unsere besten Mitarbeitenden verfehlen dort das Ziel, und andere
   *[no] andere
} Anliegen gleichen einen Teil davon aus.

headline-by-chance = Der Unterschied liegt im Rahmen des Zufalls: keine sichere Lücke.
headline-cannot-tell = Ob Coaching oder der Betrieb das entscheidet, ist noch nicht zu sagen{ $known ->
    [0] { "" }
   *[other] ; es fehlt: { $needs }
}.
headline-would-close = Würden alle arbeiten wie { $reachable ->
    [best-half] die beste Hälfte
    [best-tenth] das beste Zehntel
   *[best-quarter] das beste Viertel
} der Mitarbeitenden, wäre die Lücke um { $size } kleiner: { $verdict ->
    [structural] { $confidence ->
        [strong] Das ist keine Coaching-Lücke
        [moderate] Das ist wahrscheinlich keine Coaching-Lücke
       *[weak] Das ist womöglich keine Coaching-Lücke, doch die Belege sind schwach
    }
    [behavioural] { $confidence ->
        [strong] Coaching kann den größten Teil schließen
        [moderate] Coaching kann wahrscheinlich den größten Teil schließen
       *[weak] Coaching kann womöglich den größten Teil schließen, doch die Belege sind schwach
    }
   *[mixed] Diesen Teil kann Coaching schließen, den Rest entscheidet der Betrieb
}.

headline-evidence = Belege { $confidence ->
    [strong] stark
    [moderate] mittel
   *[weak] schwach
}
headline-first-now = erstmals gemeldet { $grain ->
    [day] an diesem Tag
    [month] in diesem Monat
   *[week] in dieser Woche
}
headline-first-in = erstmals gemeldet { $grain ->
    [day] am
    [month] im
   *[week] in
} { $since }{ $earlier ->
    [yes] { "" } oder früher
   *[no] { "" }
}
headline-asked = { $n ->
    [0] keine Entscheidung steht an
    [one] { $n } Entscheidung steht an
   *[other] { $n } Entscheidungen stehen an
}

headline-provisional = Vorläufig: Eine Antwort gilt nach { $grain ->
    [day] { $n ->
        [one] einem gleichen Tag
       *[other] { $count } gleichen Tagen
    }
    [month] { $n ->
        [one] einem gleichen Monat
       *[other] { $count } gleichen Monaten
    }
   *[week] { $n ->
        [one] einer gleichen Woche
       *[other] { $count } gleichen Wochen
    }
}.
headline-alone = { $grain ->
    [day] Dieser Tag
    [month] Dieser Monat
   *[week] Diese Woche
} allein ergäbe: { $label }.
headline-changed = Hier hat sich kürzlich etwas geändert: Der Zeitraum beginnt bei der Änderung neu.

headline-nothing-judged = Keine Kennzahl konnte beurteilt werden.
headline-rules-judged = { $judged } von { $all } Regeln konnten beurteilt werden; was jeder noch fehlt, steht weiter unten.

