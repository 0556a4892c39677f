chart-minutes-none = Keine Stunde Coaching ist erfasst, es gibt also nichts aufzuteilen.

chart-minutes-title = { $on ->
    [out] { $hours } von { $total } Stunden galten Lücken, über die der Betrieb entscheidet
    [reach] { $hours } von { $total } Stunden galten Lücken, die Coaching schließen kann
   *[none] Keine der { $total } Stunden lässt sich einer Lücke zuordnen
}

chart-minutes-part = { $on ->
    [reach] { $hours } zu Lücken, die Coaching schließen kann
    [out] { $hours } zu Lücken, über die der Betrieb entscheidet
    [undetermined] { $hours }, bei denen es nicht zu sagen ist
   *[no-focus] { $hours } ohne erfassten Schwerpunkt
}
chart-minutes-row = { $on ->
    [reach] Zu Lücken, die Coaching schließen kann
    [out] Zu Lücken, über die der Betrieb entscheidet
    [undetermined] Nicht zu sagen
   *[no-focus] Ohne erfassten Schwerpunkt
}

chart-minutes-says = Die { $total } Stunden Coaching: { $parts }.
chart-minutes-note = Gehaltene Stunden nach dem Befund zu der Lücke, die sie schließen sollten.

chart-minutes-head-hours = Stunden
