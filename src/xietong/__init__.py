"""Xietong (协同): a county and its partner university run their joint plan for basic education."""
