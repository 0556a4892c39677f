need-sessions-after-cancelled = { $least } sessions that follow a canceled one, has { $has }
need-held-and-cancelled = both held and canceled sessions
word-cancelled-twice = the amount counts agents with two canceled in a row
