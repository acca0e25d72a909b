"""Making data, fitting networks and measuring them: torch, without Qt."""
