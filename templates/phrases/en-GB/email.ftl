# The mail, as a page and as plain text.

email-next = Next report: { $next }.
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
email-changed = Changed since { $since }
email-changes = New: { $new }. Worse: { $worse }. Closed: { $closed }.
email-metrics = Metrics
email-metric-now = { $now } ({ $range })
email-metric-target = target { $target }
email-metrics-range = In brackets: the 95 % range.
email-points = Where the { $points } are
email-ahead = Beside the bar: { $ahead }.
email-coaching = Did the coaching work?
email-limits = Before you rely on this
email-rules = Rules: { $rules }
