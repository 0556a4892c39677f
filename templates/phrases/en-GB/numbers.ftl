# Numbers, amounts and small words. `$number` is already written for the reader; `$count` is the same as a
# number, to choose a plural by.

percent = { $number } %
points = { $number } { $count ->
    [one] point
   *[other] points
}
seconds = { $number } s
minutes = { $number } min
hours = { $number } hours
periods = { $number } { $grain ->
    [day] { $count ->
        [one] day
       *[other] days
    }
    [month] { $count ->
        [one] month
       *[other] months
    }
   *[week] { $count ->
        [one] week
       *[other] weeks
    }
}

# `66.3–67.3`, and in words where a sign would make the dash ambiguous.
range = { $low }–{ $high }
range-signed = { $low } to { $high }

# A probability nearer to certainty than the page prints.
over = over { $amount }
under = under { $amount }

# A probability in tenths.
of-ten = { $tenths } of 10
of-ten-fewest = fewer than 1 of 10
of-ten-most = more than 9 of 10

yes = yes
no = no
not-known = not known

# Small counts as words.
spelt = { $n ->
    [0] no
    [1] one
    [2] two
    [3] three
    [4] four
    [5] five
    [6] six
    [7] seven
    [8] eight
    [9] nine
    [10] ten
    [11] eleven
    [12] twelve
   *[other] { $n }
}
