# Single people, on pages that a dated allowance opens.

people-agents = { $agents } agents, { $days }, at equal mix of contacts; all of them together { $level }. In the order of their names.
people-allowed = Agents are shown until { $until } on the basis of: { $basis }. Agreed by { $agreed_by }; { $owner } answers for it.
