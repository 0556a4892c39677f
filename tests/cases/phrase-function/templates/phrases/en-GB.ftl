percent = { NUMBER($number) } %
