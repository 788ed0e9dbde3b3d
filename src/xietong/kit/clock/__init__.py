"""Business time, working days and school days."""
