dates-in-year = { $first }–{ $last }, { $year }
dates-in-month = { $first }–{ $to }, { $year }
days-in-month = { $first }–{ $to }
