dates = { $first } – { $last }
dates-in-year = { $first } – { $dated }
dates-in-month = { $from }.–{ $dated }
days = { $first } – { $last }
days-in-month = { $from }.–{ $last }

week = KW { $week }
