"""Calendars to subscribe to: days that areas name, and secret addresses from which a phone fetches one's own."""
