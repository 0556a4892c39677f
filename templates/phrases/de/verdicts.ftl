verdict-label-form = Form
verdict-label-sure = Wie sicher
verdict-label-next = Nächstwahrscheinlich
verdict-label-power = Teststärke für das Gegenteil
verdict-label-held = Bestand
verdict-label-cause = Ursache
verdict-label-spread = Zwischen Mitarbeitenden
verdict-label-coaching = Coaching
verdict-label-needs = Es fehlt
verdict-label-limited = Eingeschränkt durch
verdict-label-weight = Gewicht

verdict-sure = { $share } allein aus den Daten
verdict-sure-in-a-word = { $share } allein aus den Daten, { $word }
verdict-power = wäre in { $share } der Fälle gefunden worden

verdict-held = seit { $since }: { $periods }, { $blocks ->
    [one] { $blocks } unabhängiger Viererblock
   *[other] { $blocks } unabhängige Viererblöcke
}; { $grain ->
    [day] dieser Tag
    [month] dieser Monat
   *[week] diese Woche
} allein sagt: { $alone }. Frühere Antworten sind mit den heutigen Regeln und Daten beurteilt
verdict-held-provisional = seit { $since }: { $periods }, { $blocks ->
    [one] { $blocks } unabhängiger Viererblock
   *[other] { $blocks } unabhängige Viererblöcke
}; { $grain ->
    [day] dieser Tag
    [month] dieser Monat
   *[week] diese Woche
} allein sagt: { $alone }; vorläufig

verdict-cause = { $name }: { $signs } von { $of } Anzeichen vorhanden{ $open ->
    [0] { "" }
    [1] , eines nicht gemessen
   *[other] , { $open } nicht gemessen
}{ $shown ->
    [0] { "" }
   *[other] : { $because }
}

verdict-spread = ±{ $seen } beobachtet, ±{ $from_luck } durch Zufall zu erwarten; ±{ $between } ({ $range }) zwischen Mitarbeitenden bei { $level } Sicherheit, { $agents } Mitarbeitende

verdict-effect = { $effect } ({ $low } bis { $high } bei { $level } Sicherheit) gegenüber { $headline ->
    [imputation] dem, was ohne Coaching zu erwarten war
   *[did] der Vergleichsgruppe
}; { $coached } gecoacht, { $compared } zum Vergleich; kleinste sichtbare Wirkung { $visible }.
verdict-effect-other = Gegenüber { $headline ->
    [imputation] der Vergleichsgruppe
   *[did] dem, was ohne Coaching zu erwarten war
}: { $effect } ({ $low } bis { $high }).
verdict-effect-pre-trend = Die Gruppen unterschieden sich schon vor dem ersten Gespräch: mit Vorsicht zu lesen.
verdict-effect-few = weniger als { $least }

verdict-weight = { $odds } (logarithmierte Chance) für { $reason }; ändert das Wort, nicht die Wahrscheinlichkeit

verdict-signal = { $answer ->
    [yes] ja
    [no] nein
   *[open] nicht zu sagen
}
