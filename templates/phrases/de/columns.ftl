# What the columns of evidence say. The English stands in the code, from which the pages about kinds are made.

# gap
column-gap-actual = Die Kennzahl im Zeitraum.
column-gap-actual-low = Untere Grenze der 95-%-Spanne, nur Stichprobenfehler.
column-gap-actual-high = Obere Grenze der 95-%-Spanne.
column-gap-target = Ziel, gewichtet nach der Mischung der Anliegen, die eines haben.
column-gap-adverse = Abstand zum Ziel; über 0 ist es verfehlt, gleich in welcher Richtung.
column-gap-low = Untere Grenze der 95-%-Spanne des Abstands.
column-gap-high = Obere Grenze der 95-%-Spanne des Abstands.
column-gap-p-gap = Wahrscheinlichkeit eines so großen Abstands, wenn es keinen gäbe (einseitig).
column-gap-credible = Ob mindestens ein Anliegen sein Ziel glaubhaft verfehlt.
column-gap-best-period = Beste Periode der gelesenen Daten.
column-gap-periods-seen = Perioden mit Daten.
column-gap-target-ever-met = Ob irgendeine Periode der gelesenen Daten das Ziel erreicht hat.
column-gap-periods-short = Aufeinanderfolgende Perioden bis zur letzten, die das Ziel verfehlten.
column-gap-since-restart = Perioden seit der letzten Änderung, durch die frühere Zeilen nicht mehr zählen.
column-gap-restarted-share = Anteil der Zeilen des Zeitraums, den eine solche Änderung betrifft.

# variability
column-variability-mean = Das Niveau der Kennzahl hier.
column-variability-sd = Standardabweichung zwischen Mitarbeitenden bei gleicher Arbeit, Zufall herausgerechnet.
column-variability-sd-low = Untere Grenze der 95-%-Spanne.
column-variability-sd-high = Obere Grenze der 95-%-Spanne.
column-variability-seen = Standardabweichung der Mittelwerte der Mitarbeitenden, wie sie sind, bei gleicher Mischung der Arbeit.
column-variability-from-luck = Der Teil davon, den gleich gute Mitarbeitende durch Zufall zeigen würden.
column-variability-p-equal = Wahrscheinlichkeit einer so großen Streuung, wenn alle Mitarbeitenden gleich gut wären.
column-variability-real-share = Anteil der sichtbaren Streuung, der echt ist.
column-variability-matters-from = Die Standardabweichung, ab der sich Mitarbeitende hier genug unterscheiden, um ins Gewicht zu fallen.
column-variability-p-consistent = Sicherheit, dass sich Mitarbeitende um weniger unterscheiden.
column-variability-p-variable = Sicherheit, dass sich Mitarbeitende um mehr unterscheiden.
column-variability-type-sd = Standardabweichung zwischen den Niveaus der Anliegen, Zufall herausgerechnet.
column-variability-p-types-equal = Wahrscheinlichkeit so ungleicher Anliegen, wenn alle dasselbe Niveau hätten.
column-variability-week-sd = Standardabweichung der Perioden einer Person über den Zufall hinaus.
column-variability-unrest = Wie viel mehr die Perioden der Mitarbeitenden schwanken als durch Zufall allein (1 = wie Zufall; über 3 nach doppelten Zeilen suchen).
column-variability-needed = Was eine offene Frage klären würde.
column-variability-plain-seen = Standardabweichung der einfachen Mittelwerte, mit der Mischung der Arbeit, die jede Person gerade hat.
column-variability-mix-sd = Standardabweichung dessen, was die Mischung der Arbeit allein einer durchschnittlichen Person brächte.
column-variability-routing = Korrelation zwischen leichter Mischung und Leistung bei gleicher Mischung; unter 0 geht schwerere Arbeit an Stärkere.
column-variability-p-routing = Wahrscheinlichkeit einer so starken Korrelation, wenn Arbeit ohne Blick auf Können verteilt würde.
column-variability-teams = Verglichene Teams.
column-variability-team-share = Anteil der Unterschiede zwischen Mitarbeitenden, der zwischen ihren Teams liegt.
column-variability-p-team = Wahrscheinlichkeit so ungleicher Teams, wenn Mitarbeitende ihnen zugelost wären.
column-variability-topic-share = Anteil der Unterschiede innerhalb der Anliegen, der einzelnen Anliegen eigen ist.
column-variability-p-topic = Wahrscheinlichkeit so ungleicher Profile, wenn alle bei jedem Anliegen gleich gut wären.
column-variability-whole-gap = Netto-Abstand des Ganzen zum Ziel, wo er Handeln lohnt; über 0 ist es verfehlt.
column-variability-shape = Wie weit Mitarbeitende unter dem Niveau des besten Viertels liegen, in Standardabweichungen: 0,82, wo sich viele unterscheiden, weniger, wo wenige abseits stehen.
column-variability-week-sd-low = Untere Grenze der 95-%-Spanne von `week_sd`.
column-variability-good-weeks = Anteil der Lücke, der sich schlösse, wenn alle in jeder Periode wie in ihrem eigenen besten Viertel arbeiteten.
column-variability-good-weeks-low = Dasselbe an der unteren Grenze der Spanne von `week_sd`.
column-variability-newer = Mitarbeitende, die innerhalb von `new-within-days` eingestellt wurden.
column-variability-newer-gap = Wie weit sie bei gleicher Mischung der Arbeit hinter den anderen liegen; über 0 ist zurück.
column-variability-newer-gap-low = Untere Grenze der 95-%-Spanne.
column-variability-newer-share = Anteil der Lücke, der sich schlösse, wenn sie wie die anderen arbeiteten.
column-variability-sd-team = Stufen: Standardabweichung zwischen Teams (nur beurteilte Periode).
column-variability-sd-agent = Stufen: zwischen Mitarbeitenden eines Teams, über alle Anliegen.
column-variability-sd-agent-type = Stufen: der einzelnen Anliegen einer Person um ihr Mittel.
column-variability-sd-sampling = Stufen: was Zufall zum Mittelwert einer Person bei einem Anliegen beiträgt, als Standardabweichung.

# group-differences
column-group-differences-by = Wonach Mitarbeitende gruppiert sind; für das Ganze das, was am meisten erklärt.
column-group-differences-groups = Verglichene Gruppen.
column-group-differences-explained = Anteil der echten Unterschiede zwischen Mitarbeitenden, der zwischen diesen Gruppen liegt.
column-group-differences-p-explained = Wahrscheinlichkeit so ungleicher Gruppen, wenn Mitarbeitende ihnen zugelost wären; für das Ganze über alle versuchten Merkmale.
column-group-differences-tried = Merkmale, die sich ansehen ließen.
column-group-differences-sd = Standardabweichung zwischen diesen Mitarbeitenden, Zufall herausgerechnet.
column-group-differences-sd-left = Dasselbe zwischen Mitarbeitenden einer Gruppe.
column-group-differences-level = Niveau bei gleicher Mischung der Arbeit; in der Zeile einer Gruppe deren eigenes.
column-group-differences-behind = Wie weit die Gruppe hinter allen anderen liegt; über 0 ist zurück. Für das Ganze die Gruppe, die am weitesten zurückliegt.
column-group-differences-behind-low = Untere Grenze der 95-%-Spanne.

# evaluators
column-evaluators-evaluators = Bewertende hinter den Bewertungen.
column-evaluators-evaluator-sd = Standardabweichung zwischen Bewertenden, die dieselben Mitarbeitenden zur selben Zeit bewerten.
column-evaluators-evaluator-low = Untere Grenze der 95-%-Spanne.
column-evaluators-evaluator-high = Obere Grenze der 95-%-Spanne.
column-evaluators-p-evaluators = Wahrscheinlichkeit so ungleicher Bewertungen, wenn alle gleich bewerteten.
column-evaluators-agents-sd = Standardabweichung zwischen Mitarbeitenden nach den Bewertungen, Zufall herausgerechnet.
column-evaluators-agents-sd-left = Dasselbe, nachdem alle Bewertenden auf ein Niveau gebracht sind.
column-evaluators-evaluator-share = Anteil der Bewertenden an der Varianz von Bewertenden und Mitarbeitenden zusammen.
column-evaluators-own-coach = Anteil der Bewertungen durch einen Coach der bewerteten Person.
column-evaluators-own-change = Veränderung der Bewertungen durch eigene Coaches von der ersten zur zweiten Hälfte des Zeitraums; über 0 ist besser.
column-evaluators-independent-change = Dasselbe bei den Bewertungen aller anderen.
column-evaluators-independent-low = Untere Grenze der 95-%-Spanne.
column-evaluators-independent-high = Obere Grenze der 95-%-Spanne.

# ceiling
column-ceiling-share = Anteil an den Zeilen.
column-ceiling-actual = Die Kennzahl dort.
column-ceiling-target = Ihr Ziel.
column-ceiling-whole-gap = Netto-Abstand des Ganzen zum Ziel; über 0 ist es verfehlt.
column-ceiling-gap-all = Abstand aller dort zum Ziel.
column-ceiling-best = Niveau dort derer, die anderswo am besten sind: bei anderen Anliegen, für das Ganze in den anderen Wochen.
column-ceiling-best-low = Untere Grenze der 95-%-Spanne.
column-ceiling-best-high = Obere Grenze der 95-%-Spanne.
column-ceiling-best-agents = Wie viele Mitarbeitende das sind.
column-ceiling-gap = Ihr Abstand zum Ziel; über 0 ist es verfehlt.
column-ceiling-gap-low = Untere Grenze der 95-%-Spanne.
column-ceiling-gap-high = Obere Grenze der 95-%-Spanne.
column-ceiling-ahead = Wie weit sie dort vor den anderen liegen; über 0 ist besser.
column-ceiling-ahead-low = Untere Grenze der 95-%-Spanne.
column-ceiling-gap-before = Abstand aller zum Ziel in den acht Perioden vor der letzten Änderung im Zeitraum.
column-ceiling-trained = Mitarbeitende, die vor den verglichenen Perioden dafür geschult wurden.
column-ceiling-trained-share = Ihr Anteil an den Mitarbeitenden.
column-ceiling-trained-gap = Abstand der Geschulten zum Ziel.
column-ceiling-trained-gap-high = Obere Grenze der 95-%-Spanne.
column-ceiling-trained-ahead = Wie weit die Geschulten vor den nicht Geschulten liegen; über 0 ist besser.
column-ceiling-trained-ahead-low = Untere Grenze der 95-%-Spanne.

# reach
column-reach-gap = Netto-Abstand zum Ziel; über 0 ist es verfehlt.
column-reach-reach = Teil, der sich schlösse, wenn alle wie die Besten arbeiteten.
column-reach-reach-low = Untere Grenze der 80-%-Spanne.
column-reach-reach-high = Obere Grenze der 80-%-Spanne.
column-reach-out-of-reach = Teil, der auch dann bliebe.
column-reach-unplaced = Teil, der zu dünn verteilt oder zu unsicher ist, um ihn zuzuordnen.
column-reach-ahead = Anliegen, die ihr Ziel übertreffen; nie über 0.
column-reach-best-half = Derselbe Teil, wenn alle wie die beste Hälfte arbeiteten.
column-reach-best-quarter = … wie das beste Viertel.
column-reach-best-tenth = … wie das beste Zehntel.
column-reach-share = Durch Coaching erreichbarer Anteil der glaubhaften Lücke (Median).
column-reach-share-low = Untere Grenze der 80-%-Spanne.
column-reach-share-high = Obere Grenze der 80-%-Spanne.
column-reach-p-structural = Wahrscheinlichkeit, dass weniger als ein Drittel der Lücke in Reichweite ist.
column-reach-p-behavioural = Wahrscheinlichkeit, dass mehr als zwei Drittel in Reichweite sind.
column-reach-p-mixed = Wahrscheinlichkeit für etwas dazwischen.
column-reach-p-by-type = Wo sich Anliegen der Art nach unterscheiden: die schwächere der Wahrscheinlichkeiten des besten strukturellen und des besten verhaltensbedingten Anliegens.
column-reach-p-equal = Wahrscheinlichkeit der Streuung innerhalb der zurückliegenden Anliegen, wenn alle Mitarbeitenden gleich gut wären.
column-reach-in-structural = Anteil der glaubhaften Lücke bei Anliegen, die strukturell sind.
column-reach-in-behavioural = Anteil der glaubhaften Lücke bei Anliegen, die verhaltensbedingt sind.
column-reach-moves-with-reach = Ob die beste Hälfte, das beste Viertel und das beste Zehntel zu verschiedenen Antworten führen.
column-reach-own-class = Wie die Antwort lautete, wenn die besten vier Perioden jedes Anliegens sein Ziel wären.
column-reach-depends-on-common-target = Ob das eine andere Antwort ist als mit den geltenden Zielen.
column-reach-localised = Ob sich einzelne Anliegen beurteilen ließen.
column-reach-power-of-opposite = Wahrscheinlichkeit, dass Daten dieses Umfangs eine verhaltensbedingte Lücke gezeigt hätten, wenn es eine wäre.
column-reach-needed = Was eine offene Frage klären würde.

# concentration
column-concentration-share = Anteil an den Zeilen: des Eintrags oder der wenigsten Anliegen, die den größten Teil der Lücke tragen.
column-concentration-actual = Die Kennzahl dort.
column-concentration-target = Ihr Ziel.
column-concentration-gap = Abstand zum Ziel dort; über 0 ist das Ziel verfehlt.
column-concentration-whole-gap = Netto-Abstand des Ganzen zum Ziel.
column-concentration-carries = Anteil mal Lücke: die Punkte der ganzen Lücke, die dort liegen.
column-concentration-carries-share = Dasselbe als Anteil an allem, was fehlt.
column-concentration-types = Wie viele Anliegen das sind.
column-concentration-concentrated = Ob so wenige Anliegen so viel der Lücke tragen.
column-concentration-credible = Ob das Zurückliegen dort für sich allein glaubhaft ist.
column-concentration-label = Wie die Antwort für das Anliegen allein lautete.
column-concentration-p-label = Wahrscheinlichkeit dahinter.
column-concentration-best-agents = Niveau des besten Viertels der Mitarbeitenden dort, Zufall herausgerechnet.
column-concentration-uniformly-short = Ob dort niemand das Ziel glaubhaft erreicht und auch das beste Zehntel es verfehlen würde.

# contact-type-clusters
column-contact-type-clusters-stable = Ob die Gruppen jede Prüfung bestanden; Zeilen von Gruppen gibt es nur dann.
column-contact-type-clusters-groups = Wie viele Gruppen; 1, wo es keine gibt.
column-contact-type-clusters-types = Anliegen in der Gruppe, oder überhaupt verglichene.
column-contact-type-clusters-members = Die Anliegen der Gruppe, das größte zuerst.
column-contact-type-clusters-share = Anteil an den verglichenen Zeilen.
column-contact-type-clusters-actual = Die Kennzahl dort.
column-contact-type-clusters-gap = Abstand zum Ziel dort; über 0 ist das Ziel verfehlt.
column-contact-type-clusters-low = Untere Grenze der 95-%-Spanne des Abstands, Mitarbeitende als gezogen betrachtet.
column-contact-type-clusters-high = Obere Grenze dieser Spanne.
column-contact-type-clusters-carries = Anteil mal Lücke: die Punkte der ganzen Lücke, die dort liegen.
column-contact-type-clusters-compared-by = Wonach die Anliegen verglichen wurden.
column-contact-type-clusters-compactness = Mittlere Silhouette der besten Einteilung: 1 = weit getrennt, 0 = sich berührend.
column-contact-type-clusters-chance = Wahrscheinlichkeit ebenso kompakter Gruppen, wenn die Anliegen eine einzige Wolke wären.
column-contact-type-clusters-found-again = Übereinstimmung gerader und ungerader Wochen: 1 = dieselben Gruppen, 0 = wie durch Zufall.

# stage-signals
column-stage-signals-stage = Die betrachtete Stufe.
column-stage-signals-measured-by = Die Kennzahl, die sie misst.
column-stage-signals-unit = Die Einheit von `level`, `expected`, `excess`, `low` und `high`; Anteile liegen zwischen 0 und 1.
column-stage-signals-carries = Ob das Anliegen bei der beurteilten Kennzahl glaubhaft zurückliegt.
column-stage-signals-share = Anteil an den Zeilen der Stufe.
column-stage-signals-level = Das Niveau der Stufe dort.
column-stage-signals-expected = Woran es gemessen wird: das Niveau anderer Anliegen; bei der beurteilten Kennzahl selbst ihr Ziel.
column-stage-signals-excess = Abstand zwischen beiden; über 0 ist die schlechte Seite.
column-stage-signals-low = Untere Grenze der 95-%-Spanne, Mitarbeitende als gezogen betrachtet.
column-stage-signals-high = Obere Grenze dieser Spanne.
column-stage-signals-times = Der Abstand in Vielfachen des `material` der Kennzahl der Stufe.
column-stage-signals-low-times = Dasselbe für seine untere Grenze.
column-stage-signals-ratio = Niveau geteilt durch Erwartetes, die schlechte Seite über 1; Erwartetes zählt mindestens als ein `material`.
column-stage-signals-p-high = Wahrscheinlichkeit eines so großen Abstands, wenn es keinen gäbe (einseitig).
column-stage-signals-everyone = Ob auch das beste Zehntel der Mitarbeitenden auf der schlechten Seite des Erwarteten läge.
column-stage-signals-agents-above = Anteil der Mitarbeitenden auf der schlechten Seite, Zufall herausgerechnet.
column-stage-signals-agents-sd = Standardabweichung zwischen Mitarbeitenden dort, Zufall herausgerechnet.
column-stage-signals-tail = Variationskoeffizient einzelner Zeilen geteilt durch den derselben Mitarbeitenden bei anderen Anliegen; nur für Mittelwerte.
column-stage-signals-tail-low = Untere Grenze der 95-%-Spanne.
column-stage-signals-tail-high = Obere Grenze dieser Spanne.
column-stage-signals-handling-ratio = Bearbeitungszeit geteilt durch die der Anliegen, an denen sie gemessen wird.
column-stage-signals-handling-link = Korrelation der Stufe mit der Bearbeitungszeit dort, über Mitarbeitende.
column-stage-signals-handling-link-high = Obere Grenze der 95-%-Spanne.
column-stage-signals-group-by = Das Personalmerkmal, das die Mitarbeitenden am deutlichsten teilt.
column-stage-signals-group = Das eine Zugangsprofil oder der eine Standort; die Befugnisstufe, ab der es gut ist.
column-stage-signals-apart = Wie viel schlechter die zurückliegende Seite ist als die andere.
column-stage-signals-apart-times = Untere Grenze der 95-%-Spanne über alle betrachteten Gruppen, in Vielfachen von `material`.
column-stage-signals-other-side = Wie weit die andere Seite vom Erwarteten entfernt ist.
column-stage-signals-other-side-times = Obere Grenze der 95-%-Spanne, in Vielfachen von `material`.
column-stage-signals-hours = Die Stunden, die Woche für Woche schlechter sind als der Rest des Tages.
column-stage-signals-hours-share = Anteil der Zeilen in ihnen.
column-stage-signals-hour-excess = Wie viel schlechter die deutlichste Stunde ist.
column-stage-signals-hour-times = Untere Grenze der 95-%-Spanne über alle Stunden, in Vielfachen von `material`.
column-stage-signals-step-on = Tag der Änderung, an dem es am deutlichsten sprang.
column-stage-signals-step = Wie viel schlechter es danach ist als davor.
column-stage-signals-step-times = Untere Grenze der 95-%-Spanne über alle Änderungen, in Vielfachen von `material`.

# preconditions
column-preconditions-carries = Ob das Anliegen bei der beurteilten Kennzahl glaubhaft zurückliegt.
column-preconditions-share = Anteil an den Zeilen.
column-preconditions-authority = Ob Mitarbeitende es entscheiden dürfen: `met` (erfüllt), `not-met` (nicht erfüllt) oder `unknown` (unbekannt).
column-preconditions-process = Ob es einen Ablauf dafür gibt, der funktioniert.
column-preconditions-access = Ob die nötigen Systeme den Mitarbeitenden offenstehen.
column-preconditions-information = Ob vorhanden und richtig ist, was Mitarbeitende wissen müssen.
column-preconditions-registered = Ob das Verzeichnis des Arbeitsbereichs das Anliegen nennt.
column-preconditions-authority-missing = Ob nach dem Verzeichnis die Befugnis fehlt; leer, wo es nichts dazu sagt.
column-preconditions-process-missing = Dasselbe für den Ablauf.
column-preconditions-access-missing = Dasselbe für den Zugang.
column-preconditions-information-missing = Dasselbe für die Information.
column-preconditions-missing = Was nicht erfüllt ist, in Worten, nach dem Verzeichnis oder nach Anzeichen.

# coaching-effect
column-coaching-effect-naive = Was ein Vorher-Nachher-Vergleich zeigt: nach den Gesprächen minus die Zeit davor; über 0 ist besser.
column-coaching-effect-luck = Der Teil davon, der ohnehin gekommen wäre: Gespräche folgen auf ungewöhnlich schlechte Perioden.
column-coaching-effect-trend = Der Teil davon, um den sich alle bewegten.
column-coaching-effect-effect = Der Teil, der für das Coaching bleibt.
column-coaching-effect-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-p-effect = Wahrscheinlichkeit einer so weit von 0 entfernten Wirkung, wenn es keine gäbe (zweiseitig).
column-coaching-effect-other = Die Antwort des anderen Schätzverfahrens.
column-coaching-effect-other-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-other-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-both-low = Untere Grenze beider Spannen zusammen.
column-coaching-effect-both-high = Obere Grenze beider Spannen zusammen.
column-coaching-effect-headline = Welches Schätzverfahren führt: `imputation`, wo schlechte Ergebnisse die Gespräche auslösten, sonst `did`.
column-coaching-effect-smallest-visible = Kleinste Wirkung, die diese Daten gezeigt hätten (Teststärke 80 % bei 5 %).
column-coaching-effect-treated = Mitarbeitende, deren erste Gespräche sich beurteilen lassen.
column-coaching-effect-controls = Mitarbeitende zum Vergleich, solange sie hierzu noch nicht gecoacht sind.
column-coaching-effect-indicative = Weniger als 8 solche Mitarbeitende: nur ein Hinweis.
column-coaching-effect-pre-trend = Ob die Gecoachten schon vorher unterwegs waren.
column-coaching-effect-early = Wirkung in den ersten vier Perioden.
column-coaching-effect-late = Wirkung in der fünften bis achten.
column-coaching-effect-late-low = Untere Grenze der 95-%-Spanne der späten Wirkung.
column-coaching-effect-late-high = Obere Grenze dieser Spanne.
column-coaching-effect-fading = Späte minus frühe Wirkung bei denen, die in beiden gesehen wurden; unter 0 lässt die Wirkung nach.
column-coaching-effect-fading-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-fading-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-half-life = Perioden, in denen sich die Wirkung halbiert; nur wo sicher ist, dass sie nachlässt.
column-coaching-effect-dip = Wie weit Gecoachte in der Periode davor von ihrem eigenen Niveau entfernt waren; unter 0 ist schlechter.
column-coaching-effect-agent-sd = Wie stark die Wirkung auf einzelne Mitarbeitende schwankt, Zufall herausgerechnet.
column-coaching-effect-agent-sd-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-agent-sd-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-p-agents-equal = Wahrscheinlichkeit so ungleicher Wirkungen, wenn Coaching bei allen dasselbe bewirkte.
column-coaching-effect-sessions = Geführte Gespräche je gecoachter Person in ihren ersten fünf Perioden, im Mittel.
column-coaching-effect-minutes = Ihre Minuten, im Mittel; leer, wo das Verzeichnis keine hat.
column-coaching-effect-dosed = Anteil der Gecoachten, deren Gespräche `least-sessions` und `least-minutes` erreichten.
column-coaching-effect-agents-needed = Gecoachte Mitarbeitende, bei denen eine Wirkung, die ins Gewicht fällt, sichtbar gewesen wäre; wo sich nichts schließen lässt.
column-coaching-effect-conclusion = Was gesagt werden darf: `harmful` (schädlich), `does-not-move` (bewegt nichts), `small` (klein), `works` (wirkt), `unclear` (unklar), `not-identified` (nicht zu trennen), `not-yet-tested` (noch nicht geprüft).

# coaching-effect-by
column-coaching-effect-by-effect = Der Teil, der in der Gruppe für das Coaching bleibt; über 0 ist besser.
column-coaching-effect-by-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-by-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-by-chance = Gruppen: Wahrscheinlichkeit einer so weit von 0 entfernten Wirkung, wenn es keine gäbe, die Zahl der Gruppen berücksichtigt.
column-coaching-effect-by-shrunken = Gruppen: die Wirkung, zu den anderen hin gezogen, je weniger von ihr bekannt ist.
column-coaching-effect-by-conclusion = Was davon gesagt werden darf: `works`, `does-not-move` und so weiter.
column-coaching-effect-by-treated = Mitarbeitende, auf deren ersten Gesprächen sie beruht.
column-coaching-effect-by-groups = Das Ganze: verglichene Gruppen mit mindestens `least-agents`.
column-coaching-effect-by-group-sd = Das Ganze: wie weit die wahren Wirkungen der Gruppen auseinanderliegen, Zufall herausgerechnet.
column-coaching-effect-by-group-sd-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-by-group-sd-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-by-p-groups-equal = Das Ganze: Wahrscheinlichkeit so ungleicher Gruppen, wenn Coaching in allen dasselbe bewirkte.
column-coaching-effect-by-structural-effect = Nach Anliegen: Wirkung bei den Anliegen mit struktureller Lücke, zusammengefasst.
column-coaching-effect-by-structural-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-by-structural-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-by-behavioural-effect = Nach Anliegen: Wirkung bei den Anliegen mit verhaltensbedingter Lücke, zusammengefasst.
column-coaching-effect-by-behavioural-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-by-behavioural-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-by-contrast = Die zweite minus die erste, bei denselben Mitarbeitenden.
column-coaching-effect-by-contrast-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-by-contrast-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-by-per-session = Nach Umfang: womit ein weiteres Gespräch in den ersten fünf Perioden einherging; ein Zusammenhang, keine Wirkung.
column-coaching-effect-by-per-session-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-by-per-session-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-by-changed-from = Nach Quartal: das Quartal, ab dem Coaching etwas anderes bewirkte.
column-coaching-effect-by-earlier = Wirkung der vor diesem Quartal begonnenen Gesprächsreihen.
column-coaching-effect-by-earlier-low = Untere Grenze der 95-%-Spanne.
column-coaching-effect-by-later = Wirkung der ab diesem Quartal begonnenen Gesprächsreihen.
column-coaching-effect-by-later-high = Obere Grenze der 95-%-Spanne.
column-coaching-effect-by-changed-by = Spätere minus frühere.
column-coaching-effect-by-changed-low = Untere Grenze der 95-%-Spanne, die Zahl der versuchten Quartale berücksichtigt.
column-coaching-effect-by-changed-high = Obere Grenze dieser Spanne.
column-coaching-effect-by-beside = Verzeichnete Änderungen innerhalb von vier Perioden um den ersten Beginn in diesem Quartal.
column-coaching-effect-by-coaches = Nach Coach: verglichene Coaches mit mindestens `least-agents`.

# coaching-chain
column-coaching-chain-effort-before = Coaching-Minuten zum Ergebnis je tätiger Person, erste Hälfte des Zeitraums.
column-coaching-chain-effort-now = Dasselbe, zweite Hälfte.
column-coaching-chain-effort-change = Veränderung der Mitarbeitenden, die in beiden Hälften tätig waren.
column-coaching-chain-effort-low = Untere Grenze der 95-%-Spanne.
column-coaching-chain-effort-high = Obere Grenze der 95-%-Spanne.
column-coaching-chain-effort-rise = Minuten je tätiger Person, zweite Hälfte geteilt durch erste, minus eins.
column-coaching-chain-effort-up = Ob der Aufwand um mindestens `rise` stieg, über den Zufall hinaus.
column-coaching-chain-sessions-before = Geführte Gespräche je tätiger Person, erste Hälfte des Zeitraums.
column-coaching-chain-sessions-now = Dasselbe, zweite Hälfte.
column-coaching-chain-sessions-change = Veränderung der Mitarbeitenden, die in beiden Hälften tätig waren.
column-coaching-chain-sessions-low = Untere Grenze der 95-%-Spanne.
column-coaching-chain-sessions-high = Obere Grenze der 95-%-Spanne.
column-coaching-chain-activity-up = Ob die Gespräche um mindestens `rise` zunahmen, über den Zufall hinaus.
column-coaching-chain-behaviour = Die betrachtete Verhaltenskennzahl, wie sie heißt.
column-coaching-chain-behaviour-metric = Die Kennung der verfolgten Verhaltenskennzahl.
column-coaching-chain-behaviour-change = Ihre Veränderung zwischen den Hälften, bei denen, die in beiden da waren, in eigener Einheit (Punkte bei Anteilen).
column-coaching-chain-behaviour-change-low = Untere Grenze der 95-%-Spanne.
column-coaching-chain-behaviour-change-high = Obere Grenze der 95-%-Spanne.
column-coaching-chain-behaviour-effect = Anteil des Coachings daran, in eigener Einheit (Punkte bei Anteilen): dieselben Gespräche, ihre Wirkung auf das Verhalten.
column-coaching-chain-behaviour-low = Untere Grenze der 95-%-Spanne.
column-coaching-chain-behaviour-high = Obere Grenze der 95-%-Spanne.
column-coaching-chain-behaviour-says = Was davon gesagt werden darf: `works`, `does-not-move` und so weiter.
column-coaching-chain-own-scored = Anteil der Bewertungen durch einen Coach der bewerteten Person; leer, wo das nicht bekannt ist.
column-coaching-chain-independent-effect = Anteil des Coachings an den Bewertungen, die nicht vom eigenen Coach stammen.
column-coaching-chain-independent-low = Untere Grenze der 95-%-Spanne.
column-coaching-chain-independent-high = Obere Grenze der 95-%-Spanne.
column-coaching-chain-behaviour-up = Ob Coaching das Verhalten spürbar bewegt hat, und auch in den Bewertungen anderer, wo es solche gibt.
column-coaching-chain-outcome-change = Veränderung des Ergebnisses zwischen den Hälften, Mitarbeitende in beiden.
column-coaching-chain-outcome-change-low = Untere Grenze der 95-%-Spanne.
column-coaching-chain-outcome-change-high = Obere Grenze der 95-%-Spanne.
column-coaching-chain-outcome-effect = Anteil des Coachings daran.
column-coaching-chain-outcome-low = Untere Grenze der 95-%-Spannen beider Schätzverfahren.
column-coaching-chain-outcome-high = Obere Grenze der 95-%-Spannen beider Schätzverfahren.
column-coaching-chain-outcome-says = Was davon gesagt werden darf.
column-coaching-chain-outcome-flat = Ob beide Schätzverfahren eine Wirkung, die ins Gewicht fällt, ausschließen und keine belegt ist.
column-coaching-chain-paradox = Ob dieselben Gespräche das Verhalten bewegten und eine Wirkung auf das Ergebnis ausgeschlossen ist.
column-coaching-chain-link = Das erste Glied, das nachweislich nicht hält: `effort` (Aufwand), `activity` (Gespräche), `behaviour` (Verhalten), `outcome` (Ergebnis); keines, wo sich das Ergebnis bewegte.
column-coaching-chain-treated = Mitarbeitende, deren erste Gespräche sich am Ergebnis beurteilen lassen.
column-coaching-chain-agents-needed = Gecoachte Mitarbeitende, bei denen eine Wirkung auf das Ergebnis, die ins Gewicht fällt, sichtbar gewesen wäre; wo es unklar ist.

# coaching-process
column-coaching-process-value = Das Maß, wo es ein Anteil an Gesprächen, Mitarbeitenden, Teams oder Stunden ist.
column-coaching-process-low = Untere Grenze der 95-%-Spanne.
column-coaching-process-high = Obere Grenze der 95-%-Spanne.
column-coaching-process-amount = Das Maß, wo es kein Anteil ist: Stunden, Wochen, ein Verhältnis, ein Mittelwert.
column-coaching-process-amount-low = Untere Grenze der 95-%-Spanne.
column-coaching-process-amount-high = Obere Grenze der 95-%-Spanne.
column-coaching-process-amount-before = Der Betrag im gleich langen Zeitraum davor.
column-coaching-process-of = Woran der Anteil gemessen ist: Gespräche, Mitarbeitende, Teams oder Coaches.
column-coaching-process-expected = Der Anteil, den ein fairer Vergleich erwarten lässt.
column-coaching-process-excess = Wert minus Erwartetes.
column-coaching-process-excess-low = Untere Grenze der 95-%-Spanne.
column-coaching-process-p-excess = Wahrscheinlichkeit eines so großen Überschusses, wenn es keinen gäbe (einseitig).
column-coaching-process-trend = Wert minus Wert im gleich langen Zeitraum davor.
column-coaching-process-trend-low = Untere Grenze der 95-%-Spanne.
column-coaching-process-trend-high = Obere Grenze der 95-%-Spanne.
column-coaching-process-coaches = Standardabweichung zwischen Coaches, Zufall herausgerechnet.
column-coaching-process-coaches-low = Untere Grenze der 95-%-Spanne; über 0 unterscheiden sich die Coaches.
column-coaching-process-cost = Stunden mal Kosten einer Stunde, wo welche angegeben sind.
column-coaching-process-word = Das häufigste Thema, oder wie das Maß zustande kam: `given` (angegeben) oder `inferred` (erschlossen).
column-coaching-process-coaches-seen = Coaches, auf denen `coaches` beruht.
column-coaching-process-of-coaches = Coaches, wo das Maß nur von Coaches handelt.

# coaching-applied
column-coaching-applied-dosed = Mitarbeitende, die in jedem der letzten Blöcke von vier Wochen ihre Minuten bekamen.
column-coaching-applied-dosed-low = Untere Grenze der 95-%-Spanne.
column-coaching-applied-dosed-high = Obere Grenze der 95-%-Spanne.
column-coaching-applied-gap-cv = Wie ungleichmäßig die Abstände zwischen den Gesprächen einer Person sind (Median über Mitarbeitende).
column-coaching-applied-gap-cv-low = Untere Grenze der 95-%-Spanne.
column-coaching-applied-gap-cv-high = Obere Grenze der 95-%-Spanne.
column-coaching-applied-linked = Gespräche, die die Kennzahl nennen, von denen, die für sie gedacht sind.
column-coaching-applied-linked-low = Untere Grenze der 95-%-Spanne.
column-coaching-applied-linked-high = Obere Grenze der 95-%-Spanne.
column-coaching-applied-sessions = Geführte Gespräche, die für die Kennzahl gedacht sind.

# coaching-fit
column-coaching-fit-minutes = Minuten geführter Gespräche.
column-coaching-fit-on-reachable = Zu Lücken, die Coaching schließen kann.
column-coaching-fit-on-out-of-reach = Zu Lücken, die Coaching nicht schließen kann.
column-coaching-fit-undetermined = Zu Lücken ohne Antwort, oder zu keiner gemessenen Kennzahl.
column-coaching-fit-no-focus = Ohne benanntes Thema.
column-coaching-fit-misdirected = Minuten zu Lücken, die Coaching nicht schließen kann, an allen Minuten mit Thema.
column-coaching-fit-misdirected-low = Untere Grenze der 95-%-Spanne (Cluster sind Mitarbeitende).
column-coaching-fit-misdirected-high = Obere Grenze der 95-%-Spanne.
column-coaching-fit-sessions-out = Gespräche, die überwiegend Lücken galten, die Coaching nicht schließen kann.
column-coaching-fit-done = Wie gut gecoacht wird: das Mittel der Anteile in `done_of`.
column-coaching-fit-done-of = Welche von `coverage`, `linked`, `trained` und `protected` das Verzeichnis hat.
column-coaching-fit-caution = Was aus diesen Gesprächen nicht geschlossen werden darf.

# coaching-targets
column-coaching-targets-minutes = Minuten geführter Gespräche, die die Kennzahl nennen.
column-coaching-targets-on-out-of-reach = Davon zu Lücken, die Coaching nicht schließen kann.
column-coaching-targets-on-reachable = Davon zu Lücken, die Coaching schließen kann.
column-coaching-targets-below-minutes = Anteil der Minuten für Mitarbeitende, die glaubhaft unter Ziel liegen.
column-coaching-targets-below-heads = Anteil der tätigen Mitarbeitenden, für die das gilt.
column-coaching-targets-targeting = Das Erste geteilt durch das Zweite: 1 ist wie ausgelost.
column-coaching-targets-bottom-quarter = Gecoachte Wochen von Mitarbeitenden im unteren Viertel der einfachen Mittelwerte.
column-coaching-targets-credible-weeks = Gecoachte Wochen von Mitarbeitenden, die bei gleicher Arbeit glaubhaft unter den anderen liegen.
column-coaching-targets-hours-to-move = Stunden zu Lücken, die Coaching nicht schließen kann.
column-coaching-targets-gain = Was Coaching höchstens schließen könnte: eine Obergrenze, keine Prognose.
column-coaching-targets-repeated = Mitarbeitende mit mindestens drei Gesprächen dazu im Zeitraum.
column-coaching-targets-sessions = Ihre Gespräche; für das Ganze alle Gespräche zur Kennzahl.
column-coaching-targets-structural = Ob die Lücke des Anliegens eine ist, die Coaching nicht schließen kann.
column-coaching-targets-moved = Ihre Veränderung dort seit dem ersten dieser Gespräche.
column-coaching-targets-moved-high = Obere Grenze der 95-%-Spanne.
column-coaching-targets-works = Ob belegt ist, dass Coaching die Kennzahl des Betriebs bewegt.

# trend
column-trend-level-now = Die Kennzahl in der letzten Periode.
column-trend-baseline = Ihr übliches Niveau: das Mittel der Grundperioden.
column-trend-limit-low = Darunter wäre die letzte Periode ungewöhnlich.
column-trend-limit-high = Darüber wäre die letzte Periode ungewöhnlich.
column-trend-outside = Ob die letzte Periode außerhalb dieser Grenzen liegt.
column-trend-run = Aufeinanderfolgende Perioden bis zur letzten auf einer Seite des üblichen Niveaus.
column-trend-special-cause = Ob sie außerhalb liegt oder mindestens die achte einer solchen Folge ist.
column-trend-multiplier = Wie viele Sigma die Grenzen vom üblichen Niveau entfernt sind.
column-trend-unrest = Wie viel mehr die Perioden schwanken als durch Zufall allein (1 = wie Zufall).
column-trend-change = Die spätere Hälfte des Zeitraums gegenüber der früheren; über 0 ist schlechter.
column-trend-change-low = Untere Grenze der 95-%-Spanne.
column-trend-change-high = Obere Grenze der 95-%-Spanne.
column-trend-p-change = Wahrscheinlichkeit einer so großen Veränderung, wenn es keine gäbe.
column-trend-rise = Dieselbe Veränderung, wie sich die Kennzahl selbst bewegte; über 0 ist nach oben.
column-trend-rise-low = Untere Grenze der 95-%-Spanne.
column-trend-rise-high = Obere Grenze der 95-%-Spanne.
column-trend-changes = Wie oft sich das Niveau im Zeitraum änderte, höchstens dreimal.
column-trend-changed-ago = Perioden seit der letzten dieser Änderungen.
column-trend-step = Wie weit sich das Niveau dabei bewegte; über 0 ist schlechter.
column-trend-signal = Ob diese Änderung auch in der Regelkarte erscheint, in derselben Richtung.
column-trend-aligned-with-change = Ob eine verzeichnete Änderung innerhalb von zwei Perioden darum liegt.
column-trend-aligned-with = Welche Änderung das war.
column-trend-weeks-off-target = Aufeinanderfolgende Perioden bis zur letzten, die das Ziel verfehlten.
column-trend-persistence = Was das bedeutet: `none` (nicht), `new` (neu), `unsure` (vielleicht Zufall), `persistent` (anhaltend, ab 4), `chronic` (dauernd, ab 12).

# mix-shift
column-mix-shift-before = Das Niveau in der früheren Hälfte des Zeitraums.
column-mix-shift-after = Das Niveau in der späteren Hälfte.
column-mix-shift-change = Wie weit es sich bewegte, oder der Anteil des Eintrags daran; über 0 ist schlechter.
column-mix-shift-mix = Der Teil, der aus anderer Arbeit kommt; über 0 ist schlechter.
column-mix-shift-rate = Der Teil, der daher kommt, dass dieselbe Arbeit anders läuft.
column-mix-shift-rate-low = Untere Grenze der 95-%-Spanne.
column-mix-shift-rate-high = Obere Grenze der 95-%-Spanne.
column-mix-shift-p-rate = Wahrscheinlichkeit eines solchen Teils, wenn dieselbe Arbeit wie zuvor liefe.
column-mix-shift-share-before = Anteil an der Arbeit in der früheren Hälfte.
column-mix-shift-share-after = Anteil an der Arbeit in der späteren Hälfte.
column-mix-shift-new-or-gone = Ob es Arbeit nur in einer Hälfte gibt.
column-mix-shift-agents-moved = Mittlere Bewegung der Mitarbeitenden bei gleicher Arbeit; über 0 ist schlechter.
column-mix-shift-agents-sd = Standardabweichung ihrer Bewegungen, Zufall herausgerechnet.
column-mix-shift-p-everyone = Sicherheit, dass sich Mitarbeitende gleich bewegten.
column-mix-shift-p-some = Sicherheit, dass sich nur einige bewegten.

# change-effect
column-change-effect-what = Was geändert wurde, wie es die Quelle der Änderungen sagt.
column-change-effect-result = `improved` (besser), `worse` (schlechter), `unmoved` (kein Unterschied, der ins Gewicht fällt), `unclear` (unklar), `too-early` (zu früh).
column-change-effect-level = Wie weit sich das Niveau mit der Änderung bewegte; über 0 ist besser.
column-change-effect-level-low = Untere Grenze der 95-%-Spanne.
column-change-effect-level-high = Obere Grenze der 95-%-Spanne.
column-change-effect-p-level = Wahrscheinlichkeit einer solchen Bewegung, wenn die Änderung nichts bewirkte.
column-change-effect-controlled = Ob Arbeit zum Vergleich steht, die nicht geändert wurde.
column-change-effect-own-moves = Was sich Arbeit dieser Art in einer Periode ohne jede Änderung bewegt.
column-change-effect-placebos = Unveränderte Anliegen oder Teams, die sich betrachten ließen, als wären sie geändert.
column-change-effect-placebos-further = Wie viele davon sich ebenso weit bewegten.
column-change-effect-sd-before = Standardabweichung zwischen Mitarbeitenden davor, Zufall herausgerechnet.
column-change-effect-sd-after = Dasselbe danach.
column-change-effect-sd-ratio-high = Obere Grenze der 90-%-Spanne von danach geteilt durch davor.
column-change-effect-closer = Ob die Mitarbeitenden näher zusammengerückt sind.
column-change-effect-in-band-before = Anteil der Mitarbeitenden, die dort zuvor das Ziel erreichten.
column-change-effect-in-band-after = Dasselbe danach.
column-change-effect-more-in-band = Ob dieser Anteil gewachsen ist.
column-change-effect-signs = Wie viele der drei vorliegen: Niveau, näher zusammen, mehr im Ziel.
column-change-effect-confirmed = Ob sich das Niveau gegenüber unveränderter Arbeit bewegte und eines der beiden anderen dazukam.
column-change-effect-credit = Wem die Bewegung zuzuschreiben ist: `system` (Gecoachte und nicht Gecoachte gleich), `coaching`, `both` (beiden), `unclear` (unklar).
column-change-effect-coached-moved = Wie weit sich dort die in dieser Zeit dazu Gecoachten bewegten.
column-change-effect-uncoached-moved = Wie weit sich die anderen bewegten.
column-change-effect-coached = In dieser Zeit dazu gecoachte Mitarbeitende.
column-change-effect-uncoached = Mitarbeitende, die es nicht wurden.
column-change-effect-periods-before = Betrachtete Perioden vor der Änderung.
column-change-effect-periods-after = Betrachtete Perioden danach.
column-change-effect-ago = Perioden seit der Änderung.
column-change-effect-others = Andere verzeichnete Änderungen, die in dieser Zeit dasselbe betreffen.
column-change-effect-hypothesis = Was sie bewirken sollte, wo die Quelle der Änderungen es sagt.
column-change-effect-owner = Die verantwortliche Rolle, wo die Quelle der Änderungen sie nennt.
column-change-effect-ended = Ob sie wieder beendet wurde.

# coaching-rounds
column-coaching-rounds-minutes-before = Minuten je Person und Periode in der früheren Hälfte des Zeitraums.
column-coaching-rounds-minutes-now = Dasselbe in der späteren Hälfte.
column-coaching-rounds-coverage = Anteil der Mitarbeitenden mit einem Gespräch zur Kennzahl in den letzten 4 Perioden.
column-coaching-rounds-rounds = Wie oft die Minuten in die Höhe gingen; leer, solange das Verzeichnis zu jung ist.
column-coaching-rounds-round-ago = Perioden seit Beginn des letzten Schubs.
column-coaching-rounds-in-round = Ob gerade einer läuft.
column-coaching-rounds-moved = Wie weit sich die Kennzahl von vor dem ersten Schub bis nach Beginn des letzten bewegte; über 0 ist besser.
column-coaching-rounds-moved-low = Untere Grenze der 95-%-Spanne.
column-coaching-rounds-moved-high = Obere Grenze der 95-%-Spanne.
column-coaching-rounds-drop = Wie viel schlechter die Kennzahl in den 4 Perioden vor dem letzten Schub war; über 0 ist schlechter.
column-coaching-rounds-drop-low = Untere Grenze der 95-%-Spanne.
column-coaching-rounds-on-record = Ob um diese Zeit eine Änderung oder eine Diagnose verzeichnet ist.

# visibility
column-visibility-other-now = Anteil der Zeilen ohne verwendbares Anliegen, in der späteren Hälfte.
column-visibility-other-before = Dasselbe in der früheren Hälfte.
column-visibility-other-rise = Wie weit dieser Anteil gestiegen ist.
column-visibility-other-rise-low = Untere Grenze der 95-%-Spanne.
column-visibility-other-rise-high = Obere Grenze der 95-%-Spanne.
column-visibility-unplaced-now = Punkte der Lücke, die dort liegen, wo sich nichts sagen lässt, spätere Hälfte.
column-visibility-unplaced-before = Dasselbe in der früheren Hälfte.
column-visibility-unplaced-share-now = Anteil an allem, was fehlt, der dort liegt, spätere Hälfte.
column-visibility-unplaced-share-before = Dasselbe in der früheren Hälfte.

# data-quality
column-data-quality-value = Was gefunden wurde.
column-data-quality-limit = Was zulässig ist.
column-data-quality-failed = Ob die Grenze überschritten ist.
column-data-quality-what = In Worten.

# sql
column-sql-level = Ein Niveau der Kennzahl.
column-sql-other-level = Ein weiteres, zum Vergleich.
column-sql-difference = Ein Unterschied zwischen Niveaus.
column-sql-share = Ein Anteil zwischen 0 und 1.
column-sql-other-share = Ein weiterer Wert.
column-sql-count = Eine Anzahl.
column-sql-other-count = Ein weiterer Wert.
column-sql-number = Eine Zahl ohne Einheit.
column-sql-other-number = Ein weiterer Wert.
column-sql-flag = Ja oder nein.
column-sql-text = Ein oder zwei Wörter.
