# Every finding with its evidence, what speaks against it, and why it is there.

finding-severity = { $severity ->
    [critical] critical
    [high] high
    [medium] medium
    [low] low
   *[info] info
}
finding-state = { $state ->
    [new] new
    [worse] worse
    [ongoing] ongoing
    [improving] improving
    [resolved] closed
   *[waived] waived
}

# Where the run is as long as the history read.
since-or-earlier = { $since } or earlier

finding-waived = waived until { $until } by { $owner }: { $why }

# What a statement about no metric and no part is about, at the start of a cell.
finding-about-operation = The operation

# What speaks against the answer that a finding supports.
finding-next-likely = the next likely answer is: { $answer }
finding-period-alone = this { $grain ->
    [day] day
    [month] month
   *[week] week
} alone would say: { $answer }
finding-differ-too-little = agents do differ, but not by enough to close this
finding-unknown = it cannot be told whether: { $signal }
finding-unknown-more = { $n ->
    [one] one further question has no answer yet
   *[other] { $n } further questions have no answer yet
}

# Why am I seeing this.
finding-rule = rule { $rule }
finding-rule-from = rule { $rule }, { $origin }
finding-rows = { $rows } rows, { $window }
finding-rows-of-agents = { $rows } rows, { $agents } agents, { $window }
finding-limit = { $name } = { $amount }
finding-limit-set = { $name } = { $amount }, set in { $origin }
