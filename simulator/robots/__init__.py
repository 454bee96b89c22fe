"""Customers and baristas that nobody has to play (the original's OrderRobot): they use the public API as people do."""
