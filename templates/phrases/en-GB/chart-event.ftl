# Period by period before and after the first session. Names beside the plot have room for about nine letters.

chart-event-few = The { $grain ->
    [day] days
    [month] months
   *[week] weeks
} around the first session cannot be shown: too few of them could be compared.
chart-event-none = The { $grain ->
    [day] days
    [month] months
   *[week] weeks
} around the first session cannot be shown.

chart-event-title = { $against ->
    [not-yet-coached] Against agents not yet coached, coached agents moved by { $effect } { $range } over all
   *[uncoached] Against what they would have done uncoached, coached agents moved by { $effect } { $range } over all
}

chart-event-says = Coached agents against { $against ->
    [not-yet-coached] agents not yet coached
   *[uncoached] what they would have done uncoached
}, by { $grain ->
    [day] days
    [month] months
   *[week] weeks
} from the first session{ $unit ->
    [none] :
   *[other] {" "}in { $unit }:
} { $steps }. Worth acting on: { $material }.
chart-event-step = { $number } { $effect }
chart-event-note = { $grain ->
    [day] Days
    [month] Months
   *[week] Weeks
} from the first session, each range by itself; a dip before it shows what sessions followed.
chart-event-key = Up is better. Grey: { $level } range. Open dots: before the first session. Dashed: what is worth acting on.

chart-event-name-first = first session
chart-event-name-material = matters
chart-event-name-zero = no effect

# How far an end of the axis lies from the first session.
chart-event-time = { $side ->
    [before] { $periods } before
   *[after] { $periods } after
}

chart-event-head-time = { $grain ->
    [day] days
    [month] months
   *[week] weeks
}
chart-event-head-effect = effect
