"""PDF dossiers; the only room that knows ReportLab."""
