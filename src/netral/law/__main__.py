"""`python -m netral.law …`: the same as `netral law …`."""

import signal
import sys

from netral.law.command import main

if hasattr(signal, "SIGPIPE"):  # a closed pipe (head, less) ends it in silence
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
sys.exit(main())
