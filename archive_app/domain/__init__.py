"""What an oral-history archive is; standard library only."""
