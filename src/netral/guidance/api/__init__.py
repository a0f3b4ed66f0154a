"""The JSON interface: its shapes, and its description in OpenAPI."""
