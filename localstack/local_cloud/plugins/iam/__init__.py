"""IAM: who signed a request, for the services that must know before they answer."""
