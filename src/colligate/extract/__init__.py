"""Document -> Claims, by stages that each say what they need and what they give."""
