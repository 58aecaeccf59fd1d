"""Every figure that the project promises, measured by `make bench` (one part: `make bench ONLY=reading`)."""
