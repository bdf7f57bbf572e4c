"""The command line: thin over ``work``; whatever the window can do, it can do too."""
