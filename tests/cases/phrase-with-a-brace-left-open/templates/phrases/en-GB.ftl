yes = aye
no = { $number nay
