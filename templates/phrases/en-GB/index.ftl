# The page over all clients of a run.

index-title = Clients
index-lead = { $failed ->
    [0] { $n ->
        [one] The client has its report.
       *[other] All { $spelt } clients have their report.
    }
   *[other] { $failed } of { $n } clients { $failed ->
        [one] has
       *[other] have
    } no new report.
}
index-column-status = Status
index-column-client = Client
index-column-report = Report
index-column-answer = Answer
index-status = { $standing ->
    [internal] Internal error
    [configuration] Mistakes in the configuration
    [unwritable] Could not be written
    [withheld] Withheld, data not fit
    [locked] Another run was under way
    [incomplete] Published with an error
    [finding] Published, a finding to look at
    [on-target] On target
   *[published] Published
}
index-period = { $period } ({ $days })
index-last-good = last good report: { $period } ({ $days })
index-no-report = no report yet
index-decisions = { $asked ->
    [0] no decision asked
    [one] { $asked } decision asked
   *[other] { $asked } decisions asked
}
index-since = since { $since }
