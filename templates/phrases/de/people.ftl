people-agents = { $agents } Mitarbeitende, { $days }, bei gleicher Mischung der Kontakte; alle zusammen { $level }. In der Reihenfolge der Namen.
people-allowed = Mitarbeitende werden bis { $until } gezeigt auf der Grundlage von: { $basis }. Vereinbart mit { $agreed_by }; verantwortlich ist { $owner }.
