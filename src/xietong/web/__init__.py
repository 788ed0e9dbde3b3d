"""The running site: settings, root urls, the pages that join areas, demonstration data, the command line."""
