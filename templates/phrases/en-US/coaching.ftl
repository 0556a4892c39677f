coaching-hours-cancelled = { $hours }, { $share } of planned sessions canceled
coaching-add = { $answer ->
    [yes] yes: agents in the same work differ by enough to close the gap
    [in-another-way] not as it is: agents differ, but the sessions held did not move it
    [in-part] in part: coach toward the best quarter, and look for what stops even them
    [in-some-types] only in { $types }
    [no] no: even the best agents miss it; sessions here are no evidence about anyone
    [no-need] no need: there is no gap to close
   *[cannot-tell] cannot tell yet: settle what kind of gap it is first
}
