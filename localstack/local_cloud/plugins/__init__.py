"""What LocalStack loads: each module adds one ability. They run in LocalStack's environment, never in the launcher's."""
