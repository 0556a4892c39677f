yes =
    .label = aye
