changed-nothing = nichts
changed-nothing-usual = nichts außerhalb des Üblichen (±{ $usual })
changed-moved = { $metric } { $size } { $direction ->
    [down] niedriger
   *[up] höher
} (üblich: ±{ $usual })
changed-back = { $about }, wieder im Ziel
changed-no-longer = { $about }, „{ $rule }“ nicht mehr zu sehen
changed-more = und { $n ->
    [one] ein weiterer Befund
   *[other] { $count } weitere Befunde
}
