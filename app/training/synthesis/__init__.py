"""Making datasets with known truth from clips and stills: `unspool synthesize`.

Reading datasets is `app.training.datasets`.
"""
