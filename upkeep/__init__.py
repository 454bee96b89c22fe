"""Looking after a deployed bar: sweeping it, and looking into its dead letters. Must not know where it runs."""
