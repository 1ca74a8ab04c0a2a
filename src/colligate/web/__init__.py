"""Empty until its issue builds it; it exists so that the import contracts name every room."""
