"""Counts, waits, the day in numbers (the original's Metrics, WaitTimes and PersistOrderMetrics)."""
