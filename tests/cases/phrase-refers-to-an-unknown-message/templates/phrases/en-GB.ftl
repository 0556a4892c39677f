no = not { yess }
