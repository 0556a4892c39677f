# The answers of the periods before, a strip a metric.

chart-timeline-none = This is the first { $grain } judged: there are no earlier answers to show.

chart-timeline-answer = { $verdict ->
    [structural] operation decides
    [behavioural] coaching can help
    [mixed] both
    [no-gap] no gap
    [not-enough-evidence] cannot tell
   *[none] not judged
}

chart-timeline-title-same = No answer changed in { $count } { $grain ->
    [day] days
    [month] months
   *[week] weeks
}
chart-timeline-title-none = No answer changed in { $last }
chart-timeline-title-one = The answer on { $label } changed in { $last }
chart-timeline-title-more = { $count } answers changed in { $last }

chart-timeline-says = Answers by { $grain } from { $from } to { $to }.
chart-timeline-metric = { $label }: { $answers }.
chart-timeline-since = { $answer } from { $since }
chart-timeline-hidden = { $n ->
    [one] { $count } further metric is not drawn.
   *[other] { $count } further metrics are not drawn.
}
chart-timeline-note = Earlier { $grain ->
    [day] days
    [month] months
   *[week] weeks
} are judged with today's rules and data.

chart-timeline-head-metric = metric
chart-timeline-head-answers = answers
