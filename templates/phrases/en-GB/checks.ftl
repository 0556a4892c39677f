# What was checked about the data: fragments become sentences where they are printed.

check-contacts = There are contacts to judge.
check-no-contacts = no contact up to the end of { $label } could be used
check-days = The period's days are there.
check-days-missing = the contact data end on { $last }: { $missing } of { $days } days are missing
check-days-hollow = the period holds less than half the contacts that periods usually have: days are missing inside it
check-no-day = No day to check.
check-rows = Nearly all contact rows could be read.
check-rows-rejected = { $rejected } of { $of } contact rows could not be used; `rejected.csv` lists them
check-no-row = No row to check.

check-source-missing = the { $source } could not be read: { $why }
check-rows-unread = { $share } of the { $source } rows could not be read
check-values-unusable = { $share } of the rows have no usable value of { $metric }
check-no-types = the contacts carry no contact type: what sits in certain types cannot be told
check-other-types = { $share } of the contacts are filed under `Other` or under nothing
check-no-team = { $share } of the contacts belong to no known team
check-preconditions-unmatched = `[preconditions]` names contact types without contacts: { $types }
