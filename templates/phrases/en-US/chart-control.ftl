chart-control-key = Gray: that range. Diamond: outside it.
