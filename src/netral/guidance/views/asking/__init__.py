"""Asking: the phone page, the kiosk, what stays on the phone, the interface, what is asked most."""
