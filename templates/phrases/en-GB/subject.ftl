# A mail's subject line: `Week 46: FCR 66.8 % (target 75), two contact types hold it back, 3 decisions`. No verdict word.

subject-nothing-judged = { $period }: nothing could be judged
subject-not-measured = { $period }: { $label }, { $asked ->
    [0] no decisions
    [one] { $asked } decision
   *[other] { $asked } decisions
}
subject-level = { $period }: { $label } { $level }, { $asked ->
    [0] no decisions
    [one] { $asked } decision
   *[other] { $asked } decisions
}
subject-target = { $period }: { $label } { $level } (target { $target }), { $asked ->
    [0] no decisions
    [one] { $asked } decision
   *[other] { $asked } decisions
}
subject-types = { $period }: { $label } { $level } (target { $target }), { $types ->
    [one] { $spelt } contact type holds it back
   *[other] { $spelt } contact types hold it back
}, { $asked ->
    [0] no decisions
    [one] { $asked } decision
   *[other] { $asked } decisions
}
