"""Words per second, stage by stage, as ratios to the tokenizer on the same machine: ``python -m benchmarks``."""
