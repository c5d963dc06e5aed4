"""Recipe of the demo model: a compact CLIP with planted shortcuts, and sparse autoencoders on it.

Every stage reads and writes one work folder, so stages can be run alone and inspected between.
"""
