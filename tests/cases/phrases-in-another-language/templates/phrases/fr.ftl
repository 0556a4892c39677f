yes = oui
