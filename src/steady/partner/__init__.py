"""The partner: stance and acts in plain code, the embedded voice from lines in data files."""
