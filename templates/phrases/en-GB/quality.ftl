# What could not be judged and why, and how fit the data are.

reason-few-agents = too few agents
reason-few-contacts = too few contacts
reason-few-periods = too short a history
reason-no-column = a column is not mapped
reason-no-source = a source is missing
reason-no-target = no target is set
reason-no-types = no contact types
reason-no-sessions = no coaching sessions
reason-degenerate = all values are equal
reason-wide-interval = the range is too wide
reason-error = an error

# Why rows were refused: `$name` is the reason as the files of refused rows have it.
quality-rejected = { $rows } { $reason ->
    [no-time] no time
    [no-agent] no agent
    [duplicate] duplicate
    [ragged] ragged
    [not-utf8] not utf8
    [not-json] not json
   *[other] { $name }
}
