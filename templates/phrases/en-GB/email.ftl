# The mail, as a page and as plain text.

email-decisions = Decisions asked
email-no-decision = None this { $grain ->
    [day] day
    [month] month
   *[week] week
}.
email-who = Who: { $who }, by { $due }.
email-stake = At stake: { $stake }
email-waiting = Waiting: { $waiting }
email-risk = Risk: { $risk }
email-changes = New: { $new }. Worse: { $worse }. Closed: { $closed }.
email-metrics = Metrics
email-metric-now = { $now } ({ $range })
email-metric-target = target { $target }
email-metrics-range = In brackets: the 95 % range.
email-limits = Before you rely on this
email-rules = Rules: { $rules }
