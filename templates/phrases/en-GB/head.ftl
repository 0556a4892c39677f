# The head of every page, and what a page leaves out.

head-title = { $client }, { $period }
head-next = when { $period } is complete
head-counted-to = { $n ->
    [one] { $metrics } is counted to { $day }: it takes
   *[other] { $metrics } are counted to { $day }: they take
} { $days } { $days ->
    [one] day
   *[other] days
} to settle.
head-rules = { $packs }{ $n ->
    [0] { "" }
    [one] { "" } + { $n } change by client
   *[other] { "" } + { $n } changes by client
}

# What stands only in `findings.json`, because a page has an end.
head-left-out = { $n } further { $what ->
    [decisions] { $n ->
        [one] decision is
       *[other] decisions are
    }
    [answers] { $n ->
        [one] answer is
       *[other] answers are
    }
    [findings] { $n ->
        [one] finding is
       *[other] findings are
    }
   *[not-judged] { $n ->
        [one] entry of what could not be judged is
       *[other] entries of what could not be judged are
    }
} in findings.json.

# What a reader is told above everything else.
warning-source = The { $source } source could not be read: { $why }
warning-rules = An error kept { $count } { $n ->
    [one] rule
   *[other] rules
} from being judged: { $rules }.
