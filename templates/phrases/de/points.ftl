points-out = heute für niemanden in Reichweite
points-reach = fielen weg, wenn alle wie { $reachable ->
    [best-half] die beste Hälfte
    [best-tenth] das beste Zehntel
   *[best-quarter] das beste Viertel
} arbeiteten
points-unplaced = zu verstreut, um sie zuzuordnen
points-part = { $size } { $what }
points-says = Wo die Lücke liegt: { $parts }.
points-ahead = { $size } aus Anliegen, die besser als ihr Ziel sind

points-reach-note = Was in Reichweite liegt, ist eine Festlegung. Wie die beste Hälfte wären es { $half } weniger, wie das beste Viertel { $quarter }, wie das beste Zehntel { $tenth }. Die Spanne in Klammern gilt mit { $level } Sicherheit. Die Teile ergeben zusammen die Lücke.

points-share = { $share } der Kontakte
points-best = die Besten { $level }
points-carries = trägt { $size }
points-together = zusammen { $size }
points-others = { $n ->
    [one] Ein weiteres
   *[other] { $count } weitere
} Anliegen
