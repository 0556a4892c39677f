team-for = Für { $team }: die eigene Arbeit und die keines anderen Teams

team-level = { $label } liegt bei { $level }.
team-level-at = { $label } liegt bei { $level }, genau im Ziel.
team-level-off = { $label } liegt bei { $level }, { $size } { $side ->
    [under] unter
   *[over] über
} dem Ziel.
team-level-unknown = { $label } konnte hier nicht gemessen werden.

team-none = Für { $team } allein gibt es keine Antwort.
team-none-why = Ob Coaching hilft oder der Betrieb entscheidet, wird für den Betrieb als Ganzes beurteilt. Für { $team } stehen hier die Werte, jeder mit dem Bereich, den der Zufall offen lässt.

team-answer = { $answer ->
    [behavioural] Coaching kann helfen
    [structural] Das entscheidet der Betrieb
    [mixed] beides: Coaching und Betrieb
    [on-target] im Ziel
    [no-gap] keine sichere Lücke
   *[not-enough-evidence] noch nicht zu sagen
}
team-answer-sure = { $answer } · { $confidence ->
    [strong] stark
    [moderate] mittel
   *[weak] schwach
}
team-no-answer = keine eigene Antwort
team-since = zuerst berichtet in { $since }

team-counted = n = { $n }
team-counted-agents = n = { $n } · { $agents } Mitarbeitende

team-decisions = Erbetene Entscheidungen
team-metrics = Kennzahlen
team-metrics-none = In diesem Team wurde keine Kennzahl gemessen.

team-findings = Befunde in diesem Team
team-finding-since = seit { $since }

team-types = Anliegen in diesem Team
team-types-order = In der Reihenfolge der Namen. Anliegen, die von zu wenigen Mitarbeitenden bearbeitet werden, stehen zusammen.
team-type = Anliegen
team-type-share = Anteil
team-type-now = jetzt
team-type-target = Ziel

team-whole = Was für den ganzen Betrieb gilt
team-operation = { $label } liegt im Betrieb als Ganzem neben dem Ziel: { $answer ->
    [behavioural] Coaching kann helfen
    [structural] Das entscheidet der Betrieb
   *[mixed] Einen Teil kann Coaching schließen, über den Rest entscheidet der Betrieb
}{ $confidence ->
    [strong] {" "}(Belege stark)
    [moderate] {" "}(Belege mittel)
    [weak] {" "}(Belege schwach)
   *[none] {""}
}.
team-operation-types = { $label } liegt im Betrieb als Ganzem neben dem Ziel, das meiste davon in { $types }: { $answer ->
    [behavioural] Coaching kann helfen
    [structural] Das entscheidet der Betrieb
   *[mixed] Einen Teil kann Coaching schließen, über den Rest entscheidet der Betrieb
}{ $confidence ->
    [strong] {" "}(Belege stark)
    [moderate] {" "}(Belege mittel)
    [weak] {" "}(Belege schwach)
   *[none] {""}
}.
team-operation-no-gap = Im Betrieb als Ganzem wurde keine sichere Lücke gefunden.
team-operation-not-judged = Der Betrieb als Ganzes konnte nicht beurteilt werden.

team-observe = Worauf als Nächstes zu achten ist: auf den Ablauf, nicht auf die Person

team-limits = Was zu beachten ist
team-mind = Was die Antwort ändern würde:
team-limits-ranges = Die Bereiche gelten zu { $level }. Die eines Teams sind breiter als die des Betriebs, weil sie auf weniger Kontakten beruhen.
team-limits-luck = Die Zahlen eines Teams enthalten auch Zufall und die Mischung seiner Kontakte. Sie sagen nichts darüber, wer es leitet.
team-limits-nobody = Über die Arbeit, nicht zur Beurteilung von Menschen. Niemand wird genannt; Gruppen unter { $least } werden nicht gezeigt.
team-rules = Regeln: { $rules }

team-no-page = Kein Team hat { $grain ->
    [day] an diesem Tag
    [month] in diesem Monat
   *[week] in dieser Woche
} eine eigene Seite
team-no-page-why = Ein Team hat eine eigene Seite, wenn genug seiner Mitarbeitenden gezählt wurden, damit seine Zahlen gezeigt werden dürfen, und wenn die Kontakte sagen, welches Team sie bearbeitet hat.
