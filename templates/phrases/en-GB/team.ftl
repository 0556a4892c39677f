# A team's own page. `$team` is its name; nothing here speaks of another team or of who leads one.

team-for = For { $team }: its own work and no other team's

team-level = { $label } is { $level }.
team-level-at = { $label } is { $level }, at its target.
team-level-off = { $label } is { $level }, { $size } { $side ->
    [under] under
   *[over] over
} target.
team-level-unknown = { $label } could not be measured here.

team-none = { $team } has no answer of its own.
team-none-why = Whether coaching or the operation decides is judged for the operation as a whole. For { $team } this page gives the levels, each with the range that luck leaves open.

team-answer = { $answer ->
    [behavioural] coaching can help
    [structural] the operation decides this
    [mixed] both coaching and the operation
    [on-target] on target
    [no-gap] no gap we can be sure of
   *[not-enough-evidence] cannot tell yet
}
team-answer-sure = { $answer } · { $confidence ->
    [strong] strong
    [moderate] moderate
   *[weak] weak
}
team-no-answer = no answer of its own
team-since = first reported in { $since }

team-counted = n = { $n }
team-counted-agents = n = { $n } · { $agents } agents

team-decisions = Decisions asked
team-metrics = Metrics
team-metrics-none = No metric was measured in this team.

team-findings = Found in this team
team-finding-since = since { $since }

team-types = Contact types in this team
team-types-order = In the order of their names. Types handled by too few agents stand together.
team-type = Contact type
team-type-share = share
team-type-now = now
team-type-target = target

team-whole = What holds for the whole operation
team-operation = { $label } is off its target in the operation as a whole: { $answer ->
    [behavioural] coaching can help
    [structural] the operation decides this
   *[mixed] coaching can close a part of it, the rest is for the operation to decide
}{ $confidence ->
    [strong] , and the evidence is strong
    [moderate] , and the evidence is moderate
    [weak] , but the evidence is weak
   *[none] {""}
}.
team-operation-types = { $label } is off its target in the operation as a whole, most of it in { $types }: { $answer ->
    [behavioural] coaching can help
    [structural] the operation decides this
   *[mixed] coaching can close a part of it, the rest is for the operation to decide
}{ $confidence ->
    [strong] , and the evidence is strong
    [moderate] , and the evidence is moderate
    [weak] , but the evidence is weak
   *[none] {""}
}.
team-operation-no-gap = No gap that we can be sure of was found in the operation as a whole.
team-operation-not-judged = The operation as a whole could not be judged.

team-observe = What to watch next, the process and not the person

team-limits = Before you rely on this
team-mind = What would change our mind:
team-limits-ranges = The ranges hold at { $level }. A team's are wider than the operation's, since they rest on fewer contacts.
team-limits-luck = A team's figures also hold luck and the mix of its contacts. They say nothing about who leads it.
team-limits-nobody = About the work, not for judging people. Nobody is named; groups under { $least } are not shown.
team-rules = Rules: { $rules }

team-no-page = No team has a page this { $grain ->
    [day] day
    [month] month
   *[week] week
}
team-no-page-why = A team has a page of its own where enough of its agents were counted for its figures to be shown, and where the contacts say which team took them.
