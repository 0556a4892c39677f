# The client does not say "not known".
not-knwon = to be found out
