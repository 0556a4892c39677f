limits-behind = { $facts }.
limits-rows = { $n } { $source ->
    [contacts] { $n ->
        [one] Kontakt
       *[other] Kontakte
    }
    [evaluations] { $n ->
        [one] Qualitätsbewertung
       *[other] Qualitätsbewertungen
    }
    [surveys] { $n ->
        [one] Umfrage
       *[other] Umfragen
    }
   *[other] { $name }
}
limits-left-out = { $share } ohne verwertbaren Wert sind nicht enthalten.

limits-target = Das Ziel { $target } gilt für jedes Anliegen.
limits-target-type-missed = Das Ziel { $target } gilt für jedes Anliegen; { $contact_type } hat es in { $n } { $grain ->
    [day] { $n ->
        [one] Tag
       *[other] Tagen
    }
    [month] { $n ->
        [one] Monat
       *[other] Monaten
    }
   *[week] { $n ->
        [one] Woche
       *[other] Wochen
    }
} nie erreicht ({ $grain ->
    [day] bester Tag
    [month] bester Monat
   *[week] beste Woche
} { $best }). Ist es dafür nicht gemeint, braucht dieses Anliegen ein eigenes Ziel.
limits-target-never-met = { $grain ->
    [day] An keinem der { $n } gelesenen Tage
    [month] In keinem der { $n } gelesenen Monate
   *[week] In keiner der { $n } gelesenen Wochen
} wurde es erreicht ({ $grain ->
    [day] bester Tag
    [month] bester Monat
   *[week] beste Woche
} { $best }).

limits-power = Wäre das { $opposite ->
    [coaching] eine Coaching-Lücke
   *[operation] vom Betrieb zu entscheiden
}, hätten Daten dieses Umfangs es in etwa { $cases } Fällen gezeigt.
limits-power-low = Mit Vorsicht zu lesen.

limits-mind = Was dieses Urteil ändern würde: { $text }
limits-mind-opening = Wir würden

limits-nobody-named = Es geht um den Betrieb, nicht um die Beurteilung von Personen. Niemand wird genannt; Gruppen unter { $min } werden nicht gezeigt.
limits-agents-shown = Es geht um den Betrieb, nicht um die Beurteilung von Personen. Mitarbeitende werden einzeln gezeigt, auf Grundlage einer befristeten Erlaubnis; Gruppen unter { $min } werden nicht gezeigt.

# What a metric counts, in the client's words.
limits-means = { $label } heißt: { $means }.
