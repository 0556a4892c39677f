# What a rule would need for an answer, as the end of "needs …". `$least` is asked for, `$has` is there.

either = { $one } or { $other }
listed = { $all }

need-all = { $all }
need-any = { $any }
need-agreement = the evidence conflicts: what coaching did speaks against what the spread says

# Agents.
need-agents = { $least } agents, has { $has }
need-agents-with-contacts = { $least } agents with enough contacts, has { $has }
need-agents-elsewhere = { $least } agents with enough contacts here and elsewhere
need-agents-at-work = { $least } agents at work over the window, has { $has }
need-agents-throughout = agents at work over the whole window
need-agents-to-compare = { $least } agents whose first session on this can be compared with agents still waiting; of { $coached } coached, { $compared } can
need-agents-not-coached = agents not yet coached on this to compare with, and periods before the sessions
need-agents-to-tell-reach = about { $about } agents to tell what coaching could close, has { $has }
need-agents-in-same-types = agents with enough contacts in the same contact types
need-coaches = { $least } coaches of { $agents } agents, has { $has }
need-peers = { $least } agents coached repeatedly and { $least } peers, has { $coached } and { $peers }
need-groups = a segment or roster attribute (access-profile, shift, site, authority-level, hired-on) that splits agents into groups of { $least } or more
need-groups-by = `{ $by }` that splits agents into groups of { $least } or more

# Rows and contacts.
need-row = a row to judge
need-rows = { $least } rows, has { $has }
need-rows-of = rows with a value of { $metric }
need-rows-in-halves = { $least } rows in each half
need-value = a value of { $columns }
need-values = rows with a value
need-values-that-differ = values that are not all equal
need-contacts-an-agent = about { $about } contacts an agent in the window, has { $has }
need-contacts-to-tell-agents-apart = about { $contacts } contacts an agent to settle whether agents differ
need-contact-ids = a column that names each contact: `columns.id` of the contacts
need-answers = { $least } answers, has { $has }

# Time.
need-periods = { $least } periods of data
need-periods-has = { $least } periods of data, has { $has }
need-periods-that-differ = periods with { $least } rows and values that are not all equal
need-more-periods = more weeks: the spread lies between what coaching could and could not close
need-window-of-weeks = a window of { $weeks } weeks
need-end-of-month = a window with the end of a month and other days

# Contact types, targets and metrics.
need-types = { $least } contact types, has { $has }
need-two-types = two contact types or more
need-target = a target for { $metric }
need-target-of-a-type = a target for a contact type of { $metric }
need-outcome-with-target = an outcome metric with a target
need-operation = the operation: it is said of no part
need-operation-of-verdicts = the operation: verdicts on its parts are too few to add up
need-whole-operation = the operation as a whole: it is said of no part
need-metric = the metric `{ $metric }`
need-metric-of = a metric of { $subject }
need-metric-of-concept = a metric of { $name } (`concept = "{ $concept }"`)
need-metric-of-role = a metric with the role `{ $role }`
need-metric-of-evaluations = { $metric } from evaluations
need-concept = a metric with `concept = "{ $concept }"`

# Evaluations.
need-evaluations = quality evaluations
need-evaluations-of = evaluations with a value of { $metric }
need-evaluations-of-coached = evaluations with an evaluator, of agents with a coach
need-evaluation-minutes = `evaluation-minutes`: how long one evaluation takes
need-evaluators = a column `evaluator` in the evaluations
need-evaluators-in-common = agents scored by two evaluators or more, at least ten scores beyond one an agent and period
need-segment-of-evaluations = a segment `evaluator` of the evaluations (`segments = ["evaluator"]`)

# Coaching.
need-sessions = a log of coaching sessions
need-sessions-on = sessions on { $metric }
need-sessions-on-this = sessions on this in the coaching log
need-sessions-in-window = { $least } sessions in the window, has { $has }
need-sessions-that-count = { $least } sessions that count for it, has { $has }
need-sessions-after-cancelled = { $least } sessions that follow a cancelled one, has { $has }
need-sessions-with-coach = sessions with a coach
need-sessions-later-in-log = sessions after the first eight weeks of the log
need-sessions-close-together = several agents coached by one coach within four weeks
need-sessions-of-teams = sessions of agents whose team and contacts are known
need-held-and-cancelled = both held and cancelled sessions
need-periods-of-teams = five periods in which a team's contacts differ
need-periods-of-different-load = periods of different load
need-months-of-coaches = { $least } whole months of coaches, has { $has }
need-log-of-two-windows = a log that reaches back two windows
need-column-of-log = a column `{ $column }` in the coaching log
need-columns-of-log = a column { $columns } in the coaching log
need-column-of-roster = a column `{ $column }` in the roster
need-segment-of-log = the segment of `where` in the coaching log
need-sensitive = `{ $list }` in `privacy.sensitive`: off until the client lists it

# A number of sessions of a kind: `$what` is one of the three below.
need-number-of = { $least } { $what }, has { $has }
sessions-of-agents-with-results = held sessions of agents with eight weeks of results
sessions-on-targets = held sessions on a metric with a target
sessions-on-working-days = sessions held on working days

# Changes.
need-changes = a list of changes (`[sources.{ $source }]`)
need-change-since = a change on record that touches this, made since { $since }
need-periods-around-change = { $least } periods before and after a change, with rows of { $metric }

# Why there is no answer, where nothing is missing that a client could bring.
hidden-min-group = not shown: groups under { $least } agents, or one that would give such a group away
failed-query = the query failed: { $error }

# The consultant's own query.
need-query-columns = a query that yields the column { $columns }
need-query-rows = results resting on { $agents } agents and { $rows } rows; the largest has { $most_agents } and { $most_rows }

# Sentences that stand as a value of evidence.
custom-query = (Custom query, no interval.)
sessions-no-evidence = { $sessions } { $sessions ->
    [one] session was
   *[other] sessions were
} held on gaps agents cannot close: no evidence about them
precondition-authority = authority
precondition-process = a working process
precondition-access = access
precondition-information = information
word-cancelled-twice = the amount counts agents with two cancelled in a row
word-commonest-number = the amount is the commonest number of sessions a month
word-load = load: contacts an agent of the team took in the period
word-share-of-hours = sessions; the amount is the share of hours
word-teams-changed = teams changed in the last eight weeks
