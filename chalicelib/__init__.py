"""Everything that runs in Lambda, one package per microservice. Knows nothing of how and where it is deployed."""
