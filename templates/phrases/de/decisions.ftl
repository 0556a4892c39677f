decisions-more = { $n ->
    [one] Eine weitere Entscheidung
   *[other] { $count } weitere Entscheidungen
} im vollständigen Bericht.
decisions-at-stake = höchstens { $amount }. Das ist eine Obergrenze, keine Prognose.

decisions-waiting = { $grain ->
    [day] jeden Tag
    [month] jeden Monat
   *[week] jede Woche
} { $n ->
    [one] misslingt
   *[other] misslingen
} etwa { $each } { $n ->
    [one] Kontakt, der
   *[other] Kontakte, die
} bei erreichtem Ziel { $n ->
    [one] gelänge
   *[other] gelängen
}.
decisions-waiting-since = { $grain ->
    [day] jeden Tag
    [month] jeden Monat
   *[week] jede Woche
} { $n ->
    [one] misslingt
   *[other] misslingen
} etwa { $each } { $n ->
    [one] Kontakt, der
   *[other] Kontakte, die
} bei erreichtem Ziel { $n ->
    [one] gelänge
   *[other] gelängen
}, etwa { $all } seit { $since }{ $earlier ->
    [yes] { "" } oder früher
   *[no] { "" }
}, als diese Entscheidung erstmals erbeten wurde.
decisions-coached = Seither { $n ->
    [one] floss { $hours } Stunde
   *[other] flossen { $hours } Stunden
} Coaching hinein.

decisions-state = { $state ->
    [accepted] angenommen
   *[done] erledigt
}
