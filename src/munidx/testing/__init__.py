"""For those who test: strategies for the model, the adapter contract."""
