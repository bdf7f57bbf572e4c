"""Recordings: probing, the vault, waveforms."""
