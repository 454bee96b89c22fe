"""What LocalStack loads: each module adds one ability, in LocalStack's environment, never in the launcher's."""
