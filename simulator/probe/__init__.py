"""What tries a bar as a careless network and the people before it would, and sees what came of it.

Beside the public API it takes AWS credentials, as for whoever runs the bar: a shop of one's own, events that are lost
or come twice, all that was on the bus, the executions behind an order. Tests and the workshop's checks are made of it.
"""
