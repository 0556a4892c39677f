fixed-purpose = For our own use.
