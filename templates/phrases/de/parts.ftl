parts-who = Wer:
parts-who-by = { $who }, bis { $due }.
parts-at-stake = Es geht um:
parts-waiting = Abwarten:
parts-risk = Risiko:

parts-new = Neu:
parts-worse = Schlechter:
parts-closed = Erledigt:

parts-beside-bar = Neben dem Balken: { $ahead }.
parts-numbers = Zahlen: { $file }.

parts-contacts = Den Ablauf beobachten, nicht die Person
parts-contacts-note = Kontakte, die von Anfang bis Ende zu verfolgen sind: was mit ihnen geschah, nicht wer sie bearbeitet hat. Zufällig aus den Kontakten vieler Mitarbeitender gezogen, höchstens zwei je Person; die Reihenfolge bedeutet nichts.
parts-agents = Mitarbeitende einzeln
parts-agents-caution = Jede Zahl enthält Zufall und die Mischung der Kontakte; keine Entscheidung über eine Person darf sich darauf stützen.
parts-agents-key = Punkt: der Wert; Linie: sein Bereich (95 %).

parts-column-metric = Kennzahl
parts-column-now = jetzt (95-%-Bereich)
parts-column-target = Ziel
parts-column-what = was es ist
parts-column-behind = was dahinter steht
parts-column-contact-type = Anliegen
parts-column-share = Anteil
parts-column-level = jetzt
parts-column-best = beste Mitarbeitende
parts-column-carries = trägt bei
parts-column-agent = Mitarbeitende
parts-column-counted = gezählt
parts-column-level-range = Wert (95-%-Bereich)
parts-column-place = Lage
