# Contact types by stage of the work.

chart-stages-few = There are too few contact types or stages to set side by side.

chart-stages-title-none = No contact type stands out at any stage by more than luck
chart-stages-title = { $others ->
    [0] { $name } stands out: { $stages }
    [1] { $name } stands out most: { $stages }; one other type does somewhere
   *[other] { $name } stands out most: { $stages }; { $count } other types do somewhere
}

chart-stages-says = { $levels }.
chart-stages-type = { $name }: { $levels }
chart-stages-level = { $stage } { $level }
chart-stages-high = { $level } (high)
chart-stages-hidden = { $what ->
    [stages] { $n ->
        [one] { $count } further stage is not drawn.
       *[other] { $count } further stages are not drawn.
    }
   *[types] { $n ->
        [one] { $count } further type is not drawn.
       *[other] { $count } further types are not drawn.
    }
}

chart-stages-units = Levels { $units }.
chart-stages-in-unit = { $unit ->
    [none] as scored: { $stages }
   *[other] in { $unit }: { $stages }
}
chart-stages-note = High: worse than the other types by what matters or more, and by more than luck; of all so marked, { $share } may be chance.
chart-stages-key = Dark and bold: high; darker from { $first } and { $second } times what matters on.
