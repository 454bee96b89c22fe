"""Where the account would be that reaches nobody: twelve digits that are nobody's, and a region. Pure."""

from deployer.place import Place

PLACE = Place("123456789012", "eu-west-1")
