"""Reviews of a draft: who read exactly what is to be published, and what they have to say against it."""
