"""What somebody in the room may ask, and what the gate then asks of the bar: everything else is refused."""
