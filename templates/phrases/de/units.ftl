unit-points = Punkte
unit-percent = %
unit-seconds = s
unit-minutes = Min.
