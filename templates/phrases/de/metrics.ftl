metrics-target-none = keins
metrics-target-by-type = je Anliegen

metrics-no-target-set = kein Ziel gesetzt
metrics-cannot-tell = { $label }{ $known ->
    [0] { "" }
   *[other] , es fehlt: { $needs }
}
metrics-answer = { $label } · { $confidence }
metrics-differ = { $answer }: Mitarbeitende unterscheiden sich bei gleicher Arbeit um ±{ $size }
metrics-not-judged = nicht beurteilt
metrics-not-judged-because = nicht beurteilt: { $need }
metrics-not-judged-needs = nicht beurteilt, es fehlt: { $need }
metrics-not-judged-no-target = nicht beurteilt: kein Ziel gesetzt

metrics-n = n = { $n }
metrics-agents = { $n } Mitarbeitende
metrics-range = Spanne mit { $level } Sicherheit
metrics-matures = { $days } { $days ->
    [one] Tag
   *[other] Tage
} später gezählt
metrics-material = von Belang: mindestens { $size }

metrics-target-by = Ziel gesetzt von: { $who }
