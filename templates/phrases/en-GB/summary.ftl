# Four lines for a chat channel.

summary-answer = { $title }: { $answer }
summary-stands = { $label } ({ $meta }).
summary-asked = { $number } { $what }
summary-nothing-asked = No decision is asked.
summary-changed = Since { $since }: new { $new }; worse { $worse }; closed { $closed }.
