"""Short articles in five languages, written for this project, each with its main default theme or none."""
