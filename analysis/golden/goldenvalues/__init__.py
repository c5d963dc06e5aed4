"""Golden values for the engine: what PyTorch, transformers and SAELens compute.

The engine is written in Java and must agree with the libraries that researchers use. The modules
here run those libraries on a checkpoint and write down what they compute, so that the engine's
tests need no Python.
"""
