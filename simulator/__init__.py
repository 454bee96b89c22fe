"""Customers and baristas who order, make and cancel over the public API only, as a browser would: no back door."""
