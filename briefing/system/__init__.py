"""What the operating system gives: subprocess sandbox, cache, locks, signals, schedule, doctor."""
