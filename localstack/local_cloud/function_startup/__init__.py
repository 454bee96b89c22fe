"""What functions find beside their locked packages: modules that know no other of this package."""
