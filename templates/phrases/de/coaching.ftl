coaching-window = die letzten { $periods } gegenüber den { $n } davor

coaching-hours = Gehaltene Stunden
coaching-hours-change = { $before } → { $now } ({ $all })
coaching-hours-change-each = { $before } → { $now } ({ $all }; { $each } je aktive Person)
coaching-hours-new = { $now }; zuvor keine erfasst
coaching-hours-cancelled = { $hours }, { $share } der geplanten Gespräche abgesagt

coaching-not-identified = Der Anteil des Coachings lässt sich nicht von dem trennen, was ohnehin geschehen wäre.
coaching-not-tested = Noch nicht geprüft: Für ein Urteil gab es zu wenige oder zu unregelmäßige Gespräche.
coaching-effect = Nach einem Gespräch { $direction ->
    [worse] verschlechterten
   *[better] verbesserten
} sich Mitarbeitende um { $all }: { $luck } wären ohnehin gekommen{ $headline ->
    [imputation] { "" } (Gespräche folgen auf ungewöhnlich schlechte { $grain ->
        [day] Tage
        [month] Monate
       *[week] Wochen
    })
   *[did] { "" }
}, { $trend } sind allgemeiner Trend, { $effect } Coaching ({ $range }). { $conclusion }

coaching-conclusion = { $conclusion ->
    [works] Coaching bewegt es.
    [small] Coaching bewegt es, aber um weniger als { $material }: zu wenig, um zu zählen.
    [does-not-move] Eine Wirkung, die { $material } erreicht, ist ausgeschlossen.
    [harmful] Gecoachte Mitarbeitende standen schlechter da, als es sonst zu erwarten war.
   *[unclear] Noch nicht zu sagen: Eine Wirkung, die { $visible } nicht erreicht, wäre nicht zu sehen.
}

coaching-lies-outside = Mehr Stunden, { $metric } unverändert: Was hier bremst, liegt höchstwahrscheinlich außerhalb der Gespräche.

coaching-spent = Die { $total } Stunden: { $parts }.
coaching-spent-on = { $hours } { $gap ->
    [reachable] zu Lücken, die Coaching schließen kann
    [out-of-reach] zu Lücken, die der Betrieb entscheidet
    [undetermined] wo es nicht zu sagen ist
   *[no-focus] ohne erfasstes Thema
}

coaching-add = { $answer ->
    [yes] ja: Mitarbeitende unterscheiden sich bei gleicher Arbeit genug, um die Lücke zu schließen
    [in-another-way] nicht wie bisher: Mitarbeitende unterscheiden sich, aber die gehaltenen Gespräche haben nichts bewegt
    [in-part] teilweise: auf das beste Viertel hin coachen und suchen, was selbst dieses aufhält
    [in-some-types] nur bei { $types }
    [no] nein: selbst die Besten verfehlen das Ziel; Gespräche hier sagen nichts über einzelne Personen
    [no-need] nicht nötig: es gibt keine Lücke zu schließen
   *[cannot-tell] noch nicht zu sagen: zuerst klären, um welche Art Lücke es sich handelt
}
