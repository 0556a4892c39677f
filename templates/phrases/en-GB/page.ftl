# What heads the parts of a page. `$points` is a size already in words (`8.2 points`), `$since` the name of a period.

page-decisions = Decisions asked
page-decisions-none = None this { $grain ->
    [day] day
    [month] month
   *[week] week
}.
page-changed = Changed since { $since }
page-metrics = Metrics
page-points = Where the { $points } are
page-coaching = Did the coaching work?
page-limits = Before you rely on this
page-rules = Rules: { $rules }
page-next = Next report: { $when }.
page-link = Full report:
