"""The frame of every page: base templates, the menu, panels, refusals as pages, and the static files."""
