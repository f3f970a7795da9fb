"""Shipped as `bisect_ml.templates`; a package only so that editable installs find it."""
