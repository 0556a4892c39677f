subject-nothing-judged = { $period }: nichts konnte beurteilt werden
subject-not-measured = { $period }: { $label }, { $asked ->
    [0] keine Entscheidung
    [one] { $asked } Entscheidung
   *[other] { $asked } Entscheidungen
}
subject-level = { $period }: { $label } { $level }, { $asked ->
    [0] keine Entscheidung
    [one] { $asked } Entscheidung
   *[other] { $asked } Entscheidungen
}
subject-target = { $period }: { $label } { $level } (Ziel { $target }), { $asked ->
    [0] keine Entscheidung
    [one] { $asked } Entscheidung
   *[other] { $asked } Entscheidungen
}
subject-types = { $period }: { $label } { $level } (Ziel { $target }), { $types ->
    [one] ein Anliegen hält den Wert zurück
   *[other] { $spelt } Anliegen halten den Wert zurück
}, { $asked ->
    [0] keine Entscheidung
    [one] { $asked } Entscheidung
   *[other] { $asked } Entscheidungen
}
