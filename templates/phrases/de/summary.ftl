summary-answer = { $title }: { $answer }
summary-stands = { $label } ({ $meta }).
summary-asked = { $number } { $what }
summary-nothing-asked = Keine Entscheidung wird erbeten.
summary-changed = Seit { $since }: neu: { $new }; schlechter: { $worse }; abgeschlossen: { $closed }.
