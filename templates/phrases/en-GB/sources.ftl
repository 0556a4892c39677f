# The data a report is made of.

source-name = { $source ->
    [contacts] contacts
    [evaluations] evaluations
    [surveys] surveys
    [coaching] coaching
    [changes] changes
    [roster] roster
   *[volume] volume
}
