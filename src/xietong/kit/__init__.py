"""Plumbing without education: what every area stands on and none of them owns."""
