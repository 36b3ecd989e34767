"""What the machine gives: subprocess sandbox, cache, locks, signals, schedule, doctor."""
