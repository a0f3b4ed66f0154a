"""`python -m netral.law …`: the same as `netral law …`."""

import sys

from netral.law.command import main

sys.exit(main())
