chart-event-key = Up is better. Gray: { $level } range. Open dots: before the first session. Dashed: what is worth acting on.
