"""The tour, the exercises and the trainer's cues: only in a demo, and loaded when they are asked for."""
