# Why there is no report.

withheld-heading = No report for { $period }
withheld-unfit = The data are not fit for a report.
withheld-part = A figure from part of a { $grain ->
    [day] day
    [month] month
   *[week] week
} would look like a change.

# `$owner` is the role that delivers the data, in the client's words.
withheld-needed = Needed: { $source ->
    [contacts] the contacts
    [evaluations] the evaluations
    [surveys] the survey answers
    [coaching] the coaching log
    [changes] the log of changes
    [roster] the roster
   *[volume] the volume
} for { $days }.
withheld-needed-from = Needed: { $source ->
    [contacts] the contacts
    [evaluations] the evaluations
    [surveys] the survey answers
    [coaching] the coaching log
    [changes] the log of changes
    [roster] the roster
   *[volume] the volume
} for { $days }, from { $owner }.
withheld-last = The last published report stays valid for decisions.
withheld-fine = Fine: { $sources }.
withheld-again = We try again { $when }.
withheld-run = Then { $label } can be run again.
withheld-also = Also found:
