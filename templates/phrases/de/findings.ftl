finding-severity = { $severity ->
    [critical] kritisch
    [high] hoch
    [medium] mittel
    [low] gering
   *[info] Hinweis
}
finding-state = { $state ->
    [new] neu
    [worse] schlechter
    [ongoing] besteht fort
    [improving] besser
    [resolved] erledigt
   *[waived] ausgesetzt
}

since-or-earlier = { $since } oder früher

finding-waived = ausgesetzt bis { $until } durch { $owner }: { $why }

finding-about-operation = Der Betrieb

finding-next-likely = die nächstwahrscheinliche Antwort ist: { $answer }
finding-period-alone = { $grain ->
    [day] dieser Tag
    [month] dieser Monat
   *[week] diese Woche
} allein würde sagen: { $answer }
finding-differ-too-little = Mitarbeitende unterscheiden sich, aber nicht genug, um die Lücke zu schließen
finding-unknown = nicht zu sagen ist, ob gilt: { $signal }
finding-unknown-more = { $n ->
    [one] eine weitere Frage hat noch keine Antwort
   *[other] { $n } weitere Fragen haben noch keine Antwort
}

finding-rule = Regel { $rule }
finding-rule-from = Regel { $rule }, { $origin }
finding-rows = { $rows } Zeilen, { $window }
finding-rows-of-agents = { $rows } Zeilen, { $agents } Mitarbeitende, { $window }
finding-limit = { $name } = { $amount }
finding-limit-set = { $name } = { $amount }, festgelegt in { $origin }
