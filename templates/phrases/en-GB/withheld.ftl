# Why there is no report.

withheld-heading = No report for { $period }
withheld-unfit = The data are not fit for a report.
withheld-part = A figure from part of a { $grain ->
    [day] day
    [month] month
   *[week] week
} would look like a change.
withheld-needed = Needed: complete data for { $days }, then run { $label } again.
withheld-fine = Fine: { $sources }.
withheld-last = The last published report stays valid for decisions.
