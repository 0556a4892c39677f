-centre = service centre
not-known = the { -center } does not know
