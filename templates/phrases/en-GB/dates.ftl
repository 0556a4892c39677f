# Spans of days: `$first` and `$last` are a day with its month, `$dated` the last day with its year, `$from` and
# `$to` the days of the month alone.

dates = { $first }–{ $last }
dates-in-year = { $first }–{ $dated }
dates-in-month = { $from }–{ $dated }
days = { $first }–{ $last }
days-in-month = { $from }–{ $last }

# The name of a week.
week = week { $week }
