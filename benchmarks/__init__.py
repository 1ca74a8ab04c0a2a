"""Speed and quality, beside peers. Not part of the package: it imports colligate, never the reverse."""
