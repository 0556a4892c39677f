chart-spread-few = Wie sich Mitarbeitende unterscheiden, ist nicht gezeichnet: Weniger als { $least } haben genug Daten.
chart-spread-same = Alle Mitarbeitenden liegen auf demselben Niveau, es gibt also keine Streuung zu zeichnen.

chart-spread-title = { $differ ->
    [more] Mitarbeitende mit gleicher Arbeit unterscheiden sich stärker als durch Zufall: ±{ $seen } gesehen, ±{ $luck } erwartet
    [no-more] Mitarbeitende mit gleicher Arbeit unterscheiden sich nicht stärker, als der Zufall erklärt: ±{ $seen } gesehen, ±{ $luck } erwartet
   *[unknown] Mitarbeitende mit gleicher Arbeit, verglichen mit dem Zufall: ±{ $seen } gesehen, ±{ $luck } erwartet
}

chart-spread-says = { $agents } Mitarbeitende liegen um { $level } mit einer Streuung von ±{ $seen }; Zufall allein ergäbe ±{ $luck }.
chart-spread-target = Das Ziel ist { $target }.
chart-spread-note = Bereinigt um die Mischung der Kontakte.
chart-spread-key = Eine Kurve, keine Personen.
chart-spread-key-dots = Jeder Punkt steht für eine Person, ohne Namen.

chart-spread-name-seen = { $agents } Mitarbeitende wie gesehen
chart-spread-name-luck = gleich gute Mitarbeitende, durch Zufall ({ $level })

chart-spread-head-agents = Mitarbeitende
chart-spread-head-mean = Mittel
chart-spread-head-seen = Streuung gesehen
chart-spread-head-luck = Streuung durch Zufall allein
