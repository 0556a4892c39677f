chart-stages-few = Es sind zu wenige Anliegen oder Schritte, um sie nebeneinanderzustellen.

chart-stages-title-none = Kein Anliegen fällt bei einem Schritt stärker auf als durch Zufall
chart-stages-title = { $others ->
    [0] { $name } fällt auf: { $stages }
    [1] { $name } fällt am stärksten auf: { $stages }; ein weiteres Anliegen an anderer Stelle
   *[other] { $name } fällt am stärksten auf: { $stages }; { $count } weitere Anliegen an anderer Stelle
}

chart-stages-says = { $levels }.
chart-stages-type = { $name }: { $levels }
chart-stages-level = { $stage } { $level }
chart-stages-high = { $level } (hoch)
chart-stages-hidden = { $what ->
    [stages] { $n ->
        [1] Ein weiterer Schritt ist nicht gezeichnet.
       *[other] { $count } weitere Schritte sind nicht gezeichnet.
    }
   *[types] { $n ->
        [1] Ein weiteres Anliegen ist nicht gezeichnet.
       *[other] { $count } weitere Anliegen sind nicht gezeichnet.
    }
}

chart-stages-units = Werte { $units }.
chart-stages-in-unit = { $unit ->
    [none] wie bewertet: { $stages }
   *[other] in { $unit }: { $stages }
}
chart-stages-note = Hoch: um mindestens so viel schlechter als die übrigen Anliegen, wie von Belang ist, und stärker als durch Zufall; von allen so markierten können { $share } Zufall sein.
chart-stages-key = Dunkel und fett: hoch; dunkler ab dem { $first }- und { $second }-Fachen dessen, was von Belang ist.
