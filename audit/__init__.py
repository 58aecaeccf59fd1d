"""What others judge pages by, run by `make audit` over the demonstration as it would be served (one part: `ONLY=html`)."""
