"""Forms by page. They check what is typed; rules and services check what is true."""
