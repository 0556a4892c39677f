summary-answer = { $title }: { $answer }
summary-stands = { $label } ({ $meta }).
summary-asked = { $number } { $what }
summary-nothing-asked = Keine Entscheidung steht an.
summary-changed = Seit { $since }: neu: { $new }; schlechter: { $worse }; erledigt: { $closed }.
