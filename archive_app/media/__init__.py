"""Recordings: what they are (probe), where they are kept (vault), how they look (waveform)."""
