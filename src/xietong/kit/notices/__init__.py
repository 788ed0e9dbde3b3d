"""Messages to people: what happened that concerns them, and where to go on."""
