"""Pages of pledges: one module per page or small group of pages."""
