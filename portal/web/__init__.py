"""The only shared code that knows HTTP: the gate, forms, rendering, security, statics."""
