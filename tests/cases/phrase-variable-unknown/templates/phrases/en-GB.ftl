percent = { $numbr } per cent
