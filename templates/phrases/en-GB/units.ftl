# Units by themselves, at an axis or in a list; beside a number they stand in `numbers.ftl`.

unit-points = points
unit-percent = %
unit-seconds = s
unit-minutes = min
