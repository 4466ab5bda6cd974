"""Making the weights: data, network, fit, export. Needs the ``train`` extra; never shipped."""
