"""Shipped as `bisect_ml.sample_data`; a package only so that editable installs find it."""
