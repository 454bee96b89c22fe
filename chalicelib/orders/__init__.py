"""An order's life: place, submit, make, complete, cancel, end (the original's Order manager and Order Processor)."""
