place-team = Team { $name }

scope-operation = der Betrieb
scope-across = im gesamten Betrieb
scope-in-team = im Team { $name }
scope-in-type = bei { $name }
scope-where = bei { $dimension } { $name }

other-small = Sonstige (klein)
more-types = { $n } weitere
